//! What a finding proposes to write in the place of what it marks.

use super::Place;
use crate::source::Position;

/// Whether a record means the same after a correction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applicability {
    /// It does: only the spelling is another one.
    Safe,
    /// It may not: something else may have been meant.
    Unsafe,
}

impl Applicability {
    /// The word for it in every output.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
        }
    }
}

/// A correction of a finding: edits of the file that it is in, of which each was tried. With all safe ones of the file, the file can
/// be read and says the same but for the values that are edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// What it does, as an imperative.
    pub title: String,
    /// Whether the record means the same afterwards.
    pub applicability: Applicability,
    /// What is to be replaced, in order; no two touch.
    pub edits: Vec<Edit>,
}

/// A piece of a file, and what is to be written in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// First position.
    pub start: Position,
    /// Position after the last character.
    pub end: Position,
    /// The new text.
    pub text: String,
}

/// A correction as a rule proposes it: one piece of a value is replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// Whether the record means the same afterwards.
    pub applicability: Applicability,
    /// Where the piece is.
    pub place: Place,
    /// What is there.
    pub was: String,
    /// What is to be written.
    pub text: String,
}

impl Replacement {
    /// What it does, as an imperative.
    #[must_use]
    pub fn title(&self) -> String {
        if self.text.is_empty() {
            format!("remove `{}`", self.was.escape_debug())
        } else {
            format!("write `{}`", self.text)
        }
    }
}
