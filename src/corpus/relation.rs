//! The ways in which records are related. Each is one file: its key, the entry that a record has, what is taken of a record,
//! and what rules can ask of an entry.

pub mod agreement;
pub mod attendance;
pub mod copies;
pub mod decision;
pub mod event;
pub mod key;
pub mod link;
pub mod name;
pub mod occupancy;
pub mod pair;
pub mod paragraph;
pub mod prose;
pub mod roster;
pub mod series;
pub mod single;
pub mod successor;
pub mod version;

use std::{any::TypeId, fmt, hash::Hash, marker::PhantomData};

use serde::{Serialize, de::DeserializeOwned};

pub use self::{
    agreement::Agreement, attendance::Attendance, copies::Copies, decision::Decision, event::Event,
    key::Key, link::Link, name::Name, occupancy::Occupancy, pair::Pair, paragraph::Paragraph,
    prose::Prose, roster::Roster, series::Series, single::Single, successor::Successor,
    version::Version,
};
use super::{
    Group, Member, Shared,
    batch::{Collector, Origin, TextStore},
    entries::{AnyEntries, Entries},
};
use crate::{fact::Record, vocabulary::FactKinds};

/// A way in which records are related: entries of one key belong together, and a rule sees them as one group.
pub trait Relation: fmt::Debug + Send + Sync + Sized + 'static {
    /// What the entries of a group have in common.
    type Key<'c>: Copy + Eq + Hash;
    /// What a record contributes to a group: plain data that can be written and read back, with texts by their place in the
    /// batch.
    type Entry: Clone + fmt::Debug + Serialize + DeserializeOwned + 'static;
    /// What several rules need of a group, made once.
    type Prepared: fmt::Debug + Default;
    /// The kinds of facts that its entries are taken from; nothing where it looks at every record.
    const FACTS: Option<FactKinds> = None;
    /// Whether a group may look otherwise when what was decided on names changes.
    const DEPENDS_ON_DECISIONS: bool = false;

    /// Whether there may be groups beside those of equal keys: see [`Relation::derived`].
    #[must_use]
    fn derives(_: &Shared) -> bool {
        false
    }

    /// Whether a group of one member can have a finding.
    const IS_CHECKED_ALONE: bool = true;

    /// The key of an entry.
    fn key<'c>(entry: &'c Self::Entry, texts: &'c TextStore) -> Self::Key<'c>;

    /// The rule of a project for which the entries of a key were taken, if there is one.
    #[must_use]
    fn owner(_: Self::Key<'_>) -> Option<&str> {
        None
    }

    /// Takes the entries of a record.
    fn take(record: &Record<'_>, collector: &mut Collector<'_, Self>);

    /// Makes what several rules need of a group.
    #[must_use]
    fn prepare(_: &Group<'_, Self>) -> Self::Prepared {
        Self::Prepared::default()
    }

    /// Further groups of the members of all groups. They are made anew after each change.
    #[must_use]
    fn derived<'c>(_: Vec<Member<'c, Self>>, _: &'c Shared) -> Vec<Group<'c, Self>> {
        Vec::new()
    }
}

/// A relation, whichever it is.
pub(super) trait AnyRelation: fmt::Debug + Send + Sync {
    /// Names its type.
    fn of(&self) -> TypeId;
    fn depends_on_decisions(&self) -> bool;
    fn is_checked_alone(&self) -> bool;
    /// A list for its entries.
    fn entries(&self) -> Box<dyn AnyEntries>;
    /// See [`Relation::FACTS`].
    fn facts(&self) -> Option<FactKinds>;
    fn take(&self, record: &Record<'_>, origin: Origin<'_>, entries: &mut dyn AnyEntries);
}

/// The place of a relation in the table.
#[derive(Debug)]
struct Registration<R>(PhantomData<R>);

impl<R: Relation> AnyRelation for Registration<R> {
    fn of(&self) -> TypeId {
        TypeId::of::<R>()
    }

    fn depends_on_decisions(&self) -> bool {
        R::DEPENDS_ON_DECISIONS
    }

    fn is_checked_alone(&self) -> bool {
        R::IS_CHECKED_ALONE
    }

    fn entries(&self) -> Box<dyn AnyEntries> {
        Box::new(Entries::<R>::default())
    }

    fn facts(&self) -> Option<FactKinds> {
        R::FACTS
    }

    fn take(&self, record: &Record<'_>, origin: Origin<'_>, entries: &mut dyn AnyEntries) {
        if let Some(mut collector) = Collector::new(origin, entries) {
            R::take(record, &mut collector);
        }
    }
}

/// Every relation.
pub(super) const RELATIONS: &[&dyn AnyRelation] = &[
    &Registration::<Agreement>(PhantomData),
    &Registration::<Attendance>(PhantomData),
    &Registration::<Copies>(PhantomData),
    &Registration::<Decision>(PhantomData),
    &Registration::<Event>(PhantomData),
    &Registration::<Key>(PhantomData),
    &Registration::<Link>(PhantomData),
    &Registration::<Name>(PhantomData),
    &Registration::<Occupancy>(PhantomData),
    &Registration::<Pair>(PhantomData),
    &Registration::<Paragraph>(PhantomData),
    &Registration::<Prose>(PhantomData),
    &Registration::<Roster>(PhantomData),
    &Registration::<Series>(PhantomData),
    &Registration::<Single>(PhantomData),
    &Registration::<Successor>(PhantomData),
    &Registration::<Version>(PhantomData),
];

/// The number of a relation in the table.
#[must_use]
pub fn number_of<R: Relation>() -> usize {
    let is_it = |relation: &&dyn AnyRelation| relation.of() == TypeId::of::<R>();
    // A relation that is not in the table has no entries, which any test of it shows.
    RELATIONS.iter().position(is_it).unwrap_or(RELATIONS.len())
}
