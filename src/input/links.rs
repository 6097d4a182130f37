//! Where links lead. They are followed only where they end inside the project: nothing outside of it is read,
//! and so nothing outside of it is quoted.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{
    exists,
    paths::{absolute, identity},
    refuse,
};

/// The canonical path of `path`, seen from the project whose root has the canonical path `root`; nothing need be there. An error
/// where it leads out of the project.
pub fn inside(root: &Path, path: &Path) -> io::Result<PathBuf> {
    let path = &root.join(path);
    let one = match fs::canonicalize(path) {
        Ok(one) => one,
        // A missing file has a canonical path too, so the answer does not depend on whether the target of a link exists.
        Err(error) if error.kind() == io::ErrorKind::NotFound => identity(root, path),
        Err(error) => return Err(error),
    };
    if one.starts_with(root) { Ok(one) } else { Err(out(root, path)) }
}

/// Whether `path` leads out of the project whose root has the canonical path `root`.
pub(super) fn leads_out(root: &Path, path: &Path) -> bool {
    !identity(root, path).starts_with(root)
}

/// The canonical path of `path` in the project at `root`. For a link that leads out of the project,
/// the path of the link itself.
#[must_use]
pub fn place(root: &Path, path: &Path) -> PathBuf {
    let (root, one) = (identity(root, Path::new("")), identity(root, path));
    if one.starts_with(&root) { one } else { absolute(&root, path) }
}

/// The error for `path`, which leads out of the project at `root`.
pub(super) fn out(root: &Path, path: &Path) -> io::Error {
    if path.is_symlink() {
        refuse("it is a link that leads out of the project")
    } else if absolute(root, path).starts_with(root) {
        refuse("a folder in its path is a link that leads out of the project")
    } else {
        refuse("it is outside of the project")
    }
}

/// The error for `path`, which cannot be read for the reason of `error`: where nothing is found, a link may be why.
pub(super) fn dead(path: &Path, error: io::Error) -> io::Error {
    if error.kind() != io::ErrorKind::NotFound {
        return error;
    }
    match path.ancestors().find(|at| at.is_symlink() && !exists(at)) {
        Some(at) if at == path => refuse("it is a link that leads nowhere"),
        Some(_) => refuse("a folder in its path is a link that leads nowhere"),
        None => error,
    }
}

/// Whether the file at this path, which has no links, is made by the system while it is read: such a file may have no
/// end, or make its reader wait.
pub(super) fn is_made_by_the_system(path: &Path) -> bool {
    cfg!(target_os = "linux") && ["/proc", "/sys"].iter().any(|at| path.starts_with(at))
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;
    use crate::input::reason;

    /// A project in `p`, and what is beside it.
    fn project() -> (tempfile::TempDir, PathBuf) {
        let at = tempfile::tempdir().unwrap();
        let root = at.path().canonicalize().unwrap().join("p");
        fs::create_dir_all(root.join("a")).unwrap();
        for path in ["a/x.json", "../outside.json", "../p-other.json"] {
            fs::write(root.join(path), "").unwrap();
        }
        for (name, target) in [
            ("in.json", "a/x.json"),
            ("twice.json", "in.json"),
            ("back.json", "../p/a/x.json"),
            ("out.json", "../outside.json"),
            ("chain.json", "out.json"),
            ("beside.json", "../p-other.json"),
            ("gone.json", "../none.json"),
            ("dead.json", "none.json"),
            ("circle.json", "circle.json"),
            ("folder", ".."),
            ("stays", "a"),
        ] {
            symlink(target, root.join(name)).unwrap();
        }
        (at, root)
    }

    #[test]
    fn what_ends_inside_the_project_has_its_one_path_and_all_else_a_reason() {
        let (_at, root) = project();
        let reported = |path: &str| {
            let found = inside(&root, Path::new(path)).map_err(|error| reason(&error));
            found.map(|one| one.strip_prefix(&root).unwrap().display().to_string())
        };
        for path in
            ["a/x.json", "in.json", "twice.json", "back.json", "stays/x.json", "folder/p/in.json"]
        {
            assert_eq!(reported(path), Ok("a/x.json".to_owned()), "{path}");
        }
        assert_eq!(reported("dead.json"), Ok("none.json".to_owned()), "it may still come");
        assert_eq!(reported("stays/new/y.json"), Ok("a/new/y.json".to_owned()));
        for path in ["out.json", "chain.json", "beside.json", "gone.json", "folder"] {
            let wanted = "it is a link that leads out of the project";
            assert_eq!(reported(path), Err(wanted.to_owned()), "{path}");
        }
        for path in ["folder/outside.json", "folder/none.json"] {
            let wanted = "a folder in its path is a link that leads out of the project";
            assert_eq!(reported(path), Err(wanted.to_owned()), "{path}");
        }
        for path in ["../outside.json", "/etc/hostname", "a/../../outside.json"] {
            assert_eq!(reported(path), Err("it is outside of the project".to_owned()), "{path}");
        }
        assert_eq!(reported("circle.json"), Err("its links lead in a circle".to_owned()));
    }

    #[test]
    fn a_link_out_of_the_project_keeps_its_path() {
        let (_at, root) = project();
        let shown = |path| place(&root, Path::new(path)).strip_prefix(&root).unwrap().to_owned();
        for (path, wanted) in [
            ("in.json", "a/x.json"),
            ("out.json", "out.json"),
            ("folder/outside.json", "folder/outside.json"),
            ("new.json", "new.json"),
        ] {
            assert_eq!(shown(path), Path::new(wanted), "{path}");
        }
    }

    #[test]
    fn a_dead_link_is_why_nothing_is_found() {
        let (_at, root) = project();
        symlink("none", root.join("b")).unwrap();
        let reported = |path| reason(&dead(&root.join(path), io::ErrorKind::NotFound.into()));
        assert_eq!(reported("dead.json"), "it is a link that leads nowhere");
        assert_eq!(reported("b/c/x.json"), "a folder in its path is a link that leads nowhere");
        assert_eq!(reported("none.json"), "no such file or folder");
        let denied = dead(&root.join("dead.json"), io::ErrorKind::PermissionDenied.into());
        assert_eq!(reason(&denied), "permission denied");
    }
}
