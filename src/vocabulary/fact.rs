//! Facts: what the keywords say of one record, each with its place.

use std::{borrow::Cow, cell::OnceCell, collections::BTreeSet};

use jiff::civil::{Date, Weekday};

use super::{
    DateRole, Expected, Expects, Head, Interval, Meaning, Speaker, Status, acts::ActOfFact,
};
use crate::{
    finding::Place,
    message::{quoted, shown},
    source::Span,
    sources::SourceId,
    tree::{NodeId, NodeRef},
};

/// A keyword at a place in a schema, with its arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoteId(pub(crate) u32);

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
        // A joined text is written nowhere in one piece. Long texts have many parts, so the bytes are not compared.
        let is_of_node = |text: &str| std::ptr::eq(text, self.value);
        if !self.node.scalar_text().is_some_and(is_of_node) {
            return self.place;
        }
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
    /// The acts that the facts name, once they were asked for.
    pub(super) acts: OnceCell<Vec<ActOfFact>>,
}

impl<'t> Record<'t> {
    /// The facts, unless the record was cancelled: what does not take place can be left as it is.
    #[must_use]
    pub fn live(&self) -> &[Fact<'t>] {
        if self.head.has_status(Status::Cancelled) { &[] } else { &self.facts }
    }

    /// The latest date of the record; see [`Record::dates`].
    #[must_use]
    pub fn last_date(&self) -> Option<Date> {
        self.dates().map(|(_, last)| last)
    }

    /// The first and the last date of the record. They are not certain, and so not there, where one of its dates cannot be read, or
    /// where the date is missing that the schema expects: a summary bears the day of its debate and is written afterwards.
    #[must_use]
    pub fn dates(&self) -> Option<(Date, Date)> {
        if self.unmet(Expected::Date).next().is_some() {
            return None;
        }
        let mut dates: Option<(Date, Date)> = None;
        for fact in &self.facts {
            if let Meaning::Date(role, text) = &fact.meaning
                && *role != DateRole::Announced
            {
                let date = text.date?;
                dates = dates.map_or(Some((date, date)), |(a, b)| Some((a.min(date), b.max(date))));
            }
        }
        dates
    }

    /// The annotated values that a keyword could not read, or not whole, each with the keyword.
    #[must_use]
    pub fn unread_values(&self) -> BTreeSet<(NoteId, NodeId)> {
        let unread = self.facts.iter().filter(|fact| matches!(fact.meaning, Meaning::Unread(_)));
        unread.map(|fact| (fact.note, fact.node.id())).collect()
    }

    /// What the record has to have and has not. A record that was cancelled has to have nothing.
    pub fn unmet(&self, what: Expected) -> impl Iterator<Item = &Expects<'t>> {
        self.live()
            .iter()
            .filter_map(move |fact| match &fact.meaning {
                Meaning::Expects(expects) => Some(expects.as_ref()),
                _ => None,
            })
            .filter(move |expects| expects.what == what && expects.found == 0)
    }

    /// What to call an interval of the record in messages.
    #[must_use]
    pub fn name_of(&self, interval: &Interval<'t>) -> String {
        match interval.label {
            None if interval.is_record => self.title_or_id().unwrap_or_else(|| interval.name()),
            _ => interval.name(),
        }
    }

    /// What to call that which has to have something: its title, else its time.
    #[must_use]
    pub fn name_of_lacking(&self, expects: &Expects<'t>) -> String {
        if let Some(label) = expects.label {
            return format!("“{}”", shown(label.value));
        }
        let node = expects.node.id();
        let interval = self.facts.iter().find_map(|fact| match &fact.meaning {
            Meaning::Interval(interval) if fact.node.id() == node => Some(interval),
            _ => None,
        });
        let of_record = || self.title_or_id().filter(|_| node == self.node.id());
        let name = of_record().or_else(|| interval.map(|interval| interval.name()));
        name.unwrap_or_else(|| {
            if node == self.node.id() { "this record" } else { "an entry without a title" }
                .to_owned()
        })
    }

    fn title_or_id(&self) -> Option<String> {
        let title = self.head.title.map(|title| format!("“{}”", shown(title.value)));
        title.or_else(|| self.head.id.map(|id| quoted(id.value)))
    }

    /// When someone speaks: the nearest interval at or above the speaker, with its node.
    #[must_use]
    pub fn interval_of(&self, speaker: &Speaker<'t>) -> Option<(&Interval<'t>, NodeRef<'t>)> {
        let fact = self.facts.get(speaker.interval?)?;
        match &fact.meaning {
            Meaning::Interval(interval) => Some((interval, fact.node)),
            _ => None,
        }
    }
}

/// One statement taken from a record.
#[derive(Debug)]
pub struct Fact<'t> {
    /// The keyword that gave it, and where that is in the schemas.
    pub note: NoteId,
    /// The annotated node.
    pub node: NodeRef<'t>,
    /// Where that node is.
    pub place: Place,
    /// What it says.
    pub meaning: Meaning<'t>,
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

/// A number that could be read.
#[derive(Clone, Copy, Debug)]
pub struct Numbered<'t> {
    /// The number.
    pub value: u32,
    /// As written.
    pub text: Text<'t>,
}

/// The place of a node in a source.
#[must_use]
pub fn place_of(node: NodeRef<'_>, source: SourceId, record: Option<u32>, span: Span) -> Place {
    Place { source, record, node: Some(node.id()), span }
}

/// As many facts as most records have.
const FACTS: usize = 64;

/// The record `root`, which has no schema.
#[must_use]
pub fn bare(root: NodeRef<'_>, source: SourceId, record: u32) -> Record<'_> {
    let kind = root.get("kind").and_then(NodeRef::as_str).map(Cow::Borrowed);
    let place = place_of(root, source, Some(record), opening(root));
    let facts = Vec::with_capacity(FACTS);
    let (head, acts) = (Head::default(), OnceCell::new());
    Record { node: root, place, kind, head, facts, is_complete: true, acts }
}

/// The first byte of a container, the whole of a scalar.
pub(super) fn opening(node: NodeRef<'_>) -> Span {
    if node.is_object() || node.is_array() {
        let start = node.span().start;
        let text = node.tree().source().text.get(start as usize..).unwrap_or_default();
        Span::new(start, start + text.chars().next().map_or(0, |c| c.len_utf8() as u32))
    } else {
        node.span()
    }
}
