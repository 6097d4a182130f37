//! What the path of a file and the configuration say of its records becomes members of the records.

use std::sync::Arc;

use crate::{
    schema::{Catalog, SchemaId, Unknown},
    sources::Input,
    tree::{Kind, NodeId, NodeRef, Supplied, Tree, escape},
    vocabulary::Pointer,
};

/// The member that chooses the schema of a record.
const KIND: &str = "kind";

/// The records of a file: of Markdown, what its schema understands of it; each with what the path and the configuration say of it.
#[must_use]
pub fn understand(tree: Tree, input: &Input, catalog: &Catalog) -> Tree {
    let configured = input.schema.as_deref().and_then(|name| catalog.find(name));
    let of_path = || kind_of(input.supplied.as_ref()?, catalog);
    let mut tree = catalog.understood(tree, configured, of_path);
    supply(&mut tree, input, catalog);
    tree
}

/// The schema of the kind that the path or the configuration gives.
fn kind_of(supplied: &Supplied, catalog: &Catalog) -> Option<SchemaId> {
    let kind = supplied.get(KIND)?.value.as_ref()?.text();
    catalog.kinds().find(|(known, _)| *known == kind).map(|(_, id)| id)
}

/// Gives each record of a file what the path and the configuration say of it: a property that its schema knows and that it does
/// not have.
fn supply(tree: &mut Tree, input: &Input, catalog: &Catalog) {
    let Some(supplied) = &input.supplied else { return };
    let configured = input.schema.as_deref().and_then(|name| catalog.find(name));
    let records = tree.records();
    let objects = records.iter().filter(|record| record.written_kind() == Kind::Object);
    let plan = |record: &NodeRef<'_>| {
        let numbers = wanted(catalog, configured, supplied, *record);
        (!numbers.is_empty()).then(|| (record.id(), numbers))
    };
    let plan: Vec<(NodeId, Vec<usize>)> = objects.filter_map(plan).collect();
    tree.supply(Arc::clone(supplied), &plan);
}

/// The values that a record gets, by their numbers.
fn wanted(
    catalog: &Catalog,
    configured: Option<SchemaId>,
    supplied: &Supplied,
    record: NodeRef<'_>,
) -> Vec<usize> {
    let chosen = match catalog.choose(record, configured) {
        Ok(choice) => Some(choice.schema()),
        Err(Unknown::NoKind) => kind_of(supplied, catalog),
        Err(_) => None,
    };
    let state = chosen.and_then(|schema| catalog.state(schema));
    let is_known = |name: &str| {
        let pointer = Pointer::read(&format!("/{}", escape(name)));
        let states = state.zip(pointer);
        states.is_some_and(|(state, pointer)| !catalog.graph().lookup(state, &pointer).is_empty())
    };
    let all = supplied.values.iter().enumerate().filter(|(_, one)| {
        let is_kind = one.name == KIND && configured.is_none();
        one.value.is_some() && record.get(&one.name).is_none() && (is_kind || is_known(&one.name))
    });
    all.map(|(number, _)| number).collect()
}
