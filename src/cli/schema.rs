//! `rapporteur schema`: the kinds of records and their schemas, and the schema of the configuration.

use std::io::Write;

use super::{Exit, Failure, patient};
use crate::{
    config,
    rule::RuleSet,
    schema::{Catalog, bundle},
    suggest,
};

/// Asked for in the place of a kind, it names the schema of the configuration.
pub(super) const CONFIGURATION: &str = "configuration";

pub(super) fn run(
    kind: Option<&str>,
    as_bundle: bool,
    rules: &RuleSet,
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    let catalog = Catalog::bundled();
    let text = match kind {
        None => list(&catalog),
        Some(CONFIGURATION) => config::json_schema(rules),
        Some(name) => match text(&catalog, name, as_bundle) {
            Some(text) => format!("{}\n", text.trim_end()),
            None => {
                let kinds = catalog.kinds().map(|(kind, _)| kind);
                let meant = suggest::nearest(name, kinds.chain([CONFIGURATION]));
                let list = "`rapporteur schema` lists every kind";
                return Err(Failure::unknown("kind", name, meant, list));
            }
        },
    };
    patient(out.write_all(text.as_bytes()))?;
    Ok(Exit::Clean)
}

/// The schema of a kind; those that other schemas refer to are asked for by their file names.
fn text(catalog: &Catalog, name: &str, as_bundle: bool) -> Option<String> {
    if as_bundle {
        return bundle(catalog, name).map(|schema| format!("{schema:#}"));
    }
    catalog.find(name).map(|id| catalog.file(id).source.text.clone())
}

fn list(catalog: &Catalog) -> String {
    let width = catalog.kinds().map(|(kind, _)| kind.len()).max().unwrap_or(0);
    let line = |(kind, id)| {
        let summary = catalog.file(id).description.as_deref().unwrap_or_default();
        format!("{kind:width$}  {summary}\n")
    };
    catalog.kinds().map(line).collect()
}
