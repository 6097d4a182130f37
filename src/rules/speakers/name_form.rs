//! A value that cannot be the name of one person as it is written.

use std::ops::Range;

use super::speakers;
use crate::{
    fact::{Meaning, Record},
    finding::{Family, Severity},
    message::{shown, spelled_out},
    person,
    rule::{Check, Findings, Fix, Rule, RuleId},
    rules::style::markup_in_field::tag_or_entity,
    tree::NodeRef,
    vocabulary::{FactKinds, Style},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("name-form"),
    family: Family::Speakers,
    summary: "a value that cannot be the name of one person as it is written",
    level: Some(Severity::Warning),
    since: "0.1.0",
    fix: Fix::Suggested,
    page: include_str!("../../../docs/rules/name-form.md"),
    options: &[],
    check: Check::Facts(FactKinds::SPEAKER, check),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    for (_, speaker) in speakers(record) {
        let Some(name) = speaker.name else { continue };
        let Some((range, slip)) = slip(name.value, record.head.style) else { continue };
        // Placeholders and bodies have rules of their own, and a key that leads to a person is not a name.
        if person::stand_in(name.value).is_some() || is_key(record, name.node) {
            continue;
        }
        let shown_name = shown(name.value.trim());
        let written = spelled_out(&name.value[range.clone()]);
        let (message, help) = match slip {
            Slip::End => (
                format!("the name “{shown_name}” ends with `{written}`"),
                format!("write “{}”, or add what is missing", shown(without_end(name.value))),
            ),
            Slip::Markup => (
                format!("the name “{shown_name}” has markup: `{written}`"),
                "write plain text".to_owned(),
            ),
            Slip::Digit => (
                format!("the name “{shown_name}” has a digit in “{written}”"),
                help_for_digit(&name.value[range.clone()]),
            ),
            Slip::Several(count) => (
                format!("“{shown_name}” looks like {count} names in one value"),
                "list each person as a speaker of their own".to_owned(),
            ),
        };
        findings.at(name.part(range.start, range.len()), message).help(help).value(name.value);
    }
}

/// Whether something is cited by this very value.
fn is_key(record: &Record<'_>, node: NodeRef<'_>) -> bool {
    record.facts.iter().any(|fact| {
        let is_key = matches!(fact.meaning, Meaning::Cites(_) | Meaning::Defines(_));
        is_key && fact.node.id() == node.id()
    })
}

/// What is wrong with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slip {
    /// A sign at the end, after which something is missing or which is left over.
    End,
    /// A tag or an entity.
    Markup,
    /// A digit among letters.
    Digit,
    /// So many names.
    Several(usize),
}

/// The first thing that is wrong with a name, and where it is.
fn slip(name: &str, style: Style) -> Option<(Range<usize>, Slip)> {
    // In the house style another rule looks for markup in all short lines.
    let markup = || tag_or_entity(name).filter(|_| style != Style::House);
    let found = markup().map(|range| (range, Slip::Markup));
    found
        .or_else(|| Some((end(name)?, Slip::End)))
        .or_else(|| Some((digit(name)?, Slip::Digit)))
        .or_else(|| several(name))
}

/// The signs with which no name ends.
const ENDS: [char; 6] = [',', ';', ':', '/', '&', '–'];

fn without_end(name: &str) -> &str {
    name.trim().trim_end_matches(|c: char| c.is_whitespace() || ENDS.contains(&c))
}

fn end(name: &str) -> Option<Range<usize>> {
    let trimmed = name.trim_end();
    let last = trimmed.chars().next_back().filter(|last| ENDS.contains(last))?;
    let has_name = without_end(name).chars().any(char::is_alphabetic);
    has_name.then(|| trimmed.len() - last.len_utf8()..trimmed.len())
}

/// A word of letters and digits in a name of several words: a single one may be the name of an account.
fn digit(name: &str) -> Option<Range<usize>> {
    if !name.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let is_break = |c: char| c.is_whitespace() || matches!(c, ',' | '-' | '(' | ')' | '/');
    let words: Vec<&str> = name.split(is_break).filter(|word| !word.is_empty()).collect();
    let is_name = |word: &str| word.chars().filter(|c| c.is_alphabetic()).nth(1).is_some();
    if words.iter().filter(|word| is_name(word)).count() < 2 {
        return None;
    }
    let slip = words.into_iter().find(|word| {
        let at = word.find(|c: char| c.is_ascii_digit());
        let is_ordinal = word.starts_with(|c: char| c.is_ascii_digit());
        at.is_some() && !is_ordinal && is_name(word)
    })?;
    let at = slip.as_ptr() as usize - name.as_ptr() as usize;
    Some(at..at + slip.len())
}

/// What to do about a word with a digit: the letter that it looks like, within a word.
fn help_for_digit(word: &str) -> String {
    let is_upper = word.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let letter = |c: char| match (c, is_upper) {
        ('0', true) => 'O',
        ('0', false) => 'o',
        ('1', true) => 'I',
        ('1', false) => 'l',
        ('5', true) => 'S',
        _ => c,
    };
    let read: String = word.chars().map(letter).collect();
    if read.chars().any(|c| c.is_ascii_digit()) {
        "write the letter that is meant, or remove the mark of a note".to_owned()
    } else {
        format!("write “{read}” if a letter is meant, or remove the digit")
    }
}

/// Particles of names that are written small.
const PARTICLES: [&str; 22] = [
    "al", "bin", "bint", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du",
    "e", "el", "la", "le", "ter", "van", "von", "y",
];

/// Degrees and generations, without full stops, in small letters.
const BEHIND: [&str; 12] =
    ["ba", "esq", "ii", "iii", "iv", "jr", "llm", "ma", "md", "msc", "phd", "sr"];

/// Several names with signs or words between them.
fn several(name: &str) -> Option<(Range<usize>, Slip)> {
    let is_sign = |byte: u8| matches!(byte, b',' | b';' | b'/' | b'&');
    let has_word = || [" and ", " et ", " und "].iter().any(|word| name.contains(word));
    if !name.bytes().any(is_sign) && !has_word() {
        return None;
    }
    let joined = [" and ", " et ", " und ", " & ", " / ", ";"];
    let has_joint = joined.iter().any(|joint| name.contains(joint));
    let mut parts = vec![name];
    for joint in joined.into_iter().chain([","]) {
        parts = parts.into_iter().flat_map(|part| part.split(joint)).collect();
    }
    let parts: Vec<&str> =
        parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect();
    let words = |part: &str| part.split_whitespace().count();
    let is_several = if has_joint {
        parts.len() > 1 && parts.iter().all(|part| words(part) > 1)
    } else {
        parts.len() > 2
    };
    let trimmed = name.trim();
    let at = name.len() - name.trim_start().len();
    (is_several && parts.iter().all(|part| is_name(part)))
        .then(|| (at..at + trimmed.len(), Slip::Several(parts.len())))
}

/// Whether a part between commas looks like the name of a person: one to four words with capitals, and none that is an office, a
/// State, a degree or the letters of an organization.
fn is_name(part: &str) -> bool {
    let part = person::core(part);
    let words: Vec<&str> = part.split_whitespace().collect();
    let is_word = |word: &&str| {
        let letters: String = word.chars().filter(|c| c.is_alphabetic()).collect();
        let is_letters =
            word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.'));
        let is_capital = word.starts_with(char::is_uppercase);
        let is_short = letters.chars().count() < 6
            && letters.chars().nth(1).is_some()
            && letters.chars().all(char::is_uppercase);
        let is_behind = BEHIND.contains(&letters.to_lowercase().as_str());
        PARTICLES.contains(word) || (is_letters && is_capital && !is_short && !is_behind)
    };
    (1..=4).contains(&words.len()) && words.iter().all(is_word) && person::stand_in(part).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, findings_with};

    /// A programme with a speaker of this name.
    fn programme(name: &str) -> String {
        format!(
            "id: p\nkind: programme\ntitle: P\nlanguage: en\nslots:\n  - kind: remarks\n    start: \"10:00\"\n    end: \"11:00\"\n    title: T\n    speakers:\n      - name: {name}\n"
        )
    }

    #[test]
    fn a_sign_at_the_end_is_reported() {
        check(
            &RULE,
            &programme(
                "Idris Waran,\n#                        ^ warning: the name “Idris Waran,” ends with `,`",
            ),
        );
        for name in
            ["Idris Waran", "Waran, Idris", "Idris Waran Jr.", "Idris Waran, Jr.", "I. Waran."]
        {
            check(&RULE, &programme(name));
        }
    }

    #[test]
    fn a_digit_in_a_word_is_reported() {
        check(
            &RULE,
            &programme(
                "MART0 SOLBERG\n#             ^^^^^ warning: the name “MART0 SOLBERG” has a digit in “MART0”",
            ),
        );
        check(
            &RULE,
            &programme(
                "Marto Solberg2\n#                   ^^^^^^^^ warning: the name “Marto Solberg2” has a digit in “Solberg2”",
            ),
        );
        for name in ["Marto Solberg 3rd", "marto77", "Speaker 1", "Marto Solberg 2"] {
            check(&RULE, &programme(name));
        }
    }

    #[test]
    fn the_letter_that_is_meant_is_proposed() {
        assert_eq!(
            help_for_digit("MART0"),
            "write “MARTO” if a letter is meant, or remove the digit"
        );
        assert_eq!(
            help_for_digit("So1berg"),
            "write “Solberg” if a letter is meant, or remove the digit"
        );
        assert_eq!(
            help_for_digit("Solberg2"),
            "write the letter that is meant, or remove the mark of a note"
        );
    }

    fn names_in(name: &str) -> Option<usize> {
        match several(name) {
            Some((_, Slip::Several(count))) => Some(count),
            _ => None,
        }
    }

    #[test]
    fn several_names_in_one_value_are_found() {
        for (name, count) in [
            ("Waran, Solberg, Quist", 3),
            ("Ida Waran, Bo Solberg, Lea Quist", 3),
            ("Ida Waran and Bo Solberg", 2),
            ("Ida Waran, Bo Solberg and Lea Quist", 3),
            ("Ida Waran & Bo Solberg", 2),
            ("Ida Waran; Bo Solberg", 2),
            ("Ida Waran / Bo van der Solberg", 2),
            ("Ida Waran et Jean-Luc Solberg", 2),
            ("Mr. Ida Waran and Ms. Bo Solberg", 2),
        ] {
            assert_eq!(names_in(name), Some(count), "{name}");
        }
    }

    #[test]
    fn one_name_with_commas_is_one() {
        for name in [
            "Waran, Ida",
            "O'Neill-Waran, Ida",
            "Waran Gómez, Ida María",
            "Waran, Ida, Jr.",
            "Waran, Ida, PhD",
            "Ida Waran, MD, PhD",
            "Ida Waran, Director, UNICEF",
            "Ida Waran, Minister of Ports, Norway",
            "Ida Waran, Oslo, Norway",
            "Ida Waran, Harbour Institute, Bergen",
            "Mr. and Mrs. Waran",
            "Ida and Bo Waran",
            "Santiago Ramón y Cajal",
            "Ministry of Trade and Industry",
            "Trinidad and Tobago",
            "Ida Waran",
            "",
        ] {
            assert_eq!(names_in(name), None, "{name}");
        }
    }

    #[test]
    fn several_names_are_reported_at_all_of_them() {
        check(
            &RULE,
            &programme(
                "Ida Waran and Bo Solberg\n#             ^^^^^^^^^^^^^^^^^^^^^^^^ warning: “Ida Waran and Bo Solberg” looks like 2 names in one value",
            ),
        );
        check(&RULE, &programme("All members and Bo Solberg"));
    }

    #[test]
    fn markup_is_reported_where_no_house_style_is_asked_for() {
        let found = |style: &str, name: &str| {
            let schema = format!(
                r#"{{"properties": {{"kind": {{"const": "talk"}}}}, "x-record": {{{style}}}, "x-speaker": {{"name": "/by"}}}}"#
            );
            let catalog = crate::schema::Catalog::new(&[("talk.json".into(), schema)]);
            let text = format!(r#"{{"kind": "talk", "by": "{name}"}}"#);
            findings_with(&catalog, &RULE, &[("a.json".to_owned(), text)]).len()
        };
        assert_eq!(found("", "<b>Ida Waran</b>"), 1);
        assert_eq!(found("", "Cole &amp; Waran"), 1);
        assert_eq!(found("", "Ida Waran"), 0);
        assert_eq!(found(r#""style": "house""#, "<b>Ida Waran</b>"), 0);
    }

    #[test]
    fn the_key_of_a_person_is_not_a_name() {
        let schema = r#"{"properties": {"kind": {"const": "talk"}, "by": {"x-cites": "person", "x-speaker": {"name": ""}}}}"#;
        let catalog = crate::schema::Catalog::new(&[("talk.json".into(), schema.to_owned())]);
        let text = r#"{"kind": "talk", "by": "person No7a"}"#.to_owned();
        assert_eq!(findings_with(&catalog, &RULE, &[("a.json".to_owned(), text)]).len(), 0);
    }
}
