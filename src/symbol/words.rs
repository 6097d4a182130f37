//! The words that citations are made of: those that announce acts, join numbers, and name organs.

use super::{Act, Organ};

/// No word of the lists has as many bytes.
const LONGEST: usize = 16;

/// Words in lower case, in any case found at once. Most words of a text are in no list, which their length and
/// their first letter show.
struct Words {
    words: &'static [&'static str],
    /// For each length in bytes, the first letters that the words of this length have, each a bit.
    firsts: [u32; LONGEST],
}

impl Words {
    const fn new(words: &'static [&'static str]) -> Self {
        let mut firsts = [0; LONGEST];
        let mut at = 0;
        while at < words.len() {
            let word = words[at].as_bytes();
            firsts[word.len()] |= first_bit(word[0]);
            at += 1;
        }
        Self { words, firsts }
    }

    /// Whether a word may be in the list.
    fn may_have(&self, word: &str) -> bool {
        let (firsts, first) = (self.firsts.get(word.len()), word.as_bytes().first());
        matches!((firsts, first), (Some(firsts), Some(first)) if firsts & first_bit(*first) != 0)
    }

    fn has(&self, word: &str) -> bool {
        self.may_have(word) && self.words.iter().any(|one| same(word, one))
    }
}

/// The bit of a first byte: the same for both cases of a letter.
const fn first_bit(byte: u8) -> u32 {
    1 << (byte & 31)
}

static RESOLUTION: Words = Words::new(&[
    "resolution",
    "resolutions",
    "résolution",
    "résolutions",
    "resolución",
    "resoluciones",
    "resolucion",
]);

static DECISION: Words =
    Words::new(&["decision", "decisions", "décision", "décisions", "decisión", "decisiones"]);

static NUMBER: Words = Words::new(&[
    "no", "nos", "n", "nº", "n°", "núm", "núms", "number", "numbers", "numéro", "numéros",
]);

static OF: Words = Words::new(&["of", "de", "del", "du", "des"]);

/// Words that may be between a cue and its numbers, or between the numbers.
static JOINING: Words = Words::new(&[
    "and", "or", "y", "e", "et", "ou", "o", "as", "well", "also", "see", "annex", "annexes",
    "annexe", "anexo", "both",
]);

static SMALL: Words = Words::new(&[
    "the", "la", "el", "los", "les", "las", "l", "on", "and", "for", "of", "y", "et", "de", "des",
    "du", "to", "united",
]);

/// No small word has more letters, but for those that begin with the article `l'`.
pub(super) const LONGEST_SMALL_WORD: usize = 6;

/// Nouns that bodies are named by.
static BODIES: Words = Words::new(&[
    "commission",
    "committee",
    "council",
    "assembly",
    "conference",
    "board",
    "programme",
    "organization",
    "union",
    "league",
    "agency",
    "authority",
    "congress",
    "parliament",
    "forum",
    "parties",
    "comité",
    "conseil",
    "assemblée",
    "consejo",
    "asamblea",
    "comisión",
    "conferencia",
    "conférence",
]);

/// Further nouns of bodies, which adopt acts of their own or are spoken of as if they did.
static OTHER_BODIES: Words = Words::new(&[
    "court",
    "tribunal",
    "bank",
    "fund",
    "bureau",
    "group",
    "institute",
    "university",
    "secretariat",
    "government",
    "republic",
    "kingdom",
    "office",
    "body",
    "mission",
    "network",
    "centre",
    "association",
    "federation",
    "alliance",
    "agence",
    "organisation",
    "organización",
    "programa",
]);

/// The noun alone, which may be short for any body.
static SHORT_BODIES: Words = Words::new(&["assembly", "council", "commission", "committee"]);

/// Nouns that begin the name of another body: `of the Commission on ...`.
static FIRST_BODIES: Words = Words::new(&["commission", "committee", "conference", "board"]);

/// Names of organs in English, French and Spanish, in full.
const ORGANS: [(&[&str], Organ); 19] = [
    (&["general", "assembly"], Organ::GeneralAssembly),
    (&["assemblée", "générale"], Organ::GeneralAssembly),
    (&["l'assemblée", "générale"], Organ::GeneralAssembly),
    (&["l’assemblée", "générale"], Organ::GeneralAssembly),
    (&["asamblea", "general"], Organ::GeneralAssembly),
    (&["unga"], Organ::GeneralAssembly),
    (&["economic", "and", "social", "council"], Organ::EconomicAndSocialCouncil),
    (&["conseil", "économique", "et", "social"], Organ::EconomicAndSocialCouncil),
    (&["consejo", "económico", "y", "social"], Organ::EconomicAndSocialCouncil),
    (&["ecosoc"], Organ::EconomicAndSocialCouncil),
    (&["security", "council"], Organ::SecurityCouncil),
    (&["conseil", "de", "sécurité"], Organ::SecurityCouncil),
    (&["consejo", "de", "seguridad"], Organ::SecurityCouncil),
    (&["unsc"], Organ::SecurityCouncil),
    (&["human", "rights", "council"], Organ::HumanRightsCouncil),
    (&["conseil", "des", "droits", "de", "l'homme"], Organ::HumanRightsCouncil),
    (&["conseil", "des", "droits", "de", "l’homme"], Organ::HumanRightsCouncil),
    (&["consejo", "de", "derechos", "humanos"], Organ::HumanRightsCouncil),
    (&["trusteeship", "council"], Organ::TrusteeshipCouncil),
];

/// The last words of the names of [`ORGANS`].
static ORGAN_ENDS: Words = Words::new(&[
    "assembly",
    "générale",
    "general",
    "unga",
    "council",
    "social",
    "ecosoc",
    "sécurité",
    "seguridad",
    "unsc",
    "l'homme",
    "l’homme",
    "humanos",
]);

/// Whether a byte is part of a word wherever it stands: a letter or digit of ASCII, or the apostrophe.
const fn is_plain(byte: u8) -> bool {
    PLAIN[byte as usize]
}

const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        plain[byte] = (byte as u8).is_ascii_alphanumeric() || byte == b'\'' as usize;
        byte += 1;
    }
    plain
};

/// The length in bytes of the word at the beginning of a text. Most letters are of ASCII, and need not be decoded.
pub(super) fn word_len(text: &str) -> usize {
    let bytes = text.as_bytes();
    let len = bytes.iter().position(|byte| !is_plain(*byte)).unwrap_or(bytes.len());
    match bytes.get(len) {
        Some(0x80..) => {
            let rest = &text[len..];
            len + rest.find(|c: char| !is_word(c)).unwrap_or(rest.len())
        }
        _ => len,
    }
}

pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\'' | '’' | '°' | 'º')
}

pub(super) fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// Compares without regard to case; accents count. No letter of the words compared with has another length as a
/// capital.
fn same(word: &str, lower: &str) -> bool {
    word.len() == lower.len()
        && (word.eq_ignore_ascii_case(lower)
            || (!word.is_ascii() && word.chars().flat_map(char::to_lowercase).eq(lower.chars())))
}

pub(super) fn cue_word(word: &str) -> Option<Act> {
    /// No cue is shorter.
    const SHORTEST: usize = "decision".len();
    match word {
        _ if word.len() < SHORTEST => None,
        _ if RESOLUTION.has(word) => Some(Act::Resolution),
        _ if DECISION.has(word) => Some(Act::Decision),
        _ => None,
    }
}

pub(super) fn is_number_word(word: &str) -> bool {
    NUMBER.has(word)
}

pub(super) fn is_of(word: &str) -> bool {
    OF.has(word)
}

/// Whether a word joins two things of one kind.
pub(super) fn is_and(word: &str) -> bool {
    ["and", "et", "y", "or", "ou", "o"].iter().any(|one| same(word, one))
}

/// Whether the name of an organ goes on after this word and the word `and`.
pub(super) fn goes_on_after_and(word: &str) -> bool {
    ["economic", "économique", "económico"].iter().any(|one| same(word, one))
}

/// Words that may be between a cue and its numbers, or between the numbers.
pub(super) fn is_joining(word: &str) -> bool {
    NUMBER.has(word) || JOINING.has(word)
}

pub(super) fn is_small_word(word: &str) -> bool {
    SMALL.has(word) || word.starts_with("l'") || word.starts_with("l’")
}

/// Nouns that bodies are named by.
pub(super) fn is_body(word: &str) -> bool {
    BODIES.has(word)
}

/// Whether a word has the letters of a body for its name, as UNESCO has, and is not a roman numeral or another common word.
pub(super) fn is_acronym(word: &str) -> bool {
    let is_numeral = || word.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X' | b'L' | b'C'));
    word.len() > 2
        && word.bytes().all(|byte| byte.is_ascii_uppercase())
        && !is_numeral()
        && !["HIV", "AIDS", "COVID", "RES", "DEC", "THE"].contains(&word)
}

/// Whether a word names something that may be spoken of as `its`.
pub(super) fn is_other_body(word: &str) -> bool {
    OTHER_BODIES.has(word)
}

/// Whether a word begins the name of a body that has no series here.
pub(super) fn is_first_of_body(word: &str) -> bool {
    FIRST_BODIES.has(word) && is_capital(word)
}

/// The organ whose full name ends the words.
pub(super) fn organ_at_end(words: &[&str]) -> Option<Organ> {
    // The last word says most names apart.
    if !ORGAN_ENDS.may_have(words.last()?) {
        return None;
    }
    let (len, organ) = ORGANS.iter().find_map(|(name, organ)| {
        let from = words.len().checked_sub(name.len())?;
        let mut pairs = words[from..].iter().zip(*name).rev();
        let fits = pairs.all(|(word, lower)| same(word, lower));
        fits.then_some((name.len(), *organ))
    })?;
    // "African Union Peace and Security Council", "OAS General Assembly": a longer name is of
    // another body. The abbreviation of the United Nations alone changes nothing.
    let before = &words[..words.len() - len];
    let longer = match before {
        [.., peace, and] if same(and, "and") => is_capital(peace),
        [.., word] => {
            let shouted = word.len() > 2 && word.bytes().all(|b| b.is_ascii_uppercase());
            (shouted && !same(word, "the")) || same(word, "union's") || same(word, "league")
        }
        [] => false,
    };
    Some(if longer { Organ::Other } else { organ })
}

/// The organ whose name a text is, in English, French or Spanish; [`Organ::Other`] for another body.
#[must_use]
pub fn organ_named(text: &str) -> Organ {
    let words: Vec<&str> = text.split_whitespace().collect();
    organ_at_end(&words).unwrap_or(Organ::Other)
}

/// Whether a word before a cue says that the act is one of the organ that speaks or was named: `its resolution`.
pub(super) fn is_own(word: &str) -> bool {
    ["its", "sa", "ses", "su", "sus"].iter().any(|one| same(word, one))
}

/// Whether a word joins the first and the last number of a range: `63/225 to 63/230`.
pub(super) fn is_to(word: &str) -> bool {
    ["to", "through", "à", "a"].iter().any(|one| same(word, one))
}

/// Whether a word is short for the General Assembly, wherever no other assembly is named.
pub(super) fn is_assembly(word: &str) -> bool {
    word == "Assembly"
}

/// The organ named directly before a cue: `General Assembly resolution`; [`Organ::Other`] for
/// another body; none for `its resolution`, and for `Assembly` or `Council` alone.
pub(super) fn organ_before(words: &[&str]) -> Option<Organ> {
    if let Some(organ) = organ_at_end(words) {
        return Some(organ);
    }
    let last = words.last()?;
    if !is_capital(last) {
        return None;
    }
    let name = || {
        let back = words.iter().rev().take(12);
        back.take_while(|word| is_capital(word) || (is_small_word(word) && !word.is_empty()))
    };
    let body = name().any(|word| is_capital(word) && is_body(word));
    let alone = || name().filter(|word| is_capital(word) && !same(word, "the")).count() == 1;
    (body && !(SHORT_BODIES.has(last) && alone())).then_some(Organ::Other)
}

#[cfg(test)]
mod tests;
