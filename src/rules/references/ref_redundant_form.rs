//! A symbol that says twice what it names, or is spaced otherwise than it is printed.

use std::{collections::BTreeSet, ops::Range};

use crate::{
    fact::{Meaning, Record, Text},
    finding::{Family, Place, Severity},
    message::shown,
    rule::{Check, Findings, Fix, Rule, RuleId},
    rules::quotation::Quotations,
    symbol::{self, Citation, Form as Numbering, Found, Parsed, Reference, Style},
    vocabulary::Form,
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("ref-redundant-form"),
    family: Family::References,
    summary: "a symbol that says twice what it names, or is spaced otherwise than it is printed",
    level: Some(Severity::Info),
    since: "0.1.0",
    fix: Fix::Suggested,
    page: include_str!("../../../docs/rules/ref-redundant-form.md"),
    options: &[],
    check: Check::Record(check),
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
                    look(text, &mention.found, (mention.text, mention.place), findings);
                }
            }
            Meaning::Value(Form::UnSymbol, text) if seen.insert(text.place.span) => {
                field(text, findings);
            }
            _ => {}
        }
    }
}

/// Whether there is anything to say of a reference, wherever it is.
fn may_be_wrong(found: &Found) -> bool {
    found.style.missing_space || found.style.no_break_space || found.is_redundant()
}

/// A value that is one symbol, or has one in it.
fn field(text: &Text<'_>, findings: &mut Findings<'_>) {
    if let Ok(Parsed::Known { symbol, style }) = symbol::parse_symbol(text.value) {
        let reference = Reference::Symbol(symbol);
        spacing(&reference, style, (text.value, text.place), findings);
        return;
    }
    symbol::find(text.value, |found| {
        let Range { start, end } = found.range;
        let place = text.part(start, end - start);
        look(text.value, &found, (&text.value[start..end], place), findings);
    });
}

fn look(text: &str, found: &Found, written: (&str, Place), findings: &mut Findings<'_>) {
    if found.is_redundant() && is_announced(text, found.range.start) {
        twice(&found.reference, written, findings);
    } else {
        spacing(&found.reference, found.style, written, findings);
    }
}

/// Whether the word that announces the symbol takes it in: a symbol in brackets or after a colon
/// only stands beside the words.
fn is_announced(text: &str, start: usize) -> bool {
    let before = text[..start].trim_end();
    before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | ')' | '°' | 'º'))
}

fn twice(reference: &Reference, (written, place): (&str, Place), findings: &mut Findings<'_>) {
    let Reference::Symbol(symbol) = reference else { return };
    let Some(act) = Citation::of_symbol(symbol) else { return };
    let number = act.number();
    let word = match act.act {
        symbol::Act::Resolution => "resolution",
        symbol::Act::Decision => "decision",
    };
    findings
        .at(place, format!("`{}` says `{word}` again, as the word before it does", shown(written)))
        .id("twice")
        .help(format!("write `{number}` after the organ and the word, or `{symbol}` alone"))
        .value(written);
}

fn spacing(
    reference: &Reference,
    style: Style,
    (written, place): (&str, Place),
    findings: &mut Findings<'_>,
) {
    let right = match reference {
        Reference::Symbol(symbol) => symbol.key().to_owned(),
        Reference::Citation(citation) => citation.number(),
    };
    let is_symbol = matches!(reference, Reference::Symbol(_));
    let (id, what) = if style.missing_space && !is_library_form(reference, written) {
        ("no-space", "has no space where one is printed")
    } else if style.no_break_space && is_symbol {
        ("no-break-space", "has a no-break space in it, by which a search misses it")
    } else {
        return;
    };
    findings
        .at(place, format!("`{}` {what}", shown(written)))
        .id(id)
        .help(format!("write `{right}`"))
        .value(written);
}

/// `A/RES/217A (III)`: the Library catalogued the early resolutions with the letter close to the
/// number, so that only the space before the bracket counts.
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
    fn a_symbol_after_the_word_that_it_contains() {
        check(
            &RULE,
            r"
kind: letter
paragraphs:
  - The General Assembly asked for it in resolution A/RES/63/225.
#                                                   ^^^^^^^^^^^^ info: `A/RES/63/225` says `resolution` again, as the word before it does
  - The General Assembly asked for it in resolution 63/225, and (A/RES/63/225) says why.
",
        );
    }

    #[test]
    fn the_help_gives_the_number_and_the_symbol() {
        let help = |text| prose(text).pop().unwrap().1.unwrap();
        assert_eq!(
            help("General Assembly resolution A/RES/217A(III)"),
            "write `217 A (III)` after the organ and the word, or `A/RES/217 A (III)` alone"
        );
        assert_eq!(help("see S/RES/1310(2000) for it"), "write `S/RES/1310 (2000)`");
        assert_eq!(help("resolution 57/270B of 23 June 2003"), "write `57/270 B`");
    }

    #[test]
    fn every_symbol_of_a_list_is_told_once() {
        assert_eq!(prose("resolutions A/RES/58/208, A/RES/59/241 and A/RES/60/227").len(), 3);
    }

    #[test]
    fn a_symbol_beside_the_words_says_nothing_twice() {
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
    fn what_stands_between_quotation_marks_is_left_alone() {
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
    fn a_space_that_is_printed_must_be_there() {
        check(
            &RULE,
            r"
kind: letter
symbol: S/RES/1310(2000)
#       ^^^^^^^^^^^^^^^^ info: `S/RES/1310(2000)` has no space where one is printed
references:
  - {raw: x, symbol: A/RES/57/270B}
#                    ^^^^^^^^^^^^^ info: `A/RES/57/270B` has no space where one is printed
  - {raw: y, symbol: S/RES/1310 (2000)}
paragraphs:
  - See Security Council resolutions 1325(2000) and 1820 (2008).
#                                    ^^^^^^^^^^ info: `1325(2000)` has no space where one is printed
",
        );
    }

    #[test]
    fn the_form_of_the_library_counts_as_printed() {
        assert_eq!(field("A/RES/217A (III)"), []);
        assert_eq!(prose("A/RES/217A (III)"), []);
        assert_eq!(field("A/RES/217A(III)").len(), 1);
    }

    #[test]
    fn a_no_break_space_hides_a_symbol_but_holds_a_number_together() {
        let message =
            "`S/RES/1310\u{A0}(2000)` has a no-break space in it, by which a search misses it";
        assert_eq!(field("S/RES/1310\u{A0}(2000)")[0].0, message);
        assert_eq!(prose("see S/RES/1310\u{A0}(2000)")[0].0, message);
        assert_eq!(prose("resolution 1310\u{A0}(2000)"), []);
        assert_eq!(prose("resolution\u{A0}63/225"), []);
    }

    #[test]
    fn line_breaks_and_missing_years_are_no_matter_of_this_rule() {
        assert_eq!(prose("resolution 1310\n    (2000)"), []);
        assert_eq!(field("S/RES/1310"), []);
    }

    #[test]
    fn a_field_that_holds_words_and_a_symbol_is_told_at_the_symbol() {
        check(
            &RULE,
            r"
kind: letter
references:
  - {raw: x, symbol: resolution A/RES/63/225}
#                               ^^^^^^^^^^^^ info: `A/RES/63/225` says `resolution` again, as the word before it does
  - {raw: y, symbol: resolution 63/225}
",
        );
    }

    #[test]
    fn a_field_of_a_register_counts_once_though_two_words_speak_of_it() {
        check(
            &RULE,
            r#"
{"kind": "register", "entries": [{"symbol": "S/RES/1310(2000)"}]}
#                                            ^^^^^^^^^^^^^^^^ info: `S/RES/1310(2000)` has no space where one is printed
"#,
        );
    }
}
