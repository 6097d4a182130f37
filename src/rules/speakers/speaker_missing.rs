//! A statement or a speech without a speaker.

use crate::{
    fact::Record,
    finding::{Family, Severity, Stages},
    rule::{Check, Findings, Fix, Rule, RuleId},
    vocabulary::Expected,
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("speaker-missing"),
    family: Family::Speakers,
    summary: "a statement or a speech without a speaker",
    level: Some(Severity::Error),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/speaker-missing.md"),
    options: &[],
    check: Check::Record(check),
};

/// Who speaks is often settled last; only when the event is over has it become a contradiction.
const OPEN: Stages =
    Stages { early: Severity::Info, near: Severity::Warning, over: Severity::Error };

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    for expects in record.unmet(Expected::Speaker) {
        let message = format!("no speaker for {}", record.name_of_lacking(expects));
        let finding =
            findings.at(expects.place, message).help("name a person, an office or a delegation");
        if record.head.is_open() {
            finding.stages(OPEN);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, check_on};

    /// A statement with this speaker and these other members.
    fn statement(speaker: &str, rest: &str) -> String {
        format!(
            "id: statement\nkind: statement\ntitle: On migration\nlanguage: en\n{speaker}\n{rest}\nparagraphs: [Excellencies]\n"
        )
    }

    const NULL: &str = "speaker: null\n#        ^^^^ error: no speaker for “On migration”";

    #[test]
    fn a_statement_without_a_speaker_is_reported() {
        check(&RULE, &statement(NULL, "capacity: floor"));
    }

    #[test]
    fn a_form_of_address_is_not_a_speaker() {
        check(
            &RULE,
            &statement(
                r"speaker: {honorific: H.E. Mr.}
#        ^^^^^^^^^^^^^^^^^^^^^ error: no speaker for “On migration”",
                "",
            ),
        );
    }

    #[test]
    fn a_blank_name_is_not_a_speaker() {
        check(
            &RULE,
            &statement(
                r#"speaker: {name: " "}
#        ^^^^^^^^^^^ error: no speaker for “On migration”"#,
                "",
            ),
        );
    }

    #[test]
    fn a_name_an_office_or_a_delegation_is_a_speaker() {
        check(&RULE, &statement("speaker: {name: Anthony Lake}", ""));
        check(&RULE, &statement("speaker: {role: Chair}", ""));
        check(&RULE, &statement("speaker: null", "delegation: Sweden"));
    }

    #[test]
    fn open_records_are_an_info() {
        let speaker = NULL.replace("error", "info");
        for status in ["draft", "provisional"] {
            check(&RULE, &statement(&speaker, &format!("status: {status}")));
        }
        check(&RULE, &statement(NULL, "status: final"));
    }

    #[test]
    fn the_severity_grows_as_the_event_approaches() {
        let event = "=== event.yaml\nid: debate\nkind: event\nname: Debate\nlanguage: en\nstart: 2011-05-19\nend: 2011-05-19\n";
        for (as_of, severity) in
            [("2011-05-04", "info"), ("2011-05-05", "warning"), ("2011-05-20", "error")]
        {
            let speaker = NULL.replace("error", severity);
            let open = statement(&speaker, "event: debate\nstatus: provisional");
            check_on(&RULE, as_of, &format!("=== a.yaml\n{open}{event}"));
            let finished = statement(NULL, "event: debate\nstatus: final");
            check_on(&RULE, as_of, &format!("=== a.yaml\n{finished}{event}"));
        }
    }

    #[test]
    fn without_an_event_the_days_of_the_record_count() {
        let open = |severity: &str, rest: &str| {
            statement(&NULL.replace("error", severity), &format!("{rest}\nstatus: draft"))
        };
        check_on(&RULE, "2011-05-20", &open("error", "date: 2011-05-19"));
        check_on(&RULE, "2011-05-19", &open("warning", "date: 2011-05-19"));
        check_on(&RULE, "2011-05-20", &open("error", "event: not-here\ndate: 2011-05-19"));
        check_on(&RULE, "2011-05-20", &open("info", ""));
    }

    #[test]
    fn cancelled_records_are_not_reported() {
        check(&RULE, &statement("speaker: null", "status: cancelled"));
    }

    #[test]
    fn slots_for_one_speaker_are_reported() {
        check(
            &RULE,
            r#"
id: programme
kind: programme
title: Programme
language: en
slots:
  - {kind: opening, start: "10:00", end: "10:10", title: Opening}
#   ^ error: no speaker for “Opening”
  - {kind: remarks, start: "10:10", end: "10:20", title: Remarks, speakers: []}
#                                                                           ^^ error: no speaker for “Remarks”
  - {kind: remarks, start: "10:10", end: "10:20", title: Remarks, speakers: [{role: Secretary-General}]}
  - {kind: panel, start: "10:20", end: "13:00", title: Panel, speakers: []}
  - {kind: break, start: "13:00", end: "15:00", title: Lunch}
  - {kind: closing, start: "17:50", end: "18:00", title: Closing remarks by the President}
"#,
        );
    }

    #[test]
    fn a_missing_speaker_is_reported_in_json() {
        check(
            &RULE,
            r#"
=== statement.json
{"id": "statement", "kind": "statement", "title": "T", "language": "en", "paragraphs": [], "speaker": {}}
#                                                                                                     ^^ error: no speaker for “T”
"#,
        );
    }
}
