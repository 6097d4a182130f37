//! `[[overrides]]`: levels of rules in some files, which stay in the corpus.

use std::ops::Range;

use super::{Level, PathSet, Reader, Target, Value, in_order, keys};

/// One `[[overrides]]` entry.
#[derive(Clone, Debug, Default)]
pub struct Override {
    /// The files whose findings have these levels.
    pub files: PathSet,
    /// Rule or family, and its level, each with the place of its name in bytes.
    pub rules: Vec<(Target, Level, Range<usize>)>,
}

impl Reader<'_> {
    pub(super) fn read_overrides(&mut self, value: &Value<'_>, overrides: &mut Vec<Override>) {
        let Some(list) = value.get_ref().as_array() else {
            let help = Some("write `[[overrides]]`, once for each group of files".to_owned());
            return self.wrong_type(value, "`overrides` is", "tables", help);
        };
        for item in list {
            match item.get_ref().as_table() {
                Some(_) => overrides.push(self.read_override(item)),
                None => self.wrong_type(item, "an entry of `overrides` is", "a table", None),
            }
        }
    }

    fn read_override(&mut self, item: &Value<'_>) -> Override {
        let mut one = Override::default();
        let Some(table) = item.get_ref().as_table() else { return one };
        let (mut has_files, mut has_rules) = (false, false);
        for (key, value) in in_order(table) {
            match key.get_ref().as_ref() {
                "files" => {
                    has_files = true;
                    one.files = self.read_paths("files", value);
                }
                "rules" => {
                    has_rules = true;
                    one.rules = self.read_levels(value);
                }
                _ => self.unknown_key(key, &keys::names(keys::OVERRIDES)),
            }
        }
        if !has_files {
            let help = Some("add `files = \"drafts\"` or the like".to_owned());
            let message = "the entry does not say which `files` it is about".to_owned();
            self.problem(item.span(), message, help);
        }
        if !has_rules {
            let help =
                Some("write `[overrides.rules]` and below it `rule-id = \"off\"`".to_owned());
            let message = "the entry does not say which levels its `rules` have".to_owned();
            self.problem(item.span(), message, help);
        }
        one
    }

    fn read_levels(&mut self, value: &Value<'_>) -> Vec<(Target, Level, Range<usize>)> {
        let Some(table) = value.get_ref().as_table() else {
            let help =
                Some("write `[overrides.rules]` and below it `rule-id = \"off\"`".to_owned());
            self.wrong_type(value, "`rules` is", "a table", help);
            return Vec::new();
        };
        if table.is_empty() {
            let help = Some("name a rule or a family, and its level".to_owned());
            self.problem(value.span(), "the table sets nothing".to_owned(), help);
        }
        let mut levels = Vec::new();
        for (key, value) in in_order(table) {
            let (target, level) = (self.read_target(key), self.read_level(value));
            levels.extend(target.zip(level).map(|(target, level)| (target, level, key.span())));
        }
        levels
    }
}
