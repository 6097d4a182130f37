//! Holds the keys that no record defines against those that there are: proposes a near one, and reports once what follows
//! from a record without an id.

use std::collections::{BTreeMap, BTreeSet};

use super::near_keys::Cache;
use crate::{
    corpus::Corpus,
    finding::{Draft, MissingKey},
    message::{did_you_mean, quoted, shown},
    symbol::{self, Citation, Parsed, Parts},
};

/// So many citations are named with one that is reported for all.
const NAMED: usize = 10;

/// The drafts that count by the keys that there are, each with what follows from them.
pub(super) fn hold_against(corpus: &Corpus, cache: &Cache, mut given: Vec<&Draft>) -> Vec<Draft> {
    let space_of = |key: &MissingKey| (key.space.clone(), key.scope.clone());
    let missing = || given.iter().filter_map(|draft| draft.key.as_deref());
    let wanted: BTreeSet<(String, String)> = missing().map(space_of).collect();
    if wanted.is_empty() {
        return given.into_iter().cloned().collect();
    }
    let has_acts = missing().any(|key| key.is_act);
    let mut index = cache.of(corpus, &wanted, has_acts);
    given.retain(|draft| {
        let is_known = |key: &MissingKey| {
            key.is_act && whole(&key.shown).is_some_and(|act| index.has_act(&act))
        };
        let counts =
            |key: &MissingKey| (!key.needs_others || index.has(&space_of(key))) && !is_known(key);
        draft.key.as_deref().is_none_or(counts)
    });
    let mut drafts: Vec<Draft> = given.into_iter().cloned().collect();
    for draft in &mut drafts {
        // Next to the number of an act is always another one.
        let Some(key) = draft.key.as_deref().filter(|key| !key.is_act) else { continue };
        if let Some(found) = index.near(&space_of(key), &key.shown) {
            draft.help = Some(did_you_mean(&shown(found)));
        }
    }
    drop(index);
    join_unnamed(corpus, &mut drafts);
    drafts
}

/// An act without the letters of its parts: a register may list `A/RES/49/222 A`, and a record cite `49/222`.
pub(super) fn whole(normal: &str) -> Option<String> {
    match symbol::parse_symbol(normal) {
        Ok(Parsed::Known { symbol, .. }) => {
            let act = Citation::of_symbol(&symbol)?;
            Citation { parts: Parts::default(), ..act }.key()
        }
        _ => None,
    }
}

/// Where a record of the wanted kind has no id, all citations of one key are one finding: to give the id corrects them all.
fn join_unnamed(corpus: &Corpus, drafts: &mut Vec<Draft>) {
    let kinds = drafts.iter().filter_map(|draft| draft.key.as_deref()).flat_map(|key| &key.kinds);
    let kinds: BTreeSet<String> = kinds.cloned().collect();
    let unnamed: BTreeMap<String, _> =
        kinds.into_iter().filter_map(|kind| corpus.unnamed(&kind).map(|at| (kind, at))).collect();
    if unnamed.is_empty() {
        return;
    }
    let mut firsts: BTreeMap<(String, String), (usize, Vec<_>)> = BTreeMap::new();
    let mut joined = Vec::new();
    for draft in drafts.drain(..) {
        let key = draft.key.as_deref();
        let is_wanted = |key: &&MissingKey| key.kinds.iter().any(|kind| unnamed.contains_key(kind));
        if let Some(key) = key.filter(is_wanted) {
            let name = (key.space.clone(), key.shown.clone());
            if let Some((_, others)) = firsts.get_mut(&name) {
                others.push(draft.place);
                continue;
            }
            firsts.insert(name, (joined.len(), Vec::new()));
        }
        joined.push(draft);
    }
    for (at, others) in firsts.into_values() {
        let draft: &mut Draft = &mut joined[at];
        let Some(key) = draft.key.as_deref() else { continue };
        let Some((kind, place)) = key.kinds.iter().find_map(|kind| unnamed.get_key_value(kind))
        else {
            continue;
        };
        let name = quoted(&key.shown);
        draft.help =
            Some(format!("give the {kind} without an id the id {name}, or correct the reference"));
        draft.labels.push((*place, format!("this {kind} has no id")));
        let named =
            others.iter().take(NAMED).map(|place| (*place, "cited here as well".to_owned()));
        draft.labels.extend(named);
    }
    *drafts = joined;
}
