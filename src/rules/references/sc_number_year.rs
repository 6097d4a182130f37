//! A resolution of the Security Council with a year in which it was not adopted.

use super::acts;
use crate::{
    fact::Record,
    finding::{Family, Severity},
    message::shown,
    rule::{Check, Findings, Fix, Rule, RuleId},
    symbol::{Act, Citation, Organ, sc_numbers_of, sc_year_of},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("sc-number-year"),
    family: Family::References,
    summary: "a Security Council resolution with a year in which it was not adopted",
    level: Some(Severity::Error),
    since: "0.1.0",
    fix: Fix::Suggested,
    page: include_str!("../../../docs/rules/sc-number-year.md"),
    options: &[],
    check: Check::Record(check),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    let is_resolution =
        |act: &Citation| act.organ == Some(Organ::SecurityCouncil) && act.act == Act::Resolution;
    for named in acts(record, is_resolution) {
        let act = &named.act;
        if !is_resolution(act) {
            continue;
        }
        let (number, Some(year), Some(right)) = (act.number, act.year, sc_year_of(act.number))
        else {
            continue;
        };
        if year == right {
            continue;
        }
        let message = format!(
            "`{}` has the year {year}, but the Security Council adopted resolution {number} in {right}",
            shown(named.text)
        );
        let numbers = sc_numbers_of(year).map(|numbers| {
            let (first, last) = (numbers.start(), numbers.end());
            if first == last {
                format!("; the only resolution of {year} has number {first}")
            } else {
                format!("; the resolutions of {year} have numbers {first} to {last}")
            }
        });
        findings
            .at(named.place, message)
            .help(format!(
                "write `{number} ({right})` if the number is right{}",
                numbers.unwrap_or_default()
            ))
            .value(named.text);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, in_prose};

    fn prose(text: &str) -> Vec<(String, Option<String>)> {
        in_prose(&RULE, text).into_iter().map(|found| (found.message, found.help)).collect()
    }

    #[test]
    fn a_year_that_does_not_match_the_number_is_reported() {
        check(
            &RULE,
            r"
kind: letter
symbol: S/RES/2667 (2002)
#       ^^^^^^^^^^^^^^^^^ error: `S/RES/2667 (2002)` has the year 2002, but the Security Council adopted resolution 2667 in 2022
references:
  - {raw: x, symbol: S/RES/1325 (2001)}
#                    ^^^^^^^^^^^^^^^^^ error: `S/RES/1325 (2001)` has the year 2001, but the Security Council adopted resolution 1325 in 2000
paragraphs:
  - See Security Council resolutions 1325 (2000) and 1820 (2009).
#                                                    ^^^^^^^^^^^ error: `1820 (2009)` has the year 2009, but the Security Council adopted resolution 1820 in 2008
",
        );
    }

    #[test]
    fn the_help_gives_the_year_of_the_number_and_the_numbers_of_the_year() {
        let help = |text| prose(text).pop().and_then(|(_, help)| help).unwrap();
        assert_eq!(
            help("S/RES/2667 (2002)"),
            "write `2667 (2022)` if the number is right; the resolutions of 2002 have numbers 1387 to 1454"
        );
        assert_eq!(
            help("S/RES/130 (1959)"),
            "write `130 (1958)` if the number is right; the only resolution of 1959 has number 132"
        );
        assert_eq!(help("S/RES/130 (2090)"), "write `130 (1958)` if the number is right");
    }

    #[test]
    fn the_first_and_last_number_of_a_year_are_accepted() {
        for text in ["S/RES/1285 (2000)", "S/RES/1334 (2000)", "S/RES/1335 (2001)"] {
            assert_eq!(prose(text), [], "{text}");
        }
        assert_eq!(prose("S/RES/1335 (2000)").len(), 1);
    }

    #[test]
    fn numbers_without_a_known_year_are_not_reported() {
        for text in [
            "S/RES/1325",
            "S/RES/2900 (2020)",
            "resolution 1325 (2001)",
            "Arab League Council resolution 1325 (2001)",
            "S/PRST/2000/25",
        ] {
            assert_eq!(prose(text), [], "{text}");
        }
    }
}
