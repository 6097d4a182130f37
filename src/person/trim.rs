//! What is beside a name in the place of a name: marks, capacities, letters after it.

use super::honorific;

/// The words that mark a speaker as unconfirmed when they fill a pair of brackets.
const MARKS: [&str; 5] = ["tbc", "t.b.c.", "to be confirmed", "à confirmer", "por confirmar"];

/// The words with which a capacity begins; each comes after a space or a comma.
const CAPACITIES: &[&str] = &[
    "in his capacity",
    "in her capacity",
    "in their capacity",
    "in the capacity",
    "in a personal capacity",
    "in his personal capacity",
    "in her personal capacity",
    "on behalf of",
    "speaking on behalf of",
    "speaking also on behalf of",
    "en sa qualité",
    "en qualité de",
    "à titre personnel",
    "au nom de",
    "en su calidad",
    "en calidad de",
    "a título personal",
    "en nombre de",
];

/// Letters after a name: offices, orders and degrees, without full stops.
const POST_NOMINALS: &[&str] = &[
    "CBE", "CMG", "DBE", "DPhil", "Esq", "FRS", "GCMG", "KBE", "KCMG", "LLD", "MBE", "MD", "MEP",
    "MP", "OBE", "PhD", "QC", "KC", "SJ",
];

/// Where a mark that a speaker is to be confirmed is in `text`: its first byte, and how many there are.
#[must_use]
pub fn tbc_mark(text: &str) -> Option<(usize, usize)> {
    let bracketed = text.char_indices().find_map(|(at, open)| {
        let close = match open {
            '(' => ')',
            '[' => ']',
            _ => return None,
        };
        let inside = text[at + 1..].split_once(close)?.0;
        let words = inside.trim().to_lowercase();
        MARKS.contains(&words.as_str()).then_some((at, inside.len() + 2))
    });
    bracketed.or_else(|| {
        // Without brackets only the capitals make it a mark.
        let at = text.strip_suffix("TBC")?.len();
        let apart = text[..at].chars().next_back().is_none_or(char::is_whitespace);
        apart.then_some((at, "TBC".len()))
    })
}

/// The name alone, as written: without the honorific in front, and without the mark, the capacity and
/// the letters behind. Nothing is taken off that would leave nothing.
#[must_use]
pub fn core(text: &str) -> &str {
    let mut core = text.trim();
    let keep = |rest: &'_ str| rest.chars().any(char::is_alphabetic);
    for cut in [before_capacity, before_mark, before_capacity, before_post_nominals] {
        let rest =
            cut(core).trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';'));
        if keep(rest) {
            core = rest;
        }
    }
    match honorific(core) {
        Some(range) => core[range.end..].trim_start(),
        None => core,
    }
}

fn before_mark(text: &str) -> &str {
    tbc_mark(text).map_or(text, |(at, len)| {
        // A mark amid the name is not a tail.
        if text[at + len..].chars().any(char::is_alphanumeric) { text } else { &text[..at] }
    })
}

fn before_capacity(text: &str) -> &str {
    // Every capacity has two words at least, and a noun after them.
    const FEWEST_WORDS: usize = 4;
    if text.split_whitespace().nth(FEWEST_WORDS - 1).is_none() {
        return text;
    }
    let lower = text.to_lowercase();
    // Offsets hold only where small letters are as long as capitals.
    if lower.len() != text.len() {
        return text;
    }
    let cut = CAPACITIES.iter().filter_map(|words| {
        let at = lower.find(words)?;
        let apart = lower[..at].ends_with(|c: char| c.is_whitespace() || matches!(c, ',' | '('));
        apart.then_some(at)
    });
    match cut.min() {
        Some(at) => text.get(..at).unwrap_or(text).trim_end_matches(['(', ' ']),
        None => text,
    }
}

fn before_post_nominals(text: &str) -> &str {
    let mut rest = text;
    while let Some((before, last)) = rest.trim_end().rsplit_once([' ', ',']) {
        let letters: String = last.chars().filter(|c| *c != '.').collect();
        // Of two letters many are family names in capitals; a comma says.
        let comma = rest[..rest.len() - last.len()].trim_end().ends_with(',');
        let known = POST_NOMINALS.contains(&letters.as_str()) && (comma || letters.len() > 2);
        let two_left = before.split_whitespace().nth(1).is_some();
        if !known || !two_left {
            break;
        }
        rest = before.trim_end_matches([' ', ',']);
    }
    rest
}
