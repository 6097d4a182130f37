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
    fact::{self, DateText, Meaning, Mention, Record},
    finding::Place,
    symbol::{Reference, SuffixKind},
    vocabulary::{FactKinds, KeyOptions, owner_of},
};

/// A key of a namespace: its definitions and the citations of it.
#[derive(Debug)]
pub struct Key;

/// One place at which a key is defined, cited or dated.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct KeyEntry {
    space: TextRef,
    /// The record or the event in which the key counts; empty where it counts everywhere.
    scope: TextRef,
    normal: TextRef,
    shown: TextRef,
    /// The kinds of record that a citation may lead to, one a line; empty where all are.
    kinds: TextRef,
    /// What messages call the list that a cited key must be in, or a key that is excluded from it; mostly empty.
    called: TextRef,
    part: KeyPart,
}

/// What a record says of a key.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub enum KeyPart {
    /// It defines the key.
    Definition(KeyOptions),
    /// It says that the key is not in the namespace.
    Exclusion,
    /// It cites the key.
    Citation(KeyOptions),
    /// It cites the key in prose. Kept where registers are complete.
    Mention,
    /// It defines a revision or a corrigendum of the document. The options are those of that definition.
    Later(KeyOptions),
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
    /// The namespace, where in it the key counts, and the normal form of the key.
    type Key<'c> = (&'c str, &'c str, &'c str);
    type Entry = KeyEntry;
    type Prepared = ();

    const FACTS: Option<FactKinds> =
        Some(FactKinds::DEFINES.or(FactKinds::CITES).or(FactKinds::MENTION));
    fn key<'c>(entry: &'c KeyEntry, texts: &'c TextStore) -> Self::Key<'c> {
        (texts.get(entry.space), texts.get(entry.scope), texts.get(entry.normal))
    }

    fn owner((space, ..): Self::Key<'_>) -> Option<&str> {
        owner_of(space)
    }

    fn take(record: &Record<'_>, collector: &mut Collector<'_, Self>) {
        for fact in &record.facts {
            match &fact.meaning {
                Meaning::Defines(key) => define(record, key, collector),
                Meaning::Cites(key) => add(record, key, KeyPart::Citation(key.options), collector),
                Meaning::Mention(mention) => add_mention(mention, collector),
                _ => {}
            }
        }
    }
}

/// Adds a definition, and the date that it gives.
pub(in crate::corpus) fn define(
    record: &Record<'_>,
    key: &fact::Key<'_>,
    collector: &mut Collector<'_, Key>,
) {
    if key.options.has(KeyOptions::EXCLUDED) {
        return add(record, key, KeyPart::Exclusion, collector);
    }
    add(record, key, KeyPart::Definition(key.options), collector);
    if let Some(base) = base(key) {
        add_later(key, base, collector);
    }
}

/// The document that a revision or a corrigendum revises or corrects.
fn base<'k>(key: &'k fact::Key<'_>) -> Option<&'k str> {
    let Some(Reference::Symbol(symbol)) = &key.symbol else { return None };
    let last = symbol.suffixes.last().filter(|_| symbol.also.is_none())?;
    let (base, suffix) = symbol.key().rsplit_once('/')?;
    let is_last = match last.kind {
        SuffixKind::Revision => suffix.starts_with("Rev."),
        SuffixKind::Corrigendum => suffix.starts_with("Corr."),
        _ => false,
    };
    // Behind the suffix there may be a volume in brackets.
    (is_last && !suffix.ends_with(')')).then_some(base)
}

fn add_later(key: &fact::Key<'_>, base: &str, collector: &mut Collector<'_, Key>) {
    let Some(place) = key.parts.last().map(|part| part.place) else { return };
    let (space, normal) = (collector.store(key.space), collector.store(base));
    let shown = collector.store(&key.shown());
    let (scope, kinds, called) = Default::default();
    let part = KeyPart::Later(key.options);
    collector.add(place, KeyEntry { space, scope, normal, shown, kinds, called, part });
}

fn add(
    record: &Record<'_>,
    key: &fact::Key<'_>,
    part: KeyPart,
    collector: &mut Collector<'_, Key>,
) {
    let Some(place) = key.parts.last().map(|part| part.place) else { return };
    let Some(scope) = scope(record, key.options) else { return };
    let (space, normal) = (collector.store(key.space), collector.store(&key.normal));
    let (scope, shown) = (collector.store(&scope), collector.store(&key.shown()));
    let kinds = match key.link.kinds.as_slice() {
        [] => TextRef::default(),
        [only] => collector.store(only),
        kinds => collector.store(&kinds.join("\n")),
    };
    let called = collector.store(&key.link.called);
    let entry = KeyEntry { space, scope, normal, shown, kinds, called, part };
    collector.add(place, entry.clone());
    let definition = match part {
        KeyPart::Definition(options) => Some(options),
        _ => None,
    };
    add_date(key.date, definition, &entry, collector);
}

/// The record, the file or the event in which a key counts; empty where it counts everywhere, and none in a record without an event.
fn scope<'t>(record: &Record<'t>, options: KeyOptions) -> Option<Cow<'t, str>> {
    let Place { source, record: number, .. } = record.place;
    if options.has(KeyOptions::OF_RECORD) {
        return Some(format!("{} {}", source.index(), number.unwrap_or_default()).into());
    }
    if options.has(KeyOptions::OF_FILE) {
        return Some(source.index().to_string().into());
    }
    if options.has(KeyOptions::OF_EVENT) {
        // An event may itself belong to another one: its own parts are those of its own.
        let event = record.head.own_event().or(record.head.event);
        return event.map(|event| event.value.into());
    }
    Some("".into())
}

/// A citation in prose counts for the date it gives, if it gives just one.
fn add_mention(mention: &Mention<'_>, collector: &mut Collector<'_, Key>) {
    let is_dated = mention.date.is_some() && mention.found.second_date.is_none();
    if !is_dated && !mention.is_kept {
        return;
    }
    if let Some(key) = mention.found.key() {
        let (space, normal) = (collector.store(mention.space), collector.store(&key));
        let shown = collector.store(mention.text);
        let part = KeyPart::Mention;
        let (scope, kinds, called) = Default::default();
        let entry = KeyEntry { space, scope, normal, shown, kinds, called, part };
        if mention.is_kept {
            collector.add(mention.place, entry.clone());
        }
        if is_dated {
            add_date(mention.date, None, &entry, collector);
        }
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

    /// The record or the event in which the key counts; empty where it counts everywhere.
    #[must_use]
    pub fn scope(&self) -> &'c str {
        self.text(self.entry().scope)
    }

    /// The kinds of record that a citation may lead to; none where all are.
    pub fn kinds(&self) -> impl Iterator<Item = &'c str> {
        self.text(self.entry().kinds).lines()
    }

    /// What messages call the list that a cited key must be in, or a key that is excluded from it; empty where the schema does not
    /// say.
    #[must_use]
    pub fn called(&self) -> &'c str {
        self.text(self.entry().called)
    }

    /// The normal form of the key.
    #[must_use]
    pub fn normal(&self) -> &'c str {
        self.text(self.entry().normal)
    }

    /// The key as it is written.
    #[must_use]
    pub fn shown(&self) -> &'c str {
        self.text(self.entry().shown)
    }
}
