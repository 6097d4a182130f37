//! Moments and stretches of time on a clock.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Minute, days_between, packed};

const DAY: i64 = 24 * 60;

/// What can be said of when something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    /// The day, where it is known.
    #[serde(with = "packed::maybe")]
    pub date: Option<Date>,
    /// The minute of the day; `None` for a whole day.
    pub minute: Option<Minute>,
    /// Minutes east of UTC, where given.
    pub offset: Option<i16>,
    /// Whether it is in the night after that day: the clock has passed midnight, and the programme of the day goes on.
    pub next_day: bool,
}

/// The clock that a moment is read from. Moments of different clocks cannot be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Clock {
    /// The time of a day that is not known.
    SomeDay,
    /// Date and time at a place that is not said.
    Local,
    /// Date and time with their offset.
    Universal,
}

impl When {
    /// Minutes on a clock. A whole day begins at 00:00 and ends at 24:00.
    #[must_use]
    pub fn minutes(self, is_end: bool) -> Option<(Clock, i64)> {
        let of_day = match self.minute {
            Some(minute) => i64::from(minute.get()) + if self.next_day { DAY } else { 0 },
            None if is_end => DAY,
            None => 0,
        };
        let Some(date) = self.date else {
            return self.minute.map(|_| (Clock::SomeDay, of_day));
        };
        let local = days_between(Date::ZERO, date) * DAY + of_day;
        Some(match self.offset {
            Some(offset) => (Clock::Universal, local - i64::from(offset)),
            None => (Clock::Local, local),
        })
    }
}

/// The clock, the start and the end of a stretch of time, where they can be compared. An end at
/// midnight on the day of the start is the end of that day.
#[must_use]
pub fn stretch(start: When, end: When) -> Option<(Clock, i64, i64)> {
    let (clock, from) = start.minutes(false)?;
    // The whole day before the start is not over when the start comes: it is before it.
    let (other, to) = end.minutes(end.date >= start.date)?;
    if clock != other {
        return None;
    }
    let midnight = end.minute == Some(Minute::START) && end.date == start.date && !end.next_day;
    Some((clock, from, if midnight { to + DAY } else { to }))
}

/// Where a night ends and a day begins, if nothing else is said: a programme that goes on past midnight is over by then.
pub const DAWN: Minute = match Minute::new(6 * 60) {
    Some(minute) => minute,
    None => Minute::START,
};

/// How long something can last that is said to end on the clock before it begins. A time of the afternoon that is written
/// as one of the morning ("11:40 to 1:10") gives more: twelve hours and what was meant.
const NIGHT: i64 = 12 * 60;

/// Whether a time of day is past the midnight after `earlier`, which counts from the start of the day: it is earlier on the
/// clock and in the night, and no more than twelve hours after it.
#[must_use]
pub fn is_past_midnight(earlier: i64, time: Minute, dawn: Minute) -> bool {
    let time_of_day = i64::from(time.get());
    time_of_day < earlier && time <= dawn && time_of_day + DAY - earlier <= NIGHT
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passes(earlier: &str, time: &str) -> bool {
        let minute = |text| super::super::time(text).unwrap();
        is_past_midnight(i64::from(minute(earlier).get()), minute(time), DAWN)
    }

    #[test]
    fn a_night_lasts_until_six_and_no_more_than_twelve_hours() {
        for (start, end) in [("19:30", "00:30"), ("23:00", "01:00"), ("18:00", "06:00")] {
            assert!(passes(start, end), "{start} to {end}");
        }
        for (start, end) in [
            ("16:15", "15:15"),
            ("11:40", "01:10"),
            ("13:00", "01:45"),
            ("22:00", "06:01"),
            ("17:59", "06:00"),
            ("10:00", "10:00"),
            ("01:00", "02:00"),
        ] {
            assert!(!passes(start, end), "{start} to {end}");
        }
    }

    #[test]
    fn a_stretch_past_midnight_has_its_length_with_and_without_a_date() {
        let minute = |text| super::super::time(text).ok();
        for date in [None, Some(jiff::civil::date(2011, 5, 19))] {
            let when = |text, next_day| When { date, minute: minute(text), offset: None, next_day };
            let (_, from, to) = stretch(when("23:00", false), when("01:00", true)).unwrap();
            assert_eq!(to - from, 120);
            let (_, from, to) = stretch(when("23:00", false), when("00:00", false)).unwrap();
            assert_eq!(to - from, 60);
        }
    }
}
