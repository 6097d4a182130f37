//! Copies of parts of a tree as `serde_json` values, for schemas and outputs.

use serde_json::{Map, Value};

use super::{Kind, NodeRef};

/// The value of `node` with everything below it. Aliases are written out, which the YAML reader
/// bounds in number and in depth; of a key that appears twice, the last member counts.
#[must_use]
pub fn to_value(node: NodeRef<'_>) -> Value {
    // The depth of a tree is bounded where it is built, so the recursion is too.
    match node.kind() {
        Kind::Null | Kind::Alias(_) => Value::Null,
        Kind::Bool(value) => Value::Bool(value),
        Kind::Number => {
            let number = node.as_number().and_then(|text| text.parse().ok());
            number.map_or(Value::Null, Value::Number)
        }
        Kind::String => Value::String(node.as_str().unwrap_or_default().to_owned()),
        Kind::Array => Value::Array(node.elements().map(to_value).collect()),
        Kind::Object => {
            let members = node
                .members()
                .map(|(key, value)| (key.as_str().unwrap_or_default().to_owned(), to_value(value)));
            Value::Object(members.collect::<Map<_, _>>())
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::json;

    use super::*;
    use crate::{
        source::{Source, Syntax},
        tree::Tree,
    };

    #[test]
    fn every_kind_of_value_is_copied_and_the_last_of_equal_keys_counts() {
        let text = r#"{"a": [null, true, -1.5e3, "é\n"], "b": 1, "b": {"c": false}}"#;
        let tree = Tree::parse(Arc::new(Source::new("a.json", Syntax::Json, text)));
        let value = to_value(tree.node(tree.roots()[0]));
        assert_eq!(value, json!({"a": [null, true, -1500.0, "é\n"], "b": {"c": false}}));
    }

    #[test]
    fn an_alias_is_written_out() {
        let text = "a: &x {k: 1}\nb: [*x, *x]\n";
        let tree = Tree::parse(Arc::new(Source::new("a.yaml", Syntax::Yaml, text)));
        let value = to_value(tree.node(tree.roots()[0]));
        assert_eq!(value, json!({"a": {"k": 1}, "b": [{"k": 1}, {"k": 1}]}));
    }
}
