//! Gives `jsonschema` access to our tree, so that records are validated where they lie and every error
//! has a place. The only module that names the crate's JSON traits.

use std::{borrow::Cow, sync::Arc};

use jsonschema::{
    json::{Array, Json, JsonNumber, Node, NodeIdentity, Object, cmp},
    types::JsonType,
};
use serde_json::{Number, Value};

use crate::{
    allow,
    source::{Source, Span, Syntax},
    tree::{Builder, Elements, Kind, Members, NodeRef, Style, Tree, value::to_value},
};

/// Our tree as a representation of JSON.
#[derive(Clone, Copy, Debug)]
pub struct TreeJson;

impl Json for TreeJson {
    type Node<'a> = NodeRef<'a>;
    type PreparedKey = String;
    type StringBuffer = Option<Tree>;

    // Looking a member up walks the members, so visiting a few beats looking each one up.
    const KEYS_PER_LOOKUP: usize = 4;
    // An alias to its own ancestor is refused when the tree is built.
    const ACYCLIC: bool = true;

    fn prepare_key(key: &str) -> String {
        key.to_owned()
    }

    fn with_string_node<T>(
        buffer: &mut Option<Tree>,
        string: &str,
        f: impl FnOnce(NodeRef<'_>) -> T,
    ) -> T {
        let source = Arc::new(Source::new("", Syntax::Json, string));
        let mut builder = Builder::new(source);
        let span = Span::new(0, string.len() as u32);
        let id = builder.verbatim(Kind::String, Style::Plain, span, span);
        f(buffer.insert(builder.finish()).node(id))
    }
}

impl<'a> Node<'a, TreeJson> for NodeRef<'a> {
    type Object = ObjectRef<'a>;
    type Array = ArrayRef<'a>;
    type Number = NumberRef<'a>;

    fn as_object(&self) -> Option<ObjectRef<'a>> {
        self.is_object().then_some(ObjectRef(*self))
    }

    fn as_array(&self) -> Option<ArrayRef<'a>> {
        NodeRef::is_array(*self).then_some(ArrayRef(*self))
    }

    fn as_string(&self) -> Option<Cow<'a, str>> {
        self.as_str().map(Cow::Borrowed)
    }

    fn as_number(&self) -> Option<NumberRef<'a>> {
        NodeRef::as_number(*self).map(NumberRef)
    }

    fn as_boolean(&self) -> Option<bool> {
        self.as_bool()
    }

    fn is_null(&self) -> bool {
        NodeRef::is_null(*self)
    }

    fn json_type(&self) -> JsonType {
        match self.kind() {
            Kind::Bool(_) => JsonType::Boolean,
            Kind::Number => JsonType::Number,
            Kind::String => JsonType::String,
            Kind::Array => JsonType::Array,
            Kind::Object => JsonType::Object,
            Kind::Null | Kind::Alias(_) => JsonType::Null,
        }
    }

    fn string_length_within(&self, min: u64, max: u64) -> Option<bool> {
        let string = self.as_str()?;
        let bytes = string.len() as u64;
        // A character is one to four bytes, so the byte length often decides.
        if bytes <= max && bytes.div_ceil(4) >= min {
            return Some(true);
        }
        Some((min..=max).contains(&(string.chars().count() as u64)))
    }

    fn equals_value(&self, expected: &Value) -> bool {
        match (self.as_str(), expected) {
            (Some(found), Value::String(expected)) => found == expected,
            (Some(_), _) | (None, Value::String(_)) => false,
            _ => cmp::equal(&to_value(*self), expected),
        }
    }

    fn to_value(&self) -> Cow<'a, Value> {
        Cow::Owned(to_value(*self))
    }

    fn identity(&self) -> Option<NodeIdentity> {
        let node = self.resolved();
        Some(NodeIdentity::tagged(std::ptr::from_ref(node.tree()).addr(), node.id().index() as u32))
    }
}

/// An object of the tree.
#[derive(Clone, Copy, Debug)]
pub struct ObjectRef<'a>(NodeRef<'a>);

impl<'a> Object<'a, TreeJson> for ObjectRef<'a> {
    type Node = NodeRef<'a>;
    type MemberName = &'a str;
    type MembersIter = NamedMembers<'a>;

    fn len(&self) -> usize {
        self.members().count()
    }

    fn is_empty(&self) -> bool {
        self.members().next().is_none()
    }

    fn get(&self, key: &String) -> Option<NodeRef<'a>> {
        if key == allow::KEY { None } else { self.0.get(key) }
    }

    fn members(&self) -> NamedMembers<'a> {
        NamedMembers(self.0.members())
    }
}

/// The members of an object by name, but for those that allow findings: they are no part of a record, so
/// they may stand in records of a schema that knows nothing of them.
#[derive(Clone, Debug)]
pub struct NamedMembers<'a>(Members<'a>);

impl<'a> Iterator for NamedMembers<'a> {
    type Item = (&'a str, NodeRef<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        let mut named = (&mut self.0).map(|(key, value)| (key.as_str().unwrap_or_default(), value));
        named.find(|(key, _)| *key != allow::KEY)
    }
}

/// An array of the tree.
#[derive(Clone, Copy, Debug)]
pub struct ArrayRef<'a>(NodeRef<'a>);

impl<'a> Array<'a, TreeJson> for ArrayRef<'a> {
    type Node = NodeRef<'a>;
    type ElementsIter = Elements<'a>;

    fn len(&self) -> usize {
        self.0.elements().count()
    }

    fn elements(&self) -> Elements<'a> {
        self.0.elements()
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
        assert_conformance::<TreeJson>(&tree.node(tree.roots()[0]));
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
