//! `rapporteur baseline`: the list of findings that a project has inherited.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use clap::{Args, Subcommand};
use jiff::civil::Date;

use super::{ConfigArgs, Exit, Failure, World, check::day, patient};
use crate::{
    allow::{
        Baseline,
        baseline::{Entry, written},
    },
    input::{self, Buffers},
    lint::Report,
    project::{BASELINE, Options, Project},
    rules,
    source::visible_line,
};

/// The arguments of `baseline`.
#[derive(Args, Debug)]
pub(super) struct BaselineArgs {
    #[command(subcommand)]
    action: Action,
    /// The file; without it, rapporteur.baseline beside the configuration.
    #[arg(long, global = true, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Look at the records from this day (YYYY-MM-DD).
    #[arg(long, global = true, value_name = "DATE", value_parser = day)]
    as_of: Option<Date>,
    #[command(flatten)]
    config: ConfigArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Subcommand)]
enum Action {
    /// Write down what is found now; never over a list that is there.
    Create,
    /// Write the list anew: what is new goes in, what is gone goes out.
    Update,
    /// Say what the list names that is gone, and exit with 1 if anything is; write nothing.
    Check,
    /// Take out what is gone; what is new stays out.
    Prune,
}

pub(super) fn run(
    args: &BaselineArgs,
    world: &World<'_>,
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    let cwd = world.cwd()?;
    let project = Project::open(&args.config.which(), cwd, &[], Buffers::default())?;
    let own = project.root.join(BASELINE);
    let path = args.baseline.as_ref().map_or(own, |path| cwd.join(path));
    let exists = input::exists(&path);
    if args.action == Action::Create && exists {
        return Err(Failure::Told {
            message: format!("`{}` is there already", shown(&path)),
            tip: Some("`rapporteur baseline update` writes it anew".to_owned()),
        });
    }
    if matches!(args.action, Action::Check | Action::Prune) && !exists {
        return Err(Failure::Told {
            message: format!("there is no baseline `{}`", shown(&path)),
            tip: Some("`rapporteur baseline create` writes one".to_owned()),
        });
    }
    let report = findings(&project, args.as_of)?;
    // Of what could not be read nobody knows what is wrong with it, so that nothing can be written down.
    if let Some(unread) = report.unread.first() {
        let (path, reason) = (visible_line(&unread.path), visible_line(&unread.reason));
        let _ = patient(writeln!(out, "{path}: not read: {reason}"));
        return Ok(Exit::Unread);
    }
    match args.action {
        Action::Create => {
            write(&path, &written(&report.findings))?;
            told(out, &format!("{} written down", counted(report.findings.len())))?;
        }
        Action::Update => {
            let old = if exists { project.baseline(Some(&path)).ok().flatten() } else { None };
            let mut new = report.findings.clone();
            let gone = old.as_ref().map_or(0, |old| old.take_known(&mut new).1.len());
            write(&path, &written(&report.findings))?;
            let (now, new) = (counted(report.findings.len()), new.len());
            told(out, &format!("{now} written down: {new} new, {gone} gone"))?;
        }
        Action::Check | Action::Prune => {
            let Some(baseline) = project.baseline(Some(&path))? else { return Ok(Exit::Clean) };
            return compare(args.action, &path, (&baseline, &project), report, out);
        }
    }
    Ok(Exit::Clean)
}

/// Holds the baseline against what is found: tells what is gone, or takes it out. A line of a rule that is
/// off is not judged, as in `check`.
fn compare(
    action: Action,
    path: &Path,
    (baseline, project): (&Baseline, &Project),
    mut report: Report,
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    let (_, mut gone) = baseline.take_known(&mut report.findings);
    let levels = project.levels();
    gone.retain(|entry| {
        rules::find(&entry.rule).is_none_or(|rule| levels.of(rule).of(rule).is_some())
    });
    if action == Action::Prune {
        if !gone.is_empty() {
            write(path, &baseline.without(&gone))?;
        }
        told(out, &format!("{} taken out, {} left", gone.len(), baseline.len() - gone.len()))?;
        return Ok(Exit::Clean);
    }
    for entry in &gone {
        told(out, &format!("gone: {}", line(baseline, entry)))?;
    }
    told(out, &format!("{} of {} gone", gone.len(), counted(baseline.len())))?;
    Ok(if gone.is_empty() { Exit::Clean } else { Exit::Findings })
}

/// What is found now, nothing left out and nothing put together.
fn findings(project: &Project, as_of: Option<Date>) -> Result<Report, Failure> {
    let levels = project.levels();
    Ok(project.check(&Options {
        levels: &levels,
        baseline: None,
        progress: &|_, _| {},
        threads: None,
        as_of,
        collapse: false,
        keep_sources: false,
    })?)
}

fn line<'b>(baseline: &'b Baseline, entry: &Entry) -> std::borrow::Cow<'b, str> {
    visible_line(baseline.source.slice(entry.span))
}

fn counted(count: usize) -> String {
    if count == 1 { "1 finding".to_owned() } else { format!("{count} findings") }
}

fn told(out: &mut dyn Write, text: &str) -> Result<(), Failure> {
    Ok(patient(writeln!(out, "{text}"))?)
}

fn shown(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    input::write(path, text).map_err(|error| {
        Failure::told(format!(
            "`{}` could not be written: {}",
            shown(path),
            input::write_reason(&error)
        ))
    })
}
