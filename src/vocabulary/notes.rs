//! `x-notes`: a text with notes.

use super::{
    Arguments, Collector, Fact, Given, Keyword, Kind, Meaning, Pointer, Record, Text,
    keyword::required,
};
use crate::tree::NodeRef;

pub(super) static KEYWORD: Keyword = Keyword {
    name: "x-notes",
    about: "a text with notes",
    repeats: true,
    short: None,
    arguments: &[
        required(
            "text",
            Kind::Pointers,
            "where the notes are marked: texts, or arrays and objects of texts at any depth",
        ),
        required("notes", Kind::Pointer, "the list of the notes"),
        required(
            "mark",
            Kind::ItemPointer,
            "the mark of a note (`7`, `*`), taken from an item of that list",
        ),
        required("body", Kind::ItemPointer, "the text of a note, taken from an item of that list"),
    ],
    example: r#"{"text": ["/title", "/body"], "notes": "/footnotes", "mark": "/number", "body": "/text"}"#,
    between: None,
    read: |given| Ok(Box::new(read(given))),
};

/// The arguments of `x-notes`.
#[derive(Clone, Debug, Default)]
pub struct NotesArguments {
    /// Where the text is in which the notes are marked.
    pub text: Vec<Pointer>,
    /// The list of the notes.
    pub notes: Pointer,
    /// The mark of a note, taken from the item of the list.
    pub mark: Pointer,
    /// The text of a note, taken from the item.
    pub body: Pointer,
}

fn read(given: &Given<'_>) -> NotesArguments {
    NotesArguments {
        text: given.pointers("text"),
        notes: given.pointer("notes").unwrap_or_default(),
        mark: given.pointer("mark").unwrap_or_default(),
        body: given.pointer("body").unwrap_or_default(),
    }
}

/// A text with notes.
#[derive(Debug)]
pub struct Notes<'t> {
    /// The nodes of the text in which the notes are marked.
    pub texts: Vec<NodeRef<'t>>,
    /// The notes, each with its mark and its text.
    pub notes: Vec<(Option<Text<'t>>, Option<Text<'t>>)>,
}

impl Arguments for NotesArguments {
    fn lists(&self) -> Vec<&Pointer> {
        vec![&self.notes]
    }

    fn take<'t>(&'t self, node: NodeRef<'t>, collector: &mut Collector<'t>) {
        let texts = self.text.iter().filter_map(|pointer| pointer.find(node)).collect();
        let items = self.notes.find(node).into_iter().flat_map(NodeRef::elements);
        let notes = items
            .map(|item| (collector.find(item, &self.mark), collector.find(item, &self.body)))
            .collect();
        collector.push(node, Meaning::Notes(Notes { texts, notes }));
    }

    fn describe(&self, fact: &Fact<'_>, _record: &Record<'_>) -> String {
        let Meaning::Notes(notes) = &fact.meaning else { return String::new() };
        format!("text with {} notes", notes.notes.len())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::vocabulary::testing::{facts, fault};

    #[test]
    fn a_text_has_notes_or_none() {
        let notes = json!({"text": ["/body"], "notes": "/notes", "mark": "/n", "body": "/t"});
        let schema = json!({"x-notes": notes});
        assert_eq!(facts(&schema, "{body: A, notes: [{n: 1}, {}]}"), ["text with 2 notes"]);
        assert_eq!(facts(&schema, "{body: A}"), ["text with 0 notes"]);
    }

    #[test]
    fn the_text_is_an_array_of_pointers() {
        assert_eq!(
            fault(&KEYWORD, &json!({"text": "/body", "notes": "/n", "mark": "", "body": ""})),
            "argument `text` of `x-notes` is `/body`; an array of pointers such as `/title` is expected"
        );
    }
}
