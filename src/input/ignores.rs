//! Files that leave others out: `.gitignore` and `.ignore`.

use std::{
    fs,
    path::{Path, PathBuf},
};

use ignore::gitignore::Gitignore;

use super::{paths::identity, read::NOT_REGULAR, walk::repository};

const NAMES: [&str; 2] = [".ignore", ".gitignore"];

/// The ignore files above `folder` up to `root`, the nearest first.
pub(super) fn above(root: &Path, folder: &Path) -> Vec<Gitignore> {
    let bounds = Bounds::of(root, folder);
    let above = folder.ancestors().skip(1).take_while(|at| at.starts_with(root));
    let usable = above.filter(|at| bounds.refuse(at).is_none());
    let paths = usable.flat_map(|at| NAMES.map(|name| at.join(name)));
    paths.filter(|path| path.is_file()).map(|path| Gitignore::new(path).0).collect()
}

/// Whether the first of `ignore_files` that says something of `path` leaves it out.
pub(super) fn leave_out(path: &Path, is_folder: bool, ignore_files: &[Gitignore]) -> bool {
    let mut matches = ignore_files.iter().map(|file| file.matched(path, is_folder));
    matches.find(|matched| !matched.is_none()).is_some_and(|matched| matched.is_ignore())
}

/// Where links of ignore files may end: in the repository, since git keeps one list for all that is in it, or else in
/// the project.
pub(super) struct Bounds(PathBuf);

impl Bounds {
    pub(super) fn of(root: &Path, folder: &Path) -> Self {
        Self(identity(Path::new(""), repository(folder).unwrap_or(root)))
    }

    /// An ignore file in `folder` that must not be opened, and why: what is not a regular file may have no end, or make its
    /// reader wait. A link that leads nowhere is never opened.
    pub(super) fn refuse(&self, folder: &Path) -> Option<(PathBuf, String)> {
        NAMES.iter().find_map(|name| {
            let path = folder.join(name);
            let kind = fs::symlink_metadata(&path).ok()?.file_type();
            if kind.is_file() || kind.is_dir() {
                return None;
            }
            if !kind.is_symlink() {
                return Some((path, NOT_REGULAR.to_owned()));
            }
            let Ok(real) = fs::canonicalize(&path) else {
                // A link to an open pipe names no place.
                return path.exists().then(|| (path, NOT_REGULAR.to_owned()));
            };
            // What is above belongs to whoever has put the project there.
            let is_above = !identity(Path::new(""), folder).starts_with(&self.0);
            if !(is_above || real.starts_with(&self.0)) {
                let reason = "it is a link that leads out of the repository or project";
                return Some((path, reason.to_owned()));
            }
            (!real.is_file()).then(|| (path, NOT_REGULAR.to_owned()))
        })
    }
}
