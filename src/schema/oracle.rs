//! Holds extraction against the annotations that the validator's own evaluation reports: on every
//! valid record both must take the same words at the same places.

use std::{collections::BTreeSet, sync::Arc};

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::{
    Catalog,
    budget::Budget,
    violations::{explained, violations},
};
use crate::{
    fact,
    source::{Source, Syntax},
    sources::SourceId,
    tree::Tree,
    vocabulary::RecordArguments,
};

/// Schemas over the names `a`, `b` and `c`. Each schema object gets its number as an annotation.
fn schemas() -> impl Strategy<Value = Value> {
    let definition = subschema(3, false);
    (subschema(4, true), definition.clone(), definition).prop_map(|(mut root, one, two)| {
        if let Some(root) = root.as_object_mut() {
            root.insert("$defs".to_owned(), json!({ "one": one, "two": two }));
        }
        let mut next = 0;
        number(&mut root, &mut next);
        root
    })
}

fn leaf() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(json!({})),
        Just(json!({"type": "object"})),
        Just(json!({"type": "array"})),
        Just(json!({"type": "string"})),
        Just(json!({"const": "x"})),
        Just(json!({"enum": ["x", 1]})),
        Just(json!({"required": ["a"]})),
        Just(json!({"minItems": 1})),
    ]
}

fn subschema(depth: u32, references: bool) -> BoxedStrategy<Value> {
    let base = if references {
        prop_oneof![
            4 => leaf(),
            1 => Just(json!({"$ref": "#/$defs/one"})),
            1 => Just(json!({"$ref": "#/$defs/two"})),
        ]
        .boxed()
    } else {
        leaf().boxed()
    };
    let inner = base.prop_recursive(depth, 24, 3, |inner| {
        let list = prop::collection::vec(inner.clone(), 1..3);
        let name = prop_oneof![Just("a"), Just("b"), Just("c")];
        let named = prop::collection::btree_map(name, inner.clone(), 1..3);
        let map = |named: std::collections::BTreeMap<&str, Value>| {
            named.into_iter().map(|(k, v)| (k.to_owned(), v)).collect::<Map<_, _>>()
        };
        prop_oneof![
            list.clone().prop_map(|l| json!({ "allOf": l })),
            list.clone().prop_map(|l| json!({ "anyOf": l })),
            list.clone().prop_map(|l| json!({ "oneOf": l })),
            (inner.clone(), inner.clone(), inner.clone())
                .prop_map(|(i, t, e)| json!({ "if": i, "then": t, "else": e })),
            (inner.clone(), inner.clone()).prop_map(|(i, t)| json!({ "if": i, "then": t })),
            named.clone().prop_map(move |n| json!({ "properties": map(n) })),
            (named.clone(), inner.clone())
                .prop_map(move |(n, r)| json!({ "properties": map(n), "additionalProperties": r })),
            (inner.clone(), inner.clone()).prop_map(|(p, r)| {
                json!({ "patternProperties": { "^[ab]": p }, "additionalProperties": r })
            }),
            named.prop_map(move |n| json!({ "dependentSchemas": map(n) })),
            inner.clone().prop_map(|i| json!({ "items": i })),
            (list, inner.clone()).prop_map(|(p, i)| json!({ "prefixItems": p, "items": i })),
            inner.clone().prop_map(|i| json!({ "contains": i })),
            inner.prop_map(|i| json!({ "not": i })),
        ]
    });
    // Several keywords beside one another are the interesting case.
    prop::collection::vec(inner, 1..3)
        .prop_map(|objects| {
            let all = objects.into_iter().filter_map(|o| o.as_object().cloned()).flatten();
            Value::Object(all.collect())
        })
        .boxed()
}

/// Puts a number on every schema object.
fn number(schema: &mut Value, next: &mut u32) {
    let Some(object) = schema.as_object_mut() else { return };
    for (keyword, value) in object.iter_mut() {
        match keyword.as_str() {
            "properties" | "patternProperties" | "dependentSchemas" | "$defs" => {
                let members = value.as_object_mut().into_iter().flat_map(Map::values_mut);
                members.for_each(|child| number(child, next));
            }
            "allOf" | "anyOf" | "oneOf" | "prefixItems" => {
                let elements = value.as_array_mut().into_iter().flatten();
                elements.for_each(|child| number(child, next));
            }
            _ => number(value, next),
        }
    }
    object.insert("x-record".to_owned(), json!({ "id": format!("/n{next}") }));
    *next += 1;
}

fn instances() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![Just(json!("x")), Just(json!(1)), Just(json!("y")), Just(json!(null))];
    leaf.prop_recursive(3, 16, 3, |inner| {
        let name = prop_oneof![
            Just("a".to_owned()),
            Just("b".to_owned()),
            Just("c".to_owned()),
            Just("d".to_owned())
        ];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::Array),
            prop::collection::btree_map(name, inner, 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

type Taken = BTreeSet<(String, String)>;

fn catalog(schema: &Value) -> Catalog {
    Catalog::without_bundled(&[("t.schema.json".to_owned(), schema.to_string())])
}

/// What the validator says, and what extraction takes; `None` for an instance that is not valid.
fn compare(catalog: &Catalog, instance: &Value) -> Option<(Taken, Taken)> {
    let id = catalog.find("t.schema.json").unwrap();
    let source = Arc::new(Source::new("t", Syntax::Json, instance.to_string()));
    let tree = Tree::parse(source);
    let root = tree.node(tree.roots()[0]);
    let validator = catalog.validator(id).unwrap();
    let budget = Budget::unlimited();
    if !validator.is_valid(budget.node(root)) {
        return None;
    }
    let evaluation = validator.evaluate(budget.node(root));
    let said = evaluation.iter_annotations().filter_map(|entry| {
        let number = entry.annotations.value().get("x-record")?.get("id")?.as_str()?;
        Some((number.to_owned(), entry.instance_location.as_str().to_owned()))
    });
    let record =
        fact::extract(catalog.graph(), catalog.state(id).unwrap(), root, SourceId::default(), 0);
    let taken = record.facts.iter().map(|fact| {
        let record = catalog.graph().note(fact.note).get::<RecordArguments>().unwrap();
        let number = record.id.as_ref().unwrap().tokens().join("/");
        (format!("/{number}"), fact.node.pointer_from(root.id()))
    });
    Some((said.collect(), taken.collect()))
}

/// An `if` with neither `then` nor `else` gives its annotations all the same (JSON Schema 2020-12
/// core, section 10.2.2.1), but the validator drops them; so such schemas are not generated.
fn has_lone_if(schema: &Value) -> bool {
    match schema {
        Value::Object(object) => {
            let lone = object.contains_key("if")
                && !object.contains_key("then")
                && !object.contains_key("else");
            lone || object.values().any(has_lone_if)
        }
        Value::Array(elements) => elements.iter().any(has_lone_if),
        _ => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn extraction_takes_the_words_that_the_validator_reports(
        schema in schemas(),
        instances in prop::collection::vec(instances(), 1..8),
    ) {
        prop_assume!(!has_lone_if(&schema));
        let catalog = catalog(&schema);
        for instance in &instances {
            if let Some((said, taken)) = compare(&catalog, instance) {
                prop_assert_eq!(said, taken, "schema {} instance {}", schema, instance);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 800, ..ProptestConfig::default() })]

    #[test]
    fn schemas_in_pieces_give_the_violations_that_the_validator_gives(
        schema in schemas(),
        instances in prop::collection::vec(instances(), 1..8),
    ) {
        let catalog = catalog(&schema);
        let id = catalog.find("t.schema.json").unwrap();
        for instance in &instances {
            let source = Arc::new(Source::new("t", Syntax::Json, instance.to_string()));
            let tree = Tree::parse(source);
            let root = tree.node(tree.roots()[0]);
            let (whole, pieces) = (violations(&catalog, id, root), explained(&catalog, id, root));
            prop_assert_eq!(whole, pieces, "schema {} instance {}", schema, instance);
        }
    }
}

#[test]
fn the_words_of_a_valid_branch_alone_are_taken() {
    let schema = json!({
        "oneOf": [
            {"required": ["a"], "properties": {"a": {"x-record": {"id": "/n1"}}}},
            {"required": ["b"], "properties": {"b": {"x-record": {"id": "/n2"}}}},
        ]
    });
    let (said, taken) = compare(&catalog(&schema), &json!({"b": 1})).unwrap();
    assert_eq!(taken, BTreeSet::from([("/n2".to_owned(), "/b".to_owned())]));
    assert_eq!(said, taken);
}

/// Either keyword may fail first, depending on who asks.
#[test]
fn values_that_two_keywords_allow_are_listed_in_one_order() {
    let both = json!({"allOf": [{"const": "x"}], "anyOf": [{"enum": ["x", 1]}]});
    let schema = json!({"oneOf": [{"properties": {"a": both}}, {"const": "x"}]});
    let catalog = catalog(&schema);
    let id = catalog.find("t.schema.json").unwrap();
    let tree = Tree::parse(Arc::new(Source::new("t", Syntax::Json, r#"{"a": "y"}"#)));
    let root = tree.node(tree.roots()[0]);
    let whole = violations(&catalog, id, root);
    assert_eq!(whole, explained(&catalog, id, root));
    assert_eq!(whole.violations[0].message, "`a` is `y`; `x` or `1` expected");
}
