//! An act of the General Assembly with a date outside its session.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::{
    calendar::{self, Language},
    fact::{DateText, Meaning, Record},
    finding::{Family, Place, Severity},
    message::shown,
    rule::{Check, Findings, Fix, Rule, RuleId},
    symbol::{Citation, Organ, Session, ga_session_has, ga_session_window},
    vocabulary::FactKinds,
};

/// The facts that it looks at.
const FACTS: FactKinds = FactKinds::CITES.or(FactKinds::DEFINES).or(FactKinds::MENTION);

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("ref-date-outside-session"),
    family: Family::References,
    summary: "an act with a date outside its session of the General Assembly",
    level: Some(Severity::Error),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/ref-date-outside-session.md"),
    options: &[],
    check: Check::Facts(FACTS, check),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    let mut seen = BTreeSet::new();
    for fact in &record.facts {
        let (act, date, text, place, second) = match &fact.meaning {
            Meaning::Cites(key) | Meaning::Defines(key) => {
                let [only] = key.parts.as_slice() else {
                    continue;
                };
                (key.act(), key.date, only.value, only.place, None)
            }
            Meaning::Mention(mention) => {
                let second = mention.found.second_date.as_ref();
                let second = second.map(|dated| dated.date);
                (mention.act(), mention.date, mention.text, mention.place, second)
            }
            _ => continue,
        };
        if let (Some(act), Some(date)) = (act, date)
            && seen.insert(date.place.span)
        {
            check_date(&act, &date, second, (text, place), findings);
        }
    }
}

fn check_date(
    act: &Citation,
    text: &DateText<'_>,
    second: Option<Date>,
    (written, place): (&str, Place),
    findings: &mut Findings<'_>,
) {
    // A number alone does not name an organ: others number by session too.
    if act.organ != Some(Organ::GeneralAssembly) {
        return;
    }
    let (Some(session), Some(date)) = (act.session, text.date) else {
        return;
    };
    let Some((first, last)) = ga_session_window(session) else {
        return;
    };
    let inside = |date: Date| ga_session_has(session, date).unwrap_or(true);
    // Parts of one act may have been adopted on different days, months apart.
    if inside(date) || second.is_some_and(inside) {
        return;
    }
    let message = format!(
        "`{}` is dated {}, but {} met {}",
        shown(written),
        calendar::long(date),
        named(session),
        period(session, first, last)
    );
    let finding = findings
        .at(text.place, message)
        .label(place, "the act")
        .value(written)
        .value(date.to_string());
    if let Some(other) = regular_session_on(date) {
        finding.help(format!(
            "{} belongs to the period of session {other}: check the date and the number",
            calendar::long(date)
        ));
    }
}

fn named(session: Session) -> String {
    match session {
        Session::Regular(n) => format!("session {n} of the General Assembly"),
        Session::Special(n) => format!("special session {n} of the General Assembly"),
        Session::Emergency(n) => format!("emergency special session {n} of the General Assembly"),
        Session::Organizational(n) => format!("organizational session {n:02}"),
    }
}

/// When a session met, as exactly as is known.
fn period(session: Session, first: Date, last: Date) -> String {
    let month = |date: Date| {
        let name = calendar::month_name(date.month(), Language::English);
        format!("{} {}", name.unwrap_or_default(), date.year())
    };
    let years = (first.month(), first.day(), last.month(), last.day()) == (1, 1, 12, 31);
    let is_regular = matches!(session, Session::Regular(_));
    match (years, last.year()) {
        (true, year) if year == first.year() => format!("in {year}"),
        (true, year) => format!("in {} and {year}", first.year()),
        (false, 9999) => format!("from {} on", calendar::long(first)),
        (false, _) if is_regular => format!("from {} to {}", month(first), month(last)),
        (false, _) if first == last => format!("on {}", calendar::long(first)),
        (false, _) if month(first) == month(last) => {
            format!("from {} to {}", first.day(), calendar::long(last))
        }
        (false, _) => format!("from {} to {}", calendar::long(first), calendar::long(last)),
    }
}

/// The regular session that was open on `date`; nothing in the days when one may follow another.
fn regular_session_on(date: Date) -> Option<u16> {
    let year = u16::try_from(date.year() - 1945).ok()?;
    let has = |session: &u16| ga_session_has(Session::Regular(*session), date) == Some(true);
    let mut open = [year.checked_sub(1)?, year].into_iter().filter(has);
    open.next().filter(|_| open.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, findings, in_prose};

    #[test]
    fn a_resolution_adopted_outside_its_session_is_reported() {
        let record = |adopted: &str| {
            format!("kind: resolution\nsymbol: A/RES/65/170\nadopted: \"{adopted}\"\n")
        };
        let count = |adopted| findings(&RULE, &[("r.yaml".into(), record(adopted))]).len();
        assert_eq!(
            ["2010-08-31", "2010-09-01", "2011-09-30", "2011-10-01"].map(count),
            [1, 0, 0, 1]
        );
    }

    fn prose(text: &str) -> Vec<String> {
        in_prose(&RULE, text).into_iter().map(|found| found.message).collect()
    }

    #[test]
    fn a_date_of_another_session_in_a_field_is_reported() {
        check(
            &RULE,
            r#"
kind: letter
references:
  - raw: resolution 58/208
    symbol: A/RES/58/208
#           ~~~~~~~~~~~~ the act
    date: "2013-12-23"
#          ^^^^^^^^^^ error: `A/RES/58/208` is dated 23 December 2013, but session 58 of the General Assembly met from September 2003 to September 2004
"#,
        );
    }

    #[test]
    fn a_date_of_another_session_in_prose_is_reported() {
        check(
            &RULE,
            r"
kind: statement
paragraphs:
  - Recalling General Assembly resolution 55/56 of 1 December 2001.
#                                         ~~~~~ the act
#                                                  ^^^^^^^^^^^^^^^ error: `55/56` is dated 1 December 2001, but session 55 of the General Assembly met from September 2000 to September 2001
",
        );
    }

    #[test]
    fn the_first_and_the_last_day_of_the_session_are_accepted() {
        for (text, count) in [
            ("A/RES/65/1 of 1 September 2010", 0),
            ("A/RES/65/1 of 31 August 2010", 1),
            ("A/RES/65/315 of 30 September 2011", 0),
            ("A/RES/65/315 of 1 October 2011", 1),
            ("A/RES/1 (I) of 24 January 1946", 0),
            ("A/RES/97 (I) of 14 December 1946", 0),
            ("A/RES/97 (I) of 1 January 1947", 1),
        ] {
            assert_eq!(prose(text).len(), count, "{text}");
        }
    }

    #[test]
    fn special_sessions_have_their_own_dates() {
        assert!(prose("A/RES/S-27/2 of 10 May 2002").is_empty());
        assert_eq!(
            prose("A/RES/S-27/2 of 10 May 2012"),
            [
                "`A/RES/S-27/2` is dated 10 May 2012, but special session 27 of the General Assembly met from 8 to 10 May 2002"
            ]
        );
        assert_eq!(
            prose("A/RES/ES-11/1 of 2 March 2021"),
            [
                "`A/RES/ES-11/1` is dated 2 March 2021, but emergency special session 11 of the General Assembly met from 28 February 2022 on"
            ]
        );
        assert_eq!(
            prose("A/RES/S-13/2 of 1 June 1987"),
            [
                "`A/RES/S-13/2` is dated 1 June 1987, but special session 13 of the General Assembly met in 1986"
            ]
        );
        for (text, count) in [
            ("A/RES/3202 (S-VI) of 1 May 1974", 0),
            ("A/RES/3202 (S-VI) of 1 August 1974", 1),
            ("A/RES/ES-7/4 of 28 April 1982", 0),
            ("A/RES/ES-7/4 of 28 April 1981", 1),
            ("A/RES/S-28/1 of 25 January 2005", 1),
        ] {
            assert_eq!(prose(text).len(), count, "{text}");
        }
    }

    #[test]
    fn the_fifth_session_closed_in_november() {
        let count = |text| prose(text).len();
        assert_eq!(count("A/RES/500 (V) of 5 November 1951"), 0);
        assert_eq!(count("A/RES/500 (V) of 6 November 1951"), 1);
        assert_eq!(count("A/RES/510 (VI) of 5 November 1951"), 1);
        assert_eq!(count("A/RES/510 (VI) of 6 November 1951"), 0);
    }

    #[test]
    fn decisions_are_checked_too() {
        assert!(prose("General Assembly decision 56/464 of 24 December 2001").is_empty());
        assert_eq!(prose("General Assembly decision 56/464 of 24 December 2003").len(), 1);
    }

    #[test]
    fn other_organs_and_numbers_without_an_organ_are_not_reported() {
        for text in [
            "resolution 55/56 of 1 December 2001",
            "its resolution 55/56 of 1 December 2001",
            "Human Rights Council resolution 16/1 of 23 March 2011",
            "Commission on Population and Development resolution 2006/2 of 10 May 2006",
            "General Assembly resolution 60/251 of 15 March 2006 and Human Rights Council resolution 5/1 of 18 June 2007",
            "General Assembly resolution 60/251 of 15 March 2006 and resolution 5/1 of the Human Rights Council of 18 June 2007",
            "A/RES/16/1 (2011)",
        ] {
            assert_eq!(prose(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn an_act_in_parts_may_have_two_dates() {
        assert!(
            prose(
                "General Assembly resolution 49/222 A and B of 23 December 1994 and 20 July 1996"
            )
            .is_empty()
        );
        assert_eq!(
            prose(
                "General Assembly resolution 49/222 A and B of 23 December 1996 and 20 July 1996"
            )
            .len(),
            1
        );
    }
}
