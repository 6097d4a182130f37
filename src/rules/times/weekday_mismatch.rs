//! A weekday that does not belong to its date.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::{
    calendar::{self, Language},
    fact::{DateText, Meaning, Record, key},
    finding::{Applicability, Family, Severity},
    message::shown,
    rule::{Check, Findings, Fix, Rule, RuleId},
    tree::NodeRef,
    vocabulary::{FactKinds, Form, TextKind},
};

/// The facts that it looks at.
const FACTS: FactKinds =
    FactKinds::DATE.or(FactKinds::DATE_MENTION).or(FactKinds::VALUE).or(FactKinds::TEXT);

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("weekday-mismatch"),
    family: Family::Times,
    summary: "a weekday that does not belong to its date",
    level: Some(Severity::Error),
    since: "0.1.0",
    fix: Fix::Unsafe,
    page: include_str!("../../../docs/rules/weekday-mismatch.md"),
    options: &[],
    check: Check::Facts(FACTS, check),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    let mut reported = BTreeSet::new();
    for fact in &record.facts {
        match &fact.meaning {
            Meaning::Date(_, date) | Meaning::DateMention(date) => {
                check_date(date, fact.node, &mut reported, findings);
            }
            Meaning::Value(Form::LongDate, text) => {
                check_date(&key::date(Form::LongDate, *text), fact.node, &mut reported, findings);
            }
            Meaning::Text(TextKind::Line, text) if has_year(text.value) => {
                key::dates_in(*text, |date| check_date(&date, fact.node, &mut reported, findings));
            }
            _ => {}
        }
    }
}

/// Whether there are four digits in a row. Few titles have them, and only those are searched for dates.
fn has_year(text: &str) -> bool {
    text.as_bytes().windows(4).any(|bytes| bytes.iter().all(u8::is_ascii_digit))
}

/// The day from which Great Britain and its colonies counted days as the program does (Calendar (New Style) Act 1750). Before it,
/// the weekday of a date depends on the country.
const GREGORIAN: Date = jiff::civil::date(1752, 9, 14);

/// Several keywords may say that one value is a date; `reported` has the places that were reported.
fn check_date(
    text: &DateText<'_>,
    node: NodeRef<'_>,
    reported: &mut BTreeSet<crate::source::Span>,
    findings: &mut Findings<'_>,
) {
    let (Some(date), Some((weekday, word, place))) = (text.date, text.weekday) else {
        return;
    };
    let right = calendar::weekday_of(date);
    if weekday == right || date < GREGORIAN || !reported.insert(place.span) {
        return;
    }
    // An abbreviation is given in full; a name as it is written.
    let full = calendar::weekday(word).map(|(_, language)| language);
    let language = full.unwrap_or(Language::English);
    let written =
        full.map_or_else(|| calendar::weekday_name(weekday, language).to_owned(), |_| shown(word));
    let name = calendar::weekday_name(right, language);
    let message = format!("{} is a {name}, not a {written}", calendar::long_in(date, language));
    let finding = findings
        .at(place, message)
        .help(format!("write `{name}`, or correct the date"))
        .value(word)
        .value(date.to_string());
    // An abbreviation is not written in full beside others.
    let finding = match full {
        Some(_) => finding.replace(Applicability::Unsafe, (place, node, word), name),
        None => finding,
    };
    if place.node != text.place.node {
        finding.label(text.place, "the date");
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, findings_with};

    #[test]
    fn weekdays_in_brackets_abbreviated_or_before_figures_are_read() {
        check(
            &RULE,
            r"
kind: letter
paragraphs:
  - It met on 3 May 2012 (Friday), on Wed. 3 May 2012, and on Monday, 2012-05-03.
#                         ^^^^^^ error: 3 May 2012 is a Thursday, not a Friday
#                                     ^^^ error: 3 May 2012 is a Thursday, not a Wednesday
#                                                             ^^^^^^ error: 3 May 2012 is a Thursday, not a Monday
  - It met on 3 May 2012 (Thursday), on Thurs. 3 May 2012, and on Thursday, 2012-05-03.
  - It met on 3 May 2012 (see the list), and sat. 3 May 2012 was free; 1-2012-05-03-4 is a number.
",
        );
    }

    #[test]
    fn a_wrong_weekday_is_reported_once() {
        check(
            &RULE,
            r"
kind: programme
dateLine: Friday, 19 May 2011
#         ^^^^^^ error: 19 May 2011 is a Thursday, not a Friday
",
        );
    }

    #[test]
    fn right_and_missing_weekdays_are_not_reported() {
        for line in [
            "Thursday, 19 May 2011",
            "Thursday 19 May, 2011",
            "19 May 2011",
            "jeudi 19 mai 2011",
            "jueves 19 de mayo de 2011",
            "Monday or Tuesday",
            "Wednesday, 2 September 1752",
        ] {
            check(&RULE, &format!("kind: programme\ndateLine: {line}\n"));
        }
    }

    #[test]
    fn weekdays_in_prose_are_read_in_three_languages() {
        check(
            &RULE,
            r"
kind: statement
paragraphs:
  - It takes place on Friday, 20 May 2011 and ended on Friday, 19 May 2011.
#                                                      ^^^^^^ error: 19 May 2011 is a Thursday, not a Friday
  - Le vendredi 19 mai 2011, à New York.
#      ^^^^^^^^ error: 19 mai 2011 is a jeudi, not a vendredi
  - El viernes 19 de mayo de 2011 en Nueva York.
#      ^^^^^^^ error: 19 de mayo de 2011 is a jueves, not a viernes
",
        );
    }

    #[test]
    fn weekdays_in_titles_and_other_lines_are_compared() {
        check(
            &RULE,
            r"
kind: minutes
title: Minutes of Tuesday, 12 May 2026
items:
  - title: Minutes of Monday, 14 April 2026
#                     ^^^^^^ error: 14 April 2026 is a Tuesday, not a Monday
    deferredTo: the meeting of Friday, 12 June 2026
  - title: Report of 14 April 2026
    deferredTo: the meeting of Friday, 11 June 2026
#                              ^^^^^^ error: 11 June 2026 is a Thursday, not a Friday
",
        );
    }

    #[test]
    fn ranges_and_days_without_a_year_are_not_reported() {
        check(
            &RULE,
            r"
kind: statement
paragraphs:
  - On Friday, 19 May, and from Monday, 17 to 19 May 2011, we met.
",
        );
    }

    #[test]
    fn a_weekday_in_its_own_field_is_compared() {
        let schema = r#"{
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "x-record": {"id": "/id"},
            "x-date": {"is": "held", "date": "/day", "weekday": "/weekday"},
            "properties": {
                "id": {"type": "string"}, "kind": {"const": "sitting"},
                "day": {"type": "string", "x-form": "iso-date"}, "weekday": {"type": "string"}
            }
        }"#;
        let catalog = crate::schema::Catalog::new(&[("sitting.json".into(), schema.into())]);
        assert!(catalog.errors().is_empty(), "{:?}", catalog.errors());
        let text = "kind: sitting\nday: \"2011-05-19\"\nweekday: Friday\n";
        let found = findings_with(&catalog, &RULE, &[("sitting.yaml".into(), text.into())]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].location.start.line, 3);
        assert_eq!(found[0].labels[0].location.start.line, 2);
    }
}
