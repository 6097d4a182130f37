//! Extraction: walks a record along the schema graph and takes its facts.

use crate::{
    schema::{
        budget::{Budget, Purpose, Spent},
        graph::{Graph, StateId},
    },
    sources::SourceId,
    tree::NodeRef,
    vocabulary::{NoteId, Record, Taker, bare},
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
    let taken = Budget::run(root, Purpose::Facts, |budget| {
        let taker = Taker::new(root, source, record);
        let mut walker = Walker { graph, budget, states: vec![state], taker };
        walker.visit(root, 0);
        walker.taker.finish()
    });
    match taken {
        Ok(record) => record,
        Err(Spent) => Record { is_complete: false, ..bare(root, source, record) },
    }
}

struct Walker<'t, 'b> {
    graph: &'t Graph,
    /// What deciding between alternatives may cost.
    budget: &'b Budget,
    /// The states of the nodes on the way down; each visit uses the end of it.
    states: Vec<StateId>,
    taker: Taker<'t>,
}

impl<'t> Walker<'t, '_> {
    /// Visits `node`, whose states are `self.states[from..]`, and all below it. Depth is bounded by the
    /// parsers.
    fn visit(&mut self, node: NodeRef<'t>, from: usize) {
        self.graph.expand(node, &mut self.states, from, self.budget);
        let outer = self.taker.context();
        let mark = self.taker.count();
        self.take_notes(node, from);
        let end = self.states.len();
        if node.is_object() {
            for (name, value) in node.members() {
                let Some(name) = name.as_str() else { continue };
                for at in from..end {
                    self.graph.member(self.states[at], name, &mut self.states, end);
                }
                self.descend(value, end);
            }
        } else if node.is_array() {
            for (index, element) in node.elements().enumerate() {
                for at in from..end {
                    let (state, states) = (self.states[at], &mut self.states);
                    self.graph.element(state, index, element, states, end, self.budget);
                }
                self.descend(element, end);
            }
        }
        while let Some((at, note)) = self.taker.next_open(mark) {
            self.graph.note(note).arguments.complete(at, mark, &mut self.taker);
        }
        self.taker.restore(outer);
    }

    fn descend(&mut self, node: NodeRef<'t>, from: usize) {
        if self.states.len() > from {
            self.visit(node, from);
        }
        self.states.truncate(from);
    }

    fn take_notes(&mut self, node: NodeRef<'t>, from: usize) {
        let mut notes: Vec<NoteId> = Vec::new();
        for state in &self.states[from..] {
            notes.extend(self.graph.notes_of(*state));
        }
        if notes.is_empty() {
            return;
        }
        notes.sort_unstable();
        notes.dedup();
        notes.retain(|id| self.graph.note(*id).when.holds(node, self.budget));
        // The context of a node holds for its own facts as well, whatever the order of the keywords.
        for id in &notes {
            self.graph.note(*id).arguments.enter(node, &mut self.taker);
        }
        let mark = self.taker.count();
        for id in notes {
            self.taker.set_note(id);
            self.graph.note(id).arguments.take(node, &mut self.taker);
        }
        self.taker.enter_interval(mark);
    }
}
