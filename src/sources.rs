//! The sources of a run: its files, its schemas, the configuration and the baseline, each with a name that stays.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use serde::{Deserialize, Serialize};

use crate::{
    source::Source,
    tree::{Columns, Supplied},
};

/// Names a source. It stays the same while the text of the source changes, and says nothing of the order of sources.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct SourceId(u32);

impl SourceId {
    /// The source of this number.
    #[must_use]
    pub const fn new(number: u32) -> Self {
        Self(number)
    }

    /// Its number, to look it up in a list of all sources.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// One file of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// The path shown to people: relative to the project, separated by `/`.
    pub path: String,
    /// Where to read it.
    pub disk: PathBuf,
    /// The schema that the configuration gives to its records, as written there.
    pub schema: Option<String>,
    /// For a table of keys that are known to exist elsewhere: what is read of it. It holds no records.
    pub table: Option<Arc<Columns>>,
    /// What its path and the configuration say of its records.
    pub supplied: Option<Arc<Supplied>>,
    /// Whether findings in it are reported. What is found does not depend on it.
    pub reported: bool,
    /// Whether the user named it as a place of records: otherwise a file that is not a record is not reported.
    pub expected: bool,
}

impl Input {
    /// A file that is named, and so is expected to hold records.
    #[must_use]
    pub fn named(path: &str) -> Self {
        Self {
            path: path.to_owned(),
            disk: path.into(),
            schema: None,
            table: None,
            supplied: None,
            reported: true,
            expected: true,
        }
    }

    /// Whether both are read in the same way.
    fn reads_like(&self, other: &Self) -> bool {
        self.path == other.path
            && self.disk == other.disk
            && self.schema == other.schema
            && self.table == other.table
            && self.supplied == other.supplied
    }
}

/// A source.
#[derive(Clone, Debug)]
enum Known {
    /// A file, which is read when it is needed.
    Input(Arc<Input>),
    /// A text that is in memory anyway: a schema, the configuration, or the baseline.
    Text(Arc<Source>),
    /// A file that is no longer there.
    Gone,
}

/// The sources of a run, by their names.
#[derive(Clone, Debug, Default)]
pub struct SourceMap {
    all: Vec<Known>,
    /// The files by the place where they are read, sorted.
    by_disk: Vec<SourceId>,
    /// What was put in since they were sorted.
    added: Vec<SourceId>,
}

/// What a file is to those that were there before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Put {
    /// It was there, and is read as before; its bytes may be others.
    Again(SourceId),
    /// It was not there, or was read otherwise.
    New(SourceId),
}

impl SourceMap {
    /// Adds a text that is in memory anyway.
    pub fn add_text(&mut self, source: Arc<Source>) -> SourceId {
        self.push(Known::Text(source))
    }

    /// Puts another text in the place of one that is in memory anyway.
    pub fn set_text(&mut self, id: SourceId, source: Arc<Source>) {
        if let Some(known @ Known::Text(_)) = self.all.get_mut(id.index()) {
            *known = Known::Text(source);
        }
    }

    fn push(&mut self, known: Known) -> SourceId {
        self.all.push(known);
        SourceId(self.all.len() as u32 - 1)
    }

    /// Puts in a file, which may be there already. The files are [sorted](Self::sort) before they are looked for again.
    pub fn put(&mut self, input: Arc<Input>) -> Put {
        if let Some(id) = self.find(&input.disk) {
            let known = &mut self.all[id.index()];
            let is_same = matches!(known, Known::Input(known) if known.reads_like(&input));
            *known = Known::Input(input);
            return if is_same { Put::Again(id) } else { Put::New(id) };
        }
        let id = self.push(Known::Input(input));
        self.added.push(id);
        Put::New(id)
    }

    /// Takes out the files that are read there.
    pub fn remove(&mut self, disks: &[PathBuf]) -> Vec<SourceId> {
        let gone: Vec<SourceId> = disks.iter().filter_map(|disk| self.find(disk)).collect();
        for id in &gone {
            self.all[id.index()] = Known::Gone;
        }
        let all = &self.all;
        self.by_disk.retain(|id| !matches!(all[id.index()], Known::Gone));
        gone
    }

    /// Makes all files ready to be found.
    pub fn sort(&mut self) {
        let mut added = std::mem::take(&mut self.added);
        if !added.is_empty() {
            self.by_disk.append(&mut added);
            let mut all = std::mem::take(&mut self.by_disk);
            all.sort_by_key(|id| self.disk(*id).map(Path::as_os_str));
            self.by_disk = all;
        }
    }

    /// The file that is read there.
    #[must_use]
    pub fn find(&self, disk: &Path) -> Option<SourceId> {
        let disk = Some(disk.as_os_str());
        let found =
            self.by_disk.binary_search_by_key(&disk, |id| self.disk(*id).map(Path::as_os_str));
        found.ok().map(|at| self.by_disk[at])
    }

    fn disk(&self, id: SourceId) -> Option<&Path> {
        self.input(id).map(|input| input.disk.as_path())
    }

    /// The file of this name.
    #[must_use]
    pub fn input(&self, id: SourceId) -> Option<&Input> {
        match self.all.get(id.index())? {
            Known::Input(input) => Some(input),
            Known::Text(_) | Known::Gone => None,
        }
    }

    /// The text of this name, if it is in memory anyway.
    #[must_use]
    pub fn text(&self, id: SourceId) -> Option<&Arc<Source>> {
        match self.all.get(id.index())? {
            Known::Text(source) => Some(source),
            Known::Input(_) | Known::Gone => None,
        }
    }

    /// The path of a source, as it is shown to people.
    #[must_use]
    pub fn path(&self, id: SourceId) -> &str {
        match self.all.get(id.index()) {
            Some(Known::Input(input)) => &input.path,
            Some(Known::Text(source)) => &source.path,
            Some(Known::Gone) | None => "",
        }
    }

    /// The names of all sources.
    pub fn ids(&self) -> impl Iterator<Item = SourceId> + use<> {
        (0..self.all.len() as u32).map(SourceId)
    }

    /// The files, in the order of their paths.
    #[must_use]
    pub fn inputs(&self) -> Vec<(SourceId, &Input)> {
        let mut all: Vec<_> = self.ids().filter_map(|id| Some((id, self.input(id)?))).collect();
        let key = |(_, input): &(SourceId, &Input)| (input.path.clone(), input.disk.clone());
        if !all.is_sorted_by(|(_, a), (_, b)| (&a.path, &a.disk) <= (&b.path, &b.disk)) {
            all.sort_by_cached_key(key);
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{source::Syntax, testing::input};

    #[test]
    fn a_file_keeps_its_name_until_it_goes() {
        let mut map = SourceMap::default();
        let text = map.add_text(Arc::new(Source::new("s.json", Syntax::Json, "{}")));
        let Put::New(b) = map.put(input("b.json").into()) else { panic!("b.json is new") };
        let Put::New(a) = map.put(input("a.json").into()) else { panic!("a.json is new") };
        map.sort();
        assert_eq!(map.find(Path::new("a.json")), Some(a));
        let paths: Vec<&str> = map.inputs().iter().map(|(_, input)| input.path.as_str()).collect();
        assert_eq!(paths, ["a.json", "b.json"], "in the order of paths, not of names");
        assert_eq!((map.path(b), map.path(text)), ("b.json", "s.json"));
        // Whether it is reported says nothing of what is in it.
        assert_eq!(map.put(Input { reported: false, ..input("a.json") }.into()), Put::Again(a));
        let schema = Some("letter".to_owned());
        assert_eq!(map.put(Input { schema, ..input("a.json") }.into()), Put::New(a));
        assert_eq!(map.remove(&["a.json".into(), "c.json".into()]), [a]);
        assert_eq!((map.find(Path::new("a.json")), map.path(a)), (None, ""));
        let Put::New(second) = map.put(input("a.json").into()) else { panic!("it is new again") };
        map.sort();
        assert_ne!(second, a);
        assert_eq!(map.find(Path::new("b.json")), Some(b));
    }
}
