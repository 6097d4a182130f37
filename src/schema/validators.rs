//! The validators of the schemas of a run. Those of the bundled schemas and of their conditions are built when a record needs them
//! first: most projects have few of the kinds, and tests say that the bundled schemas are right.

use std::sync::{LazyLock, OnceLock};

use jsonschema::{PatternCache, Validator};
use referencing::Registry;
use serde_json::{Value, json};

use super::{
    bundled::BUNDLED,
    catalog::BUNDLED_BASE,
    compile::Document,
    tree_json::TreeJson,
    validator::{build_sharing, registry_of},
};

/// The validator of one schema document.
#[derive(Debug)]
pub(super) enum Held {
    /// There is none: the schema is broken, or was not compiled yet.
    None,
    /// That of a schema of the project.
    Built(Box<Validator<TreeJson>>),
    /// That of a bundled schema.
    Later(OnceLock<Option<Validator<TreeJson>>>),
}

impl Held {
    /// Whether there is one.
    pub(super) const fn is_there(&self) -> bool {
        !matches!(self, Self::None)
    }

    /// The validator of the schema with this number.
    pub(super) fn get(&self, at: usize) -> Option<&Validator<TreeJson>> {
        match self {
            Self::None => None,
            Self::Built(validator) => Some(validator),
            Self::Later(later) => later.get_or_init(|| Some(bundled(at)?.0)).as_ref(),
        }
    }
}

/// A condition in a bundled schema: a `when`, or a reference to a schema that says which branch is taken.
#[derive(Debug)]
pub struct Later {
    schema: Value,
    built: OnceLock<Option<Validator<TreeJson>>>,
}

impl Later {
    pub(super) fn new(schema: Value) -> Self {
        Self { schema, built: OnceLock::new() }
    }

    pub(super) fn get(&self) -> Option<&Validator<TreeJson>> {
        let built = || Some(build_bundled(&self.schema)?.0);
        self.built.get_or_init(built).as_ref()
    }
}

/// The bundled schemas, in the order of [`BUNDLED`], each with its URI.
static VALUES: LazyLock<Vec<(String, Value)>> = LazyLock::new(|| {
    let value = |text: &str| serde_json::from_str(text).unwrap_or_default();
    BUNDLED.iter().map(|(name, text)| (format!("{BUNDLED_BASE}{name}"), value(text))).collect()
});

static REGISTRY: LazyLock<Option<Registry<'static>>> = LazyLock::new(|| {
    let document = |(uri, value): &'static (String, Value)| Document { uri, value };
    registry_of(&VALUES.iter().map(document).collect::<Vec<_>>()).ok()
});

/// The value of a bundled schema, by its number.
pub(super) fn bundled_value(at: usize) -> Option<&'static Value> {
    VALUES.get(at).map(|(_, value)| value)
}

/// What the references in the bundled schemas lead to.
pub(super) fn bundled_registry() -> Option<&'static Registry<'static>> {
    REGISTRY.as_ref()
}

/// The validator of a bundled schema, and whether a pattern of it can take too many steps.
fn bundled(at: usize) -> Option<(Validator<TreeJson>, bool)> {
    let (uri, _) = VALUES.get(at)?;
    build_bundled(&json!({ "$ref": uri }))
}

/// The patterns of the bundled schemas.
static PATTERNS: LazyLock<PatternCache> = LazyLock::new(PatternCache::new);

fn build_bundled(schema: &Value) -> Option<(Validator<TreeJson>, bool)> {
    build_sharing(schema, bundled_registry()?, &PATTERNS).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{
        Catalog,
        graph::{Branch, Condition},
    };

    #[test]
    fn every_bundled_schema_has_a_validator_without_look_around() {
        for (at, (name, _)) in BUNDLED.iter().enumerate() {
            let (_, backtracks) = bundled(at).unwrap_or_else(|| panic!("{name}"));
            assert!(!backtracks, "{name}");
        }
        assert!(bundled(BUNDLED.len()).is_none());
    }

    #[test]
    fn every_condition_in_a_bundled_schema_has_a_validator() {
        let catalog = Catalog::bundled();
        let mut count = 0;
        for note in &catalog.graph().notes {
            if let Condition::Later(later) = &note.when {
                assert!(later.get().is_some(), "{} of {}", note.keyword.name, note.pointer);
                assert!(!later.schema.to_string().contains("$ref"), "it refers to nothing else");
                count += 1;
            }
        }
        assert!(count > 10, "{count}");
        let branches = catalog.graph().states.iter().flat_map(|state| &state.branches);
        let guards = branches.flat_map(|branch| match branch {
            Branch::Alternatives(all) => all.iter().map(|one| &one.guard).collect(),
            Branch::Conditional { guard, .. } | Branch::Contains { guard, .. } => vec![guard],
            Branch::Dependent { .. } => Vec::new(),
        });
        for guard in guards {
            if let Condition::Later(later) = &guard.condition {
                assert!(later.get().is_some(), "{}", guard.location);
            }
        }
    }

    #[test]
    fn the_bundled_schemas_are_right_by_all_checks() {
        // With a schema of the project beside them, nothing is taken for granted.
        let project = ("own.schema.json".to_owned(), "{}".to_owned());
        assert_eq!(Catalog::new(&[project]).errors(), []);
    }
}
