//! A project: its configuration, schemas, files and baseline, read once and checked as a whole. What the
//! command line and the language server share, so that both find the same.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::{self, Write as _},
    path::{Path, PathBuf},
    sync::Arc,
};

use jiff::civil::Date;

use crate::{
    allow::{Baseline, baseline::Misread},
    analysis::{self, Analysis, Folder, Folders},
    config::{Config, ConfigError, Glob, Levels},
    digest,
    input::{self, Buffers, Collected, InputError, Schemas},
    lint::{self, Report, Run},
    rule::{self, Rule, RuleSet},
    schema::{Catalog, Space, Unknown},
    source::{Source, Syntax},
    sources::Input,
};

/// The name of the baseline, beside the configuration.
pub const BASELINE: &str = "rapporteur.baseline";

/// Which configuration counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Which {
    /// The nearest one, from the working folder upwards, if there is one.
    #[default]
    Nearest,
    /// The nearest one, from the folder of this file upwards, if there is one. The file need not exist.
    Around(PathBuf),
    /// The one at this path.
    At(PathBuf),
    /// None.
    Without,
}

/// A project, read but not yet checked.
#[derive(Debug)]
pub struct Project {
    /// The rules that there are.
    pub rules: RuleSet,
    /// Its configuration, if it has one.
    pub config: Option<Config>,
    /// The folder that paths are shown from.
    pub root: PathBuf,
    /// The schemas: the bundled ones, and those that the configuration names.
    pub catalog: Arc<Catalog>,
    /// The files.
    pub collected: Collected,
    buffers: Buffers,
}

/// How a project is checked.
pub struct Options<'o> {
    /// The severity of each rule.
    pub levels: &'o Levels,
    /// The findings that were there before.
    pub baseline: Option<&'o Baseline>,
    /// Receives how many of the files are done.
    pub progress: &'o (dyn Fn(usize, usize) + Sync),
    /// The day from which the records are looked at.
    pub as_of: Option<Date>,
    /// Whether to tell findings of one shape once, where there are very many.
    pub collapse: bool,
    /// Whether to keep the sources in which something was found.
    pub keep_sources: bool,
}

impl fmt::Debug for Options<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options").field("as_of", &self.as_of).finish_non_exhaustive()
    }
}

/// Why a project cannot be checked.
#[derive(Debug)]
pub enum ProjectError {
    /// The configuration cannot be used.
    Config(Box<ConfigError>),
    /// What was named is nothing to check.
    Input(InputError),
    /// The baseline cannot be used.
    Baseline {
        /// The path shown to people.
        path: String,
        /// The line that is wrong, from 1; `None` if the file could not be read.
        line: Option<u32>,
        /// What is wrong.
        reason: String,
        /// What to do next, where that is known.
        tip: Option<&'static str>,
        /// Whether a later version of the program has written it.
        is_later: bool,
    },
}

impl ProjectError {
    /// Whether a later version of the program has written the baseline.
    #[must_use]
    pub const fn is_of_later_version(&self) -> bool {
        matches!(self, Self::Baseline { is_later: true, .. })
    }
}

impl From<ConfigError> for ProjectError {
    fn from(error: ConfigError) -> Self {
        Self::Config(Box::new(error))
    }
}

impl From<InputError> for ProjectError {
    fn from(error: InputError) -> Self {
        Self::Input(error)
    }
}

impl fmt::Display for ProjectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Config(error) => error.fmt(f),
            Self::Input(error) => error.fmt(f),
            Self::Baseline { path, line: Some(line), reason, .. } => {
                write!(f, "the baseline `{path}`, line {line}: {reason}")
            }
            Self::Baseline { path, line: None, reason, .. } => {
                write!(f, "the baseline `{path}`: {reason}")
            }
        }
    }
}

impl std::error::Error for ProjectError {}

/// Reads the configuration that counts in `cwd`.
fn config(
    rules: &RuleSet,
    which: &Which,
    cwd: &Path,
    buffers: &Buffers,
) -> Result<Option<Config>, ProjectError> {
    let path = match which {
        Which::At(file) => return Ok(Some(Config::load(&cwd.join(file), rules, buffers)?)),
        Which::Without => None,
        Which::Nearest => Config::nearest(cwd, buffers),
        // From where the file is, whatever links lead to it.
        Which::Around(file) => {
            input::identity(cwd, file).parent().and_then(|at| Config::nearest(at, buffers))
        }
    };
    Ok(path.map(|path| Config::load_nearest(&path, rules, buffers)).transpose()?)
}

/// The rules that there are in `cwd`: these, and those that the nearest configuration declares.
pub fn rules_in(rules: &RuleSet, cwd: &Path) -> Result<RuleSet, ProjectError> {
    let config = config(rules, &Which::Nearest, cwd, &Buffers::default())?;
    Ok(config.map_or_else(|| rules.clone(), |config| config.known))
}

/// The schemas of a project: the bundled ones, and those that its configuration names.
fn catalog(config: Option<&Config>, buffers: &Buffers) -> Result<Arc<Catalog>, ProjectError> {
    let Some(config) = config else { return Ok(Catalog::bundled()) };
    let Schemas { sources: schemas, unread } = input::schemas(config, buffers);
    let catalog = if schemas.is_empty() {
        Catalog::bundled()
    } else {
        Arc::new(Catalog::with_formats(schemas.clone(), &unread, config.formats()))
    };
    config.check_schemas(&catalog, &|name| input::schema_fault(config, name, buffers))?;
    Ok(with_tables(config, catalog, schemas, &unread))
}

/// The catalogue with what a configuration says of namespaces, and with the schemas of its tables. The catalogue is that of the
/// `schemas` of the project.
pub(crate) fn with_tables(
    config: &Config,
    catalog: Arc<Catalog>,
    mut schemas: Vec<Source>,
    unread: &BTreeMap<String, String>,
) -> Arc<Catalog> {
    if config.registers.is_empty() && config.spaces.is_empty() && config.own_rules.is_empty() {
        return catalog;
    }
    // How the keys of tables are read is known only from the other schemas.
    let rows = config.row_schemas(&catalog).into_iter();
    schemas.extend(rows.map(|(path, text)| Source::new(path, Syntax::Json, text)));
    let mut catalog = Catalog::with_formats(schemas, unread, config.formats());
    let spaces: Vec<Space> = config.spaces.iter().map(|(space, _)| space.clone()).collect();
    catalog.set_spaces(&spaces);
    catalog.set_complete(config.complete());
    catalog.set_rules(&config.own_uses());
    Arc::new(catalog)
}

impl Project {
    /// Reads the configuration that counts in `cwd`, which may name these `rules`, and finds the files; `named` are the
    /// paths that someone named, relative to `cwd`, and `buffers` are in the place of files.
    pub fn open(
        rules: &RuleSet,
        which: &Which,
        cwd: &Path,
        named: &[PathBuf],
        buffers: Buffers,
    ) -> Result<Self, ProjectError> {
        let config = config(rules, which, cwd, &buffers)?;
        if let Some(config) = &config {
            input::check_patterns(config)?;
        }
        let root = config.as_ref().map_or(cwd, |config| &config.root).to_owned();
        let collected = input::collect(&root, cwd, config.as_ref(), named, &buffers)?;
        let catalog = catalog(config.as_ref(), &buffers)?;
        if let Some(config) = &config {
            input::check_columns(config, &collected, &buffers)?;
        }
        let rules = config.as_ref().map_or(rules, |config| &config.known).clone();
        Ok(Self { rules, config, root, catalog, collected, buffers })
    }

    /// One file that belongs to no project, with nothing around it: `buffers` hold its text, else the disk.
    #[must_use]
    pub fn alone(rules: &RuleSet, path: &Path, buffers: Buffers) -> Self {
        Self {
            rules: rules.clone(),
            config: None,
            root: path.parent().unwrap_or(path).to_owned(),
            catalog: Catalog::bundled(),
            collected: input::alone(path),
            buffers,
        }
    }

    /// The patterns that match no file: those for records, those of `[[overrides]]`, and those of `exclude` that name what does not
    /// exist.
    #[must_use]
    pub fn unmatched(&self) -> Vec<&Glob> {
        let Some(config) = &self.config else { return Vec::new() };
        let Collected { inputs, unread, .. } = &self.collected;
        let mut unmatched = config.for_records.unmatched();
        let paths = inputs.iter().map(|one| &one.path).chain(unread.iter().map(|one| &one.path));
        for path in paths {
            unmatched.meet(path);
        }
        let glob = |(entry, number): (usize, usize)| config.entries.get(entry)?.files.get(number);
        let mut all: Vec<&Glob> = unmatched.left().filter_map(glob).collect();
        let paths: Vec<&str> = inputs.iter().map(|one| one.path.as_str()).collect();
        all.extend(config.overrides.iter().flat_map(|one| one.files.unmatched(&paths)));
        let absent: BTreeSet<usize> = self.collected.absent.iter().copied().collect();
        let excluded = config.exclude.globs().iter();
        all.extend(excluded.filter(|glob| absent.contains(&glob.span.start)));
        all
    }

    /// The severity of each rule that the command line does not set.
    #[must_use]
    pub fn levels(&self) -> Levels {
        Levels::new(self.config.as_ref(), Vec::new(), Vec::new())
    }

    /// The baseline at `path`, or the one of the project if it has one.
    pub fn baseline(&self, path: Option<&Path>) -> Result<Option<Baseline>, ProjectError> {
        let read = self.merged_baseline(path)?;
        if let Some((baseline, line)) = read.as_ref().and_then(|one| Some((one, one.conflict()?))) {
            return Err(ProjectError::Baseline {
                path: baseline.source.path.clone(),
                line: Some(line),
                reason: "a merge has left a conflict".to_owned(),
                tip: Some(
                    "`rapporteur baseline prune` keeps what both sides have and is still found",
                ),
                is_later: false,
            });
        }
        Ok(read)
    }

    /// The same, also where a merge has left a conflict in it.
    pub fn merged_baseline(&self, path: Option<&Path>) -> Result<Option<Baseline>, ProjectError> {
        let own = self.root.join(BASELINE);
        let at = path.unwrap_or(&own);
        let bytes = match path {
            Some(path) => self.buffers.read_file(path),
            None if !input::is_taken(&own) && !self.buffers.exist(&own) => return Ok(None),
            // Whoever names no file has not looked where the link leads.
            None => self.buffers.read_inside(&self.root, &own),
        };
        let bytes = bytes.map_err(|error| self.unreadable_baseline(at, input::reason(&error)))?;
        let read = Baseline::parse(&self.shown(at), bytes);
        read.map(Some).map_err(|wrong| {
            let Misread { line, reason, is_later } = wrong;
            let tip = if is_later {
                "use the version of rapporteur that wrote it, or a later one"
            } else {
                "`rapporteur baseline update` writes it anew"
            };
            let (line, tip, path) = (Some(line), Some(tip), self.shown(at));
            ProjectError::Baseline { path, line, reason, tip, is_later }
        })
    }

    /// The path of the baseline beside the configuration, which need not exist; an error where a link leads out of the
    /// project.
    pub fn own_baseline(&self) -> Result<PathBuf, ProjectError> {
        let own = self.root.join(BASELINE);
        let root = input::identity(&self.root, Path::new(""));
        match input::inside(&root, Path::new(BASELINE)) {
            Ok(_) => Ok(own),
            Err(error) => Err(self.unreadable_baseline(&own, input::reason(&error))),
        }
    }

    fn unreadable_baseline(&self, at: &Path, reason: String) -> ProjectError {
        let path = self.shown(at);
        ProjectError::Baseline { path, line: None, reason, tip: None, is_later: false }
    }

    fn shown(&self, path: &Path) -> String {
        path.strip_prefix(&self.root).unwrap_or(path).to_string_lossy().replace('\\', "/")
    }

    /// The bytes of one of its files, or why they cannot be read.
    pub fn read(&self, input: &Input) -> Result<Vec<u8>, String> {
        self.buffers.read(input).map_err(|error| error.to_string())
    }

    /// What the project has in the file `path`, seen from `cwd`, that no report may be written over. What holds
    /// no records, and a report of an earlier run, gives way.
    #[must_use]
    pub fn keeps(&self, cwd: &Path, path: &Path) -> Option<&'static str> {
        let path = input::identity(cwd, path);
        let is_there = |other: &Path| {
            other.file_name() == path.file_name() && input::identity(&self.root, other) == path
        };
        if self.config_files().any(|path| is_there(&path)) {
            return Some("the configuration");
        }
        if is_there(Path::new(BASELINE)) {
            return Some("the baseline");
        }
        if self.schemas().any(is_there) {
            return Some("a schema");
        }
        let input = self.collected.inputs.iter().find(|input| is_there(&input.disk))?;
        if input.table.is_some() {
            return Some("a table of keys");
        }
        let bytes = input::read(input).ok().filter(|bytes| !bytes.is_empty())?;
        let tree = analysis::tree_of(input, bytes);
        if analysis::is_report(&tree) {
            return None;
        }
        // A mistake in the kind, or before it, makes no report of a record.
        let may_be_one = |record| {
            !matches!(
                self.catalog.choose(record, None),
                Err(Unknown::NoKind | Unknown::NotAnObject)
            )
        };
        let holds = tree.records().into_iter().any(|record| input.expected || may_be_one(record));
        (holds || !tree.is_whole()).then_some("records")
    }

    /// The paths of its configuration, and of the files that it extends.
    fn config_files(&self) -> impl Iterator<Item = PathBuf> {
        let more = |config: &'_ Config| -> Vec<PathBuf> {
            config.parts.iter().skip(1).map(|source| self.root.join(&source.path)).collect()
        };
        let first = self.config.iter().map(|config| config.path.clone());
        first.chain(self.config.iter().flat_map(more))
    }

    /// The paths of its own schemas, from its root. Those that come with the program are in no file.
    fn schemas(&self) -> impl Iterator<Item = &Path> {
        let own = self.catalog.files().iter().filter(|file| !file.bundled);
        own.map(|file| Path::new(&file.source.path))
    }

    /// Stands for everything but the files themselves that decides what is found in each, at the [`Project::levels`]
    /// of the project: the configuration, the schemas, and the day from which the records are looked at.
    #[must_use]
    pub fn key(&self, as_of: Option<Date>) -> u128 {
        let config = self.config.iter().flat_map(|config| config.parts.iter());
        let schemas = self.catalog.files().iter().map(|file| &file.source);
        let mut all = format!("{as_of:?}");
        for source in config.chain(schemas) {
            let text = digest::wide(source.text.as_bytes());
            let _ = write!(all, "\u{0}{}\u{0}{text:x}", source.path);
        }
        digest::wide(all.as_bytes())
    }

    /// Whether the file at this absolute path is one of the project that holds records and nothing else that
    /// counts: another text of it changes neither [`Project::key`] nor which files there are.
    #[must_use]
    pub fn has_only_records_in(&self, disk: &Path) -> bool {
        let is_input = |input: &Arc<Input>| input.disk == disk && input.table.is_none();
        let is_there = |path: &Path| self.root.join(path) == disk;
        self.collected.inputs.iter().any(is_input)
            && self.config.as_ref().is_none_or(|config| config.path != disk)
            && !is_there(Path::new(BASELINE))
            && !self.schemas().any(is_there)
    }

    /// Puts other `buffers` in the place of files, which all [hold records only](Project::has_only_records_in) and
    /// are files of the project already.
    pub fn set_buffers(&mut self, buffers: Buffers) {
        self.buffers = buffers;
    }

    /// How it is checked.
    fn run<'o>(
        &'o self,
        options: &'o Options<'o>,
        (setting, of_rule, at): (&'o Setting<'o>, &'o OptionsOf<'o>, &'o lint::SettingAt<'o>),
    ) -> Run<'o> {
        Run {
            rules: &self.rules,
            is_whole: self.collected.is_whole,
            folders: Some(self),
            is_complete: self.collected.unread.is_empty(),
            setting,
            options: of_rule,
            setting_at: options.levels.differ_by_file().then_some(at),
            exceptions: self.config.as_ref().map_or(&[], |config| &config.exceptions),
            config: self.config.as_ref().map(|config| &config.parts),
            baseline: options.baseline,
            progress: options.progress,
            as_of: options.as_of,
            collapse: options.collapse,
            keep_sources: options.keep_sources,
            ..Run::by(lint_schemas(&self.catalog))
        }
    }

    /// Checks all of it, in the threads of the pool that this is called in.
    #[must_use]
    pub fn check(&self, options: &Options<'_>) -> Report {
        let setting = |rule: &Rule| options.levels.of(rule);
        let of_rule = |rule: &Rule| options.levels.options(rule);
        let at = |path: &str, rule: &Rule| options.levels.at(path, rule);
        let run = self.run(options, (&setting, &of_rule, &at));
        let read = |input: &Input| self.read(input);
        let inputs = &self.collected.inputs;
        if inputs.iter().all(|input| !input.reported) {
            return self.with_unread(Report { rules: self.rules.clone(), ..Report::default() });
        }
        self.with_unread(run.check(inputs, &read))
    }

    /// An analysis of none of its files yet.
    #[must_use]
    pub fn analysis(&self, options: &Options<'_>) -> Analysis<'static> {
        let active = lint::active(&self.rules, &|rule| options.levels.of(rule), &|rule| {
            options.levels.options(rule)
        });
        Analysis::new(lint_schemas(&self.catalog), active, options.as_of)
    }

    /// Brings an analysis that was made of this project up to date: `changed` are the files whose bytes may be others, or all.
    pub fn update(
        &self,
        analysis: &mut Analysis<'_>,
        changed: Option<&BTreeSet<PathBuf>>,
        options: &Options<'_>,
    ) -> Report {
        let read = |input: &Input| self.read(input);
        let is_changed = |input: &&Arc<Input>| changed.is_none_or(|all| all.contains(&input.disk));
        let put = self.collected.inputs.iter().filter(is_changed).cloned().collect();
        let gone = if changed.is_none() {
            analysis.paths_without(&self.collected.inputs)
        } else {
            Vec::new()
        };
        let setting = |rule: &Rule| options.levels.of(rule);
        let of_rule = |rule: &Rule| options.levels.options(rule);
        let at = |path: &str, rule: &Rule| options.levels.at(path, rule);
        analysis.apply(put, &gone, &read, options.progress);
        analysis.follow();
        self.with_unread(self.run(options, (&setting, &of_rule, &at)).report(analysis, &read))
    }

    fn with_unread(&self, mut report: Report) -> Report {
        report.unread.extend(self.collected.unread.iter().cloned());
        report.unread.sort_by(|a, b| a.path.cmp(&b.path));
        report
    }
}

impl Folders for Project {
    fn names(&self, folder: &str) -> Folder {
        input::names(&self.root, folder, &self.buffers)
    }
}

fn lint_schemas(catalog: &Arc<Catalog>) -> analysis::Schemas<'static> {
    analysis::Schemas::Shared(Arc::clone(catalog))
}

/// What someone says of a rule.
type Setting<'s> = dyn Fn(&Rule) -> lint::Setting + Sync + 's;

/// The options that someone sets of a rule.
type OptionsOf<'s> = dyn Fn(&Rule) -> rule::Options + Sync + 's;
