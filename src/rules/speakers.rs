//! Who speaks.

pub(super) mod delegation_speaker_unnamed;
pub(super) mod slot_without_speakers;
pub(super) mod speaker_missing;
pub(super) mod speaker_tbc;

use crate::{
    fact::{Expects, Meaning, Record},
    schema::{violations::shown, vocabulary::Expected},
};

/// The places at which a record has to have speakers and has none, each with what to call it. A record
/// that was cancelled has to have none.
fn unmet<'r, 't>(
    record: &'r Record<'t>,
    what: Expected,
) -> impl Iterator<Item = (&'r Expects<'t>, String)> {
    let facts = if record.head.has_status("cancelled") { &[] } else { record.facts.as_slice() };
    facts.iter().filter_map(move |fact| {
        let Meaning::Expects(expects) = &fact.meaning else { return None };
        let name = expects.label.map(|label| format!("“{}”", shown(label.value)));
        let is_unmet = expects.what == what && expects.speakers == 0;
        is_unmet.then(|| (expects, name.unwrap_or_else(|| "this".to_owned())))
    })
}
