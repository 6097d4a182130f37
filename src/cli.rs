//! The command line: arguments in, an answer on the streams and an exit code out. Everything that
//! depends on the machine is decided here and passed on.

mod baseline;
pub mod check;
mod completions;
mod exit;
mod explain;
mod facts;
mod fix;
mod init;
mod man;
mod panics;
mod progress;
mod reports;
mod rules;
mod schema;
mod server;
mod show;
pub mod terminal;
mod threads;

use std::{
    ffi::OsString,
    io::{self, IsTerminal as _, Write},
    path::PathBuf,
    process,
};

use clap::{
    Args, CommandFactory as _, Parser, Subcommand, ValueEnum,
    builder::PossibleValue,
    error::{ContextKind, ContextValue},
};

pub use self::{
    exit::Exit,
    progress::Progress,
    terminal::{ColorChoice, World},
};
pub use crate::config::FailOn;
use crate::{
    config::ConfigError,
    input::InputError,
    message::one_line,
    output::{Format, Terminal},
    project::{ProjectError, Which},
    rule::RuleSet,
    source::visible,
    suggest,
};

/// Checks meeting records before they are published: speakers, times, references, duplicates.
#[derive(Debug, Parser)]
#[command(name = "rapporteur", version, about, after_help = exit::TABLE)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// When to use colours.
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    color: ColorChoice,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Create a rapporteur.toml for the records here, or print files for hooks and CI.
    Init(init::InitArgs),
    /// Check records: the paths you name, or the whole project.
    Check(check::CheckArgs),
    /// List the rules.
    Rules(rules::RulesArgs),
    /// Explain a rule, a family of rules, or a keyword of the schemas.
    Explain {
        /// The id of a rule, the name of a family, or a keyword such as `x-interval`.
        name: String,
        /// Format of the explanation.
        #[arg(long, value_enum, default_value_t)]
        format: explain::PageFormat,
    },
    /// Print the schema of a kind of record, or list the kinds.
    Schema {
        /// The kind; `configuration` for the schema of rapporteur.toml.
        kind: Option<String>,
        /// Include the schemas that it refers to, so that other validators and editors need no other file
        #[arg(long, requires = "kind")]
        bundle: bool,
    },
    /// Manage the baseline: the list of findings that are accepted for now.
    Baseline(baseline::BaselineArgs),
    /// Show what rapporteur understands of the records in a file, and why.
    Facts(facts::FactsArgs),
    /// Print completions for a shell.
    Completions(completions::CompletionsArgs),
    /// Print the manual page.
    Man,
    /// Start the language server on standard input and output, for editors.
    Server {
        /// Has no effect; some editors always pass it.
        #[arg(long)]
        stdio: bool,
    },
}

/// Which configuration counts.
#[derive(Args, Debug, Default)]
pub struct ConfigArgs {
    /// The configuration file [default: the nearest rapporteur.toml in this folder or one above it]
    #[arg(long, value_name = "FILE", conflicts_with = "no_config", help_heading = "Configuration")]
    config: Option<PathBuf>,
    /// Ignore configuration files
    #[arg(long, help_heading = "Configuration")]
    no_config: bool,
}

impl ConfigArgs {
    fn which(&self) -> Which {
        match &self.config {
            Some(file) => Which::At(file.clone()),
            None if self.no_config => Which::Without,
            None => Which::Nearest,
        }
    }

    /// What a configuration that counts comes from, and what it comes from that none does.
    const fn origin(&self) -> [&'static str; 2] {
        let found = if self.config.is_some() { "--config" } else { "nearest upwards" };
        [found, if self.no_config { "--no-config" } else { "none upwards" }]
    }

    /// Whether the configuration is the one that every command finds by itself.
    fn is_usual(&self) -> bool {
        self.config.is_none() && !self.no_config
    }
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.word()))
    }
}

/// Why a command could not do its work.
#[derive(Debug)]
enum Failure {
    /// The arguments or the program; with what to do, where that is known.
    Message { message: String, tip: Option<String> },
    /// The configuration.
    Config(Box<ConfigError>),
    /// A stream.
    Stream(io::Error),
    /// The program itself; the panic has told it.
    Defect,
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Stream(error)
    }
}

impl From<ProjectError> for Failure {
    fn from(error: ProjectError) -> Self {
        match error {
            ProjectError::Config(error) => Self::Config(error),
            ProjectError::Baseline { tip: Some(tip), .. } => {
                Self::Message { message: error.to_string(), tip: Some(tip.to_owned()) }
            }
            other => Self::new(other.to_string()),
        }
    }
}

impl From<InputError> for Failure {
    fn from(error: InputError) -> Self {
        Self::new(error.to_string())
    }
}

impl Failure {
    fn new(message: String) -> Self {
        Self::Message { message, tip: None }
    }

    /// There is no `noun` of that name, but perhaps another was meant.
    fn unknown(noun: &str, name: &str, meant: Option<&str>, list: &str) -> Self {
        let tip = meant.map_or_else(|| list.to_owned(), |meant| format!("did you mean `{meant}`?"));
        Self::Message { message: format!("no {noun} `{name}`"), tip: Some(tip) }
    }

    /// Mistakes of the configuration are written in `format`.
    fn write(&self, format: Format, options: &Terminal, err: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Message { message, tip } => {
                writeln!(err, "error: {}", one_line(message, 2_000))?;
                tip.iter().try_for_each(|tip| writeln!(err, "\n  tip: {tip}"))
            }
            Self::Config(error) => {
                let options = Terminal { quiet: true, ..options.clone() };
                let mut report = error.report();
                if format == Format::Concise {
                    // What to do would be lost in a line without its help.
                    for finding in &mut report.findings {
                        let help = finding.help.take().map(|help| format!("; {help}"));
                        finding.message.extend(help);
                    }
                }
                format.write(&report, &options, err)
            }
            Self::Stream(error) => {
                writeln!(err, "error: output: {}", crate::input::write_reason(error))
            }
            Self::Defect => Ok(()),
        }
    }
}

/// Runs the program on the arguments, streams and working folder of the process.
#[must_use]
pub fn main() -> process::ExitCode {
    main_with(RuleSet::bundled())
}

/// The same, with other rules than those of rapporteur alone.
#[must_use]
pub fn main_with(rules: &RuleSet) -> process::ExitCode {
    let (out, mut err) = (io::stdout(), io::stderr());
    let world = World {
        rules,
        cwd: std::env::current_dir().ok(),
        variable: &|name| std::env::var_os(name),
        input: &|| Box::new(io::BufReader::new(io::stdin())),
        columns: terminal_size::terminal_size().map(|(width, _)| width.0.into()),
        out_is_terminal: out.is_terminal(),
        err_is_terminal: err.is_terminal(),
        shows_links: supports_hyperlinks::supports_hyperlinks(),
    };
    let mut out = io::BufWriter::with_capacity(1 << 16, out);
    panics::tell_once();
    run(std::env::args_os(), &world, &mut out, &mut err).into()
}

/// Runs the program in `world` on `arguments`, of which the first is its name.
pub fn run(
    arguments: impl IntoIterator<Item = OsString>,
    world: &World<'_>,
    out: &mut (dyn Write + Send),
    err: &mut (dyn Write + Send),
) -> Exit {
    let mut format = Format::Full;
    let (color, done) = match Arguments::try_parse_from(arguments) {
        Ok(Arguments { command, color }) => {
            format = command.format_of_mistakes();
            let threads = command.threads();
            let work = || panics::caught(|| dispatch(command, color, world, out, err));
            match threads {
                Some(threads) => (color, threads::within(threads, work)),
                None => (color, work()),
            }
        }
        Err(error) => (ColorChoice::default(), misunderstood(error, out, err)),
    };
    let done = done.and_then(|exit| patient(out.flush()).map(|()| exit).map_err(Failure::from));
    done.unwrap_or_else(|failure| match failure {
        Failure::Stream(error) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Clean,
        failure => {
            // A standard error that is closed leaves the exit code to tell it.
            let _ = failure.write(format, &world.terminal(color, world.err_is_terminal), err);
            Exit::Failure
        }
    })
}

impl Command {
    /// The format in which mistakes of the configuration go to standard error: as the report has it, if one line is one mistake there.
    fn format_of_mistakes(&self) -> Format {
        match self {
            Self::Check(args) => args.format_of_mistakes(),
            _ => Format::Full,
        }
    }
}

fn dispatch(
    command: Command,
    color: ColorChoice,
    world: &World<'_>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Exit, Failure> {
    match command {
        Command::Check(args) => check::run(&args, color, world, out, err),
        Command::Init(args) => init::run(&args, world, out, err),
        Command::Rules(args) => {
            let terminal = world.terminal(color, world.out_is_terminal);
            rules::run(&args, &world.rules_here(), &terminal, out)
        }
        Command::Explain { name, format } => {
            let terminal = world.terminal(color, world.out_is_terminal);
            explain::run(&name, format, (&world.rules_here(), &terminal), out)
        }
        Command::Schema { kind, bundle } => schema::run(kind.as_deref(), bundle, world.rules, out),
        Command::Baseline(args) => baseline::run(&args, world, out, err),
        Command::Facts(args) => facts::run(&args, world, out, err),
        Command::Completions(args) => completions::run(&args, world.rules, out),
        Command::Man => man::run(out),
        Command::Server { .. } => server::run(world, out),
    }
}

/// Help and the version are answers; everything else that clap does not understand is a mistake.
fn misunderstood(
    mut error: clap::Error,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Exit, Failure> {
    suggest_commands(&mut error);
    // What was typed is in it as it was typed.
    let text = error.render().to_string();
    let text = visible(&text);
    if error.use_stderr() {
        let _ = write!(err, "{text}");
        return Ok(Exit::Failure);
    }
    patient(write!(out, "{text}"))?;
    Ok(Exit::Clean)
}

/// Puts the nearest command first, which clap names last, and names one where clap names none: after `help`.
fn suggest_commands(error: &mut clap::Error) {
    let suggested = match error.get(ContextKind::SuggestedSubcommand) {
        Some(ContextValue::Strings(names)) => names.iter().rev().cloned().collect(),
        _ => match error.get(ContextKind::InvalidSubcommand) {
            Some(ContextValue::String(name)) => {
                let command = Arguments::command();
                let names = command.get_subcommands().map(clap::Command::get_name);
                suggest::nearest(name, names).map(str::to_owned).into_iter().collect()
            }
            _ => Vec::new(),
        },
    };
    if !suggested.is_empty() {
        error.insert(ContextKind::SuggestedSubcommand, ContextValue::Strings(suggested));
    }
}

/// A reader that closes the pipe early is not a failure.
fn patient(written: io::Result<()>) -> io::Result<()> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

#[cfg(test)]
mod tests;
