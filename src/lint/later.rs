//! What is looked at in single records when all are known, in the parts that were kept of them.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::{Run, file};
use crate::{
    corpus::{self, Group, Identities},
    fact::{Outline, Record},
    finding::Draft,
    rule::{Active, Check, Findings},
    tree::Packed,
};

impl Run<'_> {
    /// The outlines of the versions that are compared with each other.
    pub(super) fn outlines(&self, group: &Group<'_>) -> Vec<Option<Outline>> {
        let pairs = corpus::pairs(&group.members);
        let wanted: BTreeSet<usize> =
            pairs.iter().flat_map(|pair| [pair.earlier, pair.later]).collect();
        let outline = |at: usize| {
            let member = &group.members[at];
            let place = (member.source(), member.record());
            self.look_at(member.packed()?, place, Outline::of)
        };
        let all = 0..group.members.len();
        all.map(|at| wanted.contains(&at).then(|| outline(at)).flatten()).collect()
    }

    /// Looks once more at the people in records with names on which something was decided. What was found without knowing of
    /// the decisions is taken out of the results.
    pub(super) fn reconsider(
        &self,
        results: &mut [file::Checked],
        active: &[Active],
        identities: &Identities,
    ) -> Vec<Draft> {
        let is_people = |one: &&Active| matches!(one.rule.check, Check::People(_));
        let people: Vec<Active> = active.iter().filter(is_people).copied().collect();
        if people.is_empty() || identities.is_empty() {
            return Vec::new();
        }
        let concerned = results
            .par_iter_mut()
            .enumerate()
            .filter(|(_, result)| result.is_reported && identities.concern(&result.contribution));
        let reconsidered = concerned.flat_map_iter(|(number, result)| {
            result.findings.retain(|finding| !people.iter().any(|one| one.rule.id == finding.rule));
            let mut drafts = Vec::new();
            for (record, packed) in result.contribution.all_packed() {
                self.look_at(packed, (number as u32, record), |record| {
                    check_people(record, &people, identities, &mut drafts, self);
                });
            }
            drafts
        });
        reconsidered.collect()
    }

    /// What `take` takes of a record of which parts are kept.
    fn look_at<T>(
        &self,
        packed: &Packed,
        (source, record): (u32, u32),
        take: impl FnOnce(&Record<'_>) -> T,
    ) -> Option<T> {
        let configured = self.configured_schema(self.inputs.get(source as usize)?);
        let tree = packed.unpack();
        let root = tree.node(*tree.roots().first()?);
        let record = file::extract_one(self.catalog, root, configured, source, record)?;
        Some(take(&record))
    }
}

fn check_people(
    record: &Record<'_>,
    people: &[Active],
    identities: &Identities,
    drafts: &mut Vec<Draft>,
    run: &Run<'_>,
) {
    for one in people {
        if let Check::People(check) = one.rule.check {
            check(record, identities, &mut Findings::new(*one, run.as_of, drafts));
        }
    }
}
