//! A duration that differs from the start and the end beside it.

use crate::{
    calendar::stretch,
    fact::{Meaning, Record},
    finding::{Family, Severity},
    message::{counted, shown},
    rule::{Check, Findings, Fix, Rule, RuleId},
    vocabulary::{FactKinds, Lasts},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("duration-mismatch"),
    family: Family::Times,
    summary: "a duration that differs from the start and the end beside it",
    level: Some(Severity::Warning),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/duration-mismatch.md"),
    options: &[],
    check: Check::Facts(FactKinds::LASTS, check),
};

/// A number may be one of hours, minutes or seconds.
const UNIT: i64 = 60;

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    for fact in record.live() {
        if let Meaning::Lasts(lasts) = &fact.meaning {
            check_one(lasts, record, findings);
        }
    }
}

fn check_one(lasts: &Lasts<'_>, record: &Record<'_>, findings: &mut Findings<'_>) {
    let (Some(start), Some(end)) = (&lasts.interval.start, &lasts.interval.end) else { return };
    // A day without a time leaves open how long the stretch is.
    if start.minute.is_none() || end.minute.is_none() {
        return;
    }
    let Some((_, from, to)) = stretch(start.into(), end.into()) else { return };
    let (length, written) = (to - from, i64::from(lasts.minutes));
    // Another rule reports an end before the start.
    if length <= 0 || length == written || length == written * UNIT || length * UNIT == written {
        return;
    }
    let minutes = u32::try_from(length)
        .map_or_else(|_| format!("{length} minutes"), |length| counted(length as usize, "minute"));
    let message = format!(
        "the duration of {} is `{}`, but from `{}` to `{}` is {minutes}",
        record.name_of(&lasts.interval),
        shown(lasts.text.value),
        shown(&start.shown()),
        shown(&end.shown()),
    );
    findings
        .at(lasts.text.place, message)
        .label(start.text.place, "it begins here")
        .label(end.text.place, "it ends here")
        .help("correct the duration or one of the times")
        .value(lasts.text.value)
        .value(length.to_string());
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check;

    fn item(rest: &str) {
        check(
            &RULE,
            &format!("kind: agenda\ndate: \"2025-03-04\"\nitems:\n  - title: Budget\n{rest}\n"),
        );
    }

    #[test]
    fn a_duration_that_is_not_the_length_is_reported() {
        item(
            r#"    start: "17:35"
#           ~~~~~ it begins here
    end: "18:00"
#         ~~~~~ it ends here
    duration: 30
#             ^^ warning: the duration of “Budget” is `30`, but from `17:35` to `18:00` is 25 minutes"#,
        );
    }

    #[test]
    fn right_durations_and_those_beside_one_time_are_accepted() {
        for right in [
            "    start: \"17:35\"\n    end: \"18:00\"\n    duration: 25",
            "    start: \"23:35\"\n    end: \"00:15\"\n    duration: 40",
            "    start: \"16:00\"\n    end: \"18:00\"\n    duration: 2",
            "    start: \"17:35\"\n    duration: 30",
            "    end: \"18:00\"\n    duration: 30",
            "    start: \"18:00\"\n    end: \"17:00\"\n    duration: 30",
        ] {
            item(right);
        }
        check(
            &RULE,
            "kind: agenda\nstatus: cancelled\ndate: \"2025-03-04\"\nitems:\n  - {title: Budget, start: \"17:00\", end: \"18:00\", duration: 30}\n",
        );
    }
}
