//! A word in another spelling than that of United Nations documents.

use std::ops::Range;

use super::{is_english, texts};
use crate::{
    fact::Record,
    finding::Family,
    rule::{Check, Findings, Fix, Rule, RuleId, RuleOption, Texts},
    rules::quotation::Quotations,
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("spelling-variant"),
    family: Family::Style,
    summary: "a word that is not in the spelling of United Nations documents",
    level: None,
    since: "0.1.0",
    fix: Fix::Suggested,
    page: include_str!("../../../docs/rules/spelling-variant.md"),
    options: &[&ACCEPT],
    check: Check::Record(check),
};

static ACCEPT: RuleOption<Texts> =
    RuleOption { name: "accept", default: Texts::NONE, about: "Words whose spelling is accepted." };

/// Beginnings of words in another spelling, and the spelling of United Nations documents. Source: United
/// Nations Editorial Manual, "Spelling", as a guide of the United Nations University quotes it (read on
/// 23 November 2026): the spelling that the Concise Oxford English Dictionary gives first, and -ize where
/// -ise is possible. It names programme and organization; the other words follow that rule and were not
/// looked up one by one.
const STEMS: [(&str, &str); 13] = [
    ("center", "centre"),
    ("favor", "favour"),
    ("harmonis", "harmoniz"),
    ("labor", "labour"),
    ("maximis", "maximiz"),
    ("minimis", "minimiz"),
    ("mobilis", "mobiliz"),
    ("on-going", "ongoing"),
    ("organis", "organiz"),
    ("panelist", "panellist"),
    ("percent", "per cent"),
    ("recognis", "recogniz"),
    ("utilis", "utiliz"),
];

/// Whole words.
const WORDS: [(&str, &str); 2] = [("program", "programme"), ("programs", "programmes")];

/// Words that begin as one of [`STEMS`] and are right.
const RIGHT: [&str; 6] =
    ["centered", "laborator", "laborious", "organism", "percentage", "percentile"];

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    if !is_english(record) {
        return;
    }
    let accept = findings.option(&ACCEPT);
    // The rule is off by default. A level for it does not mean that every record is in house style.
    for (_, text) in texts(record, false) {
        let mut quotations = Quotations::of(text.value);
        for (range, wanted) in variants(text.value) {
            let written = &text.value[range.clone()];
            if !quotations.contain(range.start) && !accept.iter().any(|word| word == written) {
                findings
                    .at(
                        text.part(range.start, range.len()),
                        format!("`{written}` is spelled `{wanted}` in United Nations documents"),
                    )
                    .help(format!("write `{wanted}`"))
                    .value(written);
            }
        }
    }
}

/// The words in another spelling, each with the right one. A word with a capital may be part of a name
/// and is skipped.
fn variants(text: &str) -> impl Iterator<Item = (Range<usize>, String)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + text[at..].find(|c: char| c.is_ascii_lowercase())?;
            let rest = &text[start..];
            let end = rest.find(|c: char| !c.is_alphabetic() && c != '-').unwrap_or(rest.len());
            at = start + end.max(1);
            let is_inside = text[..start].ends_with(|c: char| c.is_alphanumeric() || c == '-');
            let word = &rest[..end];
            if let Some(wanted) = respelled(word).filter(|_| !is_inside) {
                return Some((start..start + end, wanted));
            }
        }
    })
}

fn respelled(word: &str) -> Option<String> {
    if let Some((_, right)) = WORDS.iter().find(|(wrong, _)| *wrong == word) {
        return Some((*right).to_owned());
    }
    let (wrong, right) = STEMS.iter().find(|(wrong, _)| word.starts_with(wrong))?;
    // Latin, in "de minimis".
    if word == "minimis" || RIGHT.iter().any(|right| word.starts_with(right)) {
        return None;
    }
    Some(format!("{right}{}", &word[wrong.len()..]))
}

#[cfg(test)]
mod tests {
    use super::{RULE, variants};
    use crate::testing::{check, check_with};

    #[test]
    fn words_that_the_project_accepts_are_not_reported() {
        check_with(
            &RULE,
            "[rules.spelling-variant]\naccept = [\"organisation\", \"percent\"]\n",
            r#"
id: background
kind: background
language: en
sections:
  - paragraphs: [ten percent of an organisation]
  - paragraphs: [two organisations]
#                    ^^^^^^^^^^^^^ warning: `organisations` is spelled `organizations` in United Nations documents
"#,
        );
    }

    fn found(text: &str) -> Vec<(&str, String)> {
        variants(text).map(|(range, wanted)| (&text[range], wanted)).collect()
    }

    #[test]
    fn words_in_another_spelling_are_found() {
        for (text, written, wanted) in [
            ("a program of work", "program", "programme"),
            ("two programs.", "programs", "programmes"),
            ("an organisation", "organisation", "organization"),
            ("labor markets", "labor", "labour"),
            ("ten percent", "percent", "per cent"),
            ("on-going work", "on-going", "ongoing"),
            ("the panelists", "panelists", "panellists"),
            ("to maximise it", "maximise", "maximize"),
        ] {
            assert_eq!(found(text), [(written, wanted.to_owned())], "{text}");
        }
    }

    #[test]
    fn right_words_and_names_are_not_found() {
        for text in [
            "programme, programmes, programmatic, programmed",
            "organization and organism",
            "labour, laboratory, laborious",
            "per cent, percentage",
            "International Labor Organisation",
            "de minimis",
            "the sub-program",
            "émigré",
            "",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn other_languages_styles_and_quotations_are_not_reported() {
        let record = |kind: &str, language: &str, text: &str| {
            format!(
                "id: a\nkind: {kind}\ntitle: A\nlanguage: {language}\nsections:\n  - paragraphs:\n      - {text}\n"
            )
        };
        let marked = "a program of work\n#         ^^^^^^^ warning: `program` is spelled `programme` in United Nations documents";
        check(&RULE, &record("background", "en", marked));
        check(&RULE, &record("background", "fr", "un program de travail"));
        check(&RULE, &record("background", "en", "he said “a program of work”"));
        check(
            &RULE,
            &record("statement", "en", "a program of work")
                .replace("sections:\n  - paragraphs:", "paragraphs:"),
        );
    }
}
