//! Where block scalars (`|` and `>`) are written. The parser gives the bytes of the text alone, with
//! the line breaks after it; a reader means the header too, and the text up to its last character.

use crate::source::Span;

/// The span from the header to the last character of the text. `from` is a place before the header
/// and after all that comes before it; `content` is what the parser gives.
pub(super) fn span(text: &str, from: u32, content: Span) -> Span {
    let bytes = text.as_bytes();
    let header = header_at(bytes, from as usize, content.start as usize);
    let start = header.unwrap_or(content.start as usize);
    let header_end = header.map_or(start, |at| header_end(bytes, at));
    let written = text.get(header_end..content.end as usize).unwrap_or_default();
    let retained = written.trim_end_matches([' ', '\t', '\n', '\r']);
    let last = header_end + retained.len();
    // Blanks at the end of the last line of text are text.
    let blanks = written[retained.len()..].bytes().take_while(|byte| matches!(byte, b' ' | b'\t'));
    let end = if last > header_end { last + blanks.count() } else { last };
    Span::new(start as u32, end as u32)
}

/// The first `|` or `>` between `from` and `to` that is a header: not in a comment, an anchor or a
/// tag, and followed by nothing but its indicators.
fn header_at(bytes: &[u8], from: usize, to: usize) -> Option<usize> {
    let mut at = from;
    while at <= to && at < bytes.len() {
        let after_blank = at == from || bytes[at - 1].is_ascii_whitespace();
        match bytes[at] {
            b'|' | b'>' if after_blank => {
                let follows = bytes.get(header_end(bytes, at)).copied().unwrap_or(b'\n');
                if follows.is_ascii_whitespace() {
                    return Some(at);
                }
            }
            b'#' if after_blank => {
                at += memchr::memchr2(b'\n', b'\r', &bytes[at..]).unwrap_or(bytes.len() - at);
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    None
}

fn header_end(bytes: &[u8], at: usize) -> usize {
    let indicators = bytes[at + 1..]
        .iter()
        .take_while(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-'));
    at + 1 + indicators.count()
}
