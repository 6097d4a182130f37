//! The `[[records]]` entries: which files hold records, which schema they get, and what the paths and the entry say of them.

use std::{ops::Range, sync::Arc};

use toml::de::{DeTable, DeValue};

use super::{Glob, PathSet, Reader, Value, in_order, keys};
use crate::{
    allow,
    tree::{Scalar, Supplied, SuppliedValue},
};

/// One `[[records]]` entry.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The files that it is about.
    pub files: Vec<Glob>,
    /// The files among them that it is not about.
    pub exclude: PathSet,
    /// The schema or kind of their records, as written.
    pub schema: Option<String>,
    /// The place of `schema` in the configuration, in bytes.
    pub schema_span: Option<Range<usize>>,
    /// The values that all of their records have.
    pub set: Option<Arc<Supplied>>,
    /// Whether a pattern has a capture.
    pub has_captures: bool,
}

impl Entry {
    /// What the path of a file and the entry say of its records.
    #[must_use]
    pub fn supplied(&self, path: &str) -> Option<Arc<Supplied>> {
        if !self.has_captures {
            return self.set.clone();
        }
        let first = self.files.iter().find(|glob| glob.matches(path));
        let Some(mut said) = first.and_then(|glob| glob.supplied(path)) else {
            return self.set.clone();
        };
        said.values.extend(self.set.iter().flat_map(|set| set.values.iter().cloned()));
        Some(Arc::new(said))
    }
}

impl Reader<'_> {
    pub(super) fn read_entries(&mut self, value: &Value<'_>, entries: &mut Vec<Entry>) {
        let Some(list) = value.get_ref().as_array() else {
            let help = Some("write `[[records]]`, once for each group of files".to_owned());
            return self.wrong_type(value, "`records` is", "tables", help);
        };
        for item in list {
            match item.get_ref().as_table() {
                Some(table) => entries.push(self.read_entry(item.span(), table)),
                None => self.wrong_type(item, "an entry of `records` is", "a table", None),
            }
        }
    }

    fn read_entry(&mut self, span: Range<usize>, table: &DeTable<'_>) -> Entry {
        let mut entry = Entry {
            files: Vec::new(),
            exclude: PathSet::default(),
            schema: None,
            schema_span: None,
            set: None,
            has_captures: false,
        };
        let (mut has_files, mut set) = (false, Vec::new());
        for (key, value) in in_order(table) {
            match key.get_ref().as_ref() {
                "files" => {
                    has_files = true;
                    self.read_globs("files", value, &mut entry.files, Glob::new);
                }
                "exclude" => entry.exclude = self.read_paths("exclude", value),
                "schema" => match value.get_ref().as_str() {
                    Some("") => self.problem(value.span(), "`schema` is empty".to_owned(), None),
                    Some(schema) => {
                        entry.schema = Some(schema.to_owned());
                        entry.schema_span = Some(value.span());
                    }
                    None => self.wrong_type(value, "`schema` is", "a text", None),
                },
                "set" => set = self.read_set(value),
                _ => self.unknown_key(key, &keys::names(keys::RECORDS)),
            }
        }
        if !has_files {
            let help = Some("add `files = \"records/**/*.{json,yaml}\"` or the like".to_owned());
            self.problem(span, "the entry does not say which `files` it is about".to_owned(), help);
        }
        for (one, span) in &set {
            if entry.files.iter().flat_map(Glob::capture_names).any(|name| name == one.name) {
                let message = format!("`files` and `set` both say `{}`", one.name);
                let help = "remove it here, or write `*` for it in `files`".to_owned();
                self.problem(span.clone(), message, Some(help));
            }
        }
        entry.has_captures = entry.files.iter().any(|glob| glob.capture_names().next().is_some());
        let values: Vec<SuppliedValue> = set.into_iter().map(|(one, _)| one).collect();
        entry.set = (!values.is_empty()).then(|| Arc::new(Supplied { values }));
        entry
    }

    /// The values that all records of an entry have, each with the place of its name.
    fn read_set(&mut self, value: &Value<'_>) -> Vec<(SuppliedValue, Range<usize>)> {
        let mut set = Vec::new();
        let Some(table) = value.get_ref().as_table().filter(|table| !table.is_empty()) else {
            let help = Some("write `set = {event = \"board\", language = \"en\"}`".to_owned());
            match value.get_ref() {
                DeValue::Table(_) => self.problem(value.span(), "`set` is empty".to_owned(), help),
                _ => self.wrong_type(value, "`set` is", "a table of values", help),
            }
            return set;
        };
        for (key, value) in in_order(table) {
            let name = key.get_ref().as_ref();
            if name == "$schema" || name == allow::KEY {
                let message = format!("`set` cannot say `{name}`");
                let help = match name {
                    "$schema" => "name the schema in `schema`",
                    _ => "accept findings in `[[allow]]`",
                };
                self.problem(key.span(), message, Some(help.to_owned()));
                continue;
            }
            let scalar = match value.get_ref() {
                DeValue::String(text) => Some(Scalar::Text(text.to_string())),
                DeValue::Boolean(flag) => Some(Scalar::Flag(*flag)),
                DeValue::Integer(number) => Some(number.as_str()).and_then(json_number),
                DeValue::Float(number) => Some(number.as_str()).and_then(json_number),
                DeValue::Datetime(day) => Some(Scalar::Text(day.to_string())),
                DeValue::Array(_) | DeValue::Table(_) => None,
            };
            let Some(scalar) = scalar else {
                let is = format!("`{name}` is");
                self.wrong_type(value, &is, "a text, a decimal number, true or false", None);
                continue;
            };
            let (name, written) = (name.to_owned(), scalar.text().to_owned());
            set.push((
                SuppliedValue { name, written, form: None, value: Some(scalar) },
                key.span(),
            ));
        }
        set
    }
}

/// A number of TOML that is written as JSON writes it.
fn json_number(text: &str) -> Option<Scalar> {
    let plain = text.strip_prefix('+').unwrap_or(text);
    let number = serde_json::from_str::<serde_json::Number>(plain).ok()?;
    Some(Scalar::Number(number.to_string()))
}
