//! How values and names are shown in messages: short, on one line, without hidden characters.

use std::{fmt::Write as _, ops::Range};

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

use crate::source::{marked, visible_line};

/// How many characters of a value a message shows.
const LONGEST: usize = 60;

/// The text of a value: on one line, without hidden characters, cut after 60 characters.
#[must_use]
pub fn shown(text: &str) -> String {
    one_line(text, LONGEST)
}

/// The text of a value in backticks.
#[must_use]
pub fn quoted(text: &str) -> String {
    format!("`{}`", shown(text))
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

/// Two texts that differ, each shown as by [`shown`]. Where they would look the same, because they differ after the place
/// of the cut or in characters that cannot be seen, they are shown from shortly before the first difference, with these
/// characters as `[U+00A0]`.
#[must_use]
pub fn shown_apart(a: &str, b: &str) -> (String, String) {
    let looks = |text: &str| -> String {
        let seen = marked(text).filter(|(_, hidden)| !hidden).map(|(c, _)| c).take(LONGEST).nfc();
        seen.map(|c| if c.is_whitespace() { ' ' } else { c }).collect()
    };
    if a == b || looks(a) != looks(b) {
        return (shown(a), shown(b));
    }
    let before = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let from = if before + BEFORE < LONGEST { 0 } else { before - BEFORE };
    (window(a, from), window(b, from))
}

/// How many characters of two equal beginnings are shown before a difference.
const BEFORE: usize = 20;

/// About how many characters are shown on each side of a part of a text.
const AROUND: usize = 30;

/// The text from its character number `from`, at most so many characters as a message shows.
fn window(text: &str, from: usize) -> String {
    let start = text.char_indices().nth(from).map_or(text.len(), |(at, _)| at);
    let (rest, ends) = match text[start..].char_indices().nth(LONGEST) {
        Some((end, _)) => (&text[start..start + end], "…"),
        None => (&text[start..], ""),
    };
    let begins = if start == 0 { "" } else { "…" };
    format!("{begins}{}{ends}", escaped(rest))
}

/// The text on one line, with every space but the plain one, every hidden character and every combining mark as
/// `[U+00A0]`.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for (c, hidden) in marked(text) {
        if hidden || is_combining_mark(c) || (c.is_whitespace() && c != ' ') {
            let _ = write!(shown, "[U+{:04X}]", u32::from(c));
        } else {
            shown.push(c);
        }
    }
    shown
}

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
    format!("`{begins}{}{ends}`", escaped(&text[start..part.end + end]).replace('`', "'"))
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
        let pair = |a: &str, b: &str| {
            let (a, b) = shown_apart(a, b);
            format!("{a} | {b}")
        };
        assert_eq!(pair("Anna Berg", "Bo Lee"), "Anna Berg | Bo Lee");
        assert_eq!(pair("Anna Berg", "Anna\u{a0}Berg"), "Anna Berg | Anna[U+00A0]Berg");
        assert_eq!(pair("Jos\u{e9}", "Jose\u{301}"), "José | Jose[U+0301]");
        assert_eq!(pair("Berg", "Be\u{ad}rg"), "Berg | Be[U+00AD]rg");
        let long = "x".repeat(70);
        let end = |last: &str| format!("…{}{last}", "x".repeat(20));
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
            "`…of migrants and their fam[U+00AD]ilies were named, as before.`"
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
