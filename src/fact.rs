//! Facts: what the keywords of the schemas say of one record, each with its place.

mod content;
mod extract;
mod outline;
pub mod sketch;

#[cfg(test)]
mod tests;

pub use content::{Content, Digest};
pub use extract::{extract, extract_in};
pub use outline::{Outline, OutlineSlot, Voice, Written};
pub use sketch::{Shared, Sketch};

pub use crate::vocabulary::{
    Agrees, Counts, DateText, Decision, Expects, Fact, Head, Interval, Key, Meaning, Mention,
    Moment, NamedAct, Notes, Numbered, Prose, Record, Sequence, Single, Speaker, SymbolParts, Text,
    Unique, UniqueEntry, Version, ZonedText, bare, key, place_of,
};

impl Prose<'_> {
    /// What is kept of the text.
    #[must_use]
    pub fn sketch(&self) -> Sketch {
        Sketch::of(&self.nodes)
    }

    /// The hashes of all words of the text, in order.
    #[must_use]
    pub fn words(&self) -> Vec<u32> {
        sketch::words_of(&self.nodes)
    }

    /// The hashes of all runs of five words of the text, sorted, each once.
    #[must_use]
    pub fn runs(&self) -> Vec<u32> {
        sketch::runs(&self.nodes)
    }
}
