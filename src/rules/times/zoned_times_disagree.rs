//! One moment that is written for several time zones, with times that do not agree.

use crate::{
    calendar::{Minute, SameMoment},
    fact::{Meaning, Record, ZonedText},
    finding::{Family, Severity},
    message::shown,
    rule::{Check, Findings, Fix, Rule, RuleId},
    vocabulary::FactKinds,
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
    check: Check::Facts(FactKinds::ZONED_TIMES, check),
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
    }
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
