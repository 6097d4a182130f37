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

/// The minutes and agendas of `tests/markdown`, and a configuration that names them.
fn shapes(change: impl Fn(&str, String) -> String) -> TempDir {
    let folder = TempDir::new().unwrap();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/markdown");
    let mut config = String::new();
    for (kind, files) in [("minutes", "minutes"), ("agenda", "agendas")] {
        let entry = format!("[[records]]\nfiles = \"{files}/*.md\"\nschema = \"{kind}\"\n\n");
        config.push_str(&entry);
        fs::create_dir(folder.path().join(files)).unwrap();
        for entry in fs::read_dir(from.join(files)).unwrap() {
            let path = entry.unwrap().path();
            let name = format!("{files}/{}", path.file_name().unwrap().to_str().unwrap());
            let text = change(&name, fs::read_to_string(path).unwrap());
            fs::write(folder.path().join(name), text).unwrap();
        }
    }
    fs::write(folder.path().join("rapporteur.toml"), config).unwrap();
    folder
}

/// The lines of a report that are findings at warning or above.
fn findings(folder: &Path) -> Vec<String> {
    let (_, out) = run(folder, &["check"]);
    let is_finding = |line: &&str| line.contains(": error[") || line.contains(": warning[");
    out.lines().filter(is_finding).map(str::to_owned).collect()
}

#[test]
fn what_is_understood_of_ten_shapes() {
    let folder = shapes(|_, text| text);
    let output = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
        .arg("facts")
        .current_dir(folder.path())
        .output()
        .unwrap();
    insta::assert_snapshot!(String::from_utf8(output.stdout).unwrap());
    assert_eq!(findings(folder.path()), [""; 0]);
}

/// The file, what it says, what it says by mistake, and the finding.
const MISTAKES: &[(&str, &str, &str, &str)] = &[
    ("minutes/2026-03-04-quay.md", "8am-9am", "9am-10am", ":4:55: error[zoned-times-disagree]"),
    ("minutes/2026-03-04-quay.md", "Wednesday, 4", "Tuesday, 4", ":4:13: error[weekday-mismatch]"),
    ("minutes/2026-03-04-quay.md", "4 March 2026, 16", "5 March 2026, 16", ":4:13: error["),
    ("minutes/2026-03-04-quay.md", "TR: The", "TK: The", ":16:1: warning[ref-dangling]"),
    (
        "minutes/2026-03-04-quay.md",
        "* Wim van der Meer (WM)",
        "* Tomas Rekdal",
        ":12:3: warning[duplicate-entry]",
    ),
    ("minutes/2026-03-04-quay.md", "18 March", "18 February", ":29:1: error[dates-out-of-order]"),
    ("minutes/2026-03-04-quay.md", "Monday, 9", "Sunday, 9", ":20:8: error[weekday-mismatch]"),
    (
        "minutes/2026-03-11-board.md",
        "were three",
        "were four",
        ":20:14: error[attendance-inconsistent]",
    ),
    (
        "minutes/2026-03-11-board.md",
        "by Rosa Quint",
        "by Petra Olsen",
        ":24:39: warning[ref-dangling]",
    ),
    ("minutes/2026-03-11-board.md", "3-0-0", "4-0-0", ":24:74: error[attendance-inconsistent]"),
    (
        "minutes/2026-03-11-board.md",
        "by Rosa Quint",
        "by Ingmar Falk",
        ":24:39: warning[duplicate-entry]",
    ),
    ("minutes/2026-03-11-board.md", "14:00 EDT", "15:00 EDT", ":5:31: error[zoned-times-disagree]"),
    (
        "minutes/2026-03-18-community.md",
        "Siri Dahl",
        "Noor Haddad",
        ":9:40: warning[duplicate-entry]",
    ),
    (
        "minutes/2026-03-18-community.md",
        "date: 2026-03-18",
        "date: 2026-03-19",
        ":7:21: error[dates-disagree-in-record]",
    ),
    (
        "minutes/2026-03-18-community.md",
        "Sunday, 22",
        "Monday, 22",
        ":15:20: error[weekday-mismatch]",
    ),
    ("minutes/2026-04-01-votes.md", "2–1", "3–1", ":29:22: error[votes-inconsistent]"),
    (
        "minutes/2026-04-01-votes.md",
        "Dee Fell: No",
        "Ada Moss: No",
        ":26:3: warning[duplicate-entry]",
    ),
    (
        "minutes/2026-04-01-votes.md",
        "Passed 4 to 0",
        "Failed 4 to 0",
        ":33:65: warning[outcome-contradicts-votes]",
    ),
    (
        "minutes/year-2026.md",
        "May 14, 2026\n\n|",
        "April 9, 2026\n\n|",
        ":24:17: error[dates-out-of-order]",
    ),
    ("minutes/year-2026.md", "NB: we", "NK: we", ""),
    ("minutes/2026-05-20-initials.md", "IB: First", "IR: First", ":11:1: warning[ref-dangling]"),
    (
        "minutes/2026-06-03-compte-rendu.md",
        "12:00 UTC",
        "13:00 UTC",
        ": error[zoned-times-disagree]",
    ),
    ("minutes/2026-06-03-compte-rendu.md", "mercredi 17", "jeudi 17", ": error[weekday-mismatch]"),
    ("agendas/2026-10-28-call.md", "16:00\n", "17:00\n", ":6:48: error[zoned-times-disagree]"),
    ("agendas/2026-10-28-call.md", "Thu, 29", "Wed, 29", ":7:29: error[weekday-mismatch]"),
    (
        "agendas/2026-11-04-primary.md",
        "(30 min)",
        "(35 min)",
        ":12:12: warning[part-outside-whole]",
    ),
];

#[test]
fn each_mistake_in_a_shape_is_found_at_its_line_and_nothing_else_is() {
    for (file, right, wrong, expected) in MISTAKES {
        let folder = shapes(|name, text| {
            if name == *file {
                assert!(text.contains(*right), "{file}: {right}");
                text.replacen(right, wrong, 1)
            } else {
                text
            }
        });
        let found = findings(folder.path());
        let found: Vec<&String> = found.iter().collect();
        match *expected {
            "" => assert!(found.is_empty(), "{file}: {wrong}: {found:?}"),
            _ => {
                assert!(
                    found.iter().any(|line| line.starts_with(file) && line.contains(expected)),
                    "{file}: {wrong}: {found:?}"
                );
                let rule = expected.split('[').nth(1).unwrap_or_default();
                assert!(found.iter().all(|line| line.contains(rule)), "{file}: {wrong}: {found:?}");
            }
        }
    }
}

/// Two texts of which the same parts are understood are two texts; a copy is a copy.
#[test]
fn only_a_copy_of_the_whole_text_is_a_duplicate() {
    let links = (0..30).map(|number| format!("- [the list of cranes](list-{number}.md)\n"));
    let text = format!("# Crane group\n\nWe met.\n\n{}", links.collect::<String>());
    let config = "[[records]]\nfiles = \"*.md\"\nschema = \"minutes\"\n";
    let linter = Linter::new().with_config(config).unwrap();
    let count = |other: &str| {
        let report = linter.check_texts(&[("a.md", &text), ("b.md", other)]);
        Format::Concise.render(&report).matches("[duplicate-exact]").count()
    };
    assert_eq!(count(&text), 1);
    assert_eq!(count(&text.replace("We met.", "We met again.")), 0);
}
