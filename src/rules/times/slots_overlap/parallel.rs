//! Slots whose room is not known. Two that take place at the same time are a mistake, or one of two things that run side by
//! side: the way in which they overlap tells which.

use std::collections::BTreeSet;

use super::{Stretch, report as report_overlap};
use crate::{
    fact::Record, finding::Severity, message::counted, rule::Findings, vocabulary::Tracks,
};

/// A slot with so many others within it runs beside them. One with a single slot within it has a wrong time.
const SEVERAL: usize = 2;

/// Labels of one finding.
const LABELS: usize = 8;

/// Looks at slots without a track, in the order of their beginnings. Reports those of which one begins shortly before the
/// other ends, and returns those that run in parallel: at the same time, or several while another one goes on. If other slots of
/// the record have a track, nothing says that these two are in one place: then one is returned only if it is as likely as
/// not that it lacks its track.
pub(super) fn check<'r, 's, 't>(
    record: &Record<'t>,
    slots: &'s [Stretch<'r, 't>],
    has_tracks: bool,
    findings: &mut Findings<'_>,
) -> Vec<&'s Stretch<'r, 't>> {
    let around = around(slots);
    let is_same = |a: usize, b: usize| (slots[a].from, slots[a].to) == (slots[b].from, slots[b].to);
    let mut within = vec![0_usize; slots.len()];
    for (slot, around) in around.iter().enumerate() {
        if let Some(around) = around.filter(|around| !is_same(slot, *around)) {
            within[around] += 1;
        }
    }
    let mut is_parallel = vec![false; slots.len()];
    let mut is_around = vec![false; slots.len()];
    for (slot, around) in around.iter().enumerate().filter_map(|(at, one)| Some((at, (*one)?))) {
        let is_same = is_same(slot, around);
        let is_frame = is_same || within[around] >= SEVERAL;
        is_around[around] |= is_frame;
        is_around[slot] |= is_same;
        if is_same || (is_frame && !has_tracks) {
            (is_parallel[slot], is_parallel[around]) = (true, true);
        } else if !has_tracks {
            report_overlap(record, &slots[slot], &slots[around], findings);
        }
    }
    // The slots that began before, by their ends.
    let mut ends: BTreeSet<(i64, usize)> = BTreeSet::new();
    let mut first = 0;
    for together in slots.chunk_by(|a, b| a.from == b.from) {
        let numbers = first..first + together.len();
        first = numbers.end;
        let is_only_within = |at: usize| around[at].is_some() && !is_parallel[at];
        let looked_at = numbers.clone().filter(|at| !is_around[*at] && !is_only_within(*at));
        for at in looked_at.collect::<Vec<_>>() {
            let slot = &slots[at];
            let before = ends.range((slot.from + 1, 0)..(slot.to, 0)).next_back();
            let Some(earlier) = before.map(|(_, earlier)| &slots[*earlier]) else { continue };
            if !slot.overlaps(earlier) {
                continue;
            }
            if has_tracks {
                is_parallel[at] = true;
                is_parallel[before.map_or(at, |(_, earlier)| *earlier)] = true;
            } else {
                report_overlap(record, slot, earlier, findings);
            }
        }
        // One that others take place within is a frame, or runs beside them: where it ends says nothing of its neighbours.
        ends.extend(numbers.filter(|at| !is_around[*at]).map(|at| (slots[at].to, at)));
    }
    slots.iter().zip(is_parallel).filter_map(|(slot, is_it)| is_it.then_some(slot)).collect()
}

/// For each slot one that lasts for all of its time.
fn around(slots: &[Stretch<'_, '_>]) -> Vec<Option<usize>> {
    let mut order: Vec<usize> = (0..slots.len()).collect();
    // Of slots that begin together the longest goes first.
    order.sort_by_key(|at| (slots[*at].from, std::cmp::Reverse(slots[*at].to)));
    let mut around = vec![None; slots.len()];
    let mut longest: Option<usize> = None;
    for at in order {
        around[at] = longest.filter(|longest| slots[*longest].to >= slots[at].to);
        if around[at].is_none() {
            longest = Some(at);
        }
    }
    around
}

/// Reports all slots of a record that run in parallel, once.
pub(super) fn report<'t>(
    record: &Record<'t>,
    slots: &[&Stretch<'_, 't>],
    findings: &mut Findings<'_>,
) {
    let [first, second, rest @ ..] = slots else { return };
    let Some(start) = &first.interval.start else { return };
    let (other, name) = super::names(record, second.interval, first.interval);
    let count = rest.len() + 1;
    let others = if rest.is_empty() { other } else { counted(count, "other slot") };
    let message = format!("{name} and {others} run in parallel, but name no room");
    let help = if first.interval.tracks == Tracks::Undeclared {
        "if the records name rooms or streams, let `track` of `x-interval` point at them in the schema; else correct the times"
    } else {
        "name the room or the stream of each slot, or correct the times"
    };
    let mut finding =
        findings.at(start.text.place, message).id("parallel").severity(Severity::Info);
    for slot in slots.iter().skip(1).take(LABELS) {
        if let Some(start) = &slot.interval.start {
            let name = record.name_of(slot.interval);
            finding = finding.label(start.text.place, format!("{name} begins here"));
        }
    }
    let end = first.interval.end.map_or_else(String::new, |end| end.shown().into_owned());
    finding.help(help).value(start.shown()).value(end);
}
