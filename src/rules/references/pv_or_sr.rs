//! A meeting record of a kind that its body does not have.

use std::collections::BTreeSet;

use crate::{
    fact::{Meaning, Record, key},
    finding::{Family, Place, Severity},
    message::shown,
    rule::{Check, Findings, Fix, Rule, RuleId},
    symbol::{Kind, LAST_ROMAN_SESSION, Organ, Reference, Session, Symbol},
    vocabulary::{FactKinds, Form},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("pv-or-sr"),
    family: Family::References,
    summary: "a verbatim record of a body that has summary records, or the other way round",
    level: Some(Severity::Warning),
    since: "0.1.0",
    fix: Fix::Suggested,
    page: include_str!("../../../docs/rules/pv-or-sr.md"),
    options: &[],
    check: Check::Facts(FactKinds::MENTION.or(FactKinds::VALUE), check),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    // Most records name no meeting record.
    if !record.facts.iter().any(|fact| may_be_record(&fact.meaning)) {
        return;
    }
    let mut seen = BTreeSet::new();
    for fact in &record.facts {
        match &fact.meaning {
            Meaning::Value(Form::UnSymbol, text) if seen.insert(text.place.span) => {
                if let Some(Reference::Symbol(symbol)) = key::reference(text.value) {
                    check_symbol(&symbol, text.value, text.place, findings);
                }
            }
            Meaning::Mention(mention) if seen.insert(mention.place.span) => {
                if let Reference::Symbol(symbol) = &mention.found.reference {
                    check_symbol(symbol, mention.text, mention.place, findings);
                }
            }
            _ => {}
        }
    }
}

/// Whether a fact may name a meeting record.
fn may_be_record(meaning: &Meaning<'_>) -> bool {
    match meaning {
        Meaning::Value(Form::UnSymbol, text) => {
            let is_kind =
                |part: &[u8]| [b"PV.", b"SR."].iter().any(|kind| part.eq_ignore_ascii_case(*kind));
            text.value.as_bytes().windows(3).any(is_kind)
        }
        Meaning::Mention(mention) => match &mention.found.reference {
            Reference::Symbol(symbol) => {
                matches!(symbol.kind, Kind::VerbatimRecord | Kind::SummaryRecord)
            }
            Reference::Citation(_) => false,
        },
        _ => false,
    }
}

fn check_symbol(symbol: &Symbol, written: &str, place: Place, findings: &mut Findings<'_>) {
    let Some((body, right)) = body(symbol) else { return };
    let (is, has, from, to) = match (symbol.kind, right) {
        (Kind::VerbatimRecord, Kind::SummaryRecord) => ("verbatim", "summary", "PV.", "SR."),
        (Kind::SummaryRecord, Kind::VerbatimRecord) => ("summary", "verbatim", "SR.", "PV."),
        _ => return,
    };
    let written_here = shown(written);
    let right = symbol.key().replacen(from, to, 1);
    findings
        .at(
            place,
            format!(
                "`{written_here}` is the symbol of a {is} record, but {body} has {has} records"
            ),
        )
        .help(format!("write `{right}` if the body and the number are right"))
        .value(written);
}

/// The body of the General Assembly that met, and the kind of its records. `None` for the years before
/// symbols had a session, when committees had both kinds.
fn body(symbol: &Symbol) -> Option<(String, Kind)> {
    if symbol.organ != Organ::GeneralAssembly || symbol.also.is_some() {
        return None;
    }
    let session = symbol.session?;
    if matches!(session, Session::Regular(n) if n <= LAST_ROMAN_SESSION) {
        return None;
    }
    let parts: Vec<&str> = symbol.key().split('/').collect();
    let number = session.to_string();
    match parts.as_slice() {
        ["A", written, _, ..] if *written == number => {
            Some(("the plenary of the General Assembly".to_owned(), Kind::VerbatimRecord))
        }
        ["A", committee, written, _, ..] if *written == number => {
            let (name, kind) = match *committee {
                "C.1" => ("First", Kind::VerbatimRecord),
                "C.2" => ("Second", Kind::SummaryRecord),
                "C.3" => ("Third", Kind::SummaryRecord),
                "C.4" => ("Fourth", Kind::SummaryRecord),
                "C.5" => ("Fifth", Kind::SummaryRecord),
                "C.6" => ("Sixth", Kind::SummaryRecord),
                _ => return None,
            };
            Some((format!("the {name} Committee"), kind))
        }
        _ => None,
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
    fn a_record_of_the_wrong_kind_is_reported() {
        check(
            &RULE,
            r"
kind: letter
symbol: A/65/SR.4
#       ^^^^^^^^^ warning: `A/65/SR.4` is the symbol of a summary record, but the plenary of the General Assembly has verbatim records
references:
  - {raw: x, symbol: A/65/PV.4}
paragraphs:
  - The record is A/C.2/65/PV.3, not A/C.2/65/SR.3.
#                 ^^^^^^^^^^^^^ warning: `A/C.2/65/PV.3` is the symbol of a verbatim record, but the Second Committee has summary records
",
        );
    }

    #[test]
    fn the_help_gives_the_symbol_of_the_right_kind() {
        for n in 1..=6 {
            let (verbatim, summary) = (format!("A/C.{n}/65/PV.3"), format!("A/C.{n}/65/SR.3"));
            let (right, wrong) = if n == 1 { (verbatim, summary) } else { (summary, verbatim) };
            assert_eq!(symbol(&right), []);
            let (_, help) = symbol(&wrong).pop().unwrap();
            assert_eq!(help, Some(format!("write `{right}` if the body and the number are right")));
        }
    }

    #[test]
    fn special_sessions_are_checked_as_plenary_meetings() {
        assert_eq!(symbol("A/S-32/PV.1"), []);
        assert_eq!(symbol("A/ES-10/PV.1"), []);
        assert_eq!(symbol("A/ES-10/SR.1").len(), 1);
        assert_eq!(symbol("A/ES-10/Sr.1").len(), 1);
    }

    #[test]
    fn early_sessions_and_other_bodies_are_not_reported() {
        for value in [
            "A/PV.183",
            "A/C.1/SR.1234",
            "A/C.1/30/SR.4",
            "A/SPC/45/PV.3",
            "A/AC.109/SR.3",
            "A/CN.4/SR.3000",
            "A/HRC/50/SR.3",
            "A/BUR/65/SR.1",
            "E/2009/SR.32",
            "S/PV.9085",
            "T/PV.12",
            "A/65/L.3",
            "A/65/PV.4/Corr.1",
        ] {
            assert_eq!(symbol(value), [], "{value}");
        }
    }

    #[test]
    fn the_first_session_with_its_number_in_the_symbol_is_checked() {
        assert_eq!(symbol("A/C.1/31/SR.4").len(), 1);
    }
}
