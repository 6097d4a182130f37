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
}

/// The clock that a moment is read from. Moments of different clocks cannot be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
            Some(minute) => i64::from(minute.get()),
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
    let midnight = end.minute == Some(Minute::START) && end.date == start.date;
    Some((clock, from, if midnight { to + DAY } else { to }))
}
