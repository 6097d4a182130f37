//! The entries of one relation, packed: a number takes as many bytes as it needs. There are many entries, and each is looked
//! at seldom: when its group is.

use std::{any::Any, fmt, hash, marker::PhantomData};

use postcard::ser_flavors::Flavor;
use serde::{Deserialize, Serialize};

use super::{batch::TextStore, relation::Relation};
use crate::{digest, source::Span, tree::NodeId};

/// An entry of a relation, with what every entry has.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Stored<E> {
    /// The number of the record in the batch.
    pub(super) head: u32,
    pub(super) node: NodeId,
    pub(super) span: Span,
    pub(super) entry: E,
}

/// The hash of a key. That two keys share it by chance happens, so whoever finds it equal compares the keys.
pub type Hash = u32;

/// The digest of a key that is never shown. That two keys share it by chance happens in no corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct KeyDigest(#[serde(with = "postcard::fixint::le")] u128);

impl KeyDigest {
    pub(super) fn of(key: impl hash::Hash) -> Self {
        Self(digest::wide(key))
    }
}

/// Where an entry begins, the hash of its key, and the number of the record in the batch.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    pub(super) at: u32,
    pub(super) hash: Hash,
    pub(super) head: u32,
}

/// The entries of one relation, whichever it is.
pub(super) trait AnyEntries: fmt::Debug + Send + Sync {
    fn as_any(&self) -> &dyn Any;
    fn as_any_mut(&mut self) -> &mut dyn Any;
    /// Calls `found` with each entry, in their order.
    fn for_each(&self, found: &mut dyn FnMut(Known));
    /// The number of the record of the entry that begins there.
    fn head(&self, at: u32) -> Option<u32>;
    /// How many bytes they take.
    fn bytes(&self) -> usize;
    fn shrink(&mut self);
}

/// Before each entry are the hash of its key and how many bytes it takes, so that entries are put in order without being read:
/// 0 where that is more than a byte holds.
const HEADER: usize = size_of::<Hash>() + 1;

/// The entries of one relation.
pub(super) struct Entries<R> {
    bytes: Vec<u8>,
    relation: PhantomData<R>,
}

impl<R> Default for Entries<R> {
    fn default() -> Self {
        Self { bytes: Vec::new(), relation: PhantomData }
    }
}

impl<R> fmt::Debug for Entries<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes of entries", self.bytes.len())
    }
}

impl<R: Relation> Entries<R> {
    /// Adds an entry. Files of 4 GiB are refused; if the entries of several came to as much, the rest would be left out.
    pub(super) fn push(&mut self, stored: &Stored<R::Entry>, texts: &TextStore) {
        let start = self.bytes.len();
        let hash = digest::of(R::key(&stored.entry, texts)) as Hash;
        self.bytes.extend_from_slice(&hash.to_le_bytes());
        self.bytes.push(0);
        let is_packed = postcard::serialize_with_flavor(stored, Pack(&mut self.bytes)).is_ok();
        if !is_packed || u32::try_from(start).is_err() {
            self.bytes.truncate(start);
            return;
        }
        let length = self.bytes.len() - start - HEADER;
        self.bytes[start + HEADER - 1] = u8::try_from(length).unwrap_or_default();
        let is_read_back = || {
            let read = self.get(start as u32);
            read.is_some_and(|(_, next)| next as usize == self.bytes.len())
        };
        debug_assert!(is_read_back(), "what is kept cannot be read back: {stored:?}");
    }

    /// The entry that begins there, and where the next one does.
    pub(super) fn get(&self, at: u32) -> Option<(Stored<R::Entry>, u32)> {
        let bytes = self.bytes.get(at as usize + HEADER..)?;
        let (stored, rest) = postcard::take_from_bytes(bytes).ok()?;
        Some((stored, (self.bytes.len() - rest.len()) as u32))
    }

    /// The hash of the key of the entry that begins there, and where the next one does.
    fn header(&self, at: u32) -> Option<(Hash, u32)> {
        let (hash, rest) = self.bytes.get(at as usize..)?.split_first_chunk()?;
        let next = match rest.first()? {
            0 => self.get(at)?.1,
            length => at.checked_add(HEADER as u32 + u32::from(*length))?,
        };
        Some((Hash::from_le_bytes(*hash), next))
    }
}

impl<R: Relation> AnyEntries for Entries<R> {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }

    fn for_each(&self, found: &mut dyn FnMut(Known)) {
        let mut at = 0;
        while let Some((hash, next)) = self.header(at) {
            let Some(head) = self.head(at) else { return };
            found(Known { at, hash, head });
            at = next;
        }
    }

    fn head(&self, at: u32) -> Option<u32> {
        // The number of the record is the first thing in an entry.
        let bytes = self.bytes.get(at as usize + HEADER..)?;
        postcard::take_from_bytes(bytes).ok().map(|(head, _)| head)
    }

    fn bytes(&self) -> usize {
        self.bytes.len()
    }

    fn shrink(&mut self) {
        self.bytes.shrink_to_fit();
    }
}

/// Puts what is packed behind what is there.
struct Pack<'b>(&'b mut Vec<u8>);

impl Flavor for Pack<'_> {
    type Output = ();

    fn try_push(&mut self, byte: u8) -> postcard::Result<()> {
        self.0.push(byte);
        Ok(())
    }

    fn try_extend(&mut self, bytes: &[u8]) -> postcard::Result<()> {
        self.0.extend_from_slice(bytes);
        Ok(())
    }

    fn finalize(self) -> postcard::Result<()> {
        Ok(())
    }
}
