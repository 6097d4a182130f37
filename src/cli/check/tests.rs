//! A text on standard input in the place of a file.

use crate::cli::tests::{RIGHT, WRONG, folder, run_in, run_reading};

const CONFIG: &str = "[[records]]\nfiles = \"records/**/*.json\"\n";
/// Nothing is wrong with [`WRONG`] by it.
const LENIENT: &str =
    "[[records]]\nfiles = [\"**/*.json\", \"out/*.json\"]\n[rules]\nunknown-kind = \"off\"\n";

/// Exit code, standard output and standard error of `check --format concise --quiet`.
fn check(files: &[(&str, &str)], path: &str, text: &[u8]) -> (u8, String, String) {
    let at = folder(files);
    let mut out = Vec::new();
    let arguments = ["check", "--format", "concise", "--quiet", "--stdin-filename", path];
    let (code, err) = run_reading(at.path(), text, &arguments, &mut out);
    (code, String::from_utf8(out).unwrap(), err)
}

#[test]
fn the_text_counts_and_the_file_does_not() {
    let files = [("rapporteur.toml", CONFIG), ("records/a.json", RIGHT)];
    let (code, out, _) = check(&files, "records/a.json", WRONG.as_bytes());
    assert_eq!(code, 1);
    assert!(out.starts_with("records/a.json:1:2: error[unknown-kind]"), "{out}");
    let files = [("rapporteur.toml", CONFIG), ("records/a.json", WRONG)];
    let (code, out, _) = check(&files, "./records/../records/a.json", RIGHT.as_bytes());
    assert_eq!((code, out.as_str()), (0, ""));
}

#[test]
fn the_file_need_not_exist_nor_its_folder() {
    for path in ["records/new.json", "records/new/one.json"] {
        let files = [("rapporteur.toml", CONFIG)];
        let (code, out, _) = check(&files, path, b"{}");
        assert_eq!(code, 1, "{path}");
        assert!(out.starts_with(&format!("{path}:1:1: error[unknown-kind]")), "{out}");
        assert_eq!(check(&[], path, RIGHT.as_bytes()).0, 0, "without a configuration");
    }
}

#[test]
fn all_other_records_are_around_it_and_only_what_concerns_it_is_reported() {
    let files =
        [("rapporteur.toml", CONFIG), ("records/b.json", RIGHT), ("records/broken.json", "{")];
    let (code, out, _) = check(&files, "records/a.json", RIGHT.as_bytes());
    assert_eq!(code, 1);
    assert!(out.contains("error[duplicate-id]") && out.contains("records/b.json"), "{out}");
    assert!(!out.contains("broken.json"), "{out}");
}

#[test]
fn what_is_no_record_of_the_project_is_skipped() {
    let files = [("rapporteur.toml", CONFIG), ("records/a.json", RIGHT)];
    let (code, out, err) = check(&files, "package.json", b"{\"name\": \"x\"}");
    assert_eq!((code, out.as_str()), (3, ""));
    assert_eq!(
        err,
        "nothing to check: no records were found: 1 JSON file is not a record, because it has no `kind` that a schema names and \
         no schema is set for it\n"
    );
    assert_eq!(check(&[], "package.json", b"{\"name\": \"x\"}").0, 3);
}

#[test]
fn a_name_that_no_record_has_is_a_mistake() {
    for path in ["Makefile", "records", "a.json/.."] {
        let (code, out, err) = check(&[("records/a.json", RIGHT)], path, RIGHT.as_bytes());
        assert_eq!((code, out.as_str()), (2, ""), "{path}");
        assert!(err.contains("does not end in `.json`"), "{err}");
    }
}

#[test]
fn its_own_configuration_counts_from_wherever_the_program_is_run() {
    let files = [("p/rapporteur.toml", LENIENT), ("p/records/a.json", RIGHT), ("q/b.json", RIGHT)];
    for name in ["p/records/a.json", "p/records/new.json", "q/../p/new/a.json"] {
        assert_eq!(check(&files, name, WRONG.as_bytes()).0, 0, "{name}");
    }
    let (code, out, _) = check(&files, "q/b.json", b"{\"kind\": \"register\"}");
    assert_eq!(code, 1);
    assert!(out.starts_with("q/b.json:1:1: error[schema]"), "{out}");
    let at = folder(&files);
    let printed = |more: &[&str]| {
        let all = ["check", "--quiet", "--stdin-filename", "p/records/a.json"];
        run_reading(at.path(), WRONG.as_bytes(), &[&all[..], more].concat(), &mut Vec::new()).0
    };
    assert_eq!(printed(&["--no-config"]), 3, "what is said on the command line goes before");
    std::fs::write(at.path().join("other.toml"), "").unwrap();
    assert_eq!(printed(&["--config", "other.toml"]), 3);
}

#[cfg(unix)]
#[test]
fn a_file_belongs_to_the_project_that_it_is_in_whatever_links_lead_to_it() {
    use std::os::unix::fs::symlink;
    let config = LENIENT.replace("\"out/*.json\"", "\"in/*.json\"");
    let files = [("p/rapporteur.toml", &*config), ("p/in/a.json", RIGHT), ("out/b.json", RIGHT)];
    let at = folder(&files);
    symlink("p/in", at.path().join("link")).unwrap();
    symlink("../out", at.path().join("p/out")).unwrap();
    for (name, wanted) in [("link/a.json", 0), ("p/out/b.json", 3)] {
        let all = ["check", "--quiet", "--stdin-filename", name];
        let code = run_reading(at.path(), WRONG.as_bytes(), &all, &mut Vec::new()).0;
        assert_eq!(code, wanted, "{name}");
    }
}

#[test]
fn it_is_alone_on_the_command_line() {
    let at = folder(&[("a.json", RIGHT)]);
    let (code, _, err) = run_in(at.path(), &["check", "a.json", "--stdin-filename", "b.json"]);
    assert_eq!(code, 2);
    assert!(err.contains("standard input cannot be checked together with `a.json`"), "{err}");
    for arguments in [["check", "-", "a.json"], ["check", "a.json", "-"]] {
        assert_eq!(run_in(at.path(), &arguments).0, 2);
    }
}

#[test]
fn a_text_in_another_encoding_has_a_finding_as_a_file_has() {
    let (code, out, _) = check(&[], "a.json", b"{\"kind\": \"\xFF\"}");
    assert_eq!(code, 1);
    assert!(out.starts_with("a.json:1:11: error[syntax]"), "{out}");
}

#[test]
fn a_dash_is_standard_input_in_json_or_yaml() {
    let at = folder(&[]);
    for text in [RIGHT, "kind: letter\n"] {
        let mut out = Vec::new();
        let arguments = ["check", "-", "--format", "json"];
        let (_, err) = run_reading(at.path(), text.as_bytes(), &arguments, &mut out);
        let report: serde_json::Value = serde_json::from_slice(&out).expect(&err);
        assert_eq!(report["summary"]["records"], 1, "{report}");
    }
}
