//! A decision of the General Assembly with a number that is too low for a decision.

use super::acts;
use crate::{
    fact::Record,
    finding::{Family, Severity},
    message::shown,
    rule::{Check, Findings, Fix, Rule, RuleId},
    symbol::{Act, Citation, Organ, Session},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("decision-number-range"),
    family: Family::References,
    summary: "a General Assembly decision with a number that is too low for a decision",
    level: Some(Severity::Warning),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/decision-number-range.md"),
    options: &[],
    check: Check::Record(check),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    let is_decision =
        |act: &Citation| act.organ == Some(Organ::GeneralAssembly) && act.act == Act::Decision;
    for named in acts(record, is_decision) {
        let act = &named.act;
        if !is_decision(act) {
            continue;
        }
        let Some((session, first)) = act.session.and_then(first_number) else {
            continue;
        };
        if act.number >= first {
            continue;
        }
        let message = format!(
            "`{}` has number {}, but General Assembly decisions of session {session} start at {first}",
            shown(named.text),
            act.number
        );
        findings
            .at(named.place, message)
            .help("check the number, the organ, and whether it is a resolution: resolutions and decisions of other organs have such numbers")
            .value(named.text);
    }
}

/// The number at which the decisions of a session begin: those on elections and appointments at 301,
/// from the fifty-seventh session at 401; all others a hundred later.
fn first_number(session: Session) -> Option<(u16, u32)> {
    match session {
        Session::Regular(n @ 31..=56) => Some((n, 301)),
        Session::Regular(n @ 57..) => Some((n, 401)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, in_prose};

    fn prose(text: &str) -> Vec<String> {
        in_prose(&RULE, text).into_iter().map(|found| found.message).collect()
    }

    #[test]
    fn a_decision_with_the_number_of_a_resolution_is_reported() {
        check(
            &RULE,
            r"
kind: letter
references:
  - {raw: x, symbol: A/DEC/65/170}
#                    ^^^^^^^^^^^^ warning: `A/DEC/65/170` has number 170, but General Assembly decisions of session 65 start at 401
  - {raw: y, symbol: A/DEC/65/501}
paragraphs:
  - Recalling General Assembly decision 45/161 of 1990.
#                                       ^^^^^^ warning: `45/161` has number 161, but General Assembly decisions of session 45 start at 301
",
        );
    }

    #[test]
    fn the_first_numbers_of_both_periods_are_accepted() {
        let count = |number: &str| prose(&format!("General Assembly decision {number}")).len();
        assert_eq!(["31/300", "31/301", "56/300", "56/301"].map(count), [1, 0, 1, 0]);
        assert_eq!(["57/400", "57/401", "80/400", "80/401"].map(count), [1, 0, 1, 0]);
    }

    #[test]
    fn other_organs_and_numbers_without_an_organ_are_not_reported() {
        for text in [
            "decision 56/115",
            "its decision 18/120",
            "Human Rights Council decision 18/120",
            "A/HRC/DEC/18/120",
            "decision 18/120 of the Human Rights Council",
            "Economic and Social Council decision 2006/204",
            "General Assembly resolution 60/251 and decision 51/101",
            "General Assembly resolution 65/170",
        ] {
            assert_eq!(prose(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn special_and_early_sessions_are_not_reported() {
        for text in ["decision S-8/11", "decision ES-7/11", "decision 30/1"] {
            assert_eq!(prose(&format!("General Assembly {text}")), [""; 0], "{text}");
        }
    }
}
