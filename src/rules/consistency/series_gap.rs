//! A number that is missing in a series of records.

use std::collections::BTreeMap;

use crate::{
    corpus::{Group, Member, relation::Series},
    finding::{Family, Severity},
    message::{listed, quoted},
    rule::{Check, Findings, Fix, On, Rule, RuleId},
    vocabulary::numbered,
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("series-gap"),
    family: Family::Consistency,
    summary: "a number that no record of a series has, as a resolution that is skipped",
    level: Some(Severity::Info),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/series-gap.md"),
    options: &[],
    check: Check::Group(&On::<Series>(check)),
};

/// A collection that holds fewer records of a series, or lacks more than one number of so many, is a selection.
const FEWEST: usize = 4;

fn check(group: &Group<'_, Series>, findings: &mut Findings<'_>) {
    let mut first: BTreeMap<u32, &Member<'_, Series>> = BTreeMap::new();
    for member in &group.members {
        first.entry(member.number()).or_insert(member);
    }
    let (Some((least, _)), Some((most, _))) = (first.first_key_value(), first.last_key_value())
    else {
        return;
    };
    let there = first.len();
    let missing = (most - least) as usize + 1 - there;
    // A number that appears twice was probably meant for another: `duplicate-id` reports it.
    let repeated = group.members.len() - there;
    if there < FEWEST || missing * FEWEST > there || missing <= repeated {
        return;
    }
    let numbers: Vec<(&u32, &&Member<'_, Series>)> = first.iter().collect();
    for pair in numbers.windows(2) {
        let [(before, earlier), (after, later)] = pair else { continue };
        let gone: Vec<String> =
            (*before + 1..**after).map(|number| quoted(&named(number, later.shown()))).collect();
        if gone.is_empty() {
            continue;
        }
        let verb = if gone.len() == 1 { "is" } else { "are" };
        let message = format!(
            "{} {verb} not among the records, but {} is",
            listed(&gone, "and"),
            quoted(later.shown())
        );
        findings
            .at(later.place(), message)
            .label(earlier.place(), "the number before it")
            .help("add what is missing, or correct the number")
            .needs_all()
            .value(gone.concat());
    }
}

/// A number as its neighbour is written: `2025-03` beside `2025-04`.
fn named(number: u32, neighbour: &str) -> String {
    match numbered(neighbour) {
        Some((before, digits)) if digits.starts_with('0') => {
            format!("{before}{number:0width$}", width = digits.len())
        }
        Some((before, _)) => format!("{before}{number}"),
        None => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::findings;

    fn found(numbers: &[&str]) -> Vec<String> {
        let record = |number: &&str| {
            (
                format!("{number}.yaml"),
                format!("kind: resolution\norgan: Harbour Board\nnumber: '{number}'\n"),
            )
        };
        let files: Vec<(String, String)> = numbers.iter().map(record).collect();
        let found = findings(&RULE, &files);
        found
            .into_iter()
            .map(|found| format!("{}: {}", found.location.path, found.message))
            .collect()
    }

    #[test]
    fn a_number_that_is_skipped_is_reported() {
        assert_eq!(
            found(&["2025-01", "2025-02", "2025-04", "2025-05", "2026-09"]),
            ["2025-04.yaml: `2025-03` is not among the records, but `2025-04` is"]
        );
        let many = ["8", "9", "10", "11", "14", "15", "16", "17"];
        assert_eq!(found(&many), ["14.yaml: `12` and `13` are not among the records, but `14` is"]);
    }

    #[test]
    fn a_selection_of_a_series_has_no_gaps() {
        assert_eq!(found(&["2025-01", "2025-02", "2025-04"]), [""; 0]);
        assert_eq!(found(&["1", "2", "4", "6", "9"]), [""; 0]);
        assert_eq!(found(&["2025-01", "2025-02", "2025-03", "2025-04", "2025-05"]), [""; 0]);
        assert_eq!(found(&["1", "2", "3", "4", "999999"]), [""; 0]);
    }
}
