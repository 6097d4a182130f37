//! Writes the blocks of a body as sections.

use super::{
    SECTIONS,
    anchor::{Names, slug},
    fields, html,
    pieces::{Piece, Run},
    scan::{Block, Document, What},
};
use crate::{
    source::Span,
    tree::{Builder, Kind, MAX_DEPTH, Style, failure::Failure},
};

/// The key of what comes before the first heading.
const PREAMBLE: &str = "preamble";

/// Adds `sections` to the open object.
pub(super) fn write(builder: &mut Builder, source: &str, document: &Document<'_>) {
    if document.blocks.is_empty() || builder.has_member(SECTIONS) {
        return;
    }
    let mut writer = Writer {
        builder,
        source,
        document,
        open: Vec::new(),
        names: Names::default(),
        end: 0,
        is_too_deep: false,
    };
    writer.sections();
}

/// A section whose parts are still being written.
struct Open {
    /// 0 for the file itself.
    level: u8,
    slug: String,
    /// Whether its `sections` are open.
    has_sections: bool,
    /// The keys of its sections.
    names: Names,
    /// How many headings it has.
    count: usize,
}

struct Writer<'b, 't> {
    builder: &'b mut Builder,
    source: &'t str,
    document: &'t Document<'t>,
    open: Vec<Open>,
    /// The names in the object that is written.
    names: Names,
    /// Where the last thing written ends.
    end: u32,
    is_too_deep: bool,
}

impl Writer<'_, '_> {
    fn sections(&mut self) {
        self.open.push(Open::new(0, String::new()));
        let blocks = &self.document.blocks;
        let is_heading = |block: &Block| matches!(block.what, What::Heading { .. });
        let mut at = 0;
        while at < blocks.len() {
            let rest = &blocks[at + 1..];
            let end = rest.iter().position(is_heading).map_or(blocks.len(), |next| at + 1 + next);
            match blocks[at].what {
                What::Heading { level, text } => {
                    self.close_to(level);
                    self.open_section(level, text, blocks[at].span);
                    self.content(at + 1, end, Some(text));
                }
                _ if self.is_blank(&blocks[at..end]) => {}
                _ => {
                    self.open_sections(blocks[at].span.start);
                    self.key(PREAMBLE, Span::at(blocks[at].span.start));
                    if let Some(file) = self.open.last_mut() {
                        file.names.unique(PREAMBLE.to_owned());
                    }
                    self.builder.open(Kind::Object, blocks[at].span.start);
                    self.content(at, end, None);
                    self.builder.close(self.end);
                }
            }
            at = end;
        }
        self.close_to(0);
        if self.open.pop().is_some_and(|file| file.has_sections) {
            self.builder.close(self.end);
        }
    }

    /// Whether the blocks have nothing that could be read, such as only a logo.
    fn is_blank(&self, blocks: &[Block]) -> bool {
        let pieces = &self.document.pieces;
        blocks.iter().all(|block| match block.what {
            What::Paragraph(run) => pieces.is_blank(pieces.of(run)),
            _ => false,
        })
    }

    /// Closes the open sections of this level and below.
    fn close_to(&mut self, level: u8) {
        while self.open.len() > 1 && self.open.last().is_some_and(|open| open.level >= level) {
            if self.open.pop().is_some_and(|open| open.has_sections) {
                self.builder.close(self.end);
            }
            self.builder.close(self.end);
        }
    }

    fn open_sections(&mut self, start: u32) {
        if let Some(open) = self.open.last_mut().filter(|open| !open.has_sections) {
            open.has_sections = true;
            self.key(SECTIONS, Span::at(start));
            self.builder.open(Kind::Object, start);
        }
    }

    fn open_section(&mut self, level: u8, text: Run, span: Span) {
        self.open_sections(span.start);
        let pieces = self.document.pieces.of(text);
        let heading = self.document.pieces.joined(pieces);
        let mut name = slug(&heading);
        if let Some(parent) = self.open.last_mut() {
            parent.count += 1;
            if name.is_empty() {
                name = parent.count.to_string();
            }
            // A heading that repeats one beside it is told from it by what both are under.
            if parent.names.has(&name) && !parent.slug.is_empty() {
                name = format!("{}-{name}", parent.slug);
            }
            name = parent.names.unique(name);
        }
        self.key(&name, span);
        self.builder.open(Kind::Object, span.start);
        self.end = self.end.max(span.end);
        self.text("heading", pieces);
        self.open.push(Open::new(level, name));
    }

    /// A key of ours, which is written nowhere.
    fn key(&mut self, name: &str, span: Span) {
        self.builder.decoded(Kind::String, Style::Plain, Span::at(span.start), name);
    }

    /// A text as the member `name`; nothing if it is blank.
    fn text(&mut self, name: &str, pieces: &[Piece]) {
        if let Some(first) =
            pieces.first().filter(|_| !self.document.pieces.is_blank(pieces)).copied()
        {
            self.key(name, first.span);
            self.document.pieces.write(self.builder, pieces);
        }
    }

    /// The content of a section: blocks from one number to another.
    fn content(&mut self, from: usize, to: usize, heading: Option<Run>) {
        let blocks = &self.document.blocks[from..to];
        self.end = blocks.iter().map(|block| block.span.end).fold(self.end, u32::max);
        self.fields(blocks, heading);
        self.turns(blocks);
        self.lists(from, to);
        self.tables(blocks);
        self.paragraphs(blocks);
        self.links(blocks);
        for (name, is_one) in KEPT_APART {
            self.written(name, blocks, is_one);
        }
    }

    /// Opens the member `name` before the first thing in it.
    fn member(&mut self, is_open: &mut bool, name: &str, kind: Kind, start: u32) {
        if !*is_open {
            *is_open = true;
            self.key(name, Span::at(start));
            self.builder.open(kind, start);
        }
    }

    fn close(&mut self, is_open: bool, end: u32) {
        if is_open {
            self.builder.close(end);
        }
    }

    fn fields(&mut self, blocks: &[Block], heading: Option<Run>) {
        let (mut is_open, mut end) = (false, 0);
        self.names.clear();
        // Only what is in no list, and the items of a list that is in no other.
        let runs = blocks.iter().filter_map(|block| match block.what {
            What::Paragraph(run) if block.depth <= 1 => Some(run),
            _ => None,
        });
        for run in heading.into_iter().chain(runs) {
            for line in self.document.pieces.lines(run) {
                let Some(field) = fields::read(&self.document.pieces, line) else { continue };
                let (Some(first), Some(last)) = (field.key.first(), field.value.last()) else {
                    continue;
                };
                let name = slug(&field.name);
                if fields::is_initials(&field.name) || name.is_empty() {
                    continue;
                }
                self.member(&mut is_open, "fields", Kind::Object, first.span.start);
                let name = self.names.unique(name);
                let key =
                    Span::new(first.span.start, field.key.last().map_or(0, |key| key.span.end));
                self.builder.decoded(Kind::String, Style::Plain, key, &name);
                self.document.pieces.write(self.builder, &field.value);
                end = last.span.end;
            }
        }
        self.close(is_open, end);
    }

    fn turns(&mut self, blocks: &[Block]) {
        let (mut is_open, mut end) = (false, 0);
        for block in blocks {
            let What::Paragraph(run) = block.what else { continue };
            for line in self.document.pieces.lines(run) {
                let field = fields::read(&self.document.pieces, line);
                let Some(turn) = field.filter(|field| fields::is_initials(&field.name)) else {
                    continue;
                };
                let (Some(first), Some(last)) = (turn.key.first(), turn.value.last()) else {
                    continue;
                };
                let start = first.span.start;
                self.member(&mut is_open, "turns", Kind::Array, start);
                end = last.span.end;
                self.builder.open(Kind::Object, start);
                self.text("by", &turn.key);
                self.text("text", &turn.value);
                self.builder.close(end);
            }
        }
        self.close(is_open, end);
    }

    fn lists(&mut self, from: usize, to: usize) {
        let (mut is_open, mut end) = (false, 0);
        let mut at = from;
        while at < to {
            let block = self.document.blocks[at];
            if matches!(block.what, What::List) {
                let label = self.label(from, at).map(|run| self.document.pieces.of(run));
                let start =
                    label.and_then(<[Piece]>::first).map_or(block.span, |first| first.span).start;
                self.member(&mut is_open, "lists", Kind::Array, start);
                self.builder.open(Kind::Object, start);
                if let Some(label) = label {
                    self.text("label", label);
                }
                self.items(at + 1, block.after as usize);
                end = self.trimmed(block.span).end;
                self.builder.close(end);
            }
            at = block.after as usize;
        }
        self.close(is_open, end);
    }

    /// The short line before the list at `at`, which says what it is a list of.
    fn label(&self, from: usize, at: usize) -> Option<Run> {
        const LONGEST: u32 = 80;
        let before = at.checked_sub(1).filter(|before| *before >= from)?;
        let What::Paragraph(run) = self.document.blocks[before].what else { return None };
        let pieces = self.document.pieces.of(run);
        let (first, last) = (pieces.first()?, pieces.last()?);
        let is_short = last.span.end.saturating_sub(first.span.start) <= LONGEST;
        let is_line = self.document.pieces.lines(run).count() == 1;
        (is_short && is_line).then_some(run)
    }

    /// The items of the lists among the blocks from one number to another, as the member `items`.
    fn items(&mut self, from: usize, to: usize) {
        let (mut is_open, mut end) = (false, 0);
        let mut at = from;
        while at < to {
            let block = self.document.blocks[at];
            match block.what {
                // The items of several lists in one item follow each other.
                What::List => at += 1,
                What::Item { done } => {
                    if self.builder.depth() + 3 > MAX_DEPTH {
                        return self.too_deep(block.span, is_open, end);
                    }
                    self.member(&mut is_open, "items", Kind::Array, block.span.start);
                    end = self.item(at, block, done);
                    at = block.after as usize;
                }
                _ => at = block.after as usize,
            }
        }
        self.close(is_open, end);
    }

    fn too_deep(&mut self, span: Span, is_open: bool, end: u32) {
        self.close(is_open, end);
        if !self.is_too_deep {
            self.is_too_deep = true;
            Failure::too_deep(Span::at(span.start)).record(self.builder);
        }
    }

    fn item(&mut self, at: usize, block: Block, done: Option<bool>) -> u32 {
        let end = self.trimmed(block.span).end;
        self.builder.open(Kind::Object, block.span.start);
        if let Some(done) = done {
            let place = Span::at(block.span.start);
            self.key("done", place);
            self.builder.value(Kind::Bool(done), place);
        }
        let after = block.after as usize;
        let text = self.document.blocks[at + 1..after].iter().find_map(|part| match part.what {
            What::Paragraph(run) if part.depth == block.depth => Some(run),
            _ => None,
        });
        if let Some(run) = text {
            self.text("text", self.document.pieces.of(run));
        }
        self.items(at + 1, after);
        self.builder.close(end);
        end
    }

    /// A span without the blanks at its end.
    fn trimmed(&self, span: Span) -> Span {
        let text = self.source.get(span.range()).unwrap_or_default();
        Span::new(span.start, span.start + text.trim_end().len() as u32)
    }

    fn tables(&mut self, blocks: &[Block]) {
        let (mut is_open, mut end) = (false, 0);
        for block in blocks {
            match block.what {
                What::Table { from, to } => {
                    self.member(&mut is_open, "tables", Kind::Array, block.span.start);
                    end = self.trimmed(block.span).end;
                    self.table(from as usize, to as usize, Span::new(block.span.start, end));
                }
                What::Html => {
                    for rows in html::tables(self.source, block.span) {
                        self.member(&mut is_open, "tables", Kind::Array, block.span.start);
                        end = self.html_table(&rows).max(end);
                    }
                }
                _ => {}
            }
        }
        self.close(is_open, end);
    }

    fn table(&mut self, from: usize, to: usize, span: Span) {
        let rows = &self.document.rows[from..to];
        let pieces = &self.document.pieces;
        let Some((header, rows)) = rows.split_first() else { return };
        self.names.clear();
        let header = &self.document.cells[header.cells.start as usize..header.cells.end as usize];
        let mut columns = Vec::with_capacity(header.len());
        for (number, cell) in header.iter().enumerate() {
            let name = slug(&pieces.joined(pieces.of(*cell)));
            let name = if name.is_empty() { (number + 1).to_string() } else { name };
            columns.push(self.names.unique(name));
        }
        self.builder.open(Kind::Array, span.start);
        for row in rows {
            let row_end = self.trimmed(row.span).end;
            self.builder.open(Kind::Object, row.span.start);
            let cells = &self.document.cells[row.cells.start as usize..row.cells.end as usize];
            for (name, cell) in columns.iter().zip(cells) {
                self.text(name, pieces.of(*cell));
            }
            self.builder.close(row_end);
        }
        self.builder.close(span.end);
    }

    fn html_table(&mut self, rows: &[html::HtmlRow]) -> u32 {
        let (header, rows) = match rows {
            [first, rest @ ..] if first.is_header => (first.cells.as_slice(), rest),
            rows => (&[][..], rows),
        };
        let place = |row: &html::HtmlRow| {
            let start = row.cells.first().map_or(0, |cell| cell.start);
            Span::new(start, row.cells.last().map_or(start, |cell| cell.end))
        };
        let whole = rows.first().map_or(0, |row| place(row).start);
        let end = rows.last().map_or(whole, |row| place(row).end);
        self.names.clear();
        let text = |span: &Span| self.source.get(span.range()).unwrap_or_default();
        let mut columns: Vec<String> = Vec::new();
        let most = rows.iter().map(|row| row.cells.len()).max().unwrap_or_default();
        for number in 0..most {
            let name = header.get(number).map(|cell| slug(text(cell))).unwrap_or_default();
            let name = if name.is_empty() { (number + 1).to_string() } else { name };
            columns.push(self.names.unique(name));
        }
        self.builder.open(Kind::Array, whole);
        for row in rows {
            self.builder.open(Kind::Object, place(row).start);
            for (name, cell) in columns.iter().zip(&row.cells) {
                if cell.start < cell.end {
                    self.key(name, *cell);
                    self.builder.verbatim(Kind::String, Style::Plain, *cell, *cell);
                }
            }
            self.builder.close(place(row).end);
        }
        self.builder.close(end);
        end
    }

    /// The paragraphs that are in no list and are not fields or turns only.
    fn paragraphs(&mut self, blocks: &[Block]) {
        let (mut is_open, mut end) = (false, 0);
        for block in blocks.iter().filter(|block| block.depth == 0) {
            let What::Paragraph(run) = block.what else { continue };
            let pieces = self.document.pieces.of(run);
            let is_field = |line: &[Piece]| {
                fields::read(&self.document.pieces, line).is_some_and(|one| !one.value.is_empty())
            };
            if self.document.pieces.is_blank(pieces)
                || self.document.pieces.lines(run).all(is_field)
            {
                continue;
            }
            self.member(&mut is_open, "paragraphs", Kind::Array, block.span.start);
            self.document.pieces.write(self.builder, pieces);
            end = block.span.end;
        }
        self.close(is_open, end);
    }

    fn links(&mut self, blocks: &[Block]) {
        let (mut is_open, mut end) = (false, 0);
        for block in blocks {
            let What::Link { text, target } = block.what else { continue };
            let target = &self.document.targets[target as usize];
            self.member(&mut is_open, "links", Kind::Array, block.span.start);
            self.builder.open(Kind::Object, block.span.start);
            self.text("text", self.document.pieces.of(text));
            self.key("to", block.span);
            match target.at {
                Some(at) => self.builder.verbatim(Kind::String, Style::Plain, at, at),
                None => self.builder.decoded(Kind::String, Style::Plain, block.span, &target.text),
            };
            self.builder.close(block.span.end);
            end = block.span.end;
        }
        self.close(is_open, end);
    }

    /// What is kept apart, as it is written.
    fn written(&mut self, name: &str, blocks: &[Block], is_one: fn(What) -> bool) {
        let (mut is_open, mut end) = (false, 0);
        for block in blocks.iter().filter(|block| is_one(block.what)) {
            let span = self.trimmed(block.span);
            self.member(&mut is_open, name, Kind::Array, span.start);
            self.builder.verbatim(Kind::String, Style::Plain, span, span);
            end = span.end;
        }
        self.close(is_open, end);
    }
}

impl Open {
    fn new(level: u8, slug: String) -> Self {
        Self { level, slug, has_sections: false, names: Names::default(), count: 0 }
    }
}

type IsOne = fn(What) -> bool;

/// What no fact is taken from unless a schema names it.
const KEPT_APART: [(&str, IsOne); 4] = [
    ("struck", |what| matches!(what, What::Struck)),
    ("code", |what| matches!(what, What::Code)),
    ("quotes", |what| matches!(what, What::Quote)),
    ("html", |what| matches!(what, What::Html)),
];
