//! The tree of one source: every value with the bytes it was written in, from JSON or YAML alike.
//!
//! All nodes of a source lie in one arena in the order in which they are written. An object's
//! children are key, value, key, value; `after` leads past a whole subtree. Strings without escapes
//! are read straight from the source; only the others are decoded into a buffer of the tree.

pub mod json;
pub mod yaml;

use std::sync::Arc;

use crate::source::{Source, Span, Syntax};

/// How deep containers may nest: the limit of `serde_json`, far above any record.
pub const MAX_DEPTH: usize = 128;

/// One node of a [`Tree`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    /// A YAML alias; reading it reads the node it stands for.
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
}

/// Where the text of a scalar lies: in the source, or decoded in the tree.
#[derive(Clone, Copy, Debug)]
struct TextAt {
    start: u32,
    len: u32,
    decoded: bool,
}

#[derive(Clone, Copy, Debug)]
struct Node {
    kind: Kind,
    style: Style,
    /// From the first byte to after the last: quotes and brackets included.
    span: Span,
    /// The first node after this subtree.
    after: NodeId,
    parent: NodeId,
    text: TextAt,
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
    /// A key stands in its object for the second time.
    DuplicateKey {
        /// The key.
        key: String,
        /// Where it stands first.
        first: Span,
    },
    /// A plain YAML scalar that readers disagree about.
    AmbiguousScalar {
        /// What a YAML 1.2 reader makes of it, such as `the string "no"`.
        here: String,
        /// What a YAML 1.1 reader makes of it, such as `false`.
        elsewhere: String,
    },
    /// `<<`, which merges in YAML 1.1 and is an ordinary key in YAML 1.2.
    MergeKey,
}

/// The tree of one source.
#[derive(Debug)]
pub struct Tree {
    source: Arc<Source>,
    nodes: Vec<Node>,
    decoded: String,
    roots: Vec<NodeId>,
    problems: Vec<Problem>,
}

impl Tree {
    /// Parses `source` by its syntax. Never fails: what is wrong lies in [`Tree::problems`], and the
    /// tree holds what could be read before it.
    #[must_use]
    pub fn parse(source: Arc<Source>) -> Self {
        let mut builder = Builder::new(source);
        if let Some(error) = builder.tree.source.encoding_error.clone() {
            builder.syntax_problem(
                error.span,
                error.reason.to_owned(),
                Some("save the file as UTF-8".to_owned()),
            );
            return builder.finish();
        }
        match builder.tree.source.syntax {
            Syntax::Json => json::parse(&mut builder),
            Syntax::JsonLines => json::parse_lines(&mut builder),
            Syntax::Yaml => yaml::parse(&mut builder),
        }
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
        (index < self.nodes.len()).then(|| self.node(NodeId(index as u32)))
    }

    /// The innermost node whose span contains byte `offset`.
    #[must_use]
    pub fn node_at_offset(&self, offset: u32) -> Option<NodeRef<'_>> {
        let mut at = self.nodes.partition_point(|node| node.span.start <= offset).checked_sub(1)?;
        loop {
            let node = &self.nodes[at];
            if node.span.start <= offset && offset < node.span.end {
                return Some(self.node(NodeId(at as u32)));
            }
            let parent = node.parent.index();
            if parent == at {
                return None;
            }
            at = parent;
        }
    }

    fn raw(&self, id: NodeId) -> &Node {
        &self.nodes[id.index()]
    }

    fn text_of(&self, text: TextAt) -> &str {
        let range = text.start as usize..(text.start + text.len) as usize;
        let whole = if text.decoded { &self.decoded } else { &self.source.text };
        whole.get(range).unwrap_or_default()
    }
}

/// Read access to one node; copying it is free.
#[derive(Clone, Copy)]
pub struct NodeRef<'t> {
    tree: &'t Tree,
    id: NodeId,
}

impl<'t> NodeRef<'t> {
    /// The tree that the node lies in.
    #[must_use]
    pub fn tree(self) -> &'t Tree {
        self.tree
    }

    /// The node's name in its tree.
    #[must_use]
    pub fn id(self) -> NodeId {
        self.id
    }

    /// The bytes the node is written in; those of the alias where it is one.
    #[must_use]
    pub fn span(self) -> Span {
        self.tree.raw(self.id).span
    }

    /// The bytes inside the quotes of a quoted string, otherwise the span.
    #[must_use]
    pub fn inner_span(self) -> Span {
        let node = self.tree.raw(self.id);
        if node.style == Style::Quoted && node.span.end - node.span.start >= 2 {
            Span::new(node.span.start + 1, node.span.end - 1)
        } else {
            node.span
        }
    }

    /// Whether byte `n` of [`as_str`](Self::as_str) is byte `n` of [`inner_span`](Self::inner_span):
    /// true for strings without escapes on one line.
    #[must_use]
    pub fn is_verbatim(self) -> bool {
        let node = self.tree.raw(self.id);
        node.kind == Kind::String && !node.text.decoded
    }

    /// The place of the `len` bytes at `offset` of the string's value: exact where the value is
    /// written as it is, the whole scalar otherwise.
    #[must_use]
    pub fn part_span(self, offset: usize, len: usize) -> Span {
        let node = self.tree.raw(self.id);
        if node.kind == Kind::String && !node.text.decoded {
            let start = node.text.start + offset as u32;
            return Span::new(start, start + len as u32);
        }
        self.decoded_part_span(offset, len).unwrap_or(node.span)
    }

    /// For a decoded string: the only place in its source text where the same bytes stand.
    fn decoded_part_span(self, offset: usize, len: usize) -> Option<Span> {
        let part = self.as_str()?.get(offset..offset + len)?;
        let written = self.tree.source.slice(self.span());
        let mut found = written.match_indices(part);
        let (at, _) = found.next()?;
        found.next().is_none().then(|| self.span().part(at as u32, len as u32))
    }

    /// The node an alias stands for, otherwise the node itself.
    #[must_use]
    pub fn resolved(self) -> Self {
        let mut node = self;
        // Aliases point backwards only, so this ends.
        while let Kind::Alias(target) = node.tree.raw(node.id).kind {
            node.id = target;
        }
        node
    }

    /// What the node is; never [`Kind::Alias`].
    #[must_use]
    pub fn kind(self) -> Kind {
        self.tree.raw(self.resolved().id).kind
    }

    /// How the scalar is written.
    #[must_use]
    pub fn style(self) -> Style {
        self.tree.raw(self.resolved().id).style
    }

    /// Whether the node is an object.
    #[must_use]
    pub fn is_object(self) -> bool {
        self.kind() == Kind::Object
    }

    /// Whether the node is an array.
    #[must_use]
    pub fn is_array(self) -> bool {
        self.kind() == Kind::Array
    }

    /// Whether the node is null.
    #[must_use]
    pub fn is_null(self) -> bool {
        self.kind() == Kind::Null
    }

    /// The value of a string.
    #[must_use]
    pub fn as_str(self) -> Option<&'t str> {
        let node = self.tree.raw(self.resolved().id);
        (node.kind == Kind::String).then(|| self.tree.text_of(node.text))
    }

    /// The value of a number, as JSON number text.
    #[must_use]
    pub fn as_number(self) -> Option<&'t str> {
        let node = self.tree.raw(self.resolved().id);
        (node.kind == Kind::Number).then(|| self.tree.text_of(node.text))
    }

    /// The value of a boolean.
    #[must_use]
    pub fn as_bool(self) -> Option<bool> {
        match self.kind() {
            Kind::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The text of a string, number or boolean, as it is compared and shown.
    #[must_use]
    pub fn scalar_text(self) -> Option<&'t str> {
        match self.kind() {
            Kind::String => self.as_str(),
            Kind::Number => self.as_number(),
            Kind::Bool(true) => Some("true"),
            Kind::Bool(false) => Some("false"),
            _ => None,
        }
    }

    /// The elements of an array; none for anything else.
    #[must_use]
    pub fn elements(self) -> Elements<'t> {
        let node = self.resolved();
        let end = if node.is_array() { node.tree.raw(node.id).after } else { node.first_child() };
        Elements { tree: node.tree, next: node.first_child(), end }
    }

    /// The members of an object in the order written; none for anything else. A key that stands
    /// twice comes twice.
    #[must_use]
    pub fn members(self) -> Members<'t> {
        let node = self.resolved();
        let end = if node.is_object() { node.tree.raw(node.id).after } else { node.first_child() };
        Members { children: Elements { tree: node.tree, next: node.first_child(), end } }
    }

    /// The member called `key`; the last one where there are several, as other readers take it.
    #[must_use]
    pub fn get(self, key: &str) -> Option<Self> {
        self.member(key).map(|(_, value)| value)
    }

    /// The member called `key`, with its key node.
    #[must_use]
    pub fn member(self, key: &str) -> Option<(Self, Self)> {
        self.members().filter(|(name, _)| name.as_str() == Some(key)).last()
    }

    /// The node that `pointer` (RFC 6901) leads to from here.
    #[must_use]
    pub fn pointer(self, pointer: &str) -> Option<Self> {
        if pointer.is_empty() {
            return Some(self);
        }
        let mut node = self;
        for token in pointer.strip_prefix('/')?.split('/') {
            node = node.step(&unescape(token))?;
        }
        Some(node)
    }

    /// The child that one unescaped token of a JSON Pointer leads to.
    #[must_use]
    pub fn step(self, token: &str) -> Option<Self> {
        match self.kind() {
            Kind::Object => self.get(token),
            Kind::Array => self.elements().nth(token.parse().ok()?),
            _ => None,
        }
    }

    /// The object or array this node lies in; for a key, its object.
    #[must_use]
    pub fn parent(self) -> Option<Self> {
        let parent = self.tree.raw(self.id).parent;
        (parent != self.id).then(|| self.tree.node(parent))
    }

    /// The key under which this value lies in its object; `None` for keys, elements and roots.
    #[must_use]
    pub fn key(self) -> Option<Self> {
        let parent = self.parent().filter(|parent| parent.is_object())?;
        parent.members().find(|(_, value)| value.id == self.id).map(|(key, _)| key)
    }

    /// The JSON Pointer that leads from `root` to this node. A key has the pointer of its value.
    #[must_use]
    pub fn pointer_from(self, root: NodeId) -> String {
        let mut tokens = Vec::new();
        let mut node = self;
        while node.id != root {
            let Some(parent) = node.parent() else { break };
            if parent.is_object() {
                let name = parent
                    .members()
                    .find(|(key, value)| value.id == node.id || key.id == node.id)
                    .and_then(|(key, _)| key.as_str());
                tokens.push(escape(name.unwrap_or_default()));
            } else {
                let index = parent.elements().position(|element| element.id == node.id);
                tokens.push(index.unwrap_or_default().to_string());
            }
            node = parent;
        }
        tokens.iter().rev().fold(String::new(), |pointer, token| pointer + "/" + token)
    }

    /// Calls `visit` with every string at or below this node, in the order written. Keys are not
    /// visited, and an alias is not followed: its target is visited where it is written.
    pub fn for_each_string(self, mut visit: impl FnMut(Self)) {
        let mut stack = vec![self];
        while let Some(node) = stack.pop() {
            match self.tree.raw(node.id).kind {
                Kind::String => visit(node),
                Kind::Array => {
                    let from = stack.len();
                    stack.extend(node.elements());
                    stack[from..].reverse();
                }
                Kind::Object => {
                    let from = stack.len();
                    stack.extend(node.members().map(|(_, value)| value));
                    stack[from..].reverse();
                }
                _ => {}
            }
        }
    }

    fn first_child(self) -> NodeId {
        NodeId(self.id.0 + 1)
    }
}

impl std::fmt::Debug for NodeRef<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NodeRef")
            .field("id", &self.id)
            .field("kind", &self.kind())
            .field("text", &self.tree.source.slice(self.span()))
            .finish()
    }
}

/// The elements of an array. Made by [`NodeRef::elements`].
#[derive(Clone, Debug)]
pub struct Elements<'t> {
    tree: &'t Tree,
    next: NodeId,
    end: NodeId,
}

impl<'t> Iterator for Elements<'t> {
    type Item = NodeRef<'t>;

    fn next(&mut self) -> Option<NodeRef<'t>> {
        if self.next >= self.end {
            return None;
        }
        let node = self.tree.node(self.next);
        self.next = self.tree.raw(self.next).after;
        Some(node)
    }
}

/// The members of an object. Made by [`NodeRef::members`].
#[derive(Clone, Debug)]
pub struct Members<'t> {
    children: Elements<'t>,
}

impl<'t> Iterator for Members<'t> {
    type Item = (NodeRef<'t>, NodeRef<'t>);

    fn next(&mut self) -> Option<Self::Item> {
        Some((self.children.next()?, self.children.next()?))
    }
}

/// One token of a JSON Pointer, `~1` and `~0` read.
#[must_use]
pub fn unescape(token: &str) -> std::borrow::Cow<'_, str> {
    if token.contains('~') { token.replace("~1", "/").replace("~0", "~").into() } else { token.into() }
}

/// A key as a token of a JSON Pointer.
#[must_use]
pub fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// Builds a [`Tree`] from the front to the back. The parsers call it; it keeps parents, subtree
/// ends and duplicate keys.
#[derive(Debug)]
pub struct Builder {
    tree: Tree,
    /// The open containers, outermost first.
    open: Vec<NodeId>,
}

impl Builder {
    /// A builder for the tree of `source`.
    #[must_use]
    pub fn new(source: Arc<Source>) -> Self {
        let nodes = Vec::with_capacity(source.text.len() / 16 + 4);
        let tree =
            Tree { source, nodes, decoded: String::new(), roots: Vec::new(), problems: Vec::new() };
        Self { tree, open: Vec::new() }
    }

    /// The source being read.
    #[must_use]
    pub fn source(&self) -> Arc<Source> {
        Arc::clone(&self.tree.source)
    }

    /// How many containers are open.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    /// How many nodes there are so far; the next one gets this index.
    #[must_use]
    pub fn len(&self) -> usize {
        self.tree.nodes.len()
    }

    /// Whether there is no node yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tree.nodes.is_empty()
    }

    /// The number of nodes that node `id` and all below it would have with every alias written out is
    /// the parser's to count; this is how many it has as written. The container must be closed.
    #[must_use]
    pub fn subtree_len(&self, id: NodeId) -> usize {
        self.tree.raw(id).after.index() - id.index()
    }

    /// Adds null, a boolean or an alias.
    pub fn value(&mut self, kind: Kind, span: Span) -> NodeId {
        self.push(kind, Style::Plain, span, TextAt { start: 0, len: 0, decoded: false })
    }

    /// Adds a string or number whose text stands in the source as `text`.
    pub fn verbatim(&mut self, kind: Kind, style: Style, span: Span, text: Span) -> NodeId {
        let text = TextAt { start: text.start, len: text.end - text.start, decoded: false };
        self.push(kind, style, span, text)
    }

    /// Adds a string or number whose text differs from what is written.
    pub fn decoded(&mut self, kind: Kind, style: Style, span: Span, text: &str) -> NodeId {
        let start = self.tree.decoded.len() as u32;
        self.tree.decoded.push_str(text);
        self.push(kind, style, span, TextAt { start, len: text.len() as u32, decoded: true })
    }

    /// Opens an array or object at byte `start`.
    pub fn open(&mut self, kind: Kind, start: u32) -> NodeId {
        let text = TextAt { start: 0, len: 0, decoded: false };
        let id = self.push(kind, Style::Plain, Span::at(start), text);
        self.open.push(id);
        id
    }

    /// Closes the innermost container, which ends before byte `end`; records its duplicate keys.
    pub fn close(&mut self, end: u32) -> Option<NodeId> {
        let id = self.open.pop()?;
        let after = NodeId(self.tree.nodes.len() as u32);
        let node = &mut self.tree.nodes[id.index()];
        node.after = after;
        node.span.end = end.max(node.span.start);
        if node.kind == Kind::Object {
            self.find_duplicate_keys(id);
        }
        Some(id)
    }

    /// Marks the node as a value of the source itself.
    pub fn root(&mut self, id: NodeId) {
        self.tree.roots.push(id);
    }

    /// Records a problem.
    pub fn problem(&mut self, span: Span, kind: ProblemKind) {
        self.tree.problems.push(Problem { kind, span });
    }

    /// Records that the source breaks its syntax at `span`.
    pub fn syntax_problem(&mut self, span: Span, message: String, help: Option<String>) {
        self.problem(span, ProblemKind::Syntax { message, help, label: None });
    }

    /// Drops node `from` and all after it: what was read of a value that turned out broken. Open
    /// containers before it stay open.
    pub fn truncate(&mut self, from: usize) {
        self.tree.nodes.truncate(from);
        self.open.retain(|id| id.index() < from);
        self.tree.roots.retain(|id| id.index() < from);
    }

    /// Closes what is still open and hands over the tree.
    #[must_use]
    pub fn finish(mut self) -> Tree {
        let end = self.tree.source.text.len() as u32;
        while let Some(id) = self.open.last().copied() {
            // An object that breaks off after a key has no value for it: drop the key.
            let children = self.tree.nodes[id.index() + 1..].len();
            if self.tree.raw(id).kind == Kind::Object && children > 0 {
                self.drop_dangling_key(id);
            }
            self.close(end);
        }
        self.tree.problems.sort_by_key(|problem| problem.span);
        self.tree
    }

    fn push(&mut self, kind: Kind, style: Style, span: Span, text: TextAt) -> NodeId {
        let id = NodeId(self.tree.nodes.len() as u32);
        let parent = self.open.last().copied().unwrap_or(id);
        let after = NodeId(id.0 + 1);
        self.tree.nodes.push(Node { kind, style, span, after, parent, text });
        id
    }

    fn drop_dangling_key(&mut self, object: NodeId) {
        let mut child = object.index() + 1;
        let mut children = 0;
        let mut last = child;
        while child < self.tree.nodes.len() {
            last = child;
            children += 1;
            child = self.tree.nodes[child].after.index();
        }
        if children % 2 == 1 {
            self.tree.nodes.truncate(last);
        }
    }

    /// Objects of a record are small, so pairs are compared directly; a large object is sorted.
    fn find_duplicate_keys(&mut self, object: NodeId) {
        const COMPARED_DIRECTLY: usize = 16;
        let tree = &self.tree;
        let mut keys: [&str; COMPARED_DIRECTLY] = [""; COMPARED_DIRECTLY];
        let mut count = 0;
        for (key, _) in tree.node(object).members() {
            let Some(name) = key.as_str() else { continue };
            if count == COMPARED_DIRECTLY || keys[..count].contains(&name) {
                let duplicates = sorted_duplicates(tree.node(object));
                self.tree.problems.extend(duplicates);
                return;
            }
            keys[count] = name;
            count += 1;
        }
    }
}

fn sorted_duplicates(object: NodeRef<'_>) -> Vec<Problem> {
    let mut keys: Vec<(&str, Span)> = object
        .members()
        .filter_map(|(key, _)| Some((key.as_str()?, key.span())))
        .collect();
    // Stable: equal keys stay in the order written, so the first of a run is the first written.
    keys.sort_by_key(|(name, _)| *name);
    let runs = keys.chunk_by(|a, b| a.0 == b.0).filter(|run| run.len() > 1);
    runs.flat_map(|run| {
        let first = run[0].1;
        run[1..].iter().map(move |(name, span)| Problem {
            kind: ProblemKind::DuplicateKey { key: (*name).to_owned(), first },
            span: *span,
        })
    })
    .collect()
}
