//! The corpus: what the records of a run have in common, grouped by relation and key.
//!
//! Each record contributes small entries; trees are not kept. A group holds the entries of all files that share a key, and a
//! rule sees one group at a time. When a file changes, its entries are replaced, and the groups that had or have one of them
//! are looked at again.

mod batch;
mod entries;
mod group;
mod identities;
mod index;
mod names;
mod near;
pub mod relation;

pub use self::{
    batch::{Batch, Collector, Head, TextRef, TextStore, Wanted},
    entries::{Hash, KeyDigest, Stored},
    group::{Group, Member, Shared},
    identities::{Identities, Scope},
    index::{Corpus, Dirty, Part, Read, Ref},
    names::{Names, ReadName},
    near::Near,
    relation::{Relation, number_of},
};
