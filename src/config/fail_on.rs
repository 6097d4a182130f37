//! `fail-on`: which severity makes a run fail.

use super::{Reader, Value, choices, did_you_mean};
use crate::{finding::Severity, suggest};

/// The least severity that makes a run fail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FailOn {
    /// Errors.
    #[default]
    Error,
    /// Warnings and errors.
    Warning,
    /// Any finding.
    Info,
    /// None.
    Never,
}

impl FailOn {
    /// Every value, the strictest last but one.
    pub const ALL: [Self; 4] = [Self::Error, Self::Warning, Self::Info, Self::Never];

    /// How it is written, in the configuration and on the command line.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
            Self::Never => "never",
        }
    }

    /// The least severity that makes the run fail; `None` where findings never do.
    #[must_use]
    pub const fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Info => Some(Severity::Info),
            Self::Never => None,
        }
    }
}

impl Reader<'_> {
    pub(super) fn read_fail_on(&mut self, value: &Value<'_>) -> Option<FailOn> {
        let words = FailOn::ALL.map(FailOn::word);
        let Some(word) = value.get_ref().as_str() else {
            let help = Some(format!("write {}", choices(&words)));
            self.wrong_type(value, "`fail-on` is", "a text", help);
            return None;
        };
        let found = FailOn::ALL.into_iter().find(|one| one.word() == word);
        if found.is_none() {
            let near = suggest::nearest(word, words);
            let help = near.map_or_else(|| format!("write {}", choices(&words)), did_you_mean);
            self.problem(value.span(), format!("no severity `{word}`"), Some(help));
        }
        found
    }
}
