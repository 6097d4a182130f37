//! Dates whose month or weekday is abbreviated. They are read where a whole value is a date, never in
//! prose, where `Mar` may be many things.

use jiff::civil::Weekday;

use super::{
    LongDate, checked_date,
    names::{self, Language, is},
};
use crate::source::Span;

/// Abbreviations of the months, January first, as the Unicode CLDR has them (`dates/calendars/gregorian`, "abbreviated"),
/// and those that are as usual in English.
const MONTHS: [(Language, &str, i8); 37] = [
    (Language::English, "jan", 1),
    (Language::English, "feb", 2),
    (Language::English, "mar", 3),
    (Language::English, "apr", 4),
    (Language::English, "jun", 6),
    (Language::English, "jul", 7),
    (Language::English, "aug", 8),
    (Language::English, "sep", 9),
    (Language::English, "sept", 9),
    (Language::English, "oct", 10),
    (Language::English, "nov", 11),
    (Language::English, "dec", 12),
    (Language::French, "janv", 1),
    (Language::French, "févr", 2),
    (Language::French, "fév", 2),
    (Language::French, "mars", 3),
    (Language::French, "avr", 4),
    (Language::French, "juin", 6),
    (Language::French, "juil", 7),
    (Language::French, "août", 8),
    (Language::French, "sept", 9),
    (Language::French, "oct", 10),
    (Language::French, "nov", 11),
    (Language::French, "déc", 12),
    (Language::Spanish, "ene", 1),
    (Language::Spanish, "feb", 2),
    (Language::Spanish, "mar", 3),
    (Language::Spanish, "abr", 4),
    (Language::Spanish, "may", 5),
    (Language::Spanish, "jun", 6),
    (Language::Spanish, "jul", 7),
    (Language::Spanish, "ago", 8),
    (Language::Spanish, "sept", 9),
    (Language::Spanish, "set", 9),
    (Language::Spanish, "oct", 10),
    (Language::Spanish, "nov", 11),
    (Language::Spanish, "dic", 12),
];

/// Abbreviations of the weekdays, with their place in the week from Monday on: those of the CLDR, and those that are as usual
/// in English.
const WEEKDAYS: [(&str, i8); 23] = [
    ("mon", 0),
    ("tue", 1),
    ("tues", 1),
    ("wed", 2),
    ("thu", 3),
    ("thur", 3),
    ("thurs", 3),
    ("fri", 4),
    ("sat", 5),
    ("sun", 6),
    ("lun", 0),
    ("mar", 1),
    ("mer", 2),
    ("jeu", 3),
    ("ven", 4),
    ("sam", 5),
    ("dim", 6),
    ("mié", 2),
    ("jue", 3),
    ("vie", 4),
    ("sáb", 5),
    ("sab", 5),
    ("dom", 6),
];

/// A value with more words is not a date.
const MOST_WORDS: usize = 8;

/// The month that `word` names in full or shortened.
pub(super) fn month(word: &str) -> Option<(i8, Language)> {
    names::month(word).or_else(|| {
        let (language, _, month) = MONTHS.iter().find(|(_, name, _)| is(word, name))?;
        Some((*month, *language))
    })
}

/// The weekday that `word` names in full or shortened.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    let full = names::weekday(word).map(|(weekday, _)| weekday);
    full.or_else(|| {
        let (_, index) = WEEKDAYS.iter().find(|(name, _)| is(word, name))?;
        Weekday::from_monday_zero_offset(*index).ok()
    })
}

/// A word of a value, and where.
type Word<'t> = (usize, &'t str);

/// The date that the whole of `text` says: `Mon, 14 Apr 2026`, `14-Sept.-2004`, `Apr 14, 2026`.
pub(super) fn short_date(text: &str) -> Option<LongDate> {
    let words = words(text)?;
    let (weekday, rest) = match words.as_slice() {
        [first, rest @ ..] if rest.len() >= 3 => (Some((weekday(first.1)?, first)), rest),
        all => (None, all),
    };
    // `14 de abril de 2026`: the words between belong to the month.
    let is_spanish = |(_, word): &Word<'_>| is(word, "de") || is(word, "del");
    let is_other = |(_, word): &Word<'_>| ["of", "the", "le"].iter().any(|other| is(word, other));
    let has_spanish = rest.iter().any(is_spanish);
    let rest: Vec<&Word<'_>> =
        rest.iter().filter(|word| !is_spanish(word) && !is_other(word)).collect();
    let [first, second, year] = rest.as_slice() else { return None };
    let (day, (month, language)) = match (day(first.1), day(second.1)) {
        (Some(day), None) => ((first, day), month(second.1)?),
        (None, Some(day)) => ((second, day), month(first.1)?),
        _ => return None,
    };
    if has_spanish && language != Language::Spanish {
        return None;
    }
    let is_year = year.1.len() == 4 && year.1.bytes().all(|byte| byte.is_ascii_digit());
    let span = |(at, word): &Word<'_>| Span::new(*at as u32, (at + word.len()) as u32);
    let date =
        checked_date(year.1.parse().ok().filter(|_| is_year)?, month, day.1, span(day.0)).ok()?;
    Some(LongDate {
        date,
        date_span: Span::new(first.0 as u32, span(year).end),
        weekday: weekday.map(|(weekday, word)| (weekday, span(word))),
        language,
        ends_range: false,
    })
}

/// The words of a value, unless it has too many, or a sign that no date has.
fn words(text: &str) -> Option<Vec<Word<'_>>> {
    // A sign at the end belongs to a sentence.
    let text = text.trim_end();
    if !text.ends_with(char::is_alphanumeric) {
        return None;
    }
    let mut words: Vec<Word<'_>> = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if c.is_alphanumeric() || names::is_accent(c) {
            start = start.or(Some(at));
            continue;
        }
        if !(c.is_whitespace() || matches!(c, ',' | '.' | '-')) {
            return None;
        }
        if let Some(from) = start.take() {
            words.push((from, &text[from..at]));
            if words.len() > MOST_WORDS {
                return None;
            }
        }
    }
    Some(words)
}

/// The day of a month: `14`, `14th`, `1er`.
pub(super) fn day(word: &str) -> Option<u16> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let ending = &word[digits..];
    let ends = ["", "st", "nd", "rd", "th", "er", "º"].iter().any(|known| is(ending, known));
    word[..digits].parse().ok().filter(|_| digits <= 2 && ends)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Option<String> {
        let date = short_date(text)?;
        let weekday = date.weekday.map(|(day, span)| format!("{day:?} `{}` ", &text[span.range()]));
        Some(format!(
            "{}{} `{}`",
            weekday.unwrap_or_default(),
            date.date,
            &text[date.date_span.range()]
        ))
    }

    #[test]
    fn abbreviated_dates_are_read() {
        for (text, date) in [
            ("14 Apr 2026", "2026-04-14 `14 Apr 2026`"),
            ("14 Sept. 2004", "2004-09-14 `14 Sept. 2004`"),
            ("Mon, 14 April 2026", "Monday `Mon` 2026-04-14 `14 April 2026`"),
            ("Fri 15 Feb 2024", "Friday `Fri` 2024-02-15 `15 Feb 2024`"),
            ("Thurs. 19 May 2011", "Thursday `Thurs` 2011-05-19 `19 May 2011`"),
            ("Apr. 14, 2026", "2026-04-14 `Apr. 14, 2026`"),
            ("14-Apr-2026", "2026-04-14 `14-Apr-2026`"),
            ("mar. 14 avr. 2026", "Tuesday `mar` 2026-04-14 `14 avr. 2026`"),
            ("mié 1 de dic de 2027", "Wednesday `mié` 2027-12-01 `1 de dic de 2027`"),
            ("1er févr. 2012", "2012-02-01 `1er févr. 2012`"),
            ("1 Mar 9999", "9999-03-01 `1 Mar 9999`"),
        ] {
            assert_eq!(said(text).as_deref(), Some(date), "{text}");
        }
    }

    #[test]
    fn all_else_is_not() {
        for text in [
            "",
            "Apr",
            "14 Apr",
            "Apr 2026",
            "31 Apr 2026",
            "14 Apr 26",
            "14 Apr 2026 Nairobi",
            "14 Aprill 2026",
            "14/Apr/2026",
            "Foo 14 Apr 2026",
            "2026 Apr 14",
            "14 15 2026",
            "14th 15th 2026",
            "a b c d e f g h i j",
            "0 Apr 2026",
            "14 Apr 20266",
            "14 Apr +026",
        ] {
            assert_eq!(said(text), None, "{text}");
        }
    }
}
