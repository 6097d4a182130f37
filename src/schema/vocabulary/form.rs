//! Where a value lies, and how it is written.

use serde::Deserialize;

use crate::tree::{NodeRef, unescape};

/// A JSON Pointer downwards from the annotated value, its tokens read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(try_from = "String")]
pub struct Pointer(Vec<String>);

impl TryFrom<String> for Pointer {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if text.is_empty() {
            return Ok(Self::default());
        }
        let Some(tokens) = text.strip_prefix('/') else {
            return Err(format!("the pointer `{text}` does not begin with `/`"));
        };
        Ok(Self(tokens.split('/').map(|token| unescape(token).into_owned()).collect()))
    }
}

impl Pointer {
    /// The tokens, outermost first.
    #[must_use]
    pub fn tokens(&self) -> &[String] {
        &self.0
    }

    /// The node that the pointer leads to from `node`.
    #[must_use]
    pub fn find<'t>(&self, node: NodeRef<'t>) -> Option<NodeRef<'t>> {
        self.0.iter().try_fold(node, |node, token| node.step(token))
    }
}

/// How a value is written, and so when two values are equal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// Any text, equal when its characters are.
    #[default]
    #[serde(skip)]
    Text,
    /// A United Nations document symbol.
    UnSymbol,
    /// A date, or a date with a time, as in ISO 8601.
    IsoDate,
    /// A date with the name of its month, perhaps with its weekday.
    LongDate,
    /// A time of day.
    Time,
    /// Any text, equal without regard to case and runs of spaces.
    Folded,
    /// A number that is counted, in words or digits.
    Ordinal,
}

impl Form {
    /// The forms that have a name in schemas.
    pub const NAMED: [Self; 6] =
        [Self::Folded, Self::IsoDate, Self::LongDate, Self::Ordinal, Self::Time, Self::UnSymbol];

    /// The word for it in schemas.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::UnSymbol => "un-symbol",
            Self::IsoDate => "iso-date",
            Self::LongDate => "long-date",
            Self::Time => "time",
            Self::Folded => "folded",
            Self::Ordinal => "ordinal",
        }
    }
}

/// One pointer with the form of the value it leads to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// Where the value lies.
    pub pointer: Pointer,
    /// Its `x-form`, found in the schemas when the words are compiled.
    pub form: Form,
}
