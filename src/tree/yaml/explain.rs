//! What to say of a text that is not YAML, or that is more than JSON can hold.

use granit_parser::{ErrorKind, ScanError, Tag};

use super::{Failure, quoted};
use crate::{
    source::{Span, visible_line},
    tree::MAX_DEPTH,
};

/// The failure for an error of the parser, at the bytes it is at.
pub(super) fn failure(text: &str, error: &ScanError) -> Failure {
    let mut at = error.marker().byte_offset().unwrap_or(text.len()).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    if let ErrorKind::UnexpectedCharacter { character } = error.kind()
        && character.is_control()
    {
        // The parser names the value that the character is in.
        at += text[at..].find(*character).unwrap_or(0);
    }
    if let Some(failure) = seen_in_text(text, at, error.kind()) {
        return failure;
    }
    let len = text[at..].chars().next().map_or(0, char::len_utf8);
    let span = Span::new(at as u32, (at + len) as u32);
    if matches!(error.kind(), ErrorKind::RecursionLimitExceeded) {
        return Failure::new(span, format!("values are nested more than {MAX_DEPTH} deep"))
            .help("bring the value closer to the top");
    }
    let (message, help) = words(error.kind());
    let failure = match message {
        Some(message) => Failure::new(span, message),
        None => Failure::new(span, format!("this is not YAML: {}", error.info())),
    };
    match help {
        Some(help) => failure.help(help),
        None => failure,
    }
}

/// What the text around a failure says of it, where the parser blames a later place or uses words of its own.
fn seen_in_text(text: &str, at: usize, kind: &ErrorKind) -> Option<Failure> {
    use ErrorKind as E;
    match kind {
        E::InvalidBlockScalarHeader => {
            let mark = text[at..].chars().next()?;
            let message = format!("nothing may follow `{mark}` on its line");
            let help = "write the text on the next line, indented, or put all of it in quotes";
            let span = Span::new(at as u32, (at + mark.len_utf8()) as u32);
            Some(Failure::new(span, message).help(help))
        }
        E::UnexpectedEofImplicitFlowMapping
        | E::UnexpectedEofFlowSequence
        | E::UnexpectedEofFlowMapping
        | E::ExpectedNodeContent
            if text[at..].starts_with(',')
                && text[..at].trim_end_matches([' ', '\t', '\n', '\r']).ends_with(',') =>
        {
            let message = "two commas have nothing between them";
            let help = "write the value between them, or remove one comma";
            Some(Failure::new(Span::new(at as u32, at as u32 + 1), message).help(help))
        }
        E::SimpleKeyExpected | E::InvalidSimpleKey | E::MappingValueNotAllowed => {
            odd_space(text, at)
        }
        _ => comment_in_brackets(text, at),
    }
}

/// A space after a colon that YAML does not take for one, on the line of a failure or the line before.
fn odd_space(text: &str, at: usize) -> Option<Failure> {
    let start = start_of_line(text, at);
    let is_odd = |c: char| c != ' ' && !c.is_ascii() && c.is_whitespace();
    [start, start_of_line(text, start.saturating_sub(1))].into_iter().find_map(|start| {
        let line = text[start..].lines().next()?;
        let colon = line.find(':').filter(|colon| line[colon + 1..].starts_with(is_odd))?;
        let space = line[colon + 1..].chars().next()?;
        let from = start + colon + 1;
        let span = Span::new(from as u32, (from + space.len_utf8()) as u32);
        let message =
            format!("U+{:04X} follows this colon instead of an ordinary space", u32::from(space));
        Some(Failure::new(span, message).help("write an ordinary space"))
    })
}

/// A `#` that makes the end of a line a comment and the bracket before it unclosed, on the line of a failure or the line
/// before. A `#` that a space follows is an intended comment.
fn comment_in_brackets(text: &str, at: usize) -> Option<Failure> {
    let start = start_of_line(text, at);
    [start, start_of_line(text, start.saturating_sub(1))].into_iter().find_map(|start| {
        let line = text[start..].lines().next()?;
        let comment = comment_in(line)?;
        let (before, after) = line.split_at(comment);
        let count = |marks: [char; 2]| before.matches(marks).count();
        let closes = after.contains(['}', ']']) && !after[1..].starts_with([' ', '#']);
        if count(['{', '[']) <= count(['}', ']']) || !closes {
            return None;
        }
        let from = (start + comment) as u32;
        let message = "the rest of this line is a comment, so the bracket before it is not closed";
        let help = "put the text in quotes if the `#` is part of it";
        Some(Failure::new(Span::new(from, from + 1), message).help(help))
    })
}

/// Where the comment of a line begins: at the first `#` after a space and outside of quotes.
fn comment_in(line: &str) -> Option<usize> {
    let mut quote: Option<char> = None;
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (None, '"' | '\'') if !before.is_alphanumeric() => quote = Some(c),
            (None, '#') if matches!(before, ' ' | '\t') => return Some(at),
            _ => {}
        }
        before = c;
    }
    None
}

fn start_of_line(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |line_break| line_break + 1)
}

type Words = (Option<String>, Option<&'static str>);

fn words(kind: &ErrorKind) -> Words {
    use ErrorKind as E;
    let say = |message: &str, help| (Some(message.to_owned()), Some(help));
    match kind {
        E::UnclosedFlowCollection { open } => {
            let close = if *open == '[' { ']' } else { '}' };
            let help = if close == ']' {
                "close it with `]`, or quote the text that it is part of"
            } else {
                "close it with `}`, or quote the text that it is part of"
            };
            (Some(format!("this `{open}` is never closed with `{close}`")), Some(help))
        }
        E::MismatchedFlowCollectionEnd { open, close } => (
            Some(format!("`{close}` cannot close what `{open}` opened")),
            Some("close the brackets in the order in which they were opened"),
        ),
        E::MisplacedFlowCollectionEnd => {
            say("this bracket closes nothing", "remove it, or quote the text that it is part of")
        }
        E::UnclosedQuotedScalar => {
            say("the quote that opens here is never closed", "close it with the same quote")
        }
        E::DocumentIndicatorInQuotedScalar => {
            say("a quoted text contains a document marker", "close the quote before it")
        }
        E::InvalidTrailingSingleQuotedScalar | E::InvalidTrailingDoubleQuotedScalar => say(
            "text follows a closed quote",
            "put the quotes around the whole text, and write a quote in it twice (`''`) or as `\\\"`",
        ),
        E::ExpectedFlowMappingSeparator => {
            say("a comma or `}` is expected here", "write a comma between members")
        }
        E::ExpectedFlowSequenceSeparator => {
            say("a comma or `]` is expected here", "write a comma between values")
        }
        E::UnexpectedCharacter { character } if character.is_control() => (
            Some(format!(
                "the control character U+{:04X} is not allowed here",
                u32::from(*character)
            )),
            Some("remove it"),
        ),
        E::UnexpectedCharacter { character } => (
            Some(format!("`{}` cannot begin a value", visible_line(&character.to_string()))),
            Some("put the text in quotes"),
        ),
        _ => layout_words(kind),
    }
}

/// Errors that come from where things stand: indentation, colons, dashes, tabs.
fn layout_words(kind: &ErrorKind) -> Words {
    use ErrorKind as E;
    let say = |message: &str, help| (Some(message.to_owned()), Some(help));
    match kind {
        E::TabNotAllowed
        | E::TabInBlockIndentation
        | E::TabInIndentation
        | E::TabAtBlockScalarStart => say("a line is indented with a tab", "indent with spaces"),
        E::MappingValueNotAllowed | E::InvalidColonPlacement => say(
            "unexpected colon: no key can be here",
            "quote the text if the colon is part of it, or start a new line for the key",
        ),
        E::SimpleKeyExpected | E::InvalidSimpleKey => say(
            "this line has no colon after its key",
            "write `key: value`, or indent the line if it continues the text above",
        ),
        E::ExpectedBlockMappingKey | E::InvalidIndentation | E::MappingKeyNotAllowed => say(
            "this does not fit the lines above",
            "indent it like the other members, and end the value before it",
        ),
        E::ExpectedBlockSequenceEntry
        | E::BlockSequenceEntryNotAllowed
        | E::BlockEntryInFlowCollection => say(
            "this does not fit the list above",
            "begin each value of the list with a dash, all at the same indentation",
        ),
        E::UnknownQuotedScalarEscape
        | E::InvalidQuotedScalarHexEscape
        | E::InvalidLowSurrogateHexEscape
        | E::InvalidLowSurrogate
        | E::MissingLowSurrogate
        | E::UnpairedLowSurrogate
        | E::InvalidUnicodeEscape => say(
            "this escape has no meaning",
            "write `\\\\` for a backslash, or use single quotes, in which nothing is escaped",
        ),
        E::UnsupportedYamlMajorVersion => say(
            "this is not a version of YAML that can be read",
            "write `%YAML 1.2`, or remove the line",
        ),
        E::UndeclaredTagHandle => {
            say("this tag begins with a name that is not declared", "remove the tag")
        }
        E::BomInsideDocument => {
            say("the text contains a byte-order mark", "remove the invisible character")
        }
        _ => (None, None),
    }
}

/// The failure for a tag that the core schema does not know, or that does not fit what follows it.
pub(super) fn tag(span: Span, tag: &Tag, before: &str) -> Failure {
    let written = tag.original();
    let written = quoted(&written);
    if tag.core_suffix().is_some() {
        return Failure::new(span, format!("the tag {written} is used with {before}"))
            .help("remove the tag");
    }
    Failure::new(span, format!("{written} is a tag that records cannot have"))
        .help("remove the tag, or quote the text if the `!` is part of it")
}
