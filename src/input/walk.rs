//! Walking folders, in parallel; the order comes afterwards.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use ignore::{DirEntry, WalkBuilder, WalkState};

use super::{
    ignores::{self, Bounds},
    paths::shown,
};
use crate::config::{self, PathSet};

/// What a walk found, in no order.
#[derive(Debug, Default)]
pub(super) struct Walked {
    /// The files that are wanted.
    pub(super) files: Vec<PathBuf>,
    /// What is called like a wanted file and is neither a file nor a folder.
    pub(super) odd: Vec<PathBuf>,
    /// The files and folders that `exclude` leaves out.
    pub(super) excluded: Vec<PathBuf>,
    /// Folders that could not be looked into, and why.
    pub(super) unread: Vec<(PathBuf, String)>,
    /// The configurations of projects below the folder.
    pub(super) configs: Vec<PathBuf>,
}

/// The files in and below `folder` whose names are wanted. Left out is what is hidden, what
/// `.gitignore` and `.ignore` files leave out (inside a repository or not), what `exclude` matches, and links.
///
/// What one person's own git configuration ignores is not left out: the answer would differ from
/// one machine to the next.
pub(super) fn files(
    root: &Path,
    folder: &Path,
    wanted: fn(&str) -> bool,
    exclude: &Arc<PathSet>,
) -> Walked {
    let all = Mutex::new(Walked::default());
    // A pattern may begin in a folder that does not exist: it matches nothing then.
    if !folder.is_dir() {
        return Walked::default();
    }
    let in_repository = repository(folder).is_some();
    let bounds = Bounds::of(root, folder);
    if let Some(refused) = folder.ancestors().find_map(|at| bounds.refuse(at)) {
        return Walked { unread: vec![refused], ..Walked::default() };
    }
    // Outside of a repository ignore files count from the root of the project on; the walker
    // would look for them up to the root of the file system.
    let outer = if in_repository { Vec::new() } else { ignores::above(root, folder) };
    let refused = Arc::new(Mutex::new(Vec::new()));
    let refuse = Arc::clone(&refused);
    let excluded = Arc::new(Mutex::new(Vec::new()));
    let is_excluded = excluder(root, wanted, exclude, &excluded);
    let is_entered = move |entry: &DirEntry| {
        let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
        if entry.depth() == 0 {
            return true;
        }
        if ignores::leave_out(entry.path(), is_folder, &outer) {
            return false;
        }
        if is_excluded(entry, is_folder) {
            return false;
        }
        // The walker opens the ignore files of a folder as soon as it enters it.
        let Some(closed) = is_folder.then(|| bounds.refuse(entry.path())).flatten() else {
            return true;
        };
        refuse.lock().unwrap_or_else(PoisonError::into_inner).push(closed);
        false
    };
    let walker = WalkBuilder::new(folder)
        .git_global(false)
        .git_exclude(false)
        .require_git(false)
        .parents(in_repository)
        .filter_entry(is_entered)
        .build_parallel();
    walker.run(|| {
        let mut batch = Batch { all: &all, walked: Walked::default() };
        Box::new(move |entry| {
            match entry {
                Ok(entry) => batch.walked.take(entry, wanted),
                Err(error) => batch.walked.unread.extend(unread(folder, &error)),
            }
            WalkState::Continue
        })
    });
    let mut all = all.into_inner().unwrap_or_else(PoisonError::into_inner);
    all.excluded.append(&mut excluded.lock().unwrap_or_else(PoisonError::into_inner));
    all.unread.append(&mut refused.lock().unwrap_or_else(PoisonError::into_inner));
    all
}

/// Whether an entry of a walk, which may be a folder, is left out by `exclude`. If so, it is added to `excluded`, unless it
/// is a file that is not wanted anyway.
fn excluder(
    root: &Path,
    wanted: fn(&str) -> bool,
    exclude: &Arc<PathSet>,
    excluded: &Arc<Mutex<Vec<PathBuf>>>,
) -> impl Fn(&DirEntry, bool) -> bool + Send + Sync + 'static {
    let (root, exclude, excluded) = (root.to_owned(), Arc::clone(exclude), Arc::clone(excluded));
    move |entry, is_folder| {
        if exclude.is_empty() || exclude.matched(&shown(&root, entry.path())).is_none() {
            return false;
        }
        if is_folder || wanted(&entry.file_name().to_string_lossy()) {
            let mut all = excluded.lock().unwrap_or_else(PoisonError::into_inner);
            all.push(entry.path().to_owned());
        }
        true
    }
}

impl Walked {
    fn take(&mut self, entry: DirEntry, wanted: fn(&str) -> bool) {
        let Some(kind) = entry.file_type().filter(|kind| !kind.is_dir()) else { return };
        if wanted(&entry.file_name().to_string_lossy()) {
            let taken = if kind.is_file() { &mut self.files } else { &mut self.odd };
            taken.push(entry.into_path());
        } else if entry.file_name() == config::FILE_NAME && kind.is_file() {
            self.configs.push(entry.into_path());
        }
    }
}

/// Whether a walk of `folder` would leave out the file `path` in it, which need not exist.
pub(super) fn leaves_out(root: &Path, folder: &Path, path: &Path) -> bool {
    let outermost = repository(folder).unwrap_or(root);
    let mut way = path.ancestors().take_while(|at| *at != folder);
    way.any(|at| {
        let is_hidden = at.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        is_hidden || ignores::leave_out(at, at != path, &ignores::above(outermost, at))
    })
}

/// The root of the git repository in which `folder` lies. In a work tree of its own or a module of another repository `.git`
/// is a file.
#[must_use]
pub fn repository(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|at| at.join(".git").exists())
}

/// What one thread found; it is handed over when the thread ends.
struct Batch<'a> {
    all: &'a Mutex<Walked>,
    walked: Walked,
}

impl Drop for Batch<'_> {
    fn drop(&mut self) {
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        all.files.append(&mut self.walked.files);
        all.odd.append(&mut self.walked.odd);
        all.unread.append(&mut self.walked.unread);
        all.configs.append(&mut self.walked.configs);
    }
}

/// The path and reason of an error of the walk; a bad line in an ignore file is none.
fn unread(folder: &Path, error: &ignore::Error) -> Option<(PathBuf, String)> {
    match error {
        ignore::Error::WithPath { path, err } => {
            unread(path, err).map(|(_, reason)| (path.clone(), reason))
        }
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            unread(folder, err)
        }
        ignore::Error::Io(error) => Some((folder.to_owned(), super::reason(error))),
        ignore::Error::Partial(errors) => errors.iter().find_map(|error| unread(folder, error)),
        _ => None,
    }
}
