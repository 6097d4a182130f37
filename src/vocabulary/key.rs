//! How values are read and compared: the forms of `x-form`.

use std::borrow::Cow;

use jiff::civil::{Date, Weekday};
use unicode_normalization::{UnicodeNormalization as _, is_nfc};

use super::{DateText, Form, Moment, Text};
use crate::{
    calendar,
    finding::Place,
    source::Span,
    symbol::{self, Reference},
};

pub use crate::symbol::reference;

/// The normal form of a value: equal for values that mean the same.
#[must_use]
pub fn normal(form: Form, value: &str) -> Cow<'_, str> {
    match form {
        Form::Text => composed(value),
        Form::UnSymbol => match reference(value) {
            Some(reference) => Cow::Owned(of_reference(&reference, value)),
            None => folded(value),
        },
        Form::Folded | Form::MemberState | Form::TimeZone => folded(value),
        Form::IsoDate => {
            calendar::canonical(value).map_or_else(|| Cow::Borrowed(value.trim()), Cow::Owned)
        }
        Form::LongDate => match calendar::long_date(value) {
            Ok(date) => Cow::Owned(date.date.to_string()),
            Err(_) => folded(value),
        },
        Form::Ordinal => match symbol::ordinal(value) {
            Some(number) => Cow::Owned(number.to_string()),
            None => folded(value),
        },
        Form::NumericDate(_) | Form::EpochSeconds => match day(form, value) {
            Some(date) => Cow::Owned(date.to_string()),
            None => folded(value),
        },
        Form::BareTime => match bare_time(value) {
            Some(minute) => Cow::Owned(minute.to_string()),
            None => folded(value),
        },
        Form::Time => match calendar::time(value) {
            Ok(minute) => Cow::Owned(minute.to_string()),
            Err(_) => folded(value),
        },
    }
}

/// The value of a text for comparison. JSON has one sort of number, so 3.0 is 3.
#[must_use]
pub fn plain<'t>(text: &Text<'t>) -> Cow<'t, str> {
    // A larger number is not whole for certain.
    const LARGEST: f64 = 9_007_199_254_740_992.0;
    let number = text.node.as_number().filter(|number| number.contains(['.', 'e', 'E']));
    let value = number.and_then(|number| number.parse::<f64>().ok());
    match value.filter(|value| value.fract() == 0.0 && value.abs() < LARGEST) {
        // Zero has no sign here.
        Some(value) => Cow::Owned(format!("{:.0}", value + 0.0)),
        None => Cow::Borrowed(text.value),
    }
}

/// The key of a key made of several values of a record.
#[must_use]
pub fn joined_texts<'a, 't: 'a>(parts: impl IntoIterator<Item = (Form, &'a Text<'t>)>) -> String {
    let mut key = String::new();
    for (form, text) in parts {
        if !key.is_empty() {
            key.push('\u{1f}');
        }
        key.push_str(&normal(form, &plain(text)));
    }
    key
}

/// With accents as a part of their letters: the two ways to write `é` look the same.
fn composed(value: &str) -> Cow<'_, str> {
    if value.is_ascii() || is_nfc(value) {
        return Cow::Borrowed(value);
    }
    Cow::Owned(value.nfc().collect())
}

/// Lower case, with single spaces, and the apostrophes and hyphens of a keyboard for those of a word processor.
fn folded(value: &str) -> Cow<'_, str> {
    let mut folded = String::with_capacity(value.len());
    for word in composed(value).split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    // Of ASCII no second text is made.
    if folded.is_ascii() {
        folded.make_ascii_lowercase();
    } else {
        folded = folded.to_lowercase();
        if folded.contains(is_typographic) {
            folded =
                folded.chars().map(|c| if is_typographic(c) { plain_mark(c) } else { c }).collect();
        }
    }
    Cow::Owned(folded)
}

/// Whether a character is an apostrophe or a hyphen that no keyboard has.
const fn is_typographic(c: char) -> bool {
    matches!(c, '\u{2018}' | '\u{2019}' | '\u{2bc}' | '\u{2010}' | '\u{2011}')
}

const fn plain_mark(c: char) -> char {
    if matches!(c, '\u{2010}' | '\u{2011}') { '-' } else { '\'' }
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
/// anything, so it is not a date.
#[must_use]
pub fn date(form: Form, text: Text<'_>) -> DateText<'_> {
    let long = || calendar::long_date(text.value).ok();
    let iso = || calendar::iso_moment(text.value.trim()).ok().map(|moment| moment.date);
    let (date, weekday) = match form {
        Form::LongDate => long().map_or((None, None), |d| (Some(d.date), d.weekday)),
        Form::IsoDate | Form::NumericDate(_) | Form::EpochSeconds => (day(form, text.value), None),
        _ => match iso() {
            Some(date) => (Some(date), None),
            None => long().map_or((None, None), |d| (Some(d.date), d.weekday)),
        },
    };
    let date = date.filter(|date| calendar::is_plausible(*date));
    let weekday = weekday.map(|(weekday, span)| part(text, weekday, span));
    DateText { text: text.value, place: text.place, date, weekday }
}

/// The day that a value in one of the forms of a date says without the name of a month.
fn day(form: Form, value: &str) -> Option<Date> {
    match form {
        Form::NumericDate(order) => calendar::numeric_date(value, order).ok(),
        Form::EpochSeconds => calendar::epoch_date(value).map(|moment| moment.date),
        _ => calendar::iso_moment(value.trim()).ok().map(|moment| moment.date),
    }
}

/// Whether a value says a date in its form, be it one that no record can mean.
#[must_use]
pub fn is_date(form: Form, value: &str) -> bool {
    match form {
        Form::LongDate => calendar::long_date(value).is_ok(),
        Form::IsoDate | Form::NumericDate(_) | Form::EpochSeconds => day(form, value).is_some(),
        _ => day(Form::IsoDate, value).is_some() || calendar::long_date(value).is_ok(),
    }
}

fn bare_time(value: &str) -> Option<calendar::Minute> {
    calendar::time(value).ok().or_else(|| calendar::bare_time(value))
}

/// Reads a moment: a time of day on the day `day`, or a date with or without a time.
#[must_use]
pub fn moment(form: Form, text: Text<'_>, day: Option<Date>) -> Option<Moment<'_>> {
    let time = || {
        let minute = calendar::time(text.value).ok()?;
        Some(Moment::of_time(text, day, minute))
    };
    let iso = || Some(Moment::of_date(text, plausible_moment(text.value)?));
    let epoch = || {
        let moment = calendar::epoch_date(text.value)?;
        calendar::is_plausible(moment.date).then(|| Moment::of_date(text, moment))
    };
    let whole_day = || {
        let date = date(form, text).date?;
        Some(Moment::of_date(text, calendar::Moment { date, minute: None, offset: None }))
    };
    match form {
        // A slot past midnight is written with its date, even where most slots are times only.
        Form::Time => time().or_else(|| iso().filter(|moment| moment.minute.is_some())),
        Form::BareTime => Some(Moment::of_time(text, day, bare_time(text.value)?)),
        Form::IsoDate => iso(),
        Form::EpochSeconds => epoch(),
        Form::NumericDate(_) | Form::LongDate => whole_day(),
        _ => iso().or_else(time).or_else(whole_day),
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

/// Reads the number of an act or a meeting, also inside a sentence where the form is an ordinal.
#[must_use]
pub fn counted(form: Form, value: &str) -> Option<u32> {
    let in_sentence = || symbol::ordinal_in(value).filter(|_| form == Form::Ordinal);
    number(form, value).or_else(in_sentence)
}

/// Reads a year: digits, or the year of a date.
#[must_use]
pub fn year(form: Form, value: &str) -> Option<u32> {
    let year = |date: Date| u32::try_from(date.year()).ok();
    let iso = || calendar::iso_moment(value).ok().and_then(|moment| year(moment.date));
    let long = || calendar::long_date(value).ok().and_then(|date| year(date.date));
    number(form, value).or_else(iso).or_else(long)
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
    calendar::iso_moment(text.trim()).ok().filter(|moment| calendar::is_plausible(moment.date))
}

/// The date that follows a citation in prose.
#[must_use]
pub fn symbol_date<'t>(dated: &symbol::Dated, text: &'t str, place: Place) -> DateText<'t> {
    DateText { text: &text[dated.range.clone()], place, date: Some(dated.date), weekday: None }
}

/// Calls `found` with every full date in the text, and with what has the form of one and is no day of any calendar.
pub fn dates_in<'t>(text: Text<'t>, mut found: impl FnMut(DateText<'t>)) {
    calendar::find_dates(text.value, |date| match date {
        Ok(date) => {
            let span = date.span();
            let beside = || weekday_beside(text.value, span).filter(|_| !date.ends_range);
            let weekday = date.weekday.or_else(beside);
            found(DateText {
                text: &text.value[span.range()],
                place: text.part(span.start as usize, span.range().len()),
                date: Some(date.date),
                weekday: weekday.map(|(weekday, span)| part(text, weekday, span)),
            });
        }
        Err(error) => {
            if let Some(range) = impossible(text.value, error.span) {
                let place = text.part(range.start, range.len());
                found(DateText { text: &text.value[range], place, date: None, weekday: None });
            }
        }
    });
    iso_dates_with_weekday(text, &mut found);
}

/// Where a date is written whose day at `day` its month has not: from the day to the year. Nothing where the day ends a
/// range, of which the month need not be that of its first day.
fn impossible(text: &str, day: Span) -> Option<std::ops::Range<usize>> {
    /// A day, a month and a year have no more bytes.
    const LONGEST: usize = 32;
    let start = day.start as usize;
    let before = text[..start].trim_end();
    let joins = ["-", "–", " to", " and", " au", " et", " y", " al"];
    if joins.iter().any(|joint| before.ends_with(joint)) {
        return None;
    }
    let rest = &text[day.end as usize..];
    let run = |at: usize| rest[at..].bytes().take_while(u8::is_ascii_digit).count();
    let year = rest.bytes().take(LONGEST).position(|byte| byte.is_ascii_digit())?;
    (run(year) == 4).then(|| start..day.end as usize + year + 4)
}

/// The weekday that is abbreviated before a date, or in brackets after it: `Fri. 19 May 2011`, `19 May 2011 (Friday)`.
fn weekday_beside(text: &str, date: Span) -> Option<(Weekday, Span)> {
    let span = |start: usize, len: usize| Span::new(start as u32, (start + len) as u32);
    let (start, end) = (date.start as usize, date.end as usize);
    if let Some(inner) = text[end..].strip_prefix(" (") {
        let word = &inner[..inner.find(')')?];
        let (weekday, _) = calendar::weekday(word)?;
        return Some((weekday, span(end + 2, word.len())));
    }
    let before = text[..start].strip_suffix(' ')?;
    let before = before.strip_suffix(',').unwrap_or(before).strip_suffix('.')?;
    let at = before.rfind(|c: char| !c.is_ascii_alphabetic()).map_or(0, |at| at + 1);
    // The first character of another script may be longer.
    let word = before.get(at..)?;
    Some((abbreviated(word)?, span(at, word.len())))
}

/// The weekday that is abbreviated in English before a full stop.
fn abbreviated(word: &str) -> Option<Weekday> {
    Some(match word {
        "Mon" => Weekday::Monday,
        "Tue" | "Tues" => Weekday::Tuesday,
        "Wed" => Weekday::Wednesday,
        "Thu" | "Thur" | "Thurs" => Weekday::Thursday,
        "Fri" => Weekday::Friday,
        "Sat" => Weekday::Saturday,
        "Sun" => Weekday::Sunday,
        _ => return None,
    })
}

/// Calls `found` with every date in figures that a weekday is written before: `Friday, 2011-05-19`.
fn iso_dates_with_weekday<'t>(text: Text<'t>, found: &mut impl FnMut(DateText<'t>)) {
    /// `2011-05-19`.
    const LEN: usize = 10;
    let value = text.value;
    for hyphen in memchr::memchr_iter(b'-', value.as_bytes()) {
        let Some(start) = hyphen.checked_sub(4) else { continue };
        let Some(written) = value.get(start..start + LEN) else { continue };
        let is_whole = !value[start + LEN..].starts_with(|c: char| c.is_alphanumeric() || c == '-');
        let Some(before) = value[..start].strip_suffix(' ').filter(|_| is_whole) else { continue };
        let before = before.strip_suffix(',').unwrap_or(before);
        let at = before.rfind(|c: char| !c.is_alphabetic()).map_or(0, |at| at + 1);
        let Some((weekday, _)) = before.get(at..).and_then(calendar::weekday) else { continue };
        let Ok(moment) = calendar::iso_moment(written) else { continue };
        let word = Span::new(at as u32, before.len() as u32);
        found(DateText {
            text: &value[at..start + LEN],
            place: text.part(at, start + LEN - at),
            date: Some(moment.date),
            weekday: Some(part(text, weekday, word)),
        });
    }
}

fn part(text: Text<'_>, weekday: Weekday, span: Span) -> (Weekday, &str, Place) {
    let range = span.range();
    (weekday, &text.value[range.clone()], text.part(range.start, range.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_same(form: Form, one: &str, other: &str) -> bool {
        normal(form, one) == normal(form, other)
    }

    #[test]
    fn accents_are_one_text_however_they_are_written() {
        for form in [Form::Text, Form::Folded] {
            assert!(is_same(form, "Zo\u{eb}", "Zoe\u{308}"), "{form:?}");
            assert!(!is_same(form, "Zo\u{eb}", "Zoe"), "{form:?}");
            assert!(!is_same(form, "Zo\u{eb}", "Zo\u{eb}\u{200b}"), "{form:?}");
        }
        assert!(is_same(Form::Folded, "ZOE\u{308}  Berg", "zo\u{eb} berg"));
        assert!(!is_same(Form::Text, "Zo\u{eb}", "Zo\u{eb} "));
    }

    #[test]
    fn a_word_processor_makes_no_other_name() {
        for (one, other) in
            [("Susan O'Hara", "susan o\u{2019}hara"), ("Jean-Luc", "Jean\u{2011}Luc")]
        {
            assert!(is_same(Form::Folded, one, other), "{other}");
            assert!(!is_same(Form::Text, one, other), "{other}");
        }
        assert!(!is_same(Form::Folded, "Jean-Luc", "Jean\u{2013}Luc"), "a dash is another mark");
        assert!(!is_same(Form::Folded, "O'Hara", "OHara"));
    }

    #[test]
    fn one_instant_is_one_key() {
        for (one, other, same) in [
            ("2026-10-09T09:00", "2026-10-09T09:00:00", true),
            ("2026-10-09T09:00", "2026-10-09T09:00:00.000", true),
            ("2026-10-09T09:00", "2026-10-09T09:00:30", false),
            ("2026-10-09T09:00", "2026-10-09T09:00Z", false),
            ("2026-10-09T09:00Z", "2026-10-09T11:00+02:00", true),
            ("2026-10-09T00:30+02:00", "2026-10-08T22:30:00Z", true),
            ("2026-10-09T24:00", "2026-10-10T00:00", true),
            ("2026-10-09", "2026-10-09T00:00", false),
            ("9999-12-31T23:59-12:00", "9999-12-31T23:59-11:00", false),
        ] {
            assert_eq!(is_same(Form::IsoDate, one, other), same, "{one}, {other}");
        }
    }
}
