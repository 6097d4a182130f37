//! Finds for each booking of one person the nearest one before it that it clashes with.
//!
//! A plain search holds each booking against all that are not over yet: of a person who is in 40,000 slots at
//! once that is 800 million pairs. Here bookings that can be of one person by their details are in one list,
//! and each list knows the latest of its bookings that is in another track and shows something else.

use std::{
    collections::{BTreeMap, HashMap},
    ops::Range,
};

use super::{
    Booking, fold, is_full,
    latest::{Latest, Pair},
};
use crate::{corpus::Identities, person, vocabulary::Identity};

/// The clashes among the bookings of one person on one day, which are in the order of their beginnings: each
/// booking that clashes with one before it, and the nearest of those. Slots that overlap for less than `handover` minutes do not.
pub(super) fn clashes(
    bookings: &[Booking<'_>],
    handover: i64,
    identities: &Identities,
) -> Vec<(usize, usize)> {
    Search::new(bookings, identities).run(handover)
}

/// What counts of a booking, as numbers that are equal for equal texts.
struct Entry {
    from: i64,
    to: i64,
    /// The numbers of the nodes of the slot: those of a slot within it lie among them.
    nodes: Range<usize>,
    /// The track, and what is shown. Two slots clash if they differ in both: those of one track are
    /// reported by `slots-overlap`, and one slot may take place in several tracks at once.
    pair: Pair,
    spelling: usize,
    /// Whether the name alone distinguishes the person from most others.
    is_full: bool,
    /// The affiliation, the delegation and the role.
    details: [Option<u32>; 3],
}

/// What the bookings of one list have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    spelling: usize,
    is_full: bool,
    details: [Detail; 3],
}

/// What a list says of an affiliation, a delegation or a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Detail {
    Any,
    Is(Option<u32>),
}

/// The bookings that can be of one person by their details, in their order.
#[derive(Default)]
struct List {
    members: Vec<usize>,
    /// How many of the members were met.
    met: usize,
    latest: Option<Latest>,
    /// The last member of each slot: of several bookings of one slot it is the nearest to all that follow.
    last: HashMap<usize, usize>,
    /// What was found for a slot when so many members were met.
    found: HashMap<usize, (usize, Option<usize>)>,
}

struct Search<'s> {
    entries: Vec<Entry>,
    /// The ways in which the name is spelled; one is enough where nothing was decided on names.
    spellings: Vec<String>,
    lists: BTreeMap<Key, List>,
    event: &'s str,
    identities: &'s Identities,
}

impl<'s> Search<'s> {
    fn new(bookings: &[Booking<'s>], identities: &'s Identities) -> Self {
        let event = bookings.first().map_or("", |booking| booking.member.event());
        let mut numbers = Numbers::default();
        let entries: Vec<Entry> =
            bookings.iter().map(|one| numbers.entry(one, identities)).collect();
        let spellings = numbers.spellings();
        let mut search = Self { entries, spellings, lists: BTreeMap::new(), event, identities };
        for entry in &search.entries {
            for key in search.asked_by(entry) {
                search.lists.entry(key).or_default();
            }
        }
        for (number, entry) in search.entries.iter().enumerate() {
            for key in entry.keys() {
                if let Some(list) = search.lists.get_mut(&key) {
                    list.members.push(number);
                }
            }
        }
        for list in search.lists.values_mut() {
            list.latest = Some(Latest::new(list.members.len()));
        }
        search
    }

    fn run(&mut self, handover: i64) -> Vec<(usize, usize)> {
        let mut by_end: Vec<usize> = (0..self.entries.len()).collect();
        by_end.sort_by_key(|number| self.entries[*number].to);
        let mut ending = by_end.into_iter().peekable();
        let mut clashes = Vec::new();
        for number in 0..self.entries.len() {
            let least = self.entries[number].from + handover;
            while let Some(over) = ending.next_if(|number| self.entries[*number].to < least) {
                self.remove(over);
            }
            let is_long = self.entries[number].to >= least;
            let earlier = if is_long { self.nearest(number) } else { None };
            clashes.extend(earlier.map(|earlier| (number, earlier)));
            self.add(number, is_long);
        }
        clashes
    }

    /// The last booking before this one that it clashes with.
    fn nearest(&mut self, number: usize) -> Option<usize> {
        let entry = &self.entries[number];
        let keys = self.asked_by(entry);
        let lists = keys.into_iter().filter_map(|key| {
            self.lists.get_mut(&key).and_then(|list| list.nearest(entry, &self.entries))
        });
        lists.max()
    }

    fn add(&mut self, number: usize, is_long: bool) {
        let entry = &self.entries[number];
        for key in entry.keys() {
            if let Some(list) = self.lists.get_mut(&key) {
                list.meet(entry, is_long);
            }
        }
    }

    fn remove(&mut self, number: usize) {
        for key in self.entries[number].keys() {
            if let Some(list) = self.lists.get_mut(&key) {
                list.remove(number);
            }
        }
    }

    /// The lists of all bookings that can be of the person of this one: of any details where it was decided that
    /// the two names are those of one person, else of details that do not contradict its own.
    fn asked_by(&self, entry: &Entry) -> Vec<Key> {
        let own = &self.spellings[entry.spelling];
        let mut keys = Vec::new();
        for (spelling, other) in self.spellings.iter().enumerate() {
            match self.identities.on_spellings(self.event, other, own) {
                Some(Identity::SameAs) => {
                    let details = [Detail::Any; 3];
                    keys.extend([true, false].map(|is_full| Key { spelling, is_full, details }));
                }
                Some(Identity::Distinct) => {}
                None => {
                    let asked = entry.asked_details().into_iter();
                    let key = |(is_full, details)| Key { spelling, is_full, details };
                    keys.extend(asked.map(key));
                }
            }
        }
        keys
    }
}

impl Entry {
    /// The lists that it belongs to: each says of each detail what it is, or nothing.
    fn keys(&self) -> impl Iterator<Item = Key> + use<> {
        let (spelling, is_full, details) = (self.spelling, self.is_full, self.details);
        (0..8_usize).map(move |which| {
            let detail = |at: usize| match which >> at & 1 {
                0 => Detail::Any,
                _ => Detail::Is(details[at]),
            };
            Key { spelling, is_full, details: [detail(0), detail(1), detail(2)] }
        })
    }

    /// The details that bookings of the same person have: affiliation and delegation are the same or not given,
    /// and where the name is one that many share, one of the details is the same.
    fn asked_details(&self) -> Vec<(bool, [Detail; 3])> {
        use Detail::{Any, Is};
        let fitting = |detail: Option<u32>| match detail {
            Some(_) => vec![Is(detail), Is(None)],
            None => vec![Any],
        };
        let [affiliation, delegation, role] = self.details;
        let mut all = Vec::new();
        for first in fitting(affiliation) {
            for second in fitting(delegation) {
                all.push((true, [first, second, Any]));
                if [first, second].iter().any(|detail| matches!(detail, Is(Some(_)))) {
                    all.push((false, [first, second, Any]));
                } else if role.is_some() {
                    all.push((false, [first, second, Is(role)]));
                }
            }
        }
        all
    }

    /// Whether one slot is within the other, or both are one: a person may both chair and speak.
    fn is_within_or_around(&self, other: &Self) -> bool {
        self.nodes.start < other.nodes.end && other.nodes.start < self.nodes.end
    }
}

impl List {
    fn nearest(&mut self, entry: &Entry, entries: &[Entry]) -> Option<usize> {
        let latest = self.latest.as_ref()?;
        let slot = entry.nodes.start;
        let (from, before) = self.found.get(&slot).copied().unwrap_or_default();
        let mut range = from..self.met;
        let found = loop {
            let Some(at) = latest.find(range.clone(), entry.pair) else { break before };
            let number = self.members[at];
            if !entries[number].is_within_or_around(entry) {
                break Some(number);
            }
            range.end = at;
        };
        self.found.insert(slot, (self.met, found));
        found
    }

    /// Meets the next of the members.
    fn meet(&mut self, entry: &Entry, is_long: bool) {
        let at = self.met;
        self.met += 1;
        let Some(latest) = self.latest.as_mut().filter(|_| is_long) else { return };
        if let Some(before) = self.last.insert(entry.nodes.start, at) {
            latest.remove(before);
        }
        latest.put(at, entry.pair);
    }

    fn remove(&mut self, number: usize) {
        if let (Ok(at), Some(latest)) = (self.members.binary_search(&number), &mut self.latest) {
            latest.remove(at);
        }
    }
}

/// Gives equal texts equal numbers.
#[derive(Default)]
struct Numbers {
    texts: HashMap<String, u32>,
    shown: HashMap<Shown, u32>,
    spellings: HashMap<String, usize>,
    accounts: HashMap<u64, usize>,
}

/// What is shown: the same in slots with one title at one time, else another in each slot.
#[derive(PartialEq, Eq, Hash)]
enum Shown {
    Titled(i64, i64, String),
    Slot(usize),
}

impl Numbers {
    fn entry(&mut self, booking: &Booking<'_>, identities: &Identities) -> Entry {
        let Booking { member, slot, from, to, .. } = *booking;
        // Between records, those of one record and of its versions are as parts of one slot: they are not held against each other.
        let account = member.account().map(|account| {
            let next = self.accounts.len();
            *self.accounts.entry(account).or_insert(next)
        });
        let nodes = account.map_or_else(|| slot.nodes.clone(), |account| account..account + 1);
        let shown = match member.slot_label() {
            Some(title) => Shown::Titled(from, to, fold(title)),
            None => Shown::Slot(nodes.start),
        };
        let next = self.shown.len() as u32;
        let shown = *self.shown.entry(shown).or_insert(next);
        // A number that no text has stands for the track of slots that have none.
        let track = match account {
            // Another record is another track, whatever room it names: rooms are held against each other by slots.
            Some(account) => account as u32,
            None => member.slot_track().map_or(u32::MAX, |track| self.of(fold(track))),
        };
        let details = [member.affiliation(), member.delegation(), member.role()];
        let details = details.map(|detail| detail.map(|text| self.of(fold(text))));
        let spelling =
            if identities.is_empty() { String::new() } else { person::spelling(member.name()) };
        let next = self.spellings.len();
        let spelling = *self.spellings.entry(spelling).or_insert(next);
        let (pair, is_full) = ((track, shown), is_full(person::core(member.name())));
        Entry { from, to, nodes, pair, spelling, is_full, details }
    }

    fn of(&mut self, text: String) -> u32 {
        let next = self.texts.len() as u32;
        *self.texts.entry(text).or_insert(next)
    }

    /// The spellings by their numbers.
    fn spellings(self) -> Vec<String> {
        let mut all: Vec<(String, usize)> = self.spellings.into_iter().collect();
        all.sort_unstable_by_key(|(_, number)| *number);
        all.into_iter().map(|(spelling, _)| spelling).collect()
    }
}

#[cfg(test)]
mod tests;
