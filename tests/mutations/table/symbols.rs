//! Symbols that are misspelt, one mistake each.

use super::{
    Change::{Put, Replace},
    Mutation, mutation,
};

/// The symbol of the report in the resolution becomes another one.
const fn report(rule: &'static str, symbol: &'static str) -> Mutation {
    let change = Put("\"reportOf\": \"A/65/438/Add.3\"", "\"reportOf\": \"{}\"", [symbol, ""]);
    mutation(rule, "resolution-65-170.json", change, symbol)
}

const ACT: &str = "    symbol: A/RES/63/225";

/// The letter cites one more act.
const fn letter(rule: &'static str, symbol: &'static str) -> Mutation {
    const CITED: &str = "    symbol: A/RES/63/225\n  - raw: x\n    role: cites\n    symbol: {}";
    mutation(rule, "letter-2011-06-28.yaml", Put(ACT, CITED, [symbol, ""]), symbol)
}

/// The letter cites one more act with a date, which is where the finding is.
const fn dated(rule: &'static str, symbol: &'static str, date: &'static str) -> Mutation {
    const CITED: &str =
        "    symbol: A/RES/63/225\n  - raw: x\n    role: cites\n    symbol: {}\n    date: \"{}\"";
    mutation(rule, "letter-2011-06-28.yaml", Put(ACT, CITED, [symbol, date]), date)
}

pub(super) const MUTATIONS: &[Mutation] = &[
    report("ref-malformed", "A/65L.438"),
    report("ref-malformed", "A 65/438/Add.3"),
    report("ref-malformed", "A\\\\65\\\\438"),
    report("ref-malformed", "A/RES65/438"),
    report("ref-malformed", "A/65/PV.438th"),
    report("ref-malformed", "S/2010.438"),
    report("ref-malformed", "A/C2/65/L.438"),
    report("ref-malformed", "A/65/PV/438"),
    report("ref-malformed", "A/65/438/Add."),
    report("ref-malformed", "A/65/438/Ad.3"),
    report("ref-malformed", "A/65/438/add.3"),
    report("ref-malformed", "A/65/Add.3/438"),
    report("ref-malformed", "A/65/438 (Sect. 3"),
    report("ref-malformed", "A/65/438 (Parrt 3)"),
    report("ref-malformed", "A/C.7/65/438"),
    report("ref-malformed", "A/65/438 S/2010/438"),
    report("ref-malformed", "Approved without a vote, 69th meeting"),
    report("symbol-spelling", "A/65/438–S/2010/438"),
    report("symbol-spelling", "A/RES/65/438[B]"),
    letter("sc-number-year", "S/RES/2815 (2010)"),
    letter("sc-number-year", "S/RES/1540 (2005)"),
    dated("sc-number-year", "S/RES/1540 (2004)", "2005-04-28"),
    letter("ga-form-session", "A/RES/ES-4/2"),
    letter("ga-form-session", "A/RES/2 (ES-VI)"),
    dated("ref-date-outside-session", "A/RES/S-27/2", "2002-09-19"),
    dated("ref-date-outside-session", "A/RES/ES-10/2", "1997-03-25"),
    dated("ref-date-outside-session", "A/RES/500 (V)", "1951-11-06"),
    letter("decision-number-range", "Economic and Social Council decision 2009/17"),
    letter("decision-number-range", "Economic and Social Council resolution 2009/214"),
    letter("ref-to-later-session", "A/RES/66/217"),
    letter("ref-to-later-session", "S/RES/2250 (2015)"),
    letter("ref-to-later-session", "S/PRST/2012/3"),
    letter("ref-to-later-session", "E/RES/2012/3"),
    mutation(
        "date-invalid",
        "letter-2011-06-28.yaml",
        Replace(&[("  - Excellency,", "  - Excellency, on 31 June 2011,")]),
        "31 June 2011",
    ),
    mutation(
        "weekday-mismatch",
        "letter-2011-06-28.yaml",
        Replace(&[("  - Excellency,", "  - Excellency, on 19 May 2011 (Friday),")]),
        "(Friday)",
    ),
    mutation(
        "weekday-mismatch",
        "letter-2011-06-28.yaml",
        Replace(&[("  - Excellency,", "  - Excellency, on Fri. 19 May 2011,")]),
        "Fri. 19",
    ),
    mutation(
        "votes-inconsistent",
        "resolution-65-170.json",
        Replace(&[(
            "\"reportOf\": \"A/65/438/Add.3\"",
            "\"reportOf\": \"A/65/438/Add.3\",\n  \"vote\": {\"inFavour\": 150, \"against\": 60, \"abstaining\": 40}",
        )]),
        "\"inFavour\": 150",
    ),
    mutation(
        "ref-date-outside-session",
        "resolution-65-170.json",
        Replace(&[("60/227 of 23 December 2005, 61", "60/227 of 23 December 2015, 61")]),
        "23 December 2015",
    ),
    mutation(
        "ref-date-outside-session",
        "background.yaml",
        Replace(&[(
            "2011 (A/RES/63/225)",
            "2011 (resolución 63/226 de la Asamblea General, de 1 de mayo de 2011)",
        )]),
        "resolución 63/226",
    ),
    mutation(
        "ref-date-outside-session",
        "background.yaml",
        Replace(&[("2011 (A/RES/63/225)", "2011 (A/RES/S\u{2011}27/2 of 1 May 2011)")]),
        "27/2 of 1 May",
    ),
];
