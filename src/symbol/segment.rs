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

/// The suffixes. A misspelt one is certainly a slip.
const SUFFIXES: [&str; 4] = ["Add", "Amend", "Corr", "Rev"];

/// Names that mastheads never print in small letters.
const CAPITALIZED: [&str; 7] = ["Add", "Amend", "Corr", "L", "PV", "Rev", "SR"];

/// Names that only a full stop joins to a number.
const JOINED: [&str; 7] = ["Add", "Amend", "Corr", "L", "PV", "Rev", "SR"];

/// One component.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Segment<'a> {
    /// `65`, `2006`.
    Number(u32),
    /// `S-27`, `ES-10`.
    Session(Session),
    /// `PV.69`, `CN.9`, `Add.3`: the name as it is spelled, and the number.
    Dotted(&'static str, u32),
    /// `INF`, `HRC`, `COSP`, `CN.4bis`, and a component in brackets: `(1455)`.
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
    // Reports to the committees of some resolutions have one in brackets: S/AC.37/2003/(1455)/26.
    if let Some(inner) = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'))
        && !inner.is_empty()
        && inner.bytes().all(|b| b.is_ascii_alphanumeric())
    {
        return Ok(Segment::Word(text));
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
    if let Some(fail) = glued(text) {
        return Err(fail);
    }
    if let Some((name, rest)) = text.split_once('.') {
        return dotted(text, name, rest);
    }
    if SUFFIXES.contains(&text) {
        let wanted = "a full stop and a number after the suffix";
        return Err(Fail::new(ErrorKind::Component, 0, text.len(), wanted));
    }
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (name, rest) = text.split_at(letters);
    if SURE.contains(&name) && !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()) {
        let fail = Fail::new(ErrorKind::Component, 0, text.len(), "a full stop before the number");
        return Err(fail.fixed(format!("{name}.{rest}")));
    }
    Ok(Segment::Word(text))
}

/// A component with a full stop: `PV.69`.
fn dotted<'a>(text: &'a str, name: &str, rest: &str) -> Result<Segment<'a>, Fail> {
    let known = DOTTED.iter().copied().find(|known| known.eq_ignore_ascii_case(name));
    if rest.is_empty() {
        let (whole, end) = ((0, text.len()), (name.len(), 1));
        return Err(if known.is_some() {
            let wanted = "a number after the full stop";
            Fail::new(ErrorKind::Component, whole.0, whole.1, wanted)
        } else {
            Fail::new(ErrorKind::Trailing, end.0, end.1, "no full stop").fixed("")
        });
    }
    let Some((n, end)) = digits(rest, 0) else { return Ok(Segment::Word(text)) };
    let (figures, ending) = rest.split_at(end);
    match known {
        Some(known) if ending.is_empty() => {
            number(rest).map_err(|fail| fail.moved(name.len() + 1))?;
            let is_small = name.bytes().all(|b| b.is_ascii_lowercase());
            if is_small && CAPITALIZED.contains(&known) {
                let fail = Fail::new(ErrorKind::Component, 0, name.len(), "a capital letter");
                return Err(fail.fixed(known));
            }
            Ok(Segment::Dotted(known, n))
        }
        Some(_) if matches!(ending, "st" | "nd" | "rd" | "th") => {
            let wanted = "a number without an ending";
            Err(Fail::new(ErrorKind::Number, name.len() + 1, rest.len(), wanted).fixed(figures))
        }
        None if ending.is_empty() => match near_suffix(name) {
            Some(suffix) => {
                let wanted = "Add., Amend., Corr. or Rev.";
                Err(Fail::new(ErrorKind::Component, 0, name.len(), wanted).fixed(suffix))
            }
            None => Ok(Segment::Word(text)),
        },
        _ => Ok(Segment::Word(text)),
    }
}

/// The suffix that a name is with a letter too few, a letter twice, or two letters exchanged. Another letter may make
/// another name, such as `Res.` or `Rec.`.
fn near_suffix(name: &str) -> Option<&'static str> {
    let sorted = |text: &str| {
        let mut letters: Vec<u8> = text.bytes().map(|b| b.to_ascii_lowercase()).collect();
        letters.sort_unstable();
        letters
    };
    let distinct = |text: &str| {
        let mut letters = sorted(text);
        letters.dedup();
        letters
    };
    if !(2..=6).contains(&name.len()) {
        return None;
    }
    SUFFIXES.into_iter().find(|suffix| {
        let is_near = strsim::osa_distance(&name.to_lowercase(), &suffix.to_lowercase()) == 1;
        is_near
            && match name.len().cmp(&suffix.len()) {
                std::cmp::Ordering::Less => true,
                std::cmp::Ordering::Equal => sorted(name) == sorted(suffix),
                std::cmp::Ordering::Greater => distinct(name) == distinct(suffix),
            }
    })
}

/// A session or year and the component after it without a slash between them: `79L.2`, `ES-11L.1`.
fn glued(text: &str) -> Option<Fail> {
    let mark = ["ES-", "S-"].into_iter().find(|mark| text.starts_with(mark)).map_or(0, str::len);
    let (_, end) = digits(text, mark)?;
    let rest = text.get(end..).filter(|rest| !rest.is_empty())?;
    let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (name, number) = rest.split_at(letters);
    let names: &[&str] = if number.starts_with('.') { &DOTTED } else { &SURE };
    let number = number.strip_prefix('.').unwrap_or(number);
    if !names.contains(&name) || number.is_empty() || !number.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let fail = Fail::new(ErrorKind::Component, 0, text.len(), "a slash after the session or year");
    Some(fail.fixed(format!("{}/{name}.{number}", &text[..end])))
}

/// Two components that should be one: `PV/69` for `PV.69`.
pub(super) fn split(name: &str, next: Option<&str>) -> Option<Fail> {
    let next = next.filter(|next| !next.is_empty() && next.bytes().all(|b| b.is_ascii_digit()))?;
    let wanted = "a full stop before the number";
    let len = name.len() + 1 + next.len();
    let fail = Fail::new(ErrorKind::Component, 0, len, wanted).fixed(format!("{name}.{next}"));
    JOINED.contains(&name).then_some(fail)
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
