//! How the editor writes the addresses of files. One file may have several: links lead to it, and editors
//! tell of it by the path that they have opened it by.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use gen_lsp_types::Uri;

use crate::input::identity;

/// The URIs that the editor has sent.
#[derive(Debug, Default)]
pub(super) struct Uris {
    /// Of files that it has had open, by their path as it writes it.
    by_path: BTreeMap<PathBuf, Uri>,
    /// Files that it has open, and how it writes the path that it has opened them by last.
    open: BTreeMap<PathBuf, PathBuf>,
    /// Uris that it writes otherwise by now, with what it calls their files.
    left: Vec<(PathBuf, Uri)>,
    /// The canonical paths of its folders, and how it writes them.
    folders: Vec<(PathBuf, PathBuf)>,
}

/// The canonical path of what the editor calls `path`.
pub(super) fn canonical(path: &Path) -> PathBuf {
    identity(Path::new(""), path)
}

impl Uris {
    /// The editor has these `folders` open; their canonical paths.
    pub(super) fn set_folders(&mut self, folders: &[PathBuf]) -> Vec<PathBuf> {
        self.folders = folders.iter().map(|folder| (canonical(folder), folder.clone())).collect();
        self.folders.iter().map(|(real, _)| real.clone()).collect()
    }

    /// The editor has opened the file `disk`, and calls it `path` and `uri`.
    pub(super) fn opened(&mut self, disk: PathBuf, path: PathBuf, uri: Uri) {
        // Editors differ in which letters they write as `%` and a number. To them these are two files.
        if let Some(before) = self.uri(&path).filter(|before| *before != uri) {
            self.left.push((path.clone(), before));
        }
        self.by_path.insert(path.clone(), uri);
        self.open.insert(disk, path);
    }

    /// The editor has closed what it calls `path`.
    pub(super) fn closed(&mut self, path: &Path) {
        self.open.retain(|_, open| open != path);
    }

    /// The URIs that the editor writes differently since the last call, with the paths of their files.
    pub(super) fn take_left(&mut self) -> Vec<(PathBuf, Uri)> {
        std::mem::take(&mut self.left)
    }

    /// How the editor would write the path of the file `disk`.
    pub(super) fn path(&self, disk: &Path) -> PathBuf {
        let in_folder = || {
            self.folders.iter().find_map(|(real, written)| {
                let inside = disk.strip_prefix(real).ok()?;
                Some(written.join(inside))
            })
        };
        self.open.get(disk).cloned().or_else(in_folder).unwrap_or_else(|| disk.to_owned())
    }

    /// The address of the file that it calls `path`.
    pub(super) fn uri(&self, path: &Path) -> Option<Uri> {
        self.by_path.get(path).cloned().or_else(|| Uri::from_file_path(path).ok())
    }
}
