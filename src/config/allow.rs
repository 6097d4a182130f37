//! The `[[allow]]` entries: findings that the project accepts, with a reason.

use std::ops::Range;

use jiff::civil::Date;
use toml::de::DeTable;

use super::{Reader, Target, Value, did_you_mean, in_order, keys};
use crate::{
    allow::{Allowance, Exception},
    calendar,
    finding::Place,
    source::Span,
    sources::SourceId,
    suggest,
};

impl Reader<'_> {
    pub(super) fn read_exceptions(&mut self, value: &Value<'_>, exceptions: &mut Vec<Exception>) {
        let Some(list) = value.get_ref().as_array() else {
            let help = Some("write `[[allow]]`, once for each finding that is accepted".to_owned());
            return self.wrong_type(value, "`allow` is", "tables", help);
        };
        for item in list {
            match item.get_ref().as_table() {
                Some(table) => exceptions.extend(self.read_exception(item.span(), table)),
                None => self.wrong_type(item, "an entry of `allow` is", "a table", None),
            }
        }
    }

    fn read_exception(&mut self, span: Range<usize>, table: &DeTable<'_>) -> Option<Exception> {
        let mut rules = Vec::new();
        let (mut record, mut pointer, mut fingerprint, mut until) = (None, None, None, None);
        let mut reason = String::new();
        for (key, value) in in_order(table) {
            match key.get_ref().as_ref() {
                "rule" => self.read_allowed(value, &mut rules),
                "record" => record = self.read_text("record", value),
                "pointer" => pointer = self.read_pointer(value),
                "fingerprint" => fingerprint = self.read_fingerprint(value),
                "reason" => reason = self.read_text("reason", value).unwrap_or_default(),
                "until" => until = self.read_until(value),
                _ => self.unknown_key(key, &keys::names(keys::ALLOW)),
            }
        }
        let is_written = |key| table.iter().any(|(name, _)| name.get_ref().as_ref() == key);
        let any_rule = !is_written("rule") && is_written("fingerprint");
        let has_rule = !rules.is_empty() || any_rule;
        for (key, missing) in [("rule", !has_rule), ("reason", reason.is_empty())] {
            if missing && !is_written(key) {
                let help = match key {
                    "rule" => {
                        "name the rule whose findings are accepted, or the `fingerprint` of the finding"
                    }
                    _ => "say why the findings are accepted",
                };
                let message = format!("the entry has no `{key}`");
                self.problem(span.clone(), message, Some(help.to_owned()));
            }
        }
        if !has_rule || reason.is_empty() || (any_rule && fingerprint.is_none()) {
            return None;
        }
        let allowance = Allowance { rules, scope: None, reason, until };
        Some(Exception { record, pointer, fingerprint, allowance })
    }

    /// One rule, or a list of them.
    fn read_allowed(&mut self, value: &Value<'_>, rules: &mut Vec<(String, Place)>) {
        if let Some(list) = value.get_ref().as_array() {
            if list.is_empty() {
                self.problem(value.span(), "`rule` names no rule".to_owned(), None);
            }
            list.iter().for_each(|item| self.read_allowed_rule(item, rules));
        } else {
            self.read_allowed_rule(value, rules);
        }
    }

    fn read_allowed_rule(&mut self, value: &Value<'_>, rules: &mut Vec<(String, Place)>) {
        let Some(id) = value.get_ref().as_str() else {
            return self.wrong_type(value, "`rule` is", "the id of a rule", None);
        };
        if rules.iter().any(|(earlier, _)| earlier == id) {
            let message = format!("`{id}` appears twice in `rule`");
            return self.problem(value.span(), message, None);
        }
        if self.rules.find(id).is_some() {
            return rules.push((id.to_owned(), place(&value.span())));
        }
        let list = || "`rapporteur rules` lists every rule".to_owned();
        if let Some(Target::Family(family)) = Target::of_word(id, self.rules) {
            let message =
                format!("`{family}` is a family, and only findings of rules are accepted");
            let rules = self.rules.of_family(family).map(|rule| rule.id.as_str());
            let named: Vec<&str> = rules.take(3).collect();
            let help = format!("name the rules, such as {}; {}", super::list(&named), list());
            return self.problem(value.span(), message, Some(help));
        }
        let near = suggest::nearest(id, self.rules.ids());
        self.problem(
            value.span(),
            format!("no rule `{id}`"),
            Some(near.map_or_else(list, did_you_mean)),
        );
    }

    pub(super) fn read_text(&mut self, name: &str, value: &Value<'_>) -> Option<String> {
        match value.get_ref().as_str().map(str::trim) {
            Some("") => self.problem(value.span(), format!("`{name}` is empty"), None),
            Some(text) => return Some(text.to_owned()),
            None => self.wrong_type(value, &format!("`{name}` is"), "a text", None),
        }
        None
    }

    fn read_pointer(&mut self, value: &Value<'_>) -> Option<(String, Place)> {
        let Some(text) = value.get_ref().as_str() else {
            self.wrong_type(value, "`pointer` is", "a text", None);
            return None;
        };
        if !text.is_empty() && !text.starts_with('/') {
            let help = "write a JSON Pointer from the root of the record, such as `/slots/0`";
            let message = format!("the pointer `{text}` does not begin with `/`");
            self.problem(value.span(), message, Some(help.to_owned()));
        } else if text.split('~').skip(1).any(|rest| !rest.starts_with(['0', '1'])) {
            let help = "write `~0` for `~` and `~1` for `/` in a name";
            let message =
                format!("the pointer `{text}` has a `~` that is not followed by `0` or `1`");
            self.problem(value.span(), message, Some(help.to_owned()));
        }
        Some((text.to_owned(), place(&value.span())))
    }

    fn read_fingerprint(&mut self, value: &Value<'_>) -> Option<(String, Place)> {
        let text = self.read_text("fingerprint", value)?.to_ascii_lowercase();
        if text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Some((text, place(&value.span())));
        }
        let help = "copy it from a report in the format `json`, or from a line of the baseline";
        let message = "a fingerprint has 32 hexadecimal digits".to_owned();
        self.problem(value.span(), message, Some(help.to_owned()));
        None
    }

    /// A date, quoted or not.
    fn read_until(&mut self, value: &Value<'_>) -> Option<(Date, Place)> {
        let text = match value.get_ref() {
            toml::de::DeValue::String(text) => text.to_string(),
            toml::de::DeValue::Datetime(moment) => moment.to_string(),
            _ => {
                self.wrong_type(value, "`until` is", "a date", None);
                return None;
            }
        };
        let date = calendar::iso_date(&text).ok();
        if date.is_none() {
            let help = Some("write a date such as 2011-05-19".to_owned());
            self.problem(value.span(), format!("`{text}` is not a date"), help);
        }
        Some((date?, place(&value.span())))
    }
}

/// A place in the configuration; which source that is, is known to those who check.
fn place(span: &Range<usize>) -> Place {
    let span = Span::new(span.start as u32, span.end as u32);
    Place { source: SourceId::default(), record: None, node: None, span }
}
