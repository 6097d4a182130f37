//! Turns the places of drafts into locations that people and programs find.

use std::{
    cell::RefCell,
    collections::{BTreeMap, HashMap},
};

use rayon::prelude::*;

use super::{
    Run,
    identity::{Trail, Trails},
    measure::{self, Texts},
    reread::Reread,
};
use crate::{
    corpus::Contribution,
    finding::{Draft, Finding, Identity, Label, Location, Place, fingerprint, values_digest},
    schema::{Catalog, SchemaId},
    source::LineIndex,
    tree::{Lookup, NodeId, NodeRef, Tree},
};

/// A file of the run, to locate drafts in.
pub(super) struct File<'t> {
    tree: &'t Tree,
    names: &'t Contribution,
    catalog: &'t Catalog,
    /// The schema that the configuration gives to its records.
    configured: Option<SchemaId>,
    /// Whether it holds records; the others are schemas, the configuration and the baseline.
    has_records: bool,
}

impl<'t> File<'t> {
    /// The file with this number, its tree, and what is known of the names of its records.
    pub(super) fn of(run: &Run<'t>, number: u32, tree: &'t Tree, names: &'t Contribution) -> Self {
        let input = run.inputs.get(number as usize);
        let configured = input.and_then(|input| run.configured_schema(input));
        Self { tree, names, catalog: run.catalog, configured, has_records: input.is_some() }
    }
}

/// Locates drafts that lie in one file alone, whose tree is at hand.
pub(super) fn locate_in(file: File<'_>, drafts: Vec<Draft>) -> Vec<Finding> {
    if drafts.is_empty() {
        return Vec::new();
    }
    let locator = Locator::new(file);
    let finished = drafts.into_iter().map(|draft| {
        let trail = locator.trail(draft.place);
        finish(draft, trail, |place| locator.locate(place))
    });
    finished.collect()
}

/// A place, whether it is that of a finding or of a label, and what was found there.
type Found = ((Place, bool), (Location, Trail));

/// Locates drafts anywhere in the run. Each file concerned is read once more, one after the other on
/// each thread, so that no more trees are held than there are threads.
pub(super) fn locate(
    reread: &Reread<'_>,
    files: &[Contribution],
    drafts: Vec<Draft>,
) -> Vec<Finding> {
    let mut wanted: BTreeMap<u32, Vec<(Place, bool)>> = BTreeMap::new();
    for draft in &drafts {
        let labels = draft.labels.iter().map(|(place, _)| (*place, false));
        for (place, is_own) in std::iter::once((draft.place, true)).chain(labels) {
            wanted.entry(place.source).or_default().push((place, is_own));
        }
    }
    let texts = measure::wanted(&drafts);
    let found: Vec<(Vec<Found>, Texts)> = wanted
        .into_par_iter()
        .filter_map(|(number, places)| {
            let none = Contribution::default();
            let names = files.get(number as usize).unwrap_or(&none);
            let tree = reread.tree(number)?;
            let locator = Locator::new(File::of(reread.run, number, &tree, names));
            let locate = |(place, is_own): (Place, bool)| {
                // A label is no part of a fingerprint.
                let trail = if is_own { locator.trail(place) } else { Trail::default() };
                ((place, is_own), (locator.locate(place), trail))
            };
            let located = places.into_iter().map(locate).collect();
            Some((located, measure::texts(reread.run, &tree, number, &texts)))
        })
        .collect();
    let (mut located, mut texts) = (BTreeMap::new(), Texts::new());
    for (places, of_file) in found {
        located.extend(places);
        texts.extend(of_file);
    }
    let judged = drafts.into_iter().filter_map(|draft| {
        // A file that vanished during the run cannot be pointed into any more.
        let (_, trail) = located.get(&(draft.place, true))?;
        let mut draft = measure::judge(draft, &texts)?;
        draft.labels.retain(|(place, _)| located.contains_key(&(*place, false)));
        let find = |place| {
            let is_own = located.contains_key(&(place, true));
            located[&(place, is_own)].0.clone()
        };
        Some(finish(draft, trail.clone(), find))
    });
    judged.collect()
}

fn finish(draft: Draft, trail: Trail, locate: impl Fn(Place) -> Location) -> Finding {
    let location = locate(draft.place);
    let owner = location.record.as_deref().unwrap_or(&location.path);
    let path = match (&location.record, draft.place.record) {
        // Of several records without an id in one file, each is known by its number.
        (None, Some(number @ 1..)) => format!("\u{1f}{number}{}", trail.path),
        _ => trail.path,
    };
    Finding {
        fingerprint: fingerprint(draft.rule, owner, &path, &draft.values),
        identity: Identity {
            pointer: trail.pointer,
            values: values_digest(&draft.values),
            message_id: draft.message_id,
        },
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
    file: File<'t>,
    lines: LineIndex,
    roots: Vec<NodeId>,
    lookup: Lookup<'t>,
    /// By the root, and whether it is that of a record.
    trails: RefCell<HashMap<(NodeId, bool), Trails<'t>>>,
}

impl<'t> Locator<'t> {
    fn new(file: File<'t>) -> Self {
        let roots = file.tree.records().iter().map(|root| root.id()).collect();
        let lines = LineIndex::new(&file.tree.source().text);
        Self { file, lines, roots, lookup: Lookup::default(), trails: RefCell::default() }
    }

    fn locate(&self, place: Place) -> Location {
        let source = self.file.tree.source();
        let names = self.file.names;
        let (record, kind) = place.record.map_or((None, None), |record| names.name_of(record));
        let pointer = self.nodes(place).map(|(node, root)| self.lookup.pointer_from(node, root));
        Location {
            path: source.path.clone(),
            start: self.lines.position(&source.text, place.span.start),
            end: self.lines.position(&source.text, place.span.end),
            record: record.map(str::to_owned),
            kind: kind.map(str::to_owned),
            pointer: pointer.unwrap_or_default(),
        }
    }

    /// The way to a place by the identity of the list items on it.
    fn trail(&self, place: Place) -> Trail {
        let Some((node, root)) = self.nodes(place) else { return Trail::default() };
        let File { tree, catalog, configured, has_records, .. } = self.file;
        let is_record = has_records && place.record.is_some();
        let mut trails = self.trails.borrow_mut();
        let trails = trails.entry((root, is_record)).or_insert_with(|| {
            let root = tree.node(root);
            let choice = catalog.choose(root, configured).ok().filter(|_| is_record);
            let state = choice.and_then(|choice| catalog.state(choice.schema()));
            Trails::new(catalog.graph(), root, state)
        });
        trails.to(node, &self.lookup)
    }

    /// The node of a place, and the root of its record.
    fn nodes(&self, place: Place) -> Option<(NodeRef<'t>, NodeId)> {
        let tree = self.file.tree;
        let root = place.record.and_then(|record| self.roots.get(record as usize).copied());
        let root = root.or_else(|| tree.roots().first().copied())?;
        Some((tree.node_at_index(place.node?.index())?, root))
    }
}
