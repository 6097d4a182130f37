//! Records that replace others.

use serde::{Deserialize, Serialize};

use super::Relation;
use crate::{
    corpus::{
        Member,
        batch::{Collector, TextRef, TextStore, value_of},
    },
    fact::{Meaning, Record},
    vocabulary::FactKinds,
};

/// A record that other records say they replace.
#[derive(Debug)]
pub struct Successor;

/// One record that replaces another.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SuccessorEntry {
    replaced: TextRef,
}

impl Relation for Successor {
    /// The id of the record that is replaced.
    type Key<'c> = &'c str;
    type Entry = SuccessorEntry;
    type Prepared = ();

    const FACTS: Option<FactKinds> = Some(FactKinds::VERSION);
    fn key<'c>(entry: &'c SuccessorEntry, texts: &'c TextStore) -> &'c str {
        texts.get(entry.replaced)
    }

    /// A record that does not count replaces nothing, and none replaces itself.
    fn take(record: &Record<'_>, collector: &mut Collector<'_, Self>) {
        if record.head.is_gone() {
            return;
        }
        let own = value_of(record.head.id);
        for fact in &record.facts {
            let Meaning::Version(version) = &fact.meaning else { continue };
            for id in version.supersedes.iter().filter(|id| id.value != own) {
                let replaced = collector.store(id.value);
                collector.add(id.place, SuccessorEntry { replaced });
            }
        }
    }
}

impl<'c> Member<'c, Successor> {
    /// The id of the record that is replaced.
    #[must_use]
    pub fn replaced(&self) -> &'c str {
        self.text(self.entry().replaced)
    }
}
