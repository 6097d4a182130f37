//! Holds the keys that no record defines against those that there are: proposes a near one, and reports once what follows
//! from a record without an id.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::{
    corpus::{
        Corpus,
        relation::{self, key::KeyPart},
    },
    finding::{Draft, MissingKey},
    message::{did_you_mean, quoted, shown},
    symbol::{self, Citation, Parsed, Parts},
};

/// For so many keys a near one is looked for: each is held against all that there are.
const MOST: usize = 500;
/// A key of more letters is hardly mistyped.
const LONGEST: usize = 120;
/// So many letters may differ.
const DIFFERENT: usize = 2;
/// So many citations are named with one that is reported for all.
const NAMED: usize = 10;

/// The namespace, and the record or event within it.
type SpaceKey<'k> = (&'k str, &'k str);

/// Adds to the drafts what follows from the keys that there are, and leaves out those that do not count.
pub(super) fn hold_against(corpus: &Corpus, drafts: &mut Vec<Draft>) {
    let missing: Vec<MissingKey> =
        drafts.iter().filter_map(|draft| draft.key.as_deref()).cloned().collect();
    if missing.is_empty() {
        return;
    }
    let wanted: BTreeSet<SpaceKey<'_>> =
        missing.iter().map(|key| (key.space.as_str(), key.scope.as_str())).collect();
    let entries = corpus.read_all::<relation::Key>();
    let has_acts = missing.iter().any(|key| key.is_act);
    let mut acts: BTreeSet<String> = BTreeSet::new();
    let mut defined: BTreeMap<SpaceKey<'_>, BTreeSet<&str>> = BTreeMap::new();
    for entry in &entries {
        let member = entry.member();
        let space = (member.space(), member.scope());
        if matches!(member.part(), KeyPart::Definition(_)) && wanted.contains(&space) {
            defined.entry(space).or_default().insert(member.shown());
            acts.extend(has_acts.then(|| whole(member.normal())).flatten());
        }
    }
    let known: BTreeMap<SpaceKey<'_>, Vec<Known<'_>>> = defined
        .into_iter()
        .map(|(space, keys)| (space, keys.into_iter().map(Known::of).collect()))
        .collect();
    drafts.retain(|draft| {
        let has_others =
            |key: &MissingKey| known.contains_key(&(key.space.as_str(), key.scope.as_str()));
        let is_known = |key: &MissingKey| {
            key.is_act && whole(&key.shown).is_some_and(|whole| acts.contains(&whole))
        };
        let counts = |key: &MissingKey| (!key.needs_others || has_others(key)) && !is_known(key);
        draft.key.as_deref().is_none_or(counts)
    });
    let mut near: HashMap<(SpaceKey<'_>, String), Option<&str>> = HashMap::new();
    for draft in drafts.iter_mut() {
        // Next to the number of an act is always another one.
        let Some(key) = draft.key.as_deref().filter(|key| !key.is_act) else { continue };
        let wanted = (key.space.as_str(), key.scope.as_str());
        let Some((space, known)) = known.get_key_value(&wanted) else { continue };
        let is_full = near.len() >= MOST;
        let look = (*space, key.shown.clone());
        let found = match near.get(&look) {
            Some(found) => *found,
            None if is_full => None,
            None => *near.entry(look).or_insert_with(|| nearest(&key.shown, known)),
        };
        if let Some(found) = found {
            draft.help = Some(did_you_mean(&shown(found)));
        }
    }
    join_unnamed(corpus, drafts);
}

/// An act without the letters of its parts: a register may list `A/RES/49/222 A`, and a record cite `49/222`.
fn whole(normal: &str) -> Option<String> {
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

/// A key that is defined, ready to be compared with many.
struct Known<'c> {
    shown: &'c str,
    folded: String,
    letters: usize,
    /// A bit for each letter in it, where letters share bits.
    bits: u64,
}

impl<'c> Known<'c> {
    fn of(shown: &'c str) -> Self {
        let folded = shown.to_lowercase();
        let (letters, bits) = (folded.chars().count(), bits(&folded));
        Self { shown, folded, letters, bits }
    }
}

fn bits(text: &str) -> u64 {
    text.chars().fold(0, |bits, letter| bits | 1 << (u32::from(letter) % 64))
}

/// The key that is nearest to one that is missing, if at most two letters and a third of them differ. Of two that are equally
/// near neither is proposed.
fn nearest<'c>(missing: &str, known: &[Known<'c>]) -> Option<&'c str> {
    let missing = Known::of(missing);
    let allowed = (missing.letters / 3).min(DIFFERENT);
    if allowed == 0 || missing.letters > LONGEST {
        return None;
    }
    // A letter that is another one changes two bits.
    let may_be_near = |one: &&Known<'_>| {
        one.letters.abs_diff(missing.letters) <= allowed
            && (one.bits ^ missing.bits).count_ones() as usize <= 2 * allowed
    };
    let mut best: Option<(usize, &'c str)> = None;
    let mut is_tied = false;
    for one in known.iter().filter(may_be_near) {
        let distance = strsim::osa_distance(&missing.folded, &one.folded);
        match best {
            _ if distance > allowed => {}
            Some((least, _)) if distance > least => {}
            Some((least, _)) if distance == least => is_tied = true,
            _ => (best, is_tied) = (Some((distance, one.shown)), false),
        }
    }
    best.filter(|_| !is_tied).map(|(_, shown)| shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(missing: &str, known: &[&'static str]) -> Option<&'static str> {
        nearest(missing, &known.iter().copied().map(Known::of).collect::<Vec<_>>())
    }

    #[test]
    fn a_key_that_differs_in_two_letters_is_near_and_one_in_three_is_not() {
        assert_eq!(near("Harnett", &["Hartnett", "Okafor"]), Some("Hartnett"));
        assert_eq!(near("hartnet", &["Hartnett"]), Some("Hartnett"), "capitals make no difference");
        assert_eq!(near("Hratnet", &["Hartnett"]), Some("Hartnett"), "letters that changed places");
        assert_eq!(near("Harnex", &["Hartnett"]), None);
        assert_eq!(near("hall-a", &["hall-b", "hall-c"]), None, "neither is nearer");
        assert_eq!(near("hall-a", &["hall-b", "hall-xyz"]), Some("hall-b"));
    }

    #[test]
    fn short_and_long_keys_are_not_guessed() {
        assert_eq!(near("s3", &["s1"]), None);
        assert_eq!(near("abc", &["abd"]), Some("abd"));
        assert_eq!(near("", &["a"]), None);
        let long = "x".repeat(121);
        let other: &'static str = Box::leak(format!("{}y", "x".repeat(120)).into_boxed_str());
        assert_eq!(near(&long, &[other]), None);
    }
}
