//! Things that have one record each.

use serde::{Deserialize, Serialize};

use super::Relation;
use crate::{
    corpus::{
        Member,
        batch::{Collector, TextRef, TextStore, value_of},
        entries::KeyDigest,
    },
    fact::{Meaning, Record},
    vocabulary::{Among, FactKinds, Stated},
};

/// Something that has one record.
#[derive(Debug)]
pub struct Single;

/// A record that is the only one of something.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SingleEntry {
    key: KeyDigest,
    shown: TextRef,
    /// The text that another record may shorten.
    name: Option<TextRef>,
}

impl Relation for Single {
    /// Kind, status and language of the record, and the thing: kinds, languages and stages of one thing may have a record each. What
    /// two schemas say is of two things, unless both refer to one keyword.
    type Key<'c> = KeyDigest;
    type Entry = SingleEntry;
    type Prepared = ();

    const FACTS: Option<FactKinds> = Some(FactKinds::SINGLE);
    fn key<'c>(entry: &'c SingleEntry, _: &'c TextStore) -> KeyDigest {
        entry.key
    }

    /// What was called off, or replaced, is none of the records of a thing.
    fn take(record: &Record<'_>, collector: &mut Collector<'_, Self>) {
        let head = &record.head;
        if head.is_gone() {
            return;
        }
        for fact in &record.facts {
            let Meaning::Single(single) = &fact.meaning else { continue };
            if single.among == Among::Record {
                continue;
            }
            let Some(first) = single.texts.first() else { continue };
            let texts: Vec<&str> = single.texts.iter().map(|text| text.value).collect();
            let language = value_of(head.language).to_lowercase();
            let status = head.status.map_or("", Stated::word);
            let file = (single.among == Among::File).then_some(record.place.source);
            let key = (record.kind.as_deref(), fact.note, file, status, language, &single.key);
            let name = single.shortened.map(|name| collector.store(name.value));
            let shown = collector.store(&texts.join(", "));
            let entry = SingleEntry { key: KeyDigest::of(key), shown, name };
            collector.add(first.place, entry);
        }
    }
}

impl<'c> Member<'c, Single> {
    /// The text that another record may shorten. Then the key is that of the other values.
    #[must_use]
    pub fn shortened(&self) -> Option<&'c str> {
        self.entry().name.map(|name| self.text(name))
    }

    /// The texts that name the thing.
    #[must_use]
    pub fn shown(&self) -> &'c str {
        self.text(self.entry().shown)
    }
}
