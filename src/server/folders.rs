//! Which projects the editor has open: those of its folders, and those of the files that it shows. All
//! paths are the canonical path of what they name.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use crate::{
    config::Config,
    input::{self, Buffers},
    project::{Project, ProjectError, Which},
    rule::RuleSet,
};

/// What is checked as a whole.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Base {
    /// The folder of a project: that of a configuration, or one that the editor has open.
    Folder(PathBuf),
    /// A file that is in no project. What is beside it is ignored, since that may be anything.
    Alone(PathBuf),
}

/// The projects of the folders that the editor has open.
#[derive(Debug, Default)]
pub(super) struct Projects {
    /// Those with a configuration, above a folder, in it or below it.
    configured: BTreeSet<PathBuf>,
    /// The folders that have none anywhere: each is a project as it is.
    bare: BTreeSet<PathBuf>,
}

impl Projects {
    /// Looks for configurations above, in and below the open `folders`.
    pub(super) fn find(folders: &[PathBuf], buffers: &Buffers) -> Self {
        let mut found = Self::default();
        for folder in folders {
            let mut around = input::configured(folder, buffers);
            around.extend(configured(folder, buffers));
            if around.is_empty() {
                found.bare.insert(folder.clone());
            }
            found.configured.extend(around);
        }
        found
    }

    /// What belongs to the open folders and the open `files`.
    pub(super) fn bases<'f>(
        &self,
        files: impl Iterator<Item = &'f Path>,
        buffers: &Buffers,
    ) -> BTreeSet<Base> {
        let of_folders = self.configured.iter().chain(&self.bare).cloned().map(Base::Folder);
        of_folders.chain(files.map(|file| self.base_of(file, buffers))).collect()
    }

    fn base_of(&self, file: &Path, buffers: &Buffers) -> Base {
        let folder = file.parent().unwrap_or(file);
        let bare = || folder.ancestors().find(|at| self.bare.contains(*at)).map(Path::to_owned);
        configured(folder, buffers)
            .or_else(bare)
            .map_or_else(|| Base::Alone(file.to_owned()), Base::Folder)
    }
}

impl Base {
    /// The folder that it is in.
    pub(super) fn folder(&self) -> &Path {
        match self {
            Self::Folder(folder) => folder,
            Self::Alone(file) => file.parent().unwrap_or(file),
        }
    }

    /// Whether the file `path` is in it.
    pub(super) fn is_about(&self, path: &Path) -> bool {
        match self {
            Self::Folder(folder) => path.starts_with(folder),
            Self::Alone(file) => path == file,
        }
    }

    /// Whether `self`, of all `bases`, is the nearest to the file `path`, which is the one that reports it.
    pub(super) fn reports(&self, path: &Path, bases: &BTreeSet<Self>) -> bool {
        let alone = std::iter::once(Self::Alone(path.to_owned()));
        let folders = path.ancestors().map(|folder| Self::Folder(folder.to_owned()));
        let nearest = alone.chain(folders).find(|base| bases.contains(base));
        nearest.is_none_or(|nearest| nearest == *self)
    }

    /// Reads it, with `buffers` in the place of files.
    pub(super) fn open(&self, rules: &RuleSet, buffers: Buffers) -> Result<Project, ProjectError> {
        match self {
            Self::Folder(folder) => Project::open(rules, &Which::Nearest, folder, &[], buffers),
            Self::Alone(file) => Ok(Project::alone(rules, file, buffers)),
        }
    }
}

/// The folder of the configuration that counts in `folder`.
fn configured(folder: &Path, buffers: &Buffers) -> Option<PathBuf> {
    Some(Config::nearest(folder, buffers)?.parent()?.to_owned())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// What belongs to open folders and files in a folder with projects in `a` and in `d/e`, of which that in `x` is
    /// left out by an ignore file and that in `n` not saved yet.
    fn all(folders: &[&str], files: &[&str]) -> Vec<String> {
        let root = tempfile::Builder::new().prefix("projects").tempdir().unwrap();
        let root = root.path().canonicalize().unwrap();
        for folder in ["a/b", "d/e/f", "d/x", "g"] {
            fs::create_dir_all(root.join(folder)).unwrap();
        }
        for config in ["a/rapporteur.toml", "d/e/rapporteur.toml", "d/x/rapporteur.toml"] {
            fs::write(root.join(config), "").unwrap();
        }
        fs::write(root.join("d/.gitignore"), "x/\n").unwrap();
        let mut buffers = Buffers::default();
        buffers.put(&root, Path::new("n/m/rapporteur.toml"), Vec::new());
        let at = |inside: &&str| if inside.is_empty() { root.clone() } else { root.join(inside) };
        let folders: Vec<PathBuf> = folders.iter().map(at).collect();
        let files: Vec<PathBuf> = files.iter().map(at).collect();
        let projects = Projects::find(&folders, &buffers);
        let bases = projects.bases(files.iter().map(PathBuf::as_path), &buffers);
        let shown = |base: Base| {
            let (word, path) = match base {
                Base::Folder(path) => ("folder", path),
                Base::Alone(path) => ("alone", path),
            };
            let path = path.strip_prefix(&root).unwrap().display().to_string();
            format!("{word} {path}").trim().to_owned()
        };
        bases.into_iter().map(shown).collect()
    }

    #[test]
    fn a_folder_in_a_project_means_the_project() {
        assert_eq!(all(&["a"], &[]), ["folder a"]);
        assert_eq!(all(&["a", "a/b"], &["a/b/x.json"]), ["folder a"]);
    }

    #[test]
    fn a_folder_without_any_configuration_is_a_project_too() {
        assert_eq!(all(&["c"], &["c/x.json"]), ["folder c"]);
    }

    #[test]
    fn a_folder_above_projects_means_them_and_is_none_itself() {
        assert_eq!(all(&["d"], &[]), ["folder d/e"]);
        assert_eq!(all(&[""], &["a/x.json"]), ["folder a", "folder d/e", "folder n/m"]);
        assert_eq!(all(&["d"], &["d/x.json"]), ["folder d/e", "alone d/x.json"]);
        assert_eq!(all(&["d"], &["d/x/x.json"]), ["folder d/e", "folder d/x"]);
        assert_eq!(all(&["n"], &[]), ["folder n/m"], "one that is not saved counts");
    }

    #[test]
    fn a_file_belongs_to_its_project_or_is_alone() {
        assert_eq!(all(&[], &["a/b/x.json", "y.json"]), ["folder a", "alone y.json"]);
        assert_eq!(all(&[], &["n/m/y.json"]), ["folder n/m"]);
        assert_eq!(all(&[], &[]), Vec::<String>::new());
    }

    #[test]
    fn the_nearest_project_reports_a_file() {
        let [outer, inner, other] =
            ["/p", "/p/q", "/o/deep/down"].map(|path| Base::Folder(PathBuf::from(path)));
        let bases = BTreeSet::from([outer.clone(), inner.clone(), other.clone()]);
        let reports = |base: &Base, path: &str| base.reports(Path::new(path), &bases);
        assert!(reports(&inner, "/p/q/x.json") && !reports(&outer, "/p/q/x.json"));
        assert!(reports(&outer, "/p/x.json") && !reports(&other, "/p/x.json"));
        assert!(reports(&inner, "/elsewhere.json"), "no project is nearer");
    }
}
