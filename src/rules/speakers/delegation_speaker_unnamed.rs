//! A delegation that speaks, without the person who speaks for it.

use crate::{
    fact::{Meaning, Record},
    finding::{Family, Severity},
    message::shown,
    rule::{Check, Findings, Fix, Rule, RuleId},
    vocabulary::SpeakerState,
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("delegation-speaker-unnamed"),
    family: Family::Speakers,
    summary: "a delegation that speaks without the name of its speaker",
    level: Some(Severity::Info),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/delegation-speaker-unnamed.md"),
    options: &[],
    check: Check::Record(check),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    for fact in record.live() {
        let Meaning::Speaker(speaker) = &fact.meaning else {
            continue;
        };
        let known_to_lack = speaker.is_in_state(&[SpeakerState::NotRecorded]);
        if speaker.name.or(speaker.role).is_some() || known_to_lack {
            continue;
        }
        let Some(delegation) = speaker.delegation else {
            continue;
        };
        findings
            .at(
                delegation.place,
                format!("no name given for the speaker of “{}”", shown(delegation.value)),
            )
            .help("name the person, or set the state of the speaker to `not-recorded` if the document gives no name")
            .value(delegation.value);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check;

    /// A statement with this speaker and these other members.
    fn statement(speaker: &str, rest: &str) -> String {
        format!(
            "id: statement\nkind: statement\ntitle: On migration\nlanguage: en\nspeaker: {speaker}\n{rest}\nparagraphs: [Excellencies]\n"
        )
    }

    const SWEDEN: &str =
        "delegation: Sweden\n#           ^^^^^^ info: no name given for the speaker of “Sweden”";

    #[test]
    fn a_delegation_without_a_speaker_is_reported() {
        check(&RULE, &statement("null", SWEDEN));
        check(&RULE, &statement("{honorific: H.E. Mr.}", SWEDEN));
    }

    #[test]
    fn a_delegation_with_a_name_or_an_office_is_not_reported() {
        check(&RULE, &statement("{name: Claude Heller}", "delegation: México"));
        check(&RULE, &statement("{role: Permanent Representative}", "delegation: México"));
    }

    #[test]
    fn a_statement_without_a_delegation_is_not_reported() {
        check(&RULE, &statement("null", ""));
    }

    #[test]
    fn speakers_that_were_not_recorded_are_not_reported() {
        check(&RULE, &statement("{state: not-recorded}", "delegation: Sweden"));
        check(&RULE, &statement("{state: confirmed}", SWEDEN));
    }

    #[test]
    fn cancelled_records_are_not_reported() {
        check(&RULE, &statement("null", "delegation: Sweden\nstatus: cancelled"));
    }

    #[test]
    fn a_delegation_on_a_panel_is_reported() {
        check(
            &RULE,
            r#"
id: programme
kind: programme
title: Programme
language: en
slots:
  - kind: panel
    start: "10:00"
    end: "13:00"
    title: Panel one
    speakers:
      - delegation: Sweden
#                   ^^^^^^ info: no name given for the speaker of “Sweden”
      - {delegation: México, name: Claude Heller}
"#,
        );
    }
}
