//! The entries of all files, by relation and key.

use std::{borrow::Cow, collections::HashSet, ops::Range};

use rayon::prelude::*;

use super::{
    Group, Member, Shared,
    batch::{Batch, Wanted},
    relation::{RELATIONS, Relation, number_of},
};
use crate::sources::SourceId;

/// An entry, by its place in the corpus, with the hash of its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ref {
    hash: u64,
    batch: u32,
    entry: u32,
}

impl Ref {
    /// The hash of the key.
    #[must_use]
    pub const fn hash(self) -> u64 {
        self.hash
    }
}

/// What was kept of some files: the records of each, by their numbers in the batch.
#[derive(Debug)]
pub struct Part {
    /// What was kept.
    pub batch: Batch,
    /// The records of each file.
    pub files: Vec<(SourceId, Range<u32>)>,
}

/// Where the entries of a file are.
#[derive(Clone, Debug)]
struct Home {
    batch: u32,
    records: Range<u32>,
}

/// The entries of one relation.
#[derive(Debug, Default)]
struct Index {
    /// Sorted.
    all: Vec<Ref>,
    /// What was added since then, sorted.
    more: Vec<Ref>,
}

/// The groups that a change concerns.
#[derive(Debug)]
pub enum Dirty {
    /// Every group.
    All,
    /// For each relation, the hashes of the keys.
    Some(Vec<Vec<u64>>),
}

/// The entries of all files.
#[derive(Debug)]
pub struct Corpus {
    wanted: Wanted,
    batches: Vec<Option<Batch>>,
    /// How many files have their entries in each batch.
    residents: Vec<u32>,
    /// By source.
    homes: Vec<Option<Home>>,
    /// The place of each source in the order of paths.
    ranks: Vec<u32>,
    indexes: Vec<Index>,
    /// Whether nothing was put in yet.
    is_new: bool,
}

impl Corpus {
    /// Nothing yet; the relations in `wanted` will be kept.
    #[must_use]
    pub fn new(wanted: Wanted) -> Self {
        Self {
            wanted,
            batches: Vec::new(),
            residents: Vec::new(),
            homes: Vec::new(),
            ranks: Vec::new(),
            indexes: RELATIONS.iter().map(|_| Index::default()).collect(),
            is_new: true,
        }
    }

    /// Which relations are kept.
    #[must_use]
    pub fn wanted(&self) -> &Wanted {
        &self.wanted
    }

    /// Takes out the entries of the files in `gone` and puts in those of the parts, which are in the order of paths. `ranks`
    /// are the places of all sources in that order.
    pub fn replace(&mut self, gone: &[SourceId], parts: Vec<Part>, ranks: Vec<u32>) -> Dirty {
        self.ranks = ranks;
        let mut dirty: Vec<Vec<u64>> = RELATIONS.iter().map(|_| Vec::new()).collect();
        let changed = parts.iter().flat_map(|part| &part.files).map(|(source, _)| *source);
        for source in gone.iter().copied().chain(changed).collect::<Vec<_>>() {
            self.take_out(source, &mut dirty);
        }
        for part in parts {
            self.put_in(part, &mut dirty);
        }
        for index in &mut self.indexes {
            index.more.par_sort_unstable();
            if self.is_new {
                index.all = std::mem::take(&mut index.more);
                index.all.shrink_to_fit();
            }
        }
        if std::mem::take(&mut self.is_new) {
            return Dirty::All;
        }
        self.tidy();
        for hashes in &mut dirty {
            hashes.sort_unstable();
            hashes.dedup();
        }
        Dirty::Some(dirty)
    }

    fn take_out(&mut self, source: SourceId, dirty: &mut [Vec<u64>]) {
        let home = self.homes.get_mut(source.index()).and_then(Option::take);
        let Some(Home { batch, records }) = home else { return };
        let number = batch as usize;
        if let Some(batch) = &self.batches[number] {
            for (entries, dirty) in batch.entries.iter().zip(dirty) {
                let own = entries.keys().filter(|(_, head)| records.contains(head));
                dirty.extend(own.map(|(hash, _)| hash));
            }
        }
        self.residents[number] -= 1;
        if self.residents[number] == 0 {
            self.batches[number] = None;
        }
    }

    fn put_in(&mut self, part: Part, dirty: &mut [Vec<u64>]) {
        let Part { batch, files } = part;
        let number = self.batches.len() as u32;
        let relations = batch.entries.iter().zip(&mut self.indexes).zip(dirty);
        for ((entries, index), dirty) in relations {
            let refs = (0..).zip(entries.keys());
            let refs = refs.map(|(entry, (hash, _))| Ref { hash, batch: number, entry });
            index.more.extend(refs);
            // At first all groups are looked at anyway.
            if !self.is_new {
                dirty.extend(entries.keys().map(|(hash, _)| hash));
            }
        }
        for (source, records) in &files {
            if self.homes.len() <= source.index() {
                self.homes.resize(source.index() + 1, None);
            }
            self.homes[source.index()] = Some(Home { batch: number, records: records.clone() });
        }
        self.residents.push(files.len() as u32);
        self.batches.push((!files.is_empty()).then_some(batch));
    }

    /// Puts what was added to the rest, and leaves out what is gone, when there is much of it.
    fn tidy(&mut self) {
        for number in 0..self.indexes.len() {
            let index = &mut self.indexes[number];
            if index.more.len() <= 4096 + index.all.len() / 8 {
                continue;
            }
            let mut all = std::mem::take(&mut index.all);
            all.append(&mut index.more);
            all.retain(|one| self.is_there(number, *one));
            all.par_sort_unstable();
            self.indexes[number].all = all;
        }
    }

    /// Whether an entry is of a file as it is now.
    fn is_there(&self, relation: usize, one: Ref) -> bool {
        let batch = self.batches.get(one.batch as usize).and_then(Option::as_ref);
        let head = batch.and_then(|batch| batch.entries[relation].head(one.entry as usize));
        head.is_some_and(|head| self.lives(one.batch, head))
    }

    fn lives(&self, batch: u32, head: u32) -> bool {
        let batches = self.batches.get(batch as usize).and_then(Option::as_ref);
        let source = batches.and_then(|one| one.heads.get(head as usize)).map(|head| head.source);
        let home = source.and_then(|source| self.homes.get(source.index())?.as_ref());
        home.is_some_and(|home| home.batch == batch && home.records.contains(&head))
    }

    /// All entries of a relation, sorted by the hash of their keys.
    #[must_use]
    pub fn all(&self, relation: usize) -> Cow<'_, [Ref]> {
        let Some(index) = self.indexes.get(relation) else { return Cow::Borrowed(&[]) };
        if index.more.is_empty() {
            return Cow::Borrowed(&index.all);
        }
        let mut all: Vec<Ref> = index.all.iter().chain(&index.more).copied().collect();
        all.par_sort_unstable();
        Cow::Owned(all)
    }

    /// The ranges of `all` entries of a relation that have one hash and can make a group with a finding.
    pub fn chunks(&self, relation: usize, all: &[Ref]) -> impl Iterator<Item = (u32, u32)> {
        let is_checked_alone = RELATIONS.get(relation).is_some_and(|one| one.is_checked_alone());
        let smallest = if is_checked_alone { 1 } else { 2 };
        let chunks = all.chunk_by(|a, b| a.hash == b.hash);
        let ranges = chunks.scan(0, |from, chunk| {
            let range = (*from, *from + chunk.len() as u32);
            *from = range.1;
            Some(range)
        });
        ranges.filter(move |(from, to)| to - from >= smallest)
    }

    /// The entries of a key of a relation, by its hash.
    #[must_use]
    pub fn refs(&self, relation: usize, hash: u64) -> Vec<Ref> {
        let Some(index) = self.indexes.get(relation) else { return Vec::new() };
        let of = |all: &[Ref]| {
            let from = all.partition_point(|one| one.hash < hash);
            let count = all[from..].partition_point(|one| one.hash == hash);
            all[from..from + count].to_vec()
        };
        let mut refs = of(&index.all);
        refs.extend(of(&index.more));
        refs
    }

    /// The groups of these entries, whose keys have one hash: nearly always just one.
    #[must_use]
    pub fn groups<'c, R: Relation>(
        &'c self,
        refs: &[Ref],
        shared: &'c Shared,
    ) -> Vec<Group<'c, R>> {
        let mut groups: Vec<Group<'c, R>> = Vec::with_capacity(1);
        for member in self.members_of::<R>(refs) {
            let same = |group: &&mut Group<'c, R>| group.members[0].key() == member.key();
            match groups.iter_mut().find(same) {
                Some(group) => group.members.push(member),
                None => groups.push(Group::new(vec![member], shared)),
            }
        }
        groups
    }

    /// All entries of a relation, in the order of the paths and of the places in the files.
    #[must_use]
    pub fn members<R: Relation>(&self) -> Vec<Member<'_, R>> {
        let index = self.indexes.get(number_of::<R>());
        let refs = index.into_iter().flat_map(|index| index.all.iter().chain(&index.more));
        self.members_of(&refs.copied().collect::<Vec<_>>())
    }

    fn members_of<R: Relation>(&self, refs: &[Ref]) -> Vec<Member<'_, R>> {
        let relation = number_of::<R>();
        let mut members: Vec<(u32, u32, Member<'_, R>)> = Vec::with_capacity(refs.len());
        for one in refs {
            let Some(batch) = self.batches.get(one.batch as usize).and_then(Option::as_ref) else {
                continue;
            };
            let Some(stored) = batch.of::<R>(relation).get(one.entry as usize) else { continue };
            if self.lives(one.batch, stored.head) {
                let source = batch.heads[stored.head as usize].source;
                let rank = self.ranks.get(source.index()).copied().unwrap_or(u32::MAX);
                members.push((rank, one.entry, Member::new(batch, stored)));
            }
        }
        if !members.is_sorted_by_key(|(rank, entry, _)| (*rank, *entry)) {
            members.sort_by_key(|(rank, entry, _)| (*rank, *entry));
        }
        members.into_iter().map(|(_, _, member)| member).collect()
    }

    /// The id and the kind of a record, where it has them.
    #[must_use]
    pub fn name_of(&self, source: SourceId, record: u32) -> (Option<&str>, Option<&str>) {
        let home = self.homes.get(source.index()).and_then(Option::as_ref);
        let batch = home.and_then(|home| self.batches.get(home.batch as usize)?.as_ref());
        home.zip(batch).map_or((None, None), |(home, batch)| batch.name_of(&home.records, record))
    }

    /// The relations whose groups may look otherwise when what was decided on names changes.
    #[must_use]
    pub fn dependents() -> HashSet<usize> {
        let numbered = RELATIONS.iter().enumerate();
        numbered.filter(|(_, one)| one.depends_on_decisions()).map(|(number, _)| number).collect()
    }
}
