//! Small steps through prose in either direction. Each looks at a bounded number of characters, so
//! that whoever takes a bounded number of steps from every digit stays linear in the text.

use std::ops::RangeInclusive;

use super::names::is_accent;

/// Longer words are no names of the calendar: the longest has ten letters, and each may be followed
/// by a combining accent.
const LONGEST_WORD: usize = 16;

/// Longer white space separates columns, not words.
const LONGEST_GAP: usize = 16;

/// Whether `c` can be part of a word or a number.
#[inline]
pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || is_accent(c)
}

/// The word of letters and digits that begins at `at`.
#[inline]
pub(super) fn word_at(text: &str, at: usize) -> Option<&str> {
    let rest = text.get(at..)?;
    let len = match plain(rest.bytes()) {
        Some(len) => within(len, LONGEST_WORD)?,
        None => extent(rest.chars(), LONGEST_WORD, is_word)?,
    };
    rest.get(..len)
}

/// The word of letters and digits that ends before `end`.
#[inline]
pub(super) fn word_before(text: &str, end: usize) -> Option<&str> {
    let rest = text.get(..end)?;
    let len = match plain(rest.bytes().rev()) {
        Some(len) => within(len, LONGEST_WORD)?,
        None => extent(rest.chars().rev(), LONGEST_WORD, is_word)?,
    };
    rest.get(rest.len() - len..)
}

/// Where the white space that begins at `at` ends.
#[inline]
pub(super) fn gap(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    if is_one_space(rest.bytes()) {
        return Some(at + 1);
    }
    let len = extent(rest.chars(), LONGEST_GAP, char::is_whitespace)?;
    one_line_break(&rest[..len]).then_some(at + len)
}

/// Where the white space that ends before `end` begins.
#[inline]
pub(super) fn gap_before(text: &str, end: usize) -> Option<usize> {
    let rest = text.get(..end)?;
    if is_one_space(rest.bytes().rev()) {
        return Some(end - 1);
    }
    let len = extent(rest.chars().rev(), LONGEST_GAP, char::is_whitespace)?;
    one_line_break(&rest[end - len..]).then_some(end - len)
}

/// The number at `at` if it has as many digits as `digits` allows and no more: value and length.
pub(super) fn number(text: &str, at: usize, digits: RangeInclusive<usize>) -> Option<(u16, usize)> {
    let rest = text.get(at..)?;
    let len = rest.bytes().take(digits.end() + 1).take_while(u8::is_ascii_digit).count();
    if !digits.contains(&len) {
        return None;
    }
    Some((rest[..len].parse().ok()?, len))
}

/// The last character before `at`.
#[inline]
pub(super) fn char_before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

/// The length in bytes of the first characters that belong; none if there is none or too many.
fn extent(
    chars: impl Iterator<Item = char>,
    most: usize,
    belongs: impl Fn(char) -> bool,
) -> Option<usize> {
    let mut len = 0;
    for (count, c) in chars.enumerate() {
        if !belongs(c) {
            break;
        }
        if count == most {
            return None;
        }
        len += c.len_utf8();
    }
    (len > 0).then_some(len)
}

/// How many letters and digits come first, where no character beyond ASCII has a say in it.
fn plain(bytes: impl Iterator<Item = u8>) -> Option<usize> {
    let mut len = 0;
    for byte in bytes.take(LONGEST_WORD + 1) {
        if !byte.is_ascii_alphanumeric() {
            return byte.is_ascii().then_some(len);
        }
        len += 1;
    }
    Some(len)
}

fn within(len: usize, most: usize) -> Option<usize> {
    (1..=most).contains(&len).then_some(len)
}

/// Whether one plain space comes first and no other white space after it, as between most words.
fn is_one_space(mut bytes: impl Iterator<Item = u8>) -> bool {
    bytes.next() == Some(b' ') && bytes.next().is_none_or(|byte| byte.is_ascii_graphic())
}

/// A blank line ends a paragraph, and no date runs on from one paragraph to the next.
fn one_line_break(gap: &str) -> bool {
    gap.bytes().filter(|byte| *byte == b'\n').count() <= 1
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn steps_are_those_of_characters(text in "[aZ7é .,\u{301}\u{A0}\n]{0,20}", at in any::<prop::sample::Index>()) {
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let at = places[at.index(places.len())];
            let (before, rest) = text.split_at(at);
            let len = extent(rest.chars(), LONGEST_WORD, is_word);
            prop_assert_eq!(word_at(&text, at), len.map(|len| &rest[..len]));
            let len = extent(before.chars().rev(), LONGEST_WORD, is_word);
            prop_assert_eq!(word_before(&text, at), len.map(|len| &before[at - len..]));
            let len = extent(rest.chars(), LONGEST_GAP, char::is_whitespace);
            let len = len.filter(|len| one_line_break(&rest[..*len]));
            prop_assert_eq!(gap(&text, at), len.map(|len| at + len));
            let len = extent(before.chars().rev(), LONGEST_GAP, char::is_whitespace);
            let len = len.filter(|len| one_line_break(&before[at - *len..]));
            prop_assert_eq!(gap_before(&text, at), len.map(|len| at - len));
        }
    }
}
