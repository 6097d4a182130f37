//! A text that calls a draft a resolution or a decision.

use crate::{
    fact::{Key, Meaning, Record},
    finding::{Family, Severity},
    message::{quoted, shown},
    rule::{Check, Findings, Fix, Rule, RuleId},
    symbol::{Kind, Reference},
    vocabulary::{FactKinds, Style},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("draft-cited-as-act"),
    family: Family::References,
    summary: "a text that calls a draft a resolution or a decision",
    level: Some(Severity::Warning),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/draft-cited-as-act.md"),
    options: &[],
    check: Check::Facts(FactKinds::CITES.or(FactKinds::MENTION), check),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    for fact in record.live() {
        if let Meaning::Cites(key) = &fact.meaning {
            check_field(key, findings);
        }
        let Meaning::Mention(mention) = &fact.meaning else { continue };
        let Some(act) = mention.act_of_draft else { continue };
        let (draft, act) = (quoted(&shown(mention.text)), shown(act));
        // Letters and statements have their authors' own words.
        let severity = match record.head.style {
            Style::House => Severity::Warning,
            Style::Own => Severity::Info,
        };
        findings
            .at(
                mention.place,
                format!("{draft} is the symbol of a draft, but the text calls it a “{act}”"),
            )
            .help("cite the adopted text under its own number, or call it a draft")
            .severity(severity)
            .value(mention.text);
    }
}

/// A field in which the schema expects an adopted act.
fn check_field(key: &Key<'_>, findings: &mut Findings<'_>) {
    let Some(place) = key.parts.last().map(|part| part.place) else { return };
    let is_draft =
        matches!(&key.symbol, Some(Reference::Symbol(symbol)) if symbol.kind == Kind::Draft);
    if key.link.adopted && is_draft {
        let draft = quoted(&key.shown());
        findings
            .at(place, format!("{draft} is the symbol of a draft; an adopted act is expected"))
            .help("cite the adopted text under its own number")
            .value(key.shown());
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::{
        schema::Catalog,
        testing::{check, findings_with},
    };

    #[test]
    fn a_draft_in_a_field_of_adopted_acts_is_reported() {
        let found = |symbol: &str, adopted: bool| {
            let schema = format!(
                r#"{{"properties": {{"kind": {{"const": "note"}}, "act": {{"x-form": "un-symbol", "x-cites": {{"space": "document", "external": true, "adopted": {adopted}}}}}}}}}"#
            );
            let catalog = Catalog::new(&[("note.json".into(), schema)]);
            let text = format!("{{\"kind\": \"note\", \"act\": \"{symbol}\"}}");
            let found = findings_with(&catalog, &RULE, &[("a.json".to_owned(), text)]);
            found.into_iter().map(|finding| finding.message).collect::<Vec<_>>()
        };
        assert_eq!(
            found("A/65/L.9", true),
            ["`A/65/L.9` is the symbol of a draft; an adopted act is expected"]
        );
        assert_eq!(found("A/65/L.9", false), [""; 0]);
        assert_eq!(found("A/RES/65/170", true), [""; 0]);
        assert_eq!(found("resolution 65/170", true), [""; 0]);
    }

    #[test]
    fn a_draft_that_is_called_a_resolution_is_reported() {
        check(
            &RULE,
            r#"
=== a.yaml
kind: background
id: note
language: en
sections:
  - paragraphs:
      - The Assembly asks for a report in its resolution A/65/L.9.
#                                                        ^^^^^^^^ warning: `A/65/L.9` is the symbol of a draft, but the text calls it a “resolution”
      - The Assembly asks for a report in draft resolution A/65/L.9.
      - The Assembly asks for a report in its resolution 65/309 (A/65/L.86).
=== b.yaml
kind: letter
id: letter
paragraphs:
  - We welcome General Assembly resolution A/C.3/65/L.48/Rev.1.
#                                          ^^^^^^^^^^^^^^^^^^^ info: `A/C.3/65/L.48/Rev.1` is the symbol of a draft, but the text calls it a “resolution”
=== c.yaml
kind: letter
id: other
status: cancelled
paragraphs: [See resolution A/65/L.9.]
"#,
        );
    }
}
