//! Something that was distributed before it was adopted.

use super::dates;
use crate::{
    calendar,
    fact::Record,
    finding::{Family, Severity},
    rule::{Check, Findings, Fix, Rule, RuleId},
    vocabulary::{DateRole, FactKinds},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("distributed-before-adopted"),
    family: Family::Times,
    summary: "a text that was distributed before it was adopted",
    level: Some(Severity::Warning),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/distributed-before-adopted.md"),
    options: &[],
    check: Check::Facts(FactKinds::DATE, check),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    // Where the record gives several, the first day is the one that nothing can precede.
    let adopted =
        dates(record).filter(|date| date.role == DateRole::Adopted).min_by_key(|d| d.date);
    let Some(adopted) = adopted else { return };
    for given in dates(record).filter(|date| date.role == DateRole::Distributed) {
        if given.date < adopted.date {
            let message = format!(
                "distributed on {}, before the adoption on {}",
                calendar::long(given.date),
                calendar::long(adopted.date)
            );
            findings
                .at(given.text.place, message)
                .label(adopted.text.place, "adopted on this day")
                .help("correct the wrong date")
                .value(given.date.to_string())
                .value(adopted.date.to_string());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check;

    #[test]
    fn distribution_before_adoption_is_reported() {
        check(
            &RULE,
            r#"
kind: resolution
adopted: "2010-12-20"
#         ~~~~~~~~~~ adopted on this day
distributed: "2010-03-17"
#             ^^^^^^^^^^ warning: distributed on 17 March 2010, before the adoption on 20 December 2010
"#,
        );
    }

    #[test]
    fn distribution_on_or_after_the_day_of_adoption_is_not_reported() {
        for date in ["\"2010-12-20\"", "\"2011-03-17\"", "null", "\"2010-02-30\"", "\"1970-01-01\""]
        {
            let record = "kind: resolution\nadopted: \"2010-12-20\"\n";
            check(&RULE, &format!("{record}distributed: {date}\n"));
        }
    }

    #[test]
    fn cancelled_records_are_not_reported() {
        check(
            &RULE,
            r#"
kind: resolution
status: cancelled
adopted: "2010-12-20"
distributed: "2010-03-17"
"#,
        );
    }
}
