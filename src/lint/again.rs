//! Records that are looked at once more, for what is not kept of them: their texts. They are read again, since the
//! texts of a whole run would fill the memory.

use std::{
    collections::{BTreeSet, VecDeque},
    sync::{Arc, Mutex},
};

use super::{Run, file};
use crate::{
    corpus::{self, Contribution, Group, Member},
    fact::{Meaning, Outline, Record},
    tree::{NodeId, Tree},
};

/// How many files with many records are kept at a time. Without that, such a file would be read once for each of
/// its records.
const KEPT: usize = 4;

/// Reads records of a run again.
pub(super) struct Again<'r> {
    run: &'r Run<'r>,
    files: &'r [Contribution],
    /// The last files of several records that were read, by number.
    kept: Mutex<VecDeque<(u32, Arc<Parsed>)>>,
}

struct Parsed {
    tree: Tree,
    records: Vec<NodeId>,
}

impl<'r> Again<'r> {
    pub(super) fn new(run: &'r Run<'r>, files: &'r [Contribution]) -> Self {
        Self { run, files, kept: Mutex::default() }
    }

    /// The outlines of the versions that are held against each other.
    pub(super) fn outlines(&self, group: &Group<'_>) -> Vec<Option<Outline>> {
        let pairs = corpus::pairs(&group.members);
        let wanted: BTreeSet<usize> =
            pairs.iter().flat_map(|pair| [pair.earlier, pair.later]).collect();
        let outline = |(at, member): (usize, &Member<'_>)| {
            wanted.contains(&at).then(|| self.look(member, Outline::of)).flatten()
        };
        group.members.iter().enumerate().map(outline).collect()
    }

    /// The text of a record whose twin may lie in another file.
    pub(super) fn shingles(&self, member: &Member<'_>) -> Vec<u64> {
        let shingles = self.look(member, |record| {
            record.facts.iter().find_map(|fact| match &fact.meaning {
                Meaning::Prose(prose) => Some(prose.shingles()),
                _ => None,
            })
        });
        shingles.flatten().unwrap_or_default()
    }

    /// What `take` takes of the record of a member.
    fn look<T>(&self, member: &Member<'_>, take: impl FnOnce(&Record<'_>) -> T) -> Option<T> {
        let (source, number) = (member.source(), member.record());
        let configured = self.run.configured_schema(self.run.inputs.get(source as usize)?);
        let parsed = self.parsed(source)?;
        let root = parsed.tree.node(*parsed.records.get(number as usize)?);
        let record = file::extract_one(self.run.catalog, root, configured, source, number)?;
        Some(take(&record))
    }

    fn parsed(&self, source: u32) -> Option<Arc<Parsed>> {
        let has_many = self.files.get(source as usize).is_some_and(|file| file.len() > 1);
        if has_many && let Some(parsed) = self.find(source) {
            return Some(parsed);
        }
        let input = self.run.inputs.get(source as usize)?;
        let tree = file::tree_of(input, (self.run.read)(input).ok()?);
        let records = tree.records().iter().map(|record| record.id()).collect();
        let parsed = Arc::new(Parsed { tree, records });
        if has_many && let Ok(mut kept) = self.kept.lock() {
            kept.truncate(KEPT - 1);
            kept.push_front((source, Arc::clone(&parsed)));
        }
        Some(parsed)
    }

    fn find(&self, source: u32) -> Option<Arc<Parsed>> {
        let kept = self.kept.lock().ok()?;
        kept.iter().find(|(number, _)| *number == source).map(|(_, parsed)| Arc::clone(parsed))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::{
        lint::{Input, Setting},
        schema::Catalog,
    };

    /// Statements of which all say nearly the same, one a line.
    fn statements(count: usize) -> String {
        let same: Vec<String> = (0..60).map(|n| format!("word{n}")).collect();
        let record = |n: usize| {
            format!(
                "{{\"kind\": \"statement\", \"id\": \"s{n}\", \"title\": \"S\", \"language\": \"en\", \
                 \"date\": \"2011-05-19\", \"speaker\": {{\"name\": \"Khalid Koser\"}}, \
                 \"paragraphs\": [\"{} own{n}\"]}}\n",
                same.join(" ")
            )
        };
        (0..count).map(record).collect()
    }

    #[test]
    fn a_file_of_many_records_is_not_read_once_for_each_of_them() {
        let (text, reads) = (statements(40), AtomicUsize::new(0));
        let inputs = [Input {
            path: "a.jsonl".to_owned(),
            disk: "a.jsonl".into(),
            schema: None,
            table: None,
            reported: true,
            expected: true,
        }];
        let run = Run {
            catalog: &Catalog::bundled(),
            inputs: &inputs,
            is_whole: true,
            is_complete: true,
            read: &|_| {
                reads.fetch_add(1, Ordering::Relaxed);
                Ok(text.clone().into_bytes())
            },
            setting: &|_| Setting::Default,
            exceptions: &[],
            config: None,
            baseline: None,
            progress: &|_, _| {},
            as_of: None,
            collapse: false,
            keep_sources: false,
            recall: None,
        };
        let findings = run.check().findings;
        let near = findings.iter().filter(|finding| finding.rule == "duplicate-near").count();
        assert_eq!(near, 39, "{findings:#?}");
        let reads = reads.into_inner();
        assert!(reads <= 5, "read {reads} times");
    }
}
