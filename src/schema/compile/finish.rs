//! What is worked out once all states are there: which are live, when branches hold, how the values that
//! arguments point at are written, and which arguments point nowhere.

use std::collections::BTreeMap;

use super::{BuildValidator, Compiler, Misuse};
use crate::{
    message::{did_you_mean, quoted},
    schema::{
        catalog::BUNDLED_BASE,
        graph::{Branch, Condition, Graph, Guard, Note, State, StateId},
        validators::Later,
    },
    vocabulary::{FormArguments, KeywordError, NoteId, Origin, Part, Pointer},
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
            let schema = serde_json::json!({ "$ref": guard.location });
            guard.condition = if guard.location.starts_with(BUNDLED_BASE) {
                Condition::Later(Box::new(Later::new(schema)))
            } else {
                validator(&schema).map_or(Condition::Never, |one| Condition::Valid(Box::new(one)))
            };
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
        let pointers = self.part_pointers();
        let mut forms: BTreeMap<(NoteId, usize), FormArguments> = BTreeMap::new();
        for (at, state) in self.graph.states.iter().enumerate() {
            for note in &state.notes {
                let pointers = &pointers[note.0 as usize];
                if pointers.is_empty() {
                    continue;
                }
                let starts = self.origins(StateId(at as u32), self.graph.note(*note));
                for (index, pointer) in pointers.iter().enumerate() {
                    let form = starts.iter().find_map(|start| self.graph.form_at(*start, pointer));
                    if let Some(form) = form {
                        forms.entry((*note, index)).or_insert(form);
                    }
                }
            }
        }
        for ((note, index), form) in forms {
            let arguments = &mut self.graph.notes[note.0 as usize].arguments;
            if let Some(part) = arguments.parts_mut().get_mut(index) {
                (part.form, part.open) = (form.form, form.open);
            }
        }
    }

    /// Where the values are that each note reads by their forms.
    pub(super) fn part_pointers(&mut self) -> Vec<Vec<Pointer>> {
        let pointers = |note: &mut Note| -> Vec<Pointer> {
            let parts: Vec<&mut Part> = note.arguments.parts_mut();
            parts.into_iter().map(|part| part.pointer.clone()).collect()
        };
        self.graph.notes.iter_mut().map(pointers).collect()
    }

    /// The states in which the pointers of a note begin that is met in the state `from`.
    pub(super) fn origins(&self, from: StateId, note: &Note) -> Vec<StateId> {
        match note.arguments.origin() {
            Origin::Value => vec![from],
            Origin::Items => self.graph.state(from).items.into_iter().collect(),
            Origin::ItemsOf(lists) => {
                let lists = lists.iter().flat_map(|list| self.graph.lookup(from, list));
                // A single value counts as a list of one item.
                lists.map(|list| self.graph.state(list).items.unwrap_or(list)).collect()
            }
        }
    }

    /// A pointer to a property that no schema knows yields nothing, silently; so it is reported.
    pub(super) fn check_pointers(&mut self) {
        let mut lost: BTreeMap<NoteId, bool> = BTreeMap::new();
        for (at, state) in self.graph.states.iter().enumerate() {
            for note in &state.notes {
                let leads = |p: &Pointer| !self.graph.may_lead(StateId(at as u32), p);
                let misses = self.graph.note(*note).pointers.iter().any(leads);
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
                is_doubtful: false,
            }));
        }
    }

    fn lost_pointer(&self, id: NoteId) -> Option<KeywordError> {
        let note = self.graph.note(id);
        let at = self.graph.states.iter().position(|state| state.notes.contains(&id))?;
        let from = StateId(at as u32);
        let pointer = note.pointers.iter().find(|p| !self.graph.may_lead(from, p))?;
        let known = self.graph.properties(from).keys().map(String::as_str);
        let near = pointer.tokens().first().and_then(|first| crate::suggest::nearest(first, known));
        let (keyword, path) = (note.keyword.name, format!("/{}", pointer.tokens().join("/")));
        Some(KeywordError {
            keyword: keyword.to_owned(),
            message: format!(
                "`{keyword}` points at {}, but the schema has no such property",
                quoted(&path)
            ),
            help: near.map(|near| did_you_mean(&format!("/{near}"))),
        })
    }
}

impl Graph {
    /// The `x-form` of the value that a pointer leads to.
    pub(in crate::schema) fn form_at(
        &self,
        start: StateId,
        pointer: &Pointer,
    ) -> Option<FormArguments> {
        let states = self.lookup(start, pointer);
        let notes = states.iter().flat_map(|state| self.notes_of(*state));
        // Which form a value has under a condition is only known with the record.
        let is_fixed = |note: &&Note| matches!(note.when, Condition::Always);
        let mut notes = notes.map(|note| self.note(*note)).filter(is_fixed);
        notes.find_map(|note| note.get::<FormArguments>()).cloned()
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
