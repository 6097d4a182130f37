//! A meeting number that differs from the symbol of the meeting record.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    fact::{Meaning, Numbered, Record, Text},
    finding::{Family, Place, Severity},
    message::shown,
    rule::{Check, Findings, Fix, Rule, RuleId},
    rules::references::symbol_fields_disagree::Named,
    source::Span,
    vocabulary::FactKinds,
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
    check: Check::Facts(FactKinds::PARTS, check),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    let mut by_symbol: BTreeMap<Span, Vec<Meeting<'_>>> = BTreeMap::new();
    for meeting in record.live().iter().filter_map(|fact| meeting(&fact.meaning)) {
        by_symbol.entry(meeting.symbol.place.span).or_default().push(meeting);
    }
    for meetings in by_symbol.values() {
        check_meeting(meetings, findings);
    }
}

/// Reports the numbers that differ from one symbol: each by itself, or the symbol if several numbers agree on another one.
fn check_meeting(meetings: &[Meeting<'_>], findings: &mut Findings<'_>) {
    let Some(first) = meetings.first() else { return };
    let (symbol, own) = (shown(first.symbol.value), first.own);
    let places: BTreeSet<Place> = meetings.iter().map(|one| one.field.text.place).collect();
    let number = first.field.value;
    if places.len() > 1 && number != own && meetings.iter().all(|one| one.field.value == number) {
        let message = format!(
            "`{symbol}` is the record of meeting {own}, but the record names meeting {number} in {} places",
            places.len()
        );
        let finding =
            findings.at(first.symbol.place, message).id("symbol").help("correct the symbol");
        let finding = places.iter().fold(finding, |one, place| one.label(*place, "the number"));
        finding.value(first.symbol.value).value(number.to_string());
        return;
    }
    for Meeting { symbol: text, field, .. } in meetings.iter().filter(|one| one.field.value != own)
    {
        let value = shown(field.text.value);
        let message = format!(
            "the meeting number is `{value}`, but `{symbol}` is the record of meeting {own}"
        );
        findings
            .at(field.text.place, message)
            .label(text.place, "symbol of the meeting record")
            .help("look up the meeting record: the number or the symbol is wrong")
            .value(text.value)
            .value(field.text.value);
    }
}

/// The number of a meeting, and the symbol of its record.
struct Meeting<'t> {
    symbol: Text<'t>,
    field: Numbered<'t>,
    /// The number that the symbol names.
    own: u32,
}

fn meeting<'t>(meaning: &Meaning<'t>) -> Option<Meeting<'t>> {
    let Meaning::Parts(parts) = meaning else { return None };
    let named = Named::of(&parts.named).filter(|named| named.is_meeting)?;
    // A meeting of another session is another meeting: `symbol-fields-disagree` reports it.
    if named.other_session(parts.session).is_some() {
        return None;
    }
    let (field, own) = parts.number.zip(named.number)?;
    Some(Meeting { symbol: parts.symbol, field, own })
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

    #[test]
    fn two_numbers_that_agree_against_the_symbol_are_one_finding() {
        let schema = serde_json::json!({
            "x-parts": [
                {"symbol": "/verbatim", "number": "/meeting"},
                {"symbol": "/verbatim", "number": "/held"},
            ],
            "properties": {
                "verbatim": {"x-form": "un-symbol"},
                "meeting": {"x-form": "ordinal"},
                "held": {"x-form": "ordinal"},
            },
        });
        let catalog = Catalog::without_bundled(&[("s.json".to_owned(), schema.to_string())]);
        let messages = |meeting: &str, held: &str| {
            let text = format!(
                r#"{{"$schema": "s.json", "verbatim": "S/PV.5120", "meeting": "{meeting}", "held": "{held}"}}"#
            );
            let found = findings_with(&catalog, &RULE, &[("a.json".to_owned(), text)]);
            found.into_iter().map(|one| one.message).collect::<Vec<_>>()
        };
        assert_eq!(
            messages("5119th meeting", "Held at the 5119th meeting"),
            [
                "`S/PV.5120` is the record of meeting 5120, but the record names meeting 5119 in 2 places"
            ]
        );
        assert_eq!(messages("5119th meeting", "5118th meeting").len(), 2);
        assert_eq!(messages("5119th meeting", "5120th meeting").len(), 1);
        assert_eq!(messages("5120th meeting", "5120th meeting").len(), 0);
    }
}
