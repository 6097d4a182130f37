//! Sources of a run that are read a second time: those that hold a finding. No tree and no text is kept from the first time,
//! since those of a whole run would fill the memory; what rules need of other records is in their contributions.

use std::sync::Arc;

use super::{Analysis, Read, file, understand};
use crate::{digest, source::Source, sources::SourceId, tree::Tree};

/// The sources of a check, to show what was found in them.
pub struct Reread<'r> {
    analysis: &'r Analysis<'r>,
    read: &'r Read<'r>,
    /// Whether the report will have them, so that they are kept until they change.
    keeps: bool,
}

impl std::fmt::Debug for Reread<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reread").finish_non_exhaustive()
    }
}

impl<'r> Reread<'r> {
    /// Reads the sources of an analysis again; it keeps what it reads if the report will need it.
    #[must_use]
    pub fn new(analysis: &'r Analysis<'r>, read: &'r Read<'r>, keeps: bool) -> Self {
        Self { analysis, read, keeps }
    }

    /// A source: a file, a schema, the configuration or the baseline. `None` for a file that is not what it was when it was
    /// checked: where something was found in it is not known any more.
    #[must_use]
    pub fn source(&self, id: SourceId) -> Option<Arc<Source>> {
        let Some(input) = self.analysis.sources.input(id) else {
            return self.analysis.sources.text(id).cloned();
        };
        if let Some(source) = self.analysis.located.source(id) {
            return Some(source);
        }
        let bytes = (self.read)(input).ok()?;
        if self.analysis.file(id)?.bytes != Some(digest::of(&bytes)) {
            return None;
        }
        let source = Arc::new(file::source_of(input, bytes));
        if self.keeps {
            self.analysis.located.keep_source(id, &source);
        }
        Some(source)
    }

    /// A source, with what it holds.
    pub(crate) fn tree(&self, id: SourceId) -> Option<Tree> {
        let source = self.source(id)?;
        let input = self.analysis.sources.input(id);
        let tree = match input.and_then(|input| input.table.as_deref()) {
            Some(columns) => Tree::of_table(source, columns),
            None => Tree::parse(source),
        };
        Some(match input {
            Some(input) => understand(tree, input, &self.analysis.catalog),
            None => tree,
        })
    }
}

#[cfg(test)]
mod tests;
