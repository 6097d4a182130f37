//! Extraction: walks a record along the schema graph and takes its facts.

mod decision;
mod expected;
mod figures;
mod lists;

use std::borrow::Cow;

use super::{
    Agrees, Expects, Fact, Head, Interval, Key, Meaning, Mention, Moment, Prose, Record, Speaker,
    Text, Version, key, place_of,
};
use crate::{
    finding::Place,
    schema::{
        budget::{Budget, Purpose, Spent},
        graph::{Graph, Note, NoteId, StateId},
        vocabulary::{
            AgreesWord, ContextWord, DateWord, ExpectsWord, Form, IntervalWord, KeyWord, Part,
            Pointer, ProseWord, RecordWord, SpeakerWord, VersionWord, Word,
        },
    },
    source::Span,
    sources::SourceId,
    symbol,
    tree::NodeRef,
};

/// Takes the facts of the record `root`, whose schema has the state `state` in `graph`. `source` and
/// `record` number the record's places in the run.
#[must_use]
pub fn extract<'t>(
    graph: &'t Graph,
    state: StateId,
    root: NodeRef<'t>,
    source: SourceId,
    record: u32,
) -> Record<'t> {
    let taken = Budget::run(root, Purpose::Facts, |budget| {
        let mut walker = Walker {
            graph,
            budget,
            source,
            record,
            states: vec![state],
            context: Context::default(),
            out: bare(root, source, record),
        };
        walker.visit(root, 0);
        walker.out
    });
    match taken {
        Ok(mut facts) => {
            if let Some(id) = facts.head.id {
                facts.place.span = id.place.span;
            }
            facts
        }
        Err(Spent) => Record { is_complete: false, ..bare(root, source, record) },
    }
}

/// As many facts as most records have.
const FACTS: usize = 64;

/// The record `root` of which no schema says anything.
#[must_use]
pub fn bare(root: NodeRef<'_>, source: SourceId, record: u32) -> Record<'_> {
    let kind = root.get("kind").and_then(NodeRef::as_str).map(Cow::Borrowed);
    let place = place_of(root, source, Some(record), opening(root));
    Record {
        node: root,
        place,
        kind,
        head: Head::default(),
        facts: Vec::with_capacity(FACTS),
        is_complete: true,
    }
}

/// The first byte of a container, the whole of a scalar.
fn opening(node: NodeRef<'_>) -> Span {
    if node.is_object() || node.is_array() {
        let start = node.span().start;
        let text = node.tree().source().text.get(start as usize..).unwrap_or_default();
        Span::new(start, start + text.chars().next().map_or(0, |c| c.len_utf8() as u32))
    } else {
        node.span()
    }
}

/// What `x-context` hands down.
#[derive(Clone, Copy, Debug, Default)]
struct Context<'t> {
    date: Option<(Text<'t>, Form)>,
    track: Option<Text<'t>>,
    /// The nearest interval, by the number of its fact.
    interval: Option<usize>,
}

struct Walker<'t, 'b> {
    graph: &'t Graph,
    /// What deciding between alternatives may cost.
    budget: &'b Budget,
    source: SourceId,
    record: u32,
    /// The states of the nodes on the way down; each visit uses the end of it.
    states: Vec<StateId>,
    context: Context<'t>,
    out: Record<'t>,
}

impl<'t> Walker<'t, '_> {
    /// Visits `node`, whose states are `self.states[from..]`, and all below it. Depth is bounded by the
    /// parsers.
    fn visit(&mut self, node: NodeRef<'t>, from: usize) {
        self.graph.expand(node, &mut self.states, from, self.budget);
        let outer = self.context;
        let mark = self.out.facts.len();
        self.take_notes(node, from);
        let end = self.states.len();
        if node.is_object() {
            for (name, value) in node.members() {
                let Some(name) = name.as_str() else { continue };
                for at in from..end {
                    self.graph.member(self.states[at], name, &mut self.states, end);
                }
                self.descend(value, end);
            }
        } else if node.is_array() {
            for (index, element) in node.elements().enumerate() {
                for at in from..end {
                    let (state, states) = (self.states[at], &mut self.states);
                    self.graph.element(state, index, element, states, end, self.budget);
                }
                self.descend(element, end);
            }
        }
        self.count_expected(node, mark);
        self.context = outer;
    }

    fn descend(&mut self, node: NodeRef<'t>, from: usize) {
        if self.states.len() > from {
            self.visit(node, from);
        }
        self.states.truncate(from);
    }

    fn take_notes(&mut self, node: NodeRef<'t>, from: usize) {
        // The context of a node holds for its own facts as well, whatever the order of the words.
        let mut notes: Vec<NoteId> = Vec::new();
        for state in &self.states[from..] {
            notes.extend(self.graph.notes_of(*state));
        }
        if notes.is_empty() {
            return;
        }
        notes.sort_unstable();
        notes.dedup();
        for id in &notes {
            if let Word::Context(word) = &self.graph.note(*id).word {
                self.enter(word, node);
            }
        }
        let mark = self.out.facts.len();
        for id in notes {
            let note = self.graph.note(id);
            self.take(id, note, node);
        }
        self.enter_interval(mark);
    }

    /// An interval holds for all below its node, and for the speakers of the very node.
    fn enter_interval(&mut self, mark: usize) {
        let is_interval = |fact: &Fact<'_>| matches!(fact.meaning, Meaning::Interval(_));
        let Some(at) = self.out.facts[mark..].iter().position(is_interval) else {
            return;
        };
        self.context.interval = Some(mark + at);
        for fact in &mut self.out.facts[mark..] {
            if let Meaning::Speaker(speaker) = &mut fact.meaning {
                speaker.interval = self.context.interval;
            }
        }
    }

    fn enter(&mut self, word: &ContextWord, node: NodeRef<'t>) {
        if let Some(part) = &word.date
            && let Some(text) = self.find(node, &part.pointer)
        {
            self.context.date = Some((text, part.form));
        }
        if let Some(track) = word.track.as_ref().and_then(|pointer| self.find(node, pointer)) {
            self.context.track = Some(track);
        }
    }

    fn take(&mut self, id: NoteId, note: &'t Note, node: NodeRef<'t>) {
        let meaning = match &note.word {
            Word::Record(word) => Some(self.record(word, node)),
            Word::Defines(word) => self.key(word, node).map(Meaning::Defines),
            Word::Cites(word) => self.key(word, node).map(Meaning::Cites),
            Word::Mentions { space } => return self.mentions(id, space, node),
            Word::Form(form) => self.text(node).map(|text| Meaning::Value(*form, text)),
            Word::Date(word) => return self.dates(id, word, node),
            Word::Interval(word) => self.interval(word, node),
            Word::Context(_) => None,
            Word::Speaker(word) => self.speaker(word, node),
            Word::Expects(word) => self.expects(note, word, node),
            Word::Unique { lists, by } => return self.unique(id, lists, by, node),
            Word::Single { by } => return self.single(id, by, node),
            Word::Sequence(word) => Some(self.sequence(word, node)),
            Word::Notes(word) => Some(self.notes(word, node)),
            Word::Prose(word) => Some(self.prose(word, node)),
            Word::Version(word) => self.version(word, node).map(Meaning::Version),
            Word::Agrees(word) => self.agrees(word, node).map(Meaning::Agrees),
            Word::Decides(word) => self.decision(word, node),
            Word::Parts(word) => self.parts(word, node),
            Word::Counts(word) => self.counts(word, node).map(Meaning::Counts),
            Word::Text(kind) => return self.wording(id, *kind, node),
        };
        if let Some(meaning) = meaning {
            self.push(id, node, meaning);
        }
    }

    fn push(&mut self, note: NoteId, node: NodeRef<'t>, meaning: Meaning<'t>) {
        let place = self.place(node, node.inner_span());
        self.out.facts.push(Fact { note, node, place, meaning });
    }

    fn place(&self, node: NodeRef<'t>, span: Span) -> Place {
        place_of(node, self.source, Some(self.record), span)
    }

    /// The text of a scalar; nothing where it is null or blank.
    fn text(&self, node: NodeRef<'t>) -> Option<Text<'t>> {
        let value = node.scalar_text().filter(|value| !value.trim().is_empty())?;
        Some(Text { value, node, place: self.place(node, node.inner_span()) })
    }

    fn find(&self, node: NodeRef<'t>, pointer: &Pointer) -> Option<Text<'t>> {
        self.text(pointer.find(node)?)
    }

    fn find_optional(&self, node: NodeRef<'t>, pointer: Option<&Pointer>) -> Option<Text<'t>> {
        self.find(node, pointer?)
    }

    fn record(&mut self, word: &RecordWord, node: NodeRef<'t>) -> Meaning<'t> {
        let find = |pointer: &Option<Pointer>| self.find_optional(node, pointer.as_ref());
        let part = |part: &Option<Part>| self.find(node, &part.as_ref()?.pointer);
        self.out.head = Head {
            id: find(&word.id),
            title: find(&word.title),
            language: find(&word.language),
            status: find(&word.status),
            event: find(&word.event),
            source: word.source.as_ref().and_then(|pointer| pointer.find(node)),
            starts: part(&word.starts),
            ends: part(&word.ends),
            style: word.style,
        };
        Meaning::Record
    }

    fn key(&self, word: &'t KeyWord, node: NodeRef<'t>) -> Option<Key<'t>> {
        let parts: Vec<Text<'t>> =
            word.key.iter().map(|part| self.find(node, &part.pointer)).collect::<Option<_>>()?;
        let forms = || word.key.iter().map(|part| part.form);
        let symbol = match parts.as_slice() {
            [only] if forms().eq([Form::UnSymbol]) => key::reference(only.value),
            _ => None,
        };
        let normal = match &symbol {
            Some(symbol) => key::of_reference(symbol, parts[0].value),
            None => key::joined(parts.iter().zip(forms()).map(|(text, form)| (form, text.value))),
        };
        let date = word.date.as_ref().and_then(|part| {
            let text = self.find(node, &part.pointer)?;
            Some(key::date(part.form, text))
        });
        let options = word.options;
        Some(Key { space: &word.space, normal, parts, symbol, date, options })
    }

    fn mentions(&mut self, id: NoteId, space: &'t str, node: NodeRef<'t>) {
        let mut facts = std::mem::take(&mut self.out.facts);
        let mut look = |node: NodeRef<'t>| {
            let Some(text) = self.text(node) else { return };
            let fact = |meaning| Fact { note: id, node, place: text.place, meaning };
            symbol::find(text.value, |found| {
                facts.push(fact(Meaning::Mention(mention(space, text, found))));
            });
            key::dates_in(text, |date| facts.push(fact(Meaning::DateMention(date))));
        };
        let is_alias = node.resolved().id() != node.id();
        if !is_alias && node.as_str().is_some() {
            look(node);
        } else {
            node.for_each_string(look);
        }
        self.out.facts = facts;
    }

    fn dates(&mut self, id: NoteId, word: &DateWord, node: NodeRef<'t>) {
        let Some(text) = self.find(node, &word.date.pointer) else { return };
        let mut date = key::date(word.date.form, text);
        if let Some(text) = self.find_optional(node, word.weekday.as_ref())
            && let Some((weekday, _)) = crate::calendar::weekday(text.value)
        {
            date.weekday = Some((weekday, text.value, text.place));
        }
        self.push(id, node, Meaning::Date(word.is, date));
        if let Some(side) = word.expect {
            self.push(id, node, Meaning::Beside(side, date));
        }
    }

    fn interval(&self, word: &IntervalWord, node: NodeRef<'t>) -> Option<Meaning<'t>> {
        let own =
            word.date.as_ref().and_then(|part| Some((self.find(node, &part.pointer)?, part.form)));
        let day = own.or(self.context.date).and_then(|(text, form)| key::date(form, text).date);
        let moment = |part: &Option<Part>| -> Option<Moment<'t>> {
            let part = part.as_ref()?;
            key::moment(part.form, self.find(node, &part.pointer)?, day)
        };
        let (start, end) = (moment(&word.start), moment(&word.end));
        if start.is_none() && end.is_none() {
            return None;
        }
        let track = self.find_optional(node, word.track.as_ref()).or(self.context.track);
        let label = self.find_optional(node, word.label.as_ref());
        Some(Meaning::Interval(Interval { start, end, track, label }))
    }

    fn speaker(&self, word: &SpeakerWord, node: NodeRef<'t>) -> Option<Meaning<'t>> {
        let find = |pointer: &Option<Pointer>| self.find_optional(node, pointer.as_ref());
        let capacity = find(&word.capacity);
        let is_listed = |text: Text<'_>| {
            let capacity = key::normal(Form::Folded, text.value);
            word.listed.iter().any(|one| key::normal(Form::Folded, one) == capacity)
        };
        let speaker = Speaker {
            name: find(&word.name),
            honorific: find(&word.honorific),
            role: find(&word.role),
            affiliation: find(&word.affiliation),
            delegation: find(&word.delegation),
            capacity,
            state: find(&word.state),
            is: word.is,
            must_be_listed: capacity.is_some_and(is_listed),
            has_honorific_place: word.honorific.is_some(),
            has_name_place: word.name.is_some(),
            interval: self.context.interval,
        };
        let somebody = speaker.name.or(speaker.role).or(speaker.delegation).is_some();
        somebody.then_some(Meaning::Speaker(speaker))
    }

    fn expects(&self, note: &Note, word: &ExpectsWord, node: NodeRef<'t>) -> Option<Meaning<'t>> {
        if word.when.is_some()
            && !note.when.as_ref().is_some_and(|when| when.is_valid(self.budget.node(node)))
        {
            return None;
        }
        let value = word.place.as_ref().and_then(|pointer| pointer.find(node));
        let place = match value {
            Some(value) => self.place(value, value.span()),
            None => self.place(node, opening(node)),
        };
        let label = self.find_optional(node, word.label.as_ref());
        let (what, is) = (word.what, word.is);
        Some(Meaning::Expects(Expects { what, is, place, value, label, found: 0 }))
    }

    fn agrees(&self, word: &'t AgreesWord, node: NodeRef<'t>) -> Option<Agrees<'t>> {
        let of: Vec<(Form, &str)> = word
            .of
            .iter()
            .map(|part| Some((part.form, self.find(node, &part.pointer)?.value)))
            .collect::<Option<_>>()?;
        let texts: Vec<Text<'t>> =
            word.value.iter().filter_map(|pointer| self.find(node, pointer)).collect();
        if texts.is_empty() {
            return None;
        }
        let mut also = Vec::new();
        if let Some(others) = word.also.as_ref().and_then(|pointer| pointer.find(node)) {
            others.for_each_string(|other| also.extend(self.text(other)));
        }
        let (authority, parts) = (word.authority, word.parts);
        Some(Agrees { on: &word.on, of: key::joined(of), texts, also, authority, parts })
    }

    fn version(&self, word: &VersionWord, node: NodeRef<'t>) -> Option<Version<'t>> {
        let of: Vec<(Form, &str)> = word
            .of
            .iter()
            .map(|part| Some((part.form, self.find(node, &part.pointer)?.value)))
            .collect::<Option<_>>()?;
        let kind = self.out.kind.as_deref().unwrap_or_default();
        let language = self.out.head.language.map_or("", |text| text.value);
        let same = [(Form::Text, kind), (Form::Folded, language)];
        let key = key::joined(same.into_iter().chain(of));
        let mut supersedes = Vec::new();
        if let Some(others) = word.supersedes.as_ref().and_then(|pointer| pointer.find(node)) {
            others.for_each_string(|other| supersedes.extend(self.text(other)));
        }
        Some(Version { key, supersedes })
    }

    fn prose(&self, word: &ProseWord, node: NodeRef<'t>) -> Meaning<'t> {
        let same = word
            .same
            .iter()
            .map(|part| (part.form, self.find(node, &part.pointer).map_or("", |text| text.value)));
        let kind = self.out.kind.as_deref().unwrap_or_default();
        let key = key::joined(std::iter::once((Form::Text, kind)).chain(same));
        let nodes = word.text.iter().filter_map(|pointer| pointer.find(node)).collect();
        Meaning::Prose(Prose { key, nodes })
    }
}

/// What was found in a text, as a fact has it.
fn mention<'t>(space: &'t str, text: Text<'t>, found: symbol::Found) -> Mention<'t> {
    let part = |range: std::ops::Range<usize>| text.part(range.start, range.len());
    let dated = found.date.as_ref();
    let date = dated.map(|dated| key::symbol_date(dated, text.value, part(dated.range.clone())));
    let range = found.range.clone();
    Mention { space, text: &text.value[range.clone()], place: part(range), found, date }
}
