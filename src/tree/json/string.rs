//! Strings: taken from the source where no escape is in them, otherwise decoded.

use super::{Failure, Read, Reader};
use crate::{
    source::Span,
    tree::{Kind, NodeId, Style},
};

impl Reader<'_> {
    /// Reads the string whose opening quote is here.
    pub(super) fn read_string(&mut self) -> Read<NodeId> {
        let open = self.at;
        let inner = open + 1;
        let end = inner + plain_len(&self.bytes[inner..]);
        if self.bytes.get(end) != Some(&b'"') {
            return self.read_escaped_string(open, end);
        }
        self.at = end + 1;
        let span = Span::new(open as u32, self.at as u32);
        let text = Span::new(inner as u32, end as u32);
        Ok(self.builder.verbatim(Kind::String, Style::Quoted, span, text))
    }

    /// Reads the rest of a string in which something stands that is not plain.
    fn read_escaped_string(&mut self, open: usize, mut at: usize) -> Read<NodeId> {
        self.decoded.clear();
        self.decoded.push_str(&self.text[open + 1..at]);
        loop {
            match self.bytes.get(at) {
                Some(b'"') => break,
                Some(b'\\') => at = self.read_escape(at)?,
                Some(_) => return Err(self.control_character(open, at)),
                None => return Err(self.unclosed_string(open)),
            }
            let end = at + plain_len(&self.bytes[at..]);
            self.decoded.push_str(&self.text[at..end]);
            at = end;
        }
        self.at = at + 1;
        let span = Span::new(open as u32, self.at as u32);
        Ok(self.builder.decoded(Kind::String, Style::Quoted, span, &self.decoded))
    }

    /// Decodes the escape whose backslash is at `at`, and returns where it ends.
    fn read_escape(&mut self, at: usize) -> Read<usize> {
        let decoded = match self.bytes.get(at + 1) {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{C}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.read_unicode_escape(at),
            _ => return Err(self.bad_escape(at)),
        };
        self.decoded.push(decoded);
        Ok(at + 2)
    }

    /// Decodes `\uXXXX`, or two of them that stand for one character beyond the first 65,536.
    fn read_unicode_escape(&mut self, at: usize) -> Read<usize> {
        let Some(unit) = self.hex4(at) else {
            return Err(self.bad_escape(at));
        };
        let (code, end) = match unit {
            0xD800..=0xDBFF => match self.hex4(at + 6) {
                Some(low @ 0xDC00..=0xDFFF) => {
                    (0x1_0000 + ((unit - 0xD800) << 10) + (low - 0xDC00), at + 12)
                }
                _ => return Err(Self::lone_surrogate(at)),
            },
            unit => (unit, at + 6),
        };
        let Some(character) = char::from_u32(code) else {
            return Err(Self::lone_surrogate(at));
        };
        self.decoded.push(character);
        Ok(end)
    }

    /// The number in `\uXXXX` at `at`, if that is what is there.
    fn hex4(&self, at: usize) -> Option<u32> {
        let digits = self.bytes.get(at..at + 6)?.strip_prefix(b"\\u")?;
        digits.iter().try_fold(0, |code, digit| {
            let digit = char::from(*digit).to_digit(16)?;
            Some(code << 4 | digit)
        })
    }
}

/// How many bytes from the start neither end a string nor need a closer look: no quote, no
/// backslash, no control character. Eight bytes are looked at together.
fn plain_len(bytes: &[u8]) -> usize {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGH: u64 = ONES << 7;
    let mut at = 0;
    while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let word = u64::from_le_bytes(*chunk);
        let quote = word ^ u64::from_ne_bytes([b'"'; 8]);
        let backslash = word ^ u64::from_ne_bytes([b'\\'; 8]);
        // The high bit of a byte is set where it is below a space, a quote or a backslash. A borrow
        // can only set bits behind the first such byte, and the first is what is asked for.
        let special = (word.wrapping_sub(u64::from_ne_bytes([b' '; 8])) & !word)
            | (quote.wrapping_sub(ONES) & !quote)
            | (backslash.wrapping_sub(ONES) & !backslash);
        if special & HIGH != 0 {
            return at + (special & HIGH).trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    let rest = bytes[at..].iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..b' '));
    rest.map_or(bytes.len(), |len| at + len)
}

/// A failure for each place in a string, in the words of the reader.
impl Reader<'_> {
    fn lone_surrogate(at: usize) -> Failure {
        let span = Span::new(at as u32, at as u32 + 6);
        Failure::new(span, "this escape is one half of a surrogate pair without the other")
            .help("write the character itself, or both halves, such as `\\ud83c\\udf0d`")
    }

    fn bad_escape(&self, at: usize) -> Failure {
        let rest = &self.text[at..self.bytes.len()];
        let len = match rest.as_bytes().get(1) {
            Some(b'u') => {
                let digits = rest[2..].bytes().take(4).take_while(u8::is_ascii_hexdigit).count();
                let span = Span::new(at as u32, (at + 2 + digits) as u32);
                return Failure::new(span, "`\\u` is not followed by four hexadecimal digits")
                    .help("write all four, such as `\\u00e9`, or the character itself");
            }
            Some(_) => rest.chars().take(2).map(char::len_utf8).sum::<usize>(),
            None => 1,
        };
        let span = Span::new(at as u32, (at + len) as u32);
        let found = &rest[..len];
        let message = match found.chars().nth(1) {
            Some(c) if !c.is_control() => format!("JSON has no escape `{found}`"),
            Some(_) => "a backslash is before a character that cannot be escaped".to_owned(),
            None => format!("the {} ends after a backslash", self.unit.word()),
        };
        Failure::new(span, message).help("write `\\\\` for a backslash")
    }

    fn control_character(&self, open: usize, at: usize) -> Failure {
        let byte = self.bytes[at];
        let opened = Span::new(open as u32, open as u32 + 1);
        let span = Span::new(at as u32, at as u32 + 1);
        if matches!(byte, b'\n' | b'\r') {
            return Failure::new(span, "the line ends inside a string")
                .help("close the string with `\"`, or write `\\n` where the text has a line break")
                .label(opened, "the string begins here");
        }
        let (name, escape) = match byte {
            b'\t' => ("a tab".to_owned(), "\\t".to_owned()),
            8 => ("the control character U+0008".to_owned(), "\\b".to_owned()),
            12 => ("the control character U+000C".to_owned(), "\\f".to_owned()),
            byte => (format!("the control character U+{byte:04X}"), format!("\\u{byte:04x}")),
        };
        Failure::new(span, format!("{name} is not escaped in a string"))
            .help(format!("write `{escape}`, or remove it"))
            .label(opened, "the string begins here")
    }

    fn unclosed_string(&self, open: usize) -> Failure {
        let end = Span::at(self.bytes.len() as u32);
        Failure::new(end, format!("the {} ends inside a string", self.unit.word()))
            .help("close the string with `\"`")
            .label(Span::new(open as u32, open as u32 + 1), "the string begins here")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::plain_len;

    proptest! {
        #[test]
        fn eight_bytes_together_find_what_one_by_one_finds(
            bytes in proptest::collection::vec(any::<u8>(), 0..40),
        ) {
            let special = |byte: &u8| matches!(byte, b'"' | b'\\') || *byte < b' ';
            let slow = bytes.iter().position(special).unwrap_or(bytes.len());
            prop_assert_eq!(plain_len(&bytes), slow);
        }

        #[test]
        fn a_special_byte_is_found_wherever_it_is(
            before in proptest::collection::vec(0x20_u8.., 0..30),
            special in prop_oneof![Just(b'"'), Just(b'\\'), Just(0x1F), Just(0)],
            after in proptest::collection::vec(any::<u8>(), 0..12),
        ) {
            let before: Vec<u8> =
                before.into_iter().filter(|byte| !matches!(byte, b'"' | b'\\')).collect();
            let bytes = [before.as_slice(), &[special], &after].concat();
            prop_assert_eq!(plain_len(&bytes), before.len());
        }
    }
}
