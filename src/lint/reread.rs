//! Sources of a run that are read a second time: those that hold a finding. No tree and no text is kept from the first time,
//! since those of a whole run would fill the memory; what rules need of other records is in their contributions.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use super::{Run, file};
use crate::{source::Source, tree::Tree};

/// The sources of a run, to show what was found in them.
pub(super) struct Reread<'r> {
    pub(super) run: &'r Run<'r>,
    /// Those that were read, by number, where the report will have them.
    kept: Mutex<BTreeMap<u32, Arc<Source>>>,
}

impl<'r> Reread<'r> {
    pub(super) fn new(run: &'r Run<'r>) -> Self {
        Self { run, kept: Mutex::default() }
    }

    /// A source: an input, a schema, the configuration or the baseline.
    pub(super) fn source(&self, number: u32) -> Option<Arc<Source>> {
        let Some(input) = self.run.inputs.get(number as usize) else {
            return self.other(number as usize - self.run.inputs.len());
        };
        if let Some(source) = self.kept().get(&number) {
            return Some(Arc::clone(source));
        }
        let bytes = (self.run.read)(input).ok()?;
        let source = Arc::new(file::source_of(input, bytes));
        if self.run.keep_sources {
            self.kept().insert(number, Arc::clone(&source));
        }
        Some(source)
    }

    /// A source that is in memory anyway.
    fn other(&self, number: usize) -> Option<Arc<Source>> {
        let run = self.run;
        let files = run.catalog.files();
        let file = files.get(number).map(|file| &file.source);
        let after = number.checked_sub(files.len());
        let config = run.config.filter(|_| after == Some(0));
        let baseline = run.baseline.filter(|_| after == Some(1)).map(|one| &one.source);
        file.or(config).or(baseline).cloned()
    }

    /// A source, with what it holds.
    pub(super) fn tree(&self, number: u32) -> Option<Tree> {
        let source = self.source(number)?;
        let table = self.run.inputs.get(number as usize).and_then(|input| input.table.as_deref());
        Some(match table {
            Some(columns) => Tree::of_table(source, columns),
            None => Tree::parse(source),
        })
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, BTreeMap<u32, Arc<Source>>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
