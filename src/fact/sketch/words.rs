//! The words of a text as numbers, eight letters at a time.

/// Any odd number does; this one is from `MurmurHash2`.
pub(super) const PRIME: u64 = 0xc6a4_a793_5bd1_e995;

/// The small letters of a word, taken in eight at a time.
#[derive(Default)]
struct Word {
    hash: u64,
    /// The letters that are not yet in the hash, the first in the lowest byte.
    rest: u64,
    length: u32,
}

impl Word {
    /// Eight letters, of a word of which whole eights were taken in before.
    fn push_eight(&mut self, letters: u64) {
        self.hash = (self.hash ^ letters).wrapping_mul(PRIME).rotate_left(29);
        self.length += 8;
    }

    fn push(&mut self, letter: u8) {
        self.rest |= u64::from(letter) << (self.length % 8 * 8);
        self.length += 1;
        if self.length.is_multiple_of(8) {
            let letters = std::mem::take(&mut self.rest);
            self.length -= 8;
            self.push_eight(letters);
        }
    }

    /// The hash of the word, if there is one; the next word begins.
    fn take(&mut self) -> Option<u64> {
        let Self { hash, rest, length } = std::mem::take(self);
        (length > 0).then(|| mixed(hash, rest, length))
    }
}

/// The hash of a word of which the last letters are not yet in `hash`. What is made of words is mixed well enough later.
const fn mixed(hash: u64, rest: u64, length: u32) -> u64 {
    let last = (hash ^ rest).wrapping_mul(PRIME).wrapping_add(length as u64);
    last ^ last >> 32
}

/// In each byte of a number, its highest bit.
const HIGHEST: u64 = 0x8080_8080_8080_8080;

/// A number with this byte in each of its places.
const fn each(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// The small letters of eight bytes of ASCII, and in the highest bit of each byte whether it is no letter and no digit.
const fn small(bytes: u64) -> (u64, u64) {
    // The bit of a small letter makes a capital small, and leaves a digit as it is.
    let small = bytes | each(0x20);
    // In a byte of ASCII the highest bit is free: it is set where a sum goes beyond what the other seven hold.
    let letter = (small + each(0x80 - b'a')) & !(small + each(0x7f - b'z'));
    let digit = (bytes + each(0x80 - b'0')) & !(bytes + each(0x7f - b'9'));
    (small, !(letter | digit) & HIGHEST)
}

/// Calls `found` with the hash of each word, in small letters.
pub(super) fn for_each_word(text: &str, mut found: impl FnMut(u64)) {
    let bytes = text.as_bytes();
    let mut word = Word::default();
    let mut at = 0;
    while at < bytes.len() {
        let eight = match bytes[at..].first_chunk::<8>() {
            Some(eight) => u64::from_le_bytes(*eight),
            // What is missing is not a letter.
            None => {
                (0..).zip(&bytes[at..]).fold(0, |all, (n, byte)| all | u64::from(*byte) << (8 * n))
            }
        };
        if eight & HIGHEST != 0 || word.rest != 0 {
            at += step(&text[at..], &mut word, &mut found);
            continue;
        }
        let (small, others) = small(eight);
        if others == 0 {
            word.push_eight(small);
            at += 8;
            continue;
        }
        let count = others.trailing_zeros() / 8;
        let (hash, length) =
            (std::mem::take(&mut word.hash), std::mem::take(&mut word.length) + count);
        if length > 0 {
            found(mixed(hash, small & ((1 << (8 * count)) - 1), length));
        }
        at += count as usize + 1;
    }
    if let Some(word) = word.take() {
        found(word);
    }
}

/// Takes in the first character of `text`; returns its length.
fn step(text: &str, word: &mut Word, found: &mut impl FnMut(u64)) -> usize {
    let Some(letter) = text.chars().next() else { return 1 };
    if letter.is_ascii_alphanumeric() {
        word.push(letter.to_ascii_lowercase() as u8);
    } else if letter.is_alphanumeric() {
        for small in letter.to_lowercase() {
            small.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| word.push(byte));
        }
    } else if let Some(word) = word.take() {
        found(word);
    }
    letter.len_utf8()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Eight letters at a time, and one at a time.
        #[test]
        fn a_text_has_the_same_words_however_it_is_read(text in "([a-zA-Z0-9]{0,20}|[ -~]{0,9}|\\PC{0,4}|[éßİǅЖعम日]{0,9}){0,9}") {
            let (mut fast, mut slow, mut word) = (Vec::new(), Vec::new(), Word::default());
            for_each_word(&text, |word| fast.push(word));
            let mut at = 0;
            while at < text.len() {
                at += step(&text[at..], &mut word, &mut |word| slow.push(word));
            }
            slow.extend(word.take());
            prop_assert_eq!(fast, slow);
        }
    }
}
