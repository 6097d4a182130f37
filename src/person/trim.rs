//! What is beside a name in the place of a name: marks, capacities, letters after it.

use super::{
    fold::{fold, is_accent, is_silent},
    honorific,
};

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

/// What is written where a name is not known, folded and sorted.
const PLACEHOLDERS: &[&str] = &[
    "a annoncer",
    "a confirmer",
    "a delegate",
    "a designer",
    "a determiner",
    "a participant",
    "a representative",
    "a speaker",
    "anonima",
    "anonimo",
    "anonyme",
    "anonymous",
    "aucun",
    "desconocida",
    "desconocido",
    "inconnu",
    "inconnue",
    "intervenant non identifie",
    "n a",
    "n n",
    "name unknown",
    "ninguno",
    "nn",
    "no name",
    "no speaker",
    "nobody",
    "none",
    "not applicable",
    "not available",
    "not known",
    "null",
    "orador no identificado",
    "oradora no identificada",
    "orateur non identifie",
    "por anunciar",
    "por confirmar",
    "por designar",
    "por determinar",
    "representative",
    "sans nom",
    "sin nombre",
    "speaker",
    "speaker to be announced",
    "t b a",
    "t b c",
    "t b d",
    "tba",
    "tbc",
    "tbd",
    "to be announced",
    "to be confirmed",
    "to be decided",
    "to be determined",
    "un intervenant",
    "un representant",
    "un representante",
    "una representante",
    "une representante",
    "unidentified speaker",
    "unknown",
    "unknown speaker",
    "unknown unknown",
    "various",
    "various speakers",
    "voice from the floor",
    "voix dans la salle",
    "voz de la sala",
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
        // A mark amid the name is no tail.
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

/// Whether `text` as a whole is no name of a person: a word for no one, or a label with or without a
/// name glued to it, as in "Remote attendance: M. Corby".
#[must_use]
pub fn is_placeholder(text: &str) -> bool {
    let label = text.find(':').is_some_and(|at| {
        text[at + 1..].starts_with(char::is_whitespace)
            && text[..at].chars().any(char::is_alphabetic)
    });
    label || !begins_as_name(text) && is_no_name(text)
}

/// Whether the text has no word, or those of a placeholder.
fn is_no_name(text: &str) -> bool {
    let folded: String =
        fold(text).chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let words = folded.split_whitespace().collect::<Vec<_>>().join(" ");
    words.is_empty() || PLACEHOLDERS.binary_search(&words.as_str()).is_ok()
}

/// Whether the first letters of a text show that it is no placeholder, as they do of most names. Letters and digits of
/// ASCII, and those with an accent, stay what they are when a text is folded, whatever follows them.
fn begins_as_name(text: &str) -> bool {
    let (mut left, mut at, mut is_apart) = (PLACEHOLDERS, 0, false);
    for c in text.chars() {
        let Some(letter) = (if c.is_ascii() { Some(c) } else { without_accent(c) }) else {
            return false;
        };
        if letter.is_ascii_alphanumeric() {
            if is_apart && at > 0 {
                left = going_on(left, at, b' ');
                at += 1;
            }
            left = going_on(left, at, letter.to_ascii_lowercase() as u8);
            if left.is_empty() {
                return true;
            }
            (at, is_apart) = (at + 1, false);
        } else if !is_silent(letter) {
            is_apart = true;
        }
    }
    false
}

/// The letter of ASCII that a letter is but for its accents.
fn without_accent(c: char) -> Option<char> {
    let (mut letter, mut is_plain) = (None, !is_silent(c));
    unicode_normalization::char::decompose_compatible(c, |part| match letter {
        None => letter = Some(part),
        Some(_) => is_plain &= is_accent(part),
    });
    letter.filter(|letter| is_plain && letter.is_ascii_alphanumeric())
}

/// Those of the words, which are sorted and alike up to `at`, that have this byte there.
fn going_on<'w>(words: &'w [&'w str], at: usize, byte: u8) -> &'w [&'w str] {
    let own = |word: &&str| word.as_bytes().get(at).copied();
    let from = words.partition_point(|word| own(word) < Some(byte));
    let to = words.partition_point(|word| own(word) <= Some(byte));
    &words[from..to]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn no_placeholder_begins_as_a_name() {
        for word in PLACEHOLDERS {
            assert!(!begins_as_name(word), "{word}");
            assert!(!begins_as_name(&word.to_uppercase()), "{word}");
        }
        assert!(begins_as_name("Anna None"));
        assert!(begins_as_name("José"));
        assert!(begins_as_name("Élodie"));
        assert!(!begins_as_name("À déterminer"));
    }

    proptest! {
        #[test]
        fn what_begins_as_a_name_is_no_placeholder(
            pick in any::<prop::sample::Index>(),
            cut in any::<prop::sample::Index>(),
            between in "[-.'`\u{301}\u{7f}éÉøﬁ´ ]{0,2}",
            end in "[a-bN'. éÁ]{0,3}",
        ) {
            let word = PLACEHOLDERS[pick.index(PLACEHOLDERS.len())];
            let (before, after) = word.split_at(cut.index(word.len() + 1));
            for text in [format!("{before}{between}{after}"), format!("{before}{end}"), word.replace(' ', &between)] {
                prop_assert!(!(begins_as_name(&text) && is_no_name(&text)), "{}", text);
            }
        }
    }
}
