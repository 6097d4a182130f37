//! An ordinal number whose letters do not belong to it.

use std::{cell::LazyCell, ops::Range};

use super::{is_english, texts};
use crate::{
    fact::Record,
    finding::{Applicability, Family, Severity},
    rule::{Check, Findings, Fix, Rule, RuleId},
    rules::quotation::Quotations,
    vocabulary::FactKinds,
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("ordinal-suffix"),
    family: Family::Style,
    summary: "an ordinal number with the ending of another number",
    level: Some(Severity::Info),
    since: "0.1.0",
    fix: Fix::Safe,
    page: include_str!("../../../docs/rules/ordinal-suffix.md"),
    options: &[],
    check: Check::Facts(FactKinds::TEXT, check),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    if !is_english(record) {
        return;
    }
    for (_, text) in texts(record, findings.asked_for()) {
        let mut quotations = Quotations::of(text.value);
        for (range, right) in wrong_ordinals(text.value) {
            if quotations.contain(range.start) {
                continue;
            }
            let written = &text.value[range.clone()];
            let digits = &written[..written.len() - right.len()];
            let is_capital = written.ends_with(|c: char| c.is_ascii_uppercase());
            let right = if is_capital { right.to_ascii_uppercase() } else { right.to_owned() };
            let place = text.part(range.start, range.len());
            findings
                .at(place, format!("`{written}` has the ending of another number"))
                .help(format!("write `{digits}{right}`"))
                .value(written)
                .replace(
                    Applicability::Safe,
                    (place, text.node, written),
                    format!("{digits}{right}"),
                );
        }
    }
}

/// The ordinal numbers with wrong letters, each with the right ones.
fn wrong_ordinals(text: &str) -> Vec<(Range<usize>, &'static str)> {
    let bytes = text.as_bytes();
    let begins = |digit: u8, letter: u8| {
        digit.is_ascii_digit() & matches!(letter | 0x20, b's' | b'n' | b'r' | b't')
    };
    // Without a way out in the middle, the search for a place to begin at takes many bytes at a time.
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    if !pairs.fold(false, |met, (a, b)| met | begins(*a, *b)) {
        return Vec::new();
    }
    let places = (1..bytes.len()).filter(|at| begins(bytes[at - 1], bytes[*at]));
    let in_capitals = LazyCell::new(|| !text.chars().any(char::is_lowercase));
    places.filter_map(|at| wrong_at(text, at, || *in_capitals)).collect()
}

/// The ordinal number whose letters begin at `at`, if they are wrong. Capitals fit in a text that has no other letters.
fn wrong_at(
    text: &str,
    at: usize,
    in_capitals: impl Fn() -> bool,
) -> Option<(Range<usize>, &'static str)> {
    let (before, rest) = text.split_at_checked(at)?;
    let (letters, after) = rest.split_at_checked(2)?;
    let is_ordinal = ["st", "nd", "rd", "th"].iter().any(|s| letters.eq_ignore_ascii_case(s));
    if !is_ordinal || after.starts_with(char::is_alphanumeric) {
        return None;
    }
    let number = before.trim_end_matches(|c: char| c.is_ascii_digit());
    // Part of a symbol, a fraction or a decimal number.
    if number.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '_')) {
        return None;
    }
    let right = match &before.as_bytes()[number.len()..] {
        [.., b'1', _] => "th",
        [.., b'1'] => "st",
        [.., b'2'] => "nd",
        [.., b'3'] => "rd",
        _ => "th",
    };
    // Capitals are letters of an ordinal only where all letters are capitals.
    let is_capital = letters.bytes().all(|b| b.is_ascii_uppercase());
    let is_small = letters.bytes().all(|b| b.is_ascii_lowercase());
    let fits = is_small || (is_capital && in_capitals());
    let is_wrong = fits && !letters.eq_ignore_ascii_case(right);
    is_wrong.then(|| (number.len()..at + letters.len(), right))
}

#[cfg(test)]
mod tests {
    use super::{RULE, wrong_ordinals};
    use crate::{
        finding::Severity,
        testing::{check, check_asked},
    };

    fn is_found(text: &str) -> bool {
        !wrong_ordinals(text).is_empty()
    }

    #[test]
    fn endings_of_other_numbers_are_reported() {
        check(
            &RULE,
            r"
kind: summary
title: Record of the 7111st meeting
#                    ^^^^^^ info: `7111st` has the ending of another number
language: en
sections:
  - paragraphs:
      - The 2th and the 63th meeting, 42nd of the year.
#           ^^^ info: `2th` has the ending of another number
#                       ^^^^ info: `63th` has the ending of another number
",
        );
    }

    #[test]
    fn every_number_has_its_ending() {
        for right in [
            "1st", "2nd", "3rd", "4th", "10th", "11th", "12th", "13th", "14th", "20th", "21st",
            "22nd", "23rd", "101st", "111th", "112th", "113th", "1,001st", "1,011th", "0th",
        ] {
            assert!(!is_found(right), "{right}");
        }
        for wrong in [
            "1th",
            "2st",
            "3nd",
            "4rd",
            "10st",
            "11st",
            "12nd",
            "13rd",
            "21th",
            "22th",
            "23th",
            "111st",
            "112nd",
            "1,011st",
            "21-22th",
            "(3th)",
            "21th-century",
        ] {
            assert!(is_found(wrong), "{wrong}");
        }
    }

    #[test]
    fn other_texts_are_not_ordinal_numbers() {
        for text in [
            "",
            "1",
            "s",
            "5 th",
            "2/3th",
            "A/1th",
            "v1th",
            "1.2th",
            "5ths",
            "1sth",
            "1é",
            "5s",
            "Room 5ST",
            "3Th",
            "65<sup>th</sup>",
            "10nde",
        ] {
            assert!(!is_found(text), "{text}");
        }
    }

    #[test]
    fn capitals_count_only_in_text_in_capitals() {
        check(
            &RULE,
            r"
kind: summary
title: THE 21TH MEETING
#          ^^^^ info: `21TH` has the ending of another number
language: en-GB
",
        );
    }

    #[test]
    fn other_languages_are_not_reported() {
        for language in ["language: fr", "language: es", ""] {
            let record = format!("kind: summary\ntitle: Le 21th et le 2nd siècle\n{language}\n");
            check(&RULE, &record);
        }
    }

    #[test]
    fn quotations_and_cancelled_records_are_not_reported() {
        check(&RULE, "kind: summary\ntitle: The “21th century” agenda\nlanguage: en\n");
        check(&RULE, "kind: summary\ntitle: 21th\nlanguage: en\nstatus: cancelled\n");
    }

    #[test]
    fn other_styles_are_checked_when_the_configuration_asks() {
        let silent = "kind: statement\ntitle: On the 21th of May\nlanguage: en\n";
        check(&RULE, silent);
        check(&RULE, &silent.replace("statement", "letter"));
        check_asked(
            &RULE,
            Severity::Info,
            r"
kind: statement
title: On the 21th of May
#             ^^^^ info: `21th` has the ending of another number
language: en
",
        );
    }
}
