//! Fits text into a number of columns: paragraphs are wrapped, source lines are cut around what is marked in them.

use std::ops::Range;

use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};
use unicode_width::UnicodeWidthChar;

/// Columns of a tab.
const TAB: usize = 2;
/// Stands for the part of a line that is not shown.
pub(crate) const ELLIPSIS: char = '…';
/// Joins the characters before and after it into one.
const JOINER: char = '\u{200D}';

/// The columns that `text` takes.
pub(crate) fn width(text: &str) -> usize {
    text.chars().map(columns_of).sum()
}

fn columns_of(c: char) -> usize {
    match c {
        '\t' => TAB,
        c => c.width().unwrap_or(0),
    }
}

/// `text` in lines of at most `columns`; all but the first begin with `indent`.
pub(crate) fn wrap(text: &str, columns: usize, indent: &str) -> Vec<String> {
    let options = Options::new(columns.max(1))
        .subsequent_indent(indent)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    textwrap::wrap(text, options).into_iter().map(|line| line.trim_end().to_owned()).collect()
}

/// The end of `text`, in at most `columns`: of a path its last part says most.
pub(crate) fn end_of(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut left = columns.saturating_sub(1);
    let fits = |c: &char| {
        let is_free = columns_of(*c) <= left;
        left = left.saturating_sub(columns_of(*c));
        is_free
    };
    let retained: usize = text.chars().rev().take_while(fits).map(char::len_utf8).sum();
    format!("{ELLIPSIS}{}", &text[text.len() - retained..])
}

/// A line that is shown, as far as it fits.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fitted {
    /// What is shown of it.
    pub(crate) text: String,
    /// The columns of each mark in it; one column for a place without a length.
    pub(crate) marks: Vec<Range<usize>>,
}

/// A character with all that is drawn over it.
struct Cell {
    bytes: Range<usize>,
    columns: usize,
}

/// `line` in at most `columns`, so that the places at the bytes `marks` are visible as far as possible; `cut` is written for
/// the parts that are not shown, and takes one column.
pub(crate) fn fit(line: &str, marks: &[Range<usize>], columns: usize, cut: char) -> Fitted {
    let cells = cells(line);
    let marked: Vec<Range<usize>> = marks.iter().map(|mark| cells_of(&cells, mark)).collect();
    let ends_in_caret = marked.iter().any(|mark| mark.start == cells.len());
    let total = sum(&cells) + usize::from(ends_in_caret);
    let window = if total <= columns { 0..cells.len() } else { window(&cells, &marked, columns) };
    let mut text = String::new();
    if window.start > 0 {
        text.push(cut);
    }
    let before = usize::from(window.start > 0);
    for cell in &cells[window.clone()] {
        for c in line[cell.bytes.clone()].chars() {
            match c {
                '\t' => text.extend([' '; TAB]),
                c => text.push(c),
            }
        }
    }
    let shown = before + sum(&cells[window.clone()]);
    if window.end < cells.len() {
        text.push(cut);
    }
    let column =
        |cell: usize| before + sum(&cells[window.start..cell.clamp(window.start, window.end)]);
    let place = |mark: &Range<usize>| {
        let start = column(mark.start).min(shown).min(columns.saturating_sub(1));
        start..column(mark.end).max(start + 1)
    };
    Fitted { marks: marked.iter().map(place).collect(), text }
}

fn sum(cells: &[Cell]) -> usize {
    cells.iter().map(|cell| cell.columns).sum()
}

/// The characters of a line, those that are drawn over or joined with another one together with it.
fn cells(line: &str) -> Vec<Cell> {
    let mut cells: Vec<Cell> = Vec::with_capacity(line.len());
    let mut is_joined = false;
    for (at, c) in line.char_indices() {
        let (end, columns) = (at + c.len_utf8(), columns_of(c));
        match cells.last_mut() {
            Some(last) if columns == 0 || is_joined => {
                last.bytes.end = end;
                last.columns += columns;
            }
            _ => cells.push(Cell { bytes: at..end, columns }),
        }
        is_joined = c == JOINER;
    }
    cells
}

/// The cells that these bytes are part of.
fn cells_of(cells: &[Cell], bytes: &Range<usize>) -> Range<usize> {
    let start = cells.partition_point(|cell| cell.bytes.end <= bytes.start);
    let end = cells.partition_point(|cell| cell.bytes.start < bytes.end);
    start..end.max(start)
}

/// The cells that are shown of a line that is too long: the marks with as much on either side as there is room for.
fn window(cells: &[Cell], marks: &[Range<usize>], columns: usize) -> Range<usize> {
    // There may be an ellipsis on either side.
    let room = columns.saturating_sub(2);
    let start = marks.iter().map(|mark| mark.start).min().unwrap_or(0).min(cells.len());
    let last = marks.iter().map(|mark| mark.end).max().unwrap_or(start).min(cells.len());
    let mut window = start..start;
    let mut used = 0;
    let take = |window: &mut Range<usize>, used: &mut usize, to: usize, most: usize| {
        while window.end < to && *used + cells[window.end].columns <= most {
            *used += cells[window.end].columns;
            window.end += 1;
        }
    };
    take(&mut window, &mut used, last, room);
    let half = used + (room - used.min(room)) / 2;
    let widen = |window: &mut Range<usize>, used: &mut usize, most: usize| {
        while window.start > 0 && *used + cells[window.start - 1].columns <= most {
            window.start -= 1;
            *used += cells[window.start].columns;
        }
    };
    widen(&mut window, &mut used, half);
    take(&mut window, &mut used, cells.len(), room);
    widen(&mut window, &mut used, room);
    window
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(line: &str, mark: Range<usize>, columns: usize) -> (String, Range<usize>) {
        let mut fitted = fit(line, &[mark], columns, ELLIPSIS);
        (fitted.text, fitted.marks.remove(0))
    }

    #[test]
    fn a_line_that_fits_is_shown_whole() {
        assert_eq!(shown("start: 10", 7..9, 9), ("start: 10".to_owned(), 7..9));
        assert_eq!(shown("a", 1..1, 2), ("a".to_owned(), 1..2), "a caret behind the end");
        assert_eq!(shown("", 0..0, 1), (String::new(), 0..1));
    }

    #[test]
    fn a_long_line_is_cut_around_its_mark() {
        let line = "0123456789abcdefghij";
        assert_eq!(shown(line, 0..2, 10), ("01234567…".to_owned(), 0..2));
        assert_eq!(shown(line, 9..11, 10), ("…6789abcd…".to_owned(), 4..6));
        assert_eq!(shown(line, 18..20, 10), ("…cdefghij".to_owned(), 7..9));
        assert_eq!(shown(line, 2..18, 10), ("…23456789…".to_owned(), 1..9));
    }

    #[test]
    fn wide_and_combining_characters_are_counted_in_columns() {
        assert_eq!(shown("日本: x", 8..9, 10), ("日本: x".to_owned(), 6..7));
        assert_eq!(shown("e\u{301}e\u{301} x", 7..8, 10), ("e\u{301}e\u{301} x".to_owned(), 3..4));
        assert_eq!(shown("\tx", 1..2, 10), ("  x".to_owned(), 2..3));
        assert_eq!(shown("\t\u{301}x", 3..4, 10).0, "  \u{301}x");
        let (text, mark) = shown(&"日".repeat(20), 30..33, 9);
        assert_eq!((text.as_str(), mark), ("…日日日…", 3..5));
    }

    #[test]
    fn paths_keep_their_end_and_paragraphs_their_words() {
        assert_eq!(end_of("records/a.json", 14), "records/a.json");
        assert_eq!(end_of("records/a.json", 7), "…a.json");
        assert_eq!(wrap("one two three", 8, "  "), ["one two", "  three"]);
        assert_eq!(wrap("one-two", 5, ""), ["one-t", "wo"]);
    }

    proptest! {
        #[test]
        fn nothing_is_wider_than_it_may_be(line: String, from in 0..80_usize, len in 0..80_usize, columns in 4..90_usize) {
            let floor = |at: usize| (0..=at.min(line.len())).rev().find(|at| line.is_char_boundary(*at)).unwrap_or(0);
            let mark = floor(from)..floor(from + len);
            let fitted = fit(&line, std::slice::from_ref(&mark), columns, ELLIPSIS);
            prop_assert!(width(&fitted.text) <= columns, "{:?}", fitted);
            prop_assert!(fitted.marks[0].start < columns && !fitted.marks[0].is_empty());
            prop_assert!(fitted.marks[0].end <= columns.max(fitted.marks[0].start + 1));
            prop_assert!(width(&end_of(&line, columns)) <= columns);
        }
    }
}
