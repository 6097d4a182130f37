//! The arguments of the words about wording and numbering.

use serde::Deserialize;

use super::{Part, Pointer};

/// The arguments of `x-sequence`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SequenceWord {
    /// The number, taken from the entry.
    pub by: Part,
    /// The number of the first entry, where the schema says it.
    pub from: Option<u32>,
}

/// The arguments of `x-notes`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotesWord {
    /// Where the text lies in which the notes are marked.
    pub text: Vec<Pointer>,
    /// The list of the notes.
    pub notes: Pointer,
    /// The mark of a note, taken from the entry of the list.
    pub mark: Pointer,
    /// The text of a note, taken from the entry.
    pub body: Pointer,
}

/// How a text is to be read by rules about its wording.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TextKind {
    /// One short line: a heading, a title, the name of an event.
    Line,
    /// Running text, in sentences.
    Prose,
}

impl TextKind {
    /// The word for it in schemas.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Line => "line",
            Self::Prose => "prose",
        }
    }
}
