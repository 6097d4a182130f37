//! The member of a record that suppresses findings: `"x-allow": [{"rule": "speaker-tbc", "reason": "..."}]`.

use memchr::memmem;

use super::{Allowance, Reader, Scope};
use crate::{
    calendar,
    message::{did_you_mean, listed, quoted},
    source::Span,
    suggest,
    tree::{NodeRef, Tree},
};

/// The key. Every JSON Schema is read as if it allowed it in every object.
pub const KEY: &str = "x-allow";

const FORM: &str = "write `{\"rule\": \"RULE\", \"reason\": \"...\"}`, and `pointer` and `until` where you need them";

/// The properties of a suppression.
const MEMBERS: [&str; 4] = ["rule", "pointer", "reason", "until"];

/// Reads every member of that name.
pub(super) fn read(reader: &mut Reader<'_>) {
    let tree = reader.tree;
    let mut last = None;
    for at in memmem::find_iter(tree.source().text.as_bytes(), KEY.as_bytes()) {
        let Some(key) = key_at(tree, at as u32) else { continue };
        if last.replace(key.id()) == Some(key.id()) {
            continue;
        }
        let value = tree.node_at_index(key.id().index() + key.subtree_len());
        if let (Some(owner), Some(value)) = (key.parent(), value) {
            let entries: Vec<NodeRef<'_>> =
                if value.is_array() { value.elements().collect() } else { vec![value] };
            for entry in entries {
                read_one(reader, owner, entry);
            }
        }
    }
}

/// The key at an offset, if it is one that allows.
fn key_at(tree: &Tree, offset: u32) -> Option<NodeRef<'_>> {
    let node = tree.node_at_offset(offset)?;
    (node.is_key() && node.as_str() == Some(KEY)).then_some(node)
}

fn read_one<'t>(reader: &mut Reader<'t>, owner: NodeRef<'t>, entry: NodeRef<'t>) {
    if !entry.is_object() {
        return reader.unusable(entry.inner_span(), "a suppression must be an object", FORM);
    }
    for (key, _) in entry.members() {
        let name = key.as_str().unwrap_or_default();
        if !MEMBERS.contains(&name) {
            let message = format!("{} is not a property of a suppression", quoted(name));
            let help = suggest::nearest(name, MEMBERS).map_or(FORM.to_owned(), did_you_mean);
            return reader.unusable(key.inner_span(), message, help);
        }
    }
    let Some(rule) = entry.get("rule") else {
        return reader.unusable(opening(entry), "the suppression names no rule", FORM);
    };
    let named: Vec<NodeRef<'_>> =
        if rule.is_array() { rule.elements().collect() } else { vec![rule] };
    let mut rules = Vec::new();
    for node in &named {
        let Some(id) = node.as_str() else {
            return reader.unusable(node.inner_span(), "`rule` must be the id of a rule", FORM);
        };
        rules.push((id.to_owned(), reader.place(node.inner_span())));
    }
    if rules.is_empty() {
        return reader.unusable(rule.inner_span(), "the suppression names no rule", FORM);
    }
    let reason = entry.get("reason").and_then(NodeRef::as_str).unwrap_or_default().trim();
    if reason.is_empty() {
        let help = "say in `reason` why you accept the finding";
        let named: Vec<String> = rules.iter().map(|(id, _)| quoted(id)).collect();
        let message = format!("the suppression of {} gives no reason", listed(&named, "and"));
        return reader.unusable(opening(entry), message, help);
    }
    let Some(scope) = scope(reader, owner, entry) else { return };
    let until = match entry.get("until") {
        None => None,
        Some(node) => {
            let date = node.as_str().and_then(|text| calendar::iso_date(text).ok());
            let Some(date) = date else {
                let help = "write a date such as 2011-05-19";
                let message = match node.scalar_text() {
                    Some(text) => format!("`until` is {}, which is not a date", quoted(text)),
                    None => "`until` is not a date".to_owned(),
                };
                return reader.unusable(node.inner_span(), message, help);
            };
            Some((date, reader.place(node.inner_span())))
        }
    };
    reader.found.usable.push(Allowance {
        rules,
        scope: Some(scope),
        reason: reason.to_owned(),
        until,
    });
}

/// The value that the suppression is about: the object that contains it, or the value that its pointer leads to from there.
fn scope<'t>(reader: &mut Reader<'t>, owner: NodeRef<'t>, entry: NodeRef<'t>) -> Option<Scope> {
    let Some(pointer) = entry.get("pointer") else {
        return Some(reader.scope(owner, owner.span()));
    };
    let target = pointer.as_str().and_then(|text| reader.lookup.pointer(owner, text));
    if target.is_none() {
        let help = "write a JSON Pointer from the object that contains the suppression";
        let written = quoted(pointer.scalar_text().unwrap_or_default());
        let message = format!("the pointer {written} does not lead to a value");
        reader.unusable(pointer.inner_span(), message, help);
    }
    let target = target?;
    // What is found in a member may point at its key.
    let start = target.key().map_or(target.span().start, |key| key.span().start);
    Some(reader.scope(target, Span::new(start, target.span().end)))
}

fn opening(entry: NodeRef<'_>) -> Span {
    let start = entry.span().start;
    Span::new(start, (start + 1).min(entry.span().end))
}
