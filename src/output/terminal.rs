//! What a terminal can show, and what is written to it accordingly.

use std::borrow::Cow;

use crate::{finding::Severity, rule::RuleSet, rules};

/// What the reader's terminal can show, decided once by the command line. The default is what a
/// pipe gets, so that piped output is the same everywhere.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is decided by itself")]
pub struct Terminal {
    /// Whether to colour.
    pub color: bool,
    /// Whether lines may be drawn with characters beyond ASCII.
    pub unicode: bool,
    /// Columns to wrap messages at.
    pub width: usize,
    /// Whether to leave out the summary.
    pub quiet: bool,
    /// Where the page of a rule is, with [`rules::PLACE`] for its id, if rules are to be linked to their pages.
    pub pages: Option<String>,
    /// Whether the reader could have a list written of all that was found.
    pub may_inherit: bool,
}

impl Default for Terminal {
    fn default() -> Self {
        Self {
            color: false,
            unicode: true,
            width: Self::PIPE_WIDTH,
            quiet: false,
            pages: None,
            may_inherit: false,
        }
    }
}

impl Terminal {
    /// The width of what is no terminal.
    pub const PIPE_WIDTH: usize = 100;

    /// `text` in the colour of `severity`.
    pub(super) fn paint<'t>(&self, severity: Severity, text: &'t str) -> Cow<'t, str> {
        let code = match severity {
            Severity::Error => 31,
            Severity::Warning => 33,
            Severity::Info => 36,
        };
        if self.color {
            Cow::Owned(format!("\u{1b}[{code}m{text}\u{1b}[0m"))
        } else {
            Cow::Borrowed(text)
        }
    }

    /// The id of a rule, linked to its page where that is wanted; what is no rule of rapporteur has none.
    pub(super) fn linked<'t>(&self, id: &'t str) -> Cow<'t, str> {
        match &self.pages {
            Some(pages) if RuleSet::bundled().find(id).is_some() => {
                let address = pages.replace(rules::PLACE, id);
                Cow::Owned(format!("\u{1b}]8;;{address}\u{1b}\\{id}\u{1b}]8;;\u{1b}\\"))
            }
            _ => Cow::Borrowed(id),
        }
    }
}
