//! Text between quotation marks, which rules about wording do not check.

use std::ops::Range;

use memchr::memchr3_iter;

/// The pairs of marks whose halves differ.
const PAIRS: [(char, char); 3] = [('“', '”'), ('«', '»'), ('„', '“')];

/// The quotations of a text, found once and only when needed.
pub(super) struct Quotations<'t> {
    text: &'t str,
    found: Option<Vec<Range<usize>>>,
}

impl<'t> Quotations<'t> {
    /// The quotations of `text`.
    pub(super) fn of(text: &'t str) -> Self {
        Self { text, found: None }
    }

    /// Whether the text at `at` is between quotation marks.
    pub(super) fn contain(&mut self, at: usize) -> bool {
        let found = self.found.get_or_insert_with(|| quotations(self.text));
        let after = found.partition_point(|range| range.start <= at);
        after > 0 && at < found[after - 1].end
    }
}

/// The stretches between a mark and the one that closes it, in order, none within another.
fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut straight = None;
    let mut open = [None; PAIRS.len()];
    // The bytes with which the marks begin.
    for at in memchr3_iter(b'"', 0xc2, 0xe2, text.as_bytes()) {
        let Some(mark) = text.get(at..).and_then(|rest| rest.chars().next()) else { continue };
        if !matches!(mark, '"' | '“' | '”' | '«' | '»' | '„') {
            continue;
        }
        if mark == '"' {
            match straight.take() {
                Some(start) => found.push(start..at),
                None => straight = Some(at),
            }
        }
        for ((opens, closes), open) in PAIRS.iter().zip(&mut open) {
            if mark == *closes {
                found.extend(open.take().map(|start| start..at));
            } else if mark == *opens {
                open.get_or_insert(at);
            }
        }
    }
    found.sort_unstable_by_key(|range| range.start);
    // A quotation within a quotation needs no range of its own.
    let mut apart: Vec<Range<usize>> = Vec::with_capacity(found.len());
    for range in found {
        match apart.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => apart.push(range),
        }
    }
    apart
}

#[cfg(test)]
mod tests {
    use super::Quotations;

    fn quoted(text: &str) -> bool {
        Quotations::of(text).contain(text.find("here").unwrap())
    }

    #[test]
    fn words_between_a_pair_of_marks_are_quoted() {
        for text in [
            "a “b here c” d",
            "a \"here\" b",
            "« ici here »",
            "„hier here“",
            "“a” b “here”",
            "\"a “b” here\"",
        ] {
            assert!(quoted(text), "{text}");
        }
    }

    #[test]
    fn words_after_a_pair_or_beside_a_single_mark_are_not() {
        for text in
            ["here", "“a” here", "\"a\" here", "a 5\" here", "“here", "here”", "«a» here «b»"]
        {
            assert!(!quoted(text), "{text}");
        }
    }
}
