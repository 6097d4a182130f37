//! Two slots of one record that take place at the same time in the same place.

use super::{Slot, names, slots};
use crate::{
    fact::Record,
    finding::{Family, Severity},
    message::shown,
    rule::{Check, Findings, Fix, Rule, RuleId},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("slots-overlap"),
    family: Family::Times,
    summary: "two slots that take place at the same time in the same place",
    level: Some(Severity::Error),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/slots-overlap.md"),
    options: &[],
    check: Check::Record(check),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    let mut slots = slots(record);
    slots.retain(|slot| slot.to.is_some_and(|to| slot.from < to));
    // The sort is stable: of slots that begin together the first in the list goes first.
    slots.sort_by(|a, b| (room(a), a.from).cmp(&(room(b), b.from)));
    for together in slots.chunk_by(|a, b| room(a) == room(b)) {
        let mut longest: Option<&Slot<'_, '_>> = None;
        for slot in together {
            if let Some(earlier) = longest.filter(|earlier| Some(slot.from) < earlier.to) {
                report(record, slot, earlier, findings);
            }
            if longest.is_none_or(|longest| longest.to < slot.to) {
                longest = Some(slot);
            }
        }
    }
}

/// Only slots for which this is equal can overlap. Without dates, each list may be a day of its own.
fn room<'s>(slot: &'s Slot<'_, '_>) -> impl Ord + use<'s> {
    let list = slot.list.filter(|_| slot.clock == super::Clock::SomeDay);
    (slot.clock, list, slot.track.as_deref())
}

fn report<'t>(
    record: &Record<'t>,
    slot: &Slot<'_, 't>,
    earlier: &Slot<'_, 't>,
    findings: &mut Findings<'_>,
) {
    let (Some(end), Some(own_end)) = (&earlier.interval.end, &slot.interval.end) else {
        return;
    };
    let ((name, other), start) = (names(record, slot, earlier), slot.start.text);
    let place = slot.interval.track.map(|track| format!(", both in “{}”", shown(track.value)));
    let message = format!(
        "{name} begins at `{}`, before {other} ends at `{}`{}",
        start.value,
        end.text.value,
        place.unwrap_or_default()
    );
    findings
        .at(start.place, message)
        .label(end.text.place, format!("{other} ends here"))
        .help("correct the times, or give the slots different rooms")
        .value(start.value)
        .value(own_end.text.value)
        .value(end.text.value);
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check;

    #[test]
    fn overlapping_slots_in_one_room_are_reported() {
        check(
            &RULE,
            r#"
kind: programme
date: "2011-05-19"
slots:
  - {title: Opening, start: "10:00", end: "10:20"}
#                                          ~~~~~ “Opening” ends here
  - {title: Panel one, start: "10:19", end: "13:00"}
#                              ^^^^^ error: “Panel one” begins at `10:19`, before “Opening” ends at `10:20`
"#,
        );
    }

    #[test]
    fn slots_that_touch_are_not_reported() {
        check(
            &RULE,
            r#"
kind: programme
slots:
  - {title: Opening, start: "10:00", end: "10:20"}
  - {title: Panel one, start: "10:20", end: "13:00"}
  - {title: Panel two, start: "15:00", end: "17:40"}
"#,
        );
    }

    #[test]
    fn each_slot_is_reported_once_with_the_one_that_ends_last() {
        check(
            &RULE,
            r#"
kind: programme
date: "2011-05-19"
slots:
  - {title: All day, start: "10:00", end: "18:00"}
#                                          ~~~~~ “All day” ends here
#                                          ~~~~~ “All day” ends here
  - {title: One, start: "10:00", end: "11:00"}
#                        ^^^^^ error: “One” begins at `10:00`, before “All day” ends at `18:00`
  - {title: Two, start: "15:00", end: "16:00"}
#                        ^^^^^ error: “Two” begins at `15:00`, before “All day” ends at `18:00`
"#,
        );
    }

    #[test]
    fn the_later_slot_is_reported_whatever_the_order() {
        check(
            &RULE,
            r#"
kind: programme
slots:
  - {start: "10:30", end: "11:30"}
#            ^^^^^ error: the slot at 10:30 begins at `10:30`, before the slot at 10:00 ends at `11:00`
  - {start: "10:00", end: "11:00"}
#                          ~~~~~ the slot at 10:00 ends here
"#,
        );
    }

    #[test]
    fn parallel_tracks_are_not_reported_and_case_is_ignored() {
        check(
            &RULE,
            r#"
kind: programme
slots:
  - {title: One, track: Room 1, start: "10:00", end: "11:00"}
#                                                     ~~~~~ “One” ends here
  - {title: Two, track: Room 2, start: "10:00", end: "11:00"}
  - {title: Three, track: room  1, start: "10:30", end: "11:00"}
#                                          ^^^^^ error: “Three” begins at `10:30`, before “One” ends at `11:00`, both in “room  1”
  - {title: Four, start: "10:00", end: "11:00"}
"#,
        );
    }

    #[test]
    fn slots_on_two_days_are_not_reported() {
        check(
            &RULE,
            r#"
kind: programme
date: "2011-05-19"
slots:
  - {title: One, start: "10:00", end: "11:00"}
  - {title: Two, start: "10:00", end: "11:00", date: "2011-05-20"}
"#,
        );
    }

    #[test]
    fn an_end_at_midnight_lasts_until_the_next_day_begins() {
        check(
            &RULE,
            r#"
kind: programme
date: "2011-05-19"
slots:
  - {title: One, start: "22:00", end: "00:00"}
#                                      ~~~~~ “One” ends here
  - {title: Two, start: "23:00", end: "23:30"}
#                        ^^^^^ error: “Two” begins at `23:00`, before “One” ends at `00:00`
  - {title: Three, start: "00:00", end: "01:00", date: "2011-05-20"}
"#,
        );
    }

    #[test]
    fn slots_without_a_usable_end_are_skipped() {
        check(
            &RULE,
            r#"
kind: programme
slots:
  - {title: One, start: "10:00"}
  - {title: Two, start: "10:00", end: "09:00"}
  - {title: Mark, start: "10:30", end: "10:30"}
  - {title: Three, start: "10:00", end: "11:00"}
"#,
        );
    }
}
