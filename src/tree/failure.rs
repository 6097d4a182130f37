//! What a reader says when a source breaks its syntax.

use super::{Builder, MAX_DEPTH, ProblemKind};
use crate::source::{Span, visible_line};

/// The first place at which a source breaks its syntax, with what to say of it. Failures are rare,
/// so that their size is kept off the path of the values.
#[derive(Debug)]
pub(super) struct Failure(Box<Words>);

#[derive(Debug)]
struct Words {
    span: Span,
    message: String,
    help: Option<String>,
    label: Option<(Span, String)>,
}

/// The result of reading a part of a source.
pub(super) type Read<T> = Result<T, Failure>;

impl Failure {
    pub(super) fn new(span: Span, message: impl Into<String>) -> Self {
        Self(Box::new(Words { span, message: message.into(), help: None, label: None }))
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.0.help = Some(help.into());
        self
    }

    pub(super) fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.0.label = Some((span, text.into()));
        self
    }

    pub(super) fn record(self, builder: &mut Builder) {
        let Words { span, message, help, label } = *self.0;
        builder.problem(span, ProblemKind::Syntax { message, help, label });
    }
}

/// What JSON and YAML say alike.
impl Failure {
    pub(super) fn empty_file(len: usize) -> Self {
        Self::new(Span::at(len as u32), "the file is empty")
            .help("write a record into it, or remove the file")
    }

    pub(super) fn too_deep(span: Span) -> Self {
        Self::new(span, format!("values are nested more than {MAX_DEPTH} deep"))
            .help("bring the value closer to the top")
    }

    pub(super) fn out_of_range(span: Span) -> Self {
        Self::new(span, "this number is too large for other programs to read")
            .help("write it as a string if it is not a quantity")
    }
}

/// Text from a source as it is quoted in a message: short, on one line, without hidden characters.
pub(super) fn quoted(text: &str) -> String {
    let (shown, dots) = shortened(text);
    format!("`{}{dots}`", visible_line(shown))
}

/// The same for the value of a scalar.
pub(super) fn in_quotes(text: &str) -> String {
    let (shown, dots) = shortened(text);
    format!("\"{}{dots}\"", visible_line(shown))
}

fn shortened(text: &str) -> (&str, &'static str) {
    const LONGEST: usize = 40;
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => (&text[..at], "..."),
        None => (text, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_text_is_short_and_harmless() {
        assert_eq!(quoted("E/2024/50"), "`E/2024/50`");
        assert_eq!(quoted("a\n\u{1b}b"), "`a .b`");
        assert_eq!(quoted(&"é".repeat(40)), format!("`{}`", "é".repeat(40)));
        assert_eq!(in_quotes(&"é".repeat(41)), format!("\"{}...\"", "é".repeat(40)));
    }
}
