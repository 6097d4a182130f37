//! A record that is dated on the wrong side of its event, or an act of a meeting that is dated on another day.

use std::collections::BTreeSet;

use super::{event_name, window};
use crate::{
    calendar,
    corpus::{
        Group,
        relation::{Event, event::Bound, event::EventPart},
    },
    finding::{Family, Severity},
    message::counted,
    rule::{Check, Findings, Fix, On, Rule, RuleId},
    vocabulary::{Side, Status},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("record-before-event"),
    family: Family::Times,
    summary: "a record that is dated on the wrong side of its event, or an act of a meeting with another date",
    level: Some(Severity::Warning),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/record-before-event.md"),
    options: &[],
    check: Check::Group(&On::<Event>(check)),
};

fn check(group: &Group<'_, Event>, findings: &mut Findings<'_>) {
    let Some(window) = window(group) else { return };
    if window.event.record_status() == Some(Status::Cancelled) {
        return;
    }
    let mut reported = BTreeSet::new();
    for member in &group.members {
        let EventPart::Beside { side, date } = member.part() else { continue };
        // What is issued again may be so after the event.
        let status = member.record_status();
        let is_reissued = side == Side::BeforeEvent && status == Some(Status::Reissued);
        if status == Some(Status::Cancelled) || is_reissued {
            continue;
        }
        let days = |bound: &Bound| calendar::days_between(bound.date, date);
        let after = || window.ends.filter(|ends| days(ends) > 0);
        let before = || window.starts.filter(|starts| days(starts) < 0);
        let beyond = match side {
            Side::BeforeEvent => after(),
            Side::AfterEvent => before(),
            Side::DuringEvent => before().or_else(after),
        };
        let Some(bound) = beyond else { continue };
        if !reported.insert((member.source(), member.record(), date)) {
            continue;
        }
        let count = counted(days(&bound).unsigned_abs() as usize, "day");
        let (found, verb) = if days(&bound) > 0 { ("after", "ends") } else { ("before", "begins") };
        let wanted = match side {
            Side::BeforeEvent => "an earlier date",
            Side::AfterEvent => "a later date",
            Side::DuringEvent => "a day of the event",
        };
        let message = format!(
            "the date {} is {count} {found} {} {verb} on {}; {wanted} is expected",
            calendar::long(date),
            event_name(&window),
            calendar::long(bound.date)
        );
        findings
            .at(member.place(), message)
            .label(window.event.bound_place(&bound), format!("the event {verb} here"))
            .help("correct the date of the record or the days of the event")
            .value(date.to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check;

    const EVENT: &str = r#"
=== event.yaml
id: debate
kind: event
start: "2011-05-19T10:00"
end: "2011-05-20T18:00"
"#;

    #[test]
    fn dates_on_the_wrong_side_of_the_event_are_reported() {
        check(
            &RULE,
            r#"
=== event.yaml
id: debate
kind: event
start: "2011-05-19T10:00"
#       ~~~~~~~~~~~~~~~~ the event begins here
end: "2011-05-20T18:00"
#     ~~~~~~~~~~~~~~~~ the event ends here
=== programme.yaml
kind: programme
event: debate
issued: "2011-05-21"
#        ^^^^^^^^^^ warning: the date 21 May 2011 is 1 day after `debate` ends on 20 May 2011; an earlier date is expected
=== summary.yaml
kind: summary
event: debate
date: "2011-04-19"
#      ^^^^^^^^^^ warning: the date 19 April 2011 is 30 days before `debate` begins on 19 May 2011; a later date is expected
"#,
        );
    }

    #[test]
    fn an_act_of_a_meeting_has_its_date() {
        check(
            &RULE,
            r#"
=== event.yaml
id: debate
kind: event
start: "2011-05-19T10:00"
#       ~~~~~~~~~~~~~~~~ the event begins here
end: "2011-05-20T18:00"
#     ~~~~~~~~~~~~~~~~ the event ends here
=== a.yaml
kind: resolution
event: debate
adopted: "2011-05-21"
#         ^^^^^^^^^^ warning: the date 21 May 2011 is 1 day after `debate` ends on 20 May 2011; a day of the event is expected
=== b.yaml
kind: resolution
event: debate
adopted: "2011-05-18"
#         ^^^^^^^^^^ warning: the date 18 May 2011 is 1 day before `debate` begins on 19 May 2011; a day of the event is expected
=== c.yaml
kind: resolution
event: debate
adopted: "2011-05-20"
=== d.yaml
kind: resolution
event: debate
symbol: A/RES/65/170
adopted: "2010-12-20"
=== e.yaml
kind: resolution
event: debate
organ: General Assembly
adopted: "2010-12-20"
"#,
        );
    }

    fn fine(record: &str) {
        check(&RULE, &format!("{EVENT}=== record.yaml\nevent: debate\n{record}\n"));
    }

    #[test]
    fn days_of_the_event_are_not_reported() {
        for date in ["2011-05-19", "2011-05-20"] {
            fine(&format!("kind: summary\ndate: \"{date}\""));
            fine(&format!("kind: programme\nissued: \"{date}\""));
        }
    }

    #[test]
    fn letters_are_not_reported() {
        fine("kind: letter\ndate: \"2010-12-21\"");
        fine("kind: letter\ndate: \"2011-06-28\"");
    }

    #[test]
    fn reissued_and_cancelled_records_are_not_reported() {
        fine("kind: programme\nstatus: reissued\nissued: \"2011-06-28\"");
        fine("kind: programme\nstatus: cancelled\nissued: \"2011-06-28\"");
        fine("kind: summary\nstatus: cancelled\ndate: \"2011-04-19\"");
        let cancelled = EVENT.replace("kind: event", "kind: event\nstatus: cancelled");
        let summary = "=== summary.yaml\nkind: summary\nevent: debate\ndate: \"2011-04-19\"\n";
        check(&RULE, &format!("{cancelled}{summary}"));
    }

    #[test]
    fn events_without_certain_days_are_skipped() {
        let other = EVENT.replace("id: debate", "id: other");
        let summary = "=== summary.yaml\nkind: summary\nevent: debate\ndate: \"2011-04-19\"\n";
        check(&RULE, &format!("{other}{summary}"));
        check(&RULE, "kind: summary\nevent: debate\ndate: \"2011-04-19\"\n");
    }

    #[test]
    fn placeholders_are_not_compared() {
        fine("kind: summary\ndate: \"1970-01-01\"");
    }
}
