//! Zones as people name them: by an abbreviation, in words, or by a city.

use jiff::civil::Date;

use super::{Minute, zone, zoned};

/// Names in words, with the abbreviation or the zone of IANA that they stand for. The longer of two that begin alike comes first.
const IN_WORDS: [(&str, &str); 26] = [
    ("Pacific Daylight Time", "PDT"),
    ("Pacific Standard Time", "PST"),
    ("Pacific Time", "America/Los_Angeles"),
    ("Mountain Daylight Time", "MDT"),
    ("Mountain Standard Time", "MST"),
    ("Mountain Time", "America/Denver"),
    ("Central Daylight Time", "CDT"),
    ("Central European Summer Time", "CEST"),
    ("Central European Time", "CET"),
    ("Eastern Daylight Time", "EDT"),
    ("Eastern Standard Time", "EST"),
    ("Eastern European Summer Time", "EEST"),
    ("Eastern European Time", "EET"),
    ("Eastern Time", "America/New_York"),
    ("US Eastern", "America/New_York"),
    ("US Central", "America/Chicago"),
    ("US Mountain", "America/Denver"),
    ("US Pacific", "America/Los_Angeles"),
    ("British Summer Time", "Europe/London"),
    ("Japan Standard Time", "JST"),
    ("Korea Standard Time", "KST"),
    ("India Standard Time", "Asia/Kolkata"),
    ("China Standard Time", "Asia/Shanghai"),
    ("Australian Eastern Daylight Time", "AEDT"),
    ("Australian Eastern Standard Time", "AEST"),
    ("Coordinated Universal Time", "UTC"),
];

/// Cities that tables of times name, with their zones of IANA. A name that several large cities have is not there.
const CITIES: [(&str, &str); 56] = [
    ("amsterdam", "Europe/Amsterdam"),
    ("athens", "Europe/Athens"),
    ("auckland", "Pacific/Auckland"),
    ("bangalore", "Asia/Kolkata"),
    ("bangkok", "Asia/Bangkok"),
    ("beijing", "Asia/Shanghai"),
    ("bengaluru", "Asia/Kolkata"),
    ("berlin", "Europe/Berlin"),
    ("boston", "America/New_York"),
    ("brisbane", "Australia/Brisbane"),
    ("brussels", "Europe/Brussels"),
    ("buenos aires", "America/Argentina/Buenos_Aires"),
    ("cairo", "Africa/Cairo"),
    ("chicago", "America/Chicago"),
    ("copenhagen", "Europe/Copenhagen"),
    ("delhi", "Asia/Kolkata"),
    ("denver", "America/Denver"),
    ("dubai", "Asia/Dubai"),
    ("dublin", "Europe/Dublin"),
    ("geneva", "Europe/Zurich"),
    ("helsinki", "Europe/Helsinki"),
    ("hong kong", "Asia/Hong_Kong"),
    ("istanbul", "Europe/Istanbul"),
    ("jakarta", "Asia/Jakarta"),
    ("johannesburg", "Africa/Johannesburg"),
    ("lagos", "Africa/Lagos"),
    ("lima", "America/Lima"),
    ("lisbon", "Europe/Lisbon"),
    ("london", "Europe/London"),
    ("los angeles", "America/Los_Angeles"),
    ("madrid", "Europe/Madrid"),
    ("manila", "Asia/Manila"),
    ("melbourne", "Australia/Melbourne"),
    ("mexico city", "America/Mexico_City"),
    ("montreal", "America/Toronto"),
    ("mumbai", "Asia/Kolkata"),
    ("nairobi", "Africa/Nairobi"),
    ("new delhi", "Asia/Kolkata"),
    ("new york", "America/New_York"),
    ("oslo", "Europe/Oslo"),
    ("paris", "Europe/Paris"),
    ("prague", "Europe/Prague"),
    ("reykjavik", "Atlantic/Reykjavik"),
    ("rome", "Europe/Rome"),
    ("san francisco", "America/Los_Angeles"),
    ("seattle", "America/Los_Angeles"),
    ("seoul", "Asia/Seoul"),
    ("shanghai", "Asia/Shanghai"),
    ("singapore", "Asia/Singapore"),
    ("stockholm", "Europe/Stockholm"),
    ("sydney", "Australia/Sydney"),
    ("taipei", "Asia/Taipei"),
    ("tokyo", "Asia/Tokyo"),
    ("toronto", "America/Toronto"),
    ("vancouver", "America/Vancouver"),
    ("vienna", "Europe/Vienna"),
];

/// The zone that a text begins with, and how long its name is there.
#[must_use]
pub fn zone_name_at(text: &str) -> Option<(String, usize)> {
    let is_end = |len: usize| text[len..].chars().next().is_none_or(|c| !c.is_alphanumeric());
    let in_words =
        IN_WORDS.iter().find(|(words, _)| text.starts_with(words) && is_end(words.len()));
    if let Some((words, zone)) = in_words {
        return Some(((*zone).to_owned(), words.len()));
    }
    let len = text.bytes().take_while(u8::is_ascii_uppercase).count();
    let name = zoned::abbreviation(&text[..len])?.name;
    // `UTC+2` is another zone.
    let goes_on = text[len..].starts_with(['+', '-']);
    (is_end(len) && !goes_on).then(|| (name.to_owned(), len))
}

/// The zone of the city that a text names, or of the abbreviation that it is; what is in brackets does not count.
#[must_use]
pub fn place_zone(text: &str) -> Option<String> {
    let name = text.split('(').next().unwrap_or(text).trim();
    let lower = name.to_lowercase();
    if let Ok(at) = CITIES.binary_search_by(|(city, _)| (*city).cmp(lower.as_str())) {
        return Some(CITIES[at].1.to_owned());
    }
    let (zone, len) = zone_name_at(name)?;
    (len == name.len()).then_some(zone)
}

/// Abbreviations that many write all year round, with a zone in which summer time is kept.
const ALL_YEAR_ROUND: [(&str, &str); 9] = [
    ("AEST", "Australia/Sydney"),
    ("CET", "Europe/Berlin"),
    ("CST", "America/Chicago"),
    ("EET", "Europe/Helsinki"),
    ("EST", "America/New_York"),
    ("MST", "America/Denver"),
    ("NZST", "Pacific/Auckland"),
    ("PST", "America/Los_Angeles"),
    ("WET", "Europe/Lisbon"),
];

/// The minutes east of UTC that a zone can have at a time of day: several for an abbreviation that is written for several zones or
/// all year round.
#[must_use]
pub fn offsets(name: &str, date: Date, minute: Minute) -> Vec<i16> {
    if let Some(known) = zoned::abbreviation(name) {
        let place = ALL_YEAR_ROUND.iter().find(|(abbreviation, _)| *abbreviation == name);
        let local = place.and_then(|(_, place)| zone(place)?.offset_at(date, minute));
        let mut offsets = known.offsets.to_vec();
        offsets.extend(local.filter(|local| !known.offsets.contains(local)));
        return offsets;
    }
    zone(name).and_then(|zone| zone.offset_at(date, minute)).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn zones_are_read_at_the_beginning_of_a_text() {
        for (text, expected) in [
            ("Pacific Daylight Time)", Some(("PDT", 21))),
            ("UTC (18:00 CET)", Some(("UTC", 3))),
            ("US Eastern)", Some(("America/New_York", 10))),
            ("UTC+2", None),
            ("UTCX", None),
            ("XYZ", None),
            ("", None),
        ] {
            let expected = expected.map(|(zone, len): (&str, usize)| (zone.to_owned(), len));
            assert_eq!(zone_name_at(text), expected, "{text}");
        }
    }

    #[test]
    fn cities_are_sorted_and_have_zones() {
        assert!(CITIES.is_sorted());
        assert!(CITIES.iter().all(|(_, name)| zone(name).is_some()));
        let known = IN_WORDS
            .iter()
            .all(|(_, name)| zoned::abbreviation(name).is_some() || zone(name).is_some());
        assert!(known);
        assert_eq!(place_zone(" Tokyo (Japan) ").as_deref(), Some("Asia/Tokyo"));
        assert_eq!(place_zone("UTC").as_deref(), Some("UTC"));
        assert_eq!(place_zone("Springfield"), None);
        assert_eq!(place_zone("CET or so"), None);
    }

    #[test]
    fn the_offset_is_that_of_the_day() {
        let noon = Minute::NOON;
        assert_eq!(offsets("Europe/Berlin", date(2026, 10, 24), noon), [120]);
        assert_eq!(offsets("Europe/Berlin", date(2026, 10, 29), noon), [60]);
        assert_eq!(offsets("PDT", date(2026, 1, 1), noon), [-420]);
        assert_eq!(offsets("EST", date(2026, 7, 1), noon), [-300, -240]);
        assert_eq!(offsets("EST", date(2026, 1, 1), noon), [-300]);
        assert_eq!(offsets("Nowhere", date(2026, 7, 1), noon), [0_i16; 0]);
    }
}
