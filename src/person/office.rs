//! Offices as records describe them: whether two descriptions can be those of one person.

use std::sync::LazyLock;

use super::{fold::fold, organizations::ORGANIZATIONS};

/// Words that join others and say nothing themselves, folded.
const JOINING: &[&str] = &[
    "a", "an", "at", "au", "aux", "by", "d", "de", "del", "des", "du", "el", "en", "for", "from",
    "in", "l", "la", "las", "le", "les", "los", "of", "on", "para", "por", "pour", "pres", "sur",
    "the", "to",
];
/// Words between two offices.
const BETWEEN: &[&str] = &["and", "as", "e", "et", "y"];
/// The words with which a capacity begins, without those that join.
const CAPACITIES: &[&[&str]] = &[
    &["his", "capacity"],
    &["her", "capacity"],
    &["their", "capacity"],
    &["capacity"],
    &["sa", "qualite"],
    &["qualite"],
    &["su", "calidad"],
    &["calidad"],
];
/// Numbers of sessions in words, folded.
const ORDINALS: &[&str] = &[
    "eighteenth",
    "eighth",
    "eightieth",
    "eighty",
    "eleventh",
    "fifteenth",
    "fifth",
    "fiftieth",
    "fifty",
    "first",
    "fortieth",
    "forty",
    "fourteenth",
    "fourth",
    "nineteenth",
    "ninetieth",
    "ninety",
    "ninth",
    "second",
    "seventeenth",
    "seventh",
    "seventieth",
    "seventy",
    "sixteenth",
    "sixth",
    "sixtieth",
    "sixty",
    "tenth",
    "third",
    "thirteenth",
    "thirtieth",
    "thirty",
    "twelfth",
    "twentieth",
    "twenty",
];

/// What an organization is called among the words; no word begins so.
const ORGANIZATION: char = '#';
/// A description of more words is a text.
const MOST_WORDS: usize = 200;

/// What is said of a person's office, taken apart for comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office {
    /// The offices and bodies that are named, each as its words.
    parts: Vec<Vec<String>>,
    /// All words, with those of what is said beside the office.
    words: Vec<String>,
}

impl Office {
    /// Reads what is `told` of a person, the office and its body, and what is said `beside` it, as a
    /// capacity is.
    #[must_use]
    pub fn read(reported: &[&str], beside: &[&str]) -> Self {
        let parts: Vec<Vec<String>> = reported.iter().flat_map(|text| parts_of(text)).collect();
        let more = beside.iter().flat_map(|text| parts_of(text)).flatten();
        let words = parts.iter().flatten().cloned().chain(more).take(MOST_WORDS).collect();
        Self { parts, words }
    }

    /// Whether one of the two says no more than the other.
    #[must_use]
    pub fn agrees(&self, other: &Self) -> bool {
        self.lies_in(other) || other.lies_in(self)
    }

    /// Whether the two cannot both be right as they stand: each names something that the other does not,
    /// and they have a word in common. Offices that have nothing in common may both be held.
    #[must_use]
    pub fn contradicts(&self, other: &Self) -> bool {
        let shares = self.parts.iter().flatten().any(|word| other.words.contains(word));
        shares && !self.agrees(other)
    }

    /// Whether all that is named here is named there, in whatever order.
    fn lies_in(&self, other: &Self) -> bool {
        let is_word = |word: &&String| !word.starts_with(ORGANIZATION);
        // "Director of the ILO Regional Office" is the director of the regional office.
        let plain: Vec<String> = other.words.iter().filter(is_word).cloned().collect();
        self.parts.iter().all(|part| {
            let wanted = sorted(part);
            let stands_in = |words: &[String]| {
                words.windows(part.len().max(1)).any(|window| sorted(window) == wanted)
            };
            stands_in(&other.words) || stands_in(&plain)
        })
    }
}

fn sorted(words: &[String]) -> Vec<&str> {
    let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
    words.sort_unstable();
    words
}

/// The offices and bodies in a description, each as its words.
fn parts_of(text: &str) -> Vec<Vec<String>> {
    let mut parts: Vec<Vec<String>> = Vec::new();
    for (starts, word) in named(&without_sessions(words_of(text))) {
        match parts.last_mut().filter(|_| !starts) {
            Some(part) => part.push(word),
            None => parts.push(vec![word]),
        }
    }
    for part in &mut parts {
        let capacity = CAPACITIES.iter().find(|words| part.iter().eq(words.iter()));
        let start = CAPACITIES.iter().find(|words| {
            part.len() > words.len() && part.iter().zip(words.iter()).all(|(a, b)| a == b)
        });
        if let Some(words) = capacity.or(start) {
            part.drain(..words.len());
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// The words that say something, each with whether another office or body begins with it.
fn words_of(text: &str) -> Vec<(bool, String)> {
    let mut words = Vec::new();
    let mut starts = true;
    let mut word = String::new();
    let folded = fold(&without_elisions(text));
    for c in folded.chars().chain([' ']) {
        if c.is_alphanumeric() {
            word.push(c);
            continue;
        }
        // "U.N." is one word.
        if c == '.' {
            continue;
        }
        if BETWEEN.contains(&word.as_str()) {
            starts = true;
        } else if !word.is_empty() && !JOINING.contains(&word.as_str()) {
            words.push((starts, stem(&word)));
            starts = false;
        }
        word.clear();
        starts |= matches!(c, ',' | ';' | ':' | '(' | ')' | '[' | ']' | '/' | '&' | '–' | '—');
        if words.len() >= MOST_WORDS {
            break;
        }
    }
    words
}

/// The text with "l'" and "d'" as words of their own.
fn without_elisions(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = 0;
    for c in text.chars() {
        let elided = matches!(c, '\'' | '’') && letters == 1;
        letters = if c.is_alphabetic() { letters + 1 } else { 0 };
        out.push(if elided { ' ' } else { c });
    }
    out
}

/// One form for what is spelled in several, and for one and many.
fn stem(word: &str) -> String {
    match word {
        "chairman" | "chairperson" | "chairwoman" => return "chair".to_owned(),
        "program" | "programs" => return "programme".to_owned(),
        "labor" => return "labour".to_owned(),
        "center" | "centers" => return "centre".to_owned(),
        _ => {}
    }
    let word = word.replace("isation", "ization");
    match word.strip_suffix('s').filter(|stem| stem.chars().count() > 3 && !stem.ends_with('s')) {
        Some(stem) => stem.to_owned(),
        None => word,
    }
}

/// The words without the number of a session: an office is the same in each.
fn without_sessions(words: Vec<(bool, String)>) -> Vec<(bool, String)> {
    let is_session = |word: &str| matches!(word, "session" | "sesion" | "sesione");
    let with_session = words.iter().any(|(_, word)| is_session(word));
    let is_number = |word: &str| {
        let rest = word.trim_start_matches(|c: char| c.is_ascii_digit());
        let in_figures = rest.len() < word.len()
            && matches!(rest, "st" | "nd" | "rd" | "th" | "e" | "eme" | "o" | "a");
        let in_words =
            ORDINALS.contains(&word) || word.ends_with("ieme") || word.ends_with("gesimo");
        in_figures || (with_session && (in_words || word == "periodo"))
    };
    let mut retained: Vec<(bool, String)> = Vec::new();
    let mut starts = false;
    for (begins, word) in words {
        starts |= begins;
        if !is_session(&word) && !is_number(&word) {
            retained.push((starts, word));
            starts = false;
        }
    }
    retained
}

/// The words with each known organization made one of them, which is a part of its own. The United
/// Nations as a whole are left out: they are said or not said of the same office.
fn named(words: &[(bool, String)]) -> Vec<(bool, String)> {
    let mut out = Vec::new();
    let (mut at, mut starts) = (0, false);
    while let Some((begins, word)) = words.get(at) {
        starts |= *begins;
        let from = KNOWN.partition_point(|known| known.words.first() < Some(word));
        let mut same = KNOWN[from..].iter().take_while(|known| known.words.first() == Some(word));
        let found = same.find(|known| {
            let rest = words[at..].iter().map(|(_, word)| word);
            known.words.len() <= words.len() - at && rest.zip(&known.words).all(|(a, b)| a == b)
        });
        if let Some(known) = found {
            at += known.words.len();
            if known.letters != "#un" && known.letters != "#onu" {
                out.push((true, known.letters.clone()));
                starts = true;
            }
            continue;
        }
        // "Chair-in-Office" is the chair.
        let in_office = word == "office" && out.last().is_some_and(|(_, last)| last == "chair");
        if !in_office {
            out.push((starts, word.clone()));
            starts = false;
        }
        at += 1;
    }
    out
}

/// One way to write an organization.
struct Known {
    letters: String,
    words: Vec<String>,
}

/// All ways to write the organizations by their first word, those of most words first.
static KNOWN: LazyLock<Vec<Known>> = LazyLock::new(|| {
    let mut known: Vec<Known> = Vec::new();
    for (letters, name) in ORGANIZATIONS {
        let words = |text: &str| words_of(text).into_iter().map(|(_, word)| word).collect();
        let letters_of = format!("{ORGANIZATION}{}", letters.to_lowercase());
        known.push(Known { letters: letters_of.clone(), words: words(letters) });
        known.push(Known { letters: letters_of, words: words(name) });
    }
    known.sort_by(|a, b| {
        let by_length = || b.words.len().cmp(&a.words.len());
        a.words.first().cmp(&b.words.first()).then_with(by_length)
    });
    known
});

#[cfg(test)]
mod tests {
    use super::*;

    fn contradicts(a: &[&str], b: &[&str]) -> bool {
        let (a, b) = (Office::read(a, &[]), Office::read(b, &[]));
        assert_eq!(a.contradicts(&b), b.contradicts(&a));
        a.contradicts(&b)
    }

    #[test]
    fn another_office_of_the_same_body() {
        assert!(contradicts(
            &[
                "Senior Migration Specialist and Deputy Regional Director, Policy and Programmes",
                "ILO"
            ],
            &[
                "Senior Migration Specialist and Deputy Director",
                "International Labour Organization"
            ],
        ));
        assert!(contradicts(
            &[
                "Secretary-General's Special Representative on International Migration and Development"
            ],
            &["Special Representative of the Secretary-General for Migration"],
        ));
        assert!(contradicts(&["Minister of Labour, Ecuador"], &["Minister of Finance, Ecuador"]));
    }

    #[test]
    fn the_same_offices_in_another_order() {
        assert!(!contradicts(
            &["UNICEF Executive Director and Chair of the Global Migration Group"],
            &["Chair-in-Office of the GMG, Executive Director of United Nations Children's Fund"],
        ));
        assert!(!contradicts(
            &["Minister of Labour of the United Arab Emirates"],
            &["United Arab Emirates: Minister of Labour"],
        ));
        assert!(!contradicts(
            &["Director of the Trade Division"],
            &["Director", "Division of Trade"]
        ));
    }

    #[test]
    fn one_says_more_than_the_other() {
        assert!(!contradicts(
            &["Professor of Human Geography", "University of Sydney"],
            &["University of Sydney"]
        ));
        assert!(!contradicts(
            &["President of the General Assembly"],
            &["President of the 65th Session of the General Assembly"],
        ));
        assert!(!contradicts(
            &["President of the General Assembly at its sixty-fifth session"],
            &["President of the General Assembly at its sixty-sixth session"],
        ));
        assert!(!contradicts(
            &["Special Representative of the United Nations Secretary-General"],
            &["Special Representative of the Secretary-General"],
        ));
        assert!(!contradicts(
            &["Director of the ILO Regional Office"],
            &["Director of the Regional Office"]
        ));
    }

    #[test]
    fn a_number_that_is_no_session_counts() {
        assert!(contradicts(
            &["First Secretary, Permanent Mission"],
            &["Second Secretary, Permanent Mission"]
        ));
    }

    #[test]
    fn spelling_and_form() {
        assert!(!contradicts(&["Chairman, Labor Program"], &["chairperson, labour programme"]));
        assert!(!contradicts(&["Directrice de l’Organisation"], &["directrice, Organization"]));
    }

    #[test]
    fn offices_with_nothing_in_common_may_both_be_held() {
        assert!(!contradicts(&["Minister of Labour"], &["Chair of the Forum"]));
        assert!(!contradicts(&[""], &["Minister"]));
        assert!(!contradicts(&["United Nations"], &["Minister"]));
    }

    #[test]
    fn what_is_said_beside_may_be_said_in_the_office() {
        let programme =
            Office::read(&["Director, Research"], &["in her capacity as Chair of the Group"]);
        let statement = Office::read(&["Chair of the Group and Director"], &[]);
        assert!(!programme.contradicts(&statement));
        let other = Office::read(&["Director, Statistics"], &[]);
        assert!(programme.contradicts(&other));
    }

    #[test]
    fn every_organization_is_found_by_its_letters_and_its_name() {
        for (letters, name) in ORGANIZATIONS {
            assert_eq!(parts_of(letters), parts_of(name), "{letters}");
        }
    }
}
