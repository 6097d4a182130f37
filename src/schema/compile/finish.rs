//! What is worked out once all states are there: which are live, when branches hold, how the values that
//! arguments point at are written, and which arguments point nowhere.

use std::collections::BTreeMap;

use super::{BuildValidator, Compiler, Misuse};
use crate::schema::{
    graph::{Branch, Guard, Note, NoteId, State, StateId},
    vocabulary::{Form, Pointer, Word, WordError},
};

impl Compiler<'_> {
    /// A state is live if it has a note or leads to a live state; found backwards, from those with a note.
    pub(super) fn find_live(&mut self) {
        let mut sources: Vec<Vec<usize>> = vec![Vec::new(); self.graph.states.len()];
        for (at, state) in self.graph.states.iter().enumerate() {
            for target in targets(state) {
                sources[target.0 as usize].push(at);
            }
        }
        let states = self.graph.states.iter().enumerate();
        let mut live: Vec<usize> =
            states.filter(|(_, state)| !state.notes.is_empty()).map(|(at, _)| at).collect();
        while let Some(at) = live.pop() {
            if !std::mem::replace(&mut self.graph.states[at].live, true) {
                live.append(&mut sources[at]);
            }
        }
    }

    pub(super) fn build_guards(&mut self, validator: &BuildValidator<'_>) {
        let live: Vec<bool> = self.graph.states.iter().map(|state| state.live).collect();
        let is_live = |state: &Option<StateId>| state.is_some_and(|state| live[state.0 as usize]);
        let build = |guard: &mut Guard| {
            guard.validator = validator(&serde_json::json!({ "$ref": guard.location }));
        };
        for branch in self.graph.states.iter_mut().flat_map(|state| &mut state.branches) {
            match branch {
                Branch::Alternatives(all) => {
                    // One live alternative needs to know of the others whether any of them holds.
                    if all.iter().any(|alternative| is_live(&Some(alternative.state))) {
                        for alternative in all.iter_mut() {
                            build(&mut alternative.guard);
                        }
                    }
                }
                Branch::Conditional { guard, holds, then, otherwise } => {
                    if [holds, then, otherwise].into_iter().any(|state| is_live(state)) {
                        build(guard);
                    }
                }
                Branch::Contains { guard, state } => {
                    if is_live(&Some(*state)) {
                        build(guard);
                    }
                }
                Branch::Dependent { .. } => {}
            }
        }
    }

    /// Finds the `x-form` of every value that an argument points at.
    pub(super) fn find_forms(&mut self) {
        let mut forms: BTreeMap<(NoteId, usize), Form> = BTreeMap::new();
        for (at, state) in self.graph.states.iter().enumerate() {
            for note in &state.notes {
                let mut word = self.graph.note(*note).word.clone();
                let from = StateId(at as u32);
                let starts: Vec<StateId> = match &word {
                    Word::Unique { lists, .. } if !lists.is_empty() => {
                        let lists = lists.iter().flat_map(|list| self.graph.lookup(from, list));
                        lists.filter_map(|list| self.graph.state(list).items).collect()
                    }
                    Word::Unique { .. } | Word::Sequence(_) => {
                        self.graph.state(from).items.into_iter().collect()
                    }
                    _ => vec![from],
                };
                for (index, part) in word.parts_mut().into_iter().enumerate() {
                    let form = starts.iter().find_map(|start| self.form_at(*start, &part.pointer));
                    if let Some(form) = form {
                        forms.entry((*note, index)).or_insert(form);
                    }
                }
            }
        }
        for ((note, index), form) in forms {
            if let Some(part) = self.graph.notes[note.0 as usize].word.parts_mut().get_mut(index) {
                part.form = form;
            }
        }
    }

    fn form_at(&self, start: StateId, pointer: &Pointer) -> Option<Form> {
        let states = self.graph.lookup(start, pointer);
        let notes = states.iter().flat_map(|state| self.graph.notes_of(*state));
        notes.into_iter().find_map(|note| match &self.graph.note(*note).word {
            Word::Form(form) => Some(*form),
            _ => None,
        })
    }

    /// A pointer to a property that no schema knows yields nothing, silently; so it is reported.
    pub(super) fn check_pointers(&mut self) {
        let mut lost: BTreeMap<NoteId, bool> = BTreeMap::new();
        for (at, state) in self.graph.states.iter().enumerate() {
            for note in &state.notes {
                let leads = |p: &&Pointer| !self.graph.may_lead(StateId(at as u32), p);
                let misses = self.graph.note(*note).word.pointers().iter().any(leads);
                // One state in which everything leads somewhere is enough: wrappers add to others.
                let entry = lost.entry(*note).or_insert(true);
                *entry = *entry && misses;
            }
        }
        for (note, _) in lost.into_iter().filter(|(_, lost)| *lost) {
            let error = self.lost_pointer(note);
            let Note { document, pointer, .. } = self.graph.note(note);
            self.misuses.extend(error.map(|error| Misuse {
                document: *document,
                pointer: pointer.clone(),
                error,
            }));
        }
    }

    fn lost_pointer(&self, id: NoteId) -> Option<WordError> {
        let note = self.graph.note(id);
        let at = self.graph.states.iter().position(|state| state.notes.contains(&id))?;
        let from = StateId(at as u32);
        let pointer = note.word.pointers().into_iter().find(|p| !self.graph.may_lead(from, p))?;
        let known = self.graph.properties(from).keys().map(String::as_str);
        let near = pointer.tokens().first().and_then(|first| crate::suggest::nearest(first, known));
        Some(WordError {
            keyword: note.word.name().to_owned(),
            message: format!(
                "`{}` points at `/{}`, and the schema knows no such property",
                note.word.name(),
                pointer.tokens().join("/")
            ),
            help: near.map(|near| format!("did you mean `/{near}`?")),
        })
    }
}

/// The states one step from `state`.
fn targets(state: &State) -> Vec<StateId> {
    let mut all: Vec<StateId> = state.prefix.iter().flatten().copied().chain(state.items).collect();
    all.extend(state.properties.keys().filter_map(|name| *state.members.get(name.as_str())?));
    for loose in &state.loose {
        all.extend(loose.patterns.iter().filter_map(|(_, target)| *target));
        all.extend(loose.rest);
    }
    for branch in &state.branches {
        match branch {
            Branch::Alternatives(alternatives) => all.extend(alternatives.iter().map(|a| a.state)),
            Branch::Conditional { holds, then, otherwise, .. } => {
                all.extend([*holds, *then, *otherwise].into_iter().flatten());
            }
            Branch::Dependent { state, .. } | Branch::Contains { state, .. } => all.push(*state),
        }
    }
    all
}
