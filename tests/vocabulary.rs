//! `schemas/vocabulary.schema.json` and the tables of `docs/vocabulary.md` are made from the table of keywords in the program;
//! with `UPDATE=1` they are written anew.

#![allow(clippy::unwrap_used, reason = "a panic is a failing test with a place")]

use std::{env, fs, path::Path};

use rapporteur::vocabulary::{KEYWORDS, Keyword, find, json_schema, read, section};
use serde_json::{Value, json};

const PAGE: &str = "docs/vocabulary.md";
const SCHEMA: &str = "schemas/vocabulary.schema.json";
/// A section of a keyword that is not on the page yet goes before this heading.
const AFTER: &str = "## Example: ";

/// What `path` has to hold is `wanted`.
fn compare(path: &str, wanted: &str) {
    let at = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let found = fs::read_to_string(&at).unwrap();
    if found != wanted && env::var_os("UPDATE").is_some() {
        fs::write(at, wanted).unwrap();
    } else {
        let hint = format!("`UPDATE=1 cargo test --test vocabulary` writes {path} anew");
        assert_eq!(found, wanted, "{hint}");
    }
}

#[test]
fn the_schema_of_the_vocabulary_is_current() {
    compare(SCHEMA, &json_schema());
    assert!(jsonschema::meta::is_valid(&schema()));
}

#[test]
fn the_page_describes_every_keyword_as_it_is() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE);
    let mut page = fs::read_to_string(path).unwrap();
    for keyword in KEYWORDS {
        let (begin, end) = (
            format!("<!-- {}: begin -->\n", keyword.name),
            format!("<!-- {}: end -->", keyword.name),
        );
        let fresh = format!("{begin}\n{}\n{end}", section(keyword));
        page = match page.split_once(&begin) {
            Some((before, rest)) => {
                let (_, after) = rest.split_once(&end).unwrap();
                format!("{before}{fresh}{after}")
            }
            None => page.replacen(AFTER, &format!("{fresh}\n\n{AFTER}"), 1),
        };
    }
    compare(PAGE, &page);
}

fn schema() -> Value {
    serde_json::from_str(&json_schema()).unwrap()
}

/// Whether the schema of the vocabulary accepts a keyword with this value, and whether the program does.
fn accepted(keyword: &Keyword, value: &Value) -> (bool, bool) {
    let written = json!({keyword.name: value});
    let validator = jsonschema::validator_for(&schema()).unwrap();
    let read = read(written.as_object().unwrap());
    (validator.is_valid(&written), read.iter().all(Result::is_ok))
}

/// Arguments that are right, by keyword: the example of each, and some more.
fn right() -> Vec<(&'static str, Value)> {
    let example =
        |keyword: &&Keyword| (keyword.name, serde_json::from_str(keyword.example).unwrap());
    KEYWORDS.iter().map(example).chain(more()).collect()
}

fn more() -> Vec<(&'static str, Value)> {
    vec![
        ("x-agrees", json!({"on": "venue", "value": ["/a", "/b"], "parts": true})),
        ("x-agrees", json!({"on": "name", "of": ["/a"], "value": "/b", "everywhere": true})),
        ("x-cites", json!({"space": "record", "key": "/id", "external": true})),
        ("x-counts", json!({"sum": ["/a", "/b"], "is": 15})),
        ("x-counts", json!({"sum": ["/a", "/b"], "figure": "/c"})),
        ("x-date", json!("held")),
        ("x-defines", json!("record")),
        ("x-defines", json!({"space": "document", "per": "language"})),
        ("x-expects", json!({"what": "date", "is": "issued"})),
        ("x-form", json!({"is": "time"})),
        ("x-mentions", json!({"space": "document"})),
        ("x-record", json!({"id": "/id", "style": "house"})),
        ("x-record", json!({"status": {"at": "/s", "cancelled": ["no", true, 7]}})),
        ("x-sequence", json!({"by": "/n", "from": 0})),
        ("x-speaker", json!({"name": "", "capacity": "/as", "is": "spoke", "listed": ["chair"]})),
        ("x-speaker", json!({"name": "", "state": {"at": "/s", "not-recorded": ["?"]}})),
        ("x-text", json!({"is": "prose", "blank": true})),
        ("x-text", json!("markdown")),
        ("x-unique", json!({"by": [["/a", "/b"], "/c"], "in": ["/d"]})),
        ("x-unique", json!({"by": ["/a"], "among": "record"})),
        ("x-unique", json!({"by": [["/a", "/b"]], "among": "records", "shortened": "/a"})),
        ("x-unique", json!({"by": ["/a"], "instead": "/b"})),
    ]
}

#[test]
fn the_schema_and_the_program_accept_the_same_arguments() {
    for (name, value) in right() {
        let keyword = find(name).unwrap();
        assert_eq!(accepted(keyword, &value), (true, true), "{name}: {value}");
        for wrong in [json!(7), json!(null), json!(["/a"]), json!({"colour": "/c"})] {
            let short = keyword.short.is_some() && wrong.is_array();
            if !short {
                assert_eq!(accepted(keyword, &wrong), (false, false), "{name}: {wrong}");
            }
        }
        let Value::Object(arguments) = &value else { continue };
        for argument in keyword.arguments {
            let mut changed = arguments.clone();
            changed.insert(argument.name.to_owned(), json!({"a": 1}));
            let changed = Value::Object(changed);
            assert_eq!(accepted(keyword, &changed), (false, false), "{name}: {changed}");
            if argument.is_required {
                let mut without = arguments.clone();
                without.remove(argument.name);
                without.insert("when".to_owned(), json!(true));
                let without = Value::Object(without);
                assert_eq!(accepted(keyword, &without), (false, false), "{name}: {without}");
            }
        }
    }
}

#[test]
fn every_keyword_takes_a_condition() {
    let conditions = |value: &Value| {
        [json!(true), json!({"minProperties": 3}), json!(7)].map(|when| {
            let mut value = value.clone();
            value["when"] = when;
            value
        })
    };
    for (name, value) in right().iter().filter(|(_, value)| value.is_object()) {
        let keyword = find(name).unwrap();
        let [always, schema, wrong] = conditions(value);
        for right in [&always, &schema, &json!([always, schema])] {
            assert_eq!(accepted(keyword, right), (true, true), "{name}: {right}");
        }
        for wrong in [&wrong, &json!([wrong, schema])] {
            assert_eq!(accepted(keyword, wrong), (false, false), "{name}: {wrong}");
        }
    }
}
