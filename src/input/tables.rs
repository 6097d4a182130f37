//! The registers that are tables: which files they are, and whether they have the columns that are named.

use std::{
    collections::btree_map::Entry,
    fs,
    io::Read as _,
    path::{Path, PathBuf},
};

use super::{Buffers, Collected, Collector, Named, exists, is_named, paths, shown};
use crate::{
    config::{Config, ConfigError, Glob, Register, is_table},
    lint::Input,
    tree::{Columns, header},
};

/// Bytes of a table in which its header is looked for.
const HEAD: u64 = 1 << 16;

impl Collector<'_> {
    /// The tables that the configuration names. One that is named without a wildcard is there or could not be
    /// read; so is what a pattern stands for that matches nothing, since citations would seem to dangle.
    pub(super) fn tables(&mut self, config: &Config, named: Option<&[Named]>) {
        let globs = || config.registers.iter().flat_map(|register| &register.files);
        let folders = globs().flat_map(Glob::folders).map(|folder| self.root.join(folder));
        let folders = paths::outermost(folders.collect());
        let mut found = self.walk(&folders, is_table);
        found.extend(self.buffers.paths().filter(|path| !exists(path)).map(Path::to_owned));
        found.extend(globs().flat_map(Glob::paths).map(|path| self.root.join(path)));
        for path in found {
            if let Some((number, register)) = config.register_for(&shown(&self.root, &path)) {
                self.add_table(path, number, register, named);
            }
        }
        for (number, register) in config.registers.iter().enumerate() {
            for glob in &register.files {
                if !self.files.values().any(|input| glob.matches(&input.path)) {
                    self.add_table(self.root.join(&glob.text), number, register, named);
                }
            }
        }
    }

    fn add_table(
        &mut self,
        disk: PathBuf,
        number: usize,
        register: &Register,
        named: Option<&[Named]>,
    ) {
        if let Entry::Vacant(place) = self.files.entry(disk) {
            let disk = place.key().clone();
            let path = shown(&self.root, &disk);
            let table = Some(register.columns(&path));
            let (schema, reported) = (Some(Register::schema_name(number)), is_named(named, &disk));
            place.insert(Input { path, disk, schema, table, reported, expected: true });
        }
    }
}

/// Whether no pattern of `config` names a folder in the place of the files in it.
pub fn check_folders(config: &Config) -> Result<(), ConfigError> {
    config.check_folders(|path| config.root.join(path).is_dir())
}

/// Whether the tables of separated values have the columns that `config` names. What cannot be read is told by
/// the run.
pub fn check_columns(
    config: &Config,
    collected: &Collected,
    buffers: &Buffers,
) -> Result<(), ConfigError> {
    let header_of = |input: &Input| {
        let columns = input.table.as_ref().filter(|_| Columns::are_separated(&input.path))?;
        let head = head(&input.disk, buffers)?;
        Some((input.path.clone(), header(&head, columns.separator)?))
    };
    let headers: Vec<_> = collected.inputs.iter().filter_map(header_of).collect();
    config.check_columns(&headers)
}

/// The beginning of a file, as far as it is text.
fn head(path: &Path, buffers: &Buffers) -> Option<String> {
    let mut bytes = Vec::new();
    if buffers.hold(path) {
        bytes = buffers.read_file(path).ok()?;
    } else {
        // Opening a pipe or a device could wait for ever.
        fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
        fs::File::open(path).ok()?.take(HEAD).read_to_end(&mut bytes).ok()?;
    }
    let chunk = bytes.utf8_chunks().next()?;
    Some(chunk.valid().to_owned())
}
