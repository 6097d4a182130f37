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
            findings
                .at(member.place(), message(space, shown))
                .help("add the record, or correct the reference")
                .needs_all()
                .value(space)
                .value(shown);
        }
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
}
