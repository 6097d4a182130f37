//! Walking folders, in parallel; the order comes afterwards.

use std::{
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use ignore::{DirEntry, WalkBuilder, WalkState, gitignore::Gitignore};

/// What a walk found, in no order.
#[derive(Debug, Default)]
pub(super) struct Walked {
    /// The files that are wanted.
    pub(super) files: Vec<PathBuf>,
    /// Folders that could not be looked into, and why.
    pub(super) unread: Vec<(PathBuf, String)>,
}

/// The files in and below `folder` whose names are wanted. Left out is what is hidden, what
/// `.gitignore` and `.ignore` files leave out (inside a repository or not), and links.
///
/// What one person's own git configuration ignores is not left out: the answer would differ from
/// one machine to the next.
pub(super) fn files(root: &Path, folder: &Path, wanted: fn(&str) -> bool) -> Walked {
    let all = Mutex::new(Walked::default());
    // A pattern may begin in a folder that does not exist: it matches nothing then.
    if !folder.is_dir() {
        return Walked::default();
    }
    let in_repository = repository(folder).is_some();
    // Outside of a repository ignore files count from the root of the project on; the walker
    // would look for them up to the root of the file system.
    let outer = if in_repository { Vec::new() } else { ignore_files(root, folder) };
    let walker = WalkBuilder::new(folder)
        .git_global(false)
        .git_exclude(false)
        .require_git(false)
        .parents(in_repository)
        .filter_entry(move |entry| entry.depth() == 0 || !is_ignored(entry, &outer))
        .build_parallel();
    walker.run(|| {
        let mut batch = Batch { all: &all, walked: Walked::default() };
        Box::new(move |entry| {
            match entry {
                Ok(entry) if is_wanted(&entry, wanted) => {
                    batch.walked.files.push(entry.into_path());
                }
                Ok(_) => {}
                Err(error) => batch.walked.unread.extend(unread(folder, &error)),
            }
            WalkState::Continue
        })
    });
    all.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// Whether a walk of `folder` would leave out the file `path` in it, which need not exist.
pub(super) fn leaves_out(root: &Path, folder: &Path, path: &Path) -> bool {
    let outermost = repository(folder).unwrap_or(root);
    let mut way = path.ancestors().take_while(|at| *at != folder);
    way.any(|at| {
        let is_hidden = at.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        is_hidden || is_matched(at, at != path, &ignore_files(outermost, at))
    })
}

/// The root of the git repository in which `folder` lies. In a work tree of its own or a module of another repository `.git`
/// is a file.
#[must_use]
pub fn repository(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|at| at.join(".git").exists())
}

/// The ignore files above `folder` up to `root`, the nearest first.
fn ignore_files(root: &Path, folder: &Path) -> Vec<Gitignore> {
    let above = folder.ancestors().skip(1).take_while(|at| at.starts_with(root));
    let names = above.flat_map(|at| [at.join(".ignore"), at.join(".gitignore")]);
    names.filter(|path| path.is_file()).map(|path| Gitignore::new(path).0).collect()
}

fn is_ignored(entry: &DirEntry, ignore_files: &[Gitignore]) -> bool {
    let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
    is_matched(entry.path(), is_folder, ignore_files)
}

/// Whether the first of `ignore_files` that says something of `path` leaves it out.
fn is_matched(path: &Path, is_folder: bool, ignore_files: &[Gitignore]) -> bool {
    let mut matches = ignore_files.iter().map(|file| file.matched(path, is_folder));
    matches.find(|matched| !matched.is_none()).is_some_and(|matched| matched.is_ignore())
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
        all.unread.append(&mut self.walked.unread);
    }
}

fn is_wanted(entry: &DirEntry, wanted: fn(&str) -> bool) -> bool {
    entry.file_type().is_some_and(|kind| kind.is_file())
        && wanted(&entry.file_name().to_string_lossy())
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
