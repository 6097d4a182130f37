//! Schemas: which one a record answers to, what it requires, and what its keywords mean.

pub mod budget;
mod bundle;
mod explainer;
pub mod graph;
mod limit;
pub mod tree_json;
pub mod violations;

mod bundled;
mod catalog;
mod closed;
mod compile;
mod dialect;
mod faults;
mod formats;
mod name_pattern;
mod names;
mod own;
mod patterns;
mod space;
mod understood;
mod validator;
mod validators;

#[cfg(test)]
mod oracle;

pub use self::validator::ANY_DATE;
pub use bundle::bundle;
pub use bundled::bundled_names;
pub use catalog::{Catalog, Choice, SchemaError, SchemaFile, SchemaId, Unknown};
pub use formats::Formats;
pub use limit::{Limit, Reached};
pub use names::{absolute_references, has_id, inside, joined, references};
pub use own::{Lead, OwnUse, Taken};
pub use space::{Complete, Space, Stretch};
pub use violations::{Verdict, Violation};

use crate::{finding::Place, tree::NodeRef};

/// How one record answers its schema: what a shape rule looks at.
#[derive(Debug)]
pub struct Shape<'t> {
    /// The root of the record.
    pub node: NodeRef<'t>,
    /// Where the record is.
    pub place: Place,
    /// What came of it.
    pub outcome: Outcome<'t>,
}

/// What came of looking for a record's schema and holding the record against it.
#[derive(Debug)]
pub enum Outcome<'t> {
    /// No schema could be chosen.
    Unknown {
        /// Why.
        why: Unknown<'t>,
        /// The kinds that there are, sorted.
        kinds: Vec<String>,
    },
    /// The ways in which the record breaks its schema, in the order of the text.
    Checked(&'t [Violation]),
}
