//! Whether two names are likely those of one person.

use std::{borrow::Cow, cmp::Ordering};

use super::{Name, Sort, Verdict, Word};

/// A name of more words than this is a text.
const MOST_WORDS: usize = 16;
/// Within shorter words a letter makes another name.
const SHORTEST_WORD: usize = 5;
/// A longer word is not a name, and the time to compare two grows with the square of their lengths.
const LONGEST_WORD: usize = 64;
/// Two letters may differ in a word of at least so many, and in names of at least so many in all.
const LONG_WORD: usize = 8;
const LONG_NAME: usize = 12;

impl Name {
    /// What the comparison of the two says. The order of the two makes no difference.
    #[must_use]
    pub fn compare(&self, other: &Self) -> Verdict {
        let (a, b) = (self.counting(), other.counting());
        if a.is_empty() || b.is_empty() || self.numerals_differ(other) {
            return Verdict::Different;
        }
        if self.words.len().max(other.words.len()) > MOST_WORDS {
            let same = sorted(&self.words) == sorted(&other.words);
            return if same { Verdict::Same } else { Verdict::Different };
        }
        if a.len() == 1 || b.len() == 1 {
            let found = a.iter().any(|word| word.sort == Sort::Full && b.contains(word));
            let respaced = a.len() != b.len() && self.has_letters_of(other);
            return match (respaced, found) {
                (true, _) => Verdict::Same,
                (false, true) => Verdict::SurnameOnly,
                (false, false) => Verdict::Different,
            };
        }
        if self.has_words_of(other) || self.has_letters_of(other) {
            return Verdict::Same;
        }
        match contained(&a, &b) {
            Some(2..) => Verdict::Probable,
            Some(_) => Verdict::Weak,
            None if self.is_near(other) => Verdict::PossibleTypo,
            None => Verdict::Different,
        }
    }

    /// The words that the two do not share, paired with those they were likely mistaken for. There is
    /// nothing where their numbers differ or more than two words do.
    #[must_use]
    pub fn unlike<'a>(&'a self, other: &'a Self) -> Vec<(&'a str, &'a str)> {
        let (a, b) = (rest(&self.words, &other.words), rest(&other.words, &self.words));
        match (a.as_slice(), b.as_slice()) {
            ([a], [b]) => vec![(a, b)],
            ([a, c], [b, d]) => {
                let along = distance(a, b) + distance(c, d);
                let across = distance(a, d) + distance(c, b);
                if along <= across { vec![(a, b), (c, d)] } else { vec![(a, d), (c, b)] }
            }
            _ => Vec::new(),
        }
    }

    /// All words in one order: equal for names that differ in the order of their words only.
    #[must_use]
    pub fn sorted_words(&self) -> String {
        sorted(&self.words).join(" ")
    }

    /// The words that count, which nearly always are all.
    pub(super) fn counting(&self) -> Cow<'_, [Word]> {
        if self.words.iter().all(Word::counts) {
            return Cow::Borrowed(&self.words);
        }
        self.words.iter().filter(|word| word.counts()).cloned().collect()
    }

    fn length(&self) -> usize {
        self.words.iter().map(|word| word.text.len()).sum()
    }

    fn letters(&self) -> impl Iterator<Item = u8> {
        self.words.iter().flat_map(|word| word.text.bytes())
    }

    /// Whether both have the same letters, whatever words they make.
    #[must_use]
    pub fn has_letters_of(&self, other: &Self) -> bool {
        self.length() == other.length() && self.letters().eq(other.letters())
    }

    /// Whether both have the same words, in whatever order.
    fn has_words_of(&self, other: &Self) -> bool {
        self.words.len() == other.words.len()
            && self.length() == other.length()
            && sorted(&self.words) == sorted(&other.words)
    }

    /// Whether both have a number, and not the same: two bearers of one name.
    fn numerals_differ(&self, other: &Self) -> bool {
        let has_one = |name: &Self| name.numerals().next().is_some();
        has_one(self) && has_one(other) && !self.numerals().eq(other.numerals())
    }

    fn numerals(&self) -> impl Iterator<Item = &str> {
        let words = self.words.iter().filter(|word| word.sort == Sort::Numeral);
        words.map(|word| word.text.as_str())
    }

    /// Whether the words that the two do not share are as long as those of names a letter or two apart. Most pairs of names
    /// are distinguished by that alone. Neither has more words than a name.
    fn may_be_near(&self, other: &Self) -> bool {
        let (mut own, mut theirs) = ([""; 2], [""; 2]);
        let (mut count, mut met) = (0, 0_u32);
        for word in &self.words {
            let same = |at: &usize| met >> at & 1 == 0 && other.words[*at].text == word.text;
            if let Some(at) = (0..other.words.len()).find(same) {
                met |= 1 << at;
            } else if let Some(free) = own.get_mut(count) {
                (*free, count) = (word.text.as_str(), count + 1);
            } else {
                return false;
            }
        }
        if other.words.len() - met.count_ones() as usize != count {
            return false;
        }
        let rest = other.words.iter().enumerate().filter(|(at, _)| met >> at & 1 == 0);
        for (free, (_, word)) in theirs.iter_mut().zip(rest) {
            *free = word.text.as_str();
        }
        let ([a, c], [b, d]) = (own, theirs);
        match count {
            1 => may_be_mistaken(a, b),
            2 => {
                (may_be_mistaken(a, b) && may_be_mistaken(c, d))
                    || (may_be_mistaken(a, d) && may_be_mistaken(c, b))
            }
            _ => false,
        }
    }

    /// Whether the names are a letter or two apart.
    fn is_near(&self, other: &Self) -> bool {
        if !self.may_be_near(other) {
            return false;
        }
        let unlike = self.unlike(other);
        let total: usize = unlike.iter().map(|(a, b)| strsim::levenshtein(a, b)).sum();
        let letters =
            |name: &Self| name.words.iter().map(|word| word.text.chars().count()).sum::<usize>();
        let long = letters(self).min(letters(other)) >= LONG_NAME;
        let allowed = if long { 2 } else { 1 };
        !unlike.is_empty() && total <= allowed && unlike.iter().all(|(a, b)| mistaken(a, b))
    }
}

/// Whether the lengths and the letters of two words allow that one is the other, mistyped. Two words that differ in two letters
/// have at most four letters that only one of them has.
fn may_be_mistaken(a: &str, b: &str) -> bool {
    let letters = |word: &str| word.chars().fold(0_u64, |all, c| all | 1 << (u32::from(c) % 64));
    let apart = || (letters(a) ^ letters(b)).count_ones();
    let (length, other) = (a.chars().count(), b.chars().count());
    length.min(other) >= SHORTEST_WORD
        && length.max(other) <= LONGEST_WORD
        && length.abs_diff(other) <= 2
        && apart() <= 4
}

/// Whether one word may be the other, mistyped.
fn mistaken(a: &str, b: &str) -> bool {
    let shortest = a.chars().count().min(b.chars().count());
    // Letters without case are syllables or whole words, and one of them makes another name.
    let cased = |word: &str| word.chars().all(char::is_lowercase);
    let gendered = match (a.chars().next_back(), b.chars().next_back()) {
        // Daniel and Daniela, Mario and Maria, Ivanov and Ivanova: two persons.
        (Some(a), Some(b)) => a != b && (matches!(a, 'a' | 'e') || matches!(b, 'a' | 'e')),
        _ => true,
    };
    let near = match strsim::osa_distance(a, b) {
        0 | 1 => shortest >= SHORTEST_WORD,
        2 => shortest >= LONG_WORD,
        _ => false,
    };
    near && cased(a) && cased(b) && !gendered
}

fn distance(a: &str, b: &str) -> usize {
    strsim::levenshtein(a, b)
}

/// The texts of `words` in an order that does not depend on how they are written. A capital makes an
/// initial of a particle, which is no difference between two names that are otherwise the same.
fn sorted(words: &[Word]) -> Vec<&str> {
    let mut texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    texts.sort_unstable();
    texts
}

/// The words of `words` that `others` do not have, each as often as it is missing there.
fn rest<'a>(words: &'a [Word], others: &[Word]) -> Vec<&'a str> {
    let mut others = sorted(others);
    let mut rest = sorted(words);
    rest.retain(|text| match others.iter().position(|other| other == text) {
        Some(at) => {
            others.remove(at);
            false
        }
        None => true,
    });
    rest
}

/// Where the shorter name lies within the longer: how many full words they share that are long enough
/// to tell persons apart. The last word of the shorter, which is likely the family name, is one that is
/// shared in full.
fn contained(a: &[Word], b: &[Word]) -> Option<usize> {
    match a.len().cmp(&b.len()) {
        Ordering::Less => within(a, b),
        Ordering::Greater => within(b, a),
        // Of two names of one length each is the shorter.
        Ordering::Equal => Some(within(a, b)?.min(within(b, a)?)),
    }
}

fn within(short: &[Word], long: &[Word]) -> Option<usize> {
    // A last word that is not shared in full decides, and most often there is none.
    if short.last().is_none_or(|last| last.sort != Sort::Full || !long.contains(last)) {
        return None;
    }
    let mut free = vec![true; long.len()];
    let mut open = Vec::new();
    let mut shared = 0;
    for (at, word) in short.iter().enumerate() {
        match (0..long.len()).find(|other| free[*other] && long[*other] == *word) {
            Some(other) => {
                free[other] = false;
                shared += usize::from(word.key().is_some());
            }
            None if at + 1 == short.len() => return None,
            None => open.push(at),
        }
    }
    let fits = |at: usize, other: usize| {
        // An initial is not short for a family name.
        let family = other + 1 == long.len();
        let (word, other) = (&short[at], &long[other]);
        match (word.sort, other.sort) {
            (Sort::Initial, Sort::Full) => !family && other.text.starts_with(&word.text),
            (Sort::Full, Sort::Initial) => word.text.starts_with(&other.text),
            _ => false,
        }
    };
    let mut taken: Vec<Option<usize>> = vec![None; long.len()];
    for &at in &open {
        let mut tried = vec![false; long.len()];
        if !place(at, &free, &fits, &mut taken, &mut tried) {
            return None;
        }
    }
    Some(shared)
}

/// Finds a partner for the word at `at`, moving those that were placed before where needed.
fn place(
    at: usize,
    free: &[bool],
    fits: &dyn Fn(usize, usize) -> bool,
    taken: &mut [Option<usize>],
    tried: &mut [bool],
) -> bool {
    for other in 0..taken.len() {
        if !free[other] || tried[other] || !fits(at, other) {
            continue;
        }
        tried[other] = true;
        let can = match taken[other] {
            None => true,
            Some(holder) => place(holder, free, fits, taken, tried),
        };
        if can {
            taken[other] = Some(at);
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// What says most words apart at once says none apart that may be mistaken for each other.
        #[test]
        fn words_that_may_be_mistaken_are_not_distinguished_by_their_letters(
            word in "[a-zéж]{3,12}",
            edits in prop::collection::vec((any::<prop::sample::Index>(), 0..3, "[a-zéж]"), 0..3),
        ) {
            let mut other: Vec<char> = word.chars().collect();
            for (at, edit, letter) in edits {
                let (at, letter) = (at.index(other.len()), letter.chars().next().unwrap_or('a'));
                match edit {
                    0 => other[at] = letter,
                    1 => other.insert(at, letter),
                    _ => drop(other.remove(at)),
                }
            }
            let other: String = other.into_iter().collect();
            let is_long = word.chars().count().min(other.chars().count()) >= SHORTEST_WORD;
            prop_assert_eq!(may_be_mistaken(&word, &other), is_long, "{} {}", word, other);
        }
    }
}
