//! Dates that directly follow a citation: `of 23 December 2003`, `du 23 décembre 2003`, `, en date du 23 décembre 2003`,
//! `, de 23 de diciembre de 2003`.

use std::ops::Range;

use jiff::civil::Date;

use crate::calendar;

/// A date and the bytes it is written in, without the word that joins it to what precedes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated {
    /// The date; one that exists.
    pub date: Date,
    /// Where it is written.
    pub range: Range<usize>,
}

/// Whether `c` separates words: a space of any kind or a line break inside a paragraph.
pub(super) const fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{A0}' | '\u{202F}' | '\t' | '\n' | '\r')
}

/// The offset after at most four characters of space at `at`, and whether there were any.
pub(super) fn skip_space(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let len: usize = rest.chars().take(4).take_while(|c| is_space(*c)).map(char::len_utf8).sum();
    at + len
}

/// The offset after the word `word` (lower case) at `at`, which must end there.
fn word(text: &str, at: usize, word: &str) -> Option<usize> {
    let end = at + word.len();
    let written = text.get(at..end)?;
    let ends = !text[end..].chars().next().is_some_and(char::is_alphanumeric);
    (ends && written.eq_ignore_ascii_case(word)).then_some(end)
}

/// `23 December 2003`, `1er janvier 2003`, `23 de diciembre de 2003` at `at`.
fn bare_date(text: &str, at: usize) -> Option<Dated> {
    let (date, end) = calendar::long_date_at(text, at)?;
    Some(Dated { date, range: at..end })
}

/// The words that join a date to a citation.
const JOINERS: [&[&str]; 7] =
    [&["of"], &["dated"], &["du"], &["de"], &["del"], &["en", "date", "du"], &["de", "fecha"]];

/// Those of them that a comma may precede. Spanish documents print the date so (`resolución 65/170, de 20 de
/// diciembre de 2010`), and French ones after the name of an organ.
const JOINERS_AFTER_A_COMMA: [&[&str]; 4] =
    [&["de"], &["del"], &["en", "date", "du"], &["de", "fecha"]];

/// The date at `at` that one of the joiners introduces.
fn joined_date(text: &str, at: usize, joiners: &[&[&str]]) -> Option<Dated> {
    joiners.iter().find_map(|joiner| {
        let end = joiner.iter().try_fold(at, |at, one| word(text, skip_space(text, at), one))?;
        bare_date(text, skip_space(text, end))
    })
}

/// The date that follows a citation ending at `at`, joined by `of`, `dated`, `du`, `de` or the like;
/// for an act in several parts, or several acts, also the second of two or more dates.
pub(super) fn dates_after(text: &str, at: usize) -> (Option<Dated>, Option<Dated>) {
    let first = match text.as_bytes().get(at) {
        Some(b',') => joined_date(text, at + 1, &JOINERS_AFTER_A_COMMA),
        _ => joined_date(text, at, &JOINERS),
    };
    let second = first.as_ref().and_then(|first| {
        let end = first.range.end;
        let start = skip_space(text, end);
        let comma = || text.get(end..)?.starts_with(", ").then_some(end + 1);
        let joined = ["and", "et", "y"].iter().find_map(|joiner| word(text, start, joiner));
        let at = joined.or_else(comma)?;
        // French and Spanish repeat the word: `et du 20 juillet 1995`.
        let repeated = || joined_date(text, joined?, &[&["du"], &["de"], &["del"]]);
        bare_date(text, skip_space(text, at)).or_else(repeated)
    });
    (first, second)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str) -> Option<(i16, i8, i8, &str)> {
        let dated = dates_after(text, 0).0?;
        let date = dated.date;
        Some((date.year(), date.month(), date.day(), &text[dated.range]))
    }

    #[test]
    fn dates_are_read_in_three_languages() {
        assert_eq!(first(" of 23 December 2003,"), Some((2003, 12, 23, "23 December 2003")));
        assert_eq!(first(" du 1er février 2004 "), Some((2004, 2, 1, "1er février 2004")));
        assert_eq!(first(" du 23 décembre 2003"), Some((2003, 12, 23, "23 décembre 2003")));
        assert_eq!(
            first(" de 23 de diciembre de 2003"),
            Some((2003, 12, 23, "23 de diciembre de 2003"))
        );
        assert_eq!(first("\nof\u{A0}23\u{A0}June 2003"), Some((2003, 6, 23, "23\u{A0}June 2003")));
    }

    #[test]
    fn french_and_spanish_dates_may_follow_a_comma() {
        let spanish = Some((2006, 11, 9, "9 de noviembre de 2006"));
        for joiner in [", de", ", del", ", de fecha", " de fecha", " del"] {
            assert_eq!(first(&format!("{joiner} 9 de noviembre de 2006,")), spanish, "{joiner}");
        }
        let french = Some((2006, 11, 9, "9 novembre 2006"));
        for joiner in [" en date du", ", en date du", ", en\u{A0}date\ndu"] {
            assert_eq!(first(&format!("{joiner} 9 novembre 2006,")), french, "{joiner}");
        }
        for text in [
            ", du 9 novembre 2006",
            ", of 9 November 2006",
            ", que el 9 de noviembre de 2006",
            ", aprobada el 9 de noviembre de 2006",
            " en la date du 9 novembre 2006",
            ", de 9 de noviembre",
            "; de 9 de noviembre de 2006",
        ] {
            assert_eq!(first(text), None, "{text}");
        }
    }

    #[test]
    fn only_a_date_that_directly_follows_counts() {
        for text in [
            " on 23 December 2003",
            " of 23 persons",
            " of December 2003",
            " of 32 May 2003",
            " of 3 May 203",
            ", 3 May 2003",
        ] {
            assert_eq!(first(text), None, "{text}");
        }
    }

    #[test]
    fn an_act_in_two_parts_may_have_two_dates() {
        let (_, second) = dates_after(" of 23 December 1994 and 20 July 1995", 0);
        assert_eq!(second.unwrap().date, jiff::civil::date(1995, 7, 20));
        assert_eq!(dates_after(" of 23 December 1994 and 63/225", 0).1, None);
        let (_, second) = dates_after(" of 23 December 1994, 6 April 1995 and 20 July 1995", 0);
        assert_eq!(second.unwrap().date, jiff::civil::date(1995, 4, 6));
        assert_eq!(dates_after(" of 23 December 1994, 63/225", 0).1, None);
        let (_, second) = dates_after(" du 23 décembre 1994 et du 20 juillet 1995", 0);
        assert_eq!(second.unwrap().date, jiff::civil::date(1995, 7, 20));
    }
}
