//! The rules that a project declares in its configuration: a check that some rule of rapporteur makes, with words of its own.

use std::{fmt, ops::Deref, sync::Arc};

use super::{Findings, GroupCheck, Record, Rule};
use crate::{message::shown, tree::NodeRef, vocabulary::Pointer};

/// What a rule has that a project declares.
#[derive(Debug)]
pub struct Own {
    /// Its number among those of the project, by which its facts are known.
    pub number: usize,
    /// One line: what it reports.
    pub summary: String,
    /// Its page, in Markdown.
    pub page: String,
    /// Where its page can be read, if that is somewhere else.
    pub link: Option<String>,
    /// What its findings say.
    pub message: Template,
    /// How far below the root of a record the values are that it is about.
    pub depth: usize,
    /// The function that looks.
    pub check: OwnCheck,
}

/// What a rule of a project looks at.
#[derive(Clone, Copy, Debug)]
pub enum OwnCheck {
    /// The facts that are taken for it of one record.
    Record(fn(&Record<'_>, &mut Findings<'_>)),
    /// The entries that are taken for it of all records.
    Group(&'static dyn GroupCheck),
}

/// A rule, of rapporteur or of a project.
#[derive(Clone, Debug)]
pub enum Held {
    /// A rule that is part of a program.
    Static(&'static Rule),
    /// A rule that a project declares.
    Own(Arc<Rule>),
}

impl Deref for Held {
    type Target = Rule;

    fn deref(&self) -> &Rule {
        match self {
            Self::Static(rule) => rule,
            Self::Own(rule) => rule,
        }
    }
}

/// A message with places for values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template(Vec<Piece>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    /// `{value}`: the value at the place of the finding.
    Found,
    /// `{/pointer}`, from the value that the rule is about.
    At(Pointer),
}

/// What is wrong with a template, and where in it, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateError {
    /// Where.
    pub span: std::ops::Range<usize>,
    /// What.
    pub message: String,
}

impl Template {
    /// Reads a message. A brace is written twice where it is none of a place.
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        let error =
            |from: usize, to: usize, message: String| TemplateError { span: from..to, message };
        let mut pieces = Vec::new();
        let (mut plain, mut at) = (String::new(), 0);
        while let Some(c) = text[at..].chars().next() {
            let rest = &text[at + c.len_utf8()..];
            if matches!(c, '{' | '}') && rest.starts_with(c) {
                plain.push(c);
                at += 2;
                continue;
            }
            if c == '}' {
                return Err(error(at, at + 1, "the message has a `}` without a `{`".to_owned()));
            }
            if c != '{' {
                plain.push(c);
                at += c.len_utf8();
                continue;
            }
            let Some(length) = rest.find('}') else {
                return Err(error(
                    at,
                    text.len(),
                    "the message has a `{` without a `}`".to_owned(),
                ));
            };
            let name = &rest[..length];
            let piece = match name {
                "value" => Some(Piece::Found),
                pointer if pointer.starts_with('/') => Pointer::read(pointer).map(Piece::At),
                _ => None,
            };
            let Some(piece) = piece else {
                let message = format!("the message has `{{{name}}}`, which names no value");
                return Err(error(at, at + length + 2, message));
            };
            if !plain.is_empty() {
                pieces.push(Piece::Text(std::mem::take(&mut plain)));
            }
            pieces.push(piece);
            at += length + 2;
        }
        if !plain.is_empty() {
            pieces.push(Piece::Text(plain));
        }
        Ok(Self(pieces))
    }

    /// The pointers in it.
    pub fn pointers(&self) -> impl Iterator<Item = &Pointer> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::At(pointer) => Some(pointer),
            Piece::Text(_) | Piece::Found => None,
        })
    }

    /// The message of a finding. `found` is the value at its place, and `about` the one that the rule is about; both are unknown where the
    /// file has changed since.
    #[must_use]
    pub fn filled(&self, found: Option<NodeRef<'_>>, about: Option<NodeRef<'_>>) -> String {
        let mut message = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Text(text) => message.push_str(text),
                Piece::Found => message.push_str(&text_of(found, "value")),
                Piece::At(pointer) => {
                    let name = pointer.tokens().last().map_or("value", String::as_str);
                    let value = about.and_then(|about| pointer.find(about));
                    message.push_str(&text_of(value, name));
                }
            }
        }
        message
    }
}

/// A value in a message: a text or a number as it is written, a list by its items.
fn text_of(value: Option<NodeRef<'_>>, name: &str) -> String {
    let missing = || format!("(no {})", shown(name));
    let Some(value) = value.map(NodeRef::resolved) else { return missing() };
    if value.is_array() {
        let items: Vec<&str> = value.elements().filter_map(NodeRef::scalar_text).collect();
        return match (items.len(), value.elements().count()) {
            (_, 0) => missing(),
            (0, 1) => "1 item".to_owned(),
            (0, count) => format!("{count} items"),
            _ => shown(&items.join(", ")),
        };
    }
    if value.is_object() {
        let names: Vec<&str> = value.members().filter_map(|(name, _)| name.as_str()).collect();
        return if names.is_empty() {
            missing()
        } else {
            format!("an object with {}", shown(&names.join(", ")))
        };
    }
    match value.scalar_text().filter(|text| !text.trim().is_empty()) {
        Some(text) => shown(text),
        None => missing(),
    }
}

/// As it is written.
impl fmt::Display for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for piece in &self.0 {
            match piece {
                Piece::Text(text) => f.write_str(&text.replace('{', "{{").replace('}', "}}"))?,
                Piece::Found => f.write_str("{value}")?,
                Piece::At(pointer) => write!(f, "{{{pointer}}}")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Source, Syntax};

    #[test]
    fn values_are_put_in_their_places() {
        let source = Source::new(
            "a.yaml",
            Syntax::Yaml,
            "{by: Ann, of: [x, y], none: \"\", deep: {n: 7}, list: [{a: 1}, {a: 2}]}",
        );
        let tree = crate::tree::Tree::parse(Arc::new(source));
        let root = tree.node(tree.roots()[0]);
        let filled = |text: &str| Template::parse(text).unwrap().filled(root.get("by"), Some(root));
        assert_eq!(filled("{value} has {/deep/n} of {/of}"), "Ann has 7 of x, y");
        assert_eq!(filled("{/none} and {/gone}, {{braces}}"), "(no none) and (no gone), {braces}");
        assert_eq!(filled("{/deep}, {/list}"), "an object with n, 2 items");
        assert_eq!(Template::parse("{value}").unwrap().filled(None, None), "(no value)");
    }

    #[test]
    fn a_message_is_written_as_it_was_read() {
        for text in ["plain", "{value}: {/a~1b/c} {{x}}"] {
            assert_eq!(Template::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_names_no_value_is_refused_with_its_place() {
        let fault = |text: &str| {
            let error = Template::parse(text).unwrap_err();
            (error.span, error.message)
        };
        let message = "the message has `{title}`, which names no value".to_owned();
        assert_eq!(fault("é {title}"), (3..10, message));
        assert_eq!(fault("a {/b").1, "the message has a `{` without a `}`");
        assert_eq!(fault("a }").1, "the message has a `}` without a `{`");
    }
}
