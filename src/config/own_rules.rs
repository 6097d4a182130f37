//! The `[[rule]]` entries: rules that a project declares. An entry is read into what is taken of records for it, which the keywords
//! of the schemas take too, and a check that a rule of rapporteur makes.

mod checks;
mod condition;
mod reach;

#[cfg(test)]
mod tests;

use std::{fmt::Write as _, ops::Range, sync::Arc};

use serde_json::Value as Json;
use toml::de::{DeTable, DeValue};

pub(super) use self::reach::unknown_schema;
use self::{
    checks::Checked,
    reach::{From, Pointed},
};
use super::{Config, Level, Reader, Value, in_order, keys, list};
use crate::{
    finding::{Family, Severity},
    rule::{Check, Fix, Own, Rule, RuleId, Template},
    schema::OwnUse,
    vocabulary::{Path, Pointer},
};

/// Where the keys of `unique` differ.
pub(super) const AMONG: [&str; 4] = ["list", "record", "file", "records"];

/// A rule that the project declares.
#[derive(Clone, Debug)]
pub struct OwnRule {
    /// The rule.
    pub rule: Arc<Rule>,
    /// What is taken of records for it.
    pub uses: Vec<OwnUse>,
    /// The schemas that it names, each with the place of the name.
    pub schemas: Vec<(String, Range<usize>)>,
    /// The values that it is about.
    pub each: Path,
    /// The pointers that it names.
    pub pointers: Vec<Pointed>,
}

/// An entry on the way.
#[derive(Default)]
struct Entry<'v, 'i> {
    id: Option<RuleId>,
    schemas: Vec<(String, Range<usize>)>,
    each: Path,
    has_each: bool,
    when: Option<Json>,
    of_record: Option<Json>,
    checks: Vec<(&'static str, &'v DeTable<'i>, Range<usize>)>,
    message: Option<Template>,
    summary: String,
    level: Option<Level>,
    page: Option<String>,
    pointers: Vec<Pointed>,
}

impl Config {
    /// What is taken of records for the rules of the project.
    #[must_use]
    pub fn own_uses(&self) -> Vec<OwnUse> {
        self.own_rules.iter().flat_map(|own| own.uses.iter().cloned()).collect()
    }
}

impl Reader<'_> {
    /// The rules that a configuration declares; the first has this number.
    pub(super) fn read_own_rules(&mut self, table: &DeTable<'_>, first: usize) -> Vec<OwnRule> {
        let own = table.iter().find(|(key, _)| key.get_ref().as_ref() == "rule");
        let Some((_, value)) = own else { return Vec::new() };
        let Some(items) = value.get_ref().as_array() else {
            let help = Some("write `[[rule]]`, once for each rule of the project".to_owned());
            self.wrong_type(value, "`rule` is", "tables", help);
            return Vec::new();
        };
        let mut own: Vec<OwnRule> = Vec::new();
        for item in items {
            let Some(table) = item.get_ref().as_table() else {
                self.wrong_type(item, "an entry of `rule` is", "a table", None);
                continue;
            };
            let Some(rule) = self.read_own_rule(first + own.len(), item.span(), table) else {
                continue;
            };
            if own.iter().any(|other| other.rule.id == rule.rule.id) {
                let message = format!("the rule `{}` is already declared above", rule.rule.id);
                self.problem(item.span(), message, Some("give it another id".to_owned()));
            }
            own.push(rule);
        }
        own
    }

    fn read_own_rule(
        &mut self,
        number: usize,
        span: Range<usize>,
        table: &DeTable<'_>,
    ) -> Option<OwnRule> {
        let before = self.problems.len();
        let mut entry = Entry::default();
        for (key, value) in in_order(table) {
            let name = key.get_ref().as_ref();
            if let Some(check) = keys::own::CHECKS.iter().find(|check| **check == name) {
                match value.get_ref().as_table() {
                    Some(table) => entry.checks.push((check, table, value.span())),
                    None => {
                        let help = format!("write `{check} = {}`", example(check));
                        self.wrong_type(value, &format!("`{check}` is"), "a table", Some(help));
                    }
                }
                continue;
            }
            match name {
                "id" => entry.id = self.read_own_id(value),
                "schema" => entry.schemas = self.read_schemas_named(value),
                "each" => {
                    entry.has_each = true;
                    entry.each = self.read_path("each", value).unwrap_or_default();
                    let path = entry.each.clone();
                    entry.pointers.push(Pointed::new(path, From::Record, value.span()));
                }
                "when" => entry.when = self.read_condition(value, &From::Each, &mut entry.pointers),
                "when-record" => {
                    entry.of_record =
                        self.read_condition(value, &From::Record, &mut entry.pointers);
                }
                "message" => self.read_message(value, &mut entry),
                "level" => entry.level = self.read_level(value),
                "page" => entry.page = self.read_text("page", value),
                _ => self.unknown_key(key, &keys::names(keys::own::RULE)),
            }
        }
        self.require_keys(&span, table, keys::own::RULE, "the entry");
        let check = match entry.checks.as_slice() {
            [(name, table, at)] => Some((*name, *table, at.clone())),
            [] => {
                let message = "the entry does not say what it checks".to_owned();
                let help = format!("add one of {}", list(keys::own::CHECKS));
                self.problem(span.clone(), message, Some(help));
                None
            }
            [_, (name, _, at), ..] => {
                let message = format!("the entry has more than one check: `{name}` is the second");
                self.problem(at.clone(), message, Some("write a rule for each".to_owned()));
                None
            }
        };
        let (name, table, at) = check?;
        let id = entry.id?;
        let checked = self.read_check(name, (table, at), (number, id), &mut entry)?;
        if self.problems.len() > before {
            return None;
        }
        finish(number, id, entry, checked)
    }

    /// Notes the keys that have to be there and are not.
    fn require_keys(
        &mut self,
        span: &Range<usize>,
        table: &DeTable<'_>,
        keys: &[keys::Key],
        what: &str,
    ) {
        for key in keys.iter().filter(|key| key.required) {
            if !table.iter().any(|(name, _)| name.get_ref().as_ref() == key.name) {
                let message = format!("{what} has no `{}`", key.name);
                self.problem(span.clone(), message, Some(key.about.to_owned()));
            }
        }
    }

    fn read_own_id(&mut self, value: &Value<'_>) -> Option<RuleId> {
        let text = self.read_text("id", value)?;
        let id = RuleId::of_project(&text);
        if id.is_none() {
            let (message, help) = if text.len() > RuleId::LONGEST {
                let longest = RuleId::LONGEST;
                (format!("the id `{text}` is too long"), format!("use at most {longest} letters"))
            } else {
                let help = "write `project/` and lower-case words with hyphens between them, such as `project/mover-present`; each begins with a letter";
                (format!("`{text}` is not an id of a rule of a project"), help.to_owned())
            };
            self.problem(value.span(), message, Some(help));
        }
        id
    }

    /// One kind or schema, or a list of them.
    fn read_schemas_named(&mut self, value: &Value<'_>) -> Vec<(String, Range<usize>)> {
        let Some(items) = value.get_ref().as_array() else {
            let text = self.read_text("schema", value);
            return text.into_iter().map(|text| (text, value.span())).collect();
        };
        if items.is_empty() {
            self.problem(value.span(), "`schema` names no schema".to_owned(), None);
        }
        let named = |item: &Value<'_>| Some((self.read_text("schema", item)?, item.span()));
        items.iter().filter_map(named).collect()
    }

    fn read_message(&mut self, value: &Value<'_>, entry: &mut Entry<'_, '_>) {
        let Some(text) = self.read_text("message", value) else { return };
        match Template::parse(&text) {
            Ok(template) => {
                for pointer in template.pointers() {
                    let (path, span) = (pointer.to_path(), value.span());
                    entry.pointers.push(Pointed::new(path, From::Each, span));
                }
                entry.message = Some(template);
                entry.summary = text;
            }
            Err(error) => {
                let help = "write `{value}` for the value at fault, `{/title}` for another one, and `{{` for a brace";
                self.problem(value.span(), error.message, Some(help.to_owned()));
            }
        }
    }

    /// A pointer in which `*` is each.
    fn read_path(&mut self, name: &str, value: &Value<'_>) -> Option<Path> {
        let Some(text) = value.get_ref().as_str() else {
            let help = "write a pointer such as `/items/*/title`".to_owned();
            self.wrong_type(value, &format!("`{name}` is"), "a pointer", Some(help));
            return None;
        };
        let path = Path::read(text);
        if path.is_none() {
            let help = format!("write `/{text}`");
            let message = format!("the pointer `{text}` does not begin with `/`");
            self.problem(value.span(), message, Some(help));
        }
        path
    }

    /// A pointer to one value.
    fn read_single(&mut self, name: &str, value: &Value<'_>) -> Option<Pointer> {
        let path = self.read_path(name, value)?;
        if path.has_each() {
            let help = "move the part up to `*` to `each`: the other pointers begin there";
            let message = format!("`{name}` has a `*`, and leads to one value");
            self.problem(value.span(), message, Some(help.to_owned()));
            return None;
        }
        Some(path.split().1)
    }

    /// The values of a key: one, or a list of them.
    fn read_several<T>(
        &mut self,
        name: &str,
        value: &Value<'_>,
        read: fn(&mut Self, &str, &Value<'_>) -> Option<T>,
    ) -> Vec<(T, Range<usize>)> {
        let items = match value.get_ref() {
            DeValue::Array(items) => items.iter().collect(),
            _ => vec![value],
        };
        if items.is_empty() {
            self.problem(value.span(), format!("`{name}` names no value"), None);
        }
        items.into_iter().filter_map(|item| Some((read(self, name, item)?, item.span()))).collect()
    }
}

/// What a check looks like.
fn example(check: &str) -> &'static str {
    match check {
        "unique" => "{by = \"/number\"}",
        "exists" => "{value = \"/agenda\", schema = \"agenda\", key = \"/id\"}",
        "member-of" => "{value = \"/mover\", list = \"/present/*/name\"}",
        "matches" => "{value = \"/number\", pattern = \"^R-[0-9]+$\"}",
        "before" => "{earlier = \"/drafted\", later = \"/adopted\"}",
        "counts" => "{figure = \"/ayes\", list = \"/votes\"}",
        _ => "{value = \"/reason\"}",
    }
}

/// The rule of an entry.
fn finish(number: usize, id: RuleId, entry: Entry<'_, '_>, checked: Checked) -> Option<OwnRule> {
    let level = match entry.level {
        None => Some(Severity::Warning),
        Some(Level::At(severity)) => Some(severity),
        Some(Level::Off) => None,
    };
    let (link, text) = match entry.page {
        Some(page) if page.starts_with("https://") || page.starts_with("http://") => {
            (Some(page.clone()), Some(format!("See <{page}>.")))
        }
        page => (None, page),
    };
    let each = if entry.each.steps().is_empty() {
        "For each record".to_owned()
    } else {
        format!("For each `{}`", entry.each)
    };
    let own: Vec<&str> =
        checked.uses.first().into_iter().flat_map(|one| &one.schemas).map(String::as_str).collect();
    let when = match (entry.when.is_some(), entry.of_record.is_some()) {
        (false, false) => "",
        _ => ", where its condition holds",
    };
    let mut page = format!(
        "# {id}\n\n{}.\n\n## What it checks\n\n{each} of {}{when}: {}.\n",
        entry.summary.trim_end_matches('.'),
        list(&own),
        checked.about
    );
    if let Some(text) = text {
        // Writing to a string cannot fail.
        let _ = write!(page, "\n## Why it matters\n\n{}\n", text.trim());
    }
    let own = Own {
        number,
        summary: entry.summary,
        page,
        link,
        message: entry.message?,
        depth: entry.each.steps().len(),
        check: checked.check,
    };
    let rule = Rule {
        id,
        family: Family::Project,
        summary: "",
        level,
        since: "",
        fix: Fix::None,
        page: "",
        options: &[],
        check: Check::Own(Arc::new(own)),
    };
    let Entry { schemas, each, pointers, .. } = entry;
    Some(OwnRule { rule: Arc::new(rule), uses: checked.uses, schemas, each, pointers })
}
