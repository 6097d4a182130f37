//! The first passages in which two texts differ.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use super::with_prose;
use crate::{
    analysis::Analysis,
    fact::Prose,
    finding::{Location, Place},
    sources::SourceId,
    tree::{NodeRef, Tree},
};

/// Some words of a text, by their numbers, with the number of the first word that differs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::analysis) struct Span {
    from: usize,
    differs: usize,
    to: usize,
}

/// A passage of a text.
#[derive(Clone, Debug)]
pub(in crate::analysis) struct Passage {
    /// As written.
    pub(in crate::analysis) text: String,
    /// Where.
    pub(in crate::analysis) location: Location,
}

/// Passages, by source, record and span.
pub(in crate::analysis) type Passages = BTreeMap<(SourceId, u32, Span), Passage>;

/// So many words before the difference are shown, and one after it.
const BEFORE: usize = 2;
/// After so many equal words two texts are taken to go on alike.
const SAME: usize = 3;
/// So many words of both texts together may differ.
const MOST: usize = 24;
/// So many words are shown where the texts do not go on alike.
const SHOWN: usize = 6;

/// Where two texts first differ; `None` for texts of the same words.
pub(super) fn difference(a: &[u32], b: &[u32]) -> Option<[Span; 2]> {
    let ahead = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[ahead..], &b[ahead..]);
    if a.is_empty() && b.is_empty() {
        return None;
    }
    let goes_on = |i: usize, j: usize| {
        let (Some(a), Some(b)) = (a.get(i..), b.get(j..)) else { return false };
        let count = SAME.min(a.len()).min(b.len());
        a[..count] == b[..count] && (count == SAME || a.len() == b.len())
    };
    let mut lengths = (1..=MOST).flat_map(|both| (0..=both).map(move |i| (i, both - i)));
    let found = lengths.find(|(i, j)| goes_on(*i, *j));
    let (i, j) = found.map_or((SHOWN, SHOWN), |(i, j)| (i + 1, j + 1));
    let span = |count: usize| Span {
        from: ahead.saturating_sub(BEFORE),
        differs: ahead,
        to: ahead + count,
    };
    Some([span(i.min(a.len())), span(j.min(b.len()))])
}

/// The passages that are wanted of one source, by record.
pub(in crate::analysis) type Wanted = BTreeMap<u32, BTreeSet<Span>>;

/// The passages of one source.
pub(in crate::analysis) fn passages(
    analysis: &Analysis<'_>,
    (tree, source): (&Tree, SourceId),
    wanted: Wanted,
    locate: impl Fn(Place) -> Location,
) -> Passages {
    let roots = tree.records();
    let mut found = Passages::new();
    for (record, spans) in wanted {
        let _ = with_prose(analysis, (&roots, source, record), |prose| {
            let strings = strings(prose);
            for span in spans {
                let Some((node, bytes)) = find(&strings, &span) else { continue };
                let text = node.as_str().and_then(|text| text.get(bytes.clone()));
                let place = Place {
                    source,
                    record: Some(record),
                    node: Some(node.id()),
                    span: node.part_span(bytes.start, bytes.len()),
                };
                let passage =
                    Passage { text: text.unwrap_or_default().to_owned(), location: locate(place) };
                found.insert((source, record, span), passage);
            }
        });
    }
    found
}

/// The strings of a text that have words, each with the number of its first word and the number of the word after its last.
fn strings<'t>(prose: &Prose<'t>) -> Vec<(Range<usize>, NodeRef<'t>)> {
    let mut all = Vec::new();
    let mut first = 0;
    for node in &prose.nodes {
        node.for_each_string(|string| {
            let count = words(string.as_str().unwrap_or_default()).count();
            if count > 0 {
                all.push((first..first + count, string));
                first += count;
            }
        });
    }
    all
}

/// The string with the first word that differs, and the bytes of the span in it. A text that ends there is shown by its last
/// words.
fn find<'t>(
    strings: &[(Range<usize>, NodeRef<'t>)],
    span: &Span,
) -> Option<(NodeRef<'t>, Range<usize>)> {
    let at = strings.partition_point(|(words, _)| words.end <= span.differs);
    let (numbers, node) = strings.get(at).or_else(|| strings.last())?;
    let from = span.from.clamp(numbers.start, numbers.end - 1) - numbers.start;
    let to = span.to.clamp(numbers.start + from + 1, numbers.end) - numbers.start;
    let mut words = words(node.as_str()?).skip(from).take(to - from);
    let first = words.next()?;
    let end = words.last().map_or(first.end, |last| last.end);
    Some((*node, first.start..end))
}

/// The words of a text by their bytes: letters and digits, as [`crate::fact::sketch`] takes them.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(char::is_alphanumeric)?;
        let rest = &text[start..];
        at = start + rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        Some(start..at)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::fact::sketch::{in_text, words_of};

    /// The words of both texts that are shown.
    fn shown(a: &str, b: &str) -> Option<[String; 2]> {
        let [x, y] = [a, b].map(|text| in_text(text, words_of));
        let spans = difference(&x, &y)?;
        let show = |text: &str, span: &Span| {
            let all: Vec<&str> = text.split(' ').collect();
            all[span.from..span.to].join(" ")
        };
        Some([show(a, &spans[0]), show(b, &spans[1])])
    }

    #[test]
    fn the_first_difference_is_shown_with_the_words_around_it() {
        let pair = |a: &str, b: &str| shown(a, b).map(|both| both.join(" / ")).unwrap_or_default();
        assert_eq!(
            pair(
                "we meet in order harness the potential",
                "we meet in order to harness the potential"
            ),
            "in order harness / in order to harness"
        );
        assert_eq!(
            pair("next year we meet again", "next week we meet again"),
            "next year we / next week we"
        );
        assert_eq!(pair("a b c", "a b c d"), "b c / b c d");
        assert_eq!(pair("a b c d", "b c d"), "a b / b");
        assert_eq!(pair("", "a"), " / a");
        assert_eq!(pair("A, b c", "a b C"), "");
        let own = |name: &str| (0..40).map(|n| format!("{name}{n}")).collect::<Vec<_>>().join(" ");
        assert_eq!(pair(&own("a"), &own("b")), "a0 a1 a2 a3 a4 a5 / b0 b1 b2 b3 b4 b5");
    }

    proptest! {
        #[test]
        fn words_are_counted_as_sketches_count_them(text in "[a-zA-Z0-9éİßΣ\u{301}, .'-]{0,80}") {
            prop_assert_eq!(words(&text).count(), in_text(&text, words_of).len());
        }
    }
}
