//! The arguments of `x-decides`.

use serde::{Deserialize, Serialize};

use super::{Pointer, parse::OneOrMany};

/// The arguments of `x-decides`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecidesWord {
    /// The names as they are written: texts, or arrays of them.
    #[serde(deserialize_with = "pointers")]
    pub names: Vec<Pointer>,
    /// What was decided.
    pub verdict: Pointer,
    /// Why.
    pub reason: Option<Pointer>,
    /// The id of the only event for which it was decided.
    pub event: Option<Pointer>,
}

/// What was decided on names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Identity {
    /// They are names of one person.
    SameAs,
    /// Each is the name of another person.
    Distinct,
}

impl Identity {
    /// The word for it in records.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::SameAs => "same-as",
            Self::Distinct => "distinct",
        }
    }

    /// Reads the word for it.
    #[must_use]
    pub fn read(word: &str) -> Option<Self> {
        [Self::SameAs, Self::Distinct].into_iter().find(|identity| identity.word() == word)
    }
}

fn pointers<'de, D: serde::Deserializer<'de>>(input: D) -> Result<Vec<Pointer>, D::Error> {
    Ok(match OneOrMany::deserialize(input)? {
        OneOrMany::One(pointer) => vec![pointer],
        OneOrMany::Many(pointers) => pointers,
    })
}
