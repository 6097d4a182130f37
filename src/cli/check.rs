//! `rapporteur check`: from arguments to a report and an exit code.

use std::{
    io::{self, Write},
    path::PathBuf,
};

use clap::Args;

use super::{
    ColorChoice, ConfigArgs, Engine, Exit, FailOn, Failure, Job, Progress, World, ids, patient,
};
use crate::{
    config::{Levels, Target},
    input::{self, Collected},
    lint::Report,
    output::{Format, Terminal},
};

/// The arguments of `check`.
#[derive(Args, Debug)]
pub struct CheckArgs {
    /// Report what is found in these files and folders only; the others still count as context.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How the report is written.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// The least severity that makes the exit code 1.
    #[arg(long, value_enum, default_value_t, value_name = "SEVERITY")]
    fail_on: FailOn,
    /// Check these rules or families only.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    select: Vec<String>,
    /// Leave out these rules or families.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    ignore: Vec<String>,
    #[command(flatten)]
    config: ConfigArgs,
    /// Work in this many threads; without it, in as many as the machine runs at once.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Write findings only: no summary, no progress.
    #[arg(long, short)]
    quiet: bool,
}

pub(super) fn run(
    args: &CheckArgs,
    color: ColorChoice,
    engine: &Engine<'_>,
    world: &World<'_>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Exit, Failure> {
    let known = ids(engine.rules);
    let (select, ignore) = (targets(&args.select, &known)?, targets(&args.ignore, &known)?);
    let config = args.config.load(&world.cwd, &known)?;
    let root = config.as_ref().map_or(&world.cwd, |config| &config.root);
    let collected = input::collect(root, &world.cwd, config.as_ref(), &args.paths)?;
    let job = Job {
        inputs: &collected.inputs,
        config: config.as_ref(),
        levels: &Levels::new(config.as_ref(), select, ignore),
        keep_sources: args.format == Format::Full,
    };
    let mut report = checked(args, engine, &job, world)?;
    report.unread.extend(unread(&collected));
    report.unread.sort_by(|a, b| a.path.cmp(&b.path));
    let terminal = world.terminal(color, world.out_is_terminal);
    let terminal = Terminal { quiet: args.quiet, ..terminal };
    patient(args.format.write(&report, &terminal, out))?;
    let exit = Exit::of(&report, args.fail_on);
    if exit == Exit::Nothing {
        patient(out.flush())?;
        // The exit code says it too.
        let _ = writeln!(err, "nothing to check: no records were found");
    }
    Ok(exit)
}

/// Runs the engine in as many threads as wanted and shows its progress.
fn checked(
    args: &CheckArgs,
    engine: &Engine<'_>,
    job: &Job<'_>,
    world: &World<'_>,
) -> Result<Report, Failure> {
    if job.inputs.iter().all(|input| !input.reported) {
        return Ok(Report::default());
    }
    let progress = Progress::new(io::stderr(), world.err_is_terminal && !args.quiet);
    let check = || (engine.check)(job, &|done, total| progress.tick(done, total));
    let report = match args.threads {
        None => check(),
        Some(threads) => rayon::ThreadPoolBuilder::new()
            .num_threads(threads.into())
            .build()
            .map_err(|_| Failure::told("the threads could not be started".to_owned()))?
            .install(check),
    };
    progress.finish();
    report.map_err(Failure::told)
}

fn unread(collected: &Collected) -> impl Iterator<Item = crate::lint::Unread> + '_ {
    collected.unread.iter().cloned()
}

/// The rules and families that `names` name.
fn targets(names: &[String], known: &[&str]) -> Result<Vec<Target>, Failure> {
    let target = |name: &String| {
        Target::of_word(name, known).ok_or_else(|| {
            let list = "`rapporteur rules` lists every rule";
            Failure::unknown("rule or family", name, Target::like(name, known), list)
        })
    };
    names.iter().map(target).collect()
}
