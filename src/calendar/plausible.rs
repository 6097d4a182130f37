//! Days that no record of a meeting means: what programs write where a date is not known, and years in
//! which no one met.

use jiff::civil::{Date, date};

/// What programs write for "no date", and whose it is: .NET (`DateTime.MinValue`, `DateTime.MaxValue`) and
/// Go (the zero of `time.Time`), SQL Server (the first day of `datetime`, and the day it counts from), the
/// `DATE` of OLE Automation, and POSIX ("seconds since the Epoch"). The first and last days of .NET and of
/// SQL Server and the day of OLE Automation were looked up in November 2026; the zero of Go, 1900 for SQL
/// Server and 1970 are from common knowledge.
const PLACEHOLDERS: [(Date, &str); 6] = [
    (date(1, 1, 1), "the first day that .NET and Go know"),
    (date(1753, 1, 1), "the first day that SQL Server knows"),
    (date(1899, 12, 30), "the day from which spreadsheets count"),
    (date(1900, 1, 1), "the day from which SQL Server counts"),
    (date(1970, 1, 1), "the day from which Unix counts"),
    (date(9999, 12, 31), "the last day that .NET and SQL Server know"),
];

/// The years in which a date can lie. Of the years 0000 to 1582, ISO 8601 says that they are written
/// only where both sides agree to it, since the Gregorian calendar began in the last of them. No one who
/// lives will see the day after the last.
const YEARS: std::ops::RangeInclusive<i16> = 1583..=2100;

/// Whose placeholder a day is, where it is one.
#[must_use]
pub fn placeholder(day: Date) -> Option<&'static str> {
    PLACEHOLDERS.iter().find(|(placeholder, _)| *placeholder == day).map(|(_, whose)| *whose)
}

/// The first and the last year in which a date can lie.
#[must_use]
pub const fn years() -> (i16, i16) {
    (*YEARS.start(), *YEARS.end())
}

/// Whether a record can mean this day.
#[must_use]
pub fn is_plausible(day: Date) -> bool {
    YEARS.contains(&day.year()) && placeholder(day).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_and_far_years_are_no_days_of_records() {
        for (day, plausible) in [
            (date(1, 1, 1), false),
            (date(1582, 12, 31), false),
            (date(1583, 1, 1), true),
            (date(1865, 5, 17), true),
            (date(1969, 12, 31), true),
            (date(1970, 1, 1), false),
            (date(1970, 1, 2), true),
            (date(2100, 12, 31), true),
            (date(2101, 1, 1), false),
            (date(9999, 12, 31), false),
        ] {
            assert_eq!(is_plausible(day), plausible, "{day}");
        }
    }
}
