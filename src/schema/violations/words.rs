//! What of a violation is reported in words: what was wanted, what was found, and where.

use std::collections::HashSet;

use jsonschema::error::{TypeKind, ValidationErrorKind as Cause};
use regex::Regex;
use serde_json::Value;

use super::{Failure, likeness};
use crate::{
    message::{counted, did_you_mean, listed, quoted, shown},
    schema::{ANY_DATE, patterns},
    source::Syntax,
    suggest,
    tree::{NodeRef, unescape, value::to_value},
};

/// What was wanted, and the value that was clearly meant, if it was one of those allowed.
pub(super) fn wanted(failure: &Failure<'_>) -> (String, Option<String>) {
    let found = failure.node.as_str();
    match &*failure.cause {
        cause @ (Cause::Enum { .. } | Cause::Constant { .. }) => wanted_value(cause, found),
        cause => (wanted_by(cause), None),
    }
}

/// The pattern, where the message only describes it.
pub(super) fn exact(cause: &Cause) -> Option<String> {
    let Cause::Pattern { pattern } = cause else { return None };
    likeness::described(pattern)?;
    Some(format!("the pattern is `{}`", shown(&patterns::as_written(pattern))))
}

/// The same for the name of a property, in one text.
pub(super) fn wanted_of(cause: &Cause, found: Option<&str>) -> Option<String> {
    match cause {
        Cause::Enum { .. } | Cause::Constant { .. } => {
            let (wanted, near) = wanted_value(cause, found);
            Some(near.map_or(wanted, |near| did_you_mean(&near)))
        }
        Cause::FalseSchema | Cause::Not { .. } => None,
        cause => Some(wanted_by(cause)),
    }
}

/// Whether a name answers the keyword that failed for one of several names; true where that is not known.
pub(super) fn is_name(cause: &Cause, name: &str) -> bool {
    let length = || name.chars().count() as u64;
    match cause {
        Cause::Enum { .. } | Cause::Constant { .. } => {
            let values = fixed_values(cause).unwrap_or_default();
            values.iter().any(|value| value.as_str() == Some(name))
        }
        Cause::MaxLength { limit } => length() <= *limit,
        Cause::MinLength { limit } => length() >= *limit,
        Cause::Pattern { pattern } => {
            Regex::new(pattern).map_or(true, |regex| regex.is_match(name))
        }
        Cause::FalseSchema => false,
        _ => true,
    }
}

fn wanted_by(cause: &Cause) -> String {
    match cause {
        Cause::Type { kind } => format!("{} expected", types(kind)),
        Cause::Pattern { pattern } => match likeness::described(pattern) {
            Some(words) => format!("{words} expected"),
            None => format!("text like `{}` expected", shown(&patterns::as_written(pattern))),
        },
        Cause::Format { format } => format!("{} expected", format_word(format)),
        Cause::MinLength { limit } => {
            format!("at least {} expected", counted(*limit as usize, "character"))
        }
        Cause::MaxLength { limit } => {
            format!("at most {} expected", counted(*limit as usize, "character"))
        }
        Cause::MinItems { limit } => {
            format!("at least {} expected", counted(*limit as usize, "element"))
        }
        Cause::MaxItems { limit } => {
            format!("at most {} expected", counted(*limit as usize, "element"))
        }
        Cause::AdditionalItems { limit } => {
            format!("at most {} expected", counted(*limit, "element"))
        }
        Cause::MinProperties { limit } => {
            format!("at least {} expected", counted(*limit as usize, "property"))
        }
        Cause::MaxProperties { limit } => {
            format!("at most {} expected", counted(*limit as usize, "property"))
        }
        Cause::Minimum { limit } => format!("{limit} or more expected"),
        Cause::Maximum { limit } => format!("{limit} or less expected"),
        Cause::ExclusiveMinimum { limit } => format!("more than {limit} expected"),
        Cause::ExclusiveMaximum { limit } => format!("less than {limit} expected"),
        Cause::MultipleOf { multiple_of } => format!("a multiple of {multiple_of} expected"),
        Cause::UniqueItems => "each element may appear only once".to_owned(),
        Cause::FalseSchema => "nothing is allowed here".to_owned(),
        Cause::Not { .. } => "the schema excludes this value".to_owned(),
        Cause::UnevaluatedItems { .. } => "no further elements expected".to_owned(),
        other => format!("the schema's `{}` asks for another value", other.keyword()),
    }
}

fn wanted_value(cause: &Cause, found: Option<&str>) -> (String, Option<String>) {
    let values = fixed_values(cause).unwrap_or_default();
    let mut names: Vec<String> = values.iter().map(value_text).collect();
    names.dedup();
    let near = found
        .and_then(|found| suggest::nearest(found, names.iter().map(String::as_str)))
        .map(str::to_owned);
    let names: Vec<String> = names.iter().map(|name| quoted(name)).collect();
    (format!("{} expected", listed(&names, "or")), near)
}

fn value_text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// A type with its article.
pub(super) fn type_word(name: &str) -> String {
    match name {
        "array" | "integer" | "object" => format!("an {name}"),
        "null" => name.to_owned(),
        name => format!("a {name}"),
    }
}

fn types(kind: &TypeKind) -> String {
    let names: Vec<String> = match kind {
        TypeKind::Single(one) => vec![type_word(&one.to_string())],
        TypeKind::Multiple(set) => set.iter().map(|one| type_word(&one.to_string())).collect(),
    };
    listed(&names, "or")
}

fn format_word(format: &str) -> String {
    match format {
        "date" => "a date such as 2011-05-19".to_owned(),
        ANY_DATE => "a date such as 2011-05-19 or 19 May 2011".to_owned(),
        "time" => "a time such as 10:00:00Z".to_owned(),
        "date-time" => "a date and time such as 2011-05-19T10:00:00Z".to_owned(),
        "email" => "an e-mail address".to_owned(),
        "uri" => "a URI such as https://example.org/".to_owned(),
        other => format!("a value of the format `{other}`"),
    }
}

/// The name of the value in messages.
pub(super) fn subject(failure: &Failure<'_>) -> String {
    match failure.pointer.rsplit('/').next() {
        Some("") | None => {
            let is_row = failure.node.tree().source().syntax == Syntax::Csv;
            (if is_row { "the row" } else { "the record" }).to_owned()
        }
        Some(token) if token.bytes().all(|b| b.is_ascii_digit()) => {
            let list = failure.pointer.rsplit('/').nth(1).unwrap_or_default();
            // People count from one; the pointer beside the message counts from zero.
            let number = token.parse::<u64>().map_or(0, |index| index.saturating_add(1));
            format!("element {number} of {}", quoted(&unescape(list)))
        }
        Some(token) => quoted(&unescape(token)),
    }
}

/// The name of the object in messages.
pub(super) fn owner(failure: &Failure<'_>) -> String {
    let kind = failure.node.get("kind").and_then(NodeRef::as_str);
    match (failure.pointer.is_empty(), kind) {
        (true, Some(kind)) => format!("the {}", shown(kind)),
        _ => subject(failure),
    }
}

/// Whether the name of a kind is a plural: "the minutes lack", "the agenda lacks".
pub(super) fn is_plural(owner: &str) -> bool {
    owner.starts_with("the ") && owner.ends_with('s') && !owner.ends_with("ss")
}

/// " is `…`" for what is there, as far as the keyword that failed looks at it.
pub(super) fn found_by(cause: &Cause, node: NodeRef<'_>) -> String {
    let is_container = node.is_array() || node.is_object();
    match cause {
        Cause::MinProperties { .. } | Cause::MaxProperties { .. } => {
            format!(" has {}", counted(node.members().count(), "property"))
        }
        Cause::Constant { .. } | Cause::Enum { .. } if is_container => {
            format!(" is `{}`", shown(&to_value(node).to_string()))
        }
        Cause::UniqueItems => {
            let mut seen = HashSet::new();
            let mut texts = node.elements().map(|element| to_value(element).to_string());
            let repeated = texts.find(|text| !seen.insert(text.clone()));
            repeated.map_or_else(
                || found(node),
                |text| format!(" has `{}` twice", shown(text.trim_matches('"'))),
            )
        }
        _ => found(node),
    }
}

/// " is `…`" for what is there.
pub(super) fn found(node: NodeRef<'_>) -> String {
    match node.scalar_text() {
        Some("") => " is empty".to_owned(),
        Some(text) => format!(" is `{}`", shown(text)),
        None if node.is_array() => {
            format!(" has {}", counted(node.elements().count(), "element"))
        }
        None => format!(" is {}", node.kind().word()),
    }
}

pub(super) fn fixed_values(cause: &Cause) -> Option<Vec<Value>> {
    match cause {
        Cause::Constant { expected_value } => Some(vec![expected_value.as_ref().clone()]),
        Cause::Enum { options } => options.as_array().cloned(),
        _ => None,
    }
}
