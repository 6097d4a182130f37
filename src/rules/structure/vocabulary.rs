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
