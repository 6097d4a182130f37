//! A pointer in the configuration that names a list item by its index, although the item has a key.

use crate::{
    finding::{Family, Severity},
    message::quoted,
    rule::{Check, Findings, Fix, Judged, Rule, RuleId},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("allowance-by-index"),
    family: Family::Structure,
    summary: "a suppression that names a list item by its index, although the item has a key",
    level: Some(Severity::Info),
    since: "0.1.0",
    fix: Fix::Suggested,
    page: include_str!("../../../docs/rules/allowance-by-index.md"),
    options: &[],
    check: Check::Allowances(check),
};

fn check(judged: &Judged<'_>, findings: &mut Findings<'_>) {
    for one in judged.by_index {
        findings
            .at(
                one.place,
                format!(
                    "the pointer {} names a list item by its index, but the item has a key",
                    quoted(&one.pointer)
                ),
            )
            .help(format!(
                "write {}, which stays right when items are inserted",
                quoted(&one.better)
            ))
            .value(one.better.as_str());
    }
}
