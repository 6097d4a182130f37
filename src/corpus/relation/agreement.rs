//! Things that several records of one event say.

use serde::{Deserialize, Serialize};

use super::Relation;
use crate::{
    corpus::{
        Member,
        batch::{Collector, TextRef, TextStore, value_of},
    },
    fact::{Agrees, Meaning, Record},
    vocabulary::FactKinds,
};

/// Something that several records of one event say in one language.
#[derive(Debug)]
pub struct Agreement;

/// What a record says of its event or of a part of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AgreementEntry {
    event: TextRef,
    language: TextRef,
    on: TextRef,
    of: TextRef,
    text: TextRef,
    also: Box<[TextRef]>,
    is_authority: bool,
    is_in_parts: bool,
    is_strict: bool,
}

/// A longer text is not a title or a name, and is not kept.
const LONGEST: usize = 400;
/// Nothing has more names.
const MOST_NAMES: usize = 32;

impl Relation for Agreement {
    /// The event, the language, what is said, and of what part of the event it is said. What is said in two languages is
    /// never compared. The event is empty where all records of the project say it.
    type Key<'c> = [&'c str; 4];
    type Entry = AgreementEntry;
    type Prepared = ();

    const FACTS: Option<FactKinds> = Some(FactKinds::AGREES);
    fn key<'c>(entry: &'c AgreementEntry, texts: &'c TextStore) -> Self::Key<'c> {
        let AgreementEntry { event, language, on, of, .. } = *entry;
        [event, language, on, of].map(|text_ref| texts.get(text_ref))
    }

    fn take(record: &Record<'_>, collector: &mut Collector<'_, Self>) {
        let head = &record.head;
        // What an event says of itself is said of this event, whichever greater one it belongs to.
        let event = head.own_event().or(head.event);
        for fact in &record.facts {
            let Meaning::Agrees(agrees) = &fact.meaning else { continue };
            let event = if agrees.everywhere { Some("") } else { event.map(|event| event.value) };
            if let Some(event) = event {
                add(event, value_of(head.language), agrees, collector);
            }
        }
    }
}

fn add(event: &str, language: &str, agrees: &Agrees<'_>, collector: &mut Collector<'_, Agreement>) {
    let text = agrees.text();
    let Some(first) = agrees.texts.first().filter(|_| text.len() <= LONGEST) else { return };
    let short = agrees.also.iter().map(|other| other.value).filter(|other| other.len() <= LONGEST);
    let also = short.take(MOST_NAMES).map(|other| collector.store(other)).collect();
    let entry = AgreementEntry {
        event: collector.store(event),
        language: collector.store(&language.to_lowercase()),
        on: collector.store(agrees.on),
        of: collector.store(&agrees.of),
        text: collector.store(&text),
        also,
        is_authority: agrees.authority,
        is_in_parts: agrees.parts,
        is_strict: agrees.strict,
    };
    collector.add(first.place, entry);
}

impl<'c> Member<'c, Agreement> {
    /// What is said, as it is written.
    #[must_use]
    pub fn shown(&self) -> &'c str {
        self.text(self.entry().text)
    }

    /// What sort of thing is said.
    #[must_use]
    pub fn said_on(&self) -> &'c str {
        self.text(self.entry().on)
    }

    /// Of what it is said; empty where it is said of the event.
    #[must_use]
    pub fn said_of(&self) -> &'c str {
        self.text(self.entry().of)
    }

    /// Whether all records of the project say it, and not only those of one event.
    #[must_use]
    pub fn is_everywhere(&self) -> bool {
        self.text(self.entry().event).is_empty()
    }

    /// The other texts that mean the same.
    pub fn also(&self) -> impl Iterator<Item = &'c str> {
        let member = *self;
        self.entry()
            .also
            .iter()
            .map(move |text_ref| member.text(*text_ref))
            .filter(|text| !text.is_empty())
    }

    /// Whether the record decides.
    #[must_use]
    pub fn is_authority(&self) -> bool {
        self.entry().is_authority
    }

    /// Whether a text that has nothing in common with the others is compared too.
    #[must_use]
    pub fn is_strict(&self) -> bool {
        self.entry().is_strict
    }

    /// Whether the text is a list of parts.
    #[must_use]
    pub fn is_in_parts(&self) -> bool {
        self.entry().is_in_parts
    }
}
