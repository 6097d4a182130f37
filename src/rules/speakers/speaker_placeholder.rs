//! A placeholder instead of the name of a person.

use super::speakers;
use crate::{
    fact::Record,
    finding::{Family, Severity},
    message::shown,
    person::{self, StandIn},
    rule::{Check, Findings, Fix, Rule, RuleId},
    vocabulary::{FactKinds, Presence, Status},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("speaker-placeholder"),
    family: Family::Speakers,
    summary: "a placeholder instead of the name of a person",
    level: Some(Severity::Warning),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/speaker-placeholder.md"),
    options: &[],
    check: Check::Facts(FactKinds::SPEAKER, check),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    let is_final = record.head.state().is_some_and(Status::is_finished);
    for (_, speaker) in speakers(record) {
        let Some((name, stand_in)) =
            speaker.name.and_then(|name| Some((name, reported(name.value)?)))
        else {
            continue;
        };
        let says_who_spoke = speaker.is == Some(Presence::Spoke);
        let (what, help) = match stand_in {
            StandIn::Placeholder => ("is a placeholder, not the name of a person", NAME),
            StandIn::Labelled => {
                ("begins with a label; only the name of a person is expected", NAME)
            }
            // A programme says by right that the Chair or all participants speak, and where a schema has a name only, there is
            // no other place for it.
            StandIn::Office if says_who_spoke && speaker.has_place(|places| &places.role) => (
                "is an office or a body, not the name of a person",
                "write it as the office of the speaker, and name the person",
            ),
            StandIn::State if says_who_spoke && speaker.has_place(|places| &places.delegation) => (
                "is a State or a union of States, not the name of a person",
                "write it as the delegation of the speaker, and name the person",
            ),
            StandIn::Office | StandIn::State | StandIn::Collective => continue,
        };
        let finding = findings
            .at(name.place, format!("“{}” {what}", shown(name.value)))
            .help(help)
            .value(name.value);
        // What was said is over: who said it is known, or is not.
        if is_final && says_who_spoke && stand_in == StandIn::Placeholder {
            finding.severity(Severity::Error);
        }
    }
}

const NAME: &str = "name the person, or give only the office or the delegation";

/// What the name means, unless it is a person's. The mark of a speaker to be confirmed is reported by another rule.
fn reported(name: &str) -> Option<StandIn> {
    let is_reported = !name.trim().is_empty() && person::tbc_mark(name).is_none();
    person::stand_in(name).filter(|_| is_reported)
}

#[cfg(test)]
mod tests {
    use super::{RULE, reported};
    use crate::{
        person::StandIn,
        testing::{check, findings_with},
    };

    #[test]
    fn placeholders_as_names_are_reported() {
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
    chair: [{name: TBD, role: Moderator}]
#                  ^^^ warning: “TBD” is a placeholder, not the name of a person
    speakers:
      - {name: Khalid Koser}
      - {name: "[Unknown]"}
#               ^^^^^^^^^ warning: “[Unknown]” is a placeholder, not the name of a person
      - {role: None}
      - {delegation: Unknown}
"#,
        );
    }

    #[test]
    fn french_placeholders_are_reported() {
        let statement = |name: &str| {
            format!(
                "id: s\nkind: statement\ntitle: T\nlanguage: fr\nparagraphs: [A]\nspeaker: {{name: {name}}}"
            )
        };
        let mark = "\n#               ^^^^^^^^^^^^ warning: “à déterminer” is a placeholder, not the name of a person";
        check(&RULE, &format!("{}{mark}", statement("à déterminer")));
        check(&RULE, &statement("Marie Aucun"));
        check(&RULE, &format!("{}\nstatus: cancelled", statement("à déterminer")));
    }

    #[test]
    fn names_that_look_like_placeholders_are_not_reported() {
        for name in [
            "None",
            "unknown",
            "UNKNOWN",
            "Unknown Unknown",
            "N.N.",
            "NN",
            "TBD",
            "(tba)",
            "?",
            "—",
            "...",
            "Voice from the floor",
            "A  representative",
            "Desconocido",
            "Inconnu",
            "Un représentant",
            " none ",
        ] {
            assert_eq!(reported(name), Some(StandIn::Placeholder), "{name}");
        }
        for name in [
            "",
            "  ",
            "Noneya",
            "Anna None",
            "Unknown Mortal",
            "N. Norton",
            "TBC",
            "(TBC)",
            "Nan Ni",
            "Tba Bank",
            "李",
            "Voice",
            "Ban Ki-moon (unknown)",
            "X",
            "A representative of Ghana",
        ] {
            assert_ne!(reported(name), Some(StandIn::Placeholder), "{name}");
        }
    }

    #[test]
    fn a_label_before_a_name_is_reported() {
        check(
            &RULE,
            r#"
id: s
kind: statement
title: T
language: en
paragraphs: [A]
speaker: {name: "Remote attendance: M. Corby"}
#                ^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: “Remote attendance: M. Corby” begins with a label; only the name of a person is expected
"#,
        );
    }

    /// A statement by a speaker with this name, and these other members.
    fn statement(name: &str, rest: &str) -> String {
        format!(
            "id: s\nkind: statement\ntitle: T\nlanguage: en\nparagraphs: [A]\n{rest}\nspeaker: {{name: {name}}}\n"
        )
    }

    #[test]
    fn a_placeholder_in_a_final_statement_is_an_error() {
        let found = |severity: &str| {
            format!(
                "Guest speaker}}\n#               ^^^^^^^^^^^^^ {severity}: “Guest speaker” is a placeholder, not the name of a person\n#"
            )
        };
        for (status, severity) in [
            ("final", "error"),
            ("adopted", "error"),
            ("provisional", "warning"),
            ("draft", "warning"),
        ] {
            check(&RULE, &statement(&found(severity), &format!("status: {status}")));
        }
        check(&RULE, &statement(&found("warning"), ""));
        let label = "The Chair}\n#               ^^^^^^^^^ warning: “The Chair” is an office or a body, not the name of a person\n#";
        check(&RULE, &statement(label, "status: final"));
    }

    #[test]
    fn a_label_as_the_name_of_one_who_spoke_is_reported() {
        for (name, what) in [
            ("The Chair", "an office or a body, not the name of a person"),
            ("The representative of Norway", "an office or a body, not the name of a person"),
            ("Secretariat", "an office or a body, not the name of a person"),
            ("Norway", "a State or a union of States, not the name of a person"),
            ("European Union", "a State or a union of States, not the name of a person"),
            ("SPEAKER_01", "a placeholder, not the name of a person"),
            ("Some hon. Members", "a placeholder, not the name of a person"),
        ] {
            let carets = "^".repeat(name.len());
            let found =
                format!("{name}}}\n#               {carets} warning: “{name}” is {what}\n#");
            check(&RULE, &statement(&found, ""));
        }
        for name in ["Chair Smith", "Norway Jones", "Smith", "All participants"] {
            check(&RULE, &statement(name, ""));
        }
        check(&RULE, &statement("Ana Ruiz, role: The Chair, delegation: Norway", ""));
    }

    #[test]
    fn a_programme_may_name_offices_and_groups() {
        let programme = |name: &str| {
            format!(
                "id: p\nkind: programme\ntitle: P\nlanguage: en\nslots: [{{kind: remarks, start: \"10:00\", end: \"11:00\", title: T, speakers: [{{name: {name}}}]}}]\n"
            )
        };
        for name in ["The Chair", "Norway", "All participants", "Coffee break", "Harbour Committee"]
        {
            check(&RULE, &programme(name));
        }
    }

    #[test]
    fn a_schema_with_a_name_only_has_no_other_place_for_an_office() {
        let found = |words: &str, name: &str| {
            let schema = format!(
                r#"{{"properties": {{"kind": {{"const": "talk"}}}}, "x-speaker": {{{words}"name": "/by", "is": "spoke"}}}}"#
            );
            let catalog = crate::schema::Catalog::new(&[("talk.json".into(), schema)]);
            let text = format!(r#"{{"kind": "talk", "by": "{name}", "for": "", "as": ""}}"#);
            findings_with(&catalog, &RULE, &[("a.json".to_owned(), text)]).len()
        };
        assert_eq!(found("", "The Chair"), 0);
        assert_eq!(found(r#""role": "/as", "#, "The Chair"), 1);
        assert_eq!(found(r#""role": "/as", "#, "Norway"), 0);
        assert_eq!(found(r#""delegation": "/for", "#, "Norway"), 1);
    }
}
