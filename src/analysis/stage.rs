//! What findings on open records weigh: by how near the event is on the day from which they are looked at.

use std::collections::{HashMap, HashSet};

use jiff::{ToSpan as _, civil::Date};

use crate::{
    corpus::{
        Read,
        relation::{Event, Successor, event::EventDays},
    },
    fact::{Meaning, Record},
    finding::{Finding, Severity, Stages},
    vocabulary::DateRole,
};

/// An event is near from so many days before it on: the last moment to send a corrected programme.
const NEAR_DAYS: i64 = 14;

/// A finding on something that may still be open. What a later version replaces is no longer open.
#[derive(Clone, Debug)]
pub(super) struct Pending {
    /// Its number among the findings of the file.
    pub(super) finding: usize,
    pub(super) stages: Stages,
    /// The id of the record.
    pub(super) record: Option<String>,
    /// The id of the event of the record.
    pub(super) event: Option<String>,
    /// The first and the last day that the record itself names.
    pub(super) own: Option<EventDays>,
}

/// The first and the last day on which something is held, as the record says itself.
pub(super) fn own_days(record: &Record<'_>) -> Option<EventDays> {
    let days = record.facts.iter().flat_map(|fact| match &fact.meaning {
        Meaning::Date(DateRole::Held, text) => [text.date, None],
        Meaning::Interval(interval) => {
            [interval.start, interval.end].map(|moment| moment.and_then(|moment| moment.date))
        }
        _ => [None, None],
    });
    let days: Vec<Date> = days.flatten().collect();
    Some(EventDays { first: *days.iter().min()?, last: *days.iter().max()? })
}

/// The days of all events of the run. Where two records define one event, the first in the order of the
/// files decides; another rule reports that there are two.
pub(super) fn event_days(entries: &[Read<'_, Event>]) -> HashMap<String, EventDays> {
    let mut all = HashMap::new();
    for member in entries.iter().map(Read::member) {
        if let Some(days) = member.days() {
            all.entry(member.key().to_owned()).or_insert(days);
        }
    }
    all
}

/// The ids of all records that others say they replace.
pub(super) fn replaced(entries: &[Read<'_, Successor>]) -> HashSet<String> {
    entries.iter().map(|entry| entry.member().replaced().to_owned()).collect()
}

/// Leaves out the findings of one file, from number `from` on, on what a later version replaces.
pub(super) fn leave_out_replaced(
    findings: &mut Vec<Finding>,
    from: usize,
    pending: &[Pending],
    replaced: &HashSet<String>,
) {
    let is_replaced = |one: &&Pending| one.record.as_ref().is_some_and(|id| replaced.contains(id));
    let gone: HashSet<usize> =
        pending.iter().filter(is_replaced).map(|one| from + one.finding).collect();
    let mut number = 0;
    findings.retain(|_| {
        number += 1;
        !gone.contains(&(number - 1))
    });
}

/// Weighs the findings of one file that wait for the days of their events.
pub(super) fn weigh(
    findings: &mut [Finding],
    pending: &[Pending],
    events: &HashMap<String, EventDays>,
    as_of: Date,
) {
    for one in pending {
        let days = one.event.as_ref().and_then(|id| events.get(id)).or(one.own.as_ref());
        if let (Some(finding), Some(days)) = (findings.get_mut(one.finding), days) {
            finding.severity = severity(one.stages, *days, as_of);
        }
    }
}

fn severity(stages: Stages, days: EventDays, as_of: Date) -> Severity {
    if as_of > days.last {
        return stages.over;
    }
    let near = days.first.checked_sub(NEAR_DAYS.days()).unwrap_or(Date::MIN);
    if as_of >= near { stages.near } else { stages.early }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const STAGES: Stages =
        Stages { early: Severity::Info, near: Severity::Warning, over: Severity::Error };

    #[test]
    fn an_event_is_near_from_two_weeks_before_its_first_day_to_the_end_of_its_last() {
        let days = EventDays { first: date(2011, 5, 19), last: date(2011, 5, 20) };
        for (as_of, expected) in [
            (date(2011, 5, 4), Severity::Info),
            (date(2011, 5, 5), Severity::Warning),
            (date(2011, 5, 20), Severity::Warning),
            (date(2011, 5, 21), Severity::Error),
        ] {
            assert_eq!(severity(STAGES, days, as_of), expected, "{as_of}");
        }
    }

    #[test]
    fn the_first_day_there_is_has_nothing_before_it() {
        let days = EventDays { first: Date::MIN, last: Date::MIN };
        assert_eq!(severity(STAGES, days, Date::MIN), Severity::Warning);
    }
}
