//! Excerpts: the few lines of a source around the places that a finding names, with every character harmless. Of very long
//! lines they have only what could fit on a screen, so that what is drawn never takes long, whatever the source.

use std::ops::Range;

use crate::{
    finding::Location,
    output::fit::{self, ELLIPSIS},
    source::{LineIndex, Source, visible},
};

/// Places with at most this many lines between them share an excerpt.
const LINES_BETWEEN: u32 = 8;
/// Places that share an excerpt, at most.
const PLACES: usize = 6;
/// Columns beside a line: its number, and the marks of the parts that are cut off.
const MARGIN: usize = 12;
/// Characters of a line that an excerpt has whole, at most.
const WHOLE_LINE: usize = 480;
/// Characters on either side of a place in a longer line.
const AROUND: usize = 200;
/// Characters of a place in a longer line that are marked.
const MARKED: usize = 200;
/// A source whose lines are known.
pub(super) struct Page<'s> {
    source: &'s Source,
    lines: LineIndex,
    /// The columns that a line has on the screen.
    columns: usize,
}

/// A place on one line of a page: a longer one is marked on its first line only.
#[derive(Clone, Copy)]
pub(super) struct Spot<'f> {
    /// What is said about it; `None` for the finding's own place.
    pub(super) text: Option<&'f str>,
    /// Where it is, as people see it.
    pub(super) location: &'f Location,
    line: u32,
    start: usize,
    end: usize,
}

/// A place in the text of an excerpt.
pub(super) struct Mark<'f> {
    /// The bytes to underline.
    pub(super) range: Range<usize>,
    /// The place that they show.
    pub(super) spot: Spot<'f>,
}

/// Some lines of a page.
pub(super) struct Excerpt<'f> {
    /// The lines, each ended by a line feed.
    pub(super) text: String,
    /// The number of the first one, from 1.
    pub(super) first_line: u32,
    /// The places in them.
    pub(super) marks: Vec<Mark<'f>>,
}

impl<'s> Page<'s> {
    pub(super) fn new(source: &'s Source, columns: usize) -> Self {
        Self { source, lines: LineIndex::new(&source.text), columns }
    }

    /// The place of `location` on this page, moved to the nearest bytes that exist.
    pub(super) fn spot<'f>(&self, location: &'f Location, text: Option<&'f str>) -> Spot<'f> {
        let whole = &self.source.text;
        let start = floor(whole, location.start.offset as usize);
        let claimed = self.line_range(location.start.line);
        // The line is usually right; counting the columns of a long line again is slow.
        let line = if claimed.contains(&start) {
            location.start.line.clamp(1, self.lines.line_count())
        } else {
            self.lines.position(whole, start as u32).line
        };
        let range = self.line_range(line);
        let start = start.clamp(range.start, range.end);
        let end = floor(whole, location.end.offset as usize).clamp(start, range.end);
        Spot { text, location, line, start, end }
    }

    /// The bytes of a line without its line break and without a byte-order mark.
    fn line_range(&self, line: u32) -> Range<usize> {
        let range = self.lines.line_span(&self.source.text, line).range();
        let bom = self.source.bom_len() as usize;
        range.start.max(bom)..range.end.max(bom)
    }

    /// Whether `spot` can be shown in one excerpt with `others`.
    pub(super) fn fits(&self, spot: &Spot<'_>, others: &[Spot<'_>]) -> bool {
        let near = others.iter().any(|other| other.line.abs_diff(spot.line) <= LINES_BETWEEN + 1);
        if !near || others.len() >= PLACES {
            return false;
        }
        // Places on one line must be visible together.
        let on_line = || others.iter().filter(|other| other.line == spot.line);
        let start = on_line().map(|other| other.start).fold(spot.start, usize::min);
        let end = on_line().map(|other| other.end).fold(spot.end, usize::max);
        on_line().next().is_none() || self.is_visible(start..end)
    }

    /// Whether these bytes of a line fit on the screen, together with the number of the line.
    fn is_visible(&self, range: Range<usize>) -> bool {
        range.len() <= 4 * self.columns
            && fit::width(&self.source.text[range]) + MARGIN <= self.columns
    }

    /// The lines of `spots` with one line before and after.
    pub(super) fn excerpt<'f>(&self, spots: &[Spot<'f>]) -> Excerpt<'f> {
        let first = spots.iter().map(|spot| spot.line).min().unwrap_or(1);
        let last = spots.iter().map(|spot| spot.line).max().unwrap_or(1);
        let first_line = first.saturating_sub(1).max(1);
        let last_line = (last + 1).min(self.lines.line_count());
        let mut excerpt = Excerpt { text: String::new(), first_line, marks: Vec::new() };
        for line in first_line..=last_line {
            // Readers do not see an empty line at the very end.
            if line > last && self.line_range(line).is_empty() && line == self.lines.line_count() {
                break;
            }
            let on_line: Vec<_> = spots.iter().filter(|s| s.line == line).copied().collect();
            self.push_line(&mut excerpt, line, &on_line);
        }
        excerpt
    }

    fn push_line<'f>(&self, excerpt: &mut Excerpt<'f>, line: u32, spots: &[Spot<'f>]) {
        let range = self.line_range(line);
        let windows = self.windows(line, spots);
        let mut shown_to = range.start;
        // For each window, where it begins in the source and in the excerpt.
        let mut moved = Vec::with_capacity(windows.len());
        for window in windows {
            if window.start > shown_to {
                excerpt.text.push(ELLIPSIS);
            }
            moved.push((window.clone(), excerpt.text.len()));
            shown_to = window.end;
            excerpt.text.push_str(&visible(&self.source.text[window]));
        }
        if shown_to < range.end {
            excerpt.text.push(ELLIPSIS);
        }
        excerpt.text.push('\n');
        for spot in spots {
            let home = moved
                .iter()
                .find(|(window, _)| window.start <= spot.start && spot.start <= window.end);
            if let Some((window, at)) = home {
                let start = at + (spot.start - window.start);
                let end = at + (spot.end.min(window.end) - window.start);
                excerpt.marks.push(Mark { range: start..end.max(start), spot: *spot });
            }
        }
    }

    /// The parts of a line that are shown, in order and apart: all of a short one, the
    /// surroundings of `spots` in a long one, or its beginning.
    fn windows(&self, line: u32, spots: &[Spot<'_>]) -> Vec<Range<usize>> {
        let range = self.line_range(line);
        let text = &self.source.text;
        if !is_long(&text[range.clone()]) {
            return vec![range];
        }
        if spots.is_empty() {
            let end = forward(text, range.start, range.end, 2 * AROUND);
            return std::iter::once(range.start..end).collect();
        }
        let mut windows: Vec<Range<usize>> = Vec::with_capacity(spots.len());
        let mut around: Vec<Range<usize>> = spots
            .iter()
            .map(|spot| {
                let marked = forward(text, spot.start, spot.end, MARKED);
                let end = forward(text, marked, range.end, AROUND);
                back(text, range.start, spot.start, AROUND)..end
            })
            .collect();
        around.sort_by_key(|window| (window.start, window.end));
        for window in around {
            match windows.last_mut() {
                Some(last) if window.start <= last.end => last.end = last.end.max(window.end),
                _ => windows.push(window),
            }
        }
        windows
    }
}

/// Whether `line` is too long to be shown whole.
fn is_long(line: &str) -> bool {
    line.len() > WHOLE_LINE && line.chars().nth(WHOLE_LINE).is_some()
}

/// The character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The offset `count` characters after `from`, at most `to`.
fn forward(text: &str, from: usize, to: usize, count: usize) -> usize {
    text[from..to].char_indices().nth(count).map_or(to, |(at, _)| from + at)
}

/// The offset `count` characters before `to`, at least `from`.
fn back(text: &str, from: usize, to: usize, count: usize) -> usize {
    text[from..to].char_indices().rev().take(count).last().map_or(to, |(at, _)| from + at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        output::testing,
        source::{Span, Syntax},
    };

    fn excerpt_of(text: &str, spans: &[(u32, u32)]) -> (String, u32, Vec<String>) {
        let source = Source::new("a.json", Syntax::Json, text);
        let page = Page::new(&source, 80);
        let locations: Vec<_> = spans
            .iter()
            .map(|(start, end)| testing::location("a.json", text, Span::new(*start, *end)))
            .collect();
        let spots: Vec<_> = locations.iter().map(|at| page.spot(at, None)).collect();
        let excerpt = page.excerpt(&spots);
        let marked = excerpt.marks.iter().map(|m| excerpt.text[m.range.clone()].to_owned());
        let marked = marked.collect();
        (excerpt.text, excerpt.first_line, marked)
    }

    #[test]
    fn one_line_is_before_and_after() {
        let text = "a\nb\nc\nd\ne\n";
        assert_eq!(excerpt_of(text, &[(4, 5)]), ("b\nc\nd\n".to_owned(), 2, vec!["c".to_owned()]));
        assert_eq!(excerpt_of(text, &[(0, 1)]), ("a\nb\n".to_owned(), 1, vec!["a".to_owned()]));
        assert_eq!(excerpt_of(text, &[(8, 9)]), ("d\ne\n".to_owned(), 4, vec!["e".to_owned()]));
        assert_eq!(excerpt_of("", &[(0, 0)]), ("\n".to_owned(), 1, vec![String::new()]));
    }

    #[test]
    fn line_breaks_either_way_and_byte_order_marks_are_not_shown() {
        let text = "\u{feff}a\r\nbc\r\n";
        assert_eq!(excerpt_of(text, &[(6, 10)]), ("a\nbc\n".to_owned(), 1, vec!["bc".to_owned()]));
        assert_eq!(excerpt_of(text, &[(0, 4)]).2, ["a"]);
    }

    #[test]
    fn a_place_of_many_lines_is_marked_on_the_first() {
        assert_eq!(excerpt_of("{\n  1\n}\n", &[(0, 7)]).2, ["{"]);
    }

    #[test]
    fn a_line_of_exactly_the_limit_is_whole_and_one_character_more_is_clipped() {
        let whole = "é".repeat(WHOLE_LINE);
        assert_eq!(excerpt_of(&whole, &[(0, 2)]).0, format!("{whole}\n"));
        let longer = "é".repeat(WHOLE_LINE + 1);
        let shown = format!("{}…\n", "é".repeat(AROUND + 1));
        assert_eq!(excerpt_of(&longer, &[(0, 2)]), (shown, 1, vec!["é".to_owned()]));
    }

    #[test]
    fn two_places_on_one_line_share_an_excerpt_when_both_fit_on_the_screen() {
        let text = "x".repeat(900);
        let source = Source::new("a.json", Syntax::Json, text.as_str());
        let page = Page::new(&source, 80);
        let at = |start, end| testing::location("a.json", &text, Span::new(start, end));
        let (first, near, far) = (at(100, 110), at(150, 168), at(150, 169));
        let first = [page.spot(&first, None)];
        assert!(page.fits(&page.spot(&near, None), &first), "68 columns and the margin");
        assert!(!page.fits(&page.spot(&far, None), &first));
        assert!(page.fits(&first[0], &first), "the same place twice takes no room");
        let long = at(100, 800);
        assert!(!page.fits(&page.spot(&long, None), &first), "its end is out of sight");
    }

    #[test]
    fn places_share_an_excerpt_only_when_few_lines_are_between() {
        let text = "x\n".repeat(30);
        let source = Source::new("a.json", Syntax::Json, text.as_str());
        let page = Page::new(&source, 80);
        let at = |line: u32| testing::location("a.json", &text, Span::at((line - 1) * 2));
        let (first, near, far) = (at(1), at(10), at(11));
        let first = [page.spot(&first, None)];
        assert!(page.fits(&page.spot(&near, None), &first));
        assert!(!page.fits(&page.spot(&far, None), &first));
        assert!(!page.fits(&first[0], &[first[0]; PLACES]));
    }
}
