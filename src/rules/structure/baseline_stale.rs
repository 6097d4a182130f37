//! A line of the baseline whose finding is gone.

use crate::{
    finding::{Family, Severity},
    message::quoted,
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
    // Without a day, nothing expires.
    let has_day = findings.as_of().is_some();
    let stale =
        judged.stale.iter().filter(|(entry, _)| has_day || entry.rule != "allowance-expired");
    for (entry, place) in stale {
        let at = match entry.pointer() {
            "" => String::new(),
            pointer => format!(" at {}", quoted(pointer)),
        };
        let owner = match entry.owner().as_str() {
            "" => String::new(),
            owner => format!(" in {}", quoted(owner)),
        };
        findings
            .at(*place, format!("the finding of `{}`{at}{owner} is gone", entry.rule))
            .help("run `rapporteur baseline prune` to remove stale lines")
            .value(entry.fingerprint.as_str());
    }
}
