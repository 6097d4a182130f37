//! Which projects the editor has open: those of its folders, and those of the files that it shows.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use crate::{
    config::Config,
    input::Buffers,
    project::{Project, ProjectError, Which},
};

/// What is checked as a whole.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Base {
    /// The folder of a project: that of a configuration, or one that the editor has open.
    Folder(PathBuf),
    /// A file that lies in no project. What lies beside it is left alone, since that may be anything.
    Alone(PathBuf),
}

impl Base {
    /// What belongs to the open `folders` and the open `files`.
    pub(super) fn all<'f>(
        folders: &[PathBuf],
        files: impl Iterator<Item = &'f Path>,
    ) -> BTreeSet<Self> {
        let of_folders = folders
            .iter()
            .map(|folder| Self::Folder(configured(folder).unwrap_or_else(|| folder.clone())));
        of_folders.chain(files.map(|file| Self::of(file, folders))).collect()
    }

    fn of(file: &Path, folders: &[PathBuf]) -> Self {
        let folder = file.parent().unwrap_or(file);
        let open = || {
            let around = folders.iter().filter(|open| file.starts_with(open));
            around.max_by_key(|open| open.components().count()).cloned()
        };
        configured(folder).or_else(open).map_or_else(|| Self::Alone(file.to_owned()), Self::Folder)
    }

    /// The folder that it lies in.
    pub(super) fn folder(&self) -> &Path {
        match self {
            Self::Folder(folder) => folder,
            Self::Alone(file) => file.parent().unwrap_or(file),
        }
    }

    /// Whether a change of the file `path` may change what is found.
    pub(super) fn is_about(&self, path: &Path) -> bool {
        match self {
            Self::Folder(folder) => path.starts_with(folder),
            Self::Alone(file) => path == file,
        }
    }

    /// Whether `self`, of all `bases` that are about the file `path`, is the nearest to it, which is the
    /// one that tells of it.
    pub(super) fn tells_of(&self, path: &Path, bases: &BTreeSet<Self>) -> bool {
        let depth = |base: &Self| match base {
            Self::Folder(folder) => folder.components().count(),
            Self::Alone(_) => usize::MAX,
        };
        let nearer = |other: &&Self| other.is_about(path) && depth(other) > depth(self);
        !bases.iter().any(|other| nearer(&other))
    }

    /// Reads it, with `buffers` in the place of files.
    pub(super) fn open(&self, buffers: Buffers) -> Result<Project, ProjectError> {
        match self {
            Self::Folder(folder) => Project::open(&Which::Nearest, folder, &[], buffers),
            Self::Alone(file) => Ok(Project::alone(file, buffers)),
        }
    }
}

/// The folder of the configuration that counts in `folder`.
fn configured(folder: &Path) -> Option<PathBuf> {
    Some(Config::discover(folder)?.parent()?.to_owned())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn at(folder: &Path, inside: &str) -> PathBuf {
        if inside.is_empty() { folder.to_owned() } else { folder.join(inside) }
    }

    /// What belongs to open folders and files in a folder with one project in `a`.
    fn all(folders: &[&str], files: &[&str]) -> Vec<String> {
        let root = tempfile::Builder::new().prefix("projects").tempdir().unwrap();
        fs::create_dir_all(root.path().join("a/b")).unwrap();
        fs::write(root.path().join("a/rapporteur.toml"), "").unwrap();
        let folders: Vec<PathBuf> = folders.iter().map(|one| at(root.path(), one)).collect();
        let files: Vec<PathBuf> = files.iter().map(|one| at(root.path(), one)).collect();
        let bases = Base::all(&folders, files.iter().map(PathBuf::as_path));
        let shown = |base: Base| {
            let (word, path) = match base {
                Base::Folder(path) => ("folder", path),
                Base::Alone(path) => ("alone", path),
            };
            let path = path.strip_prefix(root.path()).unwrap().display().to_string();
            format!("{word} {path}").trim().to_owned()
        };
        bases.into_iter().map(shown).collect()
    }

    #[test]
    fn a_folder_in_a_project_stands_for_the_project() {
        assert_eq!(all(&["a"], &[]), ["folder a"]);
        assert_eq!(all(&["a", "a/b"], &["a/b/x.json"]), ["folder a"]);
    }

    #[test]
    fn a_folder_without_configuration_is_a_project_too() {
        assert_eq!(all(&["c"], &["c/x.json"]), ["folder c"]);
        assert_eq!(all(&[""], &["x.json", "a/x.json"]), ["folder", "folder a"]);
    }

    #[test]
    fn a_file_belongs_to_its_project_or_stands_alone() {
        assert_eq!(all(&[], &["a/b/x.json", "y.json"]), ["folder a", "alone y.json"]);
        assert_eq!(all(&[], &[]), Vec::<String>::new());
    }

    #[test]
    fn the_nearest_project_tells_of_a_file() {
        let [outer, inner] = ["/p", "/p/q"].map(|path| Base::Folder(PathBuf::from(path)));
        let bases = BTreeSet::from([outer.clone(), inner.clone()]);
        let told = |base: &Base, path: &str| base.tells_of(Path::new(path), &bases);
        assert!(told(&inner, "/p/q/x.json") && !told(&outer, "/p/q/x.json"));
        assert!(told(&outer, "/p/x.json"));
        assert!(told(&inner, "/elsewhere.json"), "nobody is nearer");
    }
}
