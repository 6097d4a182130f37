//! The member of a record that allows: `"x-allow": [{"rule": "speaker-tbc", "reason": "..."}]`.

use memchr::memmem;

use super::{Allowance, Reader, Scope};
use crate::{
    calendar,
    source::Span,
    tree::{NodeRef, Tree},
};

/// The key. Every JSON Schema is read as if it allowed it in every object.
pub const KEY: &str = "x-allow";

const FORM: &str =
    "write `{\"rule\": RULE, \"reason\": \"...\"}`, and where it is wanted `pointer` and `until`";

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
        return reader.unusable(entry.inner_span(), "an allowance is an object", FORM);
    }
    for (key, _) in entry.members() {
        let name = key.as_str().unwrap_or_default();
        if !["rule", "pointer", "reason", "until"].contains(&name) {
            let message =
                format!("an allowance has no property `{}`", crate::source::visible_line(name));
            return reader.unusable(key.inner_span(), message, FORM);
        }
    }
    let Some(rule) = entry.get("rule") else {
        return reader.unusable(opening(entry), "the allowance names no rule", FORM);
    };
    let named: Vec<NodeRef<'_>> =
        if rule.is_array() { rule.elements().collect() } else { vec![rule] };
    let mut rules = Vec::new();
    for node in &named {
        let Some(id) = node.as_str() else {
            return reader.unusable(node.inner_span(), "a rule is named by its id", FORM);
        };
        rules.push((id.to_owned(), reader.place(node.inner_span())));
    }
    if rules.is_empty() {
        return reader.unusable(rule.inner_span(), "the allowance names no rule", FORM);
    }
    let reason = entry.get("reason").and_then(NodeRef::as_str).unwrap_or_default().trim();
    if reason.is_empty() {
        let help = "say in `reason` why the finding is accepted";
        return reader.unusable(opening(entry), "the allowance gives no reason", help);
    }
    let Some(scope) = scope(reader, owner, entry) else { return };
    let until = match entry.get("until") {
        None => None,
        Some(node) => {
            let date = node.as_str().and_then(|text| calendar::iso_date(text).ok());
            let Some(date) = date else {
                let help = "write a date such as 2011-05-19";
                return reader.unusable(node.inner_span(), "`until` is no date", help);
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

/// What the allowance is about: the object that it stands in, or what its pointer leads to from there.
fn scope<'t>(reader: &mut Reader<'t>, owner: NodeRef<'t>, entry: NodeRef<'t>) -> Option<Scope> {
    let Some(pointer) = entry.get("pointer") else {
        return Some(reader.scope(owner, owner.span()));
    };
    let target = pointer.as_str().and_then(|text| reader.lookup.pointer(owner, text));
    if target.is_none() {
        let help = "write a JSON Pointer that begins at the object that the allowance stands in";
        reader.unusable(pointer.inner_span(), "the pointer leads nowhere", help);
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
