//! Dates with the name of a month: read as a whole value, or found in prose.

use std::ops::RangeInclusive;

use jiff::civil::{Date, Weekday};

use super::{
    DateError, DateErrorKind, checked_date,
    names::{self, Language, is},
    scan, short,
};
use crate::source::Span;

/// A date written with the name of its month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LongDate {
    /// The day.
    pub date: Date,
    /// From the day or the month, whichever comes first, to the year.
    pub date_span: Span,
    /// The weekday written directly before the date, and where. It need not be the right one.
    pub weekday: Option<(Weekday, Span)>,
    /// The language of the month.
    pub language: Language,
    /// The date ends a range such as `17–18 May 2011`, of which only the last day is written in
    /// full. Such a date has no weekday of its own.
    pub ends_range: bool,
}

impl LongDate {
    /// The date with its weekday.
    #[must_use]
    pub fn span(&self) -> Span {
        let start = self.weekday.map_or(self.date_span.start, |(_, span)| span.start);
        Span::new(start, self.date_span.end)
    }
}

/// The years that a date in prose can have. Other numbers of four digits after a month count
/// something else, and no document that records cite is older.
const YEARS_IN_PROSE: RangeInclusive<u16> = 1500..=2999;

/// The date that the whole of `text` says, white space around it aside: `19 May 2011`, the form of
/// the United Nations Editorial Manual ("Numbers, dates and time"), with or without a weekday and a
/// comma; `May 19, 2011`; `19 mai 2011`, `1er mai 2011`; `19 de mayo de 2011`. Months and weekdays may be
/// abbreviated.
pub fn long_date(text: &str) -> Result<LongDate, DateError> {
    written_out(text).or_else(|error| short::short_date(text).ok_or(error))
}

fn written_out(text: &str) -> Result<LongDate, DateError> {
    let (start, end) = (text.len() - text.trim_start().len(), text.trim_end().len());
    let form = DateError::new(DateErrorKind::LongForm, start.min(end), end);
    let mut digits = 0;
    let (day_at, day_len) = loop {
        let (at, len) = next_digits(text, digits).ok_or(form)?;
        match len {
            1..=2 => break (at, len),
            // A month and a year, as in `May 2011`.
            4 if month_before(text, at).is_some() => {
                return Err(DateError { kind: DateErrorKind::NoDay, ..form });
            }
            _ => digits = at + len,
        }
    };
    let written = match Written::around(text, day_at, day_len) {
        Ok(written) => written,
        Err(Miss::Form) => return Err(form),
        Err(Miss::Year) => {
            return Err(DateError { kind: DateErrorKind::NoYear, ..form });
        }
        Err(Miss::Month(span)) => {
            return Err(DateError { kind: DateErrorKind::MonthName, span });
        }
    };
    let weekday = weekday_before(text, written.start);
    let whole_start = weekday.map_or(written.start, |(_, span)| span.start as usize);
    if start < whole_start {
        return Err(DateError::new(DateErrorKind::Extra, start, whole_start));
    }
    if written.end < end {
        return Err(DateError::new(DateErrorKind::Extra, written.end, end));
    }
    written.checked(weekday, false)
}

/// The date whose day of one or two digits begins at byte `at` of `text`, and the byte after its year.
/// Nothing where no full date is there, or one that no calendar has.
#[must_use]
pub fn long_date_at(text: &str, at: usize) -> Option<(Date, usize)> {
    let rest = text.as_bytes().get(at..)?;
    let len = rest.iter().take(3).take_while(|byte| byte.is_ascii_digit()).count();
    if !(1..=2).contains(&len) {
        return None;
    }
    let written = Written::around(text, at, len).ok().filter(|written| written.start == at)?;
    let date = written.checked(None, false).ok()?;
    Some((date.date, written.end))
}

/// Passes every full date of `text` to `found`, in order, in time linear in the text. A date that
/// no calendar has, such as 31 June 2011, is passed on as the error about its day.
///
/// What lacks a day, a year or the name of a month is not a full date. Neither is a number that a
/// symbol, an amount or an issue number (`No. 12 May 2011`) owns.
pub fn find_dates(text: &str, mut found: impl FnMut(Result<LongDate, DateError>)) {
    let mut at = 0;
    while let Some((start, len)) = next_digits(text, at) {
        at = start + len;
        if len > 2 || !stands_alone(text, start) {
            continue;
        }
        let Ok(written) = Written::around(text, start, len) else {
            continue;
        };
        at = written.end.max(at);
        if !YEARS_IN_PROSE.contains(&written.year) || counts_hours(text, written.end) {
            continue;
        }
        // `vol. 45 May 2011` names a volume, not a slip of the pen.
        if !(1..=31).contains(&written.day) || is_numbered(text, start) {
            continue;
        }
        let weekday = weekday_before(text, written.start);
        let ends_range = weekday.is_none() && follows_range(text, written.start);
        found(written.checked(weekday, ends_range));
    }
}

/// The next run of ASCII digits from `at` on: where it begins and how long it is.
fn next_digits(text: &str, at: usize) -> Option<(usize, usize)> {
    let rest = text.as_bytes().get(at..)?;
    // Without a way out in the middle, many bytes are looked at at a time.
    let has_digit =
        |bytes: &[u8]| bytes.iter().fold(false, |met, byte| met | byte.is_ascii_digit());
    let plain = rest.chunks_exact(32).take_while(|chunk| !has_digit(chunk)).count() * 32;
    let skipped = plain + rest[plain..].iter().position(u8::is_ascii_digit)?;
    let len = rest[skipped..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    Some((at + skipped, len))
}

/// Why no date stands around a number.
enum Miss {
    /// Nothing there looks like one.
    Form,
    /// A word is where the month belongs.
    Month(Span),
    /// Day and month are there without a year.
    Year,
}

/// The parts of a date as written; nothing is checked against a calendar yet.
struct Written {
    day: u16,
    day_span: Span,
    month: i8,
    language: Language,
    year: u16,
    start: usize,
    end: usize,
}

impl Written {
    /// The date whose day is the number of `len` digits at `day_at`.
    fn around(text: &str, day_at: usize, len: usize) -> Result<Self, Miss> {
        let (day, _) = scan::number(text, day_at, len..=len).ok_or(Miss::Form)?;
        let after_day = ordinal(text, day_at + len);
        if scan::word_at(text, after_day).is_some() {
            return Err(Miss::Form);
        }
        let day_span = Span::new(day_at as u32, (day_at + len) as u32);
        let written = |month, language, (year, end), start| Self {
            day,
            day_span,
            month,
            language,
            year,
            start,
            end,
        };
        if let Some((start, month, language)) = month_before(text, day_at)
            && language == Language::English
            && let Some(year) = year_after(text, after_day, language)
        {
            return Ok(written(month, language, year, start));
        }
        let (month, language, after_month) = month_after(text, after_day)?;
        let year = year_after(text, after_month, language).ok_or(Miss::Year)?;
        Ok(written(month, language, year, day_at))
    }

    /// The date, if there is one of that name.
    fn checked(
        &self,
        weekday: Option<(Weekday, Span)>,
        ends_range: bool,
    ) -> Result<LongDate, DateError> {
        Ok(LongDate {
            date: checked_date(self.year, self.month, self.day, self.day_span)?,
            date_span: Span::new(self.start as u32, self.end as u32),
            weekday,
            language: self.language,
            ends_range,
        })
    }
}

/// The place after the ordinal ending at `at`, if there is one: `19th`, `1er`, `1º`, `1.º`.
fn ordinal(text: &str, at: usize) -> usize {
    // Most days have none, and a space follows them.
    if text.as_bytes().get(at) == Some(&b' ') {
        return at;
    }
    if let Some(word) = scan::word_at(text, at)
        && ["st", "nd", "rd", "th", "er", "º", "ᵉʳ"].iter().any(|ending| is(word, ending))
    {
        return at + word.len();
    }
    let rest = text.get(at..).unwrap_or_default();
    let endings = ["º", ".º", "°", ".°"];
    endings.iter().find(|ending| rest.starts_with(**ending)).map_or(at, |ending| at + ending.len())
}

/// The month after a day that ends at `at`, and the place after it: ` May`, ` of May`, ` de mayo`.
fn month_after(text: &str, at: usize) -> Result<(i8, Language, usize), Miss> {
    let mut from = scan::gap(text, at).ok_or(Miss::Form)?;
    let mut word = scan::word_at(text, from).ok_or(Miss::Form)?;
    let joined = match word {
        _ if is(word, "de") => Some(Language::Spanish),
        _ if is(word, "of") => Some(Language::English),
        _ => None,
    };
    if joined.is_some() {
        from = scan::gap(text, from + word.len()).ok_or(Miss::Form)?;
        word = scan::word_at(text, from).ok_or(Miss::Form)?;
    }
    let span = Span::new(from as u32, (from + word.len()) as u32);
    match names::month(word) {
        Some((month, language)) if joined.is_none_or(|joined| joined == language) => {
            Ok((month, language, from + word.len()))
        }
        _ if word.contains(|c: char| !c.is_alphabetic()) => Err(Miss::Form),
        _ => Err(Miss::Month(span)),
    }
}

/// The month before a number at `at`, and where it begins: `May 19`.
fn month_before(text: &str, at: usize) -> Option<(usize, i8, Language)> {
    let end = scan::gap_before(text, at)?;
    let word = scan::word_before(text, end)?;
    let (month, language) = names::month(word)?;
    Some((end - word.len(), month, language))
}

/// The year of four digits after `at` and the place after it: ` 2011`, `, 2011`, ` de 2011`.
fn year_after(text: &str, at: usize, language: Language) -> Option<(u16, usize)> {
    let comma = usize::from(text.as_bytes().get(at) == Some(&b','));
    let mut from = scan::gap(text, at + comma)?;
    let mut word = scan::word_at(text, from)?;
    if language == Language::Spanish && (is(word, "de") || is(word, "del")) {
        from = scan::gap(text, from + word.len())?;
        word = scan::word_at(text, from)?;
    }
    let (year, len) = scan::number(word, 0, 4..=4)?;
    (len == word.len()).then_some((year, from + len))
}

/// The weekday directly before a date that begins at `at`: `Thursday, `, `jeudi le `.
fn weekday_before(text: &str, at: usize) -> Option<(Weekday, Span)> {
    let mut end = scan::gap_before(text, at)?;
    let mut word = word_and_comma(text, &mut end)?;
    if is(word, "the") || is(word, "le") {
        end = scan::gap_before(text, end - word.len())?;
        word = word_and_comma(text, &mut end)?;
    }
    let (weekday, _) = names::weekday(word)?;
    Some((weekday, Span::new((end - word.len()) as u32, end as u32)))
}

/// The word before `end`, which moves over a comma between the two.
fn word_and_comma<'t>(text: &'t str, end: &mut usize) -> Option<&'t str> {
    if text[..*end].ends_with(',') {
        *end -= 1;
    }
    scan::word_before(text, *end)
}

/// Whether the number at `start` is one of its own, and not the end of a symbol or an amount:
/// `58/20`, `A19`, `1,19`, `3.19`.
fn stands_alone(text: &str, start: usize) -> bool {
    match scan::char_before(text, start) {
        Some('/') => false,
        Some(c @ ('.' | ',' | ':')) => {
            !scan::char_before(text, start - c.len_utf8()).is_some_and(|c| c.is_ascii_digit())
        }
        Some(c) => !scan::is_word(c),
        None => true,
    }
}

/// Whether the number at `start` counts volumes, issues, pages or paragraphs. The full stop is
/// part of each word: `no` without it is an answer.
fn is_numbered(text: &str, start: usize) -> bool {
    let end = scan::gap_before(text, start).unwrap_or(start);
    let Some(before) = text[..end].strip_suffix('.') else {
        return text[..end].ends_with(['№', '°', 'º', '#']);
    };
    let Some(word) = scan::word_before(before, before.len()) else {
        return false;
    };
    ["no", "nos", "num", "vol", "vols", "p", "pp", "para", "paras", "art", "fig"]
        .iter()
        .any(|name| is(word, name))
}

/// Whether the four digits that end at `end` are hours and minutes: `19 May 1500 hours`.
fn counts_hours(text: &str, end: usize) -> bool {
    scan::gap(text, end)
        .and_then(|from| scan::word_at(text, from))
        .is_some_and(|word| ["hours", "hrs", "h", "horas"].iter().any(|unit| is(word, unit)))
}

/// Whether the date at `start` ends a range: a dash or a word for one comes before it, and a day
/// or a month before that.
fn follows_range(text: &str, start: usize) -> bool {
    let end = scan::gap_before(text, start).unwrap_or(start);
    let first_end = match scan::char_before(text, end) {
        Some(c @ ('-' | '‐'..='―' | '−')) => {
            let dash = end - c.len_utf8();
            scan::gap_before(text, dash).unwrap_or(dash)
        }
        _ if end == start => return false,
        _ => {
            let Some(word) = scan::word_before(text, end) else {
                return false;
            };
            let joins = ["to", "and", "au", "et", "al", "a", "y"];
            if !joins.iter().any(|join| is(word, join)) {
                return false;
            }
            let Some(first_end) = scan::gap_before(text, end - word.len()) else {
                return false;
            };
            first_end
        }
    };
    let Some(first) = scan::word_before(text, first_end) else {
        return false;
    };
    let digits = first.bytes().take_while(u8::is_ascii_digit).count();
    let is_day = (1..=2).contains(&digits) && ordinal(first, digits) == first.len();
    (is_day && stands_alone(text, first_end - first.len())) || names::month(first).is_some()
}

#[cfg(test)]
mod tests;
