//! Something that ends before it begins, or at the same minute.

use std::{borrow::Cow, cmp::Ordering};

use super::{When, stretch};
use crate::{
    fact::{Interval, Meaning, Moment, Record, Text, key},
    finding::{Family, Place, Severity},
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
        let (date, minute, offset) = (Some(moment.date), moment.minute, moment.offset);
        Some(When { date, minute, offset, next_day: false })
    };
    if let (Some(from), Some(to)) = (when(starts), when(ends)) {
        let start = (starts.place, starts.value.into(), from);
        let end = (ends.place, ends.value.into(), to);
        compare(name, start, end, Severity::Warning, findings);
    }
}

fn slot<'t>(record: &Record<'t>, interval: &Interval<'t>, findings: &mut Findings<'_>) {
    let bound = |moment: &Moment<'t>| (moment.text.place, moment.shown(), moment.into());
    if let (Some(start), Some(end)) = (&interval.start, &interval.end) {
        // A list other than a programme has deadlines in it, which calendars give as an event of no length.
        let same = if interval.is_ordered { Severity::Warning } else { Severity::Info };
        compare(|| record.name_of(interval), bound(start), bound(end), same, findings);
    }
}

/// A moment: where it is, what is written, and when it is.
type Bound<'t> = (Place, Cow<'t, str>, When);

fn compare(
    name: impl FnOnce() -> String,
    (start_place, start, from): Bound<'_>,
    (end_place, end, to): Bound<'_>,
    same: Severity,
    findings: &mut Findings<'_>,
) {
    let Some((_, from, to)) = stretch(from, to) else {
        return;
    };
    let finding = match to.cmp(&from) {
        Ordering::Greater => return,
        // Minutes are compared; two times that differ in their seconds are not the same.
        Ordering::Equal if has_seconds(&start) && has_seconds(&end) && start != end => return,
        Ordering::Less => {
            let message = format!("{} ends at `{end}`, before it begins at `{start}`", name());
            findings.at(end_place, message).id("before")
        }
        Ordering::Equal => {
            let message = format!("{} begins and ends at `{end}`", name());
            findings.at(end_place, message).id("same").severity(same)
        }
    };
    finding
        .label(start_place, "it begins here")
        .help("correct one of the two times")
        .value(start)
        .value(end);
}

fn has_seconds(text: &str) -> bool {
    text.bytes().filter(|byte| *byte == b':').count() > 1
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
    fn a_slot_of_a_few_seconds_is_not_reported() {
        check(&RULE, &programme("    start: \"10:00:00\"\n    end: \"10:00:30\"\n"));
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
    fn an_end_in_the_night_is_on_the_next_day() {
        for (start, end) in [
            ("22:00", "01:00"),
            ("7.30 p.m.", "12.15 a.m."),
            ("21:00", "04:00"),
            ("18:00", "06:00"),
        ] {
            let slot = format!("    start: \"{start}\"\n    end: \"{end}\"\n");
            check(&RULE, &programme(&slot));
            check(&RULE, &programme(&slot).replace("date: \"2011-05-19\"\n", ""));
        }
    }

    #[test]
    fn an_end_past_the_night_or_after_more_than_twelve_hours_is_reported() {
        let messages = |start: &str, end: &str| {
            let text = programme(&format!("    start: \"{start}\"\n    end: \"{end}\"\n"));
            crate::testing::findings(&RULE, &[("programme.yaml".into(), text)]).len()
        };
        for (start, end) in [
            ("16:15", "15:15"),
            ("11:40", "01:10"),
            ("22:00", "06:01"),
            ("17:59", "06:00"),
            ("09:00", "00:30"),
        ] {
            assert_eq!(messages(start, end), 1, "{start} to {end}");
        }
    }

    #[test]
    fn dates_that_are_written_in_full_are_not_moved() {
        for (start, end) in
            [("2011-05-19T19:30", "2011-05-19T00:30"), ("2011-05-19T22:00", "2011-05-19T21:00")]
        {
            let text = format!("kind: event\nstart: \"{start}\"\nend: \"{end}\"\n");
            assert_eq!(crate::testing::findings(&RULE, &[("event.yaml".into(), text)]).len(), 1);
        }
    }

    /// The messages for one interval `{from: ..., to: ..., day: ...}` of a schema with these further arguments.
    fn of_interval(arguments: &str, values: &str) -> Vec<String> {
        let schema = format!(
            r#"{{"properties": {{"kind": {{"const": "diary"}}, "all": {{"items": {{
                "x-interval": {{"start": "/from", "end": "/to", "date": "/day"{arguments}}},
                "properties": {{"from": {{}}, "to": {{}}, "day": {{"x-form": "iso-date"}}, "lasts": {{}}}}}}}}}}}}"#
        );
        let catalog = crate::schema::Catalog::new(&[("diary.json".into(), schema)]);
        assert!(catalog.errors().is_empty(), "{:?}", catalog.errors());
        let text = format!("{{kind: diary, all: [{{{values}}}]}}");
        let found = findings_with(&catalog, &RULE, &[("diary.yaml".into(), text)]);
        found.into_iter().map(|one| format!("{}: {}", one.severity.word(), one.message)).collect()
    }

    #[test]
    fn a_schema_says_when_its_days_begin() {
        let late = r#"from: "20:00", to: "07:00""#;
        assert_eq!(
            of_interval("", late),
            ["error: the slot at 20:00 ends at `07:00`, before it begins at `20:00`"]
        );
        assert!(of_interval(r#", "dayBegins": "08:00""#, late).is_empty());
        assert_eq!(
            of_interval(r#", "dayBegins": "00:00""#, r#"from: "23:00", to: "01:00""#).len(),
            1
        );
    }

    #[test]
    fn an_end_without_a_date_is_on_the_day_of_the_start() {
        let values = |to: &str| format!(r#"from: "2011-05-19T19:30", to: "{to}""#);
        assert!(of_interval("", &values("21:00")).is_empty());
        assert!(of_interval("", &values("00:30")).is_empty());
        assert_eq!(of_interval("", &values("18:00")).len(), 1);
    }

    #[test]
    fn a_deadline_in_a_list_without_an_order_is_an_info() {
        let deadline = r#"from: "2019-08-01T12:00", to: "2019-08-01T12:00""#;
        let message = "the slot at 2019-08-01T12:00 begins and ends at `2019-08-01T12:00`";
        assert_eq!(of_interval("", deadline), [format!("warning: {message}")]);
        assert_eq!(of_interval(r#", "list": "unordered""#, deadline), [format!("info: {message}")]);
    }

    #[test]
    fn terms_by_months_and_years_end_with_the_last_day() {
        let schema = r#"{"properties": {"kind": {"const": "term"}, "from": {"x-form": "iso-date"},
            "to": {"x-form": "iso-date"}}, "x-interval": {"start": "/from", "end": "/to"}}"#;
        let catalog = crate::schema::Catalog::new(&[("term.json".into(), schema.into())]);
        let count = |from: &str, to: &str| {
            let text = format!(r#"{{kind: term, from: "{from}", to: "{to}"}}"#);
            findings_with(&catalog, &RULE, &[("term.yaml".into(), text)]).len()
        };
        for (from, to) in [
            ("2015", "2015"),
            ("2015-03", "2015-03"),
            ("2015-12", "2016"),
            ("2016-02-29", "2016-02"),
        ] {
            assert_eq!(count(from, to), 0, "{from} to {to}");
        }
        for (from, to) in [
            ("2016", "2015"),
            ("2015-03", "2015-02"),
            ("2016-03-01", "2016-02"),
            ("2016", "2015-12"),
        ] {
            assert_eq!(count(from, to), 1, "{from} to {to}");
        }
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
