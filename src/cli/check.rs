//! `rapporteur check`: from arguments to a report and an exit code.

use std::{
    collections::BTreeMap,
    io::{self, Write},
    path::{Path, PathBuf},
};

use clap::Args;
use jiff::civil::Date;

use super::{
    ColorChoice, ConfigArgs, Exit, FailOn, Failure, Progress, World,
    baseline::note_version,
    fix::{self, FixArgs},
    patient,
    reports::Reports,
    show::{self, Setting, Show},
};
use crate::{
    allow::Baseline,
    calendar::DateErrorKind,
    config::{Levels, Target},
    fix::Outcome,
    input::{self, Buffers},
    lint::{Report, Unread},
    message::{counted, listed},
    output::{Terminal, statistics},
    project::{Options, Project, Which},
    rule::RuleSet,
    source::Syntax,
};

/// The arguments of `check`.
#[derive(Args, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own")]
pub struct CheckArgs {
    /// Report only findings in these files and folders; the rest of the project is read as context. `-` is standard input
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Check standard input as if it were the contents of this file, which need not exist
    #[arg(long, value_name = "PATH", help_heading = "Input")]
    stdin_filename: Option<PathBuf>,
    /// Exit with 0 instead of 3 if there are no files, as in a new project
    #[arg(long, help_heading = "Input")]
    allow_empty: bool,
    #[command(flatten)]
    config: ConfigArgs,
    #[command(flatten)]
    reports: Reports,
    /// Write only the findings: no summary and no progress
    #[arg(long, short, help_heading = "Output")]
    quiet: bool,
    /// Count the findings of each rule below the report; for formats that programs read, on standard error
    #[arg(long, help_heading = "Output")]
    statistics: bool,
    /// List every finding; without this, more than 50 similar findings are reported once, with a count
    #[arg(long, help_heading = "Output")]
    no_collapse: bool,
    /// Exit with 1 if there is a finding of this severity or above [default: error, or `fail-on` of the configuration]
    #[arg(long, value_enum, value_name = "SEVERITY", help_heading = "Output")]
    fail_on: Option<FailOn>,
    #[command(flatten)]
    fixes: FixArgs,
    #[command(flatten)]
    show: Show,
    /// Check only these rules or families
    #[arg(long, value_name = "RULE", value_delimiter = ',', help_heading = "Rules")]
    select: Vec<String>,
    /// Skip these rules or families
    #[arg(long, value_name = "RULE", value_delimiter = ',', help_heading = "Rules")]
    ignore: Vec<String>,
    /// Treat DATE (YYYY-MM-DD) as today: what is still open in drafts becomes more severe as the event comes near
    #[arg(long, value_name = "DATE", value_parser = day, help_heading = "Rules")]
    as_of: Option<Date>,
    /// Hide the findings listed in this baseline [default: rapporteur.baseline beside the configuration]
    #[arg(long, value_name = "FILE", conflicts_with = "no_baseline", help_heading = "Baseline")]
    baseline: Option<PathBuf>,
    /// Report every finding, even those in a baseline
    #[arg(long, help_heading = "Baseline")]
    no_baseline: bool,
    /// Number of threads [default: as many as the machine has cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
}

impl CheckArgs {
    /// How many threads work, where that is said.
    pub(super) const fn threads(&self) -> Option<u16> {
        self.threads
    }

    /// The format in which mistakes of the configuration go to standard error.
    pub(super) fn format_of_mistakes(&self) -> crate::output::Format {
        self.reports.format_of_mistakes()
    }

    /// Whether the text on standard input is checked.
    fn reads_stream(&self) -> Result<bool, Failure> {
        let is_named = self.paths.iter().any(|path| path.as_os_str() == STREAM);
        let others = self.paths.iter().find(|path| path.as_os_str() != STREAM);
        match others {
            Some(path) if is_named || self.stdin_filename.is_some() => {
                let path = path.display();
                let message = format!("standard input cannot be checked together with `{path}`");
                let tip = Some("check them in two runs".to_owned());
                Err(Failure::Message { message, tip })
            }
            _ => Ok(is_named || self.stdin_filename.is_some()),
        }
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

    /// Which severity makes the run fail: what the command line says, else the configuration.
    fn fails_on(&self, project: &Project) -> FailOn {
        let config = project.config.as_ref();
        let configured = || config.and_then(|config| config.fail_on.as_ref()).map(|(on, _)| *on);
        self.fail_on.or_else(configured).unwrap_or_default()
    }

    /// The exit code of a run that ends like this.
    fn exit(&self, exit: Exit) -> Exit {
        if self.allow_empty && exit == Exit::Nothing { Exit::Clean } else { exit }
    }

    /// The settings of the run, other than those of the rules. What changes no byte of a report, such as the
    /// number of threads, is none.
    fn settings(&self, project: &Project, cwd: &Path) -> Vec<Setting> {
        let baseline =
            if self.no_baseline { Err("--no-baseline") } else { Ok(self.baseline.as_deref()) };
        let from = self.config.origin();
        let mut settings = show::project_settings(project, cwd, from, baseline);
        let origin = |is_given: bool, option| if is_given { option } else { "default" };
        let fail_on = self.fails_on(project).word().to_owned();
        let configured = self.fail_on.is_none().then(|| show::fail_on_origin(project)).flatten();
        let default = || origin(self.fail_on.is_some(), "--fail-on").to_owned();
        settings.push(("fail-on", fail_on, configured.unwrap_or_else(default)));
        let origin = |is_given, option| origin(is_given, option).to_owned();
        let as_of = self.as_of.map_or_else(|| "none".to_owned(), |day| day.to_string());
        settings.push(("as-of", as_of, origin(self.as_of.is_some(), "--as-of")));
        let collapse = if self.no_collapse { "no" } else { "yes" };
        settings.push(("collapse", collapse.to_owned(), origin(self.no_collapse, "--no-collapse")));
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
    let cwd = world.cwd()?;
    let mut buffers = Buffers::default();
    let mut named = args.paths.clone();
    args.fixes.check(args.reads_stream()?)?;
    if args.reads_stream()? {
        let text = match input::read_stream((world.input)()) {
            Ok(text) => text,
            Err(error) => return unreadable(args, input::reason(&error), color, world, out),
        };
        let path = args.stdin_filename.clone().unwrap_or_else(|| stream_name(&text));
        buffers.put(cwd, &path, text);
        named = vec![path];
    }
    let project = Project::open(world.rules, &args.which(), cwd, &named, buffers)?;
    let select = targets(&args.select, &project.rules)?;
    let ignore = targets(&args.ignore, &project.rules)?;
    args.reports.refuse_loss(&project, cwd, args.baseline.as_deref())?;
    let levels = Levels::new(project.config.as_ref(), select, ignore);
    if args.show.is_wanted() {
        let settings = args.settings(&project, cwd);
        let is_json = args.reports.show_json(args.show.files)?;
        let shown = show::run(&args.show, &project, (&settings, &levels), is_json, out)?;
        return Ok(args.exit(shown));
    }
    let baseline = read_baseline(args, &project, cwd, err)?;
    if args.fixes.is_wanted() {
        let mut outcome = mend(args, &project, world, (&levels, baseline.as_ref()))?;
        if args.fixes.is_diff() {
            return show_diff(args, &project, &mut outcome, world, out, err);
        }
        let written = fix::write(&mut outcome, &project.root);
        fix::tell(&outcome, Some(written), args.quiet, err);
    }
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
    let has_links = world.has_links(color, world.out_is_terminal);
    let folder = project.root.to_str().filter(|_| has_links).map(str::to_owned);
    let fail_on = args.fails_on(&project);
    let (quiet, fails_at) = (args.quiet, fail_on.severity());
    let terminal = Terminal { quiet, folder, fails_at, may_inherit, ..terminal };
    args.reports.write(&report, cwd, &terminal, out)?;
    if args.statistics && args.reports.is_for_people() {
        patient(statistics::write(&report, &terminal, out))?;
    } else if args.statistics {
        let terminal = world.terminal(color, world.err_is_terminal);
        // The report is written; who closes standard error does without the rest.
        let _ = statistics::write(&report, &terminal, err);
    }
    let exit = Exit::of(&report, fail_on);
    if !args.quiet {
        patient(out.flush())?;
        show::note_excluded(&project, err);
        if args.config.config.is_none() && !args.config.no_config {
            show::note_nested(&project, err);
        }
    }
    note_nothing(exit, args, &project, out, err)?;
    let has_files = report.summary.files > 0;
    Ok(if has_files { exit } else { args.exit(exit) })
}

/// Shows what fixes would change, and what they would not.
fn show_diff(
    args: &CheckArgs,
    project: &Project,
    outcome: &mut Outcome,
    world: &World<'_>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Exit, Failure> {
    fix::keep_writable(outcome, &project.root);
    patient(fix::show(outcome, world.out_is_terminal, out))?;
    patient(out.flush())?;
    fix::tell(outcome, None, args.quiet, err);
    fix::tell_unread(outcome, err);
    // What was not looked at has no difference.
    let exit = Exit::of(&outcome.report, FailOn::Never);
    note_nothing(exit, args, project, out, err)?;
    Ok(match args.exit(exit) {
        Exit::Clean if !outcome.mended.is_empty() => Exit::Findings,
        exit => exit,
    })
}

/// Chooses and tries corrections, in the whole project where only some files were named.
fn mend(
    args: &CheckArgs,
    project: &Project,
    world: &World<'_>,
    (levels, baseline): (&Levels, Option<&Baseline>),
) -> Result<Outcome, Failure> {
    let options = &Options {
        levels,
        baseline,
        progress: &|_, _| {},
        as_of: args.as_of,
        collapse: false,
        keep_sources: true,
    };
    let (cwd, none) = (world.cwd()?, Buffers::default());
    let mut whole = Project::open(world.rules, &args.which(), cwd, &[], none.clone())?;
    if fix::has_all(&whole, project) {
        return Ok(args.fixes.mend(project, &mut whole, options));
    }
    let mut alone = Project::open(world.rules, &args.which(), cwd, &args.paths, none)?;
    Ok(args.fixes.mend(project, &mut alone, options))
}

/// The path that means standard input.
const STREAM: &str = "-";

/// How a text on standard input is called that has no name: JSON if it can be read as such, else YAML.
fn stream_name(text: &[u8]) -> PathBuf {
    let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
    let is_json = serde_json::from_slice::<serde::de::IgnoredAny>(text).is_ok();
    PathBuf::from(if is_json { "stdin.json" } else { "stdin.yaml" })
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
    let unmatched =
        if is_nothing || !args.quiet { show::unmatched_patterns(project) } else { None };
    let note = match (is_nothing, unmatched) {
        (false, None) => return Ok(()),
        (false, Some(unmatched)) => format!("note: {unmatched}"),
        (true, None) => format!("nothing to check: {}", not_understood(project)),
        (true, Some(unmatched)) => {
            format!("nothing to check: {}; {unmatched}", not_understood(project))
        }
    };
    patient(out.flush())?;
    // The exit code says it too, unless that is not wanted.
    let _ = writeln!(err, "{note}");
    Ok(())
}

/// How many files there were, what they look like, and why none of them is a record.
fn not_understood(project: &Project) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for input in project.collected.inputs.iter().filter(|input| input.reported) {
        let name = match Syntax::of_named(&input.path) {
            Some(Syntax::Yaml) => "YAML file",
            Some(Syntax::Markdown) => "Markdown file",
            Some(Syntax::JsonLines) => "JSON Lines file",
            Some(Syntax::Csv) => "table",
            _ => "JSON file",
        };
        *counts.entry(name).or_default() += 1;
    }
    let total: usize = counts.values().sum();
    let all: Vec<String> = counts.iter().map(|(name, count)| counted(*count, name)).collect();
    match total {
        0 => "no records were found".to_owned(),
        1 => format!(
            "no records were found: {} is not a record, because it has no `kind` that a schema names and no schema is set for it",
            all.concat()
        ),
        _ => format!(
            "no records were found: {} are not records, because they have no `kind` that a schema names and no schema is set for \
             them",
            listed(&all, "and")
        ),
    }
}

/// Standard input is an input like any other, and is reported like any other that cannot be read.
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
    crate::calendar::iso_date(text).map_err(|error| match error.kind {
        // The form is right, and the calendar has no such day.
        DateErrorKind::Month(_) | DateErrorKind::Day { .. } => error.to_string(),
        _ => "write a date such as 2011-05-19".to_owned(),
    })
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
