//! The words around a number: whether they make it a citation, and of which organ.
//!
//! The organ is the one that is named before the word: `General Assembly resolution`; the one of the citation before,
//! where the two are joined: `and resolution 64/1`; or the one that `its resolution` points back to.

use std::{ops::Range, sync::LazyLock};

use aho_corasick::{AhoCorasick, MatchKind};

use super::{
    Act, Organ,
    date::{is_space, skip_space},
    words::{
        LONGEST_SMALL_WORD, cue_word, goes_on_after_and, is_acronym, is_and, is_assembly, is_body,
        is_capital, is_first_of_body, is_joining, is_number_word, is_of, is_other_body, is_own,
        is_small_word, is_to, is_word, organ_at_end, organ_before, word_len,
    },
};

/// A word that announces acts.
#[derive(Clone, Debug)]
pub(super) struct Cue {
    pub(super) act: Act,
    pub(super) organ: Option<Organ>,
    /// Whether it is an act of the organ that speaks: `its resolution`, with no other body before it.
    pub(super) own: bool,
    pub(super) range: Range<usize>,
}

/// How what is between the cue and the present place joins them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gap {
    /// Nothing but words that may be between a cue and its numbers.
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
    /// The act and the organ of the citation that ends where the words begin.
    cited: Option<(Act, Option<Organ>)>,
    /// Whether no other assembly than the General one is named; found out where it matters.
    has_one_assembly: Option<bool>,
    /// Whether every word is read, as tests ask for.
    reads_all: bool,
}

/// Words before this distance from a number are not read.
const REACH: usize = 600;
/// The name of the organ before a cue has no more words that are looked at, and takes no more bytes.
const MOST_WORDS: usize = 14;
const LONGEST_NAME: usize = 400;

/// So many words are enough to tell any name of an organ, and whether it is a part of a longer name.
const FEWEST_WORDS: usize = 8;

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
            cited: None,
            has_one_assembly: None,
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

    /// Whether only joining words are between the cue and the present place.
    pub(super) fn is_adjacent(&self) -> bool {
        self.gap == Gap::Adjacent && self.cue.is_some()
    }

    /// Takes a word for the cue of what follows it, which is not a cue elsewhere.
    pub(super) fn adopt(&mut self, cue: Cue) {
        self.words.clear();
        self.at = self.at.max(cue.range.end);
        (self.cue, self.gap, self.cited) = (Some(cue), Gap::Adjacent, None);
    }

    /// Goes on behind a citation: the list may continue there.
    pub(super) fn pass(&mut self, end: usize, cited: Option<(Act, Option<Organ>)>) {
        (self.at, self.floor, self.cited) = (end, end, cited);
        self.words.clear();
        if self.cue.is_some() {
            self.gap = Gap::Adjacent;
        }
    }

    /// Reads up to `to`. Text too far back to matter is skipped.
    pub(super) fn advance(&mut self, to: usize) {
        if !self.reads_all && !self.approach(to) {
            return;
        }
        if to > self.at + REACH {
            self.reset();
            self.go_to(to - REACH);
        }
        if self.words.capacity() == 0 {
            self.words.reserve(MOST_WORDS + 2);
        }
        let text = self.text;
        while self.at < to {
            let rest = &text[self.at..to];
            // Most characters between words are plain spaces, which say nothing.
            if rest.starts_with(' ') {
                self.at += 1;
                continue;
            }
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
        let (text, floor) = (self.text.as_bytes(), self.at);
        match self.last_cue.filter(|cue| *cue >= self.at) {
            Some(cue) if cue + REACH < to => self.cue.is_some(),
            Some(cue) => {
                let start = floor.max(cue.saturating_sub(LONGEST_NAME));
                let start = start + name_start(&text[start..cue]);
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
        if let Some(cue) = self.cue_directly_before(to) {
            (self.last_cue, self.searched) = (Some(cue), to);
            return;
        }
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

    /// Where the word begins that only spaces part from `to`, if it is a cue: most are directly before their number. Of
    /// words that have other letters than those of ASCII this is not known.
    fn cue_directly_before(&self, to: usize) -> Option<usize> {
        let before = self.text.get(self.floor..to)?.trim_end_matches(' ');
        let letters =
            before.bytes().rev().take(LONGEST_CUE + 1).take_while(u8::is_ascii_alphabetic);
        let (before, word) = before.split_at(before.len() - letters.count());
        let is_whole = before.as_bytes().last().is_none_or(|byte| !is_word_byte(*byte));
        (is_whole && cue_word(word).is_some()).then_some(self.floor + before.len())
    }

    /// Where the cue begins that has a sign at this byte, if it is one.
    fn cue_around(&self, sign: usize, to: usize) -> Option<usize> {
        let before = self.text.get(self.floor..sign)?;
        // A longer word is not a cue, and is not searched again for each sign in it.
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
        self.cited = None;
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
        let bare = match word.strip_suffix('s') {
            Some(owner) => owner.strip_suffix(['\'', '’']).unwrap_or(word),
            None => word,
        };
        if let Some(act) = cue_word(word) {
            let (organ, own) = self.organ_of(act, start);
            self.cue = Some(Cue { act, organ, own, range: start..start + word.len() });
            self.gap = Gap::Adjacent;
            self.cited = None;
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
        } else if self.cited.is_some() && self.words.len() == 1 && is_to(word) {
            // The first number of a range is before it.
        } else if self.gap == Gap::Loose || !is_joining(word) {
            self.gap = Gap::Loose;
            // Another body comes up: what follows may be its act.
            if is_capital(bare) && is_body(bare) {
                cue.organ = None;
            }
        }
    }
}

impl Context<'_> {
    /// The organ of the acts that the cue at `start` announces, and whether they are those of the organ that speaks.
    fn organ_of(&mut self, act: Act, start: usize) -> (Option<Organ>, bool) {
        let last = self.words.last().copied();
        let is_short = last.is_some_and(is_assembly) && organ_at_end(&self.words).is_none();
        if is_short && self.has_one_assembly() {
            return (Some(Organ::GeneralAssembly), false);
        }
        if let Some(organ) = organ_before(&self.words) {
            return (Some(organ), false);
        }
        match last {
            Some(word) if is_own(word) => match antecedent(self.text, start) {
                Antecedent::None => (None, true),
                Antecedent::Organ(organ) => (Some(organ), false),
                Antecedent::Assembly if self.has_one_assembly() => {
                    (Some(Organ::GeneralAssembly), false)
                }
                Antecedent::Assembly | Antecedent::Unknown => (None, false),
            },
            _ => (self.organ_of_chain(act), false),
        }
    }

    /// The organ of the citation before, if only `and` joins the two: `General Assembly resolution 65/1 and resolution
    /// 66/2`. A decision after a resolution is as often one of another organ.
    fn organ_of_chain(&self, act: Act) -> Option<Organ> {
        let (before, organ) = self.cited?;
        let joins = self.words.iter().all(|word| word.is_empty() || is_and(word));
        let is_joined = joins && self.words.iter().any(|word| is_and(word));
        organ.filter(|_| is_joined && (before == act || act == Act::Resolution))
    }

    fn has_one_assembly(&mut self) -> bool {
        let text = self.text;
        *self.has_one_assembly.get_or_insert_with(|| names_one_assembly(text))
    }
}

/// Whether each assembly in a text is the General Assembly, or only called `Assembly`.
fn names_one_assembly(text: &str) -> bool {
    const WORD: &str = "Assembly";
    memchr::memmem::find_iter(text.as_bytes(), WORD).all(|at| {
        let before = text[..at].trim_end_matches(is_space);
        let word = before.rsplit(|c: char| !is_word(c)).next().unwrap_or_default();
        let begins = before[..before.len() - word.len()].trim_end_matches(is_space);
        let begins = begins.is_empty() || begins.ends_with(['.', ';', ',', ':', '\n', '*', '_']);
        // `Recalling Assembly resolution`: the word only begins a sentence.
        let is_verb = begins && (word.ends_with("ing") || matches!(word, "In" | "By" | "Under"));
        let is_name = is_capital(word) && word != "General" && word != "The" && !is_verb;
        let after = text[at + WORD.len()..].trim_start_matches(is_space);
        !is_name && !after.starts_with("of ")
    })
}

/// What `its` before a cue points back to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Antecedent {
    /// No body is named before it in the paragraph.
    None,
    /// This organ.
    Organ(Organ),
    /// `the Assembly`.
    Assembly,
    /// A body that has no series here, or one of several.
    Unknown,
}

/// The body that is named last before the cue at `at`. One that only says whose act another one is, as in `Security
/// Council resolution 1325 (2000)`, is left out.
fn antecedent(text: &str, at: usize) -> Antecedent {
    let mut from = at.saturating_sub(REACH);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let mut words: Vec<&str> = Vec::with_capacity(96);
    let mut rest = &text[from..at];
    while let Some(skipped) = rest.find(is_word) {
        let len = word_len(&rest[skipped..]);
        let word = &rest[skipped..skipped + len];
        words.push(word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word));
        rest = &rest[skipped + len..];
    }
    let named = |end: usize| {
        let word = *words.get(end)?;
        let is_cited = words.get(end + 1).is_some_and(|next| cue_word(next).is_some());
        if is_cited {
            return None;
        }
        match organ_at_end(&words[..=end]) {
            Some(organ) => Some(Antecedent::Organ(organ)),
            None if is_acronym(word) => Some(Antecedent::Unknown),
            None if !(is_capital(word) && (is_body(word) || is_other_body(word))) => None,
            None => {
                let is_short = end == 0 || !is_capital(words[end - 1]) || words[end - 1] == "The";
                let is_assembly = is_assembly(word) && is_short;
                Some(if is_assembly { Antecedent::Assembly } else { Antecedent::Unknown })
            }
        }
    };
    (0..words.len()).rev().find_map(named).unwrap_or(Antecedent::None)
}

/// Whether a byte may be part of a word: all beyond ASCII may.
fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'\'' || !byte.is_ascii()
}

/// Where the words begin that may be a name before a cue, which begins where `before` ends: at a space, or at 0. A name goes
/// on behind no end of a sentence, and behind no long word in small letters, once there are words enough to tell it.
fn name_start(before: &[u8]) -> usize {
    let (mut spaces, mut words, mut is_over) = (0, 0, false);
    // Of the stretch between spaces that is read.
    let (mut end, mut is_small, mut is_word) = (before.len(), true, false);
    for (at, byte) in before.iter().enumerate().rev() {
        if *byte != b' ' {
            let is_stop = *byte == b'.' && at + 1 == end && end < before.len();
            is_small &= is_stop || byte.is_ascii_lowercase();
            is_word |= byte.is_ascii_alphanumeric();
            continue;
        }
        let stretch = &before[at + 1..end];
        if is_small && ends_sentence(stretch) {
            return end;
        }
        words += usize::from(is_word);
        is_over |= is_small && stretch.len() > LONGEST_SMALL_WORD;
        if spaces == MOST_WORDS || (is_over && words >= FEWEST_WORDS) {
            return at;
        }
        spaces += 1;
        (end, is_small, is_word) = (at, true, false);
    }
    0
}

/// Whether a word in small letters has a full stop behind it that ends a clause.
fn ends_sentence(word: &[u8]) -> bool {
    let bare = word.strip_suffix(b".").and_then(|bare| std::str::from_utf8(bare).ok());
    bare.is_some_and(|bare| !bare.is_empty() && !is_number_word(bare))
}

/// The organ named directly after a citation: `of the General Assembly`, `de l'Assemblée générale`,
/// and the offset after it.
pub(super) fn organ_after(text: &str, at: usize) -> Option<(Organ, usize)> {
    /// The words of a name are not looked for further.
    const MOST: usize = 8;
    let mut words = [""; MOST];
    let mut at = skip_space(text, at);
    for count in 1..=MOST {
        let len = short_word_len(text.get(at..)?)?;
        let (word, end) = (&text[at..at + len], at + len);
        if count == 1 && !is_of(word) {
            return None;
        }
        // A date, or a further act and its organ, is not part of the name.
        let is_other = word.starts_with(|c: char| c.is_ascii_digit()) || cue_word(word).is_some();
        let before = words[count.saturating_sub(2)];
        if is_other || (is_and(word) && !goes_on_after_and(before)) {
            return None;
        }
        words[count - 1] = word;
        if let Some(organ) = organ_at_end(&words[..count]) {
            return Some((organ, end));
        }
        if count > 1 && is_first_of_body(word) {
            return Some((Organ::Other, end));
        }
        at = skip_space(text, end);
        if at == end {
            return None;
        }
    }
    None
}

/// The length of the word at the beginning of a text; none where there is none, or one that is too long for a name.
fn short_word_len(text: &str) -> Option<usize> {
    const LONGEST: usize = 24;
    // A word that goes on to the end of so many bytes is too long, whatever its letters.
    let mut end = text.len().min(4 * LONGEST + 1);
    while !text.is_char_boundary(end) {
        end += 1;
    }
    let len = word_len(&text[..end]);
    let is_short = len <= LONGEST || text[..len].chars().count() <= LONGEST;
    (len > 0 && is_short).then_some(len)
}
