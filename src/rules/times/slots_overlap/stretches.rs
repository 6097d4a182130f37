//! The intervals of a record as stretches on a clock.

use crate::{
    calendar::{Clock, When, stretch},
    fact::{Interval, Meaning, Record},
    tree::{NodeId, NodeRef},
};

use super::super::track_of;

/// An interval whose place on a clock is known.
pub(super) struct Stretch<'r, 't> {
    pub(super) interval: &'r Interval<'t>,
    /// The list that it is in.
    list: Option<NodeId>,
    /// The interval that it is a part of.
    within: Option<NodeId>,
    pub(super) track: Option<String>,
    clock: Clock,
    pub(super) from: i64,
    pub(super) to: i64,
    pub(super) extent: Extent,
}

/// How much of a stretch is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// Its beginning and its end.
    Whole,
    /// It begins on a day and goes on.
    NoEnd,
    /// It ends on a day, and nothing is said of its beginning.
    NoStart,
    /// The minute at which it begins, and not how long it lasts.
    Start,
}

impl Stretch<'_, '_> {
    /// Only intervals for which this is equal can overlap: a part of an interval is held against its other parts. Without
    /// dates, each list may be a day of its own.
    pub(super) fn place(&self) -> impl Ord + use<'_> {
        let list = self.list.filter(|_| self.clock == Clock::SomeDay);
        (self.clock, list, self.within, self.track.as_deref())
    }

    /// What can take up all tracks at once: only intervals for which this is equal can overlap then.
    pub(super) fn hall(&self) -> impl Ord + use<> {
        let list = self.list.filter(|_| self.clock == Clock::SomeDay);
        (self.clock, list, self.within)
    }

    /// Whether it begins before one ends that began earlier. Two that are said by days, months or years may touch.
    pub(super) fn overlaps(&self, earlier: &Self) -> bool {
        self.from < earlier.to && !self.touches(earlier)
    }

    /// Whether the day, month or year of its beginning may be the end of an earlier one, which began before.
    fn touches(&self, earlier: &Self) -> bool {
        let (Some(end), Some(start)) = (&earlier.interval.end, &self.interval.start) else {
            return false;
        };
        if end.minute.or(start.minute).is_some() || earlier.from >= self.from {
            return false;
        }
        end.days().zip(start.days()).is_none_or(|((first, _), (_, last))| last >= first)
    }
}

/// The intervals of a record in the order of the text, without those that end before they begin: which of their two moments
/// is wrong is not known.
pub(super) fn stretches<'r, 't>(record: &'r Record<'t>) -> Vec<Stretch<'r, 't>> {
    // The intervals around the one that is looked at, each with the number of the node after its last one.
    let mut around: Vec<(NodeId, usize)> = Vec::new();
    let mut found = Vec::new();
    for fact in &record.facts {
        let Meaning::Interval(interval) = &fact.meaning else { continue };
        let node = fact.node;
        let index = node.id().index();
        while around.pop_if(|(_, after)| *after <= index).is_some() {}
        let within = around.iter().rev().find(|(id, _)| *id != node.id()).map(|(id, _)| *id);
        around.push((node.id(), index + node.subtree_len()));
        let track = track_of(interval);
        // A collection of meetings of many bodies says of no two that they are in one place.
        if track.is_none() && !interval.is_ordered {
            continue;
        }
        let Some((clock, from, to, extent)) = place(interval, track.is_some()) else { continue };
        let list = node.parent().map(NodeRef::id);
        found.push(Stretch { interval, list, within, track, clock, from, to, extent });
    }
    found
}

fn place(interval: &Interval<'_>, has_track: bool) -> Option<(Clock, i64, i64, Extent)> {
    match (&interval.start, &interval.end) {
        (Some(start), Some(end)) => {
            let (clock, from, to) = stretch(start.into(), end.into())?;
            (from < to).then_some((clock, from, to, Extent::Whole))
        }
        _ if !has_track => None,
        (Some(start), None) => {
            let (clock, from) = When::from(start).minutes(false)?;
            match start.minute {
                Some(_) => Some((clock, from, from, Extent::Start)),
                None => interval.is_open.1.then_some((clock, from, i64::MAX, Extent::NoEnd)),
            }
        }
        (None, Some(end)) if end.minute.is_none() && interval.is_open.0 => {
            let (clock, to) = When::from(end).minutes(true)?;
            Some((clock, i64::MIN, to, Extent::NoStart))
        }
        _ => None,
    }
}
