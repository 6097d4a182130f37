//! The keywords that failed, each at its place in the record, with alternatives narrowed to the one that is meant.

use std::{collections::HashSet, rc::Rc};

use jsonschema::{ValidationError, error::ValidationErrorKind as Cause};
use serde_json::Value;

use super::{
    Reader, contained,
    words::{fixed_values, found, wanted},
};
use crate::{
    message::{listed, quoted},
    schema::{Limit, limit},
    tree::{NodeId, NodeRef},
};

/// One failed keyword, at its place in the record.
#[derive(Clone)]
pub(super) struct Failure<'t> {
    pub(super) node: NodeRef<'t>,
    pub(super) pointer: Rc<str>,
    pub(super) cause: Rc<Cause>,
}

/// What was found in a record.
#[derive(Default)]
pub(super) struct Found<'t> {
    pub(super) failures: Vec<Failure<'t>>,
    pub(super) limits: Vec<Limit>,
}

impl<'t> Found<'t> {
    /// Adds what is behind one error of the value that `base` leads to.
    pub(super) fn add(&mut self, reader: &Reader<'t>, base: &str, error: ValidationError<'_>) {
        let parts = error.into_parts();
        let pointer = format!("{base}{}", parts.instance_path.as_str());
        let Some(node) = reader.lookup.pointer(reader.record, &pointer) else {
            return;
        };
        let mut branches = |context: Vec<Vec<ValidationError<'static>>>| {
            let branch = |errors: Vec<ValidationError<'static>>| {
                let mut found = Self::default();
                for error in errors {
                    found.add(reader, base, error);
                }
                self.limits.append(&mut found.limits);
                found.failures
            };
            context.into_iter().map(branch).collect::<Vec<_>>()
        };
        let pointer: Rc<str> = pointer.into();
        match parts.kind {
            Cause::AnyOf { context } => {
                let branches = branches(context);
                self.failures.extend(narrow(reader, node, &pointer, branches, "anyOf"));
            }
            Cause::OneOfNotValid { context } => {
                let branches = branches(context);
                self.failures.extend(narrow(reader, node, &pointer, branches, "oneOf"));
            }
            Cause::OneOfMultipleValid { context } => {
                let valid: Vec<usize> =
                    (0..context.len()).filter(|at| context[*at].is_empty()).collect();
                let cause = Rc::new(fits_several(&valid, context.len()));
                self.failures.push(Failure { node, pointer, cause });
            }
            Cause::Contains => {
                let path = parts.schema_path.as_str();
                let schema = contained::schema(reader, path);
                let message = contained::message(node, schema.as_ref());
                let cause = Rc::new(Cause::Custom { keyword: "contains".to_owned(), message });
                self.failures.push(Failure { node, pointer, cause });
            }
            Cause::BacktrackLimitExceeded { .. } | Cause::RegexEngineFailure { .. } => {
                let path = parts.schema_path.as_str();
                self.limits.push(limit::costly_pattern(reader.catalog, reader.schema, path));
            }
            cause => self.failures.push(Failure { node, pointer, cause: Rc::new(cause) }),
        }
    }
}

/// Of alternatives that all fail, keeps the one that is meant: first those whose type fits, then those whose
/// discriminator fits, then those whose required properties are there. If one is left, only its failures are reported.
pub(super) fn narrow<'t>(
    reader: &Reader<'t>,
    node: NodeRef<'t>,
    pointer: &Rc<str>,
    branches: Vec<Vec<Failure<'t>>>,
    keyword: &'static str,
) -> Vec<Failure<'t>> {
    let all = branches.len();
    let wrong_type = |branch: &[Failure<'t>]| {
        let here = |one: &Failure<'t>| one.pointer == *pointer;
        branch.iter().any(|one| here(one) && matches!(*one.cause, Cause::Type { .. }))
    };
    let wrong_discriminator = |branch: &[Failure<'t>]| {
        branch.iter().any(|one| {
            let below = one.pointer.strip_prefix(&**pointer).unwrap_or_default();
            below.matches('/').count() <= 1 && fixed_values(&one.cause).is_some()
        })
    };
    let mut allowed: Vec<(NodeId, Rc<str>, Vec<Value>)> = Vec::new();
    for branch in &branches {
        let from = allowed.len();
        for failure in branch.iter().filter(|one| one.pointer != *pointer) {
            if let Some(values) = fixed_values(&failure.cause) {
                allowed.push((failure.node.id(), Rc::clone(&failure.pointer), values));
            }
        }
        // Of one value that two keywords of a branch fix, either may fail first.
        allowed[from..].sort_by_cached_key(|(node, _, values)| (*node, as_texts(values)));
    }
    let mut left: Vec<_> = branches.into_iter().filter(|branch| !wrong_type(branch)).collect();
    left.iter_mut().for_each(each_failure_once);
    if left.len() > 1 {
        left.retain(|branch| !wrong_discriminator(branch));
    }
    // A form whose required properties are all there is meant rather than one that lacks some.
    let lacks_some = |branch: &[Failure<'t>]| {
        let here = |one: &Failure<'t>| one.pointer == *pointer;
        branch.iter().any(|one| here(one) && matches!(*one.cause, Cause::Required { .. }))
    };
    if left.len() > 1 && left.iter().any(|branch| !lacks_some(branch)) {
        left.retain(|branch| !lacks_some(branch));
    }
    if left.len() == 1 {
        return left.pop().unwrap_or_default();
    }
    // The first in the text, whichever keyword failed first.
    let discriminator = allowed.iter().min_by_key(|(node, ..)| *node);
    let discriminator = discriminator.map(|(_, path, _)| Rc::clone(path));
    if let Some(path) = discriminator.filter(|_| left.is_empty())
        && let Some(node) = reader.lookup.pointer(reader.record, &path)
    {
        let values = allowed.into_iter().filter(|(_, p, _)| *p == path).flat_map(|(.., v)| v);
        let options = Value::Array(each_once(values));
        let cause = Rc::new(Cause::Enum { options: options.into() });
        return vec![Failure { node, pointer: path, cause }];
    }
    if let Some(message) = lacks_one_of(pointer, &left) {
        let cause = Rc::new(Cause::Custom { keyword: keyword.to_owned(), message });
        return vec![Failure { node, pointer: Rc::clone(pointer), cause }];
    }
    // The nearest form has the fewest faults, if there is just one such.
    let fewest = left.iter().map(Vec::len).min().unwrap_or(0);
    let nearest: Vec<&Vec<Failure<'t>>> =
        left.iter().filter(|branch| branch.len() == fewest).collect();
    if let [branch] = nearest.as_slice() {
        return (*branch).clone();
    }
    let message = wants_one_of(node, pointer, &nearest)
        .unwrap_or_else(|| format!("matches none of {all} allowed forms"));
    let cause = Rc::new(Cause::Custom { keyword: keyword.to_owned(), message });
    vec![Failure { node, pointer: Rc::clone(pointer), cause }]
}

/// A schema that a branch names twice fails twice, and is one fault of the branch.
fn each_failure_once(branch: &mut Vec<Failure<'_>>) {
    let mut seen = HashSet::new();
    if branch.len() > 1 {
        branch.retain(|one| seen.insert((Rc::clone(&one.pointer), format!("{:?}", one.cause))));
    }
}

/// What is lacking where each alternative only wants properties that are not there: those of the one or of the other.
fn lacks_one_of(pointer: &str, branches: &[Vec<Failure<'_>>]) -> Option<String> {
    let mut forms: Vec<String> = Vec::new();
    for branch in branches {
        let mut keys = Vec::new();
        for failure in branch {
            match &*failure.cause {
                Cause::Required { property } if *failure.pointer == *pointer => {
                    keys.push(quoted(property.as_str()?));
                }
                _ => return None,
            }
        }
        let keys = listed(&keys, "and");
        if !forms.contains(&keys) {
            forms.push(keys);
        }
    }
    (!forms.is_empty()).then(|| format!("{LACKS}{}", listed(&forms, "or")))
}

const LACKS: &str = "lacks ";

/// Whether all that is wrong with an object is what it does not have.
pub(super) fn is_lack(cause: &Cause) -> bool {
    matches!(cause, Cause::Custom { message, .. } if message.starts_with(LACKS))
}

/// What the value itself would have to be, where that is all that several alternatives ask for.
fn wants_one_of(
    node: NodeRef<'_>,
    pointer: &str,
    branches: &[&Vec<Failure<'_>>],
) -> Option<String> {
    /// More are easier to read in the schema.
    const MOST: usize = 4;
    let mut wants: Vec<String> = Vec::new();
    for branch in branches {
        let [failure] = branch.as_slice() else { return None };
        if *failure.pointer != *pointer {
            return None;
        }
        let (wanted, _) = wanted(failure);
        let wanted = wanted.strip_suffix(" expected")?.to_owned();
        if !wants.contains(&wanted) {
            wants.push(wanted);
        }
    }
    let found = found(node);
    (1..=MOST)
        .contains(&wants.len())
        .then(|| format!("{}; {} expected", found.trim_start(), listed(&wants, "or")))
}

/// That a value fits several alternatives, but must fit exactly one.
pub(super) fn fits_several(valid: &[usize], all: usize) -> Cause {
    let numbers: Vec<String> = valid.iter().map(|at| format!("{}", at + 1)).collect();
    let message = match numbers.len() {
        0 | 1 => format!("fits more than one of {all} allowed forms, and must fit exactly one"),
        _ => format!(
            "fits the allowed forms {} (of {all}), and must fit exactly one",
            listed(&numbers, "and")
        ),
    };
    Cause::Custom { keyword: "oneOf".to_owned(), message }
}

/// The values as text, to put lists of them in order.
fn as_texts(values: &[Value]) -> Vec<String> {
    values.iter().map(Value::to_string).collect()
}

/// The values in their order, without those that were there before.
fn each_once(values: impl Iterator<Item = Value>) -> Vec<Value> {
    let mut seen = HashSet::new();
    values.filter(|value| seen.insert(value.to_string())).collect()
}
