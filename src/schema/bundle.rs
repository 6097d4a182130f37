//! One schema that needs no other file.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::Catalog;

/// The schema `name` of the catalogue, with the schemas that it refers to under `$defs`. Every `$ref` becomes a JSON Pointer
/// from the root, because not every validator and editor resolves an `$id` inside a schema. The `$id` of the root is the name by
/// which records and other schemas refer to it; the schema files have none, so that they find each other by their paths.
#[must_use]
pub fn bundle(catalog: &Catalog, name: &str) -> Option<Value> {
    let mut root = read(catalog, name)?;
    let uri = catalog.file(catalog.find(name)?).uri.clone();
    root.as_object_mut()?.insert("$id".to_owned(), uri.into());
    let mut waiting = BTreeSet::new();
    rewrite(&mut root, "#", &mut waiting);
    let (mut parts, mut done) = (Map::new(), BTreeSet::new());
    while let Some(file) = waiting.pop_first() {
        if !done.insert(file.clone()) {
            continue;
        }
        let mut part = read(catalog, &file)?;
        if let Some(part) = part.as_object_mut() {
            // The root says it for all.
            part.remove("$schema");
        }
        rewrite(&mut part, &format!("#/$defs/{file}"), &mut waiting);
        parts.insert(file, part);
    }
    if !parts.is_empty() {
        let defs = root.as_object_mut()?.entry("$defs").or_insert_with(|| Map::new().into());
        defs.as_object_mut()?.append(&mut parts);
    }
    Some(root)
}

fn read(catalog: &Catalog, name: &str) -> Option<Value> {
    let file = catalog.file(catalog.find(name)?);
    serde_json::from_str(&file.source.text).ok()
}

/// Makes each reference in a schema that will be `at` a pointer from the root, and adds the other files that it names.
fn rewrite(schema: &mut Value, at: &str, files: &mut BTreeSet<String>) {
    match schema {
        Value::Object(members) => {
            for (key, value) in members {
                match value {
                    Value::String(reference) if key == "$ref" => {
                        *reference = rewritten(reference, at, files);
                    }
                    _ => rewrite(value, at, files),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| rewrite(item, at, files)),
        _ => {}
    }
}

fn rewritten(reference: &str, at: &str, files: &mut BTreeSet<String>) -> String {
    let (file, pointer) = reference.split_once('#').unwrap_or((reference, ""));
    if file.is_empty() {
        return format!("{at}{pointer}");
    }
    files.insert(file.to_owned());
    format!("#/$defs/{file}{pointer}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every reference in a schema.
    fn references(schema: &Value) -> Vec<&str> {
        match schema {
            Value::Object(members) => {
                let own = members.get("$ref").and_then(Value::as_str);
                own.into_iter().chain(members.values().flat_map(references)).collect()
            }
            Value::Array(items) => items.iter().flat_map(references).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn every_reference_of_a_bundle_leads_to_something_in_it() {
        let catalog = Catalog::bundled();
        let mut count = 0;
        for (kind, _) in catalog.kinds() {
            let bundle = bundle(&catalog, kind).unwrap();
            for reference in references(&bundle) {
                let pointer = reference.strip_prefix('#').unwrap();
                assert!(bundle.pointer(pointer).is_some(), "{kind}: {reference}");
                count += 1;
            }
        }
        assert!(count > 100, "{count}");
        assert!(bundle(&catalog, "minuets").is_none());
    }
}
