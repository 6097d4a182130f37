//! `rapporteur facts --coverage`: what each keyword of each schema read, and what it could not read.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use crate::{
    fact::Record,
    schema::{Catalog, Choice},
    source::visible_line,
    tree::NodeId,
    vocabulary::{ContextArguments, MentionsArguments, NoteId},
};

/// What the keywords met in all records of a run.
#[derive(Debug, Default)]
pub(super) struct Coverage {
    /// The records of each schema document, by its number in the catalogue.
    records: BTreeMap<usize, usize>,
    /// For each use of a keyword, how many values it read whole and how many it could not.
    values: BTreeMap<NoteId, (usize, usize)>,
    /// The records for which no schema could be chosen.
    unknown: usize,
}

impl Coverage {
    /// Adds one record, or one for which no schema could be chosen.
    pub(super) fn add(&mut self, facts: Option<&(Choice, Record<'_>)>) {
        let Some((choice, record)) = facts else {
            self.unknown += 1;
            return;
        };
        *self.records.entry(choice.schema().index()).or_default() += 1;
        let unread = record.unread_values();
        let met: BTreeSet<(NoteId, NodeId)> =
            record.facts.iter().map(|fact| (fact.note, fact.node.id())).collect();
        for value in met {
            let (read, not_read) = self.values.entry(value.0).or_default();
            if unread.contains(&value) {
                *not_read += 1;
            } else {
                *read += 1;
            }
        }
    }

    /// A table for each schema that a record has, its keywords in the order of their places. Keywords that met no value are
    /// listed as well: an optional property may be missing everywhere, and a pointer may be wrong.
    pub(super) fn written(&self, catalog: &Catalog) -> String {
        let mut text = String::new();
        let graph = catalog.graph();
        let mut documents: BTreeSet<usize> = self.records.keys().copied().collect();
        documents.extend(self.values.keys().map(|note| graph.note(*note).document));
        let mut notes: Vec<NoteId> = graph.notes().collect();
        notes.sort_by_key(|id| {
            let note = graph.note(*id);
            (note.document, note.pointer.as_str(), note.keyword.name, note.index)
        });
        for document in documents {
            let path = visible_line(&catalog.files()[document].source.path);
            let records = self.records.get(&document).copied().unwrap_or_default();
            let _ = writeln!(text, "{path}: {}", crate::message::counted(records, "record"));
            let _ = writeln!(text, "  {:>8} {:>8} {:>8}  keyword", "met", "read", "unread");
            for id in notes.iter().filter(|id| graph.note(**id).document == document) {
                let note = graph.note(*id);
                let (read, unread) = self.values.get(id).copied().unwrap_or_default();
                let pointer = if note.pointer.is_empty() { "/" } else { &note.pointer };
                let (met, name) = (read + unread, note.keyword.name);
                let line = format!(
                    "  {met:>8} {read:>8} {unread:>8}  {name} at {}",
                    visible_line(pointer)
                );
                text.push_str(&line);
                text.push_str(match (met, read) {
                    (0, _) if note.arguments.get::<ContextArguments>().is_some() => {
                        "  (hands its values down)\n"
                    }
                    (0, _) if note.arguments.get::<MentionsArguments>().is_some() => {
                        "  (nothing found in its texts)\n"
                    }
                    (0, _) => "  (no value met)\n",
                    (_, 0) => "  (no value read)\n",
                    _ => "\n",
                });
            }
        }
        if self.unknown > 0 {
            let records = crate::message::counted(self.unknown, "record");
            let _ = writeln!(text, "{records} without a schema");
        }
        text
    }
}
