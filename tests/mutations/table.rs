//! The mistakes that are put into the real records.

#[path = "table/from_p.rs"]
mod from_p;
#[path = "table/symbols.rs"]
mod symbols;
#[path = "table/to_o.rs"]
mod to_o;

/// A mistake, and the rule that must find it.
pub(crate) struct Mutation {
    pub(crate) rule: &'static str,
    /// Its name in the folder of the debate. A name that is not there makes a new file.
    pub(crate) file: &'static str,
    pub(crate) change: Change,
    /// The finding is on the last line that contains this.
    pub(crate) line: &'static str,
}

/// How a file is changed.
pub(crate) enum Change {
    /// The first text, which is there just once, becomes the second; one pair after the other.
    Replace(&'static [(&'static str, &'static str)]),
    /// The first text, which is there just once, becomes the second, in which each `{}` is the next of these.
    Put(&'static str, &'static str, [&'static str; 2]),
    /// The file is a copy of another one with such replacements.
    Copy(&'static str, &'static [(&'static str, &'static str)]),
    /// The file is new.
    New(&'static str),
}

/// Shorthand for a table that is read by line.
const fn mutation(
    rule: &'static str,
    file: &'static str,
    change: Change,
    line: &'static str,
) -> Mutation {
    Mutation { rule, file, change, line }
}

/// Every mistake, by rule.
pub(crate) fn mutations() -> impl Iterator<Item = &'static Mutation> {
    to_o::MUTATIONS.iter().chain(from_p::MUTATIONS).chain(symbols::MUTATIONS)
}
