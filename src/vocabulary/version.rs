//! `x-version`: one of several versions of a record.

use super::{
    Arguments, Collector, Fact, Form, Given, Keyword, Kind, Meaning, Part, Pointer, Record, Text,
    key,
    keyword::{optional, required},
};
use crate::tree::NodeRef;

pub(super) static KEYWORD: Keyword = Keyword {
    name: "x-version",
    about: "one of several versions of a record",
    repeats: false,
    short: None,
    arguments: &[
        required("of", Kind::Pointers, "the values that all versions of the record have in common"),
        optional(
            "supersedes",
            Kind::Pointer,
            "the id of the record that this one replaces, or a list of ids",
        ),
    ],
    example: r#"{"of": ["/event"], "supersedes": "/replaces"}"#,
    between: None,
    read: |given| Ok(Box::new(read(given))),
};

/// The arguments of `x-version`.
#[derive(Clone, Debug, Default)]
pub struct VersionArguments {
    /// The values that all versions of the record have in common.
    pub of: Vec<Part>,
    /// The ids of the records that this one replaces.
    pub supersedes: Option<Pointer>,
}

fn read(given: &Given<'_>) -> VersionArguments {
    let (of, supersedes) = (given.parts("of"), given.pointer("supersedes"));
    VersionArguments { of, supersedes }
}

/// The record is one of several versions.
#[derive(Debug)]
pub struct Version<'t> {
    /// Equal for versions of one record; nothing where a common value is missing.
    pub key: Option<String>,
    /// The ids of the records that it replaces.
    pub supersedes: Vec<Text<'t>>,
}

impl Arguments for VersionArguments {
    fn parts_mut(&mut self) -> Vec<&mut Part> {
        self.of.iter_mut().collect()
    }

    fn take<'t>(&'t self, node: NodeRef<'t>, collector: &mut Collector<'t>) {
        let kind = collector.record.kind.as_deref().unwrap_or_default();
        let language = collector.record.head.language.map_or("", |text| text.value);
        let same = [(Form::Text, kind), (Form::Folded, language)];
        let of = collector.values(node, &self.of);
        let key = of.map(|of| key::joined(same.into_iter().chain(of)));
        let supersedes: Vec<Text<'t>> =
            self.supersedes.iter().flat_map(|ids| collector.find_all(node, ids)).collect();
        if key.is_none() && supersedes.is_empty() {
            return;
        }
        collector.push(node, Meaning::Version(Version { key, supersedes }));
    }

    fn describe(&self, fact: &Fact<'_>, _record: &Record<'_>) -> String {
        let Meaning::Version(version) = &fact.meaning else { return String::new() };
        let of = version.key.as_ref().map(|key| format!(" of {}", key.replace('\u{1f}', ", ")));
        let count = version.supersedes.len();
        format!("a version{}, supersedes {count} records", of.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::vocabulary::testing::{facts, fault};

    #[test]
    fn a_record_that_lacks_a_common_value_only_replaces_others() {
        let schema = json!({"x-version": {"of": ["/event"], "supersedes": "/replaces"}});
        assert_eq!(
            facts(&schema, "{kind: k, event: e, replaces: [a, b]}"),
            ["a version of k, , e, supersedes 2 records"]
        );
        assert_eq!(facts(&schema, "{replaces: a}"), ["a version, supersedes 1 records"]);
        assert_eq!(facts(&schema, "{id: a}"), [""; 0]);
    }

    #[test]
    fn versions_have_something_in_common() {
        assert_eq!(
            fault(&KEYWORD, &json!({"supersedes": "/replaces"})),
            "`x-version` lacks the argument `of`"
        );
    }
}
