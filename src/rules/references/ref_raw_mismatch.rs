//! A reference whose text names another act, document or date than its fields.

use jiff::civil::Date;

use crate::{
    calendar,
    fact::{Key, Meaning, Record, Text, key},
    finding::{Family, Place, Severity},
    message::{listed, quoted},
    rule::{Check, Findings, Fix, Rule, RuleId},
    symbol::{self, Citation, Reference},
    vocabulary::FactKinds,
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("ref-raw-mismatch"),
    family: Family::References,
    summary: "a reference whose text names another act, document or date than its fields",
    level: Some(Severity::Warning),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/ref-raw-mismatch.md"),
    options: &[],
    check: Check::Facts(FactKinds::CITES, check),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    for fact in record.live() {
        let Meaning::Cites(key) = &fact.meaning else { continue };
        let Some(raw) = key.raw else { continue };
        check_symbol(key, raw, findings);
        check_date(key, raw, findings);
    }
}

/// Reports a symbol if the text names acts or documents, and it is none of them.
fn check_symbol(key: &Key<'_>, raw: Text<'_>, findings: &mut Findings<'_>) {
    let (Some(own), [written]) = (&key.symbol, key.parts.as_slice()) else { return };
    let mut others: Vec<&str> = Vec::new();
    let mut is_named = false;
    symbol::find(raw.value, |found| {
        if is_of_kind(own, &found.reference) {
            is_named |= own.may_be(&found.reference);
            others.push(&raw.value[found.range]);
        }
    });
    // A number alone (`58/208 of 23 December 2003`) does not say whether it is a resolution or a decision.
    if others.is_empty()
        && let Some(act) = own.act()
        && let Ok(bare) = symbol::parse_citation(raw.value)
    {
        is_named = own.may_be(&Reference::Citation(Citation { act: act.act, ..bare }));
        others.push(raw.value);
    }
    if is_named || others.is_empty() {
        return;
    }
    let names: Vec<String> = others.iter().map(|other| quoted(other)).collect();
    let message = format!(
        "the text names {}, but the symbol is {}",
        listed(&names, "and"),
        quoted(written.value)
    );
    findings
        .at(written.place, message)
        .id("symbol")
        .label(raw.place, "the text")
        .help("look up the document: the text or the symbol is wrong")
        .value(written.value)
        .value(raw.value);
}

/// Whether both are acts, or both are other documents: only then one may be mistaken for the other.
fn is_of_kind(own: &Reference, other: &Reference) -> bool {
    own.act().is_some() == other.act().is_some()
}

/// Reports a date if the text has full dates, and it is none of them.
fn check_date(key: &Key<'_>, raw: Text<'_>, findings: &mut Findings<'_>) {
    let Some((date, written, place)) = date_of(key) else { return };
    let mut others: Vec<Date> = Vec::new();
    key::dates_in(raw, |found| others.extend(found.date));
    if others.is_empty() || others.contains(&date) {
        return;
    }
    others.dedup();
    let names: Vec<String> = others.iter().map(|other| calendar::long(*other)).collect();
    let message = format!(
        "the text has the date {}, but the date given is {}",
        listed(&names, "and"),
        calendar::long(date)
    );
    findings
        .at(place, message)
        .id("date")
        .label(raw.place, "the text")
        .help("look up the document: the text or the date is wrong")
        .value(written)
        .value(raw.value);
}

/// The date of the citation, or the only date among the values of its key.
fn date_of<'t>(key: &Key<'t>) -> Option<(Date, &'t str, Place)> {
    if let Some(given) = &key.date {
        return Some((given.date?, given.text, given.place));
    }
    let date =
        |part: &Text<'t>| Some((calendar::iso_date(part.value).ok()?, part.value, part.place));
    let mut dates = key.parts.iter().filter_map(date);
    let first = dates.next()?;
    dates.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, findings};

    #[test]
    fn another_number_in_the_text_is_reported_at_the_symbol() {
        check(
            &RULE,
            r#"
kind: letter
references:
  - {raw: resolution 63/225, symbol: A/RES/63/252}
#         ~~~~~~~~~~~~~~~~~ the text
#                                    ^^^^^^^^^^^^ warning: the text names `63/225`, but the symbol is `A/RES/63/252`
  - {raw: resolution 63/225, symbol: A/RES/63/225}
"#,
        );
    }

    #[test]
    fn another_date_in_the_text_is_reported_at_the_date() {
        check(
            &RULE,
            r#"
kind: letter
references:
  - raw: my letter of 18 October 2010
#        ~~~~~~~~~~~~~~~~~~~~~~~~~~~~ the text
    letter: {from: Joseph Deiss, dated: "2010-10-19"}
#                                        ^^^^^^^^^^ warning: the text has the date 18 October 2010, but the date given is 19 October 2010
  - raw: resolution 65/170 of 20 December 2010
    symbol: A/RES/65/170
    date: "2010-12-20"
"#,
        );
    }

    fn count(raw: &str, symbol: &str) -> usize {
        let text = format!("kind: letter\nreferences: [{{raw: \"{raw}\", symbol: {symbol}}}]\n");
        findings(&RULE, &[("letter.yaml".to_owned(), text)]).len()
    }

    #[test]
    fn what_the_text_leaves_open_makes_no_difference() {
        for (raw, symbol) in [
            ("resolution 1325", "S/RES/1325 (2000)"),
            ("its resolution 63/225", "A/RES/63/225"),
            ("Security Council resolution 1325 (2000)", "S/RES/1325 (2000)"),
            ("resolutions 63/225 and 65/170", "A/RES/65/170"),
            ("the report of the Secretary-General", "A/65/203"),
            ("the report (A/65/203)", "A/65/203"),
            ("the report (A/65/203)", "A/65/203/Add.1"),
            ("the report requested in resolution 63/225", "A/65/203"),
            ("Agenda item 22", "A/65/203"),
            ("resolution 63/225", "not a symbol"),
            ("63/225 of 19 December 2008", "A/RES/63/225"),
            ("63/501", "A/DEC/63/501"),
            ("217 A (III)", "A/RES/217 A (III)"),
            ("22", "A/RES/63/225"),
            ("19 December 2008", "A/RES/63/225"),
            ("63/225", "A/65/203"),
        ] {
            assert_eq!(count(raw, symbol), 0, "{raw}, {symbol}");
        }
    }

    #[test]
    fn another_organ_session_year_or_document_is_reported() {
        for (raw, symbol) in [
            ("General Assembly resolution 65/170", "A/RES/64/170"),
            ("Security Council resolution 1325 (2000)", "S/RES/1325 (2001)"),
            ("decision 65/501", "A/RES/65/501"),
            ("the report (A/65/203)", "A/65/302"),
            ("resolutions 63/225 and 65/170", "A/RES/63/170"),
            ("63/252 of 19 December 2008", "A/RES/63/225"),
            ("64/225", "A/RES/63/225"),
        ] {
            assert_eq!(count(raw, symbol), 1, "{raw}, {symbol}");
        }
    }
}
