//! A citation of a resolution or document that a complete register does not list.

use std::collections::BTreeSet;

use crate::{
    corpus::{
        Group,
        relation::{Key, key::KeyPart},
    },
    finding::{Family, MissingKey, Severity},
    message::quoted,
    rule::{Check, Findings, Fix, On, Rule, RuleId},
    rules::references::ref_date_conflict::act,
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("ref-not-in-register"),
    family: Family::References,
    summary: "a citation of a resolution or document that a complete register does not list",
    level: Some(Severity::Warning),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/ref-not-in-register.md"),
    options: &[],
    check: Check::Group(&On::<Key>(check)),
};

fn check(group: &Group<'_, Key>, findings: &mut Findings<'_>) {
    let is_known = group.members.iter().any(|one| matches!(one.part(), KeyPart::Definition(_)));
    if is_known || !is_complete(group) {
        return;
    }
    let mut seen = BTreeSet::new();
    for member in &group.members {
        let is_citation = matches!(member.part(), KeyPart::Citation(_) | KeyPart::Mention);
        if !is_citation || !seen.insert(member.place()) {
            continue;
        }
        let shown = quoted(member.shown());
        findings
            .at(
                member.place(),
                format!("{shown} is not in the register, which is complete for its time"),
            )
            .help("check the number, or add it to the register")
            .needs_all()
            .missing_key(MissingKey {
                space: member.space().to_owned(),
                scope: member.scope().to_owned(),
                shown: member.normal().to_owned(),
                kinds: Vec::new(),
                needs_others: true,
                is_act: true,
            })
            .value(member.space())
            .value(member.normal());
    }
}

/// Whether the key of the group is an act of a stretch that the registers list without a gap.
pub(super) fn is_complete(group: &Group<'_, Key>) -> bool {
    let complete = &group.shared.complete;
    let Some(first) = group.members.first().filter(|_| !complete.is_empty()) else { return false };
    let of_space = || complete.iter().filter(|one| one.space == first.space());
    if of_space().next().is_none() {
        return false;
    }
    let act = act(first.normal());
    of_space().any(|one| one.stretch.has(first.normal(), act.as_ref()))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::{
        schema::{Catalog, Complete, Stretch},
        symbol::Organ,
        testing::findings_with,
    };

    /// The findings in a letter, beside a register that is complete for sessions 60 to 65 and for 2000 to 2010.
    fn found(letter: &str) -> Vec<String> {
        let mut catalog = Catalog::new(&[]);
        let of = |organ, by_session, range| Complete {
            space: "document".to_owned(),
            stretch: Stretch::Resolutions { organ, by_session, range },
        };
        let series = Stretch::Series("A/65/L.".to_owned());
        catalog.set_complete(vec![
            of(Organ::GeneralAssembly, true, 60..=65),
            of(Organ::SecurityCouncil, false, 2000..=2010),
            Complete { space: "document".to_owned(), stretch: series },
        ]);
        let register = "kind: register\nentries:\n  - {symbol: A/RES/63/225}\n  - {symbol: A/RES/62/208 A}\n  \
                        - {symbol: S/RES/1325 (2000)}\n  - {symbol: A/65/L.9}\n";
        let files = [
            ("letter.yaml".to_owned(), format!("kind: letter\n{letter}\n")),
            ("register.yaml".to_owned(), register.to_owned()),
        ];
        findings_with(&catalog, &RULE, &files).into_iter().map(|one| one.message).collect()
    }

    fn cited(symbol: &str) -> usize {
        found(&format!("references: [{{raw: x, symbol: {symbol}}}]")).len()
    }

    #[test]
    fn a_resolution_that_is_not_listed_is_reported() {
        assert_eq!(
            found("references: [{raw: x, symbol: A/RES/63/252}]"),
            ["`A/RES/63/252` is not in the register, which is complete for its time"]
        );
        for symbol in ["A/RES/60/1", "A/RES/65/1 B", "S/RES/1326 (2000)", "A/65/L.8"] {
            assert_eq!(cited(symbol), 1, "{symbol}");
        }
    }

    #[test]
    fn what_is_listed_or_outside_is_not_reported() {
        for symbol in [
            "A/RES/63/225",
            "A/RES/62/208",
            "A/RES/62/208 B",
            "S/RES/1325 (2000)",
            "A/RES/59/1",
            "A/RES/66/1",
            "A/RES/S-27/2",
            "S/RES/1960 (2011)",
            "A/65/203",
            "A/DEC/63/501",
            "A/HRC/RES/61/1",
            "A/65/L.9",
            "A/65/L.8/Add.1",
            "A/66/L.8",
            "A/C.3/65/L.8",
        ] {
            assert_eq!(cited(symbol), 0, "{symbol}");
        }
    }

    #[test]
    fn citations_in_prose_are_checked() {
        let prose = |text: &str| found(&format!("paragraphs: [\"{text}\"]")).len();
        assert_eq!(prose("See General Assembly resolution 63/252."), 1);
        assert_eq!(prose("See General Assembly resolution 63/252 of 24 December 2008."), 1);
        assert_eq!(prose("See General Assembly resolution 63/225."), 0);
        assert_eq!(prose("See resolution 63/252."), 0, "of an organ that is not known");
    }
}
