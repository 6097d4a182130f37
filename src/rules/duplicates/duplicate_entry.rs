//! An entry that appears twice in one list.

use std::collections::BTreeMap;

use crate::{
    fact::{Meaning, Record, Single, Text, Unique, UniqueEntry},
    finding::{Family, Severity},
    message::{counted, quoted, shown},
    rule::{Check, Findings, Fix, Rule, RuleId},
    tree::NodeRef,
    vocabulary::{Among, FactKinds, NoteId},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("duplicate-entry"),
    family: Family::Duplicates,
    summary: "an entry that appears twice in one list",
    level: Some(Severity::Warning),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/duplicate-entry.md"),
    options: &[],
    check: Check::Facts(FactKinds::SINGLE.or(FactKinds::UNIQUE), check),
};

pub(in crate::rules) fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    let mut singles: BTreeMap<(NoteId, &str), Vec<&Single<'_>>> = BTreeMap::new();
    for fact in record.live() {
        match &fact.meaning {
            Meaning::Unique(unique) => check_list(unique, findings),
            Meaning::Single(single) if single.among == Among::Record => {
                singles.entry((fact.note, &single.key)).or_default().push(single);
            }
            _ => {}
        }
    }
    for same in singles.into_values().filter(|same| same.len() > 1) {
        report_values(&same, findings);
    }
}

/// Reports values that must differ in the whole record, in whichever lists they are.
fn report_values(same: &[&Single<'_>], findings: &mut Findings<'_>) {
    let Some((first, repeats)) = same.split_first() else { return };
    let often = match same.len() {
        2 => "twice".to_owned(),
        count => format!("{count} times"),
    };
    let (repeats, more) = if repeats.len() > MOST {
        (&repeats[..1], format!(", {} more of them not shown", repeats.len() - 1))
    } else {
        (repeats, String::new())
    };
    for repeat in repeats {
        let (Some(text), Some(before)) = (repeat.texts.first(), first.texts.first()) else {
            continue;
        };
        let named = repeat.texts.iter().map(named).collect::<Vec<_>>().join(", ");
        findings
            .at(text.place, format!("{named} appears {often} in this record{more}"))
            .label(before.place, "first here")
            .help("remove the repeated entry, or correct one of the two")
            .value(text.value);
    }
}

/// A list with more repeats than this was doubled as a whole, which is reported once.
const MOST: usize = 10;

fn check_list(unique: &Unique<'_>, findings: &mut Findings<'_>) {
    let mut firsts: BTreeMap<&str, First<'_, '_>> = BTreeMap::new();
    // By the list of the first entry, and the list of the repeat.
    let mut repeats: BTreeMap<(usize, usize), Vec<&UniqueEntry<'_>>> = BTreeMap::new();
    for (at, entry) in unique.entries.iter().enumerate() {
        let list = unique.list_of(at);
        let first = firsts.entry(&entry.key).or_insert(First { entry, list, count: 0 });
        first.count += usize::from(list == first.list);
        if !std::ptr::eq(first.entry, entry) {
            repeats.entry((first.list, list)).or_default().push(entry);
        }
    }
    let name = |list: usize| {
        unique.name_of(list).map_or_else(|| "this list".to_owned(), |name| quoted(name.value))
    };
    for ((list, other), mut repeats) in repeats {
        let total = repeats.len();
        if total > MOST {
            repeats.truncate(1);
        }
        for entry in repeats {
            let Some(first) = firsts.get(entry.key.as_str()) else { continue };
            let more = if total > MOST { total - 1 } else { 0 };
            // The name of a single value is that of its list, which the message names anyway.
            let is_single = list != other
                && key_name(&entry.text) == unique.name_of(other).map(|name| name.value);
            let (subject, verb) = match more {
                0 if is_single => (format!("“{}”", shown(entry.text.value)), "appears"),
                0 => (described(entry), "appears"),
                more => {
                    (format!("{} and {}", described(entry), counted(more, "more value")), "appear")
                }
            };
            let where_and_how_often = match first.count {
                _ if list != other => format!("in both {} and {}", name(list), name(other)),
                count if count > 2 && more == 0 => format!("{count} times in {}", name(list)),
                _ => format!("twice in {}", name(list)),
            };
            let message = if is_single || key_name(&entry.text) == key_name(&first.entry.text) {
                format!("{subject} {verb} {where_and_how_often}")
            } else {
                let other_text = described(first.entry);
                format!("{subject} and {other_text} are one document in {}", name(other))
            };
            findings
                .at(entry.text.place, message)
                .label(first.entry.text.place, "first here")
                .help("remove the repeated entry, or correct one of the two")
                .value(entry.text.value);
        }
    }
}

/// The first entry with a key.
struct First<'u, 't> {
    entry: &'u UniqueEntry<'t>,
    list: usize,
    /// How many entries of its list have the key.
    count: usize,
}

/// The values of a key, each after the name of its property: `room “Main”, slot “10:00”`.
fn described(entry: &UniqueEntry<'_>) -> String {
    let values: Vec<String> =
        std::iter::once(&entry.text).chain(&entry.others).map(named).collect();
    values.join(", ")
}

/// A value after the name of its property.
fn named(text: &Text<'_>) -> String {
    let name = key_name(text).map(|key| format!("{} ", shown(key))).unwrap_or_default();
    format!("{name}“{}”", shown(text.value))
}

/// The name of the property of a value.
fn key_name<'t>(text: &Text<'t>) -> Option<&'t str> {
    text.node.key().and_then(NodeRef::as_str)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, findings, findings_with};

    const LETTER: &str =
        "id: letter\nkind: letter\ntitle: Letter\nlanguage: en\nauthor: {name: A}\n";

    #[test]
    fn a_repeated_value_is_reported() {
        check(
            &RULE,
            &format!(
                r"{LETTER}
addressees:
  - All Permanent Representatives
#   ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ first here
  - All Permanent Observers
  - All Permanent Representatives
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: “All Permanent Representatives” appears twice in `addressees`
"
            ),
        );
    }

    #[test]
    fn a_value_that_appears_three_times_is_reported_twice() {
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
#       ^ warning: n “2” appears 3 times in `footnotes`
  - {{n: 2, text: Four}}
#       ^ warning: n “2” appears 3 times in `footnotes`
"
            )
            .replace("kind: letter", "kind: statement"),
        );
    }

    #[test]
    fn a_doubled_list_is_reported_once() {
        let many = |count: usize| {
            let all = (0..count).map(|n| format!("State {n}")).collect::<Vec<_>>().join(", ");
            let text = format!("{LETTER}addressees: [{all}, {all}]\n");
            let found = findings(&RULE, &[("letter.yaml".to_owned(), text)]);
            (found.len(), found[0].message.clone())
        };
        let each = "“State 0” appears twice in `addressees`".to_owned();
        assert_eq!(many(10), (10, each));
        let all = "“State 0” and 10 more values appear twice in `addressees`".to_owned();
        assert_eq!(many(11), (1, all));
    }

    #[test]
    fn values_in_another_case_are_accepted() {
        check(&RULE, &format!("{LETTER}addressees: [All Representatives, All representatives]\n"));
    }

    #[test]
    fn entries_without_a_value_are_not_compared() {
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
    fn the_same_value_in_two_lists_is_accepted() {
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
    fn cancelled_records_are_not_checked() {
        check(&RULE, &format!("{LETTER}status: cancelled\naddressees: [All, All]\n"));
    }

    #[test]
    fn an_entry_in_two_lists_that_differ_together_is_reported() {
        check(
            &RULE,
            r"
kind: resolution
vote:
  statesInFavour: [Chad, Fiji]
#                        ~~~~ first here
  statesAgainst: [Oman, Oman, Fiji]
#                 ~~~~ first here
#                       ^^^^ warning: “Oman” appears twice in `statesAgainst`
#                             ^^^^ warning: “Fiji” appears in both `statesInFavour` and `statesAgainst`
  statesAbstaining: [Mali]
",
        );
    }

    #[test]
    fn two_values_that_differ_are_compared_like_lists_of_one_item() {
        check(
            &RULE,
            r"
kind: minutes
present: [{name: Ida Brook}, {name: Per Holm}]
#                                   ~~~~~~~~ first here
absent: [{name: Per Holm}, {name: Ole Vik}]
#               ^^^^^^^^ warning: name “Per Holm” appears in both `present` and `absent`
items:
  - title: Quays
    motions:
      - {text: That the quay be paved., mover: Ida Brook, seconder: ida  brook}
#                                              ~~~~~~~~~ first here
#                                                                   ^^^^^^^^^^ warning: “ida  brook” appears in both `mover` and `seconder`
      - {text: That the quay be swept., mover: Ida Brook, seconder: Ole Vik}
      - {text: That the quay be fenced., mover: Ida Brook}
",
        );
    }

    #[test]
    fn a_doubled_list_beside_others_is_reported_once() {
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
                "“State 0” and 10 more values appear twice in `statesInFavour`",
                "“State 11” and 10 more values appear twice in `statesAgainst`"
            ]
        );
    }

    #[test]
    fn keys_of_several_values_are_shown_whole() {
        let schema = r#"{"properties": {"kind": {"const": "roll"}, "present": {"type": "array",
            "x-unique": {"by": [["/given", "/family"]]}}}}"#;
        let catalog = crate::schema::Catalog::new(&[("roll.json".into(), schema.into())]);
        let record = |second: &str| {
            let text = format!(
                r#"{{"kind": "roll", "present": [{{"given": "Anna", "family": "Berg"}}, {second}]}}"#
            );
            let found = findings_with(&catalog, &RULE, &[("a.json".to_owned(), text)]);
            found.into_iter().map(|finding| finding.message).collect::<Vec<_>>()
        };
        assert_eq!(
            record(r#"{"given": "Anna", "family": "Berg"}"#),
            ["given “Anna”, family “Berg” appears twice in `present`"]
        );
        assert_eq!(record(r#"{"given": "Anna", "family": "Bergman"}"#), [""; 0]);
        assert_eq!(record(r#"{"given": null, "family": "Berg"}"#), [""; 0]);
    }

    #[test]
    fn a_text_that_appears_twice_is_reported_from_a_length_on() {
        let long = "The ferry of the two towns sails at noon, and the harbour master of each is told of it on the day before.";
        check(
            &RULE,
            &format!(
                r#"
id: summary
kind: summary
title: Summary
language: en
sections:
  - title: Ferries
#          ~~~~~~~ first here
    paragraphs:
      - {long}
#       {first} first here
      - Thank you.
      - {long}
#       {second} warning: “The ferry of the two towns sails at noon, and the harbour ma…” appears twice in `paragraphs`
      - Thank you.
  - title: Ferries
#          ^^^^^^^ warning: title “Ferries” appears twice in `sections`
    paragraphs: [Thank you.]
"#,
                first = "~".repeat(long.len()),
                second = "^".repeat(long.len()),
            ),
        );
    }

    #[test]
    fn references_and_paragraphs_of_a_resolution_are_compared() {
        let resolution = |references: &str, operative: &str| {
            format!(
                "id: r\nkind: resolution\ntitle: R\nlanguage: en\nsymbol: A/RES/65/999\nreferences: [{references}]\noperative: [{operative}]\n"
            )
        };
        let count = |references: &str, operative: &str| {
            let file = ("r.yaml".to_owned(), resolution(references, operative));
            findings(&RULE, &[file]).len()
        };
        let reference = "{raw: 'resolution 58/999', role: cites, symbol: A/RES/58/999}";
        let paragraph = |n: usize, verb: &str| {
            format!("{{n: {n}, verb: {verb}, text: 'that ferries shall sail at noon;'}}")
        };
        assert_eq!(count(reference, &paragraph(1, "Decides")), 0);
        assert_eq!(count(&format!("{reference}, {reference}"), &paragraph(1, "Decides")), 1);
        let both = |a: &str, b: &str| format!("{}, {}", paragraph(1, a), paragraph(2, b));
        assert_eq!(count(reference, &both("Decides", "Decides")), 1);
        assert_eq!(count(reference, &both("Decides", "Requests")), 0);
    }

    #[test]
    fn values_of_a_whole_record_may_have_to_differ() {
        let schema = r#"{"properties": {"kind": {"const": "plan"}, "days": {"items": {"properties": {"slots": {"items":
            {"x-unique": {"by": ["/id"], "among": "record"}}}}}}}}"#;
        let found = |days: &str| {
            let catalog = crate::schema::Catalog::new(&[("plan.json".into(), schema.into())]);
            let text = format!("kind: plan\ndays: {days}\n");
            let found = findings_with(&catalog, &RULE, &[("a.yaml".to_owned(), text)]);
            found.into_iter().map(|finding| finding.message).collect::<Vec<_>>()
        };
        let day = |ids: &[&str]| {
            let slots: Vec<String> = ids.iter().map(|id| format!("{{id: {id}}}")).collect();
            format!("{{slots: [{}]}}", slots.join(", "))
        };
        let (one, two) = (day(&["a", "b"]), day(&["c", "b"]));
        assert_eq!(found(&format!("[{one}, {two}]")), ["id “b” appears twice in this record"]);
        assert_eq!(found(&format!("[{one}, {}]", day(&["c", "B", "null"]))), [""; 0]);
        let many = day(&["x"; 13]);
        assert_eq!(
            found(&format!("[{many}]")),
            ["id “x” appears 13 times in this record, 11 more of them not shown"]
        );
    }

    #[test]
    fn a_document_that_a_reference_cites_by_text_only_is_the_same() {
        check(
            &RULE,
            r"
kind: resolution
references:
  - {raw: resolution 61/999, role: cites, symbol: A/RES/61/999}
#                                                 ~~~~~~~~~~~~ first here
  - {raw: resolution 62/999, role: cites, symbol: A/RES/62/999}
  - {raw: General Assembly resolution 61/999 of 19 December 2006, role: cites}
#         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: raw “General Assembly resolution 61/999 of 19 December 2006” and symbol “A/RES/61/999” are one document in `references`
  - {raw: paragraph 3 of resolution 62/999, role: cites}
",
        );
    }

    #[test]
    fn whole_numbers_are_equal_however_they_are_written() {
        let schema =
            r#"{"properties": {"kind": {"const": "list"}, "of": {"x-unique": {"by": [""]}}}}"#;
        let count = |of: &str| {
            let catalog = crate::schema::Catalog::new(&[("list.json".into(), schema.to_owned())]);
            let text = format!(r#"{{"kind": "list", "of": [{of}]}}"#);
            findings_with(&catalog, &RULE, &[("a.json".to_owned(), text)]).len()
        };
        assert_eq!(count("3, 3.0"), 1);
        assert_eq!(count("3, 3e0"), 1);
        assert_eq!(count("3, \"3\""), 1);
        assert_eq!(count("0, -0.0"), 1);
        assert_eq!(count("3, 3.5"), 0);
        assert_eq!(count("3, \"3.0\""), 0);
        assert_eq!(count("3, \"03\""), 0);
        assert_eq!(count("9007199254740993, 9007199254740992.0"), 0);
    }
}
