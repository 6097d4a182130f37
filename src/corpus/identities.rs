//! What reviewers have decided on names: which are those of one person, and which are not.

use std::collections::{HashMap, HashSet};

use super::{Member, Read, relation::Decision};
use crate::{person, sources::SourceId, tree::NodeId, vocabulary::Identity};

/// The decisions of a run. A decision for one event goes before one for all.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Identities {
    /// By the id of the event; the decisions for all events have none.
    scopes: HashMap<String, Scope>,
}

/// The decisions for one event, or for all.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// The person of each spelling that is one of several.
    persons: HashMap<String, usize>,
    /// The decisions that tell a spelling from others, in ascending order, each once.
    distinct: HashMap<String, Vec<usize>>,
    /// The spellings that one decision says from themselves.
    doubled: HashSet<String>,
}

impl Identities {
    /// What was decided, in the order of the decisions.
    #[must_use]
    pub fn of(decisions: &[Read<'_, Decision>]) -> Self {
        let members: Vec<Member<'_, Decision>> = decisions.iter().map(Read::member).collect();
        let mut found: HashMap<&str, Vec<(usize, Identity, String)>> = HashMap::new();
        let same = |a: &Member<'_, Decision>, b: &Member<'_, Decision>| place_of(a) == place_of(b);
        for (number, names) in members.chunk_by(same).enumerate() {
            for member in names {
                let scope = found.entry(member.key()).or_default();
                scope.push((number, member.verdict(), person::spelling(member.name())));
            }
        }
        let scopes =
            found.into_iter().map(|(event, names)| (event.to_owned(), Scope::of(names))).collect();
        Self { scopes }
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

    /// The same, for names whose spelling is known.
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

    /// What was decided on two spellings. Where the decisions contradict each other, nothing is reported for
    /// the two as of one person.
    fn on(&self, a: &str, b: &str) -> Option<Identity> {
        if let (Some(of_a), Some(of_b)) = (self.distinct.get(a), self.distinct.get(b)) {
            let (few, many) = if of_a.len() < of_b.len() { (of_a, of_b) } else { (of_b, of_a) };
            let shares = || few.iter().any(|decision| many.binary_search(decision).is_ok());
            let reported = if a == b { self.doubled.contains(a) } else { shares() };
            if reported {
                return Some(Identity::Distinct);
            }
        }
        let same = a != b && self.person(a).is_some_and(|person| self.person(b) == Some(person));
        same.then_some(Identity::SameAs)
    }
}

/// The number that represents all that are one with `at`.
fn root(parents: &mut [usize], mut at: usize) -> usize {
    while parents[at] != at {
        parents[at] = parents[parents[at]];
        at = parents[at];
    }
    at
}

/// Where a decision is: source, record and node.
fn place_of(member: &Member<'_, Decision>) -> (SourceId, u32, NodeId) {
    (member.source(), member.record(), member.decision())
}
