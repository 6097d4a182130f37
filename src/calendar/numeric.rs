//! Dates and times that are read only where a schema says how: numbers alone have several readings.

use jiff::{Timestamp, civil::Date, tz::Offset};

use super::{DateError, DateErrorKind, Minute, Moment, checked_date, scan};
use crate::source::Span;

/// In which order a date in numbers names day, month and year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Order {
    /// Day, month, year: `14.04.2026`.
    DayMonthYear,
    /// Month, day, year: `04/14/2026`.
    MonthDayYear,
    /// Year, month, day: `2026/04/14`.
    YearMonthDay,
}

/// The date that the whole of `text` says in numbers in this order, with full stops, slashes or hyphens
/// between them. The year has four digits, day and month have one or two.
pub fn numeric_date(text: &str, order: Order) -> Result<Date, DateError> {
    let start = text.len() - text.trim_start().len();
    let end = start.max(text.trim_end().len());
    let form = DateError::new(DateErrorKind::IsoForm, start, end);
    let (parts, _) = three_numbers(text).ok_or(form)?;
    let [first, second, third] = parts;
    let (day, month, year) = match order {
        Order::DayMonthYear => (first, second, third),
        Order::MonthDayYear => (second, first, third),
        Order::YearMonthDay => (third, second, first),
    };
    if year.len != 4 || day.len > 2 || month.len > 2 {
        return Err(form);
    }
    if !(1..=12).contains(&month.value) {
        let (at, end) = (month.at, month.at + month.len);
        return Err(DateError::new(DateErrorKind::Month(month.value), at, end));
    }
    let span = Span::new(day.at as u32, (day.at + day.len) as u32);
    checked_date(year.value, month.value as i8, day.value, span)
}

/// A date in numbers in this order.
#[must_use]
pub fn in_numbers(date: Date, order: Order) -> String {
    let (year, month, day) = (date.year(), date.month(), date.day());
    match order {
        Order::DayMonthYear => format!("{day:02}.{month:02}.{year:04}"),
        Order::MonthDayYear => format!("{month:02}/{day:02}/{year:04}"),
        Order::YearMonthDay => format!("{year:04}/{month:02}/{day:02}"),
    }
}

/// One of the numbers of a date.
#[derive(Clone, Copy)]
pub(super) struct Number {
    pub(super) value: u16,
    at: usize,
    pub(super) len: usize,
}

/// The three numbers that the text is made of, and the sign between them.
pub(super) fn three_numbers(text: &str) -> Option<([Number; 3], char)> {
    let start = text.len() - text.trim_start().len();
    let (mut at, mut sign) = (start, None);
    let mut numbers = [Number { value: 0, at: 0, len: 0 }; 3];
    for (index, number) in numbers.iter_mut().enumerate() {
        let (value, len) = scan::number(text, at, 1..=4)?;
        *number = Number { value, at, len };
        at += len;
        if index == 2 {
            break;
        }
        let next = text[at..].chars().next().filter(|c| matches!(c, '.' | '/' | '-'))?;
        if *sign.get_or_insert(next) != next {
            return None;
        }
        at += 1;
        // `14. 4. 2026`
        at += usize::from(next == '.' && text[at..].starts_with(' '));
    }
    text[at..].trim().is_empty().then_some((numbers, sign?))
}

/// The time that the whole of `text` says without a colon: `19.00`, `1900`, `930`. With one, it is read
/// like any other time.
#[must_use]
pub fn bare_time(text: &str) -> Option<Minute> {
    let text = text.trim();
    let (hour, minute) = match text.split_once('.') {
        Some(parts) => parts,
        None => text.split_at_checked(text.len().checked_sub(2)?)?,
    };
    let number = |part: &str, len| {
        let (value, digits) = scan::number(part, 0, len)?;
        (digits == part.len()).then_some(value)
    };
    let (hour, minute) = (number(hour, 1..=2)?, number(minute, 2..=2)?);
    if minute > 59 { None } else { Minute::new(hour.checked_mul(60)? + minute) }
}

/// The moment that `text` counts in seconds from the beginning of 1970 (POSIX, "seconds since the Epoch"), in
/// Coordinated Universal Time.
#[must_use]
pub fn epoch_date(text: &str) -> Option<Moment> {
    let seconds: i64 = text.trim().parse().ok()?;
    let moment = Timestamp::from_second(seconds).ok()?;
    let moment = Offset::UTC.to_datetime(moment);
    let minutes =
        u16::from(moment.hour().unsigned_abs()) * 60 + u16::from(moment.minute().unsigned_abs());
    Some(Moment { date: moment.date(), minute: Minute::new(minutes), offset: Some(0) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_numbers_are_read_in_their_order() {
        use Order::{DayMonthYear, MonthDayYear, YearMonthDay};
        let said = |text, order| {
            numeric_date(text, order)
                .map_or_else(|error| error.to_string(), |date| date.to_string())
        };
        for (text, order, date) in [
            ("14.04.2026", DayMonthYear, "2026-04-14"),
            ("14. 4. 2026", DayMonthYear, "2026-04-14"),
            ("4/5/2026", DayMonthYear, "2026-05-04"),
            ("4/5/2026", MonthDayYear, "2026-04-05"),
            ("04-14-2026", MonthDayYear, "2026-04-14"),
            (" 2026/04/14 ", YearMonthDay, "2026-04-14"),
            ("2026-04-14", YearMonthDay, "2026-04-14"),
            ("1/1/0000", DayMonthYear, "0000-01-01"),
            ("31.12.9999", DayMonthYear, "9999-12-31"),
            ("04/14/2026", DayMonthYear, "there is no month 14"),
            ("31.02.2024", DayMonthYear, "February 2024 has 29 days"),
            ("0.1.2024", DayMonthYear, "there is no day 0"),
        ] {
            assert_eq!(said(text, order), date, "{text}");
        }
        for text in [
            "",
            "14.04.26",
            "14.04/2026",
            "14.04.2026 x",
            "14 04 2026",
            "14..2026",
            "014.04.2026",
            "14.04.20266",
            "١٤.٠٤.٢٠٢٦",
        ] {
            assert!(numeric_date(text, DayMonthYear).is_err(), "{text}");
        }
    }

    #[test]
    fn dates_are_written_as_they_are_read() {
        let day = Date::constant(2026, 4, 5);
        for order in [Order::DayMonthYear, Order::MonthDayYear, Order::YearMonthDay] {
            assert_eq!(numeric_date(&in_numbers(day, order), order), Ok(day));
        }
    }

    #[test]
    fn times_without_a_colon_are_read() {
        for (text, time) in [
            ("19.00", "19:00"),
            ("1900", "19:00"),
            ("930", "09:30"),
            ("9.30", "09:30"),
            ("0000", "00:00"),
            ("2400", "24:00"),
        ] {
            assert_eq!(
                bare_time(text).map(|minute| minute.to_string()).as_deref(),
                Some(time),
                "{text}"
            );
        }
        for text in
            ["", "9", "19", "1960", "2401", "25.00", "19.0", "190000", "19,00", "+900", "é30"]
        {
            assert_eq!(bare_time(text), None, "{text}");
        }
    }

    #[test]
    fn seconds_are_counted_from_1970() {
        let moment = epoch_date("1568368800").unwrap();
        assert_eq!(
            (moment.date.to_string(), moment.minute.unwrap().to_string()),
            ("2019-09-13".into(), "10:00".into())
        );
        assert_eq!(epoch_date("-1").unwrap().date.to_string(), "1969-12-31");
        assert_eq!(
            (epoch_date("99999999999999"), epoch_date("soon"), epoch_date("")),
            (None, None, None)
        );
    }
}
