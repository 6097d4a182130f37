//! Slots of several records in one room.

use std::collections::HashMap;

use crate::{
    corpus::{Group, Member, relation::Occupancy},
    message::{quoted, shown},
    rule::Findings,
};

/// So many records that say the same hours of one room share a session, whose parts they are.
const SHARED: usize = 3;

type Slot<'c> = Member<'c, Occupancy>;

/// Reports each slot once, with a slot of another record that ends last. The slots of one record are held against each other
/// where the record is checked.
pub(super) fn check(group: &Group<'_, Occupancy>, findings: &mut Findings<'_>) {
    let is_copy = group.copies();
    let members =
        group.members.iter().zip(is_copy).filter_map(|(one, copy)| (!copy).then_some(one));
    let mut slots: Vec<&Slot<'_>> = members.collect();
    // The sort is stable: of slots that begin together the first in the order of the files goes first.
    slots.sort_by_key(|slot| {
        let (clock, from, _) = slot.hours();
        (clock, from)
    });
    let mut sharing: HashMap<_, usize> = HashMap::new();
    for slot in &slots {
        *sharing.entry(slot.hours()).or_default() += 1;
    }
    for day in slots.chunk_by(|a, b| a.hours().0 == b.hours().0) {
        let mut latest = Latest::default();
        for slot in day {
            if sharing.get(&slot.hours()).is_some_and(|count| *count >= SHARED) {
                continue;
            }
            if let Some(earlier) = latest.of_others(slot) {
                report(slot, earlier, findings);
            }
            latest.add(slot);
        }
    }
}

/// The slots that end last: one of each of two records, so that there is one of another record than any.
#[derive(Default)]
struct Latest<'g, 'c> {
    first: Option<&'g Slot<'c>>,
    second: Option<&'g Slot<'c>>,
}

impl<'g, 'c> Latest<'g, 'c> {
    fn of_others(&self, slot: &Slot<'_>) -> Option<&'g Slot<'c>> {
        let others = [self.first, self.second].into_iter().flatten();
        others.filter(|other| other.account() != slot.account()).find(|other| clash(slot, other))
    }

    fn add(&mut self, slot: &'g Slot<'c>) {
        let ends_before =
            |one: Option<&Slot<'_>>| one.is_none_or(|one| one.hours().2 < slot.hours().2);
        if self.first.is_none_or(|first| first.account() == slot.account()) {
            if ends_before(self.first) {
                self.first = Some(slot);
            }
        } else if ends_before(self.first) {
            (self.second, self.first) = (self.first, Some(slot));
        } else if ends_before(self.second) {
            self.second = Some(slot);
        }
    }
}

/// Whether one slot begins before an earlier one ends, or both begin together. A slot with the same title and the same hours
/// is the same slot, described again.
fn clash(slot: &Slot<'_>, earlier: &Slot<'_>) -> bool {
    let ((_, from, to), (_, other_from, other_to)) = (slot.hours(), earlier.hours());
    let is_same = (from, to) == (other_from, other_to)
        && slot.slot_name().to_lowercase() == earlier.slot_name().to_lowercase();
    // Of a slot without an end only its beginning is known.
    let overlaps = from == other_from || (from < to && from < other_to);
    overlaps && !is_same
}

fn report(slot: &Slot<'_>, earlier: &Slot<'_>, findings: &mut Findings<'_>) {
    let ([start, own_end], [other_start, end]) = (slot.times(), earlier.times());
    let (name, other, room) = (slot.slot_name(), earlier.slot_name(), shown(slot.room()));
    // A slot may be called by the id of its record.
    let record = earlier.record_id().filter(|id| !other.contains(id)).map(quoted);
    let other = record.map_or_else(|| other.to_owned(), |record| format!("{other} of {record}"));
    let (_, from, _) = slot.hours();
    let (_, _, until) = earlier.hours();
    let ends_later = from < until;
    let message = if ends_later {
        format!(
            "{name} begins at `{}`, before {other} ends at `{}`, both in “{room}”",
            shown(start),
            shown(end)
        )
    } else {
        format!("{name} and {other} both begin at `{}`, both in “{room}”", shown(start))
    };
    let (place, does) =
        if ends_later { (earlier.end_place(), "ends") } else { (earlier.place(), "begins") };
    findings
        .at(slot.place(), message)
        .label(place, format!("{} {does} here", earlier.slot_name()))
        .help("correct the times, or give the slots different rooms")
        .id(if ends_later { "records" } else { "records-start" })
        .value(start)
        .value(own_end)
        .value(if ends_later { end } else { other_start });
}
