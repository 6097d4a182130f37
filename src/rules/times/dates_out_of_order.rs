//! A date of the record that is before one that the schema puts before it.

use crate::{
    calendar,
    fact::{DateText, Meaning, Record},
    finding::{Family, Severity},
    message::shown,
    rule::{Check, Findings, Fix, Rule, RuleId},
    vocabulary::{DateRole, FactKinds},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("dates-out-of-order"),
    family: Family::Times,
    summary: "two dates of a record that are not in the order that the schema states",
    level: Some(Severity::Warning),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/dates-out-of-order.md"),
    options: &[],
    check: Check::Facts(FactKinds::ORDERED, check),
};

pub(in crate::rules) fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    for fact in record.live() {
        let Meaning::Ordered(role, dates) = &fact.meaning else { continue };
        let [earlier, later] = &**dates;
        let (Some(first), Some(second)) = (earlier.date, later.date) else { continue };
        if first > second && *role == DateRole::Announced {
            let (first, second) = (calendar::long(first), calendar::long(second));
            findings
                .at(later.place, format!("the next meeting, {second}, is before this one, {first}"))
                .severity(Severity::Error)
                .label(earlier.place, "this meeting")
                .help("correct the wrong date")
                .value(later.text)
                .value(earlier.text);
        } else if first > second {
            let named = |text: &DateText<'_>, date| match key_of(text, record) {
                Some(key) => format!("`{}` ({})", shown(key), calendar::long(date)),
                None => calendar::long(date),
            };
            let (first, second) = (named(earlier, first), named(later, second));
            let message = format!(
                "{second} is before {first}; the schema says that it is not the earlier one"
            );
            findings
                .at(later.place, message)
                .label(earlier.place, "this date cannot be later")
                .help("correct the wrong date")
                .value(later.text)
                .value(earlier.text);
        }
    }
}

/// The name of the property that holds a date.
fn key_of<'t>(text: &DateText<'t>, record: &Record<'t>) -> Option<&'t str> {
    record.node.tree().node(text.place.node?).key()?.as_str()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::{schema::Catalog, testing::findings_with};

    fn found(record: &str) -> Vec<String> {
        let schema = r#"{"x-date": {"is": "adopted", "date": "/adopted", "notBefore": "/drafted"},
            "properties": {"kind": {"const": "motion"}, "adopted": {}, "drafted": {"x-form": "long-date"}, "status": {}},
            "x-record": {"status": "/status"}}"#;
        let catalog = Catalog::new(&[("motion.json".into(), schema.into())]);
        let files = [("motion.yaml".to_owned(), format!("kind: motion\n{record}\n"))];
        findings_with(&catalog, &RULE, &files).into_iter().map(|found| found.message).collect()
    }

    #[test]
    fn a_text_that_was_drafted_after_its_adoption_is_reported() {
        assert_eq!(
            found("adopted: 2016-06-29\ndrafted: 30 June 2016"),
            [
                "`adopted` (29 June 2016) is before `drafted` (30 June 2016); the schema says that it is not the earlier one"
            ]
        );
    }

    #[test]
    fn one_day_missing_and_unread_dates_and_what_was_cancelled_are_not_reported() {
        for record in [
            "adopted: 2016-06-29\ndrafted: 29 June 2016",
            "adopted: 2016-06-29\ndrafted: 28 June 2016",
            "adopted: 2016-06-29",
            "drafted: 30 June 2016",
            "adopted: 2016-06-29\ndrafted: in summer",
            "adopted: 2016-06\ndrafted: 30 July 2016",
            "status: cancelled\nadopted: 2016-06-29\ndrafted: 30 June 2016",
        ] {
            assert_eq!(found(record), [""; 0], "{record}");
        }
    }
}
