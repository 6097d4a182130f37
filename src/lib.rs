//! rapporteur: a linter for meeting records.

pub mod cli;
pub mod config;
pub mod finding;
pub mod input;
pub mod lint;
pub mod output;
pub mod source;
pub mod tree;
