//! Paragraphs of an act that a text cites: `paragraph 14 of resolution 65/170`, `resolution 65/170, paras. 12-14`.

use std::ops::Range;

use super::{
    Found, Reference,
    act::digits,
    date::{is_space, skip_space},
};

/// What announces numbers of paragraphs in English, French and Spanish, in small letters; longer words before those that they begin with.
const WORDS: [&str; 7] =
    ["paragraphe", "paragraph", "paras.", "para.", "párrafo", "párrs.", "párr."];

/// What may be between the numbers and the word `resolution`.
const DETERMINERS: [&str; 7] = ["", "its ", "the ", "la ", "sa ", "su ", "that "];
const ORGANS: [&str; 7] = [
    "",
    "General Assembly ",
    "Assembly ",
    "Security Council ",
    "Council ",
    "Economic and Social Council ",
    "Human Rights Council ",
];

/// A part of an act whose paragraphs are numbered anew.
const PARTS: [&str; 8] =
    ["annex", "section", "sect.", "appendix", "enclosure", "chapter", "part", "annexe"];

/// Words before this distance from the citation are not read.
const REACH: usize = 120;

/// The greatest number of a paragraph that the text cites of the act, and where it is written. Nothing where the paragraph is one of an
/// annex or of a section, which are numbered by themselves.
#[must_use]
pub fn paragraph_cited(text: &str, found: &Found) -> Option<(u32, Range<usize>)> {
    match &found.reference {
        Reference::Citation(_) => {}
        Reference::Symbol(symbol) if symbol.kind.is_act() => {}
        Reference::Symbol(_) => return None,
    }
    let dated = found.second_date.as_ref().or(found.date.as_ref());
    let end = dated.map_or(found.range.end, |dated| dated.range.end);
    let start = found.cue.as_ref().map_or(found.range.start, |cue| cue.start);
    after(text, end).or_else(|| before(text, start, found.range.start))
}

/// `, paragraph 14`, `(paras. 12-14)` at `at`.
fn after(text: &str, at: usize) -> Option<(u32, Range<usize>)> {
    let rest = &text[at..];
    let joined = [", ", " ("].into_iter().find_map(|joint| rest.strip_prefix(joint))?;
    let word = WORDS.into_iter().find(|word| joined.starts_with(word))?;
    let (number, place, end) = numbers(text, text.len() - joined.len(), word)?;
    let behind = text[end..].trim_start_matches(is_space);
    let is_of_other = ["of ", "in ", "de ", "du "].iter().any(|word| behind.starts_with(word));
    (!is_of_other).then_some((number, place))
}

/// `paragraph 14 of its ` before the word `resolution` at `cue`; nothing other than that word and spaces is before the number at `number`.
fn before(text: &str, cue: usize, number: usize) -> Option<(u32, Range<usize>)> {
    // "paragraphs 3 and 5 of resolutions 65/1 and 65/2": it is open which paragraph belongs to which.
    let between = text.get(cue..number)?.trim();
    if between.contains(is_space) || between.ends_with('s') {
        return None;
    }
    let mut from = cue.saturating_sub(REACH);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let head = &text[from..cue];
    // Few citations have one of the words before them, so the letter that all words begin with is looked for.
    let (word, start) = memchr::memrchr_iter(b'p', head.as_bytes()).find_map(|at| {
        let word = WORDS.into_iter().find(|word| head[at..].starts_with(word))?;
        Some((word, from + at))
    })?;
    if text[..start].ends_with(|c: char| c.is_alphanumeric() || c == '-') {
        return None;
    }
    let own = text[..start].trim_end_matches(|c| is_space(c) || c == ',');
    let own = &own[floor(own, own.len().saturating_sub(24))..];
    if own.split(is_space).any(|word| PARTS.iter().any(|part| word.eq_ignore_ascii_case(part))) {
        return None;
    }
    let (number, place, end) = numbers(text, start, word)?;
    let rest = text[end..cue].trim_start_matches(is_space);
    let rest = ["of ", "de "].into_iter().find_map(|word| rest.strip_prefix(word))?;
    let is_name = DETERMINERS.into_iter().any(|determiner| {
        rest.strip_prefix(determiner).is_some_and(|organ| ORGANS.contains(&organ))
    });
    is_name.then_some((number, place))
}

/// The character at or before a byte.
fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The number after the word at `at`, or the greatest of several, its place, and where they end: `12-14`, `3, 5 and 7 (b)`.
fn numbers(text: &str, at: usize, word: &str) -> Option<(u32, Range<usize>, usize)> {
    let end = at + word.len();
    let is_longer = text[end..].starts_with('s');
    let several = is_longer || word.ends_with("s.");
    let mut start = skip_space(text, end + usize::from(is_longer));
    let mut greatest: Option<(u32, Range<usize>)> = None;
    let mut end = start;
    while let Some((number, after)) = digits(text, start).filter(|(_, after)| after - start <= 3) {
        let is_whole = !text[after..].starts_with(char::is_alphanumeric);
        // `14.2` is not a paragraph of an act, and `14/2` is another number.
        let is_other = text[after..].starts_with(['.', '/'])
            && text[after + 1..].starts_with(|c: char| c.is_ascii_digit());
        // `, 20 December 2010` after a paragraph is a date.
        let is_date = text[after..]
            .strip_prefix(' ')
            .is_some_and(|rest| rest.starts_with(char::is_uppercase));
        if is_date && greatest.is_some() {
            break;
        }
        if !is_whole || is_other {
            return None;
        }
        if greatest.as_ref().is_none_or(|(most, _)| number > *most) {
            greatest = Some((number, start..after));
        }
        end = letters(text, after);
        let rest = &text[end..];
        let joint = [", ", " and ", " to ", "-", "–", " et ", " y ", " à "]
            .into_iter()
            .find(|joint| rest.starts_with(joint));
        let Some(joint) = joint.filter(|_| several) else { break };
        start = end + joint.len();
    }
    greatest.map(|(number, place)| (number, place, end))
}

/// The end of the letters in brackets of a subparagraph at `at`: ` (a) and (b)` counts as one.
fn letters(text: &str, at: usize) -> usize {
    let mut end = at;
    loop {
        let rest = text[end..].trim_start_matches(is_space);
        let rest = rest.strip_prefix("and ").unwrap_or(rest);
        let inner = rest.strip_prefix('(').and_then(|rest| rest.split_once(')'));
        match inner {
            Some((letter, behind))
                if !letter.is_empty()
                    && letter.len() <= 4
                    && letter.bytes().all(|b| b.is_ascii_lowercase()) =>
            {
                end = text.len() - behind.len();
            }
            _ => return end,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::find, *};

    fn cited(text: &str) -> Vec<Option<u32>> {
        let mut all = Vec::new();
        find(text, |found| {
            all.push(paragraph_cited(text, &found).map(|(number, place)| {
                assert_eq!(text[place].parse(), Ok(number), "{text}");
                number
            }));
        });
        all
    }

    #[test]
    fn paragraphs_are_read_before_and_after_an_act() {
        for (text, number) in [
            ("paragraph 14 of resolution 65/170", 14),
            ("in paragraphs 3 and 5 of its resolution 65/170 of 20 December 2010", 5),
            ("paragraphs 12 to 14 of General Assembly resolution 65/170", 14),
            ("paragraph 7 (b) of Assembly resolution 65/170", 7),
            (
                "paras. 3, 5 (a) and (b) and 9 of the Economic and Social Council resolution 2006/3",
                9,
            ),
            ("au paragraphe 5 de sa résolution 65/170", 5),
            ("en el párrafo 6 de su resolución 65/170", 6),
            ("See resolution 65/170, paragraph 14.", 14),
            ("See resolution 65/170, paras. 12-14.", 14),
            ("See A/RES/65/170 (para. 4).", 4),
            ("resolution 65/170 of 20 December 2010, paragraph 3 (c)", 3),
            ("paragraph 4 of A/RES/65/170", 4),
            ("resolution 65/170, paragraph 3, 20 December", 3),
            ("resolution 65/170, paras. 3 and 4, 20 December", 4),
        ] {
            assert_eq!(cited(text), [Some(number)], "{text}");
        }
        assert_eq!(
            cited("paragraph 7 of resolution 62/208 and paragraph 9 of resolution 63/232"),
            [Some(7), Some(9)]
        );
    }

    #[test]
    fn other_numbers_and_paragraphs_of_parts_are_not_read() {
        for text in [
            "the third preambular paragraph of resolution 65/170",
            "paragraph 14 of the annex to resolution 65/170",
            "annex, paragraph 14 of resolution 65/170",
            "section II, paragraph 4 of resolution 65/170",
            "resolution 65/170, annex, paragraph 14",
            "resolution 65/170, paragraph 14 of the annex",
            "resolution 65/170, section II, paragraph 3",
            "paragraph 14 of the report on resolution 65/170",
            "paragraph 14 of resolutions and decisions, such as resolution 65/170",
            "paragraph 14. Resolution 65/170",
            "resolution 65/170, paragraph 14.2",
            "A/65/203, paragraph 14",
            "subparagraph 14 of resolution 65/170",
            "paragraphs 3 and 14 of resolutions 65/170 and 65/171",
            "resolution 65/170",
        ] {
            assert!(cited(text).iter().all(Option::is_none), "{text}");
        }
    }
}
