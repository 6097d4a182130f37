//! What the tests of keywords share.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{Keyword, read::read};
use crate::{
    fact::extract,
    schema::Catalog,
    source::{Source, Syntax},
    sources::SourceId,
    tree::Tree,
};

/// Whether nothing is wrong with these arguments of a keyword.
pub(super) fn reads(keyword: &Keyword, arguments: &Value) -> bool {
    let schema = json!({keyword.name: arguments});
    read(schema.as_object().unwrap()).iter().all(Result::is_ok)
}

/// What is wrong with these arguments of a keyword, and what was probably meant.
pub(super) fn fault(keyword: &Keyword, arguments: &Value) -> String {
    let schema = json!({keyword.name: arguments});
    let faults: Vec<_> =
        read(schema.as_object().unwrap()).into_iter().filter_map(Result::err).collect();
    let [only] = faults.as_slice() else { panic!("{faults:?}") };
    match only.help.as_deref() {
        Some(help) if help.starts_with("did you mean") => format!("{} ({help})", only.message),
        _ => only.message.clone(),
    }
}

/// What `rapporteur facts` prints of the facts that a record has by this schema.
#[track_caller]
pub(super) fn facts(schema: &Value, record: &str) -> Vec<String> {
    let catalog = Catalog::without_bundled(&[("s.json".to_owned(), schema.to_string())]);
    assert!(catalog.errors().is_empty(), "{:?}", catalog.errors());
    let tree = Tree::parse(Arc::new(Source::new("record.yaml", Syntax::Yaml, record)));
    let state = catalog.find("s.json").and_then(|id| catalog.state(id)).unwrap();
    let record = extract(catalog.graph(), state, tree.records()[0], SourceId::default(), 0);
    let describe = |fact| catalog.graph().describe(fact, &record);
    record.facts.iter().map(describe).collect()
}
