//! An amount of money with a space between the sign and the figure.

use std::ops::Range;

use super::{is_english, texts};
use crate::{
    fact::Record,
    finding::Family,
    message::spelled_out,
    rule::{Check, Findings, Fix, Rule, RuleId},
    rules::quotation::Quotations,
    vocabulary::FactKinds,
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("currency-format"),
    family: Family::Style,
    summary: "an amount of money with a space between its sign and its figure",
    level: None,
    since: "0.1.0",
    fix: Fix::Suggested,
    page: include_str!("../../../docs/rules/currency-format.md"),
    options: &[],
    check: Check::Facts(FactKinds::TEXT, check),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    // Other languages write the sign after the figure, and some of them a space before it.
    if !is_english(record) {
        return;
    }
    // The rule is off by default. A level for it does not mean that every record is in house style.
    for (_, text) in texts(record, false) {
        let mut quotations = Quotations::of(text.value);
        for (range, wanted) in amounts(text.value) {
            if !quotations.contain(range.start) {
                let written = &text.value[range.clone()];
                findings
                    .at(
                        text.part(range.start, range.len()),
                        format!("`{}` has a space before the figure", spelled_out(written)),
                    )
                    .help(format!("write `{wanted}`"))
                    .value(written);
            }
        }
    }
}

/// The letters before a sign.
const COUNTRIES: [&str; 6] = ["US", "A", "AU", "C", "CA", "NZ"];

/// The signs and figures that are apart, each with how they are written together.
fn amounts(text: &str) -> impl Iterator<Item = (Range<usize>, String)> {
    let signs = text.char_indices().filter(|(_, c)| matches!(c, '$' | '€' | '£'));
    signs.filter_map(|(at, sign)| amount_at(text, at, sign))
}

fn amount_at(text: &str, at: usize, sign: char) -> Option<(Range<usize>, String)> {
    let is_space = |c: char| c == ' ' || c == '\u{a0}';
    let after = &text[at + sign.len_utf8()..];
    let figure = after.trim_start_matches(is_space);
    let digits = figure.find(|c: char| !c.is_ascii_digit() && !matches!(c, ',' | '.'));
    let digits = figure[..digits.unwrap_or(figure.len())].trim_end_matches([',', '.']);
    if !digits.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let before = text[..at].trim_end_matches(is_space);
    let country = COUNTRIES.iter().find(|country| {
        let rest = before.strip_suffix(**country);
        rest.is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
    });
    let start = country.map_or(at, |country| before.len() - country.len());
    let end = at + sign.len_utf8() + (after.len() - figure.len()) + digits.len();
    let wanted = format!("{}{sign}{digits}", country.unwrap_or(&""));
    // A single letter apart from the sign is an article or a heading of its own.
    let is_apart = start < at && before.len() < at;
    if is_apart && country.is_some_and(|country| country.len() == 1) {
        return None;
    }
    (text.get(start..end) != Some(&wanted)).then_some((start..end, wanted))
}

#[cfg(test)]
mod tests {
    use super::{RULE, amounts};
    use crate::testing::check;

    fn found(text: &str) -> Vec<(&str, String)> {
        amounts(text).map(|(range, wanted)| (&text[range], wanted)).collect()
    }

    #[test]
    fn a_space_between_sign_and_figure_is_reported() {
        for (text, written, wanted) in [
            ("of US $ 325 billion", "US $ 325", "US$325"),
            ("of US $440, in all", "US $440", "US$440"),
            ("US$ 1.5 billion", "US$ 1.5", "US$1.5"),
            ("at $\u{a0}1,200.", "$\u{a0}1,200", "$1,200"),
            ("for € 5", "€ 5", "€5"),
        ] {
            assert_eq!(found(text), [(written, wanted.to_owned())], "{text}");
        }
    }

    #[test]
    fn amounts_without_a_space_are_not_reported() {
        for text in [
            "$325",
            "US$325 billion",
            "A $5 note",
            "in $ and in €",
            "€5",
            "BUS $5",
            "$",
            "$ million",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    /// A record of this kind and language with this paragraph.
    fn record(language: &str, paragraph: &str) -> String {
        format!(
            "id: a\nkind: background\ntitle: A\nlanguage: {language}\nsections:\n  - paragraphs:\n      - {paragraph}\n"
        )
    }

    #[test]
    fn other_languages_and_quotations_are_not_reported() {
        let marked = "'of US $ 325 billion'\n#           ^^^^^^^^ warning: `US $ 325` has a space before the figure";
        check(&RULE, &record("en", marked));
        check(&RULE, &record("fr", "'de US $ 325 milliards'"));
        check(&RULE, &record("en", "'he said “US $ 325 billion”'"));
    }

    #[test]
    fn statements_are_not_reported() {
        let statement = record("en", "'of US $ 325'").replace("background", "statement");
        check(&RULE, &statement.replace("sections:\n  - paragraphs:", "paragraphs:"));
    }
}
