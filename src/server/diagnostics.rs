//! Findings as the protocol writes them.

use std::{
    cell::LazyCell,
    collections::{BTreeMap, BTreeSet, HashMap},
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
    uris::Uris,
};
use crate::{
    allow::Baseline,
    analysis::Analysis,
    config::{FILE_NAME, Levels},
    finding::{Family, Finding, Label, Location, Severity},
    input::{self, Buffers},
    lint::{Report, Unread},
    project::{BASELINE, Options, Project, ProjectError},
    rule::RuleSet,
    rules,
    source::{Source, Span, visible},
};

/// What is found in a project.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Diagnostics by the canonical path of their file.
    pub(super) by_disk: BTreeMap<PathBuf, Arc<Vec<Diagnostic>>>,
}

type ByDisk = BTreeMap<PathBuf, Vec<Diagnostic>>;

/// A project as it was checked last.
#[derive(Debug)]
struct Last {
    project: Project,
    /// What [`Project::key`] gave.
    key: u128,
    analysis: Analysis<'static>,
}

/// What is kept of the last check, for the next one.
#[derive(Debug, Default)]
pub(super) struct Cached {
    last: Option<Last>,
}

impl Cached {
    /// Checks a project again. If `typed` is known, the texts of these files have changed since the last check and nothing
    /// else.
    fn check(
        &mut self,
        base: &Base,
        rules: &RuleSet,
        buffers: Buffers,
        typed: Option<&BTreeSet<PathBuf>>,
    ) -> Result<(&Project, Report), (ProjectError, PathBuf)> {
        let last = self.last.take();
        let holds_records = |last: &&Last| {
            typed.is_some_and(|typed| {
                typed.iter().all(|disk| last.project.has_only_records_in(disk))
            })
        };
        let is_current = last.as_ref().is_some_and(|last| holds_records(&last));
        let mut now = match last {
            Some(mut last) if is_current => {
                last.project.set_buffers(buffers);
                last
            }
            last => {
                let folder = base.folder().to_owned();
                let project = base.open(rules, buffers).map_err(|error| (error, folder))?;
                let key = project.key(None);
                let known = last.filter(|last| last.key == key).map(|last| last.analysis);
                let levels = project.levels();
                let analysis = known.unwrap_or_else(|| project.analysis(&options(&levels, None)));
                Last { project, key, analysis }
            }
        };
        // What could not be checked is not kept: how much of it was checked is unknown.
        let report = report(&mut now, typed.filter(|_| is_current))
            .map_err(|error| (error, now.project.root.clone()))?;
        Ok((&self.last.insert(now).project, report))
    }
}

fn report(last: &mut Last, typed: Option<&BTreeSet<PathBuf>>) -> Result<Report, ProjectError> {
    let Last { project, analysis, .. } = last;
    let baseline = project.baseline(None)?;
    let levels = project.levels();
    Ok(project.update(analysis, typed, &options(&levels, baseline.as_ref())))
}

fn options<'o>(levels: &'o Levels, baseline: Option<&'o Baseline>) -> Options<'o> {
    Options {
        levels,
        baseline,
        progress: &|_, _| {},
        as_of: None,
        collapse: false,
        keep_sources: true,
    }
}

/// What is looked for, and how the editor wants it.
#[derive(Clone, Debug)]
pub(super) struct View<'v> {
    /// The rules that there are.
    pub(super) rules: &'v RuleSet,
    pub(super) uris: &'v Uris,
    pub(super) encoding: Encoding,
    pub(super) related_information: bool,
    /// The address of the page of a rule, with `{rule}` in the place of its id.
    pub(super) pages: Option<String>,
}

/// Checks what `base` holds, with `buffers` in the place of files. As `check --no-collapse` does: where
/// findings are in the text, each is shown at its place.
pub(super) fn check(
    base: &Base,
    (buffers, typed): (Buffers, Option<&BTreeSet<PathBuf>>),
    cached: &mut Cached,
    view: &View<'_>,
) -> Found {
    let by_disk = match cached.check(base, view.rules, buffers, typed) {
        Ok((project, report)) => diagnostics(&report, project, view),
        Err((error, folder)) => of_error(&error, &folder, view),
    };
    Found { by_disk: by_disk.into_iter().map(|(disk, list)| (disk, Arc::new(list))).collect() }
}

/// A project that cannot be checked has its reason in the file that is at fault.
fn of_error(error: &ProjectError, folder: &Path, view: &View<'_>) -> ByDisk {
    let in_file = |name, line, code, message: &str| {
        let disk = input::place(folder, Path::new(name));
        BTreeMap::from([(disk, vec![problem(at_line(line), code, message)])])
    };
    match error {
        ProjectError::Config(error) => match &error.unread {
            Some(reason) => in_file(FILE_NAME, 1, CONFIGURATION, &format!("not read: {reason}")),
            None => Places::new(&[], folder, view.rules, view).diagnostics(&error.report()),
        },
        ProjectError::Baseline { line, reason, .. } => {
            in_file(BASELINE, line.unwrap_or(1), "baseline", reason)
        }
        ProjectError::Input(_) => in_file(FILE_NAME, 1, "unchecked", &error.to_string()),
    }
}

fn at_line(line: u32) -> Range {
    let place = Position { line: line.saturating_sub(1), character: 0 };
    Range { start: place, end: place }
}

/// A diagnostic that is not a finding.
fn problem(range: Range, code: &str, message: &str) -> Diagnostic {
    Diagnostic {
        range,
        severity: Some(DiagnosticSeverity::Error),
        code: Some(code.to_owned().into()),
        source: Some(SOURCE.to_owned()),
        message: visible(message).into_owned().into(),
        ..Diagnostic::default()
    }
}

/// The code of what is wrong with the configuration.
const CONFIGURATION: &str = "configuration";
/// Who says it.
const SOURCE: &str = "rapporteur";

fn diagnostics(report: &Report, project: &Project, view: &View<'_>) -> ByDisk {
    let inputs = project.collected.inputs.iter();
    let disks: Vec<_> = inputs.map(|input| (input.path.as_str(), input.disk.as_path())).collect();
    let places = Places::new(&disks, &project.root, &project.rules, view);
    let mut found = places.diagnostics(report);
    let registers = LazyCell::new(|| Registers::new(project, view));
    for Unread { path, reason } in &report.unread {
        let disk = places.disk(path);
        if let Some((file, entry)) = registers.entry(path, &disk) {
            let diagnostic = problem(entry, "unread", &format!("`{path}` is not read: {reason}"));
            found.entry(places.disk(file)).or_default().push(diagnostic);
        } else {
            let diagnostic = problem(at_line(1), "unread", &format!("not read: {reason}"));
            found.entry(disk).or_default().insert(0, diagnostic);
        }
    }
    found
}

/// Where the configuration names tables.
struct Registers<'p> {
    /// The file and the place of the first pattern with each text, and with each path that it is.
    entries: HashMap<&'p str, (&'p str, Range)>,
}

impl<'p> Registers<'p> {
    fn new(project: &'p Project, view: &View<'_>) -> Self {
        let mut entries = HashMap::new();
        let Some(config) = &project.config else { return Self { entries } };
        let parts = &config.parts;
        let lines: Vec<Lines<'_>> =
            parts.iter().map(|source| Lines::new(&source.text, view.encoding)).collect();
        for glob in config.registers.iter().flat_map(|one| &one.files) {
            let ((number, _), (source, span)) =
                (parts.at(glob.span.start), parts.locate(&glob.span));
            let span = Span::new(span.start as u32, span.end as u32);
            let Some(place) = lines.get(number).map(|lines| lines.range(span)) else { continue };
            for name in std::iter::once(glob.text.as_str()).chain(glob.paths()) {
                entries.entry(name).or_insert((source.path.as_str(), place));
            }
        }
        Self { entries }
    }

    /// The file that names the table `path`, and the place in it, if the table is no file that an editor could open.
    fn entry(&self, path: &str, disk: &Path) -> Option<(&'p str, Range)> {
        self.entries.get(path).copied().filter(|_| !input::exists(disk))
    }
}

/// Where the files of a report lie, and how their places are counted.
struct Places<'p> {
    disks: BTreeMap<&'p str, &'p Path>,
    root: &'p Path,
    /// The rules of the report.
    rules: &'p RuleSet,
    view: &'p View<'p>,
}

impl<'p> Places<'p> {
    fn new(
        disks: &[(&'p str, &'p Path)],
        root: &'p Path,
        rules: &'p RuleSet,
        view: &'p View<'p>,
    ) -> Self {
        Self { disks: disks.iter().copied().collect(), root, rules, view }
    }

    /// The canonical path of what is shown as `path`; that of the link where it leads out of the project.
    fn disk(&self, path: &str) -> PathBuf {
        let place = || input::place(self.root, Path::new(path));
        self.disks.get(path).map_or_else(place, |disk| (*disk).to_owned())
    }

    fn diagnostics(&self, report: &Report) -> ByDisk {
        let lines =
            |(path, source): (&'_ String, &'_ Arc<Source>)| (path.clone(), Arc::clone(source));
        let sources: Vec<(String, Arc<Source>)> = report.sources.iter().map(lines).collect();
        let lines: BTreeMap<&str, Lines<'_>> = sources
            .iter()
            .map(|(path, source)| (path.as_str(), Lines::new(&source.text, self.view.encoding)))
            .collect();
        let mut found = ByDisk::new();
        for finding in &report.findings {
            let disk = self.disk(&finding.location.path);
            found.entry(disk).or_default().push(self.diagnostic(finding, &lines));
        }
        found
    }

    fn diagnostic(&self, finding: &Finding, lines: &BTreeMap<&str, Lines<'_>>) -> Diagnostic {
        let related = finding.labels.iter().filter_map(|label| self.related(label, lines));
        let related: Vec<_> = related.collect();
        let shown = self.view.related_information && related.len() == finding.labels.len();
        let href = self.page_of(finding).and_then(|page| Uri::parse(&page).ok());
        Diagnostic {
            range: range(&finding.location, lines),
            severity: Some(severity(finding.severity)),
            code: Some(finding.rule.to_string().into()),
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

    /// The address of the page of a rule. That of a rule of the project is the link that the project gives, if it gives one.
    fn page_of(&self, finding: &Finding) -> Option<String> {
        if finding.family == Family::Project {
            return self.rules.find(&finding.rule)?.own()?.link.clone();
        }
        Some(self.view.pages.as_deref()?.replace(rules::PLACE, &finding.rule))
    }

    fn related(
        &self,
        label: &Label,
        lines: &BTreeMap<&str, Lines<'_>>,
    ) -> Option<DiagnosticRelatedInformation> {
        let uris = self.view.uris;
        let uri = uris.uri(&uris.path(&self.disk(&label.location.path)))?;
        let location = Address { uri, range: range(&label.location, lines) };
        Some(DiagnosticRelatedInformation { location, message: visible(&label.text).into_owned() })
    }
}

/// Where there is no text to count in, the place is at the start of its line.
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
