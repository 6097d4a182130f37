//! What may follow a symbol in brackets: `(Vol. II)`, `(Sect. 29A)`, `(Plan outline)`.

use super::{
    Bracket, BracketKind, Style,
    act::space,
    date::is_space,
    error::{ErrorKind, Fail},
    roman::{parse_roman, to_roman},
};

/// The content of a bracket is not longer.
const LONGEST: usize = 40;

/// Words that name what a bracket counts, in small letters and in the singular, with the French and Spanish ones. The brackets of the
/// programme budget and of the strategic framework are those of A/63/6, A/66/6, A/74/6 and A/79/6.
const WORDS: [(&str, BracketKind); 23] = [
    ("sect", BracketKind::Section),
    ("sec", BracketKind::Section),
    ("secc", BracketKind::Section),
    ("section", BracketKind::Section),
    ("income sect", BracketKind::IncomeSection),
    ("income section", BracketKind::IncomeSection),
    ("prog", BracketKind::Programme),
    ("programme", BracketKind::Programme),
    ("chap", BracketKind::Chapter),
    ("chapter", BracketKind::Chapter),
    ("cap", BracketKind::Chapter),
    ("vol", BracketKind::Volume),
    ("volume", BracketKind::Volume),
    ("part", BracketKind::Part),
    ("partie", BracketKind::Part),
    ("parte", BracketKind::Part),
    ("resumption", BracketKind::Resumption),
    ("resumed", BracketKind::Resumption),
    ("supp", BracketKind::Supplement),
    ("suppl", BracketKind::Supplement),
    ("supplement", BracketKind::Supplement),
    ("introduction", BracketKind::Introduction),
    ("plan outline", BracketKind::PlanOutline),
];

/// The bracket at `at`, and where it ends. In prose, any other bracket is ignored.
pub(super) fn bracket(
    text: &str,
    at: usize,
    key: &mut String,
    style: &mut Style,
    prose: bool,
) -> Result<(Option<Bracket>, usize), Fail> {
    let mut spacing = *style;
    let open = space(text, at, &mut spacing);
    if !text[open..].starts_with('(') {
        return Ok((None, at));
    }
    let inner = &text[open + 1..];
    let closed = inner.bytes().take(LONGEST).position(|b| b == b')');
    let read = closed.and_then(|len| Some((content(&inner[..len])?, open + len + 2)));
    match read {
        Some((found, end)) => {
            *style = spacing;
            key.push_str(&spelled(found));
            Ok((Some(found), end))
        }
        None if prose => Ok((None, at)),
        None => Err(unknown(text, open, closed)),
    }
}

/// A roman numeral alone in brackets at `at`, and where it ends: the volumes of 1946 to 1948 of the Security Council's resolutions
/// have S/INF/2/Rev.1 (I) to (III). Only the series `INF` has such a bracket.
pub(super) fn numeral(
    text: &str,
    at: usize,
    key: &mut String,
    style: &mut Style,
) -> Option<(Bracket, usize)> {
    let mut spacing = *style;
    let open = space(text, at, &mut spacing);
    let inner = text[open..].strip_prefix('(')?;
    let len = inner.bytes().take(LONGEST).position(|b| b == b')')?;
    let number = parse_roman(&inner[..len])?;
    let kind = BracketKind::Numeral;
    let found = Bracket { kind, number: Some(number), letter: None, last: None };
    *style = spacing;
    key.push_str(&spelled(found));
    Some((found, open + len + 2))
}

/// What is wrong with the bracket at `open`, which is not known or not closed.
fn unknown(text: &str, open: usize, closed: Option<usize>) -> Fail {
    let (rest, inner) = (&text[open..], &text[open + 1..]);
    let Some(len) = closed else {
        let fail = Fail::new(ErrorKind::Trailing, open, rest.len(), "a closing bracket");
        return match content(inner) {
            Some(_) => fail.fixed(format!("{rest})")),
            None => fail,
        };
    };
    let wanted = "a section, programme, chapter, volume, part or resumption";
    let fail = Fail::new(ErrorKind::Unknown, open, len + 2, wanted);
    let words = words_len(&inner[..len]);
    let (word, after) = inner[..len].split_at(words);
    let near = |known: &&(&str, BracketKind)| {
        word.len() > 3 && strsim::osa_distance(&word.to_lowercase(), known.0) == 1
    };
    let Some((right, _)) = WORDS.iter().find(near) else { return fail };
    let mut letters = right.chars();
    let right: String =
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    let repaired = format!("{right}{after}");
    if content(&repaired).is_some() { fail.fixed(format!("({repaired})")) } else { fail }
}

/// The length of the words at the beginning of the content of a bracket, up to a number.
fn words_len(content: &str) -> usize {
    let is_word = |c: char| c.is_ascii_alphabetic() || c == ' ';
    let words = content[..content.find(|c| !is_word(c)).unwrap_or(content.len())].trim_end();
    // The last word may be the number: `Part II`, `Part one`.
    match words.rsplit_once(' ') {
        Some((before, last)) if number(last).is_some() => before.trim_end().len(),
        _ => words.len(),
    }
}

fn content(content: &str) -> Option<Bracket> {
    let words = words_len(content);
    let word = content[..words].to_ascii_lowercase();
    let singular = word.strip_suffix('s').unwrap_or(&word);
    let (_, kind) = *WORDS.iter().find(|(known, _)| *known == word || *known == singular)?;
    let rest = content[words..].trim_start_matches(|c| c == '.' || is_space(c));
    let bare = Bracket { kind, number: None, letter: None, last: None };
    if rest.is_empty() {
        return Some(bare);
    }
    if let Some((first, last)) = rest.split_once(['-', '–']).or_else(|| rest.split_once(" and "))
    {
        let (first, last) = (number(first.trim())?, number(last.trim())?);
        let range = Bracket { number: Some(first), last: Some(last), ..bare };
        return (first < last).then_some(range);
    }
    if let Some(number) = number(rest) {
        return Some(Bracket { number: Some(number), ..bare });
    }
    let letter = rest.chars().next_back().filter(char::is_ascii_uppercase)?;
    let number = rest[..rest.len() - 1].trim_end().parse().ok().filter(|n| *n > 0)?;
    Some(Bracket { number: Some(number), letter: Some(letter), ..bare })
}

/// A number in figures, in roman numerals or, up to ten, in words.
fn number(text: &str) -> Option<u16> {
    let words = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let in_words = || words.iter().position(|word| text.eq_ignore_ascii_case(word));
    let read = text.parse().ok().or_else(|| parse_roman(text));
    read.or_else(|| Some(in_words()? as u16 + 1)).filter(|n| *n > 0)
}

fn spelled(bracket: Bracket) -> String {
    let (name, several, roman) = match bracket.kind {
        BracketKind::Section => ("Sect.", "Sects.", false),
        BracketKind::IncomeSection => ("Income sect.", "Income sects.", false),
        BracketKind::Programme => ("Prog.", "Progs.", false),
        BracketKind::Chapter => ("Chap.", "Chaps.", true),
        BracketKind::Introduction => ("Introduction", "Introduction", false),
        BracketKind::PlanOutline => ("Plan outline", "Plan outline", false),
        BracketKind::Volume => ("Vol.", "Vols.", true),
        BracketKind::Part => ("Part", "Parts", true),
        BracketKind::Resumption => ("Resumption", "Resumption", false),
        BracketKind::Supplement => ("SUPP", "SUPP", false),
        BracketKind::Numeral => ("", "", true),
    };
    let figures = |n: u16| if roman && n < 4000 { to_roman(n) } else { n.to_string() };
    match (bracket.number, bracket.last) {
        (Some(first), Some(last)) => format!(" ({several} {}-{})", figures(first), figures(last)),
        (Some(n), None) => {
            let letter = bracket.letter.map(String::from).unwrap_or_default();
            let gap = if name.is_empty() { "" } else { " " };
            format!(" ({name}{gap}{}{letter})", figures(n))
        }
        (None, _) => format!(" ({name})"),
    }
}
