//! `x-unique`: items of a list that must differ, or records.

use serde_json::json;

use super::{
    Arguments, Collector, Fact, Form, Given, Keyword, Kind, Meaning, Origin, Part, Pointer, Record,
    Text,
    arguments::Fault,
    key,
    keyword::{Choice, optional, required, words},
};
use crate::{digest, tree::NodeRef};

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
        optional("in", Kind::Pointers, "on an object: the lists whose items differ together"),
        optional(
            "among",
            Kind::Choice(words::<Among>),
            "`\"records\"` or `\"file\"`: all records that have this schema differ, or those of one file, and not the items of a \
             list; the pointers of `by` are taken from the record",
        ),
        optional(
            "least",
            Kind::Number,
            "only items whose texts have at least so many bytes together count, as paragraphs do; such a text is not a key",
        ),
    ],
    example: r#"{"by": ["/number"]}"#,
    between: Some(|| json!({"not": {"required": ["in", "among"]}})),
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
    /// Whether only the records of one file do.
    pub is_in_file: bool,
    /// The fewest characters of a text that counts; with it the items have no key.
    pub least: Option<u32>,
}

/// What differs, if not the items of a list.
#[derive(Clone, Copy, Debug)]
enum Among {
    Records,
    File,
}

impl Choice for Among {
    const ALL: &'static [Self] = &[Self::Records, Self::File];

    fn word(self) -> &'static str {
        match self {
            Self::Records => "records",
            Self::File => "file",
        }
    }
}

fn read(given: &Given<'_>) -> Result<Box<dyn Arguments>, Fault> {
    if given.has("in") && given.has("among") {
        return Err(given.fault("`in` names lists of one record, and `among` compares records"));
    }
    Ok(Box::new(UniqueArguments {
        by: given.keys("by"),
        lists: given.pointers("in"),
        is_among_records: given.choice::<Among>("among").is_some(),
        is_in_file: matches!(given.choice("among"), Some(Among::File)),
        least: given.number("least"),
    }))
}

/// Entries of a list, or of several lists together, must differ.
#[derive(Debug)]
pub struct Unique<'t> {
    /// For each list, which entry is its first, and the key under which it lies.
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
    /// Whether only the records of one file are compared.
    pub is_in_file: bool,
}

impl Arguments for UniqueArguments {
    fn lists(&self) -> Vec<&Pointer> {
        self.lists.iter().collect()
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
                if let Some(single) = single(parts, node, self.is_in_file, collector) {
                    collector.push(node, Meaning::Single(single));
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
    /// Whether two items may be the same. Of texts only a digest is taken, and most lists have no text twice.
    fn may_repeat<'t>(&self, parts: &[Part], node: NodeRef<'t>, collector: &Collector<'t>) -> bool {
        let Some(least) = self.least else { return true };
        let named = self.lists.iter().filter_map(|list| list.find(node));
        let own = if self.lists.is_empty() { Some(node) } else { None };
        let mut digests: Vec<u64> = Vec::new();
        for item in named.chain(own).flat_map(NodeRef::elements) {
            digests.extend(digest_of(parts, item, least, collector));
        }
        digests.sort_unstable();
        digests.windows(2).any(|two| two[0] == two[1])
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
                self.least.is_none_or(|least| digest_of(parts, *item, least, collector).is_some())
            };
            let items = list.elements().filter(counts);
            unique.entries.extend(items.filter_map(|item| entry(parts, item, collector)));
        }
        unique
    }
}

/// Equal for items of the same texts; nothing where a text is missing, or all are shorter together than counts.
fn digest_of<'t>(
    parts: &[Part],
    item: NodeRef<'t>,
    least: u32,
    collector: &Collector<'t>,
) -> Option<u64> {
    let (mut all, mut length) = (0, 0_usize);
    for part in parts {
        let text = collector.find(item, &part.pointer)?;
        all = digest::join(all, digest::of(text.value));
        length += text.value.len();
    }
    (length >= least as usize).then_some(all)
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

/// What the record is the only one of, where all of it is there. A value may be an object of texts, as a place is.
fn single<'t>(
    parts: &[Part],
    node: NodeRef<'t>,
    is_in_file: bool,
    collector: &Collector<'t>,
) -> Option<Single<'t>> {
    let mut texts: Vec<Text<'t>> = Vec::new();
    let mut values: Vec<String> = Vec::new();
    for part in parts {
        let from = texts.len();
        if let Some(value) = part.pointer.find(node) {
            texts.extend(collector.text(value));
            if value.is_object() || value.is_array() {
                value.for_each_string(|string| texts.extend(collector.text(string)));
            }
        }
        let form = if part.form == Form::Text { Form::Folded } else { part.form };
        values.push(key::joined_texts(texts[from..].iter().map(|text| (form, text))));
    }
    let is_whole = !values.is_empty() && values.iter().all(|value| !value.is_empty());
    is_whole.then(|| Single { key: values.join("\u{1e}"), texts, is_in_file })
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
                json!({"by": [""], "among": "record"}),
                "argument `among` of `x-unique` is `record`; `records` or `file` is expected (did you mean `records`?)",
            ),
        ] {
            assert_eq!(fault(&KEYWORD, &value), message);
        }
    }
}
