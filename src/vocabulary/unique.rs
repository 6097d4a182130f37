//! `x-unique`: items of a list that must differ, or records.

use std::collections::HashMap;

use serde_json::json;

use super::{
    Arguments, Collector, Fact, Form, Given, Keyword, Kind, Meaning, Origin, Part, Pointer, Record,
    Text,
    arguments::Fault,
    key,
    keyword::{Choice, optional, required, words},
};
use crate::{
    digest,
    symbol::{self, Reference},
    tree::NodeRef,
};

pub(super) static KEYWORD: Keyword = Keyword {
    name: "x-unique",
    about: "items of a list that must differ",
    repeats: true,
    short: None,
    arguments: &[
        required(
            "by",
            Kind::ItemKeys,
            "the keys by which items differ, each a pointer taken from the item, or an array of pointers for a key of \
             several values; `\"\"` is the item itself",
        ),
        optional(
            "in",
            Kind::Pointers,
            "on an object: the lists whose items differ together; a single value counts as a list of one item",
        ),
        optional(
            "among",
            Kind::Choice(words::<Among>),
            "`\"records\"` or `\"file\"`: all records that have this schema differ, or those of one file, and not the items of a \
             list; the pointers of `by` are taken from the record. `\"record\"`: all annotated values of one record differ, in \
             whichever lists they are",
        ),
        optional(
            "shortened",
            Kind::Pointer,
            "with `\"among\": \"records\"`: one of the pointers of `by`. Records differ in this text also if one has only the first \
             words of the other, which may be its short name; equal texts are not compared",
        ),
        optional(
            "instead",
            Kind::ItemPointer,
            "in an item that has no value for `by`: a text that may name the same document, as `resolution 63/225` names \
             `A/RES/63/225`. Only such items are compared with those that have the value",
        ),
        optional(
            "least",
            Kind::Number,
            "only items whose texts have at least so many bytes together count, as paragraphs do; such a text is not a key",
        ),
    ],
    example: r#"{"by": ["/number"]}"#,
    between: Some(|| {
        json!({
            "not": {"required": ["in", "among"]},
            "if": {"required": ["shortened"]},
            "then": {"required": ["among"], "properties": {"among": {"const": "records"}}}
        })
    }),
    read,
};

/// The arguments of `x-unique`.
#[derive(Clone, Debug, Default)]
pub struct UniqueArguments {
    /// Each key is made of the values under its pointers.
    pub by: Vec<Vec<Part>>,
    /// The lists whose items differ from each other; the annotated value where none is named.
    pub lists: Vec<Pointer>,
    /// Whether it is records that differ.
    pub is_among_records: bool,
    /// Where the records or values are that differ.
    pub among: Among,
    /// The text of a record that may be shortened in another.
    pub shortened: Option<Pointer>,
    /// The text of an item without a key that may name the document of another.
    pub instead: Option<Pointer>,
    /// The fewest characters of a text that counts; with it the items have no key.
    pub least: Option<u32>,
}

/// What differs, if not the items of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Among {
    /// All records of the project.
    #[default]
    Records,
    /// The records of one file.
    File,
    /// The annotated values of one record.
    Record,
}

impl Choice for Among {
    const ALL: &'static [Self] = &[Self::Records, Self::File, Self::Record];

    fn word(self) -> &'static str {
        match self {
            Self::Records => "records",
            Self::File => "file",
            Self::Record => "record",
        }
    }
}

fn read(given: &Given<'_>) -> Result<Box<dyn Arguments>, Fault> {
    if given.has("in") && given.has("among") {
        return Err(given.fault("`in` names lists of one record, and `among` compares records"));
    }
    let among = given.choice::<Among>("among");
    if given.has("shortened") && among != Some(Among::Records) {
        return Err(given.fault("`shortened` compares records, and `among` is not `records`"));
    }
    Ok(Box::new(UniqueArguments {
        by: given.keys("by"),
        lists: given.pointers("in"),
        is_among_records: among.is_some(),
        among: among.unwrap_or_default(),
        shortened: given.pointer("shortened"),
        instead: given.pointer("instead"),
        least: given.number("least"),
    }))
}

/// Entries of a list, or of several lists together, must differ.
#[derive(Debug)]
pub struct Unique<'t> {
    /// For each list, which entry is its first, and the key that holds it.
    pub lists: Vec<(usize, Option<Text<'t>>)>,
    /// The entries that have a key.
    pub entries: Vec<UniqueEntry<'t>>,
}

/// An entry of a list, by its key.
#[derive(Debug)]
pub struct UniqueEntry<'t> {
    /// Equal for equal keys.
    pub key: String,
    /// The first value of the key, as written.
    pub text: Text<'t>,
    /// The other values of a key of several.
    pub others: Vec<Text<'t>>,
}

impl<'t> Unique<'t> {
    /// The number of the list that has an entry.
    #[must_use]
    pub fn list_of(&self, entry: usize) -> usize {
        self.lists.partition_point(|(first, _)| *first <= entry).saturating_sub(1)
    }

    /// The name of a list.
    #[must_use]
    pub fn name_of(&self, list: usize) -> Option<Text<'t>> {
        self.lists.get(list)?.1
    }
}

/// The record is the only one of something.
#[derive(Debug)]
pub struct Single<'t> {
    /// Equal for records of the same thing.
    pub key: String,
    /// The texts that name the thing, as written; there is at least one.
    pub texts: Vec<Text<'t>>,
    /// Where it is the only one.
    pub among: Among,
    /// The text that another record may shorten; the key is that of the other values.
    pub shortened: Option<Text<'t>>,
}

impl Arguments for UniqueArguments {
    /// Of several, some may be single values, which count as lists of one item.
    fn lists(&self) -> Vec<&Pointer> {
        self.lists.iter().filter(|_| self.lists.len() == 1).collect()
    }

    fn compares_wholes(&self) -> bool {
        true
    }

    fn parts_mut(&mut self) -> Vec<&mut Part> {
        self.by.iter_mut().flatten().collect()
    }

    fn origin(&self) -> Origin<'_> {
        match self.lists.as_slice() {
            _ if self.is_among_records => Origin::Value,
            [] => Origin::Items,
            lists => Origin::ItemsOf(lists),
        }
    }

    fn take<'t>(&'t self, node: NodeRef<'t>, collector: &mut Collector<'t>) {
        for parts in &self.by {
            if self.is_among_records {
                if let Some(single) = self.single(parts, node, collector) {
                    collector.push(node, Meaning::Single(single));
                }
            } else if let Some(instead) = &self.instead {
                if let Some(unique) = in_other_words(parts, instead, node, collector) {
                    collector.push(node, Meaning::Unique(unique));
                }
            } else if self.may_repeat(parts, node, collector) {
                let unique = self.unique(parts, node, collector);
                collector.push(node, Meaning::Unique(unique));
            }
        }
    }

    fn describe(&self, fact: &Fact<'_>, _record: &Record<'_>) -> String {
        match &fact.meaning {
            Meaning::Unique(unique) => {
                let name = |name: Option<Text<'_>>| {
                    name.map_or_else(|| "a list".to_owned(), |name| name.value.to_owned())
                };
                let names: Vec<String> = unique.lists.iter().map(|(_, text)| name(*text)).collect();
                let count = unique.entries.len();
                format!("{count} items of {} that must differ", names.join(" and "))
            }
            Meaning::Single(single) => {
                let texts: Vec<&str> = single.texts.iter().map(|text| text.value).collect();
                format!("the only record of `{}`", texts.join(", "))
            }
            _ => String::new(),
        }
    }
}

impl UniqueArguments {
    /// Whether the keys are also the names of the items. A text is not, and neither is a key that some items name otherwise.
    #[must_use]
    pub const fn names_items(&self) -> bool {
        self.least.is_none() && self.instead.is_none()
    }

    /// Whether two items may be the same. Most lists have no text twice, and no two of one length that begin and end alike.
    fn may_repeat<'t>(&self, parts: &[Part], node: NodeRef<'t>, collector: &Collector<'t>) -> bool {
        let Some(least) = self.least else { return true };
        let named = self.lists.iter().filter_map(|list| list.find(node));
        let own = if self.lists.is_empty() { Some(node) } else { None };
        let mut digests: Vec<u64> = Vec::new();
        for item in named.chain(own).flat_map(NodeRef::elements) {
            digests.extend(digest_of_ends(parts, item, least, collector));
        }
        digests.sort_unstable();
        digests.windows(2).any(|two| two[0] == two[1])
    }

    /// What the record is the only one of, where all of it is there. A value may be an object of texts, as a place is.
    fn single<'t>(
        &self,
        parts: &[Part],
        node: NodeRef<'t>,
        collector: &Collector<'t>,
    ) -> Option<Single<'t>> {
        let mut texts: Vec<Text<'t>> = Vec::new();
        let mut values: Vec<String> = Vec::new();
        let mut shortened = None;
        for part in parts {
            let from = texts.len();
            if let Some(value) = part.pointer.find(node) {
                texts.extend(collector.text(value));
                if value.is_object() || value.is_array() {
                    value.for_each_string(|string| texts.extend(collector.text(string)));
                }
            }
            if self.shortened.as_ref() == Some(&part.pointer) {
                shortened = Some(*texts.get(from)?);
                continue;
            }
            let form = match part.form {
                Form::Text if self.among != Among::Record => Form::Folded,
                form => form,
            };
            values.push(key::joined_texts(texts[from..].iter().map(|text| (form, text))));
        }
        let is_whole = !values.is_empty() && values.iter().all(|value| !value.is_empty());
        let is_ready = is_whole && shortened.is_some() == self.shortened.is_some();
        let among = self.among;
        is_ready.then(|| Single { key: values.join("\u{1e}"), texts, among, shortened })
    }

    /// The items of the list, or of all the lists below it that are named.
    fn unique<'t>(
        &self,
        parts: &[Part],
        node: NodeRef<'t>,
        collector: &Collector<'t>,
    ) -> Unique<'t> {
        let named = self.lists.iter().filter_map(|list| list.find(node));
        let all: Vec<NodeRef<'t>> =
            if self.lists.is_empty() { vec![node] } else { named.collect() };
        let mut unique = Unique { lists: Vec::new(), entries: Vec::new() };
        for list in &all {
            let name = list.key().and_then(|key| collector.text(key));
            unique.lists.push((unique.entries.len(), name));
            let counts = |item: &NodeRef<'t>| {
                self.least
                    .is_none_or(|least| digest_of_ends(parts, *item, least, collector).is_some())
            };
            // A single value counts as a list of one item: "the mover is not the seconder".
            let single = (!list.is_array()).then_some(*list);
            let items = list.elements().chain(single).filter(counts);
            unique.entries.extend(items.filter_map(|item| entry(parts, item, collector)));
        }
        unique
    }
}

/// So many bytes at each end of a text are compared first.
const ENDS: usize = 16;

/// Equal for items of the same texts, made of the lengths and the ends of each; nothing where a text is missing, or all are shorter
/// together than counts.
fn digest_of_ends<'t>(
    parts: &[Part],
    item: NodeRef<'t>,
    least: u32,
    collector: &Collector<'t>,
) -> Option<u64> {
    let (mut all, mut length) = (0, 0_usize);
    for part in parts {
        let text = collector.find(item, &part.pointer)?;
        let bytes = text.value.as_bytes();
        all = digest::join(
            all,
            match (bytes.first_chunk::<ENDS>(), bytes.last_chunk::<ENDS>()) {
                (Some(first), Some(last)) => digest::of((bytes.len(), first, last)),
                _ => digest::of(bytes),
            },
        );
        length += bytes.len();
    }
    (length >= least as usize).then_some(all)
}

/// The items that have no key, but a text that names the document of one that has; each with the other.
fn in_other_words<'t>(
    parts: &[Part],
    instead: &Pointer,
    node: NodeRef<'t>,
    collector: &Collector<'t>,
) -> Option<Unique<'t>> {
    let [part] = parts else { return None };
    let (mut keyed, mut unkeyed) = (Vec::new(), Vec::new());
    for (at, item) in node.elements().enumerate() {
        match (collector.find(item, &part.pointer), collector.find(item, instead)) {
            (Some(text), _) => keyed.push((at, item, text)),
            (None, Some(text)) => unkeyed.push((at, item, text)),
            (None, None) => {}
        }
    }
    if keyed.is_empty() || unkeyed.is_empty() {
        return None;
    }
    let mut by_number: HashMap<u32, Vec<(usize, NodeRef<'t>, Text<'t>, Reference)>> =
        HashMap::new();
    for (at, item, text) in keyed {
        if let Some(reference) = key::reference(text.value)
            && let Some(number) = reference.number()
        {
            by_number.entry(number).or_default().push((at, item, text, reference));
        }
    }
    let mut pairs = Vec::new();
    for (at, item, text) in unkeyed {
        let Some(named) = symbol::whole_reference(text.value) else { continue };
        let same = named.number().and_then(|number| by_number.get(&number));
        let same = same
            .into_iter()
            .flatten()
            .find(|(_, other, _, reference)| reference.may_be(&named) && agree(*other, item));
        if let Some((first, _, written, _)) = same {
            pairs.push(((*first, *written), (at, text)));
        }
    }
    let mut unique = Unique { lists: Vec::new(), entries: Vec::new() };
    let name = node.key().and_then(|key| collector.text(key));
    unique.lists.push((0, name));
    for (number, (one, other)) in pairs.into_iter().enumerate() {
        let mut both = [one, other];
        both.sort_by_key(|(at, _)| *at);
        let entry = |(_, text): (usize, Text<'t>)| UniqueEntry {
            key: number.to_string(),
            text,
            others: Vec::new(),
        };
        unique.entries.extend(both.map(entry));
    }
    (!unique.entries.is_empty()).then_some(unique)
}

/// Whether two items have the same value for each property that both have, but for those with figures in them: the role of
/// a reference, for example. A reference of another role is another one.
fn agree(one: NodeRef<'_>, other: NodeRef<'_>) -> bool {
    let has_figure = |text: &str| text.bytes().any(|byte| byte.is_ascii_digit());
    one.members().all(|(key, value)| {
        let theirs = other.members().find(|(name, _)| name.as_str() == key.as_str());
        match (value.scalar_text(), theirs.and_then(|(_, value)| value.scalar_text())) {
            (Some(mine), Some(theirs)) => mine == theirs || has_figure(mine) || has_figure(theirs),
            _ => true,
        }
    })
}

fn entry<'t>(
    parts: &[Part],
    item: NodeRef<'t>,
    collector: &Collector<'t>,
) -> Option<UniqueEntry<'t>> {
    let find = |part: &Part| collector.find(item, &part.pointer);
    let texts: Vec<Text<'t>> = parts.iter().map(find).collect::<Option<_>>()?;
    let key = key::joined_texts(parts.iter().map(|part| part.form).zip(&texts));
    let (text, others) = texts.split_first()?;
    Some(UniqueEntry { key, text: *text, others: others.to_vec() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::testing::{facts, fault, reads};

    #[test]
    fn items_without_a_key_are_left_out() {
        let schema = json!({"properties": {"all": {"x-unique": {"by": [["/a", "/b"], "/a"]}}}});
        assert_eq!(
            facts(&schema, "{all: [{a: 1, b: 2}, {a: 1}]}"),
            ["1 items of all that must differ", "2 items of all that must differ"]
        );
    }

    #[test]
    fn lists_of_one_object_differ_together() {
        let schema = json!({"x-unique": {"in": ["/yes", "/no"], "by": [""]}});
        assert_eq!(
            facts(&schema, "{yes: [A, B], no: [C]}"),
            ["3 items of yes and no that must differ"]
        );
        assert_eq!(facts(&schema, "{yes: A, no: B}"), ["2 items of yes and no that must differ"]);
    }

    #[test]
    fn a_record_is_the_only_one_where_all_of_its_key_is_there() {
        let schema = json!({"x-unique": {"by": [["/name", "/at"]], "among": "records"}});
        assert_eq!(
            facts(&schema, "{name: A, at: {room: R, city: C}}"),
            ["the only record of `A, R, C`"]
        );
        assert_eq!(facts(&schema, "{name: A}"), [""; 0]);
    }

    #[test]
    fn values_of_one_record_are_compared_as_they_are_written() {
        let schema = json!({"properties": {"days": {"items": {"items":
            {"x-unique": {"by": ["/id"], "among": "record"}}}}}});
        assert_eq!(
            facts(&schema, "{days: [[{id: a}], [{id: b}, {name: c}]]}"),
            ["the only record of `a`", "the only record of `b`"]
        );
    }

    #[test]
    fn a_text_in_place_of_a_key_is_compared_with_keys() {
        let schema = json!({"properties": {"all": {
            "items": {"properties": {"act": {"x-form": "un-symbol"}}},
            "x-unique": {"by": ["/act"], "instead": "/raw"}}}});
        let count = |second: &str| {
            let list = "{act: A/RES/63/184, raw: resolution 63/184, role: cites}";
            let facts = facts(&schema, &format!("{{all: [{list}, {second}]}}"));
            facts.iter().filter(|fact| fact.contains("must differ")).count()
        };
        for raw in [
            "resolution 63/184",
            "General Assembly resolution 63/184 of 18 December 2008",
            "A/RES/63/184",
            "the resolution 63/184 of the General Assembly",
            "résolution 63/184 de l’Assemblée générale, en date du 18 décembre 2008",
        ] {
            assert_eq!(count(&format!("{{raw: '{raw}', role: cites}}")), 1, "{raw}");
        }
        for raw in [
            "resolution 63/185",
            "decision 63/184",
            "paragraph 4 of resolution 63/184",
            "the annex to resolution 63/184",
            "resolutions 63/184 and 63/185",
            "Human Rights Council resolution 63/184",
        ] {
            assert_eq!(count(&format!("{{raw: '{raw}', role: cites}}")), 0, "{raw}");
        }
        assert_eq!(count("{raw: resolution 63/184, role: recalls}"), 0);
        assert_eq!(count("{raw: resolution 63/184, act: A/RES/63/184}"), 0);
    }

    #[test]
    fn what_is_wrong_with_arguments_is_reported_in_words() {
        assert!(reads(&KEYWORD, &json!([{"by": ["/n"]}, {"by": [["/a", "/b"], ""]}])));
        for (value, message) in [
            (
                json!({"by": "/n"}),
                "argument `by` of `x-unique` is `/n`; an array of pointers such as `/title`, or of arrays of pointers, is expected",
            ),
            (
                json!({"by": [""], "in": ["/a"], "among": "records"}),
                "`x-unique`: `in` names lists of one record, and `among` compares records",
            ),
            (
                json!({"by": [""], "among": "recards"}),
                "argument `among` of `x-unique` is `recards`; `records`, `file` or `record` is expected (did you mean `records`?)",
            ),
            (
                json!({"by": [["/a", "/b"]], "among": "file", "shortened": "/a"}),
                "`x-unique`: `shortened` compares records, and `among` is not `records`",
            ),
        ] {
            assert_eq!(fault(&KEYWORD, &value), message);
        }
    }
}
