//! What is found in the projects that the editor has open, and what was published of it.

use std::{
    any::Any,
    collections::{BTreeMap, BTreeSet},
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::Arc,
};

use gen_lsp_types::{Diagnostic, PublishDiagnosticsParams, Uri};

use super::{
    diagnostics::{Cached, Found, View},
    documents::Documents,
    folders::Base,
    uris::Uris,
};
use crate::input::Buffers;

/// What has changed since the last check.
#[derive(Debug, Default)]
pub(super) struct Changed {
    pub(super) everything: bool,
    /// Whether projects may have come or gone.
    pub(super) projects: bool,
    /// The canonical paths of files.
    pub(super) paths: BTreeSet<PathBuf>,
    /// The canonical paths of files whose open texts have changed, and nothing else of them.
    pub(super) typed: BTreeSet<PathBuf>,
}

impl Changed {
    pub(super) fn is_nothing(&self) -> bool {
        !self.everything && !self.projects && self.paths.is_empty() && self.typed.is_empty()
    }
}

/// Checks a project.
pub(super) type Look =
    fn(&Base, (Buffers, Option<&BTreeSet<PathBuf>>), &mut Cached, &View<'_>) -> Found;

/// What was last published for a file: the version and the diagnostics.
type Published = (Option<i32>, Vec<Arc<Vec<Diagnostic>>>);

/// The findings, and what of them is published.
#[derive(Debug)]
pub(super) struct Publisher {
    look: Look,
    found: BTreeMap<Base, Found>,
    cached: BTreeMap<Base, Cached>,
    /// By the path as the editor writes it. What is found is shared with this, since it may be much.
    published: BTreeMap<PathBuf, Published>,
}

impl Publisher {
    pub(super) fn new(look: Look) -> Self {
        let (found, cached) = (BTreeMap::new(), BTreeMap::new());
        Self { look, found, cached, published: BTreeMap::new() }
    }

    /// Checks those of the `bases` that `changed` is about. Returns what to report of checks that panicked.
    pub(super) fn check(
        &mut self,
        bases: &BTreeSet<Base>,
        changed: &Changed,
        buffers: &Buffers,
        view: &View<'_>,
    ) -> Vec<String> {
        let mut panics = Vec::new();
        self.found.retain(|base, _| bases.contains(base));
        self.cached.retain(|base, _| bases.contains(base));
        for base in bases {
            let before = self.found.get(base);
            let is_about = |path: &PathBuf| base.is_about(path);
            let typed: BTreeSet<PathBuf> =
                changed.typed.iter().filter(|path| is_about(path)).cloned().collect();
            let is_same =
                before.is_some() && !changed.everything && !changed.paths.iter().any(is_about);
            if is_same && typed.is_empty() {
                continue;
            }
            let documents = (buffers.clone(), Some(&typed).filter(|_| is_same));
            let mut cached = self.cached.remove(base).unwrap_or_default();
            // A rule with a defect must not take the editor's findings with it.
            match catch_unwind(AssertUnwindSafe(|| (self.look)(base, documents, &mut cached, view)))
            {
                Ok(found) => {
                    self.cached.insert(base.clone(), cached);
                    self.found.insert(base.clone(), found);
                }
                Err(panic) => {
                    let folder = base.folder().display().to_string();
                    panics.push(format!("{folder}: not checked: {}", reason(panic.as_ref())));
                    self.found.entry(base.clone()).or_default();
                }
            }
        }
        panics
    }

    /// The parameters of a notification for each URI that the editor no longer uses: they clear its diagnostics.
    /// Findings of its file are published again under the new URI.
    pub(super) fn take_back(&mut self, left: Vec<(PathBuf, Uri)>) -> Vec<PublishDiagnosticsParams> {
        let was_published = |(path, _): &(PathBuf, Uri)| self.published.remove(path).is_some();
        let empty =
            |(_, uri)| PublishDiagnosticsParams { uri, version: None, diagnostics: Vec::new() };
        left.into_iter().filter(was_published).map(empty).collect()
    }

    /// The parameters of a notification for each file whose diagnostics differ from those published before.
    pub(super) fn publish(
        &mut self,
        bases: &BTreeSet<Base>,
        documents: &Documents,
        uris: &Uris,
    ) -> Vec<PublishDiagnosticsParams> {
        let mut by_disk: BTreeMap<&Path, Vec<Arc<Vec<Diagnostic>>>> = BTreeMap::new();
        for (base, found) in &self.found {
            for (disk, list) in found.by_disk.iter().filter(|(disk, _)| base.reports(disk, bases)) {
                by_disk.entry(disk).or_default().push(Arc::clone(list));
            }
        }
        let mut now: BTreeMap<PathBuf, Published> = BTreeMap::new();
        // An open file is published even if nothing is wrong with it.
        for (path, open) in documents.all() {
            let found = by_disk.get(open.disk.as_path()).cloned().unwrap_or_default();
            now.insert(path.to_owned(), (documents.version(path), found));
        }
        let open: BTreeSet<&Path> = documents.all().map(|(_, open)| open.disk.as_path()).collect();
        for (disk, found) in by_disk {
            if !open.contains(disk) {
                // A link that leads out of its project may be open, which is the text of another file.
                now.entry(uris.path(disk)).or_default().1.extend(found);
            }
        }
        let gone = self.published.keys().filter(|path| !now.contains_key(*path));
        let gone = gone.map(|path| (path, (None, Vec::new()))).collect::<Vec<_>>();
        let new = now.iter().filter(|(path, file)| self.published.get(*path) != Some(file));
        let params = |path: &Path, (version, found): &Published| {
            let diagnostics = found.iter().flat_map(|list| list.iter().cloned()).collect();
            let (uri, version) = (uris.uri(path)?, *version);
            Some(PublishDiagnosticsParams { uri, version, diagnostics })
        };
        let new = new.filter_map(|(path, file)| params(path, file));
        let changed =
            new.chain(gone.iter().filter_map(|(path, file)| params(path, file))).collect();
        self.published = now;
        changed
    }
}

/// What a panic said.
fn reason(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("no reason given")
}
