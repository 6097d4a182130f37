//! Why a schema cannot be used: what the crates say, in our words and at a place.

use jsonschema::{
    ValidationError,
    error::{TypeKind, ValidationErrorKind},
};
use referencing::Error;
use serde_json::Value;

use super::{
    catalog::SchemaError,
    compile::{Document, Misuse},
    joined,
};
use crate::{message, suggest};

/// The types that JSON Schema knows.
const TYPES: [&str; 7] = ["array", "boolean", "integer", "null", "number", "object", "string"];

/// A schema document that cannot be read, and why.
pub(super) fn unread(file: usize, why: &str) -> SchemaError {
    SchemaError {
        file,
        pointer: String::new(),
        keyword: None,
        message: format!("the schema cannot be read: {why}"),
        help: None,
        usable: false,
        is_doubtful: false,
    }
}

/// A wrong use of the vocabulary in a schema that can be used.
pub(super) fn misuse(misuse: Misuse) -> SchemaError {
    SchemaError {
        file: misuse.document,
        pointer: misuse.pointer,
        keyword: Some(misuse.error.keyword),
        message: misuse.error.message,
        help: misuse.error.help,
        usable: true,
        is_doubtful: misuse.is_doubtful,
    }
}

/// Why the schema `file` of `documents`, whose paths are given, cannot be compiled.
pub(super) fn unusable(
    file: usize,
    error: &ValidationError<'_>,
    documents: &[Document<'_>],
    paths: &[String],
) -> SchemaError {
    let schema = documents[file].value;
    if let ValidationErrorKind::Referencing(error) = error.kind() {
        return dangling(file, error, schema, &|_| None);
    }
    let is_own = |error: &ValidationError<'_>| {
        schema.pointer(error.instance_path().as_str()) == Some(error.instance().as_ref())
    };
    if is_own(error) {
        return wrong(file, schema, error);
    }
    // Of a mistake deep inside a schema, only its own place is reported.
    if let Some(error) = jsonschema::meta::validate(schema).err().filter(is_own) {
        return wrong(file, schema, &error);
    }
    // The fault is in another schema, to which this one refers.
    let pointer = error.instance_path().as_str();
    let mut others = documents.iter().zip(paths).enumerate().rev();
    let other = others.find(|(at, (other, _))| {
        *at != file && other.value.pointer(pointer) == Some(error.instance().as_ref())
    });
    let what = match other {
        Some((_, (_, path))) => format!("it refers to `{path}`, which cannot be used"),
        None => error.to_string(),
    };
    problems(file, "", None, &what)
}

/// Why a schema inside another one cannot be used, and what was probably meant.
pub(super) fn reason(error: &ValidationError<'_>) -> (String, Option<String>) {
    match error.kind() {
        ValidationErrorKind::Referencing(error) => (error.to_string(), None),
        _ => wrong_value(error.instance_path().as_str(), error),
    }
}

/// The value of a keyword is wrong.
fn wrong(file: usize, schema: &Value, error: &ValidationError<'_>) -> SchemaError {
    let pointer = error.instance_path().as_str();
    let (message, help) = wrong_value(pointer, error);
    SchemaError { help, ..at_value(file, schema, pointer, &message) }
}

/// What is wrong with the value that a keyword has, and what was probably meant.
fn wrong_value(pointer: &str, error: &ValidationError<'_>) -> (String, Option<String>) {
    let name = match pointer.rsplit('/').next() {
        None | Some("") => "it".to_owned(),
        Some(name) => format!("`{}`", name.replace("~1", "/").replace("~0", "~")),
    };
    let is_type = |value: &Value| value.as_str().is_some_and(|name| TYPES.contains(&name));
    let value = match error.instance().as_ref() {
        Value::Array(names) if name == "`type`" => names.iter().find(|name| !is_type(name)),
        _ => None,
    };
    let value = value.unwrap_or(error.instance());
    let shown = message::shown(&value.as_str().map_or_else(|| value.to_string(), str::to_owned));
    match error.kind() {
        ValidationErrorKind::Custom { .. } | ValidationErrorKind::AnyOf { .. }
            if name == "`type`" && value.is_string() =>
        {
            let near = suggest::nearest(&shown, TYPES);
            let help = near.map(message::did_you_mean);
            (format!("{name} is `{shown}`, which is not a type of JSON Schema"), help)
        }
        ValidationErrorKind::Format { format } if format == "regex" => {
            (format!("`{shown}` is not a valid regular expression"), None)
        }
        ValidationErrorKind::Type { kind } => {
            let wanted: Vec<String> = match kind {
                TypeKind::Single(one) => vec![one.to_string()],
                TypeKind::Multiple(several) => several.iter().map(|one| one.to_string()).collect(),
            };
            (format!("{name} is `{shown}`, but must be of type {}", wanted.join(" or ")), None)
        }
        _ => (format!("{name} is `{shown}`, which JSON Schema does not allow"), None),
    }
}

/// How a schema of the project is found by an address.
const BY_ID: &str = "rapporteur reads no address; it takes a file whose `$id` is this address and whose path ends as the address \
                     does, in the folder of this schema or in one above";

/// What a reference leads to that is not there.
const MISSING: &str = "does not exist";

/// The schema `file` refers to something that is not there, or that is there and could not be read, for a reason that
/// `unread` knows.
pub(super) fn dangling<'u>(
    file: usize,
    error: &Error,
    schema: &Value,
    unread: &dyn Fn(&str) -> Option<&'u str>,
) -> SchemaError {
    let (wanted, what) = match error {
        Error::Unretrievable { uri, .. } => (uri.as_str(), "is not a schema file of the project"),
        Error::PointerToNowhere { pointer } => (pointer.as_str(), MISSING),
        Error::NoSuchAnchor { anchor } | Error::InvalidAnchor { anchor } => {
            (anchor.as_str(), MISSING)
        }
        Error::UnknownSpecification { specification } => {
            let what =
                format!("`$schema` is `{specification}`, which is not a draft of JSON Schema");
            return problems(file, "", Some("$schema"), &what);
        }
        other => return problems(file, "", None, &other.to_string()),
    };
    let whole = matches!(error, Error::Unretrievable { .. });
    let found = find(schema, &mut String::new(), &|reference| {
        let (before, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        if whole {
            let path = joined("", before);
            !path.is_empty() && (wanted == before || wanted.ends_with(&format!("/{path}")))
        } else {
            fragment == wanted && (!before.is_empty() || schema.pointer(fragment).is_none())
        }
    });
    let what = match unread(wanted) {
        Some(reason) => format!("cannot be read: {reason}"),
        None => what.to_owned(),
    };
    match found {
        Some((pointer, reference)) => {
            let what = format!("`$ref` names `{reference}`, which {what}");
            let help = wanted.starts_with("http").then(|| BY_ID.to_owned());
            SchemaError { help, ..problems(file, &pointer, Some("$ref"), &what) }
        }
        None => problems(file, "", None, &format!("it refers to `{wanted}`, which {what}")),
    }
}

/// Whether the schema `document` refers to something in the document at `uri`, as the crate resolves it.
pub(super) fn refers_to(document: &Document<'_>, uri: &str) -> bool {
    let base = referencing::uri::from_str(document.uri);
    let leads_there = |reference: &str| {
        let before = reference.split('#').next().unwrap_or_default();
        let resolved = base
            .as_ref()
            .ok()
            .and_then(|base| referencing::uri::resolve_against(&base.borrow(), before).ok());
        before == uri || resolved.is_some_and(|resolved| resolved.as_str() == uri)
    };
    find(document.value, &mut String::new(), &leads_there).is_some()
}

/// The first `$ref` that is looked for: the pointer to its object, and what it says. The depth of a value is bounded where it
/// is read.
fn find(
    value: &Value,
    pointer: &mut String,
    wanted: &dyn Fn(&str) -> bool,
) -> Option<(String, String)> {
    let len = pointer.len();
    let mut below = |name: &str, value: &Value| {
        pointer.push('/');
        pointer.push_str(&crate::tree::escape(name));
        let found = find(value, pointer, wanted);
        pointer.truncate(len);
        found
    };
    match value {
        Value::Object(members) => {
            let found = members.iter().find_map(|(name, value)| below(name, value));
            let own = members.get("$ref").and_then(Value::as_str).filter(|text| wanted(text));
            own.map(|text| (pointer.clone(), text.to_owned())).or(found)
        }
        Value::Array(items) => {
            items.iter().enumerate().find_map(|(at, value)| below(&at.to_string(), value))
        }
        _ => None,
    }
}

/// At the value that `pointer` leads to: by its keyword where it has one.
fn at_value(file: usize, schema: &Value, pointer: &str, what: &str) -> SchemaError {
    match pointer.rsplit_once('/') {
        Some((object, name)) if schema.pointer(object).is_some_and(Value::is_object) => {
            let keyword = name.replace("~1", "/").replace("~0", "~");
            problems(file, object, Some(&keyword), what)
        }
        _ => problems(file, pointer, None, what),
    }
}

fn problems(file: usize, pointer: &str, keyword: Option<&str>, what: &str) -> SchemaError {
    SchemaError {
        file,
        pointer: pointer.to_owned(),
        keyword: keyword.map(str::to_owned),
        message: format!("the schema cannot be used: {what}"),
        help: None,
        usable: false,
        is_doubtful: false,
    }
}
