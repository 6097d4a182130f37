//! Records that say the same.

use super::Relation;
use crate::{
    corpus::batch::{Collector, TextStore},
    fact::{Digest, Record},
};

/// Records that say the same.
#[derive(Debug)]
pub struct Copies;

impl Relation for Copies {
    /// A digest of all that the record says.
    type Key<'c> = Digest;
    type Entry = Digest;
    type Prepared = ();

    fn key<'c>(entry: &'c Digest, _: &'c TextStore) -> Digest {
        *entry
    }

    fn take(record: &Record<'_>, collector: &mut Collector<'_, Self>) {
        if let Some(content) = collector.content() {
            collector.add(record.place, content);
        }
    }
}
