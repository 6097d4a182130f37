//! Decisions on names.

use serde::{Deserialize, Serialize};

use super::Relation;
use crate::{
    corpus::{
        Member,
        batch::{Collector, TextRef, TextStore, value_of},
    },
    fact::{Meaning, Record},
    tree::NodeId,
    vocabulary::{FactKinds, Identity},
};

/// The decisions on names for one event, or for all.
#[derive(Debug)]
pub struct Decision;

/// A name on which something was decided.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DecisionEntry {
    event: TextRef,
    name: TextRef,
    verdict: Identity,
    decision: NodeId,
}

impl Relation for Decision {
    /// The id of the event; empty where the decision is for all.
    type Key<'c> = &'c str;
    type Entry = DecisionEntry;
    type Prepared = ();

    const FACTS: Option<FactKinds> = Some(FactKinds::DECIDES);
    fn key<'c>(entry: &'c DecisionEntry, texts: &'c TextStore) -> &'c str {
        texts.get(entry.event)
    }

    /// A decision that was withdrawn counts no more.
    fn take(record: &Record<'_>, collector: &mut Collector<'_, Self>) {
        if record.head.is_gone() {
            return;
        }
        for fact in &record.facts {
            let Meaning::Decides(decided) = &fact.meaning else { continue };
            let event = collector.store(value_of(decided.event));
            let (verdict, decision) = (decided.verdict, fact.node.id());
            for name in &decided.names {
                let entry =
                    DecisionEntry { event, name: collector.store(name.value), verdict, decision };
                collector.add(name.place, entry);
            }
        }
    }
}

impl<'c> Member<'c, Decision> {
    /// The name.
    #[must_use]
    pub fn name(&self) -> &'c str {
        self.text(self.entry().name)
    }

    /// What was decided.
    #[must_use]
    pub fn verdict(&self) -> Identity {
        self.entry().verdict
    }

    /// Where in its record; equal for the names of one decision.
    #[must_use]
    pub fn decision(&self) -> NodeId {
        self.entry().decision
    }
}
