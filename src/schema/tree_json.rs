//! Gives `jsonschema` access to our tree, so that records are validated where they lie and every error
//! has a place. The only module that names the crate's JSON traits.

use std::{borrow::Cow, sync::Arc};

use jsonschema::{
    json::{Array, Json, JsonNumber, Node, NodeIdentity, Object, cmp},
    types::JsonType,
};
use jsonschema_value::LazyInstance;
use serde_json::{Number, Value};

use super::budget::Budget;
use crate::{
    allow,
    source::{Source, Span, Syntax},
    tree::{Builder, Elements, Kind, Members, NodeRef, Style, Tree, value::to_value},
};

/// Our tree as a representation of JSON.
#[derive(Clone, Copy, Debug)]
pub struct TreeJson;

/// A node that the validator reads; what it reads is taken from a budget. Once that is spent, the node looks like
/// `null`, and objects and arrays like empty ones.
#[derive(Clone, Copy, Debug)]
pub struct Metered<'a> {
    node: NodeRef<'a>,
    budget: &'a Budget,
}

impl Budget {
    /// `node`, to be read at the expense of this budget.
    #[must_use]
    pub fn node<'a>(&'a self, node: NodeRef<'a>) -> Metered<'a> {
        Metered { node, budget: self }
    }
}

/// A name of a member as a node of its own.
#[derive(Debug)]
pub struct OneString {
    tree: Tree,
    budget: Budget,
}

impl Json for TreeJson {
    type Node<'a> = Metered<'a>;
    type PreparedKey = String;
    type StringBuffer = Option<OneString>;

    // Looking a member up walks the members, so visiting a few beats looking each one up.
    const KEYS_PER_LOOKUP: usize = 4;
    // An alias to its own ancestor is refused when the tree is built.
    const ACYCLIC: bool = true;

    fn prepare_key(key: &str) -> String {
        key.to_owned()
    }

    fn with_string_node<T>(
        buffer: &mut Option<OneString>,
        string: &str,
        f: impl FnOnce(Metered<'_>) -> T,
    ) -> T {
        let source = Arc::new(Source::new("", Syntax::Json, string));
        let mut builder = Builder::new(source);
        let span = Span::new(0, string.len() as u32);
        let id = builder.verbatim(Kind::String, Style::Plain, span, span);
        let one = buffer.insert(OneString { tree: builder.finish(), budget: Budget::unlimited() });
        f(one.budget.node(one.tree.node(id)))
    }
}

impl Metered<'_> {
    /// Takes one step from the budget; true while there is one.
    fn step(self) -> bool {
        self.budget.spend(1)
    }
}

impl<'a> Node<'a, TreeJson> for Metered<'a> {
    type Object = ObjectRef<'a>;
    type Array = ArrayRef<'a>;
    type Number = NumberRef<'a>;

    fn as_object(&self) -> Option<ObjectRef<'a>> {
        (self.node.is_object() && self.step()).then_some(ObjectRef(*self))
    }

    fn as_array(&self) -> Option<ArrayRef<'a>> {
        (self.node.is_array() && self.step()).then_some(ArrayRef(*self))
    }

    fn as_string(&self) -> Option<Cow<'a, str>> {
        let text = self.node.as_str()?;
        self.budget.spend(1 + (text.len() as u64 >> 5)).then_some(Cow::Borrowed(text))
    }

    fn as_number(&self) -> Option<NumberRef<'a>> {
        self.node.as_number().filter(|_| self.step()).map(NumberRef)
    }

    fn as_boolean(&self) -> Option<bool> {
        self.node.as_bool().filter(|_| self.step())
    }

    fn is_null(&self) -> bool {
        !self.step() || self.node.is_null()
    }

    fn json_type(&self) -> JsonType {
        if !self.step() {
            return JsonType::Null;
        }
        match self.node.kind() {
            Kind::Bool(_) => JsonType::Boolean,
            Kind::Number => JsonType::Number,
            Kind::String => JsonType::String,
            Kind::Array => JsonType::Array,
            Kind::Object => JsonType::Object,
            Kind::Null | Kind::Alias(_) => JsonType::Null,
        }
    }

    fn string_length_within(&self, min: u64, max: u64) -> Option<bool> {
        let string = self.as_string()?;
        let bytes = string.len() as u64;
        // A character is one to four bytes, so the byte length often decides.
        if bytes <= max && bytes.div_ceil(4) >= min {
            return Some(true);
        }
        Some((min..=max).contains(&(string.chars().count() as u64)))
    }

    fn equals_value(&self, expected: &Value) -> bool {
        match (self.node.as_str(), expected) {
            (Some(found), Value::String(expected)) => self.step() && found == expected,
            (Some(_), _) | (None, Value::String(_)) => false,
            _ => cmp::equal(&self.to_value(), expected),
        }
    }

    fn to_value(&self) -> Cow<'a, Value> {
        let is_affordable = self.budget.spend(1 + self.node.subtree_len() as u64);
        Cow::Owned(if is_affordable { to_value(self.node) } else { Value::Null })
    }

    /// Asked for once for each error. No one reads the value but the validator itself, and that only sometimes.
    fn lazy_value(&self) -> LazyInstance<'a> {
        let value = self.budget.value_in_error(self.node);
        LazyInstance::Ready(Cow::Owned(value.unwrap_or(Value::Null)))
    }

    fn identity(&self) -> Option<NodeIdentity> {
        self.step();
        let node = self.node.resolved();
        Some(NodeIdentity::tagged(std::ptr::from_ref(node.tree()).addr(), node.id().index() as u32))
    }
}

/// An object of the tree.
#[derive(Clone, Copy, Debug)]
pub struct ObjectRef<'a>(Metered<'a>);

impl<'a> Object<'a, TreeJson> for ObjectRef<'a> {
    type Node = Metered<'a>;
    type MemberName = &'a str;
    type MembersIter = NamedMembers<'a>;

    fn len(&self) -> usize {
        let Metered { node, budget } = self.0;
        if budget.spend_on(node) { node.count_members(allow::KEY) } else { 0 }
    }

    fn is_empty(&self) -> bool {
        self.members().next().is_none()
    }

    fn get(&self, key: &String) -> Option<Metered<'a>> {
        let Metered { node, budget } = self.0;
        if key == allow::KEY || !budget.spend_on(node) {
            return None;
        }
        node.get(key).map(|node| budget.node(node))
    }

    fn members(&self) -> NamedMembers<'a> {
        NamedMembers { members: self.0.node.members(), budget: self.0.budget }
    }
}

/// The members of an object by name, but for those that allow findings: they are no part of a record, so
/// they may be in records of a schema that knows nothing of them.
#[derive(Clone, Debug)]
pub struct NamedMembers<'a> {
    members: Members<'a>,
    budget: &'a Budget,
}

impl<'a> Iterator for NamedMembers<'a> {
    type Item = (&'a str, Metered<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        if !self.budget.spend(1) {
            return None;
        }
        let (key, node) = self.members.find(|(key, _)| !key.is_text(allow::KEY))?;
        Some((key.as_str().unwrap_or_default(), self.budget.node(node)))
    }
}

/// An array of the tree.
#[derive(Clone, Copy, Debug)]
pub struct ArrayRef<'a>(Metered<'a>);

impl<'a> Array<'a, TreeJson> for ArrayRef<'a> {
    type Node = Metered<'a>;
    type ElementsIter = MeteredElements<'a>;

    fn len(&self) -> usize {
        if self.0.budget.spend_on(self.0.node) { self.0.node.elements().count() } else { 0 }
    }

    fn elements(&self) -> MeteredElements<'a> {
        MeteredElements { elements: self.0.node.elements(), budget: self.0.budget }
    }
}

/// The elements of an array.
#[derive(Clone, Debug)]
pub struct MeteredElements<'a> {
    elements: Elements<'a>,
    budget: &'a Budget,
}

impl<'a> Iterator for MeteredElements<'a> {
    type Item = Metered<'a>;

    fn next(&mut self) -> Option<Metered<'a>> {
        if !self.budget.spend(1) {
            return None;
        }
        self.elements.next().map(|node| self.budget.node(node))
    }
}

/// A number of the tree, as its text.
#[derive(Clone, Copy, Debug)]
pub struct NumberRef<'a>(&'a str);

impl JsonNumber for NumberRef<'_> {
    fn as_u64(&self) -> Option<u64> {
        self.0.parse().ok()
    }

    fn as_i64(&self) -> Option<i64> {
        self.0.parse().ok()
    }

    fn as_f64(&self) -> Option<f64> {
        self.0.parse().ok()
    }

    fn as_str(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.0)
    }

    fn to_number(&self) -> Cow<'_, Number> {
        // The parsers let only numbers through that serde_json can hold.
        Cow::Owned(serde_json::from_str(self.0).unwrap_or_else(|_| Number::from(0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jsonschema::json::conformance::{assert_conformance, document};

    fn conforms(syntax: Syntax) {
        let source = Source::new("a", syntax, document().to_string());
        let tree = Tree::parse(Arc::new(source));
        let budget = Budget::unlimited();
        assert_conformance::<TreeJson>(&budget.node(tree.node(tree.roots()[0])));
    }

    #[test]
    fn a_json_tree_conforms() {
        conforms(Syntax::Json);
    }

    #[test]
    fn a_yaml_tree_conforms() {
        conforms(Syntax::Yaml);
    }
}
