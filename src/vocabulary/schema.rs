//! The JSON Schema of the vocabulary: what the keywords look like in a schema.

use serde_json::{Map, Value, json};

use super::{
    KEYWORDS,
    keyword::{Argument, Keyword, Kind, WHEN},
};

/// The text of `schemas/vocabulary.schema.json`, which is made from the table of keywords.
#[must_use]
pub fn json_schema() -> String {
    format!("{:#}\n", schema())
}

fn schema() -> Value {
    let keywords = KEYWORDS.iter().map(|keyword| keyword.name);
    let names: Vec<&str> = keywords.chain([MARKDOWN]).collect();
    let mut properties: Map<String, Value> =
        applicators().into_iter().map(|(name, schema)| (name.to_owned(), schema)).collect();
    let mut definitions = Map::new();
    definitions.insert("pointer".to_owned(), pointer());
    definitions.insert("pointers".to_owned(), pointers());
    for keyword in KEYWORDS {
        properties.insert(keyword.name.to_owned(), keyword_schema(keyword));
        definitions.insert(keyword.name.to_owned(), arguments(keyword));
    }
    properties.insert(MARKDOWN.to_owned(), markdown());
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The vocabulary",
        "description": "What the keywords beginning with \"x-\" look like in a schema. It applies to every schema inside \
                        a schema and ignores all other keywords.",
        "type": ["object", "boolean"],
        "propertyNames": {"anyOf": [{"not": {"pattern": "^x-"}}, {"enum": names}]},
        "properties": properties,
        "$defs": definitions
    })
}

/// The word that says what a schema reads in a Markdown text. It is about the text as a whole, and not about a value, as keywords are.
const MARKDOWN: &str = "x-markdown";

fn markdown() -> Value {
    json!({
        "description": "Which property has which part of a meeting that is written in Markdown, by the names of the parts.",
        "type": "object",
        "additionalProperties": {"type": "string", "minLength": 1},
        "minProperties": 1
    })
}

fn pointer() -> Value {
    json!({
        "description": "A JSON Pointer (RFC 6901) downwards from the value; the empty pointer is the value itself.",
        "type": "string",
        "pattern": "^(/([^~/]|~[01])*)*$"
    })
}

fn pointers() -> Value {
    let item = json!({"$ref": "#/$defs/pointer"});
    json!({"description": "Several pointers.", "type": "array", "items": item, "minItems": 1})
}

/// What may be written after a keyword: its arguments once, or an array of them.
fn keyword_schema(keyword: &Keyword) -> Value {
    let full = json!({"$ref": format!("#/$defs/{}", keyword.name)});
    let short = keyword.short.and_then(|name| keyword.argument(name));
    let mut once: Vec<Value> = short.into_iter().map(|argument| value(argument.kind)).collect();
    once.push(full);
    // Of a keyword that applies once, the conditions choose one.
    let item = if keyword.repeats {
        json!({"anyOf": once})
    } else {
        json!({"allOf": [once.last()], "required": ["when"]})
    };
    once.push(json!({"type": "array", "items": item, "minItems": 1}));
    json!({"description": sentence(keyword.about), "anyOf": once})
}

/// The object with the arguments of a keyword.
fn arguments(keyword: &Keyword) -> Value {
    let described = |argument: &Argument| {
        let mut schema = value(argument.kind);
        schema["description"] = json!(sentence(argument.about));
        (argument.name.to_owned(), schema)
    };
    let all = keyword.arguments.iter().chain([&WHEN]);
    let properties: Map<String, Value> = all.map(described).collect();
    let required = keyword.arguments.iter().filter(|argument| argument.is_required);
    let required: Vec<&str> = required.map(|argument| argument.name).collect();
    let mut schema = json!({
        "type": "object",
        "properties": properties,
        "minProperties": 1,
        "additionalProperties": false
    });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    if let (Some(object), Some(between)) = (schema.as_object_mut(), keyword.between)
        && let Value::Object(between) = between()
    {
        object.extend(between);
    }
    schema
}

fn value(kind: Kind) -> Value {
    let pointer_or_pointers =
        json!({"anyOf": [{"$ref": "#/$defs/pointer"}, {"$ref": "#/$defs/pointers"}]});
    match kind {
        Kind::Pointer | Kind::ItemPointer => json!({"$ref": "#/$defs/pointer"}),
        Kind::Pointers => json!({"$ref": "#/$defs/pointers"}),
        Kind::PointerOrPointers => pointer_or_pointers,
        Kind::ItemKeys => json!({"type": "array", "items": pointer_or_pointers, "minItems": 1}),
        Kind::States(words) | Kind::ItemStates(words) => {
            let values = json!({
                "type": "array",
                "items": {"type": ["string", "number", "boolean"]},
                "minItems": 1
            });
            let pointer = json!({"$ref": "#/$defs/pointer"});
            let lists = words().into_iter().map(|word| (word.to_owned(), values.clone()));
            let members: Map<String, Value> =
                std::iter::once(("at".to_owned(), pointer.clone())).chain(lists).collect();
            let object = json!({
                "type": "object",
                "properties": members,
                "required": ["at"],
                "additionalProperties": false
            });
            json!({"anyOf": [pointer, object]})
        }
        Kind::Choice(words) => json!({"enum": words()}),
        Kind::Text => json!({"type": "string", "minLength": 1}),
        Kind::Texts => json!({"type": "array", "items": {"type": "string"}}),
        Kind::Flag => json!({"type": "boolean"}),
        Kind::Number => json!({"type": "integer", "minimum": 0, "maximum": u32::MAX}),
        Kind::Schema => json!({"$ref": "#"}),
    }
}

/// A fragment as a sentence.
fn sentence(fragment: &str) -> String {
    let mut rest = fragment.chars();
    let first = rest.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", rest.as_str())
}

/// The keywords of JSON Schema that have schemas in them.
fn applicators() -> Vec<(&'static str, Value)> {
    let one = || json!({"$ref": "#"});
    let named = |about: &str| json!({"description": about, "type": "object", "additionalProperties": {"$ref": "#"}});
    let listed =
        |about: &str| json!({"description": about, "type": "array", "items": {"$ref": "#"}});
    vec![
        ("properties", named("Schemas by the name of the property.")),
        ("patternProperties", named("Schemas by a pattern of names.")),
        ("$defs", named("Schemas to be used by reference.")),
        ("definitions", named("Schemas to be used by reference, as older drafts write them.")),
        ("dependentSchemas", named("Schemas that apply if a property is there.")),
        (
            "dependencies",
            json!({
                "description": "Older drafts: schemas, or lists of names.",
                "type": "object",
                "additionalProperties": {"if": {"not": {"type": "array"}}, "then": {"$ref": "#"}}
            }),
        ),
        (
            "items",
            json!({
                "description": "The schema of the items; in older drafts also a list of schemas.",
                "if": {"type": "array"},
                "then": {"items": {"$ref": "#"}},
                "else": {"$ref": "#"}
            }),
        ),
        ("additionalItems", one()),
        ("unevaluatedItems", one()),
        ("contains", one()),
        ("additionalProperties", one()),
        ("unevaluatedProperties", one()),
        ("propertyNames", one()),
        ("contentSchema", one()),
        ("not", one()),
        ("if", one()),
        ("then", one()),
        ("else", one()),
        ("prefixItems", listed("Schemas of the first items.")),
        ("allOf", listed("Schemas that all apply.")),
        ("anyOf", listed("Schemas of which at least one applies.")),
        ("oneOf", listed("Schemas of which exactly one applies.")),
    ]
}
