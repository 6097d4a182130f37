//! What a record says as a whole: to find the copies of it.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::{Meaning, Record};
use crate::{allow, schema::vocabulary::KeyOptions, tree::NodeRef};

/// Two records that say less are soon the same: forms that nobody has filled in.
const FEWEST_WORDS: usize = 20;
/// So many letters make that many words at the least.
const FEWEST_LETTERS: u64 = 40;

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

    /// A number that is equal for equal contents and cheap to have; nothing where there is too little.
    #[must_use]
    pub fn signature(self) -> Option<u64> {
        let (mut sum, mut letters) = (0_u64, 0_u64);
        self.for_each(self.0.node, &mut |node| {
            let text = node.as_str().unwrap_or_default().as_bytes();
            let is_space = |byte: u8| matches!(byte, b' ' | b'\n' | b'\r' | b'\t' | 0x0b | 0x0c);
            let (mut own, mut count) = (0_u64, 0_u64);
            for byte in text {
                let counts = u64::from(!is_space(*byte));
                own += u64::from(*byte) * counts;
                count += counts;
            }
            letters += count;
            // The order of members makes no difference, so what texts give is added up.
            let mixed = (own ^ (count << 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            sum = sum.wrapping_add(mixed ^ (mixed >> 29));
        });
        let mut hasher = DefaultHasher::new();
        (self.0.kind.as_deref(), sum, letters).hash(&mut hasher);
        (letters >= FEWEST_LETTERS).then(|| hasher.finish())
    }

    /// Equal for records that say the same, whatever the order of members and the number of spaces;
    /// nothing where there is too little.
    #[must_use]
    pub fn digest(self) -> Option<(u64, u64)> {
        let mut words = 0;
        self.for_each(self.0.node, &mut |node| {
            words += node.as_str().unwrap_or_default().split_whitespace().count();
        });
        let digest = |seed: u64| {
            let mut hasher = DefaultHasher::new();
            (seed, self.0.kind.as_deref()).hash(&mut hasher);
            self.hash(self.0.node, seed).hash(&mut hasher);
            hasher.finish()
        };
        (words >= FEWEST_WORDS).then(|| (digest(0), digest(1)))
    }

    /// The depth is bounded by the parsers.
    fn hash(self, node: NodeRef<'t>, seed: u64) -> u64 {
        let mut hasher = DefaultHasher::new();
        seed.hash(&mut hasher);
        if node.is_object() {
            let mut members: Vec<(&str, u64)> = node
                .members()
                .filter(|(key, value)| !self.is_left_out(*key, *value))
                .map(|(key, value)| (key.as_str().unwrap_or_default(), self.hash(value, seed)))
                .collect();
            members.sort_unstable();
            (0, members).hash(&mut hasher);
        } else if node.is_array() {
            let entries: Vec<u64> = node.elements().map(|entry| self.hash(entry, seed)).collect();
            (1, entries).hash(&mut hasher);
        } else if let Some(text) = node.as_str() {
            2.hash(&mut hasher);
            text.split_whitespace().for_each(|word| word.hash(&mut hasher));
        } else {
            (3, node.scalar_text()).hash(&mut hasher);
        }
        hasher.finish()
    }

    /// Visits the strings.
    fn for_each(self, node: NodeRef<'t>, visit: &mut impl FnMut(NodeRef<'t>)) {
        if node.is_object() {
            for (key, value) in node.members() {
                if !self.is_left_out(key, value) {
                    self.for_each(value, visit);
                }
            }
        } else if node.is_array() {
            node.elements().for_each(|entry| self.for_each(entry, visit));
        } else if node.as_str().is_some() {
            visit(node);
        }
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
