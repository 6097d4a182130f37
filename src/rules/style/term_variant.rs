//! A capitalized term with a hyphen that one record writes now with a capital after it, now without.

use std::{cmp::Reverse, collections::BTreeMap, ops::Range};

use super::{is_english, texts};
use crate::{
    fact::Record,
    finding::{Family, Place, Severity},
    rule::{Check, Findings, Fix, Rule, RuleId},
    rules::quotation::Quotations,
    vocabulary::FactKinds,
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("term-variant"),
    family: Family::Style,
    summary: "a term that one record writes both with and without a capital after the hyphen",
    level: Some(Severity::Info),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/term-variant.md"),
    options: &[],
    check: Check::Facts(FactKinds::TEXT, check),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    if !is_english(record) {
        return;
    }
    let mut all: BTreeMap<String, Vec<Term<'_>>> = BTreeMap::new();
    let prose = texts(record, findings.asked_for()).filter(|(kind, _)| kind.is_running());
    for (_, text) in prose {
        let mut quotations = Quotations::of(text.value);
        for range in terms(text.value) {
            if !quotations.contain(range.start) {
                let written = &text.value[range.clone()];
                let place = text.part(range.start, range.len());
                all.entry(written.to_lowercase()).or_default().push(Term { written, place });
            }
        }
    }
    for terms in all.values() {
        report(terms, findings);
    }
}

/// A term as a record writes it.
struct Term<'t> {
    written: &'t str,
    place: Place,
}

/// Reports every form but the one that is written most, or first where two are written as often.
fn report(terms: &[Term<'_>], findings: &mut Findings<'_>) {
    let mut forms: BTreeMap<&str, Form> = BTreeMap::new();
    for (at, term) in terms.iter().enumerate() {
        forms.entry(term.written).or_insert(Form { first: at, count: 0 }).count += 1;
    }
    let mut forms: Vec<Form> = forms.into_values().collect();
    forms.sort_unstable_by_key(|form| (Reverse(form.count), form.first));
    let Some((usual, others)) = forms.split_first() else { return };
    let other = &terms[usual.first];
    for form in others {
        let term = &terms[form.first];
        let message = format!(
            "the record writes “{}” {} and “{}” {}",
            term.written,
            times(form.count),
            other.written,
            times(usual.count)
        );
        findings
            .at(term.place, message)
            .value(term.written)
            .value(other.written)
            .label(other.place, format!("“{}” here", other.written))
            .help("use one form throughout the record");
    }
}

/// One way of writing a term.
struct Form {
    /// The number of the term that is the first to be written so.
    first: usize,
    /// How many are written so.
    count: usize,
}

fn times(count: usize) -> String {
    match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        _ => format!("{count} times"),
    }
}

/// The terms of a text: a capitalized word with a hyphen, and the capitalized word that follows it.
/// A word in capitals throughout is an abbreviation or a heading.
fn terms(text: &str) -> impl Iterator<Item = Range<usize>> {
    // Most texts have few hyphens, and these are found many bytes at a time.
    let hyphens = memchr::memchr_iter(b'-', text.as_bytes());
    hyphens.filter_map(|at| term_at(text, at))
}

/// The term whose first hyphen is at `at`.
fn term_at(text: &str, at: usize) -> Option<Range<usize>> {
    let is_part = |c: char| c.is_alphabetic() || c == '’' || c == '\'';
    let before = text[..at].trim_end_matches(is_part);
    let head = &text[before.len()..at];
    if before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '/' | '.')) {
        return None;
    }
    let rest = &text[at + 1..];
    let tail = rest.trim_start_matches(|c| is_part(c) || c == '-');
    let compound = before.len()..text.len() - tail.len();
    let next = tail.strip_prefix(' ')?;
    let after = next.trim_start_matches(is_part);
    let next = &next[..next.len() - after.len()];
    let parts = || text[compound.clone()].split('-').skip(1);
    let is_word = |word: &str| word.chars().nth(1).is_some_and(char::is_lowercase);
    let is_term = is_capitalized(head)
        && is_capitalized(next)
        && parts().all(is_word)
        && !after.starts_with(|c: char| c.is_numeric() || c == '-');
    is_term.then(|| compound.start..compound.end + 1 + next.len())
}

/// Whether a word begins with a capital and goes on in small letters.
fn is_capitalized(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::{RULE, terms};
    use crate::{
        finding::Severity,
        testing::{check, check_asked},
    };

    fn found(text: &str) -> Vec<&str> {
        terms(text).map(|range| &text[range]).collect()
    }

    #[test]
    fn the_rarer_form_is_reported_once() {
        check(
            &RULE,
            r"
kind: summary
title: Summary
language: en
sections:
  - paragraphs:
      - The first High-level Dialogue was held in 2006.
#                 ~~~~~~~~~~~~~~~~~~~ “High-level Dialogue” here
      - The second High-Level Dialogue follows the first High-level Dialogue.
#                  ^^^^^^^^^^^^^^^^^^^ info: the record writes “High-Level Dialogue” twice and “High-level Dialogue” 3 times
      - A High-level Dialogue is no High-Level Dialogue.
",
        );
    }

    #[test]
    fn the_second_of_two_equally_frequent_forms_is_reported() {
        check(
            &RULE,
            r"
kind: summary
language: en
sections:
  - paragraphs:
    - The Under-Secretary-General Smith
#         ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ “Under-Secretary-General Smith” here
    - The Under-secretary-General Smith
#         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ info: the record writes “Under-secretary-General Smith” once and “Under-Secretary-General Smith” once
",
        );
    }

    #[test]
    fn other_terms_and_capitals_are_not_compared() {
        for text in [
            "a high-level dialogue and the High-level Dialogue",
            "High-level officials in the High-Level Dialogue",
            "High-Level Dialogue and High-level Panel",
            "the HIGH-LEVEL DIALOGUE and the High-level Dialogue",
            "the “High-Level Dialogue” and the High-level Dialogue",
            "High-level Dialogue",
        ] {
            check(
                &RULE,
                &format!("kind: summary\nlanguage: en\nsections: [{{paragraphs: ['{text}']}}]\n"),
            );
        }
    }

    #[test]
    fn terms_are_found_in_text() {
        assert_eq!(found("the High-level Dialogue."), ["High-level Dialogue"]);
        assert_eq!(found("High-level Dialogue-driven"), [""; 0]);
        assert_eq!(found("Secretary-General Ban Ki-moon"), ["Secretary-General Ban"]);
        for text in [
            "ILO-led Forum",
            "E-learning Forum",
            "A/C-level Forum",
            "Mid-1990s Forum",
            "High- Level",
            "-",
            "é-É",
            "X-Ray Unit",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn titles_are_not_compared() {
        check(
            &RULE,
            "kind: summary\ntitle: The High-Level Dialogue\nlanguage: en\nsections: [{paragraphs: [The High-level Dialogue]}]\n",
        );
    }

    #[test]
    fn other_languages_and_styles_are_not_reported() {
        let paragraphs = "paragraphs: [The High-Level Dialogue, A High-level Dialogue]\n";
        check(&RULE, &format!("kind: letter\nlanguage: en\n{paragraphs}"));
        let sections = format!("sections: [{{{}}}]\n", paragraphs.trim_end());
        check(&RULE, &format!("kind: summary\nlanguage: fr\n{sections}"));
        check(&RULE, &format!("kind: summary\nlanguage: en\nstatus: cancelled\n{sections}"));
        check_asked(
            &RULE,
            Severity::Warning,
            r"
kind: letter
language: en
paragraphs:
  - The High-Level Dialogue
#       ~~~~~~~~~~~~~~~~~~~ “High-Level Dialogue” here
  - A High-level Dialogue
#     ^^^^^^^^^^^^^^^^^^^ warning: the record writes “High-level Dialogue” once and “High-Level Dialogue” once
",
        );
    }
}
