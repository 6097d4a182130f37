//! The words about numbers: what a symbol repeats of other fields.

use serde::Deserialize;

use super::{Part, Pointer, parse::optional_part};

/// The arguments of `x-parts`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartsWord {
    /// Where the symbol lies.
    pub symbol: Pointer,
    /// The session that it names.
    #[serde(default, deserialize_with = "optional_part")]
    pub session: Option<Part>,
    /// The number that it names.
    #[serde(default, deserialize_with = "optional_part")]
    pub number: Option<Part>,
    /// The year that it names.
    #[serde(default, deserialize_with = "optional_part")]
    pub year: Option<Part>,
    /// The letter of the part that it names.
    pub part: Option<Pointer>,
    /// The number at the head of the act, `65/170.`
    pub heading: Option<Pointer>,
}

impl PartsWord {
    /// The arguments that are read in a form.
    pub(super) fn numbers_mut(&mut self) -> impl Iterator<Item = &mut Part> {
        [&mut self.session, &mut self.number, &mut self.year].into_iter().flatten()
    }

    pub(super) fn pointers(&self) -> impl Iterator<Item = &Pointer> {
        let numbers = [&self.session, &self.number, &self.year].into_iter().flatten();
        std::iter::once(&self.symbol)
            .chain(numbers.map(|part| &part.pointer))
            .chain(&self.part)
            .chain(&self.heading)
    }
}
