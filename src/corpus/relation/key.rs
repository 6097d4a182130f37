//! Keys of a namespace: their definitions, the citations of them, and the dates that both give.

use std::borrow::Cow;

use jiff::civil::Date;

use serde::{Deserialize, Serialize};

use super::Relation;
use crate::{
    calendar::packed,
    corpus::{
        Member,
        batch::{Collector, TextRef, TextStore},
    },
    digest,
    fact::{self, DateText, Meaning, Mention, Record},
    finding::Place,
    vocabulary::KeyOptions,
};

/// A key of a namespace: its definitions and the citations of it.
#[derive(Debug)]
pub struct Key;

/// One place at which a key is defined, cited or dated.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct KeyEntry {
    space: TextRef,
    normal: TextRef,
    shown: TextRef,
    part: KeyPart,
}

/// What a record says of a key.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub enum KeyPart {
    /// It defines the key.
    Definition(KeyOptions),
    /// It cites the key.
    Citation(KeyOptions),
    /// It gives a date for the key, in a field or in prose. The entry is where the date is written.
    Dated {
        /// The date.
        #[serde(with = "packed")]
        date: Date,
        /// What gives it: the options of a definition; `None` for a citation.
        definition: Option<KeyOptions>,
    },
}

impl Relation for Key {
    /// The namespace, and the normal form of the key.
    type Key<'c> = (&'c str, &'c str);
    type Entry = KeyEntry;
    type Prepared = ();

    fn key<'c>(entry: &'c KeyEntry, texts: &'c TextStore) -> Self::Key<'c> {
        (texts.get(entry.space), texts.get(entry.normal))
    }

    fn take(record: &Record<'_>, collector: &mut Collector<'_, Self>) {
        for fact in &record.facts {
            match &fact.meaning {
                Meaning::Defines(key) => define(key, collector),
                Meaning::Cites(key) => add(key, KeyPart::Citation(key.options), collector),
                Meaning::Mention(mention) => add_mention(mention, collector),
                _ => {}
            }
        }
    }
}

/// Adds a definition, and the date that it gives.
pub(in crate::corpus) fn define(key: &fact::Key<'_>, collector: &mut Collector<'_, Key>) {
    add(key, KeyPart::Definition(key.options), collector);
}

fn add(key: &fact::Key<'_>, part: KeyPart, collector: &mut Collector<'_, Key>) {
    let Some(place) = key.parts.last().map(|part| part.place) else { return };
    let (space, normal) = (collector.store(key.space), collector.store(&scoped(key, place)));
    let shown = collector.store(&key.shown());
    let entry = KeyEntry { space, normal, shown, part };
    collector.add(place, entry.clone());
    let definition = match part {
        KeyPart::Definition(options) => Some(options),
        _ => None,
    };
    add_date(key.date, definition, &entry, collector);
}

/// Comes between a key and that which it counts in.
const WITHIN: char = '\u{1d}';

/// The normal form of a key, with the record or the file if it counts there only.
fn scoped<'k>(key: &'k fact::Key<'_>, place: Place) -> Cow<'k, str> {
    let record = if key.options.has(KeyOptions::OF_RECORD) {
        place.record
    } else if key.options.has(KeyOptions::OF_FILE) {
        None
    } else {
        return Cow::Borrowed(&key.normal);
    };
    Cow::Owned(format!("{}{WITHIN}{:x}", key.normal, digest::of((place.source, record))))
}

/// A citation in prose counts for the date it gives, if it gives just one.
fn add_mention(mention: &Mention<'_>, collector: &mut Collector<'_, Key>) {
    if mention.date.is_none() || mention.found.second_date.is_some() {
        return;
    }
    if let Some(key) = mention.found.key() {
        let (space, normal) = (collector.store(mention.space), collector.store(&key));
        let shown = collector.store(mention.text);
        let part = KeyPart::Citation(KeyOptions::default());
        add_date(mention.date, None, &KeyEntry { space, normal, shown, part }, collector);
    }
}

fn add_date(
    date: Option<DateText<'_>>,
    definition: Option<KeyOptions>,
    entry: &KeyEntry,
    collector: &mut Collector<'_, Key>,
) {
    if let Some((date, place)) = date.and_then(|text| Some((text.date?, text.place))) {
        collector
            .add(place, KeyEntry { part: KeyPart::Dated { date, definition }, ..entry.clone() });
    }
}

impl<'c> Member<'c, Key> {
    /// What the record says of the key.
    #[must_use]
    pub fn part(&self) -> KeyPart {
        self.entry().part
    }

    /// The name of the namespace.
    #[must_use]
    pub fn space(&self) -> &'c str {
        self.text(self.entry().space)
    }

    /// The normal form of the key.
    #[must_use]
    pub fn normal(&self) -> &'c str {
        let normal = self.text(self.entry().normal);
        normal.split_once(WITHIN).map_or(normal, |(normal, _)| normal)
    }

    /// The key as it is written.
    #[must_use]
    pub fn shown(&self) -> &'c str {
        self.text(self.entry().shown)
    }
}
