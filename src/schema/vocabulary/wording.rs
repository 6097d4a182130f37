//! The arguments of the words about wording and numbering.

use serde::Deserialize;

use super::Part;

/// The arguments of `x-sequence`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SequenceWord {
    /// The number, taken from the entry.
    pub by: Part,
    /// The number of the first entry, where the schema says it.
    pub from: Option<u32>,
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
