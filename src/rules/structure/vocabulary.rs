//! A schema that cannot be used, or uses the vocabulary wrongly.

use crate::{
    finding::{Family, Place, Severity},
    rule::{Check, Findings, Rule},
    schema::{Catalog, SchemaError},
    source::Span,
    tree::{NodeRef, Tree},
};

pub(crate) static RULE: Rule = Rule {
    id: "vocabulary",
    family: Family::Structure,
    summary: "a schema that cannot be used, or uses the vocabulary wrongly",
    level: Some(Severity::Error),
    since: "0.1.0",
    page: include_str!("../../../docs/rules/vocabulary.md"),
    check: Check::Schemas(check),
};

fn check(catalog: &Catalog, source: &dyn Fn(usize) -> u32, findings: &mut Findings<'_>) {
    for error in catalog.errors() {
        let tree = Tree::parse(catalog.files()[error.file].source.clone());
        let (node, span) = place_in(&tree, error);
        let place = Place { source: source(error.file), record: None, node, span };
        let mut finding = findings.at(place, error.message.clone());
        if let Some(keyword) = &error.keyword {
            finding = finding.value(keyword.clone());
        }
        if let Some(help) = &error.help {
            finding.help(help.clone());
        }
    }
}

/// The keyword that is used wrongly; the first byte where no keyword is concerned.
fn place_in(tree: &Tree, error: &SchemaError) -> (Option<crate::tree::NodeId>, Span) {
    let root = tree.roots().first().map(|root| tree.node(*root));
    let object = root.and_then(|root| root.pointer(&error.pointer));
    let key =
        object.zip(error.keyword.as_deref()).and_then(|(object, keyword)| object.member(keyword));
    match (key, tree.problems().first()) {
        (Some((key, _)), _) => (Some(key.id()), key.inner_span()),
        (None, Some(problem)) if !tree.is_whole() => (None, problem.span),
        _ => (object.map(NodeRef::id), Span::new(0, u32::from(!tree.source().text.is_empty()))),
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::{schema::Catalog, testing::findings_with};

    /// What is found in this schema: the path, the place in it, the bytes pointed at and the message.
    fn told(schema: &str) -> Vec<(String, String, String, String)> {
        let catalog = Catalog::new(&[("meeting.json".to_owned(), schema.to_owned())]);
        findings_with(&catalog, &RULE, &[])
            .into_iter()
            .map(|found| {
                let span = found.location.span();
                let text = schema[span.start as usize..span.end as usize].to_owned();
                let location = found.location;
                (location.path, location.pointer, text, found.message)
            })
            .collect()
    }

    fn one(pointer: &str, text: &str, message: &str) -> Vec<(String, String, String, String)> {
        let owned = [pointer, text, message].map(str::to_owned);
        let [pointer, text, message] = owned;
        vec![("meeting.json".to_owned(), pointer, text, message)]
    }

    #[test]
    fn a_pointer_to_a_property_that_does_not_exist() {
        let message = "`x-record` points at `/nummer`, and the schema knows no such property";
        assert_eq!(
            told(r#"{"x-record": {"id": "/nummer"}, "properties": {"number": {}}}"#),
            one("/x-record", "x-record", message)
        );
        assert_eq!(told(r#"{"x-record": {"id": "/number"}, "properties": {"number": {}}}"#), []);
        assert_eq!(told(r#"{"x-record": {"id": "/nummer"}}"#), []);
    }

    #[test]
    fn a_misspelt_word_below_the_root() {
        assert_eq!(
            told(r#"{"properties": {"by": {"x-speakr": {"name": ""}}}}"#),
            one("/properties/by/x-speakr", "x-speakr", "`x-speakr` is no word of the vocabulary")
        );
    }

    #[test]
    fn a_schema_that_cannot_be_read() {
        let found = told(r#"{"properties": "#);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].0, "meeting.json");
    }
}
