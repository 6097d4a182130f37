//! What is wrong with a string that should have been a symbol or a citation.

use std::fmt;

/// The kinds of [`SymbolError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// Nothing in it looks like a symbol.
    NotASymbol,
    /// A component is missing, empty, or of a form that its organ does not use.
    Component,
    /// A session, year or number is out of range or has a leading zero.
    Number,
    /// A roman numeral is not canonical.
    RomanNumeral,
    /// Something follows the end of the symbol.
    Trailing,
    /// A bracket or a component that no series is known to have, although its form is right.
    Unknown,
}

/// A malformed symbol of a known organ, or a string that is not a symbol at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SymbolError {
    /// What kind of thing is wrong.
    pub kind: ErrorKind,
    /// Where the offending part begins, in bytes of the text that was parsed.
    pub offset: usize,
    /// How many bytes it has; 0 where something is missing.
    pub len: usize,
    /// The offending part as written.
    pub found: String,
    /// What should have stood there, as a noun phrase.
    pub wanted: &'static str,
    /// The right spelling of the whole, where only one is possible.
    pub suggestion: Option<String>,
}

impl fmt::Display for SymbolError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.found.is_empty() {
            write!(f, "expected {}", self.wanted)
        } else {
            write!(f, "found `{}`, expected {}", self.found, self.wanted)
        }
    }
}

impl std::error::Error for SymbolError {}

/// A failure inside a parser, before the text is at hand to quote from.
#[derive(Clone, Debug)]
pub(super) struct Fail {
    pub(super) kind: ErrorKind,
    pub(super) at: usize,
    pub(super) len: usize,
    pub(super) wanted: &'static str,
    /// What the offending part must be replaced by, where that is certain.
    pub(super) fix: Option<String>,
}

impl Fail {
    pub(super) const fn new(kind: ErrorKind, at: usize, len: usize, wanted: &'static str) -> Self {
        Self { kind, at, len, wanted, fix: None }
    }

    /// Adds what the offending part must be replaced by.
    pub(super) fn fixed(mut self, fix: impl Into<String>) -> Self {
        self.fix = Some(fix.into());
        self
    }

    pub(super) fn moved(mut self, by: usize) -> Self {
        self.at += by;
        self
    }

    pub(super) fn into_error(self, text: &str) -> SymbolError {
        let found = text.get(self.at..self.at + self.len).unwrap_or_default().to_owned();
        SymbolError {
            kind: self.kind,
            offset: self.at,
            len: self.len,
            found,
            wanted: self.wanted,
            suggestion: None,
        }
    }
}
