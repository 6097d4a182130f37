//! A citation of an act of a session or a year that begins after the date of the record.

use std::collections::BTreeSet;

use jiff::civil::{Date, date};

use crate::{
    calendar,
    fact::{Meaning, Record},
    finding::{Family, Place, Severity},
    message::shown,
    rule::{Check, Findings, Fix, Rule, RuleId},
    symbol::{Citation, Form, Kind, Organ, Reference, Session, ga_session_window, sc_year_of},
    vocabulary::{FactKinds, Status},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("ref-to-later-session"),
    family: Family::References,
    summary: "a citation of an act of a session or a year that begins after the date of the record",
    level: Some(Severity::Error),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/ref-to-later-session.md"),
    options: &[],
    check: Check::Facts(FactKinds::CITES.or(FactKinds::MENTION), check),
};

/// The period that an act belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Period {
    Session(Session),
    Year(u16),
}

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    let cited = || record.facts.iter().filter_map(|fact| cited_by(&fact.meaning));
    if cited().next().is_none() {
        return;
    }
    let may_change = [Status::Cancelled, Status::Draft, Status::Reissued];
    if may_change.into_iter().any(|status| record.head.has_status(status)) {
        return;
    }
    let Some(written) = record.last_date() else { return };
    let mut reported = BTreeSet::new();
    for (reference, text, place) in cited() {
        let Some((period, opens)) = period_of(reference).filter(|(_, opens)| *opens > written)
        else {
            continue;
        };
        if !reported.insert(key_of(reference)) {
            continue;
        }
        let (act, written) = (shown(text), calendar::long(written));
        let message = match period {
            Period::Session(session) => format!(
                "`{act}` is of session {session} of the General Assembly, which opened on {} at the earliest, after the date of this record, {written}",
                calendar::long(opens)
            ),
            Period::Year(year) => {
                format!("`{act}` is of {year}, after the date of this record, {written}")
            }
        };
        findings
            .at(place, message)
            .help("check the number of the act and the date of the record")
            .value(text);
    }
}

/// What a fact cites without a date. With a date, `ref-to-the-future` compares it.
fn cited_by<'r>(meaning: &'r Meaning<'_>) -> Option<(&'r Reference, &'r str, Place)> {
    match meaning {
        Meaning::Cites(key) if key.date.is_none() => match key.parts.as_slice() {
            [only] => Some((key.symbol.as_ref()?, only.value, only.place)),
            _ => None,
        },
        Meaning::Mention(mention) if mention.date.is_none() => {
            Some((&mention.found.reference, mention.text, mention.place))
        }
        _ => None,
    }
}

fn key_of(reference: &Reference) -> Option<String> {
    match reference {
        Reference::Symbol(symbol) => Some(symbol.key().to_owned()),
        Reference::Citation(citation) => citation.key(),
    }
}

/// The period that an act belongs to, and the first day of it.
fn period_of(reference: &Reference) -> Option<(Period, Date)> {
    let act = match reference {
        Reference::Symbol(symbol) if symbol.kind == Kind::PresidentialStatement => {
            let year = symbol.year?;
            return Some((Period::Year(year), first_of(year)?));
        }
        Reference::Symbol(symbol) => Citation::of_symbol(symbol)?,
        Reference::Citation(citation) => citation.clone(),
    };
    match act.organ? {
        Organ::GeneralAssembly => {
            let session = act.session?;
            let (first, _) = ga_session_window(session)?;
            Some((Period::Session(session), first))
        }
        Organ::SecurityCouncil => {
            let year = act.year.or_else(|| sc_year_of(act.number))?;
            Some((Period::Year(year), first_of(year)?))
        }
        Organ::EconomicAndSocialCouncil if act.form == Form::YearSlash => {
            let year = act.year?;
            // Since 2014 its sessions open in July of the year before (resolution 68/1 of the General Assembly, annex).
            let opens = if year >= 2015 {
                date(i16::try_from(year).ok()? - 1, 7, 1)
            } else {
                first_of(year)?
            };
            Some((Period::Year(year), opens))
        }
        _ => None,
    }
}

fn first_of(year: u16) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, 1, 1).ok()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, findings};

    fn count(head: &str, text: &str) -> usize {
        let record = format!("kind: statement\n{head}\nparagraphs:\n  - \"{text}\"\n");
        findings(&RULE, &[("statement.yaml".to_owned(), record)]).len()
    }

    #[test]
    fn acts_of_a_later_session_or_year_are_reported_in_fields_and_in_prose() {
        check(
            &RULE,
            r#"
kind: letter
date: "1999-04-13"
references:
  - {raw: a, symbol: S/PRST/2009/3}
#                    ^^^^^^^^^^^^^ error: `S/PRST/2009/3` is of 2009, after the date of this record, 13 April 1999
  - {raw: b, symbol: S/PRST/1999/3}
paragraphs:
  - Recalling General Assembly resolution 64/12 and Security Council resolution 1540 (2004).
#                                         ~~~~~ error: `64/12` is of session 64 of the General Assembly, which opened on 1 September 2009 at the earliest, after the date of this record, 13 April 1999
#                                                                               ~~~~~~~~~~~ error: `1540 (2004)` is of 2004, after the date of this record, 13 April 1999
"#
            .replace('~', "^")
            .as_str(),
        );
    }

    #[test]
    fn acts_of_the_same_session_and_year_are_accepted() {
        let dated = |date: &str| format!("date: \"{date}\"");
        for (date, text, expected) in [
            ("2009-08-31", "General Assembly resolution 64/12", 1),
            ("2009-09-01", "General Assembly resolution 64/12", 0),
            ("2003-12-31", "Security Council resolution 1540 (2004)", 1),
            ("2004-01-01", "Security Council resolution 1540 (2004)", 0),
            ("2003-12-31", "S/RES/1540", 1),
            ("2009-12-31", "Economic and Social Council resolution 2010/5", 1),
            ("2010-01-01", "Economic and Social Council resolution 2010/5", 0),
            ("2015-07-20", "Economic and Social Council decision 2016/201", 0),
            ("2015-06-30", "Economic and Social Council decision 2016/201", 1),
            ("1974-04-08", "General Assembly resolution 3201 (S-VI)", 1),
            ("1974-04-09", "General Assembly resolution 3201 (S-VI)", 0),
        ] {
            assert_eq!(count(&dated(date), text), expected, "{date} {text}");
        }
    }

    #[test]
    fn records_that_may_change_and_acts_of_no_organ_are_not_reported() {
        let text = "General Assembly resolution 64/12";
        for head in ["status: final", "date: \"1999-04-13\"\nstatus: draft"] {
            assert_eq!(count(head, text), 0, "{head}");
        }
        for text in [
            "resolution 64/12",
            "Human Rights Council resolution 64/12",
            "The report will be issued as A/64/190 or S/2009/12.",
            "General Assembly resolution 64/12 of 2 November 2009",
        ] {
            assert_eq!(count("date: \"1999-04-13\"", text), 0, "{text}");
        }
    }

    #[test]
    fn an_act_is_reported_once_a_record() {
        let text = "General Assembly resolution 64/12, again A/RES/64/12";
        assert_eq!(count("date: \"1999-04-13\"", text), 1);
    }
}
