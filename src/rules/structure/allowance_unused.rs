//! An allowance of which no finding is left.

use crate::{
    finding::{Family, Severity},
    rule::{Check, Findings, Fix, Judged, Rule, RuleId},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("allowance-unused"),
    family: Family::Structure,
    summary: "an allowance that no finding needs any more",
    level: Some(Severity::Warning),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/allowance-unused.md"),
    options: &[],
    check: Check::Allowances(check),
};

fn check(judged: &Judged<'_>, findings: &mut Findings<'_>) {
    if !judged.complete {
        return;
    }
    let as_of = findings.as_of();
    for (allowance, used) in &judged.usable {
        // One that has run out has its own rule.
        if allowance.until.is_some_and(|(until, _)| as_of.is_some_and(|day| day > until)) {
            continue;
        }
        for ((id, place), used) in allowance.rules.iter().zip(used.iter()) {
            // Of a rule that does not run nobody knows what it would find.
            let is_judged = judged.rules.find(id).is_some() && judged.runs(id) && id != LATER;
            if !used && is_judged {
                let message = format!("nothing here is a finding of `{id}`");
                findings.at(*place, message).help("take the allowance away").value(id.as_str());
            }
        }
    }
    // A finding of any rule may have the fingerprint, so that all have to run.
    let all_run = judged.rules.iter().all(|rule| rule.level.is_none() || judged.runs(&rule.id));
    for (fingerprint, place) in judged.unmet.iter().filter(|_| all_run) {
        findings
            .at(*place, "no finding has this fingerprint")
            .help("take the allowance away")
            .id("fingerprint")
            .value(*fingerprint);
    }
}

/// What is left over of a baseline is known only when all else has been told.
const LATER: &str = "baseline-stale";

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, findings};

    #[test]
    fn nobody_needs_it() {
        check(
            &RULE,
            r"
id: a
kind: background
title: On migration # rapporteur: allow(allowance-unused) kept
#                                       ^^^^^^^^^^^^^^^^ warning: nothing here is a finding of `allowance-unused`
",
        );
    }

    #[test]
    fn a_rule_that_does_not_run_is_not_judged() {
        check(&RULE, "kind: background\ntitle: On migration # rapporteur: allow(schema) kept\n");
        check(&RULE, "kind: background\ntitle: On migration # rapporteur: allow(shcema) kept\n");
    }

    #[test]
    fn where_a_file_cannot_be_read_nobody_knows() {
        let used = "kind: background\ntitle: On # rapporteur: allow(allowance-unused) kept\n";
        let files = |other: &str| {
            [("a.yaml".to_owned(), used.to_owned()), ("b.json".to_owned(), other.to_owned())]
        };
        assert_eq!(findings(&RULE, &files("{}")).len(), 1);
        assert_eq!(findings(&RULE, &files("{")).len(), 0);
    }
}
