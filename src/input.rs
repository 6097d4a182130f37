//! The disk: which files a run is about, and their bytes. Nothing else touches files.

mod buffers;
mod collect;
mod ignores;
mod links;
mod names;
mod paths;
mod read;
mod schemas;
mod tables;
mod walk;
mod write;

use std::{
    collections::BTreeSet,
    fmt, fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

pub use self::{
    buffers::Buffers,
    links::{inside, place},
    names::names,
    paths::{absolute, identity},
    read::{exists, read, read_file, read_stream},
    schemas::{Schemas, schema_fault, schemas},
    tables::{check_columns, check_patterns},
    walk::repository,
    write::{create, is_stream, is_taken, may_replace, replace, write},
};
use self::{
    collect::{Collector, Place},
    paths::shown,
};
use crate::{
    config::{Config, ConfigError, ENDINGS, FILE_NAME},
    lint::Unread,
    rule::RuleSet,
    source::Syntax,
    sources::Input,
};

/// What a run is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Collected {
    /// The files, sorted by path, each once.
    pub inputs: Vec<Arc<Input>>,
    /// Whether they are all that the project has.
    pub is_whole: bool,
    /// What was named, or met on the way, and could not be read; sorted by path.
    pub unread: Vec<Unread>,
    /// What was named, or met on the way, and is left out by `exclude`; sorted by path.
    pub excluded: Vec<Excluded>,
    /// The patterns of `exclude` that name a file or folder which does not exist, by their places in the configuration.
    pub absent: Vec<usize>,
    /// The configurations of folders below the root that hold reported files, by their paths, sorted. They do not count here.
    pub nested: Vec<String>,
}

/// A file or folder that `exclude` leaves out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Excluded {
    /// The path shown to people; of a folder with `/` at its end.
    pub path: String,
    /// The pattern that matches it.
    pub pattern: String,
    /// The place of the pattern in the configuration, in bytes.
    pub at: usize,
    /// Whether the command line names it.
    pub is_named: bool,
}

/// Why the arguments name no run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InputError {
    /// A named file is none that records are written in.
    Ending {
        /// The file as named.
        path: String,
    },
    /// A pattern on the command line is wrong.
    Pattern {
        /// The pattern as named.
        pattern: String,
        /// What is wrong with it.
        reason: String,
    },
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ending { path } => write!(f, "`{path}` does not end in {ENDINGS}"),
            Self::Pattern { pattern, reason } => {
                write!(f, "there is no file `{pattern}`, and it is not a valid pattern: {reason}")
            }
        }
    }
}

impl std::error::Error for InputError {}

impl Config {
    /// The nearest configuration in `folder` or one of its ancestors.
    #[must_use]
    pub fn discover(folder: &Path) -> Option<PathBuf> {
        Self::nearest(folder, &Buffers::default())
    }

    /// The same, where `buffers` may hold it.
    #[must_use]
    pub fn nearest(folder: &Path, buffers: &Buffers) -> Option<PathBuf> {
        // To look for one among them at each folder costs more than to see that there is none.
        let may_be_open = buffers.paths().any(|path| path.ends_with(FILE_NAME));
        // What is no file, and what cannot be read, would make one further up count in silence.
        let is_meant = |path: &PathBuf| fs::symlink_metadata(path).is_ok() && !path.is_dir();
        let is_there = |path: &PathBuf| is_meant(path) || (may_be_open && buffers.exist(path));
        folder.ancestors().map(|at| at.join(FILE_NAME)).find(is_there)
    }

    /// Reads and checks the configuration at `path`, wherever links lead; it may name these `rules`.
    pub fn load(path: &Path, rules: &RuleSet, buffers: &Buffers) -> Result<Self, ConfigError> {
        let bytes = buffers.read_file(path).map_err(|error| links::dead(path, error));
        Self::read(path, bytes, rules, buffers)
    }

    /// The same for the configuration that was [found](Self::nearest), and not named: it is in its folder.
    pub fn load_nearest(
        path: &Path,
        rules: &RuleSet,
        buffers: &Buffers,
    ) -> Result<Self, ConfigError> {
        let root = path.parent().unwrap_or(path);
        let root = identity(Path::new(""), root);
        let bytes = if links::leads_out(&root, path) {
            Err(refuse("it is a link that leads out of its folder, which only `--config` follows"))
        } else {
            buffers.read_inside(&root, path)
        };
        Self::read(path, bytes, rules, buffers)
    }

    fn read(
        path: &Path,
        bytes: io::Result<Vec<u8>>,
        rules: &RuleSet,
        buffers: &Buffers,
    ) -> Result<Self, ConfigError> {
        let bytes = bytes.map_err(|error| ConfigError::unread(path, reason(&error)))?;
        let root = path.parent().unwrap_or(path);
        let inside = |name: &str| {
            let read = buffers.read_inside(root, Path::new(name));
            read.map_err(|error| reason(&error))
        };
        Self::parse_with(path, bytes, rules, &inside)
    }
}

/// The files of a run in the project at `root`; the paths in `named` are relative to `cwd`.
///
/// With `[[records]]` in the configuration the corpus is what they match, and `named` says what is
/// reported; a named file that no entry matches is added. Otherwise the corpus is every file of a
/// known syntax in the named folders (the project, if nothing is named) and beside and below the
/// named files, of which only those named are reported. Hidden and git-ignored files are left out
/// unless they are named.
///
/// Links are followed where they are named or begin a pattern, and not where they are met on the way; and only where they
/// end inside the project. A file is taken once, whatever links lead to it. What `exclude` matches is left out even if it
/// is named.
///
/// Of the files in whose place `buffers` hold a text, those that do not exist yet count as if they did.
/// A named file that no entry matches is skipped if it is not a record, since editors name
/// whatever is open.
pub fn collect(
    root: &Path,
    cwd: &Path,
    config: Option<&Config>,
    named: &[PathBuf],
    buffers: &Buffers,
) -> Result<Collected, InputError> {
    let mut collector = Collector::new(identity(cwd, root), buffers);
    if let Some(config) = config {
        collector.exclude = Arc::clone(&config.exclude);
    }
    let named = collector.named(cwd, named, config)?;
    if let Some(config) = config {
        // First, so that no table is taken for a file of records.
        collector.tables(config, named.as_ref());
    }
    match config {
        Some(config) if !config.entries.is_empty() => {
            collector.by_entries(config, named.as_ref());
        }
        _ => collector.by_folders(named.as_ref()),
    }
    let has_entries = config.is_some_and(|config| !config.entries.is_empty());
    let is_whole = has_entries || collect::is_named(named.as_ref(), &collector.root);
    Ok(Collected { is_whole, ..collector.finish() })
}

/// The folders in and below `folder` that have a configuration, on disk or among the `buffers`; hidden and
/// ignored ones are left out.
#[must_use]
pub fn configured(folder: &Path, buffers: &Buffers) -> BTreeSet<PathBuf> {
    let is_wanted = |path: &str| Path::new(path).ends_with(FILE_NAME);
    let mut collector = Collector::new(identity(Path::new(""), folder), buffers);
    let met = collector.walk(vec![collector.root.clone()], is_wanted);
    met.files.iter().filter_map(|place| place.disk.parent()).map(Path::to_owned).collect()
}

/// The endings of files that may be about meetings and that no run reads by itself.
const OTHERS: [&str; 10] =
    ["csv", "doc", "docx", "ics", "markdown", "md", "ods", "odt", "tsv", "xlsx"];

/// The files in and below `cwd` that may be about meetings and that no run reads unless they are named, sorted by path.
#[must_use]
pub fn others(cwd: &Path) -> Vec<Input> {
    let is_wanted = |path: &str| {
        let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
        ending.is_some_and(|ending| OTHERS.contains(&ending.as_str()))
    };
    let buffers = Buffers::default();
    let mut collector = Collector::new(identity(Path::new(""), cwd), &buffers);
    let met = collector.walk(vec![collector.root.clone()], is_wanted);
    let input = |place: Place| Input { disk: place.disk, ..Input::named(&place.shown) };
    let mut all: Vec<Input> = met.files.into_iter().map(input).collect();
    all.sort_by(|a, b| a.path.cmp(&b.path));
    all
}

/// One file by itself, at an absolute path; passed over if it is no record.
#[must_use]
pub fn alone(path: &Path) -> Collected {
    let path = absolute(Path::new(""), path);
    let input = Input {
        path: shown(path.parent().unwrap_or(&path), &path),
        disk: identity(Path::new(""), &path),
        schema: None,
        table: None,
        supplied: None,
        reported: true,
        expected: false,
    };
    let inputs =
        if Syntax::of_path(&input.path).is_some() { vec![input.into()] } else { Vec::new() };
    Collected { inputs, ..Collected::default() }
}

/// An error with a reason of our own, which [`reason`] says.
#[must_use]
pub fn refuse(why: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, Refused(why))
}

/// A reason of our own inside an [`io::Error`].
#[derive(Debug)]
struct Refused(&'static str);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for Refused {}

/// Why a file could not be read, in words that do not depend on the system or its language.
#[must_use]
pub fn reason(error: &io::Error) -> String {
    known(error).unwrap_or("reading failed").to_owned()
}

/// Why a file or stream could not be written, in words that do not depend on the system or its language.
#[must_use]
pub fn write_reason(error: &io::Error) -> &'static str {
    known(error).unwrap_or("writing failed")
}

fn known(error: &io::Error) -> Option<&'static str> {
    if let Some(refused) = error.get_ref().and_then(|inner| inner.downcast_ref::<Refused>()) {
        return Some(refused.0);
    }
    #[cfg(unix)]
    if error.raw_os_error() == Some(libc::ELOOP) {
        return Some("its links lead in a circle");
    }
    Some(match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder",
        io::ErrorKind::PermissionDenied => "permission denied",
        io::ErrorKind::IsADirectory => "it is a folder",
        io::ErrorKind::NotADirectory => "a part of the path is not a folder",
        io::ErrorKind::InvalidFilename => "the name is not allowed",
        io::ErrorKind::OutOfMemory => "it does not fit into memory",
        io::ErrorKind::Interrupted | io::ErrorKind::TimedOut => "it was interrupted",
        io::ErrorKind::StorageFull => "no space is left",
        io::ErrorKind::QuotaExceeded => "no more may be stored",
        io::ErrorKind::FileTooLarge => "it would become too large",
        io::ErrorKind::ReadOnlyFilesystem => "nothing can be written there",
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
