//! The disk: which files a run is about, and their bytes. Nothing else touches files.

mod buffers;
mod paths;
mod schemas;
mod tables;
mod walk;
mod write;

use std::{
    collections::{BTreeMap, btree_map::Entry},
    fmt, fs, io,
    io::Read as _,
    path::{Path, PathBuf},
};

use self::paths::{absolute, shown};
pub use self::{
    buffers::Buffers,
    paths::identity,
    schemas::schema_fault,
    tables::{check_columns, check_folders},
    walk::repository,
    write::{create, is_stream, is_taken, write},
};
use crate::{
    config::{Config, ConfigError, ENDINGS, FILE_NAME, Glob},
    lint::{Input, Unread},
    schema::{self, joined},
    source::{MAX_LEN, Source, Syntax},
};

/// What a run is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Collected {
    /// The files, sorted by path, each once.
    pub inputs: Vec<Input>,
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
            Self::Pattern { pattern, reason } => write!(f, "the pattern `{pattern}`: {reason}"),
        }
    }
}

impl std::error::Error for InputError {}

impl Config {
    /// The nearest configuration in `folder` or one of its ancestors.
    #[must_use]
    pub fn discover(folder: &Path) -> Option<PathBuf> {
        // What is no file, and what cannot be read, would make one further up count in silence.
        let is_meant = |path: &PathBuf| fs::symlink_metadata(path).is_ok() && !path.is_dir();
        folder.ancestors().map(|at| at.join(FILE_NAME)).find(is_meant)
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
    let root = absolute(cwd, root);
    let mut collector = Collector { root, buffers, files: BTreeMap::new(), unread: Vec::new() };
    let named = collector.named(cwd, named, config)?;
    if let Some(config) = config {
        // First, so that no table is taken for a file of records.
        collector.tables(config, named.as_deref());
    }
    match config {
        Some(config) if !config.entries.is_empty() => {
            collector.by_entries(config, named.as_deref());
        }
        _ => collector.by_folders(named.as_deref()),
    }
    Ok(collector.finish())
}

/// One file by itself, at an absolute path; passed over if it is no record.
#[must_use]
pub fn alone(path: &Path) -> Collected {
    let path = absolute(Path::new(""), path);
    let input = Input {
        path: shown(path.parent().unwrap_or(&path), &path),
        schema: None,
        table: None,
        reported: true,
        expected: false,
        disk: path,
    };
    let inputs = if Syntax::of_path(&input.path).is_some() { vec![input] } else { Vec::new() };
    Collected { inputs, unread: Vec::new() }
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

/// Something that the command line names.
struct Named {
    path: PathBuf,
    is_folder: bool,
}

struct Collector<'b> {
    root: PathBuf,
    buffers: &'b Buffers,
    /// By absolute path, so that none is taken twice.
    files: BTreeMap<PathBuf, Input>,
    unread: Vec<Unread>,
}

impl Collector<'_> {
    /// The named files and folders that exist; patterns that no shell expanded are expanded here.
    fn named(
        &mut self,
        cwd: &Path,
        named: &[PathBuf],
        config: Option<&Config>,
    ) -> Result<Option<Vec<Named>>, InputError> {
        if named.is_empty() {
            return Ok(None);
        }
        let mut found = Vec::new();
        for name in named {
            let path = absolute(cwd, name);
            if self.buffers.hold(&path) {
                found.push(Named { path, is_folder: false });
                continue;
            }
            match fs::metadata(&path) {
                Ok(data) => found.push(Named { path, is_folder: data.is_dir() }),
                Err(error) if !paths::is_pattern(name) => {
                    self.could_not_read(&path, reason(&error));
                }
                Err(_) => self.expand(cwd, name, &mut found)?,
            }
        }
        for Named { path, is_folder } in &found {
            let relative = shown(&self.root, path);
            let is_table = || config.is_some_and(|config| config.register_for(&relative).is_some());
            if !is_folder && Syntax::of_path(&relative).is_none() && !is_table() {
                return Err(InputError::Ending { path: shown(&self.root, path) });
            }
        }
        Ok(Some(found))
    }

    fn expand(
        &mut self,
        cwd: &Path,
        name: &Path,
        found: &mut Vec<Named>,
    ) -> Result<(), InputError> {
        let matches = paths::expand(cwd, name).map_err(|reason| InputError::Pattern {
            pattern: name.to_string_lossy().into_owned(),
            reason,
        })?;
        if matches.is_empty() {
            self.could_not_read(&absolute(cwd, name), "no file matches the pattern".to_owned());
        }
        // A pattern such as `records/*` is not a wish to have its README checked.
        let wanted = matches.into_iter().filter_map(|path| {
            let is_folder = path.is_dir();
            let wanted = is_folder || Syntax::of_path(&path.to_string_lossy()).is_some();
            wanted.then_some(Named { path, is_folder })
        });
        found.extend(wanted);
        Ok(())
    }

    /// The corpus is what the entries of the configuration match.
    fn by_entries(&mut self, config: &Config, named: Option<&[Named]>) {
        let globs = config.entries.iter().flat_map(|entry| &entry.files);
        let folders = globs.flat_map(Glob::folders).map(|folder| self.root.join(folder));
        let folders = paths::outermost(folders.collect());
        let unsaved = self.unsaved(&self.root.clone());
        for path in self.walk(&folders, is_record).into_iter().chain(unsaved) {
            let relative = shown(&self.root, &path);
            if let Some(entry) = config.entry_for(&relative) {
                let reported = is_named(named, &path);
                self.add(path, entry.schema.clone(), reported, true);
            }
        }
        for Named { path, .. } in named.unwrap_or_default().iter().filter(|named| !named.is_folder)
        {
            let entry = config.entry_for(&shown(&self.root, path));
            let expected = entry.is_some() || !self.buffers.hold(path);
            self.add(path.clone(), entry.and_then(|entry| entry.schema.clone()), true, expected);
        }
    }

    /// The corpus is what stands in, beside and below what is named.
    fn by_folders(&mut self, named: Option<&[Named]>) {
        let folders = match named {
            None => vec![self.root.clone()],
            Some(named) => named
                .iter()
                .map(|named| match named.path.parent() {
                    Some(parent) if !named.is_folder => parent.to_owned(),
                    _ => named.path.clone(),
                })
                // The folder of a buffer need not exist.
                .filter(|folder| exists(folder))
                .collect(),
        };
        let folders = paths::outermost(folders);
        let unsaved: Vec<_> = folders.iter().flat_map(|folder| self.unsaved(folder)).collect();
        for path in self.walk(&folders, is_record).into_iter().chain(unsaved) {
            // Who names a folder says that it holds records; who names nothing may stand anywhere.
            let reported = is_named(named, &path);
            let expected = reported && named.is_some() && !self.buffers.hold(&path);
            self.add(path, None, reported, expected);
        }
        for Named { path, .. } in named.unwrap_or_default().iter().filter(|named| !named.is_folder)
        {
            self.add(path.clone(), None, true, !self.buffers.hold(path));
        }
    }

    /// The buffers of files in `folder` that do not exist yet.
    fn unsaved(&self, folder: &Path) -> Vec<PathBuf> {
        let inside = |path: &&Path| path.starts_with(folder) && !exists(path);
        let readable = |path: &&Path| Syntax::of_path(&path.to_string_lossy()).is_some();
        self.buffers.paths().filter(inside).filter(readable).map(Path::to_owned).collect()
    }

    fn walk(&mut self, folders: &[PathBuf], is_wanted: fn(&str) -> bool) -> Vec<PathBuf> {
        let walked = walk::files(&self.root, folders, is_wanted);
        for (path, reason) in walked.unread {
            self.could_not_read(&path, reason);
        }
        walked.files
    }

    fn add(&mut self, disk: PathBuf, schema: Option<String>, reported: bool, expected: bool) {
        match self.files.entry(disk) {
            Entry::Vacant(place) => {
                let disk = place.key().clone();
                let path = shown(&self.root, &disk);
                place.insert(Input { path, disk, schema, table: None, reported, expected });
            }
            Entry::Occupied(mut place) => {
                let input = place.get_mut();
                input.reported |= reported;
                input.expected |= expected;
            }
        }
    }

    fn could_not_read(&mut self, path: &Path, reason: String) {
        self.unread.push(Unread { path: shown(&self.root, path), reason });
    }

    fn finish(mut self) -> Collected {
        let mut inputs: Vec<Input> = self.files.into_values().collect();
        inputs.sort_by(|a, b| (&a.path, &a.disk).cmp(&(&b.path, &b.disk)));
        self.unread.sort_by(|a, b| (&a.path, &a.reason).cmp(&(&b.path, &b.reason)));
        self.unread.dedup();
        Collected { inputs, unread: self.unread }
    }
}

/// Whether the file at `path` can be one of records.
fn is_record(path: &str) -> bool {
    Syntax::of_path(path).is_some()
}

/// Whether `path` is named or lies in a named folder; without names everything is.
fn is_named(named: Option<&[Named]>, path: &Path) -> bool {
    let Some(named) = named else {
        return true;
    };
    named.iter().any(
        |one| {
            if one.is_folder { path.starts_with(&one.path) } else { path == one.path }
        },
    )
}

#[cfg(test)]
mod tests;
