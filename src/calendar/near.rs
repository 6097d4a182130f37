//! What a text that is not a date or a time was probably meant to say.

use std::borrow::Cow;

use jiff::civil::{Date, ISOWeekDate, Weekday};

use super::{
    Language, Minute, find_dates, iso_moment, long_date, month_name,
    numeric::{Number, bare_time, three_numbers},
    scan, short, time, weekday_name,
};
use crate::suggest;

/// What was probably meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Near {
    /// This day.
    Day(Date),
    /// One of these days: the numbers can be read both ways.
    Either(Date, Date),
}

/// A longer text is not a date or a time with a slip in it.
const LONGEST: usize = 80;

/// The time that was probably meant by a text that is not one: a letter for a digit, a full stop for the colon, a
/// zone or a word beside it.
#[must_use]
pub fn near_time(text: &str) -> Option<Minute> {
    let text = plain(text.trim().get(..).filter(|text| text.len() <= LONGEST)?);
    if let Some(minute) = time(&text).ok().or_else(|| bare_time(&text)) {
        return Some(minute);
    }
    // One time among other words: `approx. 11:00`, `10:00 CET`, `10.30 Uhr`, `13:00 PM`.
    let mut found = text
        .split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '~' | '?'))
        .filter_map(|word| {
            let word = word
                .trim_matches(|c: char| matches!(c, ',' | ';'))
                .trim_end_matches(['Z', 'z', 'h']);
            let has_sign = word.contains([':', '.', ',']);
            time(word).ok().or_else(|| bare_time(&word.replace(',', ".")).filter(|_| has_sign))
        });
    let only = found.next()?;
    found.next().is_none().then_some(only)
}

/// The day that was probably meant by a text that is not a date.
#[must_use]
pub fn near_date(text: &str) -> Option<Near> {
    let text = text.trim();
    let text = plain(Some(text).filter(|text| text.len() <= LONGEST)?);
    let read = |text: &str| {
        let iso = iso_moment(text).ok().map(|moment| moment.date);
        iso.or_else(|| long_date(text).ok().map(|date| date.date))
    };
    let day = read(&text).or_else(|| week_or_day_of_year(&text)).or_else(|| compact(&text));
    if let Some(day) = day {
        return Some(Near::Day(day));
    }
    if let Some((numbers, _)) = three_numbers(&text) {
        return in_numbers(numbers);
    }
    if let Some(day) = read(&respelt(&text)) {
        return Some(Near::Day(day));
    }
    only_date_in(&text).map(Near::Day)
}

/// The text with digits and colons of other scripts as plain ones, and with the letters that look like digits as
/// digits where digits are beside them.
fn plain(text: &str) -> Cow<'_, str> {
    let is_odd = |c: char| !c.is_ascii() || matches!(c, 'O' | 'o' | 'l' | 'I' | 'S');
    if !text.contains(is_odd) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for word in text.split_inclusive(char::is_whitespace) {
        let word: String = word.chars().map(ascii_digit).collect();
        // `1O:00` and `2O26-04-14`, but not `Oct`: more than letters must be there, and no other letters.
        let letters = word.chars().filter(|c| c.is_alphabetic());
        let looks = letters.clone().all(|c| matches!(c, 'O' | 'o' | 'l' | 'I' | 'S'));
        let has_digit = word.contains(|c: char| c.is_ascii_digit());
        if looks && has_digit {
            out.extend(word.chars().map(|c| match c {
                'O' | 'o' => '0',
                'l' | 'I' => '1',
                'S' => '5',
                other => other,
            }));
        } else {
            out.push_str(&word);
        }
    }
    Cow::Owned(out)
}

/// Where the decimal digits of a script begin in Unicode.
const ZEROS: [char; 7] =
    ['\u{660}', '\u{6F0}', '\u{966}', '\u{9E6}', '\u{E50}', '\u{FF10}', '\u{1040}'];

fn ascii_digit(c: char) -> char {
    match c {
        _ if c.is_ascii() => c,
        '\u{FF1A}' | '\u{2236}' | '\u{FE55}' => ':',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        _ => {
            let digit = ZEROS
                .iter()
                .find_map(|zero| (c as u32).checked_sub(*zero as u32).filter(|digit| *digit < 10));
            digit.and_then(|digit| char::from_digit(digit, 10)).unwrap_or(c)
        }
    }
}

/// The week dates and ordinal dates of ISO 8601: `2026-W16-2`, `2026-104`.
fn week_or_day_of_year(text: &str) -> Option<Date> {
    let (year, rest) = text.split_once('-')?;
    let (value, len) = scan::number(year, 0, 4..=4)?;
    let year = i16::try_from(value).ok().filter(|_| len == year.len())?;
    if let Some(week) = rest.strip_prefix('W') {
        let (week, day) = week.split_once('-')?;
        let day = Weekday::from_monday_one_offset(day.parse().ok()?).ok()?;
        return Some(ISOWeekDate::new(year, week.parse().ok()?, day).ok()?.date());
    }
    let day: i16 = rest.parse().ok().filter(|_| rest.len() == 3)?;
    Date::new(year, 1, 1).ok()?.with().day_of_year(day).build().ok()
}

/// Whether the text is a week date or an ordinal date of ISO 8601.
#[must_use]
pub fn is_week_or_day_of_year(text: &str) -> bool {
    week_or_day_of_year(text.trim()).is_some()
}

/// `20110519`.
fn compact(text: &str) -> Option<Date> {
    let is_date = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    let part = |range: std::ops::Range<usize>| text.get(range).filter(|_| is_date);
    Date::new(part(0..4)?.parse().ok()?, part(4..6)?.parse().ok()?, part(6..8)?.parse().ok()?).ok()
}

/// What three numbers say; nothing where they are no date in any order.
fn in_numbers([first, second, third]: [Number; 3]) -> Option<Near> {
    let date = |year: Number, month: Number, day: Number| {
        let year = i16::try_from(year.value).ok()?;
        Date::new(year, i8::try_from(month.value).ok()?, i8::try_from(day.value).ok()?).ok()
    };
    if first.len == 4 {
        return date(first, second, third).map(Near::Day);
    }
    if third.len != 4 {
        return None;
    }
    match (date(third, second, first), date(third, first, second)) {
        (Some(one), Some(other)) if one != other => Some(Near::Either(one, other)),
        (one, other) => one.or(other).map(Near::Day),
    }
}

/// The text with each word that is nearly a month or a weekday spelt right.
fn respelt(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_inclusive(|c: char| !c.is_alphabetic()) {
        let end = word.trim_end_matches(|c: char| !c.is_alphabetic()).len();
        let (name, sign) = word.split_at(end);
        let is_known = short::month(name).is_some() || short::weekday(name).is_some();
        let near = (!is_known && name.len() > 3).then(|| suggest::nearest(name, names())).flatten();
        out.push_str(near.unwrap_or(name));
        out.push_str(sign);
    }
    out
}

fn names() -> impl Iterator<Item = &'static str> {
    Language::ALL.into_iter().flat_map(|language| {
        let months = (1..=12).filter_map(move |month| month_name(month, language));
        months.chain((0..7).filter_map(move |day| {
            Some(weekday_name(Weekday::from_monday_zero_offset(day).ok()?, language))
        }))
    })
}

/// The date in a text that has exactly one.
fn only_date_in(text: &str) -> Option<Date> {
    let (mut dates, mut count) = (None, 0);
    find_dates(text, |date| {
        count += 1;
        dates = date.ok().map(|date| date.date);
    });
    let iso = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | ';'));
    for moment in iso.filter_map(|word| iso_moment(word).ok()) {
        count += 1;
        dates = Some(moment.date);
    }
    dates.filter(|_| count == 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn times_with_a_slip_are_proposed() {
        for (text, near) in [
            ("1O:00", "10:00"),
            ("19:0O", "19:00"),
            ("l0:30", "10:30"),
            ("10.30", "10:30"),
            ("1030", "10:30"),
            ("930", "09:30"),
            ("10:00 CET", "10:00"),
            ("10:00Z", "10:00"),
            ("10:00 Uhr", "10:00"),
            ("10.30 Uhr", "10:30"),
            ("13:00 PM", "13:00"),
            ("approx. 11:00", "11:00"),
            ("11:00 (tbc)", "11:00"),
            ("１０：３０", "10:30"),
            ("١٠:٣٠", "10:30"),
        ] {
            assert_eq!(
                near_time(text).map(|minute| minute.to_string()).as_deref(),
                Some(near),
                "{text}"
            );
        }
        for text in [
            "",
            "25:00",
            "10:60",
            "9:75",
            "26:00",
            "soon",
            "TBD",
            "10:00-11:00",
            "10:00 to 11:00",
            "noonish",
            "10",
            "1O",
            "O",
        ] {
            assert_eq!(near_time(text), None, "{text}");
        }
    }

    #[test]
    fn dates_with_a_slip_are_proposed() {
        for (text, near) in [
            ("14 Aprill 2026", "2026-04-14"),
            ("14 Apirl 2026", "2026-04-14"),
            ("Tuesdy, 14 April 2026", "2026-04-14"),
            ("14 Septembr 2004", "2004-09-14"),
            ("19/05/2011", "2011-05-19"),
            ("05/19/2011", "2011-05-19"),
            ("19.5.2011", "2011-05-19"),
            ("5/5/2011", "2011-05-05"),
            ("2011/05/19", "2011-05-19"),
            ("20110519", "2011-05-19"),
            ("2O11-05-19", "2011-05-19"),
            ("2026-W16-2", "2026-04-14"),
            ("2026-104", "2026-04-14"),
            ("19 November 2004 in Nairobi", "2004-11-19"),
            ("2004-11-19 in Nairobi", "2004-11-19"),
            ("٢٠١١-٠٥-١٩", "2011-05-19"),
            ("2011–05–19", "2011-05-19"),
        ] {
            let Some(Near::Day(day)) = near_date(text) else {
                panic!("{text}: {:?}", near_date(text))
            };
            assert_eq!(day.to_string(), near, "{text}");
        }
        let Some(Near::Either(one, other)) = near_date("04/05/2026") else {
            panic!("two readings")
        };
        assert_eq!(
            (one.to_string().as_str(), other.to_string().as_str()),
            ("2026-05-04", "2026-04-05")
        );
        for text in [
            "",
            "soon",
            "31/02/2024",
            "14/14/2026",
            "14 September 204",
            "19/05/11",
            "2026-W60-1",
            "2026-400",
            "2026-W16",
            "19 May 2011 and 20 May 2011",
            "99999999",
            "blah 2011",
        ] {
            assert_eq!(near_date(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "(\\PC|[0-9]|[-/.: OWl]|April|Tuesdy){0,12}") {
            let _ = (near_time(&text), near_date(&text), super::super::extent(&text));
        }
    }
}
