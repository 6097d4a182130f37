//! Patterns for files and folders: those that do not exist for a run, and those that have levels of their own.

use super::{Glob, Index, Reader, Value};

/// The patterns of one `exclude` or `[[overrides]]`. A pattern that matches a folder includes everything in it.
#[derive(Clone, Debug, Default)]
pub struct PathSet {
    globs: Vec<Glob>,
    index: Index,
}

impl PathSet {
    fn new(globs: Vec<Glob>) -> Self {
        let index = Index::new(std::iter::once(globs.as_slice()));
        Self { globs, index }
    }

    /// Whether there is no pattern.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.globs.is_empty()
    }

    /// The patterns, in their order.
    #[must_use]
    pub fn globs(&self) -> &[Glob] {
        &self.globs
    }

    /// The pattern that matches `path` itself, a file or a folder, relative to the root and separated by `/`.
    #[must_use]
    pub fn matched(&self, path: &str) -> Option<&Glob> {
        self.index.first(path).and_then(|(_, number)| self.globs.get(number))
    }

    /// The patterns that match none of these paths, and no folder that one of them is in.
    #[must_use]
    pub fn unmatched(&self, paths: &[&str]) -> Vec<&Glob> {
        let mut unmatched = self.index.unmatched();
        for path in paths {
            for (at, _) in path.match_indices('/') {
                unmatched.meet(&path[..at]);
            }
            unmatched.meet(path);
        }
        unmatched.left().filter_map(|(_, number)| self.globs.get(number)).collect()
    }

    /// The pattern that matches `path` or a folder that it is in; the outermost folder counts.
    #[must_use]
    pub fn above(&self, path: &str) -> Option<&Glob> {
        if self.is_empty() {
            return None;
        }
        let folders = path.match_indices('/').map(|(at, _)| &path[..at]);
        folders.chain([path]).find_map(|at| self.matched(at))
    }
}

impl Reader<'_> {
    pub(super) fn read_paths(&mut self, key: &str, value: &Value<'_>) -> PathSet {
        let mut globs = Vec::new();
        self.read_globs(key, value, &mut globs, Glob::for_paths);
        PathSet::new(globs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pattern of these that excludes `path`.
    fn by(patterns: &[&str], path: &str) -> Option<String> {
        let glob = |text: &&str| Glob::for_paths(text, 0..0).unwrap();
        PathSet::new(patterns.iter().map(glob).collect()).above(path).map(|glob| glob.text.clone())
    }

    #[test]
    fn a_pattern_that_matches_a_folder_excludes_everything_in_it() {
        for pattern in ["old", "old/", "./old", "old/**", "old/*", "**/old", "{old,new}", "o?d"] {
            let shown = pattern.trim_end_matches('/');
            for path in ["old/a.yaml", "old/b/c.json"] {
                assert_eq!(by(&[pattern], path).as_deref(), Some(shown), "{path}");
            }
            for path in ["a.yaml", "older/a.yaml", "b/a.yaml", "told/old.yaml"] {
                assert_eq!(by(&[pattern], path), None, "{pattern} {path}");
            }
        }
        assert_eq!(by(&["old"], "b/old/a.yaml"), None, "a pattern begins at the root");
        assert!(by(&["**/old"], "b/old/a.yaml").is_some());
    }

    #[test]
    fn patterns_that_match_nothing_are_known() {
        let glob = |text: &str| Glob::for_paths(text, 0..0).unwrap();
        let set = PathSet::new(["old", "new/**", "*.yaml", "b/*.json"].map(glob).to_vec());
        let left = set.unmatched(&["old/a.yaml", "b/c.json", "older/new/x.json"]);
        let left: Vec<&str> = left.into_iter().map(|glob| glob.text.as_str()).collect();
        assert_eq!(left, ["new/**", "*.yaml"]);
    }

    #[test]
    fn a_pattern_for_files_excludes_no_others() {
        assert!(by(&["**/*.draft.yaml"], "a/b.draft.yaml").is_some());
        assert_eq!(by(&["**/*.draft.yaml"], "a/b.yaml"), None);
        assert!(by(&["a/b.yaml"], "a/b.yaml").is_some());
        assert_eq!(by(&["a/b.yaml"], "a/b.yaml.json"), None);
        assert_eq!(by(&[], "a/b.yaml"), None);
        assert_eq!(by(&["x", "a/*", "a/b.yaml"], "a/b.yaml").as_deref(), Some("a/*"));
    }

    #[test]
    fn a_pattern_that_cannot_exclude_anything_is_an_error() {
        let fails = |text| Glob::for_paths(text, 0..0).unwrap_err();
        assert!(fails("").contains("empty"));
        assert!(fails("./").contains("is the whole project"), "{}", fails("./"));
        assert!(fails("../a").contains("leads out of the project"));
        assert!(fails("!a").contains("begins with `!`"));
        assert!(Glob::for_paths("notes/*.txt", 0..0).is_ok(), "other files are never read");
    }
}
