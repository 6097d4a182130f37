//! rapporteur: a linter for meeting records.

pub mod finding;
pub mod lint;
pub mod output;
pub mod source;
pub mod tree;
