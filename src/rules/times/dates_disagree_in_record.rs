//! Two dates of one record that say of the same thing that it was on different days.

use std::collections::{
    BTreeSet,
    btree_map::{BTreeMap, Entry},
};

use super::dates;
use crate::{
    calendar,
    fact::{Meaning, Record},
    finding::{Family, Severity},
    rule::{Check, Findings, Fix, Rule, RuleId},
    tree::NodeId,
    vocabulary::FactKinds,
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("dates-disagree-in-record"),
    family: Family::Times,
    summary: "two different days for the same thing in one record",
    level: Some(Severity::Error),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/dates-disagree-in-record.md"),
    options: &[],
    check: Check::Facts(FactKinds::DATE, check),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    // Most records have a date once, or twice the same.
    let mut all = dates(record).map(|date| (date.role, date.date));
    let first = all.next();
    if all.all(|other| Some(other) == first) {
        return;
    }
    let ends = ends(record);
    let is_end = |node: Option<NodeId>| node.is_some_and(|node| ends.contains(&node));
    let mut first = BTreeMap::new();
    let mut reported = BTreeSet::new();
    for later in dates(record).filter(|date| !is_end(date.text.place.node)) {
        let word = later.role.word();
        let earlier = match first.entry(word) {
            Entry::Vacant(entry) => {
                entry.insert(later);
                continue;
            }
            Entry::Occupied(entry) => *entry.get(),
        };
        if earlier.date == later.date || !reported.insert((word, later.date)) {
            continue;
        }
        let (here, there) = (calendar::long(later.date), calendar::long(earlier.date));
        findings
            .at(
                later.text.place,
                format!("{word} on {here} here, but on {there} elsewhere in the record"),
            )
            .label(earlier.text.place, format!("{word} on {there}"))
            .help("correct the wrong date")
            .value(later.date.to_string())
            .value(earlier.date.to_string());
    }
}

/// The values that say when something begins or ends, which are two days by nature.
fn ends(record: &Record<'_>) -> BTreeSet<NodeId> {
    let of_facts = record.facts.iter().flat_map(|fact| match &fact.meaning {
        Meaning::Interval(interval) => [interval.start, interval.end].map(|m| Some(m?.text)),
        _ => [None, None],
    });
    let of_record = [record.head.starts, record.head.ends];
    of_facts.chain(of_record).flatten().filter_map(|text| text.place.node).collect()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, findings_with};

    #[test]
    fn different_dates_in_figures_and_in_words_are_reported() {
        check(
            &RULE,
            r#"
kind: statement
date: "2011-05-19"
#      ~~~~~~~~~~ held on 19 May 2011
dateLine: Wednesday, 18 May 2011
#         ^^^^^^^^^^^^^^^^^^^^^^ error: held on 18 May 2011 here, but on 19 May 2011 elsewhere in the record
"#,
        );
    }

    #[test]
    fn equal_dates_and_dates_of_two_things_are_not_reported() {
        for dates in [
            "kind: statement\ndate: \"2011-05-19\"\ndateLine: Thursday, 19 May 2011",
            "kind: statement\ndate: \"2011-05-19\"\ndateLine: 17 to 19 May 2011",
            "kind: statement\ndate: \"1970-01-01\"\ndateLine: 19 May 2011",
            "kind: summary\ndate: \"2011-06-28\"\ndateLine: 19 May 2011",
            "kind: programme\ndate: \"2011-05-19\"\nissued: \"2011-04-05\"",
            "kind: resolution\nadopted: \"2010-12-20\"\ndistributed: \"2011-03-17\"",
            "kind: statement\nstatus: cancelled\ndate: \"2011-05-19\"\ndateLine: 18 May 2011",
        ] {
            check(&RULE, &format!("{dates}\n"));
        }
    }

    /// How many findings there are in a record of a schema in which all these values are the day held.
    fn count(record: &str) -> usize {
        let schema = r#"{
            "x-record": {"starts": "/first", "ends": "/last"},
            "properties": {
                "kind": {"const": "forum"},
                "first": {"x-date": "held"}, "last": {"x-date": "held"},
                "day": {"x-date": "held"}, "heading": {"x-date": "held"}, "footer": {"x-date": "held"},
                "days": {"items": {"x-date": "held"}},
                "sitting": {"x-interval": {"start": "/from", "end": "/to"}, "properties": {
                    "from": {"x-date": "held"}, "to": {"x-date": "held"}}}
            }
        }"#;
        let catalog = crate::schema::Catalog::new(&[("forum.json".into(), schema.into())]);
        assert!(catalog.errors().is_empty(), "{:?}", catalog.errors());
        let text = format!("{{kind: forum, {record}}}");
        findings_with(&catalog, &RULE, &[("forum.yaml".into(), text)]).len()
    }

    #[test]
    fn several_days_by_nature_are_not_reported() {
        assert_eq!(count(r#"day: "2011-05-19", heading: "2011-05-20""#), 1);
        assert_eq!(count(r#"days: ["2011-05-19", "2011-05-20"]"#), 0);
        assert_eq!(count(r#"first: "2011-05-19", last: "2011-05-20""#), 0);
        assert_eq!(count(r#"sitting: {from: "2011-05-19", to: "2011-05-20"}"#), 0);
    }

    #[test]
    fn a_wrong_day_is_reported_once() {
        let wrong = r#"day: "2011-05-19", heading: "2011-05-20", footer: "#;
        assert_eq!(count(&format!("{wrong}\"2011-05-20\"")), 1);
        assert_eq!(count(&format!("{wrong}\"2011-05-21\"")), 2);
    }
}
