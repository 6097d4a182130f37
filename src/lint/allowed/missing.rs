//! Records and values that `[[allow]]` entries name and that do not exist.

use std::collections::BTreeMap;

use crate::{
    allow::{Exception, Missing},
    lint::View,
    sources::SourceId,
    tree::{NodeRef, Tree, unescape},
};

impl View<'_> {
    /// For each exception that suppresses nothing: the record or the value that it names and that no record has.
    pub(super) fn missing(&self, used: &[Vec<bool>]) -> Vec<Option<Missing>> {
        let unused = |(one, used): (&Exception, &Vec<bool>)| {
            one.record.clone().filter(|_| used.contains(&false))
        };
        let named: Vec<Option<String>> = self.run.exceptions.iter().zip(used).map(unused).collect();
        let mut homes: BTreeMap<&str, Option<(SourceId, u32)>> =
            named.iter().flatten().map(|id| (id.as_str(), None)).collect();
        if homes.is_empty() {
            return Vec::new();
        }
        for (source, _, file) in self.analysis.files() {
            for record in 0..file.records + file.unknown_records {
                let (id, _) = self.analysis.name_of(source, record);
                if let Some(home) = id.and_then(|id| homes.get_mut(id)) {
                    home.get_or_insert((source, record));
                }
            }
        }
        let of = |(one, named): (&Exception, &Option<String>)| {
            let record = named.clone()?;
            let Some(home) = homes.get(record.as_str()).copied().flatten() else {
                return Some(Missing::Record(record));
            };
            let (pointer, _) = one.pointer.as_ref()?;
            let is_missing = self.lacks(home, pointer);
            is_missing.then(|| Missing::Value { record, pointer: pointer.clone() })
        };
        self.run.exceptions.iter().zip(&named).map(of).collect()
    }

    /// Whether a record certainly has no value at a pointer, which may name list items by their keys.
    fn lacks(&self, (source, record): (SourceId, u32), pointer: &str) -> bool {
        let tree = self.reread.tree(source);
        let roots = tree.as_ref().map(Tree::records).unwrap_or_default();
        let Some(root) = roots.get(record as usize) else { return false };
        let mut node = *root;
        for token in pointer.split('/').skip(1) {
            let token = unescape(token);
            let is_key = node.is_array() && token.parse::<usize>().is_err();
            match child(node, &token) {
                Some(child) => node = child,
                None => return !is_key,
            }
        }
        false
    }
}

fn child<'t>(node: NodeRef<'t>, token: &str) -> Option<NodeRef<'t>> {
    if node.is_array() {
        return node.elements().nth(token.parse().ok()?);
    }
    node.get(token)
}
