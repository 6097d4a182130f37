//! Versions of one record: which are held against which.

use std::collections::{BTreeMap, BTreeSet};

use super::{Contribution, Detail, Kept, Member, Relation};
use crate::fact::{Record, Version};

/// What a version says of others: the ids of the records that it replaces.
#[derive(Clone, Copy, Debug)]
pub struct Supersedes(Kept);

/// Two versions of one record, by their numbers in the group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair {
    /// The earlier one.
    pub earlier: usize,
    /// The later one.
    pub later: usize,
    /// How the two are related.
    pub tie: Tie,
}

/// How two versions are related.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tie {
    /// The later says that it replaces the earlier.
    Said,
    /// Their status tells.
    Status,
    /// Both are final, and neither replaces the other.
    Rivals,
}

impl Contribution {
    pub(super) fn add_version(&mut self, record: &Record<'_>, number: u32, version: &Version<'_>) {
        let ids: Vec<&str> = version.supersedes.iter().map(|id| id.value).collect();
        let detail = Detail::Version(Supersedes(self.keep(&ids.join("\u{1f}"))));
        self.push(Relation::Version, &version.key, "", number, record.place, detail);
    }
}

impl<'c> Member<'c> {
    /// The ids of the records that this version replaces.
    fn supersedes(&self) -> impl Iterator<Item = &'c str> {
        let ids = match self.entry.detail {
            Detail::Version(Supersedes(ids)) => self.file.text(ids),
            _ => "",
        };
        ids.split('\u{1f}').filter(|id| !id.is_empty())
    }

    /// How far the version is, where its status tells.
    fn stage(&self) -> Option<u8> {
        match self.record_status()? {
            "draft" => Some(0),
            "provisional" => Some(1),
            "final" | "adopted" => Some(FINAL),
            _ => None,
        }
    }

    fn is_gone(&self) -> bool {
        matches!(self.record_status(), Some("cancelled" | "superseded"))
    }
}

const FINAL: u8 = 2;

/// The pairs of versions that are compared: each with the one it says it replaces, else with the one of an
/// earlier stage, where there is just one; and final ones that are rivals.
#[must_use]
pub fn pairs(members: &[Member<'_>]) -> Vec<Pair> {
    let here = || members.iter().enumerate().filter(|(_, member)| !member.is_gone());
    let by_id: BTreeMap<&str, usize> =
        here().filter_map(|(at, member)| Some((member.record_id()?, at))).collect();
    let mut pairs: Vec<Pair> = here()
        .flat_map(|(later, member)| {
            let earlier = member.supersedes().filter_map(|id| by_id.get(id).copied());
            earlier.map(move |earlier| Pair { earlier, later, tie: Tie::Said })
        })
        .filter(|pair| pair.earlier != pair.later)
        .collect();
    let said = pairs.clone();
    let mut by_stage: BTreeMap<u8, Vec<usize>> = BTreeMap::new();
    for (at, member) in here() {
        if let Some(stage) = member.stage() {
            by_stage.entry(stage).or_default().push(at);
        }
    }
    for (stage, versions) in &by_stage {
        let before = by_stage.range(..stage).next_back().map(|(_, versions)| versions.as_slice());
        if let ([later], Some([earlier])) = (versions.as_slice(), before)
            && !said.iter().any(|pair| pair.later == *later)
        {
            pairs.push(Pair { earlier: *earlier, later: *later, tie: Tie::Status });
        }
    }
    let finals = by_stage.get(&FINAL).map(Vec::as_slice).unwrap_or_default();
    let tied = tied(&said, finals);
    let mut loose = finals.iter().copied().filter(|at| !tied.contains(at));
    if let Some(earlier) = loose.next() {
        pairs.extend(loose.map(|later| Pair { earlier, later, tie: Tie::Rivals }));
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// The final versions of which one says that it replaces the other.
fn tied(said: &[Pair], finals: &[usize]) -> BTreeSet<usize> {
    let is_final = |at: usize| finals.binary_search(&at).is_ok();
    let among = said.iter().filter(|pair| is_final(pair.earlier) && is_final(pair.later));
    among.flat_map(|pair| [pair.earlier, pair.later]).collect()
}

#[cfg(test)]
mod tests;
