//! A slot that begins before its event, or ends after it.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{When, Window, event_name, stretch, window};
use crate::{
    calendar::{self, Minute},
    corpus::{
        Group, Member,
        relation::{Event, event::Bound, event::EventPart},
    },
    finding::{Family, Severity},
    rule::{Check, Findings, Fix, On, Rule, RuleId},
    sources::SourceId,
    vocabulary::DateRole,
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("slot-outside-event"),
    family: Family::Times,
    summary: "a slot that begins before its event or ends after it",
    level: Some(Severity::Error),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/slot-outside-event.md"),
    options: &[],
    check: Check::Group(&On::<Event>(check)),
};

fn check(group: &Group<'_, Event>, findings: &mut Findings<'_>) {
    let Some(window) = window(group) else { return };
    let mut days = dates_of_records(group);
    for member in &group.members {
        let EventPart::Interval { start, end } = member.part() else {
            continue;
        };
        let Some(outlier) = outlier(&window, start, end) else {
            continue;
        };
        // A wrong day is one mistake, however many slots it has.
        let day = (member.source(), member.record(), outlier.slot.date);
        if outlier.slot.day() != outlier.event.date && !days.insert(day) {
            continue;
        }
        report(member, &window, &outlier, findings);
    }
}

/// The days that are the dates of whole records: `date-differs-from-event` looks at those.
fn dates_of_records(group: &Group<'_, Event>) -> BTreeSet<(SourceId, u32, Date)> {
    let held = |member: &Member<'_, Event>| match member.part() {
        EventPart::Date { role: DateRole::Held, date } => {
            Some((member.source(), member.record(), date))
        }
        _ => None,
    };
    group.members.iter().filter_map(held).collect()
}

/// The moment of a slot that is outside, and the moment of the event that it is beyond.
struct Outlier {
    slot: Bound,
    event: Bound,
    does: &'static str,
    side: &'static str,
    event_does: &'static str,
}

fn outlier(window: &Window<'_>, start: Option<Bound>, end: Option<Bound>) -> Option<Outlier> {
    let ends_first = start.zip(end).is_some_and(|(start, end)| {
        stretch((&start).into(), (&end).into()).is_some_and(|(_, from, to)| to < from)
    });
    if ends_first {
        return None;
    }
    let outlier =
        |slot, event, does, side, event_does| Outlier { slot, event, does, side, event_does };
    if let (Some(slot), Some(event)) = (start, window.starts)
        && is_before(&slot, &event)
    {
        return Some(outlier(slot, event, "begins", "before", "begins"));
    }
    let event = window.ends?;
    let whole = window.starts.is_some_and(|starts| starts.date == event.date);
    if let Some(slot) = start
        && is_after(&slot, false, &event, whole)
    {
        return Some(outlier(slot, event, "begins", "after", "ends"));
    }
    let slot = end?;
    let same_day = start.is_some_and(|start| start.date == slot.date);
    is_after(&slot, same_day, &event, whole).then(|| outlier(slot, event, "ends", "after", "ends"))
}

fn is_before(slot: &Bound, event: &Bound) -> bool {
    if slot.minute.is_none() || event.minute.is_none() {
        return slot.date < event.date;
    }
    let (slot, event) = (When::from(slot), When::from(event));
    match (slot.minutes(false), event.minutes(false)) {
        (Some((clock, slot)), Some((other, event))) => clock == other && slot < event,
        _ => false,
    }
}

/// Whether `slot` is after the end of the event. Midnight is the end of the day where the beginning
/// is on the same day: `slot_day` and `event_day` say so.
fn is_after(slot: &Bound, slot_day: bool, event: &Bound, event_day: bool) -> bool {
    let midnight = |bound: &Bound| bound.minute == Some(Minute::START);
    if slot.minute.is_none() || event.minute.is_none() {
        let day_before = midnight(slot) && !slot_day;
        return calendar::days_between(event.date, slot.date) > i64::from(day_before);
    }
    let minutes = |bound: &Bound, same_day: bool| {
        let mut when = When::from(bound);
        when.minute = when.minute.map(|m| if same_day { m.as_end() } else { m });
        when.minutes(true)
    };
    match (minutes(slot, slot_day), minutes(event, event_day)) {
        (Some((clock, slot)), Some((other, event))) => clock == other && slot > event,
        _ => false,
    }
}

fn report(
    member: &Member<'_, Event>,
    window: &Window<'_>,
    outlier: &Outlier,
    findings: &mut Findings<'_>,
) {
    let Outlier { slot, event, does, side, event_does } = outlier;
    let same_day = slot.day() == event.date;
    let message = format!(
        "{} {does} {}, {side} {} {event_does} {}",
        member.shown(),
        format_bound(slot, same_day),
        event_name(window),
        format_bound(event, same_day)
    );
    findings
        .at(member.bound_place(slot), message)
        .label(window.event.bound_place(event), format!("the event {event_does} here"))
        .help("correct the times of the slot or those of the event")
        .value(slot.date.to_string())
        .value(slot.minute.map_or_else(String::new, |minute| minute.to_string()));
}

fn format_bound(bound: &Bound, same_day: bool) -> String {
    let date = calendar::long(bound.day());
    let offset = bound.offset.map(calendar::offset_text).unwrap_or_default();
    match bound.minute {
        Some(minute) if same_day => format!("at {minute}{offset}"),
        Some(minute) => format!("on {date} at {minute}{offset}"),
        None => format!("on {date}"),
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, findings};

    /// The messages for slots in a programme of 19 May 2011 whose event has this window.
    fn messages(window: (&str, &str), slots: &str) -> Vec<String> {
        let (start, end) = window;
        let event = format!("id: debate\nkind: event\nstart: \"{start}\"\nend: \"{end}\"\n");
        let programme =
            format!("kind: programme\nevent: debate\ndate: \"2011-05-19\"\nslots:\n{slots}\n");
        let files = [("event.yaml".into(), event), ("programme.yaml".into(), programme)];
        let found = findings(&RULE, &files);
        found.into_iter().map(|finding| finding.message).collect()
    }

    const HOURS: (&str, &str) = ("2011-05-19T10:00", "2011-05-19T18:00");
    const DAYS: (&str, &str) = ("2011-05-19", "2011-05-20");

    #[test]
    fn a_slot_after_the_end_of_the_event_is_reported() {
        check(
            &RULE,
            r#"
=== event.yaml
id: debate
kind: event
start: "2011-05-19T10:00"
#       ~~~~~~~~~~~~~~~~ the event begins here
end: "2011-05-19T18:00"
#     ~~~~~~~~~~~~~~~~ the event ends here
=== programme.yaml
kind: programme
event: debate
date: "2011-05-19"
slots:
  - {title: Coffee, start: "09:59", end: "10:00"}
#                           ^^^^^ error: “Coffee” begins at 09:59, before `debate` begins at 10:00
  - {title: Panel, start: "10:00", end: "13:00"}
  - {title: Closing, start: "17:50", end: "18:01"}
#                                          ^^^^^ error: “Closing” ends at 18:01, after `debate` ends at 18:00
"#,
        );
    }

    #[test]
    fn a_slot_that_fills_the_event_is_not_reported() {
        assert!(messages(HOURS, "  - {start: \"10:00\", end: \"18:00\"}").is_empty());
    }

    #[test]
    fn an_event_with_dates_alone_covers_its_days() {
        assert!(messages(DAYS, "  - {start: \"00:00\", end: \"24:00\"}").is_empty());
        let last = |date: &str| {
            messages(DAYS, &format!("  - {{start: \"23:00\", end: \"00:00\", date: \"{date}\"}}"))
        };
        assert!(last("2011-05-20").is_empty());
        assert_eq!(
            last("2011-05-21"),
            [
                "the slot at 23:00 begins on 21 May 2011 at 23:00, after `debate` ends on 20 May 2011"
            ]
        );
    }

    #[test]
    fn an_event_until_midnight_covers_its_last_day() {
        for end in ["2011-05-19T24:00", "2011-05-20T00:00", "2011-05-19T00:00"] {
            let window = ("2011-05-19T10:00", end);
            assert!(messages(window, "  - {start: \"22:00\", end: \"00:00\"}").is_empty(), "{end}");
        }
        let long = ("2011-05-18T10:00", "2011-05-19T00:00");
        assert_eq!(messages(long, "  - {start: \"00:10\", end: \"00:20\"}").len(), 1);
    }

    #[test]
    fn a_wrong_day_is_reported_once() {
        let day = "date: \"2011-05-18\"";
        let slots = format!(
            "  - {{start: \"10:00\", end: \"11:00\", {day}}}\n  - {{start: \"11:00\", end: \"12:00\", {day}}}"
        );
        assert_eq!(
            messages(HOURS, &slots),
            [
                "the slot at 10:00 begins on 18 May 2011 at 10:00, before `debate` begins on 19 May 2011 at 10:00"
            ]
        );
    }

    #[test]
    fn the_wrong_date_of_a_whole_programme_is_not_reported() {
        let window = ("2011-06-19T10:00", "2011-06-19T18:00");
        assert!(messages(window, "  - {start: \"10:00\", end: \"11:00\"}").is_empty());
    }

    #[test]
    fn times_that_cannot_be_compared_are_not_reported() {
        let slot = "  - {start: \"09:00\", end: \"20:00\"}";
        let zoned = ("2011-05-19T10:00-04:00", "2011-05-19T18:00-04:00");
        assert!(messages(zoned, slot).is_empty());
        let reversed = ("2011-05-19T18:00", "2011-05-19T10:00");
        assert!(messages(reversed, slot).is_empty());
        // Which of the two times of the slot is wrong is not known.
        assert!(messages(HOURS, "  - {start: \"19:00\", end: \"11:00\"}").is_empty());
        assert_eq!(messages(HOURS, slot).len(), 1);
    }

    #[test]
    fn events_with_two_different_times_are_skipped() {
        check(
            &RULE,
            r#"
=== a.yaml
id: debate
kind: event
start: "2011-05-19"
end: "2011-05-19"
=== b.yaml
id: debate
kind: event
start: "2011-05-20"
end: "2011-05-20"
=== programme.yaml
kind: programme
event: debate
slots:
  - {start: "10:00", end: "11:00", date: "2011-06-19"}
"#,
        );
    }

    #[test]
    fn a_slot_into_the_night_belongs_to_the_day_before() {
        assert!(
            messages(DAYS, "  - {start: \"21:00\", end: \"02:00\", date: \"2011-05-20\"}")
                .is_empty()
        );
        let until = ("2011-05-19T10:00", "2011-05-20T01:00");
        assert!(messages(until, "  - {start: \"21:00\", end: \"01:00\"}").is_empty());
        assert_eq!(
            messages(until, "  - {start: \"21:00\", end: \"01:10\"}"),
            ["the slot at 21:00 ends at 01:10, after `debate` ends at 01:00"]
        );
    }
}
