//! Sources: the text of one input, byte spans in it, and the line and column that a reader sees.

mod hidden;
mod parts;
mod strides;

use std::ops::Range;

use memchr::memchr_iter;
use serde::{Deserialize, Serialize};

pub use self::{
    hidden::{marked, visible, visible_line},
    parts::Parts,
    strides::Strides,
};

/// A byte range in one source, half open.
///
/// It is packed as its start and its length, which is mostly a small number.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(from = "(u32, u32)", into = "(u32, u32)")]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

impl From<Span> for (u32, u32) {
    fn from(span: Span) -> Self {
        (span.start, span.end.wrapping_sub(span.start))
    }
}

impl From<(u32, u32)> for Span {
    fn from((start, length): (u32, u32)) -> Self {
        Self { start, end: start.wrapping_add(length) }
    }
}

impl Span {
    /// The span from `start` up to, not including, `end`.
    #[must_use]
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The span of no bytes at `offset`.
    #[must_use]
    pub const fn at(offset: u32) -> Self {
        Self::new(offset, offset)
    }

    /// The same span as a range to index a text with.
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The part of this span that begins `offset` bytes into it and is `len` bytes long.
    #[must_use]
    pub const fn part(self, offset: u32, len: u32) -> Self {
        Self::new(self.start + offset, self.start + offset + len)
    }

    /// Whether `other` is wholly inside this span.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// A place as people count it: lines and columns from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// Offset in bytes, from 0.
    pub offset: u32,
}

/// How a source is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// One JSON text (RFC 8259).
    Json,
    /// One JSON text a line (JSON Lines).
    JsonLines,
    /// One YAML 1.2 document.
    Yaml,
    /// Markdown, with or without front matter.
    Markdown,
    /// A table of separated values (RFC 4180). No records are written in one.
    Csv,
}

impl Syntax {
    /// The syntax of records that a file name's ending stands for.
    #[must_use]
    pub fn of_path(path: &str) -> Option<Self> {
        let (_, extension) = path.rsplit_once('.')?;
        match extension.to_ascii_lowercase().as_str() {
            "json" => Some(Self::Json),
            "jsonl" | "ndjson" => Some(Self::JsonLines),
            "yaml" | "yml" => Some(Self::Yaml),
            _ => None,
        }
    }

    /// The same for a file that is named as one of records: Markdown is read only then, since most of it is something else.
    #[must_use]
    pub fn of_named(path: &str) -> Option<Self> {
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
        let is_markdown = ["md", "markdown"].iter().any(|known| ending.eq_ignore_ascii_case(known));
        if is_markdown { Some(Self::Markdown) } else { Self::of_path(path) }
    }
}

/// What was wrong with the bytes of a source before any parser saw them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncodingError {
    /// The bytes that are not UTF-8.
    pub span: Span,
    /// What they look like, for the message.
    pub reason: &'static str,
}

/// The largest source that is read: spans are 32 bits wide.
pub const MAX_LEN: usize = u32::MAX as usize;

/// One input: where it comes from and its text.
#[derive(Clone, Debug)]
pub struct Source {
    /// The path shown to people: relative to the project, separated by `/`.
    pub path: String,
    /// How the text is written.
    pub syntax: Syntax,
    /// The text. Bytes that are not UTF-8 are shown as `?`, one for one, so that offsets hold.
    pub text: String,
    /// The first bytes that are not UTF-8, if any.
    pub encoding_error: Option<EncodingError>,
}

impl Source {
    /// A source from text that is already UTF-8.
    #[must_use]
    pub fn new(path: impl Into<String>, syntax: Syntax, text: impl Into<String>) -> Self {
        Self { path: path.into(), syntax, text: text.into(), encoding_error: None }
    }

    /// A source from the bytes of a file. Never fails: what is not UTF-8 becomes
    /// [`encoding_error`](Self::encoding_error). Nothing is copied when the bytes are UTF-8.
    #[must_use]
    pub fn from_bytes(path: impl Into<String>, syntax: Syntax, bytes: Vec<u8>) -> Self {
        match String::from_utf8(bytes) {
            Ok(text) => Self::new(path, syntax, text),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let len = error.utf8_error().error_len().unwrap_or(1);
                let bytes = error.into_bytes();
                let reason = match bytes.as_slice() {
                    [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => "the file is UTF-16",
                    _ if at + len >= bytes.len() => "the file ends inside a character",
                    _ => "these bytes are not UTF-8",
                };
                let span = Span::new(at as u32, (at + len).min(bytes.len()) as u32);
                let mut source = Self::new(path, syntax, masked(&bytes));
                source.encoding_error = Some(EncodingError { span, reason });
                source
            }
        }
    }

    /// The length of the byte-order mark at the start: 3 or 0.
    #[must_use]
    pub fn bom_len(&self) -> u32 {
        if self.text.starts_with('\u{FEFF}') { 3 } else { 0 }
    }

    /// The text under `span`; empty if the span does not fit the text.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }
}

/// The bytes as text of the same length, each byte that is not UTF-8 replaced by `?`.
fn masked(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| '?'));
    }
    text
}

/// Where the lines of a text begin. Built only for sources that have something to report.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
    len: u32,
    strides: Strides,
}

impl LineIndex {
    /// The lines of `text`, ended by `\n` or `\r\n`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut starts = vec![0];
        starts.extend(memchr_iter(b'\n', text.as_bytes()).map(|at| at as u32 + 1));
        let strides = Strides::new(text, &starts, characters);
        Self { starts, len: text.len() as u32, strides }
    }

    /// The position of byte `offset` of `text`, which must be the text of this index. An offset
    /// past the end, or inside a character, is moved back to the nearest place that exists.
    #[must_use]
    pub fn position(&self, text: &str, offset: u32) -> Position {
        let mut offset = offset.min(self.len) as usize;
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.starts.partition_point(|start| *start as usize <= offset);
        let mut start = self.starts[line - 1] as usize;
        // A byte-order mark is not a character that a reader counts.
        if start == 0 && text.starts_with('\u{FEFF}') {
            start = '\u{FEFF}'.len_utf8().min(offset);
        }
        let column = self.strides.between(text, start, offset, characters) + 1;
        Position { line: line as u32, column, offset: offset as u32 }
    }

    /// The span of line `line` (from 1), without its line break.
    #[must_use]
    pub fn line_span(&self, text: &str, line: u32) -> Span {
        let index = (line.max(1) as usize - 1).min(self.starts.len() - 1);
        let start = self.starts[index];
        let end = self.starts.get(index + 1).copied().unwrap_or(self.len);
        let body = text.get(start as usize..end as usize).unwrap_or_default();
        Span::new(start, start + body.trim_end_matches(['\n', '\r']).len() as u32)
    }

    /// How many lines there are; a text that ends in a line break has an empty last one.
    #[must_use]
    pub fn line_count(&self) -> u32 {
        self.starts.len() as u32
    }
}

fn characters(text: &str) -> u32 {
    text.chars().count() as u32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn columns_count_characters_and_lines_end_either_way() {
        let text = "aé\r\nKőrösi\nx";
        let lines = LineIndex::new(text);
        let at = |needle: &str| {
            let offset = text.find(needle).unwrap() as u32;
            let position = lines.position(text, offset);
            (position.line, position.column)
        };
        assert_eq!(at("a"), (1, 1));
        assert_eq!(at("rösi"), (2, 3));
        assert_eq!(at("x"), (3, 1));
        assert_eq!(lines.position(text, 999).line, 3);
        assert_eq!(text.get(lines.line_span(text, 1).range()), Some("aé"));
    }

    proptest! {
        #[test]
        fn columns_of_long_lines_are_those_that_counting_finds(
            parts in proptest::collection::vec(("[aé😀\\r\\n\u{feff}]{0,9}", 1..1_500_usize), 0..6),
            offsets in proptest::collection::vec(any::<proptest::sample::Index>(), 1..20),
        ) {
            let text: String = parts.iter().map(|(part, times)| part.repeat(*times)).collect();
            let lines = LineIndex::new(&text);
            for offset in offsets {
                let offset = text.floor_char_boundary(offset.index(text.len() + 1));
                let line = text[..offset].rfind('\n').map_or(0, |at| at + 1);
                let mut before = &text[line..offset];
                if line == 0 {
                    before = before.strip_prefix('\u{FEFF}').unwrap_or(before);
                }
                let position = lines.position(&text, offset as u32);
                prop_assert_eq!(position.column as usize, before.chars().count() + 1);
                prop_assert_eq!(position.line as usize, text[..offset].matches('\n').count() + 1);
            }
        }
    }

    #[test]
    fn a_byte_order_mark_takes_no_column() {
        let text = "\u{FEFF}{}";
        assert_eq!(LineIndex::new(text).position(text, 3).column, 1);
    }

    #[test]
    fn bytes_that_are_not_utf8_keep_their_offsets() {
        let source = Source::from_bytes("a.json", Syntax::Json, b"{\"a\": \"\xC3\x28\"}".to_vec());
        assert_eq!(source.encoding_error.as_ref().unwrap().span, Span::new(7, 8));
        assert_eq!(source.text, "{\"a\": \"?(\"}");
        let utf16 = Source::from_bytes("a.json", Syntax::Json, b"\xFF\xFE{\0}\0".to_vec());
        assert_eq!(utf16.encoding_error.unwrap().reason, "the file is UTF-16");
    }
}
