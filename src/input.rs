//! The disk: which files a run is about, and their bytes. Nothing else touches files.

mod buffers;
mod collect;
mod paths;
mod schemas;
mod tables;
mod walk;
mod write;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt, fs, io,
    io::Read as _,
    path::{Path, PathBuf},
};

pub use self::{
    buffers::Buffers,
    paths::{absolute, identity},
    schemas::schema_fault,
    tables::{check_columns, check_folders},
    walk::repository,
    write::{create, is_stream, is_taken, write},
};
use self::{collect::Collector, paths::shown};
use crate::{
    config::{Config, ConfigError, ENDINGS, FILE_NAME},
    lint::{Input, Unread},
    schema::{self, joined},
    source::{MAX_LEN, Source, Syntax},
};

/// What a run is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Collected {
    /// The files, sorted by path, each once.
    pub inputs: Vec<Input>,
    /// Whether they are all that the project has.
    pub is_whole: bool,
    /// What was named, or met on the way, and could not be read; sorted by path.
    pub unread: Vec<Unread>,
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
                write!(f, "there is no file `{pattern}`, and it is no pattern: {reason}")
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

    /// Reads and checks the configuration at `path`; `known` are the ids of all rules.
    pub fn load(path: &Path, known: &[&str], buffers: &Buffers) -> Result<Self, ConfigError> {
        match buffers.read_file(path) {
            Ok(bytes) => Self::parse(path, bytes, known),
            Err(_) if path.is_symlink() && !exists(path) => {
                Err(ConfigError::unread(path, "it is a link that leads nowhere".to_owned()))
            }
            Err(error) => Err(ConfigError::unread(path, reason(&error))),
        }
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
/// Links are followed where they are named or begin a pattern, and not where they are met on the way. A file
/// is taken once, whatever links lead to it.
///
/// Of the files in whose place `buffers` hold a text, those that do not exist yet count as if they did.
/// One that is named and that no entry matches is passed over if it is no record, since editors name
/// whatever is open.
pub fn collect(
    root: &Path,
    cwd: &Path,
    config: Option<&Config>,
    named: &[PathBuf],
    buffers: &Buffers,
) -> Result<Collected, InputError> {
    let mut collector = Collector::new(identity(cwd, root), buffers);
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
    let found = collector.walk(vec![collector.root.clone()], is_wanted);
    found.iter().filter_map(|place| place.disk.parent()).map(Path::to_owned).collect()
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
        reported: true,
        expected: false,
    };
    let inputs = if Syntax::of_path(&input.path).is_some() { vec![input] } else { Vec::new() };
    Collected { inputs, is_whole: false, unread: Vec::new() }
}

/// The schemas of the project that `config` names, and those that they refer to, sorted by their paths
/// relative to the project. What is no file is left out, for the catalogue to miss.
#[must_use]
pub fn schemas(config: &Config, buffers: &Buffers) -> Vec<Source> {
    let mut found: BTreeMap<String, Source> = BTreeMap::new();
    let named = config.entries.iter().filter_map(|entry| entry.schema.as_deref());
    let mut wanted: Vec<String> = named.map(|name| joined("", name)).collect();
    while let Some(path) = wanted.pop() {
        let Some(syntax) = Syntax::of_path(&path).filter(|_| !found.contains_key(&path)) else {
            continue;
        };
        let Ok(bytes) = buffers.read_file(&config.root.join(&path)) else { continue };
        let source = Source::from_bytes(path.clone(), syntax, bytes);
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        wanted.extend(schema::references(&source).iter().map(|name| joined(folder, name)));
        found.insert(path, source);
    }
    found.into_values().collect()
}

/// The bytes of `input`. The text of an error is the same on every machine.
pub fn read(input: &Input) -> io::Result<Vec<u8>> {
    read_file(&input.disk).map_err(|error| {
        let is_missing = error.kind() == io::ErrorKind::NotFound;
        // The configuration says that there are tables, and there are none.
        if is_missing && input.table.is_some() && paths::is_pattern(Path::new(&input.path)) {
            return refuse("no file matches the pattern");
        }
        io::Error::new(error.kind(), reason(&error))
    })
}

/// Whether there is something at `path`; where that cannot be found out, there may be.
#[must_use]
pub fn exists(path: &Path) -> bool {
    path.try_exists().unwrap_or(true)
}

/// The bytes of a file, which has to be one and not too long.
pub fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    let data = fs::metadata(path)?;
    // Opening a pipe or a device could wait for ever.
    if data.is_dir() {
        return Err(refuse("it is a folder"));
    }
    if !data.is_file() {
        return Err(refuse("it is no regular file"));
    }
    if data.len() > MAX_LEN as u64 {
        return Err(refuse(TOO_LARGE));
    }
    let bytes = Vec::with_capacity(data.len() as usize + 1);
    // It may grow while it is read.
    read_into(bytes, fs::File::open(path)?)
}

/// The bytes of a stream, which has to end before it is too long.
pub fn read_stream(stream: impl io::Read) -> io::Result<Vec<u8>> {
    read_into(Vec::new(), stream)
}

fn read_into(mut bytes: Vec<u8>, stream: impl io::Read) -> io::Result<Vec<u8>> {
    stream.take(MAX_LEN as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > MAX_LEN { Err(refuse(TOO_LARGE)) } else { Ok(bytes) }
}

/// An error with a reason of our own, which [`reason`] tells.
#[must_use]
pub fn refuse(why: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, Refused(why))
}

const TOO_LARGE: &str = "it is larger than 4 GiB";

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
    Some(match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder",
        io::ErrorKind::PermissionDenied => "permission denied",
        io::ErrorKind::IsADirectory => "it is a folder",
        io::ErrorKind::NotADirectory => "a part of the path is no folder",
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
