//! What is taken of records for the rules that a project declares: uses of keywords that no schema has.

use referencing::Registry;
use serde_json::{Map, Value};

use super::{
    catalog::{Catalog, SchemaId},
    graph::{Branch, Condition, Graph, Guard, Loose, Note, Property, State, StateId},
    validator::build,
};
use crate::vocabulary::{
    self, Arguments, Form, KeywordError, NoteId, Origin, Part, Path, Pointer, RequiresArguments,
    Step, Use,
};

/// The use of a keyword for a rule of a project, at values of some records.
#[derive(Clone, Debug)]
pub struct OwnUse {
    /// The number of the rule.
    pub rule: usize,
    /// The schemas of the records, as the configuration names them.
    pub schemas: Vec<String>,
    /// The values.
    pub each: Path,
    /// What is taken of them.
    pub taken: Taken,
    /// What a value must satisfy to be taken.
    pub when: Option<Value>,
    /// What a record must satisfy.
    pub of_record: Option<Value>,
}

/// What is taken of a value.
#[derive(Clone, Debug)]
pub enum Taken {
    /// What a keyword of the vocabulary takes, here by its name.
    Keyword(Map<String, Value>),
    /// That it is not as required.
    Requires(RequiresArguments),
}

/// The uses of keywords for the rules of a project.
#[derive(Debug, Default)]
pub(super) struct OwnNotes {
    /// The number of the first note that is one.
    first: usize,
    /// The rule of each of them.
    rules: Vec<usize>,
}

/// Where a path leads from a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lead {
    /// To values that the schemas do not describe.
    Open,
    /// To values in these states.
    To(Vec<StateId>),
    /// Nowhere: this name is not among the properties that the schemas list.
    Lost {
        /// The name.
        name: String,
        /// The properties.
        known: Vec<String>,
    },
}

impl Taken {
    /// The use that they make, or what is wrong with it.
    pub fn read(&self) -> Result<Use, KeywordError> {
        match self {
            Self::Keyword(schema) => {
                let nothing = || KeywordError {
                    keyword: String::new(),
                    message: "nothing is taken".to_owned(),
                    help: None,
                };
                vocabulary::read(schema).into_iter().next().unwrap_or_else(|| Err(nothing()))
            }
            Self::Requires(arguments) => Ok(Use {
                keyword: RequiresArguments::keyword(),
                index: 0,
                arguments: Box::new(arguments.clone()),
                pointers: vec![arguments.at.clone()],
                when: None,
            }),
        }
    }
}

/// Whether `when` holds; nowhere, if it cannot be used.
fn condition(when: Option<&Value>) -> Condition {
    let Some(when) = when else { return Condition::Always };
    let registry = Registry::new().prepare();
    match registry.ok().and_then(|registry| build(when, &registry).ok()) {
        Some((validator, _)) => Condition::Valid(Box::new(validator)),
        None => Condition::Never,
    }
}

impl Catalog {
    /// The states in which to begin with a record of this schema for the rules of the project; none where they ask nothing of it.
    #[must_use]
    pub fn own_states(&self, id: SchemaId) -> &[StateId] {
        self.own.get(&id).map_or(&[], Vec::as_slice)
    }

    /// Takes what the rules of a project need of records.
    pub fn set_rules(&mut self, uses: &[OwnUse]) {
        for one in uses {
            let mut schemas: Vec<SchemaId> =
                one.schemas.iter().filter_map(|name| self.find(name)).collect();
            schemas.sort_unstable();
            schemas.dedup();
            for schema in schemas {
                if let Some(state) = self.state(schema)
                    && let Some(root) = self.graph.add_own(one, state)
                {
                    self.own.entry(schema).or_default().push(root);
                }
            }
        }
    }
}

impl Graph {
    /// The rule of a project for which a note is used.
    #[must_use]
    pub fn rule_of(&self, note: NoteId) -> Option<usize> {
        let at = (note.0 as usize).checked_sub(self.own.first)?;
        self.own.rules.get(at).copied()
    }

    /// How many uses of keywords the schemas have.
    pub(super) fn notes_of_schemas(&self) -> usize {
        if self.own.rules.is_empty() { self.notes.len() } else { self.own.first }
    }

    /// Adds a use for records whose schema has the state `schema`. The state in which to begin.
    fn add_own(&mut self, one: &OwnUse, schema: StateId) -> Option<StateId> {
        let Use { keyword, index, mut arguments, .. } = one.taken.read().ok()?;
        self.find_own_forms(arguments.as_mut(), &one.each, schema);
        if self.own.rules.is_empty() {
            self.own.first = self.notes.len();
        }
        let id = NoteId(self.notes.len() as u32);
        self.own.rules.push(one.rule);
        self.notes.push(Note {
            keyword,
            arguments,
            pointers: Vec::new(),
            document: usize::MAX,
            pointer: String::new(),
            index,
            when: condition(one.when.as_ref()),
        });
        let live = || State { live: true, ..State::default() };
        let mut next = self.push(State { notes: vec![id], ..live() });
        for step in one.each.steps().iter().rev() {
            let mut state = live();
            match step {
                Step::Name(name) => {
                    state.members.insert(name.as_str().into(), Some(next));
                }
                Step::Each => {
                    state.items = Some(next);
                    state.loose.push(Loose { patterns: Vec::new(), rest: Some(next) });
                }
            }
            next = self.push(state);
        }
        Some(match condition(one.of_record.as_ref()) {
            Condition::Always => next,
            condition => {
                let guard = Guard { location: String::new(), condition };
                let (holds, then, otherwise) = (None, Some(next), None);
                let branches = vec![Branch::Conditional { guard, holds, then, otherwise }];
                self.push(State { branches, ..live() })
            }
        })
    }

    fn push(&mut self, state: State) -> StateId {
        self.states.push(state);
        StateId(self.states.len() as u32 - 1)
    }

    /// Finds how the schema of the records reads the values. A text that has no form is equal to one in other capitals.
    fn find_own_forms(&self, arguments: &mut dyn Arguments, each: &Path, schema: StateId) {
        let starts = match self.follow(vec![schema], each.steps()) {
            Lead::To(states) => states,
            Lead::Open | Lead::Lost { .. } => Vec::new(),
        };
        let starts: Vec<StateId> = match arguments.origin() {
            Origin::Value => starts,
            Origin::Items | Origin::ItemsOf(_) => {
                starts.iter().filter_map(|state| self.state(*state).items).collect()
            }
        };
        for part in arguments.parts_mut() {
            let form = starts.iter().find_map(|start| self.form_at(*start, &part.pointer));
            match form {
                Some(form) => (part.form, part.open) = (form.form, form.open),
                None => *part = Part { form: Form::Folded, ..part.clone() },
            }
        }
    }

    /// Where a path leads, whatever the records hold.
    #[must_use]
    pub fn follow(&self, states: Vec<StateId>, steps: &[Step]) -> Lead {
        let mut states = self.with_branches(states);
        for step in steps {
            let mut next = Vec::new();
            let mut is_open = states.iter().all(|state| says_nothing(self.state(*state)));
            for state in &states {
                let state = self.state(*state);
                match step {
                    Step::Name(name) => match state.members.get(name.as_str()) {
                        Some(Some(target)) => next.push(*target),
                        // Listed, but nothing more is said of it: anything may follow.
                        Some(None) => is_open = true,
                        None => {
                            next.extend(loose(state, name));
                            is_open |= is_open_name(state, name);
                        }
                    },
                    Step::Each => {
                        next.extend(state.items);
                        next.extend(state.prefix.iter().flatten());
                        next.extend(state.members.values().flatten());
                        next.extend(state.loose.iter().filter_map(|loose| loose.rest));
                        is_open |= state.members.values().any(Option::is_none);
                    }
                }
            }
            if next.is_empty() {
                if is_open {
                    return Lead::Open;
                }
                let known = states.iter().flat_map(|state| self.properties(*state).keys().cloned());
                let name = match step {
                    Step::Name(name) => name.clone(),
                    Step::Each => "*".to_owned(),
                };
                return Lead::Lost { name, known: known.collect() };
            }
            next.sort_unstable();
            next.dedup();
            states = self.with_branches(next);
        }
        Lead::To(states)
    }

    /// The property at the end of a path, as each schema that lists it describes it.
    #[must_use]
    pub fn described(&self, states: Vec<StateId>, steps: &[Step]) -> Vec<&Property> {
        let Some((Step::Name(name), above)) = steps.split_last() else { return Vec::new() };
        let Lead::To(states) = self.follow(states, above) else { return Vec::new() };
        // A branch holds for some values only: what its `if` lists are not all that there are.
        let is_branch = |state: &StateId| {
            let mut others = states.iter().filter(|other| *other != state);
            others.any(|other| self.with_branches(vec![*other]).contains(state))
        };
        let whole = states.iter().filter(|state| !is_branch(state));
        whole.filter_map(|state| self.properties(*state).get(name.as_str())).collect()
    }

    /// The same for a pointer.
    #[must_use]
    pub fn follow_pointer(&self, states: Vec<StateId>, pointer: &Pointer) -> Lead {
        self.follow(states, pointer.to_path().steps())
    }
}

/// Whether a pattern of the schemas allows a name and says nothing of its value, as `^x-` does.
fn is_open_name(state: &State, name: &str) -> bool {
    let mut patterns = state.loose.iter().flat_map(|loose| &loose.patterns);
    patterns.any(|(pattern, target)| target.is_none() && pattern.is_match(name))
}

/// Whether the schemas describe nothing that is in a value.
fn says_nothing(state: &State) -> bool {
    let lists_nothing = state.members.is_empty() && state.loose.is_empty();
    lists_nothing && state.items.is_none() && state.prefix.is_empty()
}

/// What the schemas say of a property that they do not list.
fn loose<'s>(state: &'s State, name: &str) -> impl Iterator<Item = StateId> + use<'s> {
    let name = name.to_owned();
    state.loose.iter().filter_map(move |loose| {
        let mut matching = loose.patterns.iter().filter(|(pattern, _)| pattern.is_match(&name));
        matching.next().map_or(loose.rest, |(_, target)| *target)
    })
}
