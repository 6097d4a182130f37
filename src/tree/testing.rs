//! What the tests of both readers share.

use std::sync::Arc;

use super::{NodeRef, Problem, ProblemKind, Tree, value::to_value};
use crate::source::{Source, Span, Syntax};

pub(super) fn tree(syntax: Syntax, text: &str) -> Tree {
    Tree::parse(Arc::new(Source::new("record", syntax, text)))
}

/// The value of the only root.
pub(super) fn value(tree: &Tree) -> serde_json::Value {
    assert_eq!(tree.roots().len(), 1, "{:?}", tree.problems());
    to_value(tree.node(tree.roots()[0]))
}

/// Spans lie inside those of their parents and follow one another; verbatim strings are what the
/// source says; keys and values alternate.
pub(super) fn assert_sound(tree: &Tree) {
    let mut nodes = (0..tree.len()).map(|index| tree.node_at_index(index).unwrap());
    assert!(nodes.all(|node| {
        let span = node.span();
        assert!(span.start <= span.end, "{node:?}");
        assert!(tree.source().text.get(span.range()).is_some(), "{node:?} cuts a character");
        if let Some(parent) = node.parent() {
            assert!(parent.span().contains(span), "{node:?} leaves {parent:?}");
        }
        if node.is_verbatim() {
            assert_eq!(node.as_str(), Some(tree.source().slice(node.inner_span())));
        }
        assert_in_order(node.elements().collect());
        let members = node.members();
        assert_in_order(members.clone().flat_map(|(key, value)| [key, value]).collect());
        members.clone().for_each(|(key, value)| {
            assert!(key.is_key() && !value.is_key() && key.as_str().is_some(), "{key:?}");
            assert_eq!(value.key().map(NodeRef::id), Some(key.id()));
        });
        true
    }));
    assert!(tree.problems().is_sorted_by_key(|problem| problem.span));
    for problem in tree.problems() {
        assert!(tree.source().text.get(problem.span.range()).is_some(), "{problem:?}");
    }
}

/// As [`assert_sound`], for a tree in which what belongs together is together, though other things are written between.
pub(super) fn assert_in_text(tree: &Tree) {
    for node in (0..tree.len()).filter_map(|index| tree.node_at_index(index)) {
        let span = node.span();
        assert!(span.start <= span.end, "{node:?}");
        assert!(tree.source().text.get(span.range()).is_some(), "{node:?} cuts a character");
        if let Some(parent) = node.parent() {
            assert!(parent.span().contains(span), "{node:?} leaves {parent:?}");
        }
        if node.is_verbatim() {
            assert_eq!(node.as_str(), Some(tree.source().slice(node.inner_span())));
        }
        for (key, value) in node.members() {
            assert!(key.is_key() && !value.is_key() && key.as_str().is_some(), "{key:?}");
        }
    }
    for problem in tree.problems() {
        assert!(tree.source().text.get(problem.span.range()).is_some(), "{problem:?}");
    }
}

fn assert_in_order(nodes: Vec<NodeRef<'_>>) {
    let written: Vec<NodeRef<'_>> = nodes.into_iter().collect();
    for pair in written.windows(2) {
        // Members that a merge key brings are all at its value.
        let (one, next) = (pair[0].span(), pair[1].span());
        assert!(one.end <= next.start || one == next, "{pair:?}");
    }
}

/// The only syntax problem: the text it marks, its message, its help.
pub(super) fn syntax_problem(tree: &Tree) -> (Span, &str, &str) {
    let found: Vec<_> = tree.problems().iter().filter_map(as_syntax).collect();
    assert_eq!(found.len(), 1, "{:?}", tree.problems());
    found[0]
}

fn as_syntax(problem: &Problem) -> Option<(Span, &str, &str)> {
    match &problem.kind {
        ProblemKind::Syntax { message, help, .. } => {
            Some((problem.span, message.as_str(), help.as_deref().unwrap_or_default()))
        }
        _ => None,
    }
}
