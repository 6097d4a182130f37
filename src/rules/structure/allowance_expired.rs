//! An allowance that holds no longer.

use crate::{
    calendar,
    finding::{Family, Severity},
    rule::{Check, Findings, Fix, Judged, Rule, RuleId},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("allowance-expired"),
    family: Family::Structure,
    summary: "an allowance whose last day is over",
    level: Some(Severity::Warning),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/allowance-expired.md"),
    options: &[],
    check: Check::Allowances(check),
};

fn check(judged: &Judged<'_>, findings: &mut Findings<'_>) {
    let Some(as_of) = findings.as_of() else { return };
    for (allowance, _) in &judged.usable {
        if let Some((until, place)) = allowance.until.filter(|(until, _)| as_of > *until) {
            let message = format!("the allowance holds until {} only", calendar::long(until));
            findings
                .at(place, message)
                .help("correct what was allowed, or decide again and give it another day");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, check_on};

    /// A record that allows something until 19 May 2011.
    fn record(expected: &str) -> String {
        format!(
            r#"
kind: background
x-allow:
  - rule: schema
    reason: the title is provisional
    until: "2011-05-19"
{expected}
"#
        )
    }

    #[test]
    fn the_last_day_is_the_last_on_which_it_holds() {
        let expected = "#           ^^^^^^^^^^ warning: the allowance holds until 19 May 2011 only";
        check_on(&RULE, "2011-05-20", &record(expected));
        check_on(&RULE, "2011-05-19", &record(""));
    }

    #[test]
    fn without_a_day_nothing_runs_out() {
        check(&RULE, &record(""));
    }
}
