//! How values are read and compared: the forms of `x-form`.

use std::borrow::Cow;

use jiff::civil::{Date, Weekday};

use super::{DateText, Form, Moment, Text};
use crate::{
    calendar,
    finding::Place,
    source::Span,
    symbol::{self, Parsed, Reference},
};

/// The normal form of a value: equal for values that mean the same.
#[must_use]
pub fn normal(form: Form, value: &str) -> Cow<'_, str> {
    match form {
        Form::Text => Cow::Borrowed(value),
        Form::UnSymbol => match reference(value) {
            Some(reference) => Cow::Owned(of_reference(&reference, value)),
            None => folded(value),
        },
        Form::Folded => folded(value),
        Form::IsoDate => match calendar::iso_moment(value) {
            Ok(moment) if moment.minute.is_none() => Cow::Owned(moment.date.to_string()),
            _ => Cow::Borrowed(value.trim()),
        },
        Form::LongDate => match calendar::long_date(value) {
            Ok(date) => Cow::Owned(date.date.to_string()),
            Err(_) => folded(value),
        },
        Form::Ordinal => match symbol::ordinal(value) {
            Some(number) => Cow::Owned(number.to_string()),
            None => folded(value),
        },
        Form::Time => match calendar::time(value) {
            Ok(minute) => Cow::Owned(minute.to_string()),
            Err(_) => folded(value),
        },
    }
}

/// Lower case, with single spaces.
fn folded(value: &str) -> Cow<'_, str> {
    let words: Vec<&str> = value.split_whitespace().collect();
    Cow::Owned(words.join(" ").to_lowercase())
}

/// The key of a key made of several values.
#[must_use]
pub fn joined<'a>(parts: impl IntoIterator<Item = (Form, &'a str)>) -> String {
    let mut key = String::new();
    for (form, value) in parts {
        if !key.is_empty() {
            key.push('\u{1f}');
        }
        key.push_str(&normal(form, value));
    }
    key
}

/// What a symbol, or a citation in the place of one, refers to.
#[must_use]
pub fn reference(value: &str) -> Option<Reference> {
    match symbol::parse_symbol(value) {
        Ok(Parsed::Known { symbol, .. }) => Some(Reference::Symbol(symbol)),
        Ok(Parsed::Unknown) => None,
        Err(_) => symbol::parse_citation(value).ok().map(Reference::Citation),
    }
}

/// The key of what is referred to: the canonical symbol where the organ is known, the text otherwise.
#[must_use]
pub fn of_reference(reference: &Reference, text: &str) -> String {
    let key = match reference {
        Reference::Symbol(symbol) => Some(symbol.key().to_owned()),
        Reference::Citation(citation) => citation.key(),
    };
    key.unwrap_or_else(|| folded(text).into_owned())
}

/// Reads a date in its form. A text without a form may be in either. A placeholder says of no day
/// anything, so that it is no date.
#[must_use]
pub fn date(form: Form, text: Text<'_>) -> DateText<'_> {
    let long = || calendar::long_date(text.value).ok();
    let iso = || calendar::iso_moment(text.value).ok().map(|moment| moment.date);
    let (date, weekday) = match form {
        Form::LongDate => long().map_or((None, None), |d| (Some(d.date), d.weekday)),
        Form::IsoDate => (iso(), None),
        _ => match iso() {
            Some(date) => (Some(date), None),
            None => long().map_or((None, None), |d| (Some(d.date), d.weekday)),
        },
    };
    let date = date.filter(|date| calendar::is_plausible(*date));
    let weekday = weekday.map(|(weekday, span)| part(text, weekday, span));
    DateText { text: text.value, place: text.place, date, weekday }
}

/// Reads a moment: a time of day on the day `day`, or a date with or without a time.
#[must_use]
pub fn moment(form: Form, text: Text<'_>, day: Option<Date>) -> Option<Moment<'_>> {
    let time = || {
        let minute = calendar::time(text.value).ok()?;
        Some(Moment::of_time(text, day, minute))
    };
    let iso = || Some(Moment::of_date(text, plausible_moment(text.value)?));
    match form {
        // A slot past midnight is written with its date, even where most slots are times only.
        Form::Time => time().or_else(|| iso().filter(|moment| moment.minute.is_some())),
        Form::IsoDate => iso(),
        _ => iso().or_else(time),
    }
}

/// Reads a number: digits, and an ordinal where that is the form.
#[must_use]
pub fn number(form: Form, value: &str) -> Option<u32> {
    match form {
        Form::Ordinal => symbol::ordinal(value),
        _ => value.trim().parse().ok(),
    }
}

/// Reads the number of a session, which in symbols may have a mark before it: `S-27`, `ES-10`.
#[must_use]
pub fn session(form: Form, value: &str) -> Option<u32> {
    let value = value.trim();
    let marked = value.strip_prefix("ES-").or_else(|| value.strip_prefix("S-"));
    number(form, marked.unwrap_or(value))
}

/// A date, or a date with a time, unless the day is none that a record can mean.
#[must_use]
pub fn plausible_moment(text: &str) -> Option<calendar::Moment> {
    calendar::iso_moment(text).ok().filter(|moment| calendar::is_plausible(moment.date))
}

/// The date that follows a citation in prose.
#[must_use]
pub fn symbol_date<'t>(dated: &symbol::Dated, text: &'t str, place: Place) -> DateText<'t> {
    DateText { text: &text[dated.range.clone()], place, date: Some(dated.date), weekday: None }
}

/// Calls `found` with every full date in the text. Days that do not exist are left out: in prose they
/// may be quoted.
pub fn dates_in<'t>(text: Text<'t>, mut found: impl FnMut(DateText<'t>)) {
    calendar::find_dates(text.value, |date| {
        let Ok(date) = date else { return };
        let span = date.span();
        found(DateText {
            text: &text.value[span.range()],
            place: text.part(span.start as usize, span.range().len()),
            date: Some(date.date),
            weekday: date.weekday.map(|(weekday, span)| part(text, weekday, span)),
        });
    });
}

fn part(text: Text<'_>, weekday: Weekday, span: Span) -> (Weekday, &str, Place) {
    let range = span.range();
    (weekday, &text.value[range.clone()], text.part(range.start, range.len()))
}
