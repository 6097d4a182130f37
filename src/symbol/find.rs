//! Citations and symbols in prose.
//!
//! Every reference has a slash or a bracket in it, so the text is searched for these bytes and
//! parsed around them; the words before are read only where something could be a citation. No byte
//! is read more than a bounded number of times, so the time is linear in the length of the text.

use std::ops::Range;

use memchr::memchr2_iter;

use super::{
    Act, Citation, Dated, Organ, Style, Symbol, act,
    context::{Context, organ_after},
    date::{dates_after, is_space},
    parse,
};

/// What a place in prose refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reference {
    /// A symbol: `A/RES/63/225`, `A/65/203`.
    Symbol(Symbol),
    /// A citation by number: `resolution 63/225`.
    Citation(Citation),
}

/// A reference found in prose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The bytes of the symbol or number.
    pub range: Range<usize>,
    /// What it refers to.
    pub reference: Reference,
    /// The organ, where the symbol or the words beside it name it.
    pub organ: Option<Organ>,
    /// The date that directly follows.
    pub date: Option<Dated>,
    /// A second date, of an act in several parts.
    pub second_date: Option<Dated>,
    /// The word that announces it, such as `resolution`, or the first of a list.
    pub cue: Option<Range<usize>>,
    /// How the spelling departs from the printed form.
    pub style: Style,
}

impl Found {
    /// The key of what is referred to; see [`Citation::key`] and [`Symbol::key`].
    #[must_use]
    pub fn key(&self) -> Option<String> {
        match &self.reference {
            Reference::Symbol(symbol) => Some(symbol.key().to_owned()),
            Reference::Citation(citation) => citation.key(),
        }
    }

    /// Whether a symbol is announced like a citation, which says the same twice
    /// (`resolution A/RES/63/225`).
    #[must_use]
    pub fn is_redundant(&self) -> bool {
        matches!(&self.reference, Reference::Symbol(symbol)
            if self.cue.is_some() && Citation::of_symbol(symbol).is_some())
    }
}

/// Calls `each` with every reference in `text`, from left to right.
///
/// A number is taken for a citation only if a word such as `resolution` announces it, directly or
/// through a list, or from elsewhere in the same clause if a date follows the number; the number at
/// the head of a resolution (`65/170. International migration`) needs no such word. Fractions, dates,
/// ratios, page ranges and addresses are ignored.
pub fn find(text: &str, each: impl FnMut(Found)) {
    find_in(text, Context::new(text), each);
}

pub(super) fn find_in<'t>(text: &'t str, mut context: Context<'t>, mut each: impl FnMut(Found)) {
    let mut done = 0;
    for at in memchr2_iter(b'/', b'(', text.as_bytes()) {
        if at < done {
            continue;
        }
        let found = if text.as_bytes()[at] == b'/' {
            symbol(text, at, done, &mut context).or_else(|| number(text, at, done, &mut context))
        } else {
            bracketed(text, at, done, &mut context)
        };
        if let Some(found) = found {
            let dated = found.second_date.as_ref().or(found.date.as_ref());
            done = dated.map_or(found.range.end, |dated| dated.range.end);
            context.pass(done);
            each(found);
        }
    }
}

/// Whether a reference may begin at `start`: not inside a word, a path or an address.
fn begins(text: &str, start: usize) -> bool {
    let mut before = text[..start].chars().rev();
    match before.next() {
        None => true,
        Some('.' | ',') => !before.next().is_some_and(|c| c.is_ascii_digit()),
        Some(
            '/' | '\\' | '_' | '=' | '&' | '@' | '#' | '$' | '€' | '£' | '-' | '–' | '%' | '~',
        ) => false,
        Some(c) => !c.is_alphanumeric(),
    }
}

/// How many bytes directly before `at`, and not before `from`, satisfy `is`; at most `most`.
fn run_before(text: &str, at: usize, from: usize, most: usize, is: impl Fn(u8) -> bool) -> usize {
    text.as_bytes()[from..at].iter().rev().take(most).take_while(|b| is(**b)).count()
}

/// A symbol whose first slash is at `at`.
fn symbol(text: &str, at: usize, from: usize, context: &mut Context<'_>) -> Option<Found> {
    let len = run_before(text, at, from, 8, |b| b.is_ascii_uppercase());
    let start = at - len;
    if len == 0 || !begins(text, start) {
        return None;
    }
    let (symbol, style, end) = parse::scan(text, start)?;
    context.advance(start);
    let cue = context.is_adjacent().then(|| context.cue().map(|cue| cue.range.clone())).flatten();
    let (date, second_date) = dates_after(text, end);
    Some(Found {
        range: start..end,
        organ: Some(symbol.organ),
        reference: Reference::Symbol(symbol),
        date,
        second_date,
        cue,
        style,
    })
}

/// `63/225`, `S-27/2`, `2006/3` around the slash at `at`.
fn number(text: &str, at: usize, from: usize, context: &mut Context<'_>) -> Option<Found> {
    let len = run_before(text, at, from, 5, |b| b.is_ascii_digit());
    if len == 0 || len > 4 {
        return None;
    }
    let digits = at - len;
    let mark = ["ES-", "S-"].iter().find(|mark| text[from..digits].ends_with(**mark));
    let start = digits - mark.map_or(0, |mark| mark.len());
    if !begins(text, start) {
        return None;
    }
    let (number, end) = act::read(text, start, true).ok()?;
    if is_heading(text, start, end) {
        let citation = Citation::new(None, Act::Resolution, &number);
        return Some(plain(start..end, citation, number.style));
    }
    cited(text, start, end, &number, context)
}

/// `217 A (III)`, `1325 (2000)` before the bracket at `at`.
fn bracketed(text: &str, at: usize, from: usize, context: &mut Context<'_>) -> Option<Found> {
    let head = &text[from..at];
    let trimmed = head.trim_end_matches(is_space);
    if head.len() - trimmed.len() > 4 {
        return None;
    }
    // The digits, then perhaps letters of parts ("A", "A to D", "A, B and C").
    let end = from + trimmed.len();
    let tail = run_before(text, end, from, 20, |b| {
        b.is_ascii_alphabetic() || matches!(b, b' ' | b',' | b'-')
    });
    let first = end - tail;
    let (digits_end, start) = if tail == 0 || text.as_bytes()[end - 1].is_ascii_digit() {
        (end, end - run_before(text, end, from, 5, |b| b.is_ascii_digit()))
    } else {
        (first, first - run_before(text, first, from, 5, |b| b.is_ascii_digit()))
    };
    if start == digits_end || digits_end - start > 4 || !begins(text, start) {
        return None;
    }
    let (number, end) = act::read(text, start, true).ok()?;
    if end <= at {
        return None;
    }
    cited(text, start, end, &number, context)
}

fn plain(range: Range<usize>, citation: Citation, style: Style) -> Found {
    Found {
        range,
        organ: citation.organ,
        reference: Reference::Citation(citation),
        date: None,
        second_date: None,
        cue: None,
        style,
    }
}

/// A number that the words before it make a citation.
fn cited(
    text: &str,
    start: usize,
    end: usize,
    number: &act::ActNumber,
    context: &mut Context<'_>,
) -> Option<Found> {
    context.advance(start);
    let cue = context.cue()?.clone();
    let named = organ_after(text, end);
    let (date, second_date) = dates_after(text, named.map_or(end, |(_, after)| after));
    if !context.is_adjacent() && date.is_none() {
        return None;
    }
    let later = date.as_ref().and_then(|dated| organ_after(text, dated.range.end));
    let organ = named.or(later).map(|(organ, _)| organ).or(cue.organ);
    let citation = Citation::new(organ, cue.act, number);
    let mut found = plain(start..end, citation, number.style);
    (found.date, found.second_date, found.cue) = (date, second_date, Some(cue.range));
    Some(found)
}

/// Whether the number is at the head of a resolution: alone at the start of a line, with a full
/// stop and a title after it. The form is that of the General Assembly from the thirty-first session.
fn is_heading(text: &str, start: usize, end: usize) -> bool {
    let marks = run_before(text, start, 0, 8, |b| matches!(b, b' ' | b'*' | b'#' | b'_' | b'\t'));
    let line_start = start - marks == 0 || text.as_bytes()[start - marks - 1] == b'\n';
    let session = text[start..end].split('/').next().and_then(|s| s.parse::<u16>().ok());
    let rest = text[end..].strip_prefix('.').unwrap_or_default();
    let title = rest.trim_start_matches(|c| is_space(c) || c == '*');
    line_start
        && session.is_some_and(|n| n > super::LAST_ROMAN_SESSION)
        && title.len() < rest.len()
        && title.starts_with(char::is_uppercase)
}
