//! Time zones, by their names in the database of IANA. The database is part of the program, so that a record means the same on
//! every machine.

use jiff::{
    civil::Date,
    tz::{AmbiguousOffset, TimeZone, TimeZoneDatabase},
};

use super::{Minute, Moment};
use crate::suggest;

/// A time zone.
#[derive(Debug)]
pub struct Zone(TimeZone);

/// The zone of this name, in whatever capitals.
#[must_use]
pub fn zone(name: &str) -> Option<Zone> {
    TimeZoneDatabase::bundled().get(name.trim()).ok().map(Zone)
}

/// The name of a zone that is nearest to a text, if the text looks like the name of a place.
#[must_use]
pub fn nearest_zone(text: &str) -> Option<String> {
    if !text.contains('/') {
        return None;
    }
    let database = TimeZoneDatabase::bundled();
    let names: Vec<String> = database.available().map(|name| name.to_string()).collect();
    suggest::nearest(text.trim(), names.iter().map(String::as_str)).map(str::to_owned)
}

/// What contradicts the zone of a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ZoneConflict {
    /// The clocks are put forward, and this time of day is left out.
    LeftOut,
    /// The moment has an offset that the zone does not have then, in minutes. The other is that of the zone.
    Offset(i16),
}

impl Zone {
    fn is_universal(&self) -> bool {
        matches!(self.0.iana_name(), Some("UTC" | "GMT") | None)
            || self.0.iana_name().is_some_and(|name| name.starts_with("Etc/"))
    }

    /// The minutes east of UTC at a time of day.
    pub(super) fn offset_at(&self, date: Date, minute: Minute) -> Option<i16> {
        let span = jiff::Span::new().try_minutes(i32::from(minute.get())).ok()?;
        let local = date.at(0, 0, 0, 0).checked_add(span).ok()?;
        let seconds = self.0.to_ambiguous_timestamp(local).compatible().ok()?;
        i16::try_from(self.0.to_offset(seconds).seconds() / 60).ok()
    }

    /// Whether a moment contradicts the zone. One in UTC is compatible with every zone.
    #[must_use]
    pub fn conflict(&self, moment: &Moment) -> Option<ZoneConflict> {
        let minutes = i32::from(moment.minute?.get());
        let start = moment.date.at(0, 0, 0, 0);
        let local = start.checked_add(jiff::Span::new().try_minutes(minutes).ok()?).ok()?;
        match moment.offset {
            None => {
                let at = self.0.to_ambiguous_timestamp(local).offset();
                matches!(at, AmbiguousOffset::Gap { .. }).then_some(ZoneConflict::LeftOut)
            }
            Some(0) => None,
            // UTC is the scale and not the place of the meeting: a moment with any offset has a time in it.
            Some(_) if self.is_universal() => None,
            Some(offset) => {
                let own = jiff::tz::Offset::from_seconds(i32::from(offset) * 60).ok()?;
                let of_zone = self.0.to_offset(own.to_timestamp(local).ok()?).seconds();
                let of_zone = i16::try_from(of_zone / 60).ok()?;
                (of_zone != offset).then_some(ZoneConflict::Offset(of_zone))
            }
        }
    }
}

/// An offset in minutes as it is written after a time: `+02:00`.
#[must_use]
pub fn offset_text(minutes: i16) -> String {
    let sign = if minutes < 0 { '-' } else { '+' };
    let minutes = minutes.unsigned_abs();
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::iso_moment;

    #[test]
    fn zones_have_the_names_of_the_database() {
        for name in ["America/New_York", "europe/berlin", "EST5EDT", "GMT", "UTC", " Asia/Kolkata "]
        {
            assert!(zone(name).is_some(), "{name}");
        }
        for name in ["", "Europe/Berln", "PST", "+02:00", "UTC+2", "America/New York", "Local"] {
            assert!(zone(name).is_none(), "{name}");
        }
        assert_eq!(nearest_zone("Europe/Berln").as_deref(), Some("Europe/Berlin"));
        assert_eq!(nearest_zone("America/New York").as_deref(), Some("America/New_York"));
        assert_eq!(nearest_zone("PST"), None);
    }

    #[test]
    fn moments_are_held_against_the_zone() {
        let zone = zone("Europe/Berlin").unwrap();
        let conflict = |text| zone.conflict(&iso_moment(text).unwrap());
        for text in [
            "2026-03-29",
            "2026-03-29T01:59",
            "2026-03-29T03:00",
            "2026-10-25T02:30",
            "2026-04-14T10:00+02:00",
            "2026-01-14T10:00+01:00",
            "2026-04-14T10:00Z",
        ] {
            assert_eq!(conflict(text), None, "{text}");
        }
        assert_eq!(conflict("2026-03-29T02:30"), Some(ZoneConflict::LeftOut));
        assert_eq!(conflict("2026-04-14T10:00+01:00"), Some(ZoneConflict::Offset(120)));
        assert_eq!(conflict("2026-01-14T10:00+02:00"), Some(ZoneConflict::Offset(60)));
        assert_eq!(offset_text(-270), "-04:30");
        let universal = super::zone("UTC").unwrap();
        assert_eq!(universal.conflict(&iso_moment("2026-04-14T10:00+02:00").unwrap()), None);
    }
}
