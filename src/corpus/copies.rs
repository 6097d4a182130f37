//! Records that say the same.

use std::collections::BTreeMap;

use super::{Contribution, Detail, Entry, Group, Identities, Kept, Member, Relation};

/// The records of which others may be copies, by source and record.
#[must_use]
pub fn candidates(files: &[Contribution]) -> Vec<(u32, u32)> {
    let mut all: Vec<(u64, u32, u32)> = Vec::new();
    for (source, file) in (0..).zip(files) {
        let heads = (0..).zip(&file.heads).filter(|(_, head)| head.content != 0);
        all.extend(heads.map(|(record, head)| (head.content, source, record)));
    }
    all.sort_unstable();
    let shared = all.chunk_by(|a, b| a.0 == b.0).filter(|chunk| chunk.len() > 1).flatten();
    let mut found: Vec<(u32, u32)> = shared.map(|(_, source, record)| (*source, *record)).collect();
    found.sort_unstable();
    found
}

/// The records that say the same as others, as far as is known.
#[derive(Debug, Default)]
pub struct Copies {
    /// By source and record, what is equal for equal contents.
    digests: BTreeMap<(u32, u32), (u64, u64)>,
    entries: Vec<(u32, Entry)>,
}

impl Copies {
    /// Takes the digests of the candidates.
    #[must_use]
    pub fn of(files: &[Contribution], digests: BTreeMap<(u32, u32), (u64, u64)>) -> Self {
        let entry = |((source, record), digest): (&(u32, u32), &(u64, u64))| {
            let head = files.get(*source as usize)?.heads.get(*record as usize)?;
            let (relation, detail) = (Relation::Copy, Detail::Copy);
            let (key, shown) = (Kept::default(), Kept::default());
            let (hash, node, span) = (digest.0, head.node?, head.span);
            let entry = Entry { relation, hash, key, shown, record: *record, node, span, detail };
            Some((*source, entry))
        };
        let entries = digests.iter().filter_map(entry).collect();
        Self { digests, entries }
    }

    /// What is equal for equal contents; nothing where there is no other record of this content, or none
    /// was looked for.
    #[must_use]
    pub fn digest(&self, member: &Member<'_>) -> Option<(u64, u64)> {
        self.digests.get(&(member.source(), member.record())).copied()
    }

    /// The groups of records that say the same.
    #[must_use]
    pub fn groups<'c>(
        &'c self,
        files: &'c [Contribution],
        complete: bool,
        identities: &'c Identities,
    ) -> Vec<Group<'c>> {
        let mut groups: BTreeMap<(u64, u64), Vec<Member<'c>>> = BTreeMap::new();
        for (source, entry) in &self.entries {
            let (Some(file), Some(digest)) =
                (files.get(*source as usize), self.digests.get(&(*source, entry.record)))
            else {
                continue;
            };
            groups.entry(*digest).or_default().push(Member { file, entry, source: *source });
        }
        let shared = groups.into_values().filter(|members| members.len() > 1);
        shared.map(|members| Group::new(Relation::Copy, members, complete, identities)).collect()
    }
}
