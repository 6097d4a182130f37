//! Dates and moments in the form of ISO 8601, as RFC 3339 narrows it down.

use jiff::{Span as Duration, civil::Date};

use super::{
    DateError, DateErrorKind, checked_date, scan,
    time::{Minute, TimeErrorKind},
};
use crate::source::Span;

/// A date, and as much of a time as is written after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Moment {
    /// The day.
    pub date: Date,
    /// The time of day; none where only the date is written.
    pub minute: Option<Minute>,
    /// Minutes ahead of Coordinated Universal Time; none where nothing says so.
    pub offset: Option<i16>,
}

/// The date that the whole of `text` says in the form `2011-05-19` (RFC 3339, `full-date`).
pub fn iso_date(text: &str) -> Result<Date, DateError> {
    let (date, len) = date_prefix(text)?;
    if len < text.len() { Err(extra(text, len)) } else { Ok(date) }
}

/// The date, and the time if there is one, that the whole of `text` says: `2011-05-19`,
/// `2011-05-19T10:00`, `2011-05-19T10:00:00`, the last two also with `Z` or an offset like `+02:00`
/// (RFC 3339, section 5.6, but seconds and offset may be missing). Seconds are checked and dropped.
/// A space may replace the `T`, and the day may end at 24:00.
pub fn iso_moment(text: &str) -> Result<Moment, DateError> {
    let (date, len) = date_prefix(text)?;
    if len == text.len() {
        return Ok(Moment { date, minute: None, offset: None });
    }
    if !matches!(text.as_bytes().get(len), Some(b'T' | b't' | b' ')) {
        return Err(extra(text, len));
    }
    let (minute, end) = clock(text, len + 1)?;
    let offset = if end == text.len() { None } else { Some(offset(text, end)?) };
    Ok(Moment { date, minute: Some(minute), offset })
}

/// What is equal for texts that say the same day or the same instant: seconds may be missing, and an offset is carried over to
/// UTC. `2011-05-19T10:00`, `2011-05-19 10:00:00.0`; `2011-05-19T12:00+02:00`, `2011-05-19T10:00Z`.
#[must_use]
pub fn canonical(text: &str) -> Option<String> {
    let text = text.trim();
    let Moment { date, minute, offset } = iso_moment(text).ok()?;
    let Some(minute) = minute else { return Some(date.to_string()) };
    let minutes = i64::from(minute.get()) - i64::from(offset.unwrap_or_default());
    let time = date.at(0, 0, 0, 0).checked_add(Duration::new().try_minutes(minutes).ok()?).ok()?;
    // After the date, a `T` and the time.
    let rest = text.get(16..).unwrap_or_default();
    let seconds = rest.strip_prefix(':').unwrap_or_default();
    let end = seconds.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(seconds.len());
    let seconds = seconds[..end].trim_start_matches("00");
    let seconds =
        if seconds.contains('.') { seconds.trim_end_matches(['0', '.']) } else { seconds };
    let zone = if offset.is_some() { "Z" } else { "" };
    Some(format!("{}T{:02}:{:02}:{seconds}{zone}", time.date(), time.hour(), time.minute()))
}

/// The date at the start of `text` and how long it is.
fn date_prefix(text: &str) -> Result<(Date, usize), DateError> {
    let Some((year, _)) = scan::number(text, 0, 4..=4) else {
        return Err(DateError::new(DateErrorKind::IsoForm, 0, text.len()));
    };
    let month_at = after_hyphen(text, 4, DateErrorKind::NoMonth)?;
    let month = two_digits(text, month_at, DateErrorKind::IsoForm)?;
    if !(1..=12).contains(&month) {
        return Err(DateError::new(DateErrorKind::Month(month), month_at, month_at + 2));
    }
    let day_at = after_hyphen(text, 7, DateErrorKind::NoDay)?;
    let day = two_digits(text, day_at, DateErrorKind::IsoForm)?;
    let day_span = Span::new(day_at as u32, day_at as u32 + 2);
    Ok((checked_date(year, month as i8, day, day_span)?, 10))
}

/// The place after the hyphen at `at`. A text that ends there lacks a part, which `missing` names.
fn after_hyphen(text: &str, at: usize, missing: DateErrorKind) -> Result<usize, DateError> {
    match text.as_bytes().get(at) {
        None => Err(DateError::new(missing, 0, text.len())),
        Some(b'-') => Ok(at + 1),
        Some(_) => Err(DateError::new(DateErrorKind::IsoForm, at, text.len())),
    }
}

/// The number of two digits at `at`.
fn two_digits(text: &str, at: usize, kind: DateErrorKind) -> Result<u16, DateError> {
    match scan::number(text, at, 2..=2) {
        Some((value, _)) => Ok(value),
        None if at >= text.len() => Err(DateError::new(kind, 0, text.len())),
        None => Err(DateError::new(kind, at, text.len())),
    }
}

/// The time at `at` and the place after it.
fn clock(text: &str, at: usize) -> Result<(Minute, usize), DateError> {
    let form = DateErrorKind::Time(TimeErrorKind::Form);
    let wrong = |kind, from, to| Err(DateError::new(DateErrorKind::Time(kind), from, to));
    let hour = two_digits(text, at, form)?;
    if hour > 24 {
        return wrong(TimeErrorKind::Hour(hour), at, at + 2);
    }
    if text.as_bytes().get(at + 2) != Some(&b':') {
        return wrong(TimeErrorKind::Form, at, text.len());
    }
    let minute = two_digits(text, at + 3, form)?;
    if minute > 59 {
        return wrong(TimeErrorKind::Minute(minute), at + 3, at + 5);
    }
    let mut end = at + 5;
    let mut past = minute > 0;
    if text.as_bytes().get(end) == Some(&b':') {
        let second = two_digits(text, end + 1, form)?;
        if second > 59 {
            return wrong(TimeErrorKind::Second(second), end + 1, end + 3);
        }
        end += 3;
        let fraction = fraction_len(&text[end..]);
        past |= second > 0 || text[end..end + fraction].contains(|c| matches!(c, '1'..='9'));
        end += fraction;
    }
    match Minute::new(hour * 60 + minute) {
        Some(found) if found < Minute::END || !past => Ok((found, end)),
        _ => wrong(TimeErrorKind::PastEnd, at, end),
    }
}

/// The length of a fraction of a second: `.` and digits.
fn fraction_len(rest: &str) -> usize {
    let digits = match rest.strip_prefix('.') {
        Some(after) => after.bytes().take_while(u8::is_ascii_digit).count(),
        None => 0,
    };
    if digits == 0 { 0 } else { digits + 1 }
}

/// The offset that the rest of `text` from `at` says, in minutes.
fn offset(text: &str, at: usize) -> Result<i16, DateError> {
    let sign = match text.as_bytes()[at..] {
        [b'Z' | b'z'] => return Ok(0),
        [b'Z' | b'z', ..] => return Err(extra(text, at + 1)),
        [b'+', ..] => 1,
        [b'-', ..] => -1,
        _ => return Err(extra(text, at)),
    };
    let wrong = DateError::new(DateErrorKind::Offset, at, text.len());
    let (hours, _) = scan::number(text, at + 1, 2..=2).ok_or(wrong)?;
    let (minutes, _) = scan::number(text, at + 4, 2..=2).ok_or(wrong)?;
    if text.as_bytes()[at + 3] != b':' || text.len() > at + 6 || hours > 23 || minutes > 59 {
        return Err(wrong);
    }
    Ok(sign * (hours * 60 + minutes).cast_signed())
}

fn extra(text: &str, at: usize) -> DateError {
    DateError::new(DateErrorKind::Extra, at, text.len())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn said(text: &str) -> String {
        match iso_moment(text) {
            Ok(moment) => format!("{moment:?}"),
            Err(error) => format!("{error} @{}..{}", error.span.start, error.span.end),
        }
    }

    #[test]
    fn dates_of_the_iso_form_are_read() {
        assert_eq!(iso_date("2011-05-19"), Ok(date(2011, 5, 19)));
        assert_eq!(iso_date("0001-01-01"), Ok(date(1, 1, 1)));
        assert_eq!(iso_date("9999-12-31"), Ok(date(9999, 12, 31)));
        assert_eq!(iso_date("2012-02-29"), Ok(date(2012, 2, 29)));
        assert_eq!(iso_date("2000-02-29"), Ok(date(2000, 2, 29)));
        let with_time = iso_date("2011-05-19T10:00").unwrap_err();
        assert_eq!((with_time.kind, with_time.span), (DateErrorKind::Extra, Span::new(10, 16)));
    }

    #[test]
    fn one_instant_has_one_canonical_text() {
        for (one, other) in [
            ("2026-10-09T09:00", "2026-10-09T09:00:00"),
            ("2026-10-09T09:00", "2026-10-09 09:00:00.000"),
            ("2026-10-09T09:00", "2026-10-09t09:00 "),
            ("2026-10-09T09:00Z", "2026-10-09T09:00+00:00"),
            ("2026-10-09T09:00Z", "2026-10-09T11:00:00+02:00"),
            ("2026-10-09T23:30-02:00", "2026-10-10T01:30Z"),
            ("2026-10-09T24:00", "2026-10-10T00:00"),
            ("2026-10-09T09:00:30.500", "2026-10-09T09:00:30.5"),
            ("2026-10-09", " 2026-10-09"),
        ] {
            assert_eq!(canonical(one), canonical(other), "{one} {other}");
        }
        for (one, other) in [
            ("2026-10-09", "2026-10-09T00:00"),
            ("2026-10-09T09:00", "2026-10-09T09:00Z"),
            ("2026-10-09T09:00", "2026-10-09T09:00:01"),
            ("2026-10-09T09:00:50", "2026-10-09T09:00:05"),
            ("2026-10-09T09:00:01.05", "2026-10-09T09:00:01.5"),
        ] {
            assert_ne!(canonical(one), canonical(other), "{one} {other}");
        }
        assert_eq!(canonical("20261009"), None);
    }

    #[test]
    fn days_that_do_not_exist_say_how_many_the_month_has() {
        for (text, message) in [
            ("2011-04-31", "April has 30 days @8..10"),
            ("2011-02-29", "February 2011 has 28 days @8..10"),
            ("1900-02-29", "February 1900 has 28 days @8..10"),
            ("2012-02-30", "February 2012 has 29 days @8..10"),
            ("2011-12-32", "December has 31 days @8..10"),
            ("2011-05-00", "there is no day 0 @8..10"),
            ("2011-13-01", "there is no month 13 @5..7"),
            ("2011-00-01", "there is no month 0 @5..7"),
        ] {
            assert_eq!(said(text), message);
        }
    }

    #[test]
    fn other_forms_are_not_guessed() {
        for (text, message) in [
            ("", "not a date like `2011-05-19` @0..0"),
            ("19 May 2011", "not a date like `2011-05-19` @0..11"),
            ("2011", "the month is missing @0..4"),
            ("2011-05", "the day is missing @0..7"),
            ("2011-05-", "not a date like `2011-05-19` @0..8"),
            ("2011-5-19", "not a date like `2011-05-19` @5..9"),
            ("2011-05-9", "not a date like `2011-05-19` @8..9"),
            ("2011/05/19", "not a date like `2011-05-19` @4..10"),
            ("20110519", "not a date like `2011-05-19` @0..8"),
            ("-2011-05-19", "not a date like `2011-05-19` @0..11"),
            (" 2011-05-19", "not a date like `2011-05-19` @0..11"),
            ("2011-05-19 ", "not a time like `15:30` or `3.30 p.m.` @0..11"),
            ("2011-05-19é", "text that does not belong to the date @10..12"),
        ] {
            assert_eq!(said(text), message);
        }
    }

    #[test]
    fn moments_have_a_time_and_an_offset_only_where_written() {
        let day = date(2011, 5, 19);
        let ten = Minute::new(600);
        for (text, minute, offset) in [
            ("2011-05-19", None, None),
            ("2011-05-19T10:00", ten, None),
            ("2011-05-19 10:00", ten, None),
            ("2011-05-19T10:00:00", ten, None),
            ("2011-05-19T10:00:30.250Z", ten, Some(0)),
            ("2011-05-19t10:00z", ten, Some(0)),
            ("2011-05-19T10:00+02:00", ten, Some(120)),
            ("2011-05-19T10:00:00-04:30", ten, Some(-270)),
            ("2011-05-19T24:00", Some(Minute::END), None),
            ("2011-05-19T24:00:00.000", Some(Minute::END), None),
        ] {
            assert_eq!(iso_moment(text), Ok(Moment { date: day, minute, offset }), "{text}");
        }
    }

    #[test]
    fn wrong_times_and_offsets_are_placed() {
        for (text, message) in [
            ("2011-05-19T9:30", "not a time like `15:30` or `3.30 p.m.` @11..15"),
            ("2011-05-19T10", "not a time like `15:30` or `3.30 p.m.` @11..13"),
            ("2011-05-19T25:00", "there is no hour 25: a day ends at 24:00 @11..13"),
            ("2011-05-19T09:60", "there is no minute 60: an hour ends at 59 @14..16"),
            ("2011-05-19T09:00:60", "there is no second 60: a minute ends at 59 @17..19"),
            ("2011-05-19T24:01", "a day ends at 24:00 @11..16"),
            ("2011-05-19T24:00:00.5", "a day ends at 24:00 @11..21"),
            ("2011-05-19T10:00+2:00", "not an offset like `+02:00` @16..21"),
            ("2011-05-19T10:00+02.00", "not an offset like `+02:00` @16..22"),
            ("2011-05-19T10:00+24:00", "not an offset like `+02:00` @16..22"),
            ("2011-05-19T10:00+02:000", "not an offset like `+02:00` @16..23"),
            ("2011-05-19T10:00Zulu", "text that does not belong to the date @17..20"),
            ("2011-05-19T10:00 EST", "text that does not belong to the date @16..20"),
            ("2011-05-19T10:00:00.", "text that does not belong to the date @19..20"),
        ] {
            assert_eq!(said(text), message);
        }
    }

    proptest! {
        #[test]
        fn every_date_reads_back(year in 0_i16..=9999, month in 1_i8..=12, day in 1_i8..=31) {
            let text = format!("{year:04}-{month:02}-{day:02}");
            prop_assert_eq!(iso_date(&text).ok(), Date::new(year, month, day).ok());
        }

        #[test]
        fn any_text_gives_a_moment_or_a_span_inside_it(
            text in "(2011-0[0-9]-[0-4][0-9])?[T ]?([0-9]{2}:?){0,3}(\\.|\\.0)?[Z+-]?[0-9]{0,2}:?[0-9]{0,3}\\PC{0,2}"
        ) {
            if let Err(error) = iso_moment(&text) {
                prop_assert!(text.get(error.span.range()).is_some());
            }
        }
    }
}
