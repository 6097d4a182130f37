//! The registers that are tables: which files they are, and whether they have the columns that are named.

use std::{
    collections::{BTreeMap, BTreeSet, btree_map::Entry},
    io::{self, BufRead, BufReader, Read as _},
    path::{Path, PathBuf},
};

use memchr::memchr_iter;

use super::{
    Buffers, Collected,
    collect::{Collector, Met, Named, Place, is_named},
    links,
    paths::identity,
    read::{self, Links},
};
use crate::{
    analysis::tree_of,
    config::{Config, ConfigError, Glob, Register, is_table},
    source::MAX_LEN,
    sources::Input,
    tree::{Columns, header},
};

impl Collector<'_> {
    /// The tables that the configuration names. One that is named without a wildcard is there or could not be
    /// read; so is what a pattern stands for that matches nothing, since citations would seem to dangle.
    pub(super) fn tables(&mut self, config: &Config, named: Option<&Named>) {
        let globs = || config.registers.iter().flat_map(|register| &register.files);
        let folders = globs().flat_map(Glob::folders).map(|folder| self.root.join(folder));
        let Met { mut files, odd } = self.walk(folders.collect(), is_table);
        self.refuse_odd(odd, |path| config.register_for(path).is_some());
        files.extend(globs().flat_map(Glob::paths).filter_map(|path| self.place(path)));
        for place in files {
            if self.is_excluded(&place) {
                continue;
            }
            if let Some((number, register)) = config.register_for(&place.shown) {
                self.add_table(place, number, register, named);
            }
        }
        let mut unmatched = config.for_tables.unmatched();
        self.files.values().for_each(|input| unmatched.meet(&input.path));
        self.unread.iter().for_each(|unread| unmatched.meet(&unread.path));
        let globs = config.registers.iter().enumerate().flat_map(|(number, register)| {
            register.files.iter().map(move |glob| (number, register, glob))
        });
        for (at, (number, register, glob)) in globs.enumerate() {
            if unmatched.has(at)
                && let Some(place) = self.place(&glob.text)
            {
                if self.is_excluded(&place) {
                    // Citations would seem to lead nowhere, and the reason would be far from them.
                    let reason = "`exclude` leaves out this table, which `[[registers]]` names";
                    self.could_not_read(&place.disk, reason.to_owned());
                    continue;
                }
                let disk = place.disk.clone().into_os_string();
                self.add_table(place, number, register, named);
                self.files.get(&disk).into_iter().for_each(|input| unmatched.meet(&input.path));
            }
        }
    }

    fn add_table(
        &mut self,
        place: Place,
        number: usize,
        register: &Register,
        named: Option<&Named>,
    ) {
        if let Entry::Vacant(vacant) = self.files.entry(place.disk.into_os_string()) {
            let (path, disk) = (place.shown, PathBuf::from(vacant.key()));
            let table = Some(register.columns(&path));
            let (schema, reported) = (Some(Register::schema_name(number)), is_named(named, &disk));
            let (supplied, expected) = (None, true);
            vacant.insert(Input { path, disk, schema, table, supplied, reported, expected });
        }
    }
}

/// Whether no pattern of `config` names a folder in the place of the files in it, or begins with a link that leads out
/// of the project.
pub fn check_patterns(config: &Config) -> Result<(), ConfigError> {
    let root = identity(&config.root, Path::new(""));
    let leads_out = |path: &str| links::leads_out(&root, Path::new(path));
    let mut folders: Vec<&str> = config.globs().flat_map(Glob::folders).collect();
    folders.sort_unstable();
    folders.dedup();
    let outside: BTreeSet<&str> = folders.into_iter().filter(|folder| leads_out(folder)).collect();
    config.check_patterns(
        |path| root.join(path).is_dir(),
        // Of a file only a link can lead elsewhere than its folder does.
        |path| outside.contains(path) || (root.join(path).is_symlink() && leads_out(path)),
    )
}

/// Whether the tables have the columns that `config` names. What cannot be read is reported by the run. Of lists of objects those
/// of one entry are taken together, since an object may leave out what it does not have.
pub fn check_columns(
    config: &Config,
    collected: &Collected,
    buffers: &Buffers,
) -> Result<(), ConfigError> {
    let mut headers: Vec<(String, Vec<String>)> = Vec::new();
    let mut members: BTreeMap<usize, (String, Vec<String>)> = BTreeMap::new();
    for input in &collected.inputs {
        let Some(columns) = &input.table else { continue };
        if Columns::are_separated(&input.path) {
            let names =
                head(&input.disk, buffers).and_then(|head| header(&head, columns.separator));
            headers.extend(names.map(|names| (input.path.clone(), names)));
        } else if let Some((number, _)) = config.register_for(&input.path) {
            let names = members_of(input, buffers);
            if !names.is_empty() {
                let all = members.entry(number).or_insert_with(|| (input.path.clone(), Vec::new()));
                all.1.extend(names);
            }
        }
    }
    headers.extend(members.into_values().map(|(path, mut names)| {
        names.sort();
        names.dedup();
        (path, names)
    }));
    config.check_columns(&headers)
}

/// The names of the members in a list of objects, each once.
fn members_of(input: &Input, buffers: &Buffers) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let Ok(bytes) = buffers.read(input) else { return names };
    let tree = tree_of(input, bytes);
    if !tree.is_whole() {
        return names;
    }
    for key in
        tree.records().iter().flat_map(|row| row.members()).filter_map(|(key, _)| key.as_str())
    {
        if !names.contains(key) {
            names.insert(key.to_owned());
        }
    }
    names
}

/// The first row of a table that is not blank, and what comes before it; `None` where that is not UTF-8.
fn head(path: &Path, buffers: &Buffers) -> Option<String> {
    let bytes = if buffers.hold(path) {
        first_row(buffers.read_file(path).ok()?.as_slice()).ok()?
    } else {
        let (file, _) = read::open(path, Links::Refuse).ok()?;
        first_row(BufReader::new(file.take(MAX_LEN as u64))).ok()?
    };
    String::from_utf8(bytes).ok()
}

/// Lines up to the end of the first row. A cell in quotes may hold ends of lines.
fn first_row(mut text: impl BufRead) -> io::Result<Vec<u8>> {
    let (mut bytes, mut is_open, mut is_blank) = (Vec::new(), false, true);
    loop {
        let from = bytes.len();
        let read = text.read_until(b'\n', &mut bytes)?;
        let line = &bytes[from..];
        is_open ^= memchr_iter(b'"', line).count() % 2 == 1;
        is_blank &= line.iter().all(u8::is_ascii_whitespace);
        if read == 0 || !(is_open || is_blank) {
            return Ok(bytes);
        }
    }
}
