//! `rapporteur schema`: the kinds of records and their schemas.

use std::io::Write;

use super::{Exit, Failure, patient};
use crate::{
    schema::{Catalog, SchemaFile},
    suggest,
};

pub(super) fn run(kind: Option<&str>, out: &mut dyn Write) -> Result<Exit, Failure> {
    let catalog = Catalog::bundled();
    let text = match kind {
        None => list(&catalog),
        Some(name) => match file(&catalog, name) {
            Some(file) => format!("{}\n", file.source.text.trim_end()),
            None => {
                let meant = suggest::nearest(name, catalog.kinds().map(|(kind, _)| kind));
                let list = "`rapporteur schema` lists every kind";
                return Err(Failure::unknown("kind", name, meant, list));
            }
        },
    };
    patient(out.write_all(text.as_bytes()))?;
    Ok(Exit::Clean)
}

/// The schema of a kind; those that other schemas refer to are asked for by their file names.
fn file<'c>(catalog: &'c Catalog, name: &str) -> Option<&'c SchemaFile> {
    catalog.find(name).map(|id| catalog.file(id))
}

fn list(catalog: &Catalog) -> String {
    let width = catalog.kinds().map(|(kind, _)| kind.len()).max().unwrap_or(0);
    let line = |(kind, id)| {
        let summary = catalog.file(id).description.as_deref().unwrap_or_default();
        format!("{kind:width$}  {summary}\n")
    };
    catalog.kinds().map(line).collect()
}
