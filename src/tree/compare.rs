//! Whether two trees hold the same values.

use super::{Kind, NodeId, NodeRef, Tree};

impl Tree {
    /// The nodes that aliases refer to.
    pub fn alias_targets(&self) -> impl Iterator<Item = NodeRef<'_>> {
        self.nodes.iter().filter_map(|node| match node.kind {
            Kind::Alias(target) => Some(self.node(target)),
            _ => None,
        })
    }

    /// Whether `other` has the same nodes in the same order, with the same values but for those that `expected` names, which have the
    /// expected text, and the same problems.
    #[must_use]
    pub fn differs_only_in<'e>(
        &self,
        other: &Self,
        expected: impl Fn(NodeId) -> Option<&'e str>,
    ) -> bool {
        let is_same = |(number, (own, others)): (u32, (&super::Node, &super::Node))| {
            let text = expected(NodeId(self.first + number)).unwrap_or_else(|| self.text_of(own));
            own.kind == others.kind
                && own.style == others.style
                && own.is_key == others.is_key
                && own.after == others.after
                && other.text_of(others) == text
        };
        self.first == other.first
            && self.nodes.len() == other.nodes.len()
            && self.roots == other.roots
            && self.problems.len() == other.problems.len()
            && (0..).zip(self.nodes.iter().zip(&other.nodes)).all(is_same)
    }
}
