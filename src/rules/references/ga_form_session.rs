//! A resolution of the General Assembly in a form, or with a number, that its session did not use.

use crate::{
    fact::Record,
    finding::{Family, Severity},
    message::shown,
    rule::{Check, Findings, Fix, Rule, RuleId},
    symbol::{
        Citation, Form, FormIssue, LAST_ROMAN_EMERGENCY, LAST_ROMAN_NUMBER, LAST_ROMAN_SESSION,
        LAST_ROMAN_SPECIAL, Session, form_issue, roman_bracket,
    },
    vocabulary::FactKinds,
};

/// The facts that it looks at.
const FACTS: FactKinds =
    FactKinds::CITES.or(FactKinds::DEFINES).or(FactKinds::MENTION).or(FactKinds::VALUE);

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("ga-form-session"),
    family: Family::References,
    summary: "a General Assembly resolution in a form or with a number that its session did not use",
    level: Some(Severity::Error),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/ga-form-session.md"),
    options: &[],
    check: Check::Facts(FACTS, check),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    for named in record.acts() {
        let act = &named.act;
        let (Some(issue), Some(session)) = (form_issue(act), act.session) else {
            continue;
        };
        if is_common_spelling(act, session) {
            continue;
        }
        let written = shown(named.text);
        let message = match &issue {
            FormIssue::RomanAfterChange => format!(
                "`{written}` has a roman numeral, but the General Assembly stopped using them after {}",
                last_roman(session)
            ),
            FormIssue::SlashBeforeChange => format!(
                "`{written}` has a slash, but the General Assembly started to use one after {}",
                last_roman(session)
            ),
            FormIssue::NumberTooHigh => format!(
                "`{written}` has number {}, but numbers with a roman numeral end at {LAST_ROMAN_NUMBER}",
                act.number
            ),
            FormIssue::OutsideBracket(bracket) => format!(
                "`{written}` has number {}, but the numbers of session {session} are {} to {}",
                act.number,
                bracket.start(),
                bracket.end()
            ),
        };
        let mut finding = findings.at(named.place, message).value(named.text);
        if matches!(issue, FormIssue::OutsideBracket(_)) {
            finding = finding.severity(Severity::Warning);
        }
        if let Some(help) = help(act, &issue) {
            finding.help(help);
        }
    }
}

/// `A/RES/S-6/3201` cannot mean anything but 3201 (S-VI), and `A/RES/ES-5/2252` but 2252 (ES-V), since the numbers continued through all sessions.
fn is_common_spelling(act: &Citation, session: Session) -> bool {
    let is_special = matches!(session, Session::Special(_) | Session::Emergency(_));
    is_special && act.form == Form::Slash && act.number > 100
}

fn last_roman(session: Session) -> String {
    match session {
        Session::Regular(_) | Session::Organizational(_) => format!("session {LAST_ROMAN_SESSION}"),
        Session::Special(_) => format!("special session {LAST_ROMAN_SPECIAL}"),
        Session::Emergency(_) => format!("emergency special session {LAST_ROMAN_EMERGENCY}"),
    }
}

fn help(act: &Citation, issue: &FormIssue) -> Option<String> {
    let write = |form| {
        let right = Citation { form, ..act.clone() };
        let fits = form_issue(&right).is_none();
        fits.then(|| format!("write `{}` if the number and the session are right", right.number()))
    };
    match issue {
        FormIssue::RomanAfterChange => write(Form::Slash),
        FormIssue::SlashBeforeChange => write(Form::Roman),
        FormIssue::NumberTooHigh => None,
        FormIssue::OutsideBracket(_) => {
            let number = u16::try_from(act.number).ok()?;
            let mut sessions = (1..=LAST_ROMAN_SESSION).filter(|session| {
                roman_bracket(Session::Regular(*session)).is_some_and(|b| b.contains(&number))
            });
            let only = sessions.next().filter(|_| sessions.next().is_none())?;
            Some(format!("{number} is a number of session {only}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, in_prose};

    fn prose(text: &str) -> Vec<(String, Option<String>)> {
        in_prose(&RULE, text).into_iter().map(|found| (found.message, found.help)).collect()
    }

    #[test]
    fn a_form_of_other_sessions_is_reported() {
        check(
            &RULE,
            r"
kind: letter
references:
  - {raw: a, symbol: A/RES/225 (LXIII)}
#                    ^^^^^^^^^^^^^^^^^ error: `A/RES/225 (LXIII)` has a roman numeral, but the General Assembly stopped using them after session 30
  - {raw: b, symbol: A/RES/3/217}
#                    ^^^^^^^^^^^ error: `A/RES/3/217` has a slash, but the General Assembly started to use one after session 30
  - {raw: c, symbol: A/RES/3586 (XXX)}
#                    ^^^^^^^^^^^^^^^^ error: `A/RES/3586 (XXX)` has number 3586, but numbers with a roman numeral end at 3541
  - {raw: d, symbol: A/RES/217 A (XX)}
#                    ^^^^^^^^^^^^^^^^ warning: `A/RES/217 A (XX)` has number 217, but the numbers of session 20 are 2004 to 2221
paragraphs:
  - Recalling General Assembly resolution 225 (LXIII) and others.
#                                         ^^^^^^^^^^^ error: `225 (LXIII)` has a roman numeral, but the General Assembly stopped using them after session 30
",
        );
    }

    #[test]
    fn emergency_special_sessions_changed_after_the_fifth() {
        check(
            &RULE,
            r"
kind: letter
references:
  - {raw: a, symbol: A/RES/ES-4/2}
#                    ^^^^^^^^^^^^ error: `A/RES/ES-4/2` has a slash, but the General Assembly started to use one after emergency special session 5
  - {raw: b, symbol: A/RES/2 (ES-VI)}
#                    ^^^^^^^^^^^^^^^ error: `A/RES/2 (ES-VI)` has a roman numeral, but the General Assembly stopped using them after emergency special session 5
  - {raw: c, symbol: A/RES/996 (ES-II)}
#                    ^^^^^^^^^^^^^^^^^ warning: `A/RES/996 (ES-II)` has number 996, but the numbers of session ES-2 are 999 to 1101
",
        );
    }

    #[test]
    fn the_help_gives_the_right_form_if_there_is_only_one() {
        let help = |text| prose(text).pop().unwrap().1;
        let right =
            |form: &str| Some(format!("write `{form}` if the number and the session are right"));
        assert_eq!(help("A/RES/225 (LXIII)"), right("63/225"));
        assert_eq!(help("A/RES/3/217"), right("217 (III)"));
        assert_eq!(help("A/RES/30/3586"), None);
        assert_eq!(help("A/RES/217 (XX)").as_deref(), Some("217 is a number of session 3"));
    }

    #[test]
    fn both_sides_of_the_change_are_accepted() {
        for text in [
            "A/RES/3541 (XXX)",
            "A/RES/31/1",
            "A/RES/3362 (S-VII)",
            "A/RES/S-8/1",
            "A/RES/217 A (III)",
            "A/RES/57/270 B",
            "A/RES/2252 (ES-V)",
            "A/RES/S-6/3201",
            "A/RES/ES-5/2252",
            "A/RES/ES-6/2",
        ] {
            assert_eq!(prose(text), [], "{text}");
        }
    }

    #[test]
    fn other_organs_and_numbers_without_an_organ_are_not_reported() {
        for text in [
            "resolution 5/1",
            "its resolution 225 (LXIII)",
            "E/RES/1503 (XLVIII)",
            "Arab League Council resolution 934 (XXXVIII)",
            "General Assembly resolution 60/251 and Human Rights Council resolutions 5/1 and 5/2",
            "General Assembly resolution 60/251 and its resolutions 5/1 and 5/2",
            "General Assembly resolution 60/251 and Council resolution 5/1",
        ] {
            assert_eq!(prose(text), [], "{text}");
        }
    }

    #[test]
    fn an_invalid_numeral_is_not_reported() {
        check(&RULE, "kind: letter\nsymbol: A/RES/217 A (IIII)\n");
    }
}
