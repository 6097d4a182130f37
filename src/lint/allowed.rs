//! Takes out the findings that someone has accepted, and judges what accepted them.

mod missing;
mod pointers;

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
};

use self::pointers::Pointers;
use super::View;
use crate::{
    allow::{
        Allowance, Allowances, ByIndex, Exception,
        baseline::{self, Entry},
        leads_to,
    },
    finding::{Draft, Finding, Location, Place, RuleId, Suppression},
    rule::{Active, Check, Findings, Judged, RuleSet},
    source::Span,
};

/// The suppressions of the files, by the path of the file.
type ByFile<'v> = BTreeMap<&'v str, &'v Allowances>;

/// Whether each rule of each suppression of a file was needed, by the path of the file.
type Uses<'v> = BTreeMap<&'v str, Vec<Vec<bool>>>;

/// What was accepted.
#[derive(Default)]
pub(super) struct Allowed {
    /// The findings.
    pub(super) suppressed: Vec<Finding>,
    /// What is wrong with the suppressions.
    pub(super) drafts: Vec<Draft>,
    /// The findings that are accepted until some day, in a run that looks from no day: in another run they may be reported.
    until: Vec<Finding>,
}

impl View<'_> {
    /// Takes out of `findings` what is allowed and reports what is wrong with the suppressions. Of one that
    /// allows nothing it can only be said that it is not needed where everything was looked at.
    pub(super) fn allow(&self, complete: bool, findings: &mut Vec<Finding>) -> Allowed {
        let (files, exceptions) = (self.allowances(), self.run.exceptions);
        if files.is_empty() && exceptions.is_empty() {
            return Allowed::default();
        }
        let (used, excepted, mut allowed) = self.accept(&files, findings);
        let by_index = excepted.by_index(exceptions);
        let (active, as_of) = (self.analysis.active.as_slice(), self.analysis.as_of);
        let rules = self.run.rules;
        let (mut drafts, mut in_config, mut missing) = (Vec::new(), Vec::new(), None);
        for one in active {
            let Check::Allowances(check) = one.rule.check else { continue };
            let findings = &mut Findings::new(one, as_of, &mut drafts);
            for (path, file) in &files {
                let usable = file.usable.iter().zip(&used[path]);
                let complete = complete && self.run.is_whole;
                let judged = judged(usable, (rules, active), complete);
                check(&Judged { unusable: &file.unusable, ..judged }, findings);
            }
            if self.covers_all() {
                let usable = exceptions.iter().map(|one| &one.allowance).zip(&excepted.used);
                let findings = &mut Findings::new(one, as_of, &mut in_config);
                let unmet = self.unmet(&excepted);
                let missing = missing.get_or_insert_with(|| self.missing(&excepted.used)).clone();
                let judged = judged(usable, (rules, active), complete);
                check(&Judged { missing, unmet, by_index: &by_index, ..judged }, findings);
            }
        }
        // Who reads the configuration does not know which sources it has.
        drafts.extend(in_config.into_iter().filter_map(|mut draft| {
            let (number, start) = self.config?.at(draft.place.span.start as usize);
            let Span { start: from, end: to } = draft.place.span;
            let start = start as u32;
            draft.place.source = *self.analysis.config.get(number)?;
            draft.place.span = Span::new(from.saturating_sub(start), to.saturating_sub(start));
            Some(draft)
        }));
        allowed.drafts = drafts;
        allowed
    }

    /// The suppressions of the files that have any. A file that is not a record suppresses nothing.
    fn allowances(&self) -> ByFile<'_> {
        let files = self.analysis.files().filter_map(|(_, input, file)| {
            let allowances = &file.more.as_ref()?.allowances;
            let holds = file.records > 0 || input.expected || input.table.is_some();
            (holds && !allowances.is_empty()).then_some((input.path.as_str(), allowances))
        });
        files.collect()
    }

    /// Takes out of `findings` what is allowed, and takes note of what allowed it: in each file, and in the configuration.
    fn accept<'v>(
        &self,
        files: &ByFile<'v>,
        findings: &mut Vec<Finding>,
    ) -> (Uses<'v>, Excepted, Allowed) {
        let exceptions = self.run.exceptions;
        let mut used: Uses<'_> =
            files.iter().map(|(path, file)| (*path, unused(&file.usable))).collect();
        let mut excepted = Excepted::new(exceptions);
        let nested: BTreeMap<&str, Nested> =
            files.iter().map(|(path, file)| (*path, Nested::new(&file.usable))).collect();
        let index = Index::new(exceptions);
        let mut until = Vec::new();
        let is_allowed = |finding: &mut Finding| {
            let (mut keep, mut only_until, mut suppression) = (true, true, None);
            let mut hold = |one: &Allowance, used: &mut [bool]| {
                let accepts = self.accepts(one, used, finding);
                if accepts {
                    (keep, only_until) = (false, only_until && one.until.is_some());
                    let reason = one.reason.clone();
                    suppression.get_or_insert(match one.scope {
                        Some(_) => Suppression::InSource(reason),
                        None => Suppression::Configured(reason),
                    });
                }
                accepts
            };
            let path = finding.location.path.as_str();
            if let (Some(file), Some(used)) = (files.get(path), used.get_mut(path)) {
                for place in nested[path].around(finding.location.start.offset) {
                    hold(&file.usable[place], &mut used[place]);
                }
            }
            for place in index.about(finding) {
                let one = &exceptions[place];
                if one.is_about(finding) && hold(&one.allowance, &mut excepted.used[place]) {
                    excepted.remember(place, one, finding);
                }
            }
            if !keep && only_until && self.analysis.as_of.is_none() {
                until.push(finding.clone());
            }
            finding.suppression = suppression;
            !keep
        };
        let suppressed = findings.extract_if(.., is_allowed).collect();
        (used, excepted, Allowed { suppressed, until, ..Allowed::default() })
    }

    /// Takes out of `findings` what the baseline knows and reports the lines that are left over, where
    /// everything was looked at. A line of a rule that does not run is not judged, nor one of a finding that is
    /// accepted for a time; the configuration can accept what is left over.
    pub(super) fn take_known(
        &self,
        complete: bool,
        allowed: &mut Allowed,
        findings: &mut Vec<Finding>,
    ) -> (Vec<Finding>, Vec<Draft>) {
        let (active, as_of) = (self.analysis.active.as_slice(), self.analysis.as_of);
        let Some((baseline, source)) = self.run.baseline.zip(self.baseline) else {
            return (Vec::new(), Vec::new());
        };
        let (known, left) = baseline.take_known(findings);
        let mut drafts = Vec::new();
        if !complete || !self.covers_all() {
            return (known, drafts);
        }
        let runs = |id: &str| active.iter().any(|active| active.rule.id == id);
        let place = |span| Place { source, record: None, node: None, span };
        let is_judged = |one: &&Entry| self.run.rules.find(&one.rule).is_none() || runs(&one.rule);
        let left = baseline::take(left, &mut std::mem::take(&mut allowed.until)).0;
        let left = left.into_iter().filter(is_judged);
        let stale: Vec<_> = left.map(|one| (one, place(one.span))).collect();
        let judged =
            Judged { stale, ..judged(std::iter::empty(), (self.run.rules, active), complete) };
        for one in active {
            if let Check::Allowances(check) = one.rule.check {
                check(&judged, &mut Findings::new(one, as_of, &mut drafts));
            }
        }
        let mut accepted: BTreeMap<RuleId, bool> = BTreeMap::new();
        let accepts =
            |rule: RuleId| self.run.exceptions.iter().any(|one| self.accepts_all(one, &rule));
        let gone: Vec<Draft> = drafts
            .extract_if(.., |draft| {
                *accepted.entry(draft.rule).or_insert_with(|| accepts(draft.rule))
            })
            .collect();
        allowed.suppressed.extend(self.analysis.locate(gone, self.reread));
        (known, drafts)
    }

    /// Whether the exception is about no record and accepts what the rule finds.
    fn accepts_all(&self, exception: &Exception, rule: &str) -> bool {
        let allowance = &exception.allowance;
        exception.record.is_none()
            && exception.fingerprint.is_none()
            && exception.pointer.as_ref().is_none_or(|(pointer, _)| pointer.is_empty())
            && !self.is_over(allowance)
            && allowance.rules.iter().any(|(id, _)| id == rule)
    }

    /// The fingerprints that exceptions accept, whatever the rule, and that no finding has.
    fn unmet(&self, excepted: &Excepted) -> Vec<(&str, Place)> {
        let mut unmet = Vec::new();
        for (one, used) in self.run.exceptions.iter().zip(&excepted.used) {
            let is_judged = one.allowance.rules.is_empty() && !self.is_over(&one.allowance);
            if let (Some((fingerprint, place)), [false]) = (&one.fingerprint, used.as_slice())
                && is_judged
            {
                unmet.push((fingerprint.as_str(), *place));
            }
        }
        unmet
    }

    fn is_over(&self, allowance: &Allowance) -> bool {
        let until = allowance.until.as_ref().map(|(until, _)| *until);
        self.analysis.as_of.zip(until).is_some_and(|(as_of, until)| as_of > until)
    }

    /// Whether the suppression accepts the finding; takes note of the rule by which it does.
    fn accepts(&self, allowance: &Allowance, used: &mut [bool], finding: &Finding) -> bool {
        if self.is_over(allowance) {
            return false;
        }
        let Location { start, pointer, .. } = &finding.location;
        if allowance.scope.as_ref().is_some_and(|scope| !scope.holds(start.offset, pointer)) {
            return false;
        }
        let mut accepts = false;
        if let ([], [used]) = (allowance.rules.as_slice(), &mut *used) {
            (accepts, *used) = (true, true);
        }
        // A rule that is named twice is needed as often.
        for ((rule, _), used) in allowance.rules.iter().zip(used) {
            if *rule == finding.rule {
                (accepts, *used) = (true, true);
            }
        }
        accepts
    }
}

/// What the exceptions of the configuration were needed for, by their numbers.
struct Excepted {
    /// Whether for a finding of each of their rules; of one without a rule, whether for any.
    used: Vec<Vec<bool>>,
    /// For those with a pointer: what it would be by key; `None` where it would differ from record to record.
    better: BTreeMap<usize, Option<String>>,
}

impl Excepted {
    fn new(exceptions: &[Exception]) -> Self {
        let used = exceptions.iter().map(|one| vec![false; one.allowance.rules.len().max(1)]);
        Self { used: used.collect(), better: BTreeMap::new() }
    }

    /// Takes note of what the pointer of an exception would be by key, for a finding that it accepts.
    fn remember(&mut self, number: usize, exception: &Exception, finding: &Finding) {
        let Some((pointer, _)) = &exception.pointer else { return };
        let by_key = finding.identity.pointer.split('/').take(pointer.split('/').count());
        let better = by_key.collect::<Vec<_>>().join("/");
        let before = self.better.entry(number).or_insert_with(|| Some(better.clone()));
        if before.as_ref() != Some(&better) {
            *before = None;
        }
    }

    /// The pointers that name an item by its index, where it has a key.
    fn by_index(&self, exceptions: &[Exception]) -> Vec<ByIndex> {
        let better = self.better.iter().filter_map(|(number, better)| {
            let (pointer, place) = exceptions.get(*number)?.pointer.as_ref()?;
            let better = better.as_ref().filter(|better| *better != pointer)?;
            Some(ByIndex { pointer: pointer.clone(), better: better.clone(), place: *place })
        });
        better.collect()
    }
}

/// The numbers of the exceptions, by what they are about.
struct Index<'e> {
    /// By the fingerprint, of those that have one.
    fingerprints: HashMap<&'e str, Vec<usize>>,
    /// By the record and the value, of the others.
    records: HashMap<Option<&'e str>, Pointers<'e>>,
}

impl<'e> Index<'e> {
    fn new(exceptions: &'e [Exception]) -> Self {
        let mut all = Self { fingerprints: HashMap::new(), records: HashMap::new() };
        for (number, one) in exceptions.iter().enumerate() {
            match &one.fingerprint {
                Some((fingerprint, _)) => {
                    all.fingerprints.entry(fingerprint.as_str()).or_default().push(number);
                }
                None => {
                    let pointer = one.pointer.as_ref().map(|(pointer, _)| pointer.as_str());
                    all.records.entry(one.record.as_deref()).or_default().add(number, pointer);
                }
            }
        }
        all
    }

    /// Those that may be about a finding.
    fn about(&self, finding: &Finding) -> Vec<usize> {
        let Location { record, pointer, .. } = &finding.location;
        let named = record.as_deref().and_then(|id| self.records.get(&Some(id)));
        let by_place = named.into_iter().chain(self.records.get(&None));
        let by_place = by_place.flat_map(|all| all.around(pointer, &finding.identity.pointer));
        let fingerprint = self.fingerprints.get(finding.fingerprint.as_str());
        by_place.chain(fingerprint.into_iter().flatten().copied()).collect()
    }
}

/// The suppressions of one file by where they hold: values are in each other or apart, so that whoever knows the last one that
/// begins before a byte knows all others around it.
struct Nested {
    /// By where they begin, the wider ones first: the bytes, the number, and the place of the next wider one.
    all: Vec<(Span, usize, Option<usize>)>,
}

impl Nested {
    fn new(usable: &[Allowance]) -> Self {
        let numbered = usable.iter().enumerate();
        let mut all: Vec<(Span, usize, Option<usize>)> = numbered
            .filter_map(|(number, one)| Some((one.scope.as_ref()?.span, number, None)))
            .collect();
        all.sort_by_key(|(span, number, _)| (span.start, Reverse(span.end), *number));
        let mut open: Vec<usize> = Vec::new();
        for at in 0..all.len() {
            while open.last().is_some_and(|outer| all[*outer].0.end < all[at].0.end) {
                open.pop();
            }
            all[at].2 = open.last().copied();
            open.push(at);
        }
        Self { all }
    }

    /// The numbers of those that hold at a byte.
    fn around(&self, offset: u32) -> impl Iterator<Item = usize> {
        let before = self.all.partition_point(|(span, ..)| span.start <= offset);
        let mut next = before.checked_sub(1);
        std::iter::from_fn(move || {
            let (span, number, wider) = self.all.get(next?)?;
            next = *wider;
            Some((*span, *number))
        })
        .filter(move |(span, _)| offset < span.end)
        .map(|(_, number)| number)
    }
}

impl Exception {
    /// Whether a finding is where the exception is made.
    fn is_about(&self, finding: &Finding) -> bool {
        let location = &finding.location;
        let below = |pointer: &str| leads_to(pointer, &location.pointer, &finding.identity.pointer);
        self.record.as_ref().is_none_or(|record| location.record.as_ref() == Some(record))
            && self.pointer.as_ref().is_none_or(|(pointer, _)| below(pointer))
            && self
                .fingerprint
                .as_ref()
                .is_none_or(|(fingerprint, _)| *fingerprint == finding.fingerprint)
    }
}

fn unused(usable: &[Allowance]) -> Vec<Vec<bool>> {
    usable.iter().map(|one| vec![false; one.rules.len()]).collect()
}

fn judged<'a>(
    usable: impl Iterator<Item = (&'a Allowance, &'a Vec<bool>)>,
    (rules, active): (&'a RuleSet, &'a [Active]),
    complete: bool,
) -> Judged<'a> {
    Judged {
        usable: usable.collect(),
        unusable: &[],
        missing: Vec::new(),
        unmet: Vec::new(),
        by_index: &[],
        stale: Vec::new(),
        rules,
        active,
        complete,
    }
}

#[cfg(test)]
mod tests;
