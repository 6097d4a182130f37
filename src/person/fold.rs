//! The letters of names, without what differs between keyboards, alphabets and habits.

use unicode_normalization::UnicodeNormalization as _;

use super::{Sort, Word};

/// Words that so many names have that sharing one says nothing.
const PARTICLES: [&str; 26] = [
    "abd", "abu", "al", "ben", "bin", "bint", "da", "de", "del", "della", "den", "der", "di", "do",
    "dos", "e", "el", "ibn", "la", "le", "ter", "van", "von", "y", "du", "das",
];
const NUMERALS: [&str; 3] = ["ii", "iii", "iv"];

/// Text in small letters without accents and apostrophes: "Fernández" and "FERNANDEZ" become one.
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        let mut folded = text.to_ascii_lowercase();
        // Few texts have one.
        if text.bytes().any(|byte| is_silent(char::from(byte))) {
            folded.retain(|c| !is_silent(c));
        }
        return folded;
    }
    // Apostrophes go first: some of them decompose into a space and an accent.
    let retained = text.chars().filter(|c| !is_silent(*c));
    let mut folded = String::with_capacity(text.len());
    for c in retained.nfkd().filter(|c| !is_accent(*c)) {
        match c {
            'ø' | 'Ø' => folded.push('o'),
            'ł' | 'Ł' => folded.push('l'),
            'đ' | 'Đ' => folded.push('d'),
            'ß' | 'ẞ' => folded.push_str("ss"),
            'æ' | 'Æ' => folded.push_str("ae"),
            'œ' | 'Œ' => folded.push_str("oe"),
            'ı' => folded.push('i'),
            c => folded.extend(c.to_lowercase()),
        }
    }
    folded
}

/// The name alone as it is spelled, without what no one calls another spelling: capitals, full stops and
/// commas, the kind of apostrophe and hyphen, the number of spaces, the coding of accents.
#[must_use]
pub fn spelling(text: &str) -> String {
    let core = super::core(text);
    let retained = core.chars().filter(|c| !is_silent(*c) && !matches!(c, '.' | ','));
    if core.is_ascii() {
        let mut lower = String::with_capacity(core.len());
        for c in retained {
            let space = c.is_whitespace();
            if !space {
                lower.push(c.to_ascii_lowercase());
            } else if !lower.is_empty() && !lower.ends_with(' ') {
                lower.push(' ');
            }
        }
        lower.truncate(lower.trim_end().len());
        return lower;
    }
    let hyphens = retained.map(|c| if matches!(c, '\u{2010}'..='\u{2015}') { '-' } else { c });
    let lower: String = hyphens.nfkc().flat_map(char::to_lowercase).collect();
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Apostrophes, invisible characters and stray control characters.
pub(super) fn is_silent(c: char) -> bool {
    if c.is_ascii_alphanumeric() || c == ' ' {
        return false;
    }
    let apostrophe =
        matches!(c, '\'' | '`' | '´' | '‘' | '’' | '‛' | 'ʹ' | 'ʻ' | 'ʼ' | 'ʽ' | 'ʾ' | 'ʿ' | '′');
    let invisible = matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
    apostrophe || invisible || (c.is_control() && !c.is_whitespace())
}

/// Accents of European letters, vowel marks of Arabic and Hebrew. The vowel signs of Indian scripts are
/// marks as well, and letters to those who write them.
pub(super) fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{670}')
}

/// The words of a name: any other character than a letter, digit or mark ends one.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    for part in text.split(char::is_whitespace) {
        // Of the words that are particles in small letters, a capital is an initial.
        let capital = part.chars().next().is_some_and(char::is_uppercase);
        let folded = fold(part);
        let is_break =
            |c: char| !c.is_alphanumeric() && !unicode_normalization::char::is_combining_mark(c);
        let is_initial = capital || part.contains('.');
        if !folded.is_empty() && !folded.contains(is_break) {
            words.push(Word { sort: sort_of(&folded, is_initial), text: folded });
            continue;
        }
        for word in folded.split(is_break).filter(|word| !word.is_empty()) {
            words.push(Word { text: word.to_owned(), sort: sort_of(word, is_initial) });
        }
    }
    words
}

/// The parts of words that have a capital after a small letter, where two names seem to be glued together. `McDonald` and
/// `DeSouza` are written so as well, and have one long part only.
pub(super) fn glued(text: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut was_small = false;
    let is_glued = text.chars().any(|c| {
        let turns = was_small && c.is_uppercase();
        was_small = c.is_lowercase();
        turns
    });
    if !is_glued {
        return parts;
    }
    for word in text.split(|c: char| !c.is_alphabetic()) {
        let turns: Vec<usize> = word
            .char_indices()
            .zip(word.char_indices().skip(1))
            .filter(|((_, a), (_, b))| a.is_lowercase() && b.is_uppercase())
            .map(|(_, (at, _))| at)
            .collect();
        let ends = turns.iter().copied().chain([word.len()]);
        let starts = [0].into_iter().chain(turns.iter().copied());
        let found = starts.zip(ends).filter_map(|(start, end)| word.get(start..end));
        parts.extend(
            found.filter(|part| !turns.is_empty() && part.chars().nth(2).is_some()).map(fold),
        );
    }
    parts
}

fn sort_of(word: &str, initial: bool) -> Sort {
    let mut chars = word.chars();
    // A single letter of a script without case is a word like any other.
    let single = chars.next().is_some_and(char::is_lowercase) && chars.next().is_none();
    match word {
        _ if single && initial => Sort::Initial,
        _ if PARTICLES.contains(&word) => Sort::Particle,
        _ if NUMERALS.contains(&word) => Sort::Numeral,
        _ if single => Sort::Initial,
        _ => Sort::Full,
    }
}
