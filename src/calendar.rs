//! The calendar: dates, times of day, and how the United Nations writes them.
//!
//! Two kinds of text are read. Values of fields are read whole and strictly ([`iso_date`],
//! [`iso_moment`], [`time`](fn@time), [`long_date`]); an error names the part that is wrong. In prose,
//! [`find_dates`] looks for full dates and skips the rest. Nothing is filled in: what lacks a
//! year is not a date, and what lacks an offset has none. Numbers that have several readings are read
//! where a schema states which ([`numeric_date`], [`bare_time`]). Of a value that is not read,
//! [`near_date`] and [`near_time`] say what was probably meant.

mod clock;
mod duration;
mod iso;
mod long;
mod names;
mod near;
mod numeric;
pub(crate) mod packed;
mod partial;
mod places;
mod plausible;
mod range;
mod scan;
mod short;
mod time;
mod zone;
mod zoned;

use std::{error::Error, fmt};

use jiff::civil::{Date, Weekday};

pub use self::{
    clock::{Clock, DAWN, When, is_past_midnight, stretch},
    duration::duration,
    iso::{Moment, canonical, iso_date, iso_moment},
    long::{LongDate, find_dates, long_date, long_date_at},
    names::{Language, month, month_name, weekday, weekday_name},
    near::{Near, is_week_or_day_of_year, near_date, near_time},
    numeric::{Order, bare_time, epoch_date, in_numbers, numeric_date},
    partial::{Extent, extent},
    places::{offsets, place_zone, zone_name_at},
    plausible::{is_plausible, placeholder, years},
    range::{TimeRange, time_range},
    time::{Minute, TimeError, TimeErrorKind, time},
    zone::{Zone, ZoneConflict, nearest_zone, offset_text, zone},
    zoned::{Abbreviation, SameMoment, Zoned, find_zoned},
};
use crate::source::Span;

/// The weekday of `date`.
#[must_use]
pub fn weekday_of(date: Date) -> Weekday {
    date.weekday()
}

/// How many days `later` is after `earlier`; negative if it is before.
#[must_use]
pub fn days_between(earlier: Date, later: Date) -> i64 {
    earlier.duration_until(later).as_hours() / 24
}

/// `date` as the United Nations Editorial Manual writes it in English ("Numbers, dates and time"):
/// `19 May 2011`.
#[must_use]
pub fn long(date: Date) -> String {
    long_in(date, Language::English)
}

/// `date` as United Nations documents in `language` write it: `19 May 2011`, `19 mai 2011`,
/// `19 de mayo de 2011`.
#[must_use]
pub fn long_in(date: Date, language: Language) -> String {
    let (day, year) = (date.day(), date.year());
    let month = month_name(date.month(), language).unwrap_or_default();
    match language {
        Language::French if day == 1 => format!("1er {month} {year:04}"),
        Language::English | Language::French => format!("{day} {month} {year:04}"),
        Language::Spanish => format!("{day} de {month} de {year:04}"),
    }
}

/// Why a text is not a date, and which part of it is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateError {
    /// What is wrong.
    pub kind: DateErrorKind,
    /// The wrong part, in bytes of the text that was read.
    pub span: Span,
}

/// The kinds of [`DateError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateErrorKind {
    /// The text does not have the form `2011-05-19`.
    IsoForm,
    /// The text does not have the form `19 May 2011` or one like it.
    LongForm,
    /// The year is not written.
    NoYear,
    /// The month is not written.
    NoMonth,
    /// The day is not written.
    NoDay,
    /// A word is where the name of a month belongs.
    MonthName,
    /// There is no month of this number.
    Month(u16),
    /// The month does not have this day.
    Day {
        /// The day as written.
        day: u16,
        /// The month, from 1.
        month: i8,
        /// The year.
        year: i16,
        /// How many days that month has.
        days: i8,
    },
    /// The time after the date is wrong.
    Time(TimeErrorKind),
    /// The offset after the time is wrong.
    Offset,
    /// Text is beside the date.
    Extra,
}

impl DateError {
    fn new(kind: DateErrorKind, start: usize, end: usize) -> Self {
        Self { kind, span: Span::new(start as u32, end as u32) }
    }
}

impl fmt::Display for DateErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::IsoForm => f.write_str("not a date like `2011-05-19`"),
            Self::LongForm => f.write_str("not a date like `19 May 2011`"),
            Self::NoYear => f.write_str("the year is missing"),
            Self::NoMonth => f.write_str("the month is missing"),
            Self::NoDay => f.write_str("the day is missing"),
            Self::MonthName => f.write_str("not the name of a month"),
            Self::Month(month) => write!(f, "there is no month {month}"),
            Self::Day { day: 0, .. } => f.write_str("there is no day 0"),
            Self::Day { month, year, days, .. } => {
                let name = month_name(*month, Language::English).unwrap_or("the month");
                match month {
                    2 => write!(f, "{name} {year} has {days} days"),
                    _ => write!(f, "{name} has {days} days"),
                }
            }
            Self::Time(kind) => kind.fmt(f),
            Self::Offset => f.write_str("not an offset like `+02:00`"),
            Self::Extra => f.write_str("text that does not belong to the date"),
        }
    }
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)
    }
}

impl Error for DateError {}

/// The date, if the month (which exists) has the day; the error marks `day_span`.
fn checked_date(year: u16, month: i8, day: u16, day_span: Span) -> Result<Date, DateError> {
    let year = year.cast_signed();
    let first = Date::new(year, month, 1)
        .map_err(|_| DateError { kind: DateErrorKind::LongForm, span: day_span })?;
    let days = first.days_in_month();
    i8::try_from(day)
        .ok()
        .and_then(|day| Date::new(year, month, day).ok())
        .ok_or(DateError { kind: DateErrorKind::Day { day, month, year, days }, span: day_span })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_are_counted_over_leap_days_and_backwards() {
        assert_eq!(days_between(date(2011, 5, 19), date(2011, 5, 19)), 0);
        assert_eq!(days_between(date(2012, 2, 28), date(2012, 3, 1)), 2);
        assert_eq!(days_between(date(2011, 2, 28), date(2011, 3, 1)), 1);
        assert_eq!(days_between(date(2011, 5, 19), date(2011, 5, 18)), -1);
        assert_eq!(days_between(date(0, 1, 1), date(9999, 12, 31)), 3_652_424);
    }

    #[test]
    fn dates_are_written_the_way_each_language_does() {
        let day = date(2011, 5, 1);
        assert_eq!(long(day), "1 May 2011");
        assert_eq!(long_in(day, Language::French), "1er mai 2011");
        assert_eq!(long_in(day, Language::Spanish), "1 de mayo de 2011");
        assert_eq!(long_in(date(2011, 5, 11), Language::French), "11 mai 2011");
    }

    #[test]
    fn the_day_of_the_debate_was_a_thursday() {
        assert_eq!(weekday_of(date(2011, 5, 19)), Weekday::Thursday);
        assert_eq!(weekday_name(weekday_of(date(2011, 5, 18)), Language::Spanish), "miércoles");
    }
}
