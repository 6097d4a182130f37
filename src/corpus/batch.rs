//! What is kept of the records of some files: small entries and the texts in them. Trees are not kept.

use std::{ops::Range, sync::Arc};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    entries::{AnyEntries, Entries, Stored},
    names::{Names, ReadName},
    relation::{self, Copies, Key, RELATIONS, Relation, number_of},
};
use crate::{
    digest,
    fact::{Content, Digest, Meaning, Record, Text},
    finding::Place,
    source::Span,
    sources::SourceId,
    tree::NodeId,
    vocabulary::{FactKinds, Status},
};

/// Texts, one after the other, each after its length.
#[derive(Clone, Debug, Default)]
pub struct TextStore {
    all: String,
    /// Those that were kept last, by their hash: a record says the same text for many of its entries.
    last: Vec<TextRef>,
}

/// So many texts are looked for among those that were kept last.
const LAST: usize = 512;
/// A longer text is hardly ever said twice.
const LONGEST: usize = 120;

/// A length is written in letters of ASCII, so that it can stand among texts: each holds so many bits, the lowest first.
const BITS: u32 = 6;
/// The letter has this bit too if another follows.
const MORE: u8 = 1 << BITS;
/// So many letters write any length below 4 GiB.
const LETTERS: usize = 6;

/// A text among [`TextStore`]: where its length is written. At 0 is the empty text.
///
/// Entries hold many of them, and there are many entries: four bytes for each, instead of a place and a length, take a
/// quarter off the memory of a large project.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextRef(u32);

impl TextStore {
    fn store(&mut self, text: &str) -> TextRef {
        if text.is_empty() {
            return TextRef::default();
        }
        if text.len() > LONGEST {
            return self.push(text);
        }
        if self.last.is_empty() {
            self.last = vec![TextRef::default(); LAST];
        }
        let at = digest::of(text) as usize % LAST;
        if self.get(self.last[at]) != text {
            self.last[at] = self.push(text);
        }
        self.last[at]
    }

    fn push(&mut self, text: &str) -> TextRef {
        if self.all.is_empty() {
            self.push_length(0);
        }
        // Files of so many bytes are refused; if all texts of several came to as many, the rest would be kept as empty.
        let Ok(at) = u32::try_from(self.all.len()) else { return TextRef::default() };
        self.push_length(text.len());
        self.all.push_str(text);
        TextRef(at)
    }

    fn push_length(&mut self, mut length: usize) {
        loop {
            let (bits, rest) = (length as u8 & (MORE - 1), length >> BITS);
            self.all.push(char::from(if rest > 0 { bits | MORE } else { bits }));
            if rest == 0 {
                return;
            }
            length = rest;
        }
    }

    /// A text that is kept here.
    #[must_use]
    pub fn get(&self, text_ref: TextRef) -> &str {
        let mut start = text_ref.0 as usize;
        let letters = self.all.as_bytes().get(start..).unwrap_or_default();
        let (mut length, mut shift) = (0, 0);
        for letter in letters.iter().take(LETTERS) {
            length |= usize::from(letter & (MORE - 1)) << shift;
            (start, shift) = (start + 1, shift + BITS);
            if letter & MORE == 0 {
                break;
            }
        }
        self.all.get(start..start.saturating_add(length)).unwrap_or_default()
    }
}

/// What is kept of one record.
#[derive(Clone, Copy, Debug)]
pub struct Head {
    pub(super) source: SourceId,
    pub(super) record: u32,
    pub(super) id: TextRef,
    pub(super) kind: TextRef,
    pub(super) language: TextRef,
    pub(super) status: Option<Status>,
    /// The first and the last date of the record.
    pub(super) dated: Option<(Date, Date)>,
    pub(super) node: Option<NodeId>,
    pub(super) span: Span,
    /// What [`Content::digest`] gives.
    pub(super) content: Option<Digest>,
}

/// What is kept of the records of some files.
#[derive(Debug)]
pub struct Batch {
    pub(super) heads: Vec<Head>,
    pub(super) texts: TextStore,
    /// By the number of the relation; empty for one that no rule asks for.
    pub(super) entries: Vec<Box<dyn AnyEntries>>,
}

/// Which relations are wanted, by their numbers.
pub type Wanted = [bool; RELATIONS.len()];

impl Default for Batch {
    fn default() -> Self {
        let entries = RELATIONS.iter().map(|relation| relation.entries()).collect();
        Self { heads: Vec::new(), texts: TextStore::default(), entries }
    }
}

impl Batch {
    /// Adds what a record contributes. Records are added in the order of the files and of the records in them. What does
    /// not concern other records is only taken of one that `is_sound`: of a file that could be read to its end.
    pub fn add(&mut self, record: &Record<'_>, is_sound: bool, wanted: &Wanted, names: &Names) {
        let head = &record.head;
        let has_copies = wanted[number_of::<Copies>()];
        let text_ref = Head {
            id: self.texts.store(value_of(head.id)),
            kind: self.texts.store(record.kind.as_deref().unwrap_or_default()),
            language: self.texts.store(value_of(head.language)),
            status: head.state(),
            dated: record.dates(),
            content: Content::of(record).filter(|_| has_copies).and_then(Content::digest),
            ..Head::unnamed(record.place)
        };
        let (number, content) = (self.push(text_ref), text_ref.content);
        let kinds = FactKinds::of(record);
        for ((relation, entries), wanted) in RELATIONS.iter().zip(&mut self.entries).zip(wanted) {
            if !*wanted {
                continue;
            }
            let texts = &mut self.texts;
            let origin = Origin { head: number, is_sound, content, texts, names };
            if relation.facts().is_none_or(|facts| facts.meet(kinds)) {
                relation.take(record, origin, entries.as_mut());
            } else if cfg!(debug_assertions) {
                let before = entries.bytes();
                relation.take(record, origin, entries.as_mut());
                assert_eq!(entries.bytes(), before, "{relation:?} looks at other facts too");
            }
        }
    }

    /// Adds what the last record contributes for the rules of a project: keys that are defined and cited.
    pub fn add_own(&mut self, own: &Record<'_>, is_sound: bool, wanted: &Wanted, names: &Names) {
        let (head, number) = (self.len().saturating_sub(1) as u32, number_of::<Key>());
        if wanted[number] {
            let texts = &mut self.texts;
            let origin = Origin { head, is_sound, content: None, texts, names };
            if let Some(mut collector) = Collector::new(origin, self.entries[number].as_mut()) {
                Key::take(own, &mut collector);
            }
        }
    }

    /// Adds what a row of a table contributes: the keys that are known to exist, and nothing that is compared.
    pub fn add_row(&mut self, row: &Record<'_>, wanted: &Wanted, names: &Names) {
        let head = self.push(Head::unnamed(row.place));
        let number = number_of::<Key>();
        if !wanted[number] {
            return;
        }
        let texts = &mut self.texts;
        let origin = Origin { head, is_sound: true, content: None, texts, names };
        if let Some(mut collector) = Collector::new(origin, self.entries[number].as_mut()) {
            for fact in &row.facts {
                if let Meaning::Defines(key) = &fact.meaning {
                    relation::key::define(row, key, &mut collector);
                }
            }
        }
    }

    /// Takes note of an unknown record, so that the numbers of the others hold.
    pub fn add_unknown(&mut self, place: Place) {
        self.push(Head::unnamed(place));
    }

    fn push(&mut self, head: Head) -> u32 {
        self.heads.push(head);
        self.heads.len() as u32 - 1
    }

    /// Gives back the memory that growing took ahead.
    pub fn shrink(&mut self) {
        self.heads.shrink_to_fit();
        self.texts.all.shrink_to_fit();
        self.texts.last = Vec::new();
        self.entries.iter_mut().for_each(|entries| entries.shrink());
    }

    /// How many records there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.heads.len()
    }

    /// Whether there is no record.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.heads.is_empty()
    }

    /// The id and the kind of a record, where it has them; `records` are those of its file.
    #[must_use]
    pub fn name_of(&self, records: &Range<u32>, record: u32) -> (Option<&str>, Option<&str>) {
        let number = records.start.checked_add(record).filter(|number| records.contains(number));
        let Some(head) = number.and_then(|number| self.heads.get(number as usize)) else {
            return (None, None);
        };
        let some = |text_ref| Some(self.texts.get(text_ref)).filter(|text| !text.is_empty());
        (some(head.id), some(head.kind))
    }

    /// The records of a kind that have no id, each with its number.
    pub(super) fn unnamed(&self, kind: &str) -> impl Iterator<Item = (u32, Place)> {
        let is_unnamed =
            move |head: &Head| self.texts.get(head.kind) == kind && head.id == TextRef::default();
        let numbered = (0..).zip(&self.heads).filter(move |(_, head)| is_unnamed(head));
        numbered.map(|(number, head)| {
            let Head { source, record, node, span, .. } = *head;
            (number, Place { source, record: Some(record), node, span })
        })
    }

    /// The entry of a relation that begins there.
    pub(super) fn entry<R: Relation>(&self, number: usize, at: u32) -> Option<Stored<R::Entry>> {
        Some(self.typed::<R>(number)?.get(at)?.0)
    }

    /// The entries of a relation, in their order.
    pub(super) fn entries_of<R: Relation>(
        &self,
        number: usize,
    ) -> impl Iterator<Item = Stored<R::Entry>> + use<'_, R> {
        let (entries, mut at) = (self.typed::<R>(number), 0);
        std::iter::from_fn(move || {
            let (stored, next) = entries?.get(at)?;
            at = next;
            Some(stored)
        })
    }

    fn typed<R: Relation>(&self, number: usize) -> Option<&Entries<R>> {
        self.entries.get(number)?.as_any().downcast_ref()
    }
}

impl Head {
    fn unnamed(place: Place) -> Self {
        let none = TextRef::default();
        Self {
            source: place.source,
            record: place.record.unwrap_or_default(),
            id: none,
            kind: none,
            language: none,
            status: None,
            dated: None,
            node: place.node,
            span: place.span,
            content: None,
        }
    }
}

/// The record that entries are taken of.
#[derive(Debug)]
pub(super) struct Origin<'b> {
    head: u32,
    is_sound: bool,
    content: Option<Digest>,
    texts: &'b mut TextStore,
    names: &'b Names,
}

/// Takes the entries of one relation.
#[derive(Debug)]
pub struct Collector<'b, R: Relation> {
    origin: Origin<'b>,
    entries: &'b mut Entries<R>,
}

impl<'b, R: Relation> Collector<'b, R> {
    pub(super) fn new(origin: Origin<'b>, entries: &'b mut dyn AnyEntries) -> Option<Self> {
        let entries = entries.as_any_mut().downcast_mut()?;
        Some(Self { origin, entries })
    }

    /// Whether the record is of a file that could be read to its end.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.origin.is_sound
    }

    /// A digest of all that the record says, where a copy of it would be a mistake.
    #[must_use]
    pub fn content(&self) -> Option<Digest> {
        self.origin.content
    }

    /// A name, taken apart.
    #[must_use]
    pub fn name(&self, text: &str) -> Arc<ReadName> {
        self.origin.names.read(text)
    }

    /// Keeps a text that entries name.
    pub fn store(&mut self, text: &str) -> TextRef {
        self.origin.texts.store(text)
    }

    /// The same for a value that may be missing: then the text is empty.
    pub fn store_value(&mut self, text: Option<Text<'_>>) -> TextRef {
        self.store(value_of(text))
    }

    /// Adds an entry that is written at `place`.
    pub fn add(&mut self, place: Place, entry: R::Entry) {
        let Some(node) = place.node else { return };
        let head = self.origin.head;
        let stored = Stored { head, node, span: place.span, entry };
        self.entries.push(&stored, self.origin.texts);
    }
}

pub(super) fn value_of(text: Option<Text<'_>>) -> &str {
    text.map_or("", |text| text.value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_every_length_are_kept_and_read_back() {
        let mut texts = TextStore::default();
        assert_eq!(texts.get(TextRef::default()), "", "before anything is kept");
        let lengths = [0, 1, 63, 64, 65, 120, 121, 4095, 4096, 4097, 300_000];
        let all: Vec<String> = lengths.iter().map(|length| "é".repeat(*length)).collect();
        let text_ref: Vec<TextRef> = all.iter().map(|text| texts.store(text)).collect();
        for (text, text_ref) in all.iter().zip(text_ref) {
            assert_eq!(texts.get(text_ref), text, "{} bytes", text.len());
        }
        assert_eq!(texts.get(TextRef::default()), "", "after others were kept");
    }

    #[test]
    fn a_text_that_was_kept_before_is_not_kept_again() {
        let mut texts = TextStore::default();
        let (once, other) = (texts.store("once"), texts.store("other"));
        let bytes = texts.all.len();
        assert_ne!(once, other);
        assert_eq!(texts.store("once"), once);
        assert_eq!(texts.all.len(), bytes);
    }

    #[test]
    fn what_is_at_no_text_is_empty_or_some_text_and_no_panic() {
        let mut texts = TextStore::default();
        texts.store(&"\u{7f}~é".repeat(20));
        for at in 0..200 {
            assert!(texts.get(TextRef(at)).len() < 200);
        }
        assert_eq!(texts.get(TextRef(u32::MAX)), "");
    }
}
