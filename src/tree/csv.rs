//! Tables of separated values (RFC 4180): a list of objects, one a row, named by the header.
//!
//! Every cell keeps its bytes, and a row that cannot be read is reported where it is, which readers that only
//! hand out values do not do; the tests hold what is read against such a reader. A cell that is blank is left
//! out of its row, as nothing is said by it.

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use super::{Builder, Kind, Style, failure::quoted};
use crate::source::{Source, Span};

/// How many rows of one table may be broken before the rest is left unread.
const MAX_BROKEN_ROWS: usize = 1000;

/// How a table is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    /// What is between two cells, for a table of separated values; a character of ASCII.
    pub separator: u8,
    /// The columns that are read, or the members of the objects in other files. No other cell is kept.
    pub names: Vec<String>,
}

impl Columns {
    /// Whether the file at `path` is a table of separated values.
    #[must_use]
    pub fn are_separated(path: &str) -> bool {
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
        ["csv", "tsv"].iter().any(|known| ending.eq_ignore_ascii_case(known))
    }

    /// What is between two cells of the file at `path` where nothing else is said.
    #[must_use]
    pub fn usual_separator(path: &str) -> u8 {
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
        if ending.eq_ignore_ascii_case("tsv") { b'\t' } else { b',' }
    }
}

/// The names in the header of a table that begins with `text`; `None` where it has none that could be read.
#[must_use]
pub fn header(text: &str, separator: u8) -> Option<Vec<String>> {
    let at = if text.starts_with('\u{FEFF}') { 3 } else { 0 };
    let mut reader = Reader { text, separator, at };
    reader.skip_blank_rows();
    reader.peek()?;
    let cells = reader.row().ok()?;
    Some(cells.iter().map(|cell| cell.value(text).into_owned()).collect())
}

pub(super) fn parse(builder: &mut Builder, columns: &Columns) {
    let source = builder.source();
    let start = source.bom_len() as usize;
    let mut reader = Reader { text: &source.text, separator: columns.separator, at: start };
    reader.skip_blank_rows();
    if reader.at == source.text.len() {
        let help = "write the names of its columns into the first row".to_owned();
        return builder.syntax_problem(
            Span::at(source.text.len() as u32),
            "the table is empty".to_owned(),
            Some(help),
        );
    }
    let header = match reader.row() {
        Ok(cells) => cells,
        Err(Broken { span, message }) => return builder.syntax_problem(span, message, None),
    };
    let Some(wanted) = wanted(builder, &source, &header, columns) else { return };
    let root = builder.open(Kind::Array, start as u32);
    builder.root(root);
    let mut broken = 0;
    loop {
        reader.skip_blank_rows();
        let from = reader.at;
        if from == source.text.len() {
            break;
        }
        let row = reader.row().and_then(|cells| {
            let fits = cells.len() == header.len();
            if fits { Ok(cells) } else { Err(other_length(from, &cells, header.len())) }
        });
        match row {
            Ok(cells) => add_row(builder, &source, from, &header, &cells, &wanted),
            Err(Broken { span, message }) => {
                builder.syntax_problem(span, message, None);
                broken += 1;
                if broken == MAX_BROKEN_ROWS {
                    let span = Span::new(reader.at as u32, source.text.len() as u32);
                    let message = format!("{broken} rows are broken, so the rest is not read");
                    builder.syntax_problem(Span::at(span.start), message, None);
                    break;
                }
            }
        }
    }
    builder.close(source.text.len() as u32);
}

/// The numbers of the columns that are read. A name that appears twice names neither.
fn wanted(
    builder: &mut Builder,
    source: &Source,
    header: &[Cell],
    columns: &Columns,
) -> Option<Vec<usize>> {
    let mut wanted = Vec::new();
    for (number, cell) in header.iter().enumerate() {
        let name = cell.value(&source.text);
        if !columns.names.iter().any(|known| *known == name) {
            continue;
        }
        if wanted.iter().any(|earlier: &usize| header[*earlier].value(&source.text) == name) {
            let message = format!("a second column is called {}", quoted(&name));
            builder.syntax_problem(cell.span, message, None);
            return None;
        }
        wanted.push(number);
    }
    Some(wanted)
}

fn other_length(from: usize, cells: &[Cell], expected: usize) -> Broken {
    let end = cells.last().map_or(from as u32, |cell| cell.span.end);
    let found = match cells.len() {
        1 => "1 cell".to_owned(),
        count => format!("{count} cells"),
    };
    let message = format!("the row has {found}; {expected} expected, as in the header");
    Broken { span: Span::new(from as u32, end), message }
}

fn add_row(
    builder: &mut Builder,
    source: &Source,
    from: usize,
    header: &[Cell],
    cells: &[Cell],
    wanted: &[usize],
) {
    builder.open(Kind::Object, from as u32);
    for number in wanted {
        let (name, cell) = (header[*number], cells[*number]);
        let value = cell.value(&source.text);
        if value.trim().is_empty() {
            continue;
        }
        // The name is in the header; here it takes no place.
        let place = Span::at(cell.span.start);
        match name.value(&source.text) {
            Cow::Borrowed(_) => builder.verbatim(Kind::String, Style::Plain, place, name.inside()),
            Cow::Owned(text) => builder.decoded(Kind::String, Style::Plain, place, &text),
        };
        let style = if cell.is_quoted { Style::Quoted } else { Style::Plain };
        match value {
            Cow::Borrowed(_) => builder.verbatim(Kind::String, style, cell.span, cell.inside()),
            Cow::Owned(text) => builder.decoded(Kind::String, style, cell.span, &text),
        };
    }
    let end = cells.last().map_or(from as u32, |cell| cell.span.end);
    builder.close(end);
}

/// A cell as it is written.
#[derive(Clone, Copy, Debug)]
struct Cell {
    /// Quotes included.
    span: Span,
    is_quoted: bool,
}

impl Cell {
    /// The bytes between the quotes, or all of them.
    fn inside(self) -> Span {
        let quote = u32::from(self.is_quoted);
        Span::new(self.span.start + quote, self.span.end - quote)
    }

    /// What it says.
    fn value(self, text: &str) -> Cow<'_, str> {
        let written = text.get(self.inside().range()).unwrap_or_default();
        if self.is_quoted && written.contains('"') {
            return Cow::Owned(written.replace("\"\"", "\""));
        }
        Cow::Borrowed(written)
    }
}

/// A row that cannot be read.
#[derive(Debug)]
struct Broken {
    span: Span,
    message: String,
}

struct Reader<'t> {
    text: &'t str,
    separator: u8,
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_blank_rows(&mut self) {
        while matches!(self.peek(), Some(b'\r' | b'\n')) {
            self.at += 1;
        }
    }

    /// Reads a row and the end of its line. One that cannot be read is read over, up to the end of the line.
    fn row(&mut self) -> Result<Vec<Cell>, Broken> {
        let mut cells = Vec::new();
        loop {
            match self.cell() {
                Ok(cell) => cells.push(cell),
                Err(broken) => {
                    self.at = self.line_end(self.at);
                    return Err(broken);
                }
            }
            if self.peek() != Some(self.separator) {
                return Ok(cells);
            }
            self.at += 1;
        }
    }

    /// Reads a cell, after which a separator or the end of the line stands.
    fn cell(&mut self) -> Result<Cell, Broken> {
        let start = self.at;
        if self.peek() != Some(b'"') {
            let ends = |byte: &u8| *byte == self.separator || matches!(byte, b'\r' | b'\n');
            let rest = &self.text.as_bytes()[start..];
            self.at = start + rest.iter().position(ends).unwrap_or(rest.len());
            return Ok(Cell { span: Span::new(start as u32, self.at as u32), is_quoted: false });
        }
        self.at += 1;
        loop {
            let Some(quote) = memchr::memchr(b'"', &self.text.as_bytes()[self.at..]) else {
                let span = Span::new(start as u32, start as u32 + 1);
                let message = "this `\"` is never closed".to_owned();
                self.at = self.text.len();
                return Err(Broken { span, message });
            };
            self.at += quote + 1;
            if self.peek() != Some(b'"') {
                break;
            }
            self.at += 1;
        }
        match self.peek() {
            None | Some(b'\r' | b'\n') => {}
            Some(byte) if byte == self.separator => {}
            Some(_) => {
                let end = self.line_end(self.at);
                let after = &self.text[self.at..end];
                let after = after.split(char::from(self.separator)).next().unwrap_or(after);
                let span = Span::new(self.at as u32, (self.at + after.len()) as u32);
                let message = format!("{} follows the `\"` that closes the cell", quoted(after));
                return Err(Broken { span, message });
            }
        }
        Ok(Cell { span: Span::new(start as u32, self.at as u32), is_quoted: true })
    }

    fn line_end(&self, from: usize) -> usize {
        let rest = &self.text.as_bytes()[from..];
        from + memchr::memchr2(b'\r', b'\n', rest).unwrap_or(rest.len())
    }
}
