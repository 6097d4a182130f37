//! Syntax, schema, shape.

pub(super) mod allowance_by_index;
pub(super) mod allowance_expired;
pub(super) mod allowance_invalid;
pub(super) mod allowance_unused;
pub(super) mod ambiguous_scalar;
pub(super) mod baseline_stale;
pub(super) mod blank_text;
pub(super) mod duplicate_key;
pub(super) mod merge_key;
pub(super) mod placeholder_text;
pub(super) mod schema;
pub(super) mod sequence_gap;
pub(super) mod syntax;
pub(super) mod truncated_value;
pub(super) mod unknown_kind;
pub(super) mod value_cut_by_comment;
pub(super) mod vocabulary;

use crate::{
    finding::Place,
    source::Span,
    sources::SourceId,
    tree::{NodeRef, Tree},
};

/// Finds the record and the value that contain a problem of a source.
struct Places<'t> {
    tree: &'t Tree,
    source: SourceId,
    /// Where each record begins.
    starts: Vec<u32>,
}

impl<'t> Places<'t> {
    /// The places of a tree; `source` is its number in the run.
    fn of(tree: &'t Tree, source: SourceId) -> Self {
        // Most sources have no problem, and then nothing needs the records.
        let records = if tree.problems().is_empty() { Vec::new() } else { tree.records() };
        let starts = records.iter().map(|record| record.span().start).collect();
        Self { tree, source, starts }
    }

    fn at(&self, span: Span) -> Place {
        let node = self.tree.node_at_offset(span.start).map(NodeRef::id);
        let before = self.starts.partition_point(|start| *start <= span.start);
        let record = node.and(before.checked_sub(1)).map(|record| record as u32);
        Place { source: self.source, record, node, span }
    }
}
