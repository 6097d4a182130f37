//! What takes the facts of one record: where they go, and what is handed down on the way.

use jiff::civil::Date;

use super::{
    Bound, DateText, Fact, Form, Meaning, NoteId, Numbered, Part, Pointer, Record, Text, Unread,
    Wanted, bare, fact::place_of, key, night::Nights, unread::is_unread,
};
use crate::{
    calendar::{self, Extent},
    finding::Place,
    source::Span,
    sources::SourceId,
    tree::{Elements, NodeId, NodeRef},
};

/// Takes the facts of one record.
#[derive(Debug)]
pub struct Collector<'t> {
    source: SourceId,
    number: u32,
    /// The use of a keyword that facts are taken by.
    note: NoteId,
    /// What the nodes above hand down.
    pub(super) context: Context<'t>,
    /// When the evening slots of each list begin.
    pub(super) night: Nights<'t>,
    /// The facts that are completed once all below their nodes was visited.
    open: Vec<usize>,
    /// The list for which an index was asked last.
    list: Option<Counted<'t>>,
    /// What was taken so far.
    pub(super) record: Record<'t>,
}

/// What is handed down to all below a node.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'t> {
    /// The day of an interval that names none, and its form.
    pub(super) date: Option<(Text<'t>, Form)>,
    /// The track of an interval that names none.
    pub(super) track: Option<Text<'t>>,
    /// The nearest interval, by the number of its fact.
    pub(super) interval: Option<usize>,
}

impl<'t> Collector<'t> {
    /// Begins with the record `root`, which is number `number` of `source`.
    #[must_use]
    pub fn new(root: NodeRef<'t>, source: SourceId, number: u32) -> Self {
        Self {
            source,
            number,
            note: NoteId(0),
            context: Context::default(),
            night: Nights::default(),
            open: Vec::new(),
            list: None,
            record: bare(root, source, number),
        }
    }

    /// What was taken.
    #[must_use]
    pub fn finish(mut self) -> Record<'t> {
        if let Some(id) = self.record.head.id {
            self.record.place.span = id.place.span;
        }
        self.record
    }

    /// What is handed down to the node that is visited.
    #[must_use]
    pub const fn context(&self) -> Context<'t> {
        self.context
    }

    /// Hands down the same again as when `context` was asked for.
    pub const fn restore(&mut self, context: Context<'t>) {
        self.context = context;
    }

    /// Facts are taken by this use of a keyword from now on.
    pub const fn set_note(&mut self, note: NoteId) {
        self.note = note;
    }

    /// How many facts there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.record.facts.len()
    }

    /// A fact from number `from` on that is to be completed, with the use of a keyword that gave it.
    pub fn next_open(&mut self, from: usize) -> Option<(usize, NoteId)> {
        let at = self.open.pop_if(|at| *at >= from)?;
        Some((at, self.record.facts[at].note))
    }

    /// Hands down the interval among the facts from number `from` on, which were taken from one node: it holds for all
    /// below the node, and for the speakers of the very node.
    pub fn enter_interval(&mut self, from: usize) {
        let facts = &mut self.record.facts[from..];
        let is_interval = |fact: &Fact<'_>| matches!(fact.meaning, Meaning::Interval(_));
        let Some(at) = facts.iter().position(is_interval) else { return };
        self.context.interval = Some(from + at);
        for fact in facts {
            if let Meaning::Speaker(speaker) = &mut fact.meaning {
                speaker.interval = self.context.interval;
            }
        }
    }

    pub(super) fn push(&mut self, node: NodeRef<'t>, meaning: Meaning<'t>) {
        let place = self.place(node, node.inner_span());
        self.record.facts.push(Fact { note: self.note, node, place, meaning });
    }

    /// The same for a fact that is completed once all below its node was visited.
    pub(super) fn push_open(&mut self, node: NodeRef<'t>, meaning: Meaning<'t>) {
        self.open.push(self.count());
        self.push(node, meaning);
    }

    /// Calls `look` with every text at or below a node, and with the facts of it.
    pub(super) fn look_at_texts(
        &mut self,
        node: NodeRef<'t>,
        mut look: impl FnMut(Text<'t>, &mut FactsOf<'t, '_>),
    ) {
        let (mut facts, note) = (std::mem::take(&mut self.record.facts), self.note);
        let mut look_at = |node: NodeRef<'t>| {
            if let Some(text) = self.text(node) {
                look(text, &mut FactsOf { facts: &mut facts, note, text });
            }
        };
        let is_alias = node.resolved().id() != node.id();
        if !is_alias && node.as_str().is_some() {
            look_at(node);
        } else {
            node.for_each_string(look_at);
        }
        self.record.facts = facts;
    }

    /// Takes it as a fact if `text` cannot be read as what the schema declares. `node` is the annotated value.
    pub(super) fn check_read(&mut self, node: NodeRef<'t>, text: Text<'t>, read: Read<'_, 't>) {
        let Read { wanted, form, open, bound } = read;
        let is_dated = || self.date(form, text).date.is_some();
        if !is_unread(wanted, form, text)
            || is_open(open, text)
            || (wanted == Wanted::Date && is_dated())
        {
            return;
        }
        let unread = Unread { text, wanted, form, bound, is_required: false };
        self.record.facts.push(Fact {
            note: self.note,
            node,
            place: text.place,
            meaning: Meaning::Unread(Box::new(unread)),
        });
    }

    /// Takes it as a fact if a pointer leads to a list or an object, where the schema declares a single value.
    pub(super) fn check_single(
        &mut self,
        node: NodeRef<'t>,
        pointer: &Pointer,
        read: Read<'_, 't>,
    ) {
        let Some(value) = pointer.find(node).map(NodeRef::resolved) else { return };
        if !value.has_children() {
            return;
        }
        let Read { wanted, form, bound, .. } = read;
        let place = self.place(value, value.span());
        let text = Text { value: value.written(), node: value, place };
        let unread = Unread { text, wanted, form, bound, is_required: false };
        let meaning = Meaning::Unread(Box::new(unread));
        self.record.facts.push(Fact { note: self.note, node, place, meaning });
    }

    /// Notes which of the unread values and blank texts among the facts from number `from` on are in properties that a schema requires.
    pub fn mark_required(&mut self, from: usize, is_required: impl Fn(NodeRef<'t>) -> bool) {
        for fact in &mut self.record.facts[from..] {
            match &mut fact.meaning {
                Meaning::Unread(unread) => unread.is_required = is_required(unread.text.node),
                Meaning::Blank { is_required: found } => *found |= is_required(fact.node),
                _ => {}
            }
        }
    }

    /// Reads a date. A day without a year is in the year in which the record, or the event that it is, has its day.
    pub(super) fn date(&self, form: Form, text: Text<'t>) -> DateText<'t> {
        let mut date = key::date(form, text);
        if date.date.is_none()
            && let Some(Extent::DayOfYear { month, day }) = calendar::extent(text.value)
            && let Some(year) = self.year()
        {
            date.date = Date::new(year, month, day).ok();
        }
        date
    }

    /// The year of the record: of its first date, else of the first moment of the event that it is.
    fn year(&self) -> Option<i16> {
        let dates = self.record.facts.iter().filter_map(|fact| match &fact.meaning {
            Meaning::Date(_, date) => date.date,
            _ => None,
        });
        let starts =
            || key::plausible_moment(self.record.head.starts?.value).map(|moment| moment.date);
        let context = || {
            let (text, form) = self.context.date?;
            key::date(form, text).date
        };
        dates.into_iter().next().or_else(starts).or_else(context).map(Date::year)
    }

    pub(super) fn place(&self, node: NodeRef<'t>, span: Span) -> Place {
        place_of(node, self.source, Some(self.number), span)
    }

    /// The text of a scalar; nothing where it is null or blank.
    pub(super) fn text(&self, node: NodeRef<'t>) -> Option<Text<'t>> {
        let value = node.scalar_text().filter(|value| !is_blank(value))?;
        Some(Text { value, node, place: self.place(node, node.inner_span()) })
    }

    /// The index of an item in its list. Items are asked for in their order, so each search begins at the last one.
    pub(super) fn index_of(&mut self, node: NodeRef<'t>) -> Option<usize> {
        let list = node.parent().filter(|parent| parent.is_array())?;
        let last = self.list.take().filter(|last| last.list == list.id());
        let at_first = || Counted { list: list.id(), rest: list.elements(), item: None, index: 0 };
        let mut counted = last.filter(|last| last.item <= Some(node.id())).unwrap_or_else(at_first);
        while counted.item < Some(node.id()) {
            let is_first = counted.item.is_none();
            counted.item = Some(counted.rest.next()?.id());
            counted.index += usize::from(!is_first);
        }
        let index = counted.index;
        self.list = Some(counted);
        Some(index)
    }

    pub(super) fn find(&self, node: NodeRef<'t>, pointer: &Pointer) -> Option<Text<'t>> {
        self.text(pointer.find(node)?)
    }

    pub(super) fn find_optional(
        &self,
        node: NodeRef<'t>,
        pointer: Option<&Pointer>,
    ) -> Option<Text<'t>> {
        self.find(node, pointer?)
    }

    /// The texts at or below the value that a pointer leads to.
    pub(super) fn find_all(&self, node: NodeRef<'t>, pointer: &Pointer) -> Vec<Text<'t>> {
        let mut texts = Vec::new();
        if let Some(value) = pointer.find(node) {
            value.for_each_string(|string| texts.extend(self.text(string)));
        }
        texts
    }

    /// The values of these parts with their forms; nothing where one is missing.
    pub(super) fn values(&self, node: NodeRef<'t>, parts: &[Part]) -> Option<Vec<(Form, &'t str)>> {
        parts.iter().map(|part| Some((part.form, self.find(node, &part.pointer)?.value))).collect()
    }

    /// The number that a part leads to. One that cannot be read is taken as a fact.
    pub(super) fn figure(&mut self, node: NodeRef<'t>, part: &'t Part) -> Option<Numbered<'t>> {
        let found = self.number(node, part, key::number);
        if found.is_none()
            && let Some(text) = self.find(node, &part.pointer)
        {
            let wanted = Wanted::of(part.form).unwrap_or(Wanted::Number);
            self.check_read(node, text, Read::part(wanted, part));
        }
        found
    }

    pub(super) fn number(
        &self,
        node: NodeRef<'t>,
        part: &Part,
        read: fn(Form, &str) -> Option<u32>,
    ) -> Option<Numbered<'t>> {
        let text = self.find(node, &part.pointer)?;
        Some(Numbered { value: read(part.form, text.value)?, text })
    }
}

/// How a value has to be read.
#[derive(Clone, Copy)]
pub(super) struct Read<'a, 't> {
    /// What it is.
    pub(super) wanted: Wanted,
    /// Its form in the schema.
    pub(super) form: Form,
    /// The words that say that it is not known yet.
    pub(super) open: &'a [String],
    /// Which part of an interval it is.
    pub(super) bound: Option<Bound<'t>>,
}

impl<'a> Read<'a, '_> {
    /// A value is to be read as a name.
    pub(super) fn name() -> Self {
        Self { wanted: Wanted::Name, form: Form::Text, open: &[], bound: None }
    }

    /// The value that a part leads to is to be read as this.
    pub(super) fn part(wanted: Wanted, part: &'a Part) -> Self {
        Self { wanted, form: part.form, open: &part.open, bound: None }
    }
}

/// Whether a text is empty or has nothing but spaces. Most texts begin with a letter, which is seen at once.
fn is_blank(text: &str) -> bool {
    let begins = text.bytes().next().is_some_and(|first| first.is_ascii_graphic());
    !begins && text.chars().all(char::is_whitespace)
}

/// Whether `text` is one of the words that say that a value is not known yet.
fn is_open(open: &[String], text: Text<'_>) -> bool {
    let value = text.value.trim();
    open.iter().any(|word| word.trim().to_lowercase() == value.to_lowercase())
}

/// The items of a list, counted up to one of them.
#[derive(Clone, Debug)]
struct Counted<'t> {
    list: NodeId,
    rest: Elements<'t>,
    /// The item that was counted last.
    item: Option<NodeId>,
    index: usize,
}

/// The facts of one text.
pub(super) struct FactsOf<'t, 'f> {
    facts: &'f mut Vec<Fact<'t>>,
    note: NoteId,
    text: Text<'t>,
}

impl<'t> FactsOf<'t, '_> {
    pub(super) fn push(&mut self, meaning: Meaning<'t>) {
        let Text { node, place, .. } = self.text;
        self.facts.push(Fact { note: self.note, node, place, meaning });
    }
}
