//! The `x-` words of annotated schemas: their arguments and meaning, in one table. The public page is
//! `docs/vocabulary.md`.

mod agrees;
mod date;
mod decides;
mod figures;
mod form;
mod parse;
mod speaker;
mod version;
mod wording;

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use agrees::AgreesWord;
pub use date::{DateRole, DateWord, Side};
pub use decides::{DecidesWord, Identity};
pub use figures::{CountsWord, PartsWord, Total};
pub use form::{Form, Part, Pointer};
pub use parse::{Parsed, WordError, parse};
pub use speaker::{Presence, SpeakerWord};
pub use version::VersionWord;
pub use wording::{NotesWord, SequenceWord, TextKind};

use self::parse::{optional_part, parts};

/// Every word, sorted; what a misspelt word is compared with.
pub const WORDS: &[&str] = &[
    "x-agrees",
    "x-cites",
    "x-context",
    "x-counts",
    "x-date",
    "x-decides",
    "x-defines",
    "x-expects",
    "x-form",
    "x-interval",
    "x-mentions",
    "x-notes",
    "x-parts",
    "x-prose",
    "x-record",
    "x-sequence",
    "x-speaker",
    "x-text",
    "x-unique",
    "x-version",
];

/// A word with its arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Word {
    /// `x-record`
    Record(RecordWord),
    /// `x-defines`
    Defines(KeyWord),
    /// `x-cites`
    Cites(KeyWord),
    /// `x-mentions`
    Mentions {
        /// The key space that found symbols belong to.
        space: String,
    },
    /// `x-form`
    Form(Form),
    /// `x-date`
    Date(DateWord),
    /// `x-interval`
    Interval(IntervalWord),
    /// `x-context`
    Context(ContextWord),
    /// `x-speaker`
    Speaker(SpeakerWord),
    /// `x-expects`
    Expects(ExpectsWord),
    /// `x-unique`
    Unique {
        /// The lists whose entries differ from each other; the annotated value where none is named.
        lists: Vec<Pointer>,
        /// Each key is made of the values under its pointers.
        by: Vec<Vec<Part>>,
    },
    /// `x-unique` among records
    Single {
        /// Each key is made of the values under its pointers.
        by: Vec<Vec<Part>>,
    },
    /// `x-prose`
    Prose(ProseWord),
    /// `x-text`
    Text(TextKind),
    /// `x-sequence`
    Sequence(SequenceWord),
    /// `x-notes`
    Notes(NotesWord),
    /// `x-agrees`
    Agrees(AgreesWord),
    /// `x-version`
    Version(VersionWord),
    /// `x-parts`
    Parts(PartsWord),
    /// `x-counts`
    Counts(CountsWord),
    /// `x-decides`
    Decides(DecidesWord),
}

impl Word {
    /// The word as it stands in schemas.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Record(_) => "x-record",
            Self::Defines(_) => "x-defines",
            Self::Cites(_) => "x-cites",
            Self::Mentions { .. } => "x-mentions",
            Self::Form(_) => "x-form",
            Self::Date(_) => "x-date",
            Self::Interval(_) => "x-interval",
            Self::Context(_) => "x-context",
            Self::Speaker(_) => "x-speaker",
            Self::Expects(_) => "x-expects",
            Self::Unique { .. } | Self::Single { .. } => "x-unique",
            Self::Prose(_) => "x-prose",
            Self::Text(_) => "x-text",
            Self::Sequence(_) => "x-sequence",
            Self::Notes(_) => "x-notes",
            Self::Agrees(_) => "x-agrees",
            Self::Version(_) => "x-version",
            Self::Parts(_) => "x-parts",
            Self::Counts(_) => "x-counts",
            Self::Decides(_) => "x-decides",
        }
    }

    /// The parts whose form is looked up in the schemas.
    pub fn parts_mut(&mut self) -> Vec<&mut Part> {
        match self {
            Self::Defines(key) | Self::Cites(key) => {
                key.key.iter_mut().chain(&mut key.date).collect()
            }
            Self::Date(date) => vec![&mut date.date],
            Self::Interval(interval) => {
                [&mut interval.start, &mut interval.end, &mut interval.date]
                    .into_iter()
                    .flatten()
                    .collect()
            }
            Self::Context(context) => context.date.iter_mut().collect(),
            Self::Unique { by, .. } | Self::Single { by } => by.iter_mut().flatten().collect(),
            Self::Prose(prose) => prose.same.iter_mut().collect(),
            Self::Sequence(sequence) => vec![&mut sequence.by],
            Self::Agrees(agrees) => agrees.of.iter_mut().collect(),
            Self::Version(version) => version.of.iter_mut().collect(),
            Self::Parts(parts) => parts.numbers_mut().collect(),
            Self::Counts(counts) => counts.numbers_mut(),
            Self::Record(record) => record.starts.iter_mut().chain(&mut record.ends).collect(),
            Self::Mentions { .. }
            | Self::Form(_)
            | Self::Speaker(_)
            | Self::Expects(_)
            | Self::Decides(_)
            | Self::Text(_)
            | Self::Notes(_) => Vec::new(),
        }
    }

    /// Every pointer among the arguments, to be held against the properties that exist.
    #[must_use]
    pub fn pointers(&self) -> Vec<&Pointer> {
        match self {
            Self::Record(r) => [&r.id, &r.title, &r.language, &r.status, &r.event, &r.source]
                .into_iter()
                .flatten()
                .chain(r.starts.iter().chain(&r.ends).map(|part| &part.pointer))
                .collect(),
            Self::Defines(key) | Self::Cites(key) => {
                key.key.iter().chain(&key.date).map(|part| &part.pointer).collect()
            }
            Self::Date(date) => std::iter::once(&date.date.pointer).chain(&date.weekday).collect(),
            Self::Interval(i) => [&i.start, &i.end, &i.date]
                .into_iter()
                .flatten()
                .map(|part| &part.pointer)
                .chain(i.track.iter().chain(&i.label))
                .collect(),
            Self::Context(c) => c.date.iter().map(|part| &part.pointer).chain(&c.track).collect(),
            Self::Parts(parts) => parts.pointers().collect(),
            Self::Counts(counts) => counts.pointers(),
            Self::Decides(d) => {
                d.names.iter().chain([&d.verdict]).chain(&d.reason).chain(&d.event).collect()
            }
            Self::Speaker(s) => s.pointers().into_iter().flatten().collect(),
            Self::Expects(e) => [&e.place, &e.label].into_iter().flatten().collect(),
            Self::Prose(p) => {
                p.text.iter().chain(p.same.iter().map(|part| &part.pointer)).collect()
            }
            Self::Version(v) => {
                v.of.iter().map(|part| &part.pointer).chain(&v.supersedes).collect()
            }
            Self::Notes(n) => n.text.iter().chain([&n.notes]).collect(),
            Self::Agrees(a) => {
                let of = a.of.iter().map(|part| &part.pointer);
                of.chain(&a.value).chain(&a.also).collect()
            }
            // Pointers into the entries of a list do not begin at the annotated array.
            Self::Unique { lists, .. } => lists.iter().collect(),
            Self::Single { by } => by.iter().flatten().map(|part| &part.pointer).collect(),
            Self::Sequence(_) | Self::Mentions { .. } | Self::Form(_) | Self::Text(_) => Vec::new(),
        }
    }
}

/// The arguments of `x-record`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordWord {
    /// The name of the record.
    pub id: Option<Pointer>,
    /// Its title.
    pub title: Option<Pointer>,
    /// Its language (BCP 47).
    pub language: Option<Pointer>,
    /// Where it stands in its life.
    pub status: Option<Pointer>,
    /// The id of its event.
    pub event: Option<Pointer>,
    /// Where it comes from, which is no part of what it says.
    pub source: Option<Pointer>,
    /// For an event: its first moment.
    #[serde(default, deserialize_with = "optional_part")]
    pub starts: Option<Part>,
    /// For an event: its last moment.
    #[serde(default, deserialize_with = "optional_part")]
    pub ends: Option<Part>,
    /// Whose style it is written in.
    #[serde(default)]
    pub style: Style,
}

/// Whose style a record is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Style {
    /// That of its author.
    #[default]
    Own,
    /// The house style of the organization that publishes it.
    House,
}

/// The arguments of `x-defines` and `x-cites`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyWord {
    /// The key space.
    pub space: String,
    /// The values that make the key.
    pub key: Vec<Part>,
    /// The date of the thing.
    pub date: Option<Part>,
    /// How the key may be used.
    pub options: KeyOptions,
}

/// How a key may be used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyOptions(u8);

impl KeyOptions {
    /// One definition for each language is allowed.
    pub const PER_LANGUAGE: Self = Self(1);
    /// The thing is known to exist outside the folder.
    pub const ELSEWHERE: Self = Self(2);
    /// Several records may define the key.
    pub const SHARED: Self = Self(4);
    /// The target may lie outside the folder.
    pub const EXTERNAL: Self = Self(8);

    /// Whether `option` is set.
    #[must_use]
    pub const fn has(self, option: Self) -> bool {
        self.0 & option.0 != 0
    }

    /// These options, with `option` or without.
    #[must_use]
    pub const fn set(self, option: Self, on: bool) -> Self {
        Self(self.0 & !option.0).with(option, on)
    }

    /// These options, and `option` if `on`.
    #[must_use]
    pub const fn with(self, option: Self, on: bool) -> Self {
        if on { Self(self.0 | option.0) } else { self }
    }
}

/// The arguments of `x-interval`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IntervalWord {
    /// Where it begins.
    #[serde(default, deserialize_with = "optional_part")]
    pub start: Option<Part>,
    /// Where it ends.
    #[serde(default, deserialize_with = "optional_part")]
    pub end: Option<Part>,
    /// Its day, where start and end are times only.
    #[serde(default, deserialize_with = "optional_part")]
    pub date: Option<Part>,
    /// The room or stream that it occupies.
    pub track: Option<Pointer>,
    /// What to call it in messages.
    pub label: Option<Pointer>,
}

/// The arguments of `x-context`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContextWord {
    /// The day of every interval below that names none.
    #[serde(default, deserialize_with = "optional_part")]
    pub date: Option<Part>,
    /// The track of every interval below that names none.
    pub track: Option<Pointer>,
}

/// What `x-expects` expects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Expected {
    /// One speaker.
    Speaker,
    /// A list of speakers.
    Speakers,
    /// Somebody who chairs or moderates.
    Chair,
    /// A date of the record.
    Date,
    /// The zone of the times of day.
    Zone,
}

impl Expected {
    /// The word for it in schemas.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Speaker => "speaker",
            Self::Speakers => "speakers",
            Self::Chair => "chair",
            Self::Date => "date",
            Self::Zone => "zone",
        }
    }
}

/// The arguments of `x-expects`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectsWord {
    /// Who or what must be there.
    pub what: Expected,
    /// Which date it is; without it, any counts.
    pub is: Option<DateRole>,
    /// Only where this schema holds.
    pub when: Option<Value>,
    /// Where they are written.
    #[serde(rename = "in")]
    pub place: Option<Pointer>,
    /// What to call the annotated value in messages.
    pub label: Option<Pointer>,
}

/// The arguments of `x-prose`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProseWord {
    /// Where the text lies.
    pub text: Vec<Pointer>,
    /// The values that must be equal before texts are compared.
    #[serde(deserialize_with = "parts")]
    pub same: Vec<Part>,
}
