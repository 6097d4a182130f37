//! A citation of an act that is dated after the record.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::{
    calendar,
    corpus::{
        Group, Member,
        relation::{Key, key::KeyPart},
    },
    finding::{Family, Severity},
    message::quoted,
    rule::{Check, Findings, Fix, On, Rule, RuleId},
    rules::references::ref_date_conflict::{act, ga_window},
    vocabulary::Status,
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("ref-to-the-future"),
    family: Family::References,
    summary: "a citation of an act that is dated after the record",
    level: Some(Severity::Error),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/ref-to-the-future.md"),
    options: &[],
    check: Check::Group(&On::<Key>(check)),
};

fn check(group: &Group<'_, Key>, findings: &mut Findings<'_>) {
    let Some(first) = group.members.first() else { return };
    if !group.members.iter().any(is_early) {
        return;
    }
    let Some(act) = act(first.normal()) else { return };
    // Parts named together may have been adopted on different days.
    if act.parts.letters().count() > 1 {
        return;
    }
    // A date outside the session is wrong by itself, and `ref-date-conflict` reports several dates of one act:
    // an act is late only if the earliest of them is.
    let window = ga_window(&act);
    let sound = |date: &Date| window.is_none_or(|(first, last)| (first..=last).contains(date));
    let given = group.members.iter().filter_map(|member| Some((dated(member)?, member)));
    let Some((adopted, source)) =
        given.filter(|(date, _)| sound(date)).min_by_key(|(date, _)| *date)
    else {
        return;
    };
    let mut reported = BTreeSet::new();
    // A citation with a date is the better place to report, so those go first.
    let (own, bare): (Vec<&Member<'_, Key>>, Vec<&Member<'_, Key>>) =
        group.members.iter().filter(|one| cites(one)).partition(|one| dated(one).is_some());
    for citing in own.into_iter().chain(bare) {
        let Some(written) = citing.record_date().filter(|written| *written < adopted) else {
            continue;
        };
        // A bare citation of a later session is a mistake of its own: `ref-to-later-session` reports it.
        let is_of_later_session =
            dated(citing).is_none() && window.is_some_and(|(first, _)| first > written);
        let is_known = is_of_later_session || is_open(citing);
        if is_known || !reported.insert((citing.source(), citing.record())) {
            continue;
        }
        let (adopted, written) = (calendar::long(adopted), calendar::long(written));
        let act = quoted(citing.shown());
        let message = format!("{act} is dated {adopted}, after the date of this record, {written}");
        let finding = findings
            .at(citing.place(), message)
            .help("check the number of the act and both dates")
            .value(citing.normal());
        if dated(citing).is_none() {
            finding.label(source.place(), "date of the act");
        }
    }
}

/// Whether the entry is a citation in a record with a certain date; most groups have none.
fn is_early(member: &Member<'_, Key>) -> bool {
    cites(member) && member.record_date().is_some()
}

fn cites(member: &Member<'_, Key>) -> bool {
    matches!(member.part(), KeyPart::Citation(_) | KeyPart::Dated { definition: None, .. })
}

fn dated(member: &Member<'_, Key>) -> Option<Date> {
    match member.part() {
        KeyPart::Dated { date, .. } => Some(date),
        _ => None,
    }
}

/// Whether the record may still change, or is a reissue that may have the date of the original.
fn is_open(member: &Member<'_, Key>) -> bool {
    matches!(member.record_status(), Some(Status::Cancelled | Status::Draft | Status::Reissued))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, findings};

    fn found(files: &[&str]) -> Vec<String> {
        let name = |at| format!("{at}.yaml");
        let files: Vec<(String, String)> =
            files.iter().enumerate().map(|(at, text)| (name(at), (*text).to_owned())).collect();
        findings(&RULE, &files).into_iter().map(|found| found.message).collect()
    }

    #[test]
    fn an_act_of_a_later_day_is_reported_in_fields_and_in_prose() {
        check(
            &RULE,
            r#"
=== letter.yaml
kind: letter
date: "2011-04-05"
references:
  - {raw: x, symbol: A/RES/65/312, date: "2011-07-27"}
#                                         ^^^^^^^^^^ error: `A/RES/65/312` is dated 27 July 2011, after the date of this record, 5 April 2011
=== statement.yaml
kind: statement
date: "2011-05-19"
paragraphs:
  - We recall General Assembly resolution 65/312 of 27 July 2011.
#                                                   ^^^^^^^^^^^^ error: `65/312` is dated 27 July 2011, after the date of this record, 19 May 2011
"#,
        );
    }

    #[test]
    fn an_act_that_another_record_dates_later_is_reported() {
        check(
            &RULE,
            r#"
=== letter.yaml
kind: letter
date: "2011-04-05"
references:
  - {raw: x, symbol: A/RES/65/312}
#                    ^^^^^^^^^^^^ error: `A/RES/65/312` is dated 27 July 2011, after the date of this record, 5 April 2011
=== register.yaml
kind: register
entries:
  - {symbol: A/RES/65/312, date: "2011-07-27"}
#                                 ~~~~~~~~~~ date of the act
"#,
        );
    }

    const LATER: &str = "references: [{raw: x, symbol: A/RES/65/312, date: \"2011-07-27\"}]\n";

    #[test]
    fn records_of_the_same_day_and_later_are_accepted() {
        for date in ["2011-07-27", "2011-07-28"] {
            assert_eq!(found(&[&format!("kind: letter\ndate: \"{date}\"\n{LATER}")]), [""; 0]);
        }
        assert_eq!(found(&[&format!("kind: letter\ndate: \"2011-07-26\"\n{LATER}")]).len(), 1);
    }

    #[test]
    fn the_latest_date_of_the_record_is_compared() {
        let record = |distributed: &str| {
            format!(
                "kind: resolution\nsymbol: A/RES/65/170\nadopted: \"2010-12-20\"\ndistributed: {distributed}\n{LATER}"
            )
        };
        assert_eq!(found(&[&record("\"2011-08-17\"")]), [""; 0]);
        assert_eq!(found(&[&record("\"2011-03-17\"")]).len(), 1);
        assert_eq!(found(&[&record("null")]).len(), 1);
    }

    #[test]
    fn records_without_a_certain_date_are_not_reported() {
        for record in [
            "kind: letter\n",
            "kind: summary\ndateLine: 19 May 2011\n",
            "kind: statement\ndate: \"2011-05-19\"\nstatus: draft\n",
            "kind: statement\ndate: \"2011-05-19\"\nstatus: cancelled\n",
            "kind: statement\ndate: \"2011-05-19\"\nstatus: reissued\n",
        ] {
            assert_eq!(found(&[&format!("{record}{LATER}")]), [""; 0], "{record}");
        }
        assert_eq!(
            found(&[&format!(
                "kind: summary\ndate: \"2011-06-28\"\ndateLine: 19 May 2011\n{LATER}"
            )])
            .len(),
            1
        );
    }

    #[test]
    fn planned_meetings_and_reserved_symbols_are_not_reported() {
        for text in [
            "We look forward to the sixty-eighth session, in 2013, and to the Dialogue of 3 October 2013.",
            "The report will be issued as A/68/190.",
            "its resolution 65/312 of 27 July 2011",
            "We await General Assembly resolution 65/312.",
        ] {
            let record =
                format!("kind: statement\ndate: \"2011-05-19\"\nparagraphs:\n  - \"{text}\"\n");
            assert_eq!(found(&[&record]), [""; 0], "{text}");
        }
        let letter = "kind: letter\ndate: \"2011-04-05\"\nreferences: [{raw: x, symbol: A/66/190, date: \"2011-08-01\"}]\n";
        assert_eq!(found(&[letter]), [""; 0]);
    }

    #[test]
    fn findings_of_other_rules_are_not_repeated() {
        let cited = |date: &str| {
            format!(
                "kind: letter\ndate: \"2010-12-28\"\nreferences: [{{raw: x, symbol: A/RES/65/170, date: \"{date}\"}}]\n"
            )
        };
        let register = "kind: register\nentries: [{symbol: A/RES/65/170, date: \"2010-12-20\"}]\n";
        // A slip in the year is outside the session; one in the month disagrees with the register.
        assert_eq!(found(&[&cited("2012-12-20")]), [""; 0]);
        assert_eq!(found(&[&cited("2011-02-20"), register]), [""; 0]);
        assert_eq!(found(&[&cited("2011-02-20")]).len(), 1);
    }

    #[test]
    fn parts_named_together_are_not_reported() {
        let letter = |symbol: &str| {
            format!(
                "kind: letter\ndate: \"1995-03-01\"\nreferences: [{{raw: x, symbol: {symbol}, date: \"1995-07-20\"}}]\n"
            )
        };
        assert_eq!(found(&[&letter("A/RES/49/222 A-B")]), [""; 0]);
        assert_eq!(found(&[&letter("A/RES/49/222 B")]).len(), 1);
    }

    #[test]
    fn one_act_is_reported_once_a_record() {
        let record = "kind: statement\ndate: \"2011-05-19\"\nparagraphs:\n  - General Assembly resolution 65/312 of 27 July 2011.\n  - Again A/RES/65/312 of 27 July 2011.\n";
        assert_eq!(found(&[record]).len(), 1);
    }
}
