//! Two records that define many keys alike are one mistake, such as minutes that were copied with all their items.

use std::{collections::BTreeMap, fmt::Write as _};

use crate::{
    finding::{Draft, RuleId},
    sources::SourceId,
};

/// A record, by its source and its number there.
type Record = (SourceId, Option<u32>);

/// Leaves one of several findings about the same two records, where one is enough: the first in its file.
pub(super) fn fold(drafts: Vec<Draft>) -> Vec<Draft> {
    let mut firsts: BTreeMap<(RuleId, Record, Record), (usize, usize)> = BTreeMap::new();
    for (at, draft) in drafts.iter().enumerate() {
        let Some(both) = both(draft) else { continue };
        let (first, count) = firsts.entry(both).or_insert((at, 0));
        *count += 1;
        if draft.place.span < drafts[*first].place.span {
            *first = at;
        }
    }
    if firsts.is_empty() {
        return drafts;
    }
    let numbered = drafts.into_iter().enumerate();
    let left = numbered.filter_map(|(at, mut draft)| {
        let Some((first, count)) = both(&draft).and_then(|both| firsts.get(&both)) else {
            return Some(draft);
        };
        match count - 1 {
            0 => {}
            1 => draft.message.push_str(", and so is another one of this record"),
            others => {
                // Writing to a string cannot fail.
                let _ = write!(draft.message, ", and so are {others} others of this record");
            }
        }
        (*first == at).then_some(draft)
    });
    left.collect()
}

fn both(draft: &Draft) -> Option<(RuleId, Record, Record)> {
    let (other, _) = draft.labels.first().filter(|_| draft.once_for_both)?;
    let record = (draft.place.source, draft.place.record);
    Some((draft.rule, record, (other.source, other.record)))
}
