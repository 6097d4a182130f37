//! A panel or a round table without speakers.

use super::OPEN;
use crate::{
    fact::Record,
    finding::{Family, Severity},
    rule::{Check, Findings, Fix, Rule, RuleId},
    vocabulary::{Expected, FactKinds},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("slot-without-speakers"),
    family: Family::Speakers,
    summary: "a panel or a round table without speakers",
    level: Some(Severity::Warning),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/slot-without-speakers.md"),
    options: &[],
    check: Check::Facts(FactKinds::LACK, check),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    for expects in record.unmet(Expected::Speakers) {
        let message = format!("no speakers for {}", record.name_of_lacking(expects));
        let finding = findings
            .at(expects.place, message)
            .help("name at least one speaker: a person, an office or a delegation");
        if expects.is_usual {
            finding.severity(Severity::Info);
        } else if record.head.is_open() {
            finding.stages(OPEN);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, check_on};

    const HEAD: &str = "id: programme\nkind: programme\ntitle: Programme\nlanguage: en\n";

    #[test]
    fn panels_with_an_empty_list_are_reported() {
        check(
            &RULE,
            &format!(
                r#"{HEAD}
slots:
  - {{kind: panel, start: "10:00", end: "13:00", title: Panel one, speakers: []}}
#                                                                           ^^ warning: no speakers for “Panel one”
  - {{kind: panel, start: "15:00", end: "18:00", title: Panel two, speakers: [{{name: Koser}}]}}
"#
            ),
        );
    }

    #[test]
    fn panels_without_a_list_are_reported() {
        check(
            &RULE,
            &format!(
                r#"{HEAD}
slots:
  - {{kind: round-table, start: "10:00", end: "13:00", title: Round table}}
#   ^ warning: no speakers for “Round table”
"#
            ),
        );
    }

    #[test]
    fn open_programmes_are_an_info() {
        let panel = |severity: &str| {
            format!(
                r#"{HEAD}
status: provisional
date: 2011-05-19
slots:
  - {{kind: panel, start: "10:00", end: "13:00", title: Panel one, speakers: []}}
#                                                                           ^^ {severity}: no speakers for “Panel one”
"#
            )
        };
        check(&RULE, &panel("info"));
        check_on(&RULE, "2011-05-04", &panel("info"));
        check_on(&RULE, "2011-05-05", &panel("warning"));
        check_on(&RULE, "2011-06-05", &panel("warning"));
    }

    #[test]
    fn a_chair_is_not_a_speaker() {
        check(
            &RULE,
            &format!(
                r#"{HEAD}
slots:
  - {{kind: panel, start: "10:00", end: "13:00", title: Panel one, chair: [{{name: Swing}}], speakers: []}}
#                                                                                                   ^^ warning: no speakers for “Panel one”
  - {{kind: panel, start: "15:00", end: "18:00", title: Panel two, chair: [{{name: Swing}}]}}
#   ^ warning: no speakers for “Panel two”
"#
            ),
        );
    }

    #[test]
    fn offices_and_delegations_are_speakers() {
        check(
            &RULE,
            &format!(
                r#"{HEAD}
slots:
  - {{kind: panel, start: "10:00", end: "13:00", title: Panel, speakers: [{{role: Chair}}]}}
  - {{kind: panel, start: "15:00", end: "18:00", title: Panel, speakers: [{{delegation: Sweden}}]}}
"#
            ),
        );
    }

    #[test]
    fn breaks_and_open_floors_are_not_reported() {
        check(
            &RULE,
            &format!(
                r#"{HEAD}
slots:
  - {{kind: break, start: "13:00", end: "15:00", title: Lunch, speakers: []}}
  - {{kind: other, start: "15:00", end: "18:00", title: Open floor, speakers: []}}
"#
            ),
        );
    }

    #[test]
    fn slots_for_one_speaker_are_not_reported() {
        check(
            &RULE,
            &format!(
                r#"{HEAD}
slots:
  - {{kind: keynote, start: "10:00", end: "10:10", title: Keynote, speakers: []}}
"#
            ),
        );
    }

    #[test]
    fn cancelled_records_are_not_reported() {
        check(
            &RULE,
            &format!(
                r#"{HEAD}
status: cancelled
slots:
  - {{kind: panel, start: "10:00", end: "13:00", title: Panel one, speakers: []}}
"#
            ),
        );
    }
}
