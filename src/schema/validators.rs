//! The validators of the schemas of a run. That of a bundled schema is built when a record needs it first: most projects have few
//! of the kinds, and the bundled schemas are known to be right.

use std::{
    collections::{BTreeMap, btree_map::Entry},
    sync::OnceLock,
};

use jsonschema::Validator;
use serde_json::{Value, json};

use super::{
    bundled::BUNDLED,
    catalog::BUNDLED_BASE,
    compile::Document,
    tree_json::TreeJson,
    validator::{build, registry_of},
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
            Self::Later(later) => {
                later.get_or_init(|| Some(bundled(BUNDLED.get(at)?.0)?.0)).as_ref()
            }
        }
    }
}

/// The validator of a bundled schema by its file name, made of the schemas that it leads to, and whether a pattern of it can
/// take too many steps.
fn bundled(name: &str) -> Option<(Validator<TreeJson>, bool)> {
    let mut values: BTreeMap<String, Value> = BTreeMap::new();
    let mut wanted = vec![name.to_owned()];
    while let Some(name) = wanted.pop() {
        if let Entry::Vacant(entry) = values.entry(name) {
            let (_, text) = BUNDLED.iter().find(|(own, _)| own == entry.key())?;
            let value: Value = serde_json::from_str(text).ok()?;
            references(&value, &mut wanted);
            entry.insert(value);
        }
    }
    let uri = |name: &str| format!("{BUNDLED_BASE}{name}");
    let named: Vec<(String, &Value)> =
        values.iter().map(|(name, value)| (uri(name), value)).collect();
    let documents: Vec<Document<'_>> =
        named.iter().map(|(uri, value)| Document { uri, value }).collect();
    build(&json!({ "$ref": uri(name) }), &registry_of(&documents).ok()?).ok()
}

/// Adds the documents that the references in a schema name.
fn references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            let reference = members.get("$ref").and_then(Value::as_str);
            let document = reference.and_then(|reference| reference.split('#').next());
            found.extend(document.filter(|name| !name.is_empty()).map(str::to_owned));
            members.values().for_each(|value| references(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Catalog;

    #[test]
    fn every_bundled_schema_has_a_validator_without_look_around() {
        for (name, _) in BUNDLED {
            let (_, backtracks) = bundled(name).unwrap_or_else(|| panic!("{name}"));
            assert!(!backtracks, "{name}");
        }
        assert!(bundled("other.schema.json").is_none());
    }

    #[test]
    fn the_bundled_schemas_are_right_by_all_checks() {
        // With a schema of the project beside them, nothing is taken for granted.
        let project = ("own.schema.json".to_owned(), "{}".to_owned());
        assert_eq!(Catalog::new(&[project]).errors(), []);
    }
}
