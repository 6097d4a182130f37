//! Records that come in pairs, such as an agenda and its minutes.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Relation;
use crate::{
    calendar::packed,
    corpus::{
        Member,
        batch::{Collector, TextRef, TextStore},
    },
    fact::{Meaning, Record},
    vocabulary::FactKinds,
};

/// Records of one series. Each needs another one of its day.
#[derive(Debug)]
pub struct Pair;

/// A record that is one of a pair.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PairEntry {
    of: TextRef,
    is: TextRef,
    needs: TextRef,
    title: TextRef,
    #[serde(with = "packed")]
    date: Date,
}

impl Relation for Pair {
    /// The values that the records of a series have in common.
    type Key<'c> = &'c str;
    type Entry = PairEntry;
    type Prepared = ();

    const FACTS: Option<FactKinds> = Some(FactKinds::PAIR);
    fn key<'c>(entry: &'c PairEntry, texts: &'c TextStore) -> &'c str {
        texts.get(entry.of)
    }

    /// What was called off, or replaced, needs no other record and is none for another.
    fn take(record: &Record<'_>, collector: &mut Collector<'_, Self>) {
        let head = &record.head;
        if head.is_gone() {
            return;
        }
        for fact in &record.facts {
            let Meaning::Pair(pair) = &fact.meaning else { continue };
            let title = head.title.or(head.id).map_or("", |text| text.value);
            let entry = PairEntry {
                of: collector.store(&pair.of),
                is: collector.store(pair.is),
                needs: collector.store(pair.needs.unwrap_or_default()),
                title: collector.store(title),
                date: pair.date,
            };
            collector.add(pair.text.place, entry);
        }
    }
}

impl<'c> Member<'c, Pair> {
    /// What the record is.
    #[must_use]
    pub fn is(&self) -> &'c str {
        self.text(self.entry().is)
    }

    /// What the other record is, if there has to be one.
    #[must_use]
    pub fn needs(&self) -> Option<&'c str> {
        Some(self.text(self.entry().needs)).filter(|needs| !needs.is_empty())
    }

    /// The title or the id of the record; empty where it has none.
    #[must_use]
    pub fn title(&self) -> &'c str {
        self.text(self.entry().title)
    }

    /// The day.
    #[must_use]
    pub fn date(&self) -> Date {
        self.entry().date
    }
}
