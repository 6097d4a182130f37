//! What a schema understands of a Markdown text.

use super::{Catalog, SchemaId, Unknown};
use crate::{source::Syntax, tree::Tree};

impl Catalog {
    /// The records of a Markdown text: what its schema understands of it, where the schema says how. A record that names no kind
    /// has the schema `of_path`.
    #[must_use]
    pub fn understood(
        &self,
        tree: Tree,
        configured: Option<SchemaId>,
        of_path: impl FnOnce() -> Option<SchemaId>,
    ) -> Tree {
        if tree.source().syntax != Syntax::Markdown {
            return tree;
        }
        let root = tree.roots().first().map(|root| tree.node(*root));
        let chosen = root.and_then(|root| match self.choose(root, configured) {
            Ok(choice) => Some(choice.schema()),
            Err(Unknown::NoKind) => of_path(),
            Err(_) => None,
        });
        let profile = chosen.and_then(|schema| self.file(schema).profile.as_ref());
        profile.map(|profile| profile.apply(&tree)).unwrap_or(tree)
    }
}
