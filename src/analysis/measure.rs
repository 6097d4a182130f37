//! Decides on findings about two texts, of which only samples are kept, once the texts are at hand. Their files are read again
//! only to show the findings: once for the words of the texts, and once more for the passages in which they differ.

mod passage;

use std::collections::{BTreeMap, BTreeSet, HashMap};

pub(super) use self::passage::{Passage, Passages, Span, Wanted, passages};
use super::{Analysis, file};
use crate::{
    fact::{Meaning, Prose, Shared, sketch},
    finding::{Draft, Label, Likeness},
    sources::SourceId,
    tree::{NodeRef, Tree},
};

/// Two records whose texts are compared.
pub(super) type Pair = [(SourceId, u32); 2];

/// The texts of records, by source and record.
pub(super) type Texts = BTreeMap<(SourceId, u32), Text>;

/// A text as numbers: a third of the memory that the words would take, however many texts there are.
#[derive(Debug)]
pub(super) struct Text {
    /// The hashes of its runs of words, sorted.
    runs: Vec<u32>,
    /// The hashes of its words, in order.
    words: Vec<u32>,
}

/// Two texts that were compared.
#[derive(Clone, Debug)]
pub(super) struct Compared {
    shared: Shared,
    /// Where they first differ.
    spans: Option<[Span; 2]>,
    passages: Option<[Passage; 2]>,
}

/// The texts of some records of one source.
pub(super) fn texts(
    analysis: &Analysis<'_>,
    tree: &Tree,
    source: SourceId,
    records: &BTreeSet<u32>,
) -> Texts {
    let roots = tree.records();
    let text = |record: &u32| {
        let read = |prose: &Prose<'_>| Text { runs: prose.runs(), words: prose.words() };
        let text = with_prose(analysis, (&roots, source, *record), read)?;
        Some(((source, *record), text))
    };
    records.iter().filter_map(text).collect()
}

/// Reads the text of a record that is compared with others.
fn with_prose<T>(
    analysis: &Analysis<'_>,
    (roots, source, record): (&[NodeRef<'_>], SourceId, u32),
    read: impl FnOnce(&Prose<'_>) -> T,
) -> Option<T> {
    let input = analysis.sources.input(source);
    let configured = input.and_then(|input| analysis.configured_schema(input));
    let root = *roots.get(record as usize)?;
    let taken = file::extract_one(&analysis.catalog, root, configured, source, record)?;
    let prose = taken.facts.iter().find_map(|fact| match &fact.meaning {
        Meaning::Prose(prose) => Some(prose),
        _ => None,
    });
    Some(read(prose?))
}

/// Compares two texts.
pub(super) fn compare([a, b]: Pair, texts: &Texts) -> Option<Compared> {
    let (a, b) = (texts.get(&a)?, texts.get(&b)?);
    let spans = passage::difference(&a.words, &b.words);
    Some(Compared { shared: sketch::shared(&a.runs, &b.runs), spans, passages: None })
}

impl Compared {
    /// Where the texts first differ, if the finding on them is reported.
    pub(super) fn spans(&self, likeness: Likeness) -> Option<[Span; 2]> {
        let Shared { common, all } = self.shared;
        self.spans.clone().filter(|_| likeness.says(common, all, None).is_some())
    }

    /// Adds the passages in which the texts first differ.
    pub(super) fn set_passages(&mut self, pair: Pair, passages: &Passages) {
        let Some([a, b]) = &self.spans else { return };
        let find = |(source, record): (SourceId, u32), span: &Span| {
            passages.get(&(source, record, span.clone())).cloned()
        };
        self.passages = find(pair[0], a).zip(find(pair[1], b)).map(|(a, b)| [a, b]);
    }
}

/// Adds to a draft what the texts say; nothing is left of one that they do not bear out. The labels are the passages in which
/// the texts differ.
pub(super) fn judge(
    mut draft: Draft,
    compared: &HashMap<Pair, Option<Compared>>,
) -> Option<(Draft, Vec<Label>)> {
    let Some(likeness) = draft.likeness.take() else {
        return Some((draft, Vec::new()));
    };
    let Compared { shared, passages, .. } = compared.get(&likeness.records)?.as_ref()?;
    // The finding is about the second record.
    let texts =
        passages.as_ref().map(|[first, second]| [second, first].map(|one| one.text.as_str()));
    draft.message.push_str(&likeness.says(shared.common, shared.all, texts)?);
    let label = |passage: &Passage, text: &str| Label {
        location: passage.location.clone(),
        text: text.to_owned(),
    };
    let labels = passages.iter().flat_map(|[first, second]| {
        [label(second, "differs here"), label(first, "from this text")]
    });
    Some((draft, labels.collect()))
}
