//! Suppressions (`Allowance`): findings that a project accepts, with a reason.
//!
//! A comment in YAML or Markdown suppresses findings, and so does a member [`KEY`] in any record, and the configuration. A
//! suppression is about a value and everything in it, never about a line, so it moves with the value. Findings that
//! were there before a project began to check are in its baseline.

pub mod baseline;
mod comment;
mod member;

use jiff::civil::Date;

use crate::{
    finding::Place,
    source::{Span, Syntax},
    sources::SourceId,
    tree::{Lookup, NodeRef, Tree},
};

pub use baseline::Baseline;
pub use member::KEY;

/// A suppression: rules whose findings are accepted in a scope.
#[derive(Clone, Debug)]
pub struct Allowance {
    /// The rules whose findings are accepted, each with the place where it is named.
    pub rules: Vec<(String, Place)>,
    /// The value that it is about; `None` for those of the configuration, which name no bytes.
    pub scope: Option<Scope>,
    /// Why.
    pub reason: String,
    /// The last day on which it holds, and where that is written.
    pub until: Option<(Date, Place)>,
}

/// A value of a record. A finding is in it if both its bytes and its pointer are: a record in YAML begins where its
/// first member does, and a finding on the one is not a finding on the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// Its bytes.
    pub span: Span,
    /// JSON Pointer to it from the root of its record.
    pub pointer: String,
}

impl Scope {
    /// Whether a finding at this byte and pointer is in it.
    #[must_use]
    pub fn holds(&self, offset: u32, pointer: &str) -> bool {
        self.span.range().contains(&(offset as usize)) && is_below(pointer, &self.pointer)
    }
}

/// Whether a pointer leads to what another leads to, or into it.
#[must_use]
pub fn is_below(pointer: &str, other: &str) -> bool {
    let rest = pointer.strip_prefix(other);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Whether a pointer that may name list items by their keys leads to what a finding is about, or to what that is in. The
/// finding has its pointer by index and by key.
#[must_use]
pub fn leads_to(pointer: &str, by_index: &str, by_key: &str) -> bool {
    if is_below(by_index, pointer) {
        return true;
    }
    let mut tokens = by_index.split('/').zip(by_key.split('/'));
    pointer.split('/').all(|token| {
        tokens.next().is_some_and(|(by_index, by_key)| token == by_index || token == by_key)
    })
}

/// A suppression in the configuration.
#[derive(Clone, Debug)]
pub struct Exception {
    /// The record that it is about; every record where there is none.
    pub record: Option<String>,
    /// The value that it is about, as a pointer from the root of the record, and where that is written. It may name the
    /// items of lists by their keys.
    pub pointer: Option<(String, Place)>,
    /// The finding that it is about, and where that is written. Then it may name no rule.
    pub fingerprint: Option<(String, Place)>,
    /// What is allowed.
    pub allowance: Allowance,
}

/// A pointer of the configuration that names an item of a list by its index, where the item has a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByIndex {
    /// The pointer as it is written.
    pub pointer: String,
    /// The pointer by key.
    pub better: String,
    /// Where the pointer is written.
    pub place: Place,
}

/// What a suppression in the configuration names and the records do not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// No record has this id.
    Record(String),
    /// The record has no value at the pointer.
    Value {
        /// The id of the record.
        record: String,
        /// The pointer.
        pointer: String,
    },
}

/// A malformed suppression, which has no effect.
#[derive(Clone, Debug)]
pub struct Unusable {
    /// What is wrong with it.
    pub message: String,
    /// Where.
    pub place: Place,
    /// What to do about it.
    pub help: String,
    /// Whether it may not be meant as a suppression: a comment that only resembles one.
    pub is_near_miss: bool,
}

/// The suppressions in one source.
#[derive(Clone, Debug, Default)]
pub struct Allowances {
    /// Those that can be used, in the order of the text.
    pub usable: Vec<Allowance>,
    /// The others.
    pub unusable: Vec<Unusable>,
}

impl Allowances {
    /// Reads the suppressions in a source.
    #[must_use]
    pub fn read(tree: &Tree, source: SourceId) -> Self {
        let mut reader = Reader {
            tree,
            source,
            lookup: Lookup::default(),
            records: None,
            found: Self::default(),
        };
        member::read(&mut reader);
        if matches!(tree.source().syntax, Syntax::Yaml | Syntax::Markdown) {
            comment::read(&mut reader);
        }
        reader.found.usable.sort_by_key(|one| one.rules.first().map(|(_, place)| place.span));
        reader.found
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.usable.is_empty() && self.unusable.is_empty()
    }
}

/// What the readers of both forms need.
struct Reader<'t> {
    tree: &'t Tree,
    source: SourceId,
    lookup: Lookup<'t>,
    /// The records, once they were needed.
    records: Option<Vec<NodeRef<'t>>>,
    found: Allowances,
}

impl<'t> Reader<'t> {
    /// The record at an offset, with its number.
    fn record_at(&mut self, offset: u32) -> Option<(u32, NodeRef<'t>)> {
        let tree = self.tree;
        let records = self.records.get_or_insert_with(|| tree.records());
        let before = records.partition_point(|record| record.span().start <= offset);
        let number = before.checked_sub(1)?;
        Some((number as u32, *records.get(number)?))
    }

    /// The value of a node, from the byte at which it begins for those who read, such as that of its key.
    fn scope(&mut self, node: NodeRef<'t>, span: Span) -> Scope {
        let root = self.record_at(node.span().start).map(|(_, record)| record.id());
        let pointer = root.map(|root| self.lookup.pointer_from(node, root)).unwrap_or_default();
        Scope { span, pointer }
    }

    /// The place of some bytes.
    fn place(&mut self, span: Span) -> Place {
        let record = self.record_at(span.start).map(|(number, _)| number);
        let tree = self.tree;
        let node = tree.node_at_offset(span.start).map(NodeRef::id);
        Place { source: self.source, record: node.and(record), node, span }
    }

    fn unusable(&mut self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        let place = self.place(span);
        let (message, help) = (message.into(), help.into());
        self.found.unusable.push(Unusable { message, place, help, is_near_miss: false });
    }
}

#[cfg(test)]
mod tests {
    use super::leads_to;

    #[test]
    fn a_pointer_names_items_by_index_or_by_key() {
        let at =
            |pointer| leads_to(pointer, "/slots/3/speakers/0/name", "/slots/s~1/speakers/0/name");
        for pointer in [
            "",
            "/slots",
            "/slots/3",
            "/slots/s~1",
            "/slots/s~1/speakers/0",
            "/slots/3/speakers/0/name",
            "/slots/s~1/speakers/0/name",
        ] {
            assert!(at(pointer), "{pointer}");
        }
        for pointer in [
            "/",
            "/s~1",
            "/slots/0",
            "/slots/s",
            "/slots/s~1/",
            "/slots/s~1/speakers/1",
            "/slots/s~1/speakers/0/name/0",
        ] {
            assert!(!at(pointer), "{pointer}");
        }
    }
}
