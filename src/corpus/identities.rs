//! What reviewers have decided on names: which are those of one person, and which are not.

use std::{
    collections::{HashMap, HashSet},
    hash::{DefaultHasher, Hash, Hasher},
};

use super::{Contribution, Detail, Relation};
use crate::{
    fact::{Decision, Meaning, Record},
    person,
    schema::vocabulary::Identity,
    tree::NodeId,
};

/// The decisions of a run. A decision for one event goes before one for all.
#[derive(Debug, Default)]
pub struct Identities {
    /// By the id of the event; the decisions for all events have none.
    scopes: HashMap<String, Scope>,
    /// The spellings of all names, as hashes.
    names: HashSet<u64>,
}

/// The decisions for one event, or for all.
#[derive(Debug, Default)]
pub struct Scope {
    /// The person of each spelling that is one of several.
    persons: HashMap<String, usize>,
    /// The decisions that tell a spelling from others, in ascending order, each once.
    distinct: HashMap<String, Vec<usize>>,
    /// The spellings that one decision tells from themselves.
    doubled: HashSet<String>,
}

impl Identities {
    /// The decisions of the files.
    #[must_use]
    pub fn of<'c>(files: impl Iterator<Item = &'c Contribution>) -> Self {
        let mut found: HashMap<&str, Vec<(usize, Identity, String)>> = HashMap::new();
        let mut names = HashSet::new();
        let (mut number, mut last) = (0, None);
        for (source, file) in files.enumerate().filter(|(_, file)| file.decides) {
            for entry in &file.entries {
                let Detail::Decided { verdict, decision } = entry.detail else { continue };
                let this = Some((source, entry.record, decision));
                number += usize::from(this != last);
                last = this;
                let spelling = person::spelling(file.text(entry.shown));
                names.insert(hash_of(&spelling));
                let scope = found.entry(file.text(entry.key)).or_default();
                scope.push((number, verdict, spelling));
            }
        }
        let scopes =
            found.into_iter().map(|(event, names)| (event.to_owned(), Scope::of(names))).collect();
        Self { scopes, names }
    }

    /// Whether nothing was decided.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.scopes.is_empty()
    }

    /// What was decided on two names in the records of an event.
    #[must_use]
    pub fn on(&self, event: &str, a: &str, b: &str) -> Option<Identity> {
        if self.is_empty() {
            return None;
        }
        self.on_spellings(event, &person::spelling(a), &person::spelling(b))
    }

    /// The same, for names of which the spelling is known.
    #[must_use]
    pub fn on_spellings(&self, event: &str, a: &str, b: &str) -> Option<Identity> {
        self.scopes_of(event).find_map(|scope| scope.on(a, b))
    }

    /// The person whose name it is in the records of an event, where that was decided: equal for all
    /// names of one person.
    #[must_use]
    pub fn person(&self, event: &str, name: &str) -> Option<(bool, usize)> {
        if self.is_empty() {
            return None;
        }
        let spelling = person::spelling(name);
        let scopes = [event, ""].into_iter().filter_map(|key| Some((key, self.scopes.get(key)?)));
        let mut persons = scopes
            .filter_map(|(key, scope)| Some((key.is_empty(), *scope.persons.get(&spelling)?)));
        persons.next()
    }

    /// Whether a file has a record in which several people speak, and one of their names is decided on.
    #[must_use]
    pub fn concern(&self, file: &Contribution) -> bool {
        !file.is_partial && file.people.iter().any(|name| self.names.contains(name))
    }

    fn scopes_of(&self, event: &str) -> impl Iterator<Item = &Scope> {
        let general = if event.is_empty() { None } else { self.scopes.get("") };
        self.scopes.get(event).into_iter().chain(general)
    }
}

impl Scope {
    /// Takes names, each with the number of its decision and with what that decided.
    #[must_use]
    pub fn of(names: impl IntoIterator<Item = (usize, Identity, String)>) -> Self {
        let mut numbers: HashMap<String, usize> = HashMap::new();
        let mut parents: Vec<usize> = Vec::new();
        let mut distinct: HashMap<String, Vec<usize>> = HashMap::new();
        let mut doubled = HashSet::new();
        let mut before: Option<(usize, usize)> = None;
        for (decision, verdict, spelling) in names {
            if verdict == Identity::Distinct {
                let known = distinct.entry(spelling.clone()).or_default();
                if known.last() == Some(&decision) {
                    doubled.insert(spelling);
                } else {
                    known.push(decision);
                }
                continue;
            }
            let at = *numbers.entry(spelling).or_insert(parents.len());
            if at == parents.len() {
                parents.push(at);
            }
            if let Some((_, other)) = before.filter(|(number, _)| *number == decision) {
                let (a, b) = (root(&mut parents, at), root(&mut parents, other));
                parents[a.max(b)] = a.min(b);
            }
            before = Some((decision, at));
        }
        let persons =
            numbers.into_iter().map(|(name, at)| (name, root(&mut parents, at))).collect();
        Self { persons, distinct, doubled }
    }

    /// The person of a spelling, where it was decided that others are theirs as well.
    #[must_use]
    pub fn person(&self, spelling: &str) -> Option<usize> {
        self.persons.get(spelling).copied()
    }

    /// What was decided on two spellings. Where the decisions contradict each other, nothing is told of
    /// the two as of one person.
    fn on(&self, a: &str, b: &str) -> Option<Identity> {
        if let (Some(of_a), Some(of_b)) = (self.distinct.get(a), self.distinct.get(b)) {
            let (few, many) = if of_a.len() < of_b.len() { (of_a, of_b) } else { (of_b, of_a) };
            let shares = || few.iter().any(|decision| many.binary_search(decision).is_ok());
            let told = if a == b { self.doubled.contains(a) } else { shares() };
            if told {
                return Some(Identity::Distinct);
            }
        }
        let same = a != b && self.person(a).is_some_and(|person| self.person(b) == Some(person));
        same.then_some(Identity::SameAs)
    }
}

/// The number that stands for all that are one with `at`.
fn root(parents: &mut [usize], mut at: usize) -> usize {
    while parents[at] != at {
        parents[at] = parents[parents[at]];
        at = parents[at];
    }
    at
}

fn hash_of(spelling: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    spelling.hash(&mut hasher);
    hasher.finish()
}

impl Contribution {
    /// A decision that was withdrawn counts no more.
    pub(super) fn add_decision(
        &mut self,
        decision: &Decision<'_>,
        number: u32,
        record: &Record<'_>,
        node: NodeId,
    ) {
        if record.head.has_status("cancelled") || record.head.has_status("superseded") {
            return;
        }
        self.decides = true;
        let event = decision.event.map_or("", |event| event.value);
        for name in &decision.names {
            let detail = Detail::Decided { verdict: decision.verdict, decision: node };
            self.push(Relation::Decision, event, name.value, number, name.place, detail);
        }
    }

    /// Of a record that names several speakers the names are kept, so that it can be looked at again when
    /// all decisions are known.
    pub(super) fn add_people(&mut self, record: &Record<'_>) {
        let names = || {
            record.facts.iter().filter_map(|fact| match &fact.meaning {
                Meaning::Speaker(speaker) => speaker.name,
                _ => None,
            })
        };
        if names().nth(1).is_some() {
            let hashes = names().map(|name| hash_of(&person::spelling(name.value)));
            self.people.extend(hashes);
        }
    }
}
