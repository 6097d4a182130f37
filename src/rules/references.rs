//! Symbols, citations and links between records.

pub(super) mod decision_number_range;
pub(super) mod footnote_undefined;
pub(super) mod ga_form_session;
pub(super) mod ibid_without_antecedent;
pub(super) mod meeting_number_mismatch;
pub(super) mod record_type_of_body;
pub(super) mod ref_dangling;
pub(super) mod ref_date_conflict;
pub(super) mod ref_date_outside_session;
pub(super) mod ref_malformed;
pub(super) mod ref_redundant_form;
pub(super) mod ref_to_the_future;
pub(super) mod ref_unresolved;
pub(super) mod sc_number_year;
pub(super) mod symbol_fields_disagree;

use std::collections::BTreeSet;

use crate::{
    fact::{Meaning, Record, key},
    finding::Place,
    schema::vocabulary::Form,
    symbol::{Citation, Reference},
};

/// A resolution or decision that a record names, in a field or in prose.
#[derive(Debug)]
struct Named<'t> {
    act: Citation,
    /// As written.
    text: &'t str,
    place: Place,
}

/// The acts that a record names, each place once, whatever words speak of it.
fn acts<'t>(record: &Record<'t>) -> Vec<Named<'t>> {
    let named = |act: Option<Citation>, text: &'t str, place: Place| {
        act.map(|act| Named { act, text, place })
    };
    let mut seen = BTreeSet::new();
    let mut acts = Vec::new();
    for fact in &record.facts {
        let found = match &fact.meaning {
            Meaning::Defines(key) | Meaning::Cites(key) => match key.parts.as_slice() {
                [only] => named(key.act(), only.value, only.place),
                _ => None,
            },
            Meaning::Value(Form::UnSymbol, text) => {
                let act = match key::reference(text.value) {
                    Some(Reference::Symbol(symbol)) => Citation::of_symbol(&symbol),
                    Some(Reference::Citation(citation)) => Some(citation),
                    None => None,
                };
                named(act, text.value, text.place)
            }
            Meaning::Mention(mention) => named(mention.act(), mention.text, mention.place),
            _ => None,
        };
        acts.extend(found.filter(|found| seen.insert(found.place.span)));
    }
    acts
}
