//! What a record says as a whole: to find the copies of it.

use std::{
    borrow::Cow,
    hash::{Hash, Hasher},
};

use memchr::{memchr3, memmem};
use siphasher::sip128::{Hasher128, SipHasher13};

use super::{Meaning, Record};
use crate::{allow, schema::vocabulary::KeyOptions, tree::NodeRef};

/// Two records that say less are soon the same: forms that nobody has filled in.
const FEWEST_WORDS: usize = 20;

/// Stands for what a record says: that two others share it by chance happens in no corpus.
pub type Digest = (u64, u64);

/// All that a record says, but for its name, for where it comes from, and for what is accepted of it.
#[derive(Clone, Copy, Debug)]
pub struct Content<'r, 't>(&'r Record<'t>);

impl<'r, 't> Content<'r, 't> {
    /// The content of a record of which a copy would be a mistake that no other rule tells: not of what is
    /// gone, and not where the record defines something that a copy would define again.
    #[must_use]
    pub fn of(record: &'r Record<'t>) -> Option<Self> {
        let head = &record.head;
        let gone = head.has_status("cancelled") || head.has_status("superseded");
        let defines = record.facts.iter().any(|fact| match &fact.meaning {
            Meaning::Defines(key) => {
                let is_id = key.parts.first().map(|part| part.place) == head.id.map(|id| id.place);
                let free =
                    key.options.has(KeyOptions::ELSEWHERE) || key.options.has(KeyOptions::SHARED);
                !is_id && !free
            }
            _ => false,
        });
        (!gone && !defines).then_some(Self(record))
    }

    /// Equal for records that say the same, whatever the order of members and the number of spaces;
    /// nothing where there is too little.
    #[must_use]
    pub fn digest(self) -> Option<Digest> {
        let mut words = 0;
        let content = self.digest_of(self.0.node, &mut words);
        let mut hasher = SipHasher13::new();
        (self.0.kind.as_deref(), content).hash(&mut hasher);
        (words >= FEWEST_WORDS).then(|| finish(&hasher))
    }

    /// The depth is bounded by the parsers.
    fn digest_of(self, node: NodeRef<'t>, words: &mut usize) -> Digest {
        let mut hasher = SipHasher13::new();
        if node.is_object() {
            // The order of members makes no difference, so what they give is added up.
            let (mut sum, mut count) = (Digest::default(), 0_u64);
            for (key, value) in node.members() {
                if self.is_left_out(key, value) {
                    continue;
                }
                let mut member = SipHasher13::new();
                (key.as_str(), self.digest_of(value, words)).hash(&mut member);
                let member = finish(&member);
                sum = (sum.0.wrapping_add(member.0), sum.1.wrapping_add(member.1));
                count += 1;
            }
            (0_u8, count, sum).hash(&mut hasher);
        } else if node.is_array() {
            hasher.write_u8(1);
            node.elements().for_each(|entry| self.digest_of(entry, words).hash(&mut hasher));
        } else if let Some(text) = node.as_str() {
            hasher.write_u8(2);
            if *words < FEWEST_WORDS {
                *words += text.split_whitespace().count();
            }
            hasher.write(single_spaced(text).as_bytes());
        } else {
            (3_u8, node.scalar_text()).hash(&mut hasher);
        }
        finish(&hasher)
    }

    fn is_left_out(self, key: NodeRef<'t>, value: NodeRef<'t>) -> bool {
        let head = &self.0.head;
        let is_schema = key.as_str() == Some("$schema")
            && key.parent().is_some_and(|parent| parent.id() == self.0.node.id());
        is_schema
            || key.as_str() == Some(allow::KEY)
            || head.id.is_some_and(|id| id.node.id() == value.id())
            || head.source.is_some_and(|source| source.id() == value.id())
    }
}

fn finish(hasher: &SipHasher13) -> Digest {
    let hash = hasher.finish128();
    (hash.h1, hash.h2)
}

/// The words of a text with single spaces between them; the text itself where it is written so.
fn single_spaced(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let has_others = || {
        // All other spaces are lines and tabs, or begin with one of these bytes.
        memchr3(b'\n', b'\t', b'\r', bytes).is_some()
            || memchr3(0xc2, 0xe2, 0xe3, bytes).is_some()
            || memchr3(0x0b, 0x0c, 0xe1, bytes).is_some()
    };
    let is_at_edge = bytes.first() == Some(&b' ') || bytes.last() == Some(&b' ');
    if is_at_edge || memmem::find(bytes, b"  ").is_some() || has_others() {
        return Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    Cow::Borrowed(text)
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
        for text in ["", "one", "one two three", "día 3, “ŵ” 日本"] {
            assert_eq!(single_spaced(text), text);
        }
        assert_eq!(single_spaced("  "), "");
    }
}
