//! What the commands that check a whole project share: its configuration, schemas, files and baseline.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::{ConfigArgs, Failure, catalog};
use crate::{
    allow::Baseline,
    config::{Config, Levels},
    input::{self, Collected},
    lint::{Report, Run},
    schema::Catalog,
};

/// The name of the baseline, beside the configuration.
pub(super) const BASELINE: &str = "rapporteur.baseline";

/// A project, read but not yet checked.
pub(super) struct Project {
    pub(super) config: Option<Config>,
    pub(super) root: PathBuf,
    catalog: Catalog,
    collected: Collected,
}

/// How a project is checked.
pub(super) struct Options<'o> {
    pub(super) levels: &'o Levels,
    pub(super) baseline: Option<&'o Baseline>,
    pub(super) progress: &'o (dyn Fn(usize, usize) + Sync),
    pub(super) threads: Option<u16>,
    pub(super) as_of: Option<Date>,
    pub(super) collapse: bool,
    pub(super) keep_sources: bool,
}

impl Project {
    /// Reads the configuration and finds the files; `named` are the paths on the command line.
    pub(super) fn open(args: &ConfigArgs, cwd: &Path, named: &[PathBuf]) -> Result<Self, Failure> {
        let config = args.load(cwd)?;
        let root = config.as_ref().map_or(cwd, |config| &config.root).to_owned();
        let collected = input::collect(&root, cwd, config.as_ref(), named)?;
        let catalog = catalog(config.as_ref())?;
        Ok(Self { config, root, catalog, collected })
    }

    /// How much each rule weighs where the command line says nothing of it.
    pub(super) fn levels(&self) -> Levels {
        Levels::new(self.config.as_ref(), Vec::new(), Vec::new())
    }

    /// The baseline at `path`, or the one of the project if it has one.
    pub(super) fn baseline(&self, path: Option<&Path>) -> Result<Option<Baseline>, Failure> {
        let own = self.root.join(BASELINE);
        let Some(at) = path.or(Some(own.as_path()).filter(|own| input::exists(own))) else {
            return Ok(None);
        };
        let shown = at.strip_prefix(&self.root).unwrap_or(at).to_string_lossy().replace('\\', "/");
        let bytes = input::read_file(at).map_err(|error| {
            Failure::told(format!("the baseline `{shown}`: {}", input::reason(&error)))
        })?;
        let read = Baseline::parse(&shown, bytes);
        let told = |wrong: crate::allow::baseline::Misread| Failure::Told {
            message: format!("the baseline `{shown}`, line {}: {}", wrong.line, wrong.reason),
            tip: Some("`rapporteur baseline update` writes it anew".to_owned()),
        };
        read.map(Some).map_err(told)
    }

    /// Checks all of it.
    pub(super) fn check(&self, options: &Options<'_>) -> Result<Report, Failure> {
        let run = Run {
            catalog: &self.catalog,
            inputs: &self.collected.inputs,
            read: &|input| input::read(input).map_err(|error| error.to_string()),
            setting: &|rule| options.levels.of(rule),
            exceptions: self.config.as_ref().map_or(&[], |config| &config.exceptions),
            config: self.config.as_ref().map(|config| &config.source),
            baseline: options.baseline,
            progress: options.progress,
            as_of: options.as_of,
            collapse: options.collapse,
            keep_sources: options.keep_sources,
        };
        let mut report = checked(options.threads, &run)?;
        report.unread.extend(self.collected.unread.iter().cloned());
        report.unread.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(report)
    }
}

/// Checks in as many threads as wanted.
fn checked(threads: Option<u16>, run: &Run<'_>) -> Result<Report, Failure> {
    if run.inputs.iter().all(|input| !input.reported) {
        return Ok(Report::default());
    }
    let Some(threads) = threads else { return Ok(run.check()) };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.into()).build();
    let pool = pool.map_err(|_| Failure::told("the threads could not be started".to_owned()))?;
    Ok(pool.install(|| run.check()))
}
