//! A decision of the General Assembly or of the Economic and Social Council with a number that is too low for a
//! decision, or a resolution of that Council with a number of its decisions.

use crate::{
    fact::{NamedAct, Record},
    finding::{Family, Severity},
    message::shown,
    rule::{Check, Findings, Fix, Rule, RuleId},
    symbol::{Act, Citation, Form, Organ, Session},
    vocabulary::FactKinds,
};

/// The facts that it looks at.
const FACTS: FactKinds =
    FactKinds::CITES.or(FactKinds::DEFINES).or(FactKinds::MENTION).or(FactKinds::VALUE);

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("decision-number-range"),
    family: Family::References,
    summary: "a decision with a number that is too low for one, or a resolution with the number of a decision",
    level: Some(Severity::Warning),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/decision-number-range.md"),
    options: &[],
    check: Check::Facts(FACTS, check),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    let is_decision =
        |act: &Citation| act.organ == Some(Organ::GeneralAssembly) && act.act == Act::Decision;
    for named in record.acts() {
        let act = &named.act;
        if is_of_council(act) {
            check_council(&named, findings);
        }
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

/// The number at which the decisions of the Economic and Social Council begin each year (its yearly "Resolutions and
/// Decisions", such as E/2013/99). Its resolutions stay far below.
const FIRST_OF_COUNCIL: u32 = 201;

/// From this year on the decisions surely begin there; for the years from 1978 on no list was at hand.
const FIRST_YEAR_OF_COUNCIL: u16 = 1990;

fn is_of_council(act: &Citation) -> bool {
    act.organ == Some(Organ::EconomicAndSocialCouncil)
        && act.form == Form::YearSlash
        && act.year.is_some_and(|year| year >= 1978)
}

fn check_council(named: &NamedAct<'_, '_>, findings: &mut Findings<'_>) {
    let (act, written) = (&named.act, shown(named.text));
    let message = match act.act {
        Act::Decision
            if act.number < FIRST_OF_COUNCIL
                && act.year.is_some_and(|year| year >= FIRST_YEAR_OF_COUNCIL) =>
        {
            format!(
                "`{written}` has number {}, but decisions of the Economic and Social Council start at {FIRST_OF_COUNCIL} each year",
                act.number
            )
        }
        Act::Resolution if act.number >= FIRST_OF_COUNCIL => format!(
            "`{written}` has number {}, but the Economic and Social Council numbers its decisions from {FIRST_OF_COUNCIL} on, and its resolutions below",
            act.number
        ),
        _ => return,
    };
    findings
        .at(named.place, message)
        .help("check the number, and whether it is a resolution or a decision")
        .value(named.text);
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
    fn acts_of_the_economic_and_social_council_are_told_apart_by_their_numbers() {
        check(
            &RULE,
            r"
kind: letter
paragraphs:
  - Recalling Economic and Social Council decision 2009/17 of that year.
#                                                  ^^^^^^^ warning: `2009/17` has number 17, but decisions of the Economic and Social Council start at 201 each year
  - Recalling Economic and Social Council resolution 2009/214 of that year.
#                                                    ^^^^^^^^ warning: `2009/214` has number 214, but the Economic and Social Council numbers its decisions from 201 on, and its resolutions below
",
        );
        let count = |text: &str| prose(&format!("Economic and Social Council {text}")).len();
        assert_eq!(["decision 2009/201", "decision 2009/200"].map(count), [0, 1]);
        assert_eq!(["resolution 2009/200", "resolution 2009/201"].map(count), [0, 1]);
        assert_eq!(["decision 1979/2", "decision 12 (LXI)"].map(count), [0, 0]);
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
