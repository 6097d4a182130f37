//! The result of a run: findings, totals and unreadable files.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    finding::{Finding, RuleId, Severity},
    rule::RuleSet,
    source::Source,
};

/// What a run found.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Sorted by path, offset and rule.
    pub findings: Vec<Finding>,
    /// Those that are accepted, in the same order.
    pub suppressed: Vec<Finding>,
    /// Those that the baseline knows, in the same order.
    pub known: Vec<Finding>,
    /// The totals.
    pub summary: Summary,
    /// What each rule found, before similar findings are reported as one.
    #[doc(hidden)]
    pub tallies: Tallies,
    /// The inputs that could not be read, sorted by path.
    pub unread: Vec<Unread>,
    /// Whether every file could be read to its end: otherwise no one knows what is wrong with the rest.
    pub is_complete: bool,
    /// The sources in which something was found, by path, where the run was asked to keep them.
    #[doc(hidden)]
    pub sources: BTreeMap<String, Arc<Source>>,
    /// The rules that there were, whether they ran or not.
    #[doc(hidden)]
    pub rules: RuleSet,
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
    /// Findings that were accepted, and so are not among the others.
    pub allowed: usize,
    /// Findings that the baseline knows, and so are not among the others.
    pub known: usize,
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
            allowed: 0,
            known: 0,
        }
    }
}

/// What one rule found with one severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// So many findings.
    pub findings: usize,
    /// In so many files.
    pub files: usize,
}

/// What each rule found with each severity.
pub type Tallies = BTreeMap<(Severity, RuleId), Tally>;

/// Counts `findings`, which are sorted by path and of which none stands for others yet.
#[must_use]
pub fn tallies(findings: &[Finding]) -> Tallies {
    let mut all = Tallies::new();
    let mut last: BTreeMap<(Severity, RuleId), &str> = BTreeMap::new();
    for finding in findings {
        let key = (finding.severity, finding.rule);
        let path = finding.location.path.as_str();
        let tally = all.entry(key).or_default();
        tally.findings += 1;
        tally.files += usize::from(last.insert(key, path) != Some(path));
    }
    all
}
