//! Schemas in pieces, for records on which the validator spends its whole budget: what each schema object asks of a
//! value by itself, and to which others it leads.
//!
//! It is made when a record needs it first. Only a schema that unfolds very far ever does.

use std::{collections::HashMap, sync::OnceLock};

use jsonschema::Validator;
use referencing::{Registry, Resource};
use serde_json::{Map, Value, json};

use super::{
    Catalog, SchemaId,
    compile::{Compiler, percent_encoded},
    name_pattern::NamePattern,
    tree_json::TreeJson,
    validator::{build, documents_of, registry_of},
};

/// A schema object, by its number.
pub(super) type StepId = usize;

/// One schema object.
pub(super) struct Step {
    pub(super) document: usize,
    pub(super) pointer: String,
    /// Whether it asks something of a value by itself.
    pub(super) has_own: bool,
    /// Whether not all that it asks can be taken apart.
    pub(super) is_opaque: bool,
    /// Whether it asks something of what no other schema object speaks of.
    pub(super) counts_the_rest: bool,
    /// The schema objects that apply to the same value: `$ref`, `allOf`.
    pub(super) in_place: Vec<StepId>,
    /// `anyOf` and `oneOf`.
    pub(super) alternatives: Vec<(&'static str, Vec<StepId>)>,
    /// `if`, `then` and `else`.
    pub(super) condition: Option<(StepId, Option<StepId>, Option<StepId>)>,
    /// `dependentSchemas`.
    pub(super) dependent: Vec<(String, StepId)>,
    pub(super) members: Members,
    pub(super) prefix: Vec<Option<StepId>>,
    pub(super) rest: Option<StepId>,
    own: OnceLock<Option<Validator<TreeJson>>>,
    whole: OnceLock<Option<Validator<TreeJson>>>,
}

/// The schema objects that apply to the members of an object.
#[derive(Default)]
pub(super) struct Members {
    pub(super) listed: HashMap<String, Option<StepId>>,
    pub(super) patterns: Vec<(NamePattern, Option<StepId>)>,
    pub(super) rest: Option<StepId>,
}

impl Members {
    /// Those that apply to the member `name`.
    pub(super) fn of(&self, name: &str) -> Vec<StepId> {
        let listed = self.listed.get(name);
        let matching = self.patterns.iter().filter(|(pattern, _)| pattern.is_match(name));
        let mut is_known = listed.is_some();
        let mut steps: Vec<StepId> = listed.copied().flatten().into_iter().collect();
        for (_, step) in matching {
            is_known = true;
            steps.extend(step);
        }
        if !is_known {
            steps.extend(self.rest);
        }
        steps
    }
}

impl Step {
    pub(super) fn new(document: usize, pointer: String) -> Self {
        Self {
            document,
            pointer,
            has_own: true,
            is_opaque: false,
            counts_the_rest: false,
            in_place: Vec::new(),
            alternatives: Vec::new(),
            condition: None,
            dependent: Vec::new(),
            members: Members::default(),
            prefix: Vec::new(),
            rest: None,
            own: OnceLock::new(),
            whole: OnceLock::new(),
        }
    }
}

/// The schemas of a catalogue in pieces.
pub(super) struct Explainer {
    registry: Registry<'static>,
    uris: Vec<String>,
    values: Vec<Value>,
    steps: Vec<Step>,
    roots: Vec<Option<StepId>>,
}

impl std::fmt::Debug for Explainer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Explainer").field("steps", &self.steps.len()).finish_non_exhaustive()
    }
}

impl Explainer {
    /// `None` where the schemas cannot be taken apart, so that nothing can be explained.
    pub(super) fn new(catalog: &Catalog) -> Option<Self> {
        let uris: Vec<String> = catalog.files().iter().map(|file| file.uri.clone()).collect();
        let values = catalog.usable_values();
        let mut builder = Registry::new();
        for (uri, value) in uris.iter().zip(&values) {
            let value = value.clone().unwrap_or(Value::Bool(true));
            builder = builder.add(uri, Resource::from_contents(value)).ok()?;
        }
        let registry = builder.prepare().ok()?;
        let (steps, roots) = {
            // The compiler knows schema objects by their addresses, so it needs a registry of these very values.
            let documents = documents_of(&uris, &values);
            let registry = registry_of(&documents).ok()?;
            Compiler::new(&documents, &registry).steps()
        };
        let values = values.into_iter().map(|value| value.unwrap_or(Value::Bool(true))).collect();
        Some(Self { registry, uris, values, steps, roots })
    }

    pub(super) fn root(&self, schema: SchemaId) -> Option<StepId> {
        self.roots.get(schema.index()).copied().flatten()
    }

    pub(super) fn step(&self, id: StepId) -> &Step {
        &self.steps[id]
    }

    /// Holds a value against the whole schema object.
    pub(super) fn whole(&self, id: StepId) -> Option<&Validator<TreeJson>> {
        let step = self.step(id);
        let validator = || Some(build(&self.reference(step, ""), &self.registry).ok()?.0);
        step.whole.get_or_init(validator).as_ref()
    }

    /// Holds a value against what the schema object asks of it by itself; `None` where that is nothing.
    pub(super) fn own(&self, id: StepId) -> Option<&Validator<TreeJson>> {
        let step = self.step(id);
        let validator = || {
            let schema = self.values[step.document].pointer(&step.pointer)?.as_object()?;
            let own = self.without_children(step, schema);
            if own.is_empty() {
                return None;
            }
            Some(build(&Value::Object(own), &self.registry).ok()?.0)
        };
        if step.has_own { step.own.get_or_init(validator).as_ref() } else { None }
    }

    /// The keywords of a schema object, without the schemas for members and elements, and for the same value.
    fn without_children(&self, step: &Step, schema: &Map<String, Value>) -> Map<String, Value> {
        let mut own = Map::new();
        for (keyword, value) in schema {
            let retained = match keyword.as_str() {
                keyword if ASSERTIONS.contains(&keyword) => Some(value.clone()),
                "properties" | "patternProperties" => {
                    value.as_object().map(|all| Value::Object(opened(all)))
                }
                "dependencies" => value.as_object().map(|all| {
                    let lists = all.iter().filter(|(_, value)| value.is_array());
                    Value::Object(lists.map(|(name, list)| (name.clone(), list.clone())).collect())
                }),
                "additionalProperties" | "additionalItems" => Some(open(value)),
                "items" | "prefixItems" => Some(match value {
                    Value::Array(all) => Value::Array(all.iter().map(open).collect()),
                    value => open(value),
                }),
                "not" | "contains" | "propertyNames" => Some(match value {
                    Value::Object(_) => self.reference(step, keyword),
                    value => value.clone(),
                }),
                _ => None,
            };
            own.extend(retained.map(|retained| (keyword.clone(), retained)));
        }
        if let (false, Some(draft)) = (own.is_empty(), self.values[step.document].get("$schema")) {
            own.insert("$schema".to_owned(), draft.clone());
        }
        own
    }

    /// A reference to the schema below a keyword of the schema object, or to the object itself: a copy would lose its
    /// base URI.
    fn reference(&self, step: &Step, keyword: &str) -> Value {
        let below = if keyword.is_empty() { String::new() } else { format!("/{keyword}") };
        let fragment = percent_encoded(&format!("{}{below}", step.pointer));
        json!({ "$ref": format!("{}#{fragment}", self.uris[step.document]) })
    }
}

/// The keywords that ask something of a value without the help of other schemas.
const ASSERTIONS: [&str; 23] = [
    "const",
    "contentEncoding",
    "contentMediaType",
    "dependentRequired",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "maxContains",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minContains",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "pattern",
    "required",
    "type",
    "uniqueItems",
];

/// `false` for what allows nothing; everything else is allowed here and looked at by itself.
fn open(schema: &Value) -> Value {
    Value::Bool(*schema != Value::Bool(false))
}

fn opened(schemas: &Map<String, Value>) -> Map<String, Value> {
    schemas.iter().map(|(name, schema)| (name.clone(), open(schema))).collect()
}
