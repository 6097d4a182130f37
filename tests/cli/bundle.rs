//! `rapporteur schema KIND --bundle`: a validator that has no other file judges records as the bundled schemas do.

use std::{fs, path::Path};

use serde_json::Value;

use super::program::{folder, run};

/// The kinds that the program lists.
fn kinds() -> Vec<String> {
    let listed = run(folder(&[]).path(), &["schema"]).out;
    listed.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

fn bundle(kind: &str) -> Value {
    let printed = run(folder(&[]).path(), &["schema", kind, "--bundle"]);
    assert_eq!(printed.code, 0, "{kind}");
    serde_json::from_str(&printed.out).unwrap()
}

/// The records of the project that are one JSON object, and their kinds.
fn records() -> Vec<(String, Value)> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("records")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "json") {
                let record: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
                let kind = record.get("kind").and_then(Value::as_str).map(str::to_owned);
                found.extend(kind.map(|kind| (kind, record)));
            }
        }
    }
    found
}

#[test]
fn a_bundle_is_a_schema_that_needs_no_other_file() {
    let kinds = kinds();
    assert!(kinds.len() > 8, "{kinds:?}");
    for kind in kinds {
        let bundle = bundle(&kind);
        assert!(jsonschema::meta::is_valid(&bundle), "{kind}");
        assert!(!bundle.to_string().contains("\"common.schema.json#"), "{kind}");
        // Without a registry and without a retriever, every reference must lead to a place inside.
        jsonschema::options().should_validate_formats(true).build(&bundle).unwrap();
    }
}

#[test]
fn a_bundle_accepts_the_records_and_refuses_what_lacks_a_required_property() {
    let (mut accepted, mut refused) = (0, 0);
    for (kind, record) in records() {
        let bundle = bundle(&kind);
        let validator = jsonschema::options().build(&bundle).unwrap();
        let errors: Vec<String> =
            validator.iter_errors(&record).map(|error| error.to_string()).collect();
        assert_eq!(errors, [""; 0], "{}", record["id"]);
        accepted += 1;
        for name in bundle["required"].as_array().unwrap() {
            let mut less = record.clone();
            less.as_object_mut().unwrap().remove(name.as_str().unwrap());
            assert!(!validator.is_valid(&less), "{} without {name}", record["id"]);
            refused += 1;
        }
        // What only an included schema says.
        let mut wrong = record;
        wrong["language"] = 7.into();
        assert!(!validator.is_valid(&wrong), "{} with a wrong language", wrong["id"]);
    }
    assert!(accepted > 5 && refused > 20, "{accepted} {refused}");
}

#[test]
fn a_bundle_can_be_the_schema_of_a_project_with_all_keywords() {
    let programme = "id: day\ntitle: Day\nlanguage: en\nkind: programme\ndate: \"2026-04-14\"\nslots:\n  \
        - {kind: break, title: Lunch, start: \"12:00\", end: \"11:00\"}\n";
    let text = bundle("programme").to_string();
    let at = folder(&[
        ("day.yaml", programme),
        ("day.schema.json", &text),
        ("rapporteur.toml", "[[records]]\nfiles = \"*.yaml\"\nschema = \"day.schema.json\"\n"),
    ]);
    let own = run(at.path(), &["check", "--quiet", "--format=concise"]);
    let bundled =
        run(at.path(), &["check", "--quiet", "--format=concise", "--no-config", "day.yaml"]);
    assert_eq!((own.code, &own.out), (1, &bundled.out));
    assert!(own.out.contains("end-before-start"), "{}", own.out);
}

#[test]
fn a_record_names_a_bundled_kind_by_its_id_with_or_without_a_version() {
    for kind in kinds() {
        assert_eq!(bundle(&kind)["$id"], format!("rapporteur:///schemas/{kind}.schema.json"));
    }
    let wrong = |schema: &str| format!("{{\"$schema\": \"{schema}\", \"kind\": \"event\"}}");
    let text = bundle("event").to_string();
    for schema in [
        "rapporteur:///schemas/event.schema.json",
        "rapporteur:///schemas/event.schema.json#",
        "rapporteur:///schemas/0.1.0/event.schema.json",
        "https://example.org/rapporteur/0.1.0/event.schema.json",
        // A file for editors, which rapporteur has itself.
        "../editors/event.schema.json",
    ] {
        let at =
            folder(&[("records/a.json", &wrong(schema)), ("editors/event.schema.json", &text)]);
        let found = run(at.path(), &["check", "--quiet", "--format=concise", "records"]);
        assert!(
            found.out.starts_with("records/a.json:1:1: error[schema] the event lacks"),
            "{schema}: {found:?}"
        );
        assert_eq!(found.out.lines().count(), 5, "{schema}: {}", found.out);
    }
    let at = folder(&[("a.json", &wrong("rapporteur:///schemas/0.1.0/evnt.schema.json"))]);
    let found = run(at.path(), &["check", "--quiet", "--format=concise", "a.json"]);
    assert!(found.code == 1 && found.out.contains("error[unknown-kind]"), "{found:?}");
}

#[test]
fn a_bundle_needs_a_kind() {
    let at = folder(&[]);
    let without = run(at.path(), &["schema", "--bundle"]);
    assert_eq!(without.code, 2);
    let wrong = run(at.path(), &["schema", "programm", "--bundle"]);
    assert!(wrong.code == 2 && wrong.err.contains("programme"), "{}", wrong.err);
    let configuration = run(at.path(), &["schema", "configuration", "--bundle"]);
    assert_eq!(configuration.out, run(at.path(), &["schema", "configuration"]).out);
}
