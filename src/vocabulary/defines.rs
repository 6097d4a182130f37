//! `x-defines`: this value is a key in a namespace.

use serde_json::json;

use super::{
    Arguments, Collector, Fact, Given, KeyArguments, KeyOptions, Keyword, Kind, Meaning, Part,
    Record,
    arguments::Fault,
    keyword::{Choice, optional, words},
    space,
};
use crate::tree::NodeRef;

pub(super) static KEYWORD: Keyword = Keyword {
    name: "x-defines",
    about: "this value is a key in a namespace",
    repeats: true,
    short: Some("space"),
    arguments: &[
        space::SPACE,
        space::KEY,
        space::AMONG,
        space::date("the date of the thing defined"),
        optional(
            "per",
            Kind::Choice(words::<Per>),
            "`\"language\"`: one definition for each language is allowed",
        ),
        optional(
            "elsewhere",
            Kind::Flag,
            "`true`: the thing is known to exist outside the folder; citations may point at it, and it never counts as \
             a duplicate",
        ),
        optional(
            "shared",
            Kind::Flag,
            "`true`: several records may define the same key, as several letters of one author may bear one date",
        ),
        optional(
            "excluded",
            Kind::Text,
            "the key is known not to be in the namespace, as an absent member is not among those present; the text is what messages \
             call it: `absent`",
        ),
        optional(
            "by",
            Kind::Choice(words::<space::By>),
            "what makes the key in the place of `key`: `\"name\"`, the name of the property that holds the annotated value; \
             `\"index\"`, its index in the list, from 0",
        ),
    ],
    example: r#"{"space": "letter", "key": ["/author", "/date"], "date": "/date", "shared": true}"#,
    between: Some(|| json!({"not": {"required": ["key", "by"]}})),
    read,
};

/// The arguments of `x-defines`.
#[derive(Clone, Debug, Default)]
pub struct DefinesArguments(pub KeyArguments);

/// Where one definition for each is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Per {
    Language,
}

impl Choice for Per {
    const ALL: &'static [Self] = &[Self::Language];

    fn word(self) -> &'static str {
        match self {
            Self::Language => "language",
        }
    }
}

fn read(given: &Given<'_>) -> Result<Box<dyn Arguments>, Fault> {
    if given.has("key") && given.has("by") {
        return Err(given.fault("`key` names values, and `by` makes the key without them"));
    }
    let options = KeyOptions::default()
        .with(KeyOptions::PER_LANGUAGE, given.choice("per") == Some(Per::Language))
        .with(KeyOptions::ELSEWHERE, given.flag("elsewhere"))
        .with(KeyOptions::SHARED, given.flag("shared"))
        .with(KeyOptions::EXCLUDED, given.has("excluded"));
    let mut key = KeyArguments::read(given, options).read_by(given);
    key.link.called = given.text("excluded");
    Ok(Box::new(DefinesArguments(key)))
}

impl Arguments for DefinesArguments {
    fn parts_mut(&mut self) -> Vec<&mut Part> {
        self.0.parts_mut()
    }

    fn take<'t>(&'t self, node: NodeRef<'t>, collector: &mut Collector<'t>) {
        if let Some(key) = self.0.take(node, collector) {
            collector.push(node, Meaning::Defines(Box::new(key)));
        } else {
            self.0.check_single(node, collector);
        }
    }

    fn describe(&self, fact: &Fact<'_>, _record: &Record<'_>) -> String {
        let Meaning::Defines(key) = &fact.meaning else { return String::new() };
        let verb = if key.options.has(KeyOptions::EXCLUDED) { "excludes" } else { "defines" };
        format!("{verb} {}", space::described(key))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::vocabulary::{
        read::read,
        testing::{facts, fault},
    };

    fn arguments(value: &serde_json::Value) -> KeyArguments {
        let schema = json!({"x-defines": value});
        let uses = read(schema.as_object().unwrap());
        let found = uses[0].as_ref().unwrap().arguments.get::<DefinesArguments>();
        found.unwrap().0.clone()
    }

    #[test]
    fn the_short_form_names_the_space_alone() {
        for value in [json!("record"), json!({"space": "record"})] {
            let found = arguments(&value);
            assert_eq!((found.space.as_str(), found.key), ("record", vec![Part::default()]));
        }
    }

    #[test]
    fn options_are_set_where_they_are_true() {
        let found = arguments(
            &json!({"space": "s", "per": "language", "elsewhere": false, "shared": true}),
        );
        let has = |option| found.options.has(option);
        assert!(has(KeyOptions::PER_LANGUAGE) && has(KeyOptions::SHARED));
        assert!(!has(KeyOptions::ELSEWHERE) && !has(KeyOptions::EXTERNAL));
    }

    #[test]
    fn what_is_wrong_with_arguments_is_reported_in_words() {
        for (value, message) in [
            (json!(7), "`x-defines` is `7`; a text, or an object with arguments, is expected"),
            (json!(""), "`x-defines` is empty; a text is expected"),
            (json!({}), "`x-defines` lacks the argument `space`"),
            (
                json!({"space": "s", "shared": "yes"}),
                "argument `shared` of `x-defines` is `yes`; `true` or `false` is expected",
            ),
            (
                json!({"space": "s", "shared": "true"}),
                "argument `shared` of `x-defines` is `\"true\"`; `true` or `false` is expected",
            ),
            (
                json!({"space": "s", "per": "langauge"}),
                "argument `per` of `x-defines` is `langauge`; `language` is expected (did you mean `language`?)",
            ),
            (
                json!({"space": "s", "key": []}),
                "argument `key` of `x-defines` is `[]`; a pointer such as `/title`, or an array of pointers, is expected",
            ),
            (json!({"space": "s", "external": true}), "`x-defines` has no argument `external`"),
        ] {
            assert_eq!(fault(&KEYWORD, &value), message);
        }
    }

    #[test]
    fn a_property_name_or_an_index_makes_a_key() {
        let defines = |extra: serde_json::Value| json!({"additionalProperties": extra});
        let record = "{s1: {title: Opening}, s2: {title: Panel}}";
        let wanted = ["defines session `s1`", "defines session `s2`"];
        for defined in [json!("session"), json!({"space": "session", "by": "name"})] {
            assert_eq!(facts(&defines(json!({"x-defines": defined})), record), wanted);
        }
        // A value of its own makes the key where the schema says so.
        let by_title = json!({"x-defines": {"space": "session", "key": "/title"}});
        assert_eq!(facts(&defines(by_title), record)[0], "defines session `Opening`");
        let list = |items: serde_json::Value| json!({"properties": {"rooms": {"items": items}}});
        let rooms = list(json!({"x-defines": {"space": "room", "by": "index"}}));
        assert_eq!(
            facts(&rooms, "{rooms: [Main, {name: Annex}, null, [[Hall]]]}"),
            [
                "defines room `Main` (as `0`)",
                "defines room `` (as `1`)",
                "defines room `` (as `2`)",
                "defines room `` (as `3`)"
            ]
        );
        let both = json!([{"space": "a", "by": "index"}, {"space": "b", "by": "index"}]);
        let both = list(json!({"x-defines": both}));
        assert_eq!(facts(&both, "{rooms: [x, y]}").len(), 4);
        assert_eq!(facts(&json!({"x-defines": "session"}), "{title: Opening}"), [""; 0]);
    }

    #[test]
    fn an_excluded_key_is_not_defined() {
        let absent = json!({"space": "member", "excluded": "absent"});
        let schema = json!({"properties": {"absent": {"items": {"x-defines": absent}}}});
        assert_eq!(facts(&schema, "{absent: [Ana Ruiz]}"), ["excludes member `Ana Ruiz`"]);
    }

    #[test]
    fn values_and_places_do_not_make_a_key_together() {
        assert_eq!(
            fault(&KEYWORD, &json!({"space": "s", "key": "/n", "by": "name"})),
            "`x-defines`: `key` names values, and `by` makes the key without them"
        );
    }

    #[test]
    fn a_key_of_which_a_value_is_missing_is_none() {
        let schema =
            json!({"x-defines": {"space": "letter", "key": ["/by", "/on"], "date": "/on"}});
        assert_eq!(
            facts(&schema, "{by: Ann Lee, on: \"2011-05-19\"}"),
            ["defines letter `Ann Lee, 2011-05-19` of 2011-05-19"]
        );
        assert_eq!(facts(&schema, "{by: Ann Lee}"), [""; 0]);
    }
}
