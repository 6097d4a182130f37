//! The arguments of `x-version`.

use serde::Deserialize;

use super::{Part, Pointer, parts};

/// The arguments of `x-version`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VersionWord {
    /// The values that all versions of the record have in common.
    #[serde(deserialize_with = "parts")]
    pub of: Vec<Part>,
    /// The ids of the records that this one replaces.
    pub supersedes: Option<Pointer>,
}
