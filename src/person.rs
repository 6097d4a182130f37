//! Names of persons: what belongs to the name, whether two names are likely those of one person, and
//! whether two descriptions of a person agree.
//!
//! Nothing here merges, re-orders or re-cases a name. Who writes the family name first or in capitals
//! has chosen to, and the protocol lists of the United Nations print each name as its bearer wishes.

mod compare;
mod fold;
mod honorific;
mod office;
mod organizations;
mod stand_in;
mod stand_in_words;
mod trim;

#[cfg(test)]
mod tests;

pub use fold::{fold, spelling};
pub use honorific::{form_of_address, honorific};
pub use office::Office;
pub use stand_in::{StandIn, is_placeholder, stand_in};
pub use trim::{core, tbc_mark};

/// What the comparison of two names says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// The same words, in whatever order, case and accents, or the same letters otherwise spaced.
    Same,
    /// One name is within the other, with at least two full words in common.
    Probable,
    /// The same with one full word in common: too many persons fit.
    Weak,
    /// One of the names is a single word that the other has as well.
    SurnameOnly,
    /// A letter or two apart.
    PossibleTypo,
    /// All else.
    Different,
}

/// A name that was taken apart for comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// All words, in their order.
    words: Vec<Word>,
    /// The parts of words in which two seem to be glued together, as in `MartinCole`.
    glued: Vec<String>,
}

/// One word of a name, folded.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Word {
    text: String,
    sort: Sort,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sort {
    /// A whole word.
    Full,
    /// One letter that is short for a word.
    Initial,
    /// A word that so many names have that it distinguishes no one.
    Particle,
    /// "II", "III", "IV": says bearers of one name apart and no one else.
    Numeral,
}

impl Name {
    /// Reads a name as written, with or without honorific, mark or capacity. What is no name of a
    /// person has no words.
    #[must_use]
    pub fn read(text: &str) -> Self {
        if stand_in(text).is_some() {
            return Self { words: Vec::new(), glued: Vec::new() };
        }
        let core = core(text);
        Self { words: fold::words(core), glued: fold::glued(core) }
    }

    /// The full words of at least three letters, sorted, each once: two names that are alike have one
    /// of them in common.
    #[must_use]
    pub fn keys(&self) -> Vec<&str> {
        let mut keys: Vec<&str> = self.all_keys().collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// Whether there are any keys.
    #[must_use]
    pub fn has_keys(&self) -> bool {
        self.words.iter().any(|word| word.key().is_some())
    }

    /// The first of the keys that both have: the one at which a pair is reported.
    #[must_use]
    pub fn first_common_key<'a>(&'a self, other: &Self) -> Option<&'a str> {
        let has = |key: &&str| other.all_keys().any(|other| other == *key);
        self.all_keys().filter(has).min()
    }

    fn all_keys(&self) -> impl Iterator<Item = &str> {
        let glued = self.glued.iter().map(String::as_str);
        self.words.iter().filter_map(Word::key).chain(glued)
    }
}

impl Word {
    /// Whether the word counts when names are compared.
    fn counts(&self) -> bool {
        matches!(self.sort, Sort::Full | Sort::Initial)
    }

    fn key(&self) -> Option<&str> {
        let long = self.sort == Sort::Full && self.text.chars().nth(2).is_some();
        long.then_some(self.text.as_str())
    }
}

/// Compares two names as written.
#[must_use]
pub fn compare(a: &str, b: &str) -> Verdict {
    Name::read(a).compare(&Name::read(b))
}
