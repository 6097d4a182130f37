//! A reference to something that no record defines.

use std::collections::BTreeSet;

use crate::{
    corpus::{
        Group,
        relation::{Key, key::KeyPart},
    },
    finding::{Family, Severity},
    rule::{Check, Findings, Fix, On, Rule, RuleId},
    vocabulary::KeyOptions,
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("ref-dangling"),
    family: Family::References,
    summary: "a reference to something that no record defines",
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
                .at(member.place(), format!("no record defines the {space} `{shown}`"))
                .help("add its record, or correct the reference")
                .needs_all()
                .value(space)
                .value(shown);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check;

    #[test]
    fn a_letter_that_is_not_there_is_named_by_author_and_date() {
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
#                                        ^^^^^^^^^^ warning: no record defines the letter `Joseph Deiss, 2010-10-18`
"#,
        );
    }

    #[test]
    fn a_letter_that_is_there_is_found_without_regard_to_case_and_spaces() {
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
    fn every_place_that_names_a_missing_record_is_told() {
        check(
            &RULE,
            r#"
=== a.yaml
kind: letter
event: debate
#      ^^^^^^ warning: no record defines the record `debate`
=== b.json
{"kind": "statement", "event": "debate", "supersedes": ["debate"]}
#                               ^^^^^^ warning: no record defines the record `debate`
#                                                        ^^^^^^ warning: no record defines the record `debate`
"#,
        );
    }

    #[test]
    fn documents_may_lie_outside_the_folder() {
        check(&RULE, "kind: letter\nreferences:\n  - {raw: the report, symbol: A/65/203}\n");
    }

    #[test]
    fn nothing_is_missing_while_a_file_cannot_be_read() {
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
