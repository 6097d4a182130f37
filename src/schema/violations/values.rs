//! What identifies a violation at its place, as data: the keyword that fails, its operand, and the value that is there. A
//! message may be worded anew; this stays.

use jsonschema::error::{TypeKind, ValidationErrorKind as Cause};

use super::Failure;
use crate::{schema::ANY_DATE, tree::NodeRef};

/// The keyword, its operand, and the value found.
pub(super) fn of(failure: &Failure<'_>) -> Vec<String> {
    vec![failure.cause.keyword().to_owned(), operand(&failure.cause), found(failure.node)]
}

/// The operand of the keyword, where it is one value; a schema as operand may be large, and says no more.
pub(super) fn operand(cause: &Cause) -> String {
    match cause {
        Cause::Type { kind: TypeKind::Single(one) } => one.to_string(),
        Cause::Type { kind: TypeKind::Multiple(set) } => {
            let mut names: Vec<String> = set.iter().map(|one| one.to_string()).collect();
            names.sort_unstable();
            names.join(" ")
        }
        Cause::Constant { expected_value } => expected_value.to_string(),
        Cause::Enum { options } => options.to_string(),
        Cause::Pattern { pattern } => pattern.clone(),
        // The name is an internal one.
        Cause::Format { format } if format == ANY_DATE => "date".to_owned(),
        Cause::Format { format } => format.clone(),
        Cause::MinLength { limit }
        | Cause::MaxLength { limit }
        | Cause::MinItems { limit }
        | Cause::MaxItems { limit }
        | Cause::MinProperties { limit }
        | Cause::MaxProperties { limit } => limit.to_string(),
        Cause::AdditionalItems { limit } => limit.to_string(),
        Cause::Minimum { limit }
        | Cause::Maximum { limit }
        | Cause::ExclusiveMinimum { limit }
        | Cause::ExclusiveMaximum { limit } => limit.to_string(),
        Cause::MultipleOf { multiple_of } => multiple_of.to_string(),
        _ => String::new(),
    }
}

/// The text of a scalar. Of a list or an object only that it is one: what else it has may change.
fn found(node: NodeRef<'_>) -> String {
    match node.scalar_text() {
        Some(text) => text.to_owned(),
        None if node.is_array() => "[]".to_owned(),
        None if node.is_object() => "{}".to_owned(),
        None => "null".to_owned(),
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

    /// The values of the first violation of a schema for the member `a`.
    fn values(schema: &str, value: &str) -> Vec<String> {
        let schema = format!(r#"{{"properties": {{"a": {schema}}}}}"#);
        let catalog = Catalog::without_bundled(&[("s.json".to_owned(), schema)]);
        let text = format!(r#"{{"a": {value}}}"#);
        let tree = Tree::parse(Arc::new(Source::new("r.json", Syntax::Json, text)));
        let found = violations(&catalog, catalog.find("s.json").unwrap(), tree.records()[0]);
        found.violations.into_iter().next().unwrap().values
    }

    #[test]
    fn they_are_the_keyword_its_operand_and_the_value() {
        for (schema, value, expected) in [
            (r#"{"type": "string"}"#, "[1, 2]", ["type", "string", "[]"]),
            (r#"{"type": ["string", "array"]}"#, "{}", ["type", "array string", "{}"]),
            (r#"{"type": "string"}"#, "null", ["type", "string", "null"]),
            (r#"{"const": 7}"#, "8", ["const", "7", "8"]),
            (r#"{"enum": ["x", 7]}"#, r#""y""#, ["enum", r#"["x",7]"#, "y"]),
            (r#"{"pattern": "^a"}"#, r#""b""#, ["pattern", "^a", "b"]),
            (r#"{"minLength": 3}"#, r#""b""#, ["minLength", "3", "b"]),
            (r#"{"maxItems": 1}"#, "[1, 2]", ["maxItems", "1", "[]"]),
            (r#"{"minimum": 3}"#, "2.5", ["minimum", "3", "2.5"]),
            (r#"{"anyOf": [{"const": [1]}, {"const": [2]}]}"#, "[3]", ["anyOf", "", "[]"]),
            ("false", "true", ["falseSchema", "", "true"]),
        ] {
            assert_eq!(values(schema, value), expected, "{schema}");
        }
    }
}
