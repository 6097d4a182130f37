//! Lines of the form `Key: value`, and turns of a speaker, `RH: text`.

use super::pieces::{Look, Piece, Pieces};

/// The longest key, in bytes.
const LONGEST: usize = 48;
/// The most words of a key that is set off, and of one that is not.
const WORDS: (usize, usize) = (8, 5);

/// A line that names what its text is about.
#[derive(Debug)]
pub(super) struct Field {
    /// The pieces before the colon.
    pub(super) key: Vec<Piece>,
    /// What they say.
    pub(super) name: String,
    /// The pieces after it.
    pub(super) value: Vec<Piece>,
}

/// Reads a line as a field or a turn.
pub(super) fn read(pieces: &Pieces<'_>, line: &[Piece]) -> Option<Field> {
    let mut name = String::new();
    for (number, piece) in line.iter().enumerate() {
        if piece.look == Look::Code {
            return None;
        }
        let text = pieces.text(piece);
        let Some(colon) = text.find(':') else {
            name.push_str(text);
            if name.len() > LONGEST {
                return None;
            }
            continue;
        };
        name.push_str(&text[..colon]);
        let rest = &text[colon + 1..];
        let ends_strong = rest.is_empty() && piece.look == Look::Strong;
        let next = || line[number + 1..].iter().find_map(|next| pieces.text(next).chars().next());
        let follows = rest.chars().next().or_else(next);
        let is_apart = follows.is_none_or(char::is_whitespace) || ends_strong;
        let set_off = line[..=number]
            .iter()
            .all(|piece| piece.look == Look::Strong || pieces.text(piece).trim().is_empty())
            || (piece.look != Look::Strong
                && text[..colon].trim().is_empty()
                && line[..number].iter().all(|piece| piece.look == Look::Strong)
                && number > 0);
        if !is_apart || !is_key(&name, set_off) {
            return None;
        }
        let mut key = line[..number].to_vec();
        key.push(Pieces::part(piece, 0, colon));
        let mut value = vec![Pieces::part(piece, colon + 1, text.len())];
        value.extend_from_slice(&line[number + 1..]);
        let (key, value) = (pieces.trimmed(&key), pieces.trimmed(&value));
        let name = name.trim().to_owned();
        return Some(Field { key, name, value });
    }
    None
}

/// Whether a text before a colon can be a key.
fn is_key(name: &str, set_off: bool) -> bool {
    let name = name.trim();
    let begins = name.chars().next().is_some_and(|c| c.is_alphanumeric() || c == '(');
    let has_letter = name.chars().any(char::is_alphabetic);
    let is_part = |c: char| c.is_alphanumeric() || " &/'’()-_\u{a0}#".contains(c);
    let most = if set_off { WORDS.0 } else { WORDS.1 };
    name.len() <= LONGEST
        && begins
        && has_letter
        && name.chars().all(is_part)
        && name.split_whitespace().count() <= most
}

/// Whether a key is the initials of a speaker, or of several: `RH`, `RH/AB`.
pub(super) fn is_initials(name: &str) -> bool {
    let is_one = |part: &str| {
        (2..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_uppercase())
    };
    name.split('/').all(is_one)
}
