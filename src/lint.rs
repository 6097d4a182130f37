//! The pipeline: sources and schemas in, findings out.

mod allowed;
mod collapse;
mod file;
mod identity;
mod later;
mod locate;
mod measure;
mod memory;
mod outcome;
mod own;
mod reread;
mod schemas;
mod stage;

use std::{
    collections::{BTreeMap, btree_map::Entry},
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use jiff::civil::Date;
use rayon::prelude::*;

use self::reread::Reread;
use crate::{
    allow::{Baseline, Exception},
    corpus::{self, Contribution, Copies, Group, Identities, Relation},
    finding::{Draft, Finding, Severity, number},
    rule::{Active, Check, Findings, Hindered, Rule, Usage},
    rules::RULES,
    schema::{Catalog, Limit, SchemaId},
    source::Source,
    tree::Columns,
};

pub use file::{facts_of, tree_of};
pub use memory::{Memory, Recall, digest};
pub use outcome::{Report, Summary, Tallies, Tally, Unread, tallies};
pub use own::is_report;

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
    /// Whether findings in it are reported; otherwise it only stands in the corpus.
    pub reported: bool,
    /// Whether somebody said that it holds records; otherwise what is no record is passed over.
    pub expected: bool,
}

/// What the configuration says of a rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Setting {
    /// Nothing: the rule's own level holds.
    #[default]
    Default,
    /// The rule is off.
    Off,
    /// Every finding of the rule has this severity.
    At(Severity),
}

impl Setting {
    /// Whether the rule runs, and the severity that every finding of it has.
    #[must_use]
    pub fn of(self, rule: &Rule) -> Option<Option<Severity>> {
        match self {
            Self::Default => rule.level.map(|_| None),
            Self::Off => None,
            Self::At(severity) => Some(Some(severity)),
        }
    }
}

/// How a file is read: its bytes, or why it could not be.
pub type Read<'a> = dyn Fn(&Input) -> Result<Vec<u8>, String> + Sync + 'a;

/// One run: what is checked, and how.
#[expect(clippy::struct_excessive_bools, reason = "each says something of its own")]
pub struct Run<'a> {
    /// The schemas.
    pub catalog: &'a Catalog,
    /// The files, sorted by path. All of them make the corpus.
    pub inputs: &'a [Input],
    /// Whether they are all that the project has; otherwise nobody knows what lies elsewhere.
    pub is_whole: bool,
    /// Whether everything could be looked for: there is no folder that could not be read.
    pub is_complete: bool,
    /// Reads a file.
    pub read: &'a Read<'a>,
    /// What the configuration says of a rule.
    pub setting: &'a (dyn Fn(&Rule) -> Setting + Sync),
    /// The findings that the configuration accepts.
    pub exceptions: &'a [Exception],
    /// The text of the configuration, for findings about it.
    pub config: Option<&'a Arc<Source>>,
    /// The findings that were there before, and are not told again.
    pub baseline: Option<&'a Baseline>,
    /// Told how many of the files are done.
    pub progress: &'a (dyn Fn(usize, usize) + Sync),
    /// The day from which the records are looked at; without one nothing depends on a day.
    pub as_of: Option<Date>,
    /// Whether to tell findings of one shape once, where there are very many.
    pub collapse: bool,
    /// Whether to keep the sources in which something was found.
    pub keep_sources: bool,
    /// What came of the files in an earlier run with the same schemas and settings.
    pub recall: Option<Recall<'a>>,
}

impl std::fmt::Debug for Run<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Run").field("inputs", &self.inputs.len()).finish_non_exhaustive()
    }
}

/// What came of all files.
#[derive(Default)]
struct Gathered {
    /// Files and records only.
    summary: Summary,
    findings: Vec<Finding>,
    files: Vec<Contribution>,
    /// See [`file::Checked::covered`], by the number of the file.
    covered: BTreeMap<u32, Vec<(usize, usize)>>,
    allowances: allowed::ByFile,
    usage: BTreeMap<SchemaId, Usage>,
    limits: BTreeMap<Limit, Hindered>,
    /// Whether all that was expected could be read.
    complete: bool,
    unread: Vec<Unread>,
}

impl Run<'_> {
    /// Checks everything. The report depends on the bytes of the files, the schemas and the settings
    /// alone.
    #[must_use]
    pub fn check(&self) -> Report {
        let active = self.active();
        if let Some(Recall { memory, is_current: false }) = self.recall {
            memory.keep(self.inputs);
        }
        let (results, identities, drafts_on_people) = self.check_files(&active);
        let Gathered {
            mut summary,
            mut findings,
            files,
            covered,
            allowances,
            usage,
            limits,
            mut complete,
            mut unread,
        } = self.gather(results);
        let reread = Reread::new(self);
        // What such a schema would have made of its records is not known.
        complete &= self.catalog.unusable().next().is_none();
        unread.extend(self.unusable_schemas(&active, &limits));
        let mut drafts = self.check_schemas(&active, usage, limits);
        drafts.extend(drafts_on_people);
        drafts.extend(self.check_groups(&files, complete, &active, &identities));
        drafts.retain(|draft| !file::is_covered(draft, covered.get(&draft.place.source)));
        findings.extend(locate::locate(&reread, &files, drafts));
        sort(&mut findings);
        number(&mut findings);
        let mut allowed = self.allow(&active, &allowances, complete, &mut findings);
        let drafts = std::mem::take(&mut allowed.drafts);
        add(drafts, &reread, &files, &mut findings);
        let (known, drafts) = self.take_known(&active, complete, &mut allowed, &mut findings);
        add(drafts, &reread, &files, &mut findings);
        let tallies = tallies(&findings);
        let findings = if self.collapse { collapse::collapse(findings) } else { findings };
        unread.sort_by(|a, b| a.path.cmp(&b.path));
        summary = Summary {
            allowed: allowed.count,
            known,
            ..Summary::of(summary.files, summary.records, &findings)
        };
        let sources = self.sources_of(&reread, &findings);
        Report { summary, tallies, sources, findings, unread, is_complete: complete }
    }

    /// What is found in each file by itself, who is whom in all of them, and what follows from that.
    fn check_files(&self, active: &[Active]) -> (Vec<file::Checked>, Identities, Vec<Draft>) {
        let done = AtomicUsize::new(0);
        let mut results: Vec<file::Checked> = (0..self.inputs.len())
            .into_par_iter()
            .map(|number| {
                let checked = self.check_or_recall(number, active);
                (self.progress)(done.fetch_add(1, Ordering::Relaxed) + 1, self.inputs.len());
                checked
            })
            .collect();
        // Findings wait for their weight by their number, so they are weighed before any is replaced.
        self.weigh(&mut results);
        let identities = Identities::of(results.iter().map(|one| &one.contribution));
        let drafts = self.reconsider(&mut results, active, &identities);
        (results, identities, drafts)
    }

    /// What came of a file in an earlier run if it is as it was then, else what is found in it now.
    fn check_or_recall(&self, number: usize, active: &[Active]) -> file::Checked {
        let input = &self.inputs[number];
        let Some(Recall { memory, is_current }) = self.recall else {
            return self.check_file(number, active);
        };
        let current = if is_current { memory.get(input, number, |_| true) } else { None };
        if let Some(checked) = current {
            return checked;
        }
        let bytes = match (self.read)(input) {
            Ok(bytes) => bytes,
            Err(reason) => return file::Checked { unread: Some(reason), ..Default::default() },
        };
        let now = digest(&bytes);
        let known = memory.get(input, number, |then| then == now);
        known.unwrap_or_else(|| {
            let checked = self.check_bytes(number, bytes, active);
            memory.put(input, number, now, &checked);
            checked
        })
    }

    /// Puts together what came of the files, in their order.
    fn gather(&self, results: Vec<file::Checked>) -> Gathered {
        let mut all = Gathered { complete: self.is_complete, ..Gathered::default() };
        for (number, result) in results.into_iter().enumerate() {
            let input = &self.inputs[number];
            if input.reported {
                all.summary.files += 1;
                all.summary.records += result.records;
            }
            all.complete &= result.whole;
            if let Some(reason) = result.unread {
                all.unread.push(Unread { path: input.path.clone(), reason });
            }
            all.findings.extend(result.findings);
            for (schema, one) in result.usage {
                let usage = all.usage.entry(schema).or_default();
                usage.records += one.records;
                usage.facts += one.facts;
            }
            // A schema is not at fault for what is reported in no record.
            let limits = Some(result.limits).filter(|_| input.reported);
            for (limit, mut one) in limits.into_iter().flatten() {
                // What is remembered of a file may have been found when it had another number.
                one.place.source = number as u32;
                match all.limits.entry(limit) {
                    Entry::Vacant(entry) => {
                        entry.insert(one);
                    }
                    Entry::Occupied(mut entry) => entry.get_mut().records += one.records,
                }
            }
            if !result.covered.is_empty() {
                all.covered.insert(number as u32, result.covered);
            }
            if !result.allowances.is_empty() {
                all.allowances.insert(number as u32, result.allowances);
            }
            all.files.push(result.contribution);
        }
        all
    }

    fn active(&self) -> Vec<Active> {
        let active = |rule: &&'static Rule| {
            Some(Active { rule, configured: (self.setting)(rule).of(rule)? })
        };
        RULES.iter().filter_map(active).collect()
    }

    /// Gives the findings on open records the weight that they have on the day of the run.
    fn weigh(&self, results: &mut [file::Checked]) {
        let Some(as_of) = self.as_of else { return };
        if results.iter().all(|result| result.pending.is_empty()) {
            return;
        }
        let files: Vec<&Contribution> = results.iter().map(|one| &one.contribution).collect();
        let events = stage::event_days(&files);
        for result in results {
            let pending = std::mem::take(&mut result.pending);
            stage::weigh(&mut result.findings, pending, &events, as_of);
        }
    }

    fn configured_schema(&self, input: &Input) -> Option<SchemaId> {
        self.catalog.find(input.schema.as_deref()?)
    }

    fn check_groups(
        &self,
        files: &[Contribution],
        complete: bool,
        active: &[Active],
        identities: &Identities,
    ) -> Vec<Draft> {
        let relations: Vec<Relation> = active
            .iter()
            .filter_map(|one| match one.rule.check {
                Check::Group(relation, _) => Some(relation),
                _ => None,
            })
            .collect();
        if relations.is_empty() {
            return Vec::new();
        }
        let has_copies = relations.contains(&Relation::Copy);
        let copies = if has_copies { Copies::of(files) } else { Copies::default() };
        let mut groups = corpus::groups(files, complete, identities);
        groups.extend(copies.groups(files, complete, identities));
        if relations.contains(&Relation::Attendance) {
            corpus::attendances(&mut groups, identities);
        }
        if relations.contains(&Relation::Name) {
            corpus::read_names(&mut groups);
            let decided = corpus::decided_groups(&groups, identities);
            groups.extend(decided);
        }
        if has_copies {
            corpus::find_copies(&mut groups);
        }
        groups
            .into_par_iter()
            .filter(|group| relations.contains(&group.relation))
            .flat_map_iter(|mut group| {
                if group.relation == Relation::Version {
                    group.outlines = self.outlines(&group);
                }
                check_group(&group, active, self.as_of)
            })
            .collect()
    }

    /// The sources in which something was found, if they are wanted.
    fn sources_of(
        &self,
        reread: &Reread<'_>,
        findings: &[Finding],
    ) -> BTreeMap<String, Arc<Source>> {
        if !self.keep_sources {
            return BTreeMap::new();
        }
        let paths = findings.iter().flat_map(|finding| {
            let labels = finding.labels.iter().map(|label| &label.location);
            std::iter::once(&finding.location).chain(labels).map(|location| location.path.as_str())
        });
        let wanted: std::collections::BTreeSet<&str> = paths.collect();
        let schemas = self.catalog.files().iter().map(|file| file.source.path.as_str());
        // A source that is not there keeps its number, and no finding names its path.
        let config = self.config.map_or("", |config| config.path.as_str());
        let baseline = self.baseline.map_or("", |baseline| baseline.source.path.as_str());
        let inputs = self.inputs.iter().map(|input| input.path.as_str());
        // Inputs come first, so that a record goes before a schema of the same path.
        let mut sources = BTreeMap::new();
        for (number, path) in inputs.chain(schemas).chain([config, baseline]).enumerate() {
            if wanted.contains(path)
                && !sources.contains_key(path)
                && let Some(source) = reread.source(number as u32)
            {
                sources.insert(path.to_owned(), source);
            }
        }
        sources
    }
}

fn check_group(group: &Group<'_>, active: &[Active], as_of: Option<Date>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for one in active {
        match one.rule.check {
            Check::Group(relation, check) if relation == group.relation => {
                check(group, &mut Findings::new(*one, as_of, &mut drafts));
            }
            _ => {}
        }
    }
    drafts
}

/// Adds the findings of rules that have found nothing before.
fn add(
    drafts: Vec<Draft>,
    reread: &Reread<'_>,
    files: &[Contribution],
    findings: &mut Vec<Finding>,
) {
    if !drafts.is_empty() {
        let mut more = locate::locate(reread, files, drafts);
        sort(&mut more);
        number(&mut more);
        findings.extend(more);
        sort(findings);
    }
}

/// By path, offset and rule; what is left equal is told apart by the rest, so that the order is total.
fn sort(findings: &mut Vec<Finding>) {
    findings.sort_by(|a, b| {
        let key = |f: &Finding| (f.location.start.offset, f.rule, f.location.end.offset);
        let by_place = a.location.path.cmp(&b.location.path).then_with(|| key(a).cmp(&key(b)));
        by_place.then_with(|| a.message.cmp(&b.message)).then_with(|| a.labels_cmp(b))
    });
    findings.dedup();
}
