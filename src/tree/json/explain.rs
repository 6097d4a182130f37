//! What to say of a JSON text that breaks off: what was found, what was expected, and where.

use super::{Failure, Reader, is_word};
use crate::{source::Span, tree::failure::quoted};

/// What one JSON text fills, for messages.
#[derive(Clone, Copy, Debug)]
pub(super) enum Unit {
    File,
    Line,
}

impl Unit {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Line => "line",
        }
    }
}

pub(super) fn too_many_broken_lines(at: usize, end: usize, broken: usize) -> Failure {
    let span = Span::new(at as u32, end as u32);
    Failure::new(span, format!("{broken} lines are broken: the rest of the file is not read"))
        .help("check that the file is JSON Lines: one JSON text on each line")
}

/// Names that other notations have for what JSON writes otherwise, in small letters.
const WORDS: [(&str, &str); 13] = [
    ("true", "write `true`"),
    ("false", "write `false`"),
    ("null", "write `null`"),
    ("yes", "write `true`"),
    ("no", "write `false`"),
    ("on", "write `true`"),
    ("off", "write `false`"),
    ("none", "write `null`, or leave the member out"),
    ("nil", "write `null`, or leave the member out"),
    ("undefined", "write `null`, or leave the member out"),
    ("nan", "JSON has no such number: write `null`, or leave the member out"),
    ("infinity", "JSON has no such number: write `null`, or leave the member out"),
    ("inf", "JSON has no such number: write `null`, or leave the member out"),
];

impl Reader<'_> {
    /// The character that stands here, or the end.
    pub(super) fn here(&self) -> Span {
        self.character_at(self.at)
    }

    fn character_at(&self, at: usize) -> Span {
        let len = self.rest(at).chars().next().map_or(0, char::len_utf8);
        Span::new(at as u32, (at + len) as u32)
    }

    fn rest(&self, at: usize) -> &str {
        &self.text[at..self.bytes.len()]
    }

    /// The word or number that stands here, otherwise the character.
    fn token_at(&self, at: usize) -> Span {
        let part_of_token = |byte: &u8| is_word(*byte) || matches!(byte, b'+' | b'-' | b'.' | b'$');
        match self.bytes[at..].iter().take_while(|byte| part_of_token(byte)).count() {
            0 => self.character_at(at),
            len => Span::new(at as u32, (at + len) as u32),
        }
    }

    /// The text under `span` as it is quoted in a message.
    fn quoted(&self, span: Span) -> String {
        quoted(&self.text[span.range()])
    }

    /// Adds the place of the innermost open bracket.
    fn with_opening(&self, failure: Failure) -> Failure {
        let Some(start) = self.builder.innermost_start() else {
            return failure;
        };
        let container = if self.builder.in_object() { "object" } else { "array" };
        failure.label(Span::new(start, start + 1), format!("the {container} begins here"))
    }

    /// The text ends in the middle of a container, or before any value.
    fn ends_early(&self) -> Failure {
        let unit = self.unit.word();
        let (container, bracket) =
            if self.builder.in_object() { ("an object", "}") } else { ("an array", "]") };
        let end = Span::at(self.bytes.len() as u32);
        let failure = Failure::new(end, format!("the {unit} ends inside {container}"))
            .help(format!("close it with `{bracket}`, or restore what is cut off"));
        self.with_opening(failure)
    }

    /// What is never right, wherever it is between values.
    fn foreign_notation(&self) -> Option<Failure> {
        let rest = self.rest(self.at);
        let here = self.here();
        if rest.starts_with("//") || rest.starts_with("/*") || rest.starts_with('#') {
            let len = if rest.starts_with('#') { 1 } else { 2 };
            let span = Span::new(here.start, here.start + len);
            return Some(
                Failure::new(span, "JSON has no comments")
                    .help("remove the comment, or keep its text in a member of the record"),
            );
        }
        match rest.chars().next()? {
            '\'' | '`' => Some(
                Failure::new(here, "a string begins with the wrong quote")
                    .help("write double quotes, `\"`, around strings and keys"),
            ),
            '\u{2018}'..='\u{201F}' | '\u{AB}' | '\u{BB}' => Some(
                Failure::new(here, "a string begins with a typographic quote")
                    .help("write straight double quotes, `\"`, around strings and keys"),
            ),
            '\u{A0}' | '\u{FEFF}' | '\u{2000}'..='\u{200B}' | '\u{3000}' => Some(
                Failure::new(here, "an invisible character is between two values")
                    .help("remove it, or replace it with an ordinary space"),
            ),
            _ => None,
        }
    }

    pub(super) fn no_value(&self) -> Failure {
        if self.at == self.bytes.len() {
            return self.value_cut_off();
        }
        if let Some(failure) = self.foreign_notation() {
            return failure;
        }
        let here = self.here();
        match self.bytes[self.at] {
            b',' => Failure::new(here, "expected a value, found a comma")
                .help("write the value, or remove the comma"),
            b':' => Failure::new(here, "expected a value, found a colon")
                .help("only a key in an object has a colon after it"),
            b']' | b'}' => {
                let found = self.quoted(here);
                let failure = Failure::new(here, format!("expected a value, found {found}"));
                self.with_opening(failure.help("write the value before the bracket"))
            }
            b'+' | b'.' => self.bad_number(),
            _ => self.unquoted_value(),
        }
    }

    /// The text ends where a value should begin: after a colon, a comma or a bracket.
    fn value_cut_off(&self) -> Failure {
        let after_colon = self.text[..self.at].trim_end().ends_with(':');
        if !(self.builder.in_object() && after_colon) {
            return self.ends_early();
        }
        let end = Span::at(self.bytes.len() as u32);
        let failure = Failure::new(end, format!("the {} ends before a value", self.unit.word()))
            .help("write the value of the last key, and close the object with `}`");
        self.with_opening(failure)
    }

    fn unquoted_value(&self) -> Failure {
        let span = self.token_at(self.at);
        let found = self.quoted(span);
        let lower = self.text[span.range()].to_ascii_lowercase();
        let failure = Failure::new(span, format!("{found} is not a JSON value"));
        match WORDS.iter().find(|(word, _)| *word == lower) {
            Some((_, help)) => failure.help(*help),
            None if ["true", "false", "null"].iter().any(|word| word.starts_with(&lower)) => {
                failure.help("write `true`, `false` or `null` in full")
            }
            None => failure.help("write text in double quotes, `\"`"),
        }
    }

    pub(super) fn bad_number(&self) -> Failure {
        let part_of_number =
            |byte: &u8| is_word(*byte) || matches!(byte, b'+' | b'-' | b'.' | b':');
        let len = self.bytes[self.at..].iter().take_while(|byte| part_of_number(byte)).count();
        let span = Span::new(self.at as u32, (self.at + len) as u32);
        let text = &self.text[span.range()];
        let found = self.quoted(span);
        let digits = text.trim_start_matches(['-', '+']);
        let mut after = digits.bytes();
        let (first, second) = (after.next(), after.next());
        let failure = Failure::new(span, format!("{found} is not a JSON number"));
        if digits.starts_with("Infinity") || digits.starts_with("NaN") || digits == "inf" {
            return failure.help(WORDS[11].1);
        }
        failure.help(match (first, second) {
            _ if text.starts_with('+') => "leave the plus sign out",
            (Some(b'.'), _) => "write a digit before the point",
            (Some(b'0'), Some(b'x' | b'X' | b'b' | b'B' | b'o' | b'O')) => {
                "write the number in decimal"
            }
            _ if text.contains(':') || digits.contains('-') && !digits.contains(['e', 'E']) => {
                "write dates, times and other text in double quotes, `\"`"
            }
            (Some(b'0'), Some(b'0'..=b'9')) => {
                "leave the leading zeros out, or write a string if they mean something"
            }
            (None, _) => "write digits after the sign",
            _ if digits.ends_with('.') || digits.contains(".e") || digits.contains(".E") => {
                "write a digit after the point"
            }
            _ if digits.ends_with(['e', 'E', '+', '-']) => "write digits in the exponent",
            _ => "write text in double quotes, `\"`",
        })
    }

    pub(super) fn trailing_comma(&self, comma: usize) -> Failure {
        let span = Span::new(comma as u32, comma as u32 + 1);
        let container = if self.builder.in_object() { "object" } else { "array" };
        Failure::new(span, format!("there is a comma after the last value of the {container}"))
            .help("remove the comma")
            .label(self.here(), format!("the {container} ends here"))
    }

    pub(super) fn no_comma(&self, value_end: usize) -> Failure {
        if self.at == self.bytes.len() {
            return self.ends_early();
        }
        if let Some(failure) = self.foreign_notation() {
            return failure;
        }
        let here = self.here();
        let in_object = self.builder.in_object();
        let (container, bracket) = if in_object { ("the object", "}") } else { ("the array", "]") };
        let byte = self.bytes[self.at];
        if matches!(byte, b']' | b'}') {
            let found = self.quoted(here);
            let message = format!("{found} cannot close {container}: `{bracket}` is expected");
            return self.with_opening(Failure::new(here, message));
        }
        let before = Span::new(value_end as u32 - 1, value_end as u32);
        if byte == b'"' || byte == b'{' || byte == b'[' || byte == b'-' || is_word(byte) {
            let what = if in_object { "members" } else { "values" };
            return Failure::new(here, format!("a comma is missing between two {what}"))
                .help("write a comma before it, or close what is before it")
                .label(before, "a comma belongs after this");
        }
        let found = self.quoted(here);
        let message = format!("expected a comma or `{bracket}`, found {found}");
        self.with_opening(Failure::new(here, message))
    }

    pub(super) fn no_key(&self) -> Failure {
        if self.at == self.bytes.len() {
            return self.ends_early();
        }
        if let Some(failure) = self.foreign_notation() {
            return failure;
        }
        let span = self.token_at(self.at);
        let found = self.quoted(span);
        let first = self.bytes[self.at];
        if is_word(first) || matches!(first, b'-' | b'$' | b'+' | b'.') {
            return Failure::new(span, format!("the key {found} has no quotes"))
                .help("write keys in double quotes, `\"`");
        }
        let message = format!("expected a key, found {found}");
        let help = "write a key in double quotes, a colon and a value";
        self.with_opening(Failure::new(span, message).help(help))
    }

    pub(super) fn no_colon(&self, key_end: usize) -> Failure {
        if self.at == self.bytes.len() {
            return self.ends_early();
        }
        if let Some(failure) = self.foreign_notation() {
            return failure;
        }
        let here = self.here();
        let found = self.quoted(here);
        Failure::new(here, format!("expected a colon, found {found}"))
            .help("write a colon between the key and its value")
            .label(Span::new(key_end as u32 - 1, key_end as u32), "a colon belongs after this key")
    }

    pub(super) fn text_after_value(&self) -> Failure {
        let here = self.here();
        if let Some(failure) = self.foreign_notation() {
            return failure;
        }
        let found = self.quoted(here);
        let failure = Failure::new(
            here,
            format!("unexpected {found} after the end of the {}'s value", self.unit.word()),
        );
        match (self.bytes[self.at], self.unit) {
            (b'}' | b']', _) => failure.help("remove the bracket, or open it above"),
            (b'{' | b'[', Unit::File) => failure
                .help("put several records in an array, or one on each line of a `.jsonl` file"),
            (b'{' | b'[', Unit::Line) => failure.help("put each record on a line of its own"),
            _ => failure.help("remove it"),
        }
    }
}
