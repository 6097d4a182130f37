//! From a string to a [`Symbol`], or to what is wrong with it.

use super::{
    Act, Citation, Form, Kind, Organ, Parts, Style, Symbol, SymbolError,
    act::{self, digits},
    date::{is_space, skip_space},
    document::{bracket, document},
    error::{ErrorKind, Fail},
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
    strict(trimmed).map_err(|fail| {
        let suggestion = suggestion(trimmed, &fail);
        SymbolError { suggestion, ..fail.moved(base).into_error(text) }
    })
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
        return Err(whole);
    };
    let plain = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '.' | '-');
    if !prefix.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return Err(whole);
    }
    if !prefix.chars().all(plain) {
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
    Err(Fail::new(ErrorKind::Trailing, end, text.len() - end, "the end of the symbol"))
}

/// Reads the symbol that begins at `at` in prose and is long enough not to be anything else.
pub(super) fn scan(text: &str, at: usize) -> Option<(Symbol, Style, usize)> {
    let rest = text.get(at..)?;
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
    Some((symbol, style, at + end + usize::from(stars == 1)))
}

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
    let known = ["RES", "DEC", "PRST"].into_iter().find(|name| word.eq_ignore_ascii_case(name));
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
    let (citation, style, end) = match bare_number(text, at) {
        Some((number, end)) if security => {
            let style = Style { missing_year: true, ..Style::default() };
            let (year, form) = (sc_year_of(number), Form::YearBracket);
            let (session, parts) = (None, Parts::NONE);
            (Citation { organ: Some(organ), act, session, year, number, form, parts }, style, end)
        }
        _ => {
            let (number, end) =
                act::read(text, at, prose).map_err(|fail| repaired(text, at, organ, fail))?;
            (Citation::new(Some(organ), act, &number), number.style, end)
        }
    };
    // The year is not in the table yet: the number alone identifies the resolution.
    let yearless = security && citation.form == Form::YearBracket;
    let Some(mut key) =
        citation.key().or_else(|| yearless.then(|| format!("S/RES/{}", citation.number)))
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
        _ => "a session, a slash and a number",
    };
    Fail::new(ErrorKind::Component, at, end.min(text.len()) - at, wanted)
}

/// `S/PRST/2000/25`, with `end` after `PRST`.
fn statement(text: &str, end: usize) -> Result<Read, Fail> {
    let wanted = "a year, a slash and a number";
    let at = end + 1;
    let missing = Fail::new(ErrorKind::Component, end, text.len() - end, wanted);
    let (number, end) =
        text[end..].starts_with('/').then(|| act::read(text, at, true)).ok_or(missing)??;
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
