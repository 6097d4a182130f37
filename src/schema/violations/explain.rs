//! The failures of a record on which the validator spends its whole budget.
//!
//! The validator collects the errors of every alternative at every level, so that their number can double with each
//! level. Here each schema object is held against each value once, and what came of it is remembered. Only whether an
//! alternative holds is asked of the validator, which remembers what it needs for that.

use std::{
    collections::{HashMap, HashSet},
    rc::Rc,
};

use super::{
    Failure, Found, Reader,
    failures::{fits_several, narrow},
};
use crate::{
    schema::{
        Limit,
        budget::{Budget, Purpose, Spent},
        explainer::{Explainer, StepId},
    },
    tree::{NodeId, NodeRef, escape},
};

/// Explains why the record does not answer its schema, or that it could not be found out. `valid` is what is known.
pub(super) fn explain<'t>(reader: &Reader<'t>, valid: Result<bool, Spent>) -> Found<'t> {
    let explainer = reader.catalog.explainer();
    let root = explainer.and_then(|explainer| Some((explainer, explainer.root(reader.schema)?)));
    let explained = root.and_then(|(explainer, root)| {
        let work = |budget: &Budget| {
            let mut explanation = Explanation::new(reader, explainer, budget);
            let failures = explanation.walk(root, reader.record, &"".into());
            (failures, explanation.limits, explanation.is_complete)
        };
        Budget::run(reader.record, Purpose::Explanation, work).ok()
    });
    let (failures, limits, is_complete) = explained.unwrap_or_default();
    let mut found = Found { failures, limits };
    // What is not valid has a reason, and if it was not found, not all was looked at.
    let has_reason = valid != Ok(false) || !found.failures.is_empty() || !found.limits.is_empty();
    if !(is_complete && has_reason) {
        found.limits.push(Limit::unfolding(reader.schema));
    }
    found
}

/// The failures of one `anyOf` or `oneOf` at one value, by schema object, number of the keyword there, and node.
type Narrowed<'t> = HashMap<(StepId, usize, NodeId), Rc<[Failure<'t>]>>;

struct Explanation<'e, 't> {
    reader: &'e Reader<'t>,
    explainer: &'e Explainer,
    budget: &'e Budget,
    valid: HashMap<(StepId, NodeId), Option<bool>>,
    narrowed: Narrowed<'t>,
    limits: Vec<Limit>,
    /// Whether everything could be looked at.
    is_complete: bool,
}

/// A schema object that applies to a value.
struct Task<'t> {
    step: StepId,
    node: NodeRef<'t>,
    pointer: Rc<str>,
}

impl<'e, 't> Explanation<'e, 't> {
    fn new(reader: &'e Reader<'t>, explainer: &'e Explainer, budget: &'e Budget) -> Self {
        let (valid, narrowed, limits) = (HashMap::new(), HashMap::new(), Vec::new());
        Self { reader, explainer, budget, valid, narrowed, limits, is_complete: true }
    }

    /// The failures of everything that applies to `node` and below it where the schema object `start` does.
    fn walk(&mut self, start: StepId, node: NodeRef<'t>, pointer: &Rc<str>) -> Vec<Failure<'t>> {
        let mut failures = Vec::new();
        let mut seen: HashSet<(StepId, NodeId)> = HashSet::new();
        let mut counting: Vec<Task<'t>> = Vec::new();
        let mut open = vec![Task { step: start, node, pointer: Rc::clone(pointer) }];
        while let Some(task) = open.pop() {
            if !seen.insert((task.step, task.node.resolved().id())) {
                continue;
            }
            if !self.budget.spend(1 + task.pointer.len() as u64 / 32) {
                break;
            }
            let step = self.explainer.step(task.step);
            self.is_complete &= !step.is_opaque;
            self.add_own(&task, &mut failures);
            self.add_alternatives(&task, &mut failures);
            self.follow(&task, &mut open);
            if step.counts_the_rest {
                counting.push(task);
            }
        }
        for task in counting {
            self.add_rest(&task, &mut failures);
        }
        failures
    }

    /// What the schema object asks of the value by itself.
    fn add_own(&mut self, task: &Task<'t>, failures: &mut Vec<Failure<'t>>) {
        if let Some(own) = self.explainer.own(task.step) {
            self.add_errors(own, task, failures);
        }
    }

    fn add_errors(
        &mut self,
        validator: &jsonschema::Validator<crate::schema::tree_json::TreeJson>,
        task: &Task<'t>,
        failures: &mut Vec<Failure<'t>>,
    ) {
        if self.reader.catalog.backtracks() {
            self.budget.keep_value_of(task.node);
        }
        let mut found = Found::default();
        for error in validator.iter_errors(self.budget.node(task.node)) {
            found.add(self.reader, &task.pointer, error);
        }
        failures.append(&mut found.failures);
        self.limits.append(&mut found.limits);
    }

    fn add_alternatives(&mut self, task: &Task<'t>, failures: &mut Vec<Failure<'t>>) {
        let step = self.explainer.step(task.step);
        for (number, (keyword, steps)) in step.alternatives.iter().enumerate() {
            let mut valid = Vec::new();
            let mut unknown = false;
            for (at, step) in steps.iter().enumerate() {
                match self.is_valid(*step, task.node) {
                    Some(true) => valid.push(at),
                    Some(false) => {}
                    None => unknown = true,
                }
                if !valid.is_empty() && *keyword == "anyOf" {
                    break;
                }
            }
            match (valid.len(), *keyword) {
                (1.., "anyOf") => {}
                _ if unknown => self.is_complete = false,
                (0, keyword) => {
                    let key = (task.step, number, task.node.resolved().id());
                    let narrowed = self.narrowed(key, task, steps, keyword);
                    failures.extend(narrowed.iter().cloned());
                }
                (1, _) => {}
                _ => failures.push(Failure {
                    node: task.node,
                    pointer: Rc::clone(&task.pointer),
                    cause: Rc::new(fits_several(&valid, steps.len())),
                }),
            }
        }
    }

    fn narrowed(
        &mut self,
        key: (StepId, usize, NodeId),
        task: &Task<'t>,
        steps: &[StepId],
        keyword: &'static str,
    ) -> Rc<[Failure<'t>]> {
        if let Some(known) = self.narrowed.get(&key) {
            return Rc::clone(known);
        }
        if !self.budget.has_stack() {
            self.is_complete = false;
            return Rc::new([]);
        }
        let branches =
            steps.iter().map(|step| self.walk(*step, task.node, &task.pointer)).collect();
        let narrowed = narrow(self.reader, task.node, &task.pointer, branches, keyword);
        let narrowed: Rc<[Failure<'t>]> = narrowed.into();
        self.narrowed.insert(key, Rc::clone(&narrowed));
        narrowed
    }

    /// Adds where the schema object leads to from the value.
    fn follow(&mut self, task: &Task<'t>, open: &mut Vec<Task<'t>>) {
        let step = self.explainer.step(task.step);
        let here = |step: StepId| Task { step, node: task.node, pointer: Rc::clone(&task.pointer) };
        open.extend(step.in_place.iter().copied().map(here));
        if let Some((condition, then, otherwise)) = step.condition {
            match self.is_valid(condition, task.node) {
                Some(true) => open.extend(then.map(here)),
                Some(false) => open.extend(otherwise.map(here)),
                None => self.is_complete = false,
            }
        }
        for (name, dependent) in &step.dependent {
            if task.node.get(name).is_some() {
                open.push(here(*dependent));
            }
        }
        let below = |token: &str| -> Rc<str> { format!("{}/{token}", task.pointer).into() };
        if task.node.is_object() {
            for (key, node) in task.node.members() {
                let Some(name) = key.as_str().filter(|name| *name != crate::allow::KEY) else {
                    continue;
                };
                let steps = step.members.of(name);
                let pointer = below(&escape(name));
                let pointer = || Rc::clone(&pointer);
                open.extend(steps.into_iter().map(|step| Task { step, node, pointer: pointer() }));
                self.budget.spend(1);
            }
        } else if task.node.is_array() && (step.rest.is_some() || !step.prefix.is_empty()) {
            for (index, node) in task.node.elements().enumerate() {
                let step = step.prefix.get(index).copied().unwrap_or(step.rest);
                let pointer = || below(&index.to_string());
                open.extend(step.map(|step| Task { step, node, pointer: pointer() }));
                self.budget.spend(1);
            }
        }
    }

    /// What is wrong with what no schema object speaks of. Nothing is said of it where something else is wrong, since
    /// that may be the reason.
    fn add_rest(&mut self, task: &Task<'t>, failures: &mut Vec<Failure<'t>>) {
        let is_below = |one: &Failure<'t>| {
            one.pointer
                .strip_prefix(&*task.pointer)
                .is_some_and(|rest| matches!(rest.chars().next(), None | Some('/')))
        };
        if failures.iter().any(is_below) {
            return;
        }
        match self.is_valid(task.step, task.node) {
            Some(true) => {}
            None => self.is_complete = false,
            Some(false) => {
                if let Some(whole) = self.explainer.whole(task.step) {
                    self.add_errors(whole, task, failures);
                }
            }
        }
    }

    /// Whether the value answers the schema object; `None` where that is not known.
    fn is_valid(&mut self, step: StepId, node: NodeRef<'t>) -> Option<bool> {
        let key = (step, node.resolved().id());
        if let Some(known) = self.valid.get(&key) {
            return *known;
        }
        let whole = self.explainer.whole(step)?;
        let valid = self.budget.part(|budget| whole.is_valid(budget.node(node))).ok();
        self.valid.insert(key, valid);
        valid
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::{Value, json};

    use crate::{
        schema::{Catalog, Limit, Reached, Verdict, violations::violations},
        source::{Source, Syntax},
        tree::Tree,
    };

    /// The verdict on a record, as text: each violation with its pointer, then the limits.
    fn verdict(schema: &Value, record: &str) -> Vec<String> {
        let catalog = Catalog::without_bundled(&[("s.json".to_owned(), schema.to_string())]);
        assert_eq!(catalog.errors(), []);
        let tree = Tree::parse(Arc::new(Source::new("r.json", Syntax::Json, record)));
        let root = tree.records()[0];
        let Verdict { violations, limits } =
            violations(&catalog, catalog.find("s.json").unwrap(), root);
        let pointer = |node| tree.node(node).pointer_from(root.id());
        let found = violations.iter().map(|one| format!("{}: {}", pointer(one.node), one.message));
        let limit = |limit: &Limit| match &limit.reached {
            Reached::Unfolding => format!("unfolds too far: {}", limit.pointer),
            Reached::Pattern { keyword } => format!("costly: {}/{keyword}", limit.pointer),
        };
        found.chain(limits.iter().map(limit)).collect()
    }

    /// An object nested `depth` deep, with a number at the bottom.
    fn nested(depth: usize) -> String {
        format!("{}7{}", "{\"c\":".repeat(depth), "}".repeat(depth))
    }

    /// Two alternatives that say the same, at each level.
    fn doubling(keyword: &str) -> Value {
        json!({
            "$defs": {
                "n": {"type": "object", keyword: [{"$ref": "#/$defs/b"}, {"$ref": "#/$defs/b2"}]},
                "b": {"properties": {"c": {"$ref": "#/$defs/n"}}},
                "b2": {"properties": {"c": {"$ref": "#/$defs/n"}}},
            },
            "$ref": "#/$defs/n",
        })
    }

    #[test]
    fn alternatives_that_repeat_at_each_level_cost_no_more_than_the_record_is_long() {
        for depth in [1, 3, 22, 100, 125] {
            let found = verdict(&doubling("anyOf"), &nested(depth));
            assert_eq!(found, [": the record matches none of 2 allowed forms"], "{depth}");
        }
        // Both forms hold for the innermost object, and `oneOf` wants one of them.
        let found = verdict(&doubling("oneOf"), &nested(100));
        assert_eq!(found, [": the record matches none of 2 allowed forms"]);
    }

    fn outline(depth: usize, innermost: &str) -> String {
        let open = "{\"heading\":\"h\",\"items\":[".repeat(depth);
        format!("{{\"items\":[{open}{innermost}{}]}}", "]}".repeat(depth))
    }

    #[test]
    fn the_mistake_in_a_deep_outline_is_found_at_its_place() {
        let list = json!({"type": "array", "items": {"$ref": "#/$defs/item"}});
        let schema = json!({
            "$defs": {
                "item": {"anyOf": [{"$ref": "#/$defs/heading"}, {"$ref": "#/$defs/paragraph"}]},
                "heading": {"type": "object", "required": ["heading"],
                    "properties": {"heading": {"type": "string"}, "items": list}},
                "paragraph": {"type": "object", "required": ["text"],
                    "properties": {"text": {"type": "string"}, "items": list}},
            },
            "properties": {"items": list},
        });
        for depth in [0, 2, 16, 60] {
            assert_eq!(verdict(&schema, &outline(depth, "{\"heading\":\"h\"}")), [""; 0]);
            assert_eq!(verdict(&schema, &outline(depth, "{\"text\":\"t\"}")), [""; 0]);
            // The required keys tell a heading from a paragraph.
            let found = verdict(&schema, &outline(depth, "{\"heading\":7}"));
            let pointer = "/items/0".repeat(depth + 1);
            assert_eq!(
                found,
                [format!("{pointer}/heading: `heading` is a number; a string expected")]
            );
            let found = verdict(&schema, &outline(depth, "{\"txt\":\"t\"}"));
            assert_eq!(
                found,
                [format!("{pointer}: element 1 of `items` lacks `heading` or `text`")]
            );
        }
    }

    /// Lists in lists, each of which is reached by a chain of references.
    fn chained(links: usize, depth: usize) -> Vec<String> {
        let next = |n: usize| json!({"minItems": 0, "$ref": format!("#/$defs/d{}", n + 1)});
        let mut all: serde_json::Map<String, Value> =
            (0..links).map(|n| (format!("d{n}"), next(n))).collect();
        let last = json!({"type": "array", "items": {"$ref": "#/$defs/d0"}});
        all.insert(format!("d{links}"), last);
        let schema = json!({"$defs": all, "properties": {"a": {"$ref": "#/$defs/d0"}}});
        verdict(&schema, &format!("{{\"a\":{}1{}}}", "[".repeat(depth), "]".repeat(depth)))
    }

    #[test]
    fn long_chains_of_references_and_deep_records_multiply_without_harm() {
        for (links, depth) in [(450, 1), (100, 20), (100, 120), (450, 120), (990, 125)] {
            let pointer = format!("/a{}", "/0".repeat(depth));
            let found = chained(links, depth);
            assert_eq!(found.len(), 1, "{links} {depth}: {found:?}");
            assert!(found[0].starts_with(&format!("{pointer}: ")), "{links} {depth}: {found:?}");
        }
    }

    #[test]
    fn a_pattern_that_takes_too_long_is_reported_and_not_the_text() {
        let pattern = "^(?:((a|aa)+)\\1[bx]|[a-z]+)$";
        let long = format!("{{\"a\": \"{}c\"}}", "a".repeat(36));
        let is_costly = |schema: Value, at: &str| {
            assert_eq!(verdict(&schema, &long), [format!("costly: {at}")], "{schema}");
        };
        is_costly(json!({"properties": {"a": {"pattern": pattern}}}), "/properties/a/pattern");
        is_costly(
            json!({"properties": {"a": {"not": {"pattern": pattern}}}}),
            "/properties/a/not/pattern",
        );
        is_costly(
            json!({"$defs": {"t": {"pattern": pattern}}, "properties": {"a": {"$ref": "#/$defs/t"}}}),
            "/$defs/t/pattern",
        );
        // Whatever the pattern says, the record is valid here, and not valid there.
        let either =
            json!({"properties": {"a": {"anyOf": [{"pattern": pattern}, {"type": "string"}]}}});
        assert_eq!(verdict(&either, &long), [""; 0]);
        let both = json!({"properties": {"a": {"pattern": pattern, "maxLength": 3}}});
        assert_eq!(verdict(&both, &long).len(), 1);
        assert!(verdict(&both, &long)[0].contains("at most 3 characters"));
        // A pattern of the other kind is matched in linear time.
        let plain = json!({"properties": {"a": {"pattern": "^(a|aa)+$"}}});
        assert_eq!(verdict(&plain, &long).len(), 1);
        assert!(verdict(&plain, &long)[0].starts_with("/a: "));
    }

    #[test]
    fn of_several_keywords_that_count_what_is_unevaluated_none_hides_another() {
        let closed = || json!({"unevaluatedProperties": false});
        for schema in [
            json!({"allOf": [closed(), closed()]}),
            json!({"unevaluatedProperties": {"const": 1}, "allOf": [closed()]}),
            json!({"allOf": [{"unevaluatedProperties": {"type": "string"}}, closed()]}),
        ] {
            let found = verdict(&schema, "{\"d\": -1}");
            assert!(!found.is_empty(), "{schema}");
            assert!(
                found.iter().all(|one| one == "/d: the record has no property `d`"),
                "{found:?}"
            );
        }
        let nested = json!({"properties": {"c": closed()}, "patternProperties": {"c|d": closed()}});
        assert_eq!(verdict(&nested, "{\"c\": {\"e\": 1}}"), ["/c/e: `c` has no property `e`"]);
        let list = json!({"properties": {"l": {"allOf": [{"unevaluatedItems": false}, {"unevaluatedItems": false}]}}});
        assert_eq!(verdict(&list, "{\"l\": [1]}").len(), 1);
        // What is wrong below may be why a property is not evaluated.
        let below = json!({"allOf": [{"properties": {"a": {"type": "string"}}}, closed()]});
        assert_eq!(verdict(&below, "{\"a\": 1}").len(), 1);
    }

    #[test]
    fn long_lists_of_allowed_values_as_alternatives_are_no_reason_to_give_up() {
        let codes: Vec<Value> =
            (0..249).map(|n| json!({"const": format!("C{n}"), "title": "T"})).collect();
        let schema = json!({"properties": {"l": {"items": {"oneOf": codes}}}});
        let entries: Vec<String> = (0..600).map(|n| format!("\"c{n}\"")).collect();
        let found = verdict(&schema, &format!("{{\"l\": [{}]}}", entries.join(",")));
        assert_eq!(found.len(), 600);
        assert!(found[599].starts_with("/l/599: "), "{}", found[599]);
    }

    #[test]
    fn a_large_record_with_many_mistakes_is_explained_within_the_budget() {
        let item = json!({"type": "object", "required": ["n"], "properties": {"n": {"type": "number"}},
            "additionalProperties": false});
        let schema = json!({"properties": {"l": {"type": "array", "items": item}}});
        let text = format!("{{\"l\": [{}]}}", vec!["{\"n\": \"x\"}"; 2_000].join(","));
        let found = verdict(&schema, &text);
        assert_eq!(found.len(), 2_000);
        assert_eq!(found[1_999], "/l/1999/n: `n` is a string; a number expected");
    }
}
