//! `x-text`: a text whose wording can be judged.

use super::{
    Arguments, Collector, Fact, Given, Keyword, Kind, Meaning, Record,
    arguments::Fault,
    keyword::{Choice, optional, required, words},
};
use crate::{message::counted, tree::NodeRef};

pub(super) static KEYWORD: Keyword = Keyword {
    name: "x-text",
    about: "a text whose wording can be judged",
    repeats: false,
    short: Some("is"),
    arguments: &[
        required(
            "is",
            Kind::Choice(words::<TextKind>),
            "`\"line\"` for one short line: a heading, a title, the name of an event or of a room; `\"prose\"` for running \
             text, in sentences; `\"markdown\"` for running text that is written in Markdown",
        ),
        optional(
            "blank",
            Kind::Flag,
            "`true`: the text may be blank, although its property is required or it is an item of a list",
        ),
    ],
    example: r#""line""#,
    between: None,
    read,
};

/// The arguments of `x-text`.
#[derive(Clone, Copy, Debug)]
pub struct TextArguments {
    /// How the text is to be read.
    pub kind: TextKind,
    /// Whether it may be blank.
    pub may_be_blank: bool,
}

fn read(given: &Given<'_>) -> Result<Box<dyn Arguments>, Fault> {
    let (kind, may_be_blank) = (given.required_choice("is")?, given.flag("blank"));
    Ok(Box::new(TextArguments { kind, may_be_blank }))
}

/// How a text is to be read by rules about its wording.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TextKind {
    /// One short line: a heading, a title, the name of an event.
    Line,
    /// Running text, in sentences.
    Prose,
    /// Running text that is written in Markdown.
    Markdown,
}

impl TextKind {
    /// Whether it is running text.
    #[must_use]
    pub const fn is_running(self) -> bool {
        matches!(self, Self::Prose | Self::Markdown)
    }

    /// The word for it in schemas.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Line => "line",
            Self::Prose => "prose",
            Self::Markdown => "markdown",
        }
    }
}

impl Choice for TextKind {
    const ALL: &'static [Self] = &[Self::Line, Self::Prose, Self::Markdown];

    fn word(self) -> &'static str {
        self.word()
    }
}

impl Arguments for TextArguments {
    /// A text, or the texts that are the items of a list.
    fn take<'t>(&'t self, node: NodeRef<'t>, collector: &mut Collector<'t>) {
        let texts = std::iter::once(node).chain(node.elements());
        for node in texts.filter(|node| node.as_str().is_some()) {
            if let Some(text) = collector.text(node) {
                collector.push(node, Meaning::Text(self.kind, text));
            } else if !self.may_be_blank {
                // Whether the property is required is known to the walk.
                let is_required = node.parent().is_some_and(NodeRef::is_array);
                collector.push(node, Meaning::Blank { is_required });
            }
        }
    }

    fn describe(&self, fact: &Fact<'_>, _record: &Record<'_>) -> String {
        match &fact.meaning {
            Meaning::Text(TextKind::Line, text) => format!("line `{}`", text.value),
            Meaning::Text(_, text) => {
                format!("running text, {}", counted(text.value.chars().count(), "character"))
            }
            Meaning::Blank { .. } => "blank text".to_owned(),
            _ => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::vocabulary::testing::{facts, fault};

    #[test]
    fn the_texts_of_a_list_are_taken_one_by_one() {
        for kind in [json!("prose"), json!({"is": "prose"}), json!("markdown")] {
            let schema = json!({"properties": {"body": {"x-text": kind}}});
            let texts = ["running text, 4 characters", "blank text", "running text, 2 characters"];
            assert_eq!(facts(&schema, "{body: [One., \" \", 7, [no], B.]}"), texts);
        }
    }

    #[test]
    fn a_text_is_a_line_or_prose() {
        assert_eq!(
            fault(&KEYWORD, &json!("heading")),
            "`x-text` is `heading`; `line`, `prose` or `markdown` is expected"
        );
        assert_eq!(
            fault(&KEYWORD, &json!(["line", {"is": "lines"}])),
            "argument `is` in item 2 of `x-text` is `lines`; `line`, `prose` or `markdown` is expected (did you mean `line`?)"
        );
        assert_eq!(
            fault(&KEYWORD, &json!(7)),
            "`x-text` is `7`; `line`, `prose` or `markdown`, or an object with arguments, is expected"
        );
    }

    #[test]
    fn texts_that_may_be_blank_give_no_fact() {
        let schema = json!({"properties": {"body": {"x-text": {"is": "prose", "blank": true}}}});
        assert_eq!(facts(&schema, "{body: [One., \" \"]}"), ["running text, 4 characters"]);
    }
}
