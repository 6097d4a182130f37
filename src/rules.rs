//! The table of the rules of rapporteur. A rule is one file under its family, one page in `docs/rules/`, one line here.

mod consistency;
mod duplicates;
pub mod project;
mod quotation;
mod references;
mod speakers;
mod structure;
mod style;
mod times;

use crate::rule::{Rule, RuleSet};

/// Every rule of rapporteur, sorted by id.
pub static RULES: &[&Rule] = &[
    &structure::allowance_by_index::RULE,
    &structure::allowance_expired::RULE,
    &structure::allowance_invalid::RULE,
    &structure::allowance_unused::RULE,
    &structure::ambiguous_scalar::RULE,
    &consistency::attendance_inconsistent::RULE,
    &references::base_document_missing::RULE,
    &structure::baseline_stale::RULE,
    &structure::blank_text::RULE,
    &consistency::counterpart_missing::RULE,
    &style::currency_format::RULE,
    &times::date_differs_from_event::RULE,
    &times::date_format::RULE,
    &times::date_invalid::RULE,
    &times::dates_disagree_in_record::RULE,
    &times::dates_out_of_order::RULE,
    &references::decision_number_range::RULE,
    &times::distributed_before_adopted::RULE,
    &references::draft_cited_as_act::RULE,
    &duplicates::duplicate_entry::RULE,
    &duplicates::duplicate_event::RULE,
    &duplicates::duplicate_exact::RULE,
    &duplicates::duplicate_id::RULE,
    &structure::duplicate_key::RULE,
    &duplicates::duplicate_near::RULE,
    &times::duration_mismatch::RULE,
    &times::end_before_start::RULE,
    &consistency::event_details_mismatch::RULE,
    &style::extraction_artifact::RULE,
    &references::footnote_undefined::RULE,
    &references::ga_form_session::RULE,
    &speakers::honorific_in_name::RULE,
    &references::ibid_without_antecedent::RULE,
    &speakers::identity_conflict::RULE,
    &references::link_dangling::RULE,
    &style::markup_in_field::RULE,
    &references::meeting_number_mismatch::RULE,
    &style::member_state_name::RULE,
    &structure::merge_key::RULE,
    &speakers::name_form::RULE,
    &speakers::name_possible_typo::RULE,
    &speakers::name_variant::RULE,
    &style::ordinal_suffix::RULE,
    &consistency::outcome_contradicts_votes::RULE,
    &times::part_outside_whole::RULE,
    &consistency::path_mismatch::RULE,
    &structure::placeholder_text::RULE,
    &consistency::programme_diff::RULE,
    &speakers::programmed_speaker_without_statement::RULE,
    &references::pv_or_sr::RULE,
    &times::record_before_event::RULE,
    &times::record_date_missing::RULE,
    &references::ref_beyond_last_paragraph::RULE,
    &references::ref_circular::RULE,
    &references::ref_dangling::RULE,
    &references::ref_date_conflict::RULE,
    &references::ref_date_outside_session::RULE,
    &references::ref_malformed::RULE,
    &references::ref_not_in_register::RULE,
    &references::ref_raw_mismatch::RULE,
    &references::ref_to_later::RULE,
    &references::ref_to_later_session::RULE,
    &references::ref_to_the_future::RULE,
    &references::ref_unresolved::RULE,
    &references::ref_wrong_kind::RULE,
    &references::sc_number_year::RULE,
    &structure::schema::RULE,
    &structure::sequence_gap::RULE,
    &consistency::series_gap::RULE,
    &times::slot_gap::RULE,
    &times::slot_outside_event::RULE,
    &speakers::slot_without_chair::RULE,
    &speakers::slot_without_speakers::RULE,
    &times::slots_out_of_order::RULE,
    &times::slots_overlap::RULE,
    &speakers::speaker_details_differ::RULE,
    &speakers::speaker_double_booked::RULE,
    &speakers::speaker_in_title::RULE,
    &speakers::speaker_listed_twice::RULE,
    &speakers::speaker_missing::RULE,
    &speakers::speaker_not_on_programme::RULE,
    &speakers::speaker_placeholder::RULE,
    &speakers::speaker_tbc::RULE,
    &speakers::speaker_unnamed::RULE,
    &style::spelling_variant::RULE,
    &references::symbol_fields_disagree::RULE,
    &references::symbol_spelling::RULE,
    &structure::syntax::RULE,
    &style::term_variant::RULE,
    &times::time_zone_missing::RULE,
    &times::time_zone_unknown::RULE,
    &structure::truncated_value::RULE,
    &structure::unknown_kind::RULE,
    &times::unread_value::RULE,
    &structure::value_cut_by_comment::RULE,
    &structure::vocabulary::RULE,
    &consistency::votes_inconsistent::RULE,
    &times::weekday_mismatch::RULE,
    &times::zoned_times_disagree::RULE,
];

/// The placeholder for the id of a rule in [`PAGES`].
pub const PLACE: &str = "{rule}";

/// Where the page of a rule can be read by everybody: in the public repository that `Cargo.toml` names, if it names one, as
/// it is in this version.
pub const PAGES: Option<&str> = {
    const AT: &str = concat!(
        env!("CARGO_PKG_REPOSITORY"),
        "/blob/v",
        env!("CARGO_PKG_VERSION"),
        "/docs/rules/{rule}.md"
    );
    if env!("CARGO_PKG_REPOSITORY").is_empty() { None } else { Some(AT) }
};

static BUNDLED: RuleSet = RuleSet::of_table(RULES);

impl RuleSet {
    /// The rules of rapporteur.
    #[must_use]
    pub fn bundled() -> &'static Self {
        &BUNDLED
    }
}

impl Default for RuleSet {
    fn default() -> Self {
        BUNDLED.clone()
    }
}
