//! What a terminal can show, and what is written to it accordingly.

use std::{borrow::Cow, fmt::Write as _};

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
    /// The absolute folder that the paths of a report start from, if places are to be linked to their files.
    pub folder: Option<String>,
    /// The least severity that makes the run fail; `None` where findings never do.
    pub fails_at: Option<Severity>,
    /// Whether the reader could have a list written of all that was found.
    pub may_inherit: bool,
}

/// How a text is set off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    Bold,
    Dim,
    Underline,
    Red,
    Yellow,
    Blue,
    Cyan,
}

impl Style {
    /// The number of the "select graphic rendition" sequence of ECMA-48.
    const fn code(self) -> u8 {
        match self {
            Self::Bold => 1,
            Self::Dim => 2,
            Self::Underline => 4,
            Self::Red => 31,
            Self::Yellow => 33,
            Self::Blue => 34,
            Self::Cyan => 36,
        }
    }
}

impl Default for Terminal {
    fn default() -> Self {
        Self {
            color: false,
            unicode: true,
            width: Self::PIPE_WIDTH,
            quiet: false,
            pages: None,
            folder: None,
            fails_at: Some(Severity::Error),
            may_inherit: false,
        }
    }
}

impl Terminal {
    /// The width where the output is not a terminal.
    pub const PIPE_WIDTH: usize = 100;
    /// Narrower terminals get lines that they wrap themselves.
    const NARROWEST: usize = 40;
    const WIDEST: usize = 200;

    /// The columns that a report uses: very wide lines are hard to read.
    pub(crate) fn columns(&self) -> usize {
        self.width.clamp(Self::NARROWEST, Self::WIDEST)
    }

    /// `text` in the colour of `severity`.
    pub(super) fn paint(&self, severity: Severity, text: &str) -> String {
        let color = match severity {
            Severity::Error => Style::Red,
            Severity::Warning => Style::Yellow,
            Severity::Info => Style::Cyan,
        };
        self.styled(&[color], text)
    }

    /// `text` in these styles, if the terminal has any.
    pub(crate) fn styled(&self, styles: &[Style], text: &str) -> String {
        if !self.color || text.is_empty() {
            return text.to_owned();
        }
        let codes: String =
            styles.iter().map(|style| format!("\u{1b}[{}m", style.code())).collect();
        format!("{codes}{text}\u{1b}[0m")
    }

    /// The id of a rule, linked to its page where that is wanted; a rule that is not rapporteur's own has none.
    pub(super) fn linked<'t>(&self, id: &'t str) -> Cow<'t, str> {
        match &self.pages {
            Some(pages) if RuleSet::bundled().find(id).is_some() => {
                Cow::Owned(link(&pages.replace(rules::PLACE, id), id))
            }
            _ => Cow::Borrowed(id),
        }
    }

    /// `text`, linked to the file `path` where that is wanted.
    pub(super) fn linked_to_file<'t>(&self, path: &str, text: &'t str) -> Cow<'t, str> {
        let Some(folder) = &self.folder else { return Cow::Borrowed(text) };
        let whole =
            if path.starts_with('/') { path.to_owned() } else { format!("{folder}/{path}") };
        let mut address = "file://".to_owned();
        for byte in whole.bytes() {
            if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
                address.push(char::from(byte));
            } else {
                // Writing to a string cannot fail.
                let _ = write!(address, "%{byte:02X}");
            }
        }
        Cow::Owned(link(&address, text))
    }
}

/// `text` as a link, as terminals understand it: OSC 8.
fn link(address: &str, text: &str) -> String {
    format!("\u{1b}]8;;{address}\u{1b}\\{text}\u{1b}]8;;\u{1b}\\")
}
