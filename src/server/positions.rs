//! Positions as the protocol counts them: lines from 0, ended by any of three line breaks, and columns
//! in code units of the encoding that both sides agreed on.

use gen_lsp_types::{Position, PositionEncodingKind, Range};

use crate::source::{Span, Strides};

/// What a column counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Bytes.
    Utf8,
    /// Units of UTF-16: what counts where the editor says nothing.
    #[default]
    Utf16,
    /// Characters.
    Utf32,
}

impl Encoding {
    /// The best of those that the editor knows: bytes, since offsets are bytes here, then characters.
    pub(super) fn negotiate(offered: &[PositionEncodingKind]) -> Self {
        if offered.contains(&PositionEncodingKind::UTF8) {
            Self::Utf8
        } else if offered.contains(&PositionEncodingKind::UTF32) {
            Self::Utf32
        } else {
            Self::Utf16
        }
    }

    /// Its name in the protocol.
    pub(super) const fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
            Self::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    fn units(self, character: char) -> usize {
        match self {
            Self::Utf8 => character.len_utf8(),
            Self::Utf16 => character.len_utf16(),
            Self::Utf32 => 1,
        }
    }

    fn count(self, text: &str) -> u32 {
        match self {
            Self::Utf8 => text.len() as u32,
            Self::Utf16 | Self::Utf32 => text.chars().map(|c| self.units(c) as u32).sum(),
        }
    }
}

/// The lines of a text.
#[derive(Debug)]
pub(super) struct Lines<'t> {
    text: &'t str,
    /// Where each line begins, in bytes.
    starts: Vec<u32>,
    encoding: Encoding,
    strides: Strides,
}

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t str, encoding: Encoding) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        starts.extend(memchr::memchr2_iter(b'\n', b'\r', bytes).filter_map(|at| {
            let is_half = bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n');
            (!is_half).then_some(at as u32 + 1)
        }));
        let strides = Strides::new(text, &starts, |part| encoding.count(part));
        Self { text, starts, encoding, strides }
    }

    /// The text of line `line` without its line break, and where it begins; a byte-order mark, which no
    /// editor counts, is no part of it.
    fn line(&self, line: usize) -> (usize, &'t str) {
        let start = self.starts[line] as usize;
        let end = self.starts.get(line + 1).map_or(self.text.len(), |end| *end as usize);
        let body = self.text[start..end].trim_end_matches(['\n', '\r']);
        match body.strip_prefix('\u{FEFF}').filter(|_| start == 0) {
            Some(body) => (start + 3, body),
            None => (start, body),
        }
    }

    /// The position of byte `offset`; one inside a character or a line break is moved back.
    pub(super) fn position(&self, offset: u32) -> Position {
        let line = self.starts.partition_point(|start| *start <= offset) - 1;
        let (start, body) = self.line(line);
        let offset = (offset as usize).clamp(start, start + body.len());
        let at = self.text.floor_char_boundary(offset);
        let count = |part: &str| self.encoding.count(part);
        let character = self.strides.between(self.text, start, at, count);
        Position { line: line as u32, character }
    }

    /// The byte at `position`; one past the end of a line or of the text is moved back to it, and one
    /// inside a character to its start.
    pub(super) fn offset(&self, position: Position) -> usize {
        let line = position.line as usize;
        if line >= self.starts.len() {
            return self.text.len();
        }
        let (start, body) = self.line(line);
        let mut units = 0;
        for (at, character) in body.char_indices() {
            units += self.encoding.units(character);
            if units > position.character as usize {
                return start + at;
            }
        }
        start + body.len()
    }

    pub(super) fn range(&self, span: Span) -> Range {
        Range { start: self.position(span.start), end: self.position(span.end) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ALL: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

    fn at(text: &str, needle: &str, encoding: Encoding) -> (u32, u32) {
        let offset = text.find(needle).unwrap() as u32;
        let position = Lines::new(text, encoding).position(offset);
        (position.line, position.character)
    }

    #[test]
    fn columns_count_units_of_the_encoding() {
        let text = "a\né😀b";
        assert_eq!(at(text, "b", Encoding::Utf8), (1, 6));
        assert_eq!(at(text, "b", Encoding::Utf16), (1, 3));
        assert_eq!(at(text, "b", Encoding::Utf32), (1, 2));
    }

    #[test]
    fn lines_end_in_any_of_three_ways() {
        assert_eq!(at("a\nb\r\nc\rd", "d", Encoding::Utf16), (3, 0));
        assert_eq!(at("a\r\r\nb", "b", Encoding::Utf16), (2, 0));
    }

    #[test]
    fn a_byte_order_mark_takes_no_column() {
        let text = "\u{FEFF}{}";
        for encoding in ALL {
            assert_eq!(at(text, "{", encoding), (0, 0));
            let lines = Lines::new(text, encoding);
            assert_eq!(lines.offset(Position { line: 0, character: 1 }), 4);
        }
    }

    #[test]
    fn what_is_outside_is_moved_inside() {
        for encoding in ALL {
            let lines = Lines::new("é😀\r\nb", encoding);
            let offset = |line, character| lines.offset(Position { line, character });
            assert_eq!(offset(0, 99), 6, "before the line break");
            assert_eq!(offset(1, u32::MAX), 9);
            assert_eq!(offset(u32::MAX, 0), 9);
            assert_eq!(lines.position(u32::MAX), lines.position(9));
        }
        let lines = Lines::new("😀", Encoding::Utf16);
        assert_eq!(lines.offset(Position { line: 0, character: 1 }), 0, "half of a character");
        assert_eq!(lines.position(2), Position { line: 0, character: 0 });
    }

    #[test]
    fn bytes_go_before_characters_and_characters_before_the_default() {
        let [utf8, utf16, utf32] = ALL.map(Encoding::kind);
        let negotiate = Encoding::negotiate;
        assert_eq!(negotiate(&[]), Encoding::Utf16);
        assert_eq!(negotiate(&[utf16.clone(), utf32.clone()]), Encoding::Utf32);
        assert_eq!(negotiate(&[utf16, utf32, utf8]), Encoding::Utf8);
        assert_eq!(negotiate(&["utf-7".to_owned().into()]), Encoding::Utf16);
    }

    proptest! {
        #[test]
        fn columns_of_long_lines_are_those_that_counting_finds(
            parts in proptest::collection::vec(("[a-cé😀]{0,9}\n?", 1..1_500_usize), 0..4),
            offsets in proptest::collection::vec(any::<proptest::sample::Index>(), 1..20),
        ) {
            let text: String = parts.iter().map(|(part, times)| part.repeat(*times)).collect();
            for encoding in ALL {
                let lines = Lines::new(&text, encoding);
                for offset in &offsets {
                    let offset = text.floor_char_boundary(offset.index(text.len() + 1));
                    let line = text[..offset].rfind(['\n', '\r']).map_or(0, |at| at + 1);
                    let units: usize = text[line..offset].chars().map(|c| encoding.units(c)).sum();
                    prop_assert_eq!(lines.position(offset as u32).character as usize, units);
                }
            }
        }

        #[test]
        fn every_character_outside_of_line_breaks_is_found_again(text in "[a-cé😀\r\n]{0,40}") {
            for encoding in ALL {
                let lines = Lines::new(&text, encoding);
                for (offset, character) in text.char_indices() {
                    let found = lines.offset(lines.position(offset as u32));
                    if character == '\n' || character == '\r' {
                        prop_assert!(found <= offset);
                    } else {
                        prop_assert_eq!(found, offset);
                    }
                }
            }
        }
    }
}
