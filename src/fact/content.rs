//! What a record says as a whole: to find the copies of it.

use std::{borrow::Cow, sync::LazyLock};

use memchr::memmem::Finder;

use super::{Meaning, Record};
use crate::{allow, digest, source::Syntax, tree::NodeRef, vocabulary::KeyOptions};

/// Two records that say less are soon the same: forms that no one has filled in.
const FEWEST_WORDS: usize = 20;

/// Stands for what a record says: in one of 30 million corpora of a million records two share it by chance.
pub type Digest = u64;

/// All that a record says, but for its name, for where it comes from, and for what is accepted of it.
#[derive(Clone, Copy, Debug)]
pub struct Content<'r, 't>(&'r Record<'t>);

impl<'r, 't> Content<'r, 't> {
    /// The content of a record whose copy would be a mistake that no other rule reports: not of what is
    /// gone, and not where the record defines something that a copy would define again.
    #[must_use]
    pub fn of(record: &'r Record<'t>) -> Option<Self> {
        let head = &record.head;
        let defines = record.facts.iter().any(|fact| match &fact.meaning {
            Meaning::Defines(key) => {
                let is_id = key.parts.first().map(|part| part.place) == head.id.map(|id| id.place);
                let free = [KeyOptions::ELSEWHERE, KeyOptions::SHARED, KeyOptions::OF_RECORD]
                    .into_iter()
                    .any(|option| key.options.has(option));
                !is_id && !free
            }
            _ => false,
        });
        (!head.is_gone() && !defines).then_some(Self(record))
    }

    /// Equal for records that say the same, whatever the order of members and the number of spaces;
    /// nothing where there is too little.
    #[must_use]
    pub fn digest(self) -> Option<Digest> {
        let mut words = 0;
        let node = self.0.node;
        // Of Markdown, parts may not be understood, and those that are may be alike in two texts.
        let content = if node.tree().source().syntax == Syntax::Markdown {
            words = node.written().split_whitespace().take(FEWEST_WORDS).count();
            digest::of(single_spaced(node.written()).as_ref())
        } else {
            self.digest_of(node, &mut words)
        };
        (words >= FEWEST_WORDS).then(|| digest::of((self.0.kind.as_deref(), content)))
    }

    /// The depth is bounded by the parsers.
    fn digest_of(self, node: NodeRef<'t>, words: &mut usize) -> Digest {
        if node.is_object() {
            // The order of members makes no difference, so what they give is added up.
            let (mut sum, mut count) = (0_u64, 0_u64);
            for (key, value) in node.members() {
                if self.is_left_out(key, value) {
                    continue;
                }
                let (key, value) = (digest::of(key.as_str()), self.digest_of(value, words));
                sum = sum.wrapping_add(digest::join(key, value));
                count += 1;
            }
            digest::join(digest::join(0, count), sum)
        } else if node.is_array() {
            let mut all = 1;
            for entry in node.elements() {
                all = digest::join(all, self.digest_of(entry, words));
            }
            all
        } else if let Some(text) = node.as_str() {
            if *words < FEWEST_WORDS {
                *words += text.split_whitespace().take(FEWEST_WORDS).count();
            }
            digest::join(2, digest::of(single_spaced(text).as_ref()))
        } else {
            digest::join(3, digest::of(node.scalar_text()))
        }
    }

    fn is_left_out(self, key: NodeRef<'t>, value: NodeRef<'t>) -> bool {
        let head = &self.0.head;
        let is_schema = key.as_str() == Some("$schema")
            && key.parent().is_some_and(|parent| parent.id() == self.0.node.id());
        is_schema
            || key.is_supplied()
            || key.as_str() == Some(allow::KEY)
            || head.id.is_some_and(|id| id.node.id() == value.id())
            || head.source.is_some_and(|source| source.id() == value.id())
    }
}

/// The words of a text with single spaces between them; the text itself where it is written so.
fn single_spaced(text: &str) -> Cow<'_, str> {
    if is_single_spaced(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    Cow::Owned(out)
}

static TWO_SPACES: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("  "));

/// A shorter text is looked at byte by byte.
const SHORT: usize = 48;

/// Whether all spaces of a text are plain ones, each between two words.
fn is_single_spaced(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.first() == Some(&b' ') || bytes.last() == Some(&b' ') {
        return false;
    }
    if bytes.len() < SHORT {
        let is_plain = |byte: &u8| matches!(byte, b'!'..=b'~');
        let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
        let has_gap = |(one, next): (&u8, &u8)| *one == b' ' && *next == b' ';
        if bytes.iter().all(|byte| is_plain(byte) || *byte == b' ') {
            return !pairs.map(has_gap).fold(false, |met, gap| met | gap);
        }
    }
    // All other spaces are control characters, or begin with one of these bytes: few texts have any of them. A search for few
    // bytes looks at many places at a time.
    let is_odd = |from: &[u8]| {
        let mut letters = from.utf8_chunks().next().map_or("", |chunk| chunk.valid()).chars();
        letters.next().is_none_or(char::is_whitespace)
    };
    let has_break = memchr::memchr3(b'\n', b'\t', b'\r', bytes).is_some()
        || memchr::memchr2(b'\x0b', b'\x0c', bytes).is_some();
    let has_odd = || {
        let before = |at: usize| &bytes[at..bytes.len().min(at + 4)];
        memchr::memchr3_iter(0xc2, 0xe1, 0xe2, bytes).any(|at| is_odd(before(at)))
            || memchr::memchr_iter(0xe3, bytes).any(|at| is_odd(before(at)))
    };
    !has_break && TWO_SPACES.find(bytes).is_none() && (text.is_ascii() || !has_odd())
}

#[cfg(test)]
mod tests {
    use super::single_spaced;

    #[test]
    fn spaces_of_every_kind_are_single_ones() {
        let spaces =
            (0..=char::MAX as u32).filter_map(char::from_u32).filter(|c| c.is_whitespace());
        let mut count = 0;
        for space in spaces {
            assert_eq!(single_spaced(&format!("one{space}two")), "one two", "{space:?}");
            assert_eq!(single_spaced(&format!("{space}one two{space}{space}")), "one two");
            count += 1;
        }
        assert!(count > 20, "{count}");
        let long = "one two, ".repeat(20);
        assert_eq!(single_spaced(&long), long.trim_end());
        assert_eq!(single_spaced(&format!("{long} three")), format!("{long}three"));
        assert_eq!(single_spaced(&format!("{long}three")), format!("{long}three"));
        for text in ["", "one", "one two three", "día 3, “ŵ” 日本"] {
            assert_eq!(single_spaced(text), text);
        }
        assert_eq!(single_spaced("  "), "");
    }
}
