//! What the tests of rapporteur itself need beside carets.

use std::sync::Arc;

use super::{Asked, by_default, compare, findings_at};
use crate::{
    corpus::{
        Batch, Corpus, Group, Identities, Names, Part, Relation, Shared, Wanted, number_of,
        relation::Decision,
    },
    fact::{self, Record},
    finding::{Finding, Severity},
    lint::Setting,
    rule::Rule,
    schema::Catalog,
    source::{Source, Syntax},
    sources::{Input, SourceId},
    tree::Tree,
};

/// The findings of `rule` alone in the files `(path, text)`.
pub(crate) fn findings(rule: &'static Rule, files: &[(String, String)]) -> Vec<Finding> {
    findings_with(&Catalog::bundled(), rule, files)
}

/// The same, with other schemas than the bundled ones.
pub(crate) fn findings_with(
    catalog: &Catalog,
    rule: &'static Rule,
    files: &[(String, String)],
) -> Vec<Finding> {
    findings_at(catalog, by_default(rule), &Asked::default(), files)
}

/// A file that is named and said to hold records.
pub(crate) fn input(path: &str) -> Input {
    Input::named(path)
}

/// The findings of `rule` alone in a record whose prose is `text`.
pub(crate) fn in_prose(rule: &'static Rule, text: &str) -> Vec<Finding> {
    let record = format!("kind: statement\nparagraphs:\n  - \"{text}\"\n");
    findings(rule, &[("statement.yaml".to_owned(), record)])
}

/// The same as [`check_carets`](super::check_carets), with a level that the configuration gives to the rule.
#[track_caller]
pub(crate) fn check_asked(rule: &'static Rule, severity: Severity, text: &str) {
    let asked = (rule, Setting::At(severity));
    compare(text, |files| findings_at(&Catalog::bundled(), asked, &Asked::default(), files));
}

/// Calls `look` with the record that `text` is, the record `number` of its source.
pub(crate) fn with_record<T>(
    catalog: &Catalog,
    (number, text): (u32, &str),
    look: impl FnOnce(&Record<'_>) -> T,
) -> T {
    let tree = Tree::parse(Arc::new(Source::new("a.json", Syntax::Json, text)));
    let root = tree.records()[0];
    let schema = catalog.choose(root, None).expect("a schema").schema();
    let state = catalog.state(schema).expect("a schema that can be used");
    look(&fact::extract(catalog.graph(), state, root, SourceId::default(), number))
}

/// The corpus of these records, which are in one file.
fn corpus(catalog: &Catalog, texts: &[String]) -> Corpus {
    let wanted = Wanted::default().map(|_| true);
    let (mut batch, names) = (Batch::default(), Names::default());
    for (number, text) in (0..).zip(texts) {
        with_record(catalog, (number, text), |record| batch.add(record, true, &wanted, &names));
    }
    let files = vec![(SourceId::default(), 0..batch.len() as u32)];
    let mut corpus = Corpus::new(wanted);
    corpus.replace(&[], vec![Part { batch, files }], vec![0]);
    corpus
}

/// Calls `look` with the group of this relation in these records, which has all that is related so.
pub(crate) fn with_group<R: Relation>(
    catalog: &Catalog,
    texts: &[String],
    shared: &Shared,
    look: impl FnOnce(&Group<'_, R>),
) {
    let corpus = corpus(catalog, texts);
    let all = corpus.all(number_of::<R>());
    if let Some(refs) = Corpus::chunks(number_of::<R>(), &all).next() {
        let entries = corpus.read::<R>(refs);
        look(&Group::of(&entries, shared)[0]);
    }
}

/// What the record `text` decides on names.
pub(crate) fn decided(text: &str) -> Shared {
    let corpus = corpus(&Catalog::bundled(), &[text.to_owned()]);
    Shared { identities: Identities::of(&corpus.read_all::<Decision>()), ..Shared::default() }
}
