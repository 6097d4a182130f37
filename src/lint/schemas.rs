//! What is found in the schemas of a run.

use std::collections::{BTreeMap, btree_map::Entry};

use super::{Unread, View};
use crate::{
    finding::Draft,
    rule::{Check, Findings, Hindered, Schemas},
    schema::Limit,
};

impl View<'_> {
    /// What kept records from being checked whole. A schema is not at fault for what is reported in no record.
    pub(super) fn limits(&self) -> BTreeMap<Limit, Hindered> {
        let mut all: BTreeMap<Limit, Hindered> = BTreeMap::new();
        for (_, input, file) in self.analysis.files() {
            let more = file.more.as_ref().filter(|_| input.reported);
            for (limit, one) in more.into_iter().flat_map(|more| &more.limits) {
                match all.entry(limit.clone()) {
                    Entry::Vacant(entry) => {
                        entry.insert(one.clone());
                    }
                    Entry::Occupied(mut entry) => entry.get_mut().records += one.records,
                }
            }
        }
        all
    }

    /// The schemas that cannot check all records, where no rule reports them: records would go unchecked in silence.
    pub(super) fn unusable_schemas(&self, limits: &BTreeMap<Limit, Hindered>) -> Vec<Unread> {
        let (active, catalog) = (&self.analysis.active, &self.analysis.catalog);
        if active.iter().any(|one| matches!(one.rule.check, Check::Schemas(_))) {
            return Vec::new();
        }
        let reported = |(path, reason): (&str, &str)| Unread {
            path: path.to_owned(),
            reason: reason.to_owned(),
        };
        let hindered = limits.iter().map(|(limit, hindered)| Unread {
            path: catalog.files()[limit.file].source.path.clone(),
            reason: limit.message(&hindered.first, hindered.records),
        });
        catalog.unusable().map(reported).chain(hindered).collect()
    }

    /// What the rules on schemas find in them.
    pub(super) fn check_schemas(&self, limits: BTreeMap<Limit, Hindered>) -> Vec<Draft> {
        let analysis = self.analysis;
        let (catalog, sources, usage) = (&*analysis.catalog, &analysis.schemas, analysis.usage());
        let blind = analysis.blind();
        let schemas = Schemas { catalog, sources, usage, limits, blind };
        let mut drafts = Vec::new();
        for one in &analysis.active {
            if let Check::Schemas(check) = one.rule.check {
                check(&schemas, &mut Findings::new(one, analysis.as_of, &mut drafts));
            }
        }
        drafts
    }
}
