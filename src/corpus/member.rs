//! What a rule sees of the corpus: groups and their members.

use std::{collections::HashSet, sync::Arc};

use super::{Bound, Contribution, Detail, Entry, Identities, Kept, KeptHead, ReadName, Relation};
use crate::{
    fact::{Outline, Sketch},
    finding::Place,
    source::Span,
    tree::{NodeId, Packed},
};

/// The entries of all files that share a key.
#[derive(Debug)]
pub struct Group<'c> {
    /// What the members share.
    pub relation: Relation,
    /// In the order of the files and of the places in them.
    pub members: Vec<Member<'c>>,
    /// Whether every file of the run could be read: only then is what is missing really missing.
    pub complete: bool,
    /// For [`super::Relation::Version`]: the outlines of the members that stand in [`super::pairs`].
    pub outlines: Vec<Option<Outline>>,
    /// For [`Relation::Name`] where not all are written alike: the name of each member, taken apart.
    pub names: Vec<Arc<ReadName>>,
    /// What was decided on names.
    pub identities: &'c Identities,
    /// For [`Relation::Name`]: whether it was decided that all are names of one person. Such a group has
    /// no word in common.
    pub is_decided: bool,
    /// For [`Relation::Prose`] and [`Relation::Single`], where another rule reports that records say the same: whether
    /// the record of each member says the same as that of one before it.
    pub copies: Vec<bool>,
}

impl<'c> Group<'c> {
    /// A group of these members.
    pub(super) fn new(
        relation: Relation,
        members: Vec<Member<'c>>,
        complete: bool,
        identities: &'c Identities,
    ) -> Self {
        Self {
            relation,
            members,
            complete,
            outlines: Vec::new(),
            names: Vec::new(),
            identities,
            is_decided: false,
            copies: Vec::new(),
        }
    }

    /// Takes note of the records that say the same as others.
    pub(super) fn find_copies(&mut self) {
        let mut known = HashSet::new();
        let is_copy = |member: &Member<'_>| member.head().content.is_some_and(|c| !known.insert(c));
        self.copies = self.members.iter().map(is_copy).collect();
    }

    /// Whether the record of a member says the same as that of one before it, which another rule reports.
    #[must_use]
    pub fn is_copy(&self, member: usize) -> bool {
        self.copies.get(member).copied().unwrap_or_default()
    }
}

/// One entry of a group.
#[derive(Clone, Copy, Debug)]
pub struct Member<'c> {
    pub(super) file: &'c Contribution,
    pub(super) entry: &'c Entry,
    pub(super) source: u32,
}

impl<'c> Member<'c> {
    /// Where it is written.
    #[must_use]
    pub fn place(&self) -> Place {
        self.at(self.entry.node, self.entry.span)
    }

    /// Where a moment of it is written.
    #[must_use]
    pub fn bound_place(&self, bound: &Bound) -> Place {
        self.at(bound.node, bound.span)
    }

    /// What it is.
    #[must_use]
    pub fn detail(&self) -> &'c Detail {
        &self.entry.detail
    }

    /// The name of the key space, for [`Relation::Key`].
    #[must_use]
    pub fn space(&self) -> &'c str {
        self.file.text(self.entry.key).split_once('\u{1f}').map_or("", |(space, _)| space)
    }

    /// The normal form of the key, for [`Relation::Key`].
    #[must_use]
    pub fn normal(&self) -> &'c str {
        self.file.text(self.entry.key).split_once('\u{1f}').map_or("", |(_, normal)| normal)
    }

    /// The key or value as people write it.
    #[must_use]
    pub fn shown(&self) -> &'c str {
        self.file.text(self.entry.shown)
    }

    /// What is kept of the text, for [`Relation::Prose`].
    #[must_use]
    pub fn sketch(&self) -> Option<&'c Sketch> {
        match self.entry.detail {
            Detail::Prose(sketch) => self.file.sketches.get(sketch as usize),
            _ => None,
        }
    }

    /// What is kept of the record itself.
    #[must_use]
    pub fn packed(&self) -> Option<&'c Packed> {
        self.file.packed(self.entry.record)
    }

    /// The number of the source in the run.
    #[must_use]
    pub fn source(&self) -> u32 {
        self.source
    }

    /// The number of the record in its source.
    #[must_use]
    pub fn record(&self) -> u32 {
        self.entry.record
    }

    /// The id of the record.
    #[must_use]
    pub fn record_id(&self) -> Option<&'c str> {
        self.some(self.head().id)
    }

    /// The language of the record.
    #[must_use]
    pub fn record_language(&self) -> Option<&'c str> {
        self.some(self.head().language)
    }

    /// Where the record stands in its life.
    #[must_use]
    pub fn record_status(&self) -> Option<&'c str> {
        self.some(self.head().status)
    }

    /// The record as a whole.
    #[must_use]
    pub fn record_place(&self) -> Place {
        let head = self.head();
        let record = Some(self.entry.record);
        Place { source: self.source, record, node: head.node, span: head.span }
    }

    /// Whether this entry stands where the record is named.
    #[must_use]
    pub fn names_record(&self) -> bool {
        self.entry.span == self.head().span
    }

    pub(super) fn head(&self) -> KeptHead {
        self.file.heads.get(self.entry.record as usize).copied().unwrap_or_default()
    }

    pub(super) fn some(&self, kept: Kept) -> Option<&'c str> {
        Some(self.file.text(kept)).filter(|text| !text.is_empty())
    }

    pub(super) fn at(&self, node: NodeId, span: Span) -> Place {
        Place { source: self.source, record: Some(self.entry.record), node: Some(node), span }
    }

    pub(super) fn key(&self) -> (Relation, &'c str) {
        (self.entry.relation, self.file.text(self.entry.key))
    }
}
