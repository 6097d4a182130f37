//! A value that its schema declares as a date, a time, a number or a key, and that cannot be read as one.

use std::{cell::LazyCell, collections::BTreeMap};

use super::date_invalid;
use crate::{
    calendar::{self, Extent, Near},
    fact::{Fact, Meaning, Record},
    finding::{Applicability, Family, Severity},
    message::{did_you_mean, one_line, shown},
    person,
    rule::{Check, Findings, Fix, Rule, RuleId},
    tree::{NodeId, NodeRef},
    vocabulary::{Bound, End, FactKinds, Form, Unread, Wanted},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("unread-value"),
    family: Family::Times,
    summary: "a value that cannot be read as the date, time, number or key that the schema declares",
    level: Some(Severity::Warning),
    since: "0.1.0",
    fix: Fix::Unsafe,
    page: include_str!("../../../docs/rules/unread-value.md"),
    options: &[],
    check: Check::Facts(FactKinds::UNREAD, check),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    // Several keywords may read one value. Of their facts, that of an interval knows most.
    let mut values: BTreeMap<NodeId, (&Unread<'_>, bool)> = BTreeMap::new();
    let nodes_read = LazyCell::new(|| nodes_read(record));
    for fact in record.live() {
        let Meaning::Unread(unread) = &fact.meaning else { continue };
        let node = unread.text.node;
        if date_invalid::is_fault(unread)
            || (node.has_children() && is_read_in_parts(node, &nodes_read))
        {
            continue;
        }
        let found = values.entry(unread.text.node.id()).or_insert((unread, false));
        if found.0.bound.is_none() {
            found.0 = unread;
        }
        found.1 |= unread.is_required || unread.bound.is_some();
    }
    for (unread, is_grave) in values.into_values() {
        report(record, unread, is_grave, findings);
    }
}

/// The numbers of the nodes that something was read at, in order.
fn nodes_read(record: &Record<'_>) -> Vec<usize> {
    let is_read = |fact: &&Fact<'_>| !matches!(fact.meaning, Meaning::Unread(_));
    let nodes = record.live().iter().filter(is_read).map(|fact| fact.node.id().index());
    let mut nodes: Vec<usize> = nodes.collect();
    nodes.sort_unstable();
    nodes
}

/// Whether a list or an object is read in parts, as where a property may be one key or a list of keys.
fn is_read_in_parts(node: NodeRef<'_>, read: &[usize]) -> bool {
    let first = node.id().index();
    let next = read.partition_point(|read| *read <= first);
    read.get(next).is_some_and(|read| *read < first + node.subtree_len())
}

/// A list or an object in a message is cut after so many characters.
const LONGEST: usize = 60;

fn report(record: &Record<'_>, unread: &Unread<'_>, is_grave: bool, findings: &mut Findings<'_>) {
    let Unread { text, wanted, form, bound, .. } = unread;
    let is_placeholder = person::is_placeholder(text.value);
    let is_settled = is_grave && !is_placeholder && !record.head.is_open();
    let severity = if is_settled { Severity::Error } else { Severity::Warning };
    let described = wanted.described(*form);
    let value = one_line(text.value, LONGEST);
    let message = format!("cannot read {}: `{value}` is not {described}", name(unread, *bound));
    let (help, near) = if is_placeholder {
        let value = shown(text.value);
        let help = format!(
            "write {described} once it is known, or list `{value}` as `open` in its `x-form`"
        );
        (help, None)
    } else {
        help(unread).unwrap_or_else(|| (format!("write {described}"), None))
    };
    let finding = findings.at(text.place, message).help(help).severity(severity).value(text.value);
    // A fix changes the spelling of a value; what is beside the date or the time would be lost.
    if let Some(near) = near.filter(|near| says_as_much(text.value, near)) {
        finding.replace(Applicability::Unsafe, (text.place, text.node, text.value), near);
    }
}

/// What to call the value: its part of an interval, else its key.
fn name(unread: &Unread<'_>, bound: Option<Bound<'_>>) -> String {
    if let Some(Bound { end, label: Some(label) }) = bound {
        let end = match end {
            End::Start => "start",
            End::End => "end",
            End::Duration => "duration",
        };
        return format!("the {end} of “{}”", shown(label.value));
    }
    let key = |node: NodeRef<'_>| Some(format!("`{}`", shown(node.key()?.as_str()?)));
    let node = unread.text.node;
    let of_list = || Some(format!("an item of {}", key(node.parent()?)?));
    key(node).or_else(of_list).unwrap_or_else(|| "a value".to_owned())
}

/// Whether a text has as many letters and digits as another one, but for one of them.
fn says_as_much(text: &str, other: &str) -> bool {
    let count = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    count(text).abs_diff(count(other)) <= 1
}

/// What to do about it, and what to write, where that is known.
type Help = (String, Option<String>);

fn write(near: String) -> Help {
    (did_you_mean(&near), Some(near))
}

/// What was probably meant, or why it is not read.
fn help(unread: &Unread<'_>) -> Option<Help> {
    let (value, form) = (unread.text.value, unread.form);
    match unread.wanted {
        Wanted::Time => near_time(value, form),
        Wanted::Moment => near_time(value, form).or_else(|| near_date(value, form)),
        Wanted::Date if form != Form::EpochSeconds => near_date(value, form),
        _ => None,
    }
}

fn near_time(value: &str, form: Form) -> Option<Help> {
    match calendar::time(value) {
        Err(error) if error.kind != calendar::TimeErrorKind::Form => {
            let near = calendar::near_time(value).map(|near| write(near.to_string()));
            Some(near.unwrap_or_else(|| (error.to_string(), None)))
        }
        _ if form == Form::BareTime => None,
        _ => calendar::near_time(value).map(|near| write(near.to_string())),
    }
}

fn near_date(value: &str, form: Form) -> Option<Help> {
    if calendar::extent(value).is_some_and(|extent| matches!(extent, Extent::DayOfYear { .. })) {
        return Some(("add the year".to_owned(), None));
    }
    let has_month = value.chars().filter(|c| c.is_alphabetic()).count() > 2;
    let written = |date| match form {
        Form::IsoDate => format!("{date}"),
        Form::LongDate => calendar::long(date),
        Form::NumericDate(order) => calendar::in_numbers(date, order),
        _ if has_month => calendar::long(date),
        _ => format!("{date}"),
    };
    Some(match calendar::near_date(value)? {
        Near::Day(day) if calendar::is_week_or_day_of_year(value) => {
            let day = written(day);
            let why = "a date by week or by day of the year is not read";
            (format!("write `{day}`: {why}"), Some(day))
        }
        Near::Day(day) => write(written(day)),
        Near::Either(one, other) => {
            let help = format!(
                "write `{}` or `{}`, or state the order of the numbers with `x-form` in the schema",
                written(one),
                written(other)
            );
            (help, None)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::{
        schema::Catalog,
        testing::{check, findings_with},
    };

    #[test]
    fn lists_and_objects_are_not_single_values() {
        let schema = r#"{
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "x-record": {"id": "/id"},
            "required": ["id"],
            "properties": {
                "kind": {"const": "talks"},
                "id": {},
                "day": {"x-date": "held"},
                "talks": {"items": {
                    "x-defines": {"space": "talk", "key": "/code"},
                    "x-interval": {"start": "/from", "label": "/title"}
                }}
            }
        }"#;
        let catalog = Catalog::new(&[("talks.json".to_owned(), schema.to_owned())]);
        let text = "kind: talks\nid: [a, b]\nday: {from: 2011-05-19}\ntalks:\n  - {code: {a: 1}, from: [\"10:00\"], title: One}\n  - {code: [], from: {}, title: Two}\n  - {code: 12, from: \"10:00\"}\n";
        let found = findings_with(&catalog, &RULE, &[("a.yaml".to_owned(), text.to_owned())]);
        let found: Vec<(String, &str)> =
            found.iter().map(|one| (one.message.clone(), one.severity.word())).collect();
        let found: Vec<(&str, &str)> =
            found.iter().map(|(message, severity)| (message.as_str(), *severity)).collect();
        assert_eq!(
            found,
            [
                (
                    "cannot read `id`: `[a, b]` is not a text or a number, which identifies one thing",
                    "error"
                ),
                (
                    "cannot read `day`: `{from: 2011-05-19}` is not a date such as 2011-05-19 or 19 May 2011",
                    "warning"
                ),
                (
                    "cannot read `code`: `{a: 1}` is not a text or a number, which identifies one thing",
                    "warning"
                ),
                (
                    "cannot read the start of “One”: `[\"10:00\"]` is not a time such as 10:00 or a date with a time such as 2011-05-19T10:00",
                    "error"
                ),
            ]
        );
    }

    #[test]
    fn references_rooms_and_names_are_single_values_unless_they_are_read_in_parts() {
        let schema = |items: &str| {
            format!(
                r#"{{"properties": {{"kind": {{"const": "talks"}},
                "follows": {{"x-cites": "talks"{items}}},
                "talks": {{"items": {{"x-interval": {{"start": "/from", "end": "/to", "track": "/room"}},
                    "x-speaker": {{"name": "/by"}}}}}}}}}}"#
            )
        };
        let found = |schema: String, text: &str| {
            let catalog = Catalog::new(&[("talks.json".to_owned(), schema)]);
            let files = [("a.yaml".to_owned(), format!("kind: talks\n{text}\n"))];
            let found = findings_with(&catalog, &RULE, &files);
            found.into_iter().map(|one| one.message).collect::<Vec<_>>()
        };
        let text =
            "follows: [M9]\ntalks: [{from: '10:00', to: '11:00', room: [Red], by: [Ada Ruiz]}]";
        assert_eq!(
            found(schema(""), text),
            [
                "cannot read `follows`: `[M9]` is not a text or a number, which identifies one thing",
                "cannot read `room`: `[Red]` is not a text that is a name",
                "cannot read `by`: `[Ada Ruiz]` is not a text that is a name"
            ]
        );
        let items = r#", "items": {"x-cites": "talks"}"#;
        assert_eq!(found(schema(items), "follows: [M9]"), [""; 0]);
        assert_eq!(found(schema(items), "follows: []"), [""; 0]);
    }

    #[test]
    fn times_of_slots_that_cannot_be_read_are_errors() {
        check(
            &RULE,
            r#"
kind: programme
status: final
slots:
  - {title: Opening, start: "1O:00", end: "11:00"}
#                            ^^^^^ error: cannot read the start of “Opening”: `1O:00` is not a time such as 10:00
  - {title: Panel, start: "11:00", end: "25:00"}
#                                        ^^^^^ error: cannot read the end of “Panel”: `25:00` is not a time such as 10:00
  - {title: Closing, start: noon, end: "24:00"}
"#,
        );
    }

    #[test]
    fn placeholders_and_open_records_are_warnings() {
        check(
            &RULE,
            r#"
=== a.yaml
kind: programme
status: final
slots:
  - {title: Opening, start: TBD, end: "11:00"}
#                           ^^^ warning: cannot read the start of “Opening”: `TBD` is not a time such as 10:00
=== b.yaml
kind: programme
status: provisional
slots:
  - {title: Opening, start: soon, end: "11:00"}
#                           ^^^^ warning: cannot read the start of “Opening”: `soon` is not a time such as 10:00
=== c.yaml
kind: programme
status: cancelled
slots:
  - {title: Opening, start: soon, end: "11:00"}
"#,
        );
    }

    #[test]
    fn date_lines_that_cannot_be_read_are_reported() {
        check(
            &RULE,
            r"
=== a.yaml
kind: statement
dateLine: Tuesdy, 14 April 2026
#         ^^^^^^^^^^^^^^^^^^^^^ warning: cannot read `dateLine`: `Tuesdy, 14 April 2026` is not a date such as 19 May 2011
=== b.yaml
kind: statement
dateLine: Tue, 14 Apr. 2026
=== c.yaml
kind: statement
dateLine: 13 to 15 April 2026
=== d.yaml
kind: statement
dateLine: April 2026
=== e.yaml
kind: statement
date: 2026-04-14
dateLine: Tuesday, 14 April
=== f.yaml
kind: statement
dateLine: Tuesday, 14 April
#         ^^^^^^^^^^^^^^^^^ warning: cannot read `dateLine`: `Tuesday, 14 April` is not a date such as 19 May 2011
",
        );
    }

    /// The findings on one record of this schema, each with its severity and help.
    fn said(schema: &str, record: &str) -> Vec<String> {
        let catalog = Catalog::new(&[("sitting.json".into(), schema.into())]);
        let files = [("sitting.yaml".to_owned(), format!("kind: sitting\n{record}\n"))];
        let findings = findings_with(&catalog, &RULE, &files);
        let said = findings.iter().map(|finding| {
            format!(
                "{}: {} ({})",
                finding.severity,
                finding.message,
                finding.help.as_deref().unwrap_or_default()
            )
        });
        said.collect()
    }

    const SITTING: &str = r#"{
        "x-counts": {"figure": "/yes", "list": "/voters"},
        "required": ["day"],
        "properties": {
            "kind": {"const": "sitting"},
            "day": {"x-date": "held"},
            "eve": {"x-form": "iso-date"},
            "printed": {"x-form": {"is": "numeric-date", "order": "dmy", "open": ["tbc"]}, "x-date": "issued"},
            "stamp": {"x-form": "epoch-seconds", "x-date": "issued"},
            "at": {"x-form": "time"},
            "bell": {"x-form": "bare-time"},
            "nth": {"x-form": "ordinal"},
            "yes": {}, "voters": {"type": "array"},
            "talks": {"items": {
                "x-interval": {"start": "/from", "duration": "/length", "range": "/hours", "label": "/title"},
                "properties": {"from": {}, "length": {}, "hours": {}, "title": {}}}},
            "sittings": {"items": {"x-interval": {"start": "/from", "end": "/to", "date": "/on"}, "properties": {
                "from": {}, "to": {}, "on": {}}}}}}"#;

    #[test]
    fn a_required_value_is_an_error_and_another_one_a_warning() {
        assert_eq!(
            said(SITTING, "day: blah\neve: 19/05/2011"),
            [
                "error: cannot read `day`: `blah` is not a date such as 2011-05-19 or 19 May 2011 (write a date such as \
                 2011-05-19 or 19 May 2011)",
                "warning: cannot read `eve`: `19/05/2011` is not a date such as 2011-05-19 (did you mean `2011-05-19`?)",
            ]
        );
    }

    #[test]
    fn each_value_is_reported_once_with_what_was_meant() {
        let day = "day: 2011-05-19\n";
        for (value, help) in [
            ("day: 14 Aprill 2026", "did you mean `14 April 2026`?"),
            (
                "day: 04/05/2026",
                "write `2026-05-04` or `2026-04-05`, or state the order of the numbers with `x-form` in the schema",
            ),
            (
                "day: 2026-W16-2",
                "write `2026-04-14`: a date by week or by day of the year is not read",
            ),
            ("day: \"14 April\"", "add the year"),
            ("day: 19 November 2004 in Nairobi", "did you mean `19 November 2004`?"),
            ("at: \"19.00\"", "did you mean `19:00`?"),
            ("at: \"13:00 PM\"", "did you mean `13:00`?"),
            ("at: \"9:75\"", "there is no minute 75: an hour ends at 59"),
            (
                "talks: [{from: \"10:00\", length: an hour or so, title: A}]",
                "write a length of time such as 01:30, 90 or PT1H30M",
            ),
            ("talks: [{hours: 10 until lunch}]", "write a stretch of time such as 10:00-11:30"),
            ("bell: \"1960\"", "write a time such as 19.00 or 1900"),
            ("printed: 2026-04-14", "did you mean `14.04.2026`?"),
            ("stamp: yesterday", "write seconds since 1970 such as 1305799200"),
            ("nth: 6Sth", "write an ordinal number such as second or 2nd"),
            ("{yes: 1O, voters: [a]}", "write a whole number such as 12"),
        ] {
            let (head, value) = match value.strip_prefix('{') {
                Some(rest) => (day, rest.trim_end_matches('}').replace(", voters", "\nvoters")),
                None if value.starts_with("day") => ("", value.to_owned()),
                None => (day, value.to_owned()),
            };
            let said = said(SITTING, &format!("{head}{value}"));
            let [only] = said.as_slice() else { panic!("{value}: {said:?}") };
            assert!(only.ends_with(&format!("({help})")), "{only}");
        }
    }

    #[test]
    fn what_can_be_read_is_not_reported() {
        for value in [
            "eve: 2011-05-19",
            "eve: \" 2011-05-19 \"",
            "talks: [{from: \"10:00\", length: 90, title: A}, {hours: 10:00-11:30}]",
            "eve: 2011-05",
            "eve: \"2011\"",
            "eve: 2026-04-14T24:00",
            "printed: 14.04.2026",
            "printed: TBC",
            "stamp: 1305799200",
            "at: 3pm",
            "at: 15 heures",
            "at: null",
            "at: \" \"",
            "bell: \"1900\"",
            "bell: 19.00",
            "bell: \"19:00\"",
            "nth: 65th",
            "nth: second",
            "yes: 1O",
            "yes: N.A.\nvoters: [a]",
            "yes: 12\nvoters: [a]",
            "sittings: [{from: \"10:00\", to: \"11:00\", on: 19 May 2011}]",
            "sittings: [{from: 15 February 2024, to: 16 February 2024}]",
            "status: cancelled",
        ] {
            assert_eq!(said(SITTING, &format!("day: 2011-05-19\n{value}")), [""; 0], "{value}");
        }
    }

    #[test]
    fn days_that_no_calendar_has_are_left_to_another_rule() {
        for value in ["2011-02-30", "0001-01-01", "31 June 2011", "2011-13-19"] {
            assert_eq!(said(SITTING, &format!("day: {value}")), [""; 0], "{value}");
            let sittings = format!("day: 2011-05-19\nsittings: [{{from: \"10:00\", on: {value}}}]");
            assert_eq!(said(SITTING, &sittings), [""; 0], "{value}");
        }
    }
}
