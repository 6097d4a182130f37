//! Rules that a project declares, in the commands and formats that show rules.

use super::*;

const CONFIG: &str = r#"[[rule]]
id = "project/letter-title"
schema = "letter"
matches = {value = "/title", pattern = "^Re: "}
message = "the title {value} does not begin with Re:"
level = "error"
page = "https://example.org/letters"
"#;

const LETTER: &str = "id: a\nkind: letter\ntitle: Invitation\nlanguage: en\nstatus: final\ndate: \"2026-02-10\"\n\
                      author: {name: Ada Quill}\naddressees: [All members]\nparagraphs: [You are invited.]\n";

fn run_here(config: &str, arguments: &[&str]) -> (u8, String, String) {
    let at = folder(&[("a.yaml", LETTER), ("rapporteur.toml", config)]);
    run_in(at.path(), arguments)
}

#[test]
fn a_rule_of_the_project_is_listed_and_explained() {
    let (code, out, _) = run_here(CONFIG, &["rules"]);
    assert_eq!(code, 0);
    let (_, own) = out.split_once("\nproject\n").unwrap();
    let line = own.lines().next().unwrap();
    assert!(line.contains("project/letter-title") && line.contains("error"), "{line}");
    let (_, json, _) = run_here(CONFIG, &["rules", "--format=json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let rules = json["rules"].as_array().unwrap();
    assert_eq!(rules.last().unwrap()["rule"], "project/letter-title");
    let (code, page, _) =
        run_here(CONFIG, &["explain", "project/letter-title", "--format=markdown"]);
    assert_eq!(code, 0);
    for part in ["`/title` matches `^Re: `", "<https://example.org/letters>", "declared in"] {
        assert!(page.contains(part), "{page}");
    }
    assert!(page.contains("\"project/letter-title\" = "), "a key with a slash has quotes: {page}");
    let (code, family, _) = run_here(CONFIG, &["explain", "project"]);
    assert!(code == 0 && family.contains("project/letter-title"), "{family}");
    let broken = CONFIG.replace("matches", "match");
    assert_eq!(run_here(&broken, &["rules"]).0, 0, "the others are there all the same");
}

#[test]
fn a_rule_of_the_project_is_in_every_format_and_can_be_selected() {
    for format in [
        "full",
        "concise",
        "json",
        "jsonl",
        "sarif",
        "github",
        "gitlab",
        "junit",
        "checkstyle",
        "rdjson",
        "markdown",
    ] {
        let (code, out, err) = run_here(CONFIG, &["check", "--format", format]);
        assert_eq!(code, 1, "{format}: {err}");
        assert!(out.contains("project/letter-title"), "{format}: {out}");
        assert!(out.contains("the title Invitation does not begin"), "{format}: {out}");
    }
    assert_eq!(run_here(CONFIG, &["check", "--select=project/letter-title"]).0, 1);
    assert_eq!(run_here(CONFIG, &["check", "--ignore=project/letter-title"]).0, 0);
    assert_eq!(run_here(CONFIG, &["check", "--select=project/letter-titel"]).0, 2);
}

#[test]
fn a_finding_of_a_rule_of_the_project_is_suppressed_and_in_the_baseline() {
    let allow = "[[allow]]\nrule = \"project/letter-title\"\nrecord = \"a\"\nreason = \"It is printed so.\"\n";
    assert_eq!(run_here(&format!("{CONFIG}{allow}"), &["check"]).0, 0);
    let at = folder(&[("a.yaml", LETTER), ("rapporteur.toml", CONFIG)]);
    assert_eq!(run_in(at.path(), &["baseline", "update"]).0, 0);
    let (code, out, _) = run_in(at.path(), &["check"]);
    assert_eq!(code, 0, "{out}");
    let message = CONFIG.replace("does not begin", "should begin");
    fs::write(at.path().join("rapporteur.toml"), message).unwrap();
    assert_eq!(run_in(at.path(), &["check"]).0, 0, "another message is the same finding");
}

#[test]
fn a_mistake_in_a_rule_of_the_project_is_shown_in_the_configuration() {
    let wrong = CONFIG.replace("\"/title\"", "\"/titel\"");
    let (code, _, err) = run_here(&wrong, &["check", "--format=concise"]);
    assert_eq!(code, 2);
    assert!(
        err.starts_with("rapporteur.toml:4:20: error[configuration] the pointer `/titel`"),
        "{err}"
    );
}
