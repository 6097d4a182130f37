//! The rules that a project declares: what is taken of a record for each, and what each says of what was found.

use std::collections::BTreeMap;

use super::Analysis;
use crate::{
    fact::{self, Record},
    finding::{Draft, Place, RuleId},
    rule::{Active, Findings, Own, OwnCheck},
    schema::{Catalog, SchemaId},
    tree::{NodeId, NodeRef},
};

/// What is taken of a record for the rules of the project, each with the number of its rule.
pub(super) fn take<'t>(
    catalog: &'t Catalog,
    schema: SchemaId,
    of: &Record<'t>,
) -> Vec<(usize, Record<'t>)> {
    let states = catalog.own_states(schema);
    if states.is_empty() {
        return Vec::new();
    }
    let Place { source, record, .. } = of.place;
    let graph = catalog.graph();
    let mut all = fact::extract_in(graph, states, of.node, source, record.unwrap_or_default());
    let mut by_rule: BTreeMap<usize, Record<'t>> = BTreeMap::new();
    for fact in all.facts.drain(..) {
        let Some(rule) = graph.rule_of(fact.note) else { continue };
        let is_complete = all.is_complete;
        let record = by_rule.entry(rule).or_insert_with(|| {
            let mut own = fact::bare(of.node, source, record.unwrap_or_default());
            own.kind.clone_from(&of.kind);
            (own.head, own.place, own.is_complete) = (of.head, of.place, is_complete);
            own
        });
        record.facts.push(fact);
    }
    by_rule.into_iter().collect()
}

/// Checks what was taken of a record for a rule of the project.
pub(super) fn check(own: &(usize, Record<'_>), analysis: &Analysis<'_>, drafts: &mut Vec<Draft>) {
    let (number, record) = own;
    let of_rule = |one: &&Active| one.rule.own().is_some_and(|own| own.number == *number);
    let Some(active) = analysis.active.iter().find(of_rule) else { return };
    if let Some(OwnCheck::Record(check)) = active.rule.own().map(|own| own.check) {
        check(record, &mut Findings::new(active, analysis.as_of, drafts));
    }
}

/// The words of the rules of the project, by the ids of the rules.
pub(super) struct Words<'a>(BTreeMap<RuleId, &'a Own>);

impl<'a> Words<'a> {
    pub(super) fn of(active: &'a [Active]) -> Self {
        let own = |one: &'a Active| Some((one.rule.id, one.rule.own()?));
        Self(active.iter().filter_map(own).collect())
    }

    /// Whether the rule of a draft is one of the project.
    pub(super) fn has(&self, draft: &Draft) -> bool {
        self.0.contains_key(&draft.rule)
    }

    /// The message of a finding of a rule at a node of a record.
    pub(super) fn message(
        &self,
        rule: RuleId,
        at: Option<(NodeRef<'_>, NodeId)>,
    ) -> Option<String> {
        let own = self.0.get(&rule)?;
        let about = at.and_then(|(node, root)| below(root, node, own.depth));
        Some(own.message.filled(at.map(|(node, _)| node), about))
    }

    /// Gives a draft the words of its rule. What the check of rapporteur says is then no help.
    pub(super) fn put(&self, draft: &mut Draft, message: Option<String>) {
        if let Some(message) = message.or_else(|| self.message(draft.rule, None)) {
            draft.message = message;
        }
    }
}

/// The node so many steps below `root` on the way to `node`.
fn below(root: NodeId, node: NodeRef<'_>, depth: usize) -> Option<NodeRef<'_>> {
    let mut way = vec![node];
    let mut at = node;
    while at.id() != root {
        at = at.parent()?;
        way.push(at);
    }
    way.get(way.len().checked_sub(depth + 1)?).copied()
}
