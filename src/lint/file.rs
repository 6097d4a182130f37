//! What is found in one file, and what it contributes to the corpus: a pure function of its bytes and
//! the schemas.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    Input, Run, locate,
    own::is_report,
    stage::{self, Pending},
};
use crate::{
    allow::Allowances,
    corpus::{Contribution, EventDays, Identities},
    fact::{self, Record},
    finding::{Draft, Family, Finding, Place},
    rule::{Active, Check, Findings, Hindered, Usage},
    schema::{
        Catalog, Choice, Limit, Outcome, SchemaId, Shape, Verdict, Violation,
        violations::{self, shown},
    },
    source::{Source, Span, Syntax},
    tree::{Columns, NodeRef, Tree},
};

/// What came of checking one file.
#[derive(Clone, Debug, Default)]
pub(super) struct Checked {
    pub(super) findings: Vec<Finding>,
    /// The findings whose weight depends on the days of an event.
    pub(super) pending: Vec<Pending>,
    /// What the file accepts.
    pub(super) allowances: Allowances,
    pub(super) contribution: Contribution,
    /// Nodes under which the schema has been broken, as half-open ranges of node numbers, in order and
    /// apart from each other: what other rules find there only follows.
    pub(super) covered: Vec<(usize, usize)>,
    pub(super) records: usize,
    /// How each schema fares with the records of the file.
    pub(super) usage: BTreeMap<SchemaId, Usage>,
    /// What kept records of the file from being checked whole.
    pub(super) limits: BTreeMap<Limit, Hindered>,
    /// Whether what rules find in its records is reported.
    pub(super) is_reported: bool,
    /// Whether all of it could be read.
    pub(super) whole: bool,
    pub(super) unread: Option<String>,
}

pub(super) fn source_of(input: &Input, bytes: Vec<u8>) -> Source {
    let syntax = match input.table {
        Some(_) if Columns::are_separated(&input.path) => Syntax::Csv,
        _ => Syntax::of_path(&input.path).unwrap_or(Syntax::Json),
    };
    Source::from_bytes(input.path.clone(), syntax, bytes)
}

/// What the bytes of an input hold.
#[must_use]
pub fn tree_of(input: &Input, bytes: Vec<u8>) -> Tree {
    let source = Arc::new(source_of(input, bytes));
    match &input.table {
        Some(columns) => Tree::of_table(source, columns),
        None => Tree::parse(source),
    }
}

/// The rules that look at a table: it is no record, and is there for those who cite.
fn on_tables(active: &[Active]) -> Vec<Active> {
    let is_about_tables =
        |one: &&Active| matches!(one.rule.family, Family::Structure | Family::References);
    active.iter().filter(is_about_tables).copied().collect()
}

impl Run<'_> {
    pub(super) fn check_file(&self, number: usize, active: &[Active]) -> Checked {
        match (self.read)(&self.inputs[number]) {
            Ok(bytes) => self.check_bytes(number, bytes, active),
            Err(reason) => Checked { unread: Some(reason), ..Checked::default() },
        }
    }

    pub(super) fn check_bytes(&self, number: usize, bytes: Vec<u8>, active: &[Active]) -> Checked {
        let input = &self.inputs[number];
        let tree = tree_of(input, bytes);
        if is_report(&tree) {
            return Checked { whole: true, ..Checked::default() };
        }
        let fewer = input.table.as_ref().map(|_| on_tables(active));
        let mut file = FileCheck {
            run: self,
            active: fewer.as_deref().unwrap_or(active),
            identities: Identities::default(),
            number: number as u32,
            configured: self.configured_schema(input),
            drafts: Vec::new(),
            dated: BTreeMap::new(),
            checked: Checked {
                whole: tree.is_whole(),
                allowances: Allowances::read(&tree, number as u32),
                ..Checked::default()
            },
        };
        file.check_source(&tree);
        // What follows a syntax error is guesswork, so nothing but the error is told. What was read
        // before it still stands in the corpus, or citations of it would seem to dangle.
        let goes_on = matches!(tree.source().syntax, Syntax::JsonLines | Syntax::Csv);
        let reported = tree.is_whole() || goes_on;
        for record in tree.records() {
            file.check_record(record, reported);
        }
        let FileCheck { mut drafts, dated, mut checked, .. } = file;
        if checked.records == 0 && !input.expected {
            // What is no record accepts nothing, whatever stands in it.
            checked.allowances = Allowances::default();
        }
        merge(&mut checked.covered);
        checked.contribution.shrink();
        checked.is_reported = input.reported && reported;
        if input.reported {
            drafts.retain(|draft| !is_covered(draft, Some(&checked.covered)));
            let pending = |(finding, draft): (usize, &Draft)| {
                let stages = draft.stages?;
                let (event, own) = dated.get(&draft.place.record?)?.clone();
                Some(Pending { finding, stages, event, own })
            };
            checked.pending = drafts.iter().enumerate().filter_map(pending).collect();
            let file = locate::File::of(self, number as u32, &tree, &checked.contribution);
            checked.findings = locate::locate_in(file, drafts);
        }
        checked
    }
}

/// Whether a finding lies at or under a node that breaks its schema, and so only follows from that.
pub(super) fn is_covered(draft: &Draft, covered: Option<&Vec<(usize, usize)>>) -> bool {
    let (Some(covered), Some(node)) = (covered, draft.place.node) else {
        return false;
    };
    let structural = draft.family == Family::Structure;
    let before = covered.partition_point(|(from, _)| *from <= node.index());
    !structural && before.checked_sub(1).is_some_and(|at| node.index() < covered[at].1)
}

/// Puts ranges in order, and those that overlap together.
fn merge(ranges: &mut Vec<(usize, usize)>) {
    ranges.sort_unstable();
    ranges.dedup_by(|next, last| {
        let overlap = next.0 < last.1;
        if overlap {
            last.1 = last.1.max(next.1);
        }
        overlap
    });
}

struct FileCheck<'a> {
    run: &'a Run<'a>,
    active: &'a [Active],
    /// None: what was decided on names in other files is known only when all have been read.
    identities: Identities,
    number: u32,
    configured: Option<SchemaId>,
    drafts: Vec<Draft>,
    /// The event and the days of each record with a finding that depends on them, by its number.
    dated: BTreeMap<u32, (Option<String>, Option<EventDays>)>,
    checked: Checked,
}

impl FileCheck<'_> {
    fn check_source(&mut self, tree: &Tree) {
        for one in self.active {
            if let Check::Source(check) = one.rule.check {
                check(
                    tree,
                    self.number,
                    &mut Findings::new(*one, self.run.as_of, &mut self.drafts),
                );
            }
        }
    }

    fn check_record(&mut self, root: NodeRef<'_>, reported: bool) {
        let catalog = self.run.catalog;
        let record_number = self.checked.contribution.len() as u32;
        let Input { expected, table, .. } = &self.run.inputs[self.number as usize];
        let (expected, is_row) = (*expected, table.is_some());
        match catalog.choose(root, self.configured) {
            Err(unknown) => {
                self.checked.contribution.add_unknown();
                if reported && expected {
                    self.checked.records += 1;
                    let place = self.place(root, record_number);
                    let kinds = catalog.kinds().map(|(kind, _)| kind.to_owned()).collect();
                    let outcome = Outcome::Unknown { why: unknown, kinds };
                    self.check_shape(&Shape { node: root, place, outcome });
                }
            }
            Ok(choice) => {
                self.checked.records += usize::from(!is_row);
                let Verdict { violations, limits } = if reported {
                    violations::violations(catalog, choice.schema(), root)
                } else {
                    Verdict::default()
                };
                let record = extract(catalog, choice, root, self.number, record_number);
                self.reach(limits, &record, choice.schema());
                if !is_row {
                    let usage = self.checked.usage.entry(choice.schema()).or_default();
                    usage.records += 1;
                    usage.facts += record.facts.len();
                }
                if reported {
                    self.cover(&violations, root);
                    let place = record.place;
                    let outcome = Outcome::Checked(&violations);
                    self.check_shape(&Shape { node: root, place, outcome });
                    self.check_facts(&record);
                }
                if is_row {
                    self.checked.contribution.add_row(&record);
                } else {
                    self.checked.contribution.add(&record);
                }
            }
        }
    }

    /// Notes what kept the record from being checked whole. Without all of its facts, what others lack is not known.
    fn reach(&mut self, mut limits: Vec<Limit>, record: &Record<'_>, schema: SchemaId) {
        if !record.is_complete {
            self.checked.whole = false;
            limits.push(Limit::unfolding(schema));
            limits.sort();
            limits.dedup();
        }
        for limit in limits {
            let hindered = self.checked.limits.entry(limit).or_insert_with(|| {
                let path = &self.run.inputs[self.number as usize].path;
                let id = record.head.id.as_ref().map(|id| format!(" ({})", shown(id.value)));
                let first = format!("{}{}", shown(path), id.unwrap_or_default());
                Hindered { records: 0, place: record.place, first }
            });
            hindered.records += 1;
        }
    }

    fn place(&self, root: NodeRef<'_>, record: u32) -> Place {
        let start = root.span().start;
        let span = Span::new(start, (start + 1).min(root.span().end));
        fact::place_of(root, self.number, Some(record), span)
    }

    fn cover(&mut self, violations: &[Violation], root: NodeRef<'_>) {
        for violation in violations {
            let node = root.tree().node(violation.node);
            let from = node.id().index();
            let to = if violation.whole { from + node.subtree_len() } else { from + 1 };
            self.checked.covered.push((from, to));
        }
    }

    fn check_shape(&mut self, shape: &Shape<'_>) {
        for one in self.active {
            if let Check::Shape(check) = one.rule.check {
                check(shape, &mut Findings::new(*one, self.run.as_of, &mut self.drafts));
            }
        }
    }

    fn check_facts(&mut self, record: &Record<'_>) {
        let before = self.drafts.len();
        for one in self.active {
            let mut findings = Findings::new(*one, self.run.as_of, &mut self.drafts);
            match one.rule.check {
                Check::Record(check) => check(record, &mut findings),
                Check::People(check) => check(record, &self.identities, &mut findings),
                _ => {}
            }
        }
        let staged = self.drafts[before..].iter().find(|draft| draft.stages.is_some());
        if let Some(number) =
            staged.filter(|_| self.run.as_of.is_some()).and_then(|d| d.place.record)
        {
            self.dated.insert(number, (stage::event_id(record), stage::own_days(record)));
        }
    }
}

fn extract<'t>(
    catalog: &'t Catalog,
    choice: Choice,
    root: NodeRef<'t>,
    source: u32,
    record: u32,
) -> Record<'t> {
    let mut facts = match catalog.state(choice.schema()) {
        Some(state) => fact::extract(catalog.graph(), state, root, source, record),
        None => fact::bare(root, source, record),
    };
    // The record of a schema that fixes its kind is of that kind, whether it says so or not.
    if let Some(kind) = &catalog.file(choice.schema()).kind {
        facts.kind = Some(kind.as_str().into());
    }
    facts
}

pub(super) fn extract_one<'t>(
    catalog: &'t Catalog,
    root: NodeRef<'t>,
    configured: Option<SchemaId>,
    source: u32,
    record: u32,
) -> Option<Record<'t>> {
    let choice = catalog.choose(root, configured).ok()?;
    Some(extract(catalog, choice, root, source, record))
}

/// The records of a tree with the schema chosen for each and the facts taken from it: what
/// `rapporteur facts` shows.
#[must_use]
pub fn facts_of<'t>(
    catalog: &'t Catalog,
    tree: &'t Tree,
    configured: Option<SchemaId>,
) -> Vec<(NodeRef<'t>, Option<(Choice, Record<'t>)>)> {
    let numbered = tree.records().into_iter().enumerate();
    numbered
        .map(|(number, root)| {
            let choice = catalog.choose(root, configured).ok();
            let facts =
                choice.map(|choice| (choice, extract(catalog, choice, root, 0, number as u32)));
            (root, facts)
        })
        .collect()
}
