//! The entries of all files, by relation and key.

use std::{borrow::Cow, collections::HashSet, ops::Range};

use rayon::prelude::*;

use super::{
    Member,
    batch::{Batch, Wanted},
    entries::{Hash, Known, Stored},
    relation::{Key, RELATIONS, Relation, key::KeyPart, number_of},
};
use crate::{digest, finding::Place, sources::SourceId};

/// An entry, by its place in the corpus, with the hash of its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ref {
    hash: Hash,
    batch: u32,
    /// Where it begins among the entries of the batch.
    at: u32,
}

/// An entry that was read back from where it is kept.
#[derive(Debug)]
pub struct Read<'c, R: Relation> {
    batch: &'c Batch,
    /// Its place in the order of paths and of places in the files.
    order: (u32, u32),
    stored: Stored<R::Entry>,
}

impl<R: Relation> Read<'_, R> {
    /// The entry, as rules see it.
    #[must_use]
    pub fn member(&self) -> Member<'_, R> {
        Member::new(self.batch, &self.stored)
    }
}

impl Ref {
    /// The hash of the key.
    #[must_use]
    pub const fn hash(self) -> Hash {
        self.hash
    }

    /// The number of the batch that the entry is in.
    #[must_use]
    pub const fn batch(self) -> u32 {
        self.batch
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

/// A digest of the key that an entry of a batch defines; nothing where it only cites one.
fn definition_at(batch: &Batch, at: u32) -> Option<u64> {
    let stored = batch.entry::<Key>(number_of::<Key>(), at)?;
    let member = Member::<Key>::new(batch, &stored);
    let is_definition = matches!(member.part(), KeyPart::Definition(_));
    is_definition
        .then(|| digest::of((member.space(), member.scope(), member.normal(), member.shown())))
}

/// In so many parts the entries of a relation are put in order.
const PARTS: usize = 16;

/// The groups that a change concerns.
#[derive(Debug)]
pub enum Dirty {
    /// Every group.
    All,
    /// For each relation, the hashes of the keys.
    Some(Vec<Vec<Hash>>),
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
    /// By relation; none before a change has to be followed, so that a run that is over then does without.
    indexes: Vec<Index>,
    /// Whether nothing was put in yet.
    is_new: bool,
    /// How often the keys changed that records define.
    definitions: u64,
}

/// Keys that are defined, each by a digest.
#[derive(Default)]
struct Defined {
    before: Vec<u64>,
    after: Vec<u64>,
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
            indexes: Vec::new(),
            is_new: true,
            definitions: 0,
        }
    }

    /// A number that is another one after a change of the keys that records define.
    #[must_use]
    pub const fn definitions(&self) -> u64 {
        self.definitions
    }

    /// Which relations are kept.
    #[must_use]
    pub fn wanted(&self) -> &Wanted {
        &self.wanted
    }

    /// Takes out the entries of the files in `gone` and puts in those of the parts, which are in the order of paths. `ranks`
    /// are the places of all sources in that order.
    pub fn replace(&mut self, gone: &[SourceId], parts: Vec<Part>, ranks: Vec<u32>) -> Dirty {
        if !self.is_new {
            self.follow();
        }
        self.ranks = ranks;
        let mut dirty: Vec<Vec<Hash>> = RELATIONS.iter().map(|_| Vec::new()).collect();
        let changed = parts.iter().flat_map(|part| &part.files).map(|(source, _)| *source);
        let mut defined = Defined::default();
        for source in gone.iter().copied().chain(changed).collect::<Vec<_>>() {
            self.take_out(source, &mut dirty, &mut defined.before);
        }
        for part in parts {
            self.put_in(part, &mut dirty, &mut defined.after);
        }
        if std::mem::take(&mut self.is_new) {
            return Dirty::All;
        }
        let Defined { mut before, mut after } = defined;
        before.sort_unstable();
        after.sort_unstable();
        self.definitions += u64::from(before != after);
        for index in &mut self.indexes {
            index.more.par_sort_unstable();
        }
        self.tidy();
        for hashes in &mut dirty {
            hashes.sort_unstable();
            hashes.dedup();
        }
        Dirty::Some(dirty)
    }

    /// Gets ready for changes, if it is not: from now on an index is kept of what each key has.
    pub fn follow(&mut self) {
        if self.indexes.is_empty() {
            let all = (0..RELATIONS.len()).map(|relation| self.sorted(relation));
            self.indexes = all.map(|all| Index { all, more: Vec::new() }).collect();
        }
    }

    /// All entries of a relation, sorted by the hash of their keys.
    fn sorted(&self, relation: usize) -> Vec<Ref> {
        let numbered = (0..).zip(&self.batches).collect::<Vec<(u32, &Option<Batch>)>>();
        let of_batch = |(number, batch): &(u32, &Option<Batch>)| {
            let mut refs = Vec::new();
            if let Some(batch) = batch {
                batch.entries[relation].for_each(&mut |known| {
                    let Known { hash, at, head } = known;
                    if self.lives(*number, head) {
                        refs.push(Ref { hash, batch: *number, at });
                    }
                });
            }
            refs
        };
        let mut all = Vec::new();
        // A part at a time, so that few entries are there twice.
        for part in numbered.chunks(numbered.len().div_ceil(PARTS).max(1)) {
            let found: Vec<Vec<Ref>> = part.par_iter().map(of_batch).collect();
            for mut refs in found {
                all.append(&mut refs);
            }
        }
        all.par_sort_unstable();
        all
    }

    fn take_out(&mut self, source: SourceId, dirty: &mut [Vec<Hash>], defined: &mut Vec<u64>) {
        let home = self.homes.get_mut(source.index()).and_then(Option::take);
        let Some(Home { batch, records }) = home else { return };
        let number = batch as usize;
        if let Some(batch) = &self.batches[number] {
            let mut keys = Vec::new();
            for (relation, (entries, dirty)) in batch.entries.iter().zip(dirty).enumerate() {
                let is_key = relation == number_of::<Key>();
                entries.for_each(&mut |known| {
                    if records.contains(&known.head) {
                        dirty.push(known.hash);
                        keys.extend(is_key.then_some(known.at));
                    }
                });
            }
            defined.extend(keys.into_iter().filter_map(|at| definition_at(batch, at)));
        }
        self.residents[number] -= 1;
        if self.residents[number] == 0 {
            self.batches[number] = None;
        }
    }

    fn put_in(&mut self, part: Part, dirty: &mut [Vec<Hash>], defined: &mut Vec<u64>) {
        let Part { batch, files } = part;
        let number = self.batches.len() as u32;
        // At first all groups are looked at anyway, and there is no index.
        let relations = batch.entries.iter().zip(&mut self.indexes).zip(dirty);
        let mut keys = Vec::new();
        for (relation, ((entries, index), dirty)) in relations.enumerate() {
            let is_key = relation == number_of::<Key>();
            entries.for_each(&mut |known| {
                let Known { hash, at, .. } = known;
                index.more.push(Ref { hash, batch: number, at });
                dirty.push(hash);
                keys.extend(is_key.then_some(at));
            });
        }
        defined.extend(keys.into_iter().filter_map(|at| definition_at(&batch, at)));
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
        let head = batch.and_then(|batch| batch.entries[relation].head(one.at));
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
        let Some(index) = self.indexes.get(relation) else {
            return Cow::Owned(self.sorted(relation));
        };
        if index.more.is_empty() {
            return Cow::Borrowed(&index.all);
        }
        let mut all: Vec<Ref> = index.all.iter().chain(&index.more).copied().collect();
        all.par_sort_unstable();
        Cow::Owned(all)
    }

    /// Those of `all` entries of a relation that have one hash and can make a group with a finding.
    pub fn chunks(relation: usize, all: &[Ref]) -> impl Iterator<Item = &[Ref]> {
        let is_checked_alone = RELATIONS.get(relation).is_some_and(|one| one.is_checked_alone());
        let smallest = if is_checked_alone { 1 } else { 2 };
        all.chunk_by(|a, b| a.hash == b.hash).filter(move |chunk| chunk.len() >= smallest)
    }

    /// The entries of a key of a relation, by its hash.
    #[must_use]
    pub fn refs(&self, relation: usize, hash: Hash) -> Vec<Ref> {
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

    /// The entries of a relation at these places, in the order of the paths and of the places in the files.
    #[must_use]
    pub fn read<R: Relation>(&self, refs: &[Ref]) -> Vec<Read<'_, R>> {
        let relation = number_of::<R>();
        let mut read: Vec<Read<'_, R>> = Vec::with_capacity(refs.len());
        for one in refs {
            let Some(batch) = self.batches.get(one.batch as usize).and_then(Option::as_ref) else {
                continue;
            };
            let Some(stored) = batch.entry::<R>(relation, one.at) else { continue };
            if self.lives(one.batch, stored.head) {
                let source = batch.heads[stored.head as usize].source;
                let rank = self.ranks.get(source.index()).copied().unwrap_or(u32::MAX);
                read.push(Read { batch, order: (rank, one.at), stored });
            }
        }
        if !read.is_sorted_by_key(|one| one.order) {
            read.sort_by_key(|one| one.order);
        }
        read
    }

    /// All entries of a relation, in the same order.
    #[must_use]
    pub fn read_all<R: Relation>(&self) -> Vec<Read<'_, R>> {
        self.read(&self.all(number_of::<R>()))
    }

    /// Calls `found` with each entry of a relation, in no order that counts, and keeps none.
    pub fn for_each<R: Relation>(&self, mut found: impl FnMut(Member<'_, R>)) {
        for (number, batch) in (0..).zip(&self.batches) {
            let Some(batch) = batch else { continue };
            for stored in batch.entries_of::<R>(number_of::<R>()) {
                if self.lives(number, stored.head) {
                    found(Member::new(batch, &stored));
                }
            }
        }
    }

    /// The id and the kind of a record, where it has them.
    #[must_use]
    pub fn name_of(&self, source: SourceId, record: u32) -> (Option<&str>, Option<&str>) {
        let home = self.homes.get(source.index()).and_then(Option::as_ref);
        let batch = home.and_then(|home| self.batches.get(home.batch as usize)?.as_ref());
        home.zip(batch).map_or((None, None), |(home, batch)| batch.name_of(&home.records, record))
    }

    /// The first record of a kind that has no id, in the order of paths.
    #[must_use]
    pub fn unnamed(&self, kind: &str) -> Option<Place> {
        let numbered = (0..).zip(&self.batches);
        let of_batch = |(number, batch): (u32, &'_ Option<Batch>)| {
            let batch = batch.as_ref()?;
            let places = batch.unnamed(kind).filter(|(head, _)| self.lives(number, *head));
            places.map(|(_, place)| place).min_by_key(|place| self.order(*place))
        };
        numbered.filter_map(of_batch).min_by_key(|place| self.order(*place))
    }

    fn order(&self, place: Place) -> (Option<u32>, Option<u32>) {
        (self.ranks.get(place.source.index()).copied(), place.record)
    }

    /// The relations whose groups may look otherwise when what was decided on names changes.
    #[must_use]
    pub fn dependents() -> HashSet<usize> {
        let numbered = RELATIONS.iter().enumerate();
        numbered.filter(|(_, one)| one.depends_on_decisions()).map(|(number, _)| number).collect()
    }
}
