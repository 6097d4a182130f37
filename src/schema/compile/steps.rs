//! The schema objects as steps of an explanation: where each one leads, without the words of the vocabulary.

use serde_json::{Map, Value};

use super::{Compiler, LocationId, is_below_data};
use crate::schema::{
    explainer::{Members, Step, StepId},
    name_pattern::NamePattern,
};

impl Compiler<'_> {
    /// A step for each schema object, and the step of the root of each document.
    pub(in crate::schema) fn steps(&self) -> (Vec<Step>, Vec<Option<StepId>>) {
        let steps = (0..self.locations.len()).map(|id| self.step(id)).collect();
        (steps, self.roots.clone())
    }

    fn step(&self, id: LocationId) -> Step {
        let location = &self.locations[id];
        let (schema, pointer) = (location.schema, location.pointer.clone());
        let mut step = Step::new(location.document, pointer);
        if is_below_data(&step.pointer) {
            return step;
        }
        let reference = schema.get("$ref").and_then(Value::as_str);
        if let Some(reference) = reference {
            let target = location.resolver.lookup(reference).ok();
            match target.and_then(|target| self.child(target.contents())) {
                Some(target) => step.in_place.push(target),
                // What is `true` or `false`, or not there.
                None => step.is_opaque = true,
            }
            if self.ignores_siblings_of_references(location.document) {
                step.has_own = false;
                return step;
            }
        }
        // What these lead to depends on how the schema was reached.
        step.is_opaque |=
            ["$dynamicRef", "$recursiveRef"].iter().any(|key| schema.contains_key(*key));
        step.counts_the_rest = ["unevaluatedProperties", "unevaluatedItems"]
            .iter()
            .any(|key| schema.contains_key(*key));
        self.add_branches(schema, &mut step);
        self.add_members(schema, &mut step);
        self.add_elements(schema, &mut step);
        step
    }

    fn add_branches(&self, schema: &Map<String, Value>, step: &mut Step) {
        let all = schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
        for value in all {
            match self.child(value) {
                Some(child) => step.in_place.push(child),
                None => step.is_opaque |= *value == Value::Bool(false),
            }
        }
        for keyword in ["anyOf", "oneOf"] {
            let Some(values) = schema.get(keyword).and_then(Value::as_array) else { continue };
            let children: Option<Vec<StepId>> = values.iter().map(|v| self.child(v)).collect();
            match children {
                Some(children) => step.alternatives.push((keyword, children)),
                None => step.is_opaque = true,
            }
        }
        if let Some(condition) = schema.get("if") {
            let branch = |keyword| schema.get(keyword).map(|value| self.child(value));
            let (then, otherwise) = (branch("then"), branch("else"));
            match self.child(condition) {
                Some(condition) if then != Some(None) && otherwise != Some(None) => {
                    step.condition = Some((condition, then.flatten(), otherwise.flatten()));
                }
                _ => step.is_opaque = true,
            }
        }
        for keyword in ["dependentSchemas", "dependencies"] {
            let named = schema.get(keyword).and_then(Value::as_object).into_iter().flatten();
            for (name, value) in named.filter(|(_, value)| !value.is_array()) {
                match self.child(value) {
                    Some(child) => step.dependent.push((name.clone(), child)),
                    None => step.is_opaque |= *value == Value::Bool(false),
                }
            }
        }
    }

    fn add_members(&self, schema: &Map<String, Value>, step: &mut Step) {
        let object = |keyword: &str| schema.get(keyword).and_then(Value::as_object);
        let listed = object("properties").into_iter().flatten();
        let mut members = Members {
            listed: listed.map(|(name, value)| (name.clone(), self.child(value))).collect(),
            patterns: Vec::new(),
            rest: schema.get("additionalProperties").and_then(|value| self.child(value)),
        };
        for (pattern, value) in object("patternProperties").into_iter().flatten() {
            match NamePattern::read(pattern) {
                Some(pattern) => members.patterns.push((pattern, self.child(value))),
                None => step.is_opaque = true,
            }
        }
        step.members = members;
    }

    fn add_elements(&self, schema: &Map<String, Value>, step: &mut Step) {
        let (prefix, rest) = match schema.get("items") {
            Some(items @ Value::Array(_)) => (Some(items), schema.get("additionalItems")),
            items => (schema.get("prefixItems"), items),
        };
        let prefix = prefix.and_then(Value::as_array).into_iter().flatten();
        step.prefix = prefix.map(|value| self.child(value)).collect();
        step.rest = rest.and_then(|value| self.child(value));
    }

    /// Until draft 7, a reference stood for the whole of its schema object.
    fn ignores_siblings_of_references(&self, document: usize) -> bool {
        let draft = self.documents[document].value.get("$schema").and_then(Value::as_str);
        draft.is_some_and(|draft| {
            ["draft-04", "draft-06", "draft-07"].iter().any(|old| draft.contains(old))
        })
    }
}
