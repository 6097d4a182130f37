//! Forms of address in front of a name, in English, French and Spanish.

use std::{borrow::Cow, ops::Range};

use super::fold::fold;

/// Forms that are never part of a name, folded, without full stops, sorted.
const PLAIN: &[&str] = &[
    "amb",
    "ambassadeur",
    "ambassador",
    "ambassadrice",
    "capt",
    "captain",
    "cllr",
    "colonel",
    "councillor",
    "datin",
    "dato",
    "datuk",
    "docteur",
    "doctor",
    "doctora",
    "dr",
    "dra",
    "el excmo sr",
    "el sr",
    "embajador",
    "embajadora",
    "excelentisima senora",
    "excelentisimo senor",
    "excellency",
    "excma",
    "excmo",
    "her eminence",
    "her excellency",
    "her highness",
    "her majesty",
    "her royal highness",
    "his beatitude",
    "his eminence",
    "his excellency",
    "his highness",
    "his holiness",
    "his majesty",
    "his royal highness",
    "honorable",
    "honourable",
    "hrh",
    "la excma sra",
    "la sra",
    "lieutenant",
    "lt",
    "madam",
    "madame",
    "mademoiselle",
    "messrs",
    "mgr",
    "miss",
    "mlle",
    "mme",
    "monsieur",
    "mr",
    "mrs",
    "ms",
    "msgr",
    "mx",
    "prof",
    "profa",
    "profesor",
    "profesora",
    "professeur",
    "professeure",
    "professor",
    "rev",
    "reverend",
    "right hon",
    "right honourable",
    "rt hon",
    "senor",
    "senora",
    "senorita",
    "shaikh",
    "sheik",
    "sheikh",
    "sheikha",
    "sir",
    "son altesse",
    "son altesse royale",
    "son eminence",
    "son excellence",
    "sr",
    "sra",
    "srta",
    "su alteza",
    "su alteza real",
    "su excelencia",
    "the hon",
    "the honorable",
    "the honourable",
    "the most reverend",
    "the reverend",
    "the right hon",
    "the right honourable",
    "your excellency",
];

/// Forms that are names or parts of names as well, so that two words of a name have to follow.
const DOUBTFUL: &[&str] = &[
    "archbishop",
    "bishop",
    "brigadier",
    "cardinal",
    "dame",
    "dna",
    "don",
    "dona",
    "general",
    "ing",
    "judge",
    "justice",
    "lady",
    "lic",
    "lord",
    "major",
    "prince",
    "princess",
    "senator",
];

/// Forms that only their full stops or capitals tell from words and initials, as written without the
/// full stops; two words of a name have to follow as well.
const ABBREVIATED: &[&str] =
    &["Col", "Gen", "HE", "HH", "HM", "HRH", "Hon", "M", "MM", "SAR", "SE", "SEM", "U"];

/// Plain forms that many bearers count as a part of the name.
const TITLES: &[&str] = &["shaikh", "sheik", "sheikh", "sheikha"];

/// Abbreviated forms that differ from any name by their full stops.
const DOTTED: &[&str] = &["HE", "HH", "HM", "Hon", "SAR", "SE", "SEM"];

/// No phrase has more words.
const LONGEST: usize = 4;

/// No name begins with so many words of address; a text that does is none.
const MOST: usize = 32;

/// The bytes of the forms of address with which a name begins, repeated ones included: those of
/// "H.E. Mr." in "H.E. Mr. Joseph Deiss". What follows is never nothing.
#[must_use]
pub fn honorific(text: &str) -> Option<Range<usize>> {
    if may_begin(text) { forms(text) } else { None }
}

/// Whether a folded word is a form of address, and never part of a name.
pub(super) fn is_plain_word(word: &str) -> bool {
    PLAIN.binary_search(&word).is_ok()
}

/// The bytes of the forms of address with which a name begins and that are never a part of it. One that may be an initial counts
/// after such a form only: "M." in "S.E. M. Jean Ping".
#[must_use]
pub fn form_of_address(text: &str) -> Option<Range<usize>> {
    if !may_begin(text) {
        return None;
    }
    let words: Vec<Range<usize>> = words(text);
    let mut next = 0;
    while next < words.len().min(MOST) {
        let Some(length) = plain_form(text, &words[next..], next > 0) else { break };
        next += length;
    }
    let last = next.checked_sub(1)?;
    Some(words[0].start..words[last].end)
}

/// How many of `words` make a form of address that is never part of a name.
fn plain_form(text: &str, words: &[Range<usize>], is_after: bool) -> Option<usize> {
    let first = words.first()?;
    let folded: Vec<String> =
        words.iter().take(LONGEST).map(|word| fold(&bare(&text[word.clone()]))).collect();
    let plain = (1..=folded.len()).rev().find(|length| {
        let phrase = folded[..*length].join(" ");
        PLAIN.binary_search(&phrase.as_str()).is_ok() && !TITLES.contains(&phrase.as_str())
    });
    let written = &text[first.clone()];
    let bare = bare(written);
    let is_dotted = written.contains('.')
        && (DOTTED.contains(&&*bare) || (is_after && matches!(&*bare, "M" | "MM")));
    let spaced = matches!(folded.as_slice(), [first, second, ..] if matches!(first.as_str(), "h" | "s") && second == "e");
    // "H. E. Mr. Deiss", while "H. E. Smith" has initials.
    let is_spaced =
        || spaced && plain_form(text, words.get(2..).unwrap_or_default(), true).is_some();
    let length = plain.or(is_dotted.then_some(1)).or_else(|| is_spaced().then_some(2))?;
    (names(text, &words[length..]) >= 1).then_some(length)
}

/// The bytes of the forms of address with which a name begins.
fn forms(text: &str) -> Option<Range<usize>> {
    let words: Vec<Range<usize>> = words(text);
    let mut next = 0;
    while next < words.len().min(MOST) {
        let Some(length) = form(text, &words[next..]) else { break };
        next += length;
    }
    let last = next.checked_sub(1)?;
    Some(words[0].start..words[last].end)
}

/// Whether the first word may begin a form of address: that of most names does not, which is quick to say.
fn may_begin(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    // Two words may be glued together after a full stop.
    if first.contains('.') {
        return true;
    }
    let bare = bare(first);
    let folded = fold(&bare);
    let at = PLAIN.partition_point(|form| *form < folded.as_str());
    let is_plain = PLAIN.get(at).is_some_and(|form| {
        let rest = form.strip_prefix(folded.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    });
    is_plain
        || matches!(folded.as_str(), "h" | "s")
        || DOUBTFUL.contains(&folded.as_str())
        || ABBREVIATED.contains(&&*bare)
}

/// The places of the words; "H.E.Mr." are two.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = None;
    let mut after = None;
    for (at, c) in text.char_indices() {
        let glued = after == Some(".") && c.is_uppercase() && is_form_before(text, start, at);
        if c.is_whitespace() || glued {
            words.extend(start.take().map(|start| start..at));
        }
        if !c.is_whitespace() && start.is_none() {
            start = Some(at);
        }
        after = text.get(at..at + 1);
    }
    words.extend(start.map(|start| start..text.len()));
    words
}

/// Whether the word that began at `start` is a form of address at `end`, where more is glued to it.
fn is_form_before(text: &str, start: Option<usize>, end: usize) -> bool {
    let word = start.and_then(|start| text.get(start..end)).unwrap_or_default();
    matches!(&*bare(word), "HE" | "SE" | "Mr" | "Ms" | "Mrs" | "Dr" | "Prof" | "Mme")
}

/// How many of `words`, which is not empty, make a form of address.
fn form(text: &str, words: &[Range<usize>]) -> Option<usize> {
    let folded: Vec<String> =
        words.iter().take(LONGEST).map(|word| fold(&bare(&text[word.clone()]))).collect();
    for length in (1..=folded.len()).rev() {
        let phrase = folded[..length].join(" ");
        let rest = &words[length..];
        if PLAIN.binary_search(&phrase.as_str()).is_ok() && names(text, rest) >= 1 {
            return Some(length);
        }
        let is_alone = length == 1 && is_doubtful(text, &words[0], &phrase);
        // "H.E. Mr. Deiss": what comes before a form of address is one.
        if is_alone && (names(text, rest) >= 2 || begins_plainly(text, rest)) {
            return Some(1);
        }
        // "H. E. Mr. Deiss", while "H. E. Smith" has initials.
        let spaced = length == 2 && matches!(phrase.as_str(), "h e" | "s e");
        if spaced && (begins_plainly(text, rest) || begins_doubtfully(text, rest)) {
            return Some(2);
        }
    }
    None
}

/// Whether `words` begin with a form that is never part of a name, and a name follows.
fn begins_plainly(text: &str, words: &[Range<usize>]) -> bool {
    let mut phrase = String::new();
    (1..=words.len().min(LONGEST)).any(|length| {
        if length > 1 {
            phrase.push(' ');
        }
        phrase.push_str(&fold(&bare(&text[words[length - 1].clone()])));
        PLAIN.binary_search(&phrase.as_str()).is_ok() && names(text, &words[length..]) >= 1
    })
}

/// Whether `words` begin with a form that may be part of a name, and enough of a name follows.
fn begins_doubtfully(text: &str, words: &[Range<usize>]) -> bool {
    words.split_first().is_some_and(|(first, rest)| {
        let folded = fold(&bare(&text[first.clone()]));
        is_doubtful(text, first, &folded) && names(text, rest) >= 2
    })
}

fn is_doubtful(text: &str, word: &Range<usize>, folded: &str) -> bool {
    let written = &text[word.clone()];
    let bare = bare(written);
    if DOUBTFUL.contains(&folded) {
        return true;
    }
    // "He Yafei" has a family name, "H.E. Yafei He" has not; "U Thant" has no full stop, "M. Sarkozy" has.
    let dotted = written.contains('.') != (bare == "U");
    ABBREVIATED.contains(&&*bare) && dotted
}

/// A word without full stops and commas.
fn bare(word: &str) -> Cow<'_, str> {
    if word.contains(['.', ',']) {
        Cow::Owned(word.replace(['.', ','], ""))
    } else {
        Cow::Borrowed(word)
    }
}

/// How many words of a name there are: more than an initial, and no remark in brackets.
fn names(text: &str, words: &[Range<usize>]) -> usize {
    let outside = words.iter().map(|word| &text[word.clone()]);
    outside
        .take_while(|word| !word.starts_with(['(', '[']))
        .filter(|word| word.chars().filter(|c| c.is_alphabetic()).nth(1).is_some())
        .filter(|word| !is_plain_word(&fold(&bare(word))))
        .count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// A name that is refused by its first word has no form of address.
        #[test]
        fn the_first_word_refuses_no_form_of_address(
            pick in any::<prop::sample::Index>(),
            capitals in any::<bool>(),
            before in "[ .',’\u{301}]{0,2}",
            after in "[.,’]{0,1}( (Mr|Sir|de|Ana|O'Neil|X\\.|\\(tbc\\))){0,3}",
        ) {
            let all: Vec<&str> = PLAIN.iter().chain(DOUBTFUL).chain(ABBREVIATED).copied().collect();
            let form = all[pick.index(all.len())];
            let form = if capitals { form.to_uppercase() } else { form.to_owned() };
            let text = format!("{before}{form}{after}");
            prop_assert_eq!(honorific(&text), forms(&text), "{}", text);
        }
    }
}
