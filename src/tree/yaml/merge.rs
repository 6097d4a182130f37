//! The merge key of YAML 1.1. Its members are taken over as a reader of YAML 1.1 takes them, so that one key is one finding, and
//! not one for each member that seems to be missing.

use super::{Kind, NodeId, Open, ProblemKind, Reader};
use crate::{
    source::Span,
    tree::{NodeRef, build::Merged},
};

impl Reader<'_> {
    /// If `value` is the value of a merge key and repeats objects by aliases, drops both from the open object and notes the
    /// objects. A merge key with any other value stays an ordinary member.
    pub(super) fn merge(&mut self, value: NodeId) {
        let Some(open) = self.open.last_mut() else { return };
        let Some((key, span)) = open.merge_key else { return };
        if key.index() + 1 != value.index() {
            return;
        }
        let Some(sources) = sources(self.builder.node(value), key) else { return };
        if let Some(first) = open.merged.first() {
            let kind = ProblemKind::DuplicateKey { key: "<<".to_owned(), first: first.key };
            self.builder.problem(span, kind);
        }
        let merged = |(source, at)| Merged { before: key, key: span, source, span: at };
        open.merged.extend(sources.into_iter().map(merged));
        open.merge_key = None;
        self.builder.drop_member(key);
        // An anchor of the key itself.
        if let Some(last) = self.anchors.last_mut() {
            *last = last.filter(|anchor| anchor.target < key);
        }
    }

    /// Writes the members of merged objects into the object that ends here. What comes after them moves on.
    pub(super) fn write_merged(&mut self, open: &Open) {
        let Some(moved) = self.builder.merge(&open.merged) else { return };
        // As many nodes as the aliases were counted for, and now they are there.
        self.nodes += moved.added();
        let first = open.merged.first().map(|merged| merged.before);
        for anchor in self.anchors.iter_mut().rev().flatten() {
            // The numbers of the anchors are in the order of their targets.
            if Some(anchor.target) < first {
                break;
            }
            anchor.target = moved.id(anchor.target);
        }
    }
}

/// The objects that a merge key repeats, each with the alias: one, or those of a list. `None` if something else is there, or if an
/// object is written below the key itself.
fn sources(value: NodeRef<'_>, key: NodeId) -> Option<Vec<(NodeId, Span)>> {
    let object = |node: NodeRef<'_>, span: Span| {
        let node = node.resolved();
        (node.is_object() && node.id() < key).then(|| (node.id(), span))
    };
    match value.kind() {
        Kind::Object => object(value, value.span()).map(|one| vec![one]),
        Kind::Array => {
            let is_inline = value.resolved().id() > key;
            let at = |node: NodeRef<'_>| if is_inline { node.span() } else { value.span() };
            value.elements().map(|node| object(node, at(node))).collect()
        }
        _ => None,
    }
}
