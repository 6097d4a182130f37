//! The names by which schemas are known: paths in the project, and what they refer to.

use std::{collections::HashMap, sync::Arc};

use crate::{source::Source, tree::Tree};

/// The other documents that the schema in `source` refers to, as written, without their fragments.
#[must_use]
pub fn references(source: &Source) -> Vec<String> {
    let tree = Tree::parse(Arc::new(source.clone()));
    let nodes = (0..tree.len()).filter_map(|index| tree.node_at_index(index));
    let mut found: Vec<String> = nodes
        .filter(|node| node.is_object())
        .filter_map(|object| object.get("$ref")?.as_str())
        .map(|reference| reference.split('#').next().unwrap_or_default().to_owned())
        .filter(|document| !document.is_empty() && !document.contains("://"))
        .collect();
    found.sort();
    found.dedup();
    found
}

/// The absolute URIs of other documents that the schema in `source` refers to, without their fragments. A reference is
/// relative to the `$id` of the document.
#[must_use]
pub fn absolute_references(source: &Source) -> Vec<String> {
    let tree = Tree::parse(Arc::new(source.clone()));
    let base = id_of(&tree).and_then(|id| referencing::uri::from_str(&id).ok());
    let nodes = (0..tree.len()).filter_map(|index| tree.node_at_index(index));
    let references = nodes.filter(|node| node.is_object());
    let mut found: Vec<String> = references
        .filter_map(|object| object.get("$ref")?.as_str())
        .map(|reference| reference.split('#').next().unwrap_or_default())
        .filter(|document| !document.is_empty())
        .filter_map(|document| match &base {
            _ if document.contains("://") => Some(document.to_owned()),
            Some(base) => {
                let uri = referencing::uri::resolve_against(&base.borrow(), document).ok()?;
                Some(uri.as_str().to_owned())
            }
            None => None,
        })
        .filter(|uri| uri.contains("://"))
        .collect();
    found.sort();
    found.dedup();
    found
}

/// Whether the schema in `source` has this `$id`.
#[must_use]
pub fn has_id(source: &Source, uri: &str) -> bool {
    id_of(&Tree::parse(Arc::new(source.clone()))).is_some_and(|id| id == uri)
}

fn id_of(tree: &Tree) -> Option<String> {
    let root = tree.node(*tree.roots().first()?);
    Some(root.get("$id")?.as_str()?.trim_end_matches('#').to_owned())
}

/// `name` read as a path relative to `folder`, `.` and `..` worked out.
#[must_use]
pub fn joined(folder: &str, name: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in name.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// `name` as a path in the project, seen from its root; `None` where it leads out of it.
#[must_use]
pub fn inside(name: &str) -> Option<String> {
    let mut depth = 0_usize;
    for part in name.split('/') {
        match part {
            "" | "." => {}
            ".." => depth = depth.checked_sub(1)?,
            _ => depth += 1,
        }
    }
    (!name.starts_with('/')).then(|| joined("", name))
}

/// The numbers of the schema documents of a run.
#[derive(Debug, Default)]
pub(super) struct Documents {
    paths: HashMap<String, usize>,
    uris: HashMap<String, usize>,
}

impl Documents {
    /// The documents with these paths and URIs, in their order.
    #[must_use]
    pub(super) fn new<'n>(names: impl Iterator<Item = (&'n str, &'n str)>) -> Self {
        let mut all = Self::default();
        for (number, (path, uri)) in names.enumerate() {
            all.paths.insert(path.to_owned(), number);
            all.uris.insert(uri.to_owned(), number);
        }
        all
    }

    /// Takes note of the `$id` of a document, if it is an absolute URI.
    pub(super) fn add_uri(&mut self, id: &str, number: usize) {
        let id = id.trim_end_matches('#');
        if id.contains("://") {
            self.uris.entry(id.to_owned()).or_insert(number);
        }
    }

    /// The last document with this path or this URI: a project schema goes before a bundled one of the same name.
    #[must_use]
    pub(super) fn find(&self, path: Option<&str>, uri: &str) -> Option<usize> {
        let by_path = path.and_then(|path| self.paths.get(path));
        by_path.max(self.uris.get(uri)).copied()
    }
}
