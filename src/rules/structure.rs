//! Syntax, schema, shape.

pub(super) mod ambiguous_scalar;
pub(super) mod duplicate_key;
pub(super) mod merge_key;
pub(super) mod schema;
pub(super) mod syntax;
pub(super) mod unknown_kind;
pub(super) mod vocabulary;
