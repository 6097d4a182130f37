//! A suppression without a finding to suppress.

use crate::{
    allow::Missing,
    finding::{Family, Severity},
    message::quoted,
    rule::{Check, Findings, Fix, Judged, Rule, RuleId},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("allowance-unused"),
    family: Family::Structure,
    summary: "a suppression without a finding to suppress",
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
    for (number, (allowance, used)) in judged.usable.iter().enumerate() {
        // `allowance-expired` reports a suppression that has expired.
        if allowance.until.is_some_and(|(until, _)| as_of.is_some_and(|day| day > until)) {
            continue;
        }
        for ((id, place), used) in allowance.rules.iter().zip(used.iter()) {
            // It is unknown what a rule that does not run would find.
            let is_judged = judged.rules.find(id).is_some() && judged.runs(id) && id != LATER;
            if !used && is_judged {
                let missing = judged.missing.get(number).and_then(Option::as_ref);
                let (message, help) = unused(id, allowance.scope.is_some(), missing);
                findings.at(*place, message).help(help).value(id.as_str());
            }
        }
    }
    // A finding of any rule may have the fingerprint, so that all have to run.
    let all_run = judged.rules.iter().all(|rule| rule.level.is_none() || judged.runs(&rule.id));
    for (fingerprint, place) in judged.unmet.iter().filter(|_| all_run) {
        findings
            .at(*place, format!("no finding has the fingerprint `{fingerprint}`"))
            .help("remove the suppression")
            .id("fingerprint")
            .value(*fingerprint);
    }
}

/// The message and the help for a rule of a suppression that suppresses none of its findings.
fn unused(id: &str, is_in_record: bool, missing: Option<&Missing>) -> (String, &'static str) {
    match missing {
        Some(Missing::Record(record)) => (
            format!("no finding of `{id}` to suppress: no record has the id {}", quoted(record)),
            "correct `record`, or remove the suppression",
        ),
        Some(Missing::Value { record, pointer }) => (
            format!(
                "no finding of `{id}` to suppress: the record {} has no value at {}",
                quoted(record),
                quoted(pointer)
            ),
            "correct `pointer`, or remove the suppression",
        ),
        None if is_in_record => {
            (format!("no finding of `{id}` to suppress here"), "remove the suppression")
        }
        None => (format!("no finding of `{id}` to suppress"), "remove the suppression"),
    }
}

/// The stale lines of a baseline are known only after all other findings.
const LATER: &str = "baseline-stale";

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, findings};

    #[test]
    fn a_suppression_without_a_finding_is_reported() {
        check(
            &RULE,
            r"
id: a
kind: background
title: On migration # rapporteur: allow(allowance-unused) kept
#                                       ^^^^^^^^^^^^^^^^ warning: no finding of `allowance-unused` to suppress here
",
        );
    }

    #[test]
    fn a_suppression_of_a_rule_that_does_not_run_is_accepted() {
        check(&RULE, "kind: background\ntitle: On migration # rapporteur: allow(schema) kept\n");
        check(&RULE, "kind: background\ntitle: On migration # rapporteur: allow(shcema) kept\n");
    }

    #[test]
    fn an_unreadable_file_silences_the_rule() {
        let used = "kind: background\ntitle: On # rapporteur: allow(allowance-unused) kept\n";
        let files = |other: &str| {
            [("a.yaml".to_owned(), used.to_owned()), ("b.json".to_owned(), other.to_owned())]
        };
        assert_eq!(findings(&RULE, &files("{}")).len(), 1);
        assert_eq!(findings(&RULE, &files("{")).len(), 0);
    }
}
