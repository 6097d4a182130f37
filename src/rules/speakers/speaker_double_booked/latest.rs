//! Finds the latest of many entries that differs from a given one in two values.

use std::{cell::Cell, ops::Range};

/// The two values of an entry that another one is to differ in.
pub(super) type Pair = (u32, u32);

/// A sequence of entries, some of them present. Adding, removing and asking take a number of steps that
/// grows with the logarithm of its length.
#[derive(Debug)]
pub(super) struct Latest {
    /// How many entries the lowest row has room for, a power of two.
    width: usize,
    /// A binary tree in rows: the root is number 1, below number n are 2n and 2n + 1.
    parts: Vec<Few>,
    /// How many parts were looked at, which tests hold against the number of entries.
    pub(super) steps: Cell<usize>,
}

impl Latest {
    /// A sequence of `len` entries, of which none is present.
    pub(super) fn new(len: usize) -> Self {
        let width = len.next_power_of_two();
        Self { width, parts: vec![Few::default(); width * 2], steps: Cell::default() }
    }

    /// Puts an entry with these values at a place.
    pub(super) fn put(&mut self, place: usize, pair: Pair) {
        self.set(place, Few::default().with(pair));
    }

    /// Takes the entry at a place out.
    pub(super) fn remove(&mut self, place: usize) {
        self.set(place, Few::default());
    }

    fn set(&mut self, place: usize, few: Few) {
        let mut at = self.width + place;
        self.parts[at] = few;
        while at > 1 {
            at /= 2;
            let later = self.parts[at * 2 + 1];
            let all = self.parts[at * 2].pairs();
            self.parts[at] = all.iter().fold(later, |few, pair| few.with(*pair));
        }
    }

    /// The last place in a range with an entry that differs from `pair` in both values.
    pub(super) fn find(&self, range: Range<usize>, pair: Pair) -> Option<usize> {
        self.find_in(1, 0..self.width, &range, pair)
    }

    /// Once the range of a part lies within the range wanted, its few pairs decide, so that only the
    /// parts at the two ends of the range wanted are looked into in vain.
    fn find_in(
        &self,
        part: usize,
        places: Range<usize>,
        wanted: &Range<usize>,
        pair: Pair,
    ) -> Option<usize> {
        self.steps.set(self.steps.get() + 1);
        let is_apart = places.start >= wanted.end || places.end <= wanted.start;
        if is_apart || !self.parts[part].differ(pair) {
            return None;
        }
        if places.len() == 1 {
            return Some(places.start);
        }
        let middle = places.start + places.len() / 2;
        self.find_in(part * 2 + 1, middle..places.end, wanted, pair)
            .or_else(|| self.find_in(part * 2, places.start..middle, wanted, pair))
    }
}

/// A few pairs that stand for any number of them: for every pair, if one of them all differs from it in both
/// values, one of the few does. There are never more than four (the skew version of Bollobás's theorem on
/// pairs of sets, for sets with one element in each of two parts).
#[derive(Clone, Copy, Debug, Default)]
struct Few {
    pairs: [Pair; MOST],
    len: u8,
}

const MOST: usize = 4;

impl Few {
    fn pairs(&self) -> &[Pair] {
        &self.pairs[..usize::from(self.len)]
    }

    fn differ(&self, pair: Pair) -> bool {
        self.pairs().iter().any(|one| one.0 != pair.0 && one.1 != pair.1)
    }

    fn with(mut self, pair: Pair) -> Self {
        if self.lacks(pair) && usize::from(self.len) < MOST {
            self.pairs[usize::from(self.len)] = pair;
            self.len += 1;
        }
        self
    }

    /// Whether there is a pair that differs from this one in both values and from none of the few: its first
    /// value is that of some of them, or of none, and its second is that of all others.
    fn lacks(&self, pair: Pair) -> bool {
        let firsts = self.pairs().iter().map(|one| Some(one.0)).chain([None]);
        firsts.filter(|first| *first != Some(pair.0)).any(|first| {
            let others = self.pairs().iter().filter(|one| Some(one.0) != first);
            let mut seconds = others.map(|one| one.1);
            let Some(second) = seconds.next() else { return true };
            second != pair.1 && seconds.all(|other| other == second)
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_latest_is_that_of_a_plain_search(
            steps in prop::collection::vec((0..24_usize, (0..5_u32, 0..5_u32), 0..4_u8, 0..25_usize, 0..25_usize), 1..200)
        ) {
            let (mut plain, mut latest) = (vec![None; 24], Latest::new(24));
            for (place, pair, what, from, to) in steps {
                match what {
                    0 | 1 => {
                        plain[place] = Some(pair);
                        latest.put(place, pair);
                    }
                    2 => {
                        plain[place] = None;
                        latest.remove(place);
                    }
                    _ => {}
                }
                let differs = |one: &Option<Pair>| one.is_some_and(|one| one.0 != pair.0 && one.1 != pair.1);
                let expected = (from..to.min(24)).rev().find(|at| differs(&plain[*at]));
                prop_assert_eq!(latest.find(from..to, pair), expected);
            }
        }

        #[test]
        fn four_pairs_are_enough(pairs in prop::collection::vec((0..6_u32, 0..6_u32), 0..60)) {
            let mut few = Few::default();
            for pair in &pairs {
                prop_assert!(!few.lacks(*pair) || usize::from(few.len) < MOST);
                few = few.with(*pair);
            }
            for one in 0..7 {
                for other in 0..7 {
                    let any = pairs.iter().any(|pair| pair.0 != one && pair.1 != other);
                    prop_assert_eq!(few.differ((one, other)), any);
                }
            }
        }
    }
}
