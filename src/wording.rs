//! Lines of text, such as titles and names, as words, and how two of them differ.

use unicode_normalization::UnicodeNormalization as _;

use crate::person::fold;

/// A line, taken apart into words.
#[derive(Clone, Debug)]
pub struct Line<'a> {
    /// The line as written.
    pub text: &'a str,
    /// Its words, in order.
    pub words: Vec<Word<'a>>,
}

/// One word of a line.
#[derive(Clone, Debug)]
pub struct Word<'a> {
    /// As written.
    pub raw: &'a str,
    /// In small letters, without accents and apostrophes.
    pub folded: String,
    /// Its first byte in the line.
    pub at: usize,
    /// Whether a colon, a dash, a bracket or another mark that parts a line comes before it.
    pub parted: bool,
}

/// How a line differs from another that says the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Not at all, or no one can say.
    Agrees,
    /// In case, quotation marks, dashes, spaces, or the British and American ways of spelling.
    Spelled(Difference),
    /// One of the two says more.
    Shortened(Difference),
    /// In its words.
    Differs(Difference),
}

/// The passages in which two lines differ: that of the line itself, and that of the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// In the line itself; empty where it leaves something out.
    pub mine: String,
    /// In the other; empty where the line adds something.
    pub theirs: String,
}

impl Verdict {
    /// Greater for the more severe.
    #[must_use]
    pub fn weight(&self) -> u8 {
        match self {
            Self::Agrees => 0,
            Self::Spelled(_) => 1,
            Self::Shortened(_) => 2,
            Self::Differs(_) => 3,
        }
    }
}

impl<'a> Line<'a> {
    /// Takes a text apart.
    #[must_use]
    pub fn read(text: &'a str) -> Self {
        let mut words: Vec<Word<'a>> = Vec::new();
        let (mut start, mut parted) = (None, false);
        let mut before = ' ';
        for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
            // The elided article of French is a word of its own.
            let elided = is_apostrophe(c) && start.is_some_and(|start| start + 1 == at);
            if is_of_word(c) && !elided {
                start = start.or(Some(at));
                before = c;
                continue;
            }
            if let Some(start) = start.take() {
                let raw = &text[start..at];
                let folded = fold(raw);
                if !folded.is_empty() {
                    words.push(Word { raw, folded, at: start, parted });
                    parted = false;
                }
            }
            // A hyphen parts a line only where it has spaces around it.
            let next = text[at..].chars().nth(1).unwrap_or(' ');
            let dash =
                matches!(c, '-' | '‐' | '‑') && before.is_whitespace() && next.is_whitespace();
            // So does a full stop only where a space follows: not in `5.3`.
            let stop = matches!(c, '.' | ',') && next.is_whitespace();
            parted |= dash
                || stop
                || matches!(c, ':' | ';' | '–' | '—' | '(' | ')' | '[' | '?' | '!' | '/' | '|');
            before = c;
        }
        Self { text, words }
    }

    /// The line without its first `count` words.
    #[must_use]
    pub fn after(mut self, count: usize) -> Self {
        self.words.drain(..count.min(self.words.len()));
        self
    }

    /// The words in small letters, without accents.
    #[must_use]
    pub fn folded(&self) -> Vec<&str> {
        self.words.iter().map(|word| word.folded.as_str()).collect()
    }

    /// The words as written, with what is between them.
    #[must_use]
    pub fn written(&self) -> &'a str {
        self.slice(0, self.words.len())
    }

    /// Leaves out every run of words that is one of `names`.
    pub fn leave_out(&mut self, names: &[&[&str]]) {
        let mut at = 0;
        while at < self.words.len() {
            let rest = &self.words[at..];
            let starts = |name: &&&[&str]| {
                rest.len() >= name.len() && name.iter().zip(rest).all(|(a, b)| *a == b.folded)
            };
            match names.iter().find(starts) {
                Some(name) => self.remove(at..at + name.len()),
                None => at += 1,
            }
        }
    }

    /// Leaves out articles, prepositions and conjunctions.
    pub fn leave_out_function_words(&mut self) {
        for at in (0..self.words.len()).rev() {
            if is_function_word(&self.words[at].folded) {
                self.remove(at..at + 1);
            }
        }
    }

    /// Leaves out some words. A mark before them now comes before the next.
    pub fn remove(&mut self, range: std::ops::Range<usize>) {
        let parted = self.words.drain(range.clone()).any(|word| word.parted);
        if let Some(next) = self.words.get_mut(range.start) {
            next.parted |= parted;
        }
    }

    /// The text of `count` words from number `from` on, with what is between them.
    #[must_use]
    pub fn slice(&self, from: usize, count: usize) -> &'a str {
        match self.words.get(from..from + count) {
            Some([first, .., last]) => &self.text[first.at..last.at + last.raw.len()],
            Some([only]) => only.raw,
            _ => "",
        }
    }

    /// Whether a mark parts the line before word number `at`.
    fn is_parted_at(&self, at: usize) -> bool {
        at == 0 || self.words.get(at).is_none_or(|word| word.parted)
    }

    /// Where the words of `other` are in this line as a whole passage, parted from the rest by marks.
    #[must_use]
    pub fn passage(&self, other: &Line<'_>) -> Option<&'a str> {
        let (wanted, have) = (other.folded(), self.folded());
        let count = wanted.len();
        let found = have.windows(count.max(1)).enumerate().find(|(at, window)| {
            *window == wanted && self.is_parted_at(*at) && self.is_parted_at(at + count)
        });
        found.map(|(at, _)| self.slice(at, count))
    }

    /// Whether the words are those of `other`, some left out.
    #[must_use]
    pub fn lies_within(&self, other: &Line<'_>) -> bool {
        let mut rest = other.words.iter();
        self.words.iter().all(|word| rest.any(|other| other.folded == word.folded))
    }

    /// The passage in which the two differ, from the first word to the last.
    #[must_use]
    pub fn difference(&self, other: &Line<'_>) -> Difference {
        let same = |(a, b): &(&Word<'_>, &Word<'_>)| a.raw == b.raw;
        let ahead = self.words.iter().zip(&other.words).take_while(same).count();
        let (mine, theirs) = (&self.words[ahead..], &other.words[ahead..]);
        let behind = mine.iter().rev().zip(theirs.iter().rev()).take_while(same).count();
        let passage = |line: &Line<'_>, words: usize| match words - behind {
            0 => String::new(),
            count => line.slice(ahead, count).to_owned(),
        };
        Difference { mine: passage(self, mine.len()), theirs: passage(other, theirs.len()) }
    }

    /// Whether the two share half the words of the shorter one, those aside that every line has.
    #[must_use]
    pub fn resembles(&self, other: &Line<'_>) -> bool {
        let (mine, theirs) = (self.content(), other.content());
        let shared = mine.iter().filter(|word| theirs.binary_search(word).is_ok()).count();
        shared > 0 && shared * 2 >= mine.len().min(theirs.len())
    }

    /// The words that not every line has, sorted, each once.
    fn content(&self) -> Vec<&str> {
        let mut words = self.folded();
        words.retain(|word| !is_function_word(word));
        words.sort_unstable();
        words.dedup();
        words
    }

    /// Whether the words are the same but for the British and American ways of spelling.
    #[must_use]
    pub fn is_respelled(&self, other: &Line<'_>) -> bool {
        self.words.len() == other.words.len()
            && self
                .words
                .iter()
                .zip(&other.words)
                .all(|(a, b)| american(&a.folded) == american(&b.folded))
    }
}

/// How two passages of the same words differ. A heading in capitals, or with a capital at every main word,
/// is set in another way and not spelled in another.
#[must_use]
pub fn spelled(mine: &str, theirs: &str) -> Verdict {
    let plain = |text: &str| text.nfc().flat_map(char::to_lowercase).collect::<String>();
    if mine == theirs || (plain(mine) == plain(theirs) && (is_heading(mine) || is_heading(theirs)))
    {
        return Verdict::Agrees;
    }
    let (mine_line, theirs_line) = (Line::read(mine), Line::read(theirs));
    let difference = mine_line.difference(&theirs_line);
    let alike = difference.mine == difference.theirs;
    // Where no word differs, the marks between them do.
    let whole = || Difference { mine: mine.to_owned(), theirs: theirs.to_owned() };
    Verdict::Spelled(if alike { whole() } else { difference })
}

/// Whether every word of four letters and more begins with a capital, and there are some.
fn is_heading(text: &str) -> bool {
    let words = text.split(|c: char| !is_of_word(c));
    let mut long = words.filter(|word| word.chars().nth(3).is_some()).skip(1).peekable();
    let capital = |word: &str| !word.chars().next().is_some_and(char::is_lowercase);
    long.peek().is_some() && long.all(capital)
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c) || is_apostrophe(c)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

/// The word as it is spelled in the United States.
fn american(word: &str) -> String {
    const ENDINGS: [(&str, &str); 8] = [
        ("isation", "ization"),
        ("isations", "izations"),
        ("ise", "ize"),
        ("ised", "ized"),
        ("ising", "izing"),
        ("programme", "program"),
        ("programmes", "programs"),
        ("centre", "center"),
    ];
    let word = word.replace("our", "or");
    let ending = ENDINGS.iter().find(|(british, _)| word.ends_with(british));
    match ending {
        Some((british, american)) => {
            format!("{}{american}", word.strip_suffix(british).unwrap_or_default())
        }
        None => word,
    }
}

/// Whether a word is an article, a preposition or a conjunction in English, French or Spanish.
fn is_function_word(folded: &str) -> bool {
    FUNCTION_WORDS.split_ascii_whitespace().any(|word| word == folded)
}

const FUNCTION_WORDS: &str = "a al an and at au aux by con d dans de del des du e el en et for from in l la las le \
    les los of on or ou par para por pour sobre sur the to with y";
