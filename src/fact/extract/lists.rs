//! What is taken from the entries of a list.

use super::Walker;
use crate::{
    fact::{Meaning, Notes, Sequence, Single, Text, Unique, key},
    schema::{
        graph::NoteId,
        vocabulary::{Form, NotesWord, Part, Pointer, SequenceWord, TextKind},
    },
    tree::NodeRef,
};

impl<'t> Walker<'t, '_> {
    /// The entries of the list, or of all the lists below it that are named.
    pub(super) fn unique(
        &mut self,
        id: NoteId,
        lists: &[Pointer],
        by: &'t [Vec<Part>],
        node: NodeRef<'t>,
    ) {
        let named = lists.iter().filter_map(|list| list.find(node));
        let all: Vec<NodeRef<'t>> = if lists.is_empty() { vec![node] } else { named.collect() };
        for parts in by {
            let mut unique = Unique { lists: Vec::new(), entries: Vec::new() };
            for list in &all {
                let name = list.key().and_then(|key| self.text(key));
                unique.lists.push((unique.entries.len(), name));
                unique.entries.extend(list.elements().filter_map(|entry| self.entry(parts, entry)));
            }
            self.push(id, node, Meaning::Unique(unique));
        }
    }

    fn entry(&self, parts: &[Part], entry: NodeRef<'t>) -> Option<(String, Text<'t>)> {
        let texts: Vec<Text<'t>> =
            parts.iter().map(|part| self.find(entry, &part.pointer)).collect::<Option<_>>()?;
        let forms = parts.iter().map(|part| part.form);
        let values = forms.zip(&texts).map(|(form, text)| (form, text.value));
        Some((key::joined(values), *texts.first()?))
    }

    /// What the record is the only one of, where all of it is told. A value may be an object of texts, as
    /// a place is.
    pub(super) fn single(&mut self, id: NoteId, by: &'t [Vec<Part>], node: NodeRef<'t>) {
        for parts in by {
            let mut texts: Vec<Text<'t>> = Vec::new();
            let mut values: Vec<String> = Vec::new();
            for part in parts {
                let from = texts.len();
                if let Some(value) = part.pointer.find(node) {
                    texts.extend(self.text(value));
                    if value.is_object() || value.is_array() {
                        value.for_each_string(|string| texts.extend(self.text(string)));
                    }
                }
                let form = if part.form == Form::Text { Form::Folded } else { part.form };
                let told = texts[from..].iter().map(|text| (form, text.value));
                values.push(key::joined(told));
            }
            if !values.is_empty() && values.iter().all(|value| !value.is_empty()) {
                let key = values.join("\u{1e}");
                self.push(id, node, Meaning::Single(Single { key, texts }));
            }
        }
    }

    pub(super) fn sequence(&self, word: &SequenceWord, node: NodeRef<'t>) -> Meaning<'t> {
        let list = node.key().and_then(|key| self.text(key));
        let pointer = &word.by.pointer;
        let numbers = node.elements().filter_map(|entry| self.find(entry, pointer)).collect();
        Meaning::Sequence(Sequence { list, from: word.from, numbers })
    }

    pub(super) fn notes(&self, word: &NotesWord, node: NodeRef<'t>) -> Meaning<'t> {
        let texts = word.text.iter().filter_map(|pointer| pointer.find(node)).collect();
        let list = word.notes.find(node);
        let entries = list.into_iter().flat_map(NodeRef::elements);
        let notes = entries
            .map(|entry| (self.find(entry, &word.mark), self.find(entry, &word.body)))
            .collect();
        Meaning::Notes(Notes { texts, notes })
    }

    /// A text, or the texts that are the entries of a list.
    pub(super) fn wording(&mut self, id: NoteId, kind: TextKind, node: NodeRef<'t>) {
        let texts = std::iter::once(node).chain(node.elements());
        for node in texts.filter(|node| node.as_str().is_some()) {
            if let Some(text) = self.text(node) {
                self.push(id, node, Meaning::Text(kind, text));
            }
        }
    }
}
