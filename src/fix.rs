//! Corrections are chosen, tried on the whole project, and only then made.
//!
//! A correction is made if the project with it has every finding that it had but the corrected one, and no other. Several are tried
//! together; where they cannot be made, each half is.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    ops::Range,
    path::PathBuf,
};

use crate::{
    analysis::Analysis,
    finding::{Applicability, Finding, RuleId},
    input::Buffers,
    lint::Report,
    project::{Options, Project},
};

/// So often the project is checked, at most, to find out which corrections cannot be made.
const MOST_TRIALS: usize = 256;
/// What a correction uncovers can be corrected too, so many times.
const MOST_ROUNDS: usize = 8;

/// A correction that was not made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The file.
    pub path: String,
    /// The line, and the rule that proposes it; nothing for all corrections of a file.
    pub at: Option<(u32, RuleId)>,
    /// Why.
    pub reason: String,
}

/// A file with corrections.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mended {
    /// The path shown to people.
    pub path: String,
    /// The file.
    pub disk: PathBuf,
    /// Its text as it was checked.
    pub old: String,
    /// Its text with the corrections.
    pub new: String,
    /// How many there are.
    pub count: usize,
}

/// What became of all corrections.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// The files that differ, by their paths.
    pub mended: Vec<Mended>,
    /// The corrections that are not in them.
    pub refused: Vec<Refused>,
    /// How many findings have an unsafe correction only, which was not asked for.
    pub hidden: usize,
    /// What is found with the corrections.
    pub report: Report,
}

/// One correction of a finding.
#[derive(Clone, Debug)]
struct Candidate {
    path: String,
    line: u32,
    rule: RuleId,
    fingerprint: String,
    edits: Vec<(Range<usize>, String)>,
}

/// Chooses and tries the corrections of the findings in the files that `is_wanted`. Nothing is written; the buffers of the project
/// hold the new texts afterwards.
pub fn mend(
    project: &mut Project,
    options: &Options<'_>,
    with_unsafe: bool,
    is_wanted: &dyn Fn(&str) -> bool,
) -> Outcome {
    let mut analysis = project.analysis(options);
    let report = project.update(&mut analysis, None, options);
    let disks = project.collected.inputs.iter();
    let disks = disks.map(|input| (input.path.clone(), input.disk.clone())).collect();
    let mut mender = Mender {
        project,
        options,
        analysis,
        disks,
        report,
        texts: BTreeMap::new(),
        counts: BTreeMap::new(),
        trials: MOST_TRIALS,
        refused: Vec::new(),
    };
    let (mut old, mut tried) = (BTreeMap::new(), BTreeSet::new());
    for _ in 0..MOST_ROUNDS {
        for (path, source) in &mender.report.sources {
            old.entry(path.clone()).or_insert_with(|| source.text.clone());
        }
        let known = |one: &Candidate| tried.contains(&one.fingerprint);
        let mut candidates: Vec<Candidate> = candidates(&mender.report, with_unsafe, is_wanted);
        candidates.retain(|one| !known(one));
        let is_record = |one: &Candidate| {
            let disk = mender.disks.get(&one.path);
            disk.is_some_and(|disk| mender.project.has_only_records_in(disk))
        };
        let (records, others): (Vec<_>, Vec<_>) = candidates.into_iter().partition(is_record);
        tried.extend(others.iter().map(|one| one.fingerprint.clone()));
        mender.refused.extend(others.iter().map(|one| {
            refused(one, "the file is a table of keys or is read for other things too")
        }));
        let candidates = records;
        if candidates.is_empty() {
            break;
        }
        tried.extend(candidates.iter().map(|one| one.fingerprint.clone()));
        mender.round(&candidates);
    }
    let Mender { texts, mut counts, refused, disks, report, .. } = mender;
    let wanted = report.findings.iter().filter(|finding| is_wanted(&finding.location.path));
    let is_hidden = |finding: &&Finding| {
        let mut all = finding.corrections.iter().map(|one| one.applicability);
        !with_unsafe
            && !finding.corrections.is_empty()
            && all.all(|one| one == Applicability::Unsafe)
    };
    let hidden = wanted.filter(is_hidden).count();
    let mended = texts.into_iter().filter_map(|(path, new)| {
        let (old, disk) = (old.remove(&path)?, disks.get(&path)?.clone());
        let count = counts.remove(&path).unwrap_or_default();
        (old != new).then_some(Mended { path, disk, old, new, count })
    });
    Outcome { mended: mended.collect(), refused, hidden, report }
}

/// The corrections of a report: of those that touch, the first one.
fn candidates(
    report: &Report,
    with_unsafe: bool,
    is_wanted: &dyn Fn(&str) -> bool,
) -> Vec<Candidate> {
    let candidate = |finding: &Finding| {
        let is_allowed = |one: Applicability| with_unsafe || one == Applicability::Safe;
        let one = finding.corrections.iter().find(|one| is_allowed(one.applicability))?;
        let edits = one
            .edits
            .iter()
            .map(|edit| (edit.start.offset as usize..edit.end.offset as usize, edit.text.clone()));
        Some(Candidate {
            path: finding.location.path.clone(),
            line: finding.location.start.line,
            rule: finding.rule,
            fingerprint: finding.fingerprint.clone(),
            edits: edits.collect(),
        })
    };
    let wanted = report.findings.iter().filter(|finding| is_wanted(&finding.location.path));
    let mut all: Vec<Candidate> = wanted.filter_map(candidate).collect();
    let start = |one: &Candidate| one.edits.first().map(|(range, _)| range.start);
    all.sort_by(|a, b| (&a.path, start(a), &a.rule).cmp(&(&b.path, start(b), &b.rule)));
    let mut end: Option<(String, usize)> = None;
    all.retain(|one| {
        let Some(own) = one.edits.last().map(|(range, _)| range.end) else { return false };
        let is_apart = end.as_ref().is_none_or(|(path, end)| {
            *path != one.path || start(one).is_some_and(|start| start > *end)
        });
        if is_apart {
            end = Some((one.path.clone(), own));
        }
        is_apart
    });
    all
}

struct Mender<'m> {
    project: &'m mut Project,
    options: &'m Options<'m>,
    analysis: Analysis<'static>,
    /// The files by their paths.
    disks: BTreeMap<String, PathBuf>,
    /// What is found with the texts as they are now.
    report: Report,
    /// The texts of the files that were edited.
    texts: BTreeMap<String, String>,
    /// How many corrections each has.
    counts: BTreeMap<String, usize>,
    trials: usize,
    refused: Vec<Refused>,
}

impl Mender<'_> {
    /// Makes those of the candidates that can be made together.
    fn round(&mut self, candidates: &[Candidate]) {
        let base = self.report.sources.iter();
        let base: BTreeMap<String, String> =
            base.map(|(path, source)| (path.clone(), source.text.clone())).collect();
        let before = self.report.clone();
        let mut made: Vec<&Candidate> = Vec::new();
        self.try_all(&base, &before, &mut made, &candidates.iter().collect::<Vec<_>>());
        self.put(&base, &made);
        for one in made {
            *self.counts.entry(one.path.clone()).or_default() += 1;
        }
    }

    fn try_all<'c>(
        &mut self,
        base: &BTreeMap<String, String>,
        before: &Report,
        made: &mut Vec<&'c Candidate>,
        candidates: &[&'c Candidate],
    ) {
        let Some(first) = candidates.first() else { return };
        if self.trials == 0 {
            self.refused.extend(candidates.iter().map(|one| refused(one, "too many were refused")));
            return;
        }
        self.trials -= 1;
        let all: Vec<&Candidate> = made.iter().chain(candidates).copied().collect();
        self.put(base, &all);
        if is_better(before, &self.report, all.len()) {
            made.extend(candidates);
        } else if candidates.len() == 1 {
            self.refused.push(refused(first, "with it, something else would be found"));
        } else {
            let (first, second) = candidates.split_at(candidates.len() / 2);
            self.try_all(base, before, made, first);
            self.try_all(base, before, made, second);
        }
    }

    /// Puts the texts with these edits in the place of the files, and checks the project again.
    fn put(&mut self, base: &BTreeMap<String, String>, made: &[&Candidate]) {
        let mut edits: BTreeMap<&str, Vec<&(Range<usize>, String)>> = BTreeMap::new();
        for one in made {
            edits.entry(&one.path).or_default().extend(&one.edits);
        }
        let before = self.texts.clone();
        // What was edited in an earlier trial of this round is as it was, unless it is edited again.
        for (path, text) in &mut self.texts {
            if let Some(base) = base.get(path) {
                text.clone_from(base);
            }
        }
        for (path, edits) in edits {
            if let Some(base) = base.get(path) {
                self.texts.insert(path.to_owned(), edited(base, edits));
            }
        }
        let is_new = |(path, text): &(&String, &String)| before.get(*path) != Some(*text);
        let changed = self.texts.iter().filter(is_new).filter_map(|(path, _)| self.disks.get(path));
        let changed: BTreeSet<PathBuf> = changed.cloned().collect();
        if changed.is_empty() {
            return;
        }
        let mut buffers = Buffers::default();
        for (path, text) in &self.texts {
            if let Some(disk) = self.disks.get(path) {
                buffers.hold_text(disk.clone(), text.clone().into_bytes());
            }
        }
        self.project.set_buffers(buffers);
        self.report = self.project.update(&mut self.analysis, Some(&changed), self.options);
    }
}

fn refused(one: &Candidate, reason: &str) -> Refused {
    Refused { path: one.path.clone(), at: Some((one.line, one.rule)), reason: reason.to_owned() }
}

/// `text` with edits, of which no two touch.
fn edited(text: &str, mut edits: Vec<&(Range<usize>, String)>) -> String {
    edits.sort_by_key(|(range, _)| range.start);
    let (mut new, mut used) = (String::with_capacity(text.len() + 64), 0);
    for (range, with) in edits {
        new.push_str(text.get(used..range.start).unwrap_or_default());
        new.push_str(with);
        used = range.end;
    }
    new.push_str(text.get(used..).unwrap_or_default());
    new
}

/// Whether a report has no finding that the one before had not, and so many fewer, and all files could be read that could be read.
/// A finding is known by its rule and its place: the names of its neighbours, which its fingerprint has, may be what is corrected.
fn is_better(before: &Report, after: &Report, fewer: usize) -> bool {
    type Known<'r> = (&'r str, &'r str, &'r str, &'r str);
    fn all(report: &Report) -> HashMap<Known<'_>, usize> {
        let Report { findings, suppressed, known, .. } = report;
        let all = findings.iter().chain(suppressed).chain(known);
        all.fold(HashMap::new(), |mut all, finding| {
            let Finding { rule, location, identity, .. } = finding;
            let key = (rule.as_str(), &*location.path, &*location.pointer, &*identity.message_id);
            *all.entry(key).or_default() += finding.count;
            all
        })
    }
    let (old, new) = (all(before), all(after));
    let sum = |all: &HashMap<_, usize>| all.values().sum::<usize>();
    after.unread == before.unread
        && sum(&new) + fewer <= sum(&old)
        && new.iter().all(|(finding, count)| old.get(finding).is_some_and(|known| known >= count))
}
