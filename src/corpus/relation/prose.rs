//! Texts that are compared with each other.

use serde::{Deserialize, Serialize};

use super::Relation;
use crate::{
    corpus::{
        Member,
        batch::{Collector, TextStore},
        entries::KeyDigest,
    },
    fact::{Meaning, Record, Sketch},
    vocabulary::FactKinds,
};

/// What `x-prose` says must be the same: records whose text is to be compared.
#[derive(Debug)]
pub struct Prose;

/// The text of a record.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ProseEntry {
    key: KeyDigest,
    sketch: Sketch,
}

impl Relation for Prose {
    /// Equal for texts that are compared.
    type Key<'c> = KeyDigest;
    type Entry = ProseEntry;
    type Prepared = ();

    const FACTS: Option<FactKinds> = Some(FactKinds::PROSE);
    fn key<'c>(entry: &'c ProseEntry, _: &'c TextStore) -> KeyDigest {
        entry.key
    }

    fn take(record: &Record<'_>, collector: &mut Collector<'_, Self>) {
        for fact in &record.facts {
            if let Meaning::Prose(prose) = &fact.meaning {
                let entry = ProseEntry { key: KeyDigest::of(&prose.key), sketch: prose.sketch() };
                collector.add(record.place, entry);
            }
        }
    }
}

impl<'c> Member<'c, Prose> {
    /// What is kept of the text.
    #[must_use]
    pub fn sketch(&self) -> &'c Sketch {
        &self.entry().sketch
    }
}
