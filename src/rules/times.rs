//! Dates and times.

pub(super) mod date_differs_from_event;
pub(super) mod date_format;
pub(super) mod date_invalid;
pub(super) mod dates_disagree_in_record;
pub(super) mod dates_out_of_order;
pub(super) mod distributed_before_adopted;
pub(super) mod duration_mismatch;
pub(super) mod end_before_start;
pub(super) mod part_outside_whole;
pub(super) mod record_before_event;
pub(super) mod record_date_missing;
pub(super) mod slot_gap;
pub(super) mod slot_outside_event;
pub(super) mod slots_out_of_order;
pub(super) mod slots_overlap;
pub(super) mod time_zone_missing;
pub(super) mod time_zone_unknown;
pub(super) mod unread_value;
pub(super) mod weekday_mismatch;
pub(super) mod zoned_times_disagree;

use jiff::civil::Date;

use crate::{
    calendar::{Clock, When, stretch},
    corpus::{
        Group, Member,
        relation::{
            Event,
            event::{Bound, EventPart},
        },
    },
    fact::{DateText, Interval, Meaning, Moment, Record, key},
    message::quoted,
    tree::{NodeId, NodeRef},
    vocabulary::{DateRole, Form, Tracks},
};

/// An interval that says when it begins.
#[derive(Debug)]
struct Slot<'r, 't> {
    interval: &'r Interval<'t>,
    start: &'r Moment<'t>,
    /// The list that it is in.
    list: Option<NodeId>,
    track: Option<String>,
    clock: Clock,
    from: i64,
    /// When it ends, where that is known.
    to: Option<i64>,
}

/// The slots of a programme in the order of the text, without those that end before they begin:
/// which of their two moments is wrong is not known. Intervals in a list without an order are no programme.
fn slots<'r, 't>(record: &'r Record<'t>) -> Vec<Slot<'r, 't>> {
    let slot = |fact: &'r crate::fact::Fact<'t>| {
        let Meaning::Interval(interval) = &fact.meaning else {
            return None;
        };
        let start = interval.start.as_ref().filter(|_| interval.is_ordered)?;
        let (clock, from) = When::from(start).minutes(false)?;
        let to = interval
            .end
            .as_ref()
            .and_then(|end| stretch(start.into(), end.into()))
            .map(|(_, _, to)| to);
        let track = track_of(interval);
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

/// The room or stream of an interval: equal for one that is written in other capitals, and for all that mean all rooms.
fn track_of(interval: &Interval<'_>) -> Option<String> {
    if interval.tracks == Tracks::All {
        return Some(String::new());
    }
    interval.track.map(|track| key::normal(Form::Folded, track.value).into_owned())
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

/// What to call two slots in one message.
fn names<'t>(record: &Record<'t>, slot: &Interval<'t>, other: &Interval<'t>) -> (String, String) {
    let (name, mut other) = (record.name_of(slot), record.name_of(other));
    if name == other && slot.label.is_none() {
        "another slot".clone_into(&mut other);
    }
    (name, other)
}

/// What to call an event in messages.
fn event_name(window: &Window<'_>) -> String {
    window.event.record_id().map_or_else(|| "the event".to_owned(), quoted)
}

/// When an event takes place.
#[derive(Clone, Copy, Debug)]
struct Window<'c> {
    event: Member<'c, Event>,
    starts: Option<Bound>,
    ends: Option<Bound>,
}

/// The window of the event that the members of a group belong to. Nothing where no record is the
/// event, where several disagree, or where it ends before it begins.
fn window<'c>(group: &Group<'c, Event>) -> Option<Window<'c>> {
    let mut windows = group.members.iter().filter_map(|member| match member.part() {
        EventPart::Window { starts, ends } => Some(Window { event: *member, starts, ends }),
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
