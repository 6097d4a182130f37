//! Turns the places of drafts into locations that people and programs find.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{
    measure::{self, Texts},
    reread::Reread,
};
use crate::{
    corpus::Contribution,
    finding::{Draft, Finding, Label, Location, Place, fingerprint},
    source::LineIndex,
    tree::{Lookup, NodeId, Tree},
};

/// Locates drafts that lie in one file alone, whose tree is at hand.
pub(super) fn locate_in(tree: &Tree, names: &Contribution, drafts: Vec<Draft>) -> Vec<Finding> {
    if drafts.is_empty() {
        return Vec::new();
    }
    let locator = Locator::new(tree, names);
    drafts.into_iter().map(|draft| finish(draft, |place| locator.locate(place))).collect()
}

/// Locates drafts anywhere in the run. Each file concerned is read once more, one after the other on
/// each thread, so that no more trees are held than there are threads.
pub(super) fn locate(
    reread: &Reread<'_>,
    files: &[Contribution],
    drafts: Vec<Draft>,
) -> Vec<Finding> {
    let mut wanted: BTreeMap<u32, Vec<Place>> = BTreeMap::new();
    for draft in &drafts {
        for place in
            std::iter::once(&draft.place).chain(draft.labels.iter().map(|(place, _)| place))
        {
            wanted.entry(place.source).or_default().push(*place);
        }
    }
    let texts = measure::wanted(&drafts);
    let found: Vec<(Vec<(Place, Location)>, Texts)> = wanted
        .into_par_iter()
        .filter_map(|(number, places)| {
            let none = Contribution::default();
            let names = files.get(number as usize).unwrap_or(&none);
            let tree = reread.tree(number)?;
            let locator = Locator::new(&tree, names);
            let located = places.into_iter().map(|place| (place, locator.locate(place))).collect();
            Some((located, measure::texts(reread.run, &tree, number, &texts)))
        })
        .collect();
    let (mut located, mut texts) = (BTreeMap::new(), Texts::new());
    for (places, of_file) in found {
        located.extend(places);
        texts.extend(of_file);
    }
    drafts
        .into_iter()
        .filter(|draft| located.contains_key(&draft.place))
        .filter_map(|draft| measure::judge(draft, &texts))
        .map(|mut draft| {
            // A file that vanished during the run cannot be pointed into any more.
            draft.labels.retain(|(place, _)| located.contains_key(place));
            finish(draft, |place| located[&place].clone())
        })
        .collect()
}

fn finish(draft: Draft, locate: impl Fn(Place) -> Location) -> Finding {
    let location = locate(draft.place);
    let owner = location.record.as_deref().unwrap_or(&location.path);
    let mut values = draft.values;
    if let (None, Some(number @ 1..)) = (&location.record, draft.place.record) {
        // Of several records without an id in one file, each is known by its number.
        values.push(number.to_string());
    }
    Finding {
        fingerprint: fingerprint(draft.rule, owner, &location.pointer, &values),
        rule: draft.rule,
        family: draft.family,
        severity: draft.severity,
        message: draft.message,
        labels: draft
            .labels
            .into_iter()
            .map(|(place, text)| Label { location: locate(place), text })
            .collect(),
        location,
        help: draft.help,
        count: 1,
    }
}

struct Locator<'t> {
    tree: &'t Tree,
    lines: LineIndex,
    names: &'t Contribution,
    roots: Vec<NodeId>,
    lookup: Lookup<'t>,
}

impl<'t> Locator<'t> {
    fn new(tree: &'t Tree, names: &'t Contribution) -> Self {
        let roots = tree.records().iter().map(|root| root.id()).collect();
        let lines = LineIndex::new(&tree.source().text);
        Self { tree, lines, names, roots, lookup: Lookup::default() }
    }

    fn locate(&self, place: Place) -> Location {
        let source = self.tree.source();
        let (record, kind) = place.record.map_or((None, None), |record| self.names.name_of(record));
        let root = place.record.and_then(|record| self.roots.get(record as usize).copied());
        let root = root.or_else(|| self.tree.roots().first().copied());
        let node = place.node.and_then(|node| self.tree.node_at_index(node.index()));
        let pointer = node.zip(root).map(|(node, root)| self.lookup.pointer_from(node, root));
        Location {
            path: source.path.clone(),
            start: self.lines.position(&source.text, place.span.start),
            end: self.lines.position(&source.text, place.span.end),
            record: record.map(str::to_owned),
            kind: kind.map(str::to_owned),
            pointer: pointer.unwrap_or_default(),
        }
    }
}
