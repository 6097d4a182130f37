//! What is kept of the things that several records of an event say.

use super::{Contribution, Detail, Kept, Member, Relation, value_of};
use crate::fact::{Agrees, Head, Text};

/// What a record says of its event or of a part of it, beside the text.
#[derive(Clone, Copy, Debug)]
pub struct Said {
    also: Kept,
    /// Whether the record decides.
    pub authority: bool,
    /// Whether the text is a list of parts.
    pub parts: bool,
}

/// A longer text is no title and no name, and is not kept.
const LONGEST: usize = 400;
/// Nothing has more names.
const MOST_NAMES: usize = 32;

impl Contribution {
    /// What is said in two languages is never compared, so that it meets in two groups.
    pub(super) fn add_said(
        &mut self,
        event: Text<'_>,
        number: u32,
        head: &Head<'_>,
        agrees: &Agrees<'_>,
    ) {
        let text = agrees.text();
        let Some(first) = agrees.texts.first().filter(|_| text.len() <= LONGEST) else { return };
        let short = agrees.also.iter().map(|other| other.value).filter(|o| o.len() <= LONGEST);
        let also = short.take(MOST_NAMES).collect::<Vec<_>>().join("\u{1f}");
        let also = self.keep(&also);
        let language = value_of(head.language).to_lowercase();
        let key = format!("{}\u{1f}{language}\u{1f}{}\u{1f}{}", event.value, agrees.on, agrees.of);
        let said = Said { also, authority: agrees.authority, parts: agrees.parts };
        let place = first.place;
        self.push(Relation::Agreement, &key, &text, number, place, Detail::Said(said));
    }
}

impl<'c> Member<'c> {
    /// What is said, for [`Relation::Agreement`].
    #[must_use]
    pub fn said_on(&self) -> &'c str {
        self.file.text(self.entry.key).split('\u{1f}').nth(2).unwrap_or_default()
    }

    /// Of what it is said, for [`Relation::Agreement`]; empty where it is said of the event.
    #[must_use]
    pub fn said_of(&self) -> &'c str {
        self.file.text(self.entry.key).splitn(4, '\u{1f}').nth(3).unwrap_or_default()
    }

    /// How it is said, for [`Relation::Agreement`].
    #[must_use]
    pub fn said(&self) -> Option<Said> {
        match self.entry.detail {
            Detail::Said(said) => Some(said),
            _ => None,
        }
    }

    /// The other texts that mean the same.
    pub fn also(&self) -> impl Iterator<Item = &'c str> {
        let also = self.said().map_or("", |said| self.file.text(said.also));
        also.split('\u{1f}').filter(|text| !text.is_empty())
    }
}
