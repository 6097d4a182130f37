//! A paragraph, a question or another text that is blank, although its schema requires it or a list has it as an item.

use std::collections::HashMap;

use crate::{
    fact::{Meaning, Record},
    finding::{Family, Severity},
    message::shown,
    rule::{Check, Findings, Fix, Rule, RuleId},
    tree::{NodeId, NodeRef},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("blank-text"),
    family: Family::Structure,
    summary: "a paragraph, a question or another text that is blank, although it is required or an item of a list",
    level: Some(Severity::Warning),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/blank-text.md"),
    options: &[],
    check: Check::Record(check),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    let mut numbers = Numbers::default();
    for fact in record.live() {
        if let Meaning::Blank { is_required: true } = fact.meaning {
            findings
                .at(fact.place, format!("no text: {} is blank", numbers.name(fact.node)))
                .help("write the text, or remove the place for it");
        }
    }
}

/// The numbers of the items of each list that was asked about: a list is counted once, however many of its items are blank.
#[derive(Default)]
struct Numbers(HashMap<NodeId, HashMap<NodeId, usize>>);

impl Numbers {
    /// What to call the text: its key or its number in a list, and those of the list that it is in.
    fn name(&mut self, node: NodeRef<'_>) -> String {
        let Some(property) = key(node) else {
            return self.item(node).unwrap_or_else(|| "a text".to_owned());
        };
        match node.parent().and_then(|parent| self.item(parent)) {
            Some(item) => format!("{property} in {item}"),
            None => property,
        }
    }

    fn item(&mut self, node: NodeRef<'_>) -> Option<String> {
        let list = node.parent().filter(|parent| parent.is_array())?;
        let numbers = || list.elements().map(NodeRef::id).zip(1..).collect();
        let number = *self.0.entry(list.id()).or_insert_with(numbers).get(&node.id())?;
        let list = key(list).unwrap_or_else(|| "a list".to_owned());
        Some(format!("item {number} of {list}"))
    }
}

fn key(node: NodeRef<'_>) -> Option<String> {
    Some(format!("`{}`", shown(node.key()?.as_str()?)))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::{
        schema::Catalog,
        testing::{check, findings_with},
    };

    #[test]
    fn blank_paragraphs_are_reported() {
        check(
            &RULE,
            r#"
kind: resolution
operative:
  - {n: 1, verb: Decides, text: to light the pier;}
  - {n: 2, verb: Requests, text: " "}
#                                 ^ warning: no text: `text` in item 2 of `operative` is blank
"#,
        );
        check(
            &RULE,
            r#"
kind: statement
status: draft
paragraphs:
  - We thank the host.
  - "  "
#    ^^ warning: no text: item 2 of `paragraphs` is blank
  - It ended at noon.
"#,
        );
    }

    fn count(text: &str, record: &str) -> usize {
        let schema = format!(
            r#"{{"properties": {{"kind": {{"const": "a"}}, "list": {{"items": {{"properties": {{"text": {text}}}, "required": ["text"]}}}}, "text": {text}}}}}"#
        );
        let catalog = Catalog::new(&[("a.json".into(), schema)]);
        findings_with(&catalog, &RULE, &[("a.yaml".to_owned(), record.to_owned())]).len()
    }

    #[test]
    fn only_required_texts_and_items_count() {
        let prose = r#"{"x-text": "prose"}"#;
        assert_eq!(count(prose, "{kind: a, list: [{text: ' '}]}"), 1);
        assert_eq!(count(prose, "{kind: a, list: [{text: ''}]}"), 1);
        assert_eq!(count(prose, "{kind: a, list: [{text: [A, '']}]}"), 1);
        assert_eq!(count(r#"{"x-text": "line"}"#, "{kind: a, list: [{text: \"\\u00a0\"}]}"), 1);
        for record in [
            "{kind: a, text: ''}",
            "{kind: a, list: [{text: '-'}]}",
            "{kind: a, list: [{text: 7}]}",
            "{kind: a, list: [{text: []}]}",
            "{kind: a, list: [{text: null}]}",
            "{kind: a, list: [{}]}",
        ] {
            assert_eq!(count(prose, record), 0, "{record}");
        }
    }

    #[test]
    fn a_schema_may_say_that_a_text_is_blank() {
        let prose = r#"{"x-text": {"is": "prose", "blank": true}}"#;
        assert_eq!(count(prose, "{kind: a, list: [{text: ' '}, {text: ['']}]}"), 0);
    }

    #[test]
    fn cancelled_records_are_not_checked() {
        check(&RULE, "kind: statement\nstatus: cancelled\nparagraphs: [' ']\n");
    }
}
