//! What `contains` asks of an array, in words.

use serde_json::Value;

use super::{Reader, words::type_word};
use crate::{
    message::{counted, listed, quoted},
    tree::{NodeRef, Tree, value::to_value},
};

/// The schema object whose `contains` is at this path; `None` where the path leads through references.
pub(super) fn schema(reader: &Reader<'_>, path: &str) -> Option<Value> {
    let (pointer, _) = path.rsplit_once('/')?;
    let source = &reader.catalog.file(reader.schema).source;
    let tree = reader.document.get_or_init(|| Tree::parse(source.clone()));
    let root = tree.node(*tree.roots().first()?);
    let object = root.pointer(pointer)?;
    object.get("contains")?;
    Some(to_value(object))
}

/// What is wrong with the array, behind its name.
pub(super) fn message(array: NodeRef<'_>, schema: Option<&Value>) -> String {
    let bound = |name: &str| schema?.get(name)?.as_u64();
    let (least, most) = (bound("minContains").unwrap_or(1), bound("maxContains"));
    let wanted = schema.and_then(|schema| Wanted::read(&schema["contains"]));
    let Some(wanted) = wanted else {
        return match (least, most) {
            (1, None) => match schema.and_then(|schema| description(&schema["contains"])) {
                Some(what) => format!("has no element that is {what}"),
                None => "has no element of the form that the schema requires".to_owned(),
            },
            (least, None) => format!(
                "has too few elements of the form that the schema requires; at least {least} expected"
            ),
            (least, Some(most)) => format!(
                "has too few or too many elements of the form that the schema requires; {least} to {most} expected"
            ),
        };
    };
    let found = array.elements().filter(|element| wanted.fits(&to_value(*element))).count() as u64;
    let what = wanted.words(found == 1 || least == 1 && found == 0);
    if found < least {
        return match (found, least) {
            (0, 1) => format!("has no element that is {what}"),
            _ => format!(
                "has {} that {} {what}; at least {least} expected",
                elements(found),
                is(found)
            ),
        };
    }
    let most = most.unwrap_or(least);
    format!("has {} that {} {what}; at most {most} expected", elements(found), is(found))
}

/// What the schema of an element says of it, as part of a sentence: "a section with a paragraph".
fn description(schema: &Value) -> Option<String> {
    let text = schema.get("description")?.as_str()?.trim().trim_end_matches('.');
    let mut letters = text.chars();
    let first = letters.next()?;
    // A capital before a capital is that of an abbreviation.
    let is_name = letters.as_str().starts_with(char::is_uppercase);
    Some(if is_name {
        text.to_owned()
    } else {
        format!("{}{}", first.to_lowercase(), letters.as_str())
    })
}

fn elements(count: u64) -> String {
    counted(count as usize, "element")
}

const fn is(count: u64) -> &'static str {
    if count == 1 { "is" } else { "are" }
}

/// What an element has to be, where that is one of some values or of a type.
enum Wanted<'s> {
    Values(Vec<&'s Value>),
    Type(&'s str),
}

impl<'s> Wanted<'s> {
    fn read(schema: &'s Value) -> Option<Self> {
        let object = schema.as_object().filter(|object| object.len() == 1)?;
        let (keyword, value) = object.iter().next()?;
        match keyword.as_str() {
            "const" => Some(Self::Values(vec![value])),
            "enum" => Some(Self::Values(value.as_array()?.iter().collect())),
            "type" => value.as_str().map(Self::Type),
            _ => None,
        }
    }

    fn fits(&self, element: &Value) -> bool {
        match self {
            Self::Values(values) => values.contains(&element),
            Self::Type(name) => match *name {
                "string" => element.is_string(),
                "number" => element.is_number(),
                "integer" => {
                    let is_whole = |number: f64| number.fract() == 0.0;
                    element.is_i64() || element.is_u64() || element.as_f64().is_some_and(is_whole)
                }
                "boolean" => element.is_boolean(),
                "array" => element.is_array(),
                "object" => element.is_object(),
                _ => element.is_null(),
            },
        }
    }

    fn words(&self, is_one: bool) -> String {
        match self {
            Self::Values(values) => {
                let text = |value: &&Value| {
                    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
                };
                let values: Vec<String> =
                    values.iter().map(text).map(|text| quoted(&text)).collect();
                listed(&values, "or")
            }
            Self::Type("null") => "null".to_owned(),
            Self::Type(name) if is_one => type_word(name),
            Self::Type(name) => format!("{name}s"),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::violations;
    use crate::{
        schema::Catalog,
        source::{Source, Syntax},
        tree::Tree,
    };

    /// What is wrong with the member `a` by a schema, with the help where there is one.
    fn said(schema: &str, value: &str) -> Vec<String> {
        let schema = format!(r#"{{"properties": {{"a": {schema}}}}}"#);
        let catalog = Catalog::without_bundled(&[("s.json".to_owned(), schema)]);
        let text = format!(r#"{{"a": {value}}}"#);
        let tree = Tree::parse(Arc::new(Source::new("r.json", Syntax::Json, text)));
        let found = violations(&catalog, catalog.find("s.json").unwrap(), tree.records()[0]);
        let text = |one: super::super::Violation| match one.help {
            Some(help) => format!("{} ({help})", one.message),
            None => one.message,
        };
        found.violations.into_iter().map(text).collect()
    }

    #[test]
    fn an_element_is_called_what_its_description_says() {
        let described = |text: &str| {
            let schema =
                format!(r#"{{"contains": {{"description": "{text}", "required": ["b"]}}}}"#);
            said(&schema, "[{}]")
        };
        assert_eq!(
            described("A part with a `b`."),
            ["`a` has no element that is a part with a `b`"]
        );
        assert_eq!(described("UN act"), ["`a` has no element that is UN act"]);
        assert_eq!(described(""), ["`a` has no element of the form that the schema requires"]);
    }

    #[test]
    fn what_no_element_is_is_named() {
        let chair = r#"{"contains": {"const": "chair"}}"#;
        assert_eq!(said(chair, r#"["vice"]"#), ["`a` has no element that is `chair`"]);
        assert_eq!(said(chair, "[]"), ["`a` has no element that is `chair`"]);
        let two = r#"{"contains": {"type": "integer"}, "minContains": 2, "maxContains": 3}"#;
        assert_eq!(
            said(two, "[1, \"a\"]"),
            ["`a` has 1 element that is an integer; at least 2 expected"]
        );
        assert_eq!(
            said(two, "[1, 2.0, 3, 4]"),
            ["`a` has 4 elements that are integers; at most 3 expected"]
        );
        assert!(said(two, "[1, 2, 3, \"a\"]").is_empty());
        let form = r#"{"contains": {"required": ["name"]}}"#;
        assert_eq!(said(form, "[{}]"), ["`a` has no element of the form that the schema requires"]);
    }

    #[test]
    fn names_of_properties_that_are_not_allowed_are_reported_one_by_one() {
        let listed = r#"{"propertyNames": {"enum": ["chair", "vice-chair"]}}"#;
        assert_eq!(
            said(listed, r#"{"chair": 1, "Chair": 2, "other": 3}"#),
            [
                "`Chair` is not an allowed property name in `a` (did you mean `chair`?)",
                "`other` is not an allowed property name in `a` (`chair` or `vice-chair` expected)"
            ]
        );
        assert_eq!(
            said(r#"{"propertyNames": {"maxLength": 4}}"#, r#"{"abcd": 1, "abcde": 1}"#),
            ["`abcde` is not an allowed property name in `a` (at most 4 characters expected)"]
        );
        assert_eq!(
            said(r#"{"propertyNames": {"pattern": "^[a-z]+$"}}"#, r#"{"b1": 1, "c": 1}"#),
            ["`b1` is not an allowed property name in `a` (only small letters expected)"]
        );
    }

    #[test]
    fn very_many_names_that_are_not_allowed_are_each_reported_once() {
        let names: Vec<String> = (0..3000).map(|number| format!("\"N{number}\": 1")).collect();
        let schema = r#"{"propertyNames": {"pattern": "^[a-z]+$", "maxLength": 2}}"#;
        let found = said(schema, &format!("{{{}}}", names.join(",")));
        assert_eq!(found.len(), 3000 + 2990, "those of one figure are not too long");
    }

    #[test]
    fn of_alternatives_the_nearest_is_explained() {
        let either = r#"{"anyOf": [{"required": ["mover"]}, {"required": ["sponsor", "date"]}]}"#;
        assert_eq!(said(either, "{}"), ["`a` lacks `mover` or `sponsor` and `date`"]);
        let forms = r#"{"anyOf": [
            {"properties": {"x": {"type": "integer"}, "y": {"type": "integer"}}},
            {"properties": {"x": {"type": "string"}}}
        ]}"#;
        assert_eq!(said(forms, r#"{"x": 1.5, "y": "2"}"#), ["`x` is a number; a string expected"]);
        let even = r#"{"anyOf": [{"minLength": 5}, {"pattern": "^x"}]}"#;
        assert_eq!(
            said(even, "\"abc\""),
            ["`a` is `abc`; at least 5 characters or text that begins with `x` expected"]
        );
        let apart = r#"{"anyOf": [{"minProperties": 5}, {"properties": {"x": {"minLength": 2}}}]}"#;
        assert_eq!(said(apart, r#"{"x": "a"}"#), ["`a` matches none of 2 allowed forms"]);
    }

    #[test]
    fn a_value_that_fits_several_forms_is_reported_which() {
        let forms = r#"{"oneOf": [{"multipleOf": 5}, {"multipleOf": 7}, {"multipleOf": 3}]}"#;
        assert_eq!(
            said(forms, "15"),
            ["`a` fits the allowed forms 1 and 3 (of 3), and must fit exactly one"]
        );
    }

    #[test]
    fn the_form_of_a_value_is_named_and_not_its_pattern() {
        let time = r#"{"type": "string", "pattern": "^[0-9]{2}:[0-9]{2}$", "x-form": "time"}"#;
        assert_eq!(said(time, "\"ten\""), ["`a` is `ten`; a time such as 10:00 expected"]);
    }
}
