//! What is wrong with a configuration, shown like a finding.

use std::{fmt, ops::Range, path::Path, sync::Arc};

use crate::{
    finding::{Family, Finding, Identity, Location, RuleId, Severity, fingerprint, number},
    lint::{Report, Summary, Unread},
    source::{LineIndex, Source},
};

/// The rule id under which problems of the configuration are shown.
const RULE: RuleId = RuleId::new("configuration");

/// Why a configuration cannot be used.
#[derive(Clone, Debug)]
pub struct ConfigError {
    /// Where it was read.
    pub path: String,
    /// Its text; `None` if it could not be read.
    pub source: Option<Arc<Source>>,
    /// What is wrong, in the order of the text; empty if it could not be read.
    pub problems: Vec<Problem>,
    /// Why it could not be read.
    pub unread: Option<String>,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What.
    pub message: String,
    /// Where, in bytes.
    pub span: Range<usize>,
    /// What to do about it.
    pub help: Option<String>,
}

impl ConfigError {
    pub(super) fn new(path: &Path, source: Arc<Source>, mut problems: Vec<Problem>) -> Self {
        problems.sort_by_key(|problem| (problem.span.start, problem.span.end));
        Self { path: shown(path), source: Some(source), problems, unread: None }
    }

    /// The configuration at `path` could not be read, for this reason.
    #[must_use]
    pub fn unread(path: &Path, reason: String) -> Self {
        Self {
            path: path.to_string_lossy().into_owned(),
            source: None,
            problems: Vec::new(),
            unread: Some(reason),
        }
    }

    /// A report that any output can write, best quietly: its totals count no records.
    #[must_use]
    pub fn report(&self) -> Report {
        let mut report = Report::default();
        if let Some(source) = &self.source {
            let lines = LineIndex::new(&source.text);
            report.findings =
                self.problems.iter().map(|problem| problem.finding(source, &lines)).collect();
            number(&mut report.findings);
            report.sources.insert(source.path.clone(), Arc::clone(source));
        }
        let reason = self.unread.clone().into_iter();
        report.unread.extend(reason.map(|reason| Unread { path: self.path.clone(), reason }));
        report.summary = Summary::of(1, 0, &report.findings);
        report
    }
}

/// Like every path, the one of the configuration is shown from where it lies.
pub(super) fn shown(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let first = self.problems.first().map(|problem| &problem.message);
        let what = first.or(self.unread.as_ref()).map_or("", String::as_str);
        write!(f, "{}: {what}", self.path)
    }
}

impl std::error::Error for ConfigError {}

impl Problem {
    fn finding(&self, source: &Source, lines: &LineIndex) -> Finding {
        let position = |offset: usize| lines.position(&source.text, offset as u32);
        let written = source.text.get(self.span.clone()).unwrap_or_default();
        Finding {
            rule: RULE,
            family: Family::Structure,
            severity: Severity::Error,
            message: self.message.clone(),
            location: Location {
                path: source.path.clone(),
                start: position(self.span.start),
                end: position(self.span.end),
                record: None,
                kind: None,
                pointer: String::new(),
            },
            labels: Vec::new(),
            help: self.help.clone(),
            fingerprint: fingerprint(&RULE, &source.path, "", &[written.to_owned()]),
            identity: Identity::default(),
            count: 1,
            suppression: None,
        }
    }
}
