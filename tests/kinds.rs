//! What the bundled kinds accept and what they refuse. Each table has a sound record of a kind, changes to it, and what
//! is found then.

#![allow(clippy::unwrap_used, reason = "a panic is a failing test with a place")]

#[path = "kinds/content.rs"]
mod content;
#[path = "kinds/minutes.rs"]
mod minutes;
#[path = "kinds/papers.rs"]
mod papers;
#[path = "kinds/resolution.rs"]
mod resolution;

use rapporteur::Linter;

/// A change: its name, texts of the sound record that are there just once with their replacements, and what is found.
type Change = (&'static str, &'static [(&'static str, &'static str)], &'static [&'static str]);

/// What is found in these records, each a file of its own: the rule and the message.
fn found(records: &[&str]) -> Vec<String> {
    let names: Vec<String> = (0..records.len()).map(|number| format!("{number}.yaml")).collect();
    let files: Vec<(&str, &str)> =
        names.iter().map(String::as_str).zip(records.iter().copied()).collect();
    let report = Linter::new().check_texts(&files);
    report.findings.iter().map(|one| format!("{}: {}", one.rule, one.message)).collect()
}

/// Nothing is found in the sound record, and in each changed one what its line says.
fn check(sound: &str, changes: &[Change]) {
    assert_eq!(found(&[sound]), [""; 0], "{sound}");
    for (name, replacements, expected) in changes {
        let changed = replacements.iter().fold(sound.to_owned(), |text, (old, new)| {
            assert_eq!(text.matches(old).count(), 1, "{name}: {old}");
            text.replace(old, new)
        });
        assert_eq!(found(&[&changed]), *expected, "{name}:\n{changed}");
    }
}

const PAGE: &str = include_str!("../docs/kinds.md");

#[test]
fn the_examples_of_the_page_are_sound() {
    let examples: Vec<&str> =
        PAGE.split("\n```yaml\n").skip(1).filter_map(|part| part.split("```").next()).collect();
    assert!(!examples.is_empty());
    assert_eq!(found(&examples), [""; 0]);
}

#[test]
fn the_page_has_a_section_with_an_example_for_each_kind() {
    for (kind, _) in rapporteur::schema::Catalog::bundled().kinds() {
        let section = PAGE.split("\n## ").find(|section| section.starts_with(&format!("{kind}\n")));
        let section = section.unwrap_or_else(|| panic!("docs/kinds.md has no section `{kind}`"));
        assert!(section.contains(&format!("\nkind: {kind}\n")), "{kind} has no example");
    }
}
