//! Key spaces: which there are, how their keys are written, and what a project says of them.

use std::collections::BTreeSet;

use super::{
    graph::Graph,
    vocabulary::{Form, KeyOptions, KeyWord, Word},
};

/// What a project says of a key space, whatever its schemas are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Space {
    /// The key space.
    pub name: String,
    /// Whether everything that is cited has to be known: `true` for every citation, `false` for none,
    /// and as each schema says where nothing is said.
    pub complete: Option<bool>,
    /// How keys are written for which the schemas name no form.
    pub form: Option<Form>,
}

impl Graph {
    /// The key spaces that the schemas name.
    #[must_use]
    pub fn spaces(&self) -> BTreeSet<&str> {
        let spaces = self.notes.iter().filter_map(|note| match &note.word {
            Word::Defines(word) | Word::Cites(word) => Some(word.space.as_str()),
            Word::Mentions { space } => Some(space.as_str()),
            _ => None,
        });
        spaces.collect()
    }

    /// The definitions and citations of keys in this space.
    fn keys(&self, space: &str) -> impl Iterator<Item = &KeyWord> {
        self.notes.iter().filter_map(move |note| match &note.word {
            Word::Defines(word) | Word::Cites(word) if word.space == space => Some(word),
            _ => None,
        })
    }

    /// The forms of the values that keys of this space are made of, for keys of so many values; `None` where
    /// the schemas have none such.
    #[must_use]
    pub fn key_forms(&self, space: &str, values: usize) -> Option<Vec<Form>> {
        let mut keys = self.keys(space).filter(|word| word.key.len() == values).peekable();
        keys.peek()?;
        let mut forms = vec![Form::Text; values];
        for word in keys {
            for (form, part) in forms.iter_mut().zip(&word.key) {
                // What one schema leaves open another may say.
                if *form == Form::Text {
                    *form = part.form;
                }
            }
        }
        Some(forms)
    }

    /// Of how many values the keys of this space are made, sorted.
    #[must_use]
    pub fn key_lengths(&self, space: &str) -> BTreeSet<usize> {
        self.keys(space).map(|word| word.key.len()).collect()
    }

    /// Lets the words of the schemas mean what a project says of its key spaces.
    pub(super) fn set_spaces(&mut self, spaces: &[Space]) {
        for note in &mut self.notes {
            let (word, cites) = match &mut note.word {
                Word::Defines(word) => (word, false),
                Word::Cites(word) => (word, true),
                _ => continue,
            };
            let Some(space) = spaces.iter().find(|space| space.name == word.space) else {
                continue;
            };
            if let (Some(complete), true) = (space.complete, cites) {
                word.options = word.options.set(KeyOptions::EXTERNAL, !complete);
            }
            if let Some(form) = space.form {
                let open = word.key.iter_mut().filter(|part| part.form == Form::Text);
                open.for_each(|part| part.form = form);
            }
        }
    }
}
