//! The fixes of findings: what a program reads in the JSON report, applied as the page on commands says, mends the file and nothing else.

#![allow(clippy::unwrap_used, reason = "a panic is a failing test with a place")]

use std::{fs, path::Path, process::Command};

use serde_json::Value;

/// A record with a mistake of every kind that has a fix, each in its own value.
const VALUES: [(&str, &str); 9] = [
    ("The 21th and the 2th session", "The 21st and the 2nd session"),
    ("They met , and left .", "They met, and left."),
    ("It is \u{2018}said\u{2019}", "It is \u{2018}said\u{2019}"),
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
            assert!(count >= 8, "{count}");
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

/// Runs the program; its exit code, standard output and standard error.
fn run(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let out = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
        .args(args)
        .current_dir(folder)
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (out.status.code().unwrap(), text(out.stdout), text(out.stderr))
}

const SUMMARY: &str = "# comment 1th\nkind: summary\nid: a\ntitle: Words\nlanguage: en\nsections:\n- paragraphs:\n  - The 21th session # why\n";

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let at = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(at.path().join(name), text).unwrap();
    }
    at
}

#[test]
fn fix_writes_what_diff_shows_and_reports_the_rest() {
    let at = folder(&[("a.yaml", SUMMARY), ("b.yaml", &SUMMARY.replace("id: a", "id: b"))]);
    let (code, diff, _) = run(at.path(), &["check", "--diff", "a.yaml"]);
    assert_eq!(code, 1);
    assert!(diff.starts_with("--- a/a.yaml\n+++ b/a.yaml\n@@ "), "{diff}");
    assert!(diff.contains("-  - The 21th session # why\n+  - The 21st session # why\n"), "{diff}");
    assert_eq!(fs::read_to_string(at.path().join("a.yaml")).unwrap(), SUMMARY, "only shown");
    let (_, out, err) = run(at.path(), &["check", "--fix", "--format=concise", "a.yaml"]);
    assert!(
        err.starts_with("1 fixed in 1 file\n") && !out.contains("ordinal-suffix"),
        "{err}{out}"
    );
    let text = |name: &str| fs::read_to_string(at.path().join(name)).unwrap();
    assert_eq!(text("a.yaml"), SUMMARY.replace("21th", "21st"));
    assert!(text("b.yaml").contains("21th"), "it was not named");
    assert_eq!(run(at.path(), &["check", "--diff", "a.yaml"]).0, 0);
    let (_, _, err) = run(at.path(), &["check", "--fix", "a.yaml"]);
    assert!(err.starts_with("nothing fixed\n"), "{err}");
    // Others are selected.
    assert_eq!(run(at.path(), &["check", "--diff", "--select=date-format"]).0, 0);
    assert_eq!(fs::read_dir(at.path()).unwrap().count(), 2, "nothing is left over");
}

#[test]
fn a_fix_that_leads_to_another_finding_is_refused_and_the_others_are_made() {
    // Two paragraphs would be the same.
    let right = "  - The 21st session of the General Assembly met in the autumn of the year, and it closed in winter.\n";
    let text = format!("{SUMMARY}  - The 2th meeting\n{}{right}", right.replace("21st", "21th"));
    let at = folder(&[("a.yaml", &text)]);
    let (_, out, err) = run(at.path(), &["check", "--fix", "--format=concise"]);
    let refused = "2 fixed in 1 file, 1 refused:\n  a.yaml:10: ordinal-suffix: with it, something else would be found\n";
    assert!(err.starts_with(refused), "{err}{out}");
    let fixed = text.replace("The 21th session #", "The 21st session #").replace("2th", "2nd");
    assert_eq!(fs::read_to_string(at.path().join("a.yaml")).unwrap(), fixed);
    // With nothing to do, nothing is refused twice.
    let (_, _, err) = run(at.path(), &["check", "--fix", "--format=concise"]);
    assert!(err.starts_with("nothing fixed, 1 refused:\n"), "{err}");
}

#[test]
fn a_file_that_cannot_be_written_is_named_and_stays() {
    let at = folder(&[("a.yaml", SUMMARY)]);
    let path = at.path().join("a.yaml");
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    let (_, _, err) = run(at.path(), &["check", "--fix"]);
    assert!(err.contains("nothing fixed, 1 refused:\n  a.yaml: the file is read-only\n"), "{err}");
    assert_eq!(fs::read_to_string(&path).unwrap(), SUMMARY);
}

#[test]
fn what_is_accepted_or_known_is_left() {
    let accepted = SUMMARY.replace("# why", "# rapporteur: allow(ordinal-suffix) as printed");
    let at = folder(&[("a.yaml", &accepted)]);
    assert_eq!(run(at.path(), &["check", "--diff"]).0, 0);
    let at = folder(&[("a.yaml", SUMMARY)]);
    assert_eq!(run(at.path(), &["baseline", "create"]).0, 0);
    assert_eq!(run(at.path(), &["check", "--diff"]).0, 0);
    assert_eq!(run(at.path(), &["check", "--diff", "--no-baseline"]).0, 1);
}

#[test]
fn a_misspelt_key_is_a_safe_fix_and_a_misspelt_value_an_unsafe_one() {
    for (name, wrong, right) in [
        ("a.yaml", SUMMARY.replace("title:", "titel:"), SUMMARY.to_owned()),
        (
            "a.json",
            r#"{"kind": "summary", "id": "a", "titel": "W", "language": "en", "sections": [{"paragraphs": ["Words."]}]}"#.to_owned(),
            r#"{"kind": "summary", "id": "a", "title": "W", "language": "en", "sections": [{"paragraphs": ["Words."]}]}"#.to_owned(),
        ),
    ] {
        let at = folder(&[(name, &wrong)]);
        let (_, out, err) = run(at.path(), &["check", "--fix", "--select=schema"]);
        assert!(err.starts_with("1 fixed in 1 file\n"), "{err}{out}");
        assert_eq!(fs::read_to_string(at.path().join(name)).unwrap(), right);
    }
    let draft = SUMMARY.replace("language: en", "language: en\nstatus: 'drfat'");
    let at = folder(&[("a.yaml", &draft)]);
    assert_eq!(run(at.path(), &["check", "--diff", "--select=schema"]).0, 0);
    let (_, _, err) = run(at.path(), &["check", "--fix", "--unsafe-fixes", "--select=schema"]);
    assert!(err.starts_with("1 fixed in 1 file\n"), "{err}");
    assert_eq!(
        fs::read_to_string(at.path().join("a.yaml")).unwrap(),
        draft.replace("drfat", "draft")
    );
}

#[test]
fn what_diff_did_not_look_at_is_no_file_without_a_difference() {
    let at = folder(&[]);
    assert_eq!(run(at.path(), &["check", "--diff"]).0, 3);
    let at = folder(&[("a.yaml", SUMMARY)]);
    let (code, out, err) = run(at.path(), &["check", "--diff", "gone.yaml"]);
    assert!(code == 4 && out.is_empty() && err.contains("not read: gone.yaml"), "{err}");
}

#[test]
fn other_findings_in_the_same_item_do_not_matter() {
    let text = "id: p\nkind: programme\ntitle: P\nlanguage: en\ndate: \"2026-04-14\"\nslots:\n  - {kind: opening, start: \"09:00\", end: \"09:30\", title: The 21th opening, speakers: []}\n";
    let at = folder(&[("p.yaml", text)]);
    let (_, _, err) = run(at.path(), &["check", "--fix"]);
    assert!(err.starts_with("1 fixed in 1 file\n"), "{err}");
    assert_eq!(fs::read_to_string(at.path().join("p.yaml")).unwrap(), text.replace("21th", "21st"));
}

#[test]
fn an_unsafe_fix_loses_no_words_and_is_named_where_it_is_not_made() {
    let line = |line: &str| {
        format!(
            "id: p\nkind: programme\ntitle: P\nlanguage: en\ndateLine: {line}\nslots: [{{kind: break, start: \"13:00\", title: Lunch}}]\n"
        )
    };
    let args =
        ["check", "--fix", "--unsafe-fixes", "--select=unread-value,weekday-mismatch,date-format"];
    for kept in ["14 April 2026 (postponed)", "not before 14 April 2026", "14 April 2026, New York"]
    {
        let at = folder(&[("p.yaml", &line(kept))]);
        run(at.path(), &args);
        assert_eq!(fs::read_to_string(at.path().join("p.yaml")).unwrap(), line(kept), "{kept}");
    }
    let at = folder(&[("p.yaml", &line("14 Aprill 2026"))]);
    let (_, _, err) = run(at.path(), &["check", "--fix"]);
    assert!(err.starts_with("nothing fixed, 1 more with `--unsafe-fixes`\n"), "{err}");
    let (code, out, err) = run(at.path(), &["check", "--diff"]);
    assert!(code == 0 && out.is_empty() && err == "1 more with `--unsafe-fixes`\n", "{err}");
    assert_eq!(run(at.path(), &["check", "--diff", "--quiet"]).2, "");
    let at = folder(&[("p.yaml", &line("Monday 14 April, 2026"))]);
    let (_, _, err) = run(at.path(), &["check", "--fix"]);
    assert!(err.starts_with("1 fixed in 1 file, 1 more with `--unsafe-fixes`\n"), "{err}");
    run(at.path(), &args);
    assert_eq!(
        fs::read_to_string(at.path().join("p.yaml")).unwrap(),
        line("Tuesday, 14 April 2026")
    );
}

#[test]
fn options_that_mean_nothing_are_refused() {
    let at = folder(&[("a.yaml", SUMMARY)]);
    for (args, message) in [
        (&["check", "--unsafe-fixes"][..], "`--unsafe-fixes` is for `--fix` and `--diff`"),
        (&["check", "--fix", "-"], "`--fix` is for files, not for standard input"),
        (&["check", "--diff", "--stdin-filename", "a.yaml"], "`--diff` is for files"),
    ] {
        let (code, _, err) = run(at.path(), args);
        assert!(code == 2 && err.contains(message), "{err}");
    }
}
