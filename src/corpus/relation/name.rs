//! Names of speakers in one event that have a word in common, or in the records of one kind that belong to no event.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use foldhash::fast::FixedState;

use serde::{Deserialize, Serialize};

use super::Relation;
use crate::{
    corpus::{
        Group, Member, Shared,
        batch::{Collector, TextRef, TextStore},
        names::ReadName,
    },
    fact::{Meaning, Record, Speaker},
    finding::Place,
    person::Verdict,
    source::Span,
    sources::SourceId,
    tree::{NodeId, NodeRef},
    vocabulary::FactKinds,
};

/// A word of the names of speakers in one event.
#[derive(Debug)]
pub struct Name;

/// A speaker with a name.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NameEntry {
    event: TextRef,
    word: TextRef,
    name: TextRef,
    role: TextRef,
    affiliation: TextRef,
    delegation: TextRef,
    capacity: TextRef,
    list: Option<NodeId>,
    /// Where the role is written, or the affiliation.
    described: Option<(NodeId, Span)>,
    /// Whether the group is that of the first word of the name.
    is_first: bool,
}

/// A person who was decided on: see [`crate::corpus::Identities::person`].
type Person = (bool, usize);

/// What comes before the kind of records that belong to no event. No id of an event begins so.
const NO_EVENT: char = '\u{1f}';

/// No name has more words.
const MOST_WORDS: usize = 16;

/// The spellings of the names in a group, and which of them may be of one person. There are none where all names are written
/// alike, and where it was decided that all are of one person.
#[derive(Debug, Default)]
pub struct Alike {
    /// Each spelling, with the numbers of the members that are named so. What is cancelled or superseded is left out.
    pub spellings: Vec<(Arc<ReadName>, Vec<usize>)>,
    /// The pairs that are not wholly different and on which nothing was decided. Two spellings with several words in common
    /// meet in several groups; their pair is in one of them.
    pub pairs: Vec<Pair>,
}

/// Two spellings in a group, by their numbers.
#[derive(Clone, Copy, Debug)]
pub struct Pair {
    /// The earlier one.
    pub earlier: usize,
    /// The later one.
    pub later: usize,
    /// What the comparison says.
    pub verdict: Verdict,
}

/// A word that so many spellings in one event have in common distinguishes no one.
const MOST_SPELLINGS: usize = 500;

impl Relation for Name {
    /// The event, or the kind of records that have none, and the word.
    type Key<'c> = (&'c str, &'c str);
    type Entry = NameEntry;
    const DEPENDS_ON_DECISIONS: bool = true;
    const IS_CHECKED_ALONE: bool = false;

    type Prepared = Alike;

    const FACTS: Option<FactKinds> = Some(FactKinds::SPEAKER);
    fn key<'c>(entry: &'c NameEntry, texts: &'c TextStore) -> Self::Key<'c> {
        (texts.get(entry.event), texts.get(entry.word))
    }

    fn take(record: &Record<'_>, collector: &mut Collector<'_, Self>) {
        let event = record.head.event_or_own().map(|text| text.value);
        let mut stored_event = None;
        for fact in &record.facts {
            let Meaning::Speaker(speaker) = &fact.meaning else { continue };
            if speaker.name.is_some() {
                let event = *stored_event.get_or_insert_with(|| match event {
                    Some(event) => collector.store(event),
                    None => {
                        let kind = record.kind.as_deref().unwrap_or_default();
                        collector.store(&format!("{NO_EVENT}{kind}"))
                    }
                });
                add(event, speaker, fact.node, collector);
            }
        }
    }

    fn prepare(group: &Group<'_, Self>) -> Alike {
        let mut alike = Alike::default();
        let is_one_spelling = || group.members.windows(2).all(|two| two[0].name() == two[1].name());
        if group.is_derived || is_one_spelling() {
            return alike;
        }
        let mut known: HashMap<Arc<str>, usize, FixedState> = HashMap::default();
        for (number, member) in group.members.iter().enumerate() {
            if member.is_gone() {
                continue;
            }
            let read = group.shared.names.read(member.name());
            let count = alike.spellings.len();
            let at = *known.entry(Arc::clone(&read.spelling)).or_insert(count);
            if at == count {
                alike.spellings.push((read, Vec::new()));
            }
            alike.spellings[at].1.push(number);
        }
        if alike.spellings.len() <= MOST_SPELLINGS {
            alike.pairs = pairs(group, &alike.spellings);
        }
        alike
    }

    fn derives(shared: &Shared) -> bool {
        !shared.identities.is_empty()
    }

    /// A group for each person in each event whose names were decided to be one person's: those names need have no word in
    /// common.
    fn derived<'c>(members: Vec<Member<'c, Self>>, shared: &'c Shared) -> Vec<Group<'c, Self>> {
        let identities = &shared.identities;
        let mut persons: BTreeMap<(&str, Person), Vec<Member<'c, Self>>> = BTreeMap::new();
        let mut known: HashMap<(&str, &str), Option<Person>> = HashMap::new();
        for member in members.into_iter().filter(Member::is_first_word) {
            let (event, name) = (member.speaks_at(), member.name());
            let person =
                *known.entry((event, name)).or_insert_with(|| identities.person(event, name));
            if let Some(person) = person {
                persons.entry((event, person)).or_default().push(member);
            }
        }
        let group = |members| {
            let mut group = Group::new(members, shared);
            group.is_derived = true;
            group
        };
        persons.into_values().map(group).collect()
    }
}

fn pairs(group: &Group<'_, Name>, spellings: &[(Arc<ReadName>, Vec<usize>)]) -> Vec<Pair> {
    let word = group.members.first().map(Member::word);
    let event = group.members.first().map_or("", Member::speaks_at);
    let name = |members: &[usize]| members.first().map_or("", |at| group.members[*at].name());
    let is_decided =
        |a: &[usize], b: &[usize]| group.shared.identities.on(event, name(a), name(b)).is_some();
    let mut pairs = Vec::new();
    for (earlier, (one, ones)) in spellings.iter().enumerate() {
        for (later, (other, others)) in spellings.iter().enumerate().skip(earlier + 1) {
            let verdict = one.name.compare(&other.name);
            if verdict != Verdict::Different
                && one.name.first_common_key(&other.name) == word
                && !is_decided(ones, others)
            {
                pairs.push(Pair { earlier, later, verdict });
            }
        }
    }
    pairs
}

/// A speaker belongs to a group for each word of the name, so that names that are alike meet in one without each being held
/// against every other.
fn add(
    event: TextRef,
    speaker: &Speaker<'_>,
    node: NodeRef<'_>,
    collector: &mut Collector<'_, Name>,
) {
    let Some(text) = speaker.name else { return };
    let read = collector.name(text.value);
    let described = speaker.role.or(speaker.affiliation);
    let mut entry: Option<NameEntry> = None;
    // A long text in the place of a name is not kept once for each of its words.
    for word in read.name.keys().into_iter().take(MOST_WORDS) {
        let word = collector.store(word);
        let entry = match &mut entry {
            Some(entry) => {
                (entry.word, entry.is_first) = (word, false);
                entry
            }
            None => entry.insert(NameEntry {
                event,
                word,
                name: collector.store(text.value),
                role: collector.store_value(speaker.role),
                affiliation: collector.store_value(speaker.affiliation),
                delegation: collector.store_value(speaker.delegation),
                capacity: collector.store_value(speaker.capacity),
                list: node.parent().filter(|parent| parent.is_array()).map(NodeRef::id),
                described: described.and_then(|text| Some((text.place.node?, text.place.span))),
                is_first: true,
            }),
        };
        collector.add(text.place, entry.clone());
    }
}

impl<'c> Member<'c, Name> {
    /// The name, as it is written.
    #[must_use]
    pub fn name(&self) -> &'c str {
        self.text(self.entry().name)
    }

    /// The word of the name.
    #[must_use]
    pub fn word(&self) -> &'c str {
        self.text(self.entry().word)
    }

    /// Whether the record belongs to an event.
    #[must_use]
    pub fn is_at_event(&self) -> bool {
        !self.speaks_at().starts_with(NO_EVENT)
    }

    /// The id of the event, or what stands for the records of one kind that have none.
    #[must_use]
    pub fn speaks_at(&self) -> &'c str {
        self.text(self.entry().event)
    }

    /// The role, the affiliation and the delegation, each empty where it is not given.
    #[must_use]
    pub fn descriptions(&self) -> [&'c str; 3] {
        let NameEntry { role, affiliation, delegation, .. } = *self.entry();
        [role, affiliation, delegation].map(|text_ref| self.text(text_ref))
    }

    /// In what capacity the person speaks, empty where it is not given.
    #[must_use]
    pub fn capacity(&self) -> &'c str {
        self.text(self.entry().capacity)
    }

    /// Where the role is written, or the affiliation where there is none.
    #[must_use]
    pub fn description_place(&self) -> Option<Place> {
        self.entry().described.map(|(node, span)| self.at(node, span))
    }

    /// Whether the group is that of the first word of the name: each speaker is there once.
    #[must_use]
    pub fn is_first_word(&self) -> bool {
        self.entry().is_first
    }

    /// The list of the speaker: source, record and node.
    #[must_use]
    pub fn list(&self) -> Option<(SourceId, u32, NodeId)> {
        Some((self.source(), self.record(), self.entry().list?))
    }
}
