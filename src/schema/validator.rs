//! Building the validator of a schema.

use std::borrow::Borrow;

use jsonschema::{PatternCache, PatternOptions, ValidationError, Validator};
use referencing::Registry;
use serde_json::Value;

use super::{compile::Document, tree_json::TreeJson};
use crate::calendar;

/// The format of a date in figures or in words, as the tables of registers have it.
pub const ANY_DATE: &str = "rapporteur-date";

fn is_date(text: &str) -> bool {
    let moment = calendar::iso_moment(text).map(|moment| moment.date);
    let date = moment.ok().or_else(|| calendar::long_date(text).ok().map(|long| long.date));
    date.is_some_and(calendar::is_plausible)
}

/// The documents of the schemas; one that has no value allows everything.
pub(super) fn documents_of<'a>(
    uris: &'a [String],
    values: &'a [Option<impl Borrow<Value>>],
) -> Vec<Document<'a>> {
    let one = |(uri, value): (&'a String, &'a Option<_>)| Document {
        uri,
        value: value.as_ref().map_or(&Value::Bool(true), Borrow::borrow),
    };
    uris.iter().zip(values).map(one).collect()
}

pub(super) fn registry_of<'a>(
    documents: &[Document<'a>],
) -> Result<Registry<'a>, referencing::Error> {
    Registry::new()
        .extend(documents.iter().map(|document| (document.uri, document.value)))?
        .prepare()
}

/// A validator, and whether a pattern of it can take too many steps. Patterns run in linear time where they can; those that
/// need look-around run with a bound.
pub(super) fn build(
    schema: &Value,
    registry: &Registry<'_>,
) -> Result<(Validator<TreeJson>, bool), ValidationError<'static>> {
    build_sharing(schema, registry, &PatternCache::new())
}

/// The same, with the patterns in `cache`: several validators have the same ones, and they take long to make.
pub(super) fn build_sharing(
    schema: &Value,
    registry: &Registry<'_>,
    cache: &PatternCache,
) -> Result<(Validator<TreeJson>, bool), ValidationError<'static>> {
    const BACKTRACKS: usize = 10_000;
    let options = || {
        jsonschema::options_for::<TreeJson>()
            .with_registry(registry)
            .with_pattern_cache(cache.clone())
            .should_validate_formats(true)
            .with_format(ANY_DATE, is_date)
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
