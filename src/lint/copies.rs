//! Finds the records that say the same as others: texts are not kept, so they are read again.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{Run, file};
use crate::{
    corpus::{self, Contribution, Copies},
    fact::Content,
};

impl Run<'_> {
    /// Each file concerned is read once.
    pub(super) fn copies(&self, files: &[Contribution]) -> Copies {
        let candidates = corpus::candidates(files);
        let by_file: Vec<&[(u32, u32)]> = candidates.chunk_by(|a, b| a.0 == b.0).collect();
        let digests: BTreeMap<(u32, u32), (u64, u64)> =
            by_file.into_par_iter().flat_map_iter(|records| self.digests(records)).collect();
        Copies::of(files, digests)
    }

    /// The digests of records of one file.
    fn digests(&self, records: &[(u32, u32)]) -> Vec<((u32, u32), (u64, u64))> {
        let source = records.first().map_or(0, |(source, _)| *source);
        let Some(input) = self.inputs.get(source as usize) else { return Vec::new() };
        let Ok(bytes) = (self.read)(input) else { return Vec::new() };
        let tree = file::tree_of(input, bytes);
        let roots = tree.records();
        let configured = self.configured_schema(input);
        let digest = |(source, number): &(u32, u32)| {
            let root = *roots.get(*number as usize)?;
            let record = file::extract_one(self.catalog, root, configured, *source, *number)?;
            Some(((*source, *number), Content::of(&record)?.digest()?))
        };
        records.iter().filter_map(digest).collect()
    }
}
