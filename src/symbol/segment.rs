//! The components of a symbol between its slashes.

use super::{
    Session, Suffix, SuffixKind,
    act::digits,
    error::{ErrorKind, Fail},
};

/// Components that are followed by a full stop and a number, as they are spelled.
const DOTTED: [&str; 20] = [
    "AC", "Add", "Amend", "C", "CN", "CONF", "Corr", "CRP", "EA", "GC", "L", "PV", "R", "Rev",
    "SC", "SR", "Sub", "WG", "WP", "NGO",
];

/// Those of them after which a missing full stop is surely a slip.
const SURE: [&str; 11] =
    ["Add", "Amend", "CN", "CONF", "Corr", "CRP", "L", "PV", "Rev", "SR", "WP"];

/// One component.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Segment<'a> {
    /// `65`, `2006`.
    Number(u32),
    /// `S-27`, `ES-10`.
    Session(Session),
    /// `PV.69`, `CN.9`, `Add.3`: the name as it is spelled, and the number.
    Dotted(&'static str, u32),
    /// `INF`, `HRC`, `COSP`, `CN.4bis`.
    Word(&'a str),
}

impl Segment<'_> {
    /// The suffix that the component is, if it is one.
    pub(super) fn suffix(self) -> Option<Suffix> {
        let (kind, number) = match self {
            Self::Dotted("Add", n) => (SuffixKind::Addendum, Some(n)),
            Self::Dotted("Amend", n) => (SuffixKind::Amendment, Some(n)),
            Self::Dotted("Corr", n) => (SuffixKind::Corrigendum, Some(n)),
            Self::Dotted("Rev", n) => (SuffixKind::Revision, Some(n)),
            Self::Word("Summary") => (SuffixKind::Summary, None),
            _ => return None,
        };
        Some(Suffix { kind, number: number.and_then(|n| u16::try_from(n).ok()) })
    }

    /// Writes the component as it is spelled.
    pub(super) fn write(self, key: &mut String) {
        use std::fmt::Write as _;
        let _ = match self {
            Self::Number(n) => write!(key, "{n}"),
            Self::Session(session) => write!(key, "{session}"),
            Self::Dotted(name, n) => write!(key, "{name}.{n}"),
            Self::Word(word) => write!(key, "{word}"),
        };
    }
}

/// Reads one component. Offsets in a failure count from the start of the component.
pub(super) fn segment(text: &str) -> Result<Segment<'_>, Fail> {
    if text.is_empty() {
        return Err(Fail::new(
            ErrorKind::Component,
            0,
            0,
            "a word or a number between the slashes",
        ));
    }
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '&');
    if let Some((at, c)) = text.char_indices().find(|(_, c)| !allowed(*c)) {
        let wanted = "a letter, a digit, a full stop or a hyphen";
        return Err(Fail::new(ErrorKind::Component, at, c.len_utf8(), wanted));
    }
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return number(text);
    }
    if let Some(session) = session(text) {
        return Ok(Segment::Session(session));
    }
    if let Some((name, rest)) = text.split_once('.') {
        if rest.is_empty() {
            let fail = Fail::new(ErrorKind::Trailing, name.len(), 1, "no full stop");
            return Err(fail.fixed(""));
        }
        let known = DOTTED.iter().find(|known| known.eq_ignore_ascii_case(name));
        if let (Some(known), Some((n, end))) = (known, digits(rest, 0))
            && end == rest.len()
        {
            number(rest).map_err(|fail| fail.moved(name.len() + 1))?;
            return Ok(Segment::Dotted(known, n));
        }
        return Ok(Segment::Word(text));
    }
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (name, rest) = text.split_at(letters);
    if SURE.contains(&name) && !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()) {
        let fail = Fail::new(ErrorKind::Component, 0, text.len(), "a full stop before the number");
        return Err(fail.fixed(format!("{name}.{rest}")));
    }
    Ok(Segment::Word(text))
}

fn number(text: &str) -> Result<Segment<'_>, Fail> {
    let fail = |wanted| Fail::new(ErrorKind::Number, 0, text.len(), wanted);
    let trimmed = text.trim_start_matches('0');
    if trimmed.is_empty() {
        return Err(fail("a number from 1"));
    }
    if trimmed.len() < text.len() {
        return Err(fail("a number without a leading zero").fixed(trimmed));
    }
    digits(text, 0).map(|(n, _)| Segment::Number(n)).ok_or(fail("a number of at most nine digits"))
}

fn session(text: &str) -> Option<Session> {
    let (make, rest): (fn(u16) -> Session, _) = match text.strip_prefix("ES-") {
        Some(rest) => (Session::Emergency, rest),
        None => (Session::Special, text.strip_prefix("S-")?),
    };
    let (n, end) = digits(rest, 0)?;
    let n = u16::try_from(n).ok().filter(|n| (1..=99).contains(n))?;
    (end == rest.len()).then(|| make(n))
}
