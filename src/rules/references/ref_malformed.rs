//! A symbol that does not follow the forms of its organ.

use std::collections::BTreeSet;

use crate::{
    fact::{Meaning, Record, Text, key},
    finding::{Family, Severity},
    message::shown,
    rule::{Check, Findings, Fix, Rule, RuleId},
    symbol::{self, ErrorKind, Parsed, Reference, SymbolError},
    vocabulary::Form,
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("ref-malformed"),
    family: Family::References,
    summary: "a symbol that does not follow the forms of its organ",
    level: Some(Severity::Error),
    since: "0.1.0",
    fix: Fix::Suggested,
    page: include_str!("../../../docs/rules/ref-malformed.md"),
    options: &[],
    check: Check::Record(check),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    let mut seen = BTreeSet::new();
    for fact in &record.facts {
        let Meaning::Value(Form::UnSymbol, text) = &fact.meaning else {
            continue;
        };
        // What can be read as a citation of an act is one, and not a symbol misspelt.
        if key::reference(text.value).is_some() || !seen.insert(text.place.span) {
            continue;
        }
        match symbol::parse_symbol(text.value) {
            Err(error) if error.kind == ErrorKind::NotASymbol => no_symbol(text, findings),
            Err(error) if !is_remark(text.value, &error) => malformed(text, &error, findings),
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

fn malformed(text: &Text<'_>, error: &SymbolError, findings: &mut Findings<'_>) {
    let value = shown(text.value);
    let (place, message) = if error.len == 0 {
        let message = format!("`{value}` is no symbol: {} expected", error.wanted);
        (text.place, message)
    } else {
        let found = shown(&error.found);
        let message = format!("`{value}` is no symbol: `{found}` found, {} expected", error.wanted);
        (text.part(error.offset, error.len), message)
    };
    let finding = findings.at(place, message).id("form").value(text.value);
    if let Some(suggestion) = &error.suggestion {
        finding.help(format!("did you mean `{suggestion}`?"));
    }
}

/// A text in which nothing has the form of a symbol. Other organizations number their documents in
/// ways of their own (`WHA64.3`), so that only what holds a symbol beside other words, or cannot be
/// a number at all, is told.
fn no_symbol(text: &Text<'_>, findings: &mut Findings<'_>) {
    let mut inner = None;
    symbol::find(text.value, |found| {
        if matches!(found.reference, Reference::Symbol(_)) {
            inner.get_or_insert(found.range);
        }
    });
    let numbered = text.value.bytes().any(|byte| byte.is_ascii_digit());
    if inner.is_none() && numbered {
        return;
    }
    let message = format!("`{}` is no symbol such as `A/65/203`", shown(text.value));
    let finding = findings.at(text.place, message).id("prose").value(text.value);
    if let Some(range) = inner {
        finding.help(format!("write `{}` alone", &text.value[range]));
    }
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
    fn the_part_that_is_wrong_is_pointed_at() {
        check(
            &RULE,
            r"
kind: letter
references:
  - {raw: the record, symbol: S/PV9261}
#                               ^^^^^^ error: `S/PV9261` is no symbol: `PV9261` found, a full stop before the number expected
  - {raw: the report, symbol: A/RES/63}
#                             ^^^^^^^^ error: `A/RES/63` is no symbol: a slash and a number, or the session or year in brackets expected
  - {raw: the covenant, symbol: A/RES/217 A (IIII)}
#                                            ^^^^ error: `A/RES/217 A (IIII)` is no symbol: `IIII` found, a roman numeral expected
",
        );
    }

    #[test]
    fn the_right_spelling_is_offered_where_there_is_only_one() {
        let help = |value| symbol(value).pop().and_then(|(_, help)| help);
        assert_eq!(help("A/78423").as_deref(), Some("did you mean `A/78/423`?"));
        assert_eq!(help("A/74/A/74/379/Add.1").as_deref(), Some("did you mean `A/74/379/Add.1`?"));
        assert_eq!(help("A/74/A/73/379"), None);
        assert_eq!(help("A/RES/63"), None);
    }

    #[test]
    fn right_symbols_and_citations_are_fine() {
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
    fn symbols_of_other_organizations_are_never_wrong() {
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
    fn a_remark_after_a_symbol_does_not_make_it_wrong() {
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
    fn text_that_cannot_be_a_symbol_is_told() {
        let message = |value| symbol(value).pop();
        assert_eq!(
            message("Adopted without vote"),
            Some(("`Adopted without vote` is no symbol such as `A/65/203`".into(), None))
        );
        let (_, help) = message("see A/65/203").unwrap();
        assert_eq!(help.as_deref(), Some("write `A/65/203` alone"));
    }

    #[test]
    fn a_value_of_which_two_words_speak_is_told_once() {
        check(
            &RULE,
            r#"
{"kind": "resolution", "reportOf": "A/65/438/Add3"}
#                                            ^^^^ error: `A/65/438/Add3` is no symbol: `Add3` found, a full stop before the number expected
"#,
        );
    }
}
