//! Citations and symbols in prose.
//!
//! Every reference has a slash or a bracket in it, so the text is searched for these bytes and
//! parsed around them; the words before are read only where something could be a citation. No byte
//! is read more than a bounded number of times, so the time is linear in the length of the text.

use std::{ops::Range, sync::LazyLock};

use memchr::{memchr2_iter, memmem};

use super::{
    Act, Citation, Dated, Form, Organ, Parts, Style, Symbol,
    act::{self, hyphen},
    context::{Context, Cue, organ_after},
    date::{dates_after, is_space, skip_space},
    parse, sc_year_of,
};

/// What a place in prose refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reference {
    /// A symbol: `A/RES/63/225`, `A/65/203`.
    Symbol(Symbol),
    /// A citation by number: `resolution 63/225`.
    Citation(Citation),
}

impl Reference {
    /// The act that is referred to, if it is one.
    #[must_use]
    pub fn act(&self) -> Option<Citation> {
        match self {
            Self::Symbol(symbol) => Citation::of_symbol(symbol),
            Self::Citation(citation) => Some(citation.clone()),
        }
    }

    /// The number of the act or document.
    #[must_use]
    pub const fn number(&self) -> Option<u32> {
        match self {
            Self::Symbol(symbol) => symbol.number,
            Self::Citation(citation) => Some(citation.number),
        }
    }

    /// Whether both may be the same: what one of them leaves open makes no difference.
    #[must_use]
    pub fn may_be(&self, other: &Self) -> bool {
        fn fits<T: Copy + PartialEq>(one: Option<T>, other: Option<T>) -> bool {
            one.is_none() || other.is_none() || one == other
        }
        match (self, other, self.act(), other.act()) {
            (_, _, Some(own), Some(other)) => {
                own.number == other.number
                    && own.act == other.act
                    && fits(own.session, other.session)
                    && fits(own.year, other.year)
                    && fits(own.organ, other.organ)
            }
            (Self::Symbol(own), Self::Symbol(other), _, _) => {
                // A document may be cited without its addenda, and an addendum by the document.
                let (own, other) = (own.key(), other.key());
                own.starts_with(other) || other.starts_with(own)
            }
            _ => false,
        }
    }
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
    /// Whether it is an act of the organ that speaks: `its resolution 63/225`.
    pub own: bool,
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

    /// Says which organ speaks in the text, which gives its own acts their organ.
    pub fn spoken_by(&mut self, organ: Organ) {
        if let Reference::Citation(citation) = &mut self.reference
            && self.own
            && citation.fits(organ)
        {
            (self.organ, citation.organ) = (Some(organ), Some(organ));
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
    let mut councils = COUNCIL.find_iter(text.as_bytes()).peekable();
    let marks = memchr2_iter(b'/', b'(', text.as_bytes()).chain([text.len()]);
    for at in marks {
        while let Some(cue) = councils.next_if(|cue| *cue < at) {
            done = of_council(text, cue, done, &mut context, &mut each);
        }
        if at < done || at == text.len() {
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
            let act = match &found.reference {
                Reference::Citation(citation) => Some((citation.act, citation.organ)),
                Reference::Symbol(_) => None,
            };
            context.pass(done, act);
            each(found);
        }
    }
}

/// What begins the only citations without a slash or a bracket: resolutions of the Security Council with their date.
static COUNCIL: LazyLock<memmem::Finder<'_>> =
    LazyLock::new(|| memmem::Finder::new("Security Council resolution"));

/// The resolutions of the Security Council that a date instead of a year follows, after the words at `cue`: `1325 of 31
/// October 2000`. Returns where the last of them ends, or `done`.
fn of_council(
    text: &str,
    cue: usize,
    done: usize,
    context: &mut Context<'_>,
    each: &mut impl FnMut(Found),
) -> usize {
    let (mut done, word) = (done, cue + "Security Council ".len());
    let mut end = word + "resolution".len();
    end += usize::from(text[end..].starts_with('s'));
    let range = word..end;
    let mut start = skip_space(text, end);
    while let Some((number, end)) = act::digits(text, start)
        && start >= done
        && (1..=9999).contains(&number)
        && !text[start..].starts_with('0')
        && let (Some(date), _) = dates_after(text, end)
    {
        context.advance(start);
        let year = sc_year_of(number);
        let citation = Citation {
            organ: Some(Organ::SecurityCouncil),
            act: Act::Resolution,
            session: None,
            year,
            number,
            form: if year.is_some() { Form::YearBracket } else { Form::Plain },
            parts: Parts::NONE,
        };
        let style = Style { missing_year: true, ..Style::default() };
        done = date.range.end;
        let mut found = plain(start..end, citation, style);
        (found.date, found.cue) = (Some(date), Some(range.clone()));
        context.pass(done, Some((Act::Resolution, found.organ)));
        each(found);
        let rest = &text[done..];
        let joined = [", ", " and "].iter().find(|joint| rest.starts_with(**joint));
        start = done + joined.map_or(0, |joint| joint.len());
    }
    done
}

/// Whether a reference may begin at `start`: not inside a word, a path or an address.
fn begins(text: &str, start: usize) -> bool {
    let mut before = text[..start].chars().rev();
    match before.next() {
        None => true,
        Some('.' | ',') => !before.next().is_some_and(|c| c.is_ascii_digit()),
        Some(
            '/' | '\\' | '_' | '=' | '&' | '@' | '#' | '$' | '€' | '£' | '-' | '\u{2010}'
            | '\u{2011}' | '–' | '%' | '~',
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
        own: false,
        style,
    })
}

/// `63/225`, `S-27/2`, `2006/3` around the slash at `at`.
fn number(text: &str, at: usize, from: usize, context: &mut Context<'_>) -> Option<Found> {
    let len = run_before(text, at, from, 5, |b| b.is_ascii_digit());
    if len == 0 || len > 4 {
        return None;
    }
    let start = at - len - mark_before(text, from, at - len);
    if !begins(text, start) && !ends_range(text, from, start) {
        return None;
    }
    let (number, end) = act::read(text, start, true).ok()?;
    if is_heading(text, start, end) {
        let citation = Citation::new(None, Act::Resolution, &number);
        return Some(plain(start..end, citation, number.style));
    }
    cited(text, start, end, &number, context)
}

/// The length of the mark of a special session that ends at `at`: `S-`, `ES-`.
fn mark_before(text: &str, from: usize, at: usize) -> usize {
    let head = &text[from..at];
    let Some(last) = head.chars().next_back() else { return 0 };
    let before = &head[..head.len() - last.len_utf8()];
    if hyphen(&head[before.len()..]).is_none() {
        return 0;
    }
    let mark = ["ES", "S"].iter().find(|mark| before.ends_with(**mark));
    mark.map_or(0, |mark| mark.len() + last.len_utf8())
}

/// Whether only a dash parts the number at `start` from a citation that ends at `from`: `63/225–63/230`.
fn ends_range(text: &str, from: usize, start: usize) -> bool {
    from > 0 && matches!(&text[from..start], "-" | "–" | "\u{2010}" | "\u{2011}")
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
    let is_letters = |c: char| c.is_ascii_alphabetic() || is_space(c) || matches!(c, ',' | '-');
    let tail = trimmed.chars().rev().take(20).take_while(|c| is_letters(*c));
    let tail: usize = tail.map(char::len_utf8).sum();
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
        own: false,
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
    if let Some(cue) = short_cue(text, start) {
        context.adopt(cue);
    }
    let cue = context.cue()?.clone();
    let named = organ_after(text, end);
    let (date, second_date) = dates_after(text, named.map_or(end, |(_, after)| after));
    if !context.is_adjacent() && date.is_none() {
        return None;
    }
    let later = date.as_ref().and_then(|dated| organ_after(text, dated.range.end));
    let organ = named.or(later).map(|(organ, _)| organ).or(cue.organ);
    let mut citation = Citation::new(organ, cue.act, number);
    // An organ that only the list or the chain gives is not that of a number in a form of others.
    if named.or(later).is_none() && organ.is_some_and(|organ| !may_number(organ, &citation)) {
        citation.organ = None;
    }
    let own = cue.own && citation.organ.is_none();
    let mut found = plain(start..end, citation, number.style);
    (found.date, found.second_date, found.cue) = (date, second_date, Some(cue.range));
    found.own = own;
    Some(found)
}

/// Whether the year in brackets or before the slash can be that of an act of the organ. A wrong form of the General
/// Assembly, such as a session in roman numerals, is a mistake of its own.
fn may_number(organ: Organ, citation: &Citation) -> bool {
    organ == Organ::Other
        || citation.fits(organ)
        || !matches!(citation.form, Form::YearBracket | Form::YearSlash)
}

/// `UNSCR 1325 (2000)`: letters that are short for a resolution of the Security Council, directly before `start`.
fn short_cue(text: &str, start: usize) -> Option<Cue> {
    let before = text[..start].trim_end_matches(is_space);
    let cue = ["UNSCRs", "UNSCR"].into_iter().find(|cue| before.ends_with(cue))?;
    let at = before.len() - cue.len();
    let range = at..before.len();
    begins(text, at).then_some(Cue {
        act: Act::Resolution,
        organ: Some(Organ::SecurityCouncil),
        own: false,
        range,
    })
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
