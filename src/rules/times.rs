//! Dates and times.

pub(super) mod chronology;
pub(super) mod date_differs_from_event;
pub(super) mod date_format;
pub(super) mod date_invalid;
pub(super) mod dates_disagree_in_record;
pub(super) mod distributed_before_adopted;
pub(super) mod end_before_start;
pub(super) mod record_date_missing;
pub(super) mod slot_gap;
pub(super) mod slot_outside_event;
pub(super) mod slots_out_of_order;
pub(super) mod slots_overlap;
pub(super) mod time_zone_missing;
pub(super) mod weekday_mismatch;

use jiff::civil::Date;

use crate::{
    calendar::{self, Minute},
    corpus::{Bound, Detail, Group, Member},
    fact::{DateText, Interval, Meaning, Moment, Record, key},
    schema::vocabulary::{DateRole, Form},
    tree::{NodeId, NodeRef},
};

const DAY: i64 = 24 * 60;

/// What can be said of when something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct When {
    date: Option<Date>,
    /// `None` for a whole day.
    minute: Option<Minute>,
    offset: Option<i16>,
}

impl From<&Moment<'_>> for When {
    fn from(moment: &Moment<'_>) -> Self {
        let Moment { date, minute, offset, .. } = *moment;
        Self { date, minute, offset }
    }
}

impl From<&Bound> for When {
    fn from(bound: &Bound) -> Self {
        Self { date: Some(bound.date), minute: bound.minute, offset: bound.offset }
    }
}

/// The clock that a moment is read from. Moments of different clocks cannot be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Clock {
    /// The time of a day that is not known.
    SomeDay,
    /// Date and time at a place that is not said.
    Local,
    /// Date and time with their offset.
    Universal,
}

impl When {
    /// Minutes on a clock. A whole day begins at 00:00 and ends at 24:00.
    fn minutes(self, is_end: bool) -> Option<(Clock, i64)> {
        let of_day = match self.minute {
            Some(minute) => i64::from(minute.get()),
            None if is_end => DAY,
            None => 0,
        };
        let Some(date) = self.date else {
            return self.minute.map(|_| (Clock::SomeDay, of_day));
        };
        let local = calendar::days_between(Date::ZERO, date) * DAY + of_day;
        Some(match self.offset {
            Some(offset) => (Clock::Universal, local - i64::from(offset)),
            None => (Clock::Local, local),
        })
    }
}

/// The clock, the start and the end of a stretch of time, where they can be compared. An end at
/// midnight on the day of the start is the end of that day.
fn stretch(start: When, end: When) -> Option<(Clock, i64, i64)> {
    let (clock, from) = start.minutes(false)?;
    // The whole day before the start is not over when the start comes: it lies before it.
    let (other, to) = end.minutes(end.date >= start.date)?;
    if clock != other {
        return None;
    }
    let midnight = end.minute == Some(Minute::START) && end.date == start.date;
    Some((clock, from, if midnight { to + DAY } else { to }))
}

/// The clock, the start and the end of an interval that has both, in this order. Without a date, the
/// times of one list are those of one day.
pub(super) fn extent(interval: &Interval<'_>) -> Option<(Clock, i64, i64)> {
    let (start, end) = (interval.start.as_ref()?, interval.end.as_ref()?);
    stretch(start.into(), end.into()).filter(|(_, from, to)| from < to)
}

/// An interval that says when it begins.
#[derive(Debug)]
struct Slot<'r, 't> {
    interval: &'r Interval<'t>,
    start: &'r Moment<'t>,
    /// The list that it stands in.
    list: Option<NodeId>,
    track: Option<String>,
    clock: Clock,
    from: i64,
    /// When it ends, where that is known.
    to: Option<i64>,
}

/// The intervals of a record in the order of the text, without those that end before they begin:
/// which of their two moments is wrong is not known.
fn slots<'r, 't>(record: &'r Record<'t>) -> Vec<Slot<'r, 't>> {
    let slot = |fact: &'r crate::fact::Fact<'t>| {
        let Meaning::Interval(interval) = &fact.meaning else {
            return None;
        };
        let start = interval.start.as_ref()?;
        let (clock, from) = When::from(start).minutes(false)?;
        let to = interval
            .end
            .as_ref()
            .and_then(|end| stretch(start.into(), end.into()))
            .map(|(_, _, to)| to);
        let track = interval.track.map(|track| key::normal(Form::Folded, track.value).into_owned());
        let list = fact.node.parent().map(NodeRef::id);
        to.is_none_or(|to| from <= to).then_some(Slot {
            interval,
            start,
            list,
            track,
            clock,
            from,
            to,
        })
    };
    record.facts.iter().filter_map(slot).collect()
}

/// A date of a record that could be read.
#[derive(Clone, Copy, Debug)]
struct Dated<'r, 't> {
    role: DateRole,
    text: &'r DateText<'t>,
    date: Date,
}

/// The dates of a record that takes place. Those in a list are left out: it names several days.
fn dates<'r, 't>(record: &'r Record<'t>) -> impl Iterator<Item = Dated<'r, 't>> {
    let root = record.node.id();
    let is_listed = move |node: NodeRef<'t>| {
        std::iter::successors(Some(node), |node| node.parent())
            .take_while(|node| node.id() != root)
            .any(NodeRef::is_array)
    };
    record.live().iter().filter_map(move |fact| match &fact.meaning {
        Meaning::Date(role, text) if !is_listed(fact.node) => {
            Some(Dated { role: *role, text, date: text.date? })
        }
        _ => None,
    })
}

/// When an event takes place.
#[derive(Clone, Copy, Debug)]
struct Window<'c> {
    event: Member<'c>,
    starts: Option<Bound>,
    ends: Option<Bound>,
}

/// The window of the event that the members of a group belong to. Nothing where no record is the
/// event, where several disagree, or where it ends before it begins.
fn window<'c>(group: &Group<'c>) -> Option<Window<'c>> {
    let mut windows = group.members.iter().filter_map(|member| match member.detail() {
        Detail::Window { starts, ends } => {
            Some(Window { event: *member, starts: *starts, ends: *ends })
        }
        _ => None,
    });
    let when =
        |window: &Window<'_>| [window.starts, window.ends].map(|b| b.as_ref().map(When::from));
    let first = windows.next()?;
    let [starts, ends] = when(&first);
    let reversed = starts
        .zip(ends)
        .and_then(|(starts, ends)| stretch(starts, ends))
        .is_some_and(|(_, from, to)| to < from);
    let agreed = windows.all(|other| when(&other) == when(&first));
    (agreed && !reversed).then_some(first)
}
