//! A paragraph, a question or another text that is blank, although its schema requires it or a list has it as an item.

use std::collections::HashMap;

use crate::{
    fact::{Meaning, Record},
    finding::{Family, Severity},
    message::shown,
    rule::{Check, Findings, Fix, Rule, RuleId},
    tree::{NodeId, NodeRef},
    vocabulary::FactKinds,
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
    check: Check::Facts(FactKinds::BLANK, check),
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
    fn a_blank_item_is_reported_in_drafts_too() {
        check(
            &RULE,
            r#"
kind: concept-note
status: draft
announces:
  - Chair's summary
  - "  "
#    ^^ warning: no text: item 2 of `announces` is blank
  - List of participants
"#,
        );
    }

    #[test]
    fn a_text_that_its_schema_forbids_is_reported_by_the_schema_only() {
        check(&RULE, "kind: statement\nparagraphs: [We thank the host., ' ']\n");
    }

    /// What is found in a record whose texts have this schema.
    fn messages(text: &str, record: &str) -> Vec<String> {
        let schema = format!(
            r#"{{"properties": {{"kind": {{"const": "a"}}, "list": {{"items": {{"properties": {{"text": {text}}}, "required": ["text"]}}}}, "text": {text}}}}}"#
        );
        let catalog = Catalog::new(&[("a.json".into(), schema)]);
        let found = findings_with(&catalog, &RULE, &[("a.yaml".to_owned(), record.to_owned())]);
        found.into_iter().map(|finding| finding.message).collect()
    }

    fn count(text: &str, record: &str) -> usize {
        messages(text, record).len()
    }

    #[test]
    fn a_text_is_called_by_its_key_and_its_number() {
        let record = "{kind: a, list: [{text: To light the pier;}, {text: ' '}]}";
        assert_eq!(
            messages(r#"{"x-text": "prose"}"#, record),
            ["no text: `text` in item 2 of `list` is blank"]
        );
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
        check(&RULE, "kind: concept-note\nstatus: cancelled\nannounces: [' ']\n");
    }
}
