//! `extends`: a configuration that adds to another one.

use super::*;

const LETTER: &str = "id: a\nkind: letter\ntitle: Invitation\nlanguage: en\nstatus: final\ndate: \"2026-02-30\"\n\
                      author: {name: Ada Quill}\naddressees: [All members]\nparagraphs: [You are invited.]\n";
const NEAR: &str = "extends = \"shared/base.toml\"\n";

fn run_here(files: &[(&str, &str)], arguments: &[&str]) -> (u8, String, String) {
    let at = folder(&[&[("a.yaml", LETTER)], files].concat());
    run_in(at.path(), arguments)
}

fn check(near: &str, base: &str) -> (u8, String, String) {
    let files = [("rapporteur.toml", near), ("shared/base.toml", base)];
    run_here(&files, &["check", "--format=concise", "--quiet"])
}

#[test]
fn the_other_file_counts_where_the_nearer_one_says_nothing() {
    let off = "[rules]\ndate-invalid = \"off\"\n";
    assert_eq!(check("", off).0, 1);
    assert_eq!(check(NEAR, off).0, 0);
    let warning = format!("{NEAR}[rules]\ndate-invalid = \"warning\"\n");
    let (code, out, _) = check(&warning, off);
    assert!(code == 0 && out.contains("warning[date-invalid]"), "{out}");
    // Patterns begin at the folder of the nearest configuration, wherever they are written.
    assert_eq!(check(NEAR, "exclude = \"a.yaml\"\n").0, 3);
    let in_files = "[[overrides]]\nfiles = \"a.yaml\"\n[overrides.rules]\ndate-invalid = \"off\"\n";
    assert_eq!(check(NEAR, in_files).0, 0);
}

#[test]
fn findings_on_the_other_file_are_shown_in_it() {
    let unused = "\n[[allow]]\nrule = \"slot-gap\"\nreason = \"It is long.\"\n";
    let (_, out, _) = check(NEAR, unused);
    assert!(out.contains("shared/base.toml:3:8: "), "{out}");
    let near = format!("{NEAR}{unused}");
    let (_, out, _) = check(&near, "# Nothing.\n");
    assert!(out.contains("rapporteur.toml:4:8: "), "{out}");
    let wrong = check(NEAR, "\n[rules]\ndate-invalidd = \"off\"\n");
    assert_eq!(wrong.0, 2);
    assert!(
        wrong.2.starts_with("shared/base.toml:3:1: error[configuration] no rule"),
        "{}",
        wrong.2
    );
    let lost = "[[records]]\nfiles = \"*.yaml\"\nschema = \"lettr\"\n";
    let wrong = check(NEAR, lost);
    assert!(
        wrong.2.starts_with("shared/base.toml:3:10: error[configuration] `lettr`"),
        "{}",
        wrong.2
    );
}

#[test]
fn settings_name_the_file_that_sets_them() {
    let base = "\n[rules.slot-gap]\nlevel = \"warning\"\nlongest = \"1h\"\n";
    let files = [("rapporteur.toml", NEAR), ("shared/base.toml", base)];
    let (_, out, _) = run_here(&files, &["check", "--show-settings"]);
    let line = |name: &str| out.lines().find(|line| line.split_whitespace().next() == Some(name));
    assert!(line("slot-gap").unwrap().ends_with("shared/base.toml:2"), "{out}");
    assert!(line("slot-gap.longest").unwrap().ends_with("shared/base.toml:4"), "{out}");
    assert!(line("configuration").unwrap().contains("rapporteur.toml, shared/base.toml"), "{out}");
    let near = format!("{NEAR}[rules.slot-gap]\nlongest = \"2h\"\n");
    let files = [("rapporteur.toml", near.as_str()), ("shared/base.toml", base)];
    let (_, out, _) = run_here(&files, &["check", "--show-settings"]);
    let line = out.lines().find(|line| line.starts_with("slot-gap.longest")).unwrap();
    assert!(line.contains("\"2h\"") && line.ends_with("rapporteur.toml:3"), "{line}");
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_project_is_not_followed() {
    let outside = folder(&[("base.toml", "[rules]\ndate-invalid = \"off\"\n")]);
    let at = folder(&[("a.yaml", LETTER), ("rapporteur.toml", "extends = \"base.toml\"\n")]);
    std::os::unix::fs::symlink(outside.path().join("base.toml"), at.path().join("base.toml"))
        .unwrap();
    let (code, _, err) = run_in(at.path(), &["check", "--format=concise"]);
    assert_eq!(code, 2);
    assert!(
        err.starts_with("rapporteur.toml:1:11: error[configuration] `base.toml` cannot be read"),
        "{err}"
    );
}

#[test]
fn a_report_is_not_written_over_the_other_file() {
    let files = [("rapporteur.toml", NEAR), ("shared/base.toml", "")];
    let (code, _, err) = run_here(&files, &["check", "--output-file", "shared/base.toml"]);
    assert_eq!(code, 2, "{err}");
}
