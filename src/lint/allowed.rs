//! Takes out the findings that somebody has accepted, and judges what accepted them.

mod scopes;

use std::collections::{BTreeMap, HashMap};

use self::scopes::Scopes;
use super::Run;
use crate::{
    allow::{Allowance, Allowances, Exception},
    finding::{Draft, Finding, Place},
    rule::{Active, Check, Findings, Judged},
    rules,
};

/// The allowances of the files of a run, by the number of the file.
pub(super) type ByFile = BTreeMap<u32, Allowances>;

impl Run<'_> {
    /// Takes out of `findings` what is allowed and reports what is wrong with the allowances. Of one that
    /// allows nothing it can only be said that it is not needed where everything was looked at.
    pub(super) fn allow(
        &self,
        active: &[Active],
        files: &ByFile,
        complete: bool,
        findings: &mut Vec<Finding>,
    ) -> (usize, Vec<Draft>) {
        if files.is_empty() && self.exceptions.is_empty() {
            return (0, Vec::new());
        }
        let numbers: HashMap<&str, u32> =
            files.keys().map(|n| (self.inputs[*n as usize].path.as_str(), *n)).collect();
        let mut used: BTreeMap<u32, Vec<Vec<bool>>> =
            files.iter().map(|(number, file)| (*number, unused(&file.usable))).collect();
        let mut scopes = self.scopes(files);
        let mut excepted = vec![vec![false]; self.exceptions.len()];
        let before = findings.len();
        findings.retain(|finding| {
            let mut keep = true;
            if let Some(number) = numbers.get(finding.location.path.as_str())
                && let (Some(scopes), Some(used)) = (scopes.get_mut(number), used.get_mut(number))
            {
                let start = finding.location.start.offset;
                keep = !scopes.accept(finding.rule, start, |one, rule| used[one][rule] = true);
            }
            for (one, used) in self.exceptions.iter().zip(&mut excepted) {
                if one.is_about(finding) {
                    keep &= !self.accepts(&one.allowance, used, finding);
                }
            }
            keep
        });
        let allowed = before - findings.len();
        let (mut drafts, mut in_config) = (Vec::new(), Vec::new());
        for one in active {
            let Check::Allowances(check) = one.rule.check else { continue };
            let findings = &mut Findings::new(*one, self.as_of, &mut drafts);
            for (number, file) in files {
                if self.inputs[*number as usize].reported {
                    let usable = file.usable.iter().zip(&used[number]);
                    check(&judged(usable, active, complete, file), findings);
                }
            }
            if self.inputs.iter().all(|input| input.reported) {
                let usable = self.exceptions.iter().map(|one| &one.allowance).zip(&excepted);
                let findings = &mut Findings::new(*one, self.as_of, &mut in_config);
                check(&judged(usable, active, complete, &Allowances::default()), findings);
            }
        }
        // Who reads the configuration does not know which source of the run it is.
        let source = self.source_after_schemas(0);
        drafts.extend(in_config.into_iter().map(|mut draft| {
            draft.place.source = source;
            draft
        }));
        (allowed, drafts)
    }

    /// What the allowances that hold are about, by the number of the file.
    fn scopes<'f>(&self, files: &'f ByFile) -> BTreeMap<u32, Scopes<'f>> {
        let holding = |file: &'f Allowances| {
            Scopes::of(file.usable.iter().enumerate().filter(|(_, one)| self.holds(one)))
        };
        files.iter().map(|(number, file)| (*number, holding(file))).collect()
    }

    /// Takes out of `findings` what the baseline knows and reports the lines that are left over, where
    /// everything was looked at. A line of a rule that does not run is not judged.
    pub(super) fn take_known(
        &self,
        active: &[Active],
        complete: bool,
        findings: &mut Vec<Finding>,
    ) -> (usize, Vec<Draft>) {
        let Some(baseline) = self.baseline else { return (0, Vec::new()) };
        let (known, left) = baseline.take_known(findings);
        let mut drafts = Vec::new();
        if !complete || self.inputs.iter().any(|input| !input.reported) {
            return (known, drafts);
        }
        let runs = |id: &str| active.iter().any(|active| active.rule.id == id);
        let source = self.source_after_schemas(1);
        let place = |span| Place { source, record: None, node: None, span };
        let left =
            left.into_iter().filter(|one| rules::find(&one.rule).is_none() || runs(&one.rule));
        let stale: Vec<_> = left.map(|one| (one, place(one.span))).collect();
        let judged = Judged { usable: Vec::new(), unusable: &[], stale, active, complete };
        for one in active {
            if let Check::Allowances(check) = one.rule.check {
                check(&judged, &mut Findings::new(*one, self.as_of, &mut drafts));
            }
        }
        (known, drafts)
    }

    /// The number of a source that follows the inputs and the schemas: the configuration is the first
    /// of them, the baseline the second.
    fn source_after_schemas(&self, number: usize) -> u32 {
        (self.inputs.len() + self.catalog.files().len() + number) as u32
    }

    /// Whether the allowance still holds on the day of the run.
    fn holds(&self, allowance: &Allowance) -> bool {
        let over = |until| self.as_of.is_some_and(|as_of| as_of > until);
        !allowance.until.as_ref().is_some_and(|(until, _)| over(*until))
    }

    /// Whether an allowance of the configuration, which lies where the finding is, accepts it; takes note of the
    /// rule by which it does.
    fn accepts(&self, allowance: &Allowance, used: &mut [bool], finding: &Finding) -> bool {
        let named = allowance.rules.iter().position(|(rule, _)| rule == finding.rule);
        let named = named.filter(|_| self.holds(allowance));
        if let Some(named) = named {
            used[named] = true;
        }
        named.is_some()
    }
}

impl Exception {
    /// Whether a finding lies where the exception is made.
    fn is_about(&self, finding: &Finding) -> bool {
        let location = &finding.location;
        let below = |pointer: &String| {
            let rest = location.pointer.strip_prefix(pointer.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.record.as_ref().is_none_or(|record| location.record.as_ref() == Some(record))
            && self.pointer.as_ref().is_none_or(below)
    }
}

fn unused(usable: &[Allowance]) -> Vec<Vec<bool>> {
    usable.iter().map(|one| vec![false; one.rules.len()]).collect()
}

fn judged<'a>(
    usable: impl Iterator<Item = (&'a Allowance, &'a Vec<bool>)>,
    active: &'a [Active],
    complete: bool,
    file: &'a Allowances,
) -> Judged<'a> {
    Judged {
        usable: usable.collect(),
        unusable: &file.unusable,
        stale: Vec::new(),
        active,
        complete,
    }
}

#[cfg(test)]
mod tests;
