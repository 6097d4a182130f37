//! The keys that records define, by namespace, to propose a near one for one that is missing. They are read when a key is
//! first missing, and again only after a definition has changed, so that an editor does not read them at each keystroke.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    sync::{Mutex, MutexGuard, PoisonError},
};

use super::keys::whole;
use crate::corpus::{
    Corpus,
    relation::{self, key::KeyPart},
};

/// For so many keys a near one is looked for in one report.
const MOST: usize = 500;
/// So many answers are kept for the next report.
const KEPT: usize = 4 * MOST;
/// A key of more letters is hardly mistyped.
const LONGEST: usize = 120;
/// So many letters may differ.
const DIFFERENT: usize = 2;

/// The namespace, and the record or event within it.
type Space = (String, String);

/// The index, for as long as no definition changes.
#[derive(Debug, Default)]
pub(super) struct Cache(Mutex<Index>);

impl Cache {
    /// The index of these namespaces; with the acts among the keys, if they are asked for.
    pub(super) fn of(
        &self,
        corpus: &Corpus,
        wanted: &BTreeSet<Space>,
        has_acts: bool,
    ) -> MutexGuard<'_, Index> {
        // An index is whole or not there, so nothing is wrong with it after a panic elsewhere.
        let mut index = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !index.is_current(corpus, wanted, has_acts) {
            *index = Index::read(corpus, wanted, has_acts);
        }
        index.asked.clear();
        if index.near.len() > KEPT {
            index.near.clear();
        }
        index
    }
}

/// The keys that records define in some namespaces.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// The state of the definitions that it was read in; `None` before it was read.
    state: Option<u64>,
    covered: BTreeSet<Space>,
    spaces: BTreeMap<Space, Keys>,
    acts: Option<BTreeSet<String>>,
    /// What was found near the keys that are missing, now or in a report before.
    near: HashMap<(Space, String), Option<String>>,
    /// The keys that are missing in this report.
    asked: HashSet<(Space, String)>,
}

impl Index {
    fn is_current(&self, corpus: &Corpus, wanted: &BTreeSet<Space>, has_acts: bool) -> bool {
        self.state == Some(corpus.definitions())
            && wanted.is_subset(&self.covered)
            && (self.acts.is_some() || !has_acts)
    }

    fn read(corpus: &Corpus, wanted: &BTreeSet<Space>, has_acts: bool) -> Self {
        let wanted_spaces: Vec<&Space> = wanted.iter().collect();
        let mut defined: Vec<BTreeSet<String>> = vec![BTreeSet::new(); wanted_spaces.len()];
        let mut acts = has_acts.then(BTreeSet::new);
        corpus.for_each::<relation::Key>(|member| {
            if !matches!(member.part(), KeyPart::Definition(_)) {
                return;
            }
            let own = (member.space(), member.scope());
            let among = wanted_spaces
                .binary_search_by(|(space, scope)| (space.as_str(), scope.as_str()).cmp(&own));
            if let Ok(at) = among {
                defined[at].insert(member.shown().to_owned());
                if let Some(acts) = &mut acts {
                    acts.extend(whole(member.normal()));
                }
            }
        });
        let spaces = wanted_spaces.into_iter().zip(defined).filter(|(_, keys)| !keys.is_empty());
        let spaces = spaces.map(|(space, keys)| (space.clone(), Keys::of(keys))).collect();
        let state = Some(corpus.definitions());
        Self { state, covered: wanted.clone(), spaces, acts, ..Self::default() }
    }

    /// Whether a namespace has keys.
    pub(super) fn has(&self, space: &Space) -> bool {
        self.spaces.contains_key(space)
    }

    /// Whether a key is that of an act, without the letters of its parts.
    pub(super) fn has_act(&self, whole: &str) -> bool {
        self.acts.as_ref().is_some_and(|acts| acts.contains(whole))
    }

    /// The key of a namespace that is near one that is missing.
    pub(super) fn near(&mut self, space: &Space, missing: &str) -> Option<&str> {
        let look = (space.clone(), missing.to_owned());
        if !self.asked.contains(&look) {
            if self.asked.len() >= MOST {
                return None;
            }
            self.asked.insert(look.clone());
        }
        if !self.near.contains_key(&look) {
            let found = self.spaces.get(space).and_then(|keys| keys.nearest(missing));
            self.near.insert(look.clone(), found.map(str::to_owned));
        }
        self.near.get(&look)?.as_deref()
    }
}

/// The keys of a namespace, by the number of their letters.
#[derive(Debug, Default)]
struct Keys(BTreeMap<usize, Vec<Known>>);

/// A key that is defined, ready to be compared with many.
#[derive(Debug)]
struct Known {
    shown: Box<str>,
    folded: Box<str>,
    /// A bit for each letter in it, where letters share bits.
    bits: u64,
}

impl Keys {
    fn of(keys: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        let mut all: BTreeMap<usize, Vec<Known>> = BTreeMap::new();
        for key in keys {
            let shown = key.as_ref();
            let folded = shown.to_lowercase();
            let (letters, bits) = (folded.chars().count(), bits(&folded));
            if letters <= LONGEST + DIFFERENT {
                let known = Known { shown: shown.into(), folded: folded.into(), bits };
                all.entry(letters).or_default().push(known);
            }
        }
        Self(all)
    }

    /// The key that is nearest to one that is missing, if at most two letters and a third of them differ. Of two that are
    /// equally near neither is proposed.
    fn nearest(&self, missing: &str) -> Option<&str> {
        let folded = missing.to_lowercase();
        let (letters, bits) = (folded.chars().count(), bits(&folded));
        let allowed = (letters / 3).min(DIFFERENT);
        if allowed == 0 || letters > LONGEST {
            return None;
        }
        let of_length = self.0.range(letters - allowed..=letters + allowed);
        // A letter that is another one changes two bits.
        let may_be_near = |one: &&Known| (one.bits ^ bits).count_ones() as usize <= 2 * allowed;
        let mut best: Option<(usize, &str)> = None;
        let mut is_tied = false;
        for one in of_length.flat_map(|(_, keys)| keys).filter(may_be_near) {
            let distance = strsim::osa_distance(&folded, &one.folded);
            match best {
                _ if distance > allowed => {}
                Some((least, _)) if distance > least => {}
                Some((least, _)) if distance == least => is_tied = true,
                _ => (best, is_tied) = (Some((distance, &*one.shown)), false),
            }
        }
        best.filter(|_| !is_tied).map(|(_, shown)| shown)
    }
}

fn bits(text: &str) -> u64 {
    text.chars().fold(0, |bits, letter| bits | 1 << (u32::from(letter) % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(missing: &str, known: &[&str]) -> Option<String> {
        Keys::of(known).nearest(missing).map(str::to_owned)
    }

    #[test]
    fn a_key_that_differs_in_two_letters_is_near_and_one_in_three_is_not() {
        assert_eq!(near("Harnett", &["Hartnett", "Okafor"]).as_deref(), Some("Hartnett"));
        let folded = near("hartnet", &["Hartnett"]);
        assert_eq!(folded.as_deref(), Some("Hartnett"), "capitals make no difference");
        let swapped = near("Hratnet", &["Hartnett"]);
        assert_eq!(swapped.as_deref(), Some("Hartnett"), "letters that changed places");
        assert_eq!(near("Harnex", &["Hartnett"]), None);
        assert_eq!(near("hall-a", &["hall-b", "hall-c"]), None, "neither is nearer");
        assert_eq!(near("hall-a", &["hall-b", "hall-xyz"]).as_deref(), Some("hall-b"));
    }

    #[test]
    fn short_and_long_keys_are_not_guessed() {
        assert_eq!(near("s3", &["s1"]), None);
        assert_eq!(near("abc", &["abd"]).as_deref(), Some("abd"));
        assert_eq!(near("", &["a"]), None);
        let (long, other) = ("x".repeat(121), format!("{}y", "x".repeat(120)));
        assert_eq!(near(&long, &[other.as_str()]), None);
    }
}
