//! rapporteur: a linter for meeting records.

pub mod calendar;
pub mod source;
pub mod tree;
