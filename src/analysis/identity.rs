//! The identity of list items: what a fingerprint has in the place of their indexes, so that it stays while items are
//! inserted, deleted, moved and edited.
//!
//! An item is known by the key that its schema declares for it; else by its declared label, name, heading or start; else by
//! a digest of its scalar members, without the one that the finding is in; else by the longest words of that. Only the
//! items on the way to a finding are looked at, each once.

use std::{
    cell::{Cell, RefCell},
    cmp::Reverse,
    collections::{BTreeSet, HashMap},
    hash::Hasher as _,
    rc::Rc,
};

use siphasher::sip::SipHasher24;

use crate::{
    finding::is_index,
    schema::{
        budget::{Budget, Purpose},
        graph::{Graph, StateId},
    },
    tree::{Lookup, NodeId, NodeRef, escape},
    vocabulary::{
        Arguments, DefinesArguments, ExpectsArguments, IntervalArguments, KeyOptions, Part,
        Pointer, SequenceArguments, SpeakerArguments, TextArguments, TextKind, UniqueArguments,
    },
};

/// Where in a record a finding is, without the indexes of list items.
#[derive(Clone, Debug, Default)]
pub(super) struct Trail {
    /// For the fingerprint: the names of properties, and the identities of list items.
    pub(super) path: String,
    /// The JSON Pointer, with keys in place of indexes where items have keys.
    pub(super) pointer: String,
}

/// Finds the trails in one record.
pub(super) struct Trails<'t> {
    graph: &'t Graph,
    root: NodeRef<'t>,
    /// The state of its schema; none once the schema has cost too much.
    state: Cell<Option<StateId>>,
    budget: Budget,
    /// The states of the nodes on the way, which are costly where a schema has alternatives.
    states: RefCell<HashMap<NodeId, Rc<[StateId]>>>,
    items: RefCell<HashMap<NodeId, Rc<Item>>>,
    /// How many nodes were looked at: what the cost grows with.
    looked: Cell<usize>,
}

/// What is known of one list item.
struct Item {
    /// How the schema says that it is known, and by what.
    declared: Option<(Mark, String)>,
    /// The digest of each of its scalars but the number by which it is counted.
    digests: HashMap<NodeId, u64>,
    /// Their sum, from which that of one can be taken away.
    sum: u64,
    /// What is known of its only scalar, or of the item itself if it is one.
    gist: Option<u64>,
}

/// A longer key, label, name or start counts by its digest, and names nothing.
const LONGEST: usize = 200;

/// By what an item is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    /// A key of one value, by which a pointer can name it.
    Key,
    /// A key of several values.
    Keys,
    /// What its schema says that it is called.
    Name,
    /// When it begins.
    Start,
    /// The digest of its scalars.
    Digest,
    /// The gist of the value found, where there is nothing else.
    Value,
}

impl Mark {
    const fn letter(self) -> char {
        match self {
            Self::Key | Self::Keys => 'k',
            Self::Name => 'n',
            Self::Start => 's',
            Self::Digest => 'd',
            Self::Value => 'v',
        }
    }
}

impl<'t> Trails<'t> {
    pub(super) fn new(graph: &'t Graph, root: NodeRef<'t>, state: Option<StateId>) -> Self {
        Self {
            graph,
            root,
            state: Cell::new(state),
            budget: Budget::of(root, Purpose::Facts),
            states: RefCell::default(),
            items: RefCell::default(),
            looked: Cell::default(),
        }
    }

    /// The trail from the root to `node`.
    pub(super) fn to(&self, node: NodeRef<'t>, lookup: &Lookup<'t>) -> Trail {
        if self.state.get().is_some() {
            if let Ok(trail) = self.budget.part(|budget| self.walk(node, lookup, budget)) {
                return trail;
            }
            // What was learned last cannot be used, and a rule reports the schema.
            self.state.set(None);
            self.states.borrow_mut().clear();
            self.items.borrow_mut().clear();
        }
        self.walk(node, lookup, &self.budget)
    }

    fn walk(&self, node: NodeRef<'t>, lookup: &Lookup<'t>, budget: &Budget) -> Trail {
        let way = way(node, self.root);
        let mut trail = Trail::default();
        let mut states = self.step(self.root, budget, |_, out| out.extend(self.state.get()));
        for (at, pair) in way.windows(2).enumerate() {
            let [parent, child] = [pair[0], pair[1]];
            if parent.is_object() {
                let key = if child.is_key() { Some(child) } else { child.key() };
                let name = key.and_then(NodeRef::as_str).unwrap_or_default();
                let token = escape(name);
                trail.path = trail.path + "/" + &token;
                trail.pointer = trail.pointer + "/" + &token;
                if !child.is_key() {
                    states = self.step(child, budget, |graph, out| {
                        for state in states.iter() {
                            graph.member(*state, name, out, 0);
                        }
                    });
                }
            } else {
                let index = lookup.position(parent, child).unwrap_or_default();
                let lists = states;
                states = self.step(child, budget, |graph, out| {
                    for state in lists.iter() {
                        graph.element(*state, index, child, out, 0, budget);
                    }
                });
                let item = self.item(child, &way[..=at], (&lists, &states), budget);
                let (mark, text) = item.identity(way.get(at + 2).copied());
                trail.path.extend(['/', '\u{1f}', mark.letter()]);
                trail.path += &text;
                let named = mark == Mark::Key && !text.is_empty() && !is_index(&text);
                let token = if named { escape(&text) } else { index.to_string() };
                trail.pointer = trail.pointer + "/" + &token;
            }
        }
        trail
    }

    /// The states of a node, which `enter` finds by those of its parent.
    fn step(
        &self,
        node: NodeRef<'t>,
        budget: &Budget,
        enter: impl FnOnce(&Graph, &mut Vec<StateId>),
    ) -> Rc<[StateId]> {
        if let Some(states) = self.states.borrow().get(&node.id()) {
            return Rc::clone(states);
        }
        self.count();
        let mut states = Vec::new();
        enter(self.graph, &mut states);
        self.graph.expand(node, &mut states, 0, budget);
        let states: Rc<[StateId]> = states.into();
        self.states.borrow_mut().insert(node.id(), Rc::clone(&states));
        states
    }

    fn count(&self) {
        self.looked.set(self.looked.get() + 1);
    }

    /// What is known of an item of the last node of `way`, which has the states `lists`.
    fn item(
        &self,
        node: NodeRef<'t>,
        way: &[NodeRef<'t>],
        (lists, states): (&[StateId], &[StateId]),
        budget: &Budget,
    ) -> Rc<Item> {
        if let Some(item) = self.items.borrow().get(&node.id()) {
            return Rc::clone(item);
        }
        let words = self.words(lists);
        let sequences: Vec<&Pointer> = words
            .iter()
            .filter_map(|word| Some(&word.get::<SequenceArguments>()?.by.pointer))
            .collect();
        let declared = self
            .key_in_list(node, way, &words, &sequences)
            .or_else(|| self.key_or_name(node, states, budget));
        let numbers: Vec<NodeId> =
            sequences.iter().filter_map(|by| by.find(node)).map(NodeRef::id).collect();
        let (mut digests, mut sum) = (HashMap::new(), 0_u64);
        for (name, value) in children(node).filter(|(_, value)| !numbers.contains(&value.id())) {
            self.count();
            if let Some(digest) = digest(name, value) {
                digests.insert(value.id(), digest);
                sum = sum.wrapping_add(digest);
            }
        }
        let declared = declared.map(shortened);
        let only =
            children(node).map(|(_, value)| value).filter(|one| digests.contains_key(&one.id()));
        let only = if digests.len() <= 1 { only.chain([node]).find_map(gist) } else { None };
        let item = Rc::new(Item { declared, digests, sum, gist: only });
        self.items.borrow_mut().insert(node.id(), Rc::clone(&item));
        item
    }

    /// The arguments of the keywords that apply in some states, each once. What an item is known by does not depend on
    /// their conditions.
    fn words(&self, states: &[StateId]) -> Vec<&'t dyn Arguments> {
        let notes: BTreeSet<_> =
            states.iter().flat_map(|state| self.graph.notes_of(*state)).copied().collect();
        notes.into_iter().map(|note| self.graph.note(note).arguments.as_ref()).collect()
    }

    /// The key that the list declares for its items, or an object above for those of this list. A number that is counted
    /// is none: it says where in the list the item is.
    fn key_in_list(
        &self,
        node: NodeRef<'t>,
        way: &[NodeRef<'t>],
        words: &[&'t dyn Arguments],
        sequences: &[&Pointer],
    ) -> Option<(Mark, String)> {
        let (list, above) = way.split_last()?;
        let is_key = |by: &&Vec<Part>| !matches!(by.as_slice(), [only] if sequences.contains(&&only.pointer));
        let unique = |word: &&'t dyn Arguments| {
            let unique = word.get::<UniqueArguments>();
            // A text that may not appear twice is not the key of its item.
            unique.filter(|unique| !unique.is_among_records && unique.names_items())
        };
        let own = words.iter().filter_map(unique);
        let own = own.filter(|unique| unique.lists.is_empty()).map(|unique| &unique.by);
        let from_above = above.iter().flat_map(|object| {
            let states = self.states.borrow().get(&object.id()).cloned();
            let words = states.map_or_else(Vec::new, |states| self.words(&states));
            words.into_iter().filter_map(move |word| {
                let unique = word.get::<UniqueArguments>().filter(|unique| unique.names_items())?;
                let is_here = |pointer: &Pointer| {
                    pointer.find(*object).is_some_and(|found| found.id() == list.id())
                };
                unique.lists.iter().any(is_here).then_some(&unique.by)
            })
        });
        let mut keys = own.chain(from_above).flatten().filter(is_key);
        keys.find_map(|parts| key(node, parts))
    }

    /// The key, the name or the start that the item declares.
    fn key_or_name(
        &self,
        node: NodeRef<'t>,
        states: &[StateId],
        budget: &Budget,
    ) -> Option<(Mark, String)> {
        let words = self.words(states);
        let defined = words.iter().find_map(|word| defined(node, *word));
        if defined.is_some() {
            return defined;
        }
        let (key, heading) = self.in_members(node, states, budget);
        let interval = |word: &&'t dyn Arguments| word.get::<IntervalArguments>();
        let labels = words.iter().filter_map(|word| {
            let label = interval(word).map(|interval| &interval.label);
            label.or_else(|| Some(&word.get::<ExpectsArguments>()?.label))?.as_ref()
        });
        let names = words.iter().filter_map(|word| {
            let speaker = word.get::<SpeakerArguments>()?;
            Some(speaker.name.iter().chain(&speaker.role).chain(&speaker.delegation))
        });
        let names = labels.chain(names.flatten());
        let starts = words.iter().filter_map(interval);
        let starts = starts.filter_map(|interval| Some(&interval.start.as_ref()?.pointer));
        let text = |pointer: &Pointer| text(pointer.find(node)?);
        let name = || names.map(text).find_map(|name| Some((Mark::Name, name?)));
        let start = || starts.map(text).find_map(|start| Some((Mark::Start, start?)));
        key.or_else(name).or_else(|| heading.map(|heading| (Mark::Name, heading))).or_else(start)
    }

    /// The key that a member of the item defines, and the one short line among its members.
    fn in_members(
        &self,
        node: NodeRef<'t>,
        states: &[StateId],
        budget: &Budget,
    ) -> (Option<(Mark, String)>, Option<String>) {
        let (mut key, mut lines) = (None, Vec::new());
        for (name, value) in node.members().filter(|(_, value)| value.scalar_text().is_some()) {
            let name = name.as_str().unwrap_or_default();
            let states = self.step(value, budget, |graph, out| {
                for state in states {
                    graph.member(*state, name, out, 0);
                }
            });
            for word in self.words(&states) {
                key = key.or_else(|| defined(value, word));
                if word.get::<TextArguments>().is_some_and(|text| text.kind == TextKind::Line) {
                    lines.extend(text(value));
                }
            }
        }
        let only = if lines.len() == 1 { lines.pop() } else { None };
        (key, only)
    }
}

impl Item {
    /// What the item is known by, for a finding that is in its child `found`.
    fn identity(&self, found: Option<NodeRef<'_>>) -> (Mark, String) {
        if let Some((mark, text)) = &self.declared {
            return (*mark, text.clone());
        }
        // A finding at a key is about what the key has.
        let value = |found: NodeRef<'_>| {
            let after = found.tree().node_at_index(found.id().index() + 1);
            if found.is_key() { after.map(NodeRef::id) } else { Some(found.id()) }
        };
        let taken = found.and_then(value).and_then(|id| self.digests.get(&id).copied());
        let others = self.digests.len() - usize::from(taken.is_some());
        match self.gist.filter(|_| others == 0) {
            Some(gist) => (Mark::Value, hex(gist)),
            None => (Mark::Digest, hex(self.sum.wrapping_sub(taken.unwrap_or_default()))),
        }
    }
}

/// The nodes from the root of the record to a node, both included.
fn way<'t>(node: NodeRef<'t>, root: NodeRef<'t>) -> Vec<NodeRef<'t>> {
    let mut way = vec![node];
    let mut last = node;
    while let Some(parent) = last.parent().filter(|_| last.id() != root.id()) {
        way.push(parent);
        last = parent;
    }
    way.reverse();
    way
}

/// A text that is too long to be written again for each finding below it.
fn shortened((mark, text): (Mark, String)) -> (Mark, String) {
    if text.len() <= LONGEST {
        return (mark, text);
    }
    let mut hasher = SipHasher24::new();
    hasher.write(text.as_bytes());
    (if mark == Mark::Key { Mark::Keys } else { mark }, hex(hasher.finish()))
}

/// The members or the elements of an item, with the names of members.
fn children(node: NodeRef<'_>) -> impl Iterator<Item = (&str, NodeRef<'_>)> {
    let members = node.members().map(|(key, value)| (key.as_str().unwrap_or_default(), value));
    members.chain(node.elements().map(|element| ("", element)))
}

/// The key that the keyword defines for a node, unless other records may have the same.
fn defined(node: NodeRef<'_>, word: &dyn Arguments) -> Option<(Mark, String)> {
    let defined = &word.get::<DefinesArguments>()?.0;
    if defined.options.has(KeyOptions::SHARED) { None } else { key(node, &defined.key) }
}

/// The key that is made of these values of a node; none where one is missing.
fn key(node: NodeRef<'_>, parts: &[Part]) -> Option<(Mark, String)> {
    let texts: Vec<String> =
        parts.iter().map(|part| text(part.pointer.find(node)?)).collect::<Option<_>>()?;
    match texts.as_slice() {
        [] => None,
        [only] => Some((Mark::Key, only.clone())),
        _ => Some((Mark::Keys, texts.join("\u{1f}"))),
    }
}

/// The text of a scalar, in which runs of spaces make no difference: they change when a file is formatted.
fn text(node: NodeRef<'_>) -> Option<String> {
    let words: Vec<&str> = node.scalar_text()?.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// The digest of a scalar under a name; none where there is nothing to read.
fn digest(name: &str, value: NodeRef<'_>) -> Option<u64> {
    let text = text(value)?;
    let mut hasher = SipHasher24::new();
    hasher.write(&(name.len() as u64).to_le_bytes());
    hasher.write(name.as_bytes());
    hasher.write(text.as_bytes());
    Some(hasher.finish())
}

/// The digest of the three longest words of a text: they stay when another word of a long text is corrected.
fn gist(node: NodeRef<'_>) -> Option<u64> {
    let text = node.scalar_text()?.to_lowercase();
    let words: BTreeSet<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut words: Vec<&str> = words.into_iter().collect();
    words.sort_by_key(|word| Reverse(word.chars().count()));
    words.truncate(3);
    words.sort_unstable();
    let mut hasher = SipHasher24::new();
    for word in words {
        hasher.write(word.as_bytes());
    }
    Some(hasher.finish())
}

fn hex(digest: u64) -> String {
    format!("{digest:016x}")
}

#[cfg(test)]
mod tests;
