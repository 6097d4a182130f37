//! The words around a number: whether they make it a citation, and of which organ.

use std::{ops::Range, sync::LazyLock};

use aho_corasick::{AhoCorasick, MatchKind};
use memchr::memrchr_iter;

use super::{Act, Organ, date::skip_space};

/// A word that announces acts.
#[derive(Clone, Debug)]
pub(super) struct Cue {
    pub(super) act: Act,
    pub(super) organ: Option<Organ>,
    pub(super) range: Range<usize>,
}

/// How what stands between the cue and the present place joins them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gap {
    /// Nothing but words that may stand between a cue and its numbers.
    Adjacent,
    /// `of`, `de`, `du`: adjacent again once an organ is named.
    Of,
    /// Other words of the same clause.
    Loose,
}

/// Reads the words before numbers, from left to right, and remembers the last cue of the present clause.
///
/// Most numbers have no cue before them. So the text is searched for cues first, and words are read only around one.
pub(super) struct Context<'a> {
    text: &'a str,
    at: usize,
    /// Where the last citation ended: what is before that is never read again.
    floor: usize,
    /// The text up to here was searched for cues.
    searched: usize,
    /// Where the last cue begins that was found.
    last_cue: Option<usize>,
    /// Words of the present clause, newest last; a break is an empty word.
    words: Vec<&'a str>,
    cue: Option<Cue>,
    gap: Gap,
    /// Whether every word is read, as tests ask for.
    reads_all: bool,
}

/// Words before this distance from a number are not read.
const REACH: usize = 600;
/// The name of the organ before a cue has no more words that are looked at, and takes no more bytes.
const MOST_WORDS: usize = 14;
const LONGEST_NAME: usize = 400;

/// No cue has more letters.
const LONGEST_CUE: usize = 16;

/// What every cue has in it, in whatever case. Each way to write it is a pattern of its own, so that many bytes are looked at at
/// a time.
static SIGNS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let cases = |sign: &str, capitals: u32| -> String {
        let letters = sign.chars().enumerate();
        letters
            .map(|(at, c)| if capitals >> at & 1 == 1 { c.to_ascii_uppercase() } else { c })
            .collect()
    };
    let patterns =
        ["solu", "cisi"].into_iter().flat_map(|sign| (0..16).map(move |n| cases(sign, n)));
    AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(patterns).ok()
});

impl<'a> Context<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            floor: 0,
            searched: 0,
            last_cue: None,
            words: Vec::new(),
            cue: None,
            gap: Gap::Loose,
            reads_all: false,
        }
    }

    /// One that reads every word, to hold the other against it.
    #[cfg(test)]
    pub(super) fn reading_all(text: &'a str) -> Self {
        Self { reads_all: true, ..Self::new(text) }
    }

    /// The cue that governs the present place, if any.
    pub(super) const fn cue(&self) -> Option<&Cue> {
        self.cue.as_ref()
    }

    /// Whether only joining words stand between the cue and the present place.
    pub(super) fn is_adjacent(&self) -> bool {
        self.gap == Gap::Adjacent && self.cue.is_some()
    }

    /// Goes on behind a citation: the list may continue there.
    pub(super) fn pass(&mut self, end: usize) {
        (self.at, self.floor) = (end, end);
        self.words.clear();
        if self.cue.is_some() {
            self.gap = Gap::Adjacent;
        }
    }

    /// Reads up to `to`. Text that lies too far back to matter is skipped.
    pub(super) fn advance(&mut self, to: usize) {
        if !self.reads_all && !self.approach(to) {
            return;
        }
        if to > self.at + REACH {
            self.reset();
            self.go_to(to - REACH);
        }
        let text = self.text;
        while self.at < to {
            let rest = &text[self.at..to];
            let len = word_len(rest);
            if len > 0 {
                let start = self.at;
                self.at += len;
                self.word(&rest[..len], start);
            } else if let Some(c) = rest.chars().next() {
                self.at += c.len_utf8();
                self.mark(c);
            }
        }
    }

    /// Goes to where words have to be read up to `to`; false where there is no cue that they could follow.
    fn approach(&mut self, to: usize) -> bool {
        self.search(to);
        match self.last_cue.filter(|cue| *cue >= self.at) {
            Some(cue) if cue + REACH < to => self.cue.is_some(),
            Some(cue) => {
                let start = self.at.max(cue.saturating_sub(LONGEST_NAME));
                let mut spaces = memrchr_iter(b' ', &self.text.as_bytes()[start..cue]);
                let start = spaces.nth(MOST_WORDS).map_or(start, |space| start + space);
                if start > self.at {
                    self.reset();
                    self.go_to(start);
                    // A word is read whole or not at all.
                    let rest = self.text.get(self.at..cue).unwrap_or_default();
                    self.at += word_len(rest);
                }
                true
            }
            None => self.cue.is_some(),
        }
    }

    /// Looks for cues up to `to`.
    fn search(&mut self, to: usize) {
        let from = self.searched.max(self.floor);
        let Some(part) = self.text.get(from..to) else { return };
        let signs = SIGNS.as_ref().map(|signs| signs.find_iter(part));
        for sign in signs.into_iter().flatten().map(|found| found.start()) {
            if let Some(start) = self.cue_around(from + sign, to) {
                self.last_cue = Some(start);
            }
        }
        self.searched = to;
    }

    /// Where the cue begins that has a sign at this byte, if it is one.
    fn cue_around(&self, sign: usize, to: usize) -> Option<usize> {
        let before = self.text.get(self.floor..sign)?;
        // A longer word is no cue, and is not looked through again for each sign in it.
        let letters = before.char_indices().rev().take_while(|(_, c)| is_word(*c));
        let start = letters.take(LONGEST_CUE).last().map_or(before.len(), |(at, _)| at);
        let rest = self.text.get(self.floor + start..to)?;
        let end = rest.char_indices().map(|(at, _)| at).nth(LONGEST_CUE).unwrap_or(rest.len());
        let len = word_len(&rest[..end]);
        let is_whole = len == rest.len() || !rest[len..].starts_with(is_word);
        (is_whole && cue_word(&rest[..len]).is_some()).then_some(self.floor + start)
    }

    /// Goes to the first character at or behind a byte.
    fn go_to(&mut self, byte: usize) {
        self.at = byte;
        while !self.text.is_char_boundary(self.at) {
            self.at += 1;
        }
    }

    fn reset(&mut self) {
        self.words.clear();
        self.cue = None;
        self.gap = Gap::Loose;
    }

    /// A character between words. The end of a clause ends the reach of a cue.
    fn mark(&mut self, c: char) {
        let next = self.text[self.at..].chars().next();
        match c {
            ';' | '?' | '!' => self.reset(),
            '.' => {
                let abbreviated = self.words.last().is_some_and(|word| is_number_word(word));
                if !abbreviated && next.is_none_or(char::is_whitespace) {
                    self.reset();
                }
            }
            '\n' if matches!(next, Some('\n' | '\r')) => self.reset(),
            ',' | ':' | '(' | ')' | '[' | ']' | '—' => self.words.push(""),
            _ => {}
        }
    }

    fn word(&mut self, word: &'a str, start: usize) {
        let bare = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
        if let Some(act) = cue_word(word) {
            let organ = organ_before(&self.words);
            self.cue = Some(Cue { act, organ, range: start..start + word.len() });
            self.gap = Gap::Adjacent;
            self.words.clear();
            return;
        }
        if self.words.len() > 48 {
            self.words.drain(..32);
        }
        self.words.push(bare);
        let Some(cue) = &mut self.cue else { return };
        if self.gap == Gap::Of {
            if let Some(organ) = organ_at_end(&self.words) {
                cue.organ = cue.organ.or(Some(organ));
                self.gap = Gap::Adjacent;
            } else if !(is_capital(bare) || is_small_word(bare)) {
                self.gap = Gap::Loose;
            }
            return;
        }
        if self.gap == Gap::Adjacent && is_of(word) {
            self.gap = Gap::Of;
        } else if self.gap == Gap::Loose || !is_joining(word) {
            self.gap = Gap::Loose;
            // Another body comes up: what follows may be its act.
            if is_capital(bare) && is_body(bare) {
                cue.organ = None;
            }
        }
    }
}

/// The length in bytes of the word at the beginning of a text. Most letters are of ASCII, and need not be decoded.
fn word_len(text: &str) -> usize {
    let plain = text.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'\'');
    let len = plain.count();
    match text.as_bytes().get(len) {
        Some(0x80..) => {
            let rest = &text[len..];
            len + rest.find(|c: char| !is_word(c)).unwrap_or(rest.len())
        }
        _ => len,
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\'' | '’' | '°' | 'º')
}

fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// Compares without regard to case; accents count.
fn same(word: &str, lower: &str) -> bool {
    word.eq_ignore_ascii_case(lower)
        || (!word.is_ascii() && word.chars().flat_map(char::to_lowercase).eq(lower.chars()))
}

fn is_one_of(word: &str, list: &[&str]) -> bool {
    list.iter().any(|one| same(word, one))
}

fn cue_word(word: &str) -> Option<Act> {
    const RESOLUTION: [&str; 7] = [
        "resolution",
        "resolutions",
        "résolution",
        "résolutions",
        "resolución",
        "resoluciones",
        "resolucion",
    ];
    const DECISION: [&str; 6] =
        ["decision", "decisions", "décision", "décisions", "decisión", "decisiones"];
    let first = word.chars().next()?;
    match first {
        'r' | 'R' if is_one_of(word, &RESOLUTION) => Some(Act::Resolution),
        'd' | 'D' if is_one_of(word, &DECISION) => Some(Act::Decision),
        _ => None,
    }
}

fn is_number_word(word: &str) -> bool {
    is_one_of(
        word,
        &["no", "nos", "n", "nº", "n°", "núm", "núms", "number", "numbers", "numéro", "numéros"],
    )
}

fn is_of(word: &str) -> bool {
    is_one_of(word, &["of", "de", "del", "du", "des"])
}

/// Words that may stand between a cue and its numbers, or between the numbers.
fn is_joining(word: &str) -> bool {
    const WORDS: [&str; 16] = [
        "and", "or", "y", "e", "et", "ou", "o", "as", "well", "also", "see", "annex", "annexes",
        "annexe", "anexo", "both",
    ];
    is_number_word(word) || is_one_of(word, &WORDS)
}

fn is_small_word(word: &str) -> bool {
    is_one_of(
        word,
        &[
            "the", "la", "el", "los", "les", "las", "l", "on", "and", "for", "of", "y", "et", "de",
            "des", "du", "to", "united",
        ],
    ) || word.starts_with("l'")
        || word.starts_with("l’")
}

/// Nouns that bodies are named by.
fn is_body(word: &str) -> bool {
    const BODIES: [&str; 24] = [
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
    ];
    is_one_of(word, &BODIES)
}

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

/// The organ whose full name ends the words.
fn organ_at_end(words: &[&str]) -> Option<Organ> {
    let (len, organ) = ORGANS.iter().find_map(|(name, organ)| {
        let from = words.len().checked_sub(name.len())?;
        // The last word tells most names apart.
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
            (shouted && !is_one_of(word, &["the"])) || is_one_of(word, &["union's", "league"])
        }
        [] => false,
    };
    Some(if longer { Organ::Other } else { organ })
}

/// The organ named directly before a cue: `General Assembly resolution`; [`Organ::Other`] for
/// another body; none for `its resolution`, and for `Assembly` or `Council` alone.
fn organ_before(words: &[&str]) -> Option<Organ> {
    if let Some(organ) = organ_at_end(words) {
        return Some(organ);
    }
    if !is_capital(words.last()?) {
        return None;
    }
    let name: Vec<&str> = words
        .iter()
        .rev()
        .take(12)
        .take_while(|word| is_capital(word) || (is_small_word(word) && !word.is_empty()))
        .copied()
        .collect();
    let body = name.iter().any(|word| is_capital(word) && is_body(word));
    let alone = name.iter().filter(|word| is_capital(word) && !same(word, "the")).count() == 1;
    let short =
        alone && is_one_of(words.last()?, &["assembly", "council", "commission", "committee"]);
    (body && !short).then_some(Organ::Other)
}

/// The organ named directly after a citation: `of the General Assembly`, `de l'Assemblée générale`,
/// and the offset after it.
pub(super) fn organ_after(text: &str, at: usize) -> Option<(Organ, usize)> {
    let mut words: Vec<&str> = Vec::with_capacity(8);
    let mut at = skip_space(text, at);
    for _ in 0..8 {
        let rest = text.get(at..)?;
        let len: usize =
            rest.chars().take(24).take_while(|c| is_word(*c)).map(char::len_utf8).sum();
        if len == 0 {
            return None;
        }
        let word = &rest[..len];
        if words.is_empty() && !is_of(word) {
            return None;
        }
        words.push(word);
        if let Some(organ) = organ_at_end(&words) {
            return Some((organ, at + len));
        }
        // The name of another body comes first: `of the Commission on ...`.
        if words.len() > 1
            && is_capital(word)
            && is_one_of(word, &["commission", "committee", "conference", "board"])
        {
            return Some((Organ::Other, at + len));
        }
        let end = at + len;
        at = skip_space(text, end);
        if at == end || !(is_of(word) || is_capital(word) || is_small_word(word) || words.len() > 1)
        {
            return None;
        }
    }
    None
}
