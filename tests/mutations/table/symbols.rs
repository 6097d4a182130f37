//! Symbols that are misspelt, one mistake each.

use super::{Change::Replace, Mutation, mutation};

/// The symbol of the report in the resolution becomes another one.
macro_rules! report {
    ($rule:literal, $symbol:literal) => {
        mutation(
            $rule,
            "resolution-65-170.json",
            Replace(&[(
                "\"reportOf\": \"A/65/438/Add.3\"",
                concat!("\"reportOf\": \"", $symbol, "\""),
            )]),
            concat!("\"reportOf\": \"", $symbol, "\""),
        )
    };
}

pub(super) const MUTATIONS: &[Mutation] = &[
    report!("ref-malformed", "A/65L.438"),
    report!("ref-malformed", "A 65/438/Add.3"),
    report!("ref-malformed", "A\\\\65\\\\438"),
    report!("ref-malformed", "A/RES65/438"),
    report!("ref-malformed", "A/65/PV.438th"),
    report!("ref-malformed", "S/2010.438"),
    report!("ref-malformed", "A/C2/65/L.438"),
    report!("ref-malformed", "A/65/PV/438"),
    report!("ref-malformed", "A/65/438/Add."),
    report!("ref-malformed", "A/65/438/Ad.3"),
    report!("ref-malformed", "A/65/438/add.3"),
    report!("ref-malformed", "A/65/Add.3/438"),
    report!("ref-malformed", "A/65/438 (Sect. 3"),
    report!("ref-malformed", "A/65/438 (Parrt 3)"),
    report!("ref-malformed", "A/C.7/65/438"),
    report!("ref-malformed", "A/65/438 S/2010/438"),
    report!("ref-malformed", "Approved without a vote, 69th meeting"),
    report!("ref-redundant-form", "A/65/438–S/2010/438"),
    report!("ref-redundant-form", "A/RES/65/438[B]"),
];
