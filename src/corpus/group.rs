//! What a rule sees of the corpus: groups and their members.

use std::{cell::OnceCell, collections::HashMap, fmt};

use super::{
    Identities,
    batch::{Batch, Head, TextRef},
    entries::Stored,
    index::Read,
    names::Names,
    relation::Relation,
};
use crate::{
    fact::Digest, finding::Place, schema::Complete, source::Span, sources::SourceId, tree::NodeId,
    vocabulary::Status,
};

/// What all groups share.
#[derive(Debug, Default)]
pub struct Shared {
    /// What was decided on names.
    pub identities: Identities,
    /// The kinds of records that hold such decisions, as the schemas say.
    pub decision_kinds: Vec<String>,
    /// Whether another rule reports records that say the same.
    pub reports_copies: bool,
    /// What the registers of the project list without a gap.
    pub complete: Vec<Complete>,
    /// Names, taken apart once for all places at which they are written alike.
    pub names: Names,
}

/// The entries of all files that share a key.
#[derive(Debug)]
pub struct Group<'c, R: Relation> {
    /// In the order of the paths of the files and of the places in them.
    pub members: Vec<Member<'c, R>>,
    /// What all groups share.
    pub shared: &'c Shared,
    /// Whether the group follows from others: see [`Relation::derived`].
    pub is_derived: bool,
    prepared: OnceCell<R::Prepared>,
}

impl<'c, R: Relation> Group<'c, R> {
    /// A group of these members.
    #[must_use]
    pub fn new(members: Vec<Member<'c, R>>, shared: &'c Shared) -> Self {
        Self { members, shared, is_derived: false, prepared: OnceCell::new() }
    }

    /// The groups of these entries, whose keys have one hash: nearly always just one.
    #[must_use]
    pub fn of(entries: &'c [Read<'c, R>], shared: &'c Shared) -> Vec<Self> {
        let mut groups: Vec<Self> = Vec::with_capacity(1);
        for member in entries.iter().map(Read::member) {
            let same = |group: &&mut Self| group.members[0].key() == member.key();
            match groups.iter_mut().find(same) {
                Some(group) => group.members.push(member),
                None => groups.push(Self::new(vec![member], shared)),
            }
        }
        groups
    }

    /// What several rules need of the group.
    pub fn prepared(&self) -> &R::Prepared {
        self.prepared.get_or_init(|| R::prepare(self))
    }

    /// For each member whether its record says the same as that of one before it, where another rule reports that.
    #[must_use]
    pub fn copies(&self) -> Vec<bool> {
        let mut known = HashMap::new();
        let is_copy = |member: &Member<'_, R>| {
            let record = (member.source(), member.record());
            let content = member.content().filter(|_| self.shared.reports_copies);
            content.is_some_and(|content| *known.entry(content).or_insert(record) != record)
        };
        self.members.iter().map(is_copy).collect()
    }
}

/// One entry of a group.
pub struct Member<'c, R: Relation> {
    batch: &'c Batch,
    stored: &'c Stored<R::Entry>,
}

impl<R: Relation> Clone for Member<'_, R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R: Relation> Copy for Member<'_, R> {}

impl<R: Relation> fmt::Debug for Member<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.stored.fmt(f)
    }
}

impl<'c, R: Relation> Member<'c, R> {
    pub(super) fn new(batch: &'c Batch, stored: &'c Stored<R::Entry>) -> Self {
        Self { batch, stored }
    }

    /// What the record contributes.
    #[must_use]
    pub fn entry(&self) -> &'c R::Entry {
        &self.stored.entry
    }

    /// What it has in common with the other members.
    #[must_use]
    pub fn key(&self) -> R::Key<'c> {
        R::key(&self.stored.entry, &self.batch.texts)
    }

    /// A text that the entry names.
    #[must_use]
    pub fn text(&self, text_ref: TextRef) -> &'c str {
        self.batch.texts.get(text_ref)
    }

    /// Where it is written.
    #[must_use]
    pub fn place(&self) -> Place {
        self.at(self.stored.node, self.stored.span)
    }

    /// Another place in the same record.
    #[must_use]
    pub fn at(&self, node: NodeId, span: Span) -> Place {
        Place { source: self.source(), record: Some(self.head().record), node: Some(node), span }
    }

    /// The source of the record.
    #[must_use]
    pub fn source(&self) -> SourceId {
        self.head().source
    }

    /// The number of the record in its source.
    #[must_use]
    pub fn record(&self) -> u32 {
        self.head().record
    }

    /// The id of the record.
    #[must_use]
    pub fn record_id(&self) -> Option<&'c str> {
        self.given(self.head().id)
    }

    /// The language of the record.
    #[must_use]
    pub fn record_language(&self) -> Option<&'c str> {
        self.given(self.head().language)
    }

    /// The status of the record.
    #[must_use]
    pub fn record_status(&self) -> Option<Status> {
        self.head().status
    }

    /// Whether the record was cancelled or replaced.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        self.record_status().is_some_and(Status::is_gone)
    }

    /// The latest date of the record, where it is certain.
    #[must_use]
    pub fn record_date(&self) -> Option<jiff::civil::Date> {
        self.head().dated.map(|(_, last)| last)
    }

    /// The first date of the record, where it is certain.
    #[must_use]
    pub fn record_first_date(&self) -> Option<jiff::civil::Date> {
        self.head().dated.map(|(first, _)| first)
    }

    /// The kind of the record.
    #[must_use]
    pub fn record_kind(&self) -> Option<&'c str> {
        self.given(self.head().kind)
    }

    /// The record as a whole.
    #[must_use]
    pub fn record_place(&self) -> Place {
        let Head { source, record, node, span, .. } = *self.head();
        Place { source, record: Some(record), node, span }
    }

    /// Whether this entry is where the record is named.
    #[must_use]
    pub fn names_record(&self) -> bool {
        self.stored.span == self.head().span
    }

    /// Equal for records that say the same.
    pub(super) fn content(&self) -> Option<Digest> {
        self.head().content
    }

    fn head(&self) -> &'c Head {
        &self.batch.heads[self.stored.head as usize]
    }

    /// A text that the entry names; `None` where it is empty.
    pub(super) fn given(&self, text_ref: TextRef) -> Option<&'c str> {
        Some(self.text(text_ref)).filter(|text| !text.is_empty())
    }
}
