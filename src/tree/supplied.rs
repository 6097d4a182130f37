//! Members that a record has although its file does not write them: the path of the file says them, or the configuration.

use std::sync::{Arc, OnceLock};

use super::{Kind, Node, NodeId, NodeRef, Style, TextAt, Tree};
use crate::source::Span;

/// What the path of a file and the configuration say of its records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Supplied {
    /// The values, those of the path first, in their order.
    pub values: Vec<SuppliedValue>,
}

/// One value that is said so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuppliedValue {
    /// The property that it is the value of.
    pub name: String,
    /// As the path writes it, or the configuration.
    pub written: String,
    /// How it is written in the path; `None` for a value that the configuration gives to all files.
    pub form: Option<PathForm>,
    /// What it is; `None` if it cannot be read in its form.
    pub value: Option<Scalar>,
}

/// A value without parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scalar {
    /// A text.
    Text(String),
    /// A number, as its text in JSON.
    Number(String),
    /// True or false.
    Flag(bool),
}

/// How a part of a path is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PathForm {
    /// A day: `2026-03-11`, `20260311` or `260311`.
    Date,
    /// A year of four digits.
    Year,
    /// A month: `3`, `03`, `Mar`, `March` or `03-Mar`.
    Month,
    /// The day of a month.
    Day,
    /// A whole number.
    Number,
    /// Digits that stay a text.
    Digits,
    /// Letters and digits without a mark between them.
    Word,
    /// Any text without `/`.
    Text,
}

impl PathForm {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 8] = [
        Self::Date,
        Self::Year,
        Self::Month,
        Self::Day,
        Self::Number,
        Self::Digits,
        Self::Word,
        Self::Text,
    ];

    /// The word for it in the configuration.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Year => "year",
            Self::Month => "month",
            Self::Day => "day",
            Self::Number => "number",
            Self::Digits => "digits",
            Self::Word => "word",
            Self::Text => "text",
        }
    }
}

impl Scalar {
    /// The text of the value.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) | Self::Number(text) => text,
            Self::Flag(true) => "true",
            Self::Flag(false) => "false",
        }
    }

    const fn kind(&self) -> Kind {
        match self {
            Self::Text(_) => Kind::String,
            Self::Number(_) => Kind::Number,
            Self::Flag(flag) => Kind::Bool(*flag),
        }
    }
}

impl Supplied {
    /// The value of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&SuppliedValue> {
        self.values.iter().find(|one| one.name == name)
    }
}

impl Tree {
    /// What the path and the configuration say of the records.
    #[must_use]
    pub fn supplied(&self) -> Option<&Supplied> {
        self.supplied.as_deref()
    }

    /// Gives objects that are written in the source the members that are meant for each: the numbers of values of `supplied`. The
    /// objects are in their order. New members come first in an object, and have an empty place at its beginning.
    pub fn supply(&mut self, supplied: Arc<Supplied>, plan: &[(NodeId, Vec<usize>)]) {
        let added: usize = plan.iter().map(|(_, numbers)| 2 * numbers.len()).sum();
        if added > 0 {
            let steps = Steps::of(plan);
            let old = std::mem::take(&mut self.nodes);
            self.nodes.reserve(old.len() + added);
            let mut plan = plan.iter().peekable();
            for (at, node) in old.into_iter().enumerate() {
                let id = NodeId(self.first + at as u32);
                let start = node.span.start;
                self.nodes.push(steps.moved(node));
                if let Some((_, numbers)) = plan.next_if(|(object, _)| *object == id) {
                    let values = numbers.iter().filter_map(|number| supplied.values.get(*number));
                    for value in values {
                        self.push_member(steps.id(id), start, value);
                    }
                }
            }
            for root in &mut self.roots {
                *root = steps.id(*root);
            }
            self.order = OnceLock::new();
        }
        self.supplied = Some(supplied);
    }

    fn push_member(&mut self, parent: NodeId, start: u32, member: &SuppliedValue) {
        let value = member.value.as_ref();
        let kind = value.map_or(Kind::Null, Scalar::kind);
        self.push_supplied(parent, start, (Kind::String, &member.name), true);
        self.push_supplied(parent, start, (kind, value.map_or("", Scalar::text)), false);
    }

    fn push_supplied(
        &mut self,
        parent: NodeId,
        start: u32,
        (kind, text): (Kind, &str),
        is_key: bool,
    ) {
        let at = TextAt { start: self.decoded.len() as u32, len: text.len() as u32 };
        self.decoded.push_str(text);
        let after = NodeId(self.first + self.nodes.len() as u32 + 1);
        let (span, style) = (Span::at(start), Style::Supplied);
        self.nodes.push(Node { kind, span, after, parent, text: at, decoded: true, style, is_key });
    }
}

/// How the numbers of nodes change when objects get more members.
struct Steps(Vec<(NodeId, u32)>);

impl Steps {
    fn of(plan: &[(NodeId, Vec<usize>)]) -> Self {
        let mut added = 0;
        let step = |(object, numbers): &(NodeId, Vec<usize>)| {
            added += 2 * numbers.len() as u32;
            (NodeId(object.0 + 1), added)
        };
        Self(plan.iter().map(step).collect())
    }

    fn id(&self, old: NodeId) -> NodeId {
        let at = self.0.partition_point(|(first, _)| *first <= old);
        let added = at.checked_sub(1).and_then(|at| self.0.get(at)).map_or(0, |step| step.1);
        NodeId(old.0 + added)
    }

    fn moved(&self, mut node: Node) -> Node {
        node.after = self.id(node.after);
        node.parent = self.id(node.parent);
        if let Kind::Alias(target) = node.kind {
            node.kind = Kind::Alias(self.id(target));
        }
        node
    }
}

impl NodeRef<'_> {
    /// Whether the file does not write the node: its path says it, or the configuration.
    #[must_use]
    pub fn is_supplied(self) -> bool {
        self.style() == Style::Supplied
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::{
        source::Syntax,
        tree::{testing, value::to_value},
    };

    fn supplied() -> Arc<Supplied> {
        let value = |name: &str, value| SuppliedValue {
            name: name.to_owned(),
            written: String::new(),
            form: None,
            value: Some(value),
        };
        Arc::new(Supplied {
            values: vec![
                value("p", Scalar::Text("ü".to_owned())),
                value("q", Scalar::Number("7".to_owned())),
                value("r", Scalar::Flag(true)),
            ],
        })
    }

    /// The tree of a text in which every record has all of these members.
    fn with_all(syntax: Syntax, text: &str) -> Tree {
        let mut tree = testing::tree(syntax, text);
        let records = tree.records();
        let objects = records.iter().filter(|root| root.written_kind() == Kind::Object);
        let plan: Vec<_> = objects.map(|root| (root.id(), vec![0, 1, 2])).collect();
        tree.supply(supplied(), &plan);
        tree
    }

    #[test]
    fn every_record_has_the_members_and_keeps_its_own() {
        let tree = with_all(Syntax::Json, r#"[{"a": [1, {"b": 2}]}, {}, 3, {"c": {}}]"#);
        testing::assert_sound(&tree);
        assert_eq!(
            to_value(tree.node(tree.roots()[0])),
            json!([
                {"p": "ü", "q": 7, "r": true, "a": [1, {"b": 2}]},
                {"p": "ü", "q": 7, "r": true},
                3,
                {"p": "ü", "q": 7, "r": true, "c": {}}
            ])
        );
        let first = tree.records()[0];
        let (key, value) = first.member("p").unwrap();
        assert!(key.is_supplied() && value.is_supplied() && !first.is_supplied());
        assert_eq!(value.span(), Span::at(1));
        assert!(!first.get("a").unwrap().is_supplied());
        assert_eq!(value.pointer_from(first.id()), "/p");
        let at = tree.node_at_offset(8).unwrap();
        assert_eq!(at.written(), "1", "places lead to what is written");
    }

    #[test]
    fn aliases_lead_where_they_led() {
        let tree = with_all(Syntax::Yaml, "- {a: &x {b: [1]}, c: *x}\n- {d: &y 1, e: *y}\n");
        let values: Vec<_> = tree.records().into_iter().map(to_value).collect();
        assert_eq!(values[0]["c"], json!({"b": [1]}));
        assert_eq!(values[1], json!({"p": "ü", "q": 7, "r": true, "d": 1, "e": 1}));
    }

    proptest! {
        #[test]
        fn a_tree_stays_sound(texts in prop::collection::vec("(\\{(\"[abp]\":(1|\\[\\{\\}\\]|\\{\"x\":2\\}))?\\}|[0-9]|\\[\\])", 0..6)) {
            let text = format!("[{}]", texts.join(","));
            let tree = with_all(Syntax::Json, &text);
            let plain = testing::tree(Syntax::Json, &text);
            let (records, before) = (tree.records(), plain.records());
            prop_assert_eq!(records.len(), before.len());
            for (now, before) in records.into_iter().zip(before) {
                let (mut value, before) = (to_value(now), to_value(before));
                if let Some(object) = value.as_object_mut() {
                    for name in ["q", "r"] {
                        object.remove(name);
                    }
                    if before.get("p").is_none() {
                        object.remove("p");
                    }
                }
                prop_assert_eq!(value, before);
            }
        }
    }
}
