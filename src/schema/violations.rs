//! Violations: what breaks a record's schema, said so that the writer of the record can act on it.
//!
//! The validator reports every keyword that fails. Here alternatives are narrowed to the one that is
//! meant, a missing and an unknown key that resemble each other become one mistake, and errors that
//! only follow from others are held back.

use jsonschema::{
    ValidationError,
    error::{TypeKind, ValidationErrorKind as Cause},
};
use serde_json::Value;

use super::{Catalog, SchemaId, graph::StateId};
use crate::{
    source::{Span, Syntax},
    suggest,
    tree::{NodeId, NodeRef},
};

/// One way in which a record breaks its schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The value that is wrong; for a missing key, the object that lacks it.
    pub node: NodeId,
    /// What the writer must change: the value, the key, or the opening of the object.
    pub span: Span,
    /// What was found and what was wanted.
    pub message: String,
    /// What to do next.
    pub help: Option<String>,
    /// Whether everything below the node is put in doubt, not only the node itself.
    pub whole: bool,
    /// What identifies the violation at its place: the keyword and its operand.
    pub values: Vec<String>,
}

/// Holds a record against its schema.
#[must_use]
pub fn violations(catalog: &Catalog, id: SchemaId, record: NodeRef<'_>) -> Vec<Violation> {
    let Some(validator) = catalog.validator(id).filter(|v| !v.is_valid(record)) else {
        return Vec::new();
    };
    let reader = Reader { catalog, state: catalog.state(id), record };
    let mut causes = Vec::new();
    for error in validator.iter_errors(record) {
        reader.collect(error, &mut causes);
    }
    let mut violations = reader.say(causes);
    violations.sort_by(|a, b| (a.span, &a.values).cmp(&(b.span, &b.values)));
    violations.dedup();
    violations
}

/// One failed keyword, at its place in the record.
struct Failure<'t> {
    node: NodeRef<'t>,
    pointer: String,
    cause: Cause,
}

struct Reader<'t> {
    catalog: &'t Catalog,
    state: Option<StateId>,
    record: NodeRef<'t>,
}

impl<'t> Reader<'t> {
    /// Adds the failures behind one error, alternatives narrowed.
    fn collect(&self, error: ValidationError<'_>, failures: &mut Vec<Failure<'t>>) {
        let parts = error.into_parts();
        let pointer = parts.instance_path.as_str().to_owned();
        let Some(node) = self.record.pointer(&pointer) else {
            return;
        };
        match parts.kind {
            Cause::AnyOf { context } => self.narrow(node, pointer, context, "anyOf", failures),
            Cause::OneOfNotValid { context } => {
                self.narrow(node, pointer, context, "oneOf", failures);
            }
            cause => failures.push(Failure { node, pointer, cause }),
        }
    }

    /// Of alternatives that all fail, keeps the one that is meant: first those whose type fits, then
    /// those whose discriminator fits. If one is left, its failures are told and no word of the others.
    fn narrow(
        &self,
        node: NodeRef<'t>,
        pointer: String,
        context: Vec<Vec<ValidationError<'static>>>,
        keyword: &'static str,
        failures: &mut Vec<Failure<'t>>,
    ) {
        let all = context.len();
        let wrong_type = |branch: &[ValidationError<'static>]| {
            branch.iter().any(|e| {
                e.instance_path().as_str() == pointer && matches!(e.kind(), Cause::Type { .. })
            })
        };
        let wrong_discriminator = |branch: &[ValidationError<'static>]| {
            branch.iter().any(|e| {
                let path = e.instance_path().as_str();
                let below = path.strip_prefix(pointer.as_str()).unwrap_or_default();
                below.matches('/').count() <= 1
                    && matches!(e.kind(), Cause::Constant { .. } | Cause::Enum { .. })
            })
        };
        let mut allowed: Vec<(String, Vec<Value>)> = Vec::new();
        for error in context.iter().flatten().filter(|e| e.instance_path().as_str() != pointer) {
            if let Some(values) = fixed_values(error.kind()) {
                allowed.push((error.instance_path().as_str().to_owned(), values));
            }
        }
        let typed: Vec<_> = context.into_iter().filter(|branch| !wrong_type(branch)).collect();
        let mut left: Vec<_> = typed;
        if left.len() > 1 {
            left.retain(|branch| !wrong_discriminator(branch));
        }
        if left.len() == 1 {
            for error in left.into_iter().flatten() {
                self.collect(error, failures);
            }
            return;
        }
        let discriminator = allowed.first().map(|(path, _)| path.clone());
        if let Some(path) = discriminator.filter(|_| left.is_empty()) {
            let values = allowed.into_iter().filter(|(p, _)| *p == path).flat_map(|(_, v)| v);
            let options = Value::Array(values.collect());
            if let Some(node) = self.record.pointer(&path) {
                failures.push(Failure {
                    node,
                    pointer: path,
                    cause: Cause::Enum { options: options.into() },
                });
                return;
            }
        }
        let message = format!("matches none of {all} allowed forms");
        failures.push(Failure {
            node,
            pointer,
            cause: Cause::Custom { keyword: keyword.to_owned(), message },
        });
    }

    fn say(&self, failures: Vec<Failure<'t>>) -> Vec<Violation> {
        let held_back: Vec<bool> = (0..failures.len()).map(|at| follows(&failures, at)).collect();
        let failures: Vec<Failure<'t>> = failures
            .into_iter()
            .zip(held_back)
            .filter_map(|(failure, held_back)| (!held_back).then_some(failure))
            .collect();
        let pairs = misspelt_keys(&failures);
        let mut violations: Vec<Violation> = pairs.iter().map(misspelt).collect();
        for failure in &failures {
            self.say_one(failure, &pairs, &mut violations);
        }
        violations
    }

    fn say_one(&self, failure: &Failure<'t>, pairs: &[Misspelt<'t>], out: &mut Vec<Violation>) {
        let object = failure.node.resolved().id();
        if let Some(keys) = unexpected_keys(&failure.cause) {
            let told = |key: &String| pairs.iter().any(|p| p.object == object && p.written == *key);
            for key in keys.iter().filter(|key| !told(key)) {
                out.push(self.unknown_key(failure, key));
            }
            return;
        }
        if let Some(missing) = missing_key(&failure.cause) {
            if !pairs.iter().any(|pair| pair.object == object && pair.wanted == missing) {
                out.push(self.missing_key(failure, &missing));
            }
            return;
        }
        let (wanted, help) = wanted(failure);
        let subject = subject(failure);
        let message = match &failure.cause {
            Cause::Type { .. } => format!("{subject} is {}; {wanted}", failure.node.kind().word()),
            Cause::Custom { message, .. } => format!("{subject} {message}"),
            _ => format!("{subject}{}; {wanted}", found(failure.node)),
        };
        out.push(Violation {
            node: failure.node.id(),
            span: value_span(failure.node),
            message,
            help: help.or_else(|| self.description(&failure.pointer)),
            whole: true,
            values: vec![failure.cause.keyword().to_owned(), wanted],
        });
    }

    fn unknown_key(&self, failure: &Failure<'t>, key: &str) -> Violation {
        let names = self.known_names(&failure.pointer);
        let absent =
            names.iter().map(String::as_str).filter(|name| failure.node.get(name).is_none());
        let near = suggest::nearest(key, absent);
        let node = failure.node.member(key).map_or(failure.node, |(key, _)| key);
        let owner = owner(failure);
        Violation {
            node: node.id(),
            span: node.inner_span(),
            message: format!("{owner} has no property `{}`", shown(key)),
            help: near.map(|near| format!("did you mean `{near}`?")).or_else(|| {
                let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
                (!names.is_empty()).then(|| format!("it may have {}", listed(&names, "and")))
            }),
            whole: true,
            values: vec!["additionalProperties".to_owned(), key.to_owned()],
        }
    }

    fn missing_key(&self, failure: &Failure<'t>, key: &str) -> Violation {
        let description = self.property_description(&failure.pointer, key);
        Violation {
            node: failure.node.id(),
            span: opening(failure.node),
            message: format!("{} lacks `{}`", owner(failure), shown(key)),
            help: description.map(|text| format!("`{key}`: {text}")),
            whole: false,
            values: vec!["required".to_owned(), key.to_owned()],
        }
    }

    fn known_names(&self, pointer: &str) -> Vec<String> {
        let states = self.states_at(pointer);
        let mut names: Vec<String> = states
            .iter()
            .flat_map(|state| self.catalog.graph().properties(*state).keys().cloned())
            .collect();
        names.sort();
        names.dedup();
        names
    }

    fn property_description(&self, pointer: &str, key: &str) -> Option<String> {
        let states = self.states_at(pointer);
        let graph = self.catalog.graph();
        states.iter().find_map(|s| graph.properties(*s).get(key)?.description.clone())
    }

    /// The description of the property that `pointer` leads to.
    fn description(&self, pointer: &str) -> Option<String> {
        let (parent, token) = pointer.rsplit_once('/')?;
        let key = crate::tree::unescape(token);
        self.property_description(parent, &key).map(|text| format!("`{key}`: {text}"))
    }

    fn states_at(&self, pointer: &str) -> Vec<StateId> {
        let Ok(pointer) = super::vocabulary::Pointer::try_from(pointer.to_owned()) else {
            return Vec::new();
        };
        self.state.map_or_else(Vec::new, |state| self.catalog.graph().lookup(state, &pointer))
    }
}

struct Misspelt<'t> {
    object: NodeId,
    key: NodeRef<'t>,
    written: String,
    wanted: String,
}

/// The unknown keys that stand for a missing one of the same object.
fn misspelt_keys<'t>(failures: &[Failure<'t>]) -> Vec<Misspelt<'t>> {
    let mut pairs: Vec<Misspelt<'t>> = Vec::new();
    for failure in failures {
        let Some(unexpected) = unexpected_keys(&failure.cause) else {
            continue;
        };
        let object = failure.node.resolved().id();
        let missing: Vec<String> = failures
            .iter()
            .filter(|other| other.node.resolved().id() == object)
            .filter_map(|other| missing_key(&other.cause))
            .collect();
        for written in unexpected {
            let wanted = suggest::nearest(written, missing.iter().map(String::as_str));
            let Some((wanted, (key, _))) = wanted.zip(failure.node.member(written)) else {
                continue;
            };
            // Two keys cannot both stand for the same missing one.
            if pairs.iter().all(|pair| pair.object != object || pair.wanted != wanted) {
                pairs.push(Misspelt {
                    object,
                    key,
                    written: written.clone(),
                    wanted: wanted.to_owned(),
                });
            }
        }
    }
    pairs
}

fn misspelt(pair: &Misspelt<'_>) -> Violation {
    Violation {
        node: pair.key.id(),
        span: pair.key.inner_span(),
        message: format!("`{}` is unknown and `{}` is missing", shown(&pair.written), pair.wanted),
        help: Some(format!("did you mean `{}`?", pair.wanted)),
        whole: false,
        values: vec!["required".to_owned(), pair.wanted.clone(), pair.written.clone()],
    }
}

/// Whether a failure only follows from others: nothing is "unevaluated" once a sibling or a value
/// below it has failed, since the failure is what left it unevaluated.
fn follows(failures: &[Failure<'_>], at: usize) -> bool {
    let failure = &failures[at];
    matches!(failure.cause, Cause::UnevaluatedProperties { .. } | Cause::UnevaluatedItems { .. })
        && failures.iter().enumerate().any(|(other, f)| {
            other != at
                && f.pointer
                    .strip_prefix(failure.pointer.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
}

fn unexpected_keys(cause: &Cause) -> Option<&Vec<String>> {
    match cause {
        Cause::AdditionalProperties { unexpected }
        | Cause::UnevaluatedProperties { unexpected } => Some(unexpected),
        _ => None,
    }
}

fn missing_key(cause: &Cause) -> Option<String> {
    match cause {
        Cause::Required { property } => property.as_str().map(str::to_owned),
        _ => None,
    }
}

fn fixed_values(cause: &Cause) -> Option<Vec<Value>> {
    match cause {
        Cause::Constant { expected_value } => Some(vec![expected_value.as_ref().clone()]),
        Cause::Enum { options } => options.as_array().cloned(),
        _ => None,
    }
}

/// What was wanted, and a suggestion where one value was clearly meant.
fn wanted(failure: &Failure<'_>) -> (String, Option<String>) {
    let text = match &failure.cause {
        Cause::Type { kind } => format!("{} expected", types(kind)),
        Cause::Enum { .. } | Cause::Constant { .. } => return wanted_value(failure),
        Cause::Pattern { pattern } => format!("text like `{}` expected", shown(pattern)),
        Cause::Format { format } => format!("{} expected", format_word(format)),
        Cause::MinLength { limit } => format!("at least {} expected", counted(*limit, "character")),
        Cause::MaxLength { limit } => format!("at most {} expected", counted(*limit, "character")),
        Cause::MinItems { limit } => format!("at least {} expected", counted(*limit, "element")),
        Cause::MaxItems { limit } => format!("at most {} expected", counted(*limit, "element")),
        Cause::AdditionalItems { limit } => {
            format!("at most {} expected", counted(*limit as u64, "element"))
        }
        Cause::MinProperties { limit } => {
            format!("at least {} expected", counted(*limit, "property"))
        }
        Cause::MaxProperties { limit } => {
            format!("at most {} expected", counted(*limit, "property"))
        }
        Cause::Minimum { limit } => format!("{limit} or more expected"),
        Cause::Maximum { limit } => format!("{limit} or less expected"),
        Cause::ExclusiveMinimum { limit } => format!("more than {limit} expected"),
        Cause::ExclusiveMaximum { limit } => format!("less than {limit} expected"),
        Cause::MultipleOf { multiple_of } => format!("a multiple of {multiple_of} expected"),
        Cause::UniqueItems => "each element only once expected".to_owned(),
        Cause::Contains => "an element of the required form expected".to_owned(),
        Cause::PropertyNames { .. } => "other property names expected".to_owned(),
        Cause::OneOfMultipleValid { .. } => "exactly one of the allowed forms expected".to_owned(),
        Cause::FalseSchema | Cause::Not { .. } => "the schema allows no such value here".to_owned(),
        Cause::UnevaluatedItems { .. } => "no further elements expected".to_owned(),
        other => format!("the schema's `{}` asks for another value", other.keyword()),
    };
    (text, None)
}

fn wanted_value(failure: &Failure<'_>) -> (String, Option<String>) {
    let values = fixed_values(&failure.cause).unwrap_or_default();
    let mut names: Vec<String> = values.iter().map(value_text).collect();
    names.dedup();
    let near = failure
        .node
        .as_str()
        .and_then(|found| suggest::nearest(found, names.iter().map(String::as_str)))
        .map(|near| format!("did you mean `{near}`?"));
    let quoted: Vec<String> = names.iter().map(|name| format!("`{}`", shown(name))).collect();
    (format!("{} expected", listed(&quoted, "or")), near)
}

fn value_text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn types(kind: &TypeKind) -> String {
    let word = |name: &str| match name {
        "array" | "integer" | "object" => format!("an {name}"),
        "null" => name.to_owned(),
        name => format!("a {name}"),
    };
    let names: Vec<String> = match kind {
        TypeKind::Single(one) => vec![word(&one.to_string())],
        TypeKind::Multiple(set) => set.iter().map(|one| word(&one.to_string())).collect(),
    };
    listed(&names, "or")
}

fn format_word(format: &str) -> String {
    match format {
        "date" => "a date such as 2011-05-19".to_owned(),
        "time" => "a time such as 10:00:00Z".to_owned(),
        "date-time" => "a date and time such as 2011-05-19T10:00:00Z".to_owned(),
        "email" => "an e-mail address".to_owned(),
        "uri" => "a URI such as https://example.org/".to_owned(),
        other => format!("a value of the format `{other}`"),
    }
}

/// The name of the value in messages.
fn subject(failure: &Failure<'_>) -> String {
    match failure.pointer.rsplit('/').next() {
        Some("") | None => {
            let is_row = failure.node.tree().source().syntax == Syntax::Csv;
            (if is_row { "the row" } else { "the record" }).to_owned()
        }
        Some(token) if token.bytes().all(|b| b.is_ascii_digit()) => {
            let list = failure.pointer.rsplit('/').nth(1).unwrap_or_default();
            // People count from one; the pointer beside the message counts from zero.
            let number = token.parse::<u64>().map_or(0, |index| index.saturating_add(1));
            format!("element {number} of `{}`", shown(&crate::tree::unescape(list)))
        }
        Some(token) => format!("`{}`", shown(&crate::tree::unescape(token))),
    }
}

/// The name of the object in messages.
fn owner(failure: &Failure<'_>) -> String {
    let kind = failure.node.get("kind").and_then(NodeRef::as_str);
    match (failure.pointer.is_empty(), kind) {
        (true, Some(kind)) => format!("the {}", shown(kind)),
        _ => subject(failure),
    }
}

/// " is `…`" for what is there.
fn found(node: NodeRef<'_>) -> String {
    match node.scalar_text() {
        Some("") => " is empty".to_owned(),
        Some(text) => format!(" is `{}`", shown(text)),
        None if node.is_array() => {
            format!(" has {}", counted(node.elements().count() as u64, "element"))
        }
        None => format!(" is {}", node.kind().word()),
    }
}

/// Text for a message: on one line, without hidden characters, cut after 60 characters.
pub(crate) fn shown(text: &str) -> String {
    const LONGEST: usize = 60;
    let line = crate::source::visible_line(text);
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.into_owned(),
    }
}

/// `a`, `a or b`, `a, b or c`.
pub(crate) fn listed(names: &[String], last: &str) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., end] => format!("{} {last} {end}", first.join(", ")),
    }
}

fn counted(count: u64, noun: &str) -> String {
    match (count, noun) {
        (1, noun) => format!("1 {noun}"),
        (count, "property") => format!("{count} properties"),
        (count, noun) => format!("{count} {noun}s"),
    }
}

/// The value, or the opening of an object or array: the whole of it would hide the place.
fn value_span(node: NodeRef<'_>) -> Span {
    if node.is_object() || node.is_array() { opening(node) } else { node.span() }
}

/// Where an object begins: its key if it has one, else its first byte.
fn opening(node: NodeRef<'_>) -> Span {
    if let Some(key) = node.key() {
        return key.inner_span();
    }
    let start = node.span().start;
    let first =
        node.tree().source().text.get(start as usize..).and_then(|rest| rest.chars().next());
    Span::new(start, start + first.map_or(0, |c| c.len_utf8() as u32))
}
