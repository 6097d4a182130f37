//! `fail-on` of the configuration, and what goes before it.

use super::*;

/// A programme with one warning: a keynote without a speaker.
const PROGRAMME: &str = "id: day\nkind: programme\ntitle: Day\nlanguage: en\ndate: \"2026-04-14\"\nslots:\n  \
                         - {kind: keynote, title: Opening, start: \"09:00\", end: \"10:00\", speakers: []}\n";
const RULES: &str = "[rules]\nspeaker-missing = \"warning\"\n";

#[test]
fn the_configuration_says_which_severity_fails_and_the_command_line_goes_before_it() {
    let at = folder(&[("day.yaml", PROGRAMME), ("rapporteur.toml", RULES)]);
    let code = |config: &str, more: &[&str]| {
        fs::write(at.path().join("rapporteur.toml"), format!("{config}{RULES}")).unwrap();
        run_in(at.path(), &[&["check", "--quiet", "--select=speaker-missing"], more].concat()).0
    };
    for (config, expected) in [
        ("", 0),
        ("fail-on = \"error\"\n", 0),
        ("fail-on = \"warning\"\n", 1),
        ("fail-on = \"info\"\n", 1),
        ("fail-on = \"never\"\n", 0),
    ] {
        assert_eq!(code(config, &[]), expected, "{config}");
        assert_eq!(code(config, &["--fail-on=error"]), 0, "{config}");
        assert_eq!(code(config, &["--fail-on=warning"]), 1, "{config}");
    }
    let config = "# Strict\nfail-on = \"warning\"\n";
    assert_eq!(code(config, &["--no-config"]), 1, "the rule is an error by itself");
    assert_eq!(code(config, &["--format=junit"]), 1);
    let junit = ["check", "--quiet", "--select=speaker-missing", "--format=junit"];
    assert!(run_in(at.path(), &junit).1.contains("failures=\"1\""));
    let shown = |more: &[&str]| {
        let (_, out, _) = run_in(at.path(), &[&["check", "--show-settings"], more].concat());
        let line = out.lines().find(|line| line.starts_with("fail-on")).unwrap().to_owned();
        line.split_whitespace().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(shown(&[]), ["fail-on", "warning", "rapporteur.toml:2"]);
    assert_eq!(shown(&["--fail-on=info"]), ["fail-on", "info", "--fail-on"]);
    assert_eq!(shown(&["--no-config"]), ["fail-on", "error", "default"]);
}

#[test]
fn a_severity_that_does_not_exist_is_reported() {
    let at = folder(&[("rapporteur.toml", "fail-on = \"warnings\"\n")]);
    let (code, _, err) = run_in(at.path(), &["check"]);
    assert!(code == 2 && err.contains("no severity `warnings`"), "{err}");
    assert!(err.contains("did you mean `warning`?"), "{err}");
}
