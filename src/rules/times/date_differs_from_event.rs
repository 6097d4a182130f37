//! A record that says it was held on a day on which its event is not.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{Window, event_name, window};
use crate::{
    calendar,
    corpus::{
        Group,
        relation::{Event, event::Bound, event::EventPart},
    },
    finding::{Family, Severity},
    message::counted,
    rule::{Check, Findings, Fix, On, Rule, RuleId, RuleOption},
    vocabulary::DateRole,
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("date-differs-from-event"),
    family: Family::Times,
    summary: "a record that is dated on a day on which its event is not held",
    level: Some(Severity::Warning),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/date-differs-from-event.md"),
    options: &[&NEAR],
    check: Check::Group(&On::<Event>(check)),
};

/// A text is often written, and dated, some days before it is read out.
static NEAR: RuleOption<u32> = RuleOption {
    name: "near",
    default: 3,
    about: "The most days between the date and the event for which the finding is a warning and not an error.",
};

fn check(group: &Group<'_, Event>, findings: &mut Findings<'_>) {
    let Some(window) = window(group) else { return };
    let near = u64::from(*findings.option(&NEAR));
    let mut reported = BTreeSet::new();
    for member in &group.members {
        let EventPart::Date { role: DateRole::Held, date } = member.part() else {
            continue;
        };
        let Some((bound, days)) = outside(&window, date) else {
            continue;
        };
        // A record often writes its date in two ways.
        if !reported.insert((member.source(), member.record(), date)) {
            continue;
        }
        let (side, verb) = if days < 0 { ("before", "begins") } else { ("after", "ends") };
        let message = format!(
            "the date {} is {} {side} {} {verb} on {}",
            calendar::long(date),
            counted(days.unsigned_abs() as usize, "day"),
            event_name(&window),
            calendar::long(bound.date)
        );
        let finding = findings
            .at(member.place(), message)
            .label(window.event.bound_place(&bound), format!("the event {verb} here"))
            .help("correct the date of the record or the days of the event")
            .value(date.to_string());
        if days.unsigned_abs() > near {
            finding.severity(Severity::Error);
        }
    }
}

/// The end of the window that `date` is beyond, and by how many days.
fn outside(window: &Window<'_>, date: Date) -> Option<(Bound, i64)> {
    let beyond = |bound: Option<Bound>, is_outside: fn(i64) -> bool| {
        let bound = bound?;
        let days = calendar::days_between(bound.date, date);
        is_outside(days).then_some((bound, days))
    };
    beyond(window.starts, |days| days < 0).or_else(|| beyond(window.ends, |days| days > 0))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, check_carets_with};

    const EVENT: &str = r#"
=== event.yaml
id: debate
kind: event
start: "2011-05-19T10:00"
end: "2011-05-20T18:00"
"#;

    fn with_event(event: &str, records: &str) {
        check(&RULE, &format!("{event}{}", records.trim_start()));
    }

    #[test]
    fn up_to_three_days_are_a_warning_and_more_are_an_error() {
        with_event(
            r#"
=== event.yaml
id: debate
kind: event
start: "2011-05-19T10:00"
#       ~~~~~~~~~~~~~~~~ the event begins here
end: "2011-05-20T18:00"
#     ~~~~~~~~~~~~~~~~ the event ends here
#     ~~~~~~~~~~~~~~~~ the event ends here
"#,
            r#"
=== a.yaml
kind: statement
event: debate
date: "2011-05-18"
#      ^^^^^^^^^^ warning: the date 18 May 2011 is 1 day before `debate` begins on 19 May 2011
=== b.yaml
kind: statement
event: debate
dateLine: 23 May 2011
#         ^^^^^^^^^^^ warning: the date 23 May 2011 is 3 days after `debate` ends on 20 May 2011
=== c.yaml
kind: statement
event: debate
date: "2011-05-24"
#      ^^^^^^^^^^ error: the date 24 May 2011 is 4 days after `debate` ends on 20 May 2011
"#,
        );
    }

    #[test]
    fn a_project_says_how_many_days_are_a_warning() {
        let files = |level: &str| {
            format!(
                "=== event.yaml\nid: debate\nkind: event\nstart: \"2011-05-19T10:00\"\nend: \"2011-05-20T18:00\"\n\
                 #     ~~~~~~~~~~~~~~~~ the event ends here\n=== a.yaml\nkind: statement\nevent: debate\ndate: \"2011-05-27\"\n\
                 #      ^^^^^^^^^^ {level}: the date 27 May 2011 is 7 days after `debate` ends on 20 May 2011\n"
            )
        };
        let near = |days: u32| format!("[rules.date-differs-from-event]\nnear = {days}\n");
        check_carets_with(&RULE, &near(7), &files("warning"));
        check_carets_with(&RULE, &near(6), &files("error"));
        check_carets_with(&RULE, "", &files("error"));
    }

    #[test]
    fn days_of_the_event_are_not_reported() {
        for date in ["2011-05-19", "2011-05-20"] {
            let record = format!("=== a.yaml\nkind: statement\nevent: debate\ndate: \"{date}\"\n");
            with_event(EVENT, &record);
        }
    }

    #[test]
    fn a_date_written_in_two_ways_is_reported_once() {
        with_event(
            &EVENT.replace("end:", "#       ~~~~~~~~~~~~~~~~ the event begins here\nend:"),
            r#"
=== a.yaml
kind: statement
event: debate
date: "2011-05-18"
#      ^^^^^^^^^^ warning: the date 18 May 2011 is 1 day before `debate` begins on 19 May 2011
dateLine: 18 May 2011
"#,
        );
    }

    #[test]
    fn dates_of_other_things_are_not_compared() {
        with_event(
            EVENT,
            r#"
=== a.yaml
kind: letter
event: debate
date: "2010-12-21"
=== b.yaml
kind: programme
event: debate
issued: "2011-04-05"
"#,
        );
    }

    #[test]
    fn events_with_two_different_days_are_skipped() {
        with_event(
            EVENT,
            r#"
=== other.yaml
id: debate
kind: event
start: "2012-05-19"
end: "2012-05-19"
=== statement.yaml
kind: statement
event: debate
date: "2013-05-19"
"#,
        );
    }

    #[test]
    fn records_of_other_events_are_not_compared() {
        with_event(
            EVENT,
            r#"
=== a.yaml
kind: statement
event: other
date: "2013-05-19"
=== b.yaml
kind: statement
date: "2013-05-19"
"#,
        );
    }
}
