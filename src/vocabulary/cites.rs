//! `x-cites`: this value must be a key in a namespace.

use super::{
    Arguments, Collector, Fact, Given, KeyArguments, KeyOptions, Keyword, Kind, Meaning, Part,
    Pointer, Record,
    keyword::{Choice, optional, words},
    space,
};
use crate::tree::NodeRef;

pub(super) static KEYWORD: Keyword = Keyword {
    name: "x-cites",
    about: "this value must be a key in a namespace",
    repeats: true,
    short: Some("space"),
    arguments: &[
        space::SPACE,
        space::KEY,
        space::AMONG,
        space::date("the date given with the citation"),
        optional(
            "external",
            Kind::Flag,
            "`true`: the target may be outside the folder, so a missing target is not a mistake by itself",
        ),
        optional(
            "raw",
            Kind::Pointer,
            "the citation as the document writes it; the symbols and dates in it must be those of the key",
        ),
        optional("kinds", Kind::Texts, "the kinds of record that the target may be: `[\"event\"]`"),
        optional(
            "relation",
            Kind::Choice(words::<Relation>),
            "what the record does with the target: it `supersedes`, `answers` or `encloses` it",
        ),
        optional(
            "paragraph",
            Kind::Pointer,
            "the number of the paragraph that is cited: `14`, `14 (b)`; it is compared with the paragraphs of an act that is among \
             the records",
        ),
        optional(
            "adopted",
            Kind::Flag,
            "`true`: the target is an adopted act, so the symbol of a draft is reported",
        ),
        optional(
            "list",
            Kind::Text,
            "what messages call the list that the key must be in: \"`...` is not among those present\"",
        ),
    ],
    example: r#"{"space": "letter", "key": ["/from", "/dated"], "date": "/dated"}"#,
    between: None,
    read: |given| Ok(Box::new(read(given))),
};

/// The arguments of `x-cites`.
#[derive(Clone, Debug, Default)]
pub struct CitesArguments(pub KeyArguments);

/// What the target of a citation must be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// The kinds of record that it may be; any where none is named.
    pub kinds: Vec<String>,
    /// Where the citation is as the document writes it.
    pub(super) raw: Option<Pointer>,
    /// Where the number of the cited paragraph is.
    pub(super) paragraph: Option<Pointer>,
    /// Whether it must be an adopted act.
    pub adopted: bool,
    /// What messages call the list that it must be in. Of a key that is excluded: what they call the key.
    pub called: String,
}

/// What a record does with the one that it cites.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Relation {
    Supersedes,
    Answers,
    Encloses,
}

impl Choice for Relation {
    const ALL: &'static [Self] = &[Self::Supersedes, Self::Answers, Self::Encloses];

    fn word(self) -> &'static str {
        match self {
            Self::Supersedes => "supersedes",
            Self::Answers => "answers",
            Self::Encloses => "encloses",
        }
    }
}

fn read(given: &Given<'_>) -> CitesArguments {
    let relation = given.choice("relation");
    let options = KeyOptions::default()
        .with(KeyOptions::EXTERNAL, given.flag("external"))
        .with(KeyOptions::SUPERSEDES, relation == Some(Relation::Supersedes))
        .with(KeyOptions::ANSWERS, relation == Some(Relation::Answers))
        .with(KeyOptions::ENCLOSES, relation == Some(Relation::Encloses));
    let mut key = KeyArguments::read(given, options);
    key.link = Link {
        kinds: given.texts("kinds"),
        raw: given.pointer("raw"),
        paragraph: given.pointer("paragraph"),
        adopted: given.flag("adopted"),
        called: given.text("list"),
    };
    CitesArguments(key)
}

impl Arguments for CitesArguments {
    fn parts_mut(&mut self) -> Vec<&mut Part> {
        self.0.parts_mut()
    }

    fn take<'t>(&'t self, node: NodeRef<'t>, collector: &mut Collector<'t>) {
        if let Some(key) = self.0.take(node, collector) {
            collector.push(node, Meaning::Cites(Box::new(key)));
        } else {
            self.0.check_single(node, collector);
        }
    }

    fn describe(&self, fact: &Fact<'_>, _record: &Record<'_>) -> String {
        let Meaning::Cites(key) = &fact.meaning else { return String::new() };
        format!("cites {}", space::described(key))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::vocabulary::testing::{facts, fault};

    #[test]
    fn a_symbol_is_cited_in_its_normal_form() {
        let schema = json!({"properties": {"act": {"x-form": "un-symbol", "x-cites": "document"}}});
        assert!(
            facts(&schema, "{act: A/RES/217A (III)}")
                .contains(&"cites document `A/RES/217A (III)` (as `A/RES/217 A (III)`)".to_owned())
        );
    }

    #[test]
    fn a_relation_is_one_of_three() {
        assert_eq!(
            fault(&KEYWORD, &json!({"space": "s", "relation": "superseeds"})),
            "argument `relation` of `x-cites` is `superseeds`; `supersedes`, `answers` or `encloses` is expected (did you mean `supersedes`?)"
        );
    }

    #[test]
    fn a_list_is_called_by_a_text() {
        assert_eq!(
            fault(&KEYWORD, &json!({"space": "s", "list": 3})),
            "argument `list` of `x-cites` is `3`; a text is expected"
        );
    }

    #[test]
    fn only_definitions_may_be_shared() {
        assert_eq!(
            fault(&KEYWORD, &json!({"space": "s", "shared": true})),
            "`x-cites` has no argument `shared`"
        );
    }
}
