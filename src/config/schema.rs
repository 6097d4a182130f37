//! The JSON Schema of the configuration, by which editors complete and check it.

use serde_json::{Map, Value, json};

use super::{
    FailOn, Level, complete,
    keys::{self, Key, Shape, TABLES, own::CHECKS},
    own_rules,
};
use crate::{
    finding::Family,
    rule::{self, AnyOption, Minutes, RuleId, RuleSet},
    schema::Formats,
    vocabulary::Form,
};

/// A JSON Pointer.
const POINTER: &str = "^(/([^~]|~[01])*)?$";

/// The id of a rule that a project declares.
const OWN_ID: &str = "^project/[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$";

/// The JSON Schema of `rapporteur.toml`, in which these `rules` may be named. Draft 7 is what editors of TOML read.
#[must_use]
pub fn json_schema(rules: &RuleSet) -> String {
    let tables = TABLES.iter().map(|table| {
        let mut schema = match table.shape {
            Shape::Many(keys) => {
                let mut entry = object(keys, rules);
                // Of the checks of a rule there is one; an accepted finding may be named in both ways.
                let kind = if table.either == CHECKS { "oneOf" } else { "anyOf" };
                if !table.either.is_empty() {
                    entry[kind] =
                        table.either.iter().map(|key| json!({"required": [key]})).collect();
                }
                json!({"type": "array", "items": entry})
            }
            Shape::Rules => table_of_rules(rules),
            Shape::One(keys) => object(keys, rules),
            Shape::Value(kind) => value(kind, rules),
            Shape::Named(keys) => {
                json!({"type": "object", "additionalProperties": object(keys, rules)})
            }
        };
        schema["description"] = table.about.into();
        (table.name.to_owned(), schema)
    });
    let schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "The configuration of rapporteur",
        "description": "rapporteur.toml, at the root of a project.",
        "type": "object",
        "properties": tables.collect::<Map<_, _>>(),
        "additionalProperties": false,
        "definitions": {"level": value(keys::Value::Level, rules), "rule": of_rule(&[], rules)},
    });
    format!("{schema:#}\n")
}

/// A table with these keys and no others.
fn object(keys: &[Key], rules: &RuleSet) -> Value {
    let properties = keys.iter().map(|key| {
        let mut schema = value(key.value, rules);
        schema["description"] = key.about.into();
        (key.name.to_owned(), schema)
    });
    let required: Vec<&str> = keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    let mut object = json!({
        "type": "object",
        "properties": properties.collect::<Map<_, _>>(),
        "additionalProperties": false,
    });
    if !required.is_empty() {
        object["required"] = required.into();
    }
    object
}

fn value(value: keys::Value, rules: &RuleSet) -> Value {
    use keys::Value as Kind;

    match value {
        Kind::Text => json!({"type": "string", "pattern": "\\S"}),
        // As far as an expression says it: nothing is empty, leads out of the project, names a folder or has a `\\`.
        Kind::Patterns => one_or_more(&json!({
            "type": "string",
            "pattern": "^(?!!)(?!(\\./)?/)(?!(.*/)?\\.\\.(/|$))[^\\\\]*[^\\\\/]$",
        })),
        Kind::Excludes => {
            let one = json!({
                "type": "string",
                "pattern": "^(?!!)(?!(\\./)?/)(?!(.*/)?\\.\\.(/|$))(?!(\\./)?\\.?(/|/?\\*\\*/?)?$)[^\\\\]+$",
            });
            json!({"anyOf": [one, {"type": "array", "minItems": 1, "items": one}]})
        }
        Kind::FailOn => json!({"enum": FailOn::ALL.map(FailOn::word)}),
        Kind::Rules => {
            let ids: Vec<&str> = rules.ids().collect();
            one_or_more(&json!({"anyOf": [{"enum": ids}, {"type": "string", "pattern": OWN_ID}]}))
        }
        Kind::Pointer | Kind::Path => json!({"type": "string", "pattern": POINTER}),
        Kind::Fingerprint => json!({"type": "string", "pattern": "^\\s*[0-9A-Fa-f]{32}\\s*$"}),
        // A date of TOML is shown to a schema as its text.
        Kind::Day => json!({"type": "string", "format": "date"}),
        Kind::Columns | Kind::Schemas => one_or_more(&json!({"type": "string", "pattern": "\\S"})),
        Kind::Character => {
            json!({"type": "string", "pattern": "^[\\x00-\\x09\\x0b\\x0c\\x0e-\\x21\\x23-\\x7f]$"})
        }
        Kind::Flag => json!({"type": "boolean"}),
        Kind::Complete => {
            let range = json!({"type": "string", "pattern": "^\\s*[0-9]+\\s*(-\\s*[0-9]+\\s*)?$"});
            json!({
                "type": "object",
                "properties": {
                    "body": {"enum": complete::bodies()},
                    "sessions": range,
                    "years": range,
                    "series": {"type": "string", "pattern": "^[A-Z].*/.*[/.]$"},
                },
                "oneOf": [
                    {"required": ["body"], "properties": {"series": false}},
                    {"required": ["series"], "properties": {"body": false, "sessions": false, "years": false}},
                ],
                "additionalProperties": false,
            })
        }
        Kind::Form => json!({"enum": Form::PLAIN.map(Form::word)}),
        Kind::Formats => json!({"enum": Formats::WORDS}),
        Kind::Levels => {
            let names: Vec<&str> = rules.ids().chain(Family::words()).collect();
            json!({
                "type": "object",
                "minProperties": 1,
                "propertyNames": {"anyOf": [{"enum": names}, {"pattern": OWN_ID}]},
                "additionalProperties": {"$ref": "#/definitions/level"},
            })
        }
        Kind::Level => json!({"enum": Level::WORDS}),
        Kind::OwnId => json!({"type": "string", "pattern": OWN_ID, "maxLength": RuleId::LONGEST}),
        Kind::Pointers | Kind::Paths => one_or_more(&json!({"type": "string", "pattern": POINTER})),
        Kind::Condition => condition(),
        Kind::Pattern => json!({"type": "string", "format": "regex", "minLength": 1}),
        Kind::Among => json!({"enum": own_rules::AMONG}),
        Kind::Number => json!({"type": "integer", "minimum": 0, "maximum": u32::MAX}),
        Kind::Texts => {
            json!({"type": "array", "minItems": 1, "items": {"type": "string", "pattern": "\\S"}})
        }
        Kind::Constants => json!({
            "type": "object",
            "minProperties": 1,
            "additionalProperties": {"type": ["string", "number", "boolean"]},
        }),
        Kind::Inline(keys) => object(keys, rules),
    }
}

/// What values must be, by pointers to them.
fn condition() -> Value {
    let scalar = json!({"type": ["string", "number", "boolean"]});
    let values = json!({"anyOf": [scalar, {"type": "array", "minItems": 1, "items": scalar}]});
    let table = json!({
        "type": "object",
        "minProperties": 1,
        "properties": {
            "is": values,
            "not": values,
            "present": {"type": "boolean"},
            "matches": {"type": "string", "format": "regex", "minLength": 1},
        },
        "additionalProperties": false,
    });
    json!({
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"pattern": POINTER},
        "additionalProperties": {"anyOf": [values, table]},
    })
}

/// One value, or a list of them.
fn one_or_more(one: &Value) -> Value {
    json!({"anyOf": [one, {"type": "array", "minItems": 1, "uniqueItems": true, "items": one}]})
}

/// A level for each rule and each family, or a table with it and the options of the rule.
fn table_of_rules(rules: &RuleSet) -> Value {
    let entry = |table: Value, about: String| json!({"anyOf": [{"$ref": "#/definitions/level"}, table], "description": about});
    let plain = || json!({"$ref": "#/definitions/rule"});
    let family = |family: Family| {
        let about = format!("Every rule of the family {family}.");
        (family.word().to_owned(), entry(plain(), about))
    };
    let families = Family::ALL.into_iter().map(family);
    let rules = rules.iter().map(|rule| {
        let about = format!("{}: {} (default: {})", rule.family, rule.summary(), rule.level_word());
        let table = if rule.options.is_empty() { plain() } else { of_rule(rule.options, rules) };
        (rule.id.to_string(), entry(table, about))
    });
    let properties: Map<String, Value> = families.chain(rules).collect();
    let own = json!({OWN_ID: {"anyOf": [{"$ref": "#/definitions/level"}, plain()]}});
    json!({"type": "object", "properties": properties, "patternProperties": own, "additionalProperties": false})
}

/// The table of a rule with these options.
fn of_rule(options: &[&dyn AnyOption], rules: &RuleSet) -> Value {
    let mut table = object(&[keys::LEVEL], rules);
    for option in options {
        let mut schema = match option.default() {
            rule::Value::Duration(_) => json!({"type": "string", "pattern": Minutes::PATTERN}),
            rule::Value::Number(_) => json!({"type": "integer", "minimum": 0, "maximum": u32::MAX}),
            rule::Value::Flag(_) => json!({"type": "boolean"}),
            rule::Value::Texts(_) => texts(),
            rule::Value::Pairs(_) => json!({
                "type": "object",
                "propertyNames": {"pattern": "\\S"},
                "additionalProperties": {"type": "string", "pattern": "\\S"},
            }),
        };
        schema["description"] = option.about().into();
        schema["default"] = match option.default() {
            rule::Value::Duration(minutes) => minutes.to_string().into(),
            rule::Value::Number(number) => number.into(),
            rule::Value::Flag(flag) => flag.into(),
            rule::Value::Texts(texts) => texts.iter().collect(),
            rule::Value::Pairs(pairs) => {
                let entry = |(first, second): (&str, &str)| (first.to_owned(), second.into());
                Value::Object(pairs.iter().map(entry).collect())
            }
        };
        table["properties"][option.name()] = schema;
    }
    table["minProperties"] = 1.into();
    table
}

/// A text that is not empty, or a list of them.
fn texts() -> Value {
    let text = json!({"type": "string", "pattern": "\\S"});
    json!({"anyOf": [text, {"type": "array", "items": text}]})
}
