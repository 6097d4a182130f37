//! What a path says, and what an entry of the configuration sets.

use super::*;

const CONFIG: &str = "[[records]]\nfiles = \"minutes/{year}/{date}-{kind}.{yaml,jsonl}\"\nset = {language = \"en\"}\n";

/// Minutes that leave out what their path says.
const MINUTES: &str = "id: quays\ntitle: Minutes\nbody: Harbour Board\nitems: [{title: Quays}]\n";

/// More words than a form has that was not filled in.
const TEXT: &str = "\"The quays are paved, the cranes are sold, the buoys are painted, a boat is rented and the ferry stays\"";

const CHECK: [&str; 3] = ["check", "--quiet", "--format=concise"];

#[test]
fn a_record_has_what_its_path_says_and_the_entry_sets() {
    let at =
        folder(&[("rapporteur.toml", CONFIG), ("minutes/2026/2026-03-11-minutes.yaml", MINUTES)]);
    let (code, out, err) = run_in(at.path(), &CHECK);
    assert_eq!((code, out.as_str(), err.as_str()), (0, "", ""));
    let (_, facts, _) = run_in(at.path(), &["facts"]);
    for line in [
        "quays, schema minutes.schema.json (by `kind`)",
        "  year: 2026, from the path, `2026` as year",
        "  date: 2026-03-11, from the path, `2026-03-11` as date",
        "  kind: minutes, from the path, `minutes` as text",
        "  language: en, from the configuration",
        "language `en`",
    ] {
        assert!(facts.contains(line), "{line} in {facts}");
    }
    let (_, shown, _) = run_in(at.path(), &["check", "--show-files"]);
    assert!(shown.contains("minutes.schema.json, by `kind` (1 record)"), "{shown}");
}

#[test]
fn a_value_of_the_path_is_compared_like_one_of_the_file() {
    // The approval is before the day that only the path says.
    let minutes = format!("{MINUTES}approvedOn: \"2026-03-10\"\n");
    let at =
        folder(&[("rapporteur.toml", CONFIG), ("minutes/2026/2026-03-11-minutes.yaml", &minutes)]);
    let (code, out, _) = run_in(at.path(), &CHECK);
    assert!(code != 0 || out.contains("dates-out-of-order"), "{out}");
    assert!(out.contains("minutes/2026/2026-03-11-minutes.yaml:5:"), "{out}");
    // Each line of JSON Lines is a record of the path.
    let line = r#"{"id": "a", "title": "Minutes", "body": "Board", "items": [{"title": "Quays"}], "approvedOn": "2026-03-10"}"#;
    let lines = format!("{line}\n{}\n", line.replace("\"a\"", "\"b\""));
    let at =
        folder(&[("rapporteur.toml", CONFIG), ("minutes/2026/2026-03-11-minutes.jsonl", &lines)]);
    let (_, out, _) = run_in(at.path(), &[&CHECK[..], &["--select=dates-out-of-order"]].concat());
    let at_lines: Vec<&str> = out.lines().filter_map(|line| line.split(':').nth(1)).collect();
    assert_eq!(at_lines, ["1", "2"], "{out}");
}

#[test]
fn a_kind_of_the_path_that_no_schema_has_is_reported() {
    let at =
        folder(&[("rapporteur.toml", CONFIG), ("minutes/2026/2026-03-11-notes.yaml", MINUTES)]);
    let (code, out, _) = run_in(at.path(), &CHECK);
    assert!(code == 1 && out.contains("unknown-kind") && out.contains("`notes`"), "{out}");
}

#[test]
fn a_copy_of_a_record_at_another_path_is_one() {
    let minutes = MINUTES.replace("Quays", TEXT);
    let other = minutes.replace("quays\n", "others\n");
    let files = [
        ("rapporteur.toml", CONFIG),
        ("minutes/2026/2026-03-11-minutes.yaml", minutes.as_str()),
        ("minutes/2026/2026-04-08-minutes.yaml", other.as_str()),
    ];
    let at = folder(&files);
    let (_, out, _) = run_in(at.path(), &[&CHECK[..], &["--select=duplicate-exact"]].concat());
    assert!(out.contains("duplicate-exact"), "{out}");
}

#[test]
fn a_capture_that_says_nothing_is_a_mistake_at_its_pattern() {
    for (entry, message) in [
        ("files = \"{date}/{date}.yaml\"", "`{date}` appears twice in the pattern"),
        ("files = \"{held:dat}.yaml\"", "no form `dat` for `{held}`; did you mean `date`?"),
        ("files = \"minutes/{date}\"", "the pattern never matches a file"),
        (
            "files = \"{date}.yaml\"\nset = {date = \"2026-03-11\"}",
            "`files` and `set` both say `date`",
        ),
        ("files = \"a.yaml\"\nset = {x-allow = 1}", "`set` cannot say `x-allow`"),
    ] {
        let at = folder(&[("rapporteur.toml", &format!("[[records]]\n{entry}\n"))]);
        let (code, _, err) = run_in(at.path(), &["check"]);
        assert!(code == 2 && err.contains(message), "{entry}: {err}");
        assert!(err.contains("--> rapporteur.toml:"), "{err}");
    }
}
