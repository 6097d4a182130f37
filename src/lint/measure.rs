//! Decides on findings about two texts, of which only samples are kept, once the texts are at hand. Their files are read again
//! only to show the findings, and the texts are taken in passing.

use std::collections::{BTreeMap, BTreeSet};

use super::{Run, file};
use crate::{
    fact::{Meaning, sketch},
    finding::{Draft, Likeness},
    tree::Tree,
};

/// The records whose texts are wanted, by the numbers of their sources.
pub(super) type Wanted = BTreeMap<u32, BTreeSet<u32>>;

/// The texts of records, by source and record, as the sorted hashes of their runs of words.
pub(super) type Texts = BTreeMap<(u32, u32), Vec<u32>>;

/// The records whose texts the drafts are about.
pub(super) fn wanted(drafts: &[Draft]) -> Wanted {
    let mut wanted = Wanted::new();
    for Likeness { records, .. } in drafts.iter().filter_map(|draft| draft.likeness) {
        for (source, record) in records {
            wanted.entry(source).or_default().insert(record);
        }
    }
    wanted
}

/// The texts of records of one source.
pub(super) fn texts(run: &Run<'_>, tree: &Tree, source: u32, wanted: &Wanted) -> Texts {
    let Some(records) = wanted.get(&source) else { return Texts::new() };
    let configured = run.inputs.get(source as usize).and_then(|one| run.configured_schema(one));
    let roots = tree.records();
    let text = |record: &u32| {
        let root = *roots.get(*record as usize)?;
        let taken = file::extract_one(run.catalog, root, configured, source, *record)?;
        let runs = taken.facts.iter().find_map(|fact| match &fact.meaning {
            Meaning::Prose(prose) => Some(prose.runs()),
            _ => None,
        });
        Some(((source, *record), runs?))
    };
    records.iter().filter_map(text).collect()
}

/// Adds to a draft what the texts say; nothing is left of one that they do not bear out.
pub(super) fn judge(mut draft: Draft, texts: &Texts) -> Option<Draft> {
    if let Some(Likeness { records: [a, b], judge }) = draft.likeness.take() {
        let shared = sketch::shared(texts.get(&a)?, texts.get(&b)?);
        draft.message = format!("{} {}", draft.message, judge(shared.common, shared.all)?);
    }
    Some(draft)
}
