//! What is found in the schemas of a run.

use std::collections::BTreeMap;

use super::{Run, Unread};
use crate::{
    finding::Draft,
    rule::{Active, Check, Findings, Hindered, Schemas, Usage},
    schema::{Limit, SchemaId},
};

impl Run<'_> {
    /// The schemas that cannot check all records, where no rule reports them: records would go unchecked in silence.
    pub(super) fn unusable_schemas(
        &self,
        active: &[Active],
        limits: &BTreeMap<Limit, Hindered>,
    ) -> Vec<Unread> {
        if active.iter().any(|one| matches!(one.rule.check, Check::Schemas(_))) {
            return Vec::new();
        }
        let told = |(path, reason): (&str, &str)| Unread {
            path: path.to_owned(),
            reason: reason.to_owned(),
        };
        let hindered = limits.iter().map(|(limit, hindered)| Unread {
            path: self.catalog.files()[limit.file].source.path.clone(),
            reason: limit.message(&hindered.first, hindered.records),
        });
        self.catalog.unusable().map(told).chain(hindered).collect()
    }

    /// What the rules on schemas find in them.
    pub(super) fn check_schemas(
        &self,
        active: &[Active],
        usage: BTreeMap<SchemaId, Usage>,
        limits: BTreeMap<Limit, Hindered>,
    ) -> Vec<Draft> {
        let first_source = self.inputs.len() as u32;
        let schemas = Schemas { catalog: self.catalog, first_source, usage, limits };
        let mut drafts = Vec::new();
        for one in active {
            if let Check::Schemas(check) = one.rule.check {
                check(&schemas, &mut Findings::new(*one, self.as_of, &mut drafts));
            }
        }
        drafts
    }
}
