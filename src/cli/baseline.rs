//! `rapporteur baseline`: the list of findings that a project has inherited.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

use clap::{Args, Subcommand};
use jiff::civil::Date;

use super::{ConfigArgs, Exit, FailOn, Failure, World, check::day, patient};
use crate::{
    allow::{
        Baseline,
        baseline::{Entry, written},
    },
    input::{self, Buffers},
    lint::Report,
    project::{BASELINE, Options, Project},
    source::visible_line,
};

/// The arguments of `baseline`.
#[derive(Args, Debug)]
pub(super) struct BaselineArgs {
    #[command(subcommand)]
    action: Action,
    /// The baseline file [default: rapporteur.baseline beside the configuration]
    #[arg(long, global = true, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Treat DATE (YYYY-MM-DD) as today
    #[arg(long, global = true, value_name = "DATE", value_parser = day)]
    as_of: Option<Date>,
    #[command(flatten)]
    config: ConfigArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Subcommand)]
enum Action {
    /// Create the baseline from all present findings; an existing one is never overwritten.
    Create,
    /// Add new findings to the baseline and remove those that are gone.
    Update,
    /// List the lines whose findings are gone, and exit with 1 if there are any; write nothing.
    Check,
    /// Remove the lines whose findings are gone; add nothing.
    Prune,
}

pub(super) fn run(
    args: &BaselineArgs,
    world: &World<'_>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Exit, Failure> {
    let cwd = world.cwd()?;
    let project = Project::open(world.rules, &args.config.which(), cwd, &[], Buffers::default())?;
    let named = args.baseline.as_ref().map(|path| cwd.join(path));
    let path = named.map_or_else(|| project.own_baseline(), Ok)?;
    let exists = input::exists(&path);
    if args.action == Action::Create && exists {
        return Err(Failure::Message {
            message: format!("`{}` already exists", shown(&path)),
            tip: Some("`rapporteur baseline update` writes it anew".to_owned()),
        });
    }
    if matches!(args.action, Action::Check | Action::Prune) && !exists {
        return Err(Failure::Message {
            message: format!("there is no baseline `{}`", shown(&path)),
            tip: Some("`rapporteur baseline create` writes one".to_owned()),
        });
    }
    if args.action == Action::Update && exists {
        refuse_loss(&project, &path)?;
    }
    let report = findings(&project, args.as_of);
    // The mistakes of an unreadable file are unknown, so a baseline would be incomplete.
    if let Some(unread) = report.unread.first() {
        let (path, reason) = (visible_line(&unread.path), visible_line(&unread.reason));
        let _ = patient(writeln!(out, "{path}: not read: {reason}"));
        return Ok(Exit::Unread);
    }
    let exit = Exit::of(&report, FailOn::Never);
    if exit == Exit::Nothing && report.findings.is_empty() {
        let _ = writeln!(err, "nothing to check: no records were found; nothing was written");
        return Ok(exit);
    }
    match args.action {
        Action::Create => {
            create(&path, &written(&report.findings, &[]))?;
            print(out, &format!("{} saved", counted(report.findings.len())))?;
            Ok(Exit::Clean)
        }
        Action::Update => update(&path, exists, &project, &report, out),
        Action::Check | Action::Prune if !report.is_complete => {
            let why = "findings that are gone cannot be determined while a file breaks its syntax or a schema cannot be used";
            let _ = writeln!(
                err,
                "{why}\nrun `rapporteur check --select syntax,vocabulary` to see which"
            );
            Ok(Exit::Unread)
        }
        Action::Check | Action::Prune => {
            let Some(baseline) = project.merged_baseline(Some(&path))? else {
                return Ok(Exit::Clean);
            };
            note_version(&baseline, err);
            compare(args.action, &path, (&baseline, &project), report, out)
        }
    }
}

/// A file other than a list of findings is not written over, unless it has the name of one.
fn refuse_loss(project: &Project, path: &Path) -> Result<(), Failure> {
    let is_own =
        input::identity(&project.root, path) == input::identity(&project.root, Path::new(BASELINE));
    if is_own && input::is_stream(path) {
        // Writing to a pipe would wait for a reader.
        return Err(Failure::new(format!("`{}` is not a regular file", shown(path))));
    }
    match project.merged_baseline(Some(path)) {
        Err(error) if error.is_of_later_version() => Err(error.into()),
        Err(_) if !is_own => {
            Err(Failure::new(format!("`{}` holds something else than a baseline", shown(path))))
        }
        _ => Ok(()),
    }
}

/// Says on standard error that a baseline does not name its version.
pub(super) fn note_version(baseline: &Baseline, err: &mut dyn Write) {
    if baseline.lacks_version() {
        let path = visible_line(&baseline.source.path);
        let _ = writeln!(
            err,
            "note: the baseline `{path}` names no version, so a line without a known fingerprint is compared by rule, \
             record and pointer; `rapporteur baseline update` writes it anew"
        );
    }
}

/// Writes the list anew. A line stays whose finding no one has looked for: that of a rule that is off, and any while a
/// file could not be read to its end.
fn update(
    path: &Path,
    exists: bool,
    project: &Project,
    report: &Report,
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    let old = if exists { project.merged_baseline(Some(path)).ok().flatten() } else { None };
    let mut new = report.findings.clone();
    let left = old.as_ref().map_or_else(Vec::new, |old| old.take_known(&mut new).1);
    let (gone, retained): (Vec<&Entry>, Vec<&Entry>) =
        left.into_iter().partition(|entry| report.is_complete && is_judged(project, entry));
    write(path, &written(&report.findings, &retained))?;
    let retained =
        if retained.is_empty() { String::new() } else { format!(", {} kept", retained.len()) };
    let (now, new, gone) = (counted(report.findings.len()), new.len(), gone.len());
    print(out, &format!("{now} saved: {new} new, {gone} gone{retained}"))?;
    Ok(Exit::Clean)
}

/// Whether a rule runs that would find what the line stands for; of a rule that no longer exists, that is known.
fn is_judged(project: &Project, entry: &Entry) -> bool {
    let levels = project.levels();
    project.rules.find(&entry.rule).is_none_or(|rule| levels.of(rule).of(rule).is_some())
}

/// Compares the baseline with the findings: reports stale lines, or removes them. A line of a rule that is
/// off is not judged, as in `check`, and none is while a file could not be read to its end.
fn compare(
    action: Action,
    path: &Path,
    (baseline, project): (&Baseline, &Project),
    mut report: Report,
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    let (_, mut gone) = baseline.take_known(&mut report.findings);
    gone.retain(|entry| is_judged(project, entry));
    if action == Action::Prune {
        if !gone.is_empty() || baseline.conflict().is_some() {
            write(path, &baseline.without(&gone))?;
        }
        print(out, &format!("{} removed, {} left", gone.len(), baseline.len() - gone.len()))?;
        return Ok(Exit::Clean);
    }
    for entry in &gone {
        print(out, &format!("gone: {}", line(baseline, entry)))?;
    }
    print(out, &format!("{} of {} gone", gone.len(), counted(baseline.len())))?;
    Ok(if gone.is_empty() { Exit::Clean } else { Exit::Findings })
}

/// What is found now, nothing left out and nothing put together.
fn findings(project: &Project, as_of: Option<Date>) -> Report {
    let levels = project.levels();
    project.check(&Options {
        levels: &levels,
        baseline: None,
        progress: &|_, _| {},
        as_of,
        collapse: false,
        keep_sources: false,
    })
}

fn line<'b>(baseline: &'b Baseline, entry: &Entry) -> std::borrow::Cow<'b, str> {
    visible_line(baseline.source.slice(entry.span))
}

fn counted(count: usize) -> String {
    if count == 1 { "1 finding".to_owned() } else { format!("{count} findings") }
}

fn print(out: &mut dyn Write, text: &str) -> Result<(), Failure> {
    Ok(patient(writeln!(out, "{text}"))?)
}

fn shown(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    input::write(path, text).map_err(|error| unwritten(path, &error))
}

fn create(path: &Path, text: &str) -> Result<(), Failure> {
    input::create(path, text).map_err(|error| unwritten(path, &error))
}

fn unwritten(path: &Path, error: &io::Error) -> Failure {
    let reason = match error.kind() {
        io::ErrorKind::AlreadyExists => "there is something of that name",
        _ => input::write_reason(error),
    };
    Failure::new(format!("`{}` could not be written: {reason}", shown(path)))
}
