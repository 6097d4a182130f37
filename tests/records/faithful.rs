//! What the records must keep of their documents, although they say it in other words.

use std::{fs, path::PathBuf};

use serde_json::Value;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("records/itd-migration-2011")
}

fn record(name: &str) -> Value {
    let text = fs::read_to_string(folder().join(name)).expect("the record is there");
    serde_json::from_str(&text).expect("the record is JSON")
}

#[test]
fn every_record_says_what_its_text_is_and_where_it_comes_from() {
    let mut records = 0;
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let says = |json, yaml| text.lines().any(|l| l.starts_with(json) || l.starts_with(yaml));
        assert!(says("  \"text\": \"", "text: "), "{}", path.display());
        let lines = says("    \"lines\": [", "  lines: [");
        assert!(lines || says("    \"note\": ", "  note: "), "{}", path.display());
        records += 1;
    }
    assert_eq!(records, 26);
}

/// The documents ask the same questions, but for the first one of panel two in the final programme.
#[test]
fn the_programmes_and_the_concept_note_ask_the_same_questions() {
    let note = record("concept-note-a.json");
    for name in ["programme-provisional.json", "programme-final.json"] {
        let programme = record(name);
        let questions = |panel: usize| {
            let pointer = format!("/{panel}/questions");
            let asked = (
                note["sections"].pointer(&pointer).and_then(Value::as_array),
                programme["slots"].pointer(&pointer).and_then(Value::as_array),
            );
            (asked.0.unwrap(), asked.1.unwrap())
        };
        assert_eq!(questions(1).0, questions(1).1, "{name}");
        assert_eq!(questions(2).0[1..], questions(2).1[1..], "{name}");
        let same = questions(2).0[0] == questions(2).1[0];
        assert_eq!(same, name == "programme-provisional.json", "{name}");
    }
}

/// Limits, hedges, sources and places that a short text loses easily.
#[test]
fn the_records_keep_the_limits_and_hedges_of_the_documents() {
    let kept = [
        ("resolution-65-170.json", "sovereign right"),
        ("resolution-65-170.json", "the laws and specific criteria of each Member State"),
        ("resolution-65-170.json", "within their respective mandates"),
        ("resolution-65-170.json", "within existing resources"),
        ("resolution-65-170.json", "as a matter of priority"),
        ("statement-connell.json", "returned after two years"),
        ("statement-connell.json", "in sub-Saharan Africa"),
        ("statement-connell.json", "others in west Africa"),
        ("statement-connell.json", "at a time when many medicines doubled in price"),
        ("statement-swing-panel-one.json", "is expected to decline by 25 percent"),
        ("statement-sweden-panel-one.json", "aligns itself with"),
        ("statement-sweden-panel-two-a.json", "aligns itself with"),
        ("statement-sweden-panel-two-b.json", "aligns itself with"),
        ("statement-gmg.json", "\"title\": \"Statement of the Global Migration Group (GMG)[1]\""),
        ("statement-mexico.json", ", la cual México presidió"),
        ("letter-2011-06-28.yaml", "which I convened"),
        ("summary.json", "several participants cautioned"),
        ("summary.json", "Some Member States noted"),
        ("summary.json", "will likely grow"),
        ("summary.json", "is expected to be an important input"),
        ("programme-final.json", "\"name\": \"Peter Sutherland\""),
        ("programme-provisional.json", "\"name\": \"Peter Sutherland\""),
    ];
    for (name, passage) in kept {
        let text = fs::read_to_string(folder().join(name)).unwrap();
        assert!(text.contains(passage), "{name} does not say {passage:?}");
    }
}
