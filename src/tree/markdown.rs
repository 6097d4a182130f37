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

pub use self::anchor::{Anchors, anchor};
use super::{Builder, Kind};
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
