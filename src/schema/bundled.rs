//! The schemas that come with rapporteur.

/// Their texts, by file name.
pub(super) const BUNDLED: &[(&str, &str)] = &[
    ("agenda.schema.json", include_str!("../../schemas/agenda.schema.json")),
    ("background.schema.json", include_str!("../../schemas/background.schema.json")),
    ("common.schema.json", include_str!("../../schemas/common.schema.json")),
    ("concept-note.schema.json", include_str!("../../schemas/concept-note.schema.json")),
    ("event.schema.json", include_str!("../../schemas/event.schema.json")),
    ("identities.schema.json", include_str!("../../schemas/identities.schema.json")),
    ("letter.schema.json", include_str!("../../schemas/letter.schema.json")),
    ("minutes.schema.json", include_str!("../../schemas/minutes.schema.json")),
    ("programme.schema.json", include_str!("../../schemas/programme.schema.json")),
    ("register.schema.json", include_str!("../../schemas/register.schema.json")),
    ("resolution.schema.json", include_str!("../../schemas/resolution.schema.json")),
    ("statement.schema.json", include_str!("../../schemas/statement.schema.json")),
    ("summary.schema.json", include_str!("../../schemas/summary.schema.json")),
];

/// Their names without their ending, sorted.
pub fn bundled_names() -> impl Iterator<Item = &'static str> {
    BUNDLED.iter().filter_map(|(name, _)| name.strip_suffix(".schema.json"))
}
