//! Moments: when an interval begins or ends.

use std::borrow::Cow;

use jiff::civil::Date;

use super::Text;
use crate::calendar::{self, Minute, When};

/// A moment: a time of day, on a day where one is known.
#[derive(Clone, Copy, Debug)]
pub struct Moment<'t> {
    /// As written; of a computed one what it was computed from.
    pub text: Text<'t>,
    /// The day.
    pub date: Option<Date>,
    /// The minute of the day; `None` for a moment that is a whole day.
    pub minute: Option<Minute>,
    /// Minutes east of UTC, where given.
    pub offset: Option<i16>,
    /// Whether it is in the night after that day.
    pub next_day: bool,
    /// How much of the date is written.
    pub unit: Unit,
    /// Whether the day is written with it.
    pub has_own_date: bool,
    /// Whether it follows from the start and a duration.
    pub is_computed: bool,
}

/// How much of a date is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// All of it.
    Day,
    /// The year and the month.
    Month,
    /// The year.
    Year,
}

impl From<&Moment<'_>> for When {
    fn from(moment: &Moment<'_>) -> Self {
        let Moment { date, minute, offset, next_day, .. } = *moment;
        Self { date, minute, offset, next_day }
    }
}

impl<'t> Moment<'t> {
    /// A time of day.
    pub(super) const fn of_time(text: Text<'t>, date: Option<Date>, minute: Minute) -> Self {
        Self {
            text,
            date,
            minute: Some(minute),
            offset: None,
            next_day: false,
            unit: Unit::Day,
            has_own_date: false,
            is_computed: false,
        }
    }

    /// A date, perhaps with a time of day.
    pub(super) const fn of_date(text: Text<'t>, moment: calendar::Moment) -> Self {
        let calendar::Moment { date, minute, offset } = moment;
        Self {
            text,
            date: Some(date),
            minute,
            offset,
            next_day: false,
            unit: Unit::Day,
            has_own_date: true,
            is_computed: false,
        }
    }

    /// The first or the last day of the year or the month that the whole of a text says: `2015`, `2015-03`.
    pub(super) fn of_part(text: Text<'t>, is_end: bool) -> Option<Self> {
        let (year, month) = match text.value.split_once('-') {
            Some((year, month)) => (year, Some(digits(month, 2)?)),
            None => (text.value, None),
        };
        let year = digits(year, 4)?;
        let first = Date::new(year, month.unwrap_or(1) as i8, 1).ok()?;
        let date = match month {
            _ if !is_end => first,
            Some(_) => first.last_of_month(),
            None => first.last_of_year(),
        };
        let unit = if month.is_some() { Unit::Month } else { Unit::Year };
        let moment = Self::of_date(text, calendar::Moment { date, minute: None, offset: None });
        calendar::is_plausible(date).then_some(Self { unit, ..moment })
    }

    /// The moment so many minutes later. Without a day, no later than in the night after.
    pub(super) fn after(self, minutes: u32, text: Text<'t>) -> Option<Self> {
        const DAY: u32 = 24 * 60;
        let of_day = u32::from(self.minute?.get()) + minutes + if self.next_day { DAY } else { 0 };
        let (days, rest) = (of_day / DAY, of_day % DAY);
        let later = Self { text, is_computed: true, next_day: false, ..self };
        // The end of the day is the last minute of it, as where it is written.
        if rest == 0 && days == 1 {
            return Some(Self { minute: Some(Minute::END), ..later });
        }
        let minute = Minute::new(rest as u16);
        match self.date {
            Some(date) if self.has_own_date || days > 1 => {
                let date = date.checked_add(jiff::Span::new().try_days(days).ok()?).ok()?;
                Some(Self { minute, date: Some(date), ..later })
            }
            _ => (days < 2).then_some(Self { minute, next_day: days == 1, ..later }),
        }
    }

    /// The days that it may be on: all of a month or of a year, if no more is written.
    #[must_use]
    pub fn days(&self) -> Option<(Date, Date)> {
        let date = self.date?;
        Some(match self.unit {
            Unit::Day => (date, date),
            Unit::Month => (date.first_of_month(), date.last_of_month()),
            Unit::Year => (date.first_of_year(), date.last_of_year()),
        })
    }

    /// As it is written, or else computed.
    #[must_use]
    pub fn shown(&self) -> Cow<'t, str> {
        let offset = self.offset.map(calendar::offset_text).unwrap_or_default();
        match (self.is_computed, self.minute, self.date) {
            (true, Some(minute), Some(date)) if self.has_own_date => {
                Cow::Owned(format!("{date}T{minute}{offset}"))
            }
            (true, Some(minute), _) => Cow::Owned(format!("{minute}{offset}")),
            _ => Cow::Borrowed(self.text.value),
        }
    }
}

fn digits(text: &str, count: usize) -> Option<i16> {
    let is_number = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { text.parse().ok() } else { None }
}
