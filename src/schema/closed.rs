//! Closed schemas: a record may name its schema in `$schema`, whatever the schema says of other properties.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::tree::escape;

/// The member in which a record names its schema.
const NAME: &str = "$schema";

/// Lets the record have `$schema` in every schema object that applies to the record itself and closes it: the root, and what
/// it refers to or combines in the same document. An object that says something of `$schema` stays as it is.
pub(super) fn allow_schema_name(schema: &mut Value) {
    for pointer in in_place(schema) {
        let Some(Value::Object(object)) = schema.pointer_mut(&pointer) else { continue };
        let closes = |name| object.get(name).is_some_and(|rest| rest != &Value::Bool(true));
        if !closes("additionalProperties") && !closes("unevaluatedProperties") {
            continue;
        }
        let properties = object.entry("properties").or_insert_with(|| json!({}));
        if let Some(properties) = properties.as_object_mut() {
            properties.entry(NAME).or_insert(Value::Bool(true));
        }
    }
}

/// The schema objects that apply to the same value as the root, by their pointers.
fn in_place(schema: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut queue = vec![String::new()];
    while let Some(pointer) = queue.pop() {
        let Some(Value::Object(object)) = schema.pointer(&pointer) else { continue };
        if !found.insert(pointer.clone()) {
            continue;
        }
        let reference = object.get("$ref").and_then(Value::as_str);
        queue.extend(reference.and_then(|to| to.strip_prefix('#')).map(str::to_owned));
        for name in ["allOf", "anyOf", "oneOf"] {
            let count = object.get(name).and_then(Value::as_array).map_or(0, Vec::len);
            queue.extend((0..count).map(|at| format!("{pointer}/{name}/{at}")));
        }
        queue.extend(["if", "then", "else"].map(|name| format!("{pointer}/{name}")));
        let dependent = object.get("dependentSchemas").and_then(Value::as_object);
        let names = dependent.into_iter().flat_map(|all| all.keys());
        queue.extend(names.map(|name| format!("{pointer}/dependentSchemas/{}", escape(name))));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(mut schema: Value) -> Value {
        allow_schema_name(&mut schema);
        schema
    }

    #[test]
    fn every_object_that_closes_the_record_itself_allows_the_name() {
        let closed = json!({"additionalProperties": false});
        let open = json!({"additionalProperties": false, "properties": {"$schema": true}});
        assert_eq!(allowed(closed.clone()), open);
        let of = |part: &Value| {
            json!({
                "$ref": "#/$defs/a",
                "allOf": [{"$ref": "#/$defs/b"}, part],
                "if": {"required": ["x"]},
                "then": part,
                "$defs": {"a": part, "b": part}
            })
        };
        assert_eq!(allowed(of(&closed)), of(&open));
        let unevaluated = allowed(json!({"unevaluatedProperties": false, "properties": {"a": {}}}));
        assert_eq!(unevaluated["properties"], json!({"a": {}, "$schema": true}));
    }

    #[test]
    fn other_objects_and_what_is_said_of_the_name_stay() {
        for schema in [
            json!({"properties": {"a": {"additionalProperties": false}}}),
            json!({"items": {"additionalProperties": false}}),
            json!({"properties": {"$schema": false}, "additionalProperties": false}),
            json!({"additionalProperties": true}),
            json!({"$ref": "#/$defs/loop", "$defs": {"loop": {"$ref": "#"}}}),
            json!({"$ref": "other.json"}),
            json!(true),
        ] {
            assert_eq!(allowed(schema.clone()), schema);
        }
    }
}
