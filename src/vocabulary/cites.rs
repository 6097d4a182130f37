//! `x-cites`: this value must be a key in a namespace.

use super::{
    Arguments, Collector, Fact, Given, KeyArguments, KeyOptions, Keyword, Kind, Meaning, Part,
    Record, keyword::optional, space,
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
    ],
    example: r#"{"space": "letter", "key": ["/from", "/dated"], "date": "/dated"}"#,
    between: None,
    read: |given| Ok(Box::new(read(given))),
};

/// The arguments of `x-cites`.
#[derive(Clone, Debug, Default)]
pub struct CitesArguments(pub KeyArguments);

fn read(given: &Given<'_>) -> CitesArguments {
    let options = KeyOptions::default().with(KeyOptions::EXTERNAL, given.flag("external"));
    CitesArguments(KeyArguments::read(given, options))
}

impl Arguments for CitesArguments {
    fn parts_mut(&mut self) -> Vec<&mut Part> {
        self.0.parts_mut()
    }

    fn take<'t>(&'t self, node: NodeRef<'t>, collector: &mut Collector<'t>) {
        if let Some(key) = self.0.take(node, collector) {
            collector.push(node, Meaning::Cites(Box::new(key)));
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
    fn only_definitions_may_be_shared() {
        assert_eq!(
            fault(&KEYWORD, &json!({"space": "s", "shared": true})),
            "`x-cites` has no argument `shared`"
        );
    }
}
