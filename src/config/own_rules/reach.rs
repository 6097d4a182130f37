//! Whether the pointers of a rule lead somewhere: one to a property that no schema has would find nothing, silently.

use std::ops::Range;

use super::OwnRule;
use crate::{
    config::{Config, Problem, did_you_mean, list},
    schema::{Catalog, Lead, SchemaId},
    suggest,
    vocabulary::{Path, Step},
};

/// A pointer of a rule, where it begins and where it is written.
#[derive(Clone, Debug)]
pub struct Pointed {
    /// The pointer.
    pub path: Path,
    /// Where it begins.
    pub from: From,
    /// The place in the configuration, in bytes.
    pub span: Range<usize>,
    /// What must be there.
    pub wanted: Wanted,
}

impl Pointed {
    /// A pointer to anything.
    pub fn new(path: Path, from: From, span: Range<usize>) -> Self {
        Self { path, from, span, wanted: Wanted::Any }
    }
}

/// What must be where a pointer leads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Wanted {
    /// Anything.
    #[default]
    Any,
    /// A list.
    List,
    /// A value that can be one of these texts, each with its place in the configuration.
    Texts(Vec<(String, Range<usize>)>),
}

/// Where a pointer begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum From {
    /// At the root of a record that the rule is about.
    Record,
    /// At a value that the rule is about.
    Each,
    /// At the root of a record of these schemas.
    Other(Vec<String>),
}

impl Config {
    /// What is wrong with the schemas and the pointers of the rules of the project.
    pub(in crate::config) fn own_problems(&self, catalog: &Catalog) -> Vec<Problem> {
        let mut problems: Vec<Problem> = Vec::new();
        for own in &self.own_rules {
            let before = problems.len();
            let unknown = own.schemas.iter().filter(|(name, _)| catalog.find(name).is_none());
            problems.extend(unknown.map(|(name, span)| unknown_schema(name, span, catalog)));
            if problems.len() == before {
                let lost = own.pointers.iter().filter_map(|one| lost(own, one, catalog));
                problems.extend(lost);
            }
            if problems.len() == before {
                problems.extend(own.pointers.iter().flat_map(|one| unfit(own, one, catalog)));
            }
        }
        problems
    }
}

/// What is said of a name that no schema has.
pub(in crate::config) fn unknown_schema(
    name: &str,
    span: &Range<usize>,
    catalog: &Catalog,
) -> Problem {
    let near = suggest::nearest(name, catalog.kinds().map(|(kind, _)| kind));
    let kinds = || "name a kind that `rapporteur schema` lists, or a schema file".to_owned();
    Problem {
        message: format!("`{name}` is neither a kind nor a schema file of this project"),
        span: span.clone(),
        help: Some(near.map_or_else(kinds, did_you_mean)),
    }
}

/// What is said of a pointer that leads nowhere in any of its schemas.
fn lost(own: &OwnRule, one: &Pointed, catalog: &Catalog) -> Option<Problem> {
    let first = own.uses.first()?;
    let (names, each) = match &one.from {
        From::Record => (&first.schemas, None),
        From::Each => (&first.schemas, Some(&own.each)),
        From::Other(names) => (names, None),
    };
    let ids = names.iter().filter_map(|name| catalog.find(name));
    let leads: Vec<Lead> = ids.filter_map(|id| lead(catalog, id, each, &one.path)).collect();
    let mut known: Vec<String> = Vec::new();
    let mut lost = None;
    for lead in leads {
        let Lead::Lost { name, known: names } = lead else { return None };
        lost = Some(name);
        known.extend(names);
    }
    let name = lost?;
    known.sort_unstable();
    known.dedup();
    let near = suggest::nearest(&name, known.iter().map(String::as_str));
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let message = if name == "*" {
        format!(
            "the pointer `{}` has a `*` where {} has neither a list nor an object",
            one.path,
            list(&names)
        )
    } else {
        format!(
            "the pointer `{}` leads nowhere: {} has no property `{name}` there",
            one.path,
            list(&names)
        )
    };
    let known: Vec<&str> = known.iter().map(String::as_str).take(12).collect();
    let all = || (!known.is_empty()).then(|| format!("the properties there are {}", list(&known)));
    Some(Problem { message, span: one.span.clone(), help: near.map(did_you_mean).or_else(all) })
}

/// What is said of a pointer to values that are never what is wanted of them, in none of the schemas.
fn unfit(own: &OwnRule, one: &Pointed, catalog: &Catalog) -> Vec<Problem> {
    let Some(first) = own.uses.first().filter(|_| one.wanted != Wanted::Any) else {
        return Vec::new();
    };
    let each = if one.from == From::Each { own.each.steps() } else { &[] };
    let steps: Vec<Step> = each.iter().chain(one.path.steps()).cloned().collect();
    let ids = first.schemas.iter().filter_map(|name| catalog.find(name));
    let states = ids.filter_map(|id| catalog.state(id)).collect();
    let described = catalog.graph().described(states, &steps);
    let names: Vec<&str> = first.schemas.iter().map(String::as_str).collect();
    match &one.wanted {
        Wanted::List if !described.is_empty() && described.iter().all(|one| one.is_no_list) => {
            vec![Problem {
                message: format!("`{}` of {} is never a list", one.path, list(&names)),
                span: one.span.clone(),
                help: Some("point at the list whose items are counted".to_owned()),
            }]
        }
        Wanted::Texts(texts) => {
            let listed: Option<Vec<&[String]>> =
                described.iter().map(|one| one.texts.as_deref()).collect();
            let Some(known) = listed.filter(|listed| !listed.is_empty()) else { return Vec::new() };
            let known: Vec<&str> = known.into_iter().flatten().map(String::as_str).collect();
            let is_unknown = |(text, _): &&(String, Range<usize>)| {
                known.iter().all(|one| one.to_lowercase() != text.trim().to_lowercase())
            };
            let problem = |(text, span): &(String, Range<usize>)| Problem {
                message: format!("`{}` of {} is never `{text}`", one.path, list(&names)),
                span: span.clone(),
                help: Some(
                    suggest::nearest(text, known.iter().copied())
                        .map_or_else(|| format!("its values are {}", list(&known)), did_you_mean),
                ),
            };
            texts.iter().filter(is_unknown).map(problem).collect()
        }
        _ => Vec::new(),
    }
}

/// Where a path leads in a schema; `None` where the schema cannot be used, or the values where it begins cannot be found.
fn lead(catalog: &Catalog, id: SchemaId, each: Option<&Path>, path: &Path) -> Option<Lead> {
    let (graph, state) = (catalog.graph(), catalog.state(id)?);
    let from = match each {
        None => vec![state],
        Some(each) => match graph.follow(vec![state], each.steps()) {
            Lead::To(states) => states,
            Lead::Open => return Some(Lead::Open),
            // Reported where `each` is written.
            Lead::Lost { .. } => return None,
        },
    };
    Some(graph.follow(from, path.steps()))
}
