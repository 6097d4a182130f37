//! Texts that name more or less than one day: a year, a month, a day of some year, a range of days.

use super::{scan, short};

/// How much of a calendar a text names, where it is not one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// A year, or a month of a year: `2026`, `2026-04`, `April 2026`.
    Period,
    /// A month and a day: `14 April`.
    DayOfYear {
        /// The month, from 1.
        month: i8,
        /// The day, from 1.
        day: i8,
    },
    /// Several days in a row: `17 to 19 May 2011`, `2011-05-17/2011-05-19`.
    Range,
}

/// A text with more words is prose.
const MOST_WORDS: usize = 16;

/// The words between the days of a range, and those that belong to a date.
const FILLERS: [&str; 19] = [
    "to", "and", "until", "from", "au", "et", "du", "al", "a", "y", "de", "del", "le", "the", "of",
    "el", "through", "till", "jusqu",
];

/// What the whole of `text` names, where that is not one day and something of a calendar.
#[must_use]
pub fn extent(text: &str) -> Option<Extent> {
    let (mut days, mut months, mut years, mut weekdays) = (Vec::new(), Vec::new(), 0, 0);
    let mut at = 0;
    for count in 0.. {
        let gap = text[at..].find(|c: char| c.is_alphanumeric()).unwrap_or(text.len() - at);
        if text[at..at + gap].contains(|c: char| !is_between(c)) {
            return None;
        }
        at += gap;
        let Some(word) = text.get(at..).filter(|rest| !rest.is_empty()) else { break };
        let word = scan::word_at(word, 0).filter(|_| count < MOST_WORDS)?;
        at += word.len();
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 4 && digits == word.len() {
            years += 1;
        } else if (1..=2).contains(&digits) {
            days.push(short::day(word)?);
        } else if let Some((month, _)) = short::month(word) {
            months.push(month);
        } else if short::weekday(word).is_some() {
            weekdays += 1;
        } else if !FILLERS.iter().any(|filler| super::names::is(word, filler)) {
            return None;
        }
    }
    let is_word_month = !months.is_empty();
    match (days.as_slice(), months.as_slice(), years) {
        ([], [] | [_], 1) if weekdays == 0 => Some(Extent::Period),
        // `2026-04`.
        ([month], [], 1) if (1..=12).contains(month) && is_year_and_month(text) => {
            Some(Extent::Period)
        }
        ([day], [month], 0) if (1..=31).contains(day) => {
            Some(Extent::DayOfYear { month: *month, day: i8::try_from(*day).ok()? })
        }
        ([_, _, ..], _, 0..) if is_word_month && years > 0 => Some(Extent::Range),
        ([_, _, _, _], [], 2) if is_pair_of_iso_dates(text) => Some(Extent::Range),
        ([], [_, _, ..], 1..) => Some(Extent::Period),
        _ => None,
    }
}

fn is_between(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, ',' | '.' | '-' | '/' | '&' | '(' | ')' | '\'' | '’')
        || matches!(c, '‐'..='―' | '−')
}

fn is_year_and_month(text: &str) -> bool {
    matches!(text.trim().as_bytes(), [y1, y2, y3, y4, b'-', m1, m2] if [y1, y2, y3, y4, m1, m2].iter().all(|b| b.is_ascii_digit()))
}

/// Whether the text is a stretch of days as in ISO 8601, or two of its dates with a word between them.
fn is_pair_of_iso_dates(text: &str) -> bool {
    let text = text.trim();
    let is_date = |part: Option<&str>| part.is_some_and(|part| super::iso_date(part).is_ok());
    is_date(text.get(..10)) && is_date(text.len().checked_sub(10).and_then(|at| text.get(at..)))
}

#[cfg(test)]
mod tests {
    use super::{Extent, extent};

    #[test]
    fn parts_and_ranges_are_known() {
        for text in [
            "2026",
            "2026-04",
            "April 2026",
            "Sept. 2004",
            "mayo de 2011",
            "April/May 2026",
            "0000",
            "9999",
        ] {
            assert_eq!(extent(text), Some(Extent::Period), "{text}");
        }
        for text in [
            "17 to 19 May 2011",
            "17–19 May 2011",
            "17 and 18 May 2011",
            "30 April - 2 May 2011",
            "du 17 au 19 mai 2011",
            "May 17-19, 2011",
            "Tuesday 17 to Thursday 19 May 2011",
            "30 December 2010 to 2 January 2011",
            "2011-05-17/2011-05-19",
            "2011-05-17 to 2011-05-19",
        ] {
            assert_eq!(extent(text), Some(Extent::Range), "{text}");
        }
        for text in ["14 April", "Tuesday, 14 April", "April 14th", "14 de abril"] {
            assert_eq!(extent(text), Some(Extent::DayOfYear { month: 4, day: 14 }), "{text}");
        }
    }

    #[test]
    fn all_else_is_not() {
        for text in [
            "",
            "soon",
            "14 Aprill 2026",
            "2026-13",
            "2026-W16",
            "14/04/2026",
            "04/14/2026",
            "32 April",
            "19 May 2011 in Nairobi",
            "Tuesday",
            "20110519",
            "14",
            "2011-05-17/2011-05-32",
            "14:00",
            "2026-4",
            "Session 2026",
            "00 May",
        ] {
            assert_eq!(extent(text), None, "{text}");
        }
    }
}
