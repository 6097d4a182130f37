//! Markdown with or without front matter: one object with the members of the front matter and `sections`, which holds what is
//! under each heading. `docs/markdown.md` describes the shape.
//!
//! `pulldown-cmark` reads the syntax. What is quoted, code, HTML or struck out is kept apart, so that no fact is taken from it.

mod anchor;
mod fields;
mod front;
mod html;
mod pieces;
#[cfg(test)]
mod properties;
mod scan;
mod sections;
#[cfg(test)]
mod tests;

pub use self::anchor::{Anchors, anchor, slug};
use super::{Builder, Kind, NodeRef, Tree};
use crate::source::Span;

/// Where the HTML of a text is: its comments are among it.
#[must_use]
pub fn html(text: &str) -> Vec<Span> {
    scan::html(text, body_of(text))
}

/// Where the body of a text begins: after the front matter, if it has any.
#[must_use]
pub fn body_of(text: &str) -> usize {
    front::body_of(text)
}

/// The member that holds the body.
const SECTIONS: &str = "sections";

pub(super) fn parse(builder: &mut Builder) {
    let source = builder.source();
    let body = front::read(builder, &source);
    if builder.depth() == 0 {
        let root = builder.open(Kind::Object, source.bom_len());
        builder.root(root);
    }
    let document = scan::read(&source.text, body);
    sections::write(builder, &source.text, &document);
    builder.close(source.text.len() as u32);
}

/// The targets of the links in the body of a tree in Markdown.
pub fn links(tree: &Tree) -> impl Iterator<Item = NodeRef<'_>> {
    members(tree, "to").filter(|node| {
        let list = node.parent().and_then(NodeRef::parent);
        list.and_then(NodeRef::key).and_then(NodeRef::as_str) == Some("links")
    })
}

/// The texts of the headings in the body of a tree in Markdown, in their order.
pub fn headings(tree: &Tree) -> impl Iterator<Item = &str> {
    members(tree, "heading").filter_map(NodeRef::as_str)
}

/// The texts of this name in the body.
fn members<'t>(tree: &'t Tree, name: &'static str) -> impl Iterator<Item = NodeRef<'t>> {
    let body = body_of(&tree.source().text) as u32;
    let nodes = (0..tree.len()).filter_map(|index| tree.node_at_index(index));
    nodes.filter(move |node| {
        let is_text = node.written_kind() == Kind::String && !node.is_key();
        is_text && node.span().start >= body && node.key().and_then(NodeRef::as_str) == Some(name)
    })
}
