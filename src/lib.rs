//! rapporteur: a linter for meeting records.

pub mod allow;
pub mod analysis;
pub mod calendar;
pub mod cli;
pub mod config;
pub mod corpus;
pub mod digest;
pub mod fact;
pub mod finding;
pub mod input;
pub mod lint;
pub mod output;
pub mod person;
pub mod project;
pub mod rule;
pub mod rules;
pub mod schema;
pub mod server;
pub mod source;
pub mod sources;
pub mod suggest;
pub mod symbol;
pub mod tree;
pub mod wording;

pub use rule::{Rule, RuleId, RuleSet};

#[cfg(test)]
mod testing;
