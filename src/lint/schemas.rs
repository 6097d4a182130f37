//! What is found in the schemas of a run.

use std::collections::BTreeMap;

use super::{Run, Unread};
use crate::{
    finding::Draft,
    rule::{Active, Check, Findings, Schemas, Usage},
    schema::SchemaId,
};

impl Run<'_> {
    /// The schemas that check nothing, where no rule tells them: records would go unchecked in silence.
    pub(super) fn unusable_schemas(&self, active: &[Active]) -> Vec<Unread> {
        if active.iter().any(|one| matches!(one.rule.check, Check::Schemas(_))) {
            return Vec::new();
        }
        let told = |(path, reason): (&str, &str)| Unread {
            path: path.to_owned(),
            reason: reason.to_owned(),
        };
        self.catalog.unusable().map(told).collect()
    }

    /// What the rules on schemas find in them.
    pub(super) fn check_schemas(
        &self,
        active: &[Active],
        usage: BTreeMap<SchemaId, Usage>,
    ) -> Vec<Draft> {
        let first_source = self.inputs.len() as u32;
        let schemas = Schemas { catalog: self.catalog, first_source, usage };
        let mut drafts = Vec::new();
        for one in active {
            if let Check::Schemas(check) = one.rule.check {
                check(&schemas, &mut Findings::new(*one, self.as_of, &mut drafts));
            }
        }
        drafts
    }
}
