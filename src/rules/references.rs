//! Symbols, citations and links between records.

pub(super) mod base_document_missing;
pub(super) mod decision_number_range;
pub(super) mod draft_cited_as_act;
pub(super) mod footnote_undefined;
pub(super) mod ga_form_session;
pub(super) mod ibid_without_antecedent;
pub(super) mod meeting_number_mismatch;
pub(super) mod pv_or_sr;
pub(super) mod ref_beyond_last_paragraph;
pub(super) mod ref_circular;
pub(super) mod ref_dangling;
pub(super) mod ref_date_conflict;
pub(super) mod ref_date_outside_session;
pub(super) mod ref_malformed;
pub(super) mod ref_not_in_register;
pub(super) mod ref_raw_mismatch;
pub(super) mod ref_to_later;
pub(super) mod ref_to_later_session;
pub(super) mod ref_to_the_future;
pub(super) mod ref_unresolved;
pub(super) mod ref_wrong_kind;
pub(super) mod sc_number_year;
pub(super) mod symbol_fields_disagree;
pub(super) mod symbol_spelling;

use std::collections::BTreeMap;

use crate::{
    fact::{DateText, Meaning, Record, key},
    finding::Place,
    symbol::{Citation, Reference},
    vocabulary::Form,
};

/// A resolution or decision that a record names, in a field or in prose.
#[derive(Debug)]
struct Named<'t> {
    act: Citation,
    /// As written.
    text: &'t str,
    place: Place,
    /// The date given for it.
    date: Option<DateText<'t>>,
}

/// The acts that a record names, each place once, whatever keywords it has; empty where no act of the record is one
/// that `is_wanted`, as in most records.
fn acts<'t>(record: &Record<'t>, is_wanted: impl Fn(&Citation) -> bool) -> Vec<Named<'t>> {
    let named = || record.facts.iter().filter_map(|fact| named_by(&fact.meaning));
    if !named().any(|named| is_wanted(&named.act)) {
        return Vec::new();
    }
    let (mut all, mut seen) = (Vec::<Named<'t>>::new(), BTreeMap::new());
    for named in named() {
        match seen.get(&named.place.span).and_then(|at: &usize| all.get_mut(*at)) {
            // Only one of the keywords may know the date.
            Some(known) => known.date = known.date.or(named.date),
            None => {
                seen.insert(named.place.span, all.len());
                all.push(named);
            }
        }
    }
    all
}

/// The act that a fact names.
fn named_by<'t>(meaning: &Meaning<'t>) -> Option<Named<'t>> {
    let (act, text, place, date) = match meaning {
        Meaning::Defines(key) | Meaning::Cites(key) => match key.parts.as_slice() {
            [only] => (key.act()?, only.value, only.place, key.date),
            _ => return None,
        },
        Meaning::Value(Form::UnSymbol, text) => {
            let act = match key::reference(text.value)? {
                Reference::Symbol(symbol) => Citation::of_symbol(&symbol)?,
                Reference::Citation(citation) => citation,
            };
            (act, text.value, text.place, None)
        }
        Meaning::Mention(mention) => (mention.act()?, mention.text, mention.place, mention.date),
        _ => return None,
    };
    Some(Named { act, text, place, date })
}
