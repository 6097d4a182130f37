//! Texts that are in the place of files: what an editor has not saved yet.

use std::{
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
};

use super::{exists, links, paths::identity, read, read::read_plain, read_file};
use crate::sources::Input;

/// Texts by the canonical path of the file in whose place they stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Buffers {
    texts: BTreeMap<PathBuf, Vec<u8>>,
}

impl Buffers {
    /// Puts `text` in the place of the file `path`, seen from `cwd`; it need not exist.
    pub fn put(&mut self, cwd: &Path, path: &Path, text: Vec<u8>) {
        self.texts.insert(identity(cwd, path), text);
    }

    /// Puts `text` in the place of the file with this canonical path.
    pub fn hold_text(&mut self, disk: PathBuf, text: Vec<u8>) {
        self.texts.insert(disk, text);
    }

    /// Whether a text is in the place of the file whose one path this is.
    #[must_use]
    pub fn hold(&self, path: &Path) -> bool {
        self.texts.contains_key(path)
    }

    /// Whether there is a text or a file at this absolute path, or may be.
    #[must_use]
    pub fn exist(&self, path: &Path) -> bool {
        exists(path) || self.text(path).is_some()
    }

    /// The canonical paths of the files, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.texts.keys().map(PathBuf::as_path)
    }

    /// The bytes of `input`: the text in its place, else what the disk holds.
    pub fn read(&self, input: &Input) -> io::Result<Vec<u8>> {
        self.texts.get(&input.disk).map_or_else(|| read(input), |text| Ok(text.clone()))
    }

    /// The bytes of the file at this absolute path: the text in its place, else what the disk holds.
    pub fn read_file(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.text(path).map_or_else(|| read_file(path), |text| Ok(text.clone()))
    }

    /// The bytes of what is called `path` in the project at `root`; an error where links lead out of the project.
    pub fn read_inside(&self, root: &Path, path: &Path) -> io::Result<Vec<u8>> {
        let root = identity(root, Path::new(""));
        self.read_place(&links::inside(&root, path)?, &root.join(path))
    }

    /// The bytes of the file that `path` leads to, and whose one path is `disk`.
    pub(super) fn read_place(&self, disk: &Path, path: &Path) -> io::Result<Vec<u8>> {
        match self.texts.get(disk) {
            Some(text) => Ok(text.clone()),
            None => read_plain(disk).map_err(|error| links::dead(path, error)),
        }
    }

    fn text(&self, path: &Path) -> Option<&Vec<u8>> {
        if self.texts.is_empty() { None } else { self.texts.get(&identity(Path::new(""), path)) }
    }
}
