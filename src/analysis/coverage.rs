//! Which keywords read values, and which could not: a keyword that reads nothing of many values points at the wrong property, or
//! declares the wrong form.

use std::{
    collections::{BTreeMap, HashSet},
    sync::{Arc, Mutex, PoisonError},
};

use super::Analysis;
use crate::{
    fact::{Meaning, Record},
    vocabulary::NoteId,
};

/// A set of uses of keywords, a bit each.
type NoteSet = Arc<[u64]>;

/// The sets of the files of a run. Most files have the same one, so each is kept once.
#[derive(Debug, Default)]
pub(super) struct NoteSets(Mutex<HashSet<NoteSet>>);

impl NoteSets {
    fn keep(&self, set: &[u64]) -> NoteSet {
        // A set is whole or not there, so nothing is wrong with them after a panic elsewhere.
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = all.get(set) {
            return Arc::clone(known);
        }
        let set = NoteSet::from(set);
        all.insert(Arc::clone(&set));
        set
    }
}

/// What the keywords read in the records of one file.
#[derive(Debug, Default)]
pub(super) struct Seen {
    read: Vec<u64>,
    unread: BTreeMap<NoteId, usize>,
}

impl Seen {
    pub(super) fn add(&mut self, record: &Record<'_>) {
        let unread = record.unread_values();
        for (note, _) in &unread {
            *self.unread.entry(*note).or_default() += 1;
        }
        for fact in &record.facts {
            let is_read = match &fact.meaning {
                Meaning::Unread(_) | Meaning::Blank { .. } => false,
                // These say that there is a value, also where it cannot be read. All others are of what was read, such as an
                // interval whose start is known.
                Meaning::Value(..)
                | Meaning::Date(..)
                | Meaning::Beside(..)
                | Meaning::Ordered(..) => {
                    unread.is_empty() || !unread.contains(&(fact.note, fact.node.id()))
                }
                _ => true,
            };
            if is_read {
                let (word, bit) = (fact.note.0 as usize / 64, fact.note.0 % 64);
                if self.read.len() <= word {
                    self.read.resize(word + 1, 0);
                }
                self.read[word] |= 1 << bit;
            }
        }
    }

    /// The uses that read a value, and how many values each of the others could not read.
    pub(super) fn finish(self, sets: &NoteSets) -> (Option<NoteSet>, BTreeMap<NoteId, usize>) {
        let read = (!self.read.is_empty()).then(|| sets.keep(&self.read));
        (read, self.unread)
    }
}

/// A keyword that read none of more values than this is wrong; of fewer, the values may be.
const FEW: usize = 20;

impl Analysis<'_> {
    /// The uses of keywords that read none of many values, with the number of the values.
    pub(crate) fn blind(&self) -> BTreeMap<NoteId, usize> {
        let mut blind: BTreeMap<NoteId, usize> = BTreeMap::new();
        let more = self.files.iter().flatten().filter_map(|file| file.more.as_ref());
        for (note, count) in more.flat_map(|more| &more.unread_by) {
            *blind.entry(*note).or_default() += count;
        }
        blind.retain(|_, count| *count > FEW);
        if !blind.is_empty() {
            let reads = |set: &NoteSet, note: NoteId| {
                let word = set.get(note.0 as usize / 64).copied().unwrap_or_default();
                word >> (note.0 % 64) & 1 == 1
            };
            let mut known = HashSet::new();
            for set in self.files.iter().flatten().filter_map(|file| file.read.as_ref()) {
                if known.insert(Arc::as_ptr(set)) {
                    blind.retain(|note, _| !reads(set, *note));
                }
            }
        }
        blind
    }
}
