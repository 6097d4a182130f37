//! Decides on findings about two texts, of which only samples are kept, once the texts are at hand. Their files are read again
//! only to show the findings, and the texts are taken in passing.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Analysis, file};
use crate::{
    fact::{Meaning, Shared, sketch},
    finding::{Draft, Likeness},
    sources::SourceId,
    tree::Tree,
};

/// Two records whose texts are compared.
pub(super) type Pair = [(SourceId, u32); 2];

/// The texts of records, by source and record, as the sorted hashes of their runs of words.
pub(super) type Texts = BTreeMap<(SourceId, u32), Vec<u32>>;

/// The texts of records of one source, where one of the pairs names them.
pub(super) fn texts(
    analysis: &Analysis<'_>,
    tree: &Tree,
    source: SourceId,
    pairs: &BTreeSet<Pair>,
) -> Texts {
    let records = pairs.iter().flatten().filter(|(of, _)| *of == source);
    let records: BTreeSet<u32> = records.map(|(_, record)| *record).collect();
    let input = analysis.sources.input(source);
    let configured = input.and_then(|input| analysis.configured_schema(input));
    let roots = tree.records();
    let text = |record: &u32| {
        let root = *roots.get(*record as usize)?;
        let taken = file::extract_one(&analysis.catalog, root, configured, source, *record)?;
        let runs = taken.facts.iter().find_map(|fact| match &fact.meaning {
            Meaning::Prose(prose) => Some(prose.runs()),
            _ => None,
        });
        Some(((source, *record), runs?))
    };
    records.iter().filter_map(text).collect()
}

/// What two texts have in common.
pub(super) fn shared([a, b]: Pair, texts: &Texts) -> Option<Shared> {
    Some(sketch::shared(texts.get(&a)?, texts.get(&b)?))
}

/// Adds to a draft what the texts say; nothing is left of one that they do not bear out.
pub(super) fn judge(mut draft: Draft, shared: &HashMap<Pair, Option<Shared>>) -> Option<Draft> {
    if let Some(Likeness { records, judge }) = draft.likeness.take() {
        let shared = (*shared.get(&records)?)?;
        draft.message = format!("{} {}", draft.message, judge(shared.common, shared.all)?);
    }
    Some(draft)
}
