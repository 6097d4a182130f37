//! A resolution of the Security Council with a year or a date in which it was not adopted.

use crate::{
    calendar,
    fact::{NamedAct, Record},
    finding::{Family, Severity},
    message::shown,
    rule::{Check, Findings, Fix, Rule, RuleId},
    symbol::{Act, Citation, Organ, SC_LAST_NUMBER, SC_LAST_YEAR, sc_numbers_of, sc_year_of},
    vocabulary::FactKinds,
};

/// The facts that it looks at.
const FACTS: FactKinds =
    FactKinds::CITES.or(FactKinds::DEFINES).or(FactKinds::MENTION).or(FactKinds::VALUE);

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("sc-number-year"),
    family: Family::References,
    summary: "a Security Council resolution with a year or a date in which it was not adopted",
    level: Some(Severity::Error),
    since: "0.1.0",
    fix: Fix::Suggested,
    page: include_str!("../../../docs/rules/sc-number-year.md"),
    options: &[],
    check: Check::Facts(FACTS, check),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    let is_resolution =
        |act: &Citation| act.organ == Some(Organ::SecurityCouncil) && act.act == Act::Resolution;
    for named in record.acts() {
        if is_resolution(named.act) && !check_year(&named, findings) {
            check_date(&named, findings);
        }
    }
}

/// Whether the year in brackets is wrong, which is reported.
fn check_year(named: &NamedAct<'_, '_>, findings: &mut Findings<'_>) -> bool {
    let (number, written) = (named.act.number, shown(named.text));
    let Some(year) = named.act.year else { return false };
    let (message, help) = match sc_year_of(number) {
        Some(right) if right == year => return false,
        Some(right) => (
            format!(
                "`{written}` has the year {year}, but the Security Council adopted resolution {number} in {right}"
            ),
            format!("write `{number} ({right})` if the number is right"),
        ),
        None if number > u32::from(SC_LAST_NUMBER) && year <= SC_LAST_YEAR => (
            format!(
                "`{written}` has the year {year}, but at the end of {SC_LAST_YEAR} the last Security Council resolution was {SC_LAST_NUMBER}"
            ),
            "check the number and the year".to_owned(),
        ),
        None => return false,
    };
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
        .help(format!("{help}{}", numbers.unwrap_or_default()))
        .value(named.text);
    true
}

/// Reports a date of another year than that in which the resolution was adopted.
fn check_date(named: &NamedAct<'_, '_>, findings: &mut Findings<'_>) {
    let Some((date, given)) = named.date.and_then(|text| Some((text, text.date?))) else { return };
    let (number, written) = (named.act.number, shown(named.text));
    let dated = i32::from(given.year());
    let message = match sc_year_of(number).or(named.act.year) {
        Some(right) if i32::from(right) == dated => return,
        Some(right) => format!(
            "`{written}` is dated {}, but the Security Council adopted resolution {number} in {right}",
            calendar::long(given)
        ),
        None if number > u32::from(SC_LAST_NUMBER) && dated <= i32::from(SC_LAST_YEAR) => format!(
            "`{written}` is dated {}, but at the end of {SC_LAST_YEAR} the last Security Council resolution was {SC_LAST_NUMBER}",
            calendar::long(given)
        ),
        None => return,
    };
    findings
        .at(date.place, message)
        .label(named.place, "the resolution")
        .id("date")
        .help("check the number, the year and the date")
        .value(named.text)
        .value(given.to_string());
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
    fn a_number_beyond_the_last_year_has_no_earlier_year() {
        let found = prose("S/RES/2815 (2024)");
        assert_eq!(
            found[0].0,
            "`S/RES/2815 (2024)` has the year 2024, but at the end of 2025 the last Security Council resolution was 2811"
        );
        assert_eq!(
            found[0].1.as_deref(),
            Some(
                "check the number and the year; the resolutions of 2024 have numbers 2722 to 2767"
            )
        );
        assert_eq!(prose("S/RES/2812 (2025)").len(), 1);
    }

    #[test]
    fn a_date_of_another_year_is_reported() {
        check(
            &RULE,
            r"
kind: letter
references:
  - raw: x
    symbol: S/RES/2250 (2015)
#           ~~~~~~~~~~~~~~~~~ the resolution
    date: '2016-12-09'
#          ^^^^^^^^^^ error: `S/RES/2250 (2015)` is dated 9 December 2016, but the Security Council adopted resolution 2250 in 2015
paragraphs:
  - Recalling Security Council resolution 2250 of 9 December 2014 and others.
#                                         ~~~~ the resolution
#                                                 ^^^^^^^^^^^^^^^ error: `2250` is dated 9 December 2014, but the Security Council adopted resolution 2250 in 2015
",
        );
        assert_eq!(prose("Security Council resolution 1888 (2009) of 30 September 2008").len(), 1);
        assert_eq!(prose("UNSCR 1888 (2008)").len(), 1);
        // One mistake, one finding.
        assert_eq!(prose("Security Council resolution 1888 (2008) of 30 September 2008").len(), 1);
    }

    #[test]
    fn numbers_without_a_known_year_are_not_reported() {
        for text in [
            "S/RES/1325",
            "S/RES/2900 (2026)",
            "S/RES/2900",
            "UNSCR 1325 (2000)",
            "Security Council resolution 1325 of 31 October 2000",
            "Security Council resolution 1325 of 2001",
            "resolution 1325 of 31 October 2001",
            "Security Council resolution 1325 (2000) of 31 October 2000",
            "resolution 1325 (2001)",
            "Arab League Council resolution 1325 (2001)",
            "S/PRST/2000/25",
        ] {
            assert_eq!(prose(text), [], "{text}");
        }
    }
}
