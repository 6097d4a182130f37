//! What is said of numbers.

use super::Text;
use crate::{finding::Place, symbol::Reference};

/// A symbol, and the values that repeat parts of it.
#[derive(Debug)]
pub struct SymbolParts<'t> {
    /// The symbol as written.
    pub symbol: Text<'t>,
    /// What it names.
    pub named: Reference,
    /// The session.
    pub session: Option<Numbered<'t>>,
    /// The number.
    pub number: Option<Numbered<'t>>,
    /// The year.
    pub year: Option<Numbered<'t>>,
    /// The letter of the part.
    pub part: Option<Text<'t>>,
    /// The number at the head of the act.
    pub heading: Option<Text<'t>>,
}

/// A number that could be read.
#[derive(Clone, Copy, Debug)]
pub struct Numbered<'t> {
    /// The number.
    pub value: u32,
    /// As written.
    pub text: Text<'t>,
}

/// A figure that counts something.
#[derive(Debug)]
pub enum Counts<'t> {
    /// The entries of a list.
    List {
        /// The figure.
        figure: Numbered<'t>,
        /// How many entries there are.
        len: usize,
        /// The key under which the list lies.
        name: Option<Text<'t>>,
        /// That key, or where the list begins.
        list: Place,
    },
    /// What several figures make together.
    Sum {
        /// The figures.
        addends: Vec<Numbered<'t>>,
        /// Their sum as written; `None` where the schema knows it.
        total: Option<Numbered<'t>>,
        /// What they are to make.
        wanted: u32,
    },
}
