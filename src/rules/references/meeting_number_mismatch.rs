//! A meeting number that differs from the symbol of the meeting record.

use crate::{
    fact::{Meaning, Record, SymbolParts},
    finding::{Family, Severity},
    message::shown,
    rule::{Check, Findings, Fix, Rule, RuleId},
    rules::references::symbol_fields_disagree::Named,
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("meeting-number-mismatch"),
    family: Family::References,
    summary: "a meeting number that differs from the symbol of the meeting record",
    level: Some(Severity::Error),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/meeting-number-mismatch.md"),
    options: &[],
    check: Check::Record(check),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    for fact in record.live() {
        if let Meaning::Parts(parts) = &fact.meaning {
            check_meeting(parts, findings);
        }
    }
}

fn check_meeting(parts: &SymbolParts<'_>, findings: &mut Findings<'_>) {
    let Some(named) = Named::of(&parts.named).filter(|named| named.is_meeting) else { return };
    // A meeting of another session is another meeting: `symbol-fields-disagree` reports it.
    if named.other_session(parts.session).is_some() {
        return;
    }
    if let Some((field, own)) = parts.number.zip(named.number)
        && field.value != own
    {
        let (symbol, value) = (shown(parts.symbol.value), shown(field.text.value));
        let message = format!(
            "the meeting number is `{value}`, but `{symbol}` is the record of meeting {own}"
        );
        findings
            .at(field.text.place, message)
            .label(parts.symbol.place, "symbol of the meeting record")
            .help("look up the meeting record: the number or the symbol is wrong")
            .value(parts.symbol.value)
            .value(field.text.value);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::{
        schema::Catalog,
        testing::{check, findings, findings_with},
    };

    #[test]
    fn a_number_that_differs_from_the_symbol_is_reported() {
        check(
            &RULE,
            r"
kind: resolution
symbol: A/RES/77/277
session: 77
number: 277
meeting: {number: 65, symbol: A/77/PV.64}
#                 ^^ error: the meeting number is `65`, but `A/77/PV.64` is the record of meeting 64
#                             ~~~~~~~~~~ symbol of the meeting record
",
        );
    }

    fn count(fields: &str) -> usize {
        let text = format!("kind: resolution\nsession: 77\n{fields}\n");
        findings(&RULE, &[("resolution.yaml".to_owned(), text)]).len()
    }

    #[test]
    fn every_form_of_meeting_record_is_compared() {
        for symbol in [
            "A/77/PV.64",
            "A/77/PV.64 A/B",
            "A/77/PV.64 (Resumption 1)",
            "A/77/PV.64 (resumed)",
            "A/77/PV.64/Corr.1",
            "A/C.2/77/SR.64",
        ] {
            assert_eq!(count(&format!("meeting: {{number: 64, symbol: {symbol}}}")), 0, "{symbol}");
            assert_eq!(count(&format!("meeting: {{number: 63, symbol: {symbol}}}")), 1, "{symbol}");
        }
    }

    #[test]
    fn other_sessions_and_other_documents_are_not_reported() {
        for fields in [
            "meeting: {number: 65, symbol: A/76/PV.64}",
            "meeting: {number: 65, symbol: A/77/L.64}",
            "meeting: {number: 65, symbol: A/77/PV64}",
            "meeting: {number: 65}",
            "symbol: A/RES/77/277\nnumber: 276",
            "status: cancelled\nmeeting: {number: 65, symbol: A/77/PV.64}",
        ] {
            assert_eq!(count(fields), 0, "{fields}");
        }
    }

    #[test]
    fn meeting_numbers_in_words_are_compared() {
        let schema = r#"{"properties": {"kind": {"const": "act"}, "pv": {"type": "string"},
            "meeting": {"type": "string", "x-form": "ordinal"}},
            "x-parts": {"symbol": "/pv", "number": "/meeting"}}"#;
        let catalog = Catalog::new(&[("act.json".into(), schema.into())]);
        let count = |pv: &str, meeting: &str| {
            let text = format!(r#"{{"kind": "act", "pv": "{pv}", "meeting": "{meeting}"}}"#);
            findings_with(&catalog, &RULE, &[("a.json".to_owned(), text)]).len()
        };
        for meeting in ["52nd plenary meeting", "52nd (resumed) plenary meeting", "52e séance"] {
            assert_eq!(count("A/75/PV.52", meeting), 0, "{meeting}");
            assert_eq!(count("A/75/PV.51", meeting), 1, "{meeting}");
        }
        for unread in ["52nd and 53rd plenary meetings", "plenary meeting", "N.A."] {
            assert_eq!(count("A/75/PV.51", unread), 0, "{unread}");
        }
    }
}
