//! The `[[registers]]` entries and the `[spaces]`: tables of keys that are known to exist elsewhere, and
//! what a project says of its namespaces.

use std::{collections::HashSet, ops::Range, sync::Arc};

use serde_json::{Map, json};
use toml::de::DeTable;

use super::{
    Config, ConfigError, Glob, Problem, Reader, Value, did_you_mean, in_order, keys, list,
};
use crate::{
    schema::{ANY_DATE, Catalog, Complete, Space},
    suggest,
    tree::{Columns, escape},
    vocabulary::Form,
};

/// One `[[registers]]` entry.
#[derive(Clone, Debug)]
pub struct Register {
    /// The files that are tables.
    pub files: Vec<Glob>,
    /// The namespace of their keys.
    pub space: Written,
    /// The columns that make a key.
    pub key: Vec<Written>,
    /// The column with the date of the thing.
    pub date: Option<Written>,
    /// What the tables list without a gap.
    pub complete: Option<Complete>,
    /// What is between two cells.
    pub separator: Option<u8>,
    /// The place of the entry in the configuration, in bytes.
    pub span: Range<usize>,
}

/// A text of the configuration and its place, in bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// The text.
    pub text: String,
    /// The place.
    pub span: Range<usize>,
}

impl Register {
    /// The name under which the catalogue has the schema of the rows of entry `number`.
    #[must_use]
    pub fn schema_name(number: usize) -> String {
        format!("{}/registers/{}", super::FILE_NAME, number + 1)
    }

    /// The columns that are read.
    fn named(&self) -> impl Iterator<Item = &Written> {
        self.key.iter().chain(&self.date)
    }

    /// How the file at `path` is read.
    #[must_use]
    pub fn columns(&self, path: &str) -> Arc<Columns> {
        let separator = self.separator.unwrap_or_else(|| Columns::usual_separator(path));
        let mut names: Vec<String> = self.named().map(|column| column.text.clone()).collect();
        names.sort();
        names.dedup();
        Arc::new(Columns { separator, names })
    }

    /// The schema of a row: what it has to have, and what it defines.
    fn schema(&self, forms: &[Form]) -> String {
        let mut properties = Map::new();
        for (column, form) in self.key.iter().zip(forms) {
            let mut property = json!({"type": ["string", "integer"], "pattern": "\\S"});
            if *form != Form::Text {
                property["x-form"] = form.word().into();
            }
            properties.insert(column.text.clone(), property);
        }
        if let Some(date) = &self.date {
            let property = properties.entry(date.text.clone());
            let property = property.or_insert_with(|| json!({"type": ["string", "null"]}));
            property["format"] = ANY_DATE.into();
        }
        let pointer = |column: &Written| format!("/{}", escape(&column.text));
        let key: Vec<String> = self.key.iter().map(pointer).collect();
        let mut defines = json!({"space": self.space.text, "key": key, "elsewhere": true});
        if let Some(date) = &self.date {
            defines["date"] = pointer(date).into();
        }
        let required: Vec<&str> = self.key.iter().map(|column| column.text.as_str()).collect();
        let schema = json!({
            "title": "Row of a register",
            "type": "object",
            "x-defines": defines,
            "properties": properties,
            "required": required,
        });
        format!("{schema:#}\n")
    }
}

impl Config {
    /// The first `[[registers]]` entry that is about the file `path`, relative to the root and separated by
    /// `/`, with its number.
    #[must_use]
    pub fn register_for(&self, path: &str) -> Option<(usize, &Register)> {
        let (number, _) = self.for_tables.first(path)?;
        Some((number, self.registers.get(number)?))
    }

    /// What the registers list without a gap.
    #[must_use]
    pub fn complete(&self) -> Vec<Complete> {
        self.registers.iter().filter_map(|register| register.complete.clone()).collect()
    }

    /// The schemas of the rows of the registers: names and texts. Keys are read as the schemas in `catalog`
    /// read those of the same space.
    #[must_use]
    pub fn row_schemas(&self, catalog: &Catalog) -> Vec<(String, String)> {
        let named = self.registers.iter().enumerate().map(|(number, register)| {
            let values = register.key.len();
            let forms = catalog.graph().key_forms(&register.space.text, values);
            let mut forms = forms.unwrap_or_else(|| vec![Form::Text; values]);
            let said = self.spaces.iter().find(|(space, _)| space.name == register.space.text);
            if let Some(form) = said.and_then(|(space, _)| space.form) {
                forms.iter_mut().filter(|one| **one == Form::Text).for_each(|one| *one = form);
            }
            (Register::schema_name(number), register.schema(&forms))
        });
        named.collect()
    }

    /// What is wrong with the namespaces that are named, held against those of the schemas.
    pub(super) fn space_problems(&self, catalog: &Catalog) -> Vec<Problem> {
        let known = catalog.graph().spaces();
        let named = self.spaces.iter().map(|(space, span)| (space.name.as_str(), span));
        let registers = self.registers.iter();
        let named = named.chain(registers.map(|one| (one.space.text.as_str(), &one.space.span)));
        let unknown = named.filter(|(name, _)| !known.contains(name)).map(|(name, span)| {
            let near = suggest::nearest(name, known.iter().copied());
            let names: Vec<&str> = known.iter().copied().collect();
            let all = || format!("the namespaces of the schemas are {}", list(&names));
            Problem {
                message: format!("no schema names the namespace `{name}`"),
                span: span.clone(),
                help: Some(near.map_or_else(all, did_you_mean)),
            }
        });
        let mut problems: Vec<Problem> = unknown.collect();
        for register in &self.registers {
            let lengths = catalog.graph().key_lengths(&register.space.text);
            if lengths.is_empty() || lengths.contains(&register.key.len()) {
                continue;
            }
            let wanted: Vec<String> = lengths.iter().map(usize::to_string).collect();
            let (space, wanted) = (&register.space.text, wanted.join(" or "));
            let span = register.key.first().map_or(0..0, |first| first.span.clone());
            problems.push(Problem {
                message: format!(
                    "a key of `{space}` has {wanted} values, and this one has {}",
                    register.key.len()
                ),
                span,
                help: Some("name a column for each of the values, in their order".to_owned()),
            });
        }
        problems
    }

    /// Whether the columns that are named exist in the tables, of which `headers` gives the paths and the
    /// names of the columns.
    pub fn check_columns(&self, headers: &[(String, Vec<String>)]) -> Result<(), ConfigError> {
        let (mut problems, mut seen) = (Vec::new(), HashSet::new());
        for (path, header) in headers {
            let Some((_, register)) = self.register_for(path) else { continue };
            for column in register.named().filter(|column| !header.contains(&column.text)) {
                // One file is enough to show the mistake.
                if !seen.insert(column.span.start) {
                    continue;
                }
                let names: Vec<&str> = header.iter().map(String::as_str).collect();
                let near = suggest::nearest(&column.text, names.iter().copied());
                let (message, what) = if Columns::are_separated(path) {
                    (format!("`{path}` has no column `{}`", column.text), "its columns are")
                } else {
                    (format!("no row of `{path}` has `{}`", column.text), "its rows have")
                };
                let all = || format!("{what} {}", list(&names));
                problems.push(Problem {
                    message,
                    span: column.span.clone(),
                    help: Some(near.map_or_else(all, did_you_mean)),
                });
            }
        }
        self.unless(problems)
    }
}

impl Reader<'_> {
    pub(super) fn read_registers(&mut self, value: &Value<'_>, registers: &mut Vec<Register>) {
        let Some(entries) = value.get_ref().as_array() else {
            let help = Some("write `[[registers]]`, once for each group of tables".to_owned());
            return self.wrong_type(value, "`registers` is", "tables", help);
        };
        for item in entries {
            match item.get_ref().as_table() {
                Some(table) => registers.push(self.read_register(item.span(), table)),
                None => self.wrong_type(item, "an entry of `registers` is", "a table", None),
            }
        }
    }

    fn read_register(&mut self, span: Range<usize>, table: &DeTable<'_>) -> Register {
        let (mut files, mut key) = (Vec::new(), Vec::new());
        let (mut space, mut date, mut separator, mut complete) = (None, None, None, None);
        for (name, value) in in_order(table) {
            match name.get_ref().as_ref() {
                "files" => self.read_globs("files", value, &mut files, Glob::for_tables),
                "space" => space = self.read_written("space", value),
                "key" => self.read_columns(value, &mut key),
                "date" => date = self.read_written("date", value),
                "complete" => complete = self.read_complete(value),
                "separator" => separator = self.read_separator(value),
                _ => self.unknown_key(name, &keys::names(keys::REGISTERS)),
            }
        }
        for required in keys::REGISTERS.iter().filter(|one| one.required) {
            if !table.iter().any(|(name, _)| name.get_ref().as_ref() == required.name) {
                let message = format!("the entry has no `{}`", required.name);
                self.problem(span.clone(), message, Some(required.about.to_owned()));
            }
        }
        let space = space.unwrap_or_default();
        let complete = complete.map(|one| Complete { space: space.text.clone(), ..one });
        Register { files, space, key, date, complete, separator, span }
    }

    fn read_written(&mut self, name: &str, value: &Value<'_>) -> Option<Written> {
        // As it is written: a column may be called by a name with blanks around it.
        match value.get_ref().as_str() {
            Some(text) if text.trim().is_empty() => {
                self.problem(value.span(), format!("`{name}` is empty"), None);
            }
            Some(text) => return Some(Written { text: text.to_owned(), span: value.span() }),
            None => self.wrong_type(value, &format!("`{name}` is"), "a text", None),
        }
        None
    }

    /// One column, or a list of them.
    fn read_columns(&mut self, value: &Value<'_>, columns: &mut Vec<Written>) {
        let Some(items) = value.get_ref().as_array() else {
            return columns.extend(self.read_written("key", value));
        };
        if items.is_empty() {
            self.problem(value.span(), "`key` names no column".to_owned(), None);
        }
        for item in items {
            if let Some(column) = self.read_written("key", item) {
                if columns.iter().any(|earlier| earlier.text == column.text) {
                    let message = format!("`{}` appears twice in `key`", column.text);
                    self.problem(column.span.clone(), message, None);
                }
                columns.push(column);
            }
        }
    }

    fn read_separator(&mut self, value: &Value<'_>) -> Option<u8> {
        let Some(text) = value.get_ref().as_str() else {
            self.wrong_type(value, "`separator` is", "a character", None);
            return None;
        };
        match text.as_bytes() {
            [b'"' | b'\r' | b'\n'] => {}
            [one] if one.is_ascii() => return Some(*one),
            _ => {}
        }
        let help = "write `\",\"`, `\";\"`, `\"\\t\"` or another character of ASCII".to_owned();
        self.problem(value.span(), format!("{text:?} separates no cells"), Some(help));
        None
    }

    pub(super) fn read_spaces(
        &mut self,
        value: &Value<'_>,
        spaces: &mut Vec<(Space, Range<usize>)>,
    ) {
        let wanted = "tables";
        let help = || Some("write `[spaces.NAME]` for each namespace".to_owned());
        let Some(table) = value.get_ref().as_table() else {
            return self.wrong_type(value, "`spaces` is", wanted, help());
        };
        for (name, value) in in_order(table) {
            match value.get_ref().as_table() {
                Some(table) => {
                    let name_of = name.get_ref().as_ref();
                    let space = self.read_space(name_of, table);
                    spaces.push((space, name.span()));
                }
                None => {
                    self.wrong_type(value, "the settings of a namespace are", "a table", help());
                }
            }
        }
    }

    fn read_space(&mut self, name: &str, table: &DeTable<'_>) -> Space {
        let mut space = Space { name: name.to_owned(), ..Space::default() };
        for (key, value) in in_order(table) {
            match key.get_ref().as_ref() {
                "complete" => match value.get_ref().as_bool() {
                    Some(complete) => space.complete = Some(complete),
                    None => self.wrong_type(value, "`complete` is", "true or false", None),
                },
                "form" => space.form = self.read_form(value),
                _ => self.unknown_key(key, &keys::names(keys::SPACES)),
            }
        }
        space
    }

    fn read_form(&mut self, value: &Value<'_>) -> Option<Form> {
        let words = Form::PLAIN.map(Form::word);
        let Some(word) = value.get_ref().as_str() else {
            self.wrong_type(value, "`form` is", "a text", None);
            return None;
        };
        let form = Form::PLAIN.into_iter().find(|form| form.word() == word);
        if form.is_none() {
            let near = suggest::nearest(word, words);
            let help = near.map_or_else(|| format!("the forms are {}", list(&words)), did_you_mean);
            self.problem(value.span(), format!("no form `{word}`"), Some(help));
        }
        form
    }
}

#[cfg(test)]
mod tests;
