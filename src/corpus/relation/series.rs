//! Records that are numbered together, such as the resolutions of a council in one year.

use serde::{Deserialize, Serialize};

use super::Relation;
use crate::{
    corpus::{
        Member,
        batch::{Collector, TextRef, TextStore},
    },
    fact::{Meaning, Record},
    vocabulary::FactKinds,
};

/// Records that are numbered together.
#[derive(Debug)]
pub struct Series;

/// A record that has a number in a series.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SeriesEntry {
    of: TextRef,
    shown: TextRef,
    number: u32,
}

impl Relation for Series {
    /// What the records of the series have in common.
    type Key<'c> = &'c str;
    type Entry = SeriesEntry;
    type Prepared = ();

    const IS_CHECKED_ALONE: bool = false;

    const FACTS: Option<FactKinds> = Some(FactKinds::SERIES);
    fn key<'c>(entry: &'c SeriesEntry, texts: &'c TextStore) -> &'c str {
        texts.get(entry.of)
    }

    /// A record that was cancelled or replaced keeps its number.
    fn take(record: &Record<'_>, collector: &mut Collector<'_, Self>) {
        for fact in &record.facts {
            let Meaning::Series(series) = &fact.meaning else { continue };
            let entry = SeriesEntry {
                of: collector.store(&series.of),
                shown: collector.store(series.text.value),
                number: series.number,
            };
            collector.add(series.text.place, entry);
        }
    }
}

impl<'c> Member<'c, Series> {
    /// The number.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.entry().number
    }

    /// The value that ends with the number, as written.
    #[must_use]
    pub fn shown(&self) -> &'c str {
        self.text(self.entry().shown)
    }
}
