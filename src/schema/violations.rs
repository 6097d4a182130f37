//! Violations: what breaks a record's schema, said so that the writer of the record can act on it.
//!
//! The validator reports every keyword that fails. Here alternatives are narrowed to the one that is
//! meant, a missing and an unknown key that resemble each other become one mistake, and errors that
//! only follow from others are held back.

mod contained;
mod explain;
mod failures;
mod likeness;
mod values;
mod words;

use std::{
    cell::OnceCell,
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use jsonschema::error::ValidationErrorKind as Cause;

use self::failures::{Failure, Found};
use self::words::{exact, found_by, is_plural, owner, subject, wanted};
use super::{
    Catalog, Limit, SchemaId,
    budget::{Budget, Purpose, Spent},
    graph::StateId,
};
use crate::{
    finding::Applicability,
    message::{did_you_mean, listed, shown},
    source::Span,
    suggest,
    tree::{Lookup, NodeId, NodeRef, Tree},
    vocabulary::FormArguments,
};

/// One way in which a record breaks its schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The value that is wrong; for a missing key, the object that lacks it.
    pub node: NodeId,
    /// What the writer must change: the value, the key, or the opening of the object.
    pub span: Span,
    /// What was found and what was wanted.
    pub message: String,
    /// What to do next.
    pub help: Option<String>,
    /// What was probably meant in the place of the value or the key; safe where the record lacks it.
    pub near: Option<(String, Applicability)>,
    /// Whether everything below the node is put in doubt, not only the node itself.
    pub whole: bool,
    /// What identifies the violation at its place: the keyword and its operand.
    pub values: Vec<String>,
}

impl Violation {
    /// Whether the schema wants the record, an entry of a list, to be a list itself: it describes the whole file.
    #[must_use]
    pub fn is_of_entry(&self, record: NodeRef<'_>) -> bool {
        let wants_list = matches!(self.values.as_slice(), [keyword, wanted, ..] if keyword == "type" && wanted == "array");
        wants_list
            && self.node == record.id()
            && !record.is_array()
            && record.parent().is_some_and(NodeRef::is_array)
    }
}

/// What came of holding a record against its schema.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// The ways in which the record breaks it.
    pub violations: Vec<Violation>,
    /// What kept the record from being checked whole.
    pub limits: Vec<Limit>,
}

/// Holds a record against its schema.
#[must_use]
pub fn violations(catalog: &Catalog, id: SchemaId, record: NodeRef<'_>) -> Verdict {
    let Some(validator) = catalog.validator(id) else { return Verdict::default() };
    let is_valid = |budget: &Budget| validator.is_valid(budget.node(record));
    let valid = Budget::run(record, Purpose::Validity, is_valid);
    if valid == Ok(true) {
        return Verdict::default();
    }
    let (state, lookup) = (catalog.state(id), Lookup::default());
    let reader = Reader { catalog, schema: id, state, record, lookup, document: OnceCell::new() };
    verdict(&reader, valid, true)
}

/// The verdict on a record that is not known to be valid. Without `collect` the errors are not asked of the
/// validator.
fn verdict(reader: &Reader<'_>, valid: Result<bool, Spent>, collect: bool) -> Verdict {
    let Reader { catalog, schema, record, .. } = *reader;
    let validator = catalog.validator(schema).filter(|_| collect).ok_or(Spent);
    let collected = valid.and(validator).and_then(|validator| {
        Budget::run(record, Purpose::Errors, |budget| {
            if catalog.backtracks() {
                budget.keep_value_of(record);
            }
            let mut found = Found::default();
            for error in validator.iter_errors(budget.node(record)) {
                found.add(reader, "", error);
            }
            found
        })
    });
    let found = collected.unwrap_or_else(|Spent| explain::explain(reader, valid));
    let mut violations = reader.say(found.failures);
    violations
        .sort_by(|a, b| (a.span, &a.values, &a.message).cmp(&(b.span, &b.values, &b.message)));
    violations.dedup();
    let mut limits = found.limits;
    if valid == Ok(false) && violations.is_empty() && limits.is_empty() {
        // What is not valid is never passed in silence, whatever became of its errors.
        limits.push(Limit::unfolding(schema));
    }
    limits.sort();
    limits.dedup();
    Verdict { violations, limits }
}

/// The verdict without the errors that the validator collects: from the schemas in pieces alone.
#[cfg(test)]
pub(super) fn explained(catalog: &Catalog, id: SchemaId, record: NodeRef<'_>) -> Verdict {
    let (state, lookup) = (catalog.state(id), Lookup::default());
    let reader = Reader { catalog, schema: id, state, record, lookup, document: OnceCell::new() };
    let valid = catalog.validator(id).ok_or(Spent).and_then(|validator| {
        Budget::run(record, Purpose::Validity, |budget| validator.is_valid(budget.node(record)))
    });
    if valid == Ok(true) { Verdict::default() } else { verdict(&reader, valid, false) }
}

struct Reader<'t> {
    catalog: &'t Catalog,
    schema: SchemaId,
    state: Option<StateId>,
    record: NodeRef<'t>,
    lookup: Lookup<'t>,
    /// The schema document, read where a message needs more of it than the validator says.
    document: OnceCell<Tree>,
}

impl<'t> Reader<'t> {
    fn say(&self, failures: Vec<Failure<'t>>) -> Vec<Violation> {
        let failures = without_followers(without_empty_twice(with_names_once(failures)));
        let pairs = self.misspelt_keys(&failures);
        let mut violations: Vec<Violation> = pairs.all.iter().map(misspelt).collect();
        for failure in &failures {
            self.say_one(failure, &pairs, &mut violations);
        }
        violations
    }

    fn say_one(&self, failure: &Failure<'t>, pairs: &Pairs<'t>, out: &mut Vec<Violation>) {
        let object = failure.node.resolved().id();
        if let Some(keys) = unexpected_keys(&failure.cause) {
            self.unknown_keys(
                failure,
                keys.iter().filter(|key| !pairs.has_written(object, key)),
                out,
            );
            return;
        }
        if let Cause::PropertyNames { error } = &*failure.cause {
            Self::wrong_names(failure, error.kind(), out);
            return;
        }
        if let Some(missing) = missing_key(&failure.cause) {
            if !pairs.wants(object, missing) {
                out.push(self.missing_key(failure, missing));
            }
            return;
        }
        let (mut wanted, near) = wanted(failure);
        let help = near.as_deref().map(did_you_mean);
        let mut exact = exact(&failure.cause);
        if let Cause::Pattern { .. } = &*failure.cause
            && let Some(form) = self.form_at(&failure.pointer)
        {
            wanted = format!("{form} expected");
            exact = None;
        }
        let subject = subject(failure);
        let message = match &*failure.cause {
            Cause::Type { .. } => format!("{subject} is {}; {wanted}", failure.node.kind().word()),
            Cause::Custom { message, .. } => {
                let owner = owner(failure);
                let lack = message.strip_prefix("lacks ").filter(|_| is_plural(&owner));
                lack.map_or_else(
                    || format!("{owner} {message}"),
                    |lacking| format!("{owner} lack {lacking}"),
                )
            }
            cause => format!("{subject}{}; {wanted}", found_by(cause, failure.node)),
        };
        out.push(Violation {
            node: failure.node.id(),
            span: value_span(failure.node),
            message,
            help: help.or_else(|| self.description(&failure.pointer)).or(exact),
            near: near.map(|near| (near, Applicability::Unsafe)),
            whole: !failures::is_lack(&failure.cause),
            values: values::of(failure),
        });
    }

    /// The properties whose names are not allowed: those that do not answer the keyword that failed, where that is known of
    /// a name by itself.
    fn wrong_names(failure: &Failure<'t>, cause: &Cause, out: &mut Vec<Violation>) {
        let from = out.len();
        for (key, _) in failure.node.members() {
            let Some(name) = key.as_str().filter(|name| !words::is_name(cause, name)) else {
                continue;
            };
            out.push(Violation {
                node: key.id(),
                span: key.inner_span(),
                message: format!(
                    "`{}` is not an allowed property name in {}",
                    shown(name),
                    owner(failure)
                ),
                help: words::wanted_of(cause, Some(name)),
                near: None,
                whole: true,
                values: vec!["propertyNames".to_owned(), name.to_owned()],
            });
        }
        if out.len() == from {
            out.push(Violation {
                node: failure.node.id(),
                span: opening(failure.node),
                message: format!(
                    "{} has a property name that the schema does not allow",
                    owner(failure)
                ),
                help: words::wanted_of(cause, None),
                near: None,
                whole: true,
                values: values::of(failure),
            });
        }
    }

    /// Reports the keys of one object that its schema does not know; there may be very many.
    fn unknown_keys<'k>(
        &self,
        failure: &Failure<'t>,
        keys: impl Iterator<Item = &'k String>,
        out: &mut Vec<Violation>,
    ) {
        let (object, owner) = (failure.node, owner(failure));
        let has = if is_plural(&owner) { "have" } else { "has" };
        let names = self.known_names(&failure.pointer);
        let is_absent = |name: &&str| self.lookup.member(object, name).is_none();
        let absent: Vec<&str> = names.iter().map(String::as_str).filter(is_absent).collect();
        let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        let all = (!names.is_empty()).then(|| format!("it may have {}", listed(&quoted, "and")));
        for key in keys {
            let near = suggest::nearest(key, absent.iter().copied());
            let member = self.lookup.member(object, key);
            let node = member.map_or(object, |(key, _)| key);
            let comma = member.and_then(|(key, value)| after_comma(object, key, value));
            out.push(Violation {
                node: node.id(),
                span: node.inner_span(),
                message: format!("{owner} {has} no property `{}`", shown(key)),
                help: comma.or_else(|| near.map(did_you_mean)).or_else(|| all.clone()),
                near: near.map(|near| (near.to_owned(), Applicability::Unsafe)),
                whole: true,
                values: vec!["additionalProperties".to_owned(), key.clone()],
            });
        }
    }

    /// The unknown keys that were meant as a missing one of the same object.
    fn misspelt_keys(&self, failures: &[Failure<'t>]) -> Pairs<'t> {
        let mut missing: BTreeMap<NodeId, Vec<&str>> = BTreeMap::new();
        for failure in failures {
            if let Some(key) = missing_key(&failure.cause) {
                missing.entry(failure.node.resolved().id()).or_default().push(key);
            }
        }
        let mut pairs = Pairs::default();
        for failure in failures {
            let object = failure.node.resolved().id();
            let (Some(unexpected), Some(missing)) =
                (unexpected_keys(&failure.cause), missing.get(&object))
            else {
                continue;
            };
            for written in unexpected {
                let wanted = suggest::nearest(written, missing.iter().copied());
                let member = self.lookup.member(failure.node, written);
                if let Some((wanted, (key, _))) = wanted.zip(member) {
                    pairs.add(object, key, written, wanted);
                }
            }
        }
        pairs
    }

    fn missing_key(&self, failure: &Failure<'t>, key: &str) -> Violation {
        let description = self.property_description(&failure.pointer, key);
        let owner = owner(failure);
        let lacks = if is_plural(&owner) { "lack" } else { "lacks" };
        Violation {
            node: failure.node.id(),
            span: opening(failure.node),
            message: format!("{owner} {lacks} `{}`", shown(key)),
            help: description.map(|text| format!("`{key}`: {text}")),
            near: None,
            whole: false,
            values: vec!["required".to_owned(), key.to_owned()],
        }
    }

    fn known_names(&self, pointer: &str) -> Vec<String> {
        let states = self.states_at(pointer);
        let mut names: Vec<String> = states
            .iter()
            .flat_map(|state| self.catalog.graph().properties(*state).keys().cloned())
            .collect();
        // It is known to every schema, and no part of what a record says.
        names.retain(|name| name != "$schema");
        names.sort();
        names.dedup();
        names
    }

    fn property_description(&self, pointer: &str, key: &str) -> Option<String> {
        let states = self.states_at(pointer);
        let graph = self.catalog.graph();
        states.iter().find_map(|s| graph.properties(*s).get(key)?.description.clone())
    }

    /// The description of the property that `pointer` leads to.
    fn description(&self, pointer: &str) -> Option<String> {
        let (parent, token) = pointer.rsplit_once('/')?;
        let key = crate::tree::unescape(token);
        self.property_description(parent, &key).map(|text| format!("`{key}`: {text}"))
    }

    /// What the value that `pointer` leads to has to be, where a keyword names its form: that says more than a pattern.
    fn form_at(&self, pointer: &str) -> Option<&'static str> {
        let graph = self.catalog.graph();
        let states = self.states_at(pointer);
        let mut notes = states.iter().flat_map(|state| graph.notes_of(*state));
        notes.find_map(|note| graph.note(*note).get::<FormArguments>()?.form.described())
    }

    fn states_at(&self, pointer: &str) -> Vec<StateId> {
        let Some(pointer) = crate::vocabulary::Pointer::read(pointer) else {
            return Vec::new();
        };
        self.state.map_or_else(Vec::new, |state| self.catalog.graph().lookup(state, &pointer))
    }
}

/// What to write where a comma has cut a text in braces, as in `{name: Smith, John}`: a key without a colon after a text.
fn after_comma(object: NodeRef<'_>, key: NodeRef<'_>, value: NodeRef<'_>) -> Option<String> {
    let span = key.span();
    let rest = object.tree().source().text.get(span.end as usize..)?;
    let is_cut = value.is_null() && rest.trim_start().starts_with([',', '}']);
    let before = object.members().take_while(|(other, _)| other.id() != key.id()).last();
    let (name, text) = before.filter(|_| is_cut)?;
    let (name, text) = (name.as_str()?, text.as_str()?);
    let whole = format!("{name}: \"{text}, {}\"", key.as_str()?);
    Some(format!(
        "a comma separates properties: put quotation marks around the text, `{}`",
        shown(&whole)
    ))
}

/// The unknown keys that were meant as a missing one.
#[derive(Default)]
struct Pairs<'t> {
    all: Vec<Misspelt<'t>>,
    /// By object and written key, and by object and missing one.
    written: BTreeSet<(NodeId, String)>,
    wanted: BTreeSet<(NodeId, String)>,
}

struct Misspelt<'t> {
    key: NodeRef<'t>,
    written: String,
    wanted: String,
}

impl<'t> Pairs<'t> {
    /// Of two keys, only the first can be meant as a missing one.
    fn add(&mut self, object: NodeId, key: NodeRef<'t>, written: &str, wanted: &str) {
        if self.wanted.insert((object, wanted.to_owned())) {
            self.written.insert((object, written.to_owned()));
            self.all.push(Misspelt { key, written: written.to_owned(), wanted: wanted.to_owned() });
        }
    }

    fn has_written(&self, object: NodeId, key: &str) -> bool {
        !self.all.is_empty() && self.written.contains(&(object, key.to_owned()))
    }

    fn wants(&self, object: NodeId, key: &str) -> bool {
        !self.all.is_empty() && self.wanted.contains(&(object, key.to_owned()))
    }
}

fn misspelt(pair: &Misspelt<'_>) -> Violation {
    Violation {
        node: pair.key.id(),
        span: pair.key.inner_span(),
        message: format!("`{}` is unknown and `{}` is missing", shown(&pair.written), pair.wanted),
        help: Some(did_you_mean(&pair.wanted)),
        near: Some((pair.wanted.clone(), Applicability::Safe)),
        whole: false,
        values: vec!["required".to_owned(), pair.wanted.clone(), pair.written.clone()],
    }
}

/// Leaves out the failures that only follow from others: nothing is "unevaluated" once a sibling or a value
/// below it has failed, since the failure is what left it unevaluated.
fn without_followers(failures: Vec<Failure<'_>>) -> Vec<Failure<'_>> {
    let is_unevaluated = |failure: &Failure<'_>| {
        matches!(
            *failure.cause,
            Cause::UnevaluatedProperties { .. } | Cause::UnevaluatedItems { .. }
        )
    };
    if !failures.iter().any(is_unevaluated) {
        return failures;
    }
    let sorted = |wanted: &dyn Fn(&Failure<'_>) -> bool| {
        let wanted = failures.iter().filter(|one| wanted(one));
        let mut pointers: Vec<Rc<str>> = wanted.map(|one| Rc::clone(&one.pointer)).collect();
        pointers.sort_unstable();
        pointers
    };
    let all = sorted(&|_| true);
    // Of several keywords that count what is unevaluated, none follows from another one.
    let causes = sorted(&|one| !is_unevaluated(one));
    let follows = |failure: &Failure<'_>| {
        let below = format!("{}/", failure.pointer);
        let next = all.get(all.partition_point(|other| **other < *below));
        causes.binary_search(&failure.pointer).is_ok()
            || next.is_some_and(|next| next.starts_with(&below))
    };
    failures.iter().filter(|one| !(is_unevaluated(one) && follows(one))).cloned().collect()
}

/// The failures without those of patterns on texts that are too short: an empty text is one mistake.
fn without_empty_twice(mut failures: Vec<Failure<'_>>) -> Vec<Failure<'_>> {
    let is_short = |failure: &&Failure<'_>| matches!(*failure.cause, Cause::MinLength { .. });
    let short: BTreeSet<NodeId> =
        failures.iter().filter(is_short).map(|failure| failure.node.id()).collect();
    if !short.is_empty() {
        failures.retain(|failure| {
            let is_empty = failure.node.as_str() == Some("") && short.contains(&failure.node.id());
            !(is_empty && matches!(*failure.cause, Cause::Pattern { .. }))
        });
    }
    failures
}

/// The failures with those of the names of one object once for each keyword: the validator reports each name by itself, and
/// not which one it is.
fn with_names_once(mut failures: Vec<Failure<'_>>) -> Vec<Failure<'_>> {
    let mut seen = BTreeSet::new();
    failures.retain(|failure| match &*failure.cause {
        Cause::PropertyNames { error } => {
            let (keyword, operand) =
                (error.kind().keyword().to_owned(), values::operand(error.kind()));
            seen.insert((failure.node.id(), keyword, operand))
        }
        _ => true,
    });
    failures
}

fn unexpected_keys(cause: &Cause) -> Option<&Vec<String>> {
    match cause {
        Cause::AdditionalProperties { unexpected }
        | Cause::UnevaluatedProperties { unexpected } => Some(unexpected),
        _ => None,
    }
}

fn missing_key(cause: &Cause) -> Option<&str> {
    match cause {
        Cause::Required { property } => property.as_str(),
        _ => None,
    }
}

/// The value, or the opening of an object or array: the whole of it would hide the place.
fn value_span(node: NodeRef<'_>) -> Span {
    if node.is_object() || node.is_array() { opening(node) } else { node.span() }
}

/// Where an object begins: its key if it has one, else its first byte.
fn opening(node: NodeRef<'_>) -> Span {
    if let Some(key) = node.key() {
        return key.inner_span();
    }
    let start = node.span().start;
    let first =
        node.tree().source().text.get(start as usize..).and_then(|rest| rest.chars().next());
    Span::new(start, start + first.map_or(0, |c| c.len_utf8() as u32))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Violation, violations};
    use crate::{
        schema::Catalog,
        source::{Source, Syntax},
        tree::Tree,
    };

    fn of(text: &str) -> (Vec<Violation>, Tree) {
        let catalog = Catalog::bundled();
        let tree = Tree::parse(Arc::new(Source::new("r.json", Syntax::Json, text)));
        let id = catalog.find("register").unwrap();
        let found = violations(&catalog, id, tree.records()[0]);
        (found.violations, tree)
    }

    #[test]
    fn each_of_very_many_unknown_keys_is_reported_at_its_place() {
        let many: String = (0..300).map(|n| format!(", \"key-{n}\": {n}, \"k\": 0")).collect();
        let (found, tree) = of(&format!(
            "{{\"id\": \"k\", \"kind\": \"register\", \"titel\": \"T\", \"entires\": [], \
             \"language\": \"en\", \"stauts\": \"final\"{many}}}"
        ));
        let at = |violation: &Violation| tree.source().slice(violation.span).to_owned();
        let reported: Vec<String> =
            found.iter().map(|one| format!("{}: {}", at(one), one.message)).collect();
        assert_eq!(reported[0], "titel: `titel` is unknown and `title` is missing");
        assert_eq!(reported[1], "entires: `entires` is unknown and `entries` is missing");
        assert_eq!(reported[2], "stauts: the register has no property `stauts`");
        assert_eq!(found[2].help.as_deref(), Some("did you mean `status`?"));
        assert_eq!(reported[3], "key-0: the register has no property `key-0`");
        // A key that appears several times is reported where it counts.
        assert_eq!(reported[302], "key-299: the register has no property `key-299`");
        assert_eq!(reported[303], "k: the register has no property `k`");
        assert!(found[303].help.as_ref().is_some_and(|help| help.starts_with("it may have `")));
        assert_eq!(found.len(), 304);
    }

    #[test]
    fn a_text_that_a_comma_cuts_is_shown_with_quotation_marks() {
        let help = |author: &str| {
            let catalog = Catalog::bundled();
            let record = format!(
                "{{kind: letter, id: l, title: T, language: en, status: draft, author: {author}}}\n"
            );
            let tree = Tree::parse(Arc::new(Source::new("l.yaml", Syntax::Yaml, &record)));
            let found = violations(&catalog, catalog.find("letter").unwrap(), tree.records()[0]);
            let help = found.violations.into_iter().map(|one| one.help.unwrap_or_default());
            help.collect::<Vec<_>>()
        };
        let quoted = "a comma separates properties: put quotation marks around the text, `name: \"Smith, John\"`";
        assert_eq!(help("{name: Smith, John}"), [quoted]);
        assert_eq!(help("{name: Smith, John, role: Mayor}"), [quoted]);
        assert!(help("{name: Smith, John: }")[0].starts_with("it may have"));
        assert_eq!(help("{name: \"Smith, John\"}"), [""; 0]);
    }

    #[test]
    fn what_is_wrong_in_very_many_elements_is_reported_with_its_number() {
        let wrong = "{\"symbl\": \"A/RES/63/225\"}, {\"symbol\": 9}, ".repeat(150);
        let (found, tree) = of(&format!(
            "{{\"id\": \"k\", \"kind\": \"register\", \"title\": \"T\", \"language\": \"en\", \
             \"entries\": [{wrong}{{\"symbol\": \"A/RES/63/225\"}}]}}"
        ));
        assert_eq!(found.len(), 300);
        let root = tree.records()[0].id();
        for (number, violation) in found.iter().enumerate() {
            let last = ["symbl", "symbol"][number % 2];
            let pointer = tree.node(violation.node).pointer_from(root);
            assert_eq!(pointer, format!("/entries/{number}/{last}"));
        }
    }
}
