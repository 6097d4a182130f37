//! Which of many texts are nearly the same, without holding each against every other.
//!
//! Two texts are compared where they share hashes of their sketches. That all texts of a corpus share a preamble or a letterhead
//! makes none of them a candidate: of a hash only the first [`LISTED`] texts are listed that have it and are like no earlier
//! one. So the work grows with the number of texts, not with that of pairs, and what a text has of its own finds its twin.
//!
//! A pair is found if its sketches share a hash that leads to it, and if they have three fifths in common. The first fails with
//! the probability (1 - d)^128, where d is the part of both texts together that is common to them and in few others: 1 in 700,000
//! for a tenth. The second holds, for long texts, in 52 of 100 cases at three fifths, 89 at 0.65, 99.3 at 0.7, and 99.99 at 0.75.
//! For texts that are kept whole nothing is sampled, and texts of the same words always find each other.

use std::{cmp::Reverse, collections::HashMap};

use crate::fact::{Shared, Sketch};

/// So many texts are listed with a hash.
const LISTED: usize = 32;
/// A text is compared with at most so many others, those first that share most with it that few others have.
const COMPARED: usize = 64;

/// Texts, and which of them are nearly the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Near {
    /// For each text the earlier one that is most like it, among those near it that are like none before them.
    pub twins: Vec<Option<usize>>,
    /// The texts whose twin may have been missed, since they consist for the most part of what is in very many others.
    pub unsure: Vec<usize>,
    /// How many pairs were compared.
    pub compared: usize,
}

impl Near {
    /// Compares the sketches, where there are any, in their order. `is_near` must hold for no two texts of which less than
    /// three fifths is common to both.
    #[must_use]
    pub fn of(sketches: &[Option<&Sketch>], is_near: impl Fn(Shared) -> bool) -> Self {
        let mut search = Search::new(sketches);
        let mut found = Self { twins: vec![None; sketches.len()], ..Self::default() };
        for (at, sketch) in sketches.iter().enumerate() {
            let Some(sketch) = sketch else { continue };
            if let Some(same) = search.by_words.get(&sketch.words()) {
                found.twins[at] = Some(*same);
                continue;
            }
            let (candidates, is_sure) = search.candidates(at, sketch.hashes().len());
            found.compared += candidates.len();
            found.unsure.extend((!is_sure).then_some(at));
            let shared = |other: usize| Some((other, sketches[other]?.shared(sketch)));
            let near = candidates.into_iter().filter_map(shared).filter(|(_, one)| is_near(*one));
            // The one that is most like it; of several the first.
            let nearest = near.min_by(|(at, a), (other, b)| {
                (b.common * a.all).cmp(&(a.common * b.all)).then(at.cmp(other))
            });
            found.twins[at] = nearest.map(|(other, _)| other);
            if nearest.is_none() {
                search.list(at, sketch);
            }
        }
        found
    }
}

/// The texts that are like none before them, by what may find them.
struct Search {
    /// For each text the hashes that other texts have as well, by their numbers.
    hashes: Vec<Vec<u32>>,
    /// For each of these hashes the texts listed with it.
    lists: Vec<List>,
    by_words: HashMap<u64, usize>,
    /// For each text how many hashes it shares with the one at hand.
    hits: Vec<Hits>,
    /// The number of hashes of each text that is listed.
    sizes: Vec<usize>,
    /// The text of which the greatest part was not listed: so many of so many hashes.
    hidden: (usize, usize),
}

#[derive(Clone, Default)]
struct List {
    texts: Vec<u32>,
    /// Whether there are more than are listed.
    is_full: bool,
}

/// What two texts have in common of what is kept of them.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Hits {
    /// Hashes that all texts that have them are listed with.
    rare: u16,
    /// Other ones.
    frequent: u16,
}

impl Search {
    fn new(sketches: &[Option<&Sketch>]) -> Self {
        let (hashes, count) = common_hashes(sketches);
        Self {
            hashes,
            lists: vec![List::default(); count],
            by_words: HashMap::new(),
            hits: vec![Hits::default(); sketches.len()],
            sizes: vec![0; sketches.len()],
            hidden: (0, 1),
        }
    }

    /// The earlier texts to compare with a text of `size` hashes, and whether it can be nearly the same as no other one.
    fn candidates(&mut self, at: usize, size: usize) -> (Vec<usize>, bool) {
        let mut touched: Vec<usize> = Vec::new();
        let mut full = 0;
        for hash in &self.hashes[at] {
            let list = &self.lists[*hash as usize];
            full += usize::from(list.is_full);
            for text in &list.texts {
                let hits = &mut self.hits[*text as usize];
                if *hits == Hits::default() {
                    touched.push(*text as usize);
                }
                let kind = if list.is_full { &mut hits.frequent } else { &mut hits.rare };
                *kind += 1;
            }
        }
        let mut candidates: Vec<(Reverse<Hits>, usize)> = Vec::new();
        for text in touched {
            let hits = std::mem::take(&mut self.hits[text]);
            // Of the hashes whose lists are full it may have all.
            if is_enough(hits.rare as usize + full, size.max(self.sizes[text])) {
                candidates.push((Reverse(hits), text));
            }
        }
        candidates.sort_unstable();
        let is_sure = candidates.len() <= COMPARED && !self.may_hide((full, size));
        candidates.truncate(COMPARED);
        (candidates.into_iter().map(|(_, text)| text).collect(), is_sure)
    }

    /// Whether a text with so many of so many hashes in full lists may be near an earlier one with nothing else in common. Where
    /// two texts have in common the parts f and g of themselves, that is fg / (f + g - fg) of both together.
    fn may_hide(&self, (full, size): (usize, usize)) -> bool {
        let (hidden, of) = self.hidden;
        let common = full * hidden;
        let all = full * of + hidden * size - common;
        // A little less than is near: both parts are known from a sample.
        common > 0 && common * 20 >= all * 11
    }

    /// Lists a text that is like none before it.
    fn list(&mut self, at: usize, sketch: &Sketch) {
        let mut hidden = 0;
        for hash in &self.hashes[at] {
            let list = &mut self.lists[*hash as usize];
            if list.texts.len() < LISTED {
                list.texts.push(at as u32);
            } else {
                list.is_full = true;
                hidden += 1;
            }
        }
        self.by_words.insert(sketch.words(), at);
        self.sizes[at] = sketch.hashes().len();
        if hidden * self.hidden.1 > self.hidden.0 * self.sizes[at] {
            self.hidden = (hidden, self.sizes[at]);
        }
    }
}

/// Whether so many common hashes can make two texts near of which one has `size`.
const fn is_enough(common: usize, size: usize) -> bool {
    common * 5 >= size * 3
}

/// Numbers the hashes that several sketches have; for each sketch the numbers of its hashes, and how many there are.
fn common_hashes(sketches: &[Option<&Sketch>]) -> (Vec<Vec<u32>>, usize) {
    let mut all: Vec<(u32, u32)> = Vec::new();
    for (at, sketch) in (0..).zip(sketches) {
        let hashes = sketch.map(Sketch::hashes).unwrap_or_default();
        all.extend(hashes.iter().map(|hash| (*hash, at)));
    }
    all.sort_unstable();
    let mut hashes = vec![Vec::new(); sketches.len()];
    let mut count = 0;
    for same in all.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1) {
        for (_, at) in same {
            hashes[*at as usize].push(count);
        }
        count += 1;
    }
    (hashes, count as usize)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::sketch::in_text;

    /// `count` words that no other text has which has another name.
    fn own(name: &str, count: usize) -> String {
        (0..count).map(|n| format!("{name}x{n}")).collect::<Vec<_>>().join(" ")
    }

    fn near(texts: &[String]) -> Near {
        let sketches: Vec<Sketch> = texts.iter().map(|text| in_text(text, Sketch::of)).collect();
        let sketches: Vec<Option<&Sketch>> = sketches.iter().map(Some).collect();
        Near::of(&sketches, |Shared { common, all }| common * 5 >= all * 3)
    }

    /// Texts of which the first `shared` words are the same in all, of 400.
    fn letters(count: usize, shared: usize) -> Vec<String> {
        let head = own("shared", shared);
        (0..count).map(|n| format!("{head} {}", own(&format!("own{n}"), 400 - shared))).collect()
    }

    fn twins(near: &Near) -> Vec<(usize, usize)> {
        let twins = near.twins.iter().enumerate();
        twins.filter_map(|(at, twin)| Some((at, (*twin)?))).collect()
    }

    #[test]
    fn texts_that_share_a_preamble_are_not_all_compared() {
        for shared in [40, 120, 200] {
            let few = near(&letters(100, shared));
            let many = near(&letters(500, shared));
            assert_eq!((twins(&many), many.unsure.len()), (vec![], 0), "{shared}");
            let compared = (few.compared, many.compared);
            assert!(many.compared <= 500, "{shared}: {compared:?}");
        }
    }

    #[test]
    fn the_twin_of_a_text_with_a_preamble_is_found() {
        for shared in [0, 120, 200, 260] {
            let mut texts = letters(300, shared);
            // One word in eighty is another one.
            let near_one = texts[270].replace("x350", "y350").replace("x399", "y399");
            texts.push(near_one);
            texts.push(texts[123].clone());
            assert_eq!(twins(&near(&texts)), [(300, 270), (301, 123)], "{shared}");
        }
    }

    #[test]
    fn all_but_the_first_of_a_cluster_are_found_in_one_comparison_each() {
        let text = own("same", 400);
        let texts: Vec<String> = (0..500).map(|n| format!("{text} end{n}")).collect();
        let found = near(&texts);
        assert_eq!(found.twins[0], None);
        assert!(found.twins[1..].iter().all(|twin| *twin == Some(0)));
        assert_eq!(found.compared, 499);
        // Where nearly all is shared, texts are near each other, whatever their ends.
        assert_eq!(twins(&near(&letters(100, 340))).len(), 99);
    }

    #[test]
    fn many_clusters() {
        let text =
            |cluster: usize, n: usize| format!("{} end{n}", own(&format!("of{cluster}"), 300));
        let texts: Vec<String> = (0..600).map(|n| text(n % 40, n)).collect();
        let found = near(&texts);
        assert!((40..600).all(|at| found.twins[at] == Some(at % 40)));
        assert_eq!(found.compared, 560);
    }

    #[test]
    fn where_most_of_a_text_is_in_very_many_others_that_is_known() {
        // TextStore that have 72 of 100 words in common are the same to 56 per cent.
        let found = near(&letters(200, 292));
        assert!(found.unsure.len() > 20, "{}", found.unsure.len());
        // The first ones are compared with each other.
        assert!(found.unsure.iter().all(|at| *at > LISTED), "{:?}", found.unsure);
        assert!(found.compared <= 200 * COMPARED, "{}", found.compared);
    }

    #[test]
    fn the_same_text_is_found_whatever_it_shares_with_others() {
        // Every sentence is in a hundred texts.
        let sentence = |n: usize| own(&format!("sentence{n}"), 30);
        let text = |n: usize| {
            let parts =
                (0..8).map(|part| sentence((n * 7 + part * part * 13 + n / 50 * part) % 50));
            parts.collect::<Vec<_>>().join(" ")
        };
        let mut texts: Vec<String> = (0..1000).map(text).collect();
        let last = texts[..900]
            .iter()
            .rposition(|one| texts.iter().filter(|other| one == *other).count() == 1);
        texts.push(texts[last.unwrap_or_default()].clone());
        assert!(near(&texts).twins[1000].is_some());
    }

    #[test]
    fn texts_that_are_left_out_and_empty_ones() {
        let text = in_text(&own("a", 50), Sketch::of);
        let empty = in_text("", Sketch::of);
        let sketches = [None, Some(&text), None, Some(&empty), Some(&text), Some(&empty)];
        let found = Near::of(&sketches, |shared| shared.all > 0);
        assert_eq!(twins(&found), [(4, 1), (5, 3)]);
        assert_eq!(Near::of(&[], |_| true), Near::default());
    }
}
