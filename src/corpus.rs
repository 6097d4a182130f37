//! The corpus: what the records of a run have in common, grouped by relation and key.
//!
//! Each file contributes small entries; trees and texts are not kept. A group holds the entries of all
//! files that share a key, and a rule sees one group at a time.

mod agreement;
mod attendance;
mod copies;
mod dating;
mod grouping;
mod identities;
mod member;
mod near;
mod speakers;
mod version;

use std::hash::{DefaultHasher, Hash, Hasher};

use jiff::civil::Date;

use crate::{
    calendar::Minute,
    fact::{
        Content, DateText, Digest, Interval, Key, Meaning, Mention, Moment, Record, Single, Sketch,
        Text, later,
    },
    finding::Place,
    schema::vocabulary::{DateRole, Identity, KeyOptions, Presence, Side},
    source::Span,
    tree::{NodeId, Packed},
};

pub use agreement::Said;
pub use attendance::{People, attendances};
pub use copies::{Copies, find_copies};
pub use grouping::groups;
pub use identities::{Identities, Scope};
pub use member::{Group, Member};
pub use near::Near;
pub use speakers::{Described, ReadName, decided_groups, read_names};
pub use version::{Pair, Supersedes, Tie, pairs};

/// What the members of a group share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// A key of a key space: its definitions and the citations of it.
    Key,
    /// An event: the record of it, and the dates and intervals of the records that belong to it.
    Event,
    /// What `x-prose` says must be the same: records whose text is to be compared.
    Prose,
    /// A word of the names of speakers in one event.
    Name,
    /// Those who are announced at one event, and those who spoke at it.
    Attendance,
    /// Something that several records of one event say in one language.
    Agreement,
    /// Versions of one record.
    Version,
    /// The decisions on names for one event, or for all.
    Decision,
    /// Something of which there is one record.
    Single,
    /// Records that say the same.
    Copy,
}

/// What one member of a group is.
#[derive(Clone, Copy, Debug)]
pub enum Detail {
    /// A definition of the key.
    Definition(KeyOptions),
    /// A citation of the key.
    Citation(KeyOptions),
    /// A date that a definition or a citation, in a field or in prose, gives for the key. The entry
    /// stands where the date is written.
    Dated {
        /// The date.
        date: Date,
        /// What gives it: the options of a definition; `None` for a citation.
        definition: Option<KeyOptions>,
    },
    /// The event itself, with its first and last moment.
    Window {
        /// Its first moment.
        starts: Option<Bound>,
        /// Its last moment.
        ends: Option<Bound>,
    },
    /// A date of a record that belongs to the event.
    Date {
        /// Which date of the record.
        role: DateRole,
        /// The date.
        date: Date,
    },
    /// A date of a record that belongs to the event, which lies on one side of it.
    Beside {
        /// The side.
        side: Side,
        /// The date.
        date: Date,
    },
    /// An interval of a record that belongs to the event.
    Interval {
        /// Its beginning.
        start: Option<Bound>,
        /// Its end.
        end: Option<Bound>,
    },
    /// A record whose text is to be compared: the number of its sketch.
    Prose(u32),
    /// A speaker with a name.
    Speaker(Described),
    /// A speaker whose name is not known, called by another word.
    Unnamed(Presence),
    /// Something said of the event or of a part of it.
    Said(Said),
    /// A version of a record.
    Version(Supersedes),
    /// A record that is the only one of something.
    Single,
    /// A record that others are the same as.
    Copy,
    /// A name on which something was decided.
    Decided {
        /// What was decided.
        verdict: Identity,
        /// Where in the record; equal for the names of one decision.
        decision: NodeId,
    },
}

/// A moment and where it is written.
#[derive(Clone, Copy, Debug)]
pub struct Bound {
    /// The day.
    pub date: Date,
    /// The minute of the day; `None` for a whole day.
    pub minute: Option<Minute>,
    /// Minutes east of UTC, where given.
    pub offset: Option<i16>,
    node: NodeId,
    span: Span,
}

/// The first and the last day of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventDays {
    /// The first.
    pub first: Date,
    /// The last.
    pub last: Date,
}

/// A text kept in a contribution.
#[derive(Clone, Copy, Debug, Default)]
struct Kept {
    start: u32,
    len: u32,
}

#[derive(Clone, Debug)]
struct Entry {
    relation: Relation,
    hash: u64,
    key: Kept,
    shown: Kept,
    record: u32,
    node: NodeId,
    span: Span,
    detail: Detail,
}

/// What is kept of one record.
#[derive(Clone, Copy, Debug, Default)]
struct KeptHead {
    id: Kept,
    kind: Kept,
    language: Kept,
    status: Kept,
    dated: Option<Date>,
    node: Option<NodeId>,
    span: Span,
    /// What [`Content::digest`] gives.
    content: Option<Digest>,
}

/// What one file contributes to the corpus.
#[derive(Clone, Debug, Default)]
pub struct Contribution {
    heads: Vec<KeptHead>,
    entries: Vec<Entry>,
    text: String,
    /// The texts that are to be compared.
    sketches: Vec<Sketch>,
    /// What is kept of records themselves, by their numbers: see [`fact::later`].
    packed: Vec<(u32, Packed)>,
    /// Whether something is not kept that should be.
    is_partial: bool,
    /// The spellings of the names in records that name several speakers, as hashes.
    people: Vec<u64>,
    /// Whether there are decisions on names.
    decides: bool,
}

impl Contribution {
    /// Adds what a record contributes. Records are added in their order in the file.
    pub fn add(&mut self, record: &Record<'_>) {
        let number = self.heads.len() as u32;
        let head = &record.head;
        let kept = KeptHead {
            id: self.keep(value_of(head.id)),
            kind: self.keep(record.kind.as_deref().unwrap_or_default()),
            language: self.keep(value_of(head.language)),
            status: self.keep(value_of(head.status)),
            dated: dating::last_date(record),
            content: Content::of(record).and_then(Content::digest),
            node: record.place.node,
            span: record.place.span,
        };
        self.heads.push(kept);
        let parts = later::parts(record);
        if !parts.is_empty() {
            let packed = Packed::of(record.node, parts);
            self.is_partial |= packed.is_none();
            self.packed.extend(packed.map(|packed| (number, packed)));
        }
        self.add_event(record, number);
        self.add_people(record);
        for fact in &record.facts {
            match &fact.meaning {
                Meaning::Defines(key) => self.add_key(key, number, Detail::Definition(key.options)),
                Meaning::Cites(key) => self.add_key(key, number, Detail::Citation(key.options)),
                Meaning::Mention(mention) => self.add_mention(mention, number),
                Meaning::Version(version) => self.add_version(record, number, version),
                Meaning::Single(single) => self.add_single(single, number, record),
                Meaning::Decides(decision) => {
                    self.add_decision(decision, number, record, fact.node.id());
                }
                Meaning::Prose(prose) => {
                    let detail = Detail::Prose(self.sketches.len() as u32);
                    self.sketches.push(prose.sketch());
                    self.push(Relation::Prose, &prose.key, "", number, record.place, detail);
                }
                _ => {}
            }
        }
    }

    /// Adds what a row of a table contributes: the keys that are known to exist, and nothing that is compared.
    pub fn add_row(&mut self, row: &Record<'_>) {
        let number = self.heads.len() as u32;
        let (node, span) = (row.place.node, row.place.span);
        self.heads.push(KeptHead { node, span, ..KeptHead::default() });
        for fact in &row.facts {
            if let Meaning::Defines(key) = &fact.meaning {
                self.add_key(key, number, Detail::Definition(key.options));
            }
        }
    }

    /// Takes note of a record of which nothing is known, so that the numbers of the others hold.
    pub fn add_unknown(&mut self) {
        self.heads.push(KeptHead::default());
    }

    /// Gives back the memory that growing took ahead: there is one contribution for every file.
    pub fn shrink(&mut self) {
        self.heads.shrink_to_fit();
        self.entries.shrink_to_fit();
        self.text.shrink_to_fit();
        self.sketches.shrink_to_fit();
        self.packed.shrink_to_fit();
        self.people.shrink_to_fit();
    }

    /// How many records there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.heads.len()
    }

    /// Whether there is no record.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.heads.is_empty()
    }

    /// What is kept of a record itself.
    #[must_use]
    pub fn packed(&self, record: u32) -> Option<&Packed> {
        let at = self.packed.binary_search_by_key(&record, |(number, _)| *number).ok()?;
        Some(&self.packed[at].1)
    }

    /// The records of which something is kept, by their numbers.
    pub fn all_packed(&self) -> impl Iterator<Item = (u32, &Packed)> {
        self.packed.iter().map(|(number, packed)| (*number, packed))
    }

    /// The id and the kind of a record, where it has them.
    #[must_use]
    pub fn name_of(&self, record: u32) -> (Option<&str>, Option<&str>) {
        let head = self.heads.get(record as usize).copied().unwrap_or_default();
        let some = |kept| Some(self.text(kept)).filter(|text| !text.is_empty());
        (some(head.id), some(head.kind))
    }

    /// The events that the file defines, by their ids, with the days on which they are held.
    pub fn events(&self) -> impl Iterator<Item = (&str, EventDays)> {
        self.entries.iter().filter_map(|entry| {
            let Detail::Window { starts, ends } = entry.detail else { return None };
            let days = EventDays { first: starts.or(ends)?.date, last: ends.or(starts)?.date };
            Some((self.text(entry.key), days))
        })
    }

    fn add_key(&mut self, key: &Key<'_>, number: u32, detail: Detail) {
        let Some(place) = key.parts.last().map(|part| part.place) else {
            return;
        };
        let (name, shown) = (name_of_key(key.space, &key.normal), key.shown());
        self.push(Relation::Key, &name, &shown, number, place, detail);
        let definition = match detail {
            Detail::Definition(options) => Some(options),
            _ => None,
        };
        self.add_dated(&name, &shown, number, key.date, definition);
    }

    /// A citation in prose counts for the date it gives, if it gives just one.
    fn add_mention(&mut self, mention: &Mention<'_>, number: u32) {
        if mention.date.is_some()
            && mention.found.second_date.is_none()
            && let Some(key) = mention.found.key()
        {
            let name = name_of_key(mention.space, &key);
            self.add_dated(&name, mention.text, number, mention.date, None);
        }
    }

    /// What was called off, or replaced, is none of the records of a thing. Kinds, languages and stages of
    /// one thing may have a record each.
    fn add_single(&mut self, single: &Single<'_>, number: u32, record: &Record<'_>) {
        let head = &record.head;
        if head.has_status("cancelled") || head.has_status("superseded") {
            return;
        }
        let Some(first) = single.texts.first() else { return };
        let kind = record.kind.as_deref().unwrap_or_default();
        let (status, language) = (value_of(head.status), value_of(head.language).to_lowercase());
        let key = format!("{kind}\u{1f}{status}\u{1f}{language}\u{1f}{}", single.key);
        let texts: Vec<&str> = single.texts.iter().map(|text| text.value).collect();
        self.push(Relation::Single, &key, &texts.join(", "), number, first.place, Detail::Single);
    }

    fn add_dated(
        &mut self,
        name: &str,
        shown: &str,
        number: u32,
        date: Option<DateText<'_>>,
        definition: Option<KeyOptions>,
    ) {
        if let Some((date, place)) = date.and_then(|text| Some((text.date?, text.place))) {
            let detail = Detail::Dated { date, definition };
            self.push(Relation::Key, name, shown, number, place, detail);
        }
    }

    /// The record's part in an event: the event itself by its id, others by the event they name.
    fn add_event(&mut self, record: &Record<'_>, number: u32) {
        let head = &record.head;
        let is_event = head.starts.or(head.ends).is_some();
        if let Some(id) = head.id.filter(|_| is_event) {
            let starts = head.starts.and_then(bound_of_text);
            let ends = head.ends.and_then(bound_of_text);
            let place = head.starts.or(head.ends).map_or(record.place, |text| text.place);
            let detail = Detail::Window { starts, ends };
            self.push(Relation::Event, id.value, "", number, place, detail);
        }
        let Some(event) = head.event.or(head.id.filter(|_| is_event)) else {
            return;
        };
        // What an event says of itself is said of this event, whichever greater one it belongs to.
        let subject = head.id.filter(|_| is_event).unwrap_or(event);
        for fact in &record.facts {
            match &fact.meaning {
                Meaning::Date(role, text) => self.add_date(event, number, *role, text),
                Meaning::Beside(side, text) => {
                    if let Some(date) = text.date {
                        let detail = Detail::Beside { side: *side, date };
                        let key = event.value;
                        self.push(Relation::Event, key, text.text, number, text.place, detail);
                    }
                }
                Meaning::Interval(interval) => {
                    self.add_interval(event, number, interval, fact.place);
                }
                Meaning::Speaker(speaker) => self.add_speaker(event, number, speaker, fact.node),
                Meaning::Agrees(agrees) => self.add_said(subject, number, head, agrees),
                _ => {}
            }
        }
    }

    fn add_date(&mut self, event: Text<'_>, number: u32, role: DateRole, text: &DateText<'_>) {
        if let Some(date) = text.date {
            let detail = Detail::Date { role, date };
            self.push(Relation::Event, event.value, text.text, number, text.place, detail);
        }
    }

    fn add_interval(
        &mut self,
        event: Text<'_>,
        number: u32,
        interval: &Interval<'_>,
        place: Place,
    ) {
        let start = interval.start.as_ref().and_then(bound);
        let end = interval.end.as_ref().and_then(bound);
        if start.is_some() || end.is_some() {
            let detail = Detail::Interval { start, end };
            self.push(Relation::Event, event.value, &interval.name(), number, place, detail);
        }
    }

    fn push(
        &mut self,
        relation: Relation,
        key: &str,
        shown: &str,
        record: u32,
        place: Place,
        detail: Detail,
    ) {
        let Some(node) = place.node else { return };
        let mut hasher = DefaultHasher::new();
        (relation, key).hash(&mut hasher);
        let (key, shown) = (self.keep(key), self.keep(shown));
        let hash = hasher.finish();
        self.entries.push(Entry {
            relation,
            hash,
            key,
            shown,
            record,
            node,
            span: place.span,
            detail,
        });
    }

    fn keep(&mut self, text: &str) -> Kept {
        let start = self.text.len() as u32;
        self.text.push_str(text);
        Kept { start, len: text.len() as u32 }
    }

    fn text(&self, kept: Kept) -> &str {
        let start = kept.start as usize;
        self.text.get(start..start + kept.len as usize).unwrap_or_default()
    }
}

fn name_of_key(space: &str, normal: &str) -> String {
    format!("{space}\u{1f}{normal}")
}

fn value_of(text: Option<Text<'_>>) -> &str {
    text.map_or("", |text| text.value)
}

fn bound_of_text(text: Text<'_>) -> Option<Bound> {
    let moment = crate::fact::key::plausible_moment(text.value)?;
    let node = text.place.node?;
    let (date, minute, offset) = (moment.date, moment.minute, moment.offset);
    Some(Bound { date, minute, offset, node, span: text.place.span })
}

fn bound(moment: &Moment<'_>) -> Option<Bound> {
    let place = moment.text.place;
    Some(Bound {
        date: moment.date?,
        minute: moment.minute,
        offset: moment.offset,
        node: place.node?,
        span: place.span,
    })
}
