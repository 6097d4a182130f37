//! House style: how the organization that publishes records writes them.

pub(super) mod currency_format;
pub(super) mod extraction_artifact;
pub(super) mod markup_in_field;
pub(super) mod member_state_name;
pub(super) mod ordinal_suffix;
pub(super) mod spelling_variant;
pub(super) mod term_variant;

use crate::{
    fact::{Fact, Meaning, Record, Text},
    vocabulary::{Style, TextKind},
};

/// The facts of a record that a rule of the family looks at. A record in its author's own words has
/// none, unless the configuration has asked for the rule; nor has one that is cancelled.
fn facts<'r, 't>(record: &'r Record<'t>, asked_for: bool) -> &'r [Fact<'t>] {
    let is_ours = asked_for || record.head.style == Style::House;
    if is_ours { record.live() } else { &[] }
}

/// The texts among those facts.
fn texts<'r, 't>(
    record: &'r Record<'t>,
    asked_for: bool,
) -> impl Iterator<Item = (TextKind, Text<'t>)> + use<'r, 't> {
    facts(record, asked_for).iter().filter_map(|fact| match &fact.meaning {
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
