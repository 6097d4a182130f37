//! Decisions on names.

use super::Text;
use crate::schema::vocabulary::Identity;

/// A decision on whether names are those of one person.
#[derive(Debug)]
pub struct Decision<'t> {
    /// The names, as written; there are at least two.
    pub names: Vec<Text<'t>>,
    /// What was decided.
    pub verdict: Identity,
    /// Why.
    pub reason: Option<Text<'t>>,
    /// The id of the only event for which it was decided.
    pub event: Option<Text<'t>>,
}
