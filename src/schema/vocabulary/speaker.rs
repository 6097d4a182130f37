//! The arguments of `x-speaker`.

use serde::{Deserialize, Serialize};

use super::Pointer;

/// What a record says of a speaker's part in its event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Presence {
    /// The person is to speak.
    Announced,
    /// The person spoke.
    Spoke,
}

impl Presence {
    /// The word of the vocabulary.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Announced => "announced",
            Self::Spoke => "spoke",
        }
    }
}

/// The arguments of `x-speaker`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpeakerWord {
    /// The person's name.
    pub name: Option<Pointer>,
    /// The form of address before it.
    pub honorific: Option<Pointer>,
    /// The office held.
    pub role: Option<Pointer>,
    /// The organization that the office belongs to.
    pub affiliation: Option<Pointer>,
    /// The State or body that is spoken for.
    pub delegation: Option<Pointer>,
    /// In what capacity.
    pub capacity: Option<Pointer>,
    /// How certain it is.
    pub state: Option<Pointer>,
    /// Whether the record announces the speaker, or says that he or she spoke.
    pub is: Option<Presence>,
    /// The values of the capacity in which nobody speaks who was not announced.
    #[serde(default)]
    pub listed: Vec<String>,
}

impl SpeakerWord {
    pub(super) fn pointers(&self) -> [&Option<Pointer>; 7] {
        [
            &self.name,
            &self.honorific,
            &self.role,
            &self.affiliation,
            &self.delegation,
            &self.capacity,
            &self.state,
        ]
    }
}
