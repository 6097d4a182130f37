//! Names, taken apart.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

use crate::person::{self, Name};

/// A name as it is written, taken apart.
#[derive(Debug)]
pub struct ReadName {
    /// Its words.
    pub name: Name,
    /// Equal for names whose spellings differ in nothing that a reader sees.
    pub spelling: String,
}

/// Names as they are written, each taken apart once.
#[derive(Debug, Default)]
pub struct Names(RwLock<HashMap<Box<str>, Arc<ReadName>>>);

/// With more names than these all are dropped: hours of edits of one name give many.
const MOST: usize = 1 << 17;

impl Names {
    /// A name, taken apart.
    #[must_use]
    pub fn read(&self, text: &str) -> Arc<ReadName> {
        // A thread that panicked while it held the lock had put in nothing, or all of it.
        if let Some(known) = self.0.read().unwrap_or_else(PoisonError::into_inner).get(text) {
            return Arc::clone(known);
        }
        let read = ReadName { name: Name::read(text), spelling: person::spelling(text) };
        let read = Arc::new(read);
        let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST {
            all.clear();
        }
        all.insert(text.into(), Arc::clone(&read));
        read
    }
}
