//! Rooms of an event or a site, and the slots of all records that take place in them.

use serde::{Deserialize, Serialize};

use super::Relation;
use crate::{
    calendar::{Clock, When, stretch},
    corpus::{
        Member,
        batch::{Collector, TextRef, TextStore},
        entries::KeyDigest,
    },
    digest,
    fact::{Fact, Interval, Meaning, Record, key},
    finding::Place,
    source::Span,
    tree::NodeId,
    vocabulary::{FactKinds, Form},
};

/// The slots in one room. A room is known by its name in one event, in one site, or in a namespace that the schema names:
/// the "Main Hall" of two cities is two rooms.
#[derive(Debug)]
pub struct Occupancy;

/// A slot in a room.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OccupancyEntry {
    key: KeyDigest,
    /// Equal for versions of one record, and different for other records.
    account: u64,
    clock: Clock,
    from: i64,
    /// When it ends; the same minute where that is not known.
    to: i64,
    name: TextRef,
    room: TextRef,
    start: TextRef,
    end: TextRef,
    end_at: Option<(NodeId, Span)>,
}

impl Relation for Occupancy {
    type Key<'c> = KeyDigest;
    type Entry = OccupancyEntry;
    type Prepared = ();
    const IS_CHECKED_ALONE: bool = false;

    const FACTS: Option<FactKinds> = Some(FactKinds::INTERVAL);
    fn key<'c>(entry: &'c OccupancyEntry, _: &'c TextStore) -> KeyDigest {
        entry.key
    }

    /// What was cancelled or replaced takes no room.
    fn take(record: &Record<'_>, collector: &mut Collector<'_, Self>) {
        if record.head.is_gone() || !collector.is_sound() {
            return;
        }
        for fact in &record.facts {
            if let Meaning::Interval(interval) = &fact.meaning
                && let Some(key) = room(record, fact, interval)
                && let Some((clock, from, to)) = hours(interval)
            {
                let Some(start) = &interval.start else { continue };
                let end = interval.end.as_ref();
                let text = |place: Place| Some((place.node?, place.span));
                let entry = OccupancyEntry {
                    key,
                    account: account(record),
                    clock,
                    from,
                    to,
                    name: collector.store(&record.name_of(interval)),
                    room: collector.store_value(interval.track),
                    start: collector.store(&start.shown()),
                    end: end.map_or_else(TextRef::default, |end| collector.store(&end.shown())),
                    end_at: end.and_then(|end| text(end.text.place)),
                };
                collector.add(start.text.place, entry);
            }
        }
    }
}

/// The room of an interval. Records of other kinds, in other languages or by another part of a schema may describe the same
/// slot again, as minutes do.
fn room(record: &Record<'_>, fact: &Fact<'_>, interval: &Interval<'_>) -> Option<KeyDigest> {
    let room = key::normal(Form::Folded, interval.track?.value);
    let place = match (interval.space, interval.site) {
        (Some(space), _) => (0, space.into()),
        (None, Some(site)) => (1, key::normal(Form::Folded, site.value)),
        (None, None) => (2, record.head.event_or_own()?.value.into()),
    };
    let language = record.head.language.map(|text| text.value);
    Some(KeyDigest::of((place, room, fact.note, record.kind.as_deref(), language)))
}

/// When the slot is, if its day and its minutes are known.
fn hours(interval: &Interval<'_>) -> Option<(Clock, i64, i64)> {
    let start = interval.start.as_ref()?;
    start.date.and(start.minute)?;
    let Some(end) = &interval.end else {
        let (clock, from) = When::from(start).minutes(false)?;
        return Some((clock, from, from));
    };
    end.minute?;
    stretch(start.into(), end.into()).filter(|(_, from, to)| from < to)
}

/// Equal for versions of one record, and different for other records.
pub(super) fn account(record: &Record<'_>) -> u64 {
    let version = record.facts.iter().find_map(|fact| match &fact.meaning {
        Meaning::Version(version) => Some(digest::of(&version.key)),
        _ => None,
    });
    version.unwrap_or_else(|| digest::of((record.place.source, record.place.record)))
}

impl<'c> Member<'c, Occupancy> {
    /// Equal for versions of one record, and different for other records.
    #[must_use]
    pub fn account(&self) -> u64 {
        self.entry().account
    }

    /// The clock, the start and the end of the slot.
    #[must_use]
    pub fn hours(&self) -> (Clock, i64, i64) {
        let OccupancyEntry { clock, from, to, .. } = *self.entry();
        (clock, from, to)
    }

    /// What messages call the slot.
    #[must_use]
    pub fn slot_name(&self) -> &'c str {
        self.text(self.entry().name)
    }

    /// The room, as it is written.
    #[must_use]
    pub fn room(&self) -> &'c str {
        self.text(self.entry().room)
    }

    /// When the slot begins and ends, as written; the second is empty where it is not known.
    #[must_use]
    pub fn times(&self) -> [&'c str; 2] {
        [self.entry().start, self.entry().end].map(|text| self.text(text))
    }

    /// Where the end of the slot is written, else where its start is.
    #[must_use]
    pub fn end_place(&self) -> Place {
        self.entry().end_at.map_or_else(|| self.place(), |(node, span)| self.at(node, span))
    }
}
