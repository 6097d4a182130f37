//! Texts as pieces of the source, without the marks between them.

use crate::{
    source::Span,
    tree::{Builder, Kind, NodeId, Style},
};

/// How a piece is set off from the text around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    Plain,
    /// Bold or italic.
    Strong,
    Code,
    /// A line break.
    Break,
}

/// A stretch of text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    /// Where it is written.
    pub(super) span: Span,
    /// Where its text is among the decoded ones, if it is written otherwise than it reads.
    decoded: Option<Span>,
    pub(super) look: Look,
}

/// A range of pieces.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Run {
    pub(super) from: u32,
    pub(super) to: u32,
}

/// All pieces of a source, with the texts that are written otherwise than they read.
#[derive(Debug)]
pub(super) struct Pieces<'t> {
    pub(super) source: &'t str,
    decoded: String,
    all: Vec<Piece>,
}

impl<'t> Pieces<'t> {
    pub(super) fn new(source: &'t str) -> Self {
        Self { source, decoded: String::new(), all: Vec::new() }
    }

    pub(super) fn len(&self) -> u32 {
        self.all.len() as u32
    }

    /// Adds a text that is written in `span`.
    pub(super) fn push(&mut self, text: &str, span: Span, look: Look) {
        let decoded = (self.source.get(span.range()) != Some(text)).then(|| {
            let start = self.decoded.len() as u32;
            self.decoded.push_str(text);
            Span::new(start, self.decoded.len() as u32)
        });
        self.all.push(Piece { span, decoded, look });
    }

    pub(super) fn of(&self, run: Run) -> &[Piece] {
        self.all.get(run.from as usize..run.to as usize).unwrap_or_default()
    }

    pub(super) fn text(&self, piece: &Piece) -> &str {
        match piece.decoded {
            Some(span) => self.decoded.get(span.range()),
            None => self.source.get(piece.span.range()),
        }
        .unwrap_or_default()
    }

    /// The part of a piece from byte `from` to byte `to` of its text.
    pub(super) fn part(piece: &Piece, from: usize, to: usize) -> Piece {
        let cut = |span: Span| Span::new(span.start + from as u32, span.start + to as u32);
        match piece.decoded {
            Some(span) => Piece { decoded: Some(cut(span)), ..*piece },
            None => Piece { span: cut(piece.span), ..*piece },
        }
    }

    /// The pieces without blanks at both ends.
    pub(super) fn trimmed(&self, pieces: &[Piece]) -> Vec<Piece> {
        let is_blank = |piece: &Piece| self.text(piece).trim().is_empty();
        let Some(first) = pieces.iter().position(|piece| !is_blank(piece)) else {
            return Vec::new();
        };
        let last = pieces.iter().rposition(|piece| !is_blank(piece)).unwrap_or(first);
        let mut pieces = pieces[first..=last].to_vec();
        if let Some(first) = pieces.first_mut() {
            let text = self.text(first);
            *first = Self::part(first, text.len() - text.trim_start().len(), text.len());
        }
        if let Some(last) = pieces.last_mut() {
            let len = self.text(last).trim_end().len();
            *last = Self::part(last, 0, len);
        }
        pieces
    }

    /// The text of pieces in one.
    pub(super) fn joined(&self, pieces: &[Piece]) -> String {
        pieces.iter().map(|piece| self.text(piece)).collect()
    }

    /// The lines of a text.
    pub(super) fn lines(&self, run: Run) -> impl Iterator<Item = &[Piece]> {
        self.of(run).split(|piece| piece.look == Look::Break)
    }

    /// Whether the pieces have any text.
    pub(super) fn is_blank(&self, pieces: &[Piece]) -> bool {
        pieces.iter().all(|piece| self.text(piece).trim().is_empty())
    }

    /// Adds the text of the pieces as a string; nothing if it is blank.
    pub(super) fn write(&self, builder: &mut Builder, pieces: &[Piece]) -> Option<NodeId> {
        let pieces = self.trimmed(pieces);
        let (first, last) = (pieces.first()?, pieces.last()?);
        let span = Span::new(first.span.start, last.span.end.max(first.span.end));
        let is_whole = pieces.iter().all(|piece| piece.decoded.is_none())
            && pieces.windows(2).all(|pair| pair[0].span.end == pair[1].span.start);
        Some(if is_whole {
            builder.verbatim(Kind::String, Style::Plain, span, span)
        } else {
            builder.decoded(Kind::String, Style::Plain, span, &self.joined(&pieces))
        })
    }
}
