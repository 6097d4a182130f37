//! A symbol after a word that the symbol repeats, or with other spaces, hyphens or brackets than in print.

use std::{collections::BTreeSet, ops::Range};

use crate::{
    fact::{Meaning, Record, Text},
    finding::{Applicability, Family, Place, Severity},
    message::{shown, spelled_out},
    rule::{Check, Findings, Fix, Rule, RuleId},
    rules::quotation::Quotations,
    symbol::{self, Citation, Form as Numbering, Found, Parsed, Reference, Style},
    tree::NodeRef,
    vocabulary::{FactKinds, Form},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("symbol-spelling"),
    family: Family::References,
    summary: "a symbol that repeats the word before it, or has other spaces, hyphens or brackets than in print",
    level: Some(Severity::Info),
    since: "0.1.0",
    fix: Fix::Safe,
    page: include_str!("../../../docs/rules/symbol-spelling.md"),
    options: &[],
    check: Check::Facts(FactKinds::MENTION.or(FactKinds::VALUE), check),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    let mut seen = BTreeSet::new();
    let mut quotations = None;
    for fact in &record.facts {
        match &fact.meaning {
            Meaning::Mention(mention)
                if may_be_wrong(&mention.found) && seen.insert(mention.place.span) =>
            {
                let text = fact.node.scalar_text().unwrap_or_default();
                // The mentions of one text follow each other.
                let known = quotations.take().filter(|(node, _)| *node == fact.node.id());
                let here = || (fact.node.id(), Quotations::of(text));
                let (_, marks) = quotations.insert(known.unwrap_or_else(here));
                if !marks.contain(mention.found.range.start) {
                    check_reference(
                        text,
                        &mention.found,
                        (mention.place, fact.node, mention.text),
                        findings,
                    );
                }
            }
            Meaning::Value(Form::UnSymbol, text) if seen.insert(text.place.span) => {
                check_field(text, findings);
            }
            _ => {}
        }
    }
}

/// Whether a reference may be a finding, wherever it is.
fn may_be_wrong(found: &Found) -> bool {
    found.style.missing_space || found.style.no_break_space || found.is_redundant()
}

/// Checks a value that is a symbol or contains one.
fn check_field(text: &Text<'_>, findings: &mut Findings<'_>) {
    if let Ok(Parsed::Known { symbol, style }) = symbol::parse_symbol(text.value) {
        let reference = Reference::Symbol(symbol);
        check_spaces(&reference, style, (text.place, text.node, text.value), findings);
        return;
    }
    symbol::find(text.value, |found| {
        let Range { start, end } = found.range;
        let place = text.part(start, end - start);
        let written = (place, text.node, &text.value[start..end]);
        check_reference(text.value, &found, written, findings);
    });
}

/// A piece of a text: its place, its node, and as it is written.
type Written<'t> = (Place, NodeRef<'t>, &'t str);

fn check_reference(text: &str, found: &Found, written: Written<'_>, findings: &mut Findings<'_>) {
    if found.is_redundant() && is_announced(text, found.range.start) {
        report_repeated(text, found, written, findings);
    } else {
        check_spaces(&found.reference, found.style, written, findings);
    }
}

/// Whether the symbol continues the phrase of the word that announces it. After an opening bracket or a
/// colon it does not.
fn is_announced(text: &str, start: usize) -> bool {
    let before = text[..start].trim_end();
    before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | ')' | '°' | 'º'))
}

fn report_repeated(
    text: &str,
    found: &Found,
    (place, _, written): Written<'_>,
    findings: &mut Findings<'_>,
) {
    let Reference::Symbol(symbol) = &found.reference else { return };
    let Some(act) = Citation::of_symbol(symbol) else { return };
    let number = act.number();
    let (word, stem) = match act.act {
        symbol::Act::Resolution => ("resolution", "solu"),
        symbol::Act::Decision => ("decision", "cisi"),
    };
    let before = text[..found.range.start].trim_end();
    let announced = announcing_word(before, stem).unwrap_or(word);
    let lower = announced.to_lowercase();
    let repeated = if lower.starts_with(word) { word } else { lower.as_str() };
    let (phrase, help) = if before.ends_with(announced) {
        let phrase = format!("{announced} {written}");
        (phrase, format!("write “{announced} {number}” or “{symbol}”"))
    } else {
        let phrase = format!("{announced} … {written}");
        (phrase, format!("write “{number}” after “{announced}”, or “{symbol}” without that word"))
    };
    findings
        .at(place, format!("“{}” says “{repeated}” twice", shown(&phrase)))
        .id("twice")
        .help(help)
        .value(written);
}

/// The word before a symbol that announces it: the last word with this stem, in English, French or Spanish.
fn announcing_word<'t>(before: &'t str, stem: &str) -> Option<&'t str> {
    /// A list of symbols after the word is hardly longer.
    const FARTHEST: usize = 60;
    let mut words = before.rsplit(|c: char| !c.is_alphabetic()).take(FARTHEST);
    words.find(|word| word.to_lowercase().contains(stem))
}

fn check_spaces(
    reference: &Reference,
    style: Style,
    (place, node, written): Written<'_>,
    findings: &mut Findings<'_>,
) {
    let right = match reference {
        Reference::Symbol(symbol) => symbol.key().to_owned(),
        Reference::Citation(citation) => citation.number(),
    };
    let is_symbol = matches!(reference, Reference::Symbol(_));
    let (id, what) = if style.missing_space && !is_library_form(reference, written) {
        ("no-space", "lacks a space")
    } else if style.no_break_space && is_symbol {
        ("no-break-space", "contains a no-break space, so a search for the symbol misses it")
    } else if style.dash && is_symbol {
        let what = "contains a dash or a special hyphen, so a search for the symbol misses it";
        ("dash", what)
    } else if style.square_bracket && is_symbol {
        ("square-bracket", "has its part in square brackets, as only catalogues write it")
    } else {
        return;
    };
    findings
        .at(place, format!("`{}` {what}", shown(&spelled_out(written))))
        .id(id)
        .help(format!("write `{right}`"))
        .value(written)
        .replace(Applicability::Safe, (place, node, written), right);
}

/// `A/RES/217A (III)`: the Library catalogued the early resolutions without a space before the letter,
/// so only the space before the bracket counts.
fn is_library_form(reference: &Reference, written: &str) -> bool {
    let roman = match reference {
        Reference::Symbol(symbol) => symbol.form == Numbering::Roman,
        Reference::Citation(citation) => citation.form == Numbering::Roman,
    };
    let spaced = |at: usize| written[..at].ends_with(char::is_whitespace);
    roman && written.find('(').is_some_and(spaced)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, findings};

    fn in_record(text: &str) -> Vec<(String, Option<String>)> {
        let found = findings(&RULE, &[("record.yaml".into(), text.to_owned())]);
        found.into_iter().map(|found| (found.message, found.help)).collect()
    }

    fn prose(text: &str) -> Vec<(String, Option<String>)> {
        let text = text.replace('"', "\\\"");
        in_record(&format!("kind: statement\nparagraphs:\n  - \"{text}\"\n"))
    }

    fn field(value: &str) -> Vec<(String, Option<String>)> {
        in_record(&format!("kind: letter\nsymbol: \"{value}\"\n"))
    }

    #[test]
    fn a_symbol_after_the_word_that_it_repeats_is_reported() {
        check(
            &RULE,
            r"
kind: letter
paragraphs:
  - The General Assembly asked for it in resolution A/RES/63/225.
#                                                   ^^^^^^^^^^^^ info: “resolution A/RES/63/225” says “resolution” twice
  - The General Assembly asked for it in resolution 63/225, and (A/RES/63/225) says why.
",
        );
    }

    #[test]
    fn the_help_gives_the_number_and_the_symbol() {
        let help = |text| prose(text).pop().unwrap().1.unwrap();
        assert_eq!(
            help("General Assembly resolution A/RES/217A(III)"),
            "write “resolution 217 A (III)” or “A/RES/217 A (III)”"
        );
        assert_eq!(help("see S/RES/1310(2000) for it"), "write `S/RES/1310 (2000)`");
        assert_eq!(help("resolution 57/270B of 23 June 2003"), "write `57/270 B`");
    }

    #[test]
    fn every_symbol_of_a_list_is_reported_once() {
        let found = prose("resolutions A/RES/58/208, A/RES/59/241 and A/RES/60/227");
        let [first, second, _] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(first.0, "“resolutions A/RES/58/208” says “resolution” twice");
        assert_eq!(second.0, "“resolutions … A/RES/59/241” says “resolution” twice");
        let help = "write “59/241” after “resolutions”, or “A/RES/59/241” without that word";
        assert_eq!(second.1.as_deref(), Some(help));
        let french = "la résolution A/RES/63/225";
        assert_eq!(prose(french)[0].0, "“résolution A/RES/63/225” says “résolution” twice");
    }

    #[test]
    fn a_symbol_beside_the_words_is_accepted() {
        for text in [
            "resolution 63/225",
            "A/RES/63/225",
            "(A/RES/63/225)",
            "in the resolution (A/RES/63/225)",
            "resolution 63/225 (A/RES/63/225)",
            "the resolution: A/RES/63/225",
            "the resolution on migration, A/RES/63/225",
            "draft resolution A/C.2/65/L.69",
            "the resolution in document A/65/L.1",
            "the decision is in A/65/49",
        ] {
            assert_eq!(prose(text), [], "{text}");
        }
    }

    #[test]
    fn quotations_are_not_checked() {
        for text in [
            "He said: “as resolution A/RES/63/225 has it”.",
            "He said: \"as resolution A/RES/63/225 has it\".",
            "Il a dit: « la résolution A/RES/63/225 ».",
        ] {
            assert_eq!(prose(text), [], "{text}");
        }
        for text in [
            "“The debate” follows from resolution A/RES/63/225.",
            "\"The debate\" follows from resolution A/RES/63/225.",
            "It follows from resolution A/RES/63/225, “the mandate”.",
        ] {
            assert_eq!(prose(text).len(), 1, "{text}");
        }
    }

    #[test]
    fn a_missing_space_is_reported() {
        check(
            &RULE,
            r"
kind: letter
symbol: S/RES/1310(2000)
#       ^^^^^^^^^^^^^^^^ info: `S/RES/1310(2000)` lacks a space
references:
  - {raw: x, symbol: A/RES/57/270B}
#                    ^^^^^^^^^^^^^ info: `A/RES/57/270B` lacks a space
  - {raw: y, symbol: S/RES/1310 (2000)}
paragraphs:
  - See Security Council resolutions 1325(2000) and 1820 (2008).
#                                    ^^^^^^^^^^ info: `1325(2000)` lacks a space
",
        );
    }

    #[test]
    fn the_form_of_the_library_is_accepted() {
        assert_eq!(field("A/RES/217A (III)"), []);
        assert_eq!(prose("A/RES/217A (III)"), []);
        assert_eq!(field("A/RES/217A(III)").len(), 1);
    }

    #[test]
    fn a_no_break_space_is_reported_in_a_symbol_but_not_before_a_number() {
        let message = "`S/RES/1310<U+00A0>(2000)` contains a no-break space, so a search for the symbol misses it";
        assert_eq!(field("S/RES/1310\u{A0}(2000)")[0].0, message);
        assert_eq!(prose("see S/RES/1310\u{A0}(2000)")[0].0, message);
        assert_eq!(prose("resolution 1310\u{A0}(2000)"), []);
        assert_eq!(prose("resolution\u{A0}63/225"), []);
    }

    #[test]
    fn a_dash_and_square_brackets_are_reported_in_a_field() {
        check(
            &RULE,
            r"
kind: letter
references:
  - {raw: a, symbol: A/71/900–S/2017/433}
#                    ^^^^^^^^^^^^^^^^^^^ info: `A/71/900–S/2017/433` contains a dash or a special hyphen, so a search for the symbol misses it
  - {raw: b, symbol: 'A/RES/74/252[B]'}
#                     ^^^^^^^^^^^^^^^ info: `A/RES/74/252[B]` has its part in square brackets, as only catalogues write it
  - {raw: c, symbol: A/71/900-S/2017/433}
paragraphs:
  - See A/71/900–S/2017/433.
",
        );
        let help = |value| field(value).pop().and_then(|(_, help)| help);
        assert_eq!(help("A/RES/ES\u{2011}10/19").as_deref(), Some("write `A/RES/ES-10/19`"));
        assert_eq!(help("A/RES/74/252[B]").as_deref(), Some("write `A/RES/74/252 B`"));
    }

    #[test]
    fn line_breaks_and_missing_years_are_not_reported() {
        assert_eq!(prose("resolution 1310\n    (2000)"), []);
        assert_eq!(field("S/RES/1310"), []);
    }

    #[test]
    fn a_field_with_words_and_a_symbol_is_reported_at_the_symbol() {
        check(
            &RULE,
            r"
kind: letter
references:
  - {raw: x, symbol: resolution A/RES/63/225}
#                               ^^^^^^^^^^^^ info: “resolution A/RES/63/225” says “resolution” twice
  - {raw: y, symbol: resolution 63/225}
",
        );
    }

    #[test]
    fn a_value_with_two_keywords_is_reported_once() {
        check(
            &RULE,
            r#"
{"kind": "register", "entries": [{"symbol": "S/RES/1310(2000)"}]}
#                                            ^^^^^^^^^^^^^^^^ info: `S/RES/1310(2000)` lacks a space
"#,
        );
    }
}
