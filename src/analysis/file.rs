//! What is found in one file, and what it contributes to the corpus: a pure function of its bytes and
//! the schemas.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    Analysis, FileResult, More,
    coverage::Seen,
    links::Links,
    locate,
    own::is_report,
    project_rules::{self, Words},
    stage::{self, Pending},
    supplied::understand,
    trial,
};
use crate::{
    allow::Allowances,
    corpus::{Batch, relation::event::EventDays},
    fact::{self, Record, Text},
    finding::{Draft, Family, Place},
    message::shown,
    rule::{Active, Check, Findings, Hindered, Usage},
    schema::{Catalog, Choice, Limit, Outcome, SchemaId, Shape, Verdict, Violation, violations},
    source::{Source, Span, Syntax},
    sources::{Input, SourceId},
    tree::{Columns, NodeRef, Tree},
    vocabulary::FactKinds,
};

/// What the bytes of an input are as text.
#[must_use]
pub fn source_of(input: &Input, bytes: Vec<u8>) -> Source {
    let syntax = match input.table {
        Some(_) if Columns::are_separated(&input.path) => Syntax::Csv,
        _ => Syntax::of_named(&input.path).unwrap_or(Syntax::Json),
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

/// The rules that look at a table: it holds no records, only keys that records cite.
fn on_tables(active: &[Active]) -> Vec<Active> {
    let is_about_tables =
        |one: &&Active| matches!(one.rule.family, Family::Structure | Family::References);
    active.iter().filter(is_about_tables).cloned().collect()
}

/// Looks at one file.
pub(super) struct FilePass<'a, 'b> {
    pub(super) analysis: &'a Analysis<'a>,
    pub(super) id: SourceId,
    pub(super) input: &'a Input,
    /// What is kept of its records goes here.
    pub(super) batch: &'b mut Batch,
}

impl FilePass<'_, '_> {
    pub(super) fn check(self, bytes: Vec<u8>) -> FileResult {
        let Self { analysis, id, input, batch } = self;
        let tree = tree_of(input, bytes);
        let takes_links = analysis.takes_links.0;
        let mut links = if takes_links { Links::of_text(&tree, id) } else { Links::default() };
        let tree = understand(tree, input, &analysis.catalog);
        links.place_in(&tree);
        if is_report(&tree) {
            return FileResult { is_whole: true, ..FileResult::default() };
        }
        let fewer = input.table.as_ref().map(|_| on_tables(&analysis.active));
        let first = batch.len();
        let mut file = FileCheck {
            analysis,
            active: fewer.as_deref().unwrap_or(&analysis.active),
            id,
            input,
            configured: analysis.configured_schema(input),
            batch,
            first,
            drafts: Vec::new(),
            of_unknown_records: Vec::new(),
            has_misspelt_record: false,
            open: BTreeMap::new(),
            usage: Vec::new(),
            seen: Seen::default(),
            covered: Vec::new(),
            limits: BTreeMap::new(),
            links,
            result: FileResult { is_whole: tree.is_whole(), ..FileResult::default() },
        };
        file.check_source(&tree);
        // What follows a syntax error is guesswork, so nothing but the error is reported. What was read
        // before it is still in the corpus, or citations of it would seem to dangle.
        let goes_on = matches!(tree.source().syntax, Syntax::JsonLines | Syntax::Csv);
        let is_sound = tree.is_whole() || goes_on;
        for record in tree.records() {
            file.check_record(record, is_sound);
        }
        let is_record = file.result.records > 0 || file.has_misspelt_record;
        if !is_record && is_of_other_program(&tree, &analysis.catalog) {
            file.set_apart();
        }
        file.finish(&tree)
    }
}

/// Whether a file without a record is one of another program: it is empty, or it names no kind of record anywhere and has an object,
/// is a template, or begins with a comment that JSON does not have. Another file without any readable part may be anything.
fn is_of_other_program(tree: &Tree, catalog: &Catalog) -> bool {
    let source = tree.source();
    if tree.is_whole() {
        return true;
    }
    let has_object = || tree.records().iter().any(|root| root.is_object() && root.has_children());
    let is_template = || source.text.contains("{{");
    let begins_with_comment = || {
        let text = source.text.trim_start_matches(|c: char| c.is_whitespace() || c == '{');
        source.syntax == Syntax::Json && (text.starts_with("//") || text.starts_with("/*"))
    };
    let is_other = || has_object() || is_template() || begins_with_comment();
    source.encoding_error.is_none()
        && (is_empty(&source.text) || (is_other() && !names_kind(&source.text, catalog)))
}

/// Whether a text has nothing but blank lines and comments of YAML.
fn is_empty(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}');
    text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'))
}

/// Whether a text that cannot be read whole has a member `kind` with the name of a kind: then it is a broken record.
fn names_kind(text: &str, catalog: &Catalog) -> bool {
    text.match_indices("kind").any(|(at, key)| {
        let is_mark = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ':');
        let rest = &text[at + key.len()..];
        let value = rest.trim_start_matches(is_mark);
        let end = value.find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_'));
        let value = &value[..end.unwrap_or(value.len())];
        !rest.starts_with(value) && catalog.kinds().any(|(kind, _)| kind == value)
    })
}

/// Whether a finding is at or under a node that breaks its schema, and so only follows from that.
pub(super) fn is_covered(draft: &Draft, covered: &[(usize, usize)]) -> bool {
    let Some(node) = draft.place.node else { return false };
    let before = covered.partition_point(|(from, _)| *from <= node.index());
    draft.follows_schema && before.checked_sub(1).is_some_and(|at| node.index() < covered[at].1)
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

/// What the findings on open values of a record depend on.
#[derive(Clone)]
struct Open {
    /// The id of the record.
    record: Option<String>,
    /// The id of its event.
    event: Option<String>,
    /// The first and the last day that it names.
    own: Option<EventDays>,
}

struct FileCheck<'a, 'b> {
    analysis: &'a Analysis<'a>,
    active: &'a [Active],
    id: SourceId,
    input: &'a Input,
    configured: Option<SchemaId>,
    batch: &'b mut Batch,
    /// The number of its first record in the batch.
    first: usize,
    drafts: Vec<Draft>,
    /// Findings on records that may be none.
    of_unknown_records: Vec<Draft>,
    /// Whether a record has a kind that is nearly one.
    has_misspelt_record: bool,
    /// What findings on open values depend on, by the number of the record.
    open: BTreeMap<u32, Open>,
    usage: Vec<(SchemaId, Usage)>,
    seen: Seen,
    covered: Vec<(usize, usize)>,
    limits: BTreeMap<Limit, Hindered>,
    links: Links,
    result: FileResult,
}

impl FileCheck<'_, '_> {
    fn finish(mut self, tree: &Tree) -> FileResult {
        merge(&mut self.covered);
        let covered = &self.covered;
        self.drafts.retain(|draft| !is_covered(draft, covered));
        let open = &self.open;
        let pending = |(finding, draft): (usize, &Draft)| {
            let stages = draft.stages?;
            let Open { record, event, own } = open.get(&draft.place.record?)?.clone();
            Some(Pending { finding, stages, record, event, own })
        };
        let parse = |text: String| {
            let tree = tree_of(self.input, text.into_bytes());
            understand(tree, self.input, &self.analysis.catalog)
        };
        trial::keep_sound(tree, &mut self.drafts, &parse);
        let unreadable = self.drafts.iter().filter(|draft| draft.is_unreadable);
        let unreadable = unreadable.filter_map(|draft| Some(draft.place.node?.index()));
        let mut unreadable: Vec<usize> = unreadable.collect();
        unreadable.sort_unstable();
        let (read, unread_by) = self.seen.finish(&self.analysis.note_sets);
        let mut more = More {
            unreadable,
            unread_by,
            pending: self.drafts.iter().enumerate().filter_map(pending).collect(),
            allowances: Allowances::read(tree, self.id),
            covered: self.covered,
            limits: self.limits,
            links: self.links,
            ..More::default()
        };
        if !self.drafts.is_empty() || !self.of_unknown_records.is_empty() {
            let records = self.first as u32..self.batch.len() as u32;
            let name = |record| self.batch.name_of(&records, record);
            let file = locate::File::of(self.analysis, self.id, tree, &name);
            let locator = locate::Locator::new(file);
            let words = Words::of(self.active);
            more.findings = locate::locate_in(&locator, &words, self.drafts);
            more.of_unknown_records = locate::locate_in(&locator, &words, self.of_unknown_records);
        }
        let is_plain = more.findings.is_empty()
            && more.of_unknown_records.is_empty()
            && more.allowances.is_empty()
            && more.covered.is_empty()
            && more.limits.is_empty()
            && more.links.is_empty()
            && more.unread_by.is_empty();
        let more = (!is_plain).then(|| Box::new(more));
        FileResult { usage: self.usage.into(), read, more, ..self.result }
    }

    /// The faults in the syntax of a file of another program are reported only where the file is expected to hold records. It hides no
    /// record from the others.
    fn set_apart(&mut self) {
        self.of_unknown_records.append(&mut self.drafts);
        self.result.is_whole |= !self.input.expected;
    }

    fn check_source(&mut self, tree: &Tree) {
        for one in self.active {
            if let Check::Source(check) = &one.rule.check {
                let as_of = self.analysis.as_of;
                check(tree, self.id, &mut Findings::new(one, as_of, &mut self.drafts));
            }
        }
    }

    fn check_record(&mut self, root: NodeRef<'_>, is_sound: bool) {
        let catalog: &Catalog = &self.analysis.catalog;
        let number = (self.batch.len() - self.first) as u32;
        let is_row = self.input.table.is_some();
        let choice = match catalog.choose(root, self.configured) {
            Ok(choice) => choice,
            Err(why) => {
                let place = self.place(root, number);
                self.batch.add_unknown(place);
                if is_sound {
                    self.result.unknown_records += 1;
                    let is_record = catalog.is_nearly_a_record(root);
                    self.has_misspelt_record |= is_record;
                    let kinds = catalog.kinds().map(|(kind, _)| kind.to_owned()).collect();
                    let outcome = Outcome::Unknown { why, kinds };
                    let known = std::mem::take(&mut self.drafts);
                    self.check_shape(&Shape { node: root, place, outcome });
                    if !is_record {
                        self.of_unknown_records.append(&mut self.drafts);
                    }
                    let found = std::mem::replace(&mut self.drafts, known);
                    self.drafts.extend(found);
                }
                return;
            }
        };
        let schema = choice.schema();
        self.result.records += u32::from(!is_row);
        // What was understood of Markdown is as the schema has it, and never all that it requires.
        let is_understood = root.tree().source().syntax == Syntax::Markdown
            && catalog.file(schema).profile.is_some();
        let Verdict { mut violations, limits } = if is_sound && !is_understood {
            violations::violations(catalog, schema, root)
        } else {
            Verdict::default()
        };
        let record = extract(catalog, choice, root, self.id, number);
        self.reach(limits, &record, schema);
        if !is_row {
            let usage = self.count(schema, record.facts.len());
            let is_entry = |violation: &Violation| violation.is_of_entry(root);
            usage.entries += usize::from(violations.iter().any(is_entry));
            self.seen.add(&record);
        }
        if is_sound {
            self.cover(&violations, root);
            // Reported once, at the schema.
            if self.active.iter().any(|one| matches!(one.rule.check, Check::Schemas(_))) {
                violations.retain(|violation| !violation.is_of_entry(root));
            }
            let place = record.place;
            let outcome = Outcome::Checked(&violations);
            self.check_shape(&Shape { node: root, place, outcome });
            self.check_facts(&record);
            if self.analysis.takes_links == (true, true) {
                self.links.add_declared(&record);
            }
        }
        let (wanted, names) = (self.analysis.corpus.wanted(), &self.analysis.shared.names);
        if is_row {
            self.batch.add_row(&record, wanted, names);
        } else {
            self.batch.add(&record, is_sound, wanted, names);
            self.check_own(schema, &record, is_sound);
        }
    }

    /// Checks a record by the rules of the project.
    fn check_own(&mut self, schema: SchemaId, record: &Record<'_>, is_sound: bool) {
        let (wanted, names) = (self.analysis.corpus.wanted(), &self.analysis.shared.names);
        for own in project_rules::take(&self.analysis.catalog, schema, record) {
            self.result.is_whole &= own.1.is_complete;
            if is_sound {
                project_rules::check(&own, self.analysis, &mut self.drafts);
            }
            self.batch.add_own(&own.1, is_sound, wanted, names);
        }
    }

    fn count(&mut self, schema: SchemaId, facts: usize) -> &mut Usage {
        let at = self.usage.iter().position(|(known, _)| *known == schema);
        let at = at.unwrap_or_else(|| {
            self.usage.push((schema, Usage::default()));
            self.usage.len() - 1
        });
        let usage = &mut self.usage[at].1;
        usage.records += 1;
        usage.facts += facts;
        usage
    }

    /// Notes what kept the record from being checked whole. Without all of its facts, what others lack is not known.
    fn reach(&mut self, mut limits: Vec<Limit>, record: &Record<'_>, schema: SchemaId) {
        if !record.is_complete {
            self.result.is_whole = false;
            limits.push(Limit::unfolding(schema));
            limits.sort();
            limits.dedup();
        }
        for limit in limits {
            let hindered = self.limits.entry(limit).or_insert_with(|| {
                let path = &self.input.path;
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
        fact::place_of(root, self.id, Some(record), span)
    }

    fn cover(&mut self, violations: &[Violation], root: NodeRef<'_>) {
        for violation in violations {
            let node = root.tree().node(violation.node);
            let from = node.id().index();
            let to = if violation.whole { from + node.subtree_len() } else { from + 1 };
            self.covered.push((from, to));
        }
    }

    fn check_shape(&mut self, shape: &Shape<'_>) {
        for one in self.active {
            if let Check::Shape(check) = &one.rule.check {
                let as_of = self.analysis.as_of;
                check(shape, &mut Findings::new(one, as_of, &mut self.drafts));
            }
        }
    }

    fn check_facts(&mut self, record: &Record<'_>) {
        let (before, as_of) = (self.drafts.len(), self.analysis.as_of);
        let kinds = FactKinds::of(record);
        for one in self.active {
            let Some(check) = one.rule.check.of_record() else { continue };
            if one.rule.check.concerns(kinds) {
                check(record, &mut Findings::new(one, as_of, &mut self.drafts));
            } else if cfg!(debug_assertions) {
                let known = self.drafts.len();
                check(record, &mut Findings::new(one, as_of, &mut self.drafts));
                assert_eq!(self.drafts.len(), known, "{} looks at other facts too", one.rule.id);
            }
        }
        let staged = self.drafts[before..].iter().find(|draft| draft.stages.is_some());
        if let Some(number) = staged.and_then(|draft| draft.place.record) {
            let id = |text: Option<Text<'_>>| text.map(|text| text.value.to_owned());
            let (event, own) = (id(record.head.event_or_own()), stage::own_days(record));
            self.open.insert(number, Open { record: id(record.head.id), event, own });
        }
    }
}

fn extract<'t>(
    catalog: &'t Catalog,
    choice: Choice,
    root: NodeRef<'t>,
    source: SourceId,
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
    source: SourceId,
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
            let facts = choice.map(|choice| {
                (choice, extract(catalog, choice, root, SourceId::default(), number as u32))
            });
            (root, facts)
        })
        .collect()
}
