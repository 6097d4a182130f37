//! Two slots that take place at the same time in the same place.

mod across;
mod all_tracks;
mod parallel;
mod stretches;

use self::stretches::{Extent, Stretch, stretches};
use super::names;
use crate::{
    corpus::relation::Occupancy,
    fact::Record,
    finding::{Family, Severity},
    message::shown,
    rule::{Check, Findings, Fix, On, Rule, RuleId},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("slots-overlap"),
    family: Family::Times,
    summary: "two slots that take place at the same time in the same place",
    level: Some(Severity::Error),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/slots-overlap.md"),
    options: &[],
    check: Check::RecordAndGroup(check, &On::<Occupancy>(across::check)),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    let mut slots = stretches(record);
    // The sort is stable: of slots that begin together the first in the list goes first.
    slots.sort_by(|a, b| (a.place(), a.from).cmp(&(b.place(), b.from)));
    let has_tracks = slots.iter().any(|slot| slot.track.is_some());
    let mut parallel = Vec::new();
    for together in slots.chunk_by(|a, b| a.place() == b.place()) {
        match together.first() {
            Some(first) if first.track.is_some() => in_one_track(record, together, findings),
            _ => parallel.extend(parallel::check(record, together, has_tracks, findings)),
        }
    }
    parallel::report(record, &parallel, findings);
    all_tracks::check(record, &slots, findings);
}

/// Slots of one room or stream, in the order of their beginnings.
fn in_one_track(record: &Record<'_>, slots: &[Stretch<'_, '_>], findings: &mut Findings<'_>) {
    // Where several say no end, a day alone is all that is known of each: they are no terms that go on.
    let is_open = |slot: &&Stretch<'_, '_>| slot.extent == Extent::NoEnd;
    let has_open_end = slots.iter().filter(is_open).count() == 1;
    let is_open = |slot: &&Stretch<'_, '_>| slot.extent == Extent::NoStart;
    let has_open_start = slots.iter().filter(is_open).count() == 1;
    let mut longest: Option<&Stretch<'_, '_>> = None;
    let mut before: Option<&Stretch<'_, '_>> = None;
    for slot in slots {
        let counts = match slot.extent {
            Extent::NoEnd => has_open_end,
            Extent::NoStart => has_open_start,
            Extent::Whole | Extent::Start => true,
        };
        if !counts {
            continue;
        }
        let is_alone = slot.extent == Extent::Start;
        if let Some(earlier) = before.filter(|before| {
            before.from == slot.from && (is_alone || before.extent == Extent::Start)
        }) {
            report_start(record, slot, earlier, findings);
        } else if let Some(earlier) = longest.filter(|earlier| !is_alone && slot.overlaps(earlier))
        {
            report(record, slot, earlier, findings);
        }
        if !is_alone && longest.is_none_or(|longest| longest.to < slot.to) {
            longest = Some(slot);
        }
        before = Some(slot);
    }
}

fn report<'t>(
    record: &Record<'t>,
    slot: &Stretch<'_, 't>,
    earlier: &Stretch<'_, 't>,
    findings: &mut Findings<'_>,
) {
    let Some(start) = &slot.interval.start else { return };
    let (name, other) = names(record, slot.interval, earlier.interval);
    let place = in_track(slot);
    let own_end = slot.interval.end.map_or_else(String::new, |end| end.shown().into_owned());
    let Some(end) = &earlier.interval.end else {
        let Some(other_start) = &earlier.interval.start else { return };
        let message =
            format!("{name} begins at `{}`, but {other} has no end{place}", start.shown());
        findings
            .at(start.text.place, message)
            .label(other_start.text.place, format!("{other} begins here"))
            .help("write when the earlier one ends")
            .value(start.shown())
            .value(own_end)
            .value(other_start.shown());
        return;
    };
    let message = format!(
        "{name} begins at `{}`, before {other} ends at `{}`{place}",
        start.shown(),
        end.shown()
    );
    findings
        .at(start.text.place, message)
        .label(end.text.place, format!("{other} ends here"))
        .help("correct the times, or give the slots different rooms")
        .value(start.shown())
        .value(own_end)
        .value(end.shown());
}

/// Two slots begin together, and of one no end is known.
fn report_start<'t>(
    record: &Record<'t>,
    slot: &Stretch<'_, 't>,
    earlier: &Stretch<'_, 't>,
    findings: &mut Findings<'_>,
) {
    let (Some(start), Some(other_start)) = (&slot.interval.start, &earlier.interval.start) else {
        return;
    };
    let (name, other) = names(record, slot.interval, earlier.interval);
    let message = format!("{name} and {other} both begin at `{}`{}", start.shown(), in_track(slot));
    findings
        .at(start.text.place, message)
        .label(other_start.text.place, format!("{other} begins here"))
        .help("correct one of the times, or give the slots different rooms")
        .id("start")
        .value(start.shown());
}

/// The room of two slots, at the end of a message.
fn in_track(slot: &Stretch<'_, '_>) -> String {
    let track = slot.interval.track;
    track.map(|track| format!(", both in “{}”", shown(track.value))).unwrap_or_default()
}

#[cfg(test)]
mod tests;
