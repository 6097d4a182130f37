//! What two versions of a record are compared by: their slots, and who speaks in them about what.

use std::collections::BTreeMap;

use super::{Interval, Meaning, Record, Speaker, Text};
use crate::{
    finding::Place,
    tree::{NodeId, NodeRef},
    vocabulary::SpeakerState,
    wording::Line,
};

/// A longer list is not a programme, and is not compared.
const LONGEST: usize = 200;

/// The slots of a record, in its order.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// The slots.
    pub slots: Vec<OutlineSlot>,
}

/// One slot.
#[derive(Clone, Debug)]
pub struct OutlineSlot {
    /// Where it is.
    pub place: Place,
    /// What it is called.
    pub label: Option<Written>,
    /// When and where it is.
    pub when: Written,
    /// Who speaks in it.
    pub voices: Vec<Voice>,
    /// The running texts in it.
    pub texts: Vec<Written>,
}

/// A text and where it is written.
#[derive(Clone, Debug)]
pub struct Written {
    /// The text.
    pub text: String,
    /// Where.
    pub place: Place,
}

/// Someone who speaks in a slot.
#[derive(Clone, Debug)]
pub struct Voice {
    /// Where the list is in the slot: the chair is in another than the speakers.
    pub list: String,
    /// The name of the person, where there is one.
    pub name: Option<String>,
    /// Role, affiliation and delegation.
    pub description: String,
    /// How certain it is.
    pub state: Option<SpeakerState>,
    /// Where the name is, or the first thing that is known.
    pub place: Place,
}

impl Outline {
    /// The outline of a record.
    #[must_use]
    pub fn of(record: &Record<'_>) -> Self {
        let mut slots: Vec<OutlineSlot> = Vec::new();
        let mut by_fact: BTreeMap<usize, usize> = BTreeMap::new();
        let mut by_node: BTreeMap<NodeId, usize> = BTreeMap::new();
        for (number, fact) in record.facts.iter().enumerate() {
            if let Meaning::Interval(interval) = &fact.meaning {
                by_fact.insert(number, slots.len());
                by_node.insert(fact.node.id(), slots.len());
                slots.push(slot(interval, fact.place));
            }
        }
        for fact in &record.facts {
            match &fact.meaning {
                Meaning::Speaker(speaker) => {
                    let Some((_, node)) = record.interval_of(speaker) else { continue };
                    let at = speaker.interval.and_then(|number| by_fact.get(&number));
                    let slot = at.and_then(|at| slots.get_mut(*at));
                    if let (Some(slot), Some(voice)) = (slot, voice(speaker, fact.node, node)) {
                        slot.voices.push(voice);
                    }
                }
                Meaning::Text(kind, text) if kind.is_running() => {
                    let mut above = std::iter::successors(Some(text.node), |node| node.parent());
                    let at = above.find_map(|node| by_node.get(&node.id()));
                    if let Some(slot) = at.and_then(|at| slots.get_mut(*at)) {
                        slot.texts.push(written(text));
                    }
                }
                _ => {}
            }
        }
        Self { slots }
    }

    /// The slots that two versions have in common: first by title, then by time, then by a like title.
    #[must_use]
    pub fn matched(&self, newer: &Self) -> Vec<(usize, usize)> {
        let (old, new) = (&self.slots, &newer.slots);
        let words = |text: &str| Line::read(text).folded().join(" ");
        let label = |slot: &OutlineSlot| slot.label.as_ref().map(|label| words(&label.text));
        let olds: Vec<_> = old.iter().map(label).collect();
        let news: Vec<_> = new.iter().map(label).collect();
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        if old.len() > LONGEST || new.len() > LONGEST {
            return pairs;
        }
        let alike = |a: &OutlineSlot, b: &OutlineSlot| match (&a.label, &b.label) {
            (Some(a), Some(b)) => Line::read(&a.text).resembles(&Line::read(&b.text)),
            _ => false,
        };
        for step in 0..3 {
            for at in 0..old.len() {
                if pairs.iter().any(|(a, _)| *a == at) {
                    continue;
                }
                let free = |b: &usize| !pairs.iter().any(|(_, other)| other == b);
                let found = (0..new.len()).filter(free).find(|b| match step {
                    0 => olds[at].is_some() && olds[at] == news[*b],
                    1 => old[at].when.text == new[*b].when.text,
                    _ => alike(&old[at], &new[*b]),
                });
                pairs.extend(found.map(|b| (at, b)));
            }
        }
        pairs.sort_unstable();
        pairs
    }
}

fn written(text: &Text<'_>) -> Written {
    Written { text: text.value.to_owned(), place: text.place }
}

fn slot(interval: &Interval<'_>, place: Place) -> OutlineSlot {
    let moments = [interval.start, interval.end];
    let mut when: Vec<String> = moments
        .iter()
        .flatten()
        .map(|moment| match (moment.date, moment.minute) {
            (Some(date), Some(minute)) => format!("{date} {minute}"),
            (_, Some(minute)) => minute.to_string(),
            (Some(date), None) => date.to_string(),
            (None, None) => moment.text.value.to_owned(),
        })
        .collect();
    when.extend(interval.track.map(|track| track.value.to_owned()));
    let first = moments.iter().flatten().next().map_or(place, |moment| moment.text.place);
    OutlineSlot {
        place,
        label: interval.label.as_ref().map(written),
        when: Written { text: when.join(", "), place: first },
        voices: Vec::new(),
        texts: Vec::new(),
    }
}

fn voice(speaker: &Speaker<'_>, node: NodeRef<'_>, slot: NodeRef<'_>) -> Option<Voice> {
    let described = [speaker.role, speaker.affiliation, speaker.delegation];
    let first = speaker.name.or_else(|| described.iter().flatten().next().copied())?;
    let list = node.parent().filter(|parent| parent.is_array()).unwrap_or(node);
    Some(Voice {
        list: list.pointer_from(slot.id()),
        name: speaker.name.map(|name| name.value.to_owned()),
        description: described
            .iter()
            .flatten()
            .map(|text| text.value)
            .collect::<Vec<_>>()
            .join(", "),
        state: speaker.state.and_then(|state| state.state),
        place: first.place,
    })
}
