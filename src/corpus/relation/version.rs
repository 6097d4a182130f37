//! Versions of one record: which are held against which.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::Relation;
use crate::{
    corpus::{
        Member,
        batch::{Collector, TextRef, TextStore},
        entries::KeyDigest,
    },
    fact::{Meaning, Outline, OutlineSlot, Record, Voice, Written},
    finding::Place,
    source::Span,
    tree::NodeId,
    vocabulary::{FactKinds, SpeakerState, Status},
};

/// Versions of one record.
#[derive(Debug)]
pub struct Version;

/// A version of a record.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct VersionEntry {
    key: KeyDigest,
    /// The ids of the records that it replaces.
    supersedes: Box<[TextRef]>,
    slots: Box<[Slot]>,
}

/// A slot, with its texts by their places in the batch: see [`OutlineSlot`].
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Slot {
    place: At,
    label: Option<Text>,
    when: Text,
    voices: Box<[Speaks]>,
    texts: Box<[Text]>,
}

/// A place in the record.
type At = (Option<NodeId>, Span);

/// A text, and where it is written.
type Text = (TextRef, At);

/// Someone who speaks: see [`Voice`].
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Speaks {
    list: TextRef,
    name: Option<TextRef>,
    description: TextRef,
    state: Option<SpeakerState>,
    place: At,
}

impl Relation for Version {
    /// Equal for versions of one record.
    type Key<'c> = KeyDigest;
    type Entry = VersionEntry;
    type Prepared = ();
    const IS_CHECKED_ALONE: bool = false;

    const FACTS: Option<FactKinds> = Some(FactKinds::VERSION);
    fn key<'c>(entry: &'c VersionEntry, _: &'c TextStore) -> KeyDigest {
        entry.key
    }

    fn take(record: &Record<'_>, collector: &mut Collector<'_, Self>) {
        if record.head.is_gone() {
            return;
        }
        for fact in &record.facts {
            let Meaning::Version(version) = &fact.meaning else { continue };
            let Some(key) = &version.key else { continue };
            let supersedes =
                version.supersedes.iter().map(|id| collector.store(id.value)).collect();
            let key = KeyDigest::of(key);
            let slots = Outline::of(record).slots;
            let slots = slots.iter().map(|slot| stored_slot(slot, collector)).collect();
            collector.add(record.place, VersionEntry { key, supersedes, slots });
        }
    }
}

fn stored_slot(slot: &OutlineSlot, collector: &mut Collector<'_, Version>) -> Slot {
    let at = |place: Place| (place.node, place.span);
    let voice = |voice: &Voice, collector: &mut Collector<'_, Version>| Speaks {
        list: collector.store(&voice.list),
        name: voice.name.as_ref().map(|name| collector.store(name)),
        description: collector.store(&voice.description),
        state: voice.state,
        place: at(voice.place),
    };
    let mut text = |text: &Written| (collector.store(&text.text), at(text.place));
    Slot {
        place: at(slot.place),
        label: slot.label.as_ref().map(&mut text),
        when: text(&slot.when),
        texts: slot.texts.iter().map(&mut text).collect(),
        voices: slot.voices.iter().map(|one| voice(one, collector)).collect(),
    }
}

impl<'c> Member<'c, Version> {
    /// The slots of the record, and who speaks in them.
    #[must_use]
    pub fn outline(&self) -> Outline {
        let place = |(node, span): At| Place { node, span, ..self.record_place() };
        let text = |(text_ref, at): &Text| Written {
            text: self.text(*text_ref).to_owned(),
            place: place(*at),
        };
        let voice = |voice: &Speaks| Voice {
            list: self.text(voice.list).to_owned(),
            name: voice.name.map(|name| self.text(name).to_owned()),
            description: self.text(voice.description).to_owned(),
            state: voice.state,
            place: place(voice.place),
        };
        let slot = |slot: &Slot| OutlineSlot {
            place: place(slot.place),
            label: slot.label.as_ref().map(text),
            when: text(&slot.when),
            voices: slot.voices.iter().map(voice).collect(),
            texts: slot.texts.iter().map(text).collect(),
        };
        Outline { slots: self.entry().slots.iter().map(slot).collect() }
    }

    /// The ids of the records that this version replaces.
    fn supersedes(&self) -> impl Iterator<Item = &'c str> {
        let member = *self;
        self.entry().supersedes.iter().map(move |text_ref| member.text(*text_ref))
    }

    /// How far the version is, where its status says.
    fn stage(&self) -> Option<u8> {
        match self.record_status()? {
            Status::Draft => Some(0),
            Status::Provisional => Some(1),
            Status::Final | Status::Adopted => Some(FINAL),
            _ => None,
        }
    }
}

const FINAL: u8 = 2;

/// Two versions of one record, by their numbers in the group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair {
    /// The earlier one.
    pub earlier: usize,
    /// The later one.
    pub later: usize,
    /// How the two are related.
    pub tie: Tie,
}

/// How two versions are related.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tie {
    /// The later says that it replaces the earlier.
    Said,
    /// Their status says.
    Status,
    /// Both are final, and neither replaces the other.
    Rivals,
}

/// The pairs of versions that are compared: each with the one it says it replaces, else with the one of an
/// earlier stage, where there is just one; and final ones that are rivals.
#[must_use]
pub fn pairs(members: &[Member<'_, Version>]) -> Vec<Pair> {
    let here = || members.iter().enumerate();
    let by_id: BTreeMap<&str, usize> =
        here().filter_map(|(at, member)| Some((member.record_id()?, at))).collect();
    let mut pairs: Vec<Pair> = here()
        .flat_map(|(later, member)| {
            let earlier = member.supersedes().filter_map(|id| by_id.get(id).copied());
            earlier.map(move |earlier| Pair { earlier, later, tie: Tie::Said })
        })
        .filter(|pair| pair.earlier != pair.later)
        .collect();
    let said = pairs.clone();
    let mut by_stage: BTreeMap<u8, Vec<usize>> = BTreeMap::new();
    for (at, member) in here() {
        if let Some(stage) = member.stage() {
            by_stage.entry(stage).or_default().push(at);
        }
    }
    for (stage, versions) in &by_stage {
        let before = by_stage.range(..stage).next_back().map(|(_, versions)| versions.as_slice());
        if let ([later], Some([earlier])) = (versions.as_slice(), before)
            && !said.iter().any(|pair| pair.later == *later)
        {
            pairs.push(Pair { earlier: *earlier, later: *later, tie: Tie::Status });
        }
    }
    let finals = by_stage.get(&FINAL).map(Vec::as_slice).unwrap_or_default();
    let tied = tied(&said, finals);
    let mut loose = finals.iter().copied().filter(|at| !tied.contains(at));
    if let Some(earlier) = loose.next() {
        pairs.extend(loose.map(|later| Pair { earlier, later, tie: Tie::Rivals }));
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Two final versions; one says that it replaces the other.
fn tied(said: &[Pair], finals: &[usize]) -> BTreeSet<usize> {
    let is_final = |at: usize| finals.binary_search(&at).is_ok();
    let among = said.iter().filter(|pair| is_final(pair.earlier) && is_final(pair.later));
    among.flat_map(|pair| [pair.earlier, pair.later]).collect()
}

#[cfg(test)]
mod tests;
