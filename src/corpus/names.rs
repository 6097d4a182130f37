//! Names, taken apart.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

use foldhash::fast::FixedState;

use crate::{
    fact::key,
    person::{self, Name},
    vocabulary::Form,
};

/// A name as it is written, taken apart.
#[derive(Debug)]
pub struct ReadName {
    /// Its words.
    pub name: Name,
    /// Equal for names whose spellings differ in nothing that a reader sees.
    pub spelling: Arc<str>,
    /// Equal for names of the same words, in whatever order, case and accents.
    pub words: Box<str>,
    /// The name as it is written, without regard to case and runs of spaces.
    pub folded: Box<str>,
    /// Whether it names no person: see [`person::stand_in`].
    pub is_stand_in: bool,
}

impl ReadName {
    fn of(text: &str) -> Self {
        let name = Name::read(text);
        Self {
            words: name.sorted_words().into(),
            name,
            spelling: person::spelling(text).into(),
            folded: key::normal(Form::Folded, text).into(),
            is_stand_in: person::stand_in(text).is_some(),
        }
    }
}

/// Names as they are written, each taken apart once.
#[derive(Debug, Default)]
pub struct Names(RwLock<HashMap<Box<str>, Arc<ReadName>, FixedState>>);

/// With more names than these all are dropped. The records of one event are read soon after each other, and so are its groups.
const MOST: usize = 1 << 13;

impl Names {
    /// A name, taken apart.
    #[must_use]
    pub fn read(&self, text: &str) -> Arc<ReadName> {
        // A thread that panicked while it held the lock had put in nothing, or all of it.
        if let Some(known) = self.0.read().unwrap_or_else(PoisonError::into_inner).get(text) {
            return Arc::clone(known);
        }
        let read = Arc::new(ReadName::of(text));
        let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST {
            all.clear();
        }
        all.insert(text.into(), Arc::clone(&read));
        read
    }
}
