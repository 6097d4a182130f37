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
    fn for_each(&self, texts: &TextStore, found: &mut dyn FnMut(Known));
    /// The number of the record of the entry that begins there.
    fn head(&self, at: u32) -> Option<u32>;
    fn shrink(&mut self);
}

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
    pub(super) fn push(&mut self, stored: &Stored<R::Entry>) {
        let length = self.bytes.len();
        let is_packed = postcard::serialize_with_flavor(stored, Pack(&mut self.bytes)).is_ok();
        if !is_packed || u32::try_from(length).is_err() {
            self.bytes.truncate(length);
            return;
        }
        let is_read_back = || {
            let read = self.get(length as u32);
            read.is_some_and(|(_, next)| next as usize == self.bytes.len())
        };
        debug_assert!(is_read_back(), "what is kept cannot be read back: {stored:?}");
    }

    /// The entry that begins there, and where the next one does.
    pub(super) fn get(&self, at: u32) -> Option<(Stored<R::Entry>, u32)> {
        let bytes = self.bytes.get(at as usize..)?;
        let (stored, rest) = postcard::take_from_bytes(bytes).ok()?;
        Some((stored, (self.bytes.len() - rest.len()) as u32))
    }
}

impl<R: Relation> AnyEntries for Entries<R> {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }

    fn for_each(&self, texts: &TextStore, found: &mut dyn FnMut(Known)) {
        let mut at = 0;
        while let Some((stored, next)) = self.get(at) {
            let hash = digest::of(R::key(&stored.entry, texts)) as Hash;
            found(Known { at, hash, head: stored.head });
            at = next;
        }
    }

    fn head(&self, at: u32) -> Option<u32> {
        postcard::from_bytes(self.bytes.get(at as usize..)?).ok()
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
