//! A symbol that does not follow the forms of its organ.

use std::collections::BTreeSet;

use crate::{
    fact::{Meaning, Record, Text, key},
    finding::{Applicability, Family, Severity},
    message::{did_you_mean, shown},
    rule::{Check, Findings, Fix, Rule, RuleId},
    symbol::{self, ErrorKind, Parsed, Reference, SymbolError},
    vocabulary::{FactKinds, Form},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("ref-malformed"),
    family: Family::References,
    summary: "a symbol that does not follow the forms of its organ",
    level: Some(Severity::Error),
    since: "0.1.0",
    fix: Fix::Unsafe,
    page: include_str!("../../../docs/rules/ref-malformed.md"),
    options: &[],
    check: Check::Facts(FactKinds::VALUE, check),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    let mut seen = BTreeSet::new();
    for fact in &record.facts {
        let Meaning::Value(Form::UnSymbol, text) = &fact.meaning else {
            continue;
        };
        // A value that can be read as a citation of an act is not a misspelled symbol.
        if key::reference(text.value).is_some() || !seen.insert(text.place.span) {
            continue;
        }
        match symbol::parse_symbol(text.value) {
            Err(error) if error.kind == ErrorKind::NotASymbol => report_prose(text, findings),
            Err(error) if !is_remark(text.value, &error) => {
                report_malformed(text, &error, findings);
            }
            _ => {}
        }
    }
}

/// Whether words follow a symbol that is right in itself: `A/75/L.59 (as amended in A/75/L.60)`.
fn is_remark(value: &str, error: &SymbolError) -> bool {
    let Some((symbol, rest)) = value.split_at_checked(error.offset) else {
        return false;
    };
    let apart = rest.starts_with('(') || rest.starts_with(char::is_whitespace);
    let words = rest.trim_start_matches(|c: char| c == '(' || c.is_whitespace());
    apart
        && words.starts_with(char::is_lowercase)
        && matches!(symbol::parse_symbol(symbol), Ok(Parsed::Known { .. }))
}

fn report_malformed(text: &Text<'_>, error: &SymbolError, findings: &mut Findings<'_>) {
    let value = shown(text.value);
    let (place, message) = if error.len == 0 {
        let message = format!("`{value}` is not a valid symbol: expected {}", error.wanted);
        (text.place, message)
    } else {
        let found = shown(&error.found);
        let wanted = error.wanted;
        let message =
            format!("`{value}` is not a valid symbol: expected {wanted}, found `{found}`");
        (text.part(error.offset, error.len), message)
    };
    let mut finding = findings.at(place, message).id("form").unreadable().value(text.value);
    if error.kind == ErrorKind::Unknown {
        finding = finding.severity(Severity::Warning);
    }
    if let Some(suggestion) = &error.suggestion {
        finding.help(did_you_mean(suggestion)).replace(
            Applicability::Unsafe,
            (text.place, text.node, text.value),
            suggestion.as_str(),
        );
    }
}

/// Reports a text that does not have the form of a symbol. Other organizations number their documents in
/// their own ways (`WHA64.3`), so only a text that holds a symbol beside other words, has no digit at all, or
/// is a sentence is reported.
fn report_prose(text: &Text<'_>, findings: &mut Findings<'_>) {
    let mut inner = None;
    symbol::find(text.value, |found| {
        if matches!(found.reference, Reference::Symbol(_)) {
            inner.get_or_insert(found.range);
        }
    });
    let numbered = text.value.bytes().any(|byte| byte.is_ascii_digit());
    if inner.is_none() && numbered && !is_sentence(text.value) {
        return;
    }
    let message = format!("“{}” is not a symbol such as `A/65/203`", shown(text.value));
    let finding = findings.at(text.place, message).id("prose").unreadable().value(text.value);
    if let Some(range) = inner {
        finding.help(format!("write only the symbol: `{}`", &text.value[range]));
    }
}

/// Whether a text with a number in it is made of words, and of nothing that can be a symbol of others or cite an act.
fn is_sentence(text: &str) -> bool {
    /// A symbol of others with a remark has fewer.
    const FEWEST_WORDS: usize = 3;
    let mut words = 0;
    for word in text.split_whitespace() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let figures = bare.bytes().take_while(u8::is_ascii_digit).count();
        let is_ordinal = matches!(&bare[figures..], "" | "st" | "nd" | "rd" | "th");
        let is_act = ["resolution", "decision"].iter().any(|act| bare.to_lowercase().contains(act));
        let is_word = bare.chars().all(char::is_alphabetic) && !bare.is_empty();
        if is_act || !(is_word || is_ordinal) {
            return false;
        }
        words += usize::from(is_word && bare.chars().count() > 1);
    }
    words >= FEWEST_WORDS
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, findings};

    fn symbol(value: &str) -> Vec<(String, Option<String>)> {
        let text = format!("kind: letter\nsymbol: \"{value}\"\n");
        let found = findings(&RULE, &[("letter.yaml".into(), text)]);
        found.into_iter().map(|found| (found.message, found.help)).collect()
    }

    #[test]
    fn the_finding_points_at_the_part_that_is_wrong() {
        check(
            &RULE,
            r"
kind: letter
references:
  - {raw: the record, symbol: S/PV9261}
#                               ^^^^^^ error: `S/PV9261` is not a valid symbol: expected a full stop before the number, found `PV9261`
  - {raw: the report, symbol: A/RES/63}
#                             ^^^^^^^^ error: `A/RES/63` is not a valid symbol: expected a slash and a number, or the session or year in brackets
  - {raw: the covenant, symbol: A/RES/217 A (IIII)}
#                                            ^^^^ error: `A/RES/217 A (IIII)` is not a valid symbol: expected a roman numeral, found `IIII`
",
        );
    }

    #[test]
    fn the_right_spelling_is_suggested_if_there_is_only_one() {
        let help = |value| symbol(value).pop().and_then(|(_, help)| help);
        assert_eq!(help("A/78423").as_deref(), Some("did you mean `A/78/423`?"));
        assert_eq!(help("A/74/A/74/379/Add.1").as_deref(), Some("did you mean `A/74/379/Add.1`?"));
        assert_eq!(help("A/74/A/73/379"), None);
        assert_eq!(help("A/RES/63"), None);
    }

    #[test]
    fn right_symbols_and_citations_are_accepted() {
        for value in [
            "A/65/203",
            "A/RES/217 A (III)",
            "S/RES/1325(2000)",
            "resolution 63/225",
            "General Assembly resolution 63/225 of 19 December 2008",
            "63/225",
        ] {
            assert_eq!(symbol(value), [], "{value}");
        }
    }

    #[test]
    fn symbols_of_other_organizations_are_accepted() {
        for value in [
            "GA/10421",
            "WHA64.3",
            "EB128.R5",
            "CM(2011)48",
            "GC(53)/RES/13",
            "CEDAW//1",
            "Sales No. E.09.III.B.1",
        ] {
            assert_eq!(symbol(value), [], "{value}");
        }
    }

    #[test]
    fn a_remark_after_a_symbol_is_accepted() {
        for value in [
            "A/75/L.59 (as amended in A/75/L.60)",
            "A/75/L.4 and A/75/L.4/Add.1, as orally revised",
            "A/75/450 and A/75/450/Corr.1, para. 7",
        ] {
            assert_eq!(symbol(value), [], "{value}");
        }
        for value in ["A/75/L59 (as amended)", "A/65/203.", "A/RES/63/225 (2008)"] {
            assert_eq!(symbol(value).len(), 1, "{value}");
        }
    }

    #[test]
    fn an_unknown_bracket_or_committee_is_a_warning() {
        check(
            &RULE,
            r"
kind: letter
references:
  - {raw: a, symbol: A/64/6 (Setc. 4)}
#                           ^^^^^^^^^ warning: `A/64/6 (Setc. 4)` is not a valid symbol: expected a section, programme, chapter, volume, part or resumption, found `(Setc. 4)`
  - {raw: b, symbol: A/C.9/64/L.3}
#                      ^^^ warning: `A/C.9/64/L.3` is not a valid symbol: expected a Main Committee from C.1 to C.6, found `C.9`
  - {raw: c, symbol: A/64/6 (Sect. 4)}
  - {raw: d, symbol: A/C.6/64/L.3}
",
        );
        let help = |value| symbol(value).pop().and_then(|(_, help)| help);
        assert_eq!(help("A/64/6 (Setc. 4)").as_deref(), Some("did you mean `A/64/6 (Sect. 4)`?"));
        assert_eq!(help("A/C.9/64/L.3"), None);
    }

    #[test]
    fn a_sentence_with_a_number_is_reported_and_a_name_of_others_is_not() {
        for value in ["Approved without a vote, 12th plenary meeting", "see the note of 3 March"] {
            assert_eq!(symbol(value).len(), 1, "{value}");
        }
        for value in [
            "Job No. 10-52305",
            "WHA64.3 as amended by the committee",
            "decision 12 of the Conference of the Parties",
            "Protocol 3",
            "Add. 4",
        ] {
            assert_eq!(symbol(value), [], "{value}");
        }
    }

    #[test]
    fn text_that_cannot_be_a_symbol_is_reported() {
        let message = |value| symbol(value).pop();
        assert_eq!(
            message("Adopted without vote"),
            Some(("“Adopted without vote” is not a symbol such as `A/65/203`".into(), None))
        );
        let (_, help) = message("see A/65/203").unwrap();
        assert_eq!(help.as_deref(), Some("write only the symbol: `A/65/203`"));
    }

    #[test]
    fn a_value_with_two_keywords_is_reported_once() {
        check(
            &RULE,
            r#"
{"kind": "resolution", "reportOf": "A/65/438/Add3"}
#                                            ^^^^ error: `A/65/438/Add3` is not a valid symbol: expected a full stop before the number, found `Add3`
"#,
        );
    }
}
