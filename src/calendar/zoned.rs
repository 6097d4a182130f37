//! One moment written for several time zones: `18:00 UTC (19:00 CET, 13:00 EST)`.

use std::{collections::BTreeSet, ops::Range, sync::LazyLock};

use aho_corasick::packed::Searcher;

use super::{bare_time, scan, time};

/// A time zone as its abbreviation says it.
#[derive(Debug, PartialEq, Eq)]
pub struct Abbreviation {
    /// The abbreviation.
    pub name: &'static str,
    /// Minutes east of UTC. Several if the abbreviation is in use for several zones, or all year round.
    pub offsets: &'static [i16],
    /// The abbreviation for summer time in the same place, if this one is for the rest of the year. Many write it all year round.
    pub summer: Option<&'static str>,
}

/// A time of day in a zone.
#[derive(Clone, Debug)]
pub struct Zoned {
    /// Where both are written.
    pub range: Range<usize>,
    /// Minutes since the start of the day.
    minute: i16,
    /// Whether it may be the other half of the day: an hour up to 12 without `a.m.` or `p.m.`
    is_half_open: bool,
    /// The zone.
    pub zone: &'static Abbreviation,
}

/// How a time compares with another one of the same moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SameMoment {
    /// It is the same moment.
    Yes,
    /// It would be with this abbreviation, for summer time.
    With(&'static str),
    /// It is not. The same moment is at so many minutes of the day in the zone, if the zone has one offset.
    No(Option<u16>),
}

const DAY: i16 = 24 * 60;

/// The abbreviations that the IANA database uses for the zones of Europe, North America, eastern Asia and Oceania, and those that
/// people write for all year round (`ET`). `CST`, `IST` and `BST` are in use for several zones there.
const ZONES: &[Abbreviation] = &[
    zone("UTC", &[0], None),
    zone("GMT", &[0], Some("BST")),
    zone("BST", &[60, 360], None),
    zone("WET", &[0], Some("WEST")),
    zone("WEST", &[60], None),
    zone("CET", &[60], Some("CEST")),
    zone("CEST", &[120], None),
    zone("EET", &[120], Some("EEST")),
    zone("EEST", &[180], None),
    zone("EST", &[-300], Some("EDT")),
    zone("EDT", &[-240], None),
    zone("ET", &[-300, -240], None),
    zone("CST", &[-360, 480, -300], Some("CDT")),
    zone("CDT", &[-300, -240], None),
    zone("CT", &[-360, -300], None),
    zone("MST", &[-420], Some("MDT")),
    zone("MDT", &[-360], None),
    zone("MT", &[-420, -360], None),
    zone("PST", &[-480, 480], Some("PDT")),
    zone("PDT", &[-420], None),
    zone("PT", &[-480, -420], None),
    zone("IST", &[330, 120, 60], None),
    zone("PKT", &[300], None),
    zone("HKT", &[480], None),
    zone("JST", &[540], None),
    zone("KST", &[540], None),
    zone("EAT", &[180], None),
    zone("CAT", &[120], None),
    zone("WAT", &[60], None),
    zone("AEST", &[600], Some("AEDT")),
    zone("AEDT", &[660], None),
    zone("NZST", &[720], Some("NZDT")),
    zone("NZDT", &[780], None),
];

const fn zone(
    name: &'static str,
    offsets: &'static [i16],
    summer: Option<&'static str>,
) -> Abbreviation {
    Abbreviation { name, offsets, summer }
}

pub(super) fn abbreviation(name: &str) -> Option<&'static Abbreviation> {
    ZONES.iter().find(|zone| zone.name == name)
}

/// No abbreviation is longer.
const LONGEST: usize = 4;

/// Finds the `T` of every abbreviation with the letter before it: in prose such a pair of capitals is rare, and a `T` is not. There is
/// none where the processor cannot look at many bytes at a time.
static PAIRS: LazyLock<Option<Searcher>> = LazyLock::new(|| Searcher::new(pairs()));

fn pairs() -> BTreeSet<&'static str> {
    let pair = |zone: &Abbreviation| {
        let at = zone.name.find('T')?;
        zone.name.get(at.checked_sub(1)?..=at)
    };
    ZONES.iter().filter_map(pair).collect()
}

/// Where a `T` may be that of an abbreviation.
fn ends_of_pairs(text: &str) -> impl Iterator<Item = usize> {
    let fast = PAIRS.as_ref().map(|pairs| pairs.find_iter(text).map(|pair| pair.end() - 1));
    let slow = fast.is_none().then(|| {
        let bytes = text.as_bytes();
        let follows = |at: &usize| *at > 0 && bytes[at - 1].is_ascii_uppercase();
        memchr::memchr_iter(b'T', bytes).filter(follows)
    });
    fast.into_iter().flatten().chain(slow.into_iter().flatten())
}

/// Calls `found` with the times of each moment that a text gives for several zones.
pub fn find_zoned(text: &str, mut found: impl FnMut(&[Zoned])) {
    let mut moment: Vec<Zoned> = Vec::new();
    for at in ends_of_pairs(text) {
        let Some(next) = zoned_at(text, at) else { continue };
        let link = moment.last().map(|last| link(&text[last.range.end..next.range.start]));
        let is_new_zone = moment.iter().all(|one| one.zone != next.zone);
        let goes_on = match link {
            Some(Some(Link::Same)) => is_new_zone,
            Some(Some(Link::List)) => is_new_zone && moment.len() > 1,
            _ => false,
        };
        if !goes_on {
            if moment.len() > 1 {
                found(&moment);
            }
            moment.clear();
        }
        moment.push(next);
    }
    if moment.len() > 1 {
        found(&moment);
    }
}

/// What is between two times.
enum Link {
    /// A bracket, a slash or "or": both are one moment.
    Same,
    /// A comma, as in a list that has begun.
    List,
}

fn link(between: &str) -> Option<Link> {
    /// As long as a link is.
    const MOST: usize = 8;
    if between.len() > MOST {
        return None;
    }
    let is_mark = |c: char| c.is_whitespace() || "()[],;/=|".contains(c);
    let word = between.trim_matches(is_mark);
    match word {
        "" if between.contains(['(', '[', '/', '=', '|']) => Some(Link::Same),
        "" if between.contains([',', ';']) => Some(Link::List),
        "or" | "ou" | "o" => Some(Link::Same),
        _ => None,
    }
}

/// The time whose abbreviation has this `T`.
fn zoned_at(text: &str, at: usize) -> Option<Zoned> {
    let bytes = text.as_bytes();
    let is_capital = |byte: &&u8| byte.is_ascii_uppercase();
    let before = bytes[..at].iter().rev().take(LONGEST).take_while(is_capital).count();
    let after = bytes[at..].iter().take(LONGEST).take_while(is_capital).count();
    let (start, end) = (at - before, at + after);
    if before == 0 || text[end..].starts_with(scan::is_word) {
        return None;
    }
    let zone = abbreviation(&text[start..end])?;
    let time_end = scan::gap_before(text, start).unwrap_or(start);
    let (start, minute, is_half_open) = time_before(text, time_end)?;
    Some(Zoned { range: start..end, minute, is_half_open, zone })
}

/// The time of day that ends at `end`: where it begins, its minutes, and whether its half of the day is open.
fn time_before(text: &str, end: usize) -> Option<(usize, i16, bool)> {
    /// As long as a time with `a.m.` is.
    const MOST: usize = 12;
    let starts = text[..end].char_indices().rev().take(MOST).filter(|(_, c)| c.is_ascii_digit());
    let begins = |at: usize| {
        !text[..at].ends_with(|c: char| scan::is_word(c) || matches!(c, ':' | '.' | ',' | '-'))
    };
    // The longest that can be read: `3.30 p.m.`, and not `30 p.m.`
    let starts: Vec<usize> = starts.map(|(at, _)| at).filter(|at| begins(*at)).collect();
    starts.into_iter().rev().find_map(|at| {
        let written = &text[at..end];
        let is_bare = written.len() == 4 && written.bytes().all(|byte| byte.is_ascii_digit());
        let minute = if is_bare { bare_time(written)? } else { time(written).ok()? };
        let minute = i16::try_from(minute.get()).ok()?;
        let has_half = written.contains(['m', 'M']) || written.starts_with('0') || is_bare;
        Some((at, minute, !has_half && minute < DAY / 2 + 60))
    })
}

impl Zoned {
    /// Whether this is the same moment as another time.
    #[must_use]
    pub fn same_moment(&self, other: &Self) -> SameMoment {
        if self.is_same(self.zone, other) {
            return SameMoment::Yes;
        }
        let summer = self.zone.summer.and_then(abbreviation);
        if let Some(summer) = summer.filter(|summer| self.is_same(summer, other)) {
            return SameMoment::With(summer.name);
        }
        let there = match (self.zone.offsets, other.zone.offsets) {
            ([own], [others]) => {
                let minute = (other.minute - others + own).rem_euclid(DAY);
                u16::try_from(minute).ok().filter(|_| !other.is_half_open)
            }
            _ => None,
        };
        SameMoment::No(there)
    }

    fn is_same(&self, zone: &Abbreviation, other: &Self) -> bool {
        let clock = if self.is_half_open || other.is_half_open { DAY / 2 } else { DAY };
        let all = zone
            .offsets
            .iter()
            .flat_map(|own| other.zone.offsets.iter().map(move |others| (own, others)));
        all.into_iter().any(|(own, others)| {
            ((self.minute - own) - (other.minute - others)).rem_euclid(clock) == 0
        })
    }
}

impl Zoned {
    /// Whether the other times of a moment are compared with this one.
    #[must_use]
    pub fn is_universal(&self) -> bool {
        matches!(self.zone.name, "UTC" | "GMT")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_abbreviation_has_a_pair() {
        for zone in ZONES {
            let mut ends = ends_of_pairs(zone.name);
            assert!(ends.any(|at| zone_at(zone, at)), "{}", zone.name);
        }
    }

    /// Whether the zone is read from this `T` of its abbreviation.
    fn zone_at(zone: &Abbreviation, at: usize) -> bool {
        let text = format!("18:00 {}", zone.name);
        zoned_at(&text, at + "18:00 ".len()).is_some_and(|found| found.zone == zone)
    }

    fn moments(text: &str) -> Vec<String> {
        let mut all = Vec::new();
        find_zoned(text, |moment| {
            let times: Vec<&str> = moment.iter().map(|one| &text[one.range.clone()]).collect();
            all.push(times.join(" = "));
        });
        all
    }

    #[test]
    fn times_of_one_moment_are_found() {
        for (text, found) in [
            ("at 18:00 UTC (19:00 CET, 13:00 EST).", "18:00 UTC = 19:00 CET = 13:00 EST"),
            ("9 a.m. PST / 12 p.m. EST / 18:00 CET", "9 a.m. PST = 12 p.m. EST = 18:00 CET"),
            ("1800 UTC or 7.00 pm CET", "1800 UTC = 7.00 pm CET"),
            ("14:00UTC=16:00CEST", "14:00UTC = 16:00CEST"),
            ("8:00\u{a0}PT [11:00 ET]", "8:00\u{a0}PT = 11:00 ET"),
        ] {
            assert_eq!(moments(text), [found], "{text}");
        }
    }

    #[test]
    fn several_moments_are_not_one() {
        for text in [
            "18:00 UTC",
            "from 18:00 UTC to 20:00 CET",
            "18:00 UTC - 20:00 UTC",
            "18:00 UTC, 19:00 CET",
            "18:00 UTC / 19:00 UTC",
            "18:00 UTC (the other at 19:00 CET)",
            "ACT (A/66/1) AT THE POST",
            "2018:00 UTC (19:00 CET",
            "18:00 UTCX (19:00 CET)",
        ] {
            assert_eq!(moments(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn times_of_one_moment_are_compared() {
        let compare = |text: &str| {
            let mut found = Vec::new();
            find_zoned(text, |moment| {
                let base = moment.iter().find(|one| one.is_universal()).unwrap_or(&moment[0]);
                found.extend(moment.iter().map(|one| one.same_moment(base)));
            });
            found
        };
        let yes = SameMoment::Yes;
        assert_eq!(compare("18:00 UTC (19:00 CET, 13:00 EST)"), [yes; 3]);
        assert_eq!(
            compare("18:00 UTC (20:00 CET, 12:00 EST)"),
            [yes, SameMoment::With("CEST"), SameMoment::No(Some(13 * 60))]
        );
        // Half of the day, both half-years, and zones that share an abbreviation.
        assert_eq!(compare("18:00 UTC (7:00 CET, 1:00 EST)"), [yes; 3]);
        assert_eq!(compare("16:00 UTC / 12:00 ET / 11:00 ET"), [yes; 2]);
        assert_eq!(compare("10:00 UTC / 18:00 CST / 15:30 IST"), [yes; 3]);
        assert_eq!(compare("23:00 UTC (00:00 CET, 8:00 JST)"), [yes; 3]);
        assert_eq!(compare("10:00 IST / 10:00 CST")[1], SameMoment::No(None));
    }

    proptest! {
        #[test]
        fn any_text_is_looked_through(text in "[0-9:. apmUTCGMES(/,é]{0,60}") {
            find_zoned(&text, |moment| {
                assert!(moment.len() > 1);
                assert!(moment.iter().all(|one| text.get(one.range.clone()).is_some()));
            });
        }
    }
}
