//! Links from record to record by which records may follow each other: what supersedes, answers or encloses what.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::Relation;
use crate::{
    corpus::{
        Member,
        batch::{Collector, TextRef, TextStore},
    },
    fact::{Fact, Meaning, Record},
    vocabulary::{FactKinds, KeyOptions},
};

/// Links of one relation in one namespace.
#[derive(Debug)]
pub struct Link;

/// A link, and the keys by which other records may lead to its record.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LinkEntry {
    space: TextRef,
    verb: LinkVerb,
    target: TextRef,
    own: Box<[TextRef]>,
}

/// What a record does with the one that it links to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LinkVerb {
    /// It replaces it.
    Supersedes,
    /// It answers it.
    Answers,
    /// It encloses it.
    Encloses,
}

impl LinkVerb {
    /// The relation of a citation, where it has one.
    #[must_use]
    pub const fn of(options: KeyOptions) -> Option<Self> {
        if options.has(KeyOptions::SUPERSEDES) {
            Some(Self::Supersedes)
        } else if options.has(KeyOptions::ANSWERS) {
            Some(Self::Answers)
        } else if options.has(KeyOptions::ENCLOSES) {
            Some(Self::Encloses)
        } else {
            None
        }
    }

    /// The verb for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Supersedes => "supersedes",
            Self::Answers => "answers",
            Self::Encloses => "encloses",
        }
    }
}

impl Relation for Link {
    /// The namespace, and the relation: links of all records belong together, since a circle may lead through any of them.
    type Key<'c> = (&'c str, LinkVerb);
    type Entry = LinkEntry;
    type Prepared = ();

    const FACTS: Option<FactKinds> = Some(FactKinds::CITES);
    fn key<'c>(entry: &'c LinkEntry, texts: &'c TextStore) -> Self::Key<'c> {
        (texts.get(entry.space), entry.verb)
    }

    fn take(record: &Record<'_>, collector: &mut Collector<'_, Self>) {
        for fact in &record.facts {
            let Meaning::Cites(key) = &fact.meaning else { continue };
            let Some(verb) = LinkVerb::of(key.options) else { continue };
            let Some(place) = key.parts.last().map(|part| part.place) else { continue };
            // A key of an item of a list is that of the item, and not of the record.
            let defined = record.facts.iter().filter_map(|fact| match &fact.meaning {
                Meaning::Defines(own) if own.space == key.space && !is_in_list(fact, record) => {
                    Some(&own.normal)
                }
                _ => None,
            });
            let own = defined.map(|normal| collector.store(normal)).collect();
            let (space, target) = (collector.store(key.space), collector.store(&key.normal));
            collector.add(place, LinkEntry { space, verb, target, own });
        }
    }
}

fn is_in_list(fact: &Fact<'_>, record: &Record<'_>) -> bool {
    let root = record.node.id();
    std::iter::successors(Some(fact.node), |node| node.parent())
        .take_while(|node| node.id() != root)
        .any(|node| node.parent().is_some_and(|list| list.is_array() && list.id() != root))
}

impl Member<'_, Link> {
    /// What the record does with the one that it links to.
    #[must_use]
    pub fn verb(&self) -> LinkVerb {
        self.entry().verb
    }
}

/// The circles of links, each as the numbers of its members in the order in which they lead to each other. A record that
/// leads to itself is a circle of one. Of circles that meet, only one is found.
#[must_use]
pub fn circles(members: &[Member<'_, Link>]) -> Vec<Vec<usize>> {
    let mut by_key: HashMap<&str, usize> = HashMap::new();
    for (at, member) in members.iter().enumerate() {
        for own in &member.entry().own {
            by_key.entry(member.text(*own)).or_insert(at);
        }
    }
    // The links of a record are next to each other: each leads to the first link of its target.
    let first_of = &first_links(members);
    let target = |at: usize| {
        let target = by_key.get(members[at].text(members[at].entry().target)).copied()?;
        Some(first_of[target])
    };
    let links =
        |record: usize| (record..members.len()).take_while(move |at| first_of[*at] == record);
    let mut circles = Vec::new();
    // In which walk a record was met; and for those on the way, its number on the way.
    let mut met = vec![false; members.len()];
    let mut on_way: Vec<Option<usize>> = vec![None; members.len()];
    for start in (0..members.len()).filter(|at| first_of[*at] == *at) {
        if met[start] {
            continue;
        }
        met[start] = true;
        on_way[start] = Some(0);
        let mut way = vec![(start, links(start))];
        let mut taken: Vec<usize> = Vec::new();
        while let Some((record, rest)) = way.last_mut() {
            let record = *record;
            let Some(link) = rest.next() else {
                on_way[record] = None;
                way.pop();
                taken.pop();
                continue;
            };
            let Some(next) = target(link) else { continue };
            if let Some(from) = on_way[next] {
                let mut circle = taken[from..].to_vec();
                circle.push(link);
                circles.push(circle);
            } else if !met[next] {
                met[next] = true;
                on_way[next] = Some(way.len());
                taken.push(link);
                way.push((next, links(next)));
            }
        }
    }
    circles
}

/// For each link the number of the first one of its record.
fn first_links(members: &[Member<'_, Link>]) -> Vec<usize> {
    let mut firsts: Vec<usize> = Vec::with_capacity(members.len());
    for (at, member) in members.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| (&members[before], firsts[before]));
        let is_same = |other: &Member<'_, Link>| {
            (other.source(), other.record()) == (member.source(), member.record())
        };
        let first = before.filter(|(other, _)| is_same(other)).map_or(at, |(_, first)| first);
        firsts.push(first);
    }
    firsts
}
