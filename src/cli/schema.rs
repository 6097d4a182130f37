//! `rapporteur schema`: the kinds of records and their schemas.

use std::io::Write;

use super::{Exit, Failure, SchemaEntry, patient};
use crate::config::closest;

pub(super) fn run(
    kind: Option<&str>,
    schemas: &[SchemaEntry<'_>],
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    let text = match kind {
        None => list(schemas),
        Some(kind) => match schemas.iter().find(|schema| schema.kind == kind) {
            Some(schema) => format!("{}\n", schema.text.trim_end()),
            None => return Err(unknown(kind, schemas)),
        },
    };
    patient(out.write_all(text.as_bytes()))?;
    Ok(Exit::Clean)
}

fn list(schemas: &[SchemaEntry<'_>]) -> String {
    let width = schemas.iter().map(|schema| schema.kind.len()).max().unwrap_or(0);
    let line = |schema: &SchemaEntry<'_>| format!("{:width$}  {}\n", schema.kind, schema.summary);
    schemas.iter().map(line).collect()
}

fn unknown(kind: &str, schemas: &[SchemaEntry<'_>]) -> Failure {
    let meant = closest(kind, schemas.iter().map(|schema| schema.kind));
    Failure::unknown("kind", kind, meant, "`rapporteur schema` lists every kind")
}
