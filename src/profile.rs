//! Minutes and agendas in Markdown: what is surely understood of them, as the properties of a schema.
//!
//! A schema says with `x-markdown` which of its properties has which part of a meeting. What is read so is written into a tree of
//! its own, with its places in the Markdown, so that the schema's keywords apply to it as to any other record. What is not surely
//! understood is left out.

mod agenda;
mod dates;
mod meetings;
mod moments;
mod motions;
mod people;
mod roll;
#[cfg(test)]
mod tests;
mod words;
mod write;

use std::{collections::BTreeMap, sync::Arc};

use jiff::civil::Date;
use serde_json::Value;

use crate::{
    source::Span,
    tree::{NodeRef, Tree},
};

/// The keyword of a schema that names its properties.
pub const KEYWORD: &str = "x-markdown";

/// The properties of a schema by the parts of a meeting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile(BTreeMap<String, String>);

impl Profile {
    /// The profile of a schema, if it has one.
    #[must_use]
    pub fn of(schema: &Value) -> Option<Self> {
        let names = schema.get(KEYWORD)?.as_object()?;
        let name =
            |(part, name): (&String, &Value)| Some((part.clone(), name.as_str()?.to_owned()));
        Some(Self(names.iter().filter_map(name).collect()))
    }

    /// The name of the property for a part of a meeting.
    fn name(&self, part: &str) -> Option<&str> {
        self.0.get(part).map(String::as_str)
    }

    /// The meetings that a Markdown text is about, as records.
    #[must_use]
    pub fn apply(&self, tree: &Tree) -> Tree {
        let Some(root) = tree.roots().first().map(|root| tree.node(*root)) else {
            return Tree::parse(Arc::clone(tree.source()));
        };
        let meetings = meetings::of(root);
        write::tree(self, tree, root, &meetings)
    }
}

/// Some text with its place.
#[derive(Clone, Debug)]
struct Stretch {
    span: Span,
    text: String,
}

impl Stretch {
    /// All of a value.
    fn of(node: NodeRef<'_>) -> Self {
        Self { span: node.span(), text: node.as_str().unwrap_or_default().to_owned() }
    }

    /// A part of a value.
    fn part(node: NodeRef<'_>, from: usize, to: usize) -> Self {
        let text = node.as_str().unwrap_or_default();
        let text = text.get(from..to).unwrap_or_default().to_owned();
        Self { span: node.part_span(from, to - from), text }
    }

    /// The same place with another text.
    fn reads(self, text: impl Into<String>) -> Self {
        Self { text: text.into(), ..self }
    }
}

/// A number with its place.
#[derive(Clone, Debug)]
struct Count {
    value: u32,
    at: Stretch,
}

/// A day with its place.
#[derive(Clone, Debug)]
struct Day {
    date: Date,
    /// As it is written, or in full where the year is not written.
    at: Stretch,
    has_weekday: bool,
}

/// A person on a list.
#[derive(Clone, Debug)]
struct Person {
    name: Stretch,
    initials: Option<Stretch>,
}

/// Those on a list.
#[derive(Clone, Debug, Default)]
struct People {
    all: Vec<Person>,
    /// Whether someone or something on it could not be read as a name.
    has_others: bool,
}

/// A time of day in a zone.
#[derive(Clone, Debug)]
struct ZonedTime {
    at: Stretch,
    minute: u16,
    /// The name of a zone or an offset.
    zone: String,
}

/// A motion or another vote.
#[derive(Clone, Debug, Default)]
struct Motion {
    mover: Option<Stretch>,
    seconder: Option<Stretch>,
    /// Who voted, and how.
    votes: Vec<(Stretch, Stretch, Vote)>,
    /// In favour, against, and abstaining.
    tally: [Option<Count>; 3],
    /// Whether it was carried.
    outcome: Option<(bool, Stretch)>,
}

/// How someone voted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Vote {
    Aye,
    Nay,
    Abstain,
    Absent,
}

/// What was dealt with under a heading.
#[derive(Clone, Debug)]
struct Topic {
    title: Stretch,
    minutes: Option<Count>,
    motions: Vec<Motion>,
}

/// A meeting, as far as it is understood.
#[derive(Clone, Debug, Default)]
struct Meeting {
    span: Span,
    title: Option<Stretch>,
    is_cancelled: Option<Stretch>,
    /// The days on which it is said to be held: in the front matter, in the heading, and in the details.
    stated: [Option<Day>; 3],
    /// Other days that are written with a weekday.
    mentioned: Vec<Day>,
    /// Each is one moment in several zones.
    moments: Vec<Vec<ZonedTime>>,
    present: People,
    absent: People,
    others: People,
    /// How many voting members were present, as a sentence says.
    figure: Option<Count>,
    /// Who speaks, by initials.
    turns: Vec<Stretch>,
    topics: Vec<Topic>,
    /// How many minutes the agenda has.
    length: Option<Count>,
    /// What is on the agenda.
    agenda: Vec<Topic>,
    /// The days announced for the next meeting.
    next: Vec<Day>,
}
