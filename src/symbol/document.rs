//! Documents that are no acts: reports, drafts, letters, meeting records; and what may follow any
//! symbol in brackets.

use super::{
    Bracket, BracketKind, Form, Kind, Organ, Parts, Session, Style, Symbol,
    act::{YEARS, space},
    date::is_space,
    error::{ErrorKind, Fail},
    parse::{Read, principal, read, suffixes},
    roman::{parse_roman, to_roman},
    segment::{Segment, segment},
    sessions::LAST_SESSION,
};

/// Components longer than this are not symbols; it also bounds the work for one place in prose.
const MAX_LEN: usize = 96;

/// The length of the components at the start of `text`: up to a space, bracket or star; in prose
/// also without punctuation that ends a phrase.
fn main_len(text: &str, prose: bool) -> usize {
    if prose {
        let part = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'/' | b'-');
        let len = text.bytes().take(MAX_LEN).take_while(part).count();
        text[..len].trim_end_matches(['.', '-', '/']).len()
    } else {
        text.find(|c: char| is_space(c) || matches!(c, '(' | '*' | ',')).unwrap_or(text.len())
    }
}

/// Any document that is not an act: `A/65/203`, `A/C.2/67/L.15/Rev.1`, `S/2014/136`, `S/PV.9085`.
pub(super) fn document(text: &str, organ: Organ, prose: bool) -> Result<Read, Fail> {
    let main = &text[..main_len(text, prose)];
    if main.len() > MAX_LEN {
        return Err(Fail::new(ErrorKind::NotASymbol, 0, main.len(), "a document symbol"));
    }
    let marks = ["-A/", "-S/", "-E/"];
    let second = marks.iter().filter_map(|mark| main.find(mark)).min();
    let rest = second.map_or("", |cut| &main[cut + 1..]);
    if marks.iter().any(|mark| rest.contains(mark)) {
        return Err(Fail::new(ErrorKind::Component, 0, main.len(), "at most two symbols"));
    }
    let own = &main[..second.unwrap_or(main.len())];
    let mut segments = Vec::with_capacity(6);
    let mut at = 0;
    for part in own.split('/') {
        if at > 0 {
            segments.push((at, segment(part).map_err(|fail| fail.moved(at))?));
        }
        at += part.len() + 1;
    }
    if organ != Organ::Other {
        plausible(organ, &segments, own)?;
    }
    let mut symbol = classified(own, organ, &segments);
    let mut key = String::from(&own[..own.find('/').unwrap_or(own.len())]);
    for (_, seg) in &segments {
        key.push('/');
        seg.write(&mut key);
    }
    let mut style = Style::default();
    let mut end = own.len();
    if let Some(cut) = second {
        let other = &text[cut + 1..];
        let organ = principal(&other[..1]).unwrap_or(Organ::Other);
        let other = &other[..rest.len()];
        let (also, _, len) = read(other, organ, prose).map_err(|fail| fail.moved(cut + 1))?;
        key.push('-');
        key.push_str(also.key());
        symbol.also = Some(Box::new(also));
        end = cut + 1 + len;
    } else {
        if symbol.kind == Kind::VerbatimRecord {
            end = rooms(text, end, &mut key, &mut symbol.parts);
        }
        (symbol.bracket, end) = bracket(text, end, &mut key, &mut style, prose)?;
        if symbol.bracket.is_some() {
            let (more, after) = suffixes(text, end, &mut key)?;
            symbol.suffixes.extend(more);
            end = after;
        }
    }
    symbol.key = key.into();
    Ok((symbol, style, end))
}

/// `PV.4 A/B`: one record of a meeting held in two rooms at once.
fn rooms(text: &str, at: usize, key: &mut String, parts: &mut Parts) -> usize {
    if text[at..].starts_with(" A/B") && !text[at + 4..].starts_with(char::is_alphanumeric) {
        *parts = Parts::NONE.with_range(b'A', b'B');
        key.push_str(" A/B");
        return at + 4;
    }
    at
}

/// The errors that can be distinguished from the many legitimate forms.
fn plausible(organ: Organ, segments: &[(usize, Segment<'_>)], own: &str) -> Result<(), Fail> {
    let [(at, Segment::Number(first)), rest @ ..] = segments else {
        return Ok(());
    };
    let (at, first) = (*at, *first);
    if let Some(fail) = twice(first, rest, own) {
        return Err(fail);
    }
    let len = rest.first().map_or(own.len(), |(next, _)| next - 1) - at;
    let split = |digits: usize| {
        Some(format!("{}/{}", own.get(at..at + digits)?, own.get(at + digits..at + len)?))
    };
    let alone = !matches!(rest.first(), Some((_, Segment::Number(_))));
    // Before sessions and years were part of symbols, documents were numbered through: A/1 to
    // A/10000 or so until 1976, S/1 to S/27000 or so until 1993.
    let (most, digits, wanted) = match organ {
        Organ::GeneralAssembly => (11_000, 2, "a session, a slash and a number"),
        Organ::SecurityCouncil => (28_000, 4, "a year, a slash and a number"),
        Organ::EconomicAndSocialCouncil => (10_000, 4, "a year, a slash and a number"),
        _ => return Ok(()),
    };
    let fail = Fail::new(ErrorKind::Component, at, len, wanted);
    if alone && rest.is_empty() && first > most {
        let fix = split(digits).filter(|fix| {
            let head = fix[..digits].parse::<u32>().unwrap_or(0);
            let sound = if digits == 2 { head > 30 } else { (1976..2100).contains(&head) };
            sound && !fix[digits + 1..].starts_with('0') && fix.len() > digits + 1
        });
        return Err(match fix {
            Some(fix) => fail.fixed(fix),
            None => fail,
        });
    }
    if alone {
        return Ok(());
    }
    match organ {
        Organ::GeneralAssembly if first > u32::from(LAST_SESSION) => {
            Err(Fail::new(ErrorKind::Number, at, len, "a session"))
        }
        Organ::SecurityCouncil if !YEARS.contains(&first) => {
            Err(Fail::new(ErrorKind::Number, at, len, "a year"))
        }
        _ => Ok(()),
    }
}

/// A symbol that begins anew in the middle: `A/74/A/74/379`. No component is the letter of the organ.
fn twice(first: u32, rest: &[(usize, Segment<'_>)], own: &str) -> Option<Fail> {
    let organ = own.split('/').next()?;
    let is_organ = |segment: &Segment<'_>| matches!(segment, Segment::Word(word) if *word == organ);
    let index = rest.iter().position(|(_, segment)| is_organ(segment))?;
    let fail = Fail::new(ErrorKind::Component, 0, rest[index].0, "the beginning only once");
    let same = rest.get(index + 1).is_some_and(|(_, next)| *next == Segment::Number(first));
    Some(if same { fail.fixed("") } else { fail })
}

/// What the components say, read from left to right.
fn classified(own: &str, organ: Organ, segments: &[(usize, Segment<'_>)]) -> Symbol {
    let mut symbol = Symbol {
        key: own.into(),
        organ,
        kind: Kind::Document,
        session: None,
        year: None,
        number: None,
        form: Form::Plain,
        parts: Parts::NONE,
        suffixes: Vec::new(),
        bracket: None,
        reissue: false,
        also: None,
    };
    let assembly = matches!(organ, Organ::GeneralAssembly | Organ::HumanRightsCouncil);
    for (index, (_, seg)) in segments.iter().enumerate() {
        let last = segments.get(index + 1).is_none_or(|(_, next)| next.suffix().is_some());
        if let Some(suffix) = seg.suffix() {
            symbol.suffixes.push(suffix);
            continue;
        }
        let unset = symbol.session.is_none() && symbol.year.is_none();
        match seg {
            Segment::Session(session) if unset => symbol.session = Some(*session),
            Segment::Number(n) if assembly && unset && !last && *n <= u32::from(LAST_SESSION) => {
                symbol.session = Some(Session::Regular(*n as u16));
            }
            Segment::Number(n) if unset && !last && YEARS.contains(n) => {
                symbol.year = Some(*n as u16);
            }
            Segment::Number(n) if last => symbol.number = Some(*n),
            Segment::Dotted(name, n) if last => {
                symbol.number = Some(*n);
                symbol.kind = match *name {
                    "PV" => Kind::VerbatimRecord,
                    "SR" => Kind::SummaryRecord,
                    "L" => Kind::Draft,
                    _ => Kind::Document,
                };
            }
            _ => {}
        }
    }
    symbol.form = match (symbol.session, symbol.year) {
        (Some(_), _) => Form::Slash,
        (None, Some(_)) => Form::YearSlash,
        (None, None) => Form::Plain,
    };
    symbol
}

/// ` (Vol. II)` at `at`. In prose, any other bracket is ignored.
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
    let read = inner.bytes().take(24).position(|b| b == b')').and_then(|len| {
        let bracket = bracket_content(&inner[..len])?;
        Some((bracket, open + len + 2))
    });
    match read {
        Some((found, end)) => {
            *style = spacing;
            key.push_str(&spelled(found));
            Ok((Some(found), end))
        }
        None if prose => Ok((None, at)),
        None => {
            let wanted = "a section, volume, part or resumption";
            Err(Fail::new(ErrorKind::Trailing, open, text.len() - open, wanted))
        }
    }
}

fn bracket_content(content: &str) -> Option<Bracket> {
    let letters = content.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(content.len());
    let kind = match content[..letters].to_ascii_lowercase().as_str() {
        "sect" | "sec" | "section" => BracketKind::Section,
        "vol" | "volume" => BracketKind::Volume,
        "part" => BracketKind::Part,
        "resumption" | "resumed" => BracketKind::Resumption,
        "supp" | "suppl" | "supplement" => BracketKind::Supplement,
        _ => return None,
    };
    let rest = content[letters..].trim_start_matches(|c| c == '.' || is_space(c));
    if rest.is_empty() {
        return Some(Bracket { kind, number: None });
    }
    let number = rest.parse().ok().or_else(|| parse_roman(rest)).filter(|n| *n > 0)?;
    Some(Bracket { kind, number: Some(number) })
}

fn spelled(bracket: Bracket) -> String {
    let (name, roman) = match bracket.kind {
        BracketKind::Section => ("Sect.", false),
        BracketKind::Volume => ("Vol.", true),
        BracketKind::Part => ("Part", true),
        BracketKind::Resumption => ("Resumption", false),
        BracketKind::Supplement => ("SUPP", false),
    };
    match bracket.number {
        Some(n) if roman && n < 4000 => format!(" ({name} {})", to_roman(n)),
        Some(n) => format!(" ({name} {n})"),
        None => format!(" ({name})"),
    }
}
