//! Which files a run is about: those that the configuration matches or that are named, each once.

use std::{
    collections::{BTreeMap, BTreeSet, btree_map::Entry},
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    Buffers, Collected, Excluded, InputError, exists, is_taken, links,
    paths::{self, absolute, identity, shown},
    read::NOT_REGULAR,
    reason, refuse, walk,
};
use crate::{
    config::{self, Config, FILE_NAME, Glob, PathSet},
    lint::Unread,
    source::Syntax,
    sources::Input,
};

/// A file: how it is shown, and its one path.
pub(super) struct Place {
    pub(super) shown: String,
    pub(super) disk: PathBuf,
}

/// Something that the command line names.
struct Name {
    /// As it is reached from the root of the project.
    path: PathBuf,
    /// Its one path.
    disk: PathBuf,
    is_folder: bool,
}

/// All that the command line names.
#[derive(Default)]
pub(super) struct Named {
    names: Vec<Name>,
    disks: BTreeSet<PathBuf>,
}

impl Named {
    fn add(&mut self, name: Name) {
        self.disks.insert(name.disk.clone());
        self.names.push(name);
    }

    fn files(&self) -> impl Iterator<Item = &Name> {
        self.names.iter().filter(|name| !name.is_folder)
    }
}

/// Whether the file `disk` is named or is in a named folder; without names every file is.
pub(super) fn is_named(named: Option<&Named>, disk: &Path) -> bool {
    named.is_none_or(|named| disk.ancestors().any(|at| named.disks.contains(at)))
}

/// Finds the files of a run.
pub(super) struct Collector<'b> {
    /// The canonical path of the root.
    pub(super) root: PathBuf,
    buffers: &'b Buffers,
    /// By the bytes of their canonical path, so that none is taken twice, whatever links lead to it.
    pub(super) files: BTreeMap<OsString, Input>,
    pub(super) unread: Vec<Unread>,
    /// What does not exist for the run.
    pub(super) exclude: Arc<PathSet>,
    excluded: Vec<Excluded>,
    /// The configurations that a walk met.
    configs: Vec<PathBuf>,
}

/// What a walk meets.
#[derive(Default)]
pub(super) struct Met {
    /// The wanted files.
    pub(super) files: Vec<Place>,
    /// What has the name of a wanted file, and is a link, a pipe, a socket or a device.
    pub(super) odd: Vec<PathBuf>,
}

impl<'b> Collector<'b> {
    pub(super) fn new(root: PathBuf, buffers: &'b Buffers) -> Self {
        Self {
            root,
            buffers,
            files: BTreeMap::new(),
            unread: Vec::new(),
            exclude: Arc::default(),
            excluded: Vec::new(),
            configs: Vec::new(),
        }
    }

    /// The named files and folders that exist; patterns that no shell expanded are expanded here.
    pub(super) fn named(
        &mut self,
        cwd: &Path,
        named: &[PathBuf],
        config: Option<&Config>,
    ) -> Result<Option<Named>, InputError> {
        if named.is_empty() {
            return Ok(None);
        }
        let mut found = Named::default();
        for name in named {
            let (path, one) = (cwd.join(name), self.reach(cwd, name));
            if self.buffers.hold(&one.disk) {
                found.add(one);
                continue;
            }
            match self.named_at(&path, one) {
                Ok(one) => found.add(one),
                Err(_) if paths::is_pattern(name) && !is_taken(&path) => {
                    self.expand(cwd, name, &mut found)?;
                }
                Err(error) => self.could_not_read_named(cwd, name, &error),
            }
        }
        self.leave_out_named(&mut found);
        for name in found.files() {
            let relative = shown(&self.root, &name.path);
            let is_table = || config.is_some_and(|config| config.register_for(&relative).is_some());
            if Syntax::of_named(&relative).is_none() && !is_table() {
                return Err(InputError::Ending { path: relative });
            }
        }
        Ok(Some(found))
    }

    /// Takes out of the names what `exclude` matches.
    fn leave_out_named(&mut self, found: &mut Named) {
        found.names.retain(|name| {
            let shown = shown(&self.root, &name.path);
            let Some(glob) = self.excluding(&shown, &name.disk) else { return true };
            let path = if name.is_folder { format!("{shown}/") } else { shown };
            let excluded = Excluded::by(glob, path, true);
            self.excluded.push(excluded);
            found.disks.remove(&name.disk);
            false
        });
    }

    /// The pattern of the project that leaves out what is `shown` like this, by either way to it: as it is reached,
    /// and as it is on `disk`. What is outside of the project is not meant by its patterns.
    pub(super) fn excluding(&self, shown: &str, disk: &Path) -> Option<&Glob> {
        if self.exclude.is_empty() {
            return None;
        }
        let real = paths::shown(&self.root, disk);
        let is_inside = |path: &str| path != "." && Path::new(path).is_relative();
        [shown, real.as_str()]
            .into_iter()
            .filter(|path| is_inside(path))
            .find_map(|path| self.exclude.above(path))
    }

    /// Whether a place is left out by the patterns of the project.
    pub(super) fn is_excluded(&mut self, place: &Place) -> bool {
        let glob = self.excluding(&place.shown, &place.disk);
        let excluded = glob.map(|glob| Excluded::by(glob, place.shown.clone(), false));
        let is_excluded = excluded.is_some();
        self.excluded.extend(excluded);
        is_excluded
    }

    fn expand(&mut self, cwd: &Path, name: &Path, found: &mut Named) -> Result<(), InputError> {
        let matches = paths::expand(cwd, name).map_err(|reason| InputError::Pattern {
            pattern: name.to_string_lossy().into_owned(),
            reason,
        })?;
        if matches.is_empty() {
            self.could_not_read(&absolute(cwd, name), "no file matches the pattern".to_owned());
        }
        for path in matches {
            // A pattern such as `records/*` is not a wish to have its README checked.
            let is_record = is_record(&path.to_string_lossy()) || names_markdown(name, &path);
            match self.named_at(&path, self.reach(cwd, &path)) {
                Ok(name) if name.is_folder || is_record => found.add(name),
                Err(error) if is_record || path.is_dir() => {
                    self.could_not_read_named(cwd, &path, &error);
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// `name`, if what the command line names by it can be read: `path` leads there.
    fn named_at(&self, path: &Path, name: Name) -> io::Result<Name> {
        // What is outside by its name is meant. What a link in the project leads out to may not be.
        if name.path.starts_with(&self.root) && !name.disk.starts_with(&self.root) {
            return Err(links::out(&self.root, path));
        }
        let data = fs::metadata(path).map_err(|error| links::dead(path, error))?;
        if !(data.is_dir() || data.is_file()) || links::is_made_by_the_system(&name.disk) {
            return Err(refuse(NOT_REGULAR));
        }
        Ok(Name { is_folder: data.is_dir(), ..name })
    }

    fn could_not_read_named(&mut self, cwd: &Path, name: &Path, error: &io::Error) {
        // As it is named: what a link leads to, no one has named.
        let named = name.parent().zip(name.file_name());
        let named = named.map(|(folder, file)| self.reach(cwd, folder).path.join(file));
        let path = named.unwrap_or_else(|| self.reach(cwd, name).path);
        self.could_not_read(&path, reason(error));
    }

    /// What is named `name` in `cwd`, wherever links on the way to it begin and end. What is in the project has
    /// its one path there; what a link in the project leads out to, the path of that link.
    fn reach(&self, cwd: &Path, name: &Path) -> Name {
        let disk = identity(cwd, name);
        let is_inside = |path: &PathBuf| path.starts_with(&self.root);
        let whole = cwd.join(name);
        let by_link = || {
            whole.ancestors().skip(1).find_map(|at| {
                let real = fs::canonicalize(at).ok().filter(is_inside)?;
                Some(absolute(&real, whole.strip_prefix(at).ok()?))
            })
        };
        let path = Some(disk.clone()).filter(is_inside).or_else(by_link);
        Name { path: path.unwrap_or_else(|| absolute(cwd, name)), disk, is_folder: false }
    }

    /// The corpus is what the entries of the configuration match.
    pub(super) fn by_entries(&mut self, config: &Config, named: Option<&Named>) {
        let globs = || config.entries.iter().flat_map(|entry| &entry.files);
        let folders = globs().flat_map(Glob::folders).map(|folder| self.root.join(folder));
        // Most Markdown files are no records, so they are not even met where no entry names them.
        let names_markdown = globs().any(Glob::names_markdown);
        let is_wanted = if names_markdown { is_named_record } else { is_record };
        let Met { mut files, odd } = self.walk(folders.collect(), is_wanted);
        self.refuse_odd(odd, |path| config.entry_for(path).is_some());
        // A pattern may begin with a link, and so may be one.
        let root = self.root.clone();
        let links = globs().flat_map(Glob::paths).filter(|path| root.join(path).is_symlink());
        let mut links: Vec<Place> = links.filter_map(|path| self.place(path)).collect();
        links.retain(|place| !self.is_excluded(place));
        files.append(&mut links);
        for place in files {
            if let Some(entry) = config.entry_for(&place.shown) {
                let reported = is_named(named, &place.disk);
                self.add(place, Some(entry), reported, true);
            } else if let Some(glob) = config.left_out_by_entry(&place.shown) {
                self.excluded.push(Excluded::by(glob, place.shown, false));
            }
        }
        for Name { path, disk, .. } in named.into_iter().flat_map(Named::files) {
            let place = Place { shown: shown(&self.root, path), disk: disk.clone() };
            let entry = config.entry_for(&place.shown);
            if let Some(glob) = config.left_out_by_entry(&place.shown) {
                self.excluded.push(Excluded::by(glob, place.shown, true));
                continue;
            }
            let expected = entry.is_some() || !self.buffers.hold(disk);
            self.add(place, entry, true, expected);
        }
    }

    /// The corpus is what is in, beside and below what is named.
    pub(super) fn by_folders(&mut self, named: Option<&Named>) {
        let folders = match named {
            None => vec![self.root.clone()],
            Some(Named { names, .. }) => names
                .iter()
                .map(|name| match name.path.parent() {
                    Some(parent) if !name.is_folder => parent.to_owned(),
                    _ => name.path.clone(),
                })
                .collect(),
        };
        for place in self.walk(folders, is_record).files {
            // Who names a folder says that it holds records; who names nothing may stand anywhere.
            let reported = is_named(named, &place.disk);
            let expected = reported && named.is_some() && !self.buffers.hold(&place.disk);
            self.add(place, None, reported, expected);
        }
        for Name { path, disk, .. } in named.into_iter().flat_map(Named::files) {
            let place = Place { shown: shown(&self.root, path), disk: disk.clone() };
            self.add(place, None, true, !self.buffers.hold(disk));
        }
    }

    /// What is at `path`, seen from the root, if it can be read.
    pub(super) fn place(&mut self, path: &str) -> Option<Place> {
        let path = self.root.join(path);
        let missing = || links::dead(&path, io::ErrorKind::NotFound.into());
        match links::inside(&self.root, &path) {
            Ok(disk) if path.is_symlink() && !self.buffers.exist(&disk) => {
                self.could_not_read(&path, reason(&missing()));
                None
            }
            Ok(disk) => Some(Place { shown: shown(&self.root, &path), disk }),
            Err(error) => {
                self.could_not_read(&path, reason(&error));
                None
            }
        }
    }

    /// Reports what a pattern of the configuration matches that `is_meant` and that is not a file. Links to files and
    /// folders of the project are ignored, since what is there is met by itself.
    pub(super) fn refuse_odd(&mut self, odd: Vec<PathBuf>, is_meant: impl Fn(&str) -> bool) {
        for path in odd {
            if !is_meant(&shown(&self.root, &path)) {
                continue;
            }
            let data = links::inside(&self.root, &path).and_then(fs::metadata);
            match data.map_err(|error| links::dead(&path, error)) {
                Ok(data) if data.is_file() || data.is_dir() => {}
                Ok(_) => self.could_not_read(&path, NOT_REGULAR.to_owned()),
                Err(error) => self.could_not_read(&path, reason(&error)),
            }
        }
    }

    /// The wanted files in and below `folders`; among them those that stand only in buffers so far.
    pub(super) fn walk(&mut self, folders: Vec<PathBuf>, is_wanted: fn(&str) -> bool) -> Met {
        let folders = paths::outermost(folders).into_iter();
        let real = |folder: PathBuf| (identity(&self.root, &folder), folder);
        let mut folders: Vec<(PathBuf, PathBuf)> = folders.map(real).collect();
        // A folder outside may be named, but no link leads there.
        folders.retain(|(real, folder)| {
            real.starts_with(&self.root) || !folder.starts_with(&self.root)
        });
        // Of several ways to a file the one without links counts.
        folders.sort_by_key(|(real, folder)| real != folder);
        let mut met = Met::default();
        for (real, folder) in folders {
            if let Some(glob) = self.excluding(&shown(&self.root, &folder), &real) {
                let path = format!("{}/", shown(&self.root, &folder));
                self.excluded.push(Excluded::by(glob, path, false));
                continue;
            }
            let walked = walk::files(&self.root, &folder, is_wanted, &self.exclude);
            for path in walked.excluded {
                let (slash, path) =
                    (if path.is_dir() { "/" } else { "" }, shown(&self.root, &path));
                let glob = self.exclude.matched(&path);
                let excluded = glob.map(|glob| Excluded::by(glob, format!("{path}{slash}"), false));
                self.excluded.extend(excluded);
            }
            for (path, reason) in walked.unread {
                self.could_not_read(&path, reason);
            }
            met.odd.extend(walked.odd);
            self.configs.extend(walked.configs);
            // Those between the root and the folder, which the walk does not meet.
            let above = real.ancestors().skip(1).take_while(|at| at.starts_with(&self.root));
            let configs = above.map(|at| at.join(FILE_NAME)).filter(|at| at.is_file());
            self.configs.extend(configs);
            let is_real = folder == real;
            let place = |path: PathBuf| {
                let shown = shown(&self.root, &path);
                Place { shown, disk: if is_real { path } else { moved(&folder, &real, path) } }
            };
            let places = walked.files.into_iter().map(place);
            // The walk has seen only the paths by the link.
            let places: Vec<Place> = places
                .filter(|place| is_real || self.excluding(&place.shown, &place.disk).is_none())
                .collect();
            met.files.extend(places);
            let unsaved = |disk: &&Path| disk.starts_with(&real) && !exists(disk);
            for disk in self.buffers.paths().filter(unsaved) {
                let path =
                    if is_real { disk.to_owned() } else { moved(&real, &folder, disk.to_owned()) };
                let is_left_out = || walk::leaves_out(&self.root, &folder, &path);
                if is_wanted(&disk.to_string_lossy()) && !is_left_out() {
                    let shown = shown(&self.root, &path);
                    if self.excluding(&shown, disk).is_some() {
                        continue;
                    }
                    met.files.push(Place { shown, disk: disk.to_owned() });
                }
            }
        }
        met
    }

    fn add(&mut self, place: Place, by: Option<&config::Entry>, reported: bool, expected: bool) {
        match self.files.entry(place.disk.into_os_string()) {
            Entry::Vacant(vacant) => {
                let (path, disk) = (place.shown, vacant.key().into());
                let schema = by.and_then(|entry| entry.schema.clone());
                let (table, supplied) = (None, by.and_then(|entry| entry.supplied(&path)));
                vacant.insert(Input { path, disk, schema, table, supplied, reported, expected });
            }
            Entry::Occupied(mut taken) => {
                let input = taken.get_mut();
                input.reported |= reported;
                input.expected |= expected;
            }
        }
    }

    pub(super) fn could_not_read(&mut self, path: &Path, reason: String) {
        self.unread.push(Unread { path: shown(&self.root, path), reason });
    }

    /// The configurations of folders below the root that hold reported files.
    fn nested(&self) -> Vec<String> {
        let holds_some = |at: &&PathBuf| {
            let Some(folder) = at.parent().filter(|folder| *folder != self.root) else {
                return false;
            };
            // With the slash at its end, the next file in the order of bytes is one in the folder, if there is any.
            let from = folder.join("").into_os_string();
            let below = self.files.range(from..);
            let mut below = below.take_while(|(disk, _)| Path::new(disk).starts_with(folder));
            below.any(|(_, input)| input.reported)
        };
        let found = self.configs.iter().filter(holds_some).map(|at| shown(&self.root, at));
        found.collect::<BTreeSet<String>>().into_iter().collect()
    }

    pub(super) fn finish(mut self) -> Collected {
        let nested = self.nested();
        let mut inputs: Vec<Arc<Input>> = self.files.into_values().map(Arc::new).collect();
        inputs.sort_by(|a, b| (&a.path, &a.disk).cmp(&(&b.path, &b.disk)));
        self.unread.sort_by(|a, b| (&a.path, &a.reason).cmp(&(&b.path, &b.reason)));
        self.unread.dedup();
        // What is named counts as named, however often it was met as well.
        self.excluded.sort_by(|a, b| (&a.path, !a.is_named).cmp(&(&b.path, !b.is_named)));
        self.excluded.dedup_by(|b, a| a.path == b.path);
        let absent = absent(&self.root, &self.exclude);
        let (unread, excluded) = (self.unread, self.excluded);
        Collected { inputs, is_whole: false, unread, excluded, absent, nested }
    }
}

/// The patterns that name files and folders which do not exist. Of a pattern with a wildcard, this is not known: `.gitignore` may
/// leave out what it is about.
fn absent(root: &Path, exclude: &PathSet) -> Vec<usize> {
    let is_absent = |glob: &&Glob| {
        let count = glob.folders().count();
        let is_there = |path: &str| fs::symlink_metadata(root.join(path)).is_ok();
        glob.paths().count() == count && !glob.paths().any(is_there)
    };
    exclude.globs().iter().filter(is_absent).map(|glob| glob.span.start).collect()
}

impl Excluded {
    /// What is shown as `path`, and is matched by `glob`.
    fn by(glob: &Glob, path: String, is_named: bool) -> Self {
        Self { path, pattern: glob.text.clone(), at: glob.span.start, is_named }
    }
}

/// The place of `path` when the folder `from` that it is in becomes `to`.
fn moved(from: &Path, to: &Path, path: PathBuf) -> PathBuf {
    match path.strip_prefix(from) {
        Ok(inside) => to.join(inside),
        Err(_) => path,
    }
}

/// Whether the file at `path` can be one of records, if it is named as one.
fn is_named_record(path: &str) -> bool {
    Syntax::of_named(path).is_some()
}

/// Whether the pattern `name` is for Markdown files and matches this one.
fn names_markdown(name: &Path, path: &Path) -> bool {
    let is_markdown =
        |path: &Path| Syntax::of_named(&path.to_string_lossy()) == Some(Syntax::Markdown);
    is_markdown(name) && is_markdown(path)
}

/// Whether the file at `path` can be one of records.
fn is_record(path: &str) -> bool {
    Syntax::of_path(path).is_some()
}
