//! The conditions of a rule: what values must be, by pointers to them. A condition is read into a JSON Schema, which is what a
//! keyword has as its `when`.

use std::ops::Range;

use serde_json::{Value as Json, json};
use toml::de::{DeTable, DeValue};

use super::{From, Pointed, reach::Wanted};
use crate::{
    config::{Reader, Value, in_order},
    vocabulary::{Path, Pointer},
};

/// The keys of a condition on one value.
const KEYS: [&str; 4] = ["is", "not", "present", "matches"];

impl Reader<'_> {
    /// The schema of a condition; the pointers in it begin at `from`.
    pub(super) fn read_condition(
        &mut self,
        value: &Value<'_>,
        from: &From,
        pointers: &mut Vec<Pointed>,
    ) -> Option<Json> {
        let Some(table) = value.get_ref().as_table() else {
            let help = "write `{\"/status\" = \"final\"}`".to_owned();
            self.wrong_type(value, "the condition is", "a table", Some(help));
            return None;
        };
        if table.is_empty() {
            let help = "write `{\"/status\" = \"final\"}`".to_owned();
            self.problem(value.span(), "the condition is empty".to_owned(), Some(help));
        }
        let mut all = Vec::new();
        for (key, value) in in_order(table) {
            let text = key.get_ref().as_ref();
            let Some(path) = Path::read(text) else {
                let message = format!("the pointer `{text}` does not begin with `/`");
                self.problem(key.span(), message, Some(format!("write `\"/{text}\"`")));
                continue;
            };
            if path.has_each() {
                let message =
                    format!("the pointer `{text}` has a `*`, and a condition is about one value");
                self.problem(key.span(), message, None);
                continue;
            }
            let pointer = path.split().1;
            let wanted = Wanted::Texts(texts_in(value));
            pointers.push(Pointed { path, from: from.clone(), span: key.span(), wanted });
            all.extend(self.read_wanted(value, &pointer));
        }
        match all.as_slice() {
            [one] => Some(one.clone()),
            _ => Some(json!({ "allOf": all })),
        }
    }

    /// What one value must be: a value, one of a list, or a table of what it must be.
    fn read_wanted(&mut self, value: &Value<'_>, pointer: &Pointer) -> Vec<Json> {
        let Some(table) = value.get_ref().as_table() else {
            let leaf = self.read_values(value);
            return leaf.map(|leaf| at(pointer, &leaf)).into_iter().collect();
        };
        self.read_table(value, table, pointer)
    }

    fn read_table(
        &mut self,
        value: &Value<'_>,
        table: &DeTable<'_>,
        pointer: &Pointer,
    ) -> Vec<Json> {
        let mut all = Vec::new();
        for (key, value) in in_order(table) {
            match key.get_ref().as_ref() {
                "is" => all.extend(self.read_values(value).map(|leaf| at(pointer, &leaf))),
                "not" => {
                    let leaf = self.read_values(value).map(|leaf| at(pointer, &leaf));
                    all.extend(leaf.map(|leaf| json!({ "not": leaf })));
                }
                "present" => match value.get_ref().as_bool() {
                    Some(true) => all.push(at(pointer, &present())),
                    Some(false) => all.push(json!({ "not": at(pointer, &present()) })),
                    None => self.wrong_type(value, "`present` is", "true or false", None),
                },
                "matches" => {
                    if let Some(pattern) = self.read_pattern(value) {
                        let pattern = pattern.as_str();
                        all.push(at(pointer, &json!({"type": "string", "pattern": pattern})));
                    }
                }
                _ => self.unknown_key(key, &KEYS),
            }
        }
        if table.is_empty() {
            let help = "write `{present = true}` or `{not = \"draft\"}`".to_owned();
            self.problem(value.span(), "the condition is empty".to_owned(), Some(help));
        }
        all
    }

    /// The schema of one of some values.
    fn read_values(&mut self, value: &Value<'_>) -> Option<Json> {
        let items: Vec<&Value<'_>> = match value.get_ref() {
            DeValue::Array(items) => items.iter().collect(),
            _ => vec![value],
        };
        if items.is_empty() {
            self.problem(value.span(), "the list of values is empty".to_owned(), None);
        }
        let mut any = Vec::new();
        for item in items {
            match item.get_ref() {
                DeValue::String(text) => any.push(folded(text)),
                DeValue::Boolean(flag) => any.push(json!({ "const": flag })),
                DeValue::Integer(number) => {
                    let read = i64::from_str_radix(number.as_str(), number.radix());
                    any.extend(read.ok().map(|number| json!({ "const": number })));
                }
                _ => {
                    let wanted = "a text, a whole number, or true or false";
                    self.wrong_type(item, "the value is", wanted, None);
                    return None;
                }
            }
        }
        Some(json!({ "anyOf": any }))
    }
}

/// The texts that a condition compares a value with, each with its place.
fn texts_in(value: &Value<'_>) -> Vec<(String, Range<usize>)> {
    match value.get_ref() {
        DeValue::String(text) => vec![(text.to_string(), value.span())],
        DeValue::Array(items) => items.iter().flat_map(texts_in).collect(),
        DeValue::Table(table) => {
            let compared = in_order(table)
                .into_iter()
                .filter(|(key, _)| matches!(key.get_ref().as_ref(), "is" | "not"));
            compared.flat_map(|(_, value)| texts_in(value)).collect()
        }
        _ => Vec::new(),
    }
}

/// The schema of a value that holds another one, which satisfies `leaf`.
fn at(pointer: &Pointer, leaf: &Json) -> Json {
    pointer.tokens().iter().rev().fold(leaf.clone(), |schema, token| {
        json!({"type": "object", "required": [token], "properties": {token: schema}})
    })
}

/// The schema of a value that says something.
fn present() -> Json {
    json!({"not": {"anyOf": [
        {"type": "null"},
        {"type": "string", "pattern": "^\\s*$"},
        {"type": "array", "maxItems": 0},
        {"type": "object", "maxProperties": 0}
    ]}})
}

/// The schema of a text in whatever capitals, as the keywords of the schemas compare a status.
fn folded(text: &str) -> Json {
    let mut pattern = "^\\s*".to_owned();
    for c in text.trim().chars() {
        let forms: Vec<char> =
            [c].into_iter().chain(c.to_lowercase()).chain(c.to_uppercase()).collect();
        if c.to_lowercase().eq(c.to_uppercase()) {
            pattern.push_str(&regex::escape(&c.to_string()));
        } else {
            pattern.push('[');
            pattern.extend(forms);
            pattern.push(']');
        }
    }
    pattern.push_str("\\s*$");
    json!({"type": "string", "pattern": pattern})
}
