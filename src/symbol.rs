//! United Nations document symbols and citations of acts: what they mean, when two are the same,
//! and where they are in prose.
//!
//! A *symbol* names a document (`A/RES/65/170`, `A/65/203`); a *citation* names an act
//! (`resolution 65/170`, `decision 65/501`, `resolution 217 A (III)`). Both lead to one key, so that
//! the same act is recognized however it is spelled; raw strings are never compared.
//!
//! The forms are those of the UN Editorial Manual ("System of identification of resolutions and
//! decisions"), of the identification note printed in the General Assembly's "Resolutions and
//! Decisions" volumes (A/66/49), and of the Dag Hammarskjöld Library's guide to document symbols.
//! Where practice varies, the parser is lenient: silence is better than a false alarm.

mod act;
mod bracket;
mod citation;
mod context;
mod date;
mod document;
mod draft;
mod error;
mod find;
mod members;
mod ordinal;
mod paragraph;
mod parse;
mod roman;
mod segment;
mod sessions;
mod states;
mod whole;
mod windows;
mod words;
mod years;

use std::fmt;

pub use citation::{Act, Citation, parse_citation};
pub use date::Dated;
pub use draft::act_of_draft;
pub use error::{ErrorKind, SymbolError};
pub use find::{Found, Reference, find};
pub use members::members_in;
pub use ordinal::{heading, ordinal, ordinal_in, part_letters};
pub use paragraph::paragraph_cited;
pub use parse::{Parsed, parse_symbol};
pub use roman::{parse_roman, to_roman};
pub use sessions::{
    FormIssue, LAST_ROMAN_EMERGENCY, LAST_ROMAN_NUMBER, LAST_ROMAN_SESSION, LAST_ROMAN_SPECIAL,
    form_issue, roman_bracket,
};
pub use states::official_name;
pub use whole::{reference, whole_reference};
pub use windows::{ga_session_has, ga_session_window};
pub use words::organ_named;
pub use years::{SC_LAST_NUMBER, SC_LAST_YEAR, sc_numbers_of, sc_year_of};

/// The body that issued a document or adopted an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Organ {
    /// The General Assembly and its subsidiary bodies (`A/`).
    GeneralAssembly,
    /// The Security Council (`S/`).
    SecurityCouncil,
    /// The Economic and Social Council and its subsidiary bodies (`E/`).
    EconomicAndSocialCouncil,
    /// The Trusteeship Council (`T/`).
    TrusteeshipCouncil,
    /// The Secretariat (`ST/`).
    Secretariat,
    /// The Human Rights Council (`A/HRC/`).
    HumanRightsCouncil,
    /// Another body: a commission, a treaty body, a programme, a conference.
    Other,
}

impl Organ {
    /// What resolutions of this organ begin with, for organs that publish them under a symbol.
    const fn resolution_prefix(self) -> Option<&'static str> {
        match self {
            Self::GeneralAssembly => Some("A/RES/"),
            Self::SecurityCouncil => Some("S/RES/"),
            Self::EconomicAndSocialCouncil => Some("E/RES/"),
            Self::HumanRightsCouncil => Some("A/HRC/RES/"),
            Self::TrusteeshipCouncil => Some("T/RES/"),
            Self::Secretariat | Self::Other => None,
        }
    }

    /// What decisions are filed under. Decisions of the General Assembly have no symbol of their
    /// own; the Library's catalogue files them under `A/DEC/`.
    const fn decision_prefix(self) -> Option<&'static str> {
        match self {
            Self::GeneralAssembly => Some("A/DEC/"),
            Self::EconomicAndSocialCouncil => Some("E/DEC/"),
            Self::HumanRightsCouncil => Some("A/HRC/DEC/"),
            _ => None,
        }
    }
}

/// A session: regular, special (`S-27`), emergency special (`ES-10`) or organizational (`ORG-75`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Session {
    /// A regular session.
    Regular(u16),
    /// A special session.
    Special(u16),
    /// An emergency special session.
    Emergency(u16),
    /// An organizational session of the Economic and Social Council, by the last two digits of its year.
    Organizational(u16),
}

impl Session {
    /// The ordinal of the session in its own series.
    #[must_use]
    pub const fn number(self) -> u16 {
        match self {
            Self::Regular(n) | Self::Special(n) | Self::Emergency(n) | Self::Organizational(n) => n,
        }
    }

    const fn mark(self) -> &'static str {
        match self {
            Self::Regular(_) => "",
            Self::Special(_) => "S-",
            Self::Emergency(_) => "ES-",
            Self::Organizational(_) => "ORG-",
        }
    }
}

impl fmt::Display for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.mark(), self.number())
    }
}

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A resolution (`/RES/`).
    Resolution,
    /// A decision (`/DEC/`).
    Decision,
    /// A statement by the President of the Security Council (`S/PRST/`).
    PresidentialStatement,
    /// A verbatim record of a meeting (`PV.`).
    VerbatimRecord,
    /// A summary record of a meeting (`SR.`).
    SummaryRecord,
    /// A draft or other document of limited distribution (`L.`).
    Draft,
    /// Any other document: report, note, letter, information, working paper.
    Document,
}

impl Kind {
    /// Whether a body adopts it.
    #[must_use]
    pub const fn is_act(self) -> bool {
        matches!(self, Self::Resolution | Self::Decision)
    }
}

/// How the number of an act or document is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// `217 A (III)`: the session in roman numerals after the number.
    Roman,
    /// `63/225`: session, slash, number.
    Slash,
    /// `1325 (2000)`: the year in brackets after the number.
    YearBracket,
    /// `2006/3`: year, slash, number.
    YearSlash,
    /// A number alone, or no number that says session or year.
    Plain,
}

/// The lettered parts that are named: `B`, `A and B`, `A-C`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Parts(u32);

impl Parts {
    /// No letters.
    pub const NONE: Self = Self(0);

    /// Whether no part is named.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The letters, in order.
    pub fn letters(self) -> impl Iterator<Item = char> {
        (b'A'..=b'Z').filter(move |c| self.0 >> (c - b'A') & 1 == 1).map(char::from)
    }

    const fn with(self, letter: u8) -> Self {
        Self(self.0 | 1 << (letter - b'A'))
    }

    fn with_range(self, first: u8, last: u8) -> Self {
        (first..=last).fold(self, Self::with)
    }
}

impl fmt::Display for Parts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letters: Vec<char> = self.letters().collect();
        match letters.as_slice() {
            [] => Ok(()),
            [one] => write!(f, "{one}"),
            [first, .., last] if *last as usize - *first as usize + 1 == letters.len() => {
                write!(f, "{first}-{last}")
            }
            [before @ .., last] => {
                for (index, letter) in before.iter().enumerate() {
                    write!(f, "{}{letter}", if index == 0 { "" } else { ", " })?;
                }
                write!(f, " and {last}")
            }
        }
    }
}

/// What a suffix says of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SuffixKind {
    /// `Rev.`: a text that replaces the one before.
    Revision,
    /// `Add.`: an addendum.
    Addendum,
    /// `Corr.`: a corrigendum.
    Corrigendum,
    /// `Amend.`: an amendment.
    Amendment,
    /// `Summary`: a summarized version.
    Summary,
}

/// One suffix, such as `/Add.3`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Suffix {
    /// What it says.
    pub kind: SuffixKind,
    /// Its number; a summary has none.
    pub number: Option<u16>,
}

/// What a bracket after a symbol counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BracketKind {
    /// `(Sect. n)`: a section of the budget.
    Section,
    /// `(Income sect. n)`: a section of the income in the budget.
    IncomeSection,
    /// `(Prog. n)`: a programme of the strategic framework.
    Programme,
    /// `(Chap. n)`: a chapter.
    Chapter,
    /// `(Introduction)`: the introduction to the budget.
    Introduction,
    /// `(Plan outline)`: the outline of the plan.
    PlanOutline,
    /// `(Vol. n)`: a volume.
    Volume,
    /// `(Part n)`: a part.
    Part,
    /// `(Resumption n)`: the resumption of a meeting.
    Resumption,
    /// `(SUPP)`: a supplement.
    Supplement,
    /// `(II)`: a volume that only its number names.
    Numeral,
}

/// A bracket after a symbol, such as `(Vol. II)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Bracket {
    /// What it counts.
    pub kind: BracketKind,
    /// The number, whether written in arabic or roman numerals.
    pub number: Option<u16>,
    /// The letter after it: `(Sect. 29A)`.
    pub letter: Option<char>,
    /// The last number of several: `(Sects. 1-3)`.
    pub last: Option<u16>,
}

/// Departures from the printed form that leave the meaning clear.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[expect(clippy::struct_excessive_bools, reason = "independent remarks, each its own finding")]
pub struct Style {
    /// A space is missing: `S/RES/1310(2000)`, `57/270B`.
    pub missing_space: bool,
    /// A no-break space is in the place of a space.
    pub no_break_space: bool,
    /// More than one space, or a line break, is in the place of a space.
    pub extra_space: bool,
    /// A Security Council resolution without its year.
    pub missing_year: bool,
    /// The letter of a part comes behind the roman numeral: `217(III)A`.
    pub letter_after_numeral: bool,
    /// The part is in square brackets, as in the Library's catalogue: `75/245[B]`.
    pub square_bracket: bool,
    /// A dash, or a hyphen that only looks like `-`, is in the place of the hyphen.
    pub dash: bool,
}

impl Style {
    /// Whether there is nothing to remark.
    #[must_use]
    pub const fn is_regular(self) -> bool {
        !(self.missing_space
            || self.no_break_space
            || self.extra_space
            || self.missing_year
            || self.letter_after_numeral
            || self.square_bracket
            || self.dash)
    }
}

/// A document symbol. Two are equal when they name the same document, however they are spelled.
#[derive(Clone, Debug)]
pub struct Symbol {
    key: Box<str>,
    /// The organ whose series it is.
    pub organ: Organ,
    /// What the document is.
    pub kind: Kind,
    /// The session, where the symbol names one.
    pub session: Option<Session>,
    /// The year, where the symbol names one.
    pub year: Option<u16>,
    /// The number in its series.
    pub number: Option<u32>,
    /// How session, year and number are written.
    pub form: Form,
    /// Lettered parts.
    pub parts: Parts,
    /// Suffixes, in the order written.
    pub suffixes: Vec<Suffix>,
    /// A bracket after the symbol.
    pub bracket: Option<Bracket>,
    /// Whether a star marks it as reissued for technical reasons. It is the same document.
    pub reissue: bool,
    /// The other symbol of a document that is issued in two series.
    pub also: Option<Box<Symbol>>,
}

impl Symbol {
    /// The canonical spelling: equal for all spellings of one symbol.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }
}

impl PartialEq for Symbol {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for Symbol {}

impl std::hash::Hash for Symbol {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.key.hash(state);
    }
}

impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.key)
    }
}

#[cfg(test)]
mod tests;
