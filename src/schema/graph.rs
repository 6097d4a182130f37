//! The schema graph: all annotated schemas compiled into one automaton.
//!
//! A state represents the set of schema objects that apply to a value, closed over `$ref` and `allOf`;
//! transitions lead to its members and elements. Conditional parts (`anyOf`, `oneOf`, `if`,
//! `dependentSchemas`, `contains`) are branches of a state, taken by what the record holds. Each state knows the
//! keywords of the vocabulary that apply, so walking a record along the graph yields its facts.

use std::collections::{BTreeMap, HashMap, HashSet};

use foldhash::fast::FixedState;
use jsonschema::Validator;
use serde_json::Value;

use super::{
    budget::Budget, name_pattern::NamePattern, own::OwnNotes, tree_json::TreeJson,
    validators::Later,
};
use crate::{
    tree::NodeRef,
    vocabulary::{Arguments, Fact, Keyword, Meaning, NoteId, Pointer, Record},
};

/// A state of the graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StateId(pub(super) u32);

/// A use of a keyword, and where in the schemas it is.
#[derive(Debug)]
pub struct Note {
    /// The keyword.
    pub keyword: &'static Keyword,
    /// Its arguments.
    pub arguments: Box<dyn Arguments>,
    /// The pointers among them that begin at the annotated value.
    pub(super) pointers: Vec<Pointer>,
    /// The document, by its number in the catalogue.
    pub document: usize,
    /// JSON Pointer to the schema object in the document.
    pub pointer: String,
    /// Which of several uses of the keyword on one value this is.
    pub index: usize,
    /// Where it counts.
    pub when: Condition,
}

impl Note {
    /// The arguments, if they are of this type.
    #[must_use]
    pub fn get<T: Arguments>(&self) -> Option<&T> {
        self.arguments.get()
    }
}

/// Where a use of a keyword counts.
#[derive(Debug)]
pub enum Condition {
    /// Everywhere.
    Always,
    /// On the values that satisfy its `when`.
    Valid(Box<Validator<TreeJson>>),
    /// The same in a bundled schema.
    Later(Box<Later>),
    /// Nowhere, since its `when` cannot be used.
    Never,
}

impl Condition {
    /// Whether it counts on a value.
    #[must_use]
    pub fn holds(&self, node: NodeRef<'_>, budget: &Budget) -> bool {
        match self {
            Self::Always => true,
            Self::Valid(validator) => validator.is_valid(budget.node(node)),
            Self::Later(later) => later.get().is_some_and(|one| one.is_valid(budget.node(node))),
            Self::Never => false,
        }
    }
}

/// A property as the schemas describe it.
#[derive(Clone, Debug, Default)]
pub struct Property {
    /// Its `description`, else its `title`.
    pub description: Option<String>,
    /// The texts that its value may be, if the schemas list its values and all of them are texts or `null`.
    pub texts: Option<Vec<String>>,
    /// Whether the schemas give its type, and an array has another one.
    pub is_no_list: bool,
}

#[derive(Debug, Default)]
pub(super) struct State {
    pub(super) notes: Vec<NoteId>,
    /// Transitions for the names that the schemas list; `None` where nothing is known of the value.
    pub(super) members: HashMap<Box<str>, Option<StateId>, FixedState>,
    /// Transitions for all other names, one for each schema object that has something to say.
    pub(super) loose: Vec<Loose>,
    pub(super) prefix: Vec<Option<StateId>>,
    pub(super) items: Option<StateId>,
    pub(super) branches: Vec<Branch>,
    pub(super) properties: BTreeMap<String, Property>,
    /// The properties that an object must have.
    pub(super) required: Vec<Box<str>>,
    /// Whether a note can be reached from here; everything else is not walked.
    pub(super) live: bool,
}

/// What one schema object says of members whose names it does not list.
#[derive(Debug)]
pub(super) struct Loose {
    pub(super) patterns: Vec<(NamePattern, Option<StateId>)>,
    pub(super) rest: Option<StateId>,
}

#[derive(Debug)]
pub(super) enum Branch {
    /// `anyOf`, `oneOf`: the branches that hold; if none does, the one whose discriminator matches.
    Alternatives(Vec<Alternative>),
    /// `if`, `then`, `else`.
    Conditional {
        guard: Guard,
        holds: Option<StateId>,
        then: Option<StateId>,
        otherwise: Option<StateId>,
    },
    /// `dependentSchemas`.
    Dependent { property: Box<str>, state: StateId },
    /// `contains`: the elements that match.
    Contains { guard: Guard, state: StateId },
}

#[derive(Debug)]
pub(super) struct Alternative {
    pub(super) guard: Guard,
    pub(super) state: StateId,
    /// Members with a fixed value or a list of allowed values, by which a record says which
    /// alternative it means.
    pub(super) discriminators: Vec<(Box<str>, Vec<Value>)>,
}

/// Whether a branch holds. Built only where a keyword is below the branch.
#[derive(Debug)]
pub(super) struct Guard {
    pub(super) location: String,
    pub(super) condition: Condition,
}

impl Guard {
    fn holds(&self, node: NodeRef<'_>, budget: &Budget) -> bool {
        self.condition.holds(node, budget)
    }
}

/// All schemas of a run, compiled.
#[derive(Debug, Default)]
pub struct Graph {
    pub(super) states: Vec<State>,
    pub(super) notes: Vec<Note>,
    /// Those that are used for the rules of a project, behind all others.
    pub(super) own: OwnNotes,
}

impl Graph {
    /// The note `id`.
    #[must_use]
    pub fn note(&self, id: NoteId) -> &Note {
        &self.notes[id.0 as usize]
    }

    /// All uses of keywords in the schemas.
    pub fn notes(&self) -> impl Iterator<Item = NoteId> {
        (0..self.notes_of_schemas() as u32).map(NoteId)
    }

    /// What `rapporteur facts` prints of a fact.
    #[must_use]
    pub fn describe(&self, fact: &Fact<'_>, record: &Record<'_>) -> String {
        if let Meaning::Unread(unread) = &fact.meaning {
            let wanted = unread.wanted.described(unread.form);
            return format!("cannot read `{}`: it is not {wanted}", unread.text.value);
        }
        self.note(fact.note).arguments.describe(fact, record)
    }

    /// The keywords that apply in a state.
    #[must_use]
    pub fn notes_of(&self, state: StateId) -> &[NoteId] {
        &self.state(state).notes
    }

    /// Whether any keyword can be reached from the state.
    #[must_use]
    pub fn is_live(&self, state: StateId) -> bool {
        self.state(state).live
    }

    /// The properties that the schemas list in a state, sorted by name.
    #[must_use]
    pub fn properties(&self, state: StateId) -> &BTreeMap<String, Property> {
        &self.state(state).properties
    }

    /// Whether the schemas require the property `name` in a state.
    #[must_use]
    pub fn requires(&self, state: StateId, name: &str) -> bool {
        self.state(state).required.iter().any(|required| **required == *name)
    }

    /// Adds to `states`, from index `from` on, the states of the branches that `node` takes in them.
    pub fn expand(
        &self,
        node: NodeRef<'_>,
        states: &mut Vec<StateId>,
        from: usize,
        budget: &Budget,
    ) {
        let mut at = from;
        while let Some(state) = states.get(at).copied() {
            // A state is looked for among all others before it is added.
            budget.spend(1 + ((states.len() - from) as u64 >> 3));
            for branch in &self.state(state).branches {
                self.take(branch, node, states, from, budget);
            }
            at += 1;
        }
    }

    fn take(
        &self,
        branch: &Branch,
        node: NodeRef<'_>,
        states: &mut Vec<StateId>,
        from: usize,
        budget: &Budget,
    ) {
        match branch {
            Branch::Alternatives(alternatives) => {
                let mut any = false;
                for alternative in alternatives {
                    if alternative.guard.holds(node, budget) {
                        any = true;
                        self.add(alternative.state, states, from);
                    }
                }
                if !any {
                    // The record is wrong somewhere, but it says which alternative it means.
                    let meant = alternatives.iter().filter(|a| a.is_meant_by(node));
                    for alternative in meant {
                        self.add(alternative.state, states, from);
                    }
                }
            }
            Branch::Conditional { guard, holds, then, otherwise } => {
                let taken =
                    if guard.holds(node, budget) { [*holds, *then] } else { [*otherwise, None] };
                for state in taken.into_iter().flatten() {
                    self.add(state, states, from);
                }
            }
            Branch::Dependent { property, state } => {
                if node.get(property).is_some() {
                    self.add(*state, states, from);
                }
            }
            // Taken at the elements, by `element`.
            Branch::Contains { .. } => {}
        }
    }

    fn add(&self, state: StateId, states: &mut Vec<StateId>, from: usize) {
        if self.is_live(state) && !states[from..].contains(&state) {
            states.push(state);
        }
    }

    /// Adds the live states of the member `name`.
    pub fn member(&self, state: StateId, name: &str, states: &mut Vec<StateId>, from: usize) {
        let state = self.state(state);
        if let Some(target) = state.members.get(name) {
            if let Some(target) = target {
                self.add(*target, states, from);
            }
            return;
        }
        for loose in &state.loose {
            let mut matched = false;
            for (_, target) in loose.patterns.iter().filter(|(pattern, _)| pattern.is_match(name)) {
                matched = true;
                if let Some(target) = target {
                    self.add(*target, states, from);
                }
            }
            if let (false, Some(rest)) = (matched, loose.rest) {
                self.add(rest, states, from);
            }
        }
    }

    /// Adds the live states of the element at `index`.
    pub fn element(
        &self,
        state: StateId,
        index: usize,
        element: NodeRef<'_>,
        states: &mut Vec<StateId>,
        from: usize,
        budget: &Budget,
    ) {
        let state = self.state(state);
        if let Some(target) = state.prefix.get(index).copied().unwrap_or(state.items) {
            self.add(target, states, from);
        }
        for branch in &state.branches {
            if let Branch::Contains { guard, state } = branch
                && guard.holds(element, budget)
            {
                self.add(*state, states, from);
            }
        }
    }

    /// The state that `pointer` leads to from `state` whatever the record holds: through listed names
    /// and elements only. Follows every alternative, since it asks what can be there.
    #[must_use]
    pub fn lookup(&self, state: StateId, pointer: &Pointer) -> Vec<StateId> {
        let mut states = self.with_branches(vec![state]);
        for token in pointer.tokens() {
            let mut next = Vec::new();
            for state in states {
                let state = self.state(state);
                if let Some(target) = state.members.get(token.as_str()) {
                    next.extend(*target);
                } else if let Ok(index) = token.parse::<usize>() {
                    next.extend(state.prefix.get(index).copied().unwrap_or(state.items));
                }
            }
            next.sort_unstable();
            next.dedup();
            states = self.with_branches(next);
        }
        states
    }

    /// Whether `pointer` may lead somewhere from `state`: each token is a listed name, an element, or
    /// a name that the schemas leave open.
    #[must_use]
    pub fn may_lead(&self, state: StateId, pointer: &Pointer) -> bool {
        let mut states = self.with_branches(vec![state]);
        for token in pointer.tokens() {
            let mut next = Vec::new();
            for state in &states {
                let state = self.state(*state);
                match state.members.get(token.as_str()) {
                    Some(Some(target)) => next.push(*target),
                    // Listed, but nothing more is said of it: anything may follow.
                    Some(None) => return true,
                    None if state.properties.is_empty() && state.items.is_none() => return true,
                    None => {
                        if token.parse::<usize>().is_ok() {
                            next.extend(state.items);
                        }
                    }
                }
            }
            if next.is_empty() {
                return false;
            }
            states = self.with_branches(next);
        }
        true
    }

    /// The states with those of all their branches, whichever a record takes.
    pub(super) fn with_branches(&self, mut states: Vec<StateId>) -> Vec<StateId> {
        let mut seen: HashSet<StateId> = states.iter().copied().collect();
        let mut at = 0;
        while let Some(state) = states.get(at).copied() {
            for branch in &self.state(state).branches {
                let targets: Vec<StateId> = match branch {
                    Branch::Alternatives(all) => all.iter().map(|a| a.state).collect(),
                    Branch::Conditional { holds, then, otherwise, .. } => {
                        [*holds, *then, *otherwise].into_iter().flatten().collect()
                    }
                    Branch::Dependent { state, .. } => vec![*state],
                    Branch::Contains { .. } => Vec::new(),
                };
                for target in targets {
                    if seen.insert(target) {
                        states.push(target);
                    }
                }
            }
            at += 1;
        }
        states
    }

    pub(super) fn state(&self, id: StateId) -> &State {
        &self.states[id.0 as usize]
    }
}

impl Alternative {
    fn is_meant_by(&self, node: NodeRef<'_>) -> bool {
        self.discriminators.iter().any(|(property, values)| {
            let found = node.get(property).and_then(NodeRef::as_str);
            found.is_some_and(|found| values.iter().any(|value| value.as_str() == Some(found)))
        })
    }
}
