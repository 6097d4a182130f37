//! The list of findings that were there before: what it holds, and when nothing is said of it.

use super::*;

/// A programme with a speaker who is still to be confirmed in each of these slots.
fn open_slots(speakers: &[&str]) -> String {
    let slot = |name: &&str| {
        format!(
            r#"{{"kind": "other", "start": "10:00", "end": "11:00", "track": "{name}", "title": "A",
                "speakers": [{{"name": "{name}", "state": "tbc"}}]}}"#
        )
    };
    let slots: Vec<String> = speakers.iter().map(slot).collect();
    format!(
        r#"{{"id": "p", "kind": "programme", "title": "P", "language": "en", "date": "2011-05-19",
                "slots": [{}]}}"#,
        slots.join(", ")
    )
}

const STRICT: [&str; 4] = ["check", ".", "--fail-on=info", "--format=concise"];

#[test]
fn what_was_there_before_is_written_down_and_not_reported_again() {
    let at = folder(&[
        ("rapporteur.toml", "[[records]]\nfiles = \"*.json\"\n"),
        ("a.json", &open_slots(&["Koser", "Hultin"])),
    ]);
    let printed = |arguments: &[&str]| run_in(at.path(), arguments);
    assert_eq!(printed(&STRICT).0, 1);
    let (code, out, _) = printed(&["baseline", "create"]);
    assert_eq!((code, out.as_str()), (0, "2 findings saved\n"));
    let (code, out, _) = printed(&STRICT);
    assert_eq!((code, out.as_str()), (0, "no findings in 1 file (1 record); 2 in the baseline\n"));
    assert_eq!(printed(&[&STRICT[..], &["--no-baseline"]].concat()).0, 1);
    let (code, _, err) = printed(&["baseline", "create"]);
    assert!(code == 2 && err.contains("`rapporteur.baseline` already exists"), "{err}");
    assert_eq!(printed(&["baseline", "check"]).1, "0 of 2 findings gone\n");
}

#[test]
fn a_key_that_two_records_define_stays_known_when_their_files_change_places() {
    let letter = |id: &str, symbol: &str| {
        format!(
            r#"{{"id": "{id}", "kind": "letter", "title": "{id}", "language": "en", "date": "2026-04-01",
                "author": {{"name": "{id}"}}, "symbol": "{symbol}", "addressees": ["All"], "paragraphs": ["We agree."]}}"#
        )
    };
    let at = folder(&[
        ("rapporteur.toml", "[[records]]\nfiles = \"*.json\"\n"),
        ("a.json", &letter("one", "A/64/1")),
        ("b.json", &letter("two", "A/64/1")),
    ]);
    let printed = |arguments: &[&str]| run_in(at.path(), arguments);
    let only = ["check", ".", "--select=duplicate-id,baseline-stale", "--format=concise"];
    assert!(printed(&only).1.starts_with("b.json:"), "{}", printed(&only).1);
    printed(&["baseline", "create"]);
    fs::rename(at.path().join("a.json"), at.path().join("c.json")).unwrap();
    let (code, out, _) = printed(&only);
    assert!(code == 0 && out.starts_with("no findings"), "{out}");
    let (code, out, _) = printed(&[&only[..], &["--no-baseline"]].concat());
    assert!(code == 1 && out.starts_with("c.json:"), "{out}");
    // The line covers one finding, and of this key alone.
    fs::write(at.path().join("d.json"), letter("three", "A/64/1")).unwrap();
    let (code, out, _) = printed(&only);
    assert!(code == 1 && out.matches("[duplicate-id]").count() == 1, "{out}");
    fs::remove_file(at.path().join("d.json")).unwrap();
    fs::write(at.path().join("b.json"), letter("two", "A/64/2")).unwrap();
    fs::write(at.path().join("c.json"), letter("one", "A/64/2")).unwrap();
    let (code, out, _) = printed(&only);
    assert!(
        code == 1 && out.contains("[duplicate-id]") && out.contains("[baseline-stale]"),
        "{out}"
    );
    // A line whose record is gone covers nothing.
    fs::remove_file(at.path().join("b.json")).unwrap();
    let (code, out, _) = printed(&only);
    assert!(code == 0 && out.contains("[baseline-stale]"), "{out}");
}

#[test]
fn what_is_new_and_what_is_gone_are_both_noticed() {
    let at = folder(&[
        ("rapporteur.toml", "[[records]]\nfiles = \"*.json\"\n"),
        ("a.json", &open_slots(&["Koser", "Hultin"])),
    ]);
    let printed = |arguments: &[&str]| run_in(at.path(), arguments);
    printed(&["baseline", "create"]);
    // One mistake is corrected, another is made: the number is the same.
    fs::write(at.path().join("a.json"), open_slots(&["Koser", "Gnesa"])).unwrap();
    let (code, out, _) = printed(&STRICT);
    assert!(code == 1 && out.contains("info[speaker-tbc] “Gnesa”"), "{out}");
    assert!(out.contains("rapporteur.baseline:4:1: warning[baseline-stale]"), "{out}");
    let (code, out, _) = printed(&["baseline", "check"]);
    assert!(code == 1 && out.ends_with("1 of 2 findings gone\n"), "{out}");
    assert_eq!(printed(&["baseline", "prune"]).1, "1 removed, 1 left\n");
    let (code, out, _) = printed(&STRICT);
    assert!(code == 1 && !out.contains("baseline-stale"), "{out}");
    assert_eq!(printed(&["baseline", "update"]).1, "2 findings saved: 1 new, 0 gone\n");
    assert_eq!(printed(&STRICT).0, 0);
    // In a run over a part no one knows what is gone.
    fs::write(at.path().join("a.json"), open_slots(&["Koser"])).unwrap();
    fs::write(at.path().join("b.json"), RIGHT).unwrap();
    assert_eq!(printed(&["check", "b.json"]).0, 0);
    let (code, out, _) = printed(&["check"]);
    assert!(code == 0 && out.contains("baseline-stale"), "{out}");
    // Of a rule that is off no one knows what is gone, so that its lines stay.
    let off = "[[records]]\nfiles = \"*.json\"\n[rules]\nspeaker-tbc = \"off\"\n";
    fs::write(at.path().join("rapporteur.toml"), off).unwrap();
    assert_eq!(printed(&["baseline", "prune"]).1, "0 removed, 2 left\n");
    assert_eq!(printed(&["baseline", "check"]).0, 0);
    fs::write(at.path().join("rapporteur.toml"), "[rules]\nbaseline-stale = \"off\"\n").unwrap();
    assert_eq!(printed(&["check", "."]).0, 0);
}

#[test]
fn nothing_is_gone_while_not_all_was_looked_at() {
    let open = open_slots(&["Koser"]);
    let at = folder(&[
        ("rapporteur.toml", "[[records]]\nfiles = \"*.json\"\n"),
        ("a.json", &open),
        ("b.json", &open_slots(&["Gnesa"]).replace("\"p\"", "\"q\"")),
    ]);
    let printed = |arguments: &[&str]| run_in(at.path(), arguments);
    printed(&["baseline", "create"]);
    let list = || fs::read_to_string(at.path().join("rapporteur.baseline")).unwrap();
    let whole = list();
    // A file that is cut off in the middle, as while a merge is under way.
    fs::write(at.path().join("a.json"), &open[..open.len() / 2]).unwrap();
    for action in ["check", "prune"] {
        let (code, _, err) = printed(&["baseline", action]);
        assert!(
            code == 4
                && err.contains("cannot be determined while a file breaks its syntax or a schema"),
            "{err}"
        );
    }
    assert_eq!(list(), whole);
    let (code, out, _) = printed(&["baseline", "update"]);
    assert_eq!((code, out.as_str()), (0, "2 findings saved: 1 new, 0 gone, 1 kept\n"));
    assert!(whole.lines().all(|line| list().contains(line)), "{}", list());
    fs::write(at.path().join("a.json"), &open).unwrap();
    assert_eq!(printed(&["baseline", "prune"]).1, "1 removed, 2 left\n");
    assert_eq!(list(), whole);
    // No record at all is a slip in the patterns rather than the end of all debts.
    fs::write(at.path().join("rapporteur.toml"), "[[records]]\nfiles = \"records/*.json\"\n")
        .unwrap();
    for action in ["check", "prune", "update"] {
        let (code, _, err) = printed(&["baseline", action]);
        assert!(code == 3 && err.contains("no records were found"), "{err}");
    }
    assert_eq!(list(), whole);
}

#[test]
fn without_a_configuration_a_part_is_not_the_whole() {
    let at = folder(&[
        ("a/a.json", &open_slots(&["Koser"])),
        ("b/b.json", &open_slots(&["Gnesa"]).replace("\"p\"", "\"q\"")),
    ]);
    let printed = |arguments: &[&str]| run_in(at.path(), arguments);
    printed(&["baseline", "create"]);
    for part in ["a", "a/a.json"] {
        assert_eq!(printed(&["check", part]).0, 0, "{part}");
    }
    fs::write(at.path().join("b/b.json"), RIGHT).unwrap();
    assert_eq!(printed(&["check", "a"]).0, 0);
    assert!(printed(&["check", "."]).1.contains("baseline-stale"));
    fs::write(at.path().join("b/b.json"), "{").unwrap();
    assert!(!printed(&["check"]).1.contains("baseline-stale"), "it may have held the record");
}

#[test]
fn what_is_left_over_is_allowed_in_the_configuration() {
    let at = folder(&[("rapporteur.toml", ""), ("a.json", &open_slots(&["Koser"]))]);
    let printed = |arguments: &[&str]| run_in(at.path(), arguments);
    printed(&["baseline", "create"]);
    fs::write(at.path().join("a.json"), RIGHT).unwrap();
    assert_eq!(printed(&STRICT).0, 1);
    let allow = "[[allow]]\nrule = \"baseline-stale\"\nreason = \"the list lags behind\"\n";
    fs::write(at.path().join("rapporteur.toml"), allow).unwrap();
    let (code, out, _) = printed(&STRICT);
    assert_eq!((code, out.as_str()), (0, "no findings in 1 file (1 record); 1 suppressed\n"));
    fs::remove_file(at.path().join("rapporteur.baseline")).unwrap();
    assert_eq!(printed(&STRICT).0, 0, "no one knows when it is needed");
    fs::write(
        at.path().join("rapporteur.toml"),
        allow.replace("baseline-stale", "allowance-unused"),
    )
    .unwrap();
    assert!(
        printed(&STRICT).1.contains(
            "error[allowance-invalid] findings of `allowance-unused` cannot be suppressed"
        )
    );
}

#[test]
fn a_list_made_on_a_day_holds_without_one() {
    let allow = "[[allow]]\nrule = \"speaker-tbc\"\nreason = \"soon\"\nuntil = 2011-05-01\n";
    let at = folder(&[("rapporteur.toml", allow), ("a.json", &open_slots(&["Koser"]))]);
    let printed = |arguments: &[&str]| run_in(at.path(), arguments);
    let (_, out, _) = printed(&["baseline", "create", "--as-of", "2011-06-01"]);
    assert_eq!(out, "2 findings saved\n");
    for day in [&[][..], &["--as-of", "2011-06-01"]] {
        let (code, out, _) = printed(&[&STRICT[..], day].concat());
        assert_eq!(code, 0, "{out}");
    }
}

#[test]
fn only_a_baseline_is_written_over() {
    let at = folder(&[("a.json", &open_slots(&["Koser"])), ("notes.txt", "# remarks\nof ours\n")]);
    let printed = |arguments: &[&str]| run_in(at.path(), arguments);
    for file in ["a.json", "notes.txt"] {
        let before = fs::read_to_string(at.path().join(file)).unwrap();
        let (code, _, err) = printed(&["baseline", "update", "--baseline", file]);
        assert!(code == 2 && err.contains("holds something else than a baseline"), "{err}");
        assert_eq!(fs::read_to_string(at.path().join(file)).unwrap(), before);
    }
    assert_eq!(printed(&["baseline", "update", "--baseline", "new.baseline"]).0, 0);
    assert_eq!(printed(&["baseline", "update", "--baseline", "new.baseline"]).0, 0);
}

#[test]
fn a_conflict_in_the_list_is_named_and_both_sides_count() {
    let at = folder(&[("a.json", &open_slots(&["Koser", "Gnesa"]))]);
    let printed = |arguments: &[&str]| run_in(at.path(), arguments);
    printed(&["baseline", "create"]);
    let path = at.path().join("rapporteur.baseline");
    let whole = fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = whole.lines().collect();
    let gone = "0c7b6a2f41d84d0f9a35e6b1c2d3e4f5 speaker-tbc p /slots/7";
    let conflict = format!(
        "{}\n{}\n<<<<<<< ours\n{}\n{gone}\n=======\n{}\n>>>>>>> theirs\n",
        lines[0], lines[1], lines[2], lines[3]
    );
    fs::write(&path, conflict).unwrap();
    let (code, _, err) = printed(&["check", "."]);
    assert_eq!(code, 2);
    assert!(
        err.contains("line 3: a merge has left a conflict") && err.contains("baseline prune"),
        "{err}"
    );
    assert_eq!(printed(&["baseline", "prune"]).1, "1 removed, 2 left\n");
    assert_eq!(fs::read_to_string(&path).unwrap(), whole);
}

#[test]
fn records_without_an_id_are_distinguished() {
    let wrong = r#"{"kind": "background", "language": "en", "sections": []}"#;
    let at = folder(&[("a.jsonl", &format!("{wrong}\n{RIGHT_LINE}\n"))]);
    let printed = |arguments: &[&str]| run_in(at.path(), arguments);
    printed(&["baseline", "create"]);
    assert_eq!(printed(&["check"]).0, 0);
    fs::write(at.path().join("a.jsonl"), format!("{RIGHT_LINE}\n{wrong}\n")).unwrap();
    let (code, out, _) = printed(&["check", "--format=concise"]);
    assert_eq!(code, 0, "the same mistakes in another record of the file: {out}");
    let other = wrong.replace("sections", "section");
    fs::write(at.path().join("a.jsonl"), format!("{RIGHT_LINE}\n{other}\n")).unwrap();
    let (code, out, _) = printed(&["check", "--format=concise"]);
    assert!(code == 1 && out.contains("error[schema]"), "{out}");
}

const RIGHT_LINE: &str = r#"{"id": "r", "kind": "register", "title": "R", "language": "en", "entries": [{"symbol": "A/RES/63/225"}]}"#;

#[test]
fn a_baseline_that_cannot_be_read_is_no_baseline() {
    let at = folder(&[("a.json", RIGHT), ("rapporteur.baseline", "# ours\nspeaker-tbc a\n")]);
    let printed = |arguments: &[&str]| run_in(at.path(), arguments);
    let (code, _, err) = printed(&["check", "."]);
    assert_eq!(code, 2);
    assert!(
        err.contains("the baseline `rapporteur.baseline`, line 2: a line begins with"),
        "{err}"
    );
    let (code, _, err) = printed(&["check", ".", "--baseline", "gone.baseline"]);
    assert!(code == 2 && err.contains("the baseline `gone.baseline`: no such file"), "{err}");
    assert_eq!(printed(&["baseline", "check", "--baseline", "gone.baseline"]).0, 2);
    fs::write(at.path().join("a.json"), "{").unwrap();
    assert_eq!(
        printed(&["baseline", "update"]).0,
        0,
        "what breaks the syntax can be written down too"
    );
}

#[test]
fn nothing_is_gone_while_a_schema_cannot_be_used() {
    let config = "[[records]]\nfiles = \"*.json\"\nschema = \"own/p.json\"\n";
    let schema = r#"{"x-record": {"id": "/id"}, "properties": {"id": {}}, "required": ["title"]}"#;
    let at = folder(&[
        ("rapporteur.toml", config),
        ("own/p.json", schema),
        ("a.json", "{\"id\": \"a\"}"),
    ]);
    let printed = |arguments: &[&str]| run_in(at.path(), arguments);
    assert_eq!(printed(&["baseline", "create"]).1, "1 finding saved\n");
    fs::write(at.path().join("own/p.json"), "{").unwrap();
    for action in ["check", "prune"] {
        let (code, _, err) = printed(&["baseline", action]);
        assert!(code == 4 && err.contains("or a schema cannot be used"), "{err}");
        assert!(err.contains("--select syntax,vocabulary"), "{err}");
    }
}
