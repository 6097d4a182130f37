//! Where things are written in the configuration.

use std::{collections::HashMap, ops::Range};

use crate::{
    config::{Config, Glob},
    source::LineIndex,
};

/// The places in one configuration.
pub(super) struct Places<'c> {
    config: &'c Config,
    /// By the number of the text.
    lines: Vec<LineIndex>,
    /// The first pattern for tables with each text: a table that a pattern does not find has the pattern for a path.
    tables: HashMap<&'c str, (usize, usize)>,
}

impl<'c> Places<'c> {
    pub(super) fn new(config: &'c Config) -> Self {
        let lines = config.parts.iter().map(|source| LineIndex::new(&source.text)).collect();
        let mut tables = HashMap::new();
        for (entry, register) in config.registers.iter().enumerate() {
            for (number, glob) in register.files.iter().enumerate() {
                tables.entry(glob.text.as_str()).or_insert((entry, number));
            }
        }
        Self { config, lines, tables }
    }

    /// The configuration as it is called, and the line of it with this place.
    pub(super) fn line(&self, at: &Range<usize>) -> String {
        let ((number, _), (source, span)) =
            (self.config.parts.at(at.start), self.config.parts.locate(at));
        let lines = self.lines.get(number);
        let line = lines.map_or(0, |lines| lines.position(&source.text, span.start as u32).line);
        format!("{}:{line}", source.path)
    }

    /// The entry of `[[records]]` that decides on a file, where there is one.
    pub(super) fn of_records(&self, path: &str) -> Option<String> {
        let (entry, number) = self.config.pattern_for(path)?;
        let glob = self.config.entries.get(entry)?.files.get(number)?;
        Some(self.entry("records", entry, glob))
    }

    /// The entry of `[[registers]]` that decides on a table, where there is one.
    pub(super) fn of_tables(&self, path: &str) -> Option<String> {
        let found = self.config.for_tables.first(path).into_iter();
        let (entry, number) = found.chain(self.tables.get(path).copied()).min()?;
        let glob = self.config.registers.get(entry)?.files.get(number)?;
        Some(self.entry("registers", entry, glob))
    }

    fn entry(&self, name: &str, entry: usize, glob: &Glob) -> String {
        format!("entry {} of `[[{name}]]` in {}", entry + 1, self.line(&glob.span))
    }
}
