//! A line of the baseline whose finding is gone.

use crate::{
    finding::{Family, Severity},
    rule::{Check, Findings, Fix, Judged, Rule},
};

pub(crate) static RULE: Rule = Rule {
    id: "baseline-stale",
    family: Family::Structure,
    summary: "a line of the baseline whose finding is gone",
    level: Some(Severity::Error),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/baseline-stale.md"),
    check: Check::Allowances(check),
};

fn check(judged: &Judged<'_>, findings: &mut Findings<'_>) {
    for (entry, place) in &judged.stale {
        findings
            .at(*place, format!("the baseline knows a finding of `{}` that is gone", entry.rule))
            .help("`rapporteur baseline prune` takes out what is gone")
            .value(entry.fingerprint.as_str());
    }
}
