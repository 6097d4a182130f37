//! A word that stands where the name of a person is meant to stand.

use super::speakers;
use crate::{
    fact::Record,
    finding::{Family, Severity},
    rule::{Check, Findings, Rule},
    schema::violations::shown,
};

pub(crate) static RULE: Rule = Rule {
    id: "speaker-placeholder",
    family: Family::Speakers,
    summary: "a placeholder that stands where the name of a person is expected",
    level: Some(Severity::Warning),
    since: "0.1.0",
    page: include_str!("../../../docs/rules/speaker-placeholder.md"),
    check: Check::Record(check),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    for (_, speaker) in speakers(record) {
        let Some(name) = speaker.name.filter(|name| is_placeholder(name.value)) else {
            continue;
        };
        findings
            .at(
                name.place,
                format!("`{}` is a placeholder; the name of a person expected", shown(name.value)),
            )
            .help("name the person, or leave the name out and give the office or the delegation")
            .value(name.value);
    }
}

/// What is written where nobody is named, in lower case. "TBC" is a mark of its own.
const PLACEHOLDERS: [&str; 60] = [
    "a delegate",
    "a participant",
    "a representative",
    "a speaker",
    "anonyme",
    "anonymous",
    "anónima",
    "anónimo",
    "aucun",
    "desconocida",
    "desconocido",
    "inconnu",
    "inconnue",
    "intervenant non identifié",
    "n. n.",
    "n.a.",
    "n.n.",
    "n/a",
    "name unknown",
    "ninguno",
    "nn",
    "no name",
    "no speaker",
    "nobody",
    "none",
    "not applicable",
    "not available",
    "not known",
    "null",
    "orador no identificado",
    "oradora no identificada",
    "orateur non identifié",
    "por anunciar",
    "por designar",
    "por determinar",
    "sans nom",
    "sin nombre",
    "speaker to be announced",
    "t.b.a.",
    "t.b.d.",
    "tba",
    "tbd",
    "to be announced",
    "to be decided",
    "to be determined",
    "un intervenant",
    "un representante",
    "un représentant",
    "una representante",
    "une représentante",
    "unidentified speaker",
    "unknown",
    "unknown speaker",
    "unknown unknown",
    "voice from the floor",
    "voix dans la salle",
    "voz de la sala",
    "à annoncer",
    "à désigner",
    "à déterminer",
];

/// Whether the whole of a name stands for no name. Brackets around it make no difference.
pub(super) fn is_placeholder(name: &str) -> bool {
    if !name.chars().any(char::is_alphanumeric) {
        return !name.trim().is_empty();
    }
    let is_bracket = |c: char| matches!(c, '(' | ')' | '[' | ']' | '<' | '>') || c.is_whitespace();
    let words: Vec<&str> = name.trim_matches(is_bracket).split_whitespace().collect();
    let words = words.join(" ").to_lowercase();
    PLACEHOLDERS.contains(&words.as_str())
}

#[cfg(test)]
mod tests {
    use super::{PLACEHOLDERS, RULE, is_placeholder};
    use crate::testing::check;

    #[test]
    fn a_name_that_is_none() {
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
#                  ^^^ warning: `TBD` is a placeholder; the name of a person expected
    speakers:
      - {name: Khalid Koser}
      - {name: "[Unknown]"}
#               ^^^^^^^^^ warning: `[Unknown]` is a placeholder; the name of a person expected
      - {role: None}
      - {delegation: Unknown}
"#,
        );
    }

    #[test]
    fn a_statement_in_french() {
        let statement = |name: &str| {
            format!(
                "id: s\nkind: statement\ntitle: T\nlanguage: fr\nparagraphs: [A]\nspeaker: {{name: {name}}}"
            )
        };
        let mark = "\n#               ^^^^^^^^^^^^ warning: `à déterminer` is a placeholder; the name of a person expected";
        check(&RULE, &format!("{}{mark}", statement("à déterminer")));
        check(&RULE, &statement("Marie Aucun"));
        check(&RULE, &format!("{}\nstatus: cancelled", statement("à déterminer")));
    }

    #[test]
    fn placeholders_and_what_only_looks_like_one() {
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
    fn the_lists_are_in_lower_case_and_without_repeats() {
        let mut all: Vec<&str> = PLACEHOLDERS.to_vec();
        assert!(all.iter().all(|text| text.to_lowercase() == *text));
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }
}
