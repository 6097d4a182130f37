//! How values and names are shown in messages: short, on one line, without hidden characters.

use std::{fmt::Write as _, ops::Range};

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

use crate::source::{marked, visible_line};

/// How many characters of a value a message shows.
const LONGEST: usize = 60;

/// The text of a value: on one line, without hidden characters, cut after 60 characters.
#[must_use]
pub fn shown(text: &str) -> String {
    // The last line break of a block in YAML is not part of its text.
    one_line(text.trim_end_matches('\n'), LONGEST)
}

/// Whether [`shown`] gives the text as it is, as is quick to say of a short word in ASCII.
#[must_use]
pub fn is_shown_whole(text: &str) -> bool {
    text.len() <= LONGEST && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// The text of a value in backticks.
#[must_use]
pub fn quoted(text: &str) -> String {
    format!("`{}`", shown(text))
}

/// The id of a record, as a message names the record: bare, or in quotation marks where it is a number or has spaces.
#[must_use]
pub fn record_name(id: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | ':');
    let has_letter = id.contains(char::is_alphabetic);
    if has_letter && id.chars().all(is_plain) { shown(id) } else { format!("“{}”", shown(id)) }
}

/// The name of a record by its id; `otherwise` for a record without an id.
#[must_use]
pub fn record_or(id: Option<&str>, otherwise: &str) -> String {
    id.map_or_else(|| otherwise.to_owned(), record_name)
}

/// Two texts that differ, short and on one line, such that the reader sees the difference: long texts are cut around the
/// first difference, and where both look the same, the characters in which they differ are written as `U+00A0`.
#[must_use]
pub fn contrasted(a: &str, b: &str) -> [String; 2] {
    let ahead = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    // A difference near the beginning is seen without a cut.
    let from = if ahead < LONGEST - LONGEST / 4 { 0 } else { ahead - LONGEST / 4 };
    let cut = |text: &str| {
        let piece: String = text.chars().skip(from).take(LONGEST).collect();
        let is_cut = text.chars().nth(from + LONGEST).is_some();
        [if from > 0 { "…" } else { "" }, &piece, if is_cut { "…" } else { "" }].concat()
    };
    let [a, b] = [cut(a), cut(b)];
    let looks = |text: &str| -> String {
        let seen = marked(text).filter(|(_, is_hidden)| !is_hidden).map(|(c, _)| c);
        seen.map(|c| look_alike(c).unwrap_or(c)).nfc().collect()
    };
    if looks(&a) == looks(&b) {
        [spelled_out(&a), spelled_out(&b)]
    } else {
        [a, b].map(|text| visible_line(&text).into_owned())
    }
}

/// The common character that a rarer one looks like.
fn look_alike(c: char) -> Option<char> {
    match c {
        ' ' => None,
        c if c.is_whitespace() => Some(' '),
        '\u{2010}' | '\u{2011}' => Some('-'),
        '\u{2bc}' => Some('\u{2019}'),
        _ => None,
    }
}

/// The text with `<U+00A0>` for each character that a reader cannot see or takes for another: hidden characters, spaces
/// other than the plain one, rare hyphens, and accents that are characters of their own.
#[must_use]
pub fn spelled_out(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // In some scripts marks have no other form.
    let is_composed = unicode_normalization::is_nfc(text);
    let is_accent = |c| !is_composed && is_combining_mark(c);
    for (c, is_hidden) in marked(text) {
        if is_hidden || look_alike(c).is_some() || is_accent(c) {
            let _ = write!(out, "<U+{:04X}>", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}

/// The text on one line, without hidden characters, cut after `limit` characters.
#[must_use]
pub fn one_line(text: &str, limit: usize) -> String {
    // What is cut off need not be looked at.
    match text.char_indices().nth(limit) {
        Some((end, _)) => format!("{}…", visible_line(&text[..end])),
        None => visible_line(text).into_owned(),
    }
}

/// About how many characters are shown on each side of a part of a text.
const AROUND: usize = 30;

/// A part of a text with a few words around it, in backticks.
#[must_use]
pub fn in_context(text: &str, part: Range<usize>) -> String {
    let word = |c: char| c.is_whitespace();
    let (before, after) = (&text[..part.start], &text[part.end..]);
    // Whole words: as many as fit, and the one that the part belongs to in any case.
    let start = before.char_indices().rev().nth(AROUND).map_or(0, |(at, _)| {
        let rest = &before[at..];
        at + rest.find(word).map_or(rest.len(), |space| space + 1)
    });
    let end = after
        .char_indices()
        .nth(AROUND)
        .map_or(after.len(), |(at, _)| after[..at].rfind(word).unwrap_or(at));
    let begins = if start == 0 { "" } else { "…" };
    let ends = if end == after.len() { "" } else { "…" };
    format!("`{begins}{}{ends}`", spelled_out(&text[start..part.end + end]).replace('`', "'"))
}

/// `a`, `a or b`, `a, b or c`, where `last` is the word before the last name.
#[must_use]
pub fn listed(names: &[String], last: &str) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., end] => format!("{} {last} {end}", first.join(", ")),
    }
}

/// At most `most` of the names: `a, b and 3 more`.
#[must_use]
pub fn listed_briefly(names: &[String], most: usize) -> String {
    match names.len().saturating_sub(most) {
        0 => listed(names, "and"),
        more => {
            let mut some = names[..most].to_vec();
            some.push(format!("{more} more"));
            listed(&some, "and")
        }
    }
}

/// A number with its noun: `1 file`, `2 files`, `2 properties`.
#[must_use]
pub fn counted(count: usize, noun: &str) -> String {
    match (count, noun.strip_suffix('y')) {
        (1, _) => format!("1 {noun}"),
        (_, Some(stem)) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{count} {stem}ies"),
        _ => format!("{count} {noun}s"),
    }
}

/// The help for a name that was probably mistyped.
#[must_use]
pub fn did_you_mean(name: &str) -> String {
    format!("did you mean `{name}`?")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_that_cannot_be_seen_is_shown() {
        let pair = |a: &str, b: &str| contrasted(a, b).join(" | ");
        assert_eq!(pair("Anna Berg", "Bo Lee"), "Anna Berg | Bo Lee");
        assert_eq!(pair("Anna Berg", "Anna\u{a0}Berg"), "Anna Berg | Anna<U+00A0>Berg");
        assert_eq!(pair("Jos\u{e9}", "Jose\u{301}"), "José | Jose<U+0301>");
        assert_eq!(pair("Berg", "Be\u{ad}rg"), "Berg | Be<U+00AD>rg");
        let long = "x".repeat(70);
        let end = |last: &str| format!("…{}{last}", "x".repeat(15));
        assert_eq!(
            pair(&format!("{long}1"), &format!("{long}2")),
            format!("{} | {}", end("1"), end("2"))
        );
        assert_eq!(pair(&long, &format!("{long}2")), format!("{} | {}", end(""), end("2")));
    }

    #[test]
    fn a_part_of_a_text_is_shown_with_the_words_around_it() {
        let text = "The rights of migrants and their fam\u{ad}ilies were named, as before.";
        let at = text.find('\u{ad}').unwrap_or_default();
        assert_eq!(
            in_context(text, at..at + 2),
            "`…of migrants and their fam<U+00AD>ilies were named, as before.`"
        );
        assert_eq!(in_context("a..", 1..3), "`a..`");
        let long = "x".repeat(90);
        assert_eq!(in_context(&long, 40..41), format!("`…{}…`", "x".repeat(31)));
    }

    fn names(count: usize) -> Vec<String> {
        ["a", "b", "c", "d", "e"].iter().take(count).map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn values_are_short_and_without_hidden_characters() {
        assert_eq!(shown("E/2024/50"), "E/2024/50");
        assert_eq!(quoted("a\n\u{1b}b"), "`a .b`");
        assert_eq!(shown(&"é".repeat(60)), "é".repeat(60));
        assert_eq!(shown(&"é".repeat(61)), format!("{}…", "é".repeat(60)));
        assert_eq!(one_line("a\nbcd", 3), "a b…");
        assert_eq!(one_line("abc", 3), "abc");
    }

    #[test]
    fn records_are_named_by_their_ids() {
        assert_eq!(record_name("itd-migration-2011"), "itd-migration-2011");
        assert_eq!(record_name("letter of May"), "“letter of May”");
        assert_eq!(record_name("2"), "“2”");
        assert_eq!(record_or(None, "another record"), "another record");
    }

    #[test]
    fn two_texts_are_shown_such_that_they_differ() {
        let pair = |a: &str, b: &str| contrasted(a, b).join(" / ");
        assert_eq!(pair("trade", "migration"), "trade / migration");
        assert_eq!(pair("a\u{a0}b", "a b"), "a<U+00A0>b / a b");
        assert_eq!(pair("a\u{200b}b", "ab"), "a<U+200B>b / ab");
        assert_eq!(pair("e\u{301}", "é"), "e<U+0301> / é");
        assert_eq!(pair("Follow\u{2011}up", "Follow-up"), "Follow<U+2011>up / Follow-up");
        let long = |end: &str| format!("{}{end}", "x".repeat(80));
        let head = "x".repeat(15);
        assert_eq!(pair(&long("one"), &long("two")), format!("…{head}one / …{head}two"));
        let both = contrasted(&long(""), &format!("a{}", long("")));
        assert!(both.iter().all(|text| text.ends_with('…')), "{both:?}");
    }

    #[test]
    fn lists_end_with_a_word() {
        assert_eq!(listed(&names(0), "or"), "");
        assert_eq!(listed(&names(1), "or"), "a");
        assert_eq!(listed(&names(2), "or"), "a or b");
        assert_eq!(listed(&names(3), "and"), "a, b and c");
    }

    #[test]
    fn long_lists_are_cut() {
        assert_eq!(listed_briefly(&names(3), 3), "a, b and c");
        assert_eq!(listed_briefly(&names(4), 3), "a, b, c and 1 more");
        assert_eq!(listed_briefly(&names(5), 1), "a and 4 more");
    }

    #[test]
    fn nouns_have_their_plural() {
        assert_eq!(counted(1, "property"), "1 property");
        assert_eq!(counted(0, "file"), "0 files");
        assert_eq!(counted(2, "property"), "2 properties");
        assert_eq!(counted(2, "day"), "2 days");
    }
}
