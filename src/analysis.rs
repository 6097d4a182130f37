//! The state of a check: the sources, what was found in each file, what each contributes to the corpus, and what was found in
//! the groups of all.
//!
//! One operation changes it: [`Analysis::apply`] reads the files that changed, replaces what they gave, and looks again at the
//! groups that this concerns. The command line applies all files once, the language server one edit after the other.

mod coverage;
mod file;
mod identity;
mod keys;
mod links;
mod locate;
mod measure;
mod near_keys;
mod own;
mod project_rules;
mod reread;
mod stage;
mod supplied;
mod trial;

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    ops::Deref,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use jiff::civil::Date;
use rayon::prelude::*;

use self::{file::FilePass, locate::Located};
use crate::{
    allow::Allowances,
    corpus::{
        Batch, Corpus, Dirty, Hash, Identities, Part, Ref, Shared, Wanted, number_of, relation,
    },
    digest,
    finding::{Draft, Finding},
    rule::{Active, Check, GroupCheck, GroupRun, Hindered, Usage},
    schema::{Catalog, Limit, SchemaId},
    source::{Parts, Source},
    sources::{Input, Put, SourceId, SourceMap},
    vocabulary::{DecidesArguments, LinkArguments, NoteId},
};

pub use self::{
    file::{facts_of, source_of, tree_of},
    links::{Folder, Folders},
    own::is_report,
    reread::Reread,
    supplied::understand,
};

/// How a file is read: its bytes, or why it could not be.
pub type Read<'a> = dyn Fn(&Input) -> Result<Vec<u8>, String> + Sync + 'a;

/// The schemas of a check.
#[derive(Clone, Debug)]
pub enum Schemas<'c> {
    /// Borrowed ones.
    Of(&'c Catalog),
    /// Shared ones.
    Shared(Arc<Catalog>),
}

impl Deref for Schemas<'_> {
    type Target = Catalog;

    fn deref(&self) -> &Catalog {
        match self {
            Self::Of(catalog) => catalog,
            Self::Shared(catalog) => catalog,
        }
    }
}

/// What was found in one file.
#[derive(Clone, Debug, Default)]
pub(crate) struct FileResult {
    /// Stands for its bytes; `None` where it could not be read.
    bytes: Option<u64>,
    /// Its records of a known schema, and the others.
    pub(crate) records: u32,
    pub(crate) unknown_records: u32,
    /// Whether all of it could be read.
    pub(crate) is_whole: bool,
    /// How each schema fares with its records.
    usage: Box<[(SchemaId, Usage)]>,
    /// The uses of keywords that read a value in it.
    read: Option<Arc<[u64]>>,
    /// What most files have not.
    pub(crate) more: Option<Box<More>>,
}

/// What was found in a file that has a finding, or something else that most files have not.
#[derive(Clone, Debug, Default)]
pub(crate) struct More {
    pub(crate) findings: Vec<Finding>,
    /// The findings whose severity depends on the days of an event.
    pending: Vec<stage::Pending>,
    /// Those that count only where the file is expected to hold records.
    pub(crate) of_unknown_records: Vec<Finding>,
    /// What the file accepts.
    pub(crate) allowances: Allowances,
    /// Nodes under which the schema has been broken, as half-open ranges of node numbers, in order and
    /// apart from each other: what other rules find there only follows.
    covered: Vec<(usize, usize)>,
    /// The nodes whose values cannot be read, sorted: that no record defines such a key only follows.
    unreadable: Vec<usize>,
    /// What kept records of the file from being checked whole.
    pub(crate) limits: BTreeMap<Limit, Hindered>,
    /// Where its text leads, and what can be linked in it.
    links: links::Links,
    /// How many values each use of a keyword could not read.
    unread_by: BTreeMap<NoteId, usize>,
    pub(crate) unread: Option<String>,
}

/// The state of a check.
#[derive(Debug)]
pub struct Analysis<'c> {
    pub(crate) catalog: Schemas<'c>,
    pub(crate) active: Vec<Active>,
    pub(crate) as_of: Option<Date>,
    pub(crate) sources: SourceMap,
    /// The schema documents, in the order of the catalogue.
    pub(crate) schemas: Vec<SourceId>,
    /// The configuration, where there is one, and what it extends.
    pub(crate) config: Vec<SourceId>,
    /// The baseline, where there is one.
    pub(crate) baseline: Option<SourceId>,
    /// By source.
    files: Vec<Option<FileResult>>,
    corpus: Corpus,
    shared: Shared,
    note_sets: coverage::NoteSets,
    /// What was found in groups, by relation and by the hash of the key.
    grouped: Vec<BTreeMap<Hash, Vec<Draft>>>,
    /// What was found in the groups that follow from others, by relation.
    derived: Vec<Vec<Draft>>,
    located: Located,
    key_index: near_keys::Cache,
    /// Whether a rule looks at links, and whether a schema declares any.
    takes_links: (bool, bool),
}

impl<'c> Analysis<'c> {
    /// Nothing was read yet; the rules in `active` run, on the day `as_of`.
    #[must_use]
    pub fn new(catalog: Schemas<'c>, active: Vec<Active>, as_of: Option<Date>) -> Self {
        let mut sources = SourceMap::default();
        let files = catalog.files().iter();
        let schemas = files.map(|file| sources.add_text(Arc::clone(&file.source))).collect();
        let corpus = Corpus::new(wanted(&active, as_of));
        let relations = corpus.wanted().len();
        let decision_kinds = catalog.kinds_with::<DecidesArguments>();
        let decision_kinds = decision_kinds.into_iter().map(str::to_owned).collect();
        let reports_copies = corpus.wanted()[number_of::<relation::Copies>()];
        let complete = catalog.complete().to_vec();
        let is_links = |one: &Active| matches!(one.rule.check, Check::Links(_));
        let takes_links = (active.iter().any(is_links), catalog.uses::<LinkArguments>());
        Self {
            catalog,
            active,
            as_of,
            sources,
            schemas,
            config: Vec::new(),
            baseline: None,
            files: Vec::new(),
            corpus,
            shared: Shared { decision_kinds, reports_copies, complete, ..Shared::default() },
            note_sets: coverage::NoteSets::default(),
            grouped: (0..relations).map(|_| BTreeMap::new()).collect(),
            derived: (0..relations).map(|_| Vec::new()).collect(),
            located: Located::default(),
            key_index: near_keys::Cache::default(),
            takes_links,
        }
    }

    /// Takes out the files that are read at `gone`, and reads those of `put`, which may be new, changed, or as they were.
    /// What is found afterwards is what a new analysis of the same files finds.
    pub fn apply(
        &mut self,
        put: Vec<Arc<Input>>,
        gone: &[PathBuf],
        read: &Read<'_>,
        progress: &(dyn Fn(usize, usize) + Sync),
    ) {
        let gone = self.sources.remove(gone);
        let mut put: Vec<(SourceId, bool)> = put
            .into_iter()
            .map(|input| match self.sources.put(input) {
                Put::Again(id) => (id, true),
                Put::New(id) => (id, false),
            })
            .collect();
        self.sources.sort();
        let mut ranks = vec![u32::MAX; self.sources.ids().count()];
        for (rank, (id, _)) in (0..).zip(self.sources.inputs()) {
            ranks[id.index()] = rank;
        }
        put.sort_unstable_by_key(|(id, _)| ranks[id.index()]);
        put.dedup_by_key(|(id, _)| *id);
        let (parts, results) = self.read_files(&put, read, progress);
        for id in &gone {
            self.forget(*id);
        }
        self.files.resize(ranks.len(), None);
        for (id, result) in results.into_iter().flatten() {
            self.located.forget(id);
            self.files[id.index()] = Some(result);
        }
        let dirty = self.corpus.replace(&gone, parts, ranks);
        self.check_groups(&dirty);
    }

    /// Gets ready for further changes, so that the next one need not.
    pub fn follow(&mut self) {
        self.corpus.follow();
    }

    /// The files that are there and not among `inputs`, by the place where they are read.
    #[must_use]
    pub fn paths_without(&self, inputs: &[Arc<Input>]) -> Vec<PathBuf> {
        let wanted: HashSet<&Path> = inputs.iter().map(|input| input.disk.as_path()).collect();
        let all = self.sources.inputs().into_iter().map(|(_, input)| &input.disk);
        all.filter(|disk| !wanted.contains(disk.as_path())).cloned().collect()
    }

    /// Takes note of the configuration and the baseline that findings may be about.
    pub(crate) fn set_texts(&mut self, config: Option<&Parts>, baseline: Option<&Arc<Source>>) {
        let texts = config.into_iter().flat_map(Parts::iter).enumerate();
        let known = std::mem::take(&mut self.config);
        let ids = texts.map(|(at, source)| self.set_text(known.get(at).copied(), Some(source)));
        self.config = ids.flatten().collect();
        self.baseline = self.set_text(self.baseline, baseline);
    }

    fn set_text(&mut self, id: Option<SourceId>, source: Option<&Arc<Source>>) -> Option<SourceId> {
        match (id, source) {
            (Some(id), Some(source)) => {
                let before = self.sources.text(id);
                if before.is_none_or(|before| !Arc::ptr_eq(before, source)) {
                    self.located.forget(id);
                    self.sources.set_text(id, Arc::clone(source));
                }
                Some(id)
            }
            (None, Some(source)) => Some(self.sources.add_text(Arc::clone(source))),
            (id, None) => id,
        }
    }

    fn forget(&mut self, id: SourceId) {
        self.located.forget(id);
        if let Some(file) = self.files.get_mut(id.index()) {
            *file = None;
        }
    }

    /// What is in the files that are not as they were.
    fn read_files(
        &self,
        put: &[(SourceId, bool)],
        read: &Read<'_>,
        progress: &(dyn Fn(usize, usize) + Sync),
    ) -> (Vec<Part>, Vec<Vec<(SourceId, FileResult)>>) {
        let done = AtomicUsize::new(0);
        let pass = |files: &[(SourceId, bool)]| {
            let mut part = Part { batch: Batch::default(), files: Vec::new() };
            let mut results = Vec::new();
            for (id, is_known) in files {
                let before = self.files.get(id.index()).and_then(Option::as_ref);
                let before = before.filter(|_| *is_known).and_then(|file| file.bytes);
                let from = part.batch.len() as u32;
                if let Some(result) = self.read_file(*id, before, read, &mut part.batch) {
                    part.files.push((*id, from..part.batch.len() as u32));
                    results.push((*id, result));
                }
                progress(done.fetch_add(1, Ordering::Relaxed) + 1, put.len());
            }
            part.batch.shrink();
            (part, results)
        };
        // Each batch costs some memory, so files share one; but a few files are still spread over several threads.
        let passed: Vec<_> =
            put.par_chunks(put.len().div_ceil(64).clamp(1, 32)).map(pass).collect();
        passed.into_iter().unzip()
    }

    /// What is in a file; `None` if its bytes are as `before`.
    fn read_file(
        &self,
        id: SourceId,
        before: Option<u64>,
        read: &Read<'_>,
        batch: &mut Batch,
    ) -> Option<FileResult> {
        let input = self.sources.input(id)?;
        let bytes = match read(input) {
            Ok(bytes) => bytes,
            Err(reason) => {
                let more = Box::new(More { unread: Some(reason), ..More::default() });
                return Some(FileResult { more: Some(more), ..FileResult::default() });
            }
        };
        let now = digest::of(&bytes);
        if before == Some(now) {
            return None;
        }
        let mut result = FilePass { analysis: self, id, input, batch }.check(bytes);
        result.bytes = Some(now);
        Some(result)
    }

    /// Looks at the groups that a change concerns.
    fn check_groups(&mut self, dirty: &Dirty) {
        let has_decided = self.decide(dirty);
        let checks = self.group_checks();
        let dependents = if has_decided { Corpus::dependents() } else { HashSet::new() };
        for (number, check) in checks.iter().enumerate() {
            let Some((check, rules)) = check else { continue };
            // One relation after the other: while it is looked at, all that it has is in order.
            let found = match dirty {
                Dirty::Some(hashes) if !dependents.contains(&number) => {
                    for hash in &hashes[number] {
                        self.grouped[number].remove(hash);
                    }
                    self.check_keys(*check, rules, &hashes[number])
                }
                _ => {
                    self.grouped[number].clear();
                    self.check_all(*check, rules)
                }
            };
            self.grouped[number].extend(found);
            let mut run = self.group_run(rules);
            check.check_derived(&self.corpus, &mut run);
            self.derived[number] = run.out;
        }
    }

    /// Looks at the groups of some keys of a relation.
    fn check_keys(
        &self,
        check: &dyn GroupCheck,
        rules: &[usize],
        hashes: &[Hash],
    ) -> Vec<(Hash, Vec<Draft>)> {
        let look = |hash: &Hash| {
            let refs = self.corpus.refs(check.relation(), *hash);
            Some((*hash, self.check_refs(check, rules, &refs)?))
        };
        hashes.par_iter().filter_map(look).collect()
    }

    /// Looks at all groups of a relation.
    fn check_all(&self, check: &dyn GroupCheck, rules: &[usize]) -> Vec<(Hash, Vec<Draft>)> {
        let all = self.corpus.all(check.relation());
        let mut chunks: Vec<&[Ref]> = Corpus::chunks(check.relation(), &all).collect();
        // Groups of the same files are looked at one after the other: their entries are near each other, and their names known.
        chunks.par_sort_unstable_by_key(|refs| (refs[0].batch(), refs[0]));
        let look = |refs: &&[Ref]| Some((refs[0].hash(), self.check_refs(check, rules, refs)?));
        chunks.par_iter().filter_map(look).collect()
    }

    /// What is found in the groups of these entries, whose keys have one hash.
    fn check_refs(
        &self,
        check: &dyn GroupCheck,
        rules: &[usize],
        refs: &[Ref],
    ) -> Option<Vec<Draft>> {
        let mut run = self.group_run(rules);
        check.check(&self.corpus, refs, &mut run);
        (!run.out.is_empty()).then_some(run.out)
    }

    fn group_run<'r>(&'r self, rules: &'r [usize]) -> GroupRun<'r> {
        let (active, as_of, shared) = (&self.active, self.as_of, &self.shared);
        GroupRun { active, rules, as_of, shared, out: Vec::new() }
    }

    /// Takes note of what was decided on names; whether that is something else than before.
    fn decide(&mut self, dirty: &Dirty) -> bool {
        let decides = number_of::<relation::Decision>();
        let may_decide = match dirty {
            Dirty::All => true,
            Dirty::Some(hashes) => !hashes[decides].is_empty(),
        };
        if !may_decide || !self.corpus.wanted()[decides] {
            return false;
        }
        let identities = Identities::of(&self.corpus.read_all::<relation::Decision>());
        let has_decided = identities != self.shared.identities;
        self.shared.identities = identities;
        has_decided
    }

    /// For each relation the check of one of its rules, which knows how to look at its groups, and the numbers of all.
    fn group_checks(&self) -> Vec<Option<(&'static dyn GroupCheck, Vec<usize>)>> {
        let mut checks: Vec<Option<(&'static dyn GroupCheck, Vec<usize>)>> =
            self.corpus.wanted().iter().map(|_| None).collect();
        for (number, one) in self.active.iter().enumerate() {
            if let Some(check) = one.rule.check.of_group() {
                let (_, rules) =
                    checks[check.relation()].get_or_insert_with(|| (check, Vec::new()));
                rules.push(number);
            }
        }
        checks
    }

    /// The files, in the order of their paths.
    pub(crate) fn files(&self) -> impl Iterator<Item = (SourceId, &Input, &FileResult)> {
        let inputs = self.sources.inputs().into_iter();
        inputs.filter_map(|(id, input)| Some((id, input, self.file(id)?)))
    }

    pub(crate) fn file(&self, id: SourceId) -> Option<&FileResult> {
        self.files.get(id.index())?.as_ref()
    }

    /// What was found in single files, with the severity that it has on the day of the check.
    pub(crate) fn file_findings(&self) -> Vec<Finding> {
        let mut all = Vec::new();
        let mut events: Option<HashMap<String, relation::event::EventDays>> = None;
        let mut replaced: Option<HashSet<String>> = None;
        for (_, input, file) in self.files() {
            let Some(more) = &file.more else { continue };
            let from = all.len();
            all.extend(more.findings.iter().cloned());
            if let Some(as_of) = self.as_of.filter(|_| !more.pending.is_empty()) {
                let entries = || self.corpus.read_all::<relation::Event>();
                let events = events.get_or_insert_with(|| stage::event_days(&entries()));
                stage::weigh(&mut all[from..], &more.pending, events, as_of);
            }
            if !more.pending.is_empty() {
                let entries = || self.corpus.read_all::<relation::Successor>();
                let replaced = replaced.get_or_insert_with(|| stage::replaced(&entries()));
                stage::leave_out_replaced(&mut all, from, &more.pending, replaced);
            }
            if input.expected {
                all.extend(more.of_unknown_records.iter().cloned());
            }
        }
        all
    }

    /// What was found in groups. What concludes from what the records lack counts only if `is_complete`.
    pub(crate) fn group_drafts(&self, is_complete: bool) -> Vec<Draft> {
        let grouped = self.grouped.iter().flat_map(BTreeMap::values);
        let all = grouped.chain(&self.derived).flatten();
        let counts = |draft: &&Draft| (is_complete || !draft.needs_all) && !self.is_covered(draft);
        keys::hold_against(&self.corpus, &self.key_index, all.filter(counts).collect())
    }

    fn is_covered(&self, draft: &Draft) -> bool {
        let file = self.file(draft.place.source).and_then(|file| file.more.as_ref());
        let is_unreadable = |more: &More| {
            let node = draft.place.node.filter(|_| draft.key.is_some());
            node.is_some_and(|node| more.unreadable.binary_search(&node.index()).is_ok())
        };
        file.is_some_and(|more| file::is_covered(draft, &more.covered) || is_unreadable(more))
    }

    /// How the schemas fare with all records.
    pub(crate) fn usage(&self) -> BTreeMap<SchemaId, Usage> {
        let mut all: BTreeMap<SchemaId, Usage> = BTreeMap::new();
        for (schema, one) in self.files.iter().flatten().flat_map(|file| &file.usage) {
            let usage = all.entry(*schema).or_default();
            usage.records += one.records;
            usage.facts += one.facts;
            usage.entries += one.entries;
        }
        all
    }

    /// The drafts as findings, with their places in the files: those are read again.
    pub(crate) fn locate(&self, drafts: Vec<Draft>, reread: &Reread<'_>) -> Vec<Finding> {
        self.located.locate(self, drafts, reread)
    }

    /// The id and the kind of a record.
    pub(crate) fn name_of(&self, source: SourceId, record: u32) -> (Option<&str>, Option<&str>) {
        self.corpus.name_of(source, record)
    }

    pub(crate) fn configured_schema(&self, input: &Input) -> Option<SchemaId> {
        self.catalog.find(input.schema.as_deref()?)
    }
}

/// The relations that the rules ask for.
fn wanted(active: &[Active], as_of: Option<Date>) -> Wanted {
    let mut wanted = Wanted::default();
    for one in active {
        if let Some(check) = one.rule.check.of_group() {
            wanted[check.relation()] = true;
        }
    }
    let depends_on_decisions = Corpus::dependents().into_iter().any(|number| wanted[number]);
    wanted[number_of::<relation::Decision>()] |= depends_on_decisions;
    // The severity of what is open depends on the days of events.
    wanted[number_of::<relation::Event>()] |= as_of.is_some();
    // What a later version replaces is not open.
    wanted[number_of::<relation::Successor>()] = true;
    wanted
}

#[cfg(test)]
mod tests;
