//! Records that say the same.

use super::Relation;
use crate::{
    corpus::batch::{Taker, Texts},
    fact::{Digest, Record},
};

/// Records that say the same.
#[derive(Debug)]
pub struct Copies;

impl Relation for Copies {
    /// What stands for all that the record says.
    type Key<'c> = Digest;
    type Entry = Digest;
    type Prepared = ();

    fn key<'c>(entry: &'c Digest, _: &'c Texts) -> Digest {
        *entry
    }

    fn take(record: &Record<'_>, taker: &mut Taker<'_, Self>) {
        if let Some(content) = taker.content() {
            taker.add(record.place, content);
        }
    }
}
