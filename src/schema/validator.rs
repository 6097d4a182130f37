//! Building the validator of a schema.

use jsonschema::{PatternOptions, ValidationError, Validator};
use referencing::Registry;
use serde_json::Value;

use super::tree_json::TreeJson;

/// A validator, and whether a pattern of it can take too many steps. Patterns run in linear time where they can; those that
/// need look-around run with a bound.
pub(super) fn build(
    schema: &Value,
    registry: &Registry<'_>,
) -> Result<(Validator<TreeJson>, bool), ValidationError<'static>> {
    const BACKTRACKS: usize = 10_000;
    let options = || {
        jsonschema::options_for::<TreeJson>()
            .with_registry(registry)
            .should_validate_formats(true)
            .offline()
    };
    options().with_pattern_options(PatternOptions::regex()).build(schema).map_or_else(
        |_| {
            let bounded = PatternOptions::fancy_regex().backtrack_limit(BACKTRACKS);
            options().with_pattern_options(bounded).build(schema).map(|built| (built, true))
        },
        |built| Ok((built, false)),
    )
}
