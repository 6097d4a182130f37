//! A suppression whose last day is over.

use crate::{
    calendar,
    finding::{Family, Severity},
    message::{listed, quoted},
    rule::{Check, Findings, Fix, Judged, Rule, RuleId},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("allowance-expired"),
    family: Family::Structure,
    summary: "a suppression that has expired",
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
            let named: Vec<String> = allowance.rules.iter().map(|(id, _)| quoted(id)).collect();
            let of = if named.is_empty() {
                String::new()
            } else {
                format!(" of {}", listed(&named, "and"))
            };
            let message = format!("the suppression{of} expired after {}", calendar::long(until));
            findings
                .at(place, message)
                .help("correct what was suppressed, or set a later date in `until`");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, check_on};

    /// A record with a suppression until 19 May 2011.
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
    fn a_suppression_expires_after_its_last_day() {
        let expected =
            "#           ^^^^^^^^^^ warning: the suppression of `schema` expired after 19 May 2011";
        check_on(&RULE, "2011-05-20", &record(expected));
        check_on(&RULE, "2011-05-19", &record(""));
    }

    #[test]
    fn without_a_day_nothing_expires() {
        check(&RULE, &record(""));
    }
}
