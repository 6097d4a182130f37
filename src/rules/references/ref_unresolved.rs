//! A citation of a document that no record and no register lists.

use std::collections::BTreeSet;

use crate::{
    corpus::{
        Group,
        relation::{Key, key::KeyPart},
    },
    finding::Family,
    rule::{Check, Findings, Fix, On, Rule, RuleId},
    rules::references::ref_not_in_register,
    vocabulary::KeyOptions,
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("ref-unresolved"),
    family: Family::References,
    summary: "a citation of a document that no record and no register lists",
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
    // A citation that must lead to a record here is reported by `ref-dangling`.
    let here = group.members.iter().any(|member| {
        matches!(member.part(), KeyPart::Citation(options) if !options.has(KeyOptions::EXTERNAL))
    });
    if defined || here || ref_not_in_register::is_complete(group) {
        return;
    }
    let mut seen = BTreeSet::new();
    for member in &group.members {
        if matches!(member.part(), KeyPart::Citation(_)) && seen.insert(member.place()) {
            let (space, shown) = (member.space(), member.shown());
            findings
                .at(member.place(), format!("no record or register lists the {space} `{shown}`"))
                .help(format!("correct the citation, or add the {space} to a register"))
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
    fn every_citation_of_an_unknown_document_is_reported() {
        check(
            &RULE,
            r#"
=== a.yaml
kind: letter
references:
  - {raw: the report, symbol: A/65/203}
#                             ^^^^^^^^ warning: no record or register lists the document `A/65/203`
=== b.json
{"kind": "resolution", "reportOf": "A/65/203"}
#                                   ^^^^^^^^ warning: no record or register lists the document `A/65/203`
"#,
        );
    }

    #[test]
    fn documents_in_a_record_or_register_are_known_in_every_spelling() {
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
    fn a_dangling_reference_is_not_reported() {
        check(&RULE, "kind: letter\nevent: debate\n");
    }

    #[test]
    fn an_unreadable_file_silences_the_rule() {
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
