//! The resolutions and decisions that a record names, in its fields and in prose.

use super::{DateText, Form, Meaning, Record, key};
use crate::{
    finding::Place,
    symbol::{Citation, Reference},
};

/// A resolution or decision that a record names.
#[derive(Debug)]
pub struct NamedAct<'r, 't> {
    /// What it names.
    pub act: &'r Citation,
    /// As written.
    pub text: &'t str,
    /// Where.
    pub place: Place,
    /// The date given for it.
    pub date: Option<DateText<'t>>,
}

/// An act that the facts of a record name.
#[derive(Debug)]
pub(super) struct ActOfFact {
    act: Citation,
    /// The number of the fact that names it.
    fact: usize,
    /// The number of the fact that knows its date, the same where none does: of several keywords at one place only one may.
    dated: usize,
}

impl<'t> Record<'t> {
    /// The resolutions and decisions that the record names, each place once, whatever keywords it has.
    pub fn acts(&self) -> impl Iterator<Item = NamedAct<'_, 't>> {
        let all = self.acts.get_or_init(|| acts(self));
        all.iter().filter_map(|ActOfFact { act, fact, dated }| {
            let (text, place, _) = written(&self.facts.get(*fact)?.meaning)?;
            let (_, _, date) = written(&self.facts.get(*dated)?.meaning)?;
            Some(NamedAct { act, text, place, date })
        })
    }
}

/// The acts in the order of the facts that name them first.
fn acts(record: &Record<'_>) -> Vec<ActOfFact> {
    let facts = record.facts.iter().enumerate();
    let named = |(fact, one): (usize, _)| {
        let act = act_of(one)?;
        Some(ActOfFact { act, fact, dated: fact })
    };
    let mut all: Vec<_> = facts.map(|(at, fact)| (at, &fact.meaning)).filter_map(named).collect();
    let of = |fact: usize| written(&record.facts.get(fact)?.meaning);
    let span = |one: &ActOfFact| of(one.fact).map(|(_, place, _)| place.span);
    let has_date = |fact: usize| of(fact).is_some_and(|(_, _, date)| date.is_some());
    all.sort_by_key(span);
    all.dedup_by(|later, first| {
        let is_same = span(later) == span(first);
        if is_same && !has_date(first.dated) && has_date(later.fact) {
            first.dated = later.fact;
        }
        is_same
    });
    all.sort_by_key(|one| one.fact);
    all
}

/// The act that a fact names.
fn act_of(meaning: &Meaning<'_>) -> Option<Citation> {
    match meaning {
        Meaning::Defines(key) | Meaning::Cites(key) if key.parts.len() == 1 => key.act(),
        Meaning::Value(Form::UnSymbol, text) => match key::reference(text.value)? {
            Reference::Symbol(symbol) => Citation::of_symbol(&symbol),
            Reference::Citation(citation) => Some(citation),
        },
        Meaning::Mention(mention) => mention.act(),
        _ => None,
    }
}

/// The words with which a fact names an act, their place, and the date that it gives for it.
fn written<'t>(meaning: &Meaning<'t>) -> Option<(&'t str, Place, Option<DateText<'t>>)> {
    match meaning {
        Meaning::Defines(key) | Meaning::Cites(key) => {
            key.parts.first().map(|only| (only.value, only.place, key.date))
        }
        Meaning::Value(_, text) => Some((text.value, text.place, None)),
        Meaning::Mention(mention) => Some((mention.text, mention.place, mention.date)),
        _ => None,
    }
}
