//! The blocks of a body in the order written, from the events of `pulldown-cmark`.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::pieces::{Look, Pieces, Run};
use crate::source::Span;

/// What a body consists of.
#[derive(Debug)]
pub(super) struct Document<'t> {
    pub(super) pieces: Pieces<'t>,
    pub(super) blocks: Vec<Block>,
    /// The cells of all tables, row by row.
    pub(super) cells: Vec<Run>,
    pub(super) rows: Vec<Row>,
    /// The targets of all links.
    pub(super) targets: Vec<Target>,
}

/// A block, or something in one that is listed by itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block {
    pub(super) what: What,
    pub(super) span: Span,
    /// The number of the first block after it and after all that is in it.
    pub(super) after: u32,
    /// How many lists it is in.
    pub(super) depth: u32,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum What {
    Heading { level: u8, text: Run },
    Paragraph(Run),
    List,
    Item { done: Option<bool> },
    Table { from: u32, to: u32 },
    Link { text: Run, target: u32 },
    Struck,
    Code,
    Quote,
    Html,
}

/// A row of a table: its cells.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) cells: Range<u32>,
    pub(super) span: Span,
}

/// Where a link leads.
#[derive(Clone, Debug)]
pub(super) struct Target {
    /// Where the target is written, if it is written in the link as it reads.
    pub(super) at: Option<Span>,
    pub(super) text: String,
}

/// The events of the text from `body` on, with their places in it.
fn events(text: &str, body: usize) -> impl Iterator<Item = (Event<'_>, Span)> {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let options = options | Options::ENABLE_FOOTNOTES;
    let events = Parser::new_ext(&text[body..], options).into_offset_iter();
    events.map(move |(event, at)| {
        (event, Span::new((at.start + body) as u32, (at.end + body) as u32))
    })
}

/// Where the HTML is in the text from `body` on.
pub(super) fn html(text: &str, body: usize) -> Vec<Span> {
    let is_html =
        |event: &Event<'_>| matches!(event, Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_));
    events(text, body).filter(|(event, _)| is_html(event)).map(|(_, span)| span).collect()
}

/// Reads the text from `body` on.
pub(super) fn read(text: &str, body: usize) -> Document<'_> {
    let document = Document {
        pieces: Pieces::new(text),
        blocks: Vec::new(),
        cells: Vec::new(),
        rows: Vec::new(),
        targets: Vec::new(),
    };
    let mut scan = Scan {
        document,
        open: Vec::new(),
        lists: 0,
        ignored: 0,
        strong: 0,
        text: None,
        link: None,
        cell: None,
    };
    for (event, span) in events(text, body) {
        scan.take(event, span);
    }
    scan.document
}

struct Scan<'t> {
    document: Document<'t>,
    /// The numbers of the open lists, items, tables and headings.
    open: Vec<u32>,
    /// How many lists are open.
    lists: u32,
    /// How many things are open whose text is not part of the text around them.
    ignored: u32,
    /// How many bold or italic stretches are open.
    strong: u32,
    /// The number of the open paragraph or heading.
    text: Option<u32>,
    /// The number of the open link.
    link: Option<u32>,
    /// The first piece of the open cell.
    cell: Option<u32>,
}

impl Scan<'_> {
    fn take(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag),
            _ if self.ignored > 0 => {}
            Event::Text(text) => self.piece(&text, span, None),
            Event::Code(text) => {
                let written = self.document.pieces.source.get(span.range()).unwrap_or_default();
                let marks = written.len() - written.trim_start_matches('`').len();
                let inside = Span::new(span.start + marks as u32, span.end - marks as u32);
                let is_same = self.document.pieces.source.get(inside.range()) == Some(&*text);
                self.piece(&text, if is_same { inside } else { span }, Some(Look::Code));
            }
            Event::SoftBreak | Event::HardBreak => self.piece("\n", span, Some(Look::Break)),
            Event::InlineHtml(html) if super::html::is_break(&html) => {
                self.piece("\n", span, Some(Look::Break));
            }
            Event::TaskListMarker(is_done) => {
                if let Some(item) = self.open.last()
                    && let Some(block) = self.document.blocks.get_mut(*item as usize)
                    && let What::Item { done } = &mut block.what
                {
                    *done = Some(is_done);
                }
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Span) {
        match tag {
            Tag::Emphasis | Tag::Strong => self.strong += 1,
            Tag::Strikethrough => self.ignore(What::Struck, span),
            Tag::Image { .. } => self.ignored += 1,
            Tag::Link { link_type, dest_url, .. } => self.start_link(link_type, &dest_url, span),
            Tag::BlockQuote(_) | Tag::FootnoteDefinition(_) => {
                self.close_text();
                self.ignore(What::Quote, span);
            }
            Tag::CodeBlock(_) => {
                self.close_text();
                self.ignore(What::Code, span);
            }
            Tag::HtmlBlock => {
                self.close_text();
                self.ignore(What::Html, span);
            }
            _ if self.ignored > 0 => {}
            Tag::Heading { level, .. } => {
                self.close_text();
                let from = self.document.pieces.len();
                let text = Run { from, to: from };
                // In a list it is a text like any other.
                let what = if self.lists == 0 {
                    What::Heading { level: level as u8, text }
                } else {
                    What::Paragraph(text)
                };
                self.text = Some(self.push(what, span));
            }
            Tag::Paragraph => {
                self.close_text();
                self.open_text(span);
            }
            Tag::List(_) => {
                self.close_text();
                let list = self.push(What::List, span);
                self.open.push(list);
                self.lists += 1;
            }
            Tag::Item => {
                let item = self.push(What::Item { done: None }, span);
                self.open.push(item);
            }
            Tag::Table(_) => {
                self.close_text();
                let from = self.document.rows.len() as u32;
                let table = self.push(What::Table { from, to: from }, span);
                self.open.push(table);
            }
            Tag::TableHead | Tag::TableRow => {
                let from = self.document.cells.len() as u32;
                self.document.rows.push(Row { cells: from..from, span });
            }
            Tag::TableCell => self.cell = Some(self.document.pieces.len()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::Strikethrough
            | TagEnd::Image
            | TagEnd::BlockQuote(_)
            | TagEnd::FootnoteDefinition
            | TagEnd::CodeBlock
            | TagEnd::HtmlBlock => self.ignored = self.ignored.saturating_sub(1),
            _ if self.ignored > 0 => {}
            TagEnd::Link => self.end_link(),
            TagEnd::Heading(_) | TagEnd::Paragraph => self.close_text(),
            TagEnd::List(_) => {
                self.close_text();
                self.lists = self.lists.saturating_sub(1);
                self.close_block();
            }
            TagEnd::Item => {
                self.close_text();
                self.close_block();
            }
            TagEnd::Table => {
                let to_row = self.document.rows.len() as u32;
                if let Some(table) = self.open.last()
                    && let Some(block) = self.document.blocks.get_mut(*table as usize)
                    && let What::Table { to, .. } = &mut block.what
                {
                    *to = to_row;
                }
                self.close_block();
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                let to = self.document.cells.len() as u32;
                if let Some(row) = self.document.rows.last_mut() {
                    row.cells.end = to;
                }
            }
            TagEnd::TableCell => {
                if let Some(from) = self.cell.take() {
                    self.document.cells.push(Run { from, to: self.document.pieces.len() });
                }
            }
            _ => {}
        }
    }

    fn push(&mut self, what: What, span: Span) -> u32 {
        let number = self.document.blocks.len() as u32;
        self.document.blocks.push(Block { what, span, after: number + 1, depth: self.lists });
        number
    }

    /// Lists something whose text is not part of the text around it.
    fn ignore(&mut self, what: What, span: Span) {
        if self.ignored == 0 {
            self.push(what, span);
        }
        self.ignored += 1;
    }

    fn open_text(&mut self, span: Span) {
        let from = self.document.pieces.len();
        self.text = Some(self.push(What::Paragraph(Run { from, to: from }), span));
    }

    /// Adds a piece to the open text; in an item of a list there may be none yet.
    fn piece(&mut self, text: &str, span: Span, look: Option<Look>) {
        if self.cell.is_none() && self.text.is_none() {
            if self.open.is_empty() {
                return;
            }
            self.open_text(span);
        }
        let plain = if self.strong > 0 { Look::Strong } else { Look::Plain };
        self.document.pieces.push(text, span, look.unwrap_or(plain));
    }

    fn close_text(&mut self) {
        let end = self.document.pieces.len();
        if let Some(block) =
            self.text.take().and_then(|at| self.document.blocks.get_mut(at as usize))
            && let What::Heading { text, .. } | What::Paragraph(text) = &mut block.what
        {
            text.to = end;
            let last = Run { from: text.to.saturating_sub(1).max(text.from), to: text.to };
            let last = self.document.pieces.of(last).last().map_or(0, |piece| piece.span.end);
            block.span.end = block.span.end.max(last);
        }
    }

    fn close_block(&mut self) {
        let after = self.document.blocks.len() as u32;
        if let Some(block) =
            self.open.pop().and_then(|at| self.document.blocks.get_mut(at as usize))
        {
            block.after = after;
        }
    }

    fn start_link(&mut self, link_type: LinkType, target: &CowStr<'_>, span: Span) {
        if self.ignored > 0 || link_type == LinkType::Email {
            return;
        }
        if self.cell.is_none() && self.text.is_none() && !self.open.is_empty() {
            self.open_text(span);
        }
        let from = self.document.pieces.len();
        let written = self.document.pieces.source.get(span.range()).unwrap_or_default();
        // The target comes after the text of the link.
        let at = if matches!(link_type, LinkType::Inline | LinkType::Autolink) {
            written.rfind(&**target).filter(|_| !target.is_empty())
        } else {
            None
        };
        let at = at.map(|at| span.part(at as u32, target.len() as u32));
        let number = self.document.targets.len() as u32;
        self.document.targets.push(Target { at, text: target.to_string() });
        let text = Run { from, to: from };
        self.link = Some(self.push(What::Link { text, target: number }, span));
    }

    fn end_link(&mut self) {
        let end = self.document.pieces.len();
        if let Some(block) =
            self.link.take().and_then(|at| self.document.blocks.get_mut(at as usize))
            && let What::Link { text, .. } = &mut block.what
        {
            text.to = end;
        }
    }
}
