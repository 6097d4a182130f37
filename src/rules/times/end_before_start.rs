//! Something that ends before it begins, or at the same minute.

use std::cmp::Ordering;

use super::{When, stretch};
use crate::{
    fact::{Interval, Meaning, Record, Text, key},
    finding::{Family, Severity},
    message::quoted,
    rule::{Check, Findings, Fix, Rule, RuleId},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("end-before-start"),
    family: Family::Times,
    summary: "a slot or an event that ends before it begins, or at the same minute",
    level: Some(Severity::Error),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/end-before-start.md"),
    options: &[],
    check: Check::Record(check),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    if let (Some(starts), Some(ends)) = (record.head.starts, record.head.ends) {
        let name = || record.head.id.map_or_else(|| "the event".to_owned(), |id| quoted(id.value));
        event(name, starts, ends, findings);
    }
    for fact in &record.facts {
        if let Meaning::Interval(interval) = &fact.meaning {
            slot(record, interval, findings);
        }
    }
}

fn event(
    name: impl FnOnce() -> String,
    starts: Text<'_>,
    ends: Text<'_>,
    findings: &mut Findings<'_>,
) {
    let when = |text: Text<'_>| {
        let moment = key::plausible_moment(text.value)?;
        Some(When { date: Some(moment.date), minute: moment.minute, offset: moment.offset })
    };
    if let (Some(start), Some(end)) = (when(starts), when(ends)) {
        compare(name, (starts, start), (ends, end), findings);
    }
}

fn slot<'t>(record: &Record<'t>, interval: &Interval<'t>, findings: &mut Findings<'_>) {
    if let (Some(start), Some(end)) = (&interval.start, &interval.end) {
        let (from, to) = ((start.text, start.into()), (end.text, end.into()));
        compare(|| record.name_of(interval), from, to, findings);
    }
}

fn compare(
    name: impl FnOnce() -> String,
    (start, from): (Text<'_>, When),
    (end, to): (Text<'_>, When),
    findings: &mut Findings<'_>,
) {
    let Some((_, from, to)) = stretch(from, to) else {
        return;
    };
    let finding = match to.cmp(&from) {
        Ordering::Greater => return,
        Ordering::Less => {
            let message = format!(
                "{} ends at `{}`, before it begins at `{}`",
                name(),
                end.value,
                start.value
            );
            findings.at(end.place, message).id("before")
        }
        Ordering::Equal => {
            let message = format!("{} begins and ends at `{}`", name(), end.value);
            findings.at(end.place, message).id("same").severity(Severity::Warning)
        }
    };
    finding
        .label(start.place, "it begins here")
        .help("correct one of the two times")
        .value(start.value)
        .value(end.value);
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, findings_with};

    /// A programme with one slot.
    fn programme(slot: &str) -> String {
        format!("kind: programme\ndate: \"2011-05-19\"\nslots:\n  - title: Panel\n{slot}")
    }

    #[test]
    fn a_slot_that_ends_before_it_begins_is_reported() {
        check(
            &RULE,
            &programme(
                r#"    start: "13:00"
#           ~~~~~ it begins here
    end: "10:20"
#         ^^^^^ error: “Panel” ends at `10:20`, before it begins at `13:00`
"#,
            ),
        );
    }

    #[test]
    fn a_slot_of_no_length_is_a_warning() {
        check(
            &RULE,
            &programme(
                r#"    start: "10:00"
#           ~~~~~ it begins here
    end: 10 a.m.
#        ^^^^^^^ warning: “Panel” begins and ends at `10 a.m.`
"#,
            ),
        );
    }

    #[test]
    fn a_slot_of_one_minute_is_not_reported() {
        check(&RULE, &programme("    start: \"10:00\"\n    end: \"10:01\"\n"));
    }

    #[test]
    fn midnight_as_an_end_is_the_end_of_the_day() {
        for end in ["24:00", "00:00", "midnight"] {
            check(&RULE, &programme(&format!("    start: \"22:00\"\n    end: \"{end}\"\n")));
        }
    }

    #[test]
    fn a_slot_past_midnight_without_a_date_is_reported() {
        check(
            &RULE,
            &programme(
                r#"    start: "22:00"
#           ~~~~~ it begins here
    end: "01:00"
#         ^^^^^ error: “Panel” ends at `01:00`, before it begins at `22:00`
"#,
            ),
        );
    }

    #[test]
    fn missing_and_unreadable_ends_are_not_reported() {
        check(&RULE, &programme("    start: \"10:00\"\n"));
        check(&RULE, &programme("    start: \"10:00\"\n    end: late\n"));
    }

    #[test]
    fn an_event_that_ends_before_it_begins_is_reported() {
        check(
            &RULE,
            r#"
kind: event
start: "2011-05-19"
#       ~~~~~~~~~~ it begins here
end: "2011-05-18"
#     ^^^^^^^^^^ error: the event ends at `2011-05-18`, before it begins at `2011-05-19`
"#,
        );
    }

    #[test]
    fn an_event_of_one_day_or_past_midnight_is_not_reported() {
        for (start, end) in [
            ("2011-05-19", "2011-05-19"),
            ("2011-05-19T10:00", "2011-05-19"),
            ("2011-05-19T00:00", "2011-05-19T00:00"),
            ("2011-05-19", "2011-05-19T18:00"),
            ("2011-05-19T22:00", "2011-05-20T01:00"),
            ("2011-05-19T22:00", "2011-05-19T24:00"),
        ] {
            check(&RULE, &format!("kind: event\nstart: \"{start}\"\nend: \"{end}\"\n"));
        }
    }

    #[test]
    fn an_interval_without_a_title_is_called_by_its_time_or_its_record() {
        let interval = r#""x-interval": {"start": "/from", "end": "/to"}"#;
        let schema = format!(
            r#"{{"x-record": {{"id": "/id", "title": "/title"}}, {interval}, "properties": {{
                "kind": {{"const": "sitting"}}, "parts": {{"items": {{{interval}}}}}}}}}"#
        );
        let catalog = crate::schema::Catalog::new(&[("sitting.json".into(), schema)]);
        let times = r#"from: "13:00", to: "10:20""#;
        for (record, name) in [
            (format!("parts: [{{{times}}}]"), "the slot at 13:00"),
            (times.to_owned(), "the meeting"),
            (format!("id: s-2, {times}"), "`s-2`"),
            (format!("id: s-2, title: Second sitting, {times}"), "“Second sitting”"),
        ] {
            let text = format!("{{kind: sitting, {record}}}");
            let found = findings_with(&catalog, &RULE, &[("sitting.yaml".into(), text)]);
            let messages: Vec<&str> = found.iter().map(|one| one.message.as_str()).collect();
            assert_eq!(messages, [format!("{name} ends at `10:20`, before it begins at `13:00`")]);
        }
    }

    #[test]
    fn offsets_are_compared_if_both_are_known() {
        let schema = r#"{
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "x-record": {"id": "/id"},
            "x-interval": {"start": "/from", "end": "/to"},
            "properties": {
                "id": {"type": "string"}, "kind": {"const": "sitting"},
                "from": {"type": "string", "x-form": "iso-date"},
                "to": {"type": "string", "x-form": "iso-date"}
            }
        }"#;
        let catalog = crate::schema::Catalog::new(&[("sitting.json".into(), schema.into())]);
        let count = |from: &str, to: &str| {
            let text =
                format!("kind: sitting\nfrom: \"2011-05-19T{from}\"\nto: \"2011-05-19T{to}\"\n");
            findings_with(&catalog, &RULE, &[("sitting.yaml".into(), text)]).len()
        };
        assert!(catalog.errors().is_empty(), "{:?}", catalog.errors());
        // The end is later by the clock on the wall and earlier in fact, and the other way round.
        assert_eq!(count("10:00-04:00", "12:00+02:00"), 1);
        assert_eq!(count("10:00+02:00", "09:00-04:00"), 0);
        assert_eq!(count("10:00Z", "09:00"), 0);
        assert_eq!(count("10:00", "09:00"), 1);
    }
}
