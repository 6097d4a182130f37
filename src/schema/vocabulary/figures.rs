//! The words about numbers: what a symbol repeats of other fields, and what counts something.

use serde::Deserialize;

use super::{
    Part, Pointer,
    parse::{optional_part, parts},
};

/// The arguments of `x-parts`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartsWord {
    /// Where the symbol lies.
    pub symbol: Pointer,
    /// The session that it names.
    #[serde(default, deserialize_with = "optional_part")]
    pub session: Option<Part>,
    /// The number that it names.
    #[serde(default, deserialize_with = "optional_part")]
    pub number: Option<Part>,
    /// The year that it names.
    #[serde(default, deserialize_with = "optional_part")]
    pub year: Option<Part>,
    /// The letter of the part that it names.
    pub part: Option<Pointer>,
    /// The number at the head of the act, `65/170.`
    pub heading: Option<Pointer>,
}

impl PartsWord {
    /// The arguments that are read in a form.
    pub(super) fn numbers_mut(&mut self) -> impl Iterator<Item = &mut Part> {
        [&mut self.session, &mut self.number, &mut self.year].into_iter().flatten()
    }

    pub(super) fn pointers(&self) -> impl Iterator<Item = &Pointer> {
        let numbers = [&self.session, &self.number, &self.year].into_iter().flatten();
        std::iter::once(&self.symbol)
            .chain(numbers.map(|part| &part.pointer))
            .chain(&self.part)
            .chain(&self.heading)
    }
}

/// The arguments of `x-counts`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "CountsArguments")]
pub enum CountsWord {
    /// A figure that is the length of a list.
    List {
        /// Where the figure lies.
        figure: Part,
        /// Where the list lies.
        list: Pointer,
    },
    /// Figures that together make another one.
    Sum {
        /// Where they lie.
        addends: Vec<Part>,
        /// What they make.
        total: Total,
    },
}

/// What figures make together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Total {
    /// The figure that lies here.
    Figure(Part),
    /// Always this number.
    Is(u32),
}

impl CountsWord {
    /// The arguments that are read in a form.
    pub(super) fn numbers_mut(&mut self) -> Vec<&mut Part> {
        match self {
            Self::List { figure, .. } => vec![figure],
            Self::Sum { addends, total: Total::Figure(total) } => {
                addends.iter_mut().chain([total]).collect()
            }
            Self::Sum { addends, total: Total::Is(_) } => addends.iter_mut().collect(),
        }
    }

    pub(super) fn pointers(&self) -> Vec<&Pointer> {
        match self {
            Self::List { figure, list } => vec![&figure.pointer, list],
            Self::Sum { addends, total } => {
                let total = match total {
                    Total::Figure(total) => Some(total),
                    Total::Is(_) => None,
                };
                addends.iter().chain(total).map(|part| &part.pointer).collect()
            }
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CountsArguments {
    #[serde(default, deserialize_with = "optional_part")]
    figure: Option<Part>,
    list: Option<Pointer>,
    #[serde(default, deserialize_with = "parts")]
    sum: Vec<Part>,
    is: Option<u32>,
}

impl TryFrom<CountsArguments> for CountsWord {
    type Error = String;

    fn try_from(arguments: CountsArguments) -> Result<Self, String> {
        let CountsArguments { figure, list, sum: addends, is } = arguments;
        match (figure, list, addends.is_empty(), is) {
            (Some(figure), Some(list), true, None) => Ok(Self::List { figure, list }),
            (Some(total), None, false, None) => {
                Ok(Self::Sum { addends, total: Total::Figure(total) })
            }
            (None, None, false, Some(is)) => Ok(Self::Sum { addends, total: Total::Is(is) }),
            _ => Err("`figure` with `list`, or `sum` with `figure` or `is`, was expected".into()),
        }
    }
}
