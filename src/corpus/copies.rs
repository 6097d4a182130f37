//! Records that say the same.

use std::collections::BTreeMap;

use super::{Contribution, Detail, Entry, Group, Identities, Kept, Member, Relation};
use crate::fact::Digest;

/// The records that say the same as others.
#[derive(Debug, Default)]
pub struct Copies {
    /// By what they say, with their sources.
    same: BTreeMap<Digest, Vec<(u32, Entry)>>,
}

impl Copies {
    /// The records of these files that say the same as others.
    #[must_use]
    pub fn of(files: &[Contribution]) -> Self {
        let mut all: Vec<(Digest, u32, u32)> = Vec::new();
        for (source, file) in (0..).zip(files) {
            let heads = (0..).zip(&file.heads);
            all.extend(heads.filter_map(|(record, head)| Some((head.content?, source, record))));
        }
        all.sort_unstable();
        let mut same: BTreeMap<Digest, Vec<(u32, Entry)>> = BTreeMap::new();
        for chunk in all.chunk_by(|a, b| a.0 == b.0).filter(|chunk| chunk.len() > 1) {
            let entries = chunk.iter().filter_map(|(digest, source, record)| {
                Some((*source, entry(files, *digest, *source, *record)?))
            });
            same.insert(chunk[0].0, entries.collect());
        }
        Self { same }
    }

    /// The groups of records that say the same.
    #[must_use]
    pub fn groups<'c>(
        &'c self,
        files: &'c [Contribution],
        complete: bool,
        identities: &'c Identities,
    ) -> Vec<Group<'c>> {
        let member = |(source, entry): &'c (u32, Entry)| {
            let file = files.get(*source as usize)?;
            Some(Member { file, entry, source: *source })
        };
        let groups = self.same.values().map(|same| same.iter().filter_map(member).collect());
        groups.map(|members| Group::new(Relation::Copy, members, complete, identities)).collect()
    }
}

fn entry(files: &[Contribution], digest: Digest, source: u32, record: u32) -> Option<Entry> {
    let head = files.get(source as usize)?.heads.get(record as usize)?;
    let (relation, detail) = (Relation::Copy, Detail::Copy);
    let (key, shown) = (Kept::default(), Kept::default());
    let (hash, node, span) = (digest.0, head.node?, head.span);
    Some(Entry { relation, hash, key, shown, record, node, span, detail })
}

/// Takes note of the copies in the groups whose rules leave them to another rule.
pub fn find_copies(groups: &mut [Group<'_>]) {
    let concerns = |group: &&mut Group<'_>| {
        matches!(group.relation, Relation::Prose | Relation::Single) && group.members.len() > 1
    };
    groups.iter_mut().filter(concerns).for_each(Group::find_copies);
}
