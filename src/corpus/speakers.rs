//! What is kept of the speakers of the records that belong to an event.

use super::{Contribution, Detail, Kept, Member, Relation, value_of};
use crate::{
    fact::{Speaker, Text},
    person::Name,
    tree::{NodeId, NodeRef},
};

/// What a record says of a speaker beside the name.
#[derive(Clone, Copy, Debug)]
pub struct Described {
    role: Kept,
    affiliation: Kept,
    delegation: Kept,
    list: Option<NodeId>,
}

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
        let Some(text) = speaker.name else { return };
        let name = Name::read(text.value);
        let keys = name.keys();
        if keys.is_empty() {
            return;
        }
        let described = Described {
            role: self.keep(value_of(speaker.role)),
            affiliation: self.keep(value_of(speaker.affiliation)),
            delegation: self.keep(value_of(speaker.delegation)),
            list: node.parent().filter(|parent| parent.is_array()).map(NodeRef::id),
        };
        // A text in the place of a name is no reason to keep it once for each of its words.
        for key in keys.into_iter().take(MOST_WORDS) {
            let key = format!("{}\u{1f}{key}", event.value);
            let detail = Detail::Speaker(described);
            self.push(Relation::Name, &key, text.value, number, text.place, detail);
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
