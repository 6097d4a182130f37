//! What is kept of a text to find others that are nearly the same: a sample of its runs of five words.
//!
//! The sample is the 128 smallest of the hashes of all runs ("bottom-k"): of two texts the smallest hashes of both
//! together are a random sample of all runs in either, whichever texts they are. A text with fewer runs is kept whole, and
//! compared in full. All constants are fixed, so a text has the same sketch on every machine and in every run.

mod words;

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use self::words::{PRIME, for_each_word};
use crate::tree::NodeRef;

/// How many hashes are kept of a text. At 3 bytes each a sketch takes 400 bytes at most, and the share of common runs that two
/// sketches tell is off by less than 0.09 in 19 of 20 cases.
const SIZE: usize = 128;

/// So many bits of a hash are kept: few enough that the step from one to the next takes three bytes, and enough that among a
/// million long texts fewer share a hash by chance than [`super::Near`](crate::corpus::Near) lists with it.
const BITS: u32 = 26;

/// How many words make a run.
const RUN: usize = 5;

/// What is kept of one text.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Sketch {
    /// The smallest hashes of its runs, sorted, each once.
    #[serde(with = "steps")]
    hashes: Box<[u32]>,
    /// Whether these are all of them.
    is_whole: bool,
    /// Equal for texts of the same words in the same order.
    words: u64,
}

/// Sorted numbers as the steps from each to the next, which are smaller.
mod steps {
    use serde::{Deserialize as _, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(all: &[u32], out: S) -> Result<S::Ok, S::Error> {
        let before = std::iter::once(&0).chain(all);
        out.collect_seq(all.iter().zip(before).map(|(one, before)| one.wrapping_sub(*before)))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Box<[u32]>, D::Error> {
        let mut all = Box::<[u32]>::deserialize(input)?;
        let mut before = 0_u32;
        for one in &mut all {
            before = before.wrapping_add(*one);
            *one = before;
        }
        Ok(all)
    }
}

/// How many runs two texts have in common, and how many there are in both together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shared {
    /// Those in common.
    pub common: usize,
    /// All.
    pub all: usize,
}

impl Sketch {
    /// The sketch of all strings at or below `nodes`. Letters and digits make words, without regard to case.
    #[must_use]
    pub fn of(nodes: &[NodeRef<'_>]) -> Self {
        let bytes = nodes.iter().map(|node| node.span().range().len()).sum();
        Self::below(nodes, likely_limit(bytes))
            .or_else(|| Self::below(nodes, u32::MAX))
            .unwrap_or_default()
    }

    /// The sketch, if there are enough hashes up to `limit`, or no others.
    fn below(nodes: &[NodeRef<'_>], limit: u32) -> Option<Self> {
        let mut smallest = Smallest::up_to(limit);
        let words = for_each_run(nodes, |run| smallest.push(run));
        smallest.settle();
        let Smallest { hashes, is_partial, .. } = smallest;
        let is_known = !is_partial || hashes.len() == SIZE;
        is_known.then(|| Self { hashes: hashes.into(), is_whole: !is_partial, words })
    }

    /// The hashes that are kept, sorted, each once.
    #[must_use]
    pub fn hashes(&self) -> &[u32] {
        &self.hashes
    }

    /// Equal for texts of the same words in the same order.
    #[must_use]
    pub const fn words(&self) -> u64 {
        self.words
    }

    /// What two texts have in common: by all runs where both are kept whole, else by a sample of them.
    #[must_use]
    pub fn shared(&self, other: &Self) -> Shared {
        // Above its last hash nothing is known of a text that is not kept whole.
        let last = |one: &Self| if one.is_whole { None } else { one.hashes.last().copied() };
        let limit = last(self).into_iter().chain(last(other)).min().unwrap_or(u32::MAX);
        let known = |one: &'_ Self| one.hashes.partition_point(|hash| *hash <= limit);
        shared(&self.hashes[..known(self)], &other.hashes[..known(other)])
    }
}

/// What two texts have in common, by all their runs; see [`runs`].
#[must_use]
pub fn shared(a: &[u32], b: &[u32]) -> Shared {
    let (mut i, mut j, mut common) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.cmp(y) {
            Ordering::Less => i += 1,
            Ordering::Greater => j += 1,
            Ordering::Equal => (i, j, common) = (i + 1, j + 1, common + 1),
        }
    }
    Shared { common, all: a.len() + b.len() - common }
}

/// The hashes of all runs of all strings at or below `nodes`, sorted, each once.
#[must_use]
pub fn runs(nodes: &[NodeRef<'_>]) -> Vec<u32> {
    let mut all = Vec::new();
    for_each_run(nodes, |run| all.push(run));
    all.sort_unstable();
    all.dedup();
    all
}

/// The smallest of many hashes.
struct Smallest {
    hashes: Vec<u32>,
    /// A greater one is not among the smallest.
    limit: u32,
    /// Whether some are left out.
    is_partial: bool,
}

/// The smallest hashes of a text of so many bytes are hardly ever greater, so that most others need not be kept for a while.
/// In most languages a word takes fewer bytes than [`WORD`]; where there are longer ones, or the same again and again, the
/// text is gone through once more.
fn likely_limit(bytes: usize) -> u32 {
    let runs = bytes / WORD;
    let limit = (SIZE as u64 + SIZE as u64 / 2) << BITS;
    u32::try_from(limit / (runs as u64).max(1)).unwrap_or(u32::MAX)
}

/// The bytes of a word and of what parts it from the next.
const WORD: usize = 9;

impl Smallest {
    fn up_to(limit: u32) -> Self {
        Self { hashes: Vec::with_capacity(4 * SIZE), limit, is_partial: false }
    }

    fn push(&mut self, hash: u32) {
        if hash > self.limit {
            self.is_partial = true;
            return;
        }
        if self.hashes.len() == 4 * SIZE {
            self.settle();
        }
        self.hashes.push(hash);
    }

    fn settle(&mut self) {
        // Of very many hashes the smallest are taken before they are sorted. Those that are there twice may make them too few.
        if self.hashes.len() > 3 * SIZE {
            self.hashes.select_nth_unstable(2 * SIZE);
            let smallest = &mut self.hashes[..2 * SIZE];
            smallest.sort_unstable();
            let count = smallest.chunk_by(|a, b| a == b).count();
            if count > SIZE {
                self.hashes.truncate(2 * SIZE);
            }
        }
        self.hashes.sort_unstable();
        self.hashes.dedup();
        if let Some(last) = self.hashes.get(SIZE - 1) {
            self.limit = *last;
            self.is_partial |= self.hashes.len() > SIZE;
            self.hashes.truncate(SIZE);
        }
    }
}

/// Calls `found` with the hash of each run, in order; a text of fewer words is one run. Returns what is equal for texts of the
/// same words.
fn for_each_run(nodes: &[NodeRef<'_>], mut found: impl FnMut(u32)) -> u64 {
    let mut runs = Runs::default();
    for node in nodes {
        node.for_each_string(|string| {
            for_each_word(string.as_str().unwrap_or_default(), |word| runs.words.push(word));
            runs.pass_on(&mut found);
        });
    }
    runs.finish(&mut found)
}

/// The runs of words of a text, which is taken in piece by piece.
#[derive(Default)]
struct Runs {
    /// The words whose runs are not passed on yet, after the last words before them: as many as a run is long, or fewer.
    words: Vec<u64>,
    /// How many of them are words before.
    before: usize,
    /// Those before as the digits of a number, so that a word is added and one taken away without looking at the others.
    sum: u64,
    all: u64,
}

/// Any odd number does; this one is from `SplitMix64`.
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;
/// The weight of a digit that leaves the run.
const WEIGHT: u64 =
    BASE.wrapping_mul(BASE).wrapping_mul(BASE).wrapping_mul(BASE).wrapping_mul(BASE);

impl Runs {
    /// Passes on the runs that end in a new word.
    fn pass_on(&mut self, found: &mut impl FnMut(u32)) {
        // The first words of a text end no run, and none leaves it.
        let first = self.words.len().min(RUN - 1).max(self.before);
        for at in self.before..first {
            self.add(self.words[at], 0);
        }
        for at in first..self.words.len() {
            let oldest = at.checked_sub(RUN).map_or(0, |at| self.words[at]);
            self.add(self.words[at], oldest);
            found(self.run());
        }
        let retained = self.words.len().saturating_sub(RUN);
        self.words.drain(..retained);
        self.before = self.words.len();
    }

    fn add(&mut self, word: u64, oldest: u64) {
        let shifted = self.sum.wrapping_mul(BASE).wrapping_add(word);
        self.sum = shifted.wrapping_sub(oldest.wrapping_mul(WEIGHT));
        self.all = (self.all ^ word).wrapping_mul(PRIME);
    }

    fn run(&self) -> u32 {
        (finish(self.sum) >> (64 - BITS)) as u32
    }

    fn finish(self, found: &mut impl FnMut(u32)) -> u64 {
        if (1..RUN).contains(&self.words.len()) {
            found(self.run());
        }
        self.all
    }
}

/// The finish of `SplitMix64`, which spreads numbers that differ in few bits.
const fn finish(number: u64) -> u64 {
    let mut z = number;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// What `take` takes of a text by itself.
#[cfg(test)]
pub(crate) fn in_text<T>(text: &str, take: impl FnOnce(&[NodeRef<'_>]) -> T) -> T {
    use crate::{
        source::{Source, Syntax},
        tree::Tree,
    };
    let json = serde_json::to_string(text).unwrap_or_default();
    let source = std::sync::Arc::new(Source::new("text.json", Syntax::Json, json));
    take(&Tree::parse(source).records())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sketch(text: &str) -> Sketch {
        in_text(text, Sketch::of)
    }

    fn all(text: &str) -> Vec<u32> {
        in_text(text, runs)
    }

    /// Words from `from` up to `to`.
    fn words(from: usize, to: usize) -> String {
        (from..to).map(|n| format!("word{n}")).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_short_text_is_kept_whole_and_compared_exactly() {
        let (a, b) = (words(0, 104), words(25, 129));
        assert_eq!(sketch(&a).hashes().len(), 100);
        let exact = Shared { common: 75, all: 125 };
        assert_eq!(sketch(&a).shared(&sketch(&b)), exact);
        assert_eq!(shared(&all(&a), &all(&b)), exact);
    }

    #[test]
    fn a_long_text_keeps_the_smallest_hashes() {
        let text = words(0, 3000);
        let sketch = sketch(&text);
        assert_eq!(sketch.hashes(), &all(&text)[..SIZE]);
        assert!(!sketch.is_whole);
        // A text with as many runs as are kept is whole.
        let just = self::sketch(&words(0, SIZE + RUN - 1));
        assert!(just.is_whole && just.hashes().len() == SIZE);
        // So is one with many runs of which few differ.
        let repeated = self::sketch(&"one two three ".repeat(900));
        assert!(repeated.is_whole && repeated.hashes().len() == 3);
    }

    #[test]
    fn a_sample_is_close_to_the_truth() {
        let per_mille = |one: Shared| one.common * 1000 / one.all;
        let mut worst = 0;
        for seed in 0..12 {
            let from = seed * 10_000;
            for step in [1, 3, 5, 8, 12, 19] {
                let (start, end) = (from + step * 50, from + 1000 + step * 50);
                let (a, b) = (words(from, from + 1000), words(start, end));
                let exact = per_mille(shared(&all(&a), &all(&b)));
                worst = worst.max(exact.abs_diff(per_mille(sketch(&a).shared(&sketch(&b)))));
            }
        }
        assert!(worst < 200, "{worst}");
    }

    #[test]
    fn a_short_text_within_a_long_one() {
        let (short, long) = (words(0, 64), words(0, 104));
        assert_eq!(sketch(&short).shared(&sketch(&long)), Shared { common: 60, all: 100 });
        let far = sketch(&words(0, 64)).shared(&sketch(&words(0, 4000)));
        assert!(far.common * 20 < far.all, "{far:?}");
    }

    #[test]
    fn words_are_letters_and_digits_in_any_case_and_script() {
        assert_eq!(all("One, two; THREE (four) 5"), all("one two three four 5"));
        assert_eq!(all("ÉLODIE Łucja ОДИН δύο يناير"), all("élodie, łucja, один, ΔΎΟ: يناير"));
        assert_ne!(all("one two three four five"), all("one two three five four"));
        assert_ne!(all("ab c d e f"), all("a bc d e f"));
        assert_eq!(all("… — !").len(), 0);
        assert_eq!(all("two words").len(), 1);
        assert!(sketch("").hashes().is_empty());
    }

    proptest! {
        /// Whatever the text is expected to be like, the sketch is made of its smallest runs.
        #[test]
        fn a_sketch_has_the_smallest_runs(words in proptest::collection::vec("[a-c]{1,2}|[a-z]{1,40}", 0..900)) {
            let text = words.join(" ");
            let all = all(&text);
            let sketch = sketch(&text);
            prop_assert_eq!(sketch.hashes(), &all[..all.len().min(SIZE)]);
            prop_assert_eq!(sketch.is_whole, all.len() <= SIZE);
        }
    }

    #[test]
    fn a_sketch_is_the_same_on_every_machine() {
        let sketch = sketch("The General Assembly decides to meet");
        assert_eq!(
            (sketch.hashes(), sketch.words()),
            (&[23_351_568, 32_457_838][..], 1_546_520_952_840_061_817)
        );
    }

    #[test]
    fn the_order_of_words_makes_another_text() {
        assert_eq!(sketch("a b c").words(), sketch("A, b. C").words());
        assert_ne!(sketch("a b c").words(), sketch("a c b").words());
    }
}
