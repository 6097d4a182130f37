//! A placeholder instead of the name of a person.

use super::speakers;
use crate::{
    corpus::ReadName,
    fact::Record,
    finding::{Family, Severity},
    message::shown,
    person,
    rule::{Check, Findings, Fix, Rule, RuleId},
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
    check: Check::Record(check),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    for (_, speaker) in speakers(record) {
        let Some(name) = speaker.name.filter(|name| is_placeholder(name.value)) else {
            continue;
        };
        let what = if name.value.contains(": ") {
            "begins with a label; only the name of a person is expected"
        } else {
            "is a placeholder, not the name of a person"
        };
        findings
            .at(name.place, format!("“{}” {what}", shown(name.value)))
            .help("name the person, or give only the office or the delegation")
            .value(name.value);
    }
}

/// Whether the whole name is a placeholder. The mark of a speaker to be confirmed is not.
pub(super) fn is_placeholder(name: &str) -> bool {
    person::is_placeholder(name) && is_no_mark(name)
}

/// Whether a name that was taken apart is a placeholder.
pub(super) fn is_read_placeholder(read: &ReadName, name: &str) -> bool {
    read.is_placeholder && is_no_mark(name)
}

fn is_no_mark(name: &str) -> bool {
    !name.trim().is_empty() && person::tbc_mark(name).is_none()
}

#[cfg(test)]
mod tests {
    use super::{RULE, is_placeholder};
    use crate::testing::check;

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
            assert!(is_placeholder(name), "{name}");
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
            assert!(!is_placeholder(name), "{name}");
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
}
