//! Extraction: walks a record along the schema graph and takes its facts.

use std::borrow::Cow;

use crate::{
    schema::{
        budget::{Budget, Purpose, Spent},
        graph::{Condition, Graph, StateId},
    },
    sources::SourceId,
    tree::NodeRef,
    vocabulary::{Collector, Context, NoteId, Record, bare},
};

/// Takes the facts of the record `root`, whose schema has the state `state` in `graph`. `source` and
/// `record` number the record's places in the run.
#[must_use]
pub fn extract<'t>(
    graph: &'t Graph,
    state: StateId,
    root: NodeRef<'t>,
    source: SourceId,
    record: u32,
) -> Record<'t> {
    extract_in(graph, &[state], root, source, record)
}

/// The same in several states.
#[must_use]
pub fn extract_in<'t>(
    graph: &'t Graph,
    states: &[StateId],
    root: NodeRef<'t>,
    source: SourceId,
    record: u32,
) -> Record<'t> {
    let taken = Budget::run(root, Purpose::Facts, |budget| {
        let collector = Collector::new(root, source, record);
        let mut walker = Walker { graph, budget, states: states.to_vec(), collector };
        walker.visit(root, 0, 0);
        walker.collector.finish()
    });
    match taken {
        Ok(record) => record,
        Err(Spent) => {
            let mut record = bare(root, source, record);
            record.is_complete = false;
            record
        }
    }
}

struct Walker<'t, 'b> {
    graph: &'t Graph,
    /// What deciding between alternatives may cost.
    budget: &'b Budget,
    /// The states of the nodes on the way down; each visit uses the end of it.
    states: Vec<StateId>,
    collector: Collector<'t>,
}

impl<'t> Walker<'t, '_> {
    /// Visits `node`, whose states are `self.states[from..]`, and all below it. Those of the node that it is in are
    /// `self.states[above..from]`. Depth is bounded by the parsers.
    fn visit(&mut self, node: NodeRef<'t>, above: usize, from: usize) {
        self.graph.expand(node, &mut self.states, from, self.budget);
        let mark = self.collector.count();
        let outer = self.take_notes(node, above, from);
        let end = self.states.len();
        if node.is_object() {
            for (name, value) in node.members() {
                let Some(name) = name.as_str() else { continue };
                for at in from..end {
                    self.graph.member(self.states[at], name, &mut self.states, end);
                }
                self.descend(value, from, end);
            }
        } else if node.is_array() {
            for (index, element) in node.elements().enumerate() {
                for at in from..end {
                    let (state, states) = (self.states[at], &mut self.states);
                    self.graph.element(state, index, element, states, end, self.budget);
                }
                self.descend(element, from, end);
            }
        }
        if let Some(outer) = outer {
            while let Some((at, note)) = self.collector.next_open(mark) {
                self.graph.note(note).arguments.complete(at, mark, &mut self.collector);
            }
            self.collector.restore(outer);
        }
    }

    fn descend(&mut self, node: NodeRef<'t>, above: usize, from: usize) {
        if self.states.len() > from {
            self.visit(node, above, from);
        }
        self.states.truncate(from);
    }

    /// Takes what the keywords say of the node itself; what was handed down to it, if any keyword says something of it.
    fn take_notes(&mut self, node: NodeRef<'t>, above: usize, from: usize) -> Option<Context<'t>> {
        let notes = self.notes(node, from);
        if notes.is_empty() {
            return None;
        }
        let graph = self.graph;
        // The context of a node holds for its own facts as well, whatever the order of the keywords.
        let outer = self.collector.context();
        for id in &*notes {
            graph.note(*id).arguments.enter(node, &mut self.collector);
        }
        let mark = self.collector.count();
        for id in &*notes {
            self.collector.set_note(*id);
            graph.note(*id).arguments.take(node, &mut self.collector);
        }
        self.collector.enter_interval(mark);
        let (graph, states) = (self.graph, &self.states);
        self.collector.mark_required(mark, |value| {
            let is_node = value.id() == node.id();
            let states = if is_node { &states[above..from] } else { &states[from..] };
            let name = value.key().and_then(NodeRef::as_str);
            let is_member =
                is_node || value.parent().is_some_and(|parent| parent.id() == node.id());
            is_member
                && name.is_some_and(|name| states.iter().any(|state| graph.requires(*state, name)))
        });
        Some(outer)
    }

    /// The keywords that count on a node, in their order, each once. Most often they are just those of one state.
    fn notes(&self, node: NodeRef<'t>, from: usize) -> Cow<'t, [NoteId]> {
        let mut with_notes = self.states[from..]
            .iter()
            .map(|state| self.graph.notes_of(*state))
            .filter(|one| !one.is_empty());
        let Some(first) = with_notes.next() else { return Cow::Borrowed(&[]) };
        let mut notes = Cow::Borrowed(first);
        for more in with_notes {
            notes.to_mut().extend(more);
        }
        if let Cow::Owned(notes) = &mut notes {
            notes.sort_unstable();
            notes.dedup();
        }
        let is_free = |id: &NoteId| matches!(self.graph.note(*id).when, Condition::Always);
        if !notes.iter().all(is_free) {
            notes.to_mut().retain(|id| self.graph.note(*id).when.holds(node, self.budget));
        }
        notes
    }
}
