//! The keys of a `[[rule]]` entry.

use super::{Key, Value};

/// The keys that say what is checked. An entry has one of them.
pub(in crate::config) const CHECKS: &[&str] =
    &["unique", "exists", "member-of", "required-when", "matches", "before", "counts"];

const fn key(name: &'static str, value: Value, about: &'static str) -> Key {
    Key { name, value, required: false, about }
}

const fn required(name: &'static str, value: Value, about: &'static str) -> Key {
    Key { name, value, required: true, about }
}

pub(in crate::config) const RULE: &[Key] = &[
    required("id", Value::OwnId, "Its id: `project/` and lower-case words with hyphens."),
    required(
        "schema",
        Value::Schemas,
        "The records that it is about: a kind that `rapporteur schema` lists, or a schema file of the project; or a list of them.",
    ),
    key(
        "each",
        Value::Path,
        "The values that it is about: a JSON Pointer from the root of the record in which `*` is every item of a list and every value of an object. Without it, the record. The other pointers of the entry begin at such a value.",
    ),
    key("when", Value::Condition, "What such a value must be, so that the rule looks at it."),
    key("when-record", Value::Condition, "What the record must be, with pointers from its root."),
    key("unique", Value::Inline(UNIQUE), "No two values have the same key."),
    key("exists", Value::Inline(EXISTS), "A value is a key of some record."),
    key("member-of", Value::Inline(MEMBER_OF), "A value is in a list of the same record."),
    key("required-when", Value::Inline(REQUIRED), "A value is there and not blank."),
    key("matches", Value::Inline(MATCHES), "A text, if it is there, matches a regular expression."),
    key("before", Value::Inline(BEFORE), "A date is not after another one."),
    key(
        "counts",
        Value::Inline(COUNTS),
        "A figure is the number of some items, or the sum of other figures.",
    ),
    required(
        "message",
        Value::Text,
        "What a finding says, in the present tense: `{value}` is the value at fault, and `{/pointer}` another one.",
    ),
    key("level", Value::Level, "Its level; by default `warning`."),
    key(
        "page",
        Value::Text,
        "What `rapporteur explain` adds: a text, or a link that begins with `https://`.",
    ),
];

pub(in crate::config) const UNIQUE: &[Key] = &[
    required(
        "by",
        Value::Pointers,
        "The key: a pointer, or a list of pointers for a key of several values.",
    ),
    key(
        "among",
        Value::Among,
        "Where keys differ: in one `list`, in the `record`, in the `file`, or in all `records`. By default in the record if there is an `each`, else in all records.",
    ),
];

pub(in crate::config) const EXISTS: &[Key] = &[
    required("value", Value::Pointers, "The value, or a list for a key of several values."),
    required(
        "schema",
        Value::Schemas,
        "The records that have such a key, named like those of the rule.",
    ),
    required(
        "key",
        Value::Paths,
        "The key in those records: a pointer from their root in which `*` is every item of a list and every value of an object.",
    ),
];

pub(in crate::config) const MEMBER_OF: &[Key] = &[
    required("value", Value::Pointers, "The value, or a list for a key of several values."),
    required(
        "list",
        Value::Paths,
        "The values of the list: a pointer from the root of the record with `*`, such as `/present/*/name`. A record without such a value is not checked.",
    ),
];

pub(in crate::config) const REQUIRED: &[Key] = &[required("value", Value::Pointer, "The value.")];

pub(in crate::config) const MATCHES: &[Key] = &[
    required("value", Value::Pointer, "The text."),
    required(
        "pattern",
        Value::Pattern,
        "The regular expression, which may match anywhere in the text: write `^` and `$` for the whole of it.",
    ),
];

pub(in crate::config) const BEFORE: &[Key] = &[
    required("earlier", Value::Pointer, "The date that is not the later one."),
    required("later", Value::Pointer, "The other date."),
];

pub(in crate::config) const COUNTS: &[Key] = &[
    key("figure", Value::Pointer, "The figure."),
    key("list", Value::Pointer, "The list whose items it counts."),
    key("by", Value::Pointer, "In each item, the value that decides whether the figure counts it."),
    key("of", Value::Texts, "The values that the figure counts, in whatever capitals."),
    key("sum", Value::Pointers, "The figures that make it together, in place of `list`."),
    key("is", Value::Number, "What those figures always make, in place of `figure`."),
];
