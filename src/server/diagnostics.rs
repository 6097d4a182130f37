//! Findings as the protocol writes them.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use gen_lsp_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity,
    Location as Address, Position, Range, Uri,
};
use serde_json::json;

use super::{
    folders::Base,
    positions::{Encoding, Lines},
};
use crate::{
    config::FILE_NAME,
    finding::{Finding, Label, Location, Severity},
    input::Buffers,
    lint::{Report, Unread},
    project::{BASELINE, Options, Project, ProjectError},
    rules,
    source::{Source, visible},
};

/// Diagnostics by the path of their file.
pub(super) type ByPath = BTreeMap<PathBuf, Vec<Diagnostic>>;

/// How the editor wants them.
#[derive(Clone, Debug)]
pub(super) struct View {
    pub(super) encoding: Encoding,
    pub(super) related_information: bool,
    /// The address of the page of a rule, with `{rule}` in the place of its id.
    pub(super) pages: Option<String>,
}

/// Checks what `base` holds, with `buffers` in the place of files. As `check --no-collapse` does: where
/// findings stand in the text, each is shown at its place.
pub(super) fn check(base: &Base, buffers: Buffers, view: &View) -> ByPath {
    let project = match base.open(buffers) {
        Ok(project) => project,
        Err(error) => return of_error(&error, base.folder(), view),
    };
    match report(&project) {
        Ok(report) => diagnostics(&report, &project, view),
        Err(error) => of_error(&error, &project.root, view),
    }
}

fn report(project: &Project) -> Result<Report, ProjectError> {
    let baseline = project.baseline(None)?;
    project.check(&Options {
        levels: &project.levels(),
        baseline: baseline.as_ref(),
        progress: &|_, _| {},
        threads: None,
        as_of: None,
        collapse: false,
        keep_sources: true,
        recall: None,
    })
}

/// A project that cannot be checked has its reason in the file that is at fault.
fn of_error(error: &ProjectError, folder: &Path, view: &View) -> ByPath {
    match error {
        ProjectError::Config(error) => {
            let places = Places::new(&[], folder, view);
            let report = error.report();
            let mut found = places.diagnostics(&report);
            if found.is_empty() {
                let reason = error.unread.clone().unwrap_or_default();
                found.insert(
                    folder.join(FILE_NAME),
                    vec![at_line(1, &format!("not read: {reason}"))],
                );
            }
            found
        }
        ProjectError::Baseline { line, reason, .. } => {
            BTreeMap::from([(folder.join(BASELINE), vec![at_line(line.unwrap_or(1), reason)])])
        }
        ProjectError::Input(_) | ProjectError::Threads => {
            BTreeMap::from([(folder.join(FILE_NAME), vec![at_line(1, &error.to_string())])])
        }
    }
}

fn at_line(line: u32, message: &str) -> Diagnostic {
    let place = Position { line: line.saturating_sub(1), character: 0 };
    Diagnostic {
        range: Range { start: place, end: place },
        severity: Some(DiagnosticSeverity::Error),
        source: Some(SOURCE.to_owned()),
        message: visible(message).into_owned().into(),
        ..Diagnostic::default()
    }
}

/// Who says it.
const SOURCE: &str = "rapporteur";

fn diagnostics(report: &Report, project: &Project, view: &View) -> ByPath {
    let inputs = project.collected.inputs.iter();
    let disks: Vec<_> = inputs.map(|input| (input.path.as_str(), input.disk.as_path())).collect();
    let places = Places::new(&disks, &project.root, view);
    let mut found = places.diagnostics(report);
    for Unread { path, reason } in &report.unread {
        let unread = at_line(1, &format!("not read: {reason}"));
        found.entry(places.path(path)).or_default().insert(0, unread);
    }
    found
}

/// Where the files of a report lie, and how their places are counted.
struct Places<'p> {
    disks: BTreeMap<&'p str, &'p Path>,
    root: &'p Path,
    view: &'p View,
}

impl<'p> Places<'p> {
    fn new(disks: &[(&'p str, &'p Path)], root: &'p Path, view: &'p View) -> Self {
        Self { disks: disks.iter().copied().collect(), root, view }
    }

    /// The path on disk of what is shown as `path`.
    fn path(&self, path: &str) -> PathBuf {
        self.disks.get(path).map_or_else(|| self.root.join(path), |disk| (*disk).to_owned())
    }

    fn diagnostics(&self, report: &Report) -> ByPath {
        let lines =
            |(path, source): (&'_ String, &'_ Arc<Source>)| (path.clone(), Arc::clone(source));
        let sources: Vec<(String, Arc<Source>)> = report.sources.iter().map(lines).collect();
        let lines: BTreeMap<&str, Lines<'_>> = sources
            .iter()
            .map(|(path, source)| (path.as_str(), Lines::new(&source.text, self.view.encoding)))
            .collect();
        let mut found = ByPath::new();
        for finding in &report.findings {
            let path = self.path(&finding.location.path);
            found.entry(path).or_default().push(self.diagnostic(finding, &lines));
        }
        found
    }

    fn diagnostic(&self, finding: &Finding, lines: &BTreeMap<&str, Lines<'_>>) -> Diagnostic {
        let related = finding.labels.iter().filter_map(|label| self.related(label, lines));
        let related: Vec<_> = related.collect();
        let shown = self.view.related_information && related.len() == finding.labels.len();
        let href = self.view.pages.as_deref();
        let href =
            href.and_then(|pages| Uri::parse(&pages.replace(rules::PLACE, finding.rule)).ok());
        Diagnostic {
            range: range(&finding.location, lines),
            severity: Some(severity(finding.severity)),
            code: Some(finding.rule.to_owned().into()),
            code_description: href.map(|href| CodeDescription { href }),
            source: Some(SOURCE.to_owned()),
            message: message(finding, !shown).into(),
            related_information: (shown && !related.is_empty()).then_some(related),
            data: Some(json!({
                "fingerprint": finding.fingerprint,
                "pointer": finding.location.pointer,
                "record": finding.location.record,
            })),
            ..Diagnostic::default()
        }
    }

    fn related(
        &self,
        label: &Label,
        lines: &BTreeMap<&str, Lines<'_>>,
    ) -> Option<DiagnosticRelatedInformation> {
        let uri = Uri::from_file_path(self.path(&label.location.path)).ok()?;
        let location = Address { uri, range: range(&label.location, lines) };
        Some(DiagnosticRelatedInformation { location, message: visible(&label.text).into_owned() })
    }
}

/// Where there is no text to count in, the place stands at the start of its line.
fn range(location: &Location, lines: &BTreeMap<&str, Lines<'_>>) -> Range {
    let line = |line: u32| Position { line: line.saturating_sub(1), character: 0 };
    lines.get(location.path.as_str()).map_or_else(
        || Range { start: line(location.start.line), end: line(location.end.line) },
        |lines| lines.range(location.span()),
    )
}

const fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::Error,
        Severity::Warning => DiagnosticSeverity::Warning,
        Severity::Info => DiagnosticSeverity::Information,
    }
}

/// What was found, the other places if the editor does not show them by itself, and what to do next.
fn message(finding: &Finding, with_labels: bool) -> String {
    let labels = finding.labels.iter().filter(|_| with_labels).map(|Label { location, text }| {
        let (line, column) = (location.start.line, location.start.column);
        format!("{}:{line}:{column}: {text}", location.path)
    });
    let help = finding.help.iter().map(|help| format!("help: {help}"));
    let lines = std::iter::once(finding.message.clone()).chain(labels).chain(help);
    visible(&lines.collect::<Vec<_>>().join("\n")).into_owned()
}
