//! From a string to a [`Symbol`], or to what is wrong with it.

use std::borrow::Cow;

use super::{
    Act, Citation, Form, Kind, Organ, Parts, Session, Style, Symbol, SymbolError,
    act::{self, digits},
    bracket::bracket,
    date::{is_space, skip_space},
    document::document,
    error::{ErrorKind, Fail},
    roman::to_roman,
    sc_year_of,
    segment::segment,
};

/// What a string turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Parsed {
    /// A symbol of the United Nations, and how its spelling departs from the printed form.
    Known {
        /// The symbol.
        symbol: Symbol,
        /// Departures that leave it clear.
        style: Style,
    },
    /// Something of the shape of a symbol, of an organization or series that is not known here:
    /// press releases, symbols of other organizations. Nothing can be said of its form.
    Unknown,
}

/// First components of bodies of the United Nations that issue documents under their own prefix,
/// in various forms (Dag Hammarskjöld Library, "UN document symbols").
const OTHER_PREFIXES: [&str; 44] = [
    "AT", "BWC", "CAC", "CAT", "CBD", "CCPR", "CCW", "CD", "CEB", "CED", "CEDAW", "CERD", "CLCS",
    "CMW", "CRC", "CRPD", "DC", "DP", "ECE", "FCCC", "GC", "HRI", "HS", "HSP", "ICCD", "ICEF",
    "ID", "IDB", "ISBA", "JIU", "LC", "LOS", "NPT", "PBC", "SAICM", "SPLOS", "SSC", "TD", "UNCTAD",
    "UNEP", "UNFPA", "UNITAR", "UNW", "WFP",
];

/// Reads a string that should be one symbol.
///
/// Errors are reported only for the series of the principal organs (`A/`, `E/`, `S/`, `T/`, `ST/`),
/// whose forms are published; any other prefix gives [`Parsed::Unknown`] at worst.
pub fn parse_symbol(text: &str) -> Result<Parsed, SymbolError> {
    let trimmed = text.trim();
    let base = text.len() - text.trim_start().len();
    let plain = with_hyphens(trimmed);
    if let Cow::Owned(plain) = &plain
        && let Ok(Parsed::Known { symbol, style }) = strict(plain)
    {
        return Ok(Parsed::Known { symbol, style: Style { dash: true, ..style } });
    }
    strict(trimmed).map_err(|fail| {
        let suggestion = suggestion(trimmed, &fail);
        SymbolError { suggestion, ..fail.moved(base).into_error(text) }
    })
}

/// Whether a character is a hyphen of Unicode that `-` replaces.
const fn is_hyphen(c: char) -> bool {
    matches!(c, '\u{2010}' | '\u{2011}')
}

/// The text with `-` for each character that looks like a hyphen, and for a dash between the two symbols of one
/// document, which mastheads print, with spaces or without (A/70/357–S/2015/682).
fn with_hyphens(text: &str) -> Cow<'_, str> {
    let is_dash = |c: char| matches!(c, '\u{2012}'..='\u{2014}' | '\u{2212}');
    if !text.contains(|c| is_hyphen(c) || is_dash(c)) {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let rest = text[at + c.len_utf8()..].trim_start_matches(is_space);
        let is_between =
            rest.split_once('/').is_some_and(|(prefix, _)| principal(prefix).is_some());
        if is_dash(c) && is_between {
            plain.truncate(plain.trim_end_matches(is_space).len());
            plain.push('-');
        } else if is_hyphen(c) {
            plain.push('-');
        } else if !(is_space(c) && plain.ends_with('-') && is_between) {
            plain.push(c);
        }
    }
    Cow::Owned(plain)
}

/// Applies certain corrections until the symbol is right, or gives up.
fn suggestion(text: &str, fail: &Fail) -> Option<String> {
    let (mut text, mut fail) = (text.to_owned(), fail.clone());
    for _ in 0..4 {
        let fix = fail.fix.take()?;
        text.get(fail.at..fail.at + fail.len)?;
        text.replace_range(fail.at..fail.at + fail.len, &fix);
        match strict(&text) {
            Ok(Parsed::Known { .. }) => return Some(text),
            Ok(Parsed::Unknown) => return None,
            Err(next) => fail = next,
        }
    }
    None
}

pub(super) fn principal(prefix: &str) -> Option<Organ> {
    match prefix {
        "A" => Some(Organ::GeneralAssembly),
        "S" => Some(Organ::SecurityCouncil),
        "E" => Some(Organ::EconomicAndSocialCouncil),
        "T" => Some(Organ::TrusteeshipCouncil),
        "ST" => Some(Organ::Secretariat),
        _ => None,
    }
}

fn strict(text: &str) -> Result<Parsed, Fail> {
    let whole =
        Fail::new(ErrorKind::NotASymbol, 0, text.len(), "a document symbol such as A/65/203");
    let Some((prefix, _)) = text.split_once('/') else {
        return Err(backslash(text).unwrap_or(whole));
    };
    let plain = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '.' | '-');
    if !prefix.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return Err(whole);
    }
    if !prefix.chars().all(plain) {
        if let Some(fail) = space_for_slash(text, prefix) {
            return Err(fail);
        }
        let upper = prefix.to_ascii_uppercase();
        if principal(&upper).is_none() {
            return if prefix.chars().any(char::is_whitespace) {
                Err(whole)
            } else {
                Ok(Parsed::Unknown)
            };
        }
        let fail = Fail::new(ErrorKind::Component, 0, prefix.len(), "capital letters");
        return Err(fail.fixed(upper));
    }
    let organ = principal(prefix).unwrap_or(Organ::Other);
    if organ == Organ::Other && !OTHER_PREFIXES.contains(&prefix) {
        return Ok(Parsed::Unknown);
    }
    match read(text, organ, false).and_then(|read| whole_text(text, read)) {
        Ok((symbol, style)) => Ok(Parsed::Known { symbol, style }),
        Err(_) if organ == Organ::Other => Ok(Parsed::Unknown),
        Err(fail) => Err(fail),
    }
}

/// `A\79\L.2`: backslashes where the slashes belong.
fn backslash(text: &str) -> Option<Fail> {
    if !text.contains('\\') {
        return None;
    }
    let right = text.replace('\\', "/");
    let is_known = matches!(strict(&right), Ok(Parsed::Known { .. }));
    let fail = Fail::new(ErrorKind::Component, 0, text.len(), "slashes instead of backslashes");
    is_known.then(|| fail.fixed(right))
}

/// `A 79/L.2`: a space where the first slash belongs.
fn space_for_slash(text: &str, prefix: &str) -> Option<Fail> {
    let (head, _) = prefix.split_once(is_space)?;
    let rest = text[head.len()..].trim_start_matches(is_space);
    principal(head)?;
    let is_known = matches!(strict(&format!("{head}/{rest}")), Ok(Parsed::Known { .. }));
    let len = text.len() - head.len() - rest.len();
    let fail = Fail::new(ErrorKind::Component, head.len(), len, "a slash");
    is_known.then(|| fail.fixed("/"))
}

/// After the symbol only stars may follow, the short form of a further document (`+ Corr.1`), or a
/// place in it.
fn whole_text(
    text: &str,
    (mut symbol, style, end): (Symbol, Style, usize),
) -> Result<(Symbol, Style), Fail> {
    let stars = text[end..].bytes().take_while(|b| *b == b'*').count();
    symbol.reissue = stars > 0;
    let end = end + stars;
    let further = text[end..].trim_start_matches(|c| is_space(c) || matches!(c, '+' | ','));
    let further = further.strip_prefix("and ").unwrap_or(further);
    // The long form (`A/74/L.1 and A/74/L.1/Add.1`) repeats the symbol.
    let repeated = further.strip_prefix(&text[..end - stars]);
    let further = repeated.and_then(|rest| rest.strip_prefix('/')).unwrap_or(further);
    let short = further.len() < text.len() - end
        && matches!(segment(further), Ok(seg) if seg.suffix().is_some());
    // A place in the document (`, para. 7`) does not make it another one.
    let place = text[end..].strip_prefix(',').map(str::trim_start);
    let place = place.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase()));
    if end == text.len() || short || place {
        return Ok((symbol, style));
    }
    let fail = Fail::new(ErrorKind::Trailing, end, text.len() - end, "the end of the symbol");
    let rest = &text[end..];
    if matches!(rest, ")" | "[]") {
        return Err(fail.fixed(""));
    }
    // Two symbols with a space between them are one document of two series.
    let other = rest.trim_start_matches(is_space);
    let second = other.split_once('/').and_then(|(prefix, _)| principal(prefix));
    let is_second = other.len() < rest.len()
        && second.is_some_and(|organ| organ != symbol.organ)
        && matches!(strict(other), Ok(Parsed::Known { .. }));
    Err(if is_second { fail.fixed(format!("-{other}")) } else { fail })
}

/// Reads the symbol that begins at `at` in prose and is long enough not to be anything else.
pub(super) fn scan(text: &str, at: usize) -> Option<(Symbol, Style, usize)> {
    let rest = text.get(at..)?;
    let Some(plain) = plain_hyphens(rest) else {
        return scan_plain(rest).map(|(symbol, style, end)| (symbol, style, at + end));
    };
    let (symbol, style, end) = scan_plain(&plain)?;
    // The hyphens take more bytes in the text than in the copy.
    let chars = plain[..end].chars().count();
    let len: usize = rest.chars().take(chars).map(char::len_utf8).sum();
    // Where the copy was cut, the symbol may go on.
    (end < plain.len() || len == rest.len()).then_some((symbol, style, at + len))
}

/// What may be a symbol at the beginning of a text, with `-` for the hyphens of Unicode in its first word, which documents
/// of the United Nations print so that no line ends there. Nothing if there are none.
fn plain_hyphens(text: &str) -> Option<String> {
    /// No symbol is longer, with the bracket after it.
    const LONGEST: usize = 100;
    let mut bytes = text.bytes().take(LONGEST).take_while(|byte| !byte.is_ascii_whitespace());
    if bytes.all(|byte| byte.is_ascii()) {
        return None;
    }
    let chars = text.chars().take(LONGEST);
    let mut word = chars.clone().take_while(|c| !is_space(*c));
    word.any(is_hyphen).then(|| chars.map(|c| if is_hyphen(c) { '-' } else { c }).collect())
}

/// Reads the symbol at the beginning of a text, whose hyphens are plain.
fn scan_plain(rest: &str) -> Option<(Symbol, Style, usize)> {
    let slash = rest.bytes().take(12).position(|b| b == b'/')?;
    let prefix = &rest[..slash];
    let organ =
        principal(prefix).or_else(|| OTHER_PREFIXES.contains(&prefix).then_some(Organ::Other))?;
    let (mut symbol, style, end) = read(rest, organ, true).ok()?;
    let bare = symbol.session.is_none() && symbol.year.is_none() && symbol.kind == Kind::Document;
    let numbered = symbol.number.is_some_and(|n| n > 99) || symbol.key().matches('/').count() > 1;
    let digit = symbol.key().bytes().any(|b| b.is_ascii_digit());
    let after = rest[end..].chars().next();
    if (bare && !numbered) || !digit || after.is_some_and(|c| c.is_alphanumeric() || c == '/') {
        return None;
    }
    let stars = rest[end..].bytes().take_while(|b| *b == b'*').count();
    symbol.reissue = stars == 1;
    Some((symbol, style, end + usize::from(stars == 1)))
}

/// The components that are followed by the number of an act or a statement.
const ACTS: [&str; 3] = ["RES", "DEC", "PRST"];

pub(super) type Read = (Symbol, Style, usize);

pub(super) fn read(text: &str, organ: Organ, prose: bool) -> Result<Read, Fail> {
    let slash = text.find('/').unwrap_or(0);
    let at = slash + 1;
    let word_end = |at: usize| {
        let rest = text.get(at..).unwrap_or_default();
        at + rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len())
    };
    let mut end = word_end(at);
    let mut organ = organ;
    if organ == Organ::GeneralAssembly && &text[at..end] == "HRC" {
        organ = Organ::HumanRightsCouncil;
        if text[end..].starts_with('/') {
            let next = word_end(end + 1);
            if matches!(&text[end + 1..next], "RES" | "DEC") {
                end = next;
            }
        }
    }
    let word = text[at..end].rsplit('/').next().unwrap_or_default();
    let acts = organ.resolution_prefix().is_some();
    let known = ACTS.into_iter().find(|name| word.eq_ignore_ascii_case(name));
    // `RES79/1`: the slash is missing.
    let glued = ACTS.into_iter().find_map(|name| Some((name, word.strip_prefix(name)?)));
    if let Some((name, number)) = glued.filter(|(_, rest)| acts && !rest.is_empty())
        && number.bytes().all(|b| b.is_ascii_digit())
    {
        let wanted = "a slash before the number";
        let fail = Fail::new(ErrorKind::Component, end - word.len(), word.len(), wanted);
        return Err(fail.fixed(format!("{name}/{number}")));
    }
    match known {
        Some(upper) if acts && upper != word => {
            let start = end - word.len();
            Err(Fail::new(ErrorKind::Component, start, word.len(), "capital letters").fixed(upper))
        }
        Some("RES") if acts => act_symbol(text, organ, Act::Resolution, end, prose),
        Some("DEC") if organ.decision_prefix().is_some() => {
            act_symbol(text, organ, Act::Decision, end, prose)
        }
        Some("PRST") if organ == Organ::SecurityCouncil => statement(text, end),
        _ => document(text, organ, prose),
    }
}

/// `A/RES/63/225`, `S/RES/1325 (2000)`, `E/RES/2006/3`, with `end` after `RES` or `DEC`.
fn act_symbol(text: &str, organ: Organ, act: Act, end: usize, prose: bool) -> Result<Read, Fail> {
    let at = end + 1;
    if !text[end..].starts_with('/') {
        return Err(Fail::new(ErrorKind::Component, end, 0, "a slash and the number of the act"));
    }
    let security = organ == Organ::SecurityCouncil;
    let trusteeship = organ == Organ::TrusteeshipCouncil;
    let (citation, style, end) = match bare_number(text, at) {
        // Both Councils number their resolutions through, so that the number alone identifies one.
        Some((number, end)) if security || trusteeship => {
            let style = Style { missing_year: security, ..Style::default() };
            let year = sc_year_of(number).filter(|_| security);
            let form = if security { Form::YearBracket } else { Form::Plain };
            let (session, parts) = (None, Parts::NONE);
            (Citation { organ: Some(organ), act, session, year, number, form, parts }, style, end)
        }
        _ => {
            let (number, end) =
                act::read(text, at, prose).map_err(|fail| repaired(text, at, organ, fail))?;
            (Citation::new(Some(organ), act, &number), number.style, end)
        }
    };
    if organ == Organ::EconomicAndSocialCouncil
        && citation.form == Form::Roman
        && citation.number > LAST_ROMAN_OF_COUNCIL
    {
        let wanted = "a number up to 2130, or a year, a slash and a number";
        return Err(Fail::new(ErrorKind::Number, at, end - at, wanted));
    }
    // The year is not in the table yet: the number alone identifies the resolution.
    let yearless = security && citation.form == Form::YearBracket;
    let bare = yearless || citation.form == Form::Plain;
    let prefix = if security { "S/RES" } else { "T/RES" };
    let Some(mut key) =
        citation.key().or_else(|| bare.then(|| format!("{prefix}/{}", citation.number)))
    else {
        return Err(wrong_form(text, at, end, &citation));
    };
    let (suffixes, end) = suffixes(text, end, &mut key)?;
    let mut style = style;
    let (bracket, end) = bracket(text, end, &mut key, &mut style, prose)?;
    let kind = if act == Act::Resolution { Kind::Resolution } else { Kind::Decision };
    let Citation { session, year, number, form, parts, .. } = citation;
    let symbol = Symbol {
        key: key.into(),
        organ,
        kind,
        session,
        year,
        number: Some(number),
        form,
        parts,
        suffixes,
        bracket,
        reissue: false,
        also: None,
    };
    Ok((symbol, style, end))
}

/// The last resolution of the Economic and Social Council with a session in brackets, of 14 December 1977 (E/2013/99,
/// note on identification).
const LAST_ROMAN_OF_COUNCIL: u32 = 2130;

/// A number without session or year, such as that of `S/RES/1325`.
fn bare_number(text: &str, at: usize) -> Option<(u32, usize)> {
    let (number, end) = digits(text, at).filter(|(n, end)| *n > 0 && end - at <= 4)?;
    let written = !text[at..].starts_with('0');
    let open = skip_space(text, end);
    let next = text[end..].chars().next();
    let ends = !next.is_some_and(|c| c.is_alphanumeric() || matches!(c, '/' | '-'));
    let bracket = text[open..].starts_with('(');
    (written && ends && !bracket).then_some((number, end))
}

/// Adds the correction to a failure where the writer's intention is certain.
fn repaired(text: &str, at: usize, organ: Organ, fail: Fail) -> Fail {
    if fail.fix.is_some() {
        return fail;
    }
    let Some((first, end)) = digits(text, at) else {
        return fail;
    };
    let rest = &text[end..];
    let second = rest.get(1..).and_then(|_| digits(text, end + 1));
    match (organ, second) {
        // `63225` and `63-225`: only the session of two digits is without doubt.
        (Organ::GeneralAssembly, None) if rest.is_empty() && end - at == 5 => {
            let (session, number) = (first / 1000, first % 1000);
            let wanted = "a session, a slash and a number";
            let fail = Fail::new(ErrorKind::Component, at, end - at, wanted);
            if session > 30 && number > 99 {
                fail.fixed(format!("{session}/{number}"))
            } else {
                fail
            }
        }
        (Organ::GeneralAssembly | Organ::HumanRightsCouncil, Some(_)) if rest.starts_with('-') => {
            Fail::new(ErrorKind::Component, end, 1, "a slash").fixed("/")
        }
        (Organ::SecurityCouncil, Some((second, last))) if rest.starts_with('/') => {
            by_year(at, last, first, second)
        }
        _ => fail,
    }
}

/// `S/RES/2000/1325` and `S/RES/1325/2000`: whichever of the two is the year of the other.
fn by_year(at: usize, end: usize, first: u32, second: u32) -> Fail {
    let fail = Fail::new(ErrorKind::Component, at, end - at, "a number and the year in brackets");
    let is = |number: u32, year: u32| sc_year_of(number).is_some_and(|y| u32::from(y) == year);
    match (is(first, second), is(second, first)) {
        (true, false) => fail.fixed(format!("{first} ({second})")),
        (false, true) => fail.fixed(format!("{second} ({first})")),
        _ => fail,
    }
}

fn wrong_form(text: &str, at: usize, end: usize, citation: &Citation) -> Fail {
    let wanted = match citation.organ {
        Some(Organ::SecurityCouncil) => {
            if let Some(year) = citation.year.filter(|_| citation.form == Form::YearSlash) {
                return by_year(at, end, u32::from(year), citation.number);
            }
            "a number and the year in brackets"
        }
        Some(Organ::EconomicAndSocialCouncil) => "a year, a slash and a number",
        Some(Organ::TrusteeshipCouncil) => {
            let wanted = "a number and the session in roman numerals in brackets";
            let fail = Fail::new(ErrorKind::Component, at, end - at, wanted);
            return match citation.session {
                Some(Session::Regular(session)) => {
                    fail.fixed(format!("{} ({})", citation.number, to_roman(session)))
                }
                _ => fail,
            };
        }
        _ => "a session, a slash and a number",
    };
    Fail::new(ErrorKind::Component, at, end.min(text.len()) - at, wanted)
}

/// `S/PRST/2000/25`, with `end` after `PRST`.
fn statement(text: &str, end: usize) -> Result<Read, Fail> {
    let wanted = "a year, a slash and a number";
    let at = end + 1;
    let missing = Fail::new(ErrorKind::Component, end, text.len() - end, wanted);
    // A suffix may follow, which is none of the number.
    let number_end = |at: usize| {
        let (_, middle) = digits(text, at)?;
        let (_, end) = digits(text, middle + usize::from(text[middle..].starts_with('/')))?;
        Some(end)
    };
    let (number, end) = text[end..]
        .starts_with('/')
        .then(|| act::read(&text[..number_end(at).unwrap_or(text.len())], at, true))
        .ok_or(missing)??;
    if number.form != Form::YearSlash {
        return Err(Fail::new(ErrorKind::Component, at, end - at, wanted));
    }
    let mut key = format!("S/PRST/{}/{}", number.year.unwrap_or_default(), number.number);
    let (suffixes, end) = suffixes(text, end, &mut key)?;
    let symbol = Symbol {
        key: key.into(),
        organ: Organ::SecurityCouncil,
        kind: Kind::PresidentialStatement,
        session: None,
        year: number.year,
        number: Some(number.number),
        form: Form::YearSlash,
        parts: Parts::NONE,
        suffixes,
        bracket: None,
        reissue: false,
        also: None,
    };
    Ok((symbol, number.style, end))
}

/// `/Add.1/Corr.2` at `at`.
pub(super) fn suffixes(
    text: &str,
    at: usize,
    key: &mut String,
) -> Result<(Vec<super::Suffix>, usize), Fail> {
    let (mut found, mut at) = (Vec::new(), at);
    while text[at..].starts_with('/') {
        let start = at + 1;
        let rest = &text[start..];
        let len = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '.').unwrap_or(rest.len());
        let len = rest[..len].trim_end_matches('.').len();
        let seg = segment(&rest[..len]).map_err(|fail| fail.moved(start))?;
        let Some(suffix) = seg.suffix() else {
            let wanted = "a suffix such as Add.1";
            return Err(Fail::new(ErrorKind::Component, start, len, wanted));
        };
        key.push('/');
        seg.write(key);
        found.push(suffix);
        at = start + len;
    }
    Ok((found, at))
}
