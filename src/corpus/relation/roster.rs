//! Who is named in one record, in which list and in which slot, and who is named in a slot of an event. What was decided on names in other records may make two of
//! these speakers one person, so they are looked at when all records are known.

use std::{collections::BTreeMap, ops::Range};

use serde::{Deserialize, Serialize};

use super::{Relation, occupancy};
use crate::{
    calendar::When,
    corpus::{
        Member,
        batch::{Collector, TextRef, TextStore},
        entries::KeyDigest,
    },
    digest,
    fact::{Fact, Meaning, Moment, Record, Speaker, Text},
    sources::SourceId,
    tree::{NodeId, NodeRef},
    vocabulary::{FactKinds, SpeakerState},
};

/// The speakers with a name in one record that has several.
#[derive(Debug)]
pub struct Roster;

/// A speaker with a name.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RosterEntry {
    scope: Scope,
    event: TextRef,
    name: TextRef,
    role: TextRef,
    affiliation: TextRef,
    delegation: TextRef,
    capacity: TextRef,
    state: Option<SpeakerState>,
    list: Option<Listed>,
    slot: Option<Box<Slot>>,
}

/// Where the entry belongs.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
enum Scope {
    /// In its record.
    Record(SourceId, u32),
    /// In the event of its record.
    Event {
        event: KeyDigest,
        /// Equal for versions of one record, and different for other records.
        account: u64,
    },
}

/// What the speakers of a group have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RosterKey {
    /// The record.
    Record(SourceId, u32),
    /// The event.
    Event(KeyDigest),
}

/// The list in which a speaker is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Listed {
    /// The list.
    pub list: NodeId,
    key: Option<TextRef>,
    /// What the entry of the list says, sorted by where it says it; nothing where no other speaker of the list is described
    /// alike.
    says: Box<[Says]>,
    /// The keys that make the entry of the list another one than the rest: each with the number of the fact that asks for it.
    keys: Box<[(u32, u64)]>,
}

/// What the entry of a list says at one place of it.
///
/// Short digests are enough: only entries of one list are compared that are of one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Says {
    /// Where, but for the lowest bit: that is set where it is one of the values that make the speaker.
    #[serde(with = "postcard::fixint::le")]
    at: u32,
    #[serde(with = "postcard::fixint::le")]
    value: u32,
}

impl Says {
    const fn is_of_speaker(self) -> bool {
        self.at & 1 == 1
    }

    const fn place(self) -> u32 {
        self.at >> 1
    }
}

/// The slot in which a speaker speaks.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Slot {
    /// The numbers of its nodes: those of a slot within it lie among them.
    pub nodes: Range<usize>,
    /// What it is in.
    pub parent: Option<NodeId>,
    /// When it begins.
    pub start: When,
    /// When it ends.
    pub end: When,
    start_text: TextRef,
    end_text: TextRef,
    label: Option<TextRef>,
    track: Option<TextRef>,
}

impl Relation for Roster {
    type Key<'c> = RosterKey;
    type Entry = RosterEntry;
    type Prepared = ();
    const DEPENDS_ON_DECISIONS: bool = true;
    const IS_CHECKED_ALONE: bool = false;

    const FACTS: Option<FactKinds> = Some(FactKinds::SPEAKER);
    fn key<'c>(entry: &'c RosterEntry, _: &'c TextStore) -> Self::Key<'c> {
        match entry.scope {
            Scope::Record(source, record) => RosterKey::Record(source, record),
            Scope::Event { event, .. } => RosterKey::Event(event),
        }
    }

    /// What was cancelled has no one who speaks.
    fn take(record: &Record<'_>, collector: &mut Collector<'_, Self>) {
        let is_named = |meaning: &Meaning<'_>| matches!(meaning, Meaning::Speaker(speaker) if speaker.name.is_some());
        let named = || record.live().iter().filter(|fact| is_named(&fact.meaning));
        if !collector.is_sound() {
            return;
        }
        take_for_event(record, named(), collector);
        if named().nth(1).is_none() {
            return;
        }
        let keys = keys(record);
        let lists: Vec<Option<Place<'_>>> =
            named().map(|fact| place_in_list(record, fact)).collect();
        let mut known: Vec<(NodeId, u64)> = lists.iter().flatten().map(Place::key).collect();
        known.sort_unstable();
        let mut slots = Slots::default();
        let event = collector.store_value(record.head.event.or(record.head.id));
        for (fact, place) in named().zip(&lists) {
            let Meaning::Speaker(speaker) = &fact.meaning else { continue };
            let Some(name) = speaker.name else { continue };
            let list = place.as_ref().map(|place| {
                let first = known.partition_point(|one| *one < place.key());
                let has_twin = known.get(first + 1).is_some_and(|next| *next == place.key());
                listed(place, speaker, has_twin.then_some(&keys), collector)
            });
            let number = record.place.record.unwrap_or_default();
            let scope = Scope::Record(record.place.source, number);
            let slot = slots.of(record, speaker, collector);
            let entry = RosterEntry { list, ..entry(scope, event, speaker, slot, collector) };
            collector.add(name.place, entry);
        }
    }
}

/// Takes those who speak in a slot whose day is known, to be held against other records of the event. Records of
/// other kinds, in other languages or by another part of a schema may describe the same slot again, as minutes do.
fn take_for_event<'r, 't: 'r>(
    record: &'r Record<'t>,
    named: impl Iterator<Item = &'r Fact<'t>>,
    collector: &mut Collector<'_, Roster>,
) {
    let Some(event) = record.head.event_or_own().filter(|_| !record.head.is_gone()) else { return };
    let (kind, language) = (record.kind.as_deref(), record.head.language.map(|text| text.value));
    let mut slots = Slots::default();
    let mut account = None;
    for fact in named {
        let Meaning::Speaker(speaker) = &fact.meaning else { continue };
        let Some(name) = speaker.name else { continue };
        let Some((interval, note)) = speaker.interval.and_then(|at| {
            let fact = record.facts.get(at)?;
            Some((record.interval_of(speaker)?.0, fact.note))
        }) else {
            continue;
        };
        let moments = [interval.start, interval.end];
        let is_known =
            |one: &Option<Moment<'_>>| one.is_some_and(|one| one.date.and(one.minute).is_some());
        if !moments.iter().all(is_known) {
            continue;
        }
        let account = *account.get_or_insert_with(|| occupancy::account(record));
        let key = KeyDigest::of((event.value, note, kind, language));
        let scope = Scope::Event { event: key, account };
        let (event, slot) = (collector.store(event.value), slots.of(record, speaker, collector));
        let entry = entry(scope, event, speaker, slot, collector);
        collector.add(name.place, entry);
    }
}

/// What is kept of a speaker, but for the list.
fn entry(
    scope: Scope,
    event: TextRef,
    speaker: &Speaker<'_>,
    slot: Option<Box<Slot>>,
    collector: &mut Collector<'_, Roster>,
) -> RosterEntry {
    RosterEntry {
        scope,
        event,
        name: collector.store_value(speaker.name),
        role: collector.store_value(speaker.role),
        affiliation: collector.store_value(speaker.affiliation),
        delegation: collector.store_value(speaker.delegation),
        capacity: collector.store_value(speaker.capacity),
        state: speaker.state.and_then(|state| state.state),
        list: None,
        slot,
    }
}

/// Where a speaker is in a list.
struct Place<'t> {
    list: NodeRef<'t>,
    /// The entry of the list.
    entry: NodeRef<'t>,
    /// Equal for speakers of whom the same is said, whatever capitals and spaces it is written with.
    details: u64,
}

impl Place<'_> {
    /// Different for speakers in other lists, and for those who are distinguished by their office or capacity.
    fn key(&self) -> (NodeId, u64) {
        (self.list.id(), self.details)
    }
}

fn place_in_list<'t>(record: &Record<'t>, fact: &Fact<'t>) -> Option<Place<'t>> {
    let Meaning::Speaker(speaker) = &fact.meaning else { return None };
    let (root, mut entry) = (record.node.id(), fact.node);
    let above =
        std::iter::successors(
            Some(fact.node),
            |at| {
                if at.id() == root { None } else { at.parent() }
            },
        );
    let list = above.skip(1).find(|at| {
        let found = at.is_array();
        if !found {
            entry = *at;
        }
        found
    })?;
    let details = [speaker.role, speaker.affiliation, speaker.delegation, speaker.capacity];
    let details = details.iter().fold(0, |all, one| digest::join(all, one.map_or(0, loosely)));
    Some(Place { list, entry, details })
}

/// Equal for texts that differ in capitals and spaces only.
fn loosely(text: Text<'_>) -> u64 {
    loosely_of(text.value)
}

fn loosely_of(text: &str) -> u64 {
    let letters = text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase);
    // At the end of a word the small letter is another one.
    let letters = letters.map(|c| if c == 'ς' { 'σ' } else { c });
    letters.fold(1, |all, c| digest::join(all, c.into()))
}

/// What is kept of the list in which a speaker is; of its entry only where there may be another one of the same person, for
/// which there are `keys`.
fn listed(
    place: &Place<'_>,
    speaker: &Speaker<'_>,
    keys: Option<&Keys>,
    collector: &mut Collector<'_, Roster>,
) -> Listed {
    let Speaker { name, honorific, role, affiliation, delegation, capacity, state, .. } = *speaker;
    // A list within a list is called by the key of the outer one.
    let lists = std::iter::successors(Some(place.list), |list| list.parent());
    let key = lists.take_while(|list| list.is_array()).find_map(NodeRef::key);
    let key = key.and_then(NodeRef::as_str).map(|key| collector.store(key));
    let mut says = Vec::new();
    let mut own_keys = Vec::new();
    if let Some(keys) = keys {
        let state = state.map(|state| state.text);
        let own = [name, honorific, role, affiliation, delegation, capacity, state];
        let own: Vec<NodeId> = own.into_iter().flatten().map(|text| text.node.id()).collect();
        collect(place.entry, 0, &own, &mut says);
        says.sort_unstable();
        own_keys = name.and_then(|name| keys.get(&name.node.id())).cloned().unwrap_or_default();
    }
    Listed { list: place.list.id(), key, says: says.into(), keys: own_keys.into() }
}

/// What a node says, and what all below it do. The depth is bounded by the parsers.
fn collect(node: NodeRef<'_>, at: u64, own: &[NodeId], out: &mut Vec<Says>) {
    if node.is_null() {
        return;
    }
    let value = if node.is_object() {
        for (key, value) in node.members() {
            if let Some(key) = key.as_str() {
                collect(value, digest::of((at, key)), own, out);
            }
        }
        0
    } else if node.is_array() {
        let mut count = 0_u64;
        for element in node.elements() {
            count += 1;
            collect(element, digest::of((at, count)), own, out);
        }
        digest::of((1_u8, count))
    } else {
        digest::of((2_u8, node.scalar_text(), node.as_bool()))
    };
    let is_of_speaker = u32::from(own.contains(&node.id()));
    out.push(Says { at: (at as u32) << 1 | is_of_speaker, value: value as u32 });
}

/// The slots of a record, each once for all who speak in it.
#[derive(Default)]
struct Slots(BTreeMap<usize, Option<Box<Slot>>>);

impl Slots {
    fn of(
        &mut self,
        record: &Record<'_>,
        speaker: &Speaker<'_>,
        collector: &mut Collector<'_, Roster>,
    ) -> Option<Box<Slot>> {
        let slot = self.0.entry(speaker.interval?);
        slot.or_insert_with(|| slot_of(record, speaker, collector).map(Box::new)).clone()
    }
}

fn slot_of(
    record: &Record<'_>,
    speaker: &Speaker<'_>,
    collector: &mut Collector<'_, Roster>,
) -> Option<Slot> {
    let (interval, node) = record.interval_of(speaker)?;
    let (start, end) = (interval.start.as_ref()?, interval.end.as_ref()?);
    let first = node.id().index();
    let mut text_ref = |text: Option<Text<'_>>| text.map(|text| collector.store(text.value));
    let (label, track) = (text_ref(interval.label), text_ref(interval.track));
    Some(Slot {
        nodes: first..first + node.subtree_len(),
        parent: node.parent().map(NodeRef::id),
        start: start.into(),
        end: end.into(),
        start_text: collector.store(&start.shown()),
        end_text: collector.store(&end.shown()),
        label,
        track,
    })
}

/// The keys of the entries of lists in which nothing is to be there twice, by their nodes.
type Keys = BTreeMap<NodeId, Vec<(u32, u64)>>;

fn keys(record: &Record<'_>) -> Keys {
    let mut all = Keys::new();
    for (number, fact) in (0..).zip(&record.facts) {
        let Meaning::Unique(unique) = &fact.meaning else { continue };
        for entry in &unique.entries {
            let known = all.entry(entry.text.node.id()).or_default();
            if known.last().is_none_or(|(last, _)| *last != number) {
                known.push((number, digest::of(&entry.key)));
            }
        }
    }
    all
}

impl Listed {
    /// Whether the entry of this speaker says nothing that the other one's contradicts, but for what makes the speaker: two
    /// speeches of one person have two texts.
    #[must_use]
    pub fn agrees(&self, other: &Self) -> bool {
        let same = |one: &Says| {
            let at = other.says.partition_point(|says| says.place() < one.place());
            let there = other.says.get(at).filter(|says| says.place() == one.place());
            there.is_none_or(|says| says.value == one.value)
        };
        self.says.iter().filter(|one| !one.is_of_speaker()).all(same)
    }

    /// Whether the schema asks that both be distinguished by a key, and it is the same.
    #[must_use]
    pub fn shares_key(&self, other: &Self) -> bool {
        self.keys.iter().any(|one| other.keys.binary_search(one).is_ok())
    }
}

impl<'c> Member<'c, Roster> {
    /// What is equal for versions of one record, where the group is an event.
    #[must_use]
    pub fn account(&self) -> Option<u64> {
        match self.entry().scope {
            Scope::Record(..) => None,
            Scope::Event { account, .. } => Some(account),
        }
    }

    /// The event of the record, or else the record; empty where it has no name.
    #[must_use]
    pub fn event(&self) -> &'c str {
        self.text(self.entry().event)
    }

    /// The name, as it is written.
    #[must_use]
    pub fn name(&self) -> &'c str {
        self.text(self.entry().name)
    }

    /// The role, where it is given.
    #[must_use]
    pub fn role(&self) -> Option<&'c str> {
        self.given(self.entry().role)
    }

    /// The affiliation, where it is given.
    #[must_use]
    pub fn affiliation(&self) -> Option<&'c str> {
        self.given(self.entry().affiliation)
    }

    /// The delegation, where it is given.
    #[must_use]
    pub fn delegation(&self) -> Option<&'c str> {
        self.given(self.entry().delegation)
    }

    /// The capacity, where it is given.
    #[must_use]
    pub fn capacity(&self) -> Option<&'c str> {
        self.given(self.entry().capacity)
    }

    /// How certain it is, where that is said.
    #[must_use]
    pub fn state(&self) -> Option<SpeakerState> {
        self.entry().state
    }

    /// The list in which the speaker is.
    #[must_use]
    pub fn listed(&self) -> Option<&'c Listed> {
        self.entry().list.as_ref()
    }

    /// The key of that list.
    #[must_use]
    pub fn list_key(&self) -> Option<&'c str> {
        self.listed()?.key.map(|key| self.text(key))
    }

    /// The slot in which the speaker speaks, if it has a beginning and an end.
    #[must_use]
    pub fn slot(&self) -> Option<&'c Slot> {
        self.entry().slot.as_deref()
    }

    /// The title of that slot.
    #[must_use]
    pub fn slot_label(&self) -> Option<&'c str> {
        self.slot()?.label.map(|label| self.text(label))
    }

    /// The room or stream of that slot.
    #[must_use]
    pub fn slot_track(&self) -> Option<&'c str> {
        self.slot()?.track.map(|track| self.text(track))
    }

    /// When that slot begins and when it ends, as written.
    #[must_use]
    pub fn slot_times(&self) -> Option<(&'c str, &'c str)> {
        let slot = self.slot()?;
        Some((self.text(slot.start_text), self.text(slot.end_text)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::loosely_of;
    use crate::{fact::key, vocabulary::Form};

    proptest! {
        /// TextStore that a rule takes for equal are equal here too; otherwise what is needed to compare them would not be kept.
        #[test]
        fn what_is_equal_when_it_is_folded_is_loosely_equal(
            words in prop::collection::vec("[a-cΣσςİıßé]{1,3}", 0..4),
            capitals in any::<bool>(),
            space in "[ \t\u{a0}]{1,2}",
        ) {
            let one = words.join(" ");
            let other = words.join(&space);
            let other = if capitals { other.to_uppercase() } else { other };
            let folded = |text: &str| key::normal(Form::Folded, text).into_owned();
            if folded(&one) == folded(&other) {
                prop_assert_eq!(loosely_of(&one), loosely_of(&other), "{} {}", one, other);
            }
        }
    }
}
