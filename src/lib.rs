//! rapporteur: a linter for meeting records.

pub mod source;
pub mod symbol;
pub mod tree;
