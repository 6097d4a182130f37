//! Reading the nodes of a tree: kinds, values, members, and the way from a node to its pointer and back.

use super::{Kind, NodeId, Style, Tree};
use crate::source::Span;

/// Read access to one node; copying it is free.
#[derive(Clone, Copy)]
pub struct NodeRef<'t> {
    pub(super) tree: &'t Tree,
    pub(super) id: NodeId,
}

impl<'t> NodeRef<'t> {
    /// The tree that the node is in.
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
        node.kind == Kind::String && !node.decoded
    }

    /// The place of the `len` bytes at `offset` of the string's value: exact where the value is
    /// written as it is, the whole scalar otherwise.
    #[must_use]
    pub fn part_span(self, offset: usize, len: usize) -> Span {
        let node = self.tree.raw(self.id);
        if node.kind == Kind::String && !node.decoded {
            let start = node.text.start + offset as u32;
            return Span::new(start, start + len as u32);
        }
        self.decoded_part_span(offset, len).unwrap_or(node.span)
    }

    /// For a decoded string: the only place in its source text where the same bytes stand.
    fn decoded_part_span(self, offset: usize, len: usize) -> Option<Span> {
        /// In a longer text the search for each part would take too long: the whole text is the place.
        const LONGEST: usize = 256 * 1024;
        let part = self.as_str()?.get(offset..offset + len)?;
        let written = self.tree.source.slice(self.span());
        if written.len() > LONGEST {
            return None;
        }
        let mut found = written.match_indices(part);
        let (at, _) = found.next()?;
        found.next().is_none().then(|| self.span().part(at as u32, len as u32))
    }

    /// Keeps a text that was joined from this and other values for as long as the tree.
    #[must_use]
    pub fn keep_joined(self, text: String) -> &'t str {
        self.tree.joined.push_get(text)
    }

    /// The node that an alias refers to, otherwise the node itself.
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

    /// What the node is as it is written: an alias is one.
    #[must_use]
    pub fn written_kind(self) -> Kind {
        self.tree.raw(self.id).kind
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

    /// Whether the node is a list or an object that is not empty.
    #[must_use]
    pub fn has_children(self) -> bool {
        (self.is_array() || self.is_object()) && self.subtree_len() > 1
    }

    /// The text of the source that the node is written in.
    #[must_use]
    pub fn written(self) -> &'t str {
        self.tree.source.slice(self.span())
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
        (node.kind == Kind::String).then(|| self.tree.text_of(node))
    }

    /// The value of a number, as JSON number text.
    #[must_use]
    pub fn as_number(self) -> Option<&'t str> {
        let node = self.tree.raw(self.resolved().id);
        (node.kind == Kind::Number).then(|| self.tree.text_of(node))
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
        let node = self.tree.raw(self.resolved().id);
        match node.kind {
            Kind::String | Kind::Number => Some(self.tree.text_of(node)),
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
        let node = self.resolved();
        let tree = node.tree;
        let own = tree.raw(node.id);
        if own.kind != Kind::Object {
            return None;
        }
        // A name that is there twice is a problem, so that without one the first is the only one.
        let may_repeat = !tree.problems.is_empty();
        let first = node.id.0 + 1;
        let index = |id: NodeId| (id.0 - tree.first) as usize;
        let below = &tree.nodes[index(NodeId(first))..index(own.after)];
        let (mut at, mut found) = (0, None);
        // A key is a single node, written directly before its value. Members are looked up so often that this goes without what
        // iterators do besides.
        while let Some([name, value]) = below.get(at..at + 2) {
            // Most names differ in their lengths.
            let may_be = name.text.len as usize == key.len() || name.kind != Kind::String;
            if may_be && tree.is_text(name, key) {
                found = Some(at);
                if !may_repeat {
                    break;
                }
            }
            at = (value.after.0 - first) as usize;
        }
        let node = |at: usize| tree.node(NodeId(first + at as u32));
        found.map(|at| (node(at), node(at + 1)))
    }

    /// How many members there are with other names than `left_out`.
    #[must_use]
    pub fn count_members(self, left_out: &str) -> usize {
        let keys = self.members().filter(|(name, _)| !name.is_text(left_out));
        keys.count()
    }

    /// Whether the node is a string with this value.
    #[must_use]
    pub fn is_text(self, text: &str) -> bool {
        self.tree.is_text(self.tree.raw(self.id), text)
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

    /// The object or array this node is in; for a key, its object.
    #[must_use]
    pub fn parent(self) -> Option<Self> {
        let parent = self.tree.raw(self.id).parent;
        (parent != self.id).then(|| self.tree.node(parent))
    }

    /// Whether the node is a key of its object.
    #[must_use]
    pub fn is_key(self) -> bool {
        self.tree.raw(self.id).is_key
    }

    /// The key under which this value is in its object; `None` for keys, elements and roots.
    #[must_use]
    pub fn key(self) -> Option<Self> {
        if self.is_key() || !self.parent()?.is_object() {
            return None;
        }
        // A key is a single node, written directly before its value.
        self.id.0.checked_sub(1).map(|key| self.tree.node(NodeId(key)))
    }

    /// The JSON Pointer that leads from `root` to this node. A key has the pointer of its value. Walks every
    /// array on the way; [`Lookup`](super::Lookup) is for many nodes of one tree.
    #[must_use]
    pub fn pointer_from(self, root: NodeId) -> String {
        self.pointer_by(root, |array, element| {
            array.elements().position(|other| other.id == element.id)
        })
    }

    /// The pointer, where `position` knows the place of an element in its array.
    pub(super) fn pointer_by(
        self,
        root: NodeId,
        position: impl Fn(Self, Self) -> Option<usize>,
    ) -> String {
        let mut tokens = Vec::new();
        let mut node = self;
        while node.id != root {
            let Some(parent) = node.parent() else { break };
            if parent.is_object() {
                let key = if node.is_key() { Some(node) } else { node.key() };
                tokens.push(escape(key.and_then(Self::as_str).unwrap_or_default()));
            } else {
                tokens.push(position(parent, node).unwrap_or_default().to_string());
            }
            node = parent;
        }
        tokens.iter().rev().fold(String::new(), |pointer, token| pointer + "/" + token)
    }

    /// Calls `visit` with every string at or below this node, in the order written. Keys are not
    /// visited, and an alias is not followed: its target is visited where it is written.
    pub fn for_each_string(self, mut visit: impl FnMut(Self)) {
        let own = self.tree.raw(self.id);
        if own.kind == Kind::String {
            return visit(self);
        }
        // Nodes are numbered in the order written.
        for id in self.id.0..own.after.0 {
            let node = self.tree.node(NodeId(id));
            let raw = self.tree.raw(node.id);
            if raw.kind == Kind::String && !raw.is_key {
                visit(node);
            }
        }
    }

    /// How many nodes there are at and below this one.
    #[must_use]
    pub fn subtree_len(self) -> usize {
        self.tree.raw(self.id).after.index() - self.id.index()
    }

    /// The id of the first node after this one and all below it.
    #[must_use]
    pub fn next_id(self) -> NodeId {
        self.tree.raw(self.id).after
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
    if token.contains('~') {
        token.replace("~1", "/").replace("~0", "~").into()
    } else {
        token.into()
    }
}

/// A key as a token of a JSON Pointer.
#[must_use]
pub fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
