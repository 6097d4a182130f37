//! An act with two dates in the records.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::{
    calendar,
    corpus::{
        Group, Member,
        relation::{Key, key::KeyPart},
    },
    fact::key,
    finding::{Family, Severity},
    message::{quoted, record_name},
    rule::{Check, Findings, Fix, On, Rule, RuleId},
    symbol::{Citation, Organ, Reference, ga_session_window},
    vocabulary::KeyOptions,
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("ref-date-conflict"),
    family: Family::References,
    summary: "an act with two dates in the records, or a document with two dates in one register",
    level: Some(Severity::Warning),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/ref-date-conflict.md"),
    options: &[],
    check: Check::Group(&On::<Key>(check)),
};

/// A date given for the act, and where.
#[derive(Clone, Copy)]
struct Given<'a, 'c> {
    member: &'a Member<'c, Key>,
    date: Date,
    definition: Option<KeyOptions>,
}

fn check(group: &Group<'_, Key>, findings: &mut Findings<'_>) {
    let mut given: Vec<Given<'_, '_>> = group.members.iter().filter_map(given).collect();
    // Most acts have one date wherever they are named.
    if given.iter().all(|other| other.date == given[0].date) {
        return;
    }
    let Some(act) = given.first().and_then(|first| act(first.member.normal())) else {
        return check_registers(&given, findings);
    };
    // Parts named together may have been adopted on different days.
    if act.parts.letters().count() > 1 {
        return;
    }
    // A date outside the session is wrong by itself: `ref-date-outside-session` reports it.
    if let Some((first, last)) = ga_window(&act) {
        given.retain(|given| (first..=last).contains(&given.date));
    }
    let Some(base) = given.iter().min_by_key(|given| rank(given)).copied() else { return };
    let mut seen = BTreeSet::from([base.date]);
    for other in given.iter().filter(|other| seen.insert(other.date)) {
        let right = calendar::long(base.date);
        findings
            .at(other.member.place(), conflict(other, &base))
            .label(base.member.place(), format!("dated {right} here"))
            .help("look up the act: at least one of the dates is wrong")
            .value(base.member.normal())
            .value(other.date.to_string());
    }
}

/// A document that is not an act may have several dates, but a register gives one. Two dates in one record are a
/// duplicate entry, which another rule reports.
fn check_registers(given: &[Given<'_, '_>], findings: &mut Findings<'_>) {
    let listed = |given: &&Given<'_, '_>| {
        given.definition.is_some_and(|options| options.has(KeyOptions::ELSEWHERE))
    };
    let listed: Vec<&Given<'_, '_>> = given.iter().filter(listed).collect();
    // The members of a group are in the order of the sources.
    for register in listed.chunk_by(|a, b| a.member.source() == b.member.source()) {
        let Some((base, others)) = register.split_first() else { continue };
        let mut seen = BTreeSet::from([base.date]);
        let others = others.iter().filter(|other| other.member.record() != base.member.record());
        for other in others.filter(|other| seen.insert(other.date)) {
            let right = calendar::long(base.date);
            findings
                .at(other.member.place(), conflict(other, base))
                .label(base.member.place(), format!("dated {right} here"))
                .id("register")
                .help("look up the document: at least one of the dates is wrong")
                .value(base.member.normal())
                .value(other.date.to_string());
        }
    }
}

/// The message for a date that differs from that of `base`.
fn conflict(other: &Given<'_, '_>, base: &Given<'_, '_>) -> String {
    let record = |given: &Given<'_, '_>| (given.member.source(), given.member.record());
    let place = match base.member.record_id() {
        _ if record(other) == record(base) => "elsewhere in the same record".to_owned(),
        Some(id) => format!("in {}", record_name(id)),
        None => "elsewhere".to_owned(),
    };
    let (date, right) = (calendar::long(other.date), calendar::long(base.date));
    format!("{} is dated {date} here, but {right} {place}", quoted(other.member.shown()))
}

fn given<'a, 'c>(member: &'a Member<'c, Key>) -> Option<Given<'a, 'c>> {
    match member.part() {
        KeyPart::Dated { date, definition } => Some(Given { member, date, definition }),
        _ => None,
    }
}

/// The act that a normal form names. A number without an organ names acts of several bodies, and
/// documents that are not acts may have several dates.
pub(super) fn act(normal: &str) -> Option<Citation> {
    match key::reference(normal)? {
        Reference::Symbol(symbol) if symbol.suffixes.is_empty() => Citation::of_symbol(&symbol),
        _ => None,
    }
}

pub(super) fn ga_window(act: &Citation) -> Option<(Date, Date)> {
    let session = act.session.filter(|_| act.organ == Some(Organ::GeneralAssembly))?;
    ga_session_window(session)
}

/// The others are compared with the date of the act itself, else that of a register, else that of the first
/// citation.
fn rank(given: &Given<'_, '_>) -> u8 {
    match given.definition {
        Some(options) if !options.has(KeyOptions::ELSEWHERE) => 0,
        Some(_) => 1,
        None => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, findings};

    fn found(files: &[&str]) -> Vec<(String, Option<String>)> {
        let name = |(n, text): (usize, &&str)| (format!("{n}.yaml"), (*text).to_owned());
        let files: Vec<_> = files.iter().enumerate().map(name).collect();
        findings(&RULE, &files).into_iter().map(|found| (found.message, found.help)).collect()
    }

    fn prose(first: &str, second: &str) -> usize {
        let record = |text: &str| format!("kind: statement\nparagraphs:\n  - \"{text}\"\n");
        found(&[&record(first), &record(second)]).len()
    }

    #[test]
    fn the_date_of_the_act_itself_overrides_that_of_a_citation() {
        check(
            &RULE,
            r#"
=== a.yaml
kind: letter
references:
  - raw: resolution 65/170
    symbol: A/RES/65/170
    date: "2010-12-21"
#          ^^^^^^^^^^ warning: `A/RES/65/170` is dated 21 December 2010 here, but 20 December 2010 elsewhere
=== b.yaml
kind: resolution
symbol: A/RES/65/170
adopted: "2010-12-20"
#         ~~~~~~~~~~ dated 20 December 2010 here
=== c.yaml
kind: statement
paragraphs:
  - General Assembly resolution 65/170 of 20 December 2010 is recalled.
"#,
        );
    }

    #[test]
    fn a_date_outside_the_session_is_not_reported() {
        let cites = |symbol: &str, date: &str| {
            format!("kind: letter\nreferences: [{{symbol: {symbol}, date: \"{date}\"}}]\n")
        };
        let count =
            |symbol, first, second| found(&[&cites(symbol, first), &cites(symbol, second)]).len();
        assert_eq!(count("A/RES/73/287", "2018-04-15", "2019-04-15"), 0);
        assert_eq!(count("A/RES/73/287", "2018-04-15", "2018-04-16"), 0);
        assert_eq!(count("A/RES/73/287", "2019-04-15", "2019-04-16"), 1);
        // Of the Security Council no session is known.
        assert_eq!(count("S/RES/1325 (2000)", "2000-10-31", "2000-10-30"), 1);
    }

    #[test]
    fn two_spellings_of_one_act_are_compared() {
        let first = "See A/RES/217A (III) of 10 December 1948.";
        let second =
            |day| format!("General Assembly resolution 217 A (III) of {day} December 1948.");
        assert_eq!(prose(first, &second(10)), 0);
        assert_eq!(prose(first, &second(11)), 1);
    }

    #[test]
    fn every_other_date_is_reported_once() {
        let record = "kind: statement\nparagraphs:\n  - A/RES/65/1 of 1 October 2010, A/RES/65/1 of 2 October 2010.\n  - A/RES/65/1 of 2 October 2010 and A/RES/65/1 of 3 October 2010.\n";
        assert_eq!(found(&[record]).len(), 2);
    }

    #[test]
    fn parts_with_dates_of_their_own_do_not_conflict() {
        for (first, second) in [
            ("A/RES/57/270 A of 20 December 2002", "A/RES/57/270 B of 23 June 2003"),
            ("A/RES/49/222 A and B of 23 December 1994", "A/RES/49/222 A and B of 20 July 1995"),
            (
                "General Assembly resolution 49/222 of 23 December 1994 and 20 July 1995",
                "General Assembly resolution 49/222 of 20 July 1995",
            ),
        ] {
            assert_eq!(prose(first, second), 0, "{first}");
        }
        let (first, second) =
            ("A/RES/57/270 B of 20 December 2002", "A/RES/57/270 B of 23 June 2003");
        assert_eq!(prose(first, second), 1);
    }

    #[test]
    fn dates_of_acts_cited_together_are_not_compared() {
        let own = "A/RES/59/241 of 22 December 2004";
        for joint in [
            "General Assembly resolutions 58/208 and 59/241 of 23 December 2003 and 22 December 2004",
            "General Assembly resolutions 58/208, 59/240 and 59/241 of 23 December 2003, 21 December 2004 and 22 December 2004",
        ] {
            assert_eq!(prose(own, joint), 0, "{joint}");
        }
        assert_eq!(prose(own, "General Assembly resolution 59/241 of 23 December 2004"), 1);
    }

    #[test]
    fn two_dates_in_one_register_are_reported() {
        check(
            &RULE,
            r#"
=== a.jsonl
{"kind": "register", "id": "first", "entries": [{"symbol": "A/65/203", "date": "2010-08-02"}]}
#                                                                               ~~~~~~~~~~ dated 2 August 2010 here
{"kind": "register", "id": "second", "entries": [{"symbol": "A/65/203", "date": "2010-08-03"}]}
#                                                                                ^^^^^^^^^^ warning: `A/65/203` is dated 3 August 2010 here, but 2 August 2010 in first
{"kind": "register", "id": "third", "entries": [{"symbol": "A/65/203", "date": "2010-08-02"}]}
=== b.yaml
kind: register
entries: [{symbol: A/65/203, date: "2010-08-04"}]
=== c.yaml
kind: letter
references: [{symbol: A/65/203, date: "2010-08-05"}]
"#,
        );
    }

    #[test]
    fn numbers_without_an_organ_and_other_documents_are_not_reported() {
        for (first, second) in [
            ("resolution 5/1 of 18 June 2007", "resolution 5/1 of 19 June 2007"),
            (
                "General Assembly resolution 60/1 of 16 September 2005",
                "its resolution 60/1 of 2 May 2006",
            ),
            ("A/65/203 of 2 August 2010", "A/65/203 of 3 August 2010"),
        ] {
            assert_eq!(prose(first, second), 0, "{first}");
        }
        let field = |symbol: &str, date: &str| {
            format!("kind: letter\nreferences: [{{symbol: {symbol}, date: \"{date}\"}}]\n")
        };
        for (symbol, count) in [("resolution 60/1", 0), ("A/65/203", 0), ("A/RES/60/1", 1)] {
            let files = [field(symbol, "2005-09-16"), field(symbol, "2005-10-24")];
            assert_eq!(found(&[&files[0], &files[1]]).len(), count, "{symbol}");
        }
    }
}
