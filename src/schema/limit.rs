//! What kept a record from being fully checked: a schema that unfolds too far for it, or a pattern that takes too long.

use regex::Regex;

use super::{Catalog, SchemaId};
use crate::{message::counted, tree::Tree};

/// Something in a schema that kept a record from being fully checked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Limit {
    /// The schema document, by its number in [`Catalog::files`].
    pub file: usize,
    /// JSON Pointer to the schema object; empty for the whole schema.
    pub pointer: String,
    /// What happened there.
    pub reached: Reached,
}

/// A limit that was reached.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reached {
    /// Validation took too many steps, or nested too deeply.
    Unfolding,
    /// Matching a text with a pattern took too many steps.
    Pattern {
        /// The keyword that has the pattern.
        keyword: String,
    },
}

impl Limit {
    /// The schema `id` unfolds too far.
    #[must_use]
    pub fn unfolding(id: SchemaId) -> Self {
        Self { file: id.index(), pointer: String::new(), reached: Reached::Unfolding }
    }

    /// What happened, for as many records as `records`, of which `first` is the first.
    #[must_use]
    pub fn message(&self, first: &str, records: usize) -> String {
        let which = match records {
            0 | 1 => format!("{first} cannot be fully checked"),
            _ => format!(
                "{first} and {} cannot be fully checked",
                counted(records - 1, "more record")
            ),
        };
        match &self.reached {
            Reached::Unfolding => format!("{which}: the schema unfolds too far"),
            Reached::Pattern { keyword } => {
                format!("{which}: matching `{keyword}` takes too many steps")
            }
        }
    }

    /// What can be done about it.
    #[must_use]
    pub const fn help(&self) -> &'static str {
        match self.reached {
            Reached::Unfolding => {
                "distinguish the alternatives of `anyOf` and `oneOf` by a required property with a `const`, and put what they share into one schema"
            }
            Reached::Pattern { .. } => {
                "write the pattern without look-around and back references, or without nested repetitions"
            }
        }
    }
}

/// A pattern of the schema `id`, or of one that it refers to, is too costly. The validator only says where the pattern is
/// within its document, so the document is looked for: the first one that has such a pattern there.
pub(super) fn costly_pattern(catalog: &Catalog, id: SchemaId, schema_path: &str) -> Limit {
    let (pointer, keyword) = schema_path.rsplit_once('/').unwrap_or(("", "pattern"));
    let (pointer, keyword) = match pointer.strip_suffix("/patternProperties") {
        Some(object) => (object, "patternProperties"),
        None => (pointer, keyword),
    };
    let others = (0..catalog.files().len()).filter(|file| *file != id.index());
    let has_it = |file: &usize| {
        let tree = Tree::parse(catalog.files()[*file].source.clone());
        let root = tree.roots().first().map(|root| tree.node(*root));
        let value = root.and_then(|root| root.pointer(pointer)?.get(keyword));
        value.is_some_and(|value| value.as_str().is_none_or(|text| Regex::new(text).is_err()))
    };
    let file = std::iter::once(id.index()).chain(others).find(has_it);
    let reached = Reached::Pattern { keyword: keyword.to_owned() };
    match file {
        Some(file) => Limit { file, pointer: pointer.to_owned(), reached },
        None => Limit { file: id.index(), pointer: String::new(), reached },
    }
}
