//! A revision or a corrigendum of a document that complete records or registers do not have.

use std::collections::BTreeSet;

use crate::{
    corpus::{
        Group,
        relation::{Key, key::KeyPart},
    },
    finding::{Family, Severity},
    message::quoted,
    rule::{Check, Findings, Fix, On, Rule, RuleId},
    rules::references::ref_not_in_register::is_complete,
    vocabulary::KeyOptions,
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("base-document-missing"),
    family: Family::References,
    summary: "a revision or a corrigendum of a document that is not among complete records",
    level: Some(Severity::Warning),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/base-document-missing.md"),
    options: &[],
    check: Check::Group(&On::<Key>(check)),
};

fn check(group: &Group<'_, Key>, findings: &mut Findings<'_>) {
    let is_known = group.members.iter().any(|one| matches!(one.part(), KeyPart::Definition(_)));
    if is_known {
        return;
    }
    let mut seen = BTreeSet::new();
    let mut in_complete = None;
    for member in &group.members {
        let KeyPart::Later(options) = member.part() else { continue };
        let counts = options.has(KeyOptions::CLOSED)
            || *in_complete.get_or_insert_with(|| is_complete(group));
        if !counts || !seen.insert(member.place()) {
            continue;
        }
        let (later, base) = (quoted(member.shown()), quoted(member.normal()));
        findings
            .at(
                member.place(),
                format!("{later} is here, but {base}, which it corrects or revises, is not"),
            )
            .help("check the symbol, or add the document that it corrects or revises")
            .needs_all()
            .value(member.space())
            .value(member.shown());
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::{
        schema::{Catalog, Complete, Space, Stretch},
        testing::findings_with,
    };

    /// The findings in a register, with the drafts of session 65 declared complete.
    fn found(symbols: &[&str]) -> Vec<String> {
        let mut catalog = Catalog::new(&[]);
        let stretch = Stretch::Series("A/65/L.".to_owned());
        catalog.set_complete(vec![Complete { space: "document".to_owned(), stretch }]);
        found_in(&catalog, symbols)
    }

    fn found_in(catalog: &Catalog, symbols: &[&str]) -> Vec<String> {
        let entries: String =
            symbols.iter().map(|symbol| format!("  - {{symbol: {symbol}}}\n")).collect();
        let files = [("register.yaml".to_owned(), format!("kind: register\nentries:\n{entries}"))];
        findings_with(catalog, &RULE, &files).into_iter().map(|one| one.message).collect()
    }

    #[test]
    fn a_revision_without_its_document_is_reported() {
        assert_eq!(
            found(&["A/65/L.8", "A/65/L.9/Rev.1"]),
            ["`A/65/L.9/Rev.1` is here, but `A/65/L.9`, which it corrects or revises, is not"]
        );
        assert_eq!(found(&["A/65/L.9/Corr.1", "A/65/L.9/Rev.2"]).len(), 2);
    }

    #[test]
    fn what_is_there_or_outside_the_series_is_not_reported() {
        for symbols in [
            &["A/65/L.9", "A/65/L.9/Rev.1"][..],
            &["A/65/L.9", "A/65/L.9/Rev.2/Corr.1"],
            &["A/65/L.9/Add.1"],
            &["A/66/L.9/Rev.1"],
            &["A/C.3/65/L.9/Rev.1"],
            &["A/65/203/Corr.1"],
            &["A/RES/65/170/Corr.1"],
        ] {
            assert_eq!(found(symbols), [""; 0], "{symbols:?}");
        }
    }

    #[test]
    fn a_namespace_may_be_declared_complete() {
        let mut catalog = Catalog::new(&[]);
        assert_eq!(found_in(&catalog, &["A/65/203/Corr.1"]).len(), 0);
        let name = "document".to_owned();
        catalog.set_spaces(&[Space { name, complete: Some(true), form: None }]);
        assert_eq!(found_in(&catalog, &["A/65/203/Corr.1"]).len(), 1);
        assert_eq!(found_in(&catalog, &["A/65/203", "A/65/203/Corr.1"]).len(), 0);
    }
}
