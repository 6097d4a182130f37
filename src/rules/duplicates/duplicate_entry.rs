//! An entry that stands twice in one list.

use std::collections::BTreeMap;

use crate::{
    fact::{Meaning, Record, Text, Unique},
    finding::{Family, Severity},
    message::shown,
    rule::{Check, Findings, Fix, Rule, RuleId},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("duplicate-entry"),
    family: Family::Duplicates,
    summary: "an entry that stands twice in one list",
    level: Some(Severity::Warning),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/duplicate-entry.md"),
    options: &[],
    check: Check::Record(check),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    for fact in record.live() {
        if let Meaning::Unique(unique) = &fact.meaning {
            check_list(unique, findings);
        }
    }
}

/// A list with more repeats than this was doubled as a whole, which is one mistake.
const MOST: usize = 10;

fn check_list(unique: &Unique<'_>, findings: &mut Findings<'_>) {
    let mut firsts: BTreeMap<&str, (usize, Text<'_>)> = BTreeMap::new();
    // By the list in which the first stands, and that in which the repeat does.
    let mut repeats: BTreeMap<(usize, usize), Vec<(Text<'_>, Text<'_>)>> = BTreeMap::new();
    for (at, (key, text)) in unique.entries.iter().enumerate() {
        let list = unique.list_of(at);
        match firsts.get(key.as_str()) {
            Some((of, first)) => repeats.entry((*of, list)).or_default().push((*first, *text)),
            None => {
                firsts.insert(key, (list, *text));
            }
        }
    }
    for ((list, _), mut repeats) in repeats {
        let name = unique.name_of(list);
        let name =
            name.map_or_else(|| "this list".into(), |name| format!("`{}`", shown(name.value)));
        let total = repeats.len();
        if total > MOST {
            repeats.truncate(1);
        }
        for (first, text) in repeats {
            let value = shown(text.value);
            let message = if total > MOST {
                format!("`{value}` and {} more already stand in {name}", total - 1)
            } else {
                format!("`{value}` already stands in {name}")
            };
            findings.at(text.place, message).label(first.place, "first here").value(text.value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, findings, findings_with};

    const LETTER: &str =
        "id: letter\nkind: letter\ntitle: Letter\nlanguage: en\nauthor: {name: A}\n";

    #[test]
    fn a_value_that_is_there_twice() {
        check(
            &RULE,
            &format!(
                r"{LETTER}
addressees:
  - All Permanent Representatives
#   ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ first here
  - All Permanent Observers
  - All Permanent Representatives
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `All Permanent Representatives` already stands in `addressees`
"
            ),
        );
    }

    #[test]
    fn a_number_that_is_there_three_times() {
        check(
            &RULE,
            &format!(
                r"{LETTER}
footnotes:
  - {{n: 1, text: One}}
  - {{n: 2, text: Two}}
#       ~ first here
#       ~ first here
  - {{n: 2, text: Three}}
#       ^ warning: `2` already stands in `footnotes`
  - {{n: 2, text: Four}}
#       ^ warning: `2` already stands in `footnotes`
"
            )
            .replace("kind: letter", "kind: statement"),
        );
    }

    #[test]
    fn a_list_that_was_doubled_is_one_mistake() {
        let many = |count: usize| {
            let all = (0..count).map(|n| format!("State {n}")).collect::<Vec<_>>().join(", ");
            let text = format!("{LETTER}addressees: [{all}, {all}]\n");
            let found = findings(&RULE, &[("letter.yaml".to_owned(), text)]);
            (found.len(), found[0].message.clone())
        };
        let each = "`State 0` already stands in `addressees`".to_owned();
        assert_eq!(many(10), (10, each));
        let all = "`State 0` and 10 more already stand in `addressees`".to_owned();
        assert_eq!(many(11), (1, all));
    }

    #[test]
    fn values_that_only_look_alike() {
        check(&RULE, &format!("{LETTER}addressees: [All Representatives, All representatives]\n"));
    }

    #[test]
    fn an_entry_without_a_value_is_left_out() {
        check(
            &RULE,
            r#"
id: programme
kind: programme
title: Programme
language: en
slots:
  - {kind: break, start: "10:00", end: "10:10", title: Coffee}
  - {kind: break, start: "11:00", end: "11:10", title: Coffee}
  - {kind: break, start: "12:00", end: "12:10", title: Tea, id: null}
  - {kind: break, start: "13:00", end: "13:10", title: Tea, id: null}
  - {kind: panel, start: "15:00", end: "18:00", title: Panel, speakers: [{role: Chair}, {role: Chair}]}
"#,
        );
    }

    #[test]
    fn the_same_value_in_two_lists_is_fine() {
        check(
            &RULE,
            r#"
id: programme
kind: programme
title: Programme
language: en
slots:
  - {kind: panel, start: "10:00", end: "13:00", title: One, chair: [{name: Swing}], speakers: [{name: Swing}]}
  - {kind: panel, start: "15:00", end: "18:00", title: Two, speakers: [{name: Swing}]}
"#,
        );
    }

    #[test]
    fn what_is_cancelled_is_left_alone() {
        check(&RULE, &format!("{LETTER}status: cancelled\naddressees: [All, All]\n"));
    }

    #[test]
    fn lists_that_share_no_entry() {
        check(
            &RULE,
            r"
kind: resolution
vote:
  statesInFavour: [Chad, Fiji]
#                        ~~~~ first here
  statesAgainst: [Oman, Oman, Fiji]
#                 ~~~~ first here
#                       ^^^^ warning: `Oman` already stands in `statesAgainst`
#                             ^^^^ warning: `Fiji` already stands in `statesInFavour`
  statesAbstaining: [Mali]
",
        );
    }

    #[test]
    fn a_list_that_was_doubled_beside_others_is_one_mistake() {
        let names = |from: usize| {
            (from..from + 11).map(|n| format!("State {n}")).collect::<Vec<_>>().join(", ")
        };
        let (favour, against) = (names(0), names(11));
        let text = format!(
            "kind: resolution\nvote: {{statesInFavour: [{favour}, {favour}], statesAgainst: [{against}, {against}]}}\n"
        );
        let found = findings(&RULE, &[("resolution.yaml".to_owned(), text)]);
        let found: Vec<&str> = found.iter().map(|found| found.message.as_str()).collect();
        assert_eq!(
            found,
            [
                "`State 0` and 10 more already stand in `statesInFavour`",
                "`State 11` and 10 more already stand in `statesAgainst`"
            ]
        );
    }

    #[test]
    fn keys_of_several_values() {
        let schema = r#"{"properties": {"kind": {"const": "roll"}, "present": {"type": "array",
            "x-unique": {"by": [["/given", "/family"]]}}}}"#;
        let catalog = crate::schema::Catalog::new(&[("roll.json".into(), schema.into())]);
        let record = |second: &str| {
            let text = format!(
                r#"{{"kind": "roll", "present": [{{"given": "Anna", "family": "Berg"}}, {second}]}}"#
            );
            findings_with(&catalog, &RULE, &[("a.json".to_owned(), text)]).len()
        };
        assert_eq!(record(r#"{"given": "Anna", "family": "Berg"}"#), 1);
        assert_eq!(record(r#"{"given": "Anna", "family": "Bergman"}"#), 0);
        assert_eq!(record(r#"{"given": null, "family": "Berg"}"#), 0);
    }
}
