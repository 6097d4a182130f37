//! A part of a meeting that begins before the meeting, or ends after it.

use crate::{
    calendar::{Clock, When},
    fact::{Interval, Meaning, Moment, Record},
    finding::{Family, Severity},
    message::{counted, quoted},
    rule::{Check, Findings, Fix, Rule, RuleId},
    vocabulary::{Durations, FactKinds},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("part-outside-whole"),
    family: Family::Times,
    summary: "an item that begins before its meeting or ends after it, or items that take longer than it",
    level: Some(Severity::Warning),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/part-outside-whole.md"),
    options: &[],
    check: Check::Facts(FactKinds::INTERVAL.or(FactKinds::DURATIONS), check),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    for fact in record.live() {
        if let Meaning::Durations(durations) = &fact.meaning {
            check_durations(durations, findings);
        }
        let Meaning::Interval(part) = &fact.meaning else { continue };
        let Some(around) = part.around.and_then(|at| record.facts.get(at)) else { continue };
        let Meaning::Interval(whole) = &around.meaning else { continue };
        // Which of its two moments is wrong is not known.
        if is_reversed(part) || is_reversed(whole) {
            continue;
        }
        if let Some(beyond) = beyond(part, whole) {
            report(record, part, whole, &beyond, findings);
        }
    }
}

fn check_durations(durations: &Durations<'_>, findings: &mut Findings<'_>) {
    let (total, length) = (durations.total(), durations.length);
    if total <= length.value {
        return;
    }
    let minutes = |count: u32| counted(count as usize, "minute");
    let message =
        format!("the items take {}, but there are {}", minutes(total), minutes(length.value));
    let finding = findings.at(length.text.place, message).id("durations");
    let finding = finding.help("shorten an item, or correct the length").value(total.to_string());
    let longest = durations.items.iter().rev().max_by_key(|item| item.value);
    if let Some(item) = longest {
        finding.label(item.text.place, "the longest item");
    }
}

/// A moment of the part that is beyond one of the whole.
struct Beyond<'i, 't> {
    part: &'i Moment<'t>,
    whole: &'i Moment<'t>,
    does: &'static str,
    side: &'static str,
    whole_does: &'static str,
}

fn beyond<'i, 't>(part: &'i Interval<'t>, whole: &'i Interval<'t>) -> Option<Beyond<'i, 't>> {
    if let (Some(start), Some(begins)) = (&part.start, &whole.start)
        && is_less((start, false), (begins, false))
        && !goes_on_after_midnight(start, whole)
    {
        return Some(Beyond {
            part: start,
            whole: begins,
            does: "begins",
            side: "before",
            whole_does: "begins",
        });
    }
    let ends = whole.end.as_ref()?;
    if let Some(start) = &part.start
        && is_less((ends, true), (start, false))
    {
        return Some(Beyond {
            part: start,
            whole: ends,
            does: "begins",
            side: "after",
            whole_does: "ends",
        });
    }
    let end = part.end.as_ref()?;
    is_less((ends, true), (end, true)).then_some(Beyond {
        part: end,
        whole: ends,
        does: "ends",
        side: "after",
        whole_does: "ends",
    })
}

/// Whether a time may be after midnight, in a whole that ends after it.
fn goes_on_after_midnight(start: &Moment<'_>, whole: &Interval<'_>) -> bool {
    !start.next_day && whole.end.is_some_and(|end| end.next_day)
}

/// Whether a moment is before another one on the same clock. A flag says whether it is an end.
fn is_less((one, one_ends): (&Moment<'_>, bool), (other, other_ends): (&Moment<'_>, bool)) -> bool {
    match (minutes(one, one_ends), minutes(other, other_ends)) {
        (Some((clock, one)), Some((same, other))) => clock == same && one < other,
        _ => false,
    }
}

fn minutes(moment: &Moment<'_>, is_end: bool) -> Option<(Clock, i64)> {
    When::from(moment).minutes(is_end)
}

fn is_reversed(interval: &Interval<'_>) -> bool {
    interval
        .start
        .as_ref()
        .zip(interval.end.as_ref())
        .is_some_and(|(start, end)| is_less((end, true), (start, false)))
}

fn report(
    record: &Record<'_>,
    part: &Interval<'_>,
    whole: &Interval<'_>,
    beyond: &Beyond<'_, '_>,
    findings: &mut Findings<'_>,
) {
    let Beyond { part: moment, whole: bound, does, side, whole_does } = beyond;
    let message = format!(
        "{} {does} at {}, {side} {} {whole_does} at {}",
        record.name_of(part),
        quoted(&moment.shown()),
        record.name_of(whole),
        quoted(&bound.shown())
    );
    findings
        .at(moment.text.place, message)
        .label(bound.text.place, format!("{} {whole_does} here", record.name_of(whole)))
        .help("correct one of the times")
        .value(moment.text.value)
        .value(bound.text.value);
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check;

    fn minutes(called: &str, adjourned: &str, items: &str) {
        check(
            &RULE,
            &format!(
                "kind: minutes\ntitle: March meeting\ndate: '2025-03-04'\ncalledToOrder: {called}\nadjourned: {adjourned}\nitems:\n{items}\n"
            ),
        );
    }

    #[test]
    fn an_item_after_the_adjournment_is_reported() {
        minutes(
            "'17:00'",
            "'18:00'\n#           ~~~~~ “March meeting” ends here\n#           ~~~~~ “March meeting” ends here",
            r"  - {title: Quays, start: '17:00', end: '17:30'}
  - {title: Cranes, start: '17:30', end: '18:10'}
#                                         ^^^^^ warning: “Cranes” ends at `18:10`, after “March meeting” ends at `18:00`
  - {title: Buoys, start: '18:10'}
#                          ^^^^^ warning: “Buoys” begins at `18:10`, after “March meeting” ends at `18:00`
  - {title: Boats}",
        );
        minutes(
            "'17:05'\n#               ~~~~~ “March meeting” begins here",
            "'18:00'",
            r"  - {title: Quays, start: '17:00', end: '17:30'}
#                          ^^^^^ warning: “Quays” begins at `17:00`, before “March meeting” begins at `17:05`",
        );
    }

    #[test]
    fn items_within_the_meeting_are_accepted() {
        minutes("'17:00'", "'18:00'", "  - {title: Quays, start: '17:00', end: '18:00'}");
        minutes("'17:00'", "'18:00'", "  - {title: Quays, start: '18:00'}");
        minutes("'17:00'", "null", "  - {title: Quays, start: '19:00'}");
        minutes(
            "'21:00'",
            "'00:30'",
            "  - {title: Quays, start: '23:00', end: '00:10'}\n  - {title: Cranes, start: '00:10', end: '00:30'}",
        );
        minutes("'21:00'", "'00:30'", "  - {title: Cranes, start: '00:10'}");
    }

    #[test]
    fn a_meeting_or_an_item_that_ends_before_it_begins_is_not_compared() {
        minutes("'17:00'", "'16:00'", "  - {title: Quays, start: '17:00', end: '17:30'}");
        minutes("'17:00'", "'18:00'", "  - {title: Quays, start: '19:00', end: '17:30'}");
    }
}
