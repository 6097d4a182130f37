//! Parts of a value in few bytes, to be looked at again when its source is no longer at hand.
//!
//! Nodes keep their ids and their spans, so what is found in the parts can be shown in the source. What is left out of an array
//! becomes null, so that entries keep their places; what is left out of an object becomes one member with an empty key.

use std::sync::Arc;

use super::{Kind, Node, NodeId, NodeRef, Style, TextAt, Tree};
use crate::source::{Source, Span, Syntax};

/// Parts of one value of a source.
#[derive(Clone, Debug)]
pub struct Packed {
    /// The value itself.
    first: NodeId,
    bytes: Box<[u8]>,
}

/// Of each object on the way to a part, members that are no larger are kept too: what they say may count below.
const SMALL: (usize, u32) = (16, 300);

impl Packed {
    /// Packs what is at and below `parts`, which lie in `root`, with all that leads to them. Nothing where an alias leads out of
    /// the root to more than a scalar.
    #[must_use]
    pub fn of<'t>(root: NodeRef<'t>, parts: impl IntoIterator<Item = NodeRef<'t>>) -> Option<Self> {
        let mut kept = Kept { root, marks: vec![false; root.subtree_len()], is_sound: true };
        kept.keep_way(root);
        for part in parts {
            kept.keep_all(part);
            kept.keep_way(part);
        }
        let bytes = if kept.is_sound { kept.write() } else { return None };
        Some(Self { first: root.id(), bytes: bytes.into() })
    }

    /// The tree of the parts; its root is the value.
    #[must_use]
    pub fn unpack(&self) -> Tree {
        let source = Arc::new(Source::new(String::new(), Syntax::Json, String::new()));
        let mut reader = Reader {
            bytes: &self.bytes,
            tree: Tree {
                source,
                first: self.first.0,
                nodes: Vec::new(),
                decoded: String::new(),
                roots: vec![self.first],
                problems: Vec::new(),
            },
            open: Vec::new(),
            start: 0,
        };
        while !reader.bytes.is_empty() {
            reader.read();
        }
        reader.tree
    }
}

/// Which nodes of a value are kept.
struct Kept<'t> {
    root: NodeRef<'t>,
    marks: Vec<bool>,
    is_sound: bool,
}

impl<'t> Kept<'t> {
    fn mark(&mut self, node: NodeRef<'t>) -> Option<&mut bool> {
        self.marks.get_mut(node.id().index().checked_sub(self.root.id().index())?)
    }

    /// Keeps a node with all below it, and what its aliases stand for.
    fn keep_all(&mut self, part: NodeRef<'t>) {
        let first = part.id().index();
        for node in
            (first..first + part.subtree_len()).filter_map(|at| part.tree().node_at_index(at))
        {
            let Some(mark) = self.mark(node) else { return };
            if std::mem::replace(mark, true) {
                continue;
            }
            let target = node.resolved();
            if target.id() != node.id() {
                if self.mark(target).is_some() {
                    self.keep_all(target);
                    self.keep_way(target);
                } else {
                    self.is_sound &= target.scalar_text().is_some() || target.is_null();
                }
            }
        }
    }

    /// Keeps the way from the root to a node.
    fn keep_way(&mut self, part: NodeRef<'t>) {
        let mut node = part;
        loop {
            if let Some(mark) = self.mark(node) {
                *mark = true;
            }
            if let Some(key) = node.key().filter(|_| node.id() != self.root.id()) {
                self.keep_all(key);
            }
            self.keep_small(node);
            match node.parent().filter(|_| node.id() != self.root.id()) {
                Some(parent) => node = parent,
                None => return,
            }
        }
    }

    /// Keeps the small members of an object.
    fn keep_small(&mut self, node: NodeRef<'t>) {
        if node.tree().raw(node.id()).kind != Kind::Object {
            return;
        }
        for (key, value) in node.members() {
            let (nodes, bytes) = SMALL;
            let is_small =
                value.subtree_len() <= nodes && value.span().end - value.span().start <= bytes;
            if is_small && self.can_keep(value) {
                self.keep_all(key);
                self.keep_all(value);
            }
        }
    }

    /// Whether no alias in it leads out of the root to more than a scalar.
    fn can_keep(&mut self, part: NodeRef<'t>) -> bool {
        let first = part.id().index();
        let mut nodes =
            (first..first + part.subtree_len()).filter_map(|at| part.tree().node_at_index(at));
        nodes.all(|node| {
            let target = node.resolved();
            target.scalar_text().is_some() || target.is_null() || self.mark(target).is_some()
        })
    }

    fn write(&self) -> Vec<u8> {
        let mut out = Vec::new();
        let (tree, first) = (self.root.tree(), self.root.id().index());
        let (mut at, mut start) = (0, 0);
        while at < self.marks.len() {
            let node = tree.raw(NodeId((first + at) as u32));
            if self.marks[at] {
                self.write_node(node, first + at, &mut start, &mut out);
                at += 1;
                continue;
            }
            // A key and its value, or an element; further members are left out with them.
            let left_out = at;
            loop {
                at = tree.raw(NodeId((first + at) as u32)).after.index() - first;
                let is_end = at >= self.marks.len() || self.marks[at];
                let next = |at: usize| tree.raw(NodeId((first + at) as u32));
                if is_end || !node.is_key || next(at).parent != node.parent {
                    break;
                }
            }
            out.push(LEFT_OUT);
            put(&mut out, at - left_out);
        }
        out
    }

    fn write_node(&self, node: &Node, index: usize, start: &mut u32, out: &mut Vec<u8>) {
        let (tree, mut kind, mut shown) = (self.root.tree(), node.kind, node);
        if let Kind::Alias(target) = kind
            && self.marks.get(target.index().wrapping_sub(self.root.id().index())).is_none()
        {
            // Only a scalar: see `is_sound`.
            shown = tree.raw(tree.node(target).resolved().id());
            kind = shown.kind;
        }
        let tag = match kind {
            Kind::Null => 0,
            Kind::Bool(false) => 1,
            Kind::Bool(true) => 2,
            Kind::Number => 3,
            Kind::String => 4,
            Kind::Array => 5,
            Kind::Object => 6,
            Kind::Alias(_) => 7,
        };
        let style = match node.style {
            Style::Plain => 0,
            Style::Quoted => 1,
            Style::Block => 2,
        };
        out.push(tag | style << 3 | u8::from(node.is_key) << 5);
        // Nodes are written in the order of the text, so what is left to write is small.
        put(out, node.span.start.wrapping_sub(*start) as usize);
        put(out, (node.span.end - node.span.start) as usize);
        *start = node.span.start;
        match kind {
            Kind::Number | Kind::String => {
                let text = tree.text_of(shown);
                put(out, text.len());
                out.extend_from_slice(text.as_bytes());
            }
            Kind::Array | Kind::Object => put(out, node.after.index() - index),
            Kind::Alias(target) => put(out, target.index()),
            Kind::Null | Kind::Bool(_) => {}
        }
    }
}

/// Stands in the place of a node for some that are left out.
const LEFT_OUT: u8 = 0xff;

/// Seven bits a byte, the lowest first; the eighth says that more follow.
fn put(out: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Reads what [`Kept::write`] has written.
struct Reader<'p> {
    bytes: &'p [u8],
    tree: Tree,
    /// The containers around the next node, each with the node after it.
    open: Vec<(NodeId, NodeId)>,
    start: u32,
}

impl Reader<'_> {
    fn byte(&mut self) -> u8 {
        let (byte, rest) =
            self.bytes.split_first().map_or((0, self.bytes), |(byte, rest)| (*byte, rest));
        self.bytes = rest;
        byte
    }

    fn number(&mut self) -> u32 {
        let (mut number, mut shift) = (0_u32, 0);
        loop {
            let byte = self.byte();
            number |= u32::from(byte & 0x7f).checked_shl(shift).unwrap_or_default();
            shift += 7;
            if byte & 0x80 == 0 {
                return number;
            }
        }
    }

    fn next(&self) -> NodeId {
        NodeId(self.tree.first + self.tree.nodes.len() as u32)
    }

    fn read(&mut self) {
        let tag = self.byte();
        while self.open.last().is_some_and(|(_, after)| *after <= self.next()) {
            self.open.pop();
        }
        if tag == LEFT_OUT {
            let count = self.number();
            return self.leave_out(count);
        }
        let start = self.start.wrapping_add(self.number());
        let span = Span::new(start, start + self.number());
        self.start = start;
        let style = match (tag >> 3) & 3 {
            0 => Style::Plain,
            1 => Style::Quoted,
            _ => Style::Block,
        };
        let (mut text, mut len) = (TextAt { start: 0, len: 0 }, 1);
        let kind = match tag & 7 {
            0 => Kind::Null,
            1 => Kind::Bool(false),
            2 => Kind::Bool(true),
            5 | 6 => {
                len = self.number();
                if tag & 7 == 5 { Kind::Array } else { Kind::Object }
            }
            7 => Kind::Alias(NodeId(self.number())),
            scalar => {
                text = self.text();
                if scalar == 3 { Kind::Number } else { Kind::String }
            }
        };
        let is_key = tag & 0x20 != 0;
        let id = self.push(kind, span, len, is_key);
        if let Some(node) = self.tree.nodes.last_mut() {
            (node.text, node.style) = (text, style);
        }
        if matches!(kind, Kind::Array | Kind::Object) {
            self.open.push((id, NodeId(id.0 + len)));
        }
    }

    fn text(&mut self) -> TextAt {
        let len = (self.number() as usize).min(self.bytes.len());
        let (text, rest) = self.bytes.split_at(len);
        self.bytes = rest;
        let start = self.tree.decoded.len() as u32;
        self.tree.decoded.push_str(std::str::from_utf8(text).unwrap_or_default());
        TextAt { start, len: self.tree.decoded.len() as u32 - start }
    }

    /// Puts null in the place of nodes that are left out, and nodes that nothing leads to after it.
    fn leave_out(&mut self, count: u32) {
        let span = Span::at(self.start);
        let in_object =
            self.open.last().is_some_and(|(open, _)| self.tree.raw(*open).kind == Kind::Object);
        let end = self.next().0 + count;
        if in_object {
            self.push(Kind::String, span, 1, true);
        }
        let value = self.next();
        self.push(Kind::Null, span, end - value.0, false);
        while self.next().0 < end {
            self.push(Kind::Null, span, 1, false);
        }
    }

    fn push(&mut self, kind: Kind, span: Span, len: u32, is_key: bool) -> NodeId {
        let id = self.next();
        let parent = self.open.last().map_or(id, |(open, _)| *open);
        let (after, text) = (NodeId(id.0 + len), TextAt { start: 0, len: 0 });
        let style = Style::Plain;
        self.tree.nodes.push(Node {
            kind,
            span,
            after,
            parent,
            text,
            decoded: true,
            style,
            is_key,
        });
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(syntax: Syntax, text: &str) -> Tree {
        Tree::parse(Arc::new(Source::new("t", syntax, text)))
    }

    /// The value as people read it; what is left out of an object has an empty key.
    fn shown(node: NodeRef<'_>) -> String {
        if node.is_object() {
            let member = |(key, value): (NodeRef<'_>, NodeRef<'_>)| {
                format!("{}: {}", key.as_str().unwrap_or("?"), shown(value))
            };
            return format!("{{{}}}", node.members().map(member).collect::<Vec<_>>().join(", "));
        }
        if node.is_array() {
            return format!("[{}]", node.elements().map(shown).collect::<Vec<_>>().join(", "));
        }
        node.scalar_text().unwrap_or("null").to_owned()
    }

    /// The parts of the record at `record` at these pointers, each the same as in the tree itself.
    fn packed(tree: &Tree, record: usize, pointers: &[&str]) -> Option<String> {
        let root = tree.records()[record];
        let parts: Vec<NodeRef<'_>> =
            pointers.iter().map(|pointer| root.pointer(pointer).unwrap_or(root)).collect();
        let again = Packed::of(root, parts.iter().copied())?.unpack();
        let new_root = again.node(root.id());
        for (part, pointer) in parts.iter().zip(pointers) {
            let new = new_root.pointer(pointer).unwrap_or(new_root);
            assert_eq!(
                (new.id(), new.span(), new.inner_span()),
                (part.id(), part.span(), part.inner_span())
            );
            assert_eq!(shown(new), shown(*part));
            assert_eq!(new.pointer_from(root.id()), part.pointer_from(root.id()));
            assert_eq!(
                new.parent().map(NodeRef::id),
                part.parent().filter(|_| part.id() != root.id()).map(NodeRef::id)
            );
        }
        Some(shown(new_root))
    }

    const LONG: &str = "\"a text that is far too long to be kept because it lies beside what is wanted, and so is only kept where it \
        is asked for, as no rule that looks at people needs it; it goes on and on, and says nothing that anybody would miss, until \
        it has reached more than three hundred bytes, which it has not done before this very word, but does now\"";

    #[test]
    fn what_is_asked_for_marks_with_the_way_to_it() {
        let text = format!(
            r#"{{"id": "p", "long": {LONG}, "big": [{LONG}], "slots": [{{"text": {LONG}, "t": "10:00", "who": [{{"n": "A\u00e9"}}, {{"n": 12.50, "ok": true, "no": null}}]}}, {{"x": {LONG}}}], "end": {LONG}}}"#
        );
        let tree = tree(Syntax::Json, &text);
        let found = packed(&tree, 0, &["/slots/0/who/1", "/slots/0/who/1/n", "/slots/0/t"]);
        let expected = "{id: p, : null, slots: [{: null, t: 10:00, who: [{n: Aé}, {n: 12.50, ok: true, no: null}]}, null], : null}";
        assert_eq!(found.as_deref(), Some(expected));
        assert_eq!(
            packed(&tree, 0, &["/slots/1/x"]).map(|s| s.contains("three hundred")),
            Some(true)
        );
        // All of it is all of it.
        assert_eq!(packed(&tree, 0, &[""]), Some(shown(tree.records()[0])));
    }

    #[test]
    fn records_of_one_source_are_packed_each_by_itself() {
        let line = |n: usize| format!("{{\"a\": {{\"b\": [{n}, [], {{}}]}}, \"l\": {LONG}}}\n");
        let lines: String = (0..5).map(line).collect();
        let tree = tree(Syntax::JsonLines, &lines);
        for n in 0..5 {
            let expected = format!("{{a: {{b: [{n}, [], {{}}]}}, : null}}");
            assert_eq!(packed(&tree, n, &["/a/b/0"]), Some(expected));
        }
    }

    #[test]
    fn every_style_of_yaml_and_its_aliases() {
        let text = "- id: &id one\n  list: &list [a, 'b b', \"c\\tc\"]\n  block: |\n    two\n    lines\n- id: *id\n  far: *list\n- here: &here {name: x}\n  there: *here\n  none: ~\n";
        let tree = tree(Syntax::Yaml, text);
        assert_eq!(
            packed(&tree, 0, &["/list/1", "/block"]).as_deref(),
            Some("{id: one, list: [a, b b, c\tc], block: two\nlines\n}")
        );
        // An alias that leads to a scalar elsewhere becomes that; one that leads to a list cannot be kept.
        assert_eq!(packed(&tree, 1, &["/far"]), None);
        assert_eq!(
            packed(&tree, 2, &["/there/name"]).as_deref(),
            Some("{here: {name: x}, there: {name: x}, none: null}")
        );
        let scalar = self::tree(Syntax::Yaml, "- &a one\n- {id: *a}\n");
        assert_eq!(packed(&scalar, 1, &["/id"]).as_deref(), Some("{id: one}"));
    }

    #[test]
    fn a_scalar_and_empty_containers() {
        for text in ["12", "\"\"", "[]", "{}", "null", "[[], {}, [{}]]"] {
            let tree = tree(Syntax::JsonLines, text);
            let root = tree.node(tree.roots()[0]);
            let again = Packed::of(root, [root]).map(|packed| packed.unpack());
            assert_eq!(
                again.map(|again| shown(again.node(root.id()))),
                Some(shown(root)),
                "{text}"
            );
        }
    }
}
