//! A leftover of the conversion of a document to text.

use std::{ops::Range, sync::LazyLock};

use aho_corasick::{AhoCorasick, MatchKind};

use super::{markup_in_field, texts};
use crate::{
    fact::Record,
    finding::{Applicability, Family, Severity},
    message::{in_context, shown, spelled_out},
    rule::{Check, Findings, Fix, Rule, RuleId},
    vocabulary::{FactKinds, TextKind},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("extraction-artifact"),
    family: Family::Style,
    summary: "a leftover of the conversion of a document to text",
    level: Some(Severity::Info),
    since: "0.1.0",
    fix: Fix::Safe,
    page: include_str!("../../../docs/rules/extraction-artifact.md"),
    options: &[],
    check: Check::Facts(FactKinds::TEXT, check),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    // A leftover is none of its author's style, so records in other styles are checked too.
    for (kind, text) in texts(record, true) {
        let tabs = tabs(kind, text.value);
        // Most texts have no sign of any remnant, which is seen in one pass.
        let signs = if kind == TextKind::Prose { &ALL_SIGNS } else { &SIGNS };
        let has_signs = signs.as_ref().is_none_or(|signs| signs.is_match(text.value));
        let marks = markdown(kind, text.value, has_signs);
        for remnant in remnants(text.value, has_signs).into_iter().chain(tabs).chain(marks) {
            let Remnant { range, what } = remnant;
            let written = &text.value[range.clone()];
            let context = in_context(text.value, range.clone());
            let place = text.part(range.start, range.len());
            let finding = findings
                .at(place, what.message(written, &context))
                .id(what.id())
                .help(what.help(written))
                .value(written);
            if let Some(right) = what.right(written) {
                // Two full stops may be what is left of three.
                let applicability = match what {
                    What::DoubleStop => Applicability::Unsafe,
                    _ => Applicability::Safe,
                };
                finding.replace(applicability, (place, text.node, written), right);
            }
        }
    }
}

/// A passage that is not part of the text.
struct Remnant {
    range: Range<usize>,
    what: What,
}

/// What such a passage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    /// Two full stops that are no ellipsis.
    DoubleStop,
    /// A space before a comma or a full stop.
    Space,
    /// A character that has no place in a text.
    Stray,
    /// One character for two letters.
    Ligature,
    /// A letter that was read in a wrong encoding.
    Garbled,
    /// The description of a picture.
    Picture,
    /// The number of the page.
    Page,
    /// A backslash that Markdown or TeX wants before the sign of a currency.
    Escape,
    /// A tab between the words of one line.
    Tab,
    /// A tab and the number of a note at the end of a line.
    Note,
    /// A pair of marks, a link or a heading of Markdown.
    Markdown,
}

impl What {
    /// The name of what is said of it.
    const fn id(self) -> &'static str {
        match self {
            Self::DoubleStop => "double-stop",
            Self::Space => "space",
            Self::Stray => "stray",
            Self::Ligature => "ligature",
            Self::Garbled => "garbled",
            Self::Picture => "picture",
            Self::Page => "page",
            Self::Escape => "escape",
            Self::Tab => "tab",
            Self::Note => "tab-number",
            Self::Markdown => "markdown",
        }
    }

    fn message(self, written: &str, context: &str) -> String {
        let first = written.chars().next().unwrap_or_default();
        match self {
            Self::DoubleStop => format!("{context} has two full stops in a row"),
            Self::Space => {
                let mark = written.chars().next_back().unwrap_or_default();
                format!("{context} has a space before `{mark}`")
            }
            Self::Stray => {
                format!("{context} has {} (U+{:04X})", name(first), u32::from(first))
            }
            Self::Ligature => {
                format!("{context} has the ligature `{first}` instead of `{}`", letters(first))
            }
            Self::Garbled => {
                format!("{context} has `{}`, read in a wrong encoding", spelled_out(written))
            }
            Self::Picture => format!("{context} describes a picture and is not part of the text"),
            Self::Page => format!("{context} has the page number `{written}`"),
            Self::Escape => format!("{context} has a backslash before `$`"),
            Self::Tab => format!("{context} has a tab"),
            Self::Note => {
                format!("{context} ends with a tab and the number `{}`", written.trim())
            }
            Self::Markdown => format!("{context} has a mark of Markdown: `{}`", shown(written)),
        }
    }

    /// What to write in the place of what is `written`, where that is certain.
    fn right(self, written: &str) -> Option<&str> {
        match self {
            Self::DoubleStop => Some("."),
            Self::Space => written.strip_prefix(' '),
            Self::Ligature => written.chars().next().map(letters),
            Self::Tab => Some(" "),
            Self::Escape => Some("$"),
            // A soft hyphen is never part of a word; what another character stands for is not known.
            Self::Stray => (written == "\u{AD}").then_some(""),
            Self::Note | Self::Garbled | Self::Picture | Self::Page | Self::Markdown => None,
        }
    }

    fn help(self, written: &str) -> String {
        match self {
            Self::DoubleStop => "write one full stop".to_owned(),
            Self::Space => "remove the space".to_owned(),
            Self::Ligature => {
                format!("write `{}`", letters(written.chars().next().unwrap_or_default()))
            }
            Self::Garbled => "write the character that is meant".to_owned(),
            Self::Tab => "write a space".to_owned(),
            Self::Escape => "write `$`".to_owned(),
            Self::Note => "remove the number of a note, or write a space before it".to_owned(),
            Self::Stray | Self::Picture | Self::Page => "remove it".to_owned(),
            Self::Markdown => {
                "write plain text; if the text is to be Markdown, say so in the schema with \
                 `\"x-text\": \"markdown\"`"
                    .to_owned()
            }
        }
    }
}

fn name(c: char) -> &'static str {
    match c {
        '\u{AD}' => "a soft hyphen",
        '\u{FFFD}' => "a replacement character",
        _ => "a control character",
    }
}

/// The letters of a Latin ligature (Unicode, Alphabetic Presentation Forms, U+FB00 to U+FB06).
fn letters(ligature: char) -> &'static str {
    match ligature {
        '\u{FB00}' => "ff",
        '\u{FB01}' => "fi",
        '\u{FB02}' => "fl",
        '\u{FB03}' => "ffi",
        '\u{FB04}' => "ffl",
        _ => "st",
    }
}

/// What every remnant that is written in ASCII has in it, but for a tab and the marks of Markdown.
const REMNANTS: [&str; 7] = ["..", " ,", " .", PICTURES[0], PICTURES[1], "Page ", r"\$"];
/// The marks of Markdown, of two bytes or more: emphasis, a link to an address, the end of the signs of a heading.
const MARKS: [&str; 3] = ["**", "](http", "# "];

static SIGNS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| signs(REMNANTS));
static ALL_SIGNS: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| signs([&REMNANTS[..], &MARKS].concat()));

fn signs<'s>(signs: impl IntoIterator<Item = &'s str>) -> Option<AhoCorasick> {
    // Of this kind, many bytes are looked at at a time.
    AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(signs).ok()
}

/// `has_signs` says whether one of [`SIGNS`] may be in the text.
fn remnants(text: &str, has_signs: bool) -> Vec<Remnant> {
    let mut found = Vec::new();
    if has_signs {
        in_ascii(text, &mut found);
    }
    // The first bytes of all characters that `character` knows.
    let begins = memchr::memchr3_iter(0xC2, 0xC3, 0xEF, text.as_bytes());
    found.extend(begins.filter_map(|at| character(text, at, text[at..].chars().next()?)));
    found
}

/// The remnants that are written in ASCII.
fn in_ascii(text: &str, found: &mut Vec<Remnant>) {
    let mut add = |ranges: &mut dyn Iterator<Item = Range<usize>>, what| {
        found.extend(ranges.map(|range| Remnant { range, what }));
    };
    add(&mut places(text, "..").filter(|range| is_double_stop(text, range)), What::DoubleStop);
    for mark in [" ,", " ."] {
        add(&mut places(text, mark).filter(|range| is_stray_space(text, range)), What::Space);
    }
    for phrase in PICTURES {
        add(&mut places(text, phrase), What::Picture);
    }
    add(&mut places(text, "Page ").filter_map(|range| page(text, range)), What::Page);
    let is_sum = |range: &Range<usize>| {
        let before = text[..range.start].chars().next_back();
        before != Some('\\') && text[range.end..].starts_with(|c: char| c.is_ascii_digit())
    };
    add(&mut places(text, r"\$").filter(is_sum), What::Escape);
}

/// The tabs inside one short line. In a text of several lines, they may be indents.
fn tabs(kind: TextKind, text: &str) -> Vec<Remnant> {
    if kind != TextKind::Line || memchr::memchr(b'\t', text.as_bytes()).is_none() {
        return Vec::new();
    }
    let line = text.trim();
    if line.contains('\n') {
        return Vec::new();
    }
    let start = text.len() - text.trim_start().len();
    let tabs = line.match_indices('\t').filter(|(at, _)| !line[..*at].ends_with('\t'));
    tabs.map(|(at, _)| {
        let rest = line[at..].trim_start_matches('\t');
        let is_note = rest.len() <= 2 && rest.bytes().all(|byte| byte.is_ascii_digit());
        let len = line.len() - at - if is_note { 0 } else { rest.len() };
        let what = if is_note { What::Note } else { What::Tab };
        Remnant { range: start + at..start + at + len, what }
    })
    .collect()
}

/// The first mark of Markdown in running text that is not written in Markdown: a passage in bold or as code, a link, or a
/// heading. Single asterisks and underscores have other uses, and so has a sign without a partner in its line.
/// `has_signs` says whether one of [`MARKS`] may be in it.
fn markdown(kind: TextKind, text: &str, has_signs: bool) -> Option<Remnant> {
    let may_have = || has_signs || memchr::memchr(b'`', text.as_bytes()).is_some();
    if kind != TextKind::Prose || !may_have() {
        return None;
    }
    let mut start = 0;
    text.split_inclusive('\n').find_map(|line| {
        let at = start;
        start += line.len();
        let found = markup_in_field::pair(line, "**")
            .or_else(|| markup_in_field::pair(line, "`"))
            .or_else(|| markup_in_field::link(line))
            .or_else(|| heading(line));
        found.map(|range| Remnant { range: at + range.start..at + range.end, what: What::Markdown })
    })
}

/// The signs of a heading at the beginning of a line. One sign alone is short for "number" (`# of seats`): a heading is a line
/// of its own and has a capital.
fn heading(line: &str) -> Option<Range<usize>> {
    let signs = markup_in_field::heading(line)?;
    let title = line[signs.end..].trim();
    let is_alone = line.ends_with('\n') && !title.ends_with(['.', ',', ';', ':']);
    let is_title = title.starts_with(char::is_uppercase) && !title.contains(" = ");
    (is_title && (signs.len() > 1 || is_alone)).then_some(signs)
}

/// What Microsoft Office writes under pictures: of a signature, and of any picture that it describes.
const PICTURES: [&str; 2] = ["A handwritten signature in", "Description automatically generated"];

/// Where `part` is.
fn places<'t>(text: &'t str, part: &'static str) -> impl Iterator<Item = Range<usize>> + use<'t> {
    text.match_indices(part).map(|(at, part)| at..at + part.len())
}

/// Two full stops after a word: three are an ellipsis, and after a space or in brackets two may be one
/// as well. Figures around them are a range, a slash after them belongs to a path.
fn is_double_stop(text: &str, range: &Range<usize>) -> bool {
    let before = text[..range.start].chars().next_back();
    let after = text[range.end..].chars().next();
    let follows_word = before.is_some_and(|c| c.is_alphanumeric() || matches!(c, ')' | '”' | '’'));
    follows_word
        && !after.is_some_and(|c| c.is_ascii_digit() || matches!(c, '.' | '/' | '\\' | '…'))
}

/// A space between a word and the mark that closes it. A full stop that belongs to what follows, as in
/// the name of a file, and one of a row of dots are right.
fn is_stray_space(text: &str, range: &Range<usize>) -> bool {
    let before = text[..range.start].chars().next_back();
    let after = text[range.end..].chars().next();
    let follows_word =
        before.is_some_and(|c| c.is_alphanumeric() || matches!(c, ')' | ']' | '”' | '’' | '"'));
    let closes = after.is_none_or(|c| c.is_whitespace() || matches!(c, '"' | '”' | '’' | ')'));
    let is_row = text[range.end..].trim_start_matches(' ').starts_with('.');
    follows_word && closes && !is_row
}

/// A character beyond ASCII that does not belong to a text. In UTF-8 each begins with the byte C2, C3 or EF.
fn character(text: &str, at: usize, c: char) -> Option<Remnant> {
    let one = at..at + c.len_utf8();
    let what = match c {
        '\u{AD}' | '\u{FFFD}' | '\u{80}'..='\u{9F}' => What::Stray,
        '\u{FB00}'..='\u{FB06}' => What::Ligature,
        'Ã' | 'Â' | 'â' => return garbled(text, at, c),
        _ => return None,
    };
    // What follows a letter of a wrong encoding is reported with it.
    let is_reported = text[..at].chars().next_back().is_some_and(|first| {
        matches!(first, 'Ã' | 'Â' | 'â') && garbled(text, at - first.len_utf8(), first).is_some()
    });
    (!is_reported).then_some(Remnant { range: one, what })
}

/// The bytes of one character in UTF-8, read as those of two or three in Windows-1252 or Latin-1.
fn garbled(text: &str, at: usize, first: char) -> Option<Remnant> {
    let second = text[at + first.len_utf8()..].chars().next()?;
    let is_garbled = match first {
        'Ã' => matches!(second, '\u{80}'..='\u{BF}' | '‰' | '€' | '™'),
        'Â' => matches!(second, '\u{A1}'..='\u{BA}' | '\u{BF}'),
        _ => second == '€',
    };
    let end = at + first.len_utf8() + second.len_utf8();
    is_garbled.then_some(Remnant { range: at..end, what: What::Garbled })
}

/// "Page 3 of 7" on a line of its own, or at the very beginning or end of the text.
fn page(text: &str, word: Range<usize>) -> Option<Range<usize>> {
    let (number, rest) = leading_number(&text[word.end..])?;
    let (total, rest) = leading_number(rest.strip_prefix(" of ")?)?;
    let before = text[..word.start].trim_end_matches(' ');
    let after = rest.trim_start_matches(' ');
    let begins = before.is_empty() || before.ends_with('\n');
    let ends = after.is_empty() || after.starts_with('\n');
    let is_alone = begins || (ends && before.ends_with(['.', '!', '?', '”']));
    (number <= total && is_alone).then(|| word.start..text.len() - rest.len())
}

fn leading_number(text: &str) -> Option<(u16, &str)> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = text[..text.len() - rest.len()].parse().ok()?;
    let is_whole = !rest.starts_with(char::is_alphanumeric);
    is_whole.then_some((number, rest))
}

#[cfg(test)]
mod tests {
    use super::{RULE, markdown, remnants, tabs};
    use crate::{testing::check, vocabulary::TextKind};

    fn found(text: &str) -> Vec<&str> {
        remnants(text, true).into_iter().map(|remnant| &text[remnant.range]).collect()
    }

    #[test]
    fn every_remnant_is_reported_at_its_place() {
        check(
            &RULE,
            r#"
kind: summary
title: The ﬁrst debate
#          ^ info: `The ﬁrst debate` has the ligature `ﬁ` instead of `fi`
language: en
sections:
  - paragraphs:
      - "The rights of migrants and their families.. were named , as before ."
#                                                 ^^ info: `…of migrants and their families.. were named , as before .` has two full stops in a row
#                                                              ^^ info: `…their families.. were named , as before .` has a space before `,`
#                                                                          ^^ info: `…were named , as before .` has a space before `.`
      - "PÃ©rez spoke. Page 3 of 7"
#         ^^ info: `PÃ©rez spoke. Page 3 of 7` has `Ã©`, read in a wrong encoding
#                      ^^^^^^^^^^^ info: `PÃ©rez spoke. Page 3 of 7` has the page number `Page 3 of 7`
      - A handwritten signature in black ink, appearing to read a name
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^ info: `A handwritten signature in black ink, appearing to read…` describes a picture and is not part of the text
"#,
        );
    }

    #[test]
    fn stray_characters_are_reported_with_their_names() {
        check(
            &RULE,
            "kind: summary
title: Inter\u{AD}national \u{FFFD}
#           ^ info: `Inter<U+00AD>national �` has a soft hyphen (U+00AD)
#                     ^ info: `Inter<U+00AD>national �` has a replacement character (U+FFFD)
",
        );
        check(
            &RULE,
            r#"
{"kind": "summary", "title": "Vuk Dra\u009akovi"}
#                            ^^^^^^^^^^^^^^^^^^^ info: `Vuk Dra<U+009A>kovi` has a control character (U+009A)
"#,
        );
    }

    #[test]
    fn ellipses_ranges_and_paths_are_not_reported() {
        for text in [
            "and so on...",
            "and so on…",
            "a . . . b",
            "[..]",
            "(..)",
            "a .. b",
            "1..5",
            "../a",
            "a../b",
            "families.",
            "etc.",
            "a....b",
            "U.S.",
            "e.g., this",
        ] {
            assert!(found(text).is_empty(), "{text}");
        }
        for text in ["families..", "families..\"", "families.. The", "etc..", "(all)..", "a..b"] {
            assert_eq!(found(text), [".."], "{text}");
        }
    }

    #[test]
    fn spaces_before_file_endings_and_french_marks_are_not_reported() {
        for text in [
            "the .org domain",
            "about .5 of it",
            "a ...",
            "a . . .",
            "Oui ; non : si ? Là ! « a »",
            "a, b",
            "a .b",
            ", a",
            " , a",
        ] {
            assert!(found(text).is_empty(), "{text}");
        }
        assert_eq!(found("a way , and"), [" ,"]);
        assert_eq!(found("a way ."), [" ."]);
        assert_eq!(found("(a) , “b” ."), [" ,", " ."]);
    }

    #[test]
    fn letters_of_real_alphabets_are_not_reported() {
        for text in ["SÃO TOMÉ", "Âge", "pâte", "âme € 5", "Æ", "Würde", "Çelik", "Â »", "\u{A0}a"]
        {
            assert!(found(text).is_empty(), "{text}");
        }
        assert_eq!(found("TÃ¼rkiye"), ["Ã¼"]);
        assert_eq!(found("lawâ€™s"), ["â€"]);
        assert_eq!(found("5Â°"), ["Â°"]);
        // The two bytes of `É`, the second of them a control character in Latin-1.
        assert_eq!(found("Ã\u{89}tat"), ["Ã\u{89}"]);
    }

    #[test]
    fn page_numbers_in_sentences_are_not_reported() {
        for text in [
            "See Page 3 of 7 for it.",
            "page 3 of 7",
            "Page 9 of 7",
            "Page 3 of the report",
            "Page 3",
            "It is on Page 3 of 7",
            "Page 3 of 7th",
        ] {
            assert!(found(text).is_empty(), "{text}");
        }
        for text in
            ["Page 3 of 7", "It ends. Page 3 of 7", "Page 3 of 7 It begins", "a\nPage 3 of 7\nb"]
        {
            assert_eq!(found(text), ["Page 3 of 7"], "{text}");
        }
    }

    #[test]
    fn records_in_their_own_style_are_checked_and_cancelled_ones_are_not() {
        check(
            &RULE,
            r"
kind: statement
title: Statement
language: en
paragraphs: [families..]
#                    ^^ info: `families..` has two full stops in a row
",
        );
        check(&RULE, "kind: summary\ntitle: families..\nlanguage: en\nstatus: cancelled\n");
    }

    #[test]
    fn a_backslash_before_a_sum_is_reported() {
        assert_eq!(found(r"It costs \$20 and \$5."), [r"\$", r"\$"]);
        for text in ["It costs $20.", r"a \$x$ b", r"C:\$Recycle", r"a \\$5", "5 $"] {
            assert!(found(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn whole_marks_of_markdown_are_reported_once_a_text() {
        let found = |text| markdown(TextKind::Prose, text, true).map(|found| &text[found.range]);
        for (text, mark) in [
            ("We **urge** the towns, and **thank** them.", "**urge**"),
            ("(**All** of it.)", "**All**"),
            ("See `ferry.toml` for it.", "`ferry.toml`"),
            ("See [the map](https://example.org/map).", "[the map](https://example.org/map)"),
            ("## Ferries", "##"),
            ("It ended.\n# Ferries\n\nThey sail at noon.", "#"),
            ("It ended.\n### Ferries and piers", "###"),
        ] {
            assert_eq!(found(text), Some(mark), "{text}");
        }
        for text in [
            "The *Anna* and the _Berta_ sailed.",
            "A total of 5** and 6** ferries",
            "** Without the Anna.",
            "The **Anna\nand the Berta** sailed.",
            "2 ** 3 ** 4",
            "O`ahu and Hawai`i",
            "``Anna'' and `Berta'",
            "the list [of ferries](annex)",
            "a note [7] (https://example.org)",
            "# of ferries: 5",
            "# Ferries: 5",
            "# Ferries",
            "# Ferries, and others:\nAnna",
            "#1 of the fleet",
            "the ferry # 5",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
        assert!(markdown(TextKind::Markdown, "We **urge** them.", true).is_none());
        assert!(markdown(TextKind::Line, "We **urge** them.", true).is_none());
        check(
            &RULE,
            r#"
kind: statement
language: en
paragraphs: [We **urge** the **towns**.]
#               ^^^^^^^^ info: `We **urge** the **towns**.` has a mark of Markdown: `**urge**`
"#,
        );
    }

    #[test]
    fn tabs_inside_a_short_line_are_reported() {
        check(
            &RULE,
            r#"
{"kind": "letter", "title": "Ferries in\tnorthern waters\t12"}
#                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ info: `Ferries in<U+0009>northern waters<U+0009>12` ends with a tab and the number `12`
#                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ info: `Ferries in<U+0009>northern waters<U+0009>12` has a tab
"#,
        );
        let found = |kind, text| tabs(kind, text).len();
        assert_eq!(found(TextKind::Line, "a\t\tb"), 1);
        assert_eq!(found(TextKind::Line, "a\t2011"), 1);
        assert_eq!(found(TextKind::Line, "a\n\tb"), 0);
        assert_eq!(found(TextKind::Line, "\ta b\t"), 0);
        assert_eq!(found(TextKind::Prose, "a\tb"), 0);
    }
}
