//! Events: the record of an event, and the dates and times of the records that belong to it.

use jiff::civil::Date;

use serde::{Deserialize, Serialize};

use super::Relation;
use crate::{
    calendar::{Minute, When, packed},
    corpus::{
        Member,
        batch::{Collector, TextRef, TextStore},
    },
    fact::{DateText, Meaning, Moment, Record, Text, key},
    finding::Place,
    source::Span,
    tree::NodeId,
    vocabulary::{DateRole, Side, Unit},
};

/// An event: the record of it, and the dates and intervals of the records that belong to it.
#[derive(Debug)]
pub struct Event;

/// Something that a record says of an event.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EventEntry {
    event: TextRef,
    shown: TextRef,
    part: EventPart,
}

/// What a record says of an event.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub enum EventPart {
    /// It is the event itself.
    Window {
        /// Its first moment.
        starts: Option<Bound>,
        /// Its last moment.
        ends: Option<Bound>,
    },
    /// It has a date and belongs to the event.
    Date {
        /// Which date of the record.
        role: DateRole,
        /// The date.
        #[serde(with = "packed")]
        date: Date,
    },
    /// It has a date that is on one side of the event.
    Beside {
        /// The side.
        side: Side,
        /// The date.
        #[serde(with = "packed")]
        date: Date,
    },
    /// It has an interval and belongs to the event.
    Interval {
        /// Its beginning.
        start: Option<Bound>,
        /// Its end.
        end: Option<Bound>,
    },
}

/// A moment and where it is written.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Bound {
    /// The day.
    #[serde(with = "packed")]
    pub date: Date,
    /// The minute of the day; `None` for a whole day.
    pub minute: Option<Minute>,
    /// Minutes east of UTC, where given.
    pub offset: Option<i16>,
    /// Whether it is in the night after that day.
    pub next_day: bool,
    node: NodeId,
    span: Span,
}

impl Bound {
    /// The day on the calendar, which is the next one in the night.
    #[must_use]
    pub fn day(&self) -> Date {
        if self.next_day { self.date.tomorrow().unwrap_or(self.date) } else { self.date }
    }
}

impl From<&Bound> for When {
    fn from(bound: &Bound) -> Self {
        let Bound { date, minute, offset, next_day, .. } = *bound;
        Self { date: Some(date), minute, offset, next_day }
    }
}

/// The first and the last day of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventDays {
    /// The first.
    pub first: Date,
    /// The last.
    pub last: Date,
}

impl Relation for Event {
    /// The id of the event.
    type Key<'c> = &'c str;
    type Entry = EventEntry;
    type Prepared = ();

    fn key<'c>(entry: &'c EventEntry, texts: &'c TextStore) -> &'c str {
        texts.get(entry.event)
    }

    /// The record's part in an event: the event itself by its id, others by the event they name.
    fn take(record: &Record<'_>, collector: &mut Collector<'_, Self>) {
        let head = &record.head;
        let is_event = head.starts.or(head.ends).is_some();
        if let Some(id) = head.id.filter(|_| is_event) {
            let starts = head.starts.and_then(bound_of_text);
            let ends = head.ends.and_then(bound_of_text);
            let place = head.starts.or(head.ends).map_or(record.place, |text| text.place);
            let (event, shown) = (collector.store(id.value), TextRef::default());
            collector
                .add(place, EventEntry { event, shown, part: EventPart::Window { starts, ends } });
        }
        let Some(event) = head.event.or(head.id.filter(|_| is_event)) else { return };
        let mut event = Lazy { text: event.value, text_ref: None };
        for fact in &record.facts {
            match &fact.meaning {
                Meaning::Date(role, text) => {
                    let part = |date| EventPart::Date { role: *role, date };
                    add_date(&mut event, text, part, collector);
                }
                Meaning::Beside(side, text) => {
                    let part = |date| EventPart::Beside { side: *side, date };
                    add_date(&mut event, text, part, collector);
                }
                Meaning::Interval(interval) => {
                    let start = interval.start.as_ref().and_then(bound);
                    let end = interval.end.as_ref().and_then(bound);
                    if start.is_some() || end.is_some() {
                        let shown = collector.store(&record.name_of(interval));
                        let part = EventPart::Interval { start, end };
                        let event = event.store(collector);
                        collector.add(fact.place, EventEntry { event, shown, part });
                    }
                }
                _ => {}
            }
        }
    }
}

/// The id of an event, which is kept once for all entries of a record, and not at all if there is none.
struct Lazy<'t> {
    text: &'t str,
    text_ref: Option<TextRef>,
}

impl Lazy<'_> {
    fn store(&mut self, collector: &mut Collector<'_, Event>) -> TextRef {
        *self.text_ref.get_or_insert_with(|| collector.store(self.text))
    }
}

fn add_date(
    event: &mut Lazy<'_>,
    text: &DateText<'_>,
    part: impl FnOnce(Date) -> EventPart,
    collector: &mut Collector<'_, Event>,
) {
    if let Some(date) = text.date {
        let (event, shown) = (event.store(collector), collector.store(text.text));
        collector.add(text.place, EventEntry { event, shown, part: part(date) });
    }
}

fn bound_of_text(text: Text<'_>) -> Option<Bound> {
    let moment = key::plausible_moment(text.value)?;
    let node = text.place.node?;
    let (date, minute, offset) = (moment.date, moment.minute, moment.offset);
    Some(Bound { date, minute, offset, next_day: false, node, span: text.place.span })
}

/// A moment of an interval. If only its month or year is known, it is not compared with those of the event.
fn bound(moment: &Moment<'_>) -> Option<Bound> {
    if moment.unit != Unit::Day {
        return None;
    }
    let place = moment.text.place;
    Some(Bound {
        date: moment.date?,
        minute: moment.minute,
        offset: moment.offset,
        next_day: moment.next_day,
        node: place.node?,
        span: place.span,
    })
}

impl<'c> Member<'c, Event> {
    /// What the record says of the event.
    #[must_use]
    pub fn part(&self) -> EventPart {
        self.entry().part
    }

    /// What is said, as it is written; of an interval its name.
    #[must_use]
    pub fn shown(&self) -> &'c str {
        self.text(self.entry().shown)
    }

    /// Where a moment of it is written.
    #[must_use]
    pub fn bound_place(&self, bound: &Bound) -> Place {
        self.at(bound.node, bound.span)
    }

    /// The days on which the event is held, where the record is the event.
    #[must_use]
    pub fn days(&self) -> Option<EventDays> {
        let EventPart::Window { starts, ends } = self.part() else { return None };
        Some(EventDays { first: starts.or(ends)?.date, last: ends.or(starts)?.date })
    }
}
