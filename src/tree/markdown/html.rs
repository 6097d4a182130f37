//! The little that is read of HTML: tables, of which the end tags may be missing, and line breaks.

use crate::source::Span;

/// A row of a table in HTML: the places of its cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct HtmlRow {
    pub(super) cells: Vec<Span>,
    /// Whether all cells are headers.
    pub(super) is_header: bool,
}

/// Whether the tag breaks the line.
pub(super) fn is_break(tag: &str) -> bool {
    let name = tag.trim_matches(['<', '>', '/', ' ']);
    name.eq_ignore_ascii_case("br")
}

/// The tables in the part `at` of a text.
pub(super) fn tables(text: &str, at: Span) -> Vec<Vec<HtmlRow>> {
    let mut reader = Reader { text, tables: Vec::new(), cell: None };
    let (mut from, end) = (at.start as usize, at.end as usize);
    while let Some(open) = memchr::memchr(b'<', &text.as_bytes()[from..end]) {
        let start = from + open;
        if let Some(rest) = text[start..end].strip_prefix("<!--") {
            reader.end_cell(start);
            from = rest.find("-->").map_or(end, |close| start + 4 + close + 3);
            continue;
        }
        let Some(close) = memchr::memchr(b'>', &text.as_bytes()[start..end]) else { break };
        let after = start + close + 1;
        reader.tag(&text[start + 1..after - 1], start, after);
        from = after;
    }
    reader.end_cell(end);
    let mut tables = reader.tables;
    for rows in &mut tables {
        rows.retain(|row| !row.cells.is_empty());
    }
    tables.retain(|rows| !rows.is_empty());
    tables
}

struct Reader<'t> {
    text: &'t str,
    tables: Vec<Vec<HtmlRow>>,
    /// Where the open cell begins.
    cell: Option<usize>,
}

impl Reader<'_> {
    /// A tag begins at `start`, and the text after it at `after`.
    fn tag(&mut self, tag: &str, start: usize, after: usize) {
        let name = tag.split(|c: char| c.is_whitespace() || c == '>').next().unwrap_or_default();
        let name = name.to_ascii_lowercase();
        // Within a cell only what begins or ends a part of the table ends it; `<b>` and the like do not.
        match name.as_str() {
            "table" => {
                self.end_cell(start);
                self.tables.push(Vec::new());
            }
            "tr" => {
                self.end_cell(start);
                if let Some(rows) = self.tables.last_mut() {
                    rows.push(HtmlRow { cells: Vec::new(), is_header: true });
                }
            }
            "td" | "th" => {
                self.end_cell(start);
                if let Some(row) = self.tables.last_mut().and_then(|rows| rows.last_mut()) {
                    row.is_header &= name == "th";
                    self.cell = Some(after);
                }
            }
            "/table" | "/tr" | "/td" | "/th" | "/tbody" | "/thead" | "/div" => {
                self.end_cell(start);
            }
            _ => {}
        }
    }

    fn end_cell(&mut self, end: usize) {
        let Some(start) = self.cell.take() else { return };
        let inside = self.text.get(start..end).unwrap_or_default();
        let text = inside.trim();
        let from = start + (inside.len() - inside.trim_start().len()).min(inside.len());
        let span = Span::new(from as u32, (from + text.len()) as u32);
        if let Some(row) = self.tables.last_mut().and_then(|rows| rows.last_mut()) {
            row.cells.push(span);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Vec<Vec<&str>>> {
        let tables = tables(text, Span::new(0, text.len() as u32));
        let cells = |row: &HtmlRow| row.cells.iter().map(|cell| &text[cell.range()]).collect();
        tables.iter().map(|rows| rows.iter().map(cells).collect()).collect()
    }

    #[test]
    fn rows_and_cells_need_no_end_tags() {
        let text = "<details><table>\n<tr><td> Bergen <td> 16:00\n<tr><td> Lima <td> 10:00\n</table></details>";
        assert_eq!(read(text), [[["Bergen", "16:00"], ["Lima", "10:00"]]]);
    }

    #[test]
    fn rows_and_cells_with_end_tags_are_read_alike() {
        let text =
            "<table><tr><th>City</th><th>Time</th></tr><tr><td>Bergen</td><td></td></tr></table>";
        assert_eq!(read(text), [[["City", "Time"], ["Bergen", ""]]]);
    }

    #[test]
    fn comments_and_broken_tags_end_no_table_early() {
        assert_eq!(read("<table><tr><td>a<!-- <td>b --><td>c"), [[["a", "c"]]]);
        assert_eq!(read("<table><tr><td>a<td"), [[["a<td"]]]);
        assert_eq!(read("<td>a"), Vec::<Vec<Vec<&str>>>::new());
    }
}
