//! The table of all rules. A rule is one file under its family, one page in `docs/rules/`, one line here.

mod duplicates;
mod speakers;
mod structure;

use crate::rule::Rule;

/// Every rule, sorted by id.
pub static RULES: &[&Rule] = &[
    &structure::ambiguous_scalar::RULE,
    &speakers::delegation_speaker_unnamed::RULE,
    &duplicates::duplicate_entry::RULE,
    &duplicates::duplicate_id::RULE,
    &structure::duplicate_key::RULE,
    &duplicates::duplicate_near::RULE,
    &structure::merge_key::RULE,
    &structure::schema::RULE,
    &speakers::slot_without_speakers::RULE,
    &speakers::speaker_missing::RULE,
    &speakers::speaker_tbc::RULE,
    &structure::syntax::RULE,
    &structure::unknown_kind::RULE,
    &structure::vocabulary::RULE,
];

/// The rule called `id`.
#[must_use]
pub fn find(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id == id)
}

/// The ids of all rules, sorted.
pub fn ids() -> impl Iterator<Item = &'static str> {
    RULES.iter().map(|rule| rule.id)
}
