//! Where a keyword counts: its `when`, which is a schema by itself.

use serde_json::Value;

use super::{BuildValidator, Compiler, Document};
use crate::schema::{faults, graph::Condition, validator::registry_of, validators::Later};

/// What is wrong with a `when`, and what to do about it.
type Fault = (String, Option<String>);

/// Where a use of a keyword counts, and what is wrong with its `when`.
pub(super) fn of(
    when: Option<&Value>,
    is_bundled: bool,
    validator: &BuildValidator<'_>,
) -> (Condition, Option<Fault>) {
    let Some(when) = when else { return (Condition::Always, None) };
    if is_bundled {
        return (Condition::Later(Box::new(Later::new(when.clone()))), None);
    }
    if let Some(message) = unfolds_too_far(when) {
        return (Condition::Never, Some((message, None)));
    }
    match validator(when) {
        Ok(validator) => (Condition::Valid(Box::new(validator)), None),
        Err(error) => (Condition::Never, Some(faults::reason(&error))),
    }
}

/// What is said of a `when` that would keep the validator busy for ever.
fn unfolds_too_far(when: &Value) -> Option<String> {
    let documents = [Document { uri: "urn:rapporteur:when", value: when }];
    // One that refers to nowhere is refused by the validator.
    let registry = registry_of(&documents).ok()?;
    let oversized = Compiler::new(&documents, &registry).oversized();
    oversized.into_iter().next().map(|one| one.message)
}
