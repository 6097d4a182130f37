//! `when`: where a keyword counts.

use serde_json::{Value, json};

use super::{Meaning, facts, tree};
use crate::schema::Catalog;

fn catalog(schema: &Value) -> Catalog {
    let mut schema = schema.clone();
    schema["properties"]["kind"] = json!({"const": "item"});
    Catalog::new(&[("item.json".to_owned(), schema.to_string())])
}

/// What `rapporteur facts` prints of a record.
fn described(schema: &Value, members: &str) -> Vec<String> {
    let catalog = catalog(schema);
    let tree = tree(&format!("{{kind: item, {members}}}"));
    let record = facts(&catalog, &tree);
    record.facts.iter().map(|fact| catalog.graph().describe(fact, &record)).collect()
}

/// For keywords, arguments and a value that has a fact by them.
fn examples() -> Vec<(&'static str, Value, &'static str)> {
    vec![
        ("x-agrees", json!({"on": "title", "value": "/a"}), "{a: A}"),
        ("x-cites", json!({"space": "record"}), "A"),
        ("x-context", json!({"date": "/a"}), "{a: \"2011-05-19\"}"),
        ("x-counts", json!({"sum": ["/a"], "is": 1}), "{a: 1}"),
        ("x-date", json!({"is": "held"}), "\"2011-05-19\""),
        ("x-decides", json!({"names": "/a", "verdict": "/b"}), "{a: [A, B], b: distinct}"),
        ("x-defines", json!({"space": "record"}), "A"),
        ("x-expects", json!({"what": "speaker"}), "A"),
        ("x-form", json!({"is": "time"}), "\"10:00\""),
        ("x-interval", json!({"start": "/a"}), "{a: \"10:00\"}"),
        ("x-mentions", json!({"space": "document"}), "see A/RES/65/170"),
        ("x-notes", json!({"text": ["/a"], "notes": "/b", "mark": "", "body": ""}), "{a: A}"),
        ("x-parts", json!({"symbol": "/a", "number": "/b"}), "{a: A/RES/65/170, b: 170}"),
        ("x-prose", json!({"text": ["/a"], "same": ["/b"]}), "{a: A}"),
        ("x-record", json!({"id": "/a"}), "{a: A}"),
        ("x-sequence", json!({"by": ""}), "[1, 2]"),
        ("x-speaker", json!({"name": ""}), "A"),
        ("x-text", json!({"is": "line"}), "A"),
        ("x-unique", json!({"by": [""]}), "[A, B]"),
        ("x-version", json!({"of": ["/a"]}), "{a: A}"),
    ]
}

#[test]
fn every_keyword_counts_where_its_condition_holds_and_nowhere_else() {
    for (name, arguments, value) in examples() {
        let with = |when: Option<Value>| {
            let mut arguments = arguments.clone();
            if let Some(when) = when {
                arguments["when"] = when;
            }
            described(&json!({"properties": {"v": {name: arguments}}}), &format!("v: {value}"))
        };
        let always = with(None);
        assert_eq!(always.is_empty(), name == "x-context", "{name}");
        assert_eq!(with(Some(json!(true))), always, "{name}");
        assert_eq!(with(Some(json!(false))), [""; 0], "{name}");
        assert_eq!(with(Some(json!({"not": {"type": "null"}}))), always, "{name}");
        assert_eq!(with(Some(json!({"type": "null"}))), [""; 0], "{name}");
    }
}

#[test]
fn each_item_of_an_array_of_arguments_has_a_condition_of_its_own() {
    let long = json!({"is": "prose", "when": {"minLength": 4}});
    let schema =
        json!({"properties": {"v": {"x-text": [{"is": "line", "when": {"maxLength": 3}}, long]}}});
    assert_eq!(described(&schema, "v: One"), ["line `One`"]);
    assert_eq!(described(&schema, "v: Four"), ["running text, 4 characters"]);
    let schema =
        json!({"properties": {"v": {"x-date": ["held", {"is": "issued", "when": false}]}}});
    assert_eq!(described(&schema, "v: \"2011-05-19\""), ["held on 2011-05-19"]);
}

#[test]
fn a_condition_is_of_the_annotated_value() {
    let schema = json!({"properties": {"all": {"items": {
        "x-speaker": {"name": "/name", "when": {"properties": {"part": {"const": "speaker"}}, "required": ["part"]}}
    }}}});
    let people = "all: [{name: A, part: speaker}, {name: B, part: guest}, {name: C}]";
    assert_eq!(described(&schema, people), ["speaker with name `A`"]);
}

#[test]
fn a_context_is_handed_down_where_its_condition_holds() {
    let schema = json!({
        "x-context": {"date": "/day", "when": {"required": ["open"]}},
        "properties": {"day": {}, "open": {}, "all": {"items": {"x-interval": {"start": "/at"}}}}
    });
    let on = |members: &str| {
        described(&schema, &format!("{members}day: \"2011-05-19\", all: [{{at: \"10:00\"}}]"))
    };
    assert_eq!(on("open: 1, "), ["a slot from 10:00 to unknown on 19 May 2011"]);
    assert_eq!(on(""), ["a slot from 10:00 to unknown"]);
}

#[test]
fn a_form_under_a_condition_is_not_that_of_an_argument() {
    let read = |form: Value| {
        let schema = json!({"properties": {"session": {"x-form": form}, "symbol": {}},
            "x-parts": {"symbol": "/symbol", "session": "/session"}});
        let catalog = catalog(&schema);
        let tree = tree("{kind: item, symbol: A/RES/65/170, session: 65th}");
        let record = facts(&catalog, &tree);
        record.facts.iter().find_map(|fact| match &fact.meaning {
            Meaning::Parts(parts) => Some(parts.session.map(|session| session.value)),
            _ => None,
        })
    };
    assert_eq!(read(json!("ordinal")), Some(Some(65)));
    assert_eq!(read(json!({"is": "ordinal"})), Some(Some(65)));
    assert_eq!(read(json!({"is": "ordinal", "when": true})), Some(None));
}

#[test]
fn a_keyword_whose_condition_is_no_schema_counts_nowhere_and_is_reported() {
    for (when, what) in [
        (json!({"type": "objct"}), "`type` is `objct`, which is not a type of JSON Schema"),
        (json!({"properties": {"a": 7}}), "`a` is `7`, but must be of type boolean or object"),
        (json!({"pattern": "("}), "`(` is not a valid regular expression"),
    ] {
        let schema = json!({"properties": {"v": {"x-defines": [{"space": "s"}, {"space": "t", "when": when}]}}});
        assert_eq!(described(&schema, "v: A"), ["defines s `A`"]);
        let catalog = catalog(&schema);
        let [error] = catalog.errors() else { panic!("{:?}", catalog.errors()) };
        let message = format!("argument `when` of `x-defines` cannot be used as a schema: {what}");
        assert_eq!(error.message, message);
        assert!(error.usable && error.pointer == "/properties/v", "{error:?}");
    }
}

#[test]
fn a_condition_that_refers_to_nowhere_is_reported_and_one_that_refers_to_itself_is_not() {
    let schema = |when: Value| json!({"$defs": {"a": {}}, "properties": {"v": {"x-text": {"is": "line", "when": when}}}});
    let lost = catalog(&schema(json!({"$ref": "#/$defs/a"})));
    let [error] = lost.errors() else { panic!("{:?}", lost.errors()) };
    assert!(error.message.starts_with("argument `when` of `x-text` cannot be used"), "{error:?}");
    let own = schema(json!({"$ref": "#/$defs/b", "$defs": {"b": {"maxLength": 3}}}));
    assert_eq!(described(&own, "v: One"), ["line `One`"]);
    assert_eq!(described(&own, "v: Four"), [""; 0]);
}

/// Each schema names the next one twice, which the validator would follow for ever.
#[test]
fn a_condition_that_unfolds_into_too_much_is_reported_and_not_followed() {
    for (first, word) in [(json!({"type": "number"}), "anyOf"), (json!({}), "allOf")] {
        let mut defs = serde_json::Map::new();
        defs.insert("d0".to_owned(), first);
        for number in 1..60 {
            let before = json!({"$ref": format!("#/$defs/d{}", number - 1)});
            defs.insert(format!("d{number}"), json!({word: [before, before]}));
        }
        let when = json!({"$ref": "#/$defs/d59", "$defs": defs});
        let schema = json!({"properties": {"v": {"x-text": {"is": "line", "when": when}}}});
        let catalog = catalog(&schema);
        let [error] = catalog.errors() else { panic!("{:?}", catalog.errors()) };
        let message = "argument `when` of `x-text` cannot be used as a schema: it unfolds into more than 100000 schemas for one value";
        assert_eq!((error.message.as_str(), error.pointer.as_str()), (message, "/properties/v"));
        assert_eq!(described(&schema, "v: abc"), [""; 0]);
    }
}
