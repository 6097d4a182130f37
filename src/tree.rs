//! The tree of one source: every value with the bytes it was written in, from JSON, YAML or Markdown alike.
//!
//! All nodes of a source are in one arena in the order in which they are written. An object's
//! children are key, value, key, value; `after` leads past a whole subtree. Strings without escapes
//! are read straight from the source; only the others are decoded into a buffer of the tree.

mod build;
mod compare;
mod csv;
mod failure;
mod json;
mod lookup;
pub mod markdown;
mod node;
mod supplied;
#[cfg(test)]
mod testing;
pub mod value;
mod yaml;

pub use self::csv::{Columns, header};
pub use build::Builder;
pub use lookup::Lookup;
pub use node::{Elements, Members, NodeRef, escape, unescape};
pub use supplied::{PathForm, Scalar, Supplied, SuppliedValue};

use std::sync::{Arc, OnceLock};

use elsa::sync::FrozenVec;
use serde::{Deserialize, Serialize};

use crate::source::{Source, Span, Syntax};

/// How deep containers may nest: the most that `serde_json` reads, far above any record.
pub const MAX_DEPTH: usize = 127;

/// How many nodes the aliases of a YAML source may stand for in all.
pub const MAX_EXPANDED: usize = 1_000_000;

/// One node of a [`Tree`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct NodeId(u32);

impl NodeId {
    /// The place of the node in the arena; earlier nodes are written earlier.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// `null`, or an empty YAML value.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, kept as JSON number text.
    Number,
    /// A string.
    String,
    /// A list of values.
    Array,
    /// Keys and values, in the order written.
    Object,
    /// A YAML alias; reading it reads the node it refers to.
    Alias(NodeId),
}

impl Kind {
    /// The word for this kind in messages.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
            Self::Alias(_) => "an alias",
        }
    }
}

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// JSON, or a YAML scalar without quotes.
    Plain,
    /// In quotes.
    Quoted,
    /// A YAML block scalar (`|` or `>`).
    Block,
    /// It is not written in the source: the path of the file says it, or the configuration.
    Supplied,
}

/// Where the text of a scalar is: in the source, or decoded in the tree.
#[derive(Clone, Copy, Debug)]
struct TextAt {
    start: u32,
    len: u32,
}

#[derive(Clone, Copy, Debug)]
struct Node {
    kind: Kind,
    /// From the first byte to after the last: quotes and brackets included.
    span: Span,
    /// The first node after this subtree.
    after: NodeId,
    parent: NodeId,
    text: TextAt,
    /// Whether the text is in the tree's own buffer.
    decoded: bool,
    style: Style,
    /// Whether the node is a key of its parent.
    is_key: bool,
}

/// Something wrong with how a source is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What kind of thing is wrong.
    pub kind: ProblemKind,
    /// The offending bytes.
    pub span: Span,
}

/// The kinds of [`Problem`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// The source breaks its syntax; the message says what was found and what was expected. Nothing
    /// is known of the text after it.
    Syntax {
        /// Present tense, no final stop.
        message: String,
        /// What the writer can do, where that is known.
        help: Option<String>,
        /// A second place that explains the first, such as the bracket left open.
        label: Option<(Span, String)>,
    },
    /// A key is in its object for the second time.
    DuplicateKey {
        /// The key.
        key: String,
        /// Where it comes first.
        first: Span,
    },
    /// A plain YAML scalar that readers disagree about.
    AmbiguousScalar {
        /// What a YAML 1.2 reader makes of it, such as `the string "no"`.
        here: String,
        /// What a YAML 1.1 reader makes of it, such as `false`.
        elsewhere: String,
    },
    /// A plain YAML text that ends before a `#` with a figure, which begins a comment and may be meant as a number. The problem is
    /// at the comment.
    CutByComment {
        /// Where the text is.
        value: Span,
    },
    /// `<<`, which merges in YAML 1.1 and is an ordinary key in YAML 1.2.
    MergeKey,
}

/// The tree of one source.
#[derive(Debug)]
pub struct Tree {
    source: Arc<Source>,
    /// The id of the first node: 0, but in a tree of parts of another.
    first: u32,
    nodes: Vec<Node>,
    decoded: String,
    roots: Vec<NodeId>,
    problems: Vec<Problem>,
    /// Texts that are written nowhere in one piece: they were joined from several values.
    joined: FrozenVec<String>,
    /// The numbers of the nodes by where they begin, for a source in which that is not their order.
    order: OnceLock<Vec<u32>>,
    /// What the path and the configuration say of the records.
    supplied: Option<Arc<Supplied>>,
}

impl Tree {
    /// Parses `source` by its syntax. Never fails: what is wrong is in [`Tree::problems`], and the
    /// tree holds what could be read before it.
    #[must_use]
    pub fn parse(source: Arc<Source>) -> Self {
        let mut builder = Builder::new(source);
        let source = builder.source();
        if let Some(error) = &source.encoding_error {
            builder.syntax_problem(
                error.span,
                error.reason.to_owned(),
                Some("save the file as UTF-8".to_owned()),
            );
            return builder.finish();
        }
        match source.syntax {
            Syntax::Json => json::parse(&mut builder),
            Syntax::JsonLines => json::parse_lines(&mut builder),
            Syntax::Yaml => yaml::parse(&mut builder),
            Syntax::Markdown => markdown::parse(&mut builder),
            Syntax::Csv => {
                let separator = Columns::usual_separator(&source.path);
                let names = header(&source.text, separator).unwrap_or_default();
                csv::parse(&mut builder, &Columns { separator, names });
            }
        }
        builder.finish()
    }

    /// Parses a source of which only these columns are wanted; what is no table of separated values is
    /// parsed as a whole.
    #[must_use]
    pub fn of_table(source: Arc<Source>, columns: &Columns) -> Self {
        if source.syntax != Syntax::Csv || source.encoding_error.is_some() {
            return Self::parse(source);
        }
        let mut builder = Builder::new(source);
        csv::parse(&mut builder, columns);
        builder.finish()
    }

    /// The source that this is the tree of.
    #[must_use]
    pub fn source(&self) -> &Arc<Source> {
        &self.source
    }

    /// What is wrong with how the source is written, in the order of the text.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Whether the source could be read to its end.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        !self.problems.iter().any(|problem| matches!(problem.kind, ProblemKind::Syntax { .. }))
    }

    /// The value of the source; for JSON Lines, one value for each line that could be read.
    #[must_use]
    pub fn roots(&self) -> &[NodeId] {
        &self.roots
    }

    /// The records of the source: the elements of an array, the lines of JSON Lines, otherwise the
    /// one value.
    #[must_use]
    pub fn records(&self) -> Vec<NodeRef<'_>> {
        match self.roots.as_slice() {
            [root] if self.node(*root).is_array() => self.node(*root).elements().collect(),
            roots => roots.iter().map(|root| self.node(*root)).collect(),
        }
    }

    /// How many nodes there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether nothing could be read at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// The node `id`, which must be of this tree.
    #[must_use]
    pub fn node(&self, id: NodeId) -> NodeRef<'_> {
        NodeRef { tree: self, id }
    }

    /// The node `index` places into the arena, if there is one.
    #[must_use]
    pub fn node_at_index(&self, index: usize) -> Option<NodeRef<'_>> {
        let at = index.checked_sub(self.first as usize)?;
        (at < self.nodes.len()).then(|| self.node(NodeId(index as u32)))
    }

    /// The innermost node whose span contains byte `offset`.
    #[must_use]
    pub fn node_at_offset(&self, offset: u32) -> Option<NodeRef<'_>> {
        let mut at = if self.source.syntax == Syntax::Markdown {
            // What belongs together is together in the tree, though other things may be written between.
            let order = self.order.get_or_init(|| {
                let mut order: Vec<u32> = (0..self.nodes.len() as u32).collect();
                order.sort_by_key(|at| self.nodes[*at as usize].span.start);
                order
            });
            let starts = |at: &u32| self.nodes[*at as usize].span.start <= offset;
            *order.get(order.partition_point(starts).checked_sub(1)?)? as usize
        } else {
            self.nodes.partition_point(|node| node.span.start <= offset).checked_sub(1)?
        };
        loop {
            let node = &self.nodes[at];
            if node.span.start <= offset && offset < node.span.end {
                return Some(self.node(NodeId(self.first + at as u32)));
            }
            let parent = node.parent.index() - self.first as usize;
            if parent == at {
                return None;
            }
            at = parent;
        }
    }

    fn raw(&self, id: NodeId) -> &Node {
        &self.nodes[id.index() - self.first as usize]
    }

    /// Whether a node is a string with this value. Most differ in their lengths.
    #[inline]
    fn is_text(&self, node: &Node, text: &str) -> bool {
        match node.kind {
            Kind::String => node.text.len as usize == text.len() && self.text_of(node) == text,
            Kind::Alias(target) => self.node(target).as_str() == Some(text),
            _ => false,
        }
    }

    fn text_of(&self, node: &Node) -> &str {
        let start = node.text.start as usize;
        let whole = if node.decoded { &self.decoded } else { &self.source.text };
        whole.get(start..start + node.text.len as usize).unwrap_or_default()
    }
}
