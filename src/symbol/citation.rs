//! Citations: an act, and the organ that adopted it where the words say so.

use std::fmt;

use super::{
    Form, Kind, Organ, Parsed, Parts, Session, Symbol, SymbolError,
    act::{self, ActNumber},
    context::Context,
    date::{dates_after, skip_space},
    error::{ErrorKind, Fail},
    parse_symbol,
    roman::to_roman,
};

/// What kind of act is cited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// A resolution.
    Resolution,
    /// A decision.
    Decision,
}

/// A cited act. It is identified only together with its organ: `63/225` alone may be an act of the
/// General Assembly or of another body that numbers by session.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Citation {
    /// The organ, where words or symbol name it; [`Organ::Other`] for a body without a series here.
    pub organ: Option<Organ>,
    /// Resolution or decision.
    pub act: Act,
    /// The session, where the number names one.
    pub session: Option<Session>,
    /// The year, where the number names one.
    pub year: Option<u16>,
    /// The number.
    pub number: u32,
    /// How session, year and number are written.
    pub form: Form,
    /// Lettered parts.
    pub parts: Parts,
}

impl Citation {
    pub(super) fn new(organ: Option<Organ>, act: Act, number: &ActNumber) -> Self {
        Self {
            organ,
            act,
            session: number.session,
            year: number.year,
            number: number.number,
            form: number.form,
            parts: number.parts,
        }
    }

    /// The act that a symbol of a resolution or decision stands for.
    #[must_use]
    pub fn of_symbol(symbol: &Symbol) -> Option<Self> {
        let act = match symbol.kind {
            Kind::Resolution => Act::Resolution,
            Kind::Decision => Act::Decision,
            _ => return None,
        };
        Some(Self {
            organ: Some(symbol.organ),
            act,
            session: symbol.session,
            year: symbol.year,
            number: symbol.number?,
            form: symbol.form,
            parts: symbol.parts,
        })
    }

    /// The key of the act: the symbol of the resolution, or the number under which the Library
    /// files the decision. `None` where the organ is not known or has no such series, so that an act
    /// is never taken for one of the General Assembly by its number alone.
    #[must_use]
    pub fn key(&self) -> Option<String> {
        let organ = self.organ?;
        let prefix = match self.act {
            Act::Resolution => organ.resolution_prefix(),
            Act::Decision => organ.decision_prefix(),
        }?;
        let fits = self.fits(organ);
        fits.then(|| {
            let mut key = String::with_capacity(LONGEST_KEY);
            key.push_str(prefix);
            self.write_number(&mut key);
            key
        })
    }

    /// Whether the organ numbers its acts in this form.
    #[must_use]
    pub fn fits(&self, organ: Organ) -> bool {
        let (regular, special) = (
            matches!(self.session, Some(Session::Regular(_))),
            matches!(self.session, Some(Session::Special(_))),
        );
        let organizational = matches!(self.session, Some(Session::Organizational(_)));
        match organ {
            Organ::GeneralAssembly => {
                matches!(self.form, Form::Slash | Form::Roman) && !organizational
            }
            Organ::SecurityCouncil => self.year.is_some() && self.form == Form::YearBracket,
            Organ::EconomicAndSocialCouncil => {
                let has_session = regular || special || organizational;
                self.form == Form::YearSlash || (self.form == Form::Roman && has_session)
            }
            Organ::TrusteeshipCouncil => self.form == Form::Roman && (regular || special),
            Organ::HumanRightsCouncil => self.form == Form::Slash,
            _ => false,
        }
    }

    /// The number as it is printed, without the organ: `63/225`, `217 A (III)`.
    #[must_use]
    pub fn number(&self) -> String {
        let mut number = String::new();
        self.write_number(&mut number);
        number
    }

    fn write_number(&self, to: &mut String) {
        if let Some(session) = self.session.filter(|_| !self.is_roman()) {
            to.push_str(session.mark());
            push_number(to, session.number().into());
            to.push('/');
        } else if let Some(year) =
            self.year.filter(|_| self.session.is_none() && self.form != Form::YearBracket)
        {
            push_number(to, year.into());
            to.push('/');
        }
        push_number(to, self.number);
        let has_parts =
            self.session.is_some() || (self.year.is_some() && self.form != Form::YearBracket);
        if has_parts && !self.parts.is_empty() {
            to.push(' ');
            to.push_str(&self.parts.to_string());
        }
        match (self.session, self.year) {
            (Some(session), _) if self.is_roman() => {
                let number = match session {
                    Session::Organizational(year) => format!("{year:02}"),
                    _ => to_roman(session.number()),
                };
                for part in [" (", session.mark(), &number, ")"] {
                    to.push_str(part);
                }
            }
            (None, Some(year)) if self.form == Form::YearBracket => {
                to.push_str(" (");
                push_number(to, year.into());
                to.push(')');
            }
            _ => {}
        }
    }

    /// The first seven special sessions continued the numbers of the regular ones, so that
    /// `S-6/3201` can only mean `3201 (S-VI)`.
    fn is_roman(&self) -> bool {
        let special = matches!(self.session, Some(Session::Special(1..=7)));
        self.form == Form::Roman || (special && self.number > 100)
    }
}

impl fmt::Display for Citation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let organ = match self.organ {
            Some(Organ::GeneralAssembly) => "General Assembly ",
            Some(Organ::SecurityCouncil) => "Security Council ",
            Some(Organ::EconomicAndSocialCouncil) => "Economic and Social Council ",
            Some(Organ::HumanRightsCouncil) => "Human Rights Council ",
            Some(Organ::TrusteeshipCouncil) => "Trusteeship Council ",
            Some(Organ::Secretariat | Organ::Other) | None => "",
        };
        let act = match self.act {
            Act::Resolution => "resolution",
            Act::Decision => "decision",
        };
        write!(f, "{organ}{act} {}", self.number())
    }
}

/// Hardly any key is longer.
const LONGEST_KEY: usize = 24;

/// Writes a number in figures.
fn push_number(to: &mut String, number: u32) {
    let mut figures = [0; 10];
    let mut at = figures.len();
    let mut rest = number;
    loop {
        at -= 1;
        figures[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    to.extend(figures[at..].iter().map(|figure| char::from(*figure)));
}

/// Reads a citation that is alone in a field: `resolution 63/225`, `General Assembly resolution
/// 63/225`, `A/RES/63/225`, `decision 65/501`, `217 A (III)`, with or without its date.
///
/// A number without any word is taken for a resolution of an organ that is not known.
pub fn parse_citation(text: &str) -> Result<Citation, SymbolError> {
    let trimmed = text.trim();
    let base = text.len() - text.trim_start().len();
    let fail = match read(trimmed) {
        Ok(citation) => return Ok(citation),
        Err(fail) => fail,
    };
    // A malformed symbol is best explained by the parser of symbols.
    match parse_symbol(text) {
        Err(error) if error.kind != ErrorKind::NotASymbol => Err(error),
        _ => Err(fail.moved(base).into_error(text)),
    }
}

fn read(text: &str) -> Result<Citation, Fail> {
    if let Ok(Parsed::Known { symbol, .. }) = parse_symbol(text) {
        let wanted = "the symbol of a resolution or decision";
        return Citation::of_symbol(&symbol).ok_or(Fail::new(
            ErrorKind::Component,
            0,
            text.len(),
            wanted,
        ));
    }
    let start = number_start(text);
    let mut context = Context::new(text);
    context.advance(start);
    let words = &text[..start];
    if !words.trim().is_empty() && context.cue().is_none() {
        let wanted = "the words resolution or decision and a number";
        return Err(Fail::new(ErrorKind::NotASymbol, 0, text.len(), wanted));
    }
    let (act, organ) = context.cue().map_or((Act::Resolution, None), |cue| (cue.act, cue.organ));
    if let Some((citation, end)) = symbol_at(text, start) {
        return finish(text, end, citation);
    }
    let (number, end) = act::read(text, start, false)?;
    finish(text, end, Citation::new(organ, act, &number))
}

/// Where the number or symbol begins: at the first digit, or at the mark or prefix before it.
fn number_start(text: &str) -> usize {
    let digit = text.find(|c: char| c.is_ascii_digit()).unwrap_or(text.len());
    let before = &text[..digit];
    before.rfind(super::date::is_space).map_or(0, |at| skip_space(text, at))
}

fn symbol_at(text: &str, start: usize) -> Option<(Citation, usize)> {
    let (symbol, _, end) = super::parse::scan(text, start)?;
    Some((Citation::of_symbol(&symbol)?, end))
}

/// After the number may stand its organ and its date, nothing else.
fn finish(text: &str, end: usize, mut citation: Citation) -> Result<Citation, Fail> {
    let mut end = end;
    if let Some((organ, after)) = super::context::organ_after(text, end) {
        citation.organ = Some(organ);
        end = after;
    }
    let (first, second) = dates_after(text, end);
    let end = second.or(first).map_or(end, |dated| dated.range.end);
    let rest = text[end..].trim();
    if rest.is_empty() {
        return Ok(citation);
    }
    Err(Fail::new(
        ErrorKind::Trailing,
        text.len() - rest.len(),
        rest.len(),
        "the end of the citation",
    ))
}
