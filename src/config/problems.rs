//! What is wrong with a configuration, shown like a finding.

use std::{fmt, ops::Range, path::Path, sync::Arc};

use crate::{
    finding::{Family, Finding, Identity, Location, RuleId, Severity, fingerprint, number},
    lint::{Report, Summary, Unread},
    source::{LineIndex, Parts, Source},
};

/// The rule id under which problems of the configuration are shown.
const RULE: RuleId = RuleId::new("configuration");

/// Why a configuration cannot be used.
#[derive(Clone, Debug)]
pub struct ConfigError {
    /// Where it was read.
    pub path: String,
    /// Its text, and those of the files that it extends; `None` if it could not be read.
    pub parts: Option<Parts>,
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
    pub(super) fn new(path: &Path, parts: Parts, mut problems: Vec<Problem>) -> Self {
        problems.sort_by_key(|problem| (problem.span.start, problem.span.end));
        Self { path: shown(path), parts: Some(parts), problems, unread: None }
    }

    /// The configuration at `path` could not be read, for this reason.
    #[must_use]
    pub fn unread(path: &Path, reason: String) -> Self {
        Self {
            path: path.to_string_lossy().into_owned(),
            parts: None,
            problems: Vec::new(),
            unread: Some(reason),
        }
    }

    /// A report that any output can write, best quietly: its totals count no records.
    #[must_use]
    pub fn report(&self) -> Report {
        let mut report = Report::default();
        if let Some(parts) = &self.parts {
            let lines: Vec<LineIndex> =
                parts.iter().map(|source| LineIndex::new(&source.text)).collect();
            let finding = |problem: &Problem| {
                let ((number, _), (source, span)) =
                    (parts.at(problem.span.start), parts.locate(&problem.span));
                Some(problem.finding(source, span, lines.get(number)?))
            };
            report.findings = self.problems.iter().filter_map(finding).collect();
            number(&mut report.findings);
            let sources = parts.iter().map(|source| (source.path.clone(), Arc::clone(source)));
            report.sources.extend(sources);
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
        let at = self.parts.as_ref().zip(self.problems.first());
        let path = at.map(|(parts, problem)| parts.locate(&problem.span).0.path.as_str());
        write!(f, "{}: {what}", path.unwrap_or(&self.path))
    }
}

impl std::error::Error for ConfigError {}

impl Problem {
    fn finding(&self, source: &Source, span: Range<usize>, lines: &LineIndex) -> Finding {
        let position = |offset: usize| lines.position(&source.text, offset as u32);
        let written = source.text.get(span.clone()).unwrap_or_default();
        Finding {
            rule: RULE,
            family: Family::Structure,
            severity: Severity::Error,
            message: self.message.clone(),
            location: Location {
                path: source.path.clone(),
                start: position(span.start),
                end: position(span.end),
                record: None,
                kind: None,
                pointer: String::new(),
            },
            labels: Vec::new(),
            help: self.help.clone(),
            corrections: Vec::new(),
            fingerprint: fingerprint(&RULE, &source.path, "", &[written.to_owned()]),
            identity: Identity::default(),
            count: 1,
            suppression: None,
        }
    }
}
