//! Turns the places of drafts into locations that people and programs find.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use rayon::prelude::*;

use super::{
    Analysis, Reread,
    identity::{Trail, Trails},
    measure::{self, Compared, Pair},
    project_rules::Words,
};
use crate::{
    finding::{
        Correction, Draft, Edit, Finding, Identity, Label, Likeness, Location, Place, RuleId,
        fingerprint, values_digest,
    },
    schema::{Catalog, SchemaId},
    source::{LineIndex, Position, Source},
    sources::SourceId,
    tree::{Lookup, NodeId, NodeRef, Tree},
};

/// The id and the kind of a record of a file, by its number.
pub(super) type Name<'n> = dyn Fn(u32) -> (Option<&'n str>, Option<&'n str>) + 'n;

/// A file, to locate drafts in.
pub(super) struct File<'t> {
    tree: &'t Tree,
    name: &'t Name<'t>,
    catalog: &'t Catalog,
    /// The schema that the configuration gives to its records.
    configured: Option<SchemaId>,
    /// Whether it holds records; the others are schemas, the configuration and the baseline.
    has_records: bool,
}

impl<'t> File<'t> {
    /// The source of this name, its tree, and how its records are called.
    pub(super) fn of(
        analysis: &'t Analysis<'_>,
        id: SourceId,
        tree: &'t Tree,
        name: &'t Name<'t>,
    ) -> Self {
        let input = analysis.sources.input(id);
        let configured = input.and_then(|input| analysis.configured_schema(input));
        let catalog = &analysis.catalog;
        Self { tree, name, catalog, configured, has_records: input.is_some() }
    }
}

/// Locates drafts that are in one file alone, whose tree is at hand.
pub(super) fn locate_in(
    locator: &Locator<'_>,
    words: &Words<'_>,
    drafts: Vec<Draft>,
) -> Vec<Finding> {
    let finished = drafts.into_iter().map(|mut draft| {
        if words.has(&draft) {
            let message = words.message(draft.rule, locator.nodes(draft.place));
            words.put(&mut draft, message);
        }
        let trail = locator.trail(draft.place);
        finish(draft, trail, |place| locator.locate(place))
    });
    finished.collect()
}

/// A place, and whether it is that of a finding or of a label, which is no part of a fingerprint.
type Wanted = (Place, bool);

/// What was found at the places of one source.
type Places = HashMap<Wanted, (Location, Trail)>;

/// What the rules of the project say at places.
type Messages = HashMap<(Place, RuleId), String>;

/// The places that were found in the sources as they are now, so that a source is not read again for each edit of another.
#[derive(Debug, Default)]
pub(super) struct Located {
    places: Mutex<HashMap<SourceId, Places>>,
    messages: Mutex<HashMap<SourceId, Messages>>,
    /// The texts that were compared.
    compared: Mutex<HashMap<Pair, Option<Compared>>>,
    /// The sources that a report has.
    sources: Mutex<HashMap<SourceId, Arc<Source>>>,
}

impl Located {
    /// Forgets what was found in a source that has changed.
    pub(super) fn forget(&self, id: SourceId) {
        lock(&self.places).remove(&id);
        lock(&self.messages).remove(&id);
        lock(&self.sources).remove(&id);
        lock(&self.compared).retain(|pair, _| pair.iter().all(|(source, _)| *source != id));
    }

    /// A source that is kept.
    pub(super) fn source(&self, id: SourceId) -> Option<Arc<Source>> {
        lock(&self.sources).get(&id).cloned()
    }

    pub(super) fn keep_source(&self, id: SourceId, source: &Arc<Source>) {
        lock(&self.sources).insert(id, Arc::clone(source));
    }

    /// The drafts as findings. Each source with a place that is not known is read once more, one after the other on each
    /// thread, so that no more trees are held than there are threads.
    pub(super) fn locate(
        &self,
        analysis: &Analysis<'_>,
        drafts: Vec<Draft>,
        reread: &Reread<'_>,
    ) -> Vec<Finding> {
        let mut places = lock(&self.places);
        let mut compared = lock(&self.compared);
        let mut messages = lock(&self.messages);
        let words = Words::of(&analysis.active);
        let mut wanted: BTreeMap<SourceId, BTreeSet<Wanted>> = BTreeMap::new();
        let mut worded: BTreeMap<SourceId, BTreeSet<(Place, RuleId)>> = BTreeMap::new();
        for draft in &drafts {
            if words.has(draft) {
                let (source, wording) = (draft.place.source, (draft.place, draft.rule));
                if messages.get(&source).is_none_or(|known| !known.contains_key(&wording)) {
                    worded.entry(source).or_default().insert(wording);
                    wanted.entry(source).or_default();
                }
            }
            let labels = draft.labels.iter().map(|(place, _)| (*place, false));
            let replaced = draft.replacement.iter().map(|one| (one.place, false));
            for one in std::iter::once((draft.place, true)).chain(labels).chain(replaced) {
                let known = places.get(&one.0.source);
                if known.is_none_or(|known| !known.contains_key(&one)) {
                    wanted.entry(one.0.source).or_default().insert(one);
                }
            }
        }
        let judges: BTreeMap<Pair, Likeness> = drafts
            .iter()
            .filter_map(|draft| draft.likeness.map(|one| (one.records, one)))
            .filter(|(pair, _)| !compared.contains_key(pair))
            .collect();
        let mut records: BTreeMap<SourceId, BTreeSet<u32>> = BTreeMap::new();
        for (source, record) in judges.keys().flatten() {
            records.entry(*source).or_default().insert(*record);
            wanted.entry(*source).or_default();
        }
        let found: Vec<_> = wanted
            .into_par_iter()
            .map(|(id, places)| {
                let Some(tree) = reread.tree(id) else {
                    return (id, lost(analysis, id, places), Texts::default());
                };
                let name = |record| analysis.corpus.name_of(id, record);
                let locator = Locator::new(File::of(analysis, id, &tree, &name));
                let locate = |(place, is_own): Wanted| {
                    let trail = if is_own { locator.trail(place) } else { Trail::default() };
                    ((place, is_own), (locator.locate(place), trail))
                };
                let located = places.into_iter().map(locate).collect::<Places>();
                let texts = records.get(&id).map(|of| measure::texts(analysis, &tree, id, of));
                let message = |(place, rule): &(Place, RuleId)| {
                    let message = words.message(*rule, locator.nodes(*place))?;
                    Some(((*place, *rule), message))
                };
                let messages = worded.get(&id).into_iter().flatten().filter_map(message);
                let messages = messages.collect();
                (id, located, Texts { compared: texts.unwrap_or_default(), messages })
            })
            .collect();
        let mut texts = measure::Texts::new();
        for (id, located, of_file) in found {
            places.entry(id).or_default().extend(located);
            texts.extend(of_file.compared);
            messages.entry(id).or_default().extend(of_file.messages);
        }
        compared.extend(compare(analysis, &judges, &texts, reread));
        let mut drafts = drafts;
        for draft in drafts.iter_mut().filter(|draft| words.has(draft)) {
            let known = messages.get(&draft.place.source);
            let message = known.and_then(|known| known.get(&(draft.place, draft.rule)));
            words.put(draft, message.cloned());
        }
        compose(drafts, &places, &compared)
    }
}

/// What was read in one source beside places.
#[derive(Default)]
struct Texts {
    compared: measure::Texts,
    messages: Messages,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A thread that panicked while it held the lock had put in nothing, or all of it.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Compares the texts of pairs. The sources of those that are reported are read once more, one after the other on each thread.
fn compare(
    analysis: &Analysis<'_>,
    judges: &BTreeMap<Pair, Likeness>,
    texts: &measure::Texts,
    reread: &Reread<'_>,
) -> BTreeMap<Pair, Option<Compared>> {
    let mut compared: BTreeMap<Pair, Option<Compared>> =
        judges.keys().map(|pair| (*pair, measure::compare(*pair, texts))).collect();
    let mut wanted: BTreeMap<SourceId, measure::Wanted> = BTreeMap::new();
    for (pair, judge) in judges {
        let one = compared.get(pair).and_then(Option::as_ref);
        let Some(spans) = one.and_then(|one| one.spans(*judge)) else { continue };
        for ((source, record), span) in pair.iter().zip(spans) {
            wanted.entry(*source).or_default().entry(*record).or_default().insert(span);
        }
    }
    let found: Vec<measure::Passages> = wanted
        .into_par_iter()
        .filter_map(|(id, wanted)| {
            let tree = reread.tree(id)?;
            let name = |record| analysis.corpus.name_of(id, record);
            let locator = Locator::new(File::of(analysis, id, &tree, &name));
            let locate = |place| locator.locate(place);
            Some(measure::passages(analysis, (&tree, id), wanted, locate))
        })
        .collect();
    let passages: measure::Passages = found.into_iter().flatten().collect();
    for (pair, one) in &mut compared {
        if let Some(one) = one {
            one.set_passages(*pair, &passages);
        }
    }
    compared
}

/// The drafts with what is known of their places.
fn compose(
    drafts: Vec<Draft>,
    places: &HashMap<SourceId, Places>,
    compared: &HashMap<Pair, Option<Compared>>,
) -> Vec<Finding> {
    let find = |wanted: Wanted| places.get(&wanted.0.source)?.get(&wanted);
    let judged = drafts.into_iter().filter_map(|draft| {
        let (mut draft, passages) = measure::judge(draft, compared)?;
        let (location, trail) = find((draft.place, true))?;
        if location.end.line == 0 {
            let help =
                "the file has changed since it was checked, so the place is not known; check again";
            draft.help = Some(help.to_owned());
        }
        let (own, trail) = (draft.place, trail.clone());
        let locate = |place| {
            let found = find((place, place == own)).or_else(|| find((place, true)));
            found.map_or_else(|| location.clone(), |(location, _)| location.clone())
        };
        let mut finding = finish(draft, trail, locate);
        finding.labels.extend(passages);
        Some(finding)
    });
    judged.collect()
}

/// The places in a source that cannot be read again, or is no longer what was checked: only the record is known.
fn lost(analysis: &Analysis<'_>, id: SourceId, places: BTreeSet<Wanted>) -> Places {
    let locate = |wanted: Wanted| {
        let names = wanted.0.record.map(|record| analysis.corpus.name_of(id, record));
        let (record, kind) = names.unwrap_or_default();
        let location = Location {
            path: analysis.sources.path(id).to_owned(),
            start: Position { line: 1, column: 1, offset: 0 },
            end: Position { line: 0, column: 0, offset: 0 },
            record: record.map(str::to_owned),
            kind: kind.map(str::to_owned),
            pointer: String::new(),
        };
        (wanted, (location, Trail::default()))
    };
    places.into_iter().map(locate).collect()
}

fn finish(draft: Draft, trail: Trail, locate: impl Fn(Place) -> Location) -> Finding {
    let mut location = locate(draft.place);
    let start = location.start;
    location.end = location.end.max(start);
    let owner = location.record.as_deref().unwrap_or(&location.path);
    let path = match (&location.record, draft.place.record) {
        // Of several records without an id in one file, each is known by its number.
        (None, Some(number @ 1..)) => format!("\u{1f}{number}{}", trail.path),
        _ => trail.path,
    };
    let label = |(place, text): (Place, String)| {
        let mut location = locate(place);
        location.end = location.end.max(location.start);
        Label { location, text }
    };
    let correction = draft.replacement.map(|replacement| {
        let Location { start, end, .. } = locate(replacement.place);
        let (title, applicability) = (replacement.title(), replacement.applicability);
        Correction {
            title,
            applicability,
            edits: vec![Edit { start, end, text: replacement.text }],
        }
    });
    Finding {
        fingerprint: fingerprint(&draft.rule, owner, &path, &draft.values),
        identity: Identity {
            pointer: trail.pointer,
            values: values_digest(&draft.values),
            message_id: draft.message_id,
        },
        rule: draft.rule,
        family: draft.family,
        severity: draft.severity,
        message: draft.message,
        labels: draft.labels.into_iter().map(label).collect(),
        location,
        help: draft.help,
        corrections: correction.into_iter().collect(),
        count: 1,
        suppression: None,
    }
}

/// Finds places in one file.
pub(super) struct Locator<'t> {
    file: File<'t>,
    lines: LineIndex,
    roots: Vec<NodeId>,
    lookup: Lookup<'t>,
    /// By the root, and whether it is that of a record.
    trails: RefCell<HashMap<(NodeId, bool), Trails<'t>>>,
}

impl<'t> Locator<'t> {
    pub(super) fn new(file: File<'t>) -> Self {
        let roots = file.tree.records().iter().map(|root| root.id()).collect();
        let lines = LineIndex::new(&file.tree.source().text);
        Self { file, lines, roots, lookup: Lookup::default(), trails: RefCell::default() }
    }

    fn locate(&self, place: Place) -> Location {
        let source = self.file.tree.source();
        let (record, kind) = place.record.map_or((None, None), |record| (self.file.name)(record));
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
