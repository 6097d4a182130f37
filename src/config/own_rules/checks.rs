//! The checks of a rule: which facts are taken of records, by which keyword, and which check of rapporteur looks at them.

use std::ops::Range;

use regex::Regex;
use serde_json::{Map, Value as Json, json};
use toml::de::{DeTable, DeValue};

use super::{AMONG, Entry, From, Pointed, reach::Wanted};
use crate::{
    config::{Reader, Value, did_you_mean, in_order, keys, list},
    message::{listed, quoted},
    rule::{OwnCheck, RuleId},
    rules::project,
    schema::{OwnUse, Taken},
    suggest,
    vocabulary::{Path, Pointer, Required, RequiresArguments, space_of},
};

/// A check that was read.
pub(super) struct Checked {
    pub(super) check: OwnCheck,
    pub(super) uses: Vec<OwnUse>,
    /// What is checked, for people.
    pub(super) about: String,
}

/// What an entry gives of a check.
struct Arguments<'v, 'i> {
    table: &'v DeTable<'i>,
    /// The number and the id of the rule.
    number: usize,
    id: RuleId,
}

impl<'v, 'i> Arguments<'v, 'i> {
    fn get(&self, name: &str) -> Option<&'v Value<'i>> {
        self.table.iter().find(|(key, _)| key.get_ref().as_ref() == name).map(|(_, value)| value)
    }
}

impl Reader<'_> {
    pub(super) fn read_check(
        &mut self,
        check: &'static str,
        (table, span): (&DeTable<'_>, Range<usize>),
        (number, id): (usize, RuleId),
        entry: &mut Entry<'_, '_>,
    ) -> Option<Checked> {
        let keys = match check {
            "unique" => keys::own::UNIQUE,
            "exists" => keys::own::EXISTS,
            "member-of" => keys::own::MEMBER_OF,
            "matches" => keys::own::MATCHES,
            "before" => keys::own::BEFORE,
            "counts" => keys::own::COUNTS,
            _ => keys::own::REQUIRED,
        };
        for (key, _) in in_order(table) {
            if keys.iter().all(|known| known.name != key.get_ref().as_ref()) {
                self.unknown_key(key, &keys::names(keys));
            }
        }
        self.require_keys(&span, table, keys, &format!("`{check}`"));
        let given = Arguments { table, number, id };
        match check {
            "unique" => self.read_unique(&given, entry),
            "exists" => self.read_exists(&given, entry),
            "member-of" => self.read_member_of(&given, entry),
            "matches" => self.read_matches(&given, entry),
            "before" => self.read_before(&given, entry),
            "counts" => self.read_counts(&given, &span, entry),
            _ => {
                let at = self.pointer(&given, "value", entry)?;
                let about = format!("`{}` is there and not blank", shown(&at));
                Some(requires(&given, entry, at, Required::Present, about))
            }
        }
    }

    /// The pointer of an argument to one value.
    fn pointer(
        &mut self,
        given: &Arguments<'_, '_>,
        name: &str,
        entry: &mut Entry<'_, '_>,
    ) -> Option<Pointer> {
        let value = given.get(name)?;
        let pointer = self.read_single(name, value)?;
        let mut pointed = Pointed::new(pointer.to_path(), From::Each, value.span());
        if name == "list" {
            pointed.wanted = Wanted::List;
        }
        entry.pointers.push(pointed);
        Some(pointer)
    }

    /// The pointers of an argument, each to one value.
    fn pointers(
        &mut self,
        given: &Arguments<'_, '_>,
        name: &str,
        entry: &mut Entry<'_, '_>,
    ) -> Option<Vec<Pointer>> {
        let read = self.read_several(name, given.get(name)?, Self::read_single);
        for (pointer, span) in &read {
            let (path, span) = (pointer.to_path(), span.clone());
            entry.pointers.push(Pointed::new(path, From::Each, span));
        }
        let pointers: Vec<Pointer> = read.into_iter().map(|(pointer, _)| pointer).collect();
        (!pointers.is_empty()).then_some(pointers)
    }

    /// The paths of an argument: the values up to the last `*` that they have in common, and the pointers from there.
    fn paths(
        &mut self,
        given: &Arguments<'_, '_>,
        name: &str,
        from: &From,
        entry: &mut Entry<'_, '_>,
    ) -> Option<(Path, Vec<Pointer>)> {
        let value = given.get(name)?;
        let read = self.read_several(name, value, Self::read_path);
        let mut each: Option<Path> = None;
        let mut pointers = Vec::new();
        for (path, span) in read {
            let (up_to, pointer) = path.split();
            if each.as_ref().is_some_and(|each| *each != up_to) {
                let message = format!("the pointers of `{name}` differ before their last `*`");
                let help = "the values of a key are in one item".to_owned();
                self.problem(span.clone(), message, Some(help));
            }
            each = Some(up_to);
            pointers.push(pointer);
            entry.pointers.push(Pointed::new(path, from.clone(), span));
        }
        Some((each?, pointers))
    }

    fn read_unique(
        &mut self,
        given: &Arguments<'_, '_>,
        entry: &mut Entry<'_, '_>,
    ) -> Option<Checked> {
        let by = self.pointers(given, "by", entry)?;
        let by_default = if entry.has_each { "record" } else { "records" };
        let among = given.get("among").map_or(Some(by_default), |value| {
            let text = self.read_text("among", value)?;
            let known = AMONG.into_iter().find(|word| *word == text);
            if known.is_none() {
                let near = suggest::nearest(&text, AMONG);
                let help = near.map_or_else(
                    || format!("write {}", listed(&AMONG.map(quoted), "or")),
                    did_you_mean,
                );
                self.problem(value.span(), format!("`among` is `{text}`"), Some(help));
            }
            known
        })?;
        let key = json!(by.iter().map(shown).collect::<Vec<_>>());
        let space = space_of(&given.id);
        let (check, keyword, arguments) = match among {
            "record" => (project::DIFFER, "x-unique", json!({"by": [key], "among": "record"})),
            "list" => (project::DIFFER, "x-unique", json!({"by": [key]})),
            "file" => {
                let arguments = json!({"space": space, "key": key, "among": "file"});
                (project::DIFFER_AMONG, "x-defines", arguments)
            }
            _ => {
                let arguments = json!({"space": space, "key": key, "per": "language"});
                (project::DIFFER_AMONG, "x-defines", arguments)
            }
        };
        let mut uses = vec![of_keyword(given, entry, keyword, arguments)];
        if among == "list" {
            self.take_lists(given, entry, &mut uses)?;
        }
        let by: Vec<String> = by.iter().map(shown).collect();
        let by: Vec<&str> = by.iter().map(String::as_str).collect();
        let place = match among {
            "list" => "in its list",
            "record" => "in the record",
            "file" => "in the file",
            _ => "in all records",
        };
        Some(Checked {
            check,
            uses,
            about: format!("no other one has the same {} {place}", list(&by)),
        })
    }

    /// Lets a use be about the lists of the items.
    fn take_lists(
        &mut self,
        given: &Arguments<'_, '_>,
        entry: &Entry<'_, '_>,
        uses: &mut [OwnUse],
    ) -> Option<()> {
        let span = given.get("among").map_or(0..0, Value::span);
        let Some(lists) = entry.each.list() else {
            let message = "`among` is `list`, and `each` does not lead to the items of a list";
            let help = "end `each` with `/*`".to_owned();
            self.problem(span, message.to_owned(), Some(help));
            return None;
        };
        if entry.when.is_some() {
            let message = "`among` is `list`, which compares all items, and `when` leaves some out";
            let help = "write `among = \"record\"`".to_owned();
            self.problem(span, message.to_owned(), Some(help));
        }
        for one in uses {
            one.each = lists.clone();
        }
        Some(())
    }

    fn read_exists(
        &mut self,
        given: &Arguments<'_, '_>,
        entry: &mut Entry<'_, '_>,
    ) -> Option<Checked> {
        let cited = self.pointers(given, "value", entry)?;
        let schemas = self.read_schemas_named(given.get("schema")?);
        let names: Vec<String> = schemas.iter().map(|(name, _)| name.clone()).collect();
        let from = From::Other(names.clone());
        let (each, defined) = self.paths(given, "key", &from, entry)?;
        self.same_length(given, "key", cited.len(), defined.len());
        let space = space_of(&given.id);
        let key = |pointers: &[Pointer]| json!(pointers.iter().map(shown).collect::<Vec<_>>());
        let cites = json!({"space": space, "key": key(&cited)});
        let defines = json!({"space": space, "key": key(&defined), "shared": true});
        let of_other = OwnUse {
            schemas: names.clone(),
            each,
            when: None,
            of_record: None,
            ..of_keyword(given, entry, "x-defines", defines)
        };
        let uses = vec![of_keyword(given, entry, "x-cites", cites), of_other];
        entry.schemas.extend(schemas);
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let about = format!(
            "{} is the {} of a record of {}",
            each_shown(&cited),
            each_shown(&defined),
            list(&names)
        );
        Some(Checked { check: project::IS_AMONG, uses, about })
    }

    fn read_member_of(
        &mut self,
        given: &Arguments<'_, '_>,
        entry: &mut Entry<'_, '_>,
    ) -> Option<Checked> {
        let cited = self.pointers(given, "value", entry)?;
        let (each, defined) = self.paths(given, "list", &From::Record, entry)?;
        self.same_length(given, "list", cited.len(), defined.len());
        let space = space_of(&given.id);
        let key = |pointers: &[Pointer]| json!(pointers.iter().map(shown).collect::<Vec<_>>());
        let cites = json!({"space": space, "key": key(&cited), "among": "record"});
        let defines =
            json!({"space": space, "key": key(&defined), "among": "record", "shared": true});
        let mut of_list = of_keyword(given, entry, "x-defines", defines);
        (of_list.each, of_list.when) = (each, None);
        let uses = vec![of_keyword(given, entry, "x-cites", cites), of_list];
        let listed = given.get("list").map(written).unwrap_or_default();
        let about = format!("{} is among {listed} of the record", each_shown(&cited));
        Some(Checked { check: project::IS_AMONG, uses, about })
    }

    fn same_length(&mut self, given: &Arguments<'_, '_>, name: &str, wanted: usize, found: usize) {
        if wanted != found {
            let message = format!("`{name}` has {found} pointers, and `value` has {wanted}");
            let span = given.get(name).map_or(0..0, Value::span);
            self.problem(span, message, Some("a key has as many values as the value".to_owned()));
        }
    }

    fn read_matches(
        &mut self,
        given: &Arguments<'_, '_>,
        entry: &mut Entry<'_, '_>,
    ) -> Option<Checked> {
        let at = self.pointer(given, "value", entry)?;
        let pattern = self.read_pattern(given.get("pattern")?)?;
        let text = pattern.as_str();
        let about = format!("`{}` matches `{text}`", shown(&at));
        Some(requires(given, entry, at, Required::Matches(pattern), about))
    }

    pub(super) fn read_pattern(&mut self, value: &Value<'_>) -> Option<Regex> {
        // As it is written: a blank at its end counts.
        let Some(text) = value.get_ref().as_str() else {
            self.wrong_type(value, "the pattern is", "a text", None);
            return None;
        };
        let reason = match Regex::new(text) {
            Ok(_) if text.is_empty() => "it is empty",
            Ok(pattern) => return Some(pattern),
            Err(regex::Error::CompiledTooBig(_)) => "it is too large",
            Err(_) => "it is not a regular expression, or uses look-around or a backreference",
        };
        let message = format!("the pattern `{text}` cannot be used: {reason}");
        self.problem(value.span(), message, None);
        None
    }

    fn read_before(
        &mut self,
        given: &Arguments<'_, '_>,
        entry: &mut Entry<'_, '_>,
    ) -> Option<Checked> {
        let earlier = self.pointer(given, "earlier", entry);
        let later = self.pointer(given, "later", entry);
        let (first, at) = (earlier?, later?);
        let (earlier, later) = (shown(&first), shown(&at));
        let date = json!({"is": "held", "date": later, "notBefore": earlier});
        // The keyword compares days; times of day are compared here.
        let times = Taken::Requires(RequiresArguments { at, what: Required::NotBefore(first) });
        let uses = vec![of_keyword(given, entry, "x-date", date), use_of(given, entry, times)];
        let about = format!("`{earlier}` is not after `{later}`");
        Some(Checked { check: project::IN_ORDER, uses, about })
    }

    fn read_counts(
        &mut self,
        given: &Arguments<'_, '_>,
        span: &Range<usize>,
        entry: &mut Entry<'_, '_>,
    ) -> Option<Checked> {
        let mut arguments = Map::new();
        for name in ["figure", "list"] {
            if let Some(pointer) = self.pointer(given, name, entry) {
                arguments.insert(name.to_owned(), json!(shown(&pointer)));
            }
        }
        if let Some(value) = given.get("by")
            && let Some(pointer) = self.read_single("by", value)
        {
            arguments.insert("by".to_owned(), json!(shown(&pointer)));
        }
        if let Some(value) = given.get("of") {
            let texts = self.read_several("of", value, Self::read_text);
            arguments.insert("of".to_owned(), texts.into_iter().map(|(text, _)| text).collect());
        }
        if let Some(sum) = self.pointers(given, "sum", entry) {
            arguments.insert("sum".to_owned(), sum.iter().map(shown).collect());
        }
        if let Some(value) = given.get("is") {
            let number = value.get_ref().as_integer();
            let number = number.and_then(|one| u32::from_str_radix(one.as_str(), one.radix()).ok());
            if number.is_none() {
                self.wrong_type(value, "`is` is", "a whole number", None);
            }
            arguments.insert("is".to_owned(), json!(number?));
        }
        let one = of_keyword(given, entry, "x-counts", Json::Object(arguments));
        if let Err(error) = one.taken.read() {
            let message = error
                .message
                .replace("x-counts", "counts")
                .replace("`sum` with `figure`, `is` or `most`", "`sum` with `figure` or `is`");
            self.problem(span.clone(), message, error.help);
            return None;
        }
        let about = "the figure is what it counts".to_owned();
        Some(Checked { check: project::COUNTS, uses: vec![one], about })
    }
}

fn shown(pointer: &Pointer) -> String {
    pointer.to_string()
}

fn each_shown(pointers: &[Pointer]) -> String {
    let pointers: Vec<String> = pointers.iter().map(shown).collect();
    list(&pointers.iter().map(String::as_str).collect::<Vec<_>>())
}

/// The texts of a value or a list of values, as they are written.
fn written(value: &Value<'_>) -> String {
    let texts: Vec<&str> = match value.get_ref() {
        DeValue::Array(items) => items.iter().filter_map(|item| item.get_ref().as_str()).collect(),
        one => one.as_str().into_iter().collect(),
    };
    list(&texts)
}

/// The use of a keyword at the values of an entry.
fn of_keyword(
    given: &Arguments<'_, '_>,
    entry: &Entry<'_, '_>,
    keyword: &str,
    arguments: Json,
) -> OwnUse {
    let taken = Taken::Keyword(Map::from_iter([(keyword.to_owned(), arguments)]));
    use_of(given, entry, taken)
}

fn use_of(given: &Arguments<'_, '_>, entry: &Entry<'_, '_>, taken: Taken) -> OwnUse {
    OwnUse {
        rule: given.number,
        schemas: entry.schemas.iter().map(|(name, _)| name.clone()).collect(),
        each: entry.each.clone(),
        taken,
        when: entry.when.clone(),
        of_record: entry.of_record.clone(),
    }
}

fn requires(
    given: &Arguments<'_, '_>,
    entry: &Entry<'_, '_>,
    at: Pointer,
    what: Required,
    about: String,
) -> Checked {
    let taken = Taken::Requires(RequiresArguments { at, what });
    Checked { check: project::REQUIRES, uses: vec![use_of(given, entry, taken)], about }
}
