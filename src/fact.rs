//! Facts: what the words of the schemas say of one record, each with its place.

mod content;
mod decision;
mod extract;
mod figures;
pub mod key;
mod outline;
mod single;
pub mod sketch;

#[cfg(test)]
mod tests;

pub use decision::Decision;
pub use extract::{bare, extract};
pub use figures::{Counts, Numbered, SymbolParts};
pub use outline::{Outline, OutlineSlot, Voice, Written};

pub use content::{Content, Digest};
pub use single::Single;
pub use sketch::{Shared, Sketch};

use std::borrow::Cow;

use jiff::civil::{Date, Weekday};

use crate::{
    calendar::{Minute, When},
    finding::Place,
    schema::{
        graph::NoteId,
        vocabulary::{DateRole, Expected, Form, KeyOptions, Presence, Side, Style, TextKind},
    },
    source::Span,
    sources::SourceId,
    symbol::{Citation, Found, Reference},
    tree::NodeRef,
};

/// A value and where it is written.
#[derive(Clone, Copy, Debug)]
pub struct Text<'t> {
    /// The value; that of a number is its text.
    pub value: &'t str,
    /// Its node.
    pub node: NodeRef<'t>,
    /// The text itself, quotes left out.
    pub place: Place,
}

impl Text<'_> {
    /// The place of `len` bytes at `offset` of the value.
    #[must_use]
    pub fn part(&self, offset: usize, len: usize) -> Place {
        Place { span: self.node.part_span(offset, len), ..self.place }
    }
}

/// What was understood of one record.
#[derive(Debug)]
pub struct Record<'t> {
    /// The root.
    pub node: NodeRef<'t>,
    /// The record as a whole: its id where it has one, else its first byte.
    pub place: Place,
    /// Its kind.
    pub kind: Option<Cow<'t, str>>,
    /// The values that name it.
    pub head: Head<'t>,
    /// The facts, in the order of the nodes they were taken from.
    pub facts: Vec<Fact<'t>>,
    /// Whether all facts were taken. There are none where the schema unfolds too far for the record.
    pub is_complete: bool,
}

impl<'t> Record<'t> {
    /// The facts, unless the record was cancelled: what does not take place can be left as it is.
    #[must_use]
    pub fn live(&self) -> &[Fact<'t>] {
        if self.head.has_status("cancelled") { &[] } else { &self.facts }
    }

    /// What the record has to have and has not. A record that was cancelled has to have nothing.
    pub fn unmet(&self, what: Expected) -> impl Iterator<Item = &Expects<'t>> {
        self.live()
            .iter()
            .filter_map(move |fact| match &fact.meaning {
                Meaning::Expects(expects) => Some(expects),
                _ => None,
            })
            .filter(move |expects| expects.what == what && expects.found == 0)
    }

    /// When somebody speaks: the nearest interval at or above the speaker, with its node.
    #[must_use]
    pub fn interval_of(&self, speaker: &Speaker<'t>) -> Option<(&Interval<'t>, NodeRef<'t>)> {
        let fact = self.facts.get(speaker.interval?)?;
        match &fact.meaning {
            Meaning::Interval(interval) => Some((interval, fact.node)),
            _ => None,
        }
    }
}

/// The values that `x-record` names.
#[derive(Clone, Copy, Debug, Default)]
pub struct Head<'t> {
    /// The name of the record.
    pub id: Option<Text<'t>>,
    /// Its title.
    pub title: Option<Text<'t>>,
    /// Its language.
    pub language: Option<Text<'t>>,
    /// Where it stands in its life.
    pub status: Option<Text<'t>>,
    /// The id of its event.
    pub event: Option<Text<'t>>,
    /// Where it comes from, which is no part of what it says.
    pub source: Option<NodeRef<'t>>,
    /// For an event: its first moment.
    pub starts: Option<Text<'t>>,
    /// For an event: its last moment.
    pub ends: Option<Text<'t>>,
    /// Whose style it is written in.
    pub style: Style,
}

impl<'t> Head<'t> {
    /// Whether the record is still being written: who speaks, and when, may be settled later.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.has_status("draft") || self.has_status("provisional")
    }

    /// The id of the record, if it is an event: if it says when it begins or ends.
    #[must_use]
    pub fn own_event(&self) -> Option<Text<'t>> {
        self.id.filter(|_| self.starts.or(self.ends).is_some())
    }

    /// The id of the event that the record belongs to, or is.
    #[must_use]
    pub fn event_or_own(&self) -> Option<Text<'t>> {
        self.event.or_else(|| self.own_event())
    }

    /// Whether the record has this status.
    #[must_use]
    pub fn has_status(&self, status: &str) -> bool {
        self.status.is_some_and(|text| text.value == status)
    }
}

/// One statement taken from a record.
#[derive(Debug)]
pub struct Fact<'t> {
    /// The word that it was taken by, and where that stands in the schemas.
    pub note: NoteId,
    /// The node that the word speaks of.
    pub node: NodeRef<'t>,
    /// Where that node is.
    pub place: Place,
    /// What it says.
    pub meaning: Meaning<'t>,
}

/// What a fact says.
#[derive(Debug)]
pub enum Meaning<'t> {
    /// The record names itself and its context; the values are in [`Record::head`].
    Record,
    /// Something is defined.
    Defines(Key<'t>),
    /// Something is cited.
    Cites(Key<'t>),
    /// Something is cited in prose.
    Mention(Mention<'t>),
    /// A full date is written in prose.
    DateMention(DateText<'t>),
    /// A value in a form that can be checked.
    Value(Form, Text<'t>),
    /// A date of the record.
    Date(DateRole, DateText<'t>),
    /// A date of the record lies on one side of its event.
    Beside(Side, DateText<'t>),
    /// A stretch of time.
    Interval(Interval<'t>),
    /// Somebody who speaks.
    Speaker(Speaker<'t>),
    /// Somebody or something must be there.
    Expects(Expects<'t>),
    /// Entries of a list must differ.
    Unique(Unique<'t>),
    /// The record is the only one of something.
    Single(Single<'t>),
    /// Entries of a list are numbered.
    Sequence(Sequence<'t>),
    /// A text with notes.
    Notes(Notes<'t>),
    /// Text to compare with other records.
    Prose(Prose<'t>),
    /// Something that other records of the event say as well.
    Agrees(Agrees<'t>),
    /// The record is one of several versions.
    Version(Version<'t>),
    /// A text whose wording can be judged.
    Text(TextKind, Text<'t>),
    /// It was decided whether names are those of one person.
    Decides(Box<Decision<'t>>),
    /// A symbol, and values that repeat parts of it.
    Parts(Box<SymbolParts<'t>>),
    /// A figure counts something.
    Counts(Counts<'t>),
}

/// A key in a key space, defined or cited.
#[derive(Debug)]
pub struct Key<'t> {
    /// The key space.
    pub space: &'t str,
    /// The normal form: equal for equal keys.
    pub normal: String,
    /// The values that make the key, as written.
    pub parts: Vec<Text<'t>>,
    /// The document that the key names, where its form is a symbol.
    pub symbol: Option<Reference>,
    /// The date given for the thing.
    pub date: Option<DateText<'t>>,
    /// See the arguments of `x-defines` and `x-cites`.
    pub options: KeyOptions,
}

impl Key<'_> {
    /// The act that the key names, where it names one.
    #[must_use]
    pub fn act(&self) -> Option<Citation> {
        self.symbol.as_ref().and_then(act)
    }

    /// The key as people write it.
    #[must_use]
    pub fn shown(&self) -> String {
        let parts: Vec<&str> = self.parts.iter().map(|part| part.value).collect();
        crate::message::shown(&parts.join(", "))
    }
}

/// A citation found in prose.
#[derive(Debug)]
pub struct Mention<'t> {
    /// The key space that it belongs to.
    pub space: &'t str,
    /// The reference, read.
    pub found: Found,
    /// As written.
    pub text: &'t str,
    /// Where.
    pub place: Place,
    /// The date that directly follows it.
    pub date: Option<DateText<'t>>,
}

impl Mention<'_> {
    /// The act that is cited, where it is one.
    #[must_use]
    pub fn act(&self) -> Option<Citation> {
        act(&self.found.reference)
    }
}

/// The resolution or decision that a reference names, where it names one.
fn act(reference: &Reference) -> Option<Citation> {
    match reference {
        Reference::Symbol(symbol) => Citation::of_symbol(symbol),
        Reference::Citation(citation) => Some(citation.clone()),
    }
}

/// A date as written.
#[derive(Clone, Copy, Debug)]
pub struct DateText<'t> {
    /// As written, weekday included.
    pub text: &'t str,
    /// Where.
    pub place: Place,
    /// The date; `None` where what is written is none.
    pub date: Option<Date>,
    /// The weekday written with it, and where.
    pub weekday: Option<(Weekday, &'t str, Place)>,
}

/// A moment: a time of day, on a day where one is known.
#[derive(Clone, Copy, Debug)]
pub struct Moment<'t> {
    /// As written.
    pub text: Text<'t>,
    /// The day.
    pub date: Option<Date>,
    /// The minute of the day; `None` for a moment that is a whole day.
    pub minute: Option<Minute>,
    /// Minutes east of UTC, where given.
    pub offset: Option<i16>,
}

impl From<&Moment<'_>> for When {
    fn from(moment: &Moment<'_>) -> Self {
        let Moment { date, minute, offset, .. } = *moment;
        Self { date, minute, offset }
    }
}

/// A stretch of time.
#[derive(Clone, Copy, Debug)]
pub struct Interval<'t> {
    /// Its beginning.
    pub start: Option<Moment<'t>>,
    /// Its end.
    pub end: Option<Moment<'t>>,
    /// The room or stream.
    pub track: Option<Text<'t>>,
    /// What it is called.
    pub label: Option<Text<'t>>,
}

impl Interval<'_> {
    /// What to call the interval in messages.
    #[must_use]
    pub fn name(&self) -> String {
        let name = self.label.map(|label| crate::message::shown(label.value));
        name.map_or_else(|| "this slot".to_owned(), |name| format!("“{name}”"))
    }
}

/// Somebody who speaks.
#[derive(Clone, Copy, Debug, Default)]
pub struct Speaker<'t> {
    /// The person's name.
    pub name: Option<Text<'t>>,
    /// The form of address.
    pub honorific: Option<Text<'t>>,
    /// The office.
    pub role: Option<Text<'t>>,
    /// The organization of the office.
    pub affiliation: Option<Text<'t>>,
    /// The State or body spoken for.
    pub delegation: Option<Text<'t>>,
    /// In what capacity.
    pub capacity: Option<Text<'t>>,
    /// How certain it is.
    pub state: Option<Text<'t>>,
    /// Whether the record announces the speaker, or says that he or she spoke.
    pub is: Option<Presence>,
    /// Whether nobody speaks in this capacity who was not announced.
    pub must_be_listed: bool,
    /// Whether the schema knows a place for the form of address.
    pub has_honorific_place: bool,
    /// Whether the schema knows a place for the name.
    pub has_name_place: bool,
    /// The nearest interval at or above the speaker, by the number of its fact; see
    /// [`Record::interval_of`].
    pub interval: Option<usize>,
}

/// Somebody or something must be there.
#[derive(Clone, Copy, Debug)]
pub struct Expects<'t> {
    /// Who or what.
    pub what: Expected,
    /// For a date: which one, unless any counts.
    pub is: Option<DateRole>,
    /// Where it is to be written: the value, its key, or the object that lacks it.
    pub place: Place,
    /// The key under which it is to be written, where it is there.
    pub value: Option<NodeRef<'t>>,
    /// What to call the thing.
    pub label: Option<Text<'t>>,
    /// How many speakers or dates there are. For a zone: whether none is lacking.
    pub found: usize,
}

impl Expects<'_> {
    /// What to call the thing in messages.
    #[must_use]
    pub fn name(&self) -> String {
        let name = self.label.map(|label| crate::message::shown(label.value));
        name.map_or_else(|| "this".to_owned(), |name| format!("“{name}”"))
    }
}

/// Entries of a list, or of several lists together, must differ.
#[derive(Debug)]
pub struct Unique<'t> {
    /// For each list, which entry is its first, and the key under which it lies.
    pub lists: Vec<(usize, Option<Text<'t>>)>,
    /// The keys of the entries that have one: normal form, as written, and place.
    pub entries: Vec<(String, Text<'t>)>,
}

/// Entries of a list are numbered.
#[derive(Debug)]
pub struct Sequence<'t> {
    /// The key under which the list lies.
    pub list: Option<Text<'t>>,
    /// The number that the first entry has, where the schema says it.
    pub from: Option<u32>,
    /// The numbers of the entries that have one.
    pub numbers: Vec<Text<'t>>,
}

impl<'t> Unique<'t> {
    /// The number of the list that an entry stands in.
    #[must_use]
    pub fn list_of(&self, entry: usize) -> usize {
        self.lists.partition_point(|(first, _)| *first <= entry).saturating_sub(1)
    }

    /// The name of a list.
    #[must_use]
    pub fn name_of(&self, list: usize) -> Option<Text<'t>> {
        self.lists.get(list)?.1
    }
}

/// A text with notes.
#[derive(Debug)]
pub struct Notes<'t> {
    /// The nodes of the text in which the notes are marked.
    pub texts: Vec<NodeRef<'t>>,
    /// The notes, each with its mark and its text.
    pub notes: Vec<(Option<Text<'t>>, Option<Text<'t>>)>,
}

/// Text to compare with other records.
#[derive(Debug)]
pub struct Prose<'t> {
    /// Equal for records that are to be compared.
    pub key: String,
    /// The nodes whose text is compared.
    pub nodes: Vec<NodeRef<'t>>,
}

impl Prose<'_> {
    /// What is kept of the text.
    #[must_use]
    pub fn sketch(&self) -> Sketch {
        Sketch::of(&self.nodes)
    }

    /// The hashes of all runs of five words of the text, sorted, each once.
    #[must_use]
    pub fn runs(&self) -> Vec<u32> {
        sketch::runs(&self.nodes)
    }
}

/// The record is one of several versions.
#[derive(Debug)]
pub struct Version<'t> {
    /// Equal for versions of one record.
    pub key: String,
    /// The ids of the records that it replaces.
    pub supersedes: Vec<Text<'t>>,
}

/// Something that other records of the event say as well.
#[derive(Debug)]
pub struct Agrees<'t> {
    /// What is said.
    pub on: &'t str,
    /// Of what it is said: equal where it is said of the same; empty where it is said of the event.
    pub of: String,
    /// The texts that make what is said; there is at least one.
    pub texts: Vec<Text<'t>>,
    /// Other texts that mean the same.
    pub also: Vec<Text<'t>>,
    /// Whether this record decides.
    pub authority: bool,
    /// Whether what is said is a list of parts.
    pub parts: bool,
}

impl Agrees<'_> {
    /// What is said, in one line.
    #[must_use]
    pub fn text(&self) -> String {
        self.texts.iter().map(|text| text.value).collect::<Vec<_>>().join(", ")
    }
}

/// The place of a node in a source.
#[must_use]
pub fn place_of(node: NodeRef<'_>, source: SourceId, record: Option<u32>, span: Span) -> Place {
    Place { source, record, node: Some(node.id()), span }
}
