//! A stretch of a day for which a record that covers the hours around it lists nothing.

use super::{Clock, Slot, names, slots};
use crate::{
    fact::{Meaning, Record},
    finding::{Family, Severity},
    message::counted,
    rule::{Check, Findings, Fix, Minutes, Rule, RuleId, RuleOption},
    vocabulary::FactKinds,
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("slot-gap"),
    family: Family::Times,
    summary: "more than two and a half hours between two slots of one day",
    level: Some(Severity::Info),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/slot-gap.md"),
    options: &[&LONGEST],
    check: Check::Facts(FactKinds::INTERVAL, check),
};

/// Lunch takes two hours where meetings are from 10 a.m. to 1 p.m. and from 3 to 6 p.m.
static LONGEST: RuleOption<Minutes> = RuleOption {
    name: "longest",
    default: Minutes(150),
    about: "The longest time between two slots that is not reported.",
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    let Some(mut slots) = slots_of_known_length(record) else { return };
    slots.sort_by(|a, b| (day(a), a.from).cmp(&(day(b), b.from)));
    for today in slots.chunk_by(|a, b| day(a) == day(b)) {
        let mut last: Option<&Slot<'_, '_>> = None;
        for slot in today {
            if let Some(before) = last {
                report(record, before, slot, findings);
            }
            if last.is_none_or(|last| last.to < slot.to) {
                last = Some(slot);
            }
        }
    }
}

/// All slots of a record in which every slot has a beginning and an end. In another record it is not
/// known which time is covered.
fn slots_of_known_length<'r, 't>(record: &'r Record<'t>) -> Option<Vec<Slot<'r, 't>>> {
    let is_interval = |meaning: &Meaning<'_>| matches!(meaning, Meaning::Interval(interval) if interval.is_ordered);
    let count = record.live().iter().filter(|fact| is_interval(&fact.meaning)).count();
    let slots = slots(record);
    (slots.len() == count && slots.iter().all(|slot| slot.to.is_some())).then_some(slots)
}

/// Equal for slots of one day, whatever their track. Without dates, each list may be a day of its own.
fn day<'s>(slot: &'s Slot<'_, '_>) -> impl Ord + use<'s> {
    let list = slot.list.filter(|_| slot.clock == Clock::SomeDay);
    (slot.clock, list, slot.start.date)
}

fn report<'t>(
    record: &Record<'t>,
    before: &Slot<'_, 't>,
    slot: &Slot<'_, 't>,
    findings: &mut Findings<'_>,
) {
    let (Some(to), Some(end)) = (before.to, before.interval.end) else { return };
    let gap = slot.from - to;
    if gap <= findings.option(&LONGEST).0.into() {
        return;
    }
    let (name, other) = names(record, slot.interval, before.interval);
    let gap = counted(gap.unsigned_abs() as usize, "minute");
    let message = format!("nothing is listed for {gap} between {other} and {name}");
    findings
        .at(slot.start.text.place, message)
        .label(end.text.place, format!("{other} ends here"))
        .help("list what takes place in between, for example a break")
        .value(end.shown())
        .value(slot.start.shown());
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, check_with};

    #[test]
    fn gaps_of_more_than_two_and_a_half_hours_are_reported() {
        check(
            &RULE,
            r#"
kind: programme
slots:
  - {title: Panel one, start: "10:00", end: "13:00"}
#                                            ~~~~~ “Panel one” ends here
  - {title: Panel two, start: "15:31", end: "18:00"}
#                              ^^^^^ info: nothing is listed for 151 minutes between “Panel one” and “Panel two”
"#,
        );
    }

    #[test]
    fn the_longest_time_is_an_option() {
        check_with(
            &RULE,
            "[rules.slot-gap]\nlevel = \"warning\"\nlongest = \"45min\"\n",
            r#"
kind: programme
slots:
  - {title: Panel one, start: "10:00", end: "11:00"}
  - {title: Panel two, start: "11:45", end: "12:00"}
#                                            ~~~~~ “Panel two” ends here
  - {title: Panel three, start: "12:46", end: "13:00"}
#                                ^^^^^ warning: nothing is listed for 46 minutes between “Panel two” and “Panel three”
"#,
        );
        let wide = r#"[{start: "09:00", end: "10:00"}, {start: "14:00", end: "15:00"}]"#;
        check_with(
            &RULE,
            "[rules.slot-gap]\nlongest = \"4h\"\n",
            &format!("kind: programme\nslots: {wide}\n"),
        );
    }

    #[test]
    fn lunch_and_listed_breaks_are_not_reported() {
        for rest in [
            r#"{start: "15:30", end: "18:00"}"#,
            r#"{start: "13:00", end: "17:00", title: Excursion}, {start: "17:00", end: "18:00"}"#,
        ] {
            let first = r#"{start: "10:00", end: "13:00"}"#;
            check(&RULE, &format!("kind: programme\nslots: [{first}, {rest}]\n"));
        }
    }

    #[test]
    fn slots_on_all_tracks_count_in_the_order_of_the_day() {
        check(
            &RULE,
            r#"
kind: programme
slots:
  - {title: Three, start: "18:00", end: "19:00", track: Room 1}
#                          ^^^^^ info: nothing is listed for 180 minutes between “Two” and “Three”
  - {title: One, start: "09:00", end: "10:00", track: Room 1}
  - {title: Two, start: "10:00", end: "15:00", track: Room 2}
#                                      ~~~~~ “Two” ends here
"#,
        );
    }

    #[test]
    fn a_long_slot_covers_the_slots_within_it() {
        check(
            &RULE,
            r#"
kind: programme
slots:
  - {start: "09:00", end: "17:00"}
  - {start: "09:00", end: "10:00", track: Room 2}
  - {start: "17:00", end: "18:00"}
"#,
        );
    }

    #[test]
    fn the_night_between_two_days_is_not_reported() {
        check(
            &RULE,
            r#"
kind: programme
date: "2011-05-19"
slots:
  - {start: "10:00", end: "13:00"}
  - {start: "18:00", end: "19:00", date: "2011-05-20"}
"#,
        );
    }

    #[test]
    fn records_with_a_slot_of_unknown_length_are_skipped() {
        for open in [
            r#"{start: "13:00"}"#,
            r#"{start: "13:00", end: "in the evening"}"#,
            r#"{start: "13:00", end: "12:00"}"#,
        ] {
            let (first, last) =
                (r#"{start: "10:00", end: "13:00"}"#, r#"{start: "18:00", end: "19:00"}"#);
            check(&RULE, &format!("kind: programme\nslots: [{first}, {open}, {last}]\n"));
        }
    }

    #[test]
    fn cancelled_records_are_not_reported() {
        let slots = r#"[{start: "10:00", end: "11:00"}, {start: "18:00", end: "19:00"}]"#;
        check(&RULE, &format!("kind: programme\nstatus: cancelled\nslots: {slots}\n"));
    }
}
