//! Times of day, to the minute, and the phrases that United Nations documents use for them.

use std::{error::Error, fmt};

use serde::{Deserialize, Serialize};

use super::{names::is, scan};
use crate::source::Span;

/// A minute of the day, from 00:00 to 24:00. The last is the end of the day, where an interval can
/// end but nothing can begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Minute(u16);

impl Minute {
    /// 00:00.
    pub const START: Self = Self(0);
    /// 12:00.
    pub const NOON: Self = Self(12 * 60);
    /// 24:00.
    pub const END: Self = Self(24 * 60);

    /// The minute that begins `minutes` after the start of the day; none after 24:00.
    #[must_use]
    pub const fn new(minutes: u16) -> Option<Self> {
        if minutes <= Self::END.0 { Some(Self(minutes)) } else { None }
    }

    /// Minutes since the start of the day.
    #[must_use]
    pub const fn get(self) -> u16 {
        self.0
    }

    /// The same moment read as the end of an interval: midnight is then 24:00, not 00:00.
    #[must_use]
    pub const fn as_end(self) -> Self {
        if self.0 == 0 { Self::END } else { self }
    }
}

impl fmt::Display for Minute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

/// Why a text is not a time, and which part of it is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeError {
    /// What is wrong.
    pub kind: TimeErrorKind,
    /// The wrong part, in bytes of the text that was read.
    pub span: Span,
}

/// The kinds of [`TimeError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeErrorKind {
    /// The text does not have the form of a time.
    Form,
    /// There is no such hour.
    Hour(u16),
    /// There is no such hour before `a.m.` or `p.m.`
    HalfDayHour(u16),
    /// There is no such minute.
    Minute(u16),
    /// There is no such second.
    Second(u16),
    /// Past 24:00.
    PastEnd,
}

impl fmt::Display for TimeErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Form => f.write_str("not a time like `15:30` or `3.30 p.m.`"),
            Self::Hour(hour) => write!(f, "there is no hour {hour}: a day ends at 24:00"),
            Self::HalfDayHour(hour) => {
                write!(f, "there is no hour {hour} before `a.m.` or `p.m.`: they go from 1 to 12")
            }
            Self::Minute(minute) => write!(f, "there is no minute {minute}: an hour ends at 59"),
            Self::Second(second) => write!(f, "there is no second {second}: a minute ends at 59"),
            Self::PastEnd => f.write_str("a day ends at 24:00"),
        }
    }
}

impl fmt::Display for TimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)
    }
}

impl Error for TimeError {}

/// The time that the whole of `text` says.
///
/// Read are `10:00`, `9:30` and `10:00:00` (seconds are checked and dropped); the forms of the
/// United Nations Editorial Manual, "Numbers, dates and time", `10 a.m.`, `3.30 p.m.`, `noon` and
/// `midnight`, also with a colon or without the full stops; and the forms of its French and Spanish
/// documents, `10 h 30`, `10 heures`, `10.30 horas`. `12 a.m.` is 00:00 and `12 p.m.` is noon.
/// `midnight` is 00:00, the start of the day; see [`Minute::as_end`].
///
/// A number alone (`10`, `10.30`) is not a time: it could be anything.
pub fn time(text: &str) -> Result<Minute, TimeError> {
    let start = text.len() - text.trim_start().len();
    let body = text.trim();
    if let Some(minute) = named(body) {
        return Ok(minute);
    }
    let wrong = |kind, from: usize, to: usize| {
        Err(TimeError { kind, span: Span::new((start + from) as u32, (start + to) as u32) })
    };
    let written = match Written::read(body) {
        Ok(written) => written,
        // Where the text ends too early, all of it lacks something.
        Err(at) if at >= body.len() => return wrong(TimeErrorKind::Form, 0, body.len()),
        Err(at) => return wrong(TimeErrorKind::Form, at, body.len()),
    };
    let Written { hour, minute, second, half, .. } = written;
    if minute > 59 {
        return wrong(TimeErrorKind::Minute(minute), written.minute_at, written.minute_at + 2);
    }
    if second > 59 {
        return wrong(TimeErrorKind::Second(second), written.second_at, written.second_at + 2);
    }
    let hour_of_day = match half {
        Some(_) if !(1..=12).contains(&hour) => {
            return wrong(TimeErrorKind::HalfDayHour(hour), 0, written.hour_len);
        }
        Some(Half::Before) => hour % 12,
        Some(Half::After) => hour % 12 + 12,
        None if hour > 24 => return wrong(TimeErrorKind::Hour(hour), 0, written.hour_len),
        None => hour,
    };
    match Minute::new(hour_of_day * 60 + minute) {
        Some(found) if found < Minute::END || second == 0 => Ok(found),
        _ => wrong(TimeErrorKind::PastEnd, 0, body.len()),
    }
}

/// The times that have a name.
fn named(text: &str) -> Option<Minute> {
    const NAMES: [(&str, Minute); 6] = [
        ("noon", Minute::NOON),
        ("midnight", Minute::START),
        ("midi", Minute::NOON),
        ("minuit", Minute::START),
        ("mediodía", Minute::NOON),
        ("medianoche", Minute::START),
    ];
    let word = match scan::word_at(text, 0) {
        Some("12") => text.get(scan::gap(text, 2)?..)?,
        _ => text,
    };
    let (_, minute) = NAMES.iter().find(|(name, _)| is(word, name))?;
    // The number 12 is said before the English names only.
    let said = word.len() == text.len() || is(word, "noon") || is(word, "midnight");
    said.then_some(*minute)
}

#[derive(Clone, Copy)]
enum Half {
    Before,
    After,
}

/// The numbers of a time and where they stand.
struct Written {
    hour: u16,
    hour_len: usize,
    minute: u16,
    minute_at: usize,
    second: u16,
    second_at: usize,
    half: Option<Half>,
}

impl Written {
    /// Reads `text`, or says at which byte it stops being a time.
    fn read(text: &str) -> Result<Self, usize> {
        let (hour, hour_len) = scan::number(text, 0, 1..=2).ok_or(0_usize)?;
        let mut this =
            Self { hour, hour_len, minute: 0, minute_at: 0, second: 0, second_at: 0, half: None };
        let mut at = hour_len;
        let separator = text.as_bytes().get(at).copied();
        if let Some(b':' | b'.') = separator {
            (this.minute, this.minute_at, at) = two_digits(text, at + 1)?;
            if separator == Some(b':') && text[at..].starts_with(':') {
                (this.second, this.second_at, at) = two_digits(text, at + 1)?;
            }
        }
        let after_numbers = at;
        at = scan::gap(text, at).unwrap_or(at);
        let unit = text[at..].trim_end();
        match unit {
            "" if separator == Some(b':') => return Ok(this),
            "" => return Err(text.len()),
            _ => {}
        }
        if let Some(half) = half(unit) {
            this.half = Some(half);
            return Ok(this);
        }
        if ["h", "horas", "hora", "hours", "hrs"].iter().any(|name| is(unit, name)) {
            return Ok(this);
        }
        if separator.is_none_or(|byte| !matches!(byte, b':' | b'.')) {
            return this.read_french(text, at);
        }
        Err(after_numbers)
    }

    /// Reads on after the hour of `10 h 30`, `10h30`, `10 heures` or `10 heures 30`.
    fn read_french(mut self, text: &str, at: usize) -> Result<Self, usize> {
        let rest = &text[at..];
        let letters = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        if !["h", "heures", "heure"].iter().any(|name| is(&rest[..letters], name)) {
            return Err(at);
        }
        let after = at + letters;
        if after == text.len() {
            return Ok(self);
        }
        let minute_at = scan::gap(text, after).unwrap_or(after);
        let end;
        (self.minute, self.minute_at, end) = two_digits(text, minute_at)?;
        if end == text.len() { Ok(self) } else { Err(end) }
    }
}

/// The number of exactly two digits at `at`: its value, its place and the place after it.
fn two_digits(text: &str, at: usize) -> Result<(u16, usize, usize), usize> {
    scan::number(text, at, 2..=2).map(|(value, len)| (value, at, at + len)).ok_or(at)
}

/// `a.m.` or `p.m.`, also without full stops or, as in Spanish, with a space between the letters.
fn half(unit: &str) -> Option<Half> {
    let mut letters = unit.chars().filter(|c| *c != '.' && !c.is_whitespace());
    let (first, second) = (letters.next()?, letters.next()?);
    if letters.next().is_some() || unit.starts_with('.') || !second.eq_ignore_ascii_case(&'m') {
        return None;
    }
    match first {
        'a' | 'A' => Some(Half::Before),
        'p' | 'P' => Some(Half::After),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn said(text: &str) -> String {
        time(text).map_or_else(
            |error| format!("{error} @{}..{}", error.span.start, error.span.end),
            |minute| minute.to_string(),
        )
    }

    #[test]
    fn clock_times_are_read_to_the_minute() {
        for (text, minute) in [
            ("10:00", "10:00"),
            ("9:30", "09:30"),
            ("09:30", "09:30"),
            ("10:00:00", "10:00"),
            ("10:00:59", "10:00"),
            ("0:00", "00:00"),
            ("23:59", "23:59"),
            ("24:00", "24:00"),
            ("24:00:00", "24:00"),
            (" 10:00 ", "10:00"),
        ] {
            assert_eq!(said(text), minute, "{text}");
        }
    }

    #[test]
    fn english_phrases_are_read() {
        for (text, minute) in [
            ("10 a.m.", "10:00"),
            ("3 p.m.", "15:00"),
            ("3.30 p.m.", "15:30"),
            ("3:30 pm", "15:30"),
            ("3:30PM", "15:30"),
            ("3\u{a0}p.m.", "15:00"),
            ("noon", "12:00"),
            ("12 noon", "12:00"),
            ("Midnight", "00:00"),
            ("12 midnight", "00:00"),
            ("12 a.m.", "00:00"),
            ("12 p.m.", "12:00"),
            ("12.01 a.m.", "00:01"),
            ("12.59 p.m.", "12:59"),
            ("11.59 p.m.", "23:59"),
            ("1 a.m.", "01:00"),
            ("15:00 hours", "15:00"),
        ] {
            assert_eq!(said(text), minute, "{text}");
        }
    }

    #[test]
    fn french_and_spanish_phrases_are_read() {
        for (text, minute) in [
            ("10 h 30", "10:30"),
            ("10\u{202f}h\u{a0}30", "10:30"),
            ("10h30", "10:30"),
            ("10 heures", "10:00"),
            ("10 heures 15", "10:15"),
            ("1 heure", "01:00"),
            ("10h", "10:00"),
            ("midi", "12:00"),
            ("minuit", "00:00"),
            ("10.00 horas", "10:00"),
            ("10:30 horas", "10:30"),
            ("10.30 h", "10:30"),
            ("3.30 p. m.", "15:30"),
            ("mediodia", "12:00"),
            ("medianoche", "00:00"),
        ] {
            assert_eq!(said(text), minute, "{text}");
        }
    }

    #[test]
    fn impossible_times_say_which_part_is_wrong() {
        for (text, message) in [
            ("9:60", "there is no minute 60: an hour ends at 59 @2..4"),
            ("25:00", "there is no hour 25: a day ends at 24:00 @0..2"),
            ("24:01", "a day ends at 24:00 @0..5"),
            ("24:00:01", "a day ends at 24:00 @0..8"),
            ("10:00:60", "there is no second 60: a minute ends at 59 @6..8"),
            ("13 p.m.", "there is no hour 13 before `a.m.` or `p.m.`: they go from 1 to 12 @0..2"),
            ("0.30 a.m.", "there is no hour 0 before `a.m.` or `p.m.`: they go from 1 to 12 @0..1"),
            (" 10 h 75", "there is no minute 75: an hour ends at 59 @6..8"),
        ] {
            assert_eq!(said(text), message);
        }
    }

    #[test]
    fn what_is_not_a_time_is_not_guessed() {
        for (text, at) in [
            ("", "0..0"),
            ("10", "0..2"),
            ("10.30", "0..5"),
            ("1030", "0..4"),
            ("10:5", "3..4"),
            ("10:305", "3..6"),
            ("10:", "0..3"),
            ("10:00-11:00", "5..11"),
            ("10 x.m.", "3..7"),
            ("10 .am", "3..6"),
            ("10 am to noon", "3..13"),
            ("10:00:00:00", "8..11"),
            ("10:30 heures 20", "5..15"),
            ("10 h 30 min", "7..11"),
            ("12 midi", "3..7"),
            ("3 noon", "2..6"),
            ("à midi", "0..7"),
        ] {
            assert_eq!(said(text), format!("{} @{at}", TimeErrorKind::Form), "{text}");
        }
    }

    #[test]
    fn midnight_as_an_end_is_the_end_of_the_day() {
        assert_eq!(Minute::START.as_end(), Minute::END);
        assert_eq!(Minute::NOON.as_end(), Minute::NOON);
        assert_eq!(Minute::new(1440), Some(Minute::END));
        assert_eq!(Minute::new(1441), None);
    }

    proptest! {
        #[test]
        fn every_minute_reads_back(minutes in 0_u16..=1440) {
            let minute = Minute::new(minutes).unwrap();
            prop_assert_eq!(time(&minute.to_string()), Ok(minute));
        }

        #[test]
        fn any_text_gives_a_time_or_a_span_inside_it(
            text in "[0-9]{0,3}[:. hé\u{a0}]{0,2}[0-9]{0,2}([ :]|a\\.m\\.|pm|horas| ?h ?|é|\\PC){0,3}"
        ) {
            if let Err(error) = time(&text) {
                prop_assert!(text.get(error.span.range()).is_some());
            }
        }

        #[test]
        fn arbitrary_text_never_panics(text in "\\PC{0,24}") {
            if let Err(error) = time(&text) {
                prop_assert!(text.get(error.span.range()).is_some());
            }
        }
    }
}
