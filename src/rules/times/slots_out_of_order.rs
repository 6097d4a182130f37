//! A slot that is listed after a slot that begins later.

use std::collections::{BTreeMap, BTreeSet};

use super::{names, slots};
use crate::{
    fact::Record,
    finding::{Family, Severity},
    rule::{Check, Findings, Fix, Rule, RuleId},
    vocabulary::FactKinds,
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("slots-out-of-order"),
    family: Family::Times,
    summary: "a slot that is listed after a slot that begins later",
    level: Some(Severity::Warning),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/slots-out-of-order.md"),
    options: &[],
    check: Check::Facts(FactKinds::INTERVAL, check),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    let slots = slots(record);
    let mut last = BTreeMap::new();
    let mut known = BTreeSet::new();
    for slot in &slots {
        let row = (slot.list, slot.clock, slot.track.as_deref());
        let Some(before) = last.insert(row, slot) else {
            continue;
        };
        // Once the order is broken, what follows may be right where it is.
        if slot.from >= before.from || !known.insert(row) {
            continue;
        }
        let ((name, other), start) =
            (names(record, slot.interval, before.interval), slot.start.text);
        let message = format!(
            "{name} begins at `{}` but is listed after {other}, which begins at `{}`",
            start.value, before.start.text.value
        );
        findings
            .at(start.place, message)
            .label(before.start.text.place, format!("{other} begins here"))
            .help("move the slot, or correct its time")
            .value(start.value)
            .value(before.start.text.value);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, findings_with};

    #[test]
    fn only_the_first_slot_that_breaks_the_order_is_reported() {
        check(
            &RULE,
            r#"
kind: programme
slots:
  - {title: Panel, start: "10:20", end: "13:00"}
#                          ~~~~~ “Panel” begins here
  - {title: Opening, start: "10:00", end: "10:20"}
#                            ^^^^^ warning: “Opening” begins at `10:00` but is listed after “Panel”, which begins at `10:20`
  - {title: Closing, start: "17:50", end: "18:00"}
  - {title: Summary, start: "17:40", end: "17:50"}
"#,
        );
    }

    #[test]
    fn slots_that_begin_together_are_not_reported() {
        check(
            &RULE,
            r#"
kind: programme
slots:
  - {start: "10:00", end: "11:00"}
  - {start: "10:00", end: "10:30"}
  - {start: "10:30", end: "11:00"}
"#,
        );
    }

    #[test]
    fn each_track_has_its_own_order() {
        check(
            &RULE,
            r#"
kind: programme
slots:
  - {track: Room 1, start: "10:00", end: "11:00"}
  - {track: Room 1, start: "11:00", end: "12:00"}
  - {track: Room 2, start: "10:00", end: "11:00"}
  - {track: Room 2, start: "09:00", end: "10:00"}
#                           ^^^^^ warning: the slot at 09:00 begins at `09:00` but is listed after the slot at 10:00, which begins at `10:00`
"#
            .replace(
                "  - {track: Room 2, start: \"09:00\"",
                "#                           ~~~~~ the slot at 10:00 begins here\n  - {track: Room 2, start: \"09:00\"",
            )
            .as_str(),
        );
    }

    #[test]
    fn a_later_day_may_begin_earlier() {
        check(
            &RULE,
            r#"
kind: programme
date: "2011-05-19"
slots:
  - {start: "15:00", end: "16:00"}
  - {start: "10:00", end: "11:00", date: "2011-05-20"}
"#,
        );
    }

    #[test]
    fn slots_that_end_before_they_begin_are_skipped() {
        check(
            &RULE,
            r#"
kind: programme
slots:
  - {start: "17:50", end: "11:00"}
  - {start: "11:00", end: "12:00"}
"#,
        );
    }

    #[test]
    fn the_night_after_an_evening_is_in_order() {
        for date in ["date: \"2011-05-19\"\n", ""] {
            check(
                &RULE,
                &format!(
                    r#"
kind: programme
{date}slots:
  - {{start: "20:00", end: "23:00"}}
  - {{start: "23:00", end: "00:30"}}
  - {{start: "00:30", end: "02:00"}}
  - {{start: "02:00", end: "03:00"}}
"#
                ),
            );
        }
    }

    #[test]
    fn a_time_of_the_night_after_a_morning_or_in_another_room_is_not_moved() {
        let count = |slots: &str| {
            let text = format!("kind: programme\nslots: [{slots}]\n");
            crate::testing::findings(&RULE, &[("programme.yaml".into(), text)]).len()
        };
        assert_eq!(count(r#"{start: "11:00", end: "12:00"}, {start: "01:00", end: "02:00"}"#), 1);
        assert_eq!(count(r#"{start: "20:00", end: "21:00"}, {start: "07:00", end: "08:00"}"#), 1);
        let rooms = r#"{track: A, start: "20:00", end: "21:00"}, {track: B, start: "05:30", end: "06:30"}, {track: B, start: "06:30", end: "07:00"}"#;
        assert_eq!(count(rooms), 0);
    }

    #[test]
    fn lists_without_an_order_are_skipped() {
        let count = |list: &str| {
            let schema = format!(
                r#"{{"properties": {{"kind": {{"const": "diary"}}, "all": {{"items": {{
                    "x-interval": {{"start": "/at"{list}}}, "properties": {{"at": {{"x-form": "iso-date"}}}}}}}}}}}}"#
            );
            let catalog = crate::schema::Catalog::new(&[("diary.json".into(), schema)]);
            let text =
                r#"{kind: diary, all: [{at: "2019-11-07T17:00"}, {at: "2019-06-27T18:00"}]}"#;
            findings_with(&catalog, &RULE, &[("diary.yaml".into(), text.to_owned())]).len()
        };
        assert_eq!(count(""), 1);
        assert_eq!(count(r#", "list": "unordered""#), 0);
    }
}
