//! The pipeline: sources and schemas in, findings out.

use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

use crate::{
    finding::{Finding, Severity},
    source::Source,
};

/// One file of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// The path shown to people: relative to the project, separated by `/`.
    pub path: String,
    /// Where to read it.
    pub disk: PathBuf,
    /// The schema that the configuration gives to its records, as written there.
    pub schema: Option<String>,
    /// Whether findings in it are reported; otherwise it only stands in the corpus.
    pub reported: bool,
    /// Whether somebody said that it holds records; otherwise what is no record is passed over.
    pub expected: bool,
}

/// What a run found.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Sorted by path, offset and rule.
    pub findings: Vec<Finding>,
    /// The totals.
    pub summary: Summary,
    /// The inputs that could not be read, sorted by path.
    pub unread: Vec<Unread>,
    /// The sources in which something was found, by path, where the run was asked to keep them.
    pub sources: BTreeMap<String, Arc<Source>>,
}

/// An input that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// The path shown to people.
    pub path: String,
    /// Why.
    pub reason: String,
}

/// The totals of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files checked.
    pub files: usize,
    /// Records in them.
    pub records: usize,
    /// Findings of severity error.
    pub errors: usize,
    /// Findings of severity warning.
    pub warnings: usize,
    /// Findings of severity info.
    pub infos: usize,
}

impl Summary {
    /// Counts `findings` by severity.
    #[must_use]
    pub fn of(files: usize, records: usize, findings: &[Finding]) -> Self {
        let count = |severity| findings.iter().filter(|f| f.severity == severity).count();
        Self {
            files,
            records,
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            infos: count(Severity::Info),
        }
    }
}
