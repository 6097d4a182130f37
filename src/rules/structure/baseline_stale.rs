//! A line of the baseline whose finding is gone.

use crate::{
    finding::{Family, Severity},
    rule::{Check, Findings, Fix, Judged, Rule, RuleId},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("baseline-stale"),
    family: Family::Structure,
    summary: "a line of the baseline whose finding is gone",
    level: Some(Severity::Warning),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/baseline-stale.md"),
    options: &[],
    check: Check::Allowances(check),
};

fn check(judged: &Judged<'_>, findings: &mut Findings<'_>) {
    // What has run out is told only to those who look from a day.
    let has_day = findings.as_of().is_some();
    let stale =
        judged.stale.iter().filter(|(entry, _)| has_day || entry.rule != "allowance-expired");
    for (entry, place) in stale {
        findings
            .at(*place, format!("the baseline knows a finding of `{}` that is gone", entry.rule))
            .help("`rapporteur baseline prune` takes out what is gone")
            .value(entry.fingerprint.as_str());
    }
}
