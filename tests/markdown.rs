//! Markdown files as records: the page about them, what a configuration has to say, and comments that suppress.

#![expect(clippy::unwrap_used, reason = "a panic in a test is a failure with a place")]

use std::{fs, path::Path, process::Command, sync::Arc};

use rapporteur::{
    Format, Linter,
    source::{Source, Syntax},
    tree::{Tree, value::to_value},
};
use serde_json::Value;
use tempfile::TempDir;

const PAGE: &str = include_str!("../docs/markdown.md");

/// The fence of the page whose first line is `words`.
fn fence(words: &str) -> &'static str {
    let opening = format!("```{words}\n");
    let rest = PAGE.split_once(&opening).unwrap_or_else(|| panic!("no fence {words}")).1;
    rest.split_once("\n```").unwrap().0
}

const SCHEMA: &str = "schemas/minutes.schema.json";

/// What is found in a file by the schema of the page.
fn found(text: &str) -> String {
    let config = format!("[[records]]\nfiles = \"minutes/*.md\"\nschema = \"{SCHEMA}\"\n");
    let linter = Linter::new().with_schema(SCHEMA, fence(&format!("json {SCHEMA}")));
    let report = linter.with_config(&config).unwrap().check_text("minutes/2026-03-11.md", text);
    let lines = Format::Concise.render(&report);
    let lines = lines.lines().take_while(|line| !line.is_empty());
    lines.filter(|line| line.contains(".md:")).map(|line| format!("{line}\n")).collect()
}

#[test]
fn the_page_shows_the_tree_and_the_finding_of_its_example() {
    let text = format!("{}\n", fence("md minutes/2026-03-11.md"));
    let source = Source::new("a.md", Syntax::Markdown, text.as_str());
    let tree = Tree::parse(Arc::new(source));
    let shown: Value = serde_json::from_str(fence("json tree")).unwrap();
    assert_eq!(to_value(tree.records()[0]), shown);
    assert_eq!(found(&text).trim_end(), fence("text findings"));
}

/// A wrong weekday, with a comment before it, behind it, before its section and at the head.
#[test]
fn comments_suppress_in_their_line_block_section_or_file() {
    const ALLOW: &str = "<!-- rapporteur: allow(weekday-mismatch) as announced -->";
    let bad = "**When**: Tuesday, 11 March 2026";
    for (text, expected) in [
        (format!("# A\n\n{bad}\n"), 1),
        (format!("# A\n\n{bad} {ALLOW}\n"), 0),
        (format!("# A\n\n{ALLOW}\n{bad}\n"), 0),
        (format!("# A\n\nText.\n\n{ALLOW}\n\n- {bad}\n"), 0),
        (format!("Text.\n\n{ALLOW}\n## A\n\nText.\n\n{bad}\n\n### B\n"), 0),
        (format!("---\ntitle: T\n---\n\n{ALLOW}\n\n# A\n\n{bad}\n"), 0),
        (
            format!(
                "---\ntitle: T\nx-allow: {{rule: weekday-mismatch, reason: r}}\n---\n# A\n\n{bad}\n"
            ),
            0,
        ),
        // The section before it, and the item after it, are others.
        (format!("Text.\n\n{ALLOW}\n## B\n\n## A\n\n{bad}\n"), 1),
        (format!("# A\n\n{ALLOW}\n- one\n- {bad}\n"), 1),
        // In code it is no comment.
        (format!("# A\n\n```\n{ALLOW}\n```\n\n{bad}\n"), 1),
    ] {
        let lines = found(&text);
        let weekdays = lines.lines().filter(|line| line.contains("[weekday-mismatch]")).count();
        assert_eq!(weekdays, expected, "{text}\n{lines}");
    }
}

#[test]
fn a_comment_that_suppresses_nothing_is_reported_with_the_form_of_markdown() {
    let lines = found("# A\n\n<!-- rapporteur: allow(weekday-mismatch) -->\n\nText.\n");
    assert!(lines.contains(":3:1: error[allowance-invalid]"), "{lines}");
    let lines = found("# A\n\n<!-- rapporteur: allow(weekday-mismatch) it was so -->\n\nText.\n");
    assert!(lines.contains("warning[allowance-unused]"), "{lines}");
    assert_eq!(found("# A\n\n<!-- The rapporteur: off to lunch -->\n"), "");
}

#[test]
fn a_mistake_in_the_front_matter_is_the_only_finding() {
    let lines = found("---\ntitle: [a\n---\n# A\n\n**When**: Tuesday, 11 March 2026\n");
    assert!(lines.contains("error[syntax]") && lines.lines().count() == 1, "{lines}");
}

fn run(folder: &Path, args: &[&str]) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
        .args(args)
        .args(["--color", "never", "--format", "concise"])
        .current_dir(folder)
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap(), text(&output.stdout) + &text(&output.stderr))
}

/// A project with a wrong weekday in a file of minutes, and a page that is no record.
fn project(files: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    let write = |path: &str, text: &str| {
        let at = folder.path().join(path);
        fs::create_dir_all(at.parent().unwrap()).unwrap();
        fs::write(at, text).unwrap();
    };
    write("rapporteur.toml", &format!("[[records]]\nfiles = \"{files}\"\nschema = \"{SCHEMA}\"\n"));
    write(SCHEMA, fence(&format!("json {SCHEMA}")));
    write("minutes/2026-03-11.md", &format!("{}\n", fence("md minutes/2026-03-11.md")));
    write("README.md", "# A\n\n**When**: Tuesday, 11 March 2026\n");
    folder
}

#[test]
fn markdown_is_read_only_if_a_pattern_writes_out_its_ending() {
    for (files, count) in [
        ("minutes/*.md", 1),
        ("**/*.{json,md}", 2),
        ("minutes/*", 0),
        ("**/*", 0),
        ("minutes/**/*.{json,yaml}", 0),
    ] {
        let folder = project(files);
        let (_, out) = run(folder.path(), &["check"]);
        assert_eq!(out.matches("weekday-mismatch]").count(), count, "{files}: {out}");
        assert_eq!(out.contains(".md"), count > 0, "{files}: {out}");
    }
}

#[test]
fn a_named_markdown_file_is_read_and_one_without_a_kind_is_reported() {
    let folder = project("minutes/*.md");
    let (code, out) = run(folder.path(), &["check", "minutes/2026-03-11.md"]);
    assert!(code == 1 && out.contains("weekday-mismatch"), "{out}");
    let (code, out) = run(folder.path(), &["check", "README.md"]);
    assert!(code == 1 && out.contains("unknown-kind"), "{out}");
}
