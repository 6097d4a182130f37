//! `exclude`: a file that it matches does not exist for a run.

use super::*;

/// A letter with one error: its date is not in the calendar.
fn letter(id: &str) -> String {
    format!(
        "id: {id}\nkind: letter\ntitle: Invitation\nlanguage: en\nstatus: final\ndate: \"2026-02-30\"\n\
         author: {{name: Ada Quill}}\naddressees: [All members]\nparagraphs: [You are invited.]\n"
    )
}

const SHOW: [&str; 2] = ["check", "--show-files"];
const CHECK: [&str; 4] = ["check", "--quiet", "--format=concise", "--select=date-invalid"];

/// Files with an error each, under this configuration.
fn scene(config: &str, files: &[&str]) -> tempfile::TempDir {
    let texts: Vec<String> = (0..files.len()).map(|at| letter(&format!("letter-{at}"))).collect();
    let mut all: Vec<(&str, &str)> =
        files.iter().copied().zip(texts.iter().map(String::as_str)).collect();
    all.push(("rapporteur.toml", config));
    folder(&all)
}

/// The paths in which `check` with these arguments finds something.
fn found(at: &Path, named: &[&str]) -> Vec<String> {
    let (_, out, _) = run_in(at, &[&CHECK[..], named].concat());
    let path = |line: &str| line.split(':').next().unwrap_or_default().to_owned();
    out.lines().map(path).collect()
}

#[test]
fn an_excluded_file_does_not_exist_for_the_run() {
    let files = ["letters/a.yaml", "letters/old/b.yaml", "letters/c.draft.yaml", "new/d.yaml"];
    for entries in ["", "[[records]]\nfiles = \"**/*.yaml\"\n"] {
        let config =
            format!("exclude = [\"letters/old/**\", \"**/*.draft.yaml\", \"new\"]\n{entries}");
        let at = scene(&config, &files);
        assert_eq!(found(at.path(), &[]), ["letters/a.yaml"], "{entries}");
        assert_eq!(found(at.path(), &["letters"]), ["letters/a.yaml"], "{entries}");
        let (code, out, _) = run_in(at.path(), &SHOW);
        let excluded = out.lines().filter(|line| line.contains("excluded")).collect::<Vec<_>>();
        assert_eq!(
            excluded,
            [
                "letters/c.draft.yaml: excluded, by `**/*.draft.yaml` in rapporteur.toml:1",
                "letters/old/: excluded, by `letters/old/**` in rapporteur.toml:1",
                "new/: excluded, by `new` in rapporteur.toml:1",
            ],
            "{out}"
        );
        assert_eq!((code, out.lines().count()), (0, 4), "{out}");
    }
}

#[test]
fn an_excluded_record_is_no_context_for_others() {
    let at = scene("exclude = \"copies\"\n", &[]);
    fs::create_dir(at.path().join("copies")).unwrap();
    for path in ["a.yaml", "copies/a.yaml"] {
        fs::write(at.path().join(path), letter("one")).unwrap();
    }
    let ids = ["check", "--quiet", "--format=concise", "--select=duplicate-id"];
    assert_eq!(run_in(at.path(), &ids), (0, String::new(), String::new()));
    fs::remove_file(at.path().join("rapporteur.toml")).unwrap();
    assert!(run_in(at.path(), &ids).1.contains("duplicate-id"));
}

#[test]
fn an_excluded_path_that_is_named_is_skipped_with_a_note() {
    let files = ["a.yaml", "old/b.yaml", "old/c/d.yaml"];
    for entries in ["", "[[records]]\nfiles = \"**/*.yaml\"\n"] {
        let at = scene(&format!("# What is left out\nexclude = \"old\"\n{entries}"), &files);
        for (named, note) in [("old/b.yaml", "old/b.yaml"), ("old", "old/"), ("old/c", "old/c/")] {
            let (code, out, err) = run_in(at.path(), &["check", "--format=concise", named]);
            assert!(!out.contains("yaml"), "{out}");
            let note = format!("note: {note}: excluded, by `old` in rapporteur.toml:2\n");
            assert!(code == 3 && err.starts_with(&note), "{err}");
            assert_eq!(run_in(at.path(), &["check", "--allow-empty", named]).0, 0);
        }
        assert_eq!(found(at.path(), &["old/b.yaml", "a.yaml"]), ["a.yaml"]);
        let text = letter("typed");
        let mut out = Vec::new();
        let stdin = [&CHECK[..], &["--stdin-filename=old/new.yaml"]].concat();
        let (code, _) = run_reading(at.path(), text.as_bytes(), &stdin, &mut out);
        assert_eq!((code, String::from_utf8(out).unwrap()), (3, String::new()));
        let (_, out, err) = run_in(at.path(), &["facts", "old/b.yaml"]);
        assert!(out.is_empty() && err.starts_with("note: old/b.yaml: excluded"), "{err}");
    }
}

#[test]
fn many_named_paths_make_a_short_note() {
    let files = ["old/a.yaml", "old/b.yaml", "old/c.yaml", "old/d.yaml", "x.yaml"];
    let at = scene("exclude = \"old/*\"\n", &files);
    let (_, _, err) = run_in(at.path(), &[&["check"], &files[..]].concat());
    let notes: Vec<&str> = err.lines().collect();
    assert_eq!(notes.len(), 4, "{err}");
    assert_eq!(notes[3], "note: 4 named paths are excluded in all");
    let (_, _, err) = run_in(at.path(), &[&["check"], &files[1..]].concat());
    assert!(err.lines().count() == 3 && !err.contains("in all"), "{err}");
}

#[test]
fn an_entry_excludes_files_for_itself_only() {
    let files = ["r/a.yaml", "r/old/b.yaml", "r/letters/c.yaml"];
    let at = scene(
        "[[records]]\nfiles = \"r/**/*.yaml\"\nexclude = [\"r/old\", \"r/letters/\"]\n\
         [[records]]\nfiles = \"r/letters/*.yaml\"\nschema = \"letter\"\n",
        &files,
    );
    assert_eq!(found(at.path(), &[]), ["r/a.yaml", "r/letters/c.yaml"]);
    assert_eq!(found(at.path(), &["r/old/b.yaml"]), [""; 0]);
    let (_, out, _) = run_in(at.path(), &SHOW);
    assert!(
        out.contains("r/letters/c.yaml: letter.schema.json, by entry 2 of `[[records]]`"),
        "{out}"
    );
    assert!(out.contains("r/old/b.yaml: excluded, by `r/old` in rapporteur.toml:3\n"), "{out}");
    let (_, out, _) = run_in(at.path(), &["check", "--show-settings"]);
    assert!(out.contains("r/**/*.yaml without r/old, r/letters"), "{out}");
}

#[test]
fn an_excluded_table_that_a_register_names_is_reported() {
    let register =
        "[[registers]]\nfiles = \"known/*.csv\"\nspace = \"document\"\nkey = \"symbol\"\n";
    let at = scene(&format!("exclude = \"known/old.csv\"\n{register}"), &["a.yaml"]);
    fs::create_dir(at.path().join("known")).unwrap();
    for name in ["old.csv", "new.csv"] {
        fs::write(at.path().join("known").join(name), "symbol\nA/RES/65/170\n").unwrap();
    }
    assert_eq!(run_in(at.path(), &CHECK).0, 1);
    let (_, out, _) = run_in(at.path(), &SHOW);
    assert!(
        out.contains("known/old.csv: excluded") && out.contains("known/new.csv: table"),
        "{out}"
    );
    let named = register.replace('*', "old");
    fs::write(at.path().join("rapporteur.toml"), format!("exclude = \"known\"\n{named}")).unwrap();
    let (code, out, _) = run_in(at.path(), &CHECK);
    assert!(code == 4 && out.contains("`exclude` leaves out this table"), "{out}");
}

#[test]
fn a_pattern_that_begins_with_an_exclamation_mark_is_an_error() {
    let at = scene("[[records]]\nfiles = [\"*.yaml\", \"!old/**\"]\n", &["a.yaml", "!a.yaml"]);
    let (code, _, err) = run_in(at.path(), &CHECK);
    assert!(
        code == 2 && err.contains("begins with `!`; list what to leave out in `exclude`"),
        "{err}"
    );
    fs::write(at.path().join("rapporteur.toml"), "[[records]]\nfiles = \"./!*.yaml\"\n").unwrap();
    assert_eq!(found(at.path(), &[]), ["!a.yaml"]);
}

#[cfg(unix)]
#[test]
fn a_file_is_excluded_by_whatever_link_it_is_reached() {
    use std::os::unix::fs::symlink;

    let records = "[[records]]\nfiles = [\"link/*.yaml\", \"other/a.yaml\"]\n";
    let at =
        scene(&format!("exclude = \"real/b.yaml\"\n{records}"), &["real/b.yaml", "real/c.yaml"]);
    symlink("real", at.path().join("link")).unwrap();
    fs::create_dir(at.path().join("other")).unwrap();
    symlink("../real/b.yaml", at.path().join("other/a.yaml")).unwrap();
    assert_eq!(found(at.path(), &[]), ["link/c.yaml"]);
    assert_eq!(found(at.path(), &["link/b.yaml"]), [""; 0]);
    fs::write(at.path().join("rapporteur.toml"), format!("exclude = \"link\"\n{records}")).unwrap();
    assert_eq!(found(at.path(), &[]), ["other/a.yaml"]);
}

#[test]
fn a_configuration_below_that_does_not_count_is_named() {
    let off = "[rules]\ndate-invalid = \"off\"\n";
    let (record, other) = (letter("a"), letter("b"));
    let at = folder(&[
        ("a/rapporteur.toml", off),
        ("a/records/x.yaml", &record),
        ("a-b/x.yaml", &other),
        ("b/rapporteur.toml", off),
        ("b/notes.txt", "no record"),
    ]);
    let note = "note: a/rapporteur.toml does not count here; to check its records by it, run `rapporteur check` in a\n";
    for named in [&[][..], &["a/records/x.yaml"], &["a"]] {
        let (code, out, err) = run_in(at.path(), &[&["check", "--format=concise"], named].concat());
        assert!(code == 1 && out.contains("a/records/x.yaml:6:16: error[date-invalid]"), "{out}");
        assert_eq!(err, note, "{named:?}");
    }
    // It is not asked for, it counts, or what it counts for is not reported.
    for arguments in [&["--quiet"][..], &["--no-config"], &["a-b"]] {
        assert_eq!(run_in(at.path(), &[&["check"], arguments].concat()).2, "", "{arguments:?}");
    }
    assert_eq!(
        run_in(&at.path().join("a"), &["check"]),
        (0, "no findings in 1 file (1 record)\n".to_owned(), String::new())
    );
    // One that the configuration of the root extends counts, and one that it excludes does not exist.
    for config in ["extends = \"a/rapporteur.toml\"\n", "exclude = \"a\"\n"] {
        fs::write(at.path().join("rapporteur.toml"), config).unwrap();
        assert_eq!(run_in(at.path(), &["check"]).2, "", "{config}");
    }
}
