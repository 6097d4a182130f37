//! Compiles annotated schemas into the [`Graph`].

mod condition;
mod finish;
mod kinds;
mod size;
mod slips;
mod steps;

pub(super) use size::Oversized;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fmt::Write as _,
};

use jsonschema::{ValidationError, Validator};
use referencing::{Draft, Registry, Resolver, ResourceRef};
use serde_json::{Map, Value};

use super::{
    catalog::BUNDLED_BASE,
    graph::{Alternative, Branch, Condition, Graph, Guard, Loose, Note, Property, State, StateId},
    name_pattern::NamePattern,
    tree_json::TreeJson,
};
use crate::vocabulary::{self, KeywordError, NoteId, Use};

/// A schema document to compile.
#[derive(Clone, Copy)]
pub(super) struct Document<'a> {
    pub(super) uri: &'a str,
    pub(super) value: &'a Value,
}

/// Something wrong with how a schema document uses the vocabulary.
#[derive(Clone, Debug)]
pub(super) struct Misuse {
    pub(super) document: usize,
    /// To the schema object.
    pub(super) pointer: String,
    pub(super) error: KeywordError,
    /// Whether another tool may have a use for it.
    pub(super) is_doubtful: bool,
}

/// Builds a validator for a schema.
pub(super) type BuildValidator<'a> =
    dyn Fn(&Value) -> Result<Validator<TreeJson>, ValidationError<'static>> + 'a;

/// A schema object, by its number.
type LocationId = usize;

struct Location<'a> {
    schema: &'a Map<String, Value>,
    document: usize,
    pointer: String,
    resolver: Resolver<'a>,
}

pub(super) struct Compiler<'a> {
    documents: &'a [Document<'a>],
    locations: Vec<Location<'a>>,
    by_address: HashMap<usize, LocationId>,
    roots: Vec<Option<LocationId>>,
    interned: HashMap<Vec<LocationId>, StateId>,
    sets: Vec<Vec<LocationId>>,
    notes_at: HashMap<LocationId, Vec<NoteId>>,
    graph: Graph,
    misuses: Vec<Misuse>,
}

/// What compiling yields: the graph, the state of each document's root, and the misused keywords.
pub(super) struct Compiled {
    pub(super) graph: Graph,
    pub(super) roots: Vec<Option<StateId>>,
    pub(super) misuses: Vec<Misuse>,
}

impl<'a> Compiler<'a> {
    pub(super) fn new(documents: &'a [Document<'a>], registry: &'a Registry<'a>) -> Self {
        let mut compiler = Self {
            documents,
            locations: Vec::new(),
            by_address: HashMap::new(),
            roots: Vec::new(),
            interned: HashMap::new(),
            sets: Vec::new(),
            notes_at: HashMap::new(),
            graph: Graph::default(),
            misuses: Vec::new(),
        };
        for (number, document) in documents.iter().enumerate() {
            let Ok(uri) = referencing::uri::from_str(document.uri) else {
                compiler.roots.push(None);
                continue;
            };
            let resolver = registry.resolver(uri);
            compiler.index(document.value, number, String::new(), &resolver);
            compiler.roots.push(compiler.by_address.get(&address(document.value)).copied());
        }
        compiler
    }

    /// Compiles everything that can be reached from the roots of the documents, unless that is too much for one of them.
    pub(super) fn compile(mut self, validator: &BuildValidator<'_>) -> Result<Compiled, Oversized> {
        self.read_keywords(validator);
        let mut roots: Vec<Option<StateId>> = Vec::new();
        for document in 0..self.roots.len() {
            let first = self.sets.len();
            roots.push(self.roots[document].map(|root| self.state([root])));
            let mut next = first;
            while next < self.sets.len() {
                if next - first > size::MOST_STATES {
                    return Err(size::too_many_states(document));
                }
                let set = self.sets[next].clone();
                self.graph.states[next] = self.build(&set);
                next += 1;
            }
        }
        self.find_live();
        self.build_guards(validator);
        self.find_forms();
        self.check_pointers();
        self.check_kinds();
        self.report_misspelt();
        self.report_loops();
        Ok(Compiled { graph: self.graph, roots, misuses: self.misuses })
    }

    /// Gives every object of a document a number. Objects that are no schemas get one too and are
    /// never asked for.
    fn index(
        &mut self,
        value: &'a Value,
        document: usize,
        pointer: String,
        resolver: &Resolver<'a>,
    ) {
        match value {
            Value::Object(schema) => {
                let resource = ResourceRef::new(value, Draft::Draft202012);
                let resolver =
                    resolver.in_subresource(resource).unwrap_or_else(|_| resolver.clone());
                for (key, child) in schema {
                    let pointer = format!("{pointer}/{}", crate::tree::escape(key));
                    self.index(child, document, pointer, &resolver);
                }
                self.by_address.insert(address(value), self.locations.len());
                self.locations.push(Location { schema, document, pointer, resolver });
            }
            Value::Array(elements) => {
                for (index, child) in elements.iter().enumerate() {
                    self.index(child, document, format!("{pointer}/{index}"), resolver);
                }
            }
            _ => {}
        }
    }

    fn read_keywords(&mut self, validator: &BuildValidator<'_>) {
        for id in 0..self.locations.len() {
            let Location { schema, document, ref pointer, .. } = self.locations[id];
            if is_below_data(pointer) {
                continue;
            }
            let is_bundled = self.documents[document].uri.starts_with(BUNDLED_BASE);
            for read in vocabulary::read(schema) {
                let pointer = pointer.clone();
                let error = match read {
                    Ok(Use { keyword, index, arguments, pointers, when }) => {
                        let (when, fault) = condition::of(when.as_ref(), is_bundled, validator);
                        let note = NoteId(self.graph.notes.len() as u32);
                        self.notes_at.entry(id).or_default().push(note);
                        let at = pointer.clone();
                        self.graph.notes.push(Note {
                            keyword,
                            arguments,
                            pointers,
                            document,
                            pointer: at,
                            index,
                            when,
                        });
                        fault.map(|(what, help)| KeywordError {
                            keyword: keyword.name.to_owned(),
                            message: format!(
                                "argument `when` of `{}` cannot be used as a schema: {what}",
                                keyword.name
                            ),
                            help,
                        })
                    }
                    Err(error) => Some(error),
                };
                self.misuses.extend(error.map(|error| Misuse {
                    document,
                    pointer,
                    error,
                    is_doubtful: false,
                }));
            }
        }
    }

    fn child(&self, value: &Value) -> Option<LocationId> {
        self.by_address.get(&address(value)).copied()
    }

    fn children(&self, value: Option<&Value>) -> Vec<LocationId> {
        let elements = value.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        elements.iter().filter_map(|element| self.child(element)).collect()
    }

    /// The state for these schema objects and all that they include by `$ref` and `allOf`.
    fn state(&mut self, seeds: impl IntoIterator<Item = LocationId>) -> StateId {
        let mut set = BTreeSet::new();
        let mut queue: Vec<LocationId> = seeds.into_iter().collect();
        while let Some(id) = queue.pop() {
            if !set.insert(id) {
                continue;
            }
            let location = &self.locations[id];
            for keyword in ["$ref", "$dynamicRef", "$recursiveRef"] {
                let reference = location.schema.get(keyword).and_then(Value::as_str);
                let target = reference.and_then(|r| location.resolver.lookup(r).ok());
                queue.extend(target.and_then(|target| self.child(target.contents())));
            }
            queue.extend(self.children(location.schema.get("allOf")));
        }
        let set: Vec<LocationId> = set.into_iter().collect();
        if let Some(state) = self.interned.get(&set) {
            return *state;
        }
        let id = StateId(self.sets.len() as u32);
        self.interned.insert(set.clone(), id);
        self.sets.push(set);
        self.graph.states.push(State::default());
        id
    }

    fn state_of(&mut self, targets: &[LocationId]) -> Option<StateId> {
        (!targets.is_empty()).then(|| self.state(targets.iter().copied()))
    }

    fn build(&mut self, set: &[LocationId]) -> State {
        let mut state = State::default();
        for id in set {
            state.notes.extend(self.notes_at.get(id).into_iter().flatten());
            let required = self.locations[*id].schema.get("required").and_then(Value::as_array);
            let names = required.into_iter().flatten().filter_map(Value::as_str);
            state.required.extend(names.map(Box::from));
        }
        state.notes.sort_unstable();
        self.build_members(set, &mut state);
        self.build_elements(set, &mut state);
        for id in set {
            self.build_branches(*id, &mut state.branches);
        }
        state
    }

    fn build_members(&mut self, set: &[LocationId], state: &mut State) {
        let members: Vec<MemberRules<'_>> = set.iter().map(|id| self.member_rules(*id)).collect();
        let names: BTreeSet<&str> = members.iter().flat_map(|m| m.listed.keys().copied()).collect();
        let unevaluated: Vec<LocationId> = set
            .iter()
            .filter_map(|id| self.child(self.locations[*id].schema.get("unevaluatedProperties")?))
            .collect();
        for name in names {
            let mut targets = Vec::new();
            for rules in &members {
                targets.extend(rules.targets(name));
            }
            let description = set.iter().find_map(|id| describe(self.locations[*id].schema, name));
            let description = description.or_else(|| {
                let schemas = targets.iter().map(|id| self.locations[*id].schema);
                schemas.clone().find_map(text_of)
            });
            let target = self.state_of(&targets);
            // With what they refer to.
            let set = target.and_then(|target| self.sets.get(target.0 as usize));
            let schemas = || set.into_iter().flatten().map(|id| self.locations[*id].schema);
            let (texts, is_no_list) = (schemas().find_map(texts_of), schemas().any(is_no_list));
            state.members.insert(name.into(), target);
            let property = Property { description, texts, is_no_list };
            state.properties.insert(name.to_owned(), property);
        }
        for rules in members {
            let patterns = rules
                .patterns
                .into_iter()
                .map(|(pattern, target)| (pattern, target.map(|id| self.state([id]))))
                .collect::<Vec<_>>();
            let rest = rules.rest.map(|id| self.state([id]));
            if !patterns.is_empty() || rest.is_some() {
                state.loose.push(Loose { patterns, rest });
            }
        }
        // Which members stay unevaluated depends on the record; they are taken to be those that no
        // schema object of the state speaks of.
        if let Some(rest) = self.state_of(&unevaluated)
            && !state.loose.iter().any(|loose| loose.rest.is_some())
        {
            state.loose.push(Loose { patterns: Vec::new(), rest: Some(rest) });
        }
    }

    fn member_rules(&self, id: LocationId) -> MemberRules<'a> {
        let schema = self.locations[id].schema;
        let object = |keyword: &str| schema.get(keyword).and_then(Value::as_object);
        let listed = object("properties")
            .into_iter()
            .flatten()
            .map(|(name, value)| (name.as_str(), self.child(value)))
            .collect();
        // A pattern that is not linear-time is validated by the validator but not walked.
        let patterns = object("patternProperties")
            .into_iter()
            .flatten()
            .filter_map(|(pattern, value)| Some((NamePattern::read(pattern)?, self.child(value))))
            .collect();
        let rest = schema.get("additionalProperties").and_then(|value| self.child(value));
        MemberRules { listed, patterns, rest }
    }

    fn build_elements(&mut self, set: &[LocationId], state: &mut State) {
        let mut prefixes: Vec<Vec<LocationId>> = Vec::new();
        let mut rests: Vec<Vec<LocationId>> = Vec::new();
        for id in set {
            let schema = self.locations[*id].schema;
            // Until draft 2019-09, `items` could be an array and `additionalItems` its rest.
            let (prefix, rest) = match schema.get("items") {
                Some(items @ Value::Array(_)) => (Some(items), schema.get("additionalItems")),
                items => (schema.get("prefixItems"), items),
            };
            let prefix = prefix.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
            // A prefix schema that is `true` or `false` has no number but still takes its place.
            prefixes
                .push(prefix.iter().map(|value| self.child(value).unwrap_or(usize::MAX)).collect());
            let rest = rest.or_else(|| schema.get("unevaluatedItems"));
            rests.push(rest.and_then(|value| self.child(value)).into_iter().collect());
        }
        let longest = prefixes.iter().map(Vec::len).max().unwrap_or_default();
        for index in 0..longest {
            let mut targets = Vec::new();
            for (prefix, rest) in prefixes.iter().zip(&rests) {
                match prefix.get(index) {
                    Some(&usize::MAX) => {}
                    Some(target) => targets.push(*target),
                    None => targets.extend(rest),
                }
            }
            let target = self.state_of(&targets);
            state.prefix.push(target);
        }
        let rest: Vec<LocationId> = rests.into_iter().flatten().collect();
        state.items = self.state_of(&rest);
    }

    fn build_branches(&mut self, id: LocationId, branches: &mut Vec<Branch>) {
        let schema = self.locations[id].schema;
        for keyword in ["anyOf", "oneOf"] {
            let alternatives: Vec<Alternative> = self
                .children(schema.get(keyword))
                .into_iter()
                .map(|child| Alternative {
                    guard: self.guard(child),
                    discriminators: self.discriminators(child),
                    state: self.state([child]),
                })
                .collect();
            if !alternatives.is_empty() {
                branches.push(Branch::Alternatives(alternatives));
            }
        }
        if let Some(condition) = schema.get("if").and_then(|value| self.child(value)) {
            let guard = self.guard(condition);
            let holds = Some(self.state([condition]));
            let then = schema.get("then").and_then(|value| self.child(value));
            let otherwise = schema.get("else").and_then(|value| self.child(value));
            let then = then.map(|id| self.state([id]));
            let otherwise = otherwise.map(|id| self.state([id]));
            branches.push(Branch::Conditional { guard, holds, then, otherwise });
        }
        for keyword in ["dependentSchemas", "dependencies"] {
            for (property, value) in
                schema.get(keyword).and_then(Value::as_object).into_iter().flatten()
            {
                if let Some(target) = self.child(value) {
                    let state = self.state([target]);
                    branches.push(Branch::Dependent { property: property.as_str().into(), state });
                }
            }
        }
        if let Some(target) = schema.get("contains").and_then(|value| self.child(value)) {
            branches
                .push(Branch::Contains { guard: self.guard(target), state: self.state([target]) });
        }
    }

    /// By reference, never by copy: a copied branch would lose its base URI.
    fn guard(&self, id: LocationId) -> Guard {
        let location = &self.locations[id];
        let fragment = percent_encoded(&location.pointer);
        let location = format!("{}#{fragment}", self.documents[location.document].uri);
        Guard { location, condition: Condition::Never }
    }

    fn discriminators(&self, id: LocationId) -> Vec<(Box<str>, Vec<Value>)> {
        let Some(properties) =
            self.locations[id].schema.get("properties").and_then(Value::as_object)
        else {
            return Vec::new();
        };
        let values = |schema: &Value| match (schema.get("const"), schema.get("enum")) {
            (Some(value), _) => Some(vec![value.clone()]),
            (None, Some(Value::Array(values))) => Some(values.clone()),
            _ => None,
        };
        properties
            .iter()
            .filter_map(|(name, schema)| Some((name.as_str().into(), values(schema)?)))
            .collect()
    }
}

struct MemberRules<'a> {
    listed: BTreeMap<&'a str, Option<LocationId>>,
    patterns: Vec<(NamePattern, Option<LocationId>)>,
    rest: Option<LocationId>,
}

impl MemberRules<'_> {
    /// The schema objects that apply to the member `name`.
    fn targets(&self, name: &str) -> Vec<LocationId> {
        let mut targets: Vec<LocationId> = Vec::new();
        let mut spoken_of = false;
        if let Some(target) = self.listed.get(name) {
            spoken_of = true;
            targets.extend(target);
        }
        for (_, target) in self.patterns.iter().filter(|(pattern, _)| pattern.is_match(name)) {
            spoken_of = true;
            targets.extend(target);
        }
        if !spoken_of {
            targets.extend(self.rest);
        }
        targets
    }
}

/// Objects below these keywords are data, not schemas: what looks like a keyword there is none.
fn is_below_data(pointer: &str) -> bool {
    let mut above = "";
    for token in pointer.split('/').skip(1) {
        // A property may well be called `const`; then it is under `properties`.
        let named = matches!(
            above,
            "properties" | "$defs" | "definitions" | "patternProperties" | "dependentSchemas"
        );
        if !named && matches!(token, "const" | "enum" | "default" | "examples") {
            return true;
        }
        if !named && token.starts_with("x-") {
            return true;
        }
        // A name below `properties` is not itself a keyword.
        above = if named { "" } else { token };
    }
    // The map of `properties` itself is not a schema object either.
    matches!(
        above,
        "properties" | "$defs" | "definitions" | "patternProperties" | "dependentSchemas"
    )
}

fn describe(schema: &Map<String, Value>, name: &str) -> Option<String> {
    text_of(schema.get("properties")?.get(name)?.as_object()?)
}

fn text_of(schema: &Map<String, Value>) -> Option<String> {
    let text = schema.get("description").or_else(|| schema.get("title"))?;
    text.as_str().map(str::to_owned)
}

/// The texts that a schema lists as the only values, beside `null`.
fn texts_of(schema: &Map<String, Value>) -> Option<Vec<String>> {
    let values = schema.get("enum")?.as_array()?;
    let texts = values.iter().filter(|value| !value.is_null());
    texts.map(|value| value.as_str().map(str::to_owned)).collect()
}

/// Whether a schema gives the type of its value, and it is not an array.
fn is_no_list(schema: &Map<String, Value>) -> bool {
    match schema.get("type") {
        Some(Value::String(name)) => name != "array",
        Some(Value::Array(names)) => names.iter().all(|name| name != "array"),
        _ => false,
    }
}

pub(super) fn percent_encoded(pointer: &str) -> String {
    let mut encoded = String::with_capacity(pointer.len());
    for byte in pointer.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

fn address(value: &Value) -> usize {
    std::ptr::from_ref(value).addr()
}
