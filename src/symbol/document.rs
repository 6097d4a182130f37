//! Documents that are no acts: reports, drafts, letters, meeting records.

use super::{
    Form, Kind, Organ, Parts, Session, Style, Symbol,
    act::YEARS,
    bracket::{bracket, numeral},
    date::is_space,
    error::{ErrorKind, Fail},
    parse::{Read, principal, read, suffixes},
    segment::{Segment, segment, split},
    sessions::LAST_SESSION,
};

/// Components longer than this are not symbols; it also bounds the work for one place in prose.
const MAX_LEN: usize = 96;

/// The length of the components at the start of `text`: up to a space, bracket or star; in prose
/// also without punctuation that ends a phrase. A component may be in brackets itself.
fn main_len(text: &str, prose: bool) -> usize {
    let mut len = 0;
    loop {
        let rest = &text[len..];
        len += if prose {
            let part = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'/' | b'-');
            rest.bytes().take(MAX_LEN).take_while(part).count()
        } else {
            rest.find(|c: char| is_space(c) || matches!(c, '(' | '*' | ',' | '+'))
                .unwrap_or(rest.len())
        };
        match component_in_brackets(text, len) {
            Some(end) if end <= MAX_LEN => len = end,
            _ => break,
        }
    }
    if prose { text[..len].trim_end_matches(['.', '-', '/']).len() } else { len }
}

/// Where a component in brackets ends that begins at `at`, between two slashes.
fn component_in_brackets(text: &str, at: usize) -> Option<usize> {
    const LONGEST: usize = 8;
    if !text[..at].ends_with('/') || !text[at..].starts_with('(') {
        return None;
    }
    let inner = text[at + 1..].bytes().take(LONGEST).take_while(u8::is_ascii_alphanumeric).count();
    let end = at + 1 + inner;
    (inner > 0 && text[end..].starts_with(")/")).then_some(end + 1)
}

/// Any document that is not an act: `A/65/203`, `A/C.2/67/L.15/Rev.1`, `S/2014/136`, `S/PV.9085`.
pub(super) fn document(text: &str, organ: Organ, prose: bool) -> Result<Read, Fail> {
    let main = &text[..main_len(text, prose)];
    if main.len() > MAX_LEN {
        return Err(Fail::new(ErrorKind::NotASymbol, 0, main.len(), "a document symbol"));
    }
    let second = second_symbol(main);
    let rest = second.map_or("", |cut| &main[cut + 1..]);
    if second_symbol(rest).is_some() {
        return Err(Fail::new(ErrorKind::Component, 0, main.len(), "at most two symbols"));
    }
    let own = &main[..second.unwrap_or(main.len())];
    let segments = components(own, organ)?;
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
        let numeral =
            own.contains("/INF/").then(|| numeral(text, end, &mut key, &mut style)).flatten();
        (symbol.bracket, end) = match numeral {
            Some((found, end)) => (Some(found), end),
            None => bracket(text, end, &mut key, &mut style, prose)?,
        };
        if symbol.bracket.is_some() {
            let (more, after) = suffixes(text, end, &mut key)?;
            symbol.suffixes.extend(more);
            end = after;
        }
    }
    symbol.key = key.into();
    Ok((symbol, style, end))
}

/// Where the hyphen before a second symbol is: `A/65/820-S/2011/250`.
fn second_symbol(main: &str) -> Option<usize> {
    ["-A/", "-S/", "-E/"].iter().filter_map(|mark| main.find(mark)).min()
}

/// The components after the first, and where each begins.
fn components(own: &str, organ: Organ) -> Result<Vec<(usize, Segment<'_>)>, Fail> {
    let mut segments = Vec::with_capacity(6);
    let (mut at, mut parts) = (0, own.split('/').peekable());
    while let Some(part) = parts.next() {
        if at > 0 {
            let slip =
                if organ == Organ::Other { None } else { split(part, parts.peek().copied()) };
            let read = slip.map_or_else(|| segment(part), Err);
            segments.push((at, read.map_err(|fail| fail.moved(at))?));
        }
        at += part.len() + 1;
    }
    Ok(segments)
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
    if let Some(fail) = slip(organ, segments, own) {
        return Err(fail);
    }
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

/// A component that is surely a slip of another one.
fn slip(organ: Organ, segments: &[(usize, Segment<'_>)], own: &str) -> Option<Fail> {
    let (at, first) = *segments.first()?;
    match first {
        // `C5` for `C.5`, `2023.12` for `2023/12`.
        Segment::Word(word) => {
            let letters = word.bytes().take_while(u8::is_ascii_uppercase).count();
            let (name, number) = word.split_at(letters);
            let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
            let fail = |wanted| Fail::new(ErrorKind::Component, at, word.len(), wanted);
            if matches!(name, "C" | "AC") && digits(number) && number.len() < 4 {
                let fail = fail("a full stop before the number");
                return Some(fail.fixed(format!("{name}.{number}")));
            }
            let (year, number) = word.split_once('.')?;
            let is_slash = digits(year) && digits(number) && segments.len() == 1;
            is_slash.then(|| fail("a slash before the number").fixed(format!("{year}/{number}")))
        }
        // There are six Main Committees; until 1993 a seventh one had the letters SPC (Dag Hammarskjöld Library, "UN
        // document symbols").
        Segment::Dotted("C", number) if organ == Organ::GeneralAssembly && number > 6 => {
            let wanted = "a Main Committee from C.1 to C.6";
            Some(Fail::new(ErrorKind::Unknown, at, format!("C.{number}").len(), wanted))
        }
        _ => suffix_before_number(segments, own),
    }
}

/// `A/65/Add.1/100` for `A/65/100/Add.1`.
fn suffix_before_number(segments: &[(usize, Segment<'_>)], own: &str) -> Option<Fail> {
    let [(_, Segment::Number(_) | Segment::Session(_)), (at, suffix), (number, Segment::Number(_))] =
        segments
    else {
        return None;
    };
    suffix.suffix()?;
    let (written, number) = (&own[*at..*number - 1], &own[*number..]);
    let fail = Fail::new(ErrorKind::Component, *at, own.len() - at, "the suffix after the number");
    Some(fail.fixed(format!("{number}/{written}")))
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
