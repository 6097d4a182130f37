//! Markup or a no-break space in a title, a name or another short line.

use std::ops::Range;

use super::facts;
use crate::{
    fact::{Meaning, Record, Text},
    finding::{Applicability, Family, Severity},
    message::{in_context, spelled_out},
    rule::{Check, Findings, Fix, Rule, RuleId},
    vocabulary::{FactKinds, Form, TextKind},
};

/// The facts that it looks at.
const FACTS: FactKinds = FactKinds::SPEAKER.or(FactKinds::TEXT).or(FactKinds::VALUE);

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("markup-in-field"),
    family: Family::Style,
    summary: "markup or a no-break space in a title, a name or another short line",
    level: Some(Severity::Info),
    since: "0.1.0",
    fix: Fix::Safe,
    page: include_str!("../../../docs/rules/markup-in-field.md"),
    options: &[],
    check: Check::Facts(FACTS, check),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    for fact in facts(record, findings.asked_for()) {
        match &fact.meaning {
            Meaning::Text(TextKind::Line, text) | Meaning::Value(Form::LongDate, text) => {
                check_line(text, findings);
            }
            Meaning::Speaker(speaker) => {
                for text in [speaker.honorific, speaker.name].iter().flatten() {
                    check_line(text, findings);
                }
            }
            _ => {}
        }
    }
}

/// Reports the first piece of markup: the correction concerns the whole line.
fn check_line(text: &Text<'_>, findings: &mut Findings<'_>) {
    let Some((range, what)) = markup(text.value) else { return };
    let written = &text.value[range.clone()];
    let context = in_context(text.value, range.clone());
    let message = match what {
        What::Markup => format!("{context} has markup: `{}`", spelled_out(written)),
        What::Break => format!("{context} has a line break of Markdown"),
        What::Space => format!("{context} has a no-break space"),
    };
    let help = match what {
        What::Markup => "write plain text",
        What::Break => "remove the line break",
        What::Space => "write a plain space",
    };
    let place = text.part(range.start, range.len());
    let finding = findings.at(place, message).id(what.id()).help(help).value(written);
    if what == What::Space {
        finding.replace(Applicability::Safe, (place, text.node, written), " ");
    }
}

impl What {
    /// The name of what is said of it.
    const fn id(self) -> &'static str {
        match self {
            Self::Markup => "markup",
            Self::Break => "break",
            Self::Space => "space",
        }
    }
}

/// What a line has beside plain text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    /// A tag, an entity, a sign of emphasis.
    Markup,
    /// Spaces at the end, or a backslash before the end of a line.
    Break,
    /// A space that keeps two words on one line.
    Space,
}

/// The first piece of markup in a line.
fn markup(text: &str) -> Option<(Range<usize>, What)> {
    let is_sign = |byte: u8| {
        // The last two begin the no-break spaces.
        matches!(byte, b'<' | b'&' | b'*' | b'_' | b'[' | b'#' | b'\n' | b'\\' | 0xC2 | 0xE2)
    };
    // Most lines have no sign of any, which is seen in one pass.
    if !text.ends_with(' ') && !text.bytes().fold(false, |met, byte| met | is_sign(byte)) {
        return None;
    }
    let pieces = [tag(text), entity(text), emphasis(text), heading(text)];
    let first = pieces.into_iter().flatten().min_by_key(|range| range.start);
    first
        .map(|range| (range, What::Markup))
        .or_else(|| Some((line_break(text)?, What::Break)))
        .or_else(|| Some((no_break_space(text)?, What::Space)))
}

/// The first tag or entity in a name.
pub(in crate::rules) fn tag_or_entity(text: &str) -> Option<Range<usize>> {
    if !text.bytes().any(|byte| matches!(byte, b'<' | b'&')) {
        return None;
    }
    tag(text).into_iter().chain(entity(text)).min_by_key(|range| range.start)
}

/// The elements of HTML within a line of text.
const TAGS: [&str; 17] = [
    "a", "abbr", "b", "big", "br", "div", "em", "font", "i", "p", "s", "small", "span", "strong",
    "sub", "sup", "u",
];

fn tag(text: &str) -> Option<Range<usize>> {
    // Without an end after it, a sign is not a tag: the last end is looked for once.
    let last = text.rfind('>')?;
    text[..last].match_indices('<').find_map(|(at, _)| {
        let rest = &text[at + 1..];
        let name = rest.trim_start_matches('/');
        let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
        let (name, after) = name.split_at(end);
        let is_name = TAGS.iter().any(|tag| name.eq_ignore_ascii_case(tag));
        let is_tag = is_name && after.starts_with([' ', '/', '>']);
        let end = if is_tag { rest.find('>')? } else { return None };
        Some(at..at + end + 2)
    })
}

/// Names of characters in HTML that occur in English, French and Spanish.
const ENTITIES: [&str; 38] = [
    "amp", "lt", "gt", "quot", "apos", "nbsp", "shy", "ndash", "mdash", "lsquo", "rsquo", "ldquo",
    "rdquo", "laquo", "raquo", "hellip", "middot", "bull", "deg", "ordm", "aacute", "agrave",
    "acirc", "auml", "ccedil", "eacute", "egrave", "ecirc", "euml", "iacute", "icirc", "ntilde",
    "oacute", "ocirc", "ouml", "uacute", "ugrave", "uuml",
];

fn entity(text: &str) -> Option<Range<usize>> {
    text.match_indices('&').find_map(|(at, _)| {
        let rest = &text[at + 1..];
        let name = &rest[..rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '#')?];
        let is_closed = rest[name.len()..].starts_with(';');
        let is_number = name.strip_prefix('#').is_some_and(|number| {
            let digits = number.strip_prefix(['x', 'X']);
            let radix = if digits.is_some() { 16 } else { 10 };
            let digits = digits.unwrap_or(number);
            !digits.is_empty() && digits.chars().all(|c| c.is_digit(radix))
        });
        let is_entity =
            is_number || ENTITIES.iter().any(|entity| name.eq_ignore_ascii_case(entity));
        (is_closed && is_entity).then(|| at..at + name.len() + 2)
    })
}

/// A pair of signs close to the words between them, as `**bold**` and `_italic_`, or a link. A sign
/// alone, or with a space on both sides, is a footnote or a mark of its own.
fn emphasis(text: &str) -> Option<Range<usize>> {
    ["**", "__", "*", "_"].into_iter().find_map(|sign| pair(text, sign)).or_else(|| link(text))
}

/// A link of Markdown to an address: `[text](https://example.org)`.
pub(super) fn link(text: &str) -> Option<Range<usize>> {
    let at = text.find("](http")?;
    let end = text[at..].find(')')?;
    Some(text[..at].rfind('[')?..at + end + 1)
}

/// The first passage between two of the sign, each close to its words.
pub(super) fn pair(text: &str, sign: &str) -> Option<Range<usize>> {
    let opens = |at: usize| {
        let before = text[..at].chars().next_back();
        let after = text[at + sign.len()..].chars().next();
        before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '“' | '«' | '"'))
            && after.is_some_and(char::is_alphanumeric)
    };
    let closes = |at: usize| {
        let before = text[..at].chars().next_back();
        let after = text[at + sign.len()..].chars().next();
        before.is_some_and(|c| !c.is_whitespace() && !sign.contains(c))
            && !after.is_some_and(|c| c.is_alphanumeric() || sign.contains(c))
    };
    let open = text.match_indices(sign).map(|(at, _)| at).find(|at| opens(*at))?;
    let inside = open + sign.len();
    let close = text[inside..].match_indices(sign).find(|(at, _)| closes(inside + at))?.0;
    Some(open..inside + close + sign.len())
}

/// The signs of a heading at the very beginning.
pub(super) fn heading(text: &str) -> Option<Range<usize>> {
    let rest = text.trim_start_matches('#');
    let len = text.len() - rest.len();
    let words = rest.strip_prefix(' ')?;
    ((1..=6).contains(&len) && words.starts_with(char::is_alphabetic)).then_some(0..len)
}

/// Two spaces at the end of a line, or a backslash before it.
fn line_break(text: &str) -> Option<Range<usize>> {
    let ends = text.match_indices('\n').map(|(at, _)| at).chain([text.len()]);
    ends.filter(|end| *end > 0).find_map(|end| {
        let line = text[..end].trim_end_matches(' ');
        let is_backslash = end < text.len() && line.len() == end && line.ends_with('\\');
        match (is_backslash, end - line.len()) {
            (true, _) => Some(end - 1..end),
            (false, spaces) => (spaces >= 2).then_some(line.len()..end),
        }
    })
}

/// A no-break space where no typography asks for one: French has them beside its marks, and all
/// languages between a figure and what it counts.
fn no_break_space(text: &str) -> Option<Range<usize>> {
    let is_space = |c: char| matches!(c, '\u{A0}' | '\u{202F}');
    text.match_indices(is_space).find_map(|(at, space)| {
        let before = text[..at].chars().next_back();
        let after = text[at + space.len()..].chars().next();
        let is_french = after.is_some_and(|c| matches!(c, ':' | ';' | '!' | '?' | '»' | '%' | '–'))
            || before.is_some_and(|c| matches!(c, '«' | '–'));
        let figure = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let is_number = figure(before) || figure(after);
        (!is_french && !is_number).then(|| at..at + space.len())
    })
}

#[cfg(test)]
mod tests {
    use super::{RULE, What, markup};
    use crate::{
        finding::Severity,
        testing::{check, check_asked},
    };

    fn found(text: &str) -> Option<&str> {
        markup(text).map(|(range, _)| &text[range])
    }

    #[test]
    fn a_line_is_reported_once_at_its_first_markup() {
        check(
            &RULE,
            r"
kind: summary
title: The 65<sup>TH</sup> session &amp; after
#            ^^^^^ info: `The 65<sup>TH</sup> session &amp; after` has markup: `<sup>`
language: en
eventLine: A **debate** of the _Assembly_
#            ^^^^^^^^^^ info: `A **debate** of the _Assembly_` has markup: `**debate**`
sections:
  - {title: Health &#38; work, paragraphs: [A <b>word</b> &amp; **another**]}
#                  ^^^^^ info: `Health &#38; work` has markup: `&#38;`
",
        );
    }

    #[test]
    fn every_form_of_markup_is_found() {
        for (text, piece) in [
            ("a<br/>b", "<br/>"),
            ("</SPAN> a", "</SPAN>"),
            ("<a href='x'>y</a>", "<a href='x'>"),
            ("R&eacute;union", "&eacute;"),
            ("it&#x2019;s", "&#x2019;"),
            ("__Panel one__", "__Panel one__"),
            ("*Panel* one", "*Panel*"),
            ("(_Panel one_)", "_Panel one_"),
            ("See [it](https://example.org/a) there", "[it](https://example.org/a)"),
            ("## Panel one", "##"),
            ("Panel one  ", "  "),
            ("Panel one\\\nand two", "\\"),
            ("Panel one   \nand two", "   "),
        ] {
            assert_eq!(found(text), Some(piece), "{text}");
        }
    }

    #[test]
    fn plain_signs_are_not_reported() {
        for text in [
            "R&D; Q&A",
            "AT&T",
            "health & work; rights",
            "&; &#; &#x;",
            "a < b > c",
            "<https://example.org>",
            "<sic>",
            "Title *",
            "A* and B*",
            "* a * b *",
            "snake_case_name",
            "A/65/1*, A/65/2*",
            "2 * 3 * 4",
            "#1",
            "# 1",
            "#hashtag",
            "C# ",
            "a **",
            "** a **",
            "[a](b)",
            "Panel one\n",
            "Panel one ",
            "",
            " ",
            "a_b_ c",
            "5 * 6* 7",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }

    #[test]
    fn no_break_spaces_next_to_french_marks_and_figures_are_not_reported() {
        for text in [
            "Migration\u{A0}: l’expérience",
            "«\u{A0}Débat\u{A0}»",
            "Quoi\u{202F}?",
            "19\u{A0}May",
            "No.\u{A0}5",
            "20\u{A0}%",
        ] {
            assert_eq!(markup(text), None, "{text}");
        }
        assert_eq!(markup("General\u{A0}Assembly"), Some((7..9, What::Space)));
        check(
            &RULE,
            "kind: summary
title: General\u{A0}Assembly
#             ^ info: `General<U+00A0>Assembly` has a no-break space
",
        );
    }

    #[test]
    fn running_text_is_not_reported() {
        check(
            &RULE,
            "kind: summary\ntitle: A\nsections: [{paragraphs: [A **b** &amp; <i>c</i>]}]\n",
        );
    }

    #[test]
    fn names_and_dates_are_checked() {
        check(
            &RULE,
            r#"
kind: programme
title: Programme
dateLine: "19 May&nbsp;2011"
#                ^^^^^^ info: `19 May&nbsp;2011` has markup: `&nbsp;`
slots:
  - {start: "10:00", end: "11:00", title: A, speakers: [{name: "Joseph <b>Deiss</b>"}]}
#                                                                      ^^^ info: `Joseph <b>Deiss</b>` has markup: `<b>`
"#,
        );
    }

    #[test]
    fn other_styles_are_checked_when_the_configuration_asks() {
        let silent = "kind: letter\ntitle: The *debate*\n";
        check(&RULE, silent);
        check_asked(
            &RULE,
            Severity::Error,
            r"
kind: letter
title: The *debate*
#          ^^^^^^^^ error: `The *debate*` has markup: `*debate*`
",
        );
        check(&RULE, "kind: summary\ntitle: The *debate*\nstatus: cancelled\n");
    }
}
