//! A citation of a document that neither a record nor a register knows.

use std::collections::BTreeSet;

use crate::{
    corpus::{
        Group,
        relation::{Key, key::KeyPart},
    },
    finding::Family,
    rule::{Check, Findings, Fix, On, Rule, RuleId},
    vocabulary::KeyOptions,
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("ref-unresolved"),
    family: Family::References,
    summary: "a citation of something outside the records that no register knows",
    level: None,
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/ref-unresolved.md"),
    options: &[],
    check: Check::Group(&On::<Key>(check)),
};

fn check(group: &Group<'_, Key>, findings: &mut Findings<'_>) {
    let defined =
        group.members.iter().any(|member| matches!(member.part(), KeyPart::Definition(_)));
    // A citation of what must be among the records makes it a missing record, told by another rule.
    let here = group.members.iter().any(|member| {
        matches!(member.part(), KeyPart::Citation(options) if !options.has(KeyOptions::EXTERNAL))
    });
    if defined || here {
        return;
    }
    let mut seen = BTreeSet::new();
    for member in &group.members {
        if matches!(member.part(), KeyPart::Citation(_)) && seen.insert(member.place()) {
            let (space, shown) = (member.space(), member.shown());
            findings
                .at(member.place(), format!("no record and no register has the {space} `{shown}`"))
                .help("correct the citation, or add it to a register of what is known to exist")
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
    fn every_place_that_cites_an_unknown_document_is_told() {
        check(
            &RULE,
            r#"
=== a.yaml
kind: letter
references:
  - {raw: the report, symbol: A/65/203}
#                             ^^^^^^^^ warning: no record and no register has the document `A/65/203`
=== b.json
{"kind": "resolution", "reportOf": "A/65/203"}
#                                   ^^^^^^^^ warning: no record and no register has the document `A/65/203`
"#,
        );
    }

    #[test]
    fn what_a_register_or_a_record_defines_is_known_however_it_is_spelled() {
        check(
            &RULE,
            r"
=== a.yaml
kind: letter
references:
  - {raw: the report, symbol: A/65/203}
  - {raw: x, symbol: A/RES/217A (III)}
  - {raw: y, symbol: General Assembly resolution 65/170}
=== b.yaml
kind: register
entries:
  - {symbol: A/65/203}
  - {symbol: A/RES/217 A (III)}
=== c.yaml
kind: resolution
symbol: A/RES/65/170
",
        );
    }

    #[test]
    fn what_must_be_among_the_records_is_told_by_another_rule() {
        check(&RULE, "kind: letter\nevent: debate\n");
    }

    #[test]
    fn nothing_is_unknown_while_a_file_cannot_be_read() {
        check(
            &RULE,
            r#"
=== a.yaml
kind: letter
references:
  - {raw: the report, symbol: A/65/203}
=== b.yaml
kind: register
id: "register
"#,
        );
    }
}
