//! A reference to a record that is not among the records.

use std::collections::BTreeSet;

use crate::{
    calendar,
    corpus::{
        Group,
        relation::{Key, key::KeyPart},
    },
    finding::{Family, Severity},
    message::{quoted, spelled_out},
    rule::{Check, Findings, Fix, On, Rule, RuleId},
    vocabulary::KeyOptions,
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("ref-dangling"),
    family: Family::References,
    summary: "a reference to a record that is not among the records",
    level: Some(Severity::Warning),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/ref-dangling.md"),
    options: &[],
    check: Check::Group(&On::<Key>(check)),
};

fn check(group: &Group<'_, Key>, findings: &mut Findings<'_>) {
    let defined =
        group.members.iter().any(|member| matches!(member.part(), KeyPart::Definition(_)));
    if defined {
        return;
    }
    let mut seen = BTreeSet::new();
    for member in &group.members {
        let here = matches!(member.part(),
            KeyPart::Citation(options) if !options.has(KeyOptions::EXTERNAL));
        if here && seen.insert(member.place()) {
            let (space, shown) = (member.space(), member.shown());
            if let Some(scope) = scope(member.part()) {
                let message = format!(
                    "the {space} {} is not defined in this {scope}",
                    quoted(&spelled_out(&readable(shown)))
                );
                findings
                    .at(member.place(), message)
                    .help("correct the reference, or define the key")
                    .value(space)
                    .value(shown);
                continue;
            }
            findings
                .at(member.place(), message(space, shown))
                .help("add the record, or correct the reference")
                .needs_all()
                .value(space)
                .value(shown);
        }
    }
}

/// What the key of a citation counts in, if it does not count everywhere.
fn scope(part: KeyPart) -> Option<&'static str> {
    match part {
        KeyPart::Citation(options) if options.has(KeyOptions::OF_RECORD) => Some("record"),
        KeyPart::Citation(options) if options.has(KeyOptions::OF_FILE) => Some("file"),
        _ => None,
    }
}

/// The message for a key of this namespace.
fn message(space: &str, key: &str) -> String {
    if space == "record" {
        format!("{} is not the id of any record here", quoted(&spelled_out(key)))
    } else {
        let key = spelled_out(&readable(key));
        format!("the {space} {} is not among the records", quoted(&key))
    }
}

/// A key of several values with its dates in words.
fn readable(key: &str) -> String {
    let values: Vec<&str> = key.split(", ").collect();
    if values.len() < 2 {
        return key.to_owned();
    }
    let in_words = |value: &str| calendar::iso_date(value).map_or(value.to_owned(), calendar::long);
    values.into_iter().map(in_words).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check;

    #[test]
    fn a_missing_letter_is_named_by_author_and_date() {
        check(
            &RULE,
            r#"
kind: letter
id: second
date: "2010-12-21"
author: {name: Joseph Deiss}
references:
  - raw: my letter of 18 October 2010
    letter: {from: Joseph Deiss, dated: "2010-10-18"}
#                                        ^^^^^^^^^^ warning: the letter `Joseph Deiss, 18 October 2010` is not among the records
"#,
        );
    }

    #[test]
    fn case_and_spaces_make_no_difference() {
        check(
            &RULE,
            r#"
=== first.yaml
kind: letter
id: first
date: "2010-10-18"
author: {name: Joseph Deiss}
=== second.yaml
kind: letter
id: second
references:
  - raw: my letter of 18 October 2010
    letter: {from: "joseph  DEISS", dated: "2010-10-18"}
"#,
        );
    }

    #[test]
    fn every_reference_to_a_missing_record_is_reported() {
        check(
            &RULE,
            r#"
=== a.yaml
kind: letter
event: debate
#      ^^^^^^ warning: `debate` is not the id of any record here
=== b.json
{"kind": "statement", "event": "debate", "supersedes": ["debate"]}
#                               ^^^^^^ warning: `debate` is not the id of any record here
#                                                        ^^^^^^ warning: `debate` is not the id of any record here
"#,
        );
    }

    #[test]
    fn documents_may_be_outside_the_folder() {
        check(&RULE, "kind: letter\nreferences:\n  - {raw: the report, symbol: A/65/203}\n");
    }

    #[test]
    fn an_unreadable_file_silences_the_rule() {
        check(
            &RULE,
            r#"
=== a.yaml
kind: letter
event: debate
=== b.yaml
kind: event
id: "debate
"#,
        );
    }

    #[test]
    fn a_key_may_count_in_its_record_or_its_file_only() {
        let messages = |among: &str| {
            let key = format!(r#"{{"space": "session"{among}}}"#);
            let schema = format!(
                r#"{{"properties": {{"kind": {{"const": "plan"}}, "n": {{"items": {{"x-defines": {key}}}}}, "after": {{"x-cites": {key}}}}}}}"#
            );
            let catalog = crate::schema::Catalog::new(&[("plan.json".into(), schema)]);
            let files = [
                (
                    "a.jsonl",
                    "{\"kind\": \"plan\", \"n\": [1, 2], \"after\": 1}\n{\"kind\": \"plan\", \"n\": [1], \"after\": 2}\n",
                ),
                ("b.jsonl", "{\"kind\": \"plan\", \"n\": [1], \"after\": 2}\n"),
            ];
            let files = files.map(|(path, text)| (path.to_owned(), text.to_owned()));
            let found = crate::testing::findings_with(&catalog, &RULE, &files);
            found.into_iter().map(|finding| finding.message).collect::<Vec<String>>()
        };
        assert_eq!(messages("").len(), 0);
        assert_eq!(
            messages(r#", "among": "record""#),
            ["the session `2` is not defined in this record"; 2]
        );
        assert_eq!(
            messages(r#", "among": "file""#),
            ["the session `2` is not defined in this file"]
        );
    }

    #[test]
    fn a_key_of_a_date_is_found_however_the_instant_is_written() {
        let schema = r#"{"properties": {"kind": {"const": "plan"}, "on": {"x-form": "iso-date", "x-defines": "day"}, "of": {"items": {"x-form": "iso-date", "x-cites": "day"}}}}"#;
        let catalog = crate::schema::Catalog::new(&[("plan.json".into(), schema.to_owned())]);
        let text = r#"{"kind": "plan", "on": "2026-03-02T09:00", "of": ["2026-03-02 09:00", "2026-03-02T09:00:00", "2026-03-02T09:00Z"]}"#;
        let found = crate::testing::findings_with(
            &catalog,
            &RULE,
            &[("a.json".to_owned(), text.to_owned())],
        );
        assert_eq!(found.len(), 1);
    }
}
