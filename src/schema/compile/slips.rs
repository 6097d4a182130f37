//! Slips in the keywords of JSON Schema itself, which a validator passes in silence: a keyword that is nearly one, a pattern in
//! another dialect, and a `$ref` that only leads back to itself.

use serde_json::{Map, Value};

use super::{Compiler, Document, LocationId, Misuse, is_below_data};
use crate::{
    message::{did_you_mean, quoted},
    schema::{
        catalog::BUNDLED_BASE,
        dialect::{self, Fault},
        patterns,
    },
    suggest,
    tree::escape,
    vocabulary::KeywordError,
};

/// What the value of a keyword looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holds {
    /// A schema.
    Schema,
    /// Schemas by name.
    Named,
    /// A list of schemas.
    Listed,
    /// A schema or a list of schemas.
    Items,
    /// A text.
    Text,
    /// A list of values.
    Values,
    /// A number.
    Number,
    /// `true` or `false`.
    Flag,
}

impl Holds {
    fn fits(self, value: &Value) -> bool {
        match self {
            Self::Schema => value.is_object() || value.is_boolean(),
            Self::Named => value.is_object(),
            Self::Listed | Self::Values => value.is_array(),
            Self::Items => value.is_object() || value.is_array() || value.is_boolean(),
            Self::Text => value.is_string(),
            Self::Number => value.is_number(),
            Self::Flag => value.is_boolean(),
        }
    }
}

/// The keywords of JSON Schema that check something, of all drafts from 4 to 2020-12. Those that only describe are left out:
/// a slip in them lets no mistake pass.
const KEYWORDS: &[(&str, Holds)] = &[
    ("additionalItems", Holds::Schema),
    ("additionalProperties", Holds::Schema),
    ("allOf", Holds::Listed),
    ("anyOf", Holds::Listed),
    ("contains", Holds::Schema),
    ("contentSchema", Holds::Schema),
    ("definitions", Holds::Named),
    ("dependencies", Holds::Named),
    ("dependentRequired", Holds::Named),
    ("dependentSchemas", Holds::Named),
    ("else", Holds::Schema),
    ("enum", Holds::Values),
    ("exclusiveMaximum", Holds::Number),
    ("exclusiveMinimum", Holds::Number),
    ("format", Holds::Text),
    ("if", Holds::Schema),
    ("items", Holds::Items),
    ("maxContains", Holds::Number),
    ("maxItems", Holds::Number),
    ("maxLength", Holds::Number),
    ("maxProperties", Holds::Number),
    ("maximum", Holds::Number),
    ("minContains", Holds::Number),
    ("minItems", Holds::Number),
    ("minLength", Holds::Number),
    ("minProperties", Holds::Number),
    ("minimum", Holds::Number),
    ("multipleOf", Holds::Number),
    ("not", Holds::Schema),
    ("oneOf", Holds::Listed),
    ("pattern", Holds::Text),
    ("patternProperties", Holds::Named),
    ("prefixItems", Holds::Listed),
    ("properties", Holds::Named),
    ("propertyNames", Holds::Schema),
    ("required", Holds::Values),
    ("then", Holds::Schema),
    ("unevaluatedItems", Holds::Schema),
    ("unevaluatedProperties", Holds::Schema),
    ("uniqueItems", Holds::Flag),
];

/// Shorter keywords are near too many ordinary words, such as `note` to `not`.
const SHORTEST: usize = 5;

impl Compiler<'_> {
    /// Reports keywords that are nearly one of JSON Schema, and patterns that are not those of ECMA-262.
    pub(super) fn report_misspelt(&mut self) {
        for document in 0..self.documents.len() {
            let Document { uri, value } = self.documents[document];
            // Tests check the bundled schemas, and to go through them takes a while.
            if uri.starts_with(BUNDLED_BASE) {
                continue;
            }
            let mut found = Vec::new();
            look_at(value, &mut String::new(), &mut found);
            self.misuses.extend(found.into_iter().map(|(pointer, error)| Misuse {
                document,
                pointer,
                error,
                is_doubtful: true,
            }));
        }
    }

    /// Reports each `$ref` that only leads back to itself, by the first place of the loop.
    pub(super) fn report_loops(&mut self) {
        let edges: Vec<Vec<LocationId>> =
            (0..self.locations.len()).map(|id| self.of_the_same_value(id)).collect();
        let mut loops: Vec<LocationId> = Vec::new();
        let mut state = vec![Visit::New; edges.len()];
        let refers = |id: LocationId| self.locations[id].schema.contains_key("$ref");
        for start in 0..edges.len() {
            find_loops(start, &edges, &refers, &mut state, &mut loops);
        }
        for id in loops {
            let location = &self.locations[id];
            let reference = location.schema.get("$ref").and_then(Value::as_str).unwrap_or("#");
            let error = KeywordError {
                keyword: "$ref".to_owned(),
                message: format!(
                    "`$ref` names {}, which only leads back here, so the value is not checked",
                    quoted(reference)
                ),
                help: Some("name the schema that the value must satisfy".to_owned()),
            };
            let (document, pointer) = (location.document, location.pointer.clone());
            self.misuses.push(Misuse { document, pointer, error, is_doubtful: false });
        }
    }
}

impl Compiler<'_> {
    /// The schema objects that apply to the same value as this one, because it names or combines them.
    fn of_the_same_value(&self, id: LocationId) -> Vec<LocationId> {
        let location = &self.locations[id];
        if is_below_data(&location.pointer) {
            return Vec::new();
        }
        let schema = location.schema;
        let reference = schema.get("$ref").and_then(Value::as_str);
        let target = reference.and_then(|reference| location.resolver.lookup(reference).ok());
        let mut all: Vec<LocationId> =
            target.and_then(|target| self.child(target.contents())).into_iter().collect();
        for keyword in ["allOf", "anyOf", "oneOf"] {
            all.extend(self.children(schema.get(keyword)));
        }
        let single = ["not", "if", "then", "else"].into_iter().filter_map(|name| schema.get(name));
        all.extend(single.filter_map(|value| self.child(value)));
        all
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Visit {
    New,
    /// On the way from the start.
    Open,
    Done,
}

/// Goes on from `start`, and adds the last place of each loop that `refers` to another.
fn find_loops(
    start: LocationId,
    edges: &[Vec<LocationId>],
    refers: &dyn Fn(LocationId) -> bool,
    state: &mut [Visit],
    loops: &mut Vec<LocationId>,
) {
    if state[start] != Visit::New {
        return;
    }
    state[start] = Visit::Open;
    // The way from the start: each place with the number of its next edge.
    let mut way = vec![(start, 0)];
    while let Some((at, next)) = way.last_mut() {
        let Some(target) = edges[*at].get(*next).copied() else {
            state[*at] = Visit::Done;
            way.pop();
            continue;
        };
        *next += 1;
        match state[target] {
            Visit::New => {
                state[target] = Visit::Open;
                way.push((target, 0));
            }
            Visit::Open => {
                let from = way.iter().position(|(id, _)| *id == target).unwrap_or(0);
                let mut of_loop = way[from..].iter().map(|(id, _)| *id);
                loops.extend(of_loop.rfind(|id| refers(*id)));
            }
            Visit::Done => {}
        }
    }
}

/// Looks at a schema and all schemas in it. The depth of a value is bounded where it is read.
fn look_at(schema: &Value, pointer: &mut String, found: &mut Vec<(String, KeywordError)>) {
    let Value::Object(object) = schema else { return };
    look_at_patterns(object, pointer, found);
    for (name, value) in object {
        let known = KEYWORDS.iter().find(|(keyword, _)| keyword == name);
        let known = known.map(|(_, holds)| *holds).or((name == "$defs").then_some(Holds::Named));
        match known {
            Some(holds) => look_below((name, value, holds), pointer, found),
            None => found.extend(misspelt(name, value).map(|one| (pointer.clone(), one))),
        }
    }
}

/// A pattern in another dialect: of a text, or of the names of properties.
fn look_at_patterns(
    object: &Map<String, Value>,
    pointer: &str,
    found: &mut Vec<(String, KeywordError)>,
) {
    let error = |pattern: &str, keyword: Option<&str>| {
        let pattern = patterns::as_written(pattern);
        let Fault { message, help } = dialect::fault(&pattern)?;
        Some(KeywordError { keyword: keyword.map_or(pattern, str::to_owned), message, help })
    };
    let pattern = object.get("pattern").and_then(Value::as_str);
    let of_text = pattern.and_then(|pattern| error(pattern, Some("pattern")));
    found.extend(of_text.map(|error| (pointer.to_owned(), error)));
    let of_names = object.get("patternProperties").and_then(Value::as_object);
    let of_names = of_names.into_iter().flatten().filter_map(|(pattern, _)| error(pattern, None));
    found.extend(of_names.map(|error| (format!("{pointer}/patternProperties"), error)));
}

fn look_below(
    (name, value, holds): (&str, &Value, Holds),
    pointer: &mut String,
    found: &mut Vec<(String, KeywordError)>,
) {
    let len = pointer.len();
    let mut step = |tokens: &[&str], schema: &Value| {
        for token in tokens {
            pointer.push('/');
            pointer.push_str(&escape(token));
        }
        look_at(schema, pointer, found);
        pointer.truncate(len);
    };
    match (holds, value) {
        (Holds::Schema | Holds::Items, Value::Object(_)) => step(&[name], value),
        (Holds::Named, Value::Object(all)) => {
            all.iter().for_each(|(key, schema)| step(&[name, key], schema));
        }
        (Holds::Listed | Holds::Items, Value::Array(all)) => {
            let numbered = all.iter().enumerate();
            numbered.for_each(|(at, schema)| step(&[name, &at.to_string()], schema));
        }
        _ => {}
    }
}

/// A key that is nearly a keyword, with a value that this keyword may have. Any other key is an annotation
/// of another tool.
fn misspelt(name: &str, value: &Value) -> Option<KeywordError> {
    if name.starts_with('$') || name.starts_with("x-") || name.len() < SHORTEST {
        return None;
    }
    let may_be =
        |(keyword, holds): &&(&'static str, Holds)| keyword.len() >= SHORTEST && holds.fits(value);
    let candidates = KEYWORDS.iter().filter(may_be).map(|(keyword, _)| *keyword);
    let near = suggest::nearest(name, candidates)?;
    Some(KeywordError {
        keyword: name.to_owned(),
        message: format!("{} is not a keyword of JSON Schema and checks nothing", quoted(name)),
        help: Some(did_you_mean(near)),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::schema::{Catalog, bundled::BUNDLED};

    /// What is said of a schema: the pointer, the keyword, what was meant, and whether the schema can be used.
    fn found(schema: &serde_json::Value) -> Vec<(String, String, String)> {
        let catalog = Catalog::without_bundled(&[("s.json".to_owned(), schema.to_string())]);
        let errors = catalog.errors().iter().filter(|error| error.usable);
        errors
            .map(|error| {
                let keyword = error.keyword.clone().unwrap_or_default();
                (error.pointer.clone(), keyword, error.help.clone().unwrap_or_default())
            })
            .collect()
    }

    #[test]
    fn a_misspelt_keyword_is_named_with_the_nearest_at_any_depth() {
        for (schema, pointer, keyword, near) in [
            (json!({"requird": ["id"]}), "", "requird", "required"),
            (json!({"properties": {}, "propertys": {"n": {}}}), "", "propertys", "properties"),
            (
                json!({"aditionalProperties": false}),
                "",
                "aditionalProperties",
                "additionalProperties",
            ),
            (
                json!({"additionalproperties": false}),
                "",
                "additionalproperties",
                "additionalProperties",
            ),
            (json!({"properties": {"a": {"pattren": "x"}}}), "/properties/a", "pattren", "pattern"),
            (json!({"items": [{"minLenght": 2}]}), "/items/0", "minLenght", "minLength"),
            (json!({"anyOf": [{"not": {"oneof": []}}]}), "/anyOf/0/not", "oneof", "oneOf"),
            (json!({"$defs": {"a/b": {"maxItem": 2}}}), "/$defs/a~1b", "maxItem", "maxItems"),
        ] {
            let expected =
                (pointer.to_owned(), keyword.to_owned(), format!("did you mean `{near}`?"));
            assert_eq!(found(&schema), [expected], "{schema}");
        }
    }

    #[test]
    fn the_bundled_schemas_have_none() {
        for (name, text) in BUNDLED {
            let mut found = Vec::new();
            super::look_at(&serde_json::from_str(text).unwrap(), &mut String::new(), &mut found);
            assert!(found.is_empty(), "{name}: {found:?}");
        }
    }

    #[test]
    fn annotations_of_other_tools_and_names_of_properties_are_no_slips() {
        for schema in [
            json!({"nullable": true, "example": [1], "note": {}, "discriminator": {"a": "b"}, "xml": {}, "formats": ["a"]}),
            json!({"properties": {"requird": {"type": "string"}, "pattren": {}}}),
            json!({"const": {"requird": []}, "enum": [{"propertys": {}}], "examples": [{"pattren": "a"}]}),
            json!({"markdownDescription": "a", "enumDescriptions": ["a"], "errorMessage": "a", "order": 3, "unit": "m"}),
            json!({"titel": "a", "descripton": "b", "$coment": "c", "deprecatd": true}),
        ] {
            assert_eq!(found(&schema), [], "{schema}");
        }
    }

    #[test]
    fn a_reference_that_only_leads_back_to_itself_is_reported_once() {
        let two = json!({"properties": {"r": {"$ref": "#/$defs/a"}}, "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}});
        for (schema, pointer) in [
            (json!({"$ref": "#"}), ""),
            (two, "/$defs/b"),
            (json!({"$defs": {"a": {"allOf": [{"$ref": "#/$defs/a"}]}}}), "/$defs/a/allOf/0"),
            (
                json!({"properties": {"x": {"anyOf": [{"type": "string"}, {"$ref": "#/properties/x"}]}}}),
                "/properties/x/anyOf/1",
            ),
        ] {
            let found = found(&schema);
            let [(at, keyword, _)] = found.as_slice() else { panic!("{schema}: {found:?}") };
            assert_eq!((at.as_str(), keyword.as_str()), (pointer, "$ref"), "{schema}");
        }
    }

    #[test]
    fn recursion_through_a_value_is_no_loop() {
        for schema in [
            json!({"properties": {"parts": {"items": {"$ref": "#"}}}}),
            json!({"anyOf": [{"type": "string"}, {"items": {"$ref": "#"}}]}),
            json!({"$ref": "#/$defs/a", "$defs": {"a": {"additionalProperties": {"$ref": "#/$defs/a"}}}}),
            json!({"allOf": [{"$ref": "#/$defs/a"}, {"$ref": "#/$defs/a"}], "$defs": {"a": {}}}),
        ] {
            assert_eq!(found(&schema), [], "{schema}");
        }
    }
}
