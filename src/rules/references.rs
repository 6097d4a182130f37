//! Symbols, citations and links between records.

pub(super) mod base_document_missing;
pub(super) mod decision_number_range;
pub(super) mod draft_cited_as_act;
pub(super) mod footnote_undefined;
pub(super) mod ga_form_session;
pub(super) mod ibid_without_antecedent;
pub(super) mod link_dangling;
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
