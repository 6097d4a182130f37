//! Paths: made absolute without asking the disk, and shown the same way on every system.

use std::{
    fs,
    path::{Component, Path, PathBuf},
};

use glob::MatchOptions;

use super::write::followed;
use crate::config::expand_braces;

/// `path` seen from `cwd`, without `.` and `..`.
#[must_use]
pub fn absolute(cwd: &Path, path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for part in cwd.join(path).components() {
        match part {
            Component::CurDir => {}
            // Above the root of a file system is the root.
            Component::ParentDir => {
                clean.pop();
            }
            part => clean.push(part),
        }
    }
    clean
}

/// The canonical path of the file at `path`, seen from `cwd`, whatever links lead to it. The file need not exist.
#[must_use]
pub fn identity(cwd: &Path, path: &Path) -> PathBuf {
    let path = followed(&cwd.join(path));
    // What is not there is below the nearest folder that is.
    let real = path.ancestors().find_map(|at| {
        let real = fs::canonicalize(at).ok()?;
        Some(absolute(&real, path.strip_prefix(at).ok()?))
    });
    real.unwrap_or_else(|| absolute(cwd, &path))
}

/// How `path` is shown to people: relative to `root` where it is in it, separated by `/`.
pub(super) fn shown(root: &Path, path: &Path) -> String {
    if let Some(inside) = plainly_inside(root, path) {
        return inside.to_owned();
    }
    let Ok(inside) = path.strip_prefix(root) else {
        return slashed(&path.to_string_lossy());
    };
    let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
    if parts.is_empty() { ".".to_owned() } else { parts.join("/") }
}

/// The rest of `path` below `root` where both are written as they are shown, as those of a walk are.
fn plainly_inside<'p>(root: &Path, path: &'p Path) -> Option<&'p str> {
    let inside = path.to_str()?.strip_prefix(root.to_str()?)?.strip_prefix('/')?;
    let is_plain = |part: &str| !part.is_empty() && part != "." && !part.contains('\\');
    inside.split('/').all(is_plain).then_some(inside)
}

fn slashed(path: &str) -> String {
    path.replace(std::path::MAIN_SEPARATOR, "/")
}

/// The `folders` that are in no other of them, each once, sorted.
pub(super) fn outermost(mut folders: Vec<PathBuf>) -> Vec<PathBuf> {
    folders.sort();
    let mut retained: Vec<PathBuf> = Vec::new();
    for folder in folders {
        // Sorted by their parts, a folder comes right before what is in it.
        if !retained.last().is_some_and(|outer| folder.starts_with(outer)) {
            retained.push(folder);
        }
    }
    retained
}

/// Whether a name that does not exist can be meant as a pattern.
pub(super) fn is_pattern(name: &Path) -> bool {
    name.to_string_lossy().contains(['*', '?', '[', '{'])
}

/// The files and folders that a pattern on the command line matches, sorted; or what is wrong
/// with it. As in a shell, hidden ones are matched only by a pattern that writes the dot.
pub(super) fn expand(cwd: &Path, pattern: &Path) -> Result<Vec<PathBuf>, String> {
    let options = MatchOptions {
        case_sensitive: true,
        require_literal_separator: true,
        require_literal_leading_dot: true,
    };
    let base = glob::Pattern::escape(&cwd.to_string_lossy());
    let mut found = Vec::new();
    for plain in expand_braces(&slashed(&pattern.to_string_lossy()))? {
        let whole = if Path::new(&plain).is_absolute() { plain } else { format!("{base}/{plain}") };
        let paths = glob::glob_with(&whole, options).map_err(|error| error.msg.to_owned())?;
        // What cannot be looked into holds no match that could be read either.
        found.extend(paths.filter_map(Result::ok).map(|path| absolute(cwd, &path)));
    }
    found.sort();
    found.dedup();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_has_one_absolute_form() {
        let form = |path| absolute(Path::new("/a/b"), Path::new(path));
        assert_eq!(form("c.json"), Path::new("/a/b/c.json"));
        assert_eq!(form("./c/../d.json"), Path::new("/a/b/d.json"));
        assert_eq!(form("../../../x"), Path::new("/x"));
        assert_eq!(form("/y"), Path::new("/y"));
    }

    #[cfg(unix)]
    #[test]
    fn a_file_is_the_same_whatever_leads_to_it() {
        let at = tempfile::tempdir().unwrap();
        fs::create_dir_all(at.path().join("a/b")).unwrap();
        std::os::unix::fs::symlink("a/b", at.path().join("short")).unwrap();
        std::os::unix::fs::symlink("a/b/x", at.path().join("x")).unwrap();
        let one = identity(at.path(), Path::new("a/b/x"));
        for other in ["./a/b/x", "short/x", "a/../short/x", "x"] {
            assert_eq!(identity(at.path(), Path::new(other)), one, "not there yet: {other}");
        }
        let deep = identity(at.path(), Path::new("a/b/c/../d/x"));
        assert_eq!(identity(at.path(), Path::new("short/d/./x")), deep, "nor are its folders");
        fs::write(&one, "").unwrap();
        assert_eq!(identity(Path::new("/"), &at.path().join("x")), one);
        assert_ne!(identity(at.path(), Path::new("a/x")), one);
    }

    #[test]
    fn paths_are_shown_from_the_root_or_as_they_are() {
        let shown = |path| shown(Path::new("/a/b"), Path::new(path));
        assert_eq!(shown("/a/b/c/d.json"), "c/d.json");
        assert_eq!(shown("/a/bc/d.json"), "/a/bc/d.json");
        assert_eq!(shown("/a/b"), ".");
    }

    #[test]
    fn folders_in_other_folders_are_not_walked_twice() {
        let folders = ["/a/c", "/a", "/a-b", "/b/c", "/b/d", "/b/c", "/a/c/d"];
        let retained = outermost(folders.map(PathBuf::from).to_vec());
        assert_eq!(retained, ["/a", "/a-b", "/b/c", "/b/d"].map(PathBuf::from));
    }
}
