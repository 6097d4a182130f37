//! The number of an act: `63/225`, `57/270 B`, `217 A (III)`, `1325 (2000)`, `2006/2`, `S-27/2`.

use super::{
    Form, Parts, Session, Style,
    date::{is_space, skip_space},
    error::{ErrorKind, Fail},
    roman::{guess_roman, parse_roman, to_roman},
    sessions::LAST_SESSION,
};

/// Years in which an organ of the United Nations can have acted.
pub(super) const YEARS: std::ops::RangeInclusive<u32> = 1946..=2099;

/// The number of an act, without its organ.
#[derive(Clone, Copy, Debug)]
pub(super) struct ActNumber {
    pub(super) session: Option<Session>,
    pub(super) year: Option<u16>,
    pub(super) number: u32,
    pub(super) form: Form,
    pub(super) parts: Parts,
    pub(super) style: Style,
}

/// Digits at `at`: value, end. At most nine are read.
pub(super) fn digits(text: &str, at: usize) -> Option<(u32, usize)> {
    let rest = text.get(at..)?;
    let len = rest.bytes().take(10).take_while(u8::is_ascii_digit).count();
    if len == 0 || len > 9 {
        return None;
    }
    Some((rest[..len].parse().ok()?, at + len))
}

/// Steps over the space at `at` and remarks on it where it is not one plain space.
pub(super) fn space(text: &str, at: usize, style: &mut Style) -> usize {
    let end = skip_space(text, at);
    match text.get(at..end).unwrap_or_default() {
        "" => style.missing_space = true,
        " " => {}
        other if other.contains(['\u{A0}', '\u{202F}']) => style.no_break_space = true,
        _ => style.extra_space = true,
    }
    end
}

/// Reads the number of an act at `at`. In prose, a letter is taken for a part only where it cannot
/// be a word, and what follows the number must not continue it.
pub(super) fn read(text: &str, at: usize, prose: bool) -> Result<(ActNumber, usize), Fail> {
    let rest = text.get(at..).unwrap_or_default();
    let (mark, session) = session_mark(rest);
    let missing = Fail::new(ErrorKind::Component, at, 0, "a session and a number");
    let (first, end) = digits(text, at + mark)
        .ok_or_else(|| roman_before_number(rest, mark, session).map_or(missing, |f| f.moved(at)))?;
    proper(text, at + mark, end)?;
    match text.as_bytes().get(end) {
        Some(b'/') => slash(text, at, (first, end), mark > 0, session, prose),
        _ if mark > 0 => {
            Err(Fail::new(ErrorKind::Component, end, 0, "a slash and the number of the act"))
        }
        _ => bracketed(text, (first, end), prose),
    }
}

/// The mark of a special or emergency special session at the beginning of a text, and what its number makes.
pub(super) fn session_mark(text: &str) -> (usize, fn(u16) -> Session) {
    let (len, make): (usize, fn(u16) -> Session) = match text.as_bytes() {
        [b'E', b'S', ..] => (2, Session::Emergency),
        [b'S', ..] => (1, Session::Special),
        _ => return (0, Session::Regular),
    };
    match hyphen(&text[len..]) {
        Some(hyphen) => (len + hyphen, make),
        None => (0, Session::Regular),
    }
}

/// The length of a hyphen at the beginning of a text: `-`, the hyphen of Unicode, or the no-break hyphen that documents
/// of the United Nations print.
pub(super) fn hyphen(text: &str) -> Option<usize> {
    match text.chars().next()? {
        '-' => Some(1),
        c @ ('\u{2010}' | '\u{2011}') => Some(c.len_utf8()),
        _ => None,
    }
}

/// `S-VI/3201`: a session in roman numerals where one in figures is expected.
fn roman_before_number(rest: &str, mark: usize, session: fn(u16) -> Session) -> Option<Fail> {
    let (numeral, after) = rest.get(mark..).filter(|_| mark > 0)?.split_once('/')?;
    let (number, end) = digits(after, 0)?;
    let session = session(parse_roman(numeral)?);
    let len = mark + numeral.len() + 1 + end;
    let wanted = "a number, and the session in brackets or in figures";
    let fail = Fail::new(ErrorKind::Component, 0, len, wanted);
    let last = if matches!(session, Session::Special(_)) { 7 } else { 5 };
    let is_late = session.number() > last;
    Some(fail.fixed(if is_late {
        format!("{session}/{number}")
    } else {
        format!("{number} ({}{numeral})", session.mark())
    }))
}

/// A number has one to four digits and no leading zero.
fn proper(text: &str, at: usize, end: usize) -> Result<(), Fail> {
    let written = text.get(at..end).unwrap_or_default();
    let trimmed = written.trim_start_matches('0');
    if trimmed.is_empty() || trimmed.len() > 4 {
        return Err(Fail::new(ErrorKind::Number, at, end - at, "a number from 1 to 9999"));
    }
    if trimmed.len() < written.len() {
        let fail = Fail::new(ErrorKind::Number, at, end - at, "a number without a leading zero");
        return Err(fail.fixed(trimmed));
    }
    Ok(())
}

fn slash(
    text: &str,
    at: usize,
    (first, first_end): (u32, usize),
    marked: bool,
    session: fn(u16) -> Session,
    prose: bool,
) -> Result<(ActNumber, usize), Fail> {
    let start = first_end + 1;
    let missing = Fail::new(ErrorKind::Component, start, 0, "the number of the act");
    let (number, end) = digits(text, start).ok_or(missing)?;
    proper(text, start, end)?;
    let (session, year, form) = match u16::try_from(first).unwrap_or(u16::MAX) {
        n if n <= LAST_SESSION => (Some(session(n)), None, Form::Slash),
        n if !marked && YEARS.contains(&first) => (None, Some(n), Form::YearSlash),
        _ => {
            return Err(Fail::new(ErrorKind::Number, at, first_end - at, "a session or a year"));
        }
    };
    let (parts, end, style) = match parts(text, end, prose, false) {
        Some(found) => found,
        None => match square_parts(text, end).filter(|_| !prose) {
            Some((parts, end)) => (parts, end, Style { square_bracket: true, ..Style::default() }),
            None => (Parts::NONE, end, Style::default()),
        },
    };
    if prose && continues(text, end) {
        return Err(Fail::new(ErrorKind::Trailing, end, 0, "the end of the number"));
    }
    Ok((ActNumber { session, year, number, form, parts, style }, end))
}

/// Whether what follows shows that the digits before `end` are no citation: a date, a decimal, a
/// percentage, a range, a word.
fn continues(text: &str, end: usize) -> bool {
    let mut rest = text[end..].chars();
    let (first, second) = (rest.next(), rest.next());
    let digit = second.is_some_and(|c| c.is_ascii_digit());
    match first {
        Some('/' | '%' | '_' | '@' | '\\') => true,
        // The first number of a range goes on to the last one.
        Some(c @ ('-' | '–' | '\u{2010}' | '\u{2011}')) => {
            digit && !is_number(&text[end + c.len_utf8()..])
        }
        Some('.' | ',' | ':') => digit,
        Some(c) => c.is_alphanumeric(),
        None => false,
    }
}

/// Whether a text begins with a session, a slash and a number.
fn is_number(text: &str) -> bool {
    let slash = digits(text, 0).filter(|(n, end)| {
        (31..=u32::from(LAST_SESSION)).contains(n) && text[*end..].starts_with('/')
    });
    slash.is_some_and(|(_, end)| digits(text, end + 1).is_some())
}

fn bracketed(
    text: &str,
    (number, end): (u32, usize),
    prose: bool,
) -> Result<(ActNumber, usize), Fail> {
    let wanted = "a slash and a number, or the session or year in brackets";
    let (parts, end, mut style) = match parts(text, end, prose, true) {
        Some(found) => found,
        None => (Parts::NONE, end, Style::default()),
    };
    let mut spacing = Style::default();
    let open = space(text, end, &mut spacing);
    if text.as_bytes().get(open) != Some(&b'(') {
        return Err(Fail::new(ErrorKind::Component, end, 0, wanted));
    }
    // A missing space before the bracket is remarked on; one before the letter is (`217A`), too.
    style.missing_space |= spacing.missing_space;
    style.no_break_space |= spacing.no_break_space;
    style.extra_space |= spacing.extra_space;
    let inner = open + 1;
    let len = text[inner..].bytes().take(16).position(|b| b == b')');
    let Some(len) = len.filter(|len| *len > 0) else {
        return Err(Fail::new(ErrorKind::Component, inner, 0, "a session or year and a bracket"));
    };
    let content = &text[inner..inner + len];
    let end = inner + len + 1;
    if let Ok(year) = content.parse::<u32>() {
        if !YEARS.contains(&year) || !parts.is_empty() || content.len() != 4 {
            return Err(Fail::new(ErrorKind::Number, inner, len, "a year"));
        }
        let year = Some(year as u16);
        let form = Form::YearBracket;
        return Ok((ActNumber { session: None, year, number, form, parts, style }, end));
    }
    let session = roman_session(content).map_err(|fail| fail.moved(inner))?;
    let late = if parts.is_empty() { late_parts(text, end, prose) } else { None };
    style.square_bracket = late.is_some() && text[end..].starts_with('[');
    let (parts, end) = late.map_or((parts, end), |(late, end)| {
        style.letter_after_numeral = true;
        (late, end)
    });
    Ok((
        ActNumber { session: Some(session), year: None, number, form: Form::Roman, parts, style },
        end,
    ))
}

/// Letters behind the roman numeral, where some catalogues and links have them: `217(III)A`,
/// `217(III)[A]`. In prose a letter after a space is a word.
fn late_parts(text: &str, at: usize, prose: bool) -> Option<(Parts, usize)> {
    let rest = text.get(at..)?;
    if rest.starts_with('[') {
        return square_parts(text, at);
    }
    if prose && rest.starts_with(is_space) {
        return None;
    }
    parts(text, at, prose, false).map(|(parts, end, _)| (parts, end))
}

/// Letters in square brackets, as in the Library's catalogue: `[A]`, `[A-L]`, `[A+B]`.
fn square_parts(text: &str, at: usize) -> Option<(Parts, usize)> {
    if !text.get(at..)?.starts_with('[') {
        return None;
    }
    let (parts, end, _) = parts(text, at + 1, false, true)?;
    text[end..].starts_with(']').then_some((parts, end + 1))
}

/// `III`, `S-VII`, `ES-V`, and as some mastheads print them, `S-2` and `ES-1`; of the Economic and Social Council also
/// `ORG-75`.
fn roman_session(content: &str) -> Result<Session, Fail> {
    if let Some(year) = content.strip_prefix("ORG") {
        let (bare, is_marked) = match year.strip_prefix('-') {
            Some(year) => (year, true),
            None => (year, false),
        };
        if bare.len() == 2
            && let Ok(year) = bare.parse::<u16>()
        {
            let fail = Fail::new(ErrorKind::Component, 3, 0, "a hyphen after ORG").fixed("-");
            return if is_marked { Ok(Session::Organizational(year)) } else { Err(fail) };
        }
    }
    let (mark, session) = session_mark(content);
    let numeral = &content[mark..];
    if mark > 0
        && let Some((number, end)) = digits(numeral, 0)
        && end == numeral.len()
        && (1..=LAST_NUMBERED_THROUGH).contains(&number)
    {
        return Ok(session(number as u16));
    }
    if let Some(value) = parse_roman(numeral).filter(|value| *value <= LAST_SESSION) {
        return Ok(session(value));
    }
    let fail = Fail::new(ErrorKind::RomanNumeral, mark, numeral.len(), "a roman numeral");
    Err(match guess_roman(numeral).filter(|value| *value <= LAST_SESSION) {
        Some(value) => fail.fixed(to_roman(value)),
        None => fail,
    })
}

/// The last special session whose resolutions continue the numbers of the regular ones.
const LAST_NUMBERED_THROUGH: u32 = 7;

/// One capital letter that is alone at `at`.
fn letter(text: &str, at: usize) -> Option<(u8, usize)> {
    let letter = *text.as_bytes().get(at)?;
    let after = text.get(at + 1..)?.chars().next();
    let alone = !after.is_some_and(|c| c.is_alphanumeric() || matches!(c, '/' | '\'' | '’' | '_'));
    (letter.is_ascii_uppercase() && alone).then_some((letter, at + 1))
}

/// Letters of parts that stand alone: `B`, `A and B`, `A-C`.
pub(super) fn letters(text: &str) -> Option<Parts> {
    let (parts, end, _) = parts(text, 0, false, false)?;
    (end == text.len()).then_some(parts)
}

/// Letters of parts after a number: ` B`, ` A and B`, ` A to D`, ` A-C`, `A`.
fn parts(text: &str, at: usize, prose: bool, bracket: bool) -> Option<(Parts, usize, Style)> {
    let mut style = Style::default();
    let (first, mut end) = letter(text, space(text, at, &mut style))?;
    let mut parts = Parts::NONE.with(first);
    let mut last = first;
    loop {
        let rest = &text[end..];
        let next = skip_space(text, end);
        let joined = |words: &[&str]| {
            words.iter().find_map(|word| {
                let after = text.get(next..)?.strip_prefix(word)?;
                after.starts_with(is_space).then(|| skip_space(text, next + word.len()))
            })
        };
        let range = if rest.starts_with('-') { Some(end + 1) } else { joined(&["to", "à", "a"]) };
        let comma = rest.starts_with(", ").then_some(end + 2);
        let comma = comma.or_else(|| (rest.starts_with('+') && bracket).then_some(end + 1));
        let more = comma.or_else(|| joined(&["and", "et", "y"]));
        let found = |at: Option<usize>| letter(text, at?).filter(|(next, _)| *next > last);
        if let Some((to, after)) = found(range) {
            parts = parts.with_range(last, to);
            (last, end) = (to, after);
        } else if let Some((one, after)) = found(more) {
            parts = parts.with(one);
            (last, end) = (one, after);
        } else {
            break;
        }
    }
    // `A` and `I` are words: in prose they are parts only where a word cannot stand.
    let word = prose && matches!(first, b'A' | b'I') && last == first && !bracket;
    if word {
        let rest = text[end..].trim_start_matches(is_space);
        let stops = rest.starts_with(['.', ',', ';', ':', ')', '(', ']']);
        let dated =
            ["of ", "du ", "de ", "on ", "entitled "].iter().any(|word| rest.starts_with(word));
        if !(rest.is_empty() || stops || dated) {
            return None;
        }
    }
    Some((parts, end, style))
}
