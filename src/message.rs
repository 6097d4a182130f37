//! How values and names are shown in messages: short, on one line, without hidden characters.

use crate::source::visible_line;

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
