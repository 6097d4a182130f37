//! The arguments of `x-date`.

use serde::{Deserialize, Serialize};

use super::{Part, Pointer};

/// The arguments of `x-date`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateWord {
    /// Which date of the record it is.
    pub is: DateRole,
    /// Where the date lies.
    pub date: Part,
    /// Where its weekday is written apart.
    pub weekday: Option<Pointer>,
    /// On which side of the event it lies.
    pub expect: Option<Side>,
}

/// On which side of its event a date of a record lies. The days of the event belong to both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// Not after its last day.
    BeforeEvent,
    /// Not before its first day.
    AfterEvent,
}

impl Side {
    /// The word for it in schemas.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::BeforeEvent => "before-event",
            Self::AfterEvent => "after-event",
        }
    }
}

/// Which date of a record a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateRole {
    /// The day on which it happened.
    Held,
    /// The day on which it was written.
    Written,
    /// The day on which it was issued.
    Issued,
    /// The day on which it was adopted.
    Adopted,
    /// The day on which it was distributed.
    Distributed,
}

impl DateRole {
    /// The word for it in schemas and messages.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Written => "written",
            Self::Issued => "issued",
            Self::Adopted => "adopted",
            Self::Distributed => "distributed",
        }
    }
}
