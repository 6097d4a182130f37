//! Namespaces: which there are, how their keys are written, and what a project says of them.

use std::{collections::BTreeSet, ops::RangeInclusive};

use super::graph::Graph;
use crate::{
    symbol::{Act, Citation, Organ, Session},
    vocabulary::{
        Arguments, CitesArguments, DefinesArguments, Form, KeyArguments, KeyOptions,
        MentionsArguments,
    },
};

/// What a project says of a namespace, whatever its schemas are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Space {
    /// The namespace.
    pub name: String,
    /// Whether everything that is cited has to be known: `true` for every citation, `false` for none,
    /// and as each schema says where nothing is said.
    pub complete: Option<bool>,
    /// How keys are written for which the schemas name no form.
    pub form: Option<Form>,
}

/// What registers list without a gap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complete {
    /// The namespace of the registers.
    pub space: String,
    /// What is listed.
    pub stretch: Stretch,
}

/// A stretch of symbols.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stretch {
    /// The resolutions of these sessions or years.
    Resolutions {
        /// The body that adopts the resolutions.
        organ: Organ,
        /// Whether the numbers go by sessions, and not by years.
        by_session: bool,
        /// The sessions or the years.
        range: RangeInclusive<u16>,
    },
    /// The documents whose symbol is this text and a number: `A/65/L.` for A/65/L.9.
    Series(String),
}

impl Stretch {
    /// Whether the document is of the stretch, and the act, if it is one.
    #[must_use]
    pub fn has(&self, normal: &str, act: Option<&Citation>) -> bool {
        match self {
            Self::Resolutions { organ, by_session, range } => act.is_some_and(|act| {
                let regular = || match act.session {
                    Some(Session::Regular(session)) => Some(session),
                    _ => None,
                };
                let number = if *by_session { regular() } else { act.year };
                act.organ == Some(*organ)
                    && act.act == Act::Resolution
                    && number.is_some_and(|number| range.contains(&number))
            }),
            Self::Series(series) => normal.strip_prefix(series.as_str()).is_some_and(|number| {
                !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
            }),
        }
    }
}

impl Graph {
    /// The namespaces that the schemas name.
    #[must_use]
    pub fn spaces(&self) -> BTreeSet<&str> {
        let spaces = self.notes.iter().filter_map(|note| {
            let key = key_of(note.arguments.as_ref()).map(|key| key.space.as_str());
            key.or_else(|| Some(note.get::<MentionsArguments>()?.space.as_str()))
        });
        spaces.collect()
    }

    /// The definitions and citations of keys in this space.
    fn keys(&self, space: &str) -> impl Iterator<Item = &KeyArguments> {
        let keys = self.notes.iter().filter_map(|note| key_of(note.arguments.as_ref()));
        keys.filter(move |key| key.space == space)
    }

    /// The forms of the values that keys of this space are made of, for keys of so many values; `None` where
    /// the schemas have none such.
    #[must_use]
    pub fn key_forms(&self, space: &str, values: usize) -> Option<Vec<Form>> {
        let mut keys = self.keys(space).filter(|key| key.key.len() == values).peekable();
        keys.peek()?;
        let mut forms = vec![Form::Text; values];
        for key in keys {
            for (form, part) in forms.iter_mut().zip(&key.key) {
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
        self.keys(space).map(|key| key.key.len()).collect()
    }

    /// Keeps what prose cites in these namespaces, so that it can be held against complete registers.
    pub(super) fn keep_mentions(&mut self, complete: &[Complete]) {
        for note in &mut self.notes {
            if let Some(mentions) = note.arguments.get_mut::<MentionsArguments>() {
                mentions.is_kept = complete.iter().any(|one| one.space == mentions.space);
            }
        }
    }

    /// Lets the keywords of the schemas mean what a project says of its namespaces.
    pub(super) fn set_spaces(&mut self, spaces: &[Space]) {
        for note in &mut self.notes {
            let cites = note.get::<CitesArguments>().is_some();
            let Some(key) = key_of_mut(note.arguments.as_mut()) else { continue };
            let Some(space) = spaces.iter().find(|space| space.name == key.space) else {
                continue;
            };
            if let (Some(complete), true) = (space.complete, cites) {
                key.options = key.options.set(KeyOptions::EXTERNAL, !complete);
            } else if space.complete == Some(true) {
                key.options = key.options.with(KeyOptions::CLOSED, true);
            }
            if let Some(form) = space.form {
                let open = key.key.iter_mut().filter(|part| part.form == Form::Text);
                open.for_each(|part| part.form = form);
            }
        }
    }
}

/// The key that these arguments define or cite.
fn key_of(arguments: &dyn Arguments) -> Option<&KeyArguments> {
    let defined = arguments.get::<DefinesArguments>().map(|defines| &defines.0);
    defined.or_else(|| arguments.get::<CitesArguments>().map(|cites| &cites.0))
}

fn key_of_mut(arguments: &mut dyn Arguments) -> Option<&mut KeyArguments> {
    if arguments.get::<DefinesArguments>().is_some() {
        return arguments.get_mut::<DefinesArguments>().map(|defines| &mut defines.0);
    }
    arguments.get_mut::<CitesArguments>().map(|cites| &mut cites.0)
}
