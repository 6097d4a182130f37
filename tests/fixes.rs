//! The fixes of findings: what a program reads in the JSON report, applied as the page on commands says, mends the file and nothing else.

use std::{fs, path::Path, process::Command};

use serde_json::Value;

/// A record with a mistake of every kind that has a fix, each in its own value.
const VALUES: [(&str, &str); 9] = [
    ("The 21th and the 2th session", "The 21st and the 2nd session"),
    ("They met , and left .", "They met, and left."),
    ("The end.. of it", "The end. of it"),
    (r"It costs \$5", "It costs $5"),
    ("It is \u{201c}quoted\u{201d}", "It is \u{201c}quoted\u{201d}"),
    ("On 19 May, 2011 they met", "On 19 May 2011 they met"),
    ("A so\u{ad}ft word", "A soft word"),
    ("The ﬁrst word", "The first word"),
    ("See resolution 217 A(III)", "See resolution 217 A (III)"),
];

fn report(folder: &Path) -> Vec<Value> {
    let out = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
        .args(["check", "--format=json", "--no-collapse", "."])
        .current_dir(folder)
        .output()
        .unwrap();
    let report: Value = serde_json::from_slice(&out.stdout).unwrap();
    report["findings"].as_array().unwrap().clone()
}

/// The text with all safe fixes of a report, and how many there are.
fn mended(text: &str, findings: &[Value]) -> (String, usize) {
    let fixes = findings.iter().filter(|one| one["fix"]["applicability"] == "safe");
    let mut edits: Vec<&Value> =
        fixes.flat_map(|one| one["fix"]["edits"].as_array().unwrap()).collect();
    let offset = |edit: &Value, end: &str| edit["span"][end]["offset"].as_u64().unwrap() as usize;
    edits.sort_by_key(|edit| offset(edit, "start"));
    let mut new = text.to_owned();
    for edit in edits.iter().rev() {
        new.replace_range(
            offset(edit, "start")..offset(edit, "end"),
            edit["text"].as_str().unwrap(),
        );
    }
    (new, edits.len())
}

/// The values in a style of writing them.
type Style = fn(&str) -> String;

fn plain(value: &str) -> String {
    value.to_owned()
}

fn single(value: &str) -> String {
    format!("'{}'", value.replace('\'', "''"))
}

fn double(value: &str) -> String {
    format!("\"{}\"", value.replace('\\', r"\\").replace('"', "\\\""))
}

#[test]
fn safe_fixes_mend_what_they_are_for_and_nothing_else() {
    let values = |wanted: bool| VALUES.map(|(value, right)| if wanted { right } else { value });
    let styles: [(&str, Style); 3] = [("plain", plain), ("single", single), ("double", double)];
    for (name, style) in styles {
        for (bom, end) in [("", "\n"), ("\u{feff}", "\r\n")] {
            let record = |values: [&str; 9]| {
                let items: String = values
                    .iter()
                    .map(|one| format!("  - {} # why # not{end}", style(one)))
                    .collect();
                format!(
                    "{bom}# A comment, 1th{end}kind: summary{end}id: a{end}title: Words{end}language: en{end}sections:{end}- paragraphs:{end}{items}"
                )
            };
            let at = tempfile::tempdir().unwrap();
            fs::write(at.path().join("a.yaml"), record(values(false))).unwrap();
            let findings = report(at.path());
            let (new, count) = mended(&record(values(false)), &findings);
            // With an escape, a value is not written as it is read.
            let mut wanted = values(true);
            if name == "double" {
                wanted[3] = VALUES[3].0;
            }
            assert_eq!(new, record(wanted), "{name}: {findings:#?}");
            assert!(count >= 9, "{count}");
            fs::write(at.path().join("a.yaml"), &new).unwrap();
            let again = report(at.path());
            assert_eq!(mended(&new, &again).1, 0, "{again:#?}");
            let rules =
                |all: &[Value]| all.iter().map(|one| one["rule"].to_string()).collect::<Vec<_>>();
            let left: Vec<String> = rules(&again);
            assert!(left.iter().all(|rule| rules(&findings).contains(rule)), "{left:?}");
        }
    }
}

#[test]
fn an_unsafe_fix_says_so_and_is_the_reading_that_the_help_proposes() {
    let at = tempfile::tempdir().unwrap();
    let text = "kind: programme\nid: p\ntitle: Programme\nlanguage: en\ndateLine: Friday, 19 May 2011\nslots:\n  - {kind: break, title: Lunch, start: \"1O:00\", end: \"11:00\"}\n";
    fs::write(at.path().join("p.yaml"), text).unwrap();
    let findings = report(at.path());
    let fix = |rule: &str| {
        let found = findings
            .iter()
            .find(|one| one["rule"] == rule)
            .unwrap_or_else(|| panic!("{rule}: {findings:#?}"));
        let edit = &found["fix"]["edits"][0];
        let (start, end) =
            (edit["span"]["start"]["offset"].as_u64(), edit["span"]["end"]["offset"].as_u64());
        let was = &text[start.unwrap() as usize..end.unwrap() as usize];
        assert_eq!(found["fixes"][0], found["fix"]);
        assert_eq!(found["fix"]["applicability"], "unsafe");
        (was.to_owned(), edit["text"].as_str().unwrap().to_owned())
    };
    assert_eq!(fix("weekday-mismatch"), ("Friday".to_owned(), "Thursday".to_owned()));
    assert_eq!(fix("unread-value"), ("1O:00".to_owned(), "10:00".to_owned()));
}
