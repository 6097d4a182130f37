//! The examples of `docs/own-rules.md` fail and pass as they say.

#![allow(clippy::unwrap_used, reason = "a panic is a failing test with a place")]

use std::{fs, path::Path};

use rapporteur::Linter;

/// The minutes of the page.
const SITTING: &str = r#"{
    "x-record": {"id": "/id", "status": "/status"},
    "type": "object",
    "properties": {
        "kind": {"const": "sitting"}, "id": {}, "date": {}, "circulated": {}, "status": {},
        "present": {"items": {"properties": {"name": {}}}},
        "items": {"items": {"properties": {
            "number": {}, "title": {}, "outcome": {}, "deferredTo": {}, "mover": {}, "ayes": {}, "votes": {}
        }}}
    }
}"#;

/// The by-laws of the page.
const BY_LAW: &str = r#"{
    "x-record": {"id": "/id"},
    "type": "object",
    "properties": {"kind": {"const": "by-law"}, "id": {}, "number": {}, "title": {}, "sitting": {}}
}"#;

/// The most lines that a rule of the page has.
const LINES: usize = 15;

fn page() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/own-rules.md")).unwrap()
}

/// The fences of a part of the page that open with `words`.
fn fences<'t>(part: &'t str, words: &str) -> Vec<&'t str> {
    let open = format!("\n```{words}\n");
    let all = part.split(open.as_str()).skip(1);
    all.map(|rest| rest.split("\n```").next().unwrap()).collect()
}

/// The files of an example.
fn files(example: &str) -> Vec<(String, String)> {
    if !example.starts_with("=== ") {
        return vec![("a.yaml".to_owned(), example.to_owned())];
    }
    let parts = example.split("=== ").skip(1);
    let file = |part: &str| {
        let (path, text) = part.split_once('\n').unwrap();
        (path.to_owned(), text.to_owned())
    };
    parts.map(file).collect()
}

/// The messages of all findings, with their rules.
fn found(config: &str, example: &str) -> Vec<(String, String)> {
    let linter = Linter::new()
        .with_schema("sitting.schema.json", SITTING)
        .with_schema("by-law.schema.json", BY_LAW)
        .with_config(config)
        .unwrap();
    let files = files(example);
    let files: Vec<(&str, &str)> =
        files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let report = linter.check_texts(&files);
    report.findings.into_iter().map(|one| (one.rule.to_string(), one.message)).collect()
}

#[test]
fn each_of_the_eight_rules_finds_what_it_says_and_nothing_else() {
    let page = page();
    let (_, examples) = page.split_once("\n## Eight examples\n").unwrap();
    let mut count = 0;
    for part in examples.split("\n### ").skip(1) {
        let [rule] = fences(part, "toml")[..] else { panic!("one rule in {part}") };
        assert!(rule.lines().count() <= LINES, "{rule}");
        let id = rule.split_once("id = \"").unwrap().1.split('"').next().unwrap();
        let (fails, passes) = (fences(part, "yaml fails"), fences(part, "yaml passes"));
        assert!(!fails.is_empty() && !passes.is_empty(), "{id}");
        for example in fails {
            let found = found(rule, example);
            assert!(!found.is_empty(), "{id} finds nothing in\n{example}");
            for (rule, message) in found {
                assert_eq!(rule, id, "{message}");
                assert!(!message.contains(['{', '}']), "{message}");
            }
        }
        for example in passes {
            assert_eq!(found(rule, example), [], "{id}");
        }
        count += 1;
    }
    assert_eq!(count, 8);
}

#[test]
fn all_rules_of_the_page_are_clean_on_its_records() {
    let page = page();
    let (_, examples) = page.split_once("\n## Eight examples\n").unwrap();
    let rules = fences(examples, "toml").join("\n\n");
    let records = fences(examples, "yaml");
    let (sitting, by_law) = (records[0], records[1]);
    let example = format!("=== s.yaml\n{sitting}\n=== b.yaml\n{by_law}\n");
    assert_eq!(found(&rules, &example), []);
    let first = fences(&page, "toml")[0];
    assert_eq!(found(first, &example), []);
}
