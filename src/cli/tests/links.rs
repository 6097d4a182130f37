//! Links to files: only those of the project are looked for, and only those that are not there are reported.

use super::*;

const CONFIG: &str =
    "[[records]]\nfiles = \"minutes/**/*.{md,yaml}\"\nschema = \"m.schema.json\"\n";
const SCHEMA: &str = r#"{"x-record": {"id": "/id"}, "properties": {"id": {}, "slides": {"x-link": "file"}, "plan": {"x-link": "root"}}}"#;

/// What is found in these files, each as `path:line: message`, and the help of each.
fn found(files: &[(&str, &str)]) -> Vec<String> {
    let at = folder(&[&[("rapporteur.toml", CONFIG), ("m.schema.json", SCHEMA)], files].concat());
    let (_, out, _) = run_in(at.path(), &["check", "--format=json", "--select=link-dangling"]);
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let findings = report["findings"].as_array().unwrap().iter();
    findings
        .map(|one| {
            let line = &one["span"]["start"]["line"];
            format!(
                "{}:{line}: {}; {}",
                text(&one["path"]),
                text(&one["message"]),
                text(&one["help"])
            )
        })
        .collect()
}

#[test]
fn links_of_a_text_lead_to_files_and_headings() {
    let march = "# March\n\n[Agenda](agenda.md), [February](../2025/february.md#decisions) and [plan](plan.pdf)\n\n\
                 [the plan](../plan.pdf) [top](#march) [gone](#april) <https://example.org/x.md> [folder](../2025/) [page](x.html)\n\n\
                 `[code](code.md)`\n\n> [old](old.md)\n\n[out](../../../../x.md) [site](/blog/x.md) [root](/minutes/plan.pdf)\n\n\
                 [minutes](/minutes/2026/may.md) [decided](../2025/february.md#decision)\n";
    let february = "---\ntitle: February\n---\n\n## Decisions\n\n## Decisions\n\n<a id=\"vote\"></a>\n\n[one](#decisions-1) [vote](#vote) [L](#L10)\n";
    assert_eq!(
        found(&[
            ("minutes/2026/march.md", march),
            ("minutes/2025/february.md", february),
            ("minutes/2026/agenda-1.md", "# Agenda\n"),
            ("minutes/plan.pdf", ""),
        ]),
        [
            "minutes/2026/march.md:3: the link leads to `minutes/2026/agenda.md`, which does not exist; did you mean `minutes/2026/agenda-1.md`?",
            "minutes/2026/march.md:3: the link leads to `minutes/2026/plan.pdf`, which does not exist; correct the link, or add the file",
            "minutes/2026/march.md:5: `minutes/2026/march.md` has no heading for the anchor `#april`; correct the anchor, or the heading",
            "minutes/2026/march.md:13: the link leads to `minutes/2026/may.md`, which does not exist; correct the link, or add the file",
            "minutes/2026/march.md:13: `minutes/2025/february.md` has no heading for the anchor `#decision`; did you mean `#decisions`?",
        ]
    );
}

#[test]
fn paths_that_a_schema_declares_are_followed_from_where_it_says() {
    let record = "slides: [a.pdf, ../a.pdf, 'https://example.org/a.pdf']\nplan: minutes/plan.odt\n";
    let other = "slides: /minutes/a.pdf\nplan: plan.odt\n";
    assert_eq!(
        found(&[
            ("minutes/1/x.yaml", record),
            ("minutes/1/y.yaml", other),
            ("minutes/a.pdf", ""),
            ("plan.odt", ""),
        ]),
        [
            "minutes/1/x.yaml:1: the link leads to `minutes/1/a.pdf`, which does not exist; correct the link, or add the file",
            "minutes/1/x.yaml:2: the link leads to `minutes/plan.odt`, which does not exist; correct the link, or add the file",
        ]
    );
}

#[test]
fn a_file_with_the_same_name_in_another_folder_was_probably_meant() {
    assert_eq!(
        found(&[("minutes/1/x.md", "[old](../3/y.md)\n"), ("minutes/2/y.md", "# Y\n")]),
        [
            "minutes/1/x.md:1: the link leads to `minutes/3/y.md`, which does not exist; did you mean `minutes/2/y.md`?"
        ]
    );
}

#[test]
fn a_comment_suppresses_a_link() {
    let text =
        "# Minutes\n\n<!-- rapporteur: allow(link-dangling) it comes -->\n[April](april.md)\n";
    assert_eq!(found(&[("minutes/x.md", text)]), [""; 0]);
}

#[cfg(unix)]
#[test]
fn nothing_outside_of_the_project_is_looked_for() {
    let at = folder(&[
        ("p/rapporteur.toml", CONFIG),
        ("p/m.schema.json", SCHEMA),
        (
            "p/minutes/x.md",
            "[a](out/secret.md) [b](out/none.md) [c](../../secret.md) [d](../../none.md)\n",
        ),
        ("secret.md", ""),
    ]);
    std::os::unix::fs::symlink("../..", at.path().join("p/minutes/out")).unwrap();
    let (_, out, _) = run_in(&at.path().join("p"), &["check", "--quiet", "--format=concise"]);
    assert_eq!(out, "", "what is there cannot be told from what is not");
}
