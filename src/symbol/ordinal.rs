//! Numbers as they are counted: `65th`, `sixty-fifth`, `69e`, and the number at the head of an act.

use super::{Citation, Parts, Reference, find, parse_citation};

/// The number that a text counts: `65th plenary meeting`, `52nd (resumed) plenary meeting`,
/// `Seventy-fifth session`, `69e séance`, `69.ª sesión`, `65`. Words are read in English, digits with
/// the endings of any language. A text that counts several things, or none, has no number.
#[must_use]
pub fn ordinal(text: &str) -> Option<u32> {
    let digits = digits(text)?;
    let (words, loose) = words(text);
    let found = match (digits, words.as_slice()) {
        (Some(number), []) => number,
        (None, [number]) => *number,
        _ => return None,
    };
    (found > 0 && !loose).then_some(found)
}

/// The number that a sentence counts: `Adopted at its 4449th meeting, on 15 January 2002`. Other numbers may be in it,
/// unless they have the ending of an ordinal too.
#[must_use]
pub fn ordinal_in(text: &str) -> Option<u32> {
    let mut found = None;
    let (bytes, mut at) = (text.as_bytes(), 0);
    while let Some(skipped) = bytes[at..].iter().position(u8::is_ascii_digit) {
        let start = at + skipped;
        let len = bytes[start..].iter().take_while(|b| b.is_ascii_digit()).count();
        at = start + len;
        let begins =
            text[..start].chars().next_back().is_none_or(|c| !c.is_alphanumeric() && c != '/');
        let rest = &text[at..];
        let has_ending = ["st", "nd", "rd", "th"].iter().any(|ending| rest.starts_with(ending));
        if begins && has_ending {
            let number = text[start..at].parse().ok().filter(|number| *number > 0)?;
            if found.is_some_and(|found| found != number) {
                return None;
            }
            found = Some(number);
        }
    }
    found
}

/// The only run of digits, where one is at the beginning of a word; `None` within `Some` where
/// there is no digit at all.
#[expect(clippy::option_option, reason = "no digits is not the same as digits that count nothing")]
fn digits(text: &str) -> Option<Option<u32>> {
    let Some(start) = text.find(|c: char| c.is_ascii_digit()) else { return Some(None) };
    let rest = text[start..].trim_start_matches(|c: char| c.is_ascii_digit());
    let run = &text[start..text.len() - rest.len()];
    let before = text[..start].chars().next_back();
    let begins = before.is_none_or(|c| c.is_whitespace() || c == '(');
    let ending: String =
        rest.chars().take_while(|c| !c.is_whitespace() && !matches!(c, ')' | ',')).collect();
    let plain =
        ending.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | 'º' | 'ª' | '°'));
    let ends = plain && ending.chars().count() <= LONGEST_ENDING;
    let only = !rest.contains(|c: char| c.is_ascii_digit());
    if begins && ends && only { run.parse().ok().map(Some) } else { None }
}

/// The longest ending of an ordinal: `69-ième`.
const LONGEST_ENDING: usize = 5;

/// The ordinals written in words, and whether other number words are in the text.
fn words(text: &str) -> (Vec<u32>, bool) {
    let lower = text.to_lowercase();
    let tokens = lower.split(|c: char| c.is_whitespace() || matches!(c, '-' | '‐' | '‑' | '–'));
    let tokens = tokens.map(|token| token.trim_matches(|c: char| !c.is_alphanumeric()));
    let (mut found, mut loose) = (Vec::new(), false);
    let mut total: Option<u32> = None;
    for token in tokens {
        let Some((value, last)) = number_word(token) else {
            let joins = token == "and" && total.is_some_and(|total| total % 100 == 0);
            if !joins {
                loose |= total.take().is_some();
            }
            continue;
        };
        match added(total.unwrap_or(0), value) {
            Some(sum) if last => {
                found.push(sum);
                total = None;
            }
            Some(sum) => total = Some(sum),
            None => loose = true,
        }
    }
    (found, loose || total.is_some())
}

/// `value` said after `total`: twenty, then five; one, then hundred.
fn added(total: u32, value: u32) -> Option<u32> {
    match value {
        100 if total == 0 => Some(100),
        100 => (total < 10).then_some(total * 100),
        10.. => total.is_multiple_of(100).then_some(total + value),
        _ => (total.is_multiple_of(10) && total % 100 != 10).then_some(total + value),
    }
}

/// The value of a number word, and whether it is an ordinal.
fn number_word(word: &str) -> Option<(u32, bool)> {
    let at = |list: &[&str]| list.iter().position(|entry| *entry == word).map(|at| at as u32 + 1);
    if let Some(n) = at(&UNITS) {
        return Some((n, false));
    }
    if let Some(n) = at(&UNITS_ORDINAL) {
        return Some((n, true));
    }
    if let Some(n) = at(&TENS) {
        return Some((n * 10 + 10, false));
    }
    match word {
        "hundred" => Some((100, false)),
        "hundredth" => Some((100, true)),
        _ => {
            let tens = word.strip_suffix("ieth")?;
            let n = TENS.iter().position(|entry| entry.strip_suffix('y') == Some(tens))? as u32;
            Some((n * 10 + 20, true))
        }
    }
}

const UNITS: [&str; 19] = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];

const UNITS_ORDINAL: [&str; 19] = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
];

const TENS: [&str; 8] =
    ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// Reads the number that is at the head of an act: `65/170.`, `75/245. B`, `76/247. A B C`.
#[must_use]
pub fn heading(text: &str) -> Option<Citation> {
    let words: Vec<&str> = text.split(|c: char| c.is_whitespace() || c == '.').collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    if let Ok(citation) = parse_citation(&words.join(" ")) {
        return Some(citation);
    }
    // The letters of several parts are also set one beside the other.
    let (number, rest) = words.split_first()?;
    let several = || {
        let mut citation = parse_citation(number).ok()?;
        let mut letters = rest.iter().flat_map(|word| word.split('-'));
        citation.parts =
            letters.try_fold(citation.parts, |parts, letter| match letter.as_bytes() {
                [letter @ b'A'..=b'Z'] => Some(parts.with(*letter)),
                _ => None,
            })?;
        Some(citation)
    };
    several().or_else(|| only_act(text))
}

/// The act in a heading of several words, if it names only one: `Security Council resolution 1388 (2002) [on ...]`.
fn only_act(text: &str) -> Option<Citation> {
    let (mut act, mut count) = (None, 0);
    find(text, |found| {
        count += 1;
        act = match &found.reference {
            Reference::Citation(citation) => Some(citation.clone()),
            Reference::Symbol(symbol) => Citation::of_symbol(symbol),
        };
    });
    act.filter(|_| count == 1)
}

/// Reads the letters of parts that stand alone: `B`, `A and B`, `A-C`.
#[must_use]
pub fn part_letters(text: &str) -> Option<Parts> {
    super::act::letters(text.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinals_in_words_and_digits() {
        for (text, number) in [
            ("65th plenary meeting", 65),
            ("52nd (resumed) plenary meeting", 52),
            ("1st", 1),
            ("7111st meeting", 7111),
            ("Seventy-fifth session", 75),
            ("sixty‑fifth", 65),
            ("Sixty fifth session", 65),
            ("Twentieth special session", 20),
            ("resumed twelfth session", 12),
            ("hundredth meeting", 100),
            ("one hundred and first session", 101),
            ("two hundred twenty-third", 223),
            ("69e séance plénière", 69),
            ("69-ième", 69),
            ("69.a sesión", 69),
            ("69.ª sesión", 69),
            ("69º", 69),
            ("(69th)", 69),
            ("69", 69),
        ] {
            assert_eq!(ordinal(text), Some(number), "{text}");
        }
    }

    #[test]
    fn what_counts_nothing_or_several_things_has_no_number() {
        for text in [
            "",
            "N.A.",
            "plenary meeting",
            "69th and 70th plenary meetings",
            "sixty-fifth and sixty-sixth sessions",
            "first part of the sixty-fifth session",
            "the third of 5 meetings",
            "the third of five meetings",
            "meeting five",
            "twenty-eleventh",
            "five fifth",
            "75/1.",
            "A/65",
            "PV.69",
            "69th meeting, 2011",
            "69,5",
            "0th",
            "99999999999th",
            "soixante-neuvième",
        ] {
            assert_eq!(ordinal(text), None, "{text}");
        }
    }

    #[test]
    fn the_only_ordinal_of_a_sentence_is_its_number() {
        for (text, number) in [
            ("4449th meeting, on 15 January 2002", Some(4449)),
            (
                "Adopted by the Security Council at its 4449th meeting, on 15 January 2002",
                Some(4449),
            ),
            ("13-0-2, 9283rd meeting", Some(9283)),
            ("9809thmeeting", Some(9809)),
            ("its 1st meeting, the 1st of the year", Some(1)),
            ("69th and 70th plenary meetings", None),
            ("the 1st part of the 65th session", None),
            ("meeting 4449, on 15 January 2002", None),
            ("A/65th", None),
            ("x4th", None),
            ("0th", None),
            ("", None),
        ] {
            assert_eq!(ordinal_in(text), number, "{text}");
        }
    }

    #[test]
    fn numbers_at_the_head_of_acts() {
        for (text, number) in [
            ("65/170.", "65/170"),
            ("65/170", "65/170"),
            ("75/242.B", "75/242 B"),
            ("75/245. B", "75/245 B"),
            ("76/84. A B", "76/84 A-B"),
            ("77/256. A-B", "77/256 A-B"),
            ("77/264. A-B-C", "77/264 A-C"),
            ("217 A (III).", "217 A (III)"),
            ("1325 (2000)", "1325 (2000)"),
            ("S-27/2.", "S-27/2"),
        ] {
            assert_eq!(heading(text).map(|act| act.number()).as_deref(), Some(number), "{text}");
        }
        for (text, number) in [
            ("Security Council resolution 1388 (2002) [on the situation]", "1388 (2002)"),
            ("65/170. International migration", "65/170"),
            ("RESOLUTION 1388 (2002)", "1388 (2002)"),
        ] {
            assert_eq!(heading(text).map(|act| act.number()).as_deref(), Some(number), "{text}");
        }
        let two = "Resolution 1388 (2002), which recalls resolution 1373 (2001)";
        for text in ["", ".", "Resolution adopted", "65.", two] {
            assert_eq!(heading(text), None, "{text}");
        }
    }

    #[test]
    fn letters_of_parts_alone() {
        let read = |text| part_letters(text).map(|parts| parts.to_string());
        assert_eq!(read("B").as_deref(), Some("B"));
        assert_eq!(read("A and B").as_deref(), Some("A-B"));
        assert_eq!(read("A-C").as_deref(), Some("A-C"));
        for text in ["", "b", "II", "Part one", "3"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
