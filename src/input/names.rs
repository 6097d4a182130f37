//! The names in a folder of the project.

use std::{fs, io, path::Path};

use super::{Buffers, identity, links};
use crate::analysis::Folder;

/// What is in the folder of this path, seen from `root`, on disk and among the `buffers`. Nothing outside of the project is looked
/// into.
#[must_use]
pub fn names(root: &Path, folder: &str, buffers: &Buffers) -> Folder {
    let root = identity(root, Path::new(""));
    let Ok(disk) = links::inside(&root, Path::new(folder)) else { return Folder::Closed };
    let unsaved = buffers.paths().filter_map(|path| path.strip_prefix(&disk).ok()?.iter().next());
    let mut names: std::collections::BTreeSet<String> =
        unsaved.map(|name| name.to_string_lossy().into_owned()).collect();
    match fs::read_dir(&disk) {
        Ok(entries) => {
            let entries = entries.filter_map(Result::ok);
            names.extend(entries.map(|entry| entry.file_name().to_string_lossy().into_owned()));
        }
        Err(error) => match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory if names.is_empty() => {
                return Folder::Missing;
            }
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {}
            _ => return Folder::Closed,
        },
    }
    Folder::Names(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names_of(folder: Folder) -> Vec<String> {
        match folder {
            Folder::Names(names) => names.into_iter().collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_folder_has_its_files_and_those_that_are_not_saved() {
        let at = tempfile::tempdir().unwrap();
        let root = at.path().canonicalize().unwrap();
        fs::create_dir_all(root.join("a/b")).unwrap();
        fs::write(root.join("a/x.pdf"), "").unwrap();
        let mut buffers = Buffers::default();
        buffers.put(&root, Path::new("a/new.md"), Vec::new());
        buffers.put(&root, Path::new("c/d/new.md"), Vec::new());
        let look = |folder: &str| names(&root, folder, &buffers);
        assert_eq!(names_of(look("a")), ["b", "new.md", "x.pdf"]);
        assert_eq!(names_of(look("")), ["a", "c"]);
        assert_eq!(names_of(look("c/d")), ["new.md"]);
        assert_eq!((look("e"), look("a/x.pdf")), (Folder::Missing, Folder::Missing));
    }

    #[test]
    fn nothing_outside_of_the_project_is_looked_into() {
        let at = tempfile::tempdir().unwrap();
        let root = at.path().canonicalize().unwrap().join("p");
        fs::create_dir_all(root.join("a")).unwrap();
        fs::write(at.path().join("secret.md"), "").unwrap();
        assert_eq!(names(&root, "..", &Buffers::default()), Folder::Closed);
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink("..", root.join("out")).unwrap();
            assert_eq!(names(&root, "out", &Buffers::default()), Folder::Closed);
        }
    }
}
