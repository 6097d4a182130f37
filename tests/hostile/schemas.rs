//! Schemas that no project would write, against records that are nested deeply: recursive and deep ones, with every
//! keyword that applies other schemas, and with patterns that take very long. Each pair must be checked with a bounded
//! number of steps, on a thread with little stack, and never in silence.
//!
//! `HOSTILE_PAIRS` says how many pairs to check; the default is what a test run can afford.

use std::{fmt::Write as _, sync::Arc, thread};

use rapporteur::{
    lint::{Report, Run},
    schema::Catalog,
    source::{Source, Syntax},
    sources::Input,
};
use serde_json::{Map, Value, json};

use crate::generate::Random;

const SCHEMAS_IN_A_CATALOG: usize = 10;
const RECORDS_OF_A_SCHEMA: usize = 5;
/// What a thread gets by default.
const STACK: usize = 2 << 20;
const NAMES: [&str; 3] = ["a", "b", "c"];

/// A schema of definitions that refer to one another at random.
fn schema(random: &mut Random) -> Value {
    let most = if random.below(8) == 0 { 60 } else { 6 };
    let count = 1 + random.below(most);
    let definitions: Map<String, Value> =
        (0..count).map(|n| (format!("d{n}"), definition(random, count, 0))).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$defs": definitions,
        "x-record": {"id": "/id"},
        "properties": {"id": {"type": "string"}},
        "$ref": "#/$defs/d0",
    })
}

fn reference(random: &mut Random, count: usize) -> Value {
    json!({ "$ref": format!("#/$defs/d{}", random.below(count)) })
}

fn definition(random: &mut Random, count: usize, depth: usize) -> Value {
    let mut all = Map::new();
    for _ in 0..=random.below(3) {
        let (keyword, value) = keyword(random, count, depth);
        all.insert(keyword.to_owned(), value);
    }
    Value::Object(all)
}

/// A schema inside of another one: mostly a reference.
fn inner(random: &mut Random, count: usize, depth: usize) -> Value {
    if depth < 3 && random.below(3) == 0 {
        definition(random, count, depth + 1)
    } else {
        reference(random, count)
    }
}

fn keyword(random: &mut Random, count: usize, depth: usize) -> (&'static str, Value) {
    let several = |random: &mut Random| -> Value {
        (0..=random.below(3)).map(|_| inner(random, count, depth)).collect()
    };
    let named = |random: &mut Random| -> Value {
        let names = NAMES.iter().filter(|_| random.below(2) == 0).collect::<Vec<_>>();
        let inner = names.into_iter().map(|n| ((*n).to_owned(), inner(random, count, depth)));
        Value::Object(inner.collect())
    };
    match random.below(24) {
        0..=2 => ("anyOf", several(random)),
        3 | 4 => ("oneOf", several(random)),
        5 => ("allOf", several(random)),
        6 => ("not", inner(random, count, depth)),
        7 => ("if", inner(random, count, depth)),
        8 => ("then", inner(random, count, depth)),
        9 => ("else", inner(random, count, depth)),
        10..=12 => ("properties", named(random)),
        13 => ("additionalProperties", inner(random, count, depth)),
        14 => ("patternProperties", json!({ "^[ab]": inner(random, count, depth) })),
        15 => ("items", inner(random, count, depth)),
        16 => ("prefixItems", several(random)),
        17 => ("contains", inner(random, count, depth)),
        18 => ("dependentSchemas", named(random)),
        19 => ("unevaluatedProperties", inner(random, count, depth)),
        20 => ("propertyNames", inner(random, count, depth)),
        21 => ("$ref", json!(format!("#/$defs/d{}", random.below(count)))),
        22 => ("pattern", json!("^(?:((a|aa)+)\\1[bx]|[a-z]+)$")),
        _ => {
            let types = ["object", "array", "string", "number"];
            ("type", json!(types[random.below(types.len())]))
        }
    }
}

/// A chain of references with each value: schema and record multiply.
fn chain(random: &mut Random) -> Value {
    let links = 1 + random.below(900);
    let next = |n: usize| json!({"minItems": 0, "$ref": format!("#/$defs/d{}", n + 1)});
    let mut all: Map<String, Value> = (0..links).map(|n| (format!("d{n}"), next(n))).collect();
    let last = json!({
        "items": {"$ref": "#/$defs/d0"},
        "additionalProperties": {"$ref": "#/$defs/d0"},
        "type": ["array", "object"],
    });
    all.insert(format!("d{links}"), last);
    json!({"x-record": {}, "$defs": all, "$ref": "#/$defs/d0"})
}

/// A record: values in values, wide at some levels, with something wrong at the innermost.
fn record(random: &mut Random) -> String {
    let depth = 1 + random.below(125);
    let is_wide = random.below(4) == 0;
    let mut text = String::from("{\"id\": \"r\"");
    let mut close = String::from("}");
    for level in 0..depth {
        let name = NAMES[random.below(NAMES.len())];
        if is_wide && level % 8 == 0 {
            let _ = write!(text, ", \"b\": [{}]", vec!["{\"a\": 1}"; 40].join(", "));
        }
        if random.below(3) == 0 && level + 2 < depth {
            let _ = write!(text, ", \"{name}\": [{{\"c\": 1");
            close.push_str("]}");
        } else {
            let _ = write!(text, ", \"{name}\": {{\"a\": \"{}\"", "a".repeat(random.below(40)));
            close.push('}');
        }
        if close.len() > 122 {
            break;
        }
    }
    text.push_str(", \"b\": 7");
    // The brackets were opened the other way round.
    text.extend(close.chars().rev());
    text
}

fn check(catalog: &Catalog, files: &[(String, String, String)]) -> Report {
    let input = |(path, schema, _): &(String, String, String)| Input {
        path: path.clone(),
        disk: path.into(),
        schema: Some(schema.clone()),
        table: None,
        supplied: None,
        reported: true,
        expected: true,
    };
    let inputs: Vec<Arc<Input>> = files.iter().map(|file| input(file).into()).collect();
    let read = |input: &Input| {
        let file = files.iter().find(|(path, ..)| *path == input.path);
        file.map(|(.., text)| text.clone().into_bytes()).ok_or_else(|| "gone".to_owned())
    };
    let run = Run { collapse: true, ..Run::new(catalog) };
    run.check(&inputs, &read)
}

/// Checks `pairs` of schemas and records on this thread.
fn check_pairs(seed: u64, pairs: usize) {
    let random = &mut Random::new(seed);
    let mut done = 0;
    while done < pairs {
        let mut schemas = Vec::new();
        let mut files = Vec::new();
        for number in 0..SCHEMAS_IN_A_CATALOG {
            let schema = if random.below(10) == 0 { chain(random) } else { schema(random) };
            let path = format!("s{number}.json");
            schemas.push(Source::new(path.as_str(), Syntax::Json, schema.to_string()));
            for record_number in 0..RECORDS_OF_A_SCHEMA {
                let name = format!("r{number:02}-{record_number}.json");
                files.push((name, path.clone(), record(random)));
            }
        }
        done += files.len();
        let catalog = Catalog::with(schemas, &std::collections::BTreeMap::new());
        let report = check(&catalog, &files);
        assert_eq!(report.summary.files, files.len());
        assert_eq!(report.unread, []);
        for finding in report.findings {
            assert!(!finding.message.is_empty() && finding.fingerprint.len() == 32);
        }
    }
}

#[test]
fn hostile_schemas_are_checked_in_bounded_steps_on_little_stack() {
    let pairs = std::env::var("HOSTILE_PAIRS").ok().and_then(|pairs| pairs.parse().ok());
    let pairs: usize = pairs.unwrap_or(100);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).stack_size(STACK).build().unwrap();
    pool.install(|| check_pairs(1, pairs / 2));
    // A thread outside of any pool, as the language server has.
    let alone = thread::Builder::new().stack_size(STACK);
    alone.spawn(move || check_pairs(2, pairs / 2)).unwrap().join().unwrap();
}
