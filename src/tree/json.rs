//! JSON (RFC 8259), strict, and JSON Lines: one pass over the bytes, without recursion.
//!
//! What is accepted is what `serde_json` accepts, besides a byte-order mark, which RFC 8259 lets a
//! reader ignore. The bytes are read here; what to say of a text that breaks off is worked out in
//! [`explain`], away from the common path.

#[cfg(test)]
mod cases;
mod explain;
#[cfg(test)]
pub(super) mod properties;
mod string;
#[cfg(test)]
mod tests;

use memchr::memchr;

use self::explain::Unit;
use super::{
    Builder, Kind, MAX_DEPTH, NodeId, Style,
    failure::{Failure, Read},
};
use crate::source::Span;

/// How many lines of one JSON Lines source may be broken before the rest is left unread: enough to
/// see what is wrong, far below what a file of another format would fill the memory with.
const MAX_BROKEN_LINES: usize = 1000;

pub(super) fn parse(builder: &mut Builder) {
    let source = builder.source();
    let start = source.bom_len() as usize;
    let mut reader = Reader::new(builder, &source.text, start, source.text.len(), Unit::File);
    if let Err(failure) = reader.read_text() {
        failure.record(builder);
    }
}

pub(super) fn parse_lines(builder: &mut Builder) {
    let source = builder.source();
    let bytes = source.text.as_bytes();
    let mut at = source.bom_len() as usize;
    let mut broken = 0;
    let mut blank = true;
    while at < bytes.len() {
        let end = memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |len| at + len);
        // A carriage return before the line feed is white space to JSON, but no part of the line.
        let line_end = if bytes[at..end].ends_with(b"\r") { end - 1 } else { end };
        if !bytes[at..line_end].iter().all(|byte| is_space(*byte)) {
            blank = false;
            if broken == MAX_BROKEN_LINES {
                explain::too_many_broken_lines(at, line_end, broken).record(builder);
                return;
            }
            let before = builder.checkpoint();
            let read = Reader::new(builder, &source.text, at, line_end, Unit::Line).read_text();
            if let Err(failure) = read {
                broken += 1;
                builder.roll_back(before);
                failure.record(builder);
            }
        }
        at = end + 1;
    }
    // No line at all is no value at all, as in a list of findings where nothing was found; blank lines are no such list.
    if blank && source.bom_len() as usize != bytes.len() {
        Failure::empty_file(source.text.len()).record(builder);
    }
}

/// Reads one JSON text: the bytes `at..end` of the source.
struct Reader<'t> {
    builder: &'t mut Builder,
    text: &'t str,
    /// The bytes up to the end of this JSON text, offsets being those of the source.
    bytes: &'t [u8],
    at: usize,
    unit: Unit,
    /// Where strings with escapes are put together.
    decoded: String,
}

impl<'t> Reader<'t> {
    fn new(builder: &'t mut Builder, text: &'t str, at: usize, end: usize, unit: Unit) -> Self {
        let bytes = &text.as_bytes()[..end];
        Self { builder, text, bytes, at, unit, decoded: String::new() }
    }

    fn read_text(&mut self) -> Read<()> {
        self.skip_space();
        if self.at == self.bytes.len() {
            return Err(Failure::empty_file(self.bytes.len()));
        }
        let root = NodeId(self.builder.len() as u32);
        let read = self.read_value();
        if self.builder.len() > root.index() {
            self.builder.root(root);
        }
        read?;
        self.skip_space();
        if self.at < self.bytes.len() { Err(self.text_after_value()) } else { Ok(()) }
    }

    /// Reads a value and all that it contains.
    fn read_value(&mut self) -> Read<()> {
        let outside = self.builder.depth();
        loop {
            self.skip_space();
            let opened = self.read_start_of_value()?;
            if !opened && !self.read_after_value(outside)? {
                return Ok(());
            }
        }
    }

    /// Reads a scalar, an empty container, or up to the first value in a container. Says whether
    /// it was the latter.
    fn read_start_of_value(&mut self) -> Read<bool> {
        match self.peek() {
            Some(b'"') => {
                self.read_string()?;
            }
            Some(b'-' | b'0'..=b'9') => self.read_number()?,
            Some(b'{') => {
                self.open(Kind::Object)?;
                if self.peek() == Some(b'}') {
                    self.close();
                } else {
                    self.read_key(None)?;
                    return Ok(true);
                }
            }
            Some(b'[') => {
                self.open(Kind::Array)?;
                if self.peek() == Some(b']') {
                    self.close();
                } else {
                    return Ok(true);
                }
            }
            Some(b't') => self.read_word("true", Kind::Bool(true))?,
            Some(b'f') => self.read_word("false", Kind::Bool(false))?,
            Some(b'n') => self.read_word("null", Kind::Null)?,
            _ => return Err(self.no_value()),
        }
        Ok(false)
    }

    /// Reads what follows a value: closing brackets and a comma. Says whether another value comes.
    fn read_after_value(&mut self, outside: usize) -> Read<bool> {
        while self.builder.depth() > outside {
            let value_end = self.at;
            self.skip_space();
            let in_object = self.builder.in_object();
            match self.peek() {
                Some(b',') => {
                    let comma = self.at;
                    self.at += 1;
                    self.skip_space();
                    if in_object {
                        self.read_key(Some(comma))?;
                    } else if self.peek() == Some(b']') {
                        return Err(self.trailing_comma(comma));
                    }
                    return Ok(true);
                }
                Some(b'}') if in_object => self.close(),
                Some(b']') if !in_object => self.close(),
                _ => return Err(self.no_comma(value_end)),
            }
        }
        Ok(false)
    }

    /// Reads a key and its colon. `comma` is where the comma before it is.
    fn read_key(&mut self, comma: Option<usize>) -> Read<()> {
        match self.peek() {
            Some(b'"') => {
                self.read_string()?;
            }
            Some(b'}') if let Some(comma) = comma => return Err(self.trailing_comma(comma)),
            _ => return Err(self.no_key()),
        }
        let key_end = self.at;
        self.skip_space();
        if self.peek() != Some(b':') {
            return Err(self.no_colon(key_end));
        }
        self.at += 1;
        Ok(())
    }

    fn open(&mut self, kind: Kind) -> Read<()> {
        if self.builder.depth() == MAX_DEPTH {
            return Err(Failure::too_deep(self.here()));
        }
        self.builder.open(kind, self.at as u32);
        self.at += 1;
        self.skip_space();
        Ok(())
    }

    fn close(&mut self) {
        self.at += 1;
        self.builder.close(self.at as u32);
    }

    fn read_word(&mut self, word: &str, kind: Kind) -> Read<()> {
        let end = self.at + word.len();
        let follows = self.bytes.get(end).copied().unwrap_or(b' ');
        if self.bytes.get(self.at..end) != Some(word.as_bytes()) || is_word(follows) {
            return Err(self.no_value());
        }
        self.builder.value(kind, Span::new(self.at as u32, end as u32));
        self.at = end;
        Ok(())
    }

    fn read_number(&mut self) -> Read<()> {
        let start = self.at;
        let Some(end) = number_end(self.bytes, start) else {
            return Err(self.bad_number());
        };
        let span = Span::new(start as u32, end as u32);
        if !is_in_range(&self.text[start..end]) {
            return Err(Failure::out_of_range(span));
        }
        self.builder.verbatim(Kind::Number, Style::Plain, span, span);
        self.at = end;
        Ok(())
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while self.at < self.bytes.len() && is_space(self.bytes[self.at]) {
            self.at += 1;
        }
    }
}

/// The end of the number at `start`, by the grammar of RFC 8259, section 6; `None` where the bytes
/// begin like a number but are none.
fn number_end(bytes: &[u8], start: usize) -> Option<usize> {
    let digits = |mut at: usize| {
        while bytes.get(at).is_some_and(u8::is_ascii_digit) {
            at += 1;
        }
        at
    };
    let mut at = if bytes.get(start) == Some(&b'-') { start + 1 } else { start };
    let whole = digits(at);
    if whole == at || (bytes[at] == b'0' && whole > at + 1) {
        return None;
    }
    at = whole;
    if bytes.get(at) == Some(&b'.') {
        let end = digits(at + 1);
        if end == at + 1 {
            return None;
        }
        at = end;
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        let end = digits(at + 1 + sign);
        if end == at + 1 + sign {
            return None;
        }
        at = end;
    }
    // Such as the hexadecimal `0x1F`, a date or a time: nothing of the kind may follow a number.
    let follows = bytes.get(at).copied().unwrap_or(b' ');
    (!is_word(follows) && !matches!(follows, b'.' | b'-' | b'+' | b':')).then_some(at)
}

/// Whether `text`, a JSON number, has a finite value as a 64-bit float. Other readers take larger
/// ones for infinity or refuse them; `serde_json` refuses, and has the last word here.
pub(super) fn is_in_range(text: &str) -> bool {
    let short = text.len() <= 200;
    let exponent = text.find(['e', 'E']).map_or("", |at| &text[at + 1..]);
    (short && exponent.len() <= 2) || serde_json::from_str::<serde_json::Value>(text).is_ok()
}

/// Whether `text` is a number by the grammar of JSON.
pub(super) fn is_number(text: &str) -> bool {
    number_end(text.as_bytes(), 0) == Some(text.len())
}

/// White space as RFC 8259, section 2, lists it.
const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t')
}

/// Whether the byte would be part of a word or a name.
const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}
