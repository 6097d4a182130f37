//! A pointer of the configuration that names an item of a list by its index, though the item has a key.

use crate::{
    finding::{Family, Severity},
    message::shown,
    rule::{Check, Findings, Fix, Judged, Rule, RuleId},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("allowance-by-index"),
    family: Family::Structure,
    summary: "an allowance whose pointer names a list item by its index, where the item has a key",
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
            .at(one.place, "the pointer names a list item by its index, and the item has a key")
            .help(format!(
                "write `{}`, which stays right when items are inserted",
                shown(&one.better)
            ))
            .value(one.better.as_str());
    }
}
