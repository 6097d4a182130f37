//! A statement, a speech or an entry of a list of speakers without a name.

use super::nobodies;
use crate::{
    fact::{Fact, Record, Speaker},
    finding::{Family, Severity, Stages},
    message::quoted,
    rule::{Check, Findings, Fix, Rule, RuleId},
    tree::{NodeId, NodeRef},
    vocabulary::{Expected, FactKinds},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("speaker-missing"),
    family: Family::Speakers,
    summary: "a statement, a speech or an entry of a list of speakers without a name",
    level: Some(Severity::Error),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/speaker-missing.md"),
    options: &[],
    check: Check::Facts(FactKinds::LACK.or(FactKinds::UNNAMED), check),
};

/// Who speaks is often settled last; only when the event is over has it become a contradiction.
const OPEN: Stages =
    Stages { early: Severity::Info, near: Severity::Warning, over: Severity::Error };

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    for expects in record.unmet(Expected::Speaker) {
        if expects.is_usual && expects.label.is_some_and(|label| may_name(label.value)) {
            continue;
        }
        let message = format!("no speaker for {}", record.name_of_lacking(expects));
        let finding =
            findings.at(expects.place, message).help("name a person, an office or a delegation");
        if expects.is_usual {
            finding.severity(Severity::Info);
        } else if record.head.is_open() {
            finding.stages(OPEN);
        }
    }
    let lacking: Vec<NodeId> = [Expected::Speaker, Expected::Speakers]
        .into_iter()
        .flat_map(|what| record.unmet(what))
        .filter_map(|expects| Some(expects.value?.id()))
        .collect();
    for (fact, speaker) in nobodies(record) {
        let Some(list) = fact.node.parent().filter(|list| !lacking.contains(&list.id())) else {
            continue;
        };
        let message = format!(
            "{} has no name, no office and no delegation",
            entry_name(record, fact, speaker, list)
        );
        let finding = findings
            .at(fact.place, message)
            .help("name the person, the office or the delegation, or remove the entry")
            .severity(Severity::Warning);
        if record.head.is_open() {
            finding.stages(super::OPEN);
        }
    }
}

/// What to call an entry of a list that says nothing: its number, its list, and what the speakers speak in.
fn entry_name(
    record: &Record<'_>,
    fact: &Fact<'_>,
    speaker: &Speaker<'_>,
    list: NodeRef<'_>,
) -> String {
    let number =
        list.elements().position(|entry| entry.id() == fact.node.id()).map_or(0, |at| at + 1);
    let list = list.key().and_then(NodeRef::as_str).map_or_else(|| "the list".to_owned(), quoted);
    let within = record
        .interval_of(speaker)
        .map(|(interval, _)| format!(" of {}", record.name_of(interval)));
    format!("entry {number} in {list}{}", within.unwrap_or_default())
}

/// Whether a title may say who speaks: "Closing remarks by the President", "Closing: Ana Ruiz".
fn may_name(title: &str) -> bool {
    let is_by = |word: &str| {
        ["by", "par", "por", "with", "avec", "con"].contains(&word.to_lowercase().as_str())
    };
    title.contains([':', '(', '–', '—'])
        || title.contains(" - ")
        || title.split_whitespace().any(is_by)
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

    /// Checks a programme with these slots, drawn with their findings.
    #[track_caller]
    fn check_slots(slots: &str) {
        let head = "\nid: programme\nkind: programme\ntitle: Programme\nlanguage: en\nslots:";
        check(&RULE, &format!("{head}{slots}"));
    }

    #[test]
    fn slots_for_one_speaker_are_reported() {
        check_slots(
            r#"
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
    fn a_closing_without_a_speaker_is_an_info() {
        check_slots(
            r#"
  - {kind: summary, start: "17:00", end: "17:10", title: Summary}
#   ^ info: no speaker for “Summary”
  - {kind: closing, start: "17:10", end: "17:20", title: Closing remarks, speakers: []}
#                                                                                   ^^ info: no speaker for “Closing remarks”
  - {kind: closing, start: "17:10", end: "17:20", title: Closing remarks, speakers: [{role: Mayor}]}
  - {kind: closing, start: "17:20", end: "17:30", title: "Clôture par le Maire"}
  - {kind: closing, start: "17:20", end: "17:30", title: "Closing: Ana Ruiz"}
  - {kind: other, start: "17:30", end: "17:40", title: Presentation of the report}
"#,
        );
    }

    #[test]
    fn an_entry_without_a_name_beside_a_named_one_is_reported() {
        let programme = |status: &str, severity: &str| {
            format!(
                r#"
id: programme
kind: programme
title: Programme
language: en
status: {status}
slots:
  - kind: panel
    start: "10:00"
    end: "11:00"
    title: Panel one
    chair: [{{honorific: Ms.}}]
#           ^^^^^^^^^^^^^^^^ {severity}: entry 1 in `chair` of “Panel one” has no name, no office and no delegation
    speakers:
      - {{name: Paul Hart}}
      - {{}}
#       ^^ {severity}: entry 2 in `speakers` of “Panel one” has no name, no office and no delegation
      - {{name: " ", state: invited}}
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^ {severity}: entry 3 in `speakers` of “Panel one” has no name, no office and no delegation
      - {{state: tbc}}
      - {{state: not-recorded}}
      - {{role: Mayor}}
      - {{delegation: Norway}}
"#
            )
        };
        check(&RULE, &programme("final", "warning"));
        check(&RULE, &programme("draft", "info"));
        let cancelled = programme("cancelled", "warning");
        let lines: Vec<&str> = cancelled.lines().filter(|line| !line.starts_with('#')).collect();
        check(&RULE, &lines.join("\n"));
    }

    #[test]
    fn a_list_without_names_is_reported_once() {
        check_slots(
            r#"
  - {kind: opening, start: "10:00", end: "10:10", title: Opening, speakers: [{}, {honorific: Mr.}]}
#                                                                           ^^^^^^^^^^^^^^^^^^^^^^ error: no speaker for “Opening”
  - {kind: opening, start: "10:10", end: "10:20", title: Two, speakers: [{state: tbc}]}
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
