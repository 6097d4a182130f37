//! The word about decisions.

use super::Walker;
use crate::{
    fact::{Decision, Meaning},
    schema::vocabulary::{DecidesWord, Identity},
    tree::NodeRef,
};

impl<'t> Walker<'t, '_> {
    /// Nothing where there is no verdict, or only one name that it could be on.
    pub(super) fn decision(&self, word: &DecidesWord, node: NodeRef<'t>) -> Option<Meaning<'t>> {
        let verdict = Identity::read(self.find(node, &word.verdict)?.value)?;
        let mut names = Vec::new();
        for value in word.names.iter().filter_map(|pointer| pointer.find(node)) {
            value.for_each_string(|name| names.extend(self.text(name)));
        }
        let reason = self.find_optional(node, word.reason.as_ref());
        let event = self.find_optional(node, word.event.as_ref());
        let decision = Decision { names, verdict, reason, event };
        (decision.names.len() > 1).then(|| Meaning::Decides(Box::new(decision)))
    }
}
