//! The arguments of `x-agrees`.

use serde::Deserialize;

use super::{Part, Pointer, parse::OneOrMany, parts};

/// The arguments of `x-agrees`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgreesWord {
    /// What it is that is said.
    pub on: String,
    /// The values that tell of what it is said; none where it is said of the event.
    #[serde(default, deserialize_with = "parts")]
    pub of: Vec<Part>,
    /// The text, or the texts that make it.
    #[serde(deserialize_with = "pointers")]
    pub value: Vec<Pointer>,
    /// Other texts that mean the same.
    pub also: Option<Pointer>,
    /// Whether this record decides.
    #[serde(default)]
    pub authority: bool,
    /// Whether the text is a list of parts, of which another record may name fewer.
    #[serde(default)]
    pub parts: bool,
}

fn pointers<'de, D: serde::Deserializer<'de>>(input: D) -> Result<Vec<Pointer>, D::Error> {
    Ok(match OneOrMany::deserialize(input)? {
        OneOrMany::One(pointer) => vec![pointer],
        OneOrMany::Many(pointers) => pointers,
    })
}
