//! When the sessions of the General Assembly were held.

use jiff::civil::{Date, date};

use super::{Session, sessions::LAST_SESSION};

/// A day, without the checks of a date.
type Day = (i16, i8, i8);

/// The first and the last day of each special session. Days: the list of un.org, "Special sessions", and the reports of
/// the sessions that it names (S-1 to S-12, S-20, S-27 to S-32). Of the sessions for which no source of the days was at
/// hand the years count. The thirty-first session took a decision after its two days of meetings.
const SPECIAL: [(Day, Day); 32] = [
    ((1947, 4, 28), (1947, 5, 15)),
    ((1948, 4, 16), (1948, 5, 14)),
    ((1961, 8, 21), (1961, 8, 25)),
    ((1963, 5, 14), (1963, 6, 27)),
    ((1967, 4, 21), (1967, 6, 13)),
    ((1974, 4, 9), (1974, 5, 2)),
    ((1975, 9, 1), (1975, 9, 16)),
    ((1978, 4, 20), (1978, 4, 21)),
    ((1978, 4, 24), (1978, 5, 3)),
    ((1978, 5, 23), (1978, 7, 1)),
    ((1980, 8, 25), (1980, 9, 15)),
    ((1982, 6, 7), (1982, 7, 10)),
    ((1986, 1, 1), (1986, 12, 31)),
    ((1986, 1, 1), (1986, 12, 31)),
    ((1988, 1, 1), (1988, 12, 31)),
    ((1989, 1, 1), (1989, 12, 31)),
    ((1990, 1, 1), (1990, 12, 31)),
    ((1990, 1, 1), (1990, 12, 31)),
    ((1997, 1, 1), (1997, 12, 31)),
    ((1998, 6, 8), (1998, 6, 10)),
    ((1999, 1, 1), (1999, 12, 31)),
    ((1999, 1, 1), (1999, 12, 31)),
    ((2000, 1, 1), (2000, 12, 31)),
    ((2000, 1, 1), (2000, 12, 31)),
    ((2001, 1, 1), (2001, 12, 31)),
    ((2001, 1, 1), (2001, 12, 31)),
    ((2002, 5, 8), (2002, 5, 10)),
    ((2005, 1, 24), (2005, 1, 24)),
    ((2014, 9, 22), (2014, 9, 22)),
    ((2016, 4, 19), (2016, 4, 21)),
    ((2020, 12, 3), (2021, 12, 31)),
    ((2021, 6, 2), (2021, 6, 4)),
];

/// The days of each emergency special session (un.org, "Emergency special sessions"). The seventh was resumed; see
/// [`RESUMED`]. The last two are adjourned from meeting to meeting and have no end.
const EMERGENCY: [(Day, Day); 11] = [
    ((1956, 11, 1), (1956, 11, 10)),
    ((1956, 11, 4), (1956, 11, 10)),
    ((1958, 8, 8), (1958, 8, 21)),
    ((1960, 9, 17), (1960, 9, 19)),
    ((1967, 6, 17), (1967, 9, 18)),
    ((1980, 1, 10), (1980, 1, 14)),
    ((1980, 7, 22), (1982, 9, 24)),
    ((1981, 9, 3), (1981, 9, 14)),
    ((1982, 1, 29), (1982, 2, 5)),
    ((1997, 4, 24), (9999, 12, 31)),
    ((2022, 2, 28), (9999, 12, 31)),
];

/// Between these days the seventh emergency special session did not meet: it met from 22 to 29 July 1980, and in April,
/// June, August and September 1982.
const RESUMED: (Day, Day) = ((1980, 7, 30), (1982, 4, 19));

/// Sessions that did not open in the third week of September. The first met until December 1946. The fifth closed on 5
/// November 1951, the day before the sixth opened (International Organization, vol. 6, 1952).
const IRREGULAR: [(u16, Day, Day); 3] = [
    (1, (1946, 1, 10), (1946, 12, 31)),
    (5, (1950, 9, 1), (1951, 11, 5)),
    (6, (1951, 11, 6), (1952, 9, 30)),
];

fn day((year, month, day): Day) -> Date {
    date(year, month, day)
}

/// The first and the last day on which a session of the General Assembly can have adopted anything;
/// `None` for sessions that are not known.
///
/// A regular session opens on the Tuesday of the third week of September and closes on the day
/// before the next one opens; the window is wider by some days at both ends.
#[must_use]
pub fn ga_session_window(session: Session) -> Option<(Date, Date)> {
    let days = |table: &[(Day, Day)], n: u16| {
        let (first, last) = *table.get(usize::from(n).checked_sub(1)?)?;
        Some((day(first), day(last)))
    };
    match session {
        Session::Regular(n @ 1..=LAST_SESSION) => {
            if let Some((_, first, last)) = IRREGULAR.iter().find(|(own, _, _)| *own == n) {
                return Some((day(*first), day(*last)));
            }
            let opens = 1945 + i16::try_from(n).ok()?;
            Some((date(opens, 9, 1), date(opens + 1, 9, 30)))
        }
        Session::Regular(_) | Session::Organizational(_) => None,
        Session::Special(n) => days(&SPECIAL, n),
        Session::Emergency(n) => days(&EMERGENCY, n),
    }
}

/// Whether a session of the General Assembly can have adopted something on a day; `None` for sessions that are not known.
#[must_use]
pub fn ga_session_has(session: Session, date: Date) -> Option<bool> {
    let (first, last) = ga_session_window(session)?;
    let is_between =
        session == Session::Emergency(7) && (day(RESUMED.0)..=day(RESUMED.1)).contains(&date);
    Some((first..=last).contains(&date) && !is_between)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_regular_session_spans_two_calendar_years() {
        let (first, last) = ga_session_window(Session::Regular(65)).unwrap();
        assert_eq!((first, last), (date(2010, 9, 1), date(2011, 9, 30)));
        let (first, last) = ga_session_window(Session::Regular(1)).unwrap();
        assert_eq!((first, last), (date(1946, 1, 10), date(1946, 12, 31)));
        assert_eq!(ga_session_window(Session::Regular(0)), None);
        assert_eq!(ga_session_window(Session::Regular(151)), None);
    }

    #[test]
    fn the_fifth_session_goes_on_until_the_sixth_opens() {
        let has = |session, day| ga_session_has(Session::Regular(session), day).unwrap();
        let (last, first) = (date(1951, 11, 5), date(1951, 11, 6));
        assert!(has(5, last) && !has(5, first) && has(6, first) && !has(6, last));
    }

    #[test]
    fn special_sessions_are_known_by_their_days_or_their_years() {
        let has = |session, day| ga_session_has(session, day).unwrap();
        let special = Session::Special;
        assert!(has(special(32), date(2021, 6, 2)) && !has(special(32), date(2021, 6, 5)));
        assert!(has(special(6), date(1974, 5, 2)) && !has(special(6), date(1974, 4, 8)));
        assert!(has(special(16), date(1989, 12, 14)) && !has(special(16), date(1990, 1, 1)));
        let emergency = Session::Emergency;
        assert!(has(emergency(10), date(1997, 4, 24)) && !has(emergency(10), date(1997, 4, 23)));
        assert!(has(emergency(11), date(2025, 2, 24)) && !has(emergency(11), date(2022, 2, 27)));
        assert_eq!(ga_session_has(special(33), date(2030, 1, 1)), None);
        assert_eq!(ga_session_has(emergency(12), date(2030, 1, 1)), None);
    }

    #[test]
    fn a_session_does_not_meet_before_it_is_resumed() {
        let has = |day| ga_session_has(Session::Emergency(7), day).unwrap();
        assert!(has(date(1980, 7, 29)) && has(date(1982, 4, 20)) && has(date(1982, 9, 24)));
        assert!(!has(date(1980, 7, 30)) && !has(date(1981, 4, 1)) && !has(date(1982, 4, 19)));
    }
}
