//! What is kept of the speakers of the records that belong to an event.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use rayon::prelude::*;

use super::{Contribution, Detail, Group, Identities, Kept, Member, Relation, value_of};
use crate::{
    fact::{Speaker, Text},
    finding::Place,
    person::{self, Name},
    schema::vocabulary::Presence,
    source::Span,
    tree::{NodeId, NodeRef},
};

/// A name as it is written, taken apart once for all places at which it is written so.
#[derive(Debug)]
pub struct ReadName {
    /// Its words.
    pub name: Name,
    /// Equal for names that nobody sees as spelled in two ways.
    pub spelling: String,
}

/// Gives the groups of names that are not all written alike the names of their members.
pub fn read_names(groups: &mut [Group<'_>]) {
    let mixed = |group: &&Group<'_>| {
        group.relation == Relation::Name
            && group.members.windows(2).any(|pair| pair[0].shown() != pair[1].shown())
    };
    let mut written: Vec<&str> =
        groups.iter().filter(mixed).flat_map(|g| g.members.iter().map(Member::shown)).collect();
    written.par_sort_unstable();
    written.dedup();
    let read =
        |text: &&'_ str| ReadName { name: Name::read(text), spelling: person::spelling(text) };
    let names: Vec<Arc<ReadName>> = written.par_iter().map(|text| Arc::new(read(text))).collect();
    let names: HashMap<&str, Arc<ReadName>> = written.into_iter().zip(names).collect();
    for group in groups.iter_mut().filter(|group| mixed(&&**group)) {
        let found = group.members.iter().filter_map(|member| names.get(member.shown()));
        group.names = found.map(Arc::clone).collect();
    }
}

/// A group for each person in each event whose names were decided to be one person's: those names need
/// have no word in common.
#[must_use]
pub fn decided_groups<'c>(groups: &[Group<'c>], identities: &'c Identities) -> Vec<Group<'c>> {
    let mut persons: BTreeMap<(&str, (bool, usize)), Vec<Member<'c>>> = BTreeMap::new();
    if identities.is_empty() {
        return Vec::new();
    }
    let mut known: HashMap<(&str, &str), Option<(bool, usize)>> = HashMap::new();
    for group in groups.iter().filter(|group| group.relation == Relation::Name) {
        for member in group.members.iter().filter(|member| member.is_first_word()) {
            let (event, name) = (member.speaks_at(), member.shown());
            let person =
                *known.entry((event, name)).or_insert_with(|| identities.person(event, name));
            if let Some(person) = person {
                persons.entry((event, person)).or_default().push(*member);
            }
        }
    }
    let complete = groups.iter().all(|group| group.complete);
    let group = |mut members: Vec<Member<'c>>| {
        members.sort_by_key(Member::place);
        let group = Group::new(Relation::Name, members, complete, identities);
        Group { is_decided: true, ..group }
    };
    persons.into_values().map(group).collect()
}

/// What a record says of a speaker beside the name.
#[derive(Clone, Copy, Debug)]
pub struct Described {
    role: Kept,
    affiliation: Kept,
    delegation: Kept,
    capacity: Kept,
    list: Option<NodeId>,
    /// Where the role is written, or the affiliation.
    told: Option<(NodeId, Span)>,
    /// Whether the group is that of the first word of the name.
    first: bool,
    /// Whether the record announces the speaker, or says that he or she spoke.
    presence: Option<Presence>,
    /// Whether nobody speaks in this capacity who was not announced.
    must_be_listed: bool,
    /// Whether it is not certain, by the state, that the person speaks.
    is_doubtful: bool,
}

/// States in which it is not certain that somebody speaks.
const DOUBTFUL: [&str; 4] = ["tbc", "invited", "withdrawn", "replaced"];

impl Contribution {
    /// A speaker belongs to a group for each word of the name, so that names that are alike meet in one
    /// without each being held against every other.
    pub(super) fn add_speaker(
        &mut self,
        event: Text<'_>,
        number: u32,
        speaker: &Speaker<'_>,
        node: NodeRef<'_>,
    ) {
        let Some(text) = speaker.name else {
            return self.add_unnamed(event, number, speaker);
        };
        let name = Name::read(text.value);
        let keys = name.keys();
        if keys.is_empty() {
            return self.add_unnamed(event, number, speaker);
        }
        let told = speaker.role.or(speaker.affiliation);
        let mut described = Described {
            role: self.keep(value_of(speaker.role)),
            affiliation: self.keep(value_of(speaker.affiliation)),
            delegation: self.keep(value_of(speaker.delegation)),
            capacity: self.keep(value_of(speaker.capacity)),
            list: node.parent().filter(|parent| parent.is_array()).map(NodeRef::id),
            told: told.and_then(|text| Some((text.place.node?, text.place.span))),
            first: true,
            presence: speaker.is,
            must_be_listed: speaker.must_be_listed,
            is_doubtful: speaker.state.is_some_and(|state| DOUBTFUL.contains(&state.value)),
        };
        // A text in the place of a name is no reason to keep it once for each of its words.
        for key in keys.into_iter().take(MOST_WORDS) {
            let key = format!("{}\u{1f}{key}", event.value);
            let detail = Detail::Speaker(described);
            self.push(Relation::Name, &key, text.value, number, text.place, detail);
            described.first = false;
        }
    }
}

/// No name has more words.
const MOST_WORDS: usize = 16;

impl<'c> Member<'c> {
    /// The word of the name, for [`Relation::Name`].
    #[must_use]
    pub fn word(&self) -> &'c str {
        self.file.text(self.entry.key).rsplit_once('\u{1f}').map_or("", |(_, word)| word)
    }

    /// The id of the event, for [`Relation::Name`].
    #[must_use]
    pub fn speaks_at(&self) -> &'c str {
        self.file.text(self.entry.key).rsplit_once('\u{1f}').map_or("", |(event, _)| event)
    }

    /// The role, the affiliation and the delegation of a speaker, each empty where it is not given.
    #[must_use]
    pub fn descriptions(&self) -> [&'c str; 3] {
        match self.entry.detail {
            Detail::Speaker(Described { role, affiliation, delegation, .. }) => {
                [role, affiliation, delegation].map(|kept| self.file.text(kept))
            }
            _ => [""; 3],
        }
    }

    /// In what capacity somebody speaks, empty where it is not given.
    #[must_use]
    pub fn capacity(&self) -> &'c str {
        match self.entry.detail {
            Detail::Speaker(Described { capacity, .. }) => self.file.text(capacity),
            _ => "",
        }
    }

    /// Where the role of a speaker is written, or the affiliation where there is none.
    #[must_use]
    pub fn description_place(&self) -> Option<Place> {
        match self.entry.detail {
            Detail::Speaker(Described { told: Some((node, span)), .. }) => {
                Some(self.at(node, span))
            }
            _ => None,
        }
    }

    /// Whether the group is that of the first word of the name: each speaker is there once.
    #[must_use]
    pub fn is_first_word(&self) -> bool {
        matches!(self.entry.detail, Detail::Speaker(Described { first: true, .. }))
    }

    /// Whether the record announces the speaker, or says that he or she spoke, where it says either.
    #[must_use]
    pub fn presence(&self) -> Option<Presence> {
        match self.entry.detail {
            Detail::Speaker(Described { presence, .. }) => presence,
            Detail::Unnamed(presence) => Some(presence),
            _ => None,
        }
    }

    /// Whether the person speaks in a capacity in which nobody speaks who was not announced.
    #[must_use]
    pub fn must_be_listed(&self) -> bool {
        matches!(self.entry.detail, Detail::Speaker(Described { must_be_listed: true, .. }))
    }

    /// Whether it is not certain, by the state, that the person speaks.
    #[must_use]
    pub fn is_doubtful(&self) -> bool {
        matches!(self.entry.detail, Detail::Speaker(Described { is_doubtful: true, .. }))
    }

    /// The list in which a speaker stands: source, record and node.
    #[must_use]
    pub fn list(&self) -> Option<(u32, u32, NodeId)> {
        match self.entry.detail {
            Detail::Speaker(Described { list, .. }) => {
                Some((self.source, self.entry.record, list?))
            }
            _ => None,
        }
    }
}
