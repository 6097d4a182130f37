//! Building a tree from the front to the back.

use std::{
    collections::HashSet,
    sync::{Arc, OnceLock},
};

use elsa::sync::FrozenVec;

use super::{Kind, Node, NodeId, NodeRef, Problem, ProblemKind, Style, TextAt, Tree};
use crate::source::{Source, Span};

/// Builds a [`Tree`] from the front to the back. The parsers call it; it keeps parents, subtree
/// ends and duplicate keys.
#[derive(Debug)]
pub struct Builder {
    tree: Tree,
    /// The open containers, outermost first.
    open: Vec<NodeId>,
    /// Whether the innermost open container is an object.
    in_object: bool,
    /// Whether the next node is a key of it.
    at_key: bool,
}

/// A state of a [`Builder`] between two values, to go back to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Checkpoint {
    nodes: usize,
    decoded: usize,
    roots: usize,
    problems: usize,
}

/// An object whose members another object takes over.
#[derive(Clone, Copy, Debug)]
pub(super) struct Merged {
    /// The node before which the members come.
    pub before: NodeId,
    /// Where the key is that merges.
    pub key: Span,
    /// The object.
    pub source: NodeId,
    /// Where the object is repeated, which becomes the place of its members.
    pub span: Span,
}

/// How the numbers of nodes change when others come before them.
#[derive(Debug)]
pub(super) struct Moved {
    /// The first nodes that move on, in order, each with the number of nodes that come before it.
    steps: Vec<(NodeId, u32)>,
}

impl Moved {
    /// The new number of a node.
    pub(super) fn id(&self, old: NodeId) -> NodeId {
        self.after(old, |first| first <= old)
    }

    /// The new number of the first node after a subtree, which does not take in what comes right after it.
    fn end(&self, old: NodeId) -> NodeId {
        self.after(old, |first| first < old)
    }

    fn after(&self, old: NodeId, moves: impl Fn(NodeId) -> bool) -> NodeId {
        let at = self.steps.partition_point(|(first, _)| moves(*first));
        let added = at.checked_sub(1).and_then(|at| self.steps.get(at)).map_or(0, |step| step.1);
        NodeId(old.0 + added)
    }

    /// How many nodes came in all.
    pub(super) fn added(&self) -> usize {
        self.steps.last().map_or(0, |step| step.1 as usize)
    }
}

impl Builder {
    /// A builder for the tree of `source`.
    #[must_use]
    pub fn new(source: Arc<Source>) -> Self {
        // Pretty-printed records take about twenty bytes a node.
        let nodes = Vec::with_capacity(source.text.len() / 16 + 4);
        let (decoded, roots, problems) = (String::new(), Vec::new(), Vec::new());
        let (joined, order) = (FrozenVec::new(), OnceLock::new());
        let supplied = None;
        let tree =
            Tree { source, first: 0, nodes, decoded, roots, problems, joined, order, supplied };
        Self { tree, open: Vec::with_capacity(16), in_object: false, at_key: false }
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

    /// Whether the innermost open container is an object.
    #[must_use]
    pub fn in_object(&self) -> bool {
        self.in_object
    }

    /// Whether the next node is the key of a member.
    #[must_use]
    pub fn at_key(&self) -> bool {
        self.at_key
    }

    /// Where the innermost open container begins.
    #[must_use]
    pub fn innermost_start(&self) -> Option<u32> {
        self.open.last().map(|id| self.tree.raw(*id).span.start)
    }

    /// Where the node is, as far as it is read.
    #[must_use]
    pub fn span_of(&self, id: NodeId) -> Span {
        self.tree.raw(id).span
    }

    /// Whether the node is a container that is not closed yet.
    #[must_use]
    pub fn is_open(&self, id: NodeId) -> bool {
        self.open.contains(&id)
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

    /// Adds null, a boolean or an alias.
    pub fn value(&mut self, kind: Kind, span: Span) -> NodeId {
        self.push(kind, Style::Plain, span, TextAt { start: 0, len: 0 }, false)
    }

    /// Adds a string or number whose text is in the source as `text`.
    pub fn verbatim(&mut self, kind: Kind, style: Style, span: Span, text: Span) -> NodeId {
        let text = TextAt { start: text.start, len: text.end - text.start };
        self.push(kind, style, span, text, false)
    }

    /// Adds a string or number whose text differs from what is written.
    pub fn decoded(&mut self, kind: Kind, style: Style, span: Span, text: &str) -> NodeId {
        let start = self.tree.decoded.len() as u32;
        self.tree.decoded.push_str(text);
        self.push(kind, style, span, TextAt { start, len: text.len() as u32 }, true)
    }

    /// Opens an array or object at byte `start`.
    pub fn open(&mut self, kind: Kind, start: u32) -> NodeId {
        let id = self.value(kind, Span::at(start));
        self.open.push(id);
        self.in_object = kind == Kind::Object;
        self.at_key = self.in_object;
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
        self.in_object =
            self.open.last().is_some_and(|parent| self.tree.raw(*parent).kind == Kind::Object);
        self.at_key = self.in_object;
        Some(id)
    }

    /// Whether what was read since `checkpoint` is null.
    pub(super) fn is_null(&self, checkpoint: Checkpoint) -> bool {
        self.tree.nodes.get(checkpoint.nodes).is_some_and(|node| node.kind == Kind::Null)
    }

    /// Where the first value is that was read since `checkpoint`.
    pub(super) fn first_span(&self, checkpoint: Checkpoint) -> Option<Span> {
        self.tree.nodes.get(checkpoint.nodes).map(|node| node.span)
    }

    /// Whether the innermost open object has this member so far.
    pub(super) fn has_member(&self, key: &str) -> bool {
        let Some(object) = self.open.last() else { return false };
        // While it is open, it has no end yet.
        let keys = self.tree.nodes[object.index()..].iter();
        keys.filter(|node| node.is_key && node.parent == *object)
            .any(|node| self.tree.text_of(node) == key)
    }

    /// The node `id`, as far as it is read.
    pub(super) fn node(&self, id: NodeId) -> NodeRef<'_> {
        self.tree.node(id)
    }

    /// Drops the last member of the innermost open object, from its key on.
    pub(super) fn drop_member(&mut self, key: NodeId) {
        self.tree.nodes.truncate(key.index());
        self.at_key = true;
    }

    /// Gives the innermost open object the members of other objects that it does not have itself; the first object that has a
    /// name counts. Both the key and the value are aliases, so nothing is copied.
    pub(super) fn merge(&mut self, merged: &[Merged]) -> Option<Moved> {
        let object = *self.open.last()?;
        let first = merged.first()?.before;
        // While it is open, it has no end yet.
        let after = self.tree.nodes.len();
        self.tree.nodes[object.index()].after = NodeId(after as u32);
        let mut names: HashSet<&str> =
            self.node(object).members().filter_map(|(key, _)| key.as_str()).collect();
        let mut added = Vec::new();
        let mut steps = Vec::new();
        for one in merged {
            let members = self.node(one.source).members();
            let new =
                members.filter(|(key, _)| key.as_str().is_some_and(|name| names.insert(name)));
            added
                .extend(new.map(|(key, value)| (*one, key.resolved().id(), value.resolved().id())));
            steps.push((one.before, 2 * added.len() as u32));
        }
        let moved = Moved { steps };
        let rest = self.tree.nodes.split_off(first.index());
        let mut added = added.into_iter().peekable();
        for (at, mut node) in (first.0..).zip(rest) {
            while let Some((one, key, value)) = added.next_if(|(one, ..)| one.before.0 <= at) {
                self.push_merged(object, one.span, moved.id(key), moved.id(value));
            }
            node.after = moved.end(node.after);
            node.parent = moved.id(node.parent);
            if let Kind::Alias(target) = &mut node.kind {
                *target = moved.id(*target);
            }
            self.tree.nodes.push(node);
        }
        for (one, key, value) in added {
            self.push_merged(object, one.span, moved.id(key), moved.id(value));
        }
        Some(moved)
    }

    fn push_merged(&mut self, parent: NodeId, span: Span, key: NodeId, value: NodeId) {
        for (target, is_key) in [(key, true), (value, false)] {
            let after = NodeId(self.tree.nodes.len() as u32 + 1);
            let text = TextAt { start: 0, len: 0 };
            let (kind, style) = (Kind::Alias(target), Style::Plain);
            let node = Node { kind, span, after, parent, text, decoded: false, style, is_key };
            self.tree.nodes.push(node);
        }
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

    /// The state now, which must be between two values of the source itself.
    pub(super) fn checkpoint(&self) -> Checkpoint {
        Checkpoint {
            nodes: self.tree.nodes.len(),
            decoded: self.tree.decoded.len(),
            roots: self.tree.roots.len(),
            problems: self.tree.problems.len(),
        }
    }

    /// Drops all that was read since `checkpoint`: a value that turned out broken.
    pub(super) fn roll_back(&mut self, checkpoint: Checkpoint) {
        self.tree.nodes.truncate(checkpoint.nodes);
        self.tree.decoded.truncate(checkpoint.decoded);
        self.tree.roots.truncate(checkpoint.roots);
        self.tree.problems.truncate(checkpoint.problems);
        self.open.clear();
        self.in_object = false;
        self.at_key = false;
    }

    /// Closes what is still open and hands over the tree.
    #[must_use]
    pub fn finish(mut self) -> Tree {
        // An object that breaks off after a key has no value for it: drop the key.
        if self.tree.nodes.last().is_some_and(|node| node.is_key) {
            self.tree.nodes.pop();
        }
        let end = self.tree.source.text.len() as u32;
        while self.close(end).is_some() {}
        self.tree.problems.sort_by_key(|problem| problem.span);
        self.tree
    }

    fn push(
        &mut self,
        kind: Kind,
        style: Style,
        span: Span,
        text: TextAt,
        decoded: bool,
    ) -> NodeId {
        let id = NodeId(self.tree.nodes.len() as u32);
        let parent = self.open.last().copied().unwrap_or(id);
        let after = NodeId(id.0 + 1);
        let is_key = self.at_key;
        self.at_key = self.in_object && !is_key;
        self.tree.nodes.push(Node { kind, span, after, parent, text, decoded, style, is_key });
        id
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
    let mut keys: Vec<(&str, Span)> =
        object.members().filter_map(|(key, _)| Some((key.as_str()?, key.span()))).collect();
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
