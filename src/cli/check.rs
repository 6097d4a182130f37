//! `rapporteur check`: from arguments to a report and an exit code.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

use clap::{Args, ValueEnum as _};
use jiff::civil::Date;

use super::{
    ColorChoice, ConfigArgs, Exit, FailOn, Failure, Progress, World,
    baseline::note_version,
    patient,
    reports::Reports,
    show::{self, Setting, Show},
};
use crate::{
    allow::Baseline,
    config::{Levels, Target},
    input::{self, Buffers},
    lint::{Report, Unread},
    output::{Terminal, statistics},
    project::{Options, Project, Which},
    rule::RuleSet,
};

/// The arguments of `check`.
#[derive(Args, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own")]
pub struct CheckArgs {
    /// Report what is found in these files and folders only; the others still count as context.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Check the text on standard input in the place of this file, which need not exist, with all
    /// other records of its project around it; what is found in it is reported.
    #[arg(long, value_name = "PATH", conflicts_with = "paths")]
    stdin_filename: Option<PathBuf>,
    #[command(flatten)]
    reports: Reports,
    /// The least severity that makes the exit code 1; without it, error.
    #[arg(long, value_enum, value_name = "SEVERITY")]
    fail_on: Option<FailOn>,
    /// Make the exit code 0 instead of 3 where there is nothing to check, as in a project that has no records yet.
    #[arg(long)]
    allow_empty: bool,
    /// Check these rules or families only.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    select: Vec<String>,
    /// Leave out these rules or families.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    ignore: Vec<String>,
    #[command(flatten)]
    config: ConfigArgs,
    #[command(flatten)]
    show: Show,
    /// Look at the records from this day (YYYY-MM-DD): what is still open weighs more shortly before
    /// its event, and most after it. Without it nothing depends on a day.
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<Date>,
    /// Do not tell the findings that this file knows; without it, rapporteur.baseline beside the
    /// configuration, if it is there.
    #[arg(long, value_name = "FILE", conflicts_with = "no_baseline")]
    baseline: Option<PathBuf>,
    /// Tell every finding, whatever a baseline knows.
    #[arg(long)]
    no_baseline: bool,
    /// List every finding, also where more than fifty have the same shape and would be told as one.
    #[arg(long)]
    no_collapse: bool,
    /// Count the findings of each rule, below the report; below one for programs, on standard error.
    #[arg(long)]
    statistics: bool,
    /// Work in this many threads; without it, in as many as the machine runs at once.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Write findings only: no summary, no progress.
    #[arg(long, short)]
    quiet: bool,
}

impl CheckArgs {
    /// How many threads work, where that is said.
    pub(super) const fn threads(&self) -> Option<u16> {
        self.threads
    }

    /// Which configuration counts: for a text in the place of a file that of the file, from wherever an editor
    /// runs the program.
    fn which(&self) -> Which {
        match (self.config.which(), &self.stdin_filename) {
            (Which::Nearest, Some(file)) => Which::Around(file.clone()),
            (which, _) => which,
        }
    }

    /// Whether `baseline create` without any argument would write down what is found here.
    fn is_of_all(&self) -> bool {
        self.paths.is_empty()
            && self.stdin_filename.is_none()
            && self.select.is_empty()
            && self.ignore.is_empty()
            && !self.no_baseline
            && self.config.is_usual()
    }

    /// How a run that ends so is told to end.
    fn told(&self, exit: Exit) -> Exit {
        if self.allow_empty && exit == Exit::Nothing { Exit::Clean } else { exit }
    }

    /// The settings of the run, other than those of the rules. What changes no byte of a report, such as the
    /// number of threads, is none.
    fn settings(&self, project: &Project, cwd: &Path) -> Vec<Setting> {
        let baseline =
            if self.no_baseline { Err("--no-baseline") } else { Ok(self.baseline.as_deref()) };
        let from = self.config.origin();
        let mut settings = show::project_settings(project, cwd, from, baseline);
        let told = |is_told: bool, option| if is_told { option } else { "default" };
        let fail_on = self.fail_on.unwrap_or_default().to_possible_value();
        let fail_on = fail_on.map_or_else(String::new, |value| value.get_name().to_owned());
        settings.push(("fail-on", fail_on, told(self.fail_on.is_some(), "--fail-on")));
        let as_of = self.as_of.map_or_else(|| "none".to_owned(), |day| day.to_string());
        settings.push(("as-of", as_of, told(self.as_of.is_some(), "--as-of")));
        let collapse = if self.no_collapse { "no" } else { "yes" };
        settings.push(("collapse", collapse.to_owned(), told(self.no_collapse, "--no-collapse")));
        settings
    }
}

pub(super) fn run(
    args: &CheckArgs,
    color: ColorChoice,
    world: &World<'_>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Exit, Failure> {
    let (cwd, rules) = (world.cwd()?, world.rules);
    let (select, ignore) = (targets(&args.select, rules)?, targets(&args.ignore, rules)?);
    let mut buffers = Buffers::default();
    if let Some(path) = &args.stdin_filename {
        match input::read_stream((world.input)()) {
            Ok(text) => buffers.put(cwd, path, text),
            Err(error) => return unreadable(args, input::reason(&error), color, world, out),
        }
    }
    let named = args.stdin_filename.as_ref().map_or(args.paths.as_slice(), std::slice::from_ref);
    let project = Project::open(rules, &args.which(), cwd, named, buffers)?;
    args.reports.refuse_loss(&project, cwd, args.baseline.as_deref())?;
    let levels = Levels::new(project.config.as_ref(), select, ignore);
    if args.show.is_wanted() {
        let settings = args.settings(&project, cwd);
        return Ok(args.told(show::run(&args.show, &project, (&settings, &levels), out)?));
    }
    let baseline = read_baseline(args, &project, cwd, err)?;
    let progress = Progress::new(io::stderr(), world.err_is_terminal && !args.quiet);
    let report = project.check(&Options {
        levels: &levels,
        baseline: baseline.as_ref(),
        progress: &|done, total| progress.tick(done, total),
        as_of: args.as_of,
        collapse: !args.no_collapse,
        keep_sources: args.reports.need_sources(),
    });
    progress.finish();
    let may_inherit = baseline.is_none() && args.is_of_all();
    let terminal = world.terminal(color, world.out_is_terminal);
    let folder =
        terminal.folder.is_some().then(|| project.root.to_str().map(str::to_owned)).flatten();
    let terminal = Terminal { quiet: args.quiet, may_inherit, folder, ..terminal };
    args.reports.write(&report, cwd, &terminal, out)?;
    if args.statistics && args.reports.tell_people() {
        patient(statistics::write(&report, &terminal, out))?;
    } else if args.statistics {
        let terminal = world.terminal(color, world.err_is_terminal);
        // The report is written; who closes standard error does without the rest.
        let _ = statistics::write(&report, &terminal, err);
    }
    let exit = Exit::of(&report, args.fail_on.unwrap_or_default());
    note_nothing(exit, args, &project, out, err)?;
    Ok(args.told(exit))
}

/// The baseline of the run, if it has one.
fn read_baseline(
    args: &CheckArgs,
    project: &Project,
    cwd: &Path,
    err: &mut dyn Write,
) -> Result<Option<Baseline>, Failure> {
    if args.no_baseline {
        return Ok(None);
    }
    let named = args.baseline.as_ref().map(|path| cwd.join(path));
    let baseline = project.baseline(named.as_deref())?;
    if let Some(baseline) = baseline.as_ref().filter(|_| !args.quiet) {
        note_version(baseline, err);
    }
    Ok(baseline)
}

/// Says on standard error what was not there to be checked. A pattern without a file may be right, in a project that begins,
/// and may be a slip that leaves records unchecked.
fn note_nothing(
    exit: Exit,
    args: &CheckArgs,
    project: &Project,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<(), Failure> {
    let is_nothing = exit == Exit::Nothing;
    let unmatched = if is_nothing || !args.quiet { show::told_unmatched(project) } else { None };
    let note = match (is_nothing, unmatched) {
        (false, None) => return Ok(()),
        (false, Some(unmatched)) => format!("note: {unmatched}"),
        (true, None) => "nothing to check: no records were found".to_owned(),
        (true, Some(unmatched)) => {
            format!("nothing to check: no records were found; {unmatched}")
        }
    };
    patient(out.flush())?;
    // The exit code says it too, unless that is not wanted.
    let _ = writeln!(err, "{note}");
    Ok(())
}

/// Standard input is an input like any other, and is told like any other that cannot be read.
fn unreadable(
    args: &CheckArgs,
    reason: String,
    color: ColorChoice,
    world: &World<'_>,
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    let unread = vec![Unread { path: "standard input".to_owned(), reason }];
    let report = Report { unread, ..Report::default() };
    let terminal = world.terminal(color, world.out_is_terminal);
    args.reports.write(&report, world.cwd()?, &Terminal { quiet: args.quiet, ..terminal }, out)?;
    Ok(Exit::of(&report, args.fail_on.unwrap_or_default()))
}

/// Reads a day, YYYY-MM-DD.
pub(super) fn day(text: &str) -> Result<Date, String> {
    crate::calendar::iso_date(text).map_err(|_| "a date such as 2011-05-19 expected".to_owned())
}

/// The rules and families that `names` name.
fn targets(names: &[String], rules: &RuleSet) -> Result<Vec<Target>, Failure> {
    let target = |name: &String| {
        Target::of_word(name, rules).ok_or_else(|| {
            let list = "`rapporteur rules` lists every rule";
            Failure::unknown("rule or family", name, Target::like(name, rules), list)
        })
    };
    names.iter().map(target).collect()
}

#[cfg(test)]
mod tests;
