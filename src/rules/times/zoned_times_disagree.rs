//! One moment that is written for several time zones, with times that do not agree.

use std::collections::BTreeMap;

use crate::{
    calendar::{self, Minute, SameMoment},
    fact::{Meaning, Record, ZonedText},
    finding::{Family, Severity},
    message::shown,
    rule::{Check, Findings, Fix, Rule, RuleId},
    vocabulary::{FactKinds, Instant, LocalTime},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("zoned-times-disagree"),
    family: Family::Times,
    summary: "one moment in several time zones, with times that do not agree",
    level: Some(Severity::Warning),
    since: "0.1.0",
    fix: Fix::Suggested,
    page: include_str!("../../../docs/rules/zoned-times-disagree.md"),
    options: &[],
    check: Check::Facts(FactKinds::ZONED_TIMES.or(FactKinds::INSTANT), check),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    for fact in record.live() {
        if let Meaning::ZonedTimes(times) = &fact.meaning {
            let universal = times.iter().find(|time| time.time.is_universal());
            let Some(base) = universal.or(times.first()) else { continue };
            for time in times {
                report(time, base, findings);
            }
        }
        if let Meaning::Instant(instant) = &fact.meaning {
            check_instant(instant, findings);
        }
    }
}

/// On a known day, the time of each zone is certain.
fn check_instant(instant: &Instant<'_>, findings: &mut Findings<'_>) {
    let Some((minute, base)) = moment_of(instant) else { return };
    for time in &instant.times {
        if time.in_utc().any(|other| other == minute) {
            continue;
        }
        let (here, there) = (named(time), named(base));
        let day = calendar::long(instant.day);
        let in_utc = |minute: u16| {
            Minute::new(minute).map_or(String::new(), |minute| format!("{minute} UTC"))
        };
        let is = time.in_utc().next().map(in_utc).unwrap_or_default();
        let message = format!("`{here}` is {is} on {day}, but `{there}` is {}", in_utc(minute));
        let right = time.offsets.first().map(|offset| i32::from(minute) + i32::from(*offset));
        let right = right.and_then(|right| u16::try_from(right.rem_euclid(24 * 60)).ok());
        let help = right.and_then(Minute::new).map_or_else(
            || "correct one of the times".to_owned(),
            |right| format!("write `{right}`, or correct the other time"),
        );
        findings
            .at(time.text.place, message)
            .severity(Severity::Error)
            .label(base.text.place, "the other time")
            .help(help)
            .value(time.text.value)
            .value(time.zone.value);
    }
}

/// The moment that most of the times are; of several, that of a time in UTC.
fn moment_of<'i, 't>(instant: &'i Instant<'t>) -> Option<(u16, &'i LocalTime<'t>)> {
    let mut counts: BTreeMap<u16, usize> = BTreeMap::new();
    for minute in instant.times.iter().flat_map(LocalTime::in_utc) {
        *counts.entry(minute).or_default() += 1;
    }
    let most = counts.values().max()?;
    let is_most = |minute: &u16| counts.get(minute) == Some(most);
    let of = |time: &'i LocalTime<'t>| Some((time.in_utc().find(is_most)?, time));
    let universal = instant.times.iter().filter(|time| time.zone.value == "UTC").find_map(of);
    universal.or_else(|| instant.times.iter().find_map(of))
}

/// A time as it is written, with its zone.
fn named(time: &LocalTime<'_>) -> String {
    let written = shown(time.text.node.written());
    if written.chars().any(char::is_alphabetic)
        && time.zone.node.written() == time.text.node.written()
    {
        return written;
    }
    format!("{} ({})", time.text.value, shown(time.zone.value))
}

fn report(time: &ZonedText<'_>, base: &ZonedText<'_>, findings: &mut Findings<'_>) {
    let (written, other) = (shown(time.text), shown(base.text));
    let zone = time.time.zone.name;
    let (message, help, severity) = match time.time.same_moment(&base.time) {
        SameMoment::Yes => return,
        SameMoment::With(summer) => (
            format!("`{written}` is the same moment as `{other}` only in {summer}"),
            format!("write `{summer}`, or correct the time"),
            Severity::Info,
        ),
        SameMoment::No(there) => {
            let there = there.and_then(Minute::new).map(|minute| format!("{minute} {zone}"));
            let is = there.as_ref().map(|there| format!(", which is {there}")).unwrap_or_default();
            (
                format!("`{written}` is not the same moment as `{other}`{is}"),
                there.map_or_else(
                    || "correct one of the times".to_owned(),
                    |there| format!("write `{there}`, or correct the other time"),
                ),
                Severity::Warning,
            )
        }
    };
    findings
        .at(time.place, message)
        .severity(severity)
        .label(base.place, "the other time")
        .help(help)
        .value(time.text)
        .value(base.text);
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check;

    #[test]
    fn a_time_that_differs_from_the_one_in_utc_is_reported() {
        check(
            &RULE,
            r"
kind: letter
paragraphs:
  - We meet at 18:00 UTC (20:00 CEST, 13:00 EDT), and again at 9:00 UTC (10:00 CET).
#              ~~~~~~~~~ the other time
#                                     ^^^^^^^^^ warning: `13:00 EDT` is not the same moment as `18:00 UTC`, which is 14:00 EDT
  - It begins at 9 a.m. PST / 12 p.m. EST / 17:00 CET.
#                ~~~~~~~~~~ the other time
#                                           ^^^^^^^^^ warning: `17:00 CET` is not the same moment as `9 a.m. PST`
",
        );
    }

    #[test]
    fn a_time_that_fits_summer_time_is_an_info() {
        check(
            &RULE,
            r"
kind: letter
paragraphs:
  - We meet at 18:00 UTC (20:00 CET).
#              ~~~~~~~~~ the other time
#                         ^^^^^^^^^ info: `20:00 CET` is the same moment as `18:00 UTC` only in CEST
",
        );
    }

    #[test]
    fn times_that_agree_and_several_moments_are_not_reported() {
        for text in [
            "18:00 UTC (19:00 CET, 13:00 EST)",
            "18:00 UTC (7:00 CET)",
            "23:00 UTC = 8:00 JST",
            "noon ET (9 a.m. PT)",
            "from 18:00 UTC to 21:00 CET",
            "18:00 UTC, 21:00 CET",
            "18:00 UTC (21:00 XYZ)",
            "10:00 UTC (18:00 CST)",
        ] {
            check(&RULE, &format!("kind: letter\nparagraphs: [\"We meet at {text}.\"]\n"));
        }
    }

    #[test]
    fn cancelled_records_are_not_reported() {
        check(
            &RULE,
            "kind: letter\nstatus: cancelled\nparagraphs: [\"At 18:00 UTC (20:00 CST) we meet.\"]\n",
        );
    }
}
