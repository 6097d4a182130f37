//! `[[overrides]]`: levels of rules in some files.

use super::*;

/// A letter whose date is not in the calendar, with one person as its author.
fn letter(id: &str) -> String {
    format!(
        "id: {id}\nkind: letter\ntitle: Invitation\nlanguage: en\nstatus: final\ndate: \"2026-02-30\"\n\
         author: {{name: Ada Quill}}\naddressees: [All members]\nparagraphs: [You are invited.]\n"
    )
}

/// The family of `date-invalid`.
const FAMILY: &str = "times";
const FILES: [&str; 3] = ["a.yaml", "drafts/b.yaml", "drafts/old/c.yaml"];

/// The severities of `date-invalid` in the three files, `-` where it is not reported.
fn severities(config: &str, more: &[&str]) -> String {
    let texts = FILES.map(|name| letter(&name.replace(['/', '.'], "-")));
    let mut files: Vec<(&str, &str)> =
        FILES.iter().zip(&texts).map(|(n, t)| (*n, t.as_str())).collect();
    files.push(("rapporteur.toml", config));
    let at = folder(&files);
    let check = ["check", "--quiet", "--format=concise"];
    let (code, out, err) = run_in(at.path(), &[&check[..], more].concat());
    assert!(code < 2, "{config}\n{err}");
    let of = |name: &str| {
        let mut lines = out.lines().filter(|line| line.starts_with(&format!("{name}:")));
        let line = lines.find(|line| line.contains("[date-invalid]"))?;
        line.split_whitespace().nth(1)?.split('[').next().map(str::to_owned)
    };
    FILES.map(|name| of(name).unwrap_or_else(|| "-".to_owned())).join(" ")
}

/// An entry for `files` with these levels.
fn entry(files: &str, levels: &str) -> String {
    format!("[[overrides]]\nfiles = {files}\n[overrides.rules]\n{levels}\n")
}

#[test]
fn an_override_sets_the_level_in_its_files_only() {
    assert_eq!(severities("", &[]), "error error error");
    for files in ["\"drafts\"", "\"drafts/**\"", "[\"x.yaml\", \"drafts/\"]", "\"**/{b,c}.yaml\""] {
        assert_eq!(severities(&entry(files, "date-invalid = \"off\""), &[]), "error - -");
        assert_eq!(severities(&entry(files, "date-invalid = \"info\""), &[]), "error info info");
        let family = format!("{FAMILY} = \"warning\"");
        assert_eq!(severities(&entry(files, &family), &[]), "error warning warning");
    }
    assert_eq!(
        severities(&entry("\"drafts/*.yaml\"", "date-invalid = \"off\""), &[]),
        "error - error"
    );
    assert_eq!(severities(&entry("\"drafts\"", "slot-gap = \"off\""), &[]), "error error error");
}

#[test]
fn the_later_entry_wins_and_the_rule_goes_before_its_family_in_one_entry() {
    let family = |level: &str| format!("{FAMILY} = \"{level}\"");
    let rule = |level: &str| format!("date-invalid = \"{level}\"");
    let two = |first: String, second: String| {
        severities(&(entry("\"drafts\"", &first) + &entry("\"drafts/old\"", &second)), &[])
    };
    assert_eq!(two(rule("off"), rule("warning")), "error - warning");
    assert_eq!(two(rule("info"), family("off")), "error info -");
    assert_eq!(two(family("off"), rule("info")), "error - info");
    let both = format!("{}\n{}", rule("info"), family("off"));
    assert_eq!(severities(&entry("\"drafts\"", &both), &[]), "error info info");
    let reverse = entry("\"drafts/old\"", &rule("warning")) + &entry("\"drafts\"", &rule("off"));
    assert_eq!(severities(&reverse, &[]), "error - -");
}

#[test]
fn an_override_goes_before_the_levels_of_the_project() {
    let off = "[rules]\ndate-invalid = \"off\"\n";
    let warning = entry("\"drafts/old\"", "date-invalid = \"warning\"");
    assert_eq!(severities(&format!("{off}{warning}"), &[]), "- - warning");
    let all = format!("[rules]\n{FAMILY} = \"off\"\n{warning}");
    assert_eq!(severities(&all, &[]), "- - warning");
    let info = "[rules]\ndate-invalid = \"info\"\n";
    assert_eq!(severities(&format!("{info}{warning}"), &[]), "info info warning");
}

#[test]
fn the_command_line_goes_before_an_override() {
    let off = entry("\"drafts\"", "date-invalid = \"off\"");
    assert_eq!(severities(&off, &["--select=date-invalid"]), "error error error");
    assert_eq!(severities(&off, &[&format!("--select={FAMILY}")]), "error - -");
    let family = entry("\"drafts\"", &format!("{FAMILY} = \"off\""));
    assert_eq!(severities(&family, &[&format!("--select={FAMILY}")]), "error error error");
    let info = entry("\"drafts\"", "date-invalid = \"info\"");
    assert_eq!(severities(&info, &["--ignore=date-invalid"]), "- - -");
    assert_eq!(severities(&info, &["--select=slot-gap"]), "- - -");
    assert_eq!(severities(&info, &["--select=date-invalid"]), "error info info");
}

#[test]
fn a_file_with_levels_of_its_own_stays_context_for_others() {
    let (one, two) = (letter("same"), letter("same"));
    let at = folder(&[("drafts/a.yaml", &one), ("records/b.yaml", &two)]);
    let check = |config: &str| {
        fs::write(at.path().join("rapporteur.toml"), config).unwrap();
        let (_, out, _) =
            run_in(at.path(), &["check", "--quiet", "--format=concise", "--ignore=date-invalid"]);
        out
    };
    let found = check(&entry("\"drafts\"", "duplicate-id = \"off\""));
    assert!(found.starts_with("records/b.yaml:1:5: error[duplicate-id]"), "{found}");
    assert!(found.contains("drafts/a.yaml"), "{found}");
    assert_eq!(check(&entry("\"records\"", "duplicate-id = \"off\"")), "", "its place is there");
    assert_eq!(check("exclude = \"drafts\"\n"), "");
}

#[test]
fn a_suppression_in_a_file_where_the_rule_is_off_is_not_called_unused() {
    let config = entry("\"drafts\"", "date-invalid = \"off\"");
    let allowed =
        letter("x").replace("30\"\n", "30\"  # rapporteur: allow(date-invalid) as printed\n");
    let at = folder(&[("drafts/x.yaml", &allowed), ("rapporteur.toml", &config)]);
    let (code, out, err) = run_in(
        at.path(),
        &["check", "--quiet", "--format=concise", "--select=structure,date-invalid"],
    );
    assert!(!out.contains("allow") && code == 0, "{out}{err}");
}

#[test]
fn settings_list_each_level_of_an_override_with_its_line() {
    let config = entry("[\"drafts\", \"old\"]", "date-invalid = \"off\"\nspeaker-tbc = \"info\"");
    let at = folder(&[("rapporteur.toml", &config)]);
    let (_, out, _) = run_in(at.path(), &["check", "--show-settings"]);
    let lines: Vec<String> = out
        .lines()
        .filter(|line| line.starts_with("overrides"))
        .map(|line| line.split_whitespace().skip(1).collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(
        lines,
        [
            "date-invalid = off in drafts, old rapporteur.toml:4",
            "speaker-tbc = info in drafts, old rapporteur.toml:5",
        ]
    );
}
