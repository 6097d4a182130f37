//! House style: how the organization that publishes records writes them.

pub(super) mod extraction_artifact;
pub(super) mod ordinal_suffix;

use crate::{
    fact::{Meaning, Record, Text},
    schema::vocabulary::{Style, TextKind},
};

/// The texts of a record that a rule of the family looks at. A record in its author's own words has
/// none, unless the configuration has asked for the rule; nor has one that is cancelled.
fn texts<'r, 't>(
    record: &'r Record<'t>,
    asked_for: bool,
) -> impl Iterator<Item = (TextKind, Text<'t>)> + use<'r, 't> {
    let is_ours = asked_for || record.head.style == Style::House;
    let facts =
        if is_ours && !record.head.has_status("cancelled") { record.facts.as_slice() } else { &[] };
    facts.iter().filter_map(|fact| match &fact.meaning {
        Meaning::Text(kind, text) => Some((*kind, *text)),
        _ => None,
    })
}

/// Whether the record says that it is in English.
fn is_english(record: &Record<'_>) -> bool {
    record.head.language.is_some_and(|language| {
        let tag = language.value.split('-').next().unwrap_or_default();
        tag.eq_ignore_ascii_case("en")
    })
}
