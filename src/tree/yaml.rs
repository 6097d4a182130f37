//! YAML 1.2, core schema, read from the events of `granit-parser`.
//!
//! The tree holds what JSON can hold: string keys, one document, no tags of one's own. Whatever
//! else YAML allows is reported. Aliases stay aliases; how much they stand for is counted, so that
//! a few lines cannot stand for a billion nodes.

mod block;
mod explain;
mod merge;
#[cfg(test)]
mod readings;
mod scalar;
#[cfg(test)]
mod tests;

use granit_parser::{Event, Parser, ScalarStyle, Span as EventSpan, StructureStyle, Tag, options};

use self::scalar::{Core, Tagged};
use super::{
    Builder, Kind, MAX_DEPTH, MAX_EXPANDED, NodeId, ProblemKind, Style,
    build::Merged,
    failure::{Failure, Read, in_quotes, quoted},
};
use crate::source::Span;

pub(super) fn parse(builder: &mut Builder) {
    let source = builder.source();
    if let Err(failure) = Reader::new(builder, &source.text, false).read() {
        failure.record(builder);
    }
}

/// Reads the front matter that ends at byte `end` of the source. A mapping stays open, so that more members can follow.
pub(super) fn parse_front(builder: &mut Builder, end: usize) -> Read<()> {
    let source = builder.source();
    Reader::new(builder, source.text.get(..end).unwrap_or_default(), true).read()
}

/// What an alias refers to.
#[derive(Clone, Copy, Debug)]
struct Anchor {
    target: NodeId,
    /// How many nodes it is, with all aliases written out.
    nodes: usize,
    /// How many containers are in one another in it, aliases written out.
    height: usize,
}

/// An open container.
#[derive(Debug)]
struct Open {
    anchor: usize,
    /// How many nodes there were before it, aliases written out.
    nodes: usize,
    /// The greatest height among the values closed in it so far.
    height: usize,
    /// Whether a bracket closes it.
    is_flow: bool,
    /// Its last merge key, until the value after it is read.
    merge_key: Option<(NodeId, Span)>,
    /// The objects that its merge keys repeat.
    merged: Vec<Merged>,
}

struct Reader<'t> {
    text: &'t str,
    builder: &'t mut Builder,
    /// By the parser's number of the anchor; the first is 1.
    anchors: Vec<Option<Anchor>>,
    open: Vec<Open>,
    /// How many nodes there are so far, aliases written out.
    nodes: usize,
    /// Where the last thing ends that is not white space: where a block ends.
    end: u32,
    documents: usize,
    /// Whether it is the front matter of another text.
    is_front: bool,
}

impl<'t> Reader<'t> {
    fn new(builder: &'t mut Builder, text: &'t str, is_front: bool) -> Self {
        let (anchors, open) = (Vec::new(), Vec::new());
        Self { text, builder, anchors, open, nodes: 0, end: 0, documents: 0, is_front }
    }

    fn read(&mut self) -> Read<()> {
        let options = options! { emit_comments: false, emit_unresolved_aliases: true };
        for event in Parser::new_from_str_with_options(self.text, options) {
            let (event, at) = event.map_err(|error| explain::failure(self.text, &error))?;
            self.take(event, at)?;
        }
        if self.documents == 0 {
            return Err(Failure::empty_file(self.text.len()));
        }
        Ok(())
    }

    fn take(&mut self, event: Event<'_>, at: EventSpan) -> Read<()> {
        let span = self.span_of(at);
        match event {
            Event::DocumentStart(..) => self.start_document(span)?,
            Event::Scalar(text, style, anchor, tag) => {
                let id = self.scalar(&text, style, tag.as_deref(), at)?;
                self.leaf(id);
                self.set_anchor(anchor, Anchor { target: id, nodes: 1, height: 0 });
            }
            Event::Alias(anchor) => self.alias(anchor, span)?,
            Event::UnresolvedAlias(name) => {
                return Err(Failure::new(
                    span,
                    format!("no anchor {} comes before this alias", quoted(&format!("&{name}"))),
                )
                .help(
                    "write the anchor before the value that the alias repeats, or quote the text",
                ));
            }
            Event::SequenceStart(style, anchor, tag) => {
                self.start(Kind::Array, style, anchor, tag.as_deref(), at)?;
            }
            Event::MappingStart(style, anchor, tag) => {
                self.start(Kind::Object, style, anchor, tag.as_deref(), at)?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.finish_container(span),
            _ => {}
        }
        Ok(())
    }

    fn start_document(&mut self, span: Span) -> Read<()> {
        self.documents += 1;
        if self.documents > 1 {
            return Err(Failure::new(span, "a second document begins here")
                .help("keep each record in a file of its own, or write the records as a list"));
        }
        // `---` counts as written; without it the event is at the first node.
        // Without a space after it, it is the beginning of a text: "---word".
        let rest = self.text.get(span.start as usize..).and_then(|rest| rest.strip_prefix("---"));
        if rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\n', '\r'])) {
            self.end = span.end;
        }
        Ok(())
    }

    fn start(
        &mut self,
        kind: Kind,
        style: StructureStyle,
        anchor: usize,
        tag: Option<&Tag>,
        at: EventSpan,
    ) -> Read<()> {
        let span = self.span_of(at);
        if self.builder.at_key() {
            let word = if kind == Kind::Array { "a list" } else { "a mapping" };
            return Err(Failure::new(span, format!("expected a key, found {word}"))
                .help("only text can be a key; quote it if it is text, such as `{{name}}`"));
        }
        if self.builder.depth() == MAX_DEPTH {
            return Err(Failure::too_deep(span));
        }
        let expected = if kind == Kind::Array { "seq" } else { "map" };
        if let Some(tag) = tag.filter(|tag| tag.core_suffix() != Some(expected)) {
            return Err(explain::tag(self.tag_span(at), tag, kind.word()));
        }
        let id = self.builder.open(kind, span.start);
        self.open.push(Open {
            anchor,
            nodes: self.nodes,
            height: 0,
            is_flow: style == StructureStyle::Flow,
            merge_key: None,
            merged: Vec::new(),
        });
        self.leaf(id);
        self.end = self.end.max(span.start);
        self.set_anchor(anchor, Anchor { target: id, nodes: 1, height: 1 });
        Ok(())
    }

    /// A block ends where the last thing in it ends; the event itself comes at the next token.
    fn finish_container(&mut self, span: Span) {
        let Some(open) = self.open.pop() else { return };
        if open.is_flow && span.end > span.start {
            self.end = self.end.max(span.end);
        }
        if !open.merged.is_empty() {
            self.write_merged(&open);
        }
        if self.is_front && self.open.is_empty() && self.builder.in_object() {
            return;
        }
        let Some(target) = self.builder.close(self.end) else {
            return;
        };
        let height = open.height + 1;
        if let Some(parent) = self.open.last_mut() {
            parent.height = parent.height.max(height);
        }
        let nodes = self.nodes - open.nodes;
        self.set_anchor(open.anchor, Anchor { target, nodes, height });
        // With an anchor, the list is also the value of later aliases.
        if open.anchor == 0 {
            self.merge(target);
        }
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Read<()> {
        let Some(Some(anchor)) = self.anchors.get(anchor).copied() else {
            return Err(Failure::new(span, "no anchor of this name comes before this alias"));
        };
        if self.builder.at_key() {
            return Err(
                Failure::new(span, "expected a key, found an alias").help("write the key itself")
            );
        }
        if self.builder.is_open(anchor.target) {
            return Err(Failure::new(span, "this alias refers to a value that contains it")
                .help("write the value without repeating itself"));
        }
        if self.builder.depth() + anchor.height > MAX_DEPTH {
            return Err(Failure::too_deep(span).help("write less through aliases"));
        }
        self.nodes = self.nodes.saturating_add(anchor.nodes);
        if self.nodes - self.builder.len() > MAX_EXPANDED {
            return Err(Failure::new(
                span,
                format!("the aliases up to here expand to more than {MAX_EXPANDED} values"),
            )
            .help("write the values themselves, or repeat fewer of them"));
        }
        let id = self.builder.value(Kind::Alias(anchor.target), span);
        if let Some(parent) = self.open.last_mut() {
            parent.height = parent.height.max(anchor.height);
        }
        self.root_if_first(id);
        self.end = self.end.max(span.end);
        self.merge(id);
        Ok(())
    }

    /// Counts a node that was just added.
    fn leaf(&mut self, id: NodeId) {
        self.nodes += 1;
        self.root_if_first(id);
    }

    fn root_if_first(&mut self, id: NodeId) {
        if id.index() == 0 {
            self.builder.root(id);
        }
    }

    fn set_anchor(&mut self, number: usize, anchor: Anchor) {
        if number == 0 {
            return;
        }
        if self.anchors.len() <= number {
            self.anchors.resize(number + 1, None);
        }
        self.anchors[number] = Some(anchor);
    }

    fn scalar(
        &mut self,
        value: &str,
        style: ScalarStyle,
        tag: Option<&Tag>,
        at: EventSpan,
    ) -> Read<NodeId> {
        let span = self.span_of(at);
        let tagged = match tag {
            None => Tagged::No,
            Some(tag) => Tagged::of(tag, self.text[self.tag_span(at).range()].as_bytes())
                .ok_or_else(|| explain::tag(self.tag_span(at), tag, "a scalar"))?,
        };
        let id = match style {
            ScalarStyle::Plain => self.plain(value, tagged, span)?,
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {
                self.tagged(value, Style::Quoted, tagged, span)?
            }
            ScalarStyle::Literal | ScalarStyle::Folded => {
                let span = block::span(self.text, self.end, span);
                self.tagged(value, Style::Block, tagged, span)?
            }
        };
        // What the node was given, which may be wider or are further on than the event.
        self.end = self.end.max(self.builder.span_of(id).end);
        Ok(id)
    }

    /// A scalar that is not plain: a string, unless its tag says otherwise.
    fn tagged(&mut self, value: &str, style: Style, tagged: Tagged, span: Span) -> Read<NodeId> {
        if tagged.is_string() || self.builder.at_key() {
            return Ok(self.string(value, style, span));
        }
        self.resolved(tagged.resolve(value), value, style, tagged, span)
    }

    fn plain(&mut self, value: &str, tagged: Tagged, span: Span) -> Read<NodeId> {
        // The parser hands over `~` where nothing is written.
        let value = if span.start == span.end { "" } else { value };
        if self.builder.at_key() {
            return self.plain_key(value, tagged, span);
        }
        if span.start == span.end && tagged == Tagged::No {
            return Ok(self.builder.value(Kind::Null, self.place_of_nothing(span)));
        }
        if tagged == Tagged::String {
            return Ok(self.string(value, Style::Plain, span));
        }
        let core = if tagged == Tagged::No { Core::of(value) } else { tagged.resolve(value) };
        if tagged == Tagged::No {
            self.report_ambiguity(&core, value, span);
            if core == Core::String {
                self.report_cut(span);
            }
        }
        self.resolved(core, value, Style::Plain, tagged, span)
    }

    fn resolved(
        &mut self,
        core: Core<'_>,
        value: &str,
        style: Style,
        tagged: Tagged,
        span: Span,
    ) -> Read<NodeId> {
        match core {
            Core::Null => Ok(self.builder.value(Kind::Null, span)),
            Core::Bool(value) => Ok(self.builder.value(Kind::Bool(value), span)),
            Core::Number(number) => {
                if !super::json::is_in_range(&number) {
                    return Err(Failure::out_of_range(span));
                }
                if self.text[span.range()] == *number {
                    Ok(self.builder.verbatim(Kind::Number, style, span, span))
                } else {
                    Ok(self.builder.decoded(Kind::Number, style, span, &number))
                }
            }
            Core::TooLarge => Err(Failure::out_of_range(span)),
            Core::NotFinite | Core::String if tagged == Tagged::No || tagged == Tagged::String => {
                Ok(self.string(value, style, span))
            }
            Core::NotFinite => Err(Failure::new(span, "JSON has no such number")
                .help("write a finite number, or leave the value out")),
            Core::String => Err(Failure::new(span, format!("this is not {}", tagged.word()))
                .help("remove the tag before it, or correct the value")),
        }
    }

    /// Keys are strings in the tree, as in JSON; where a YAML reader would make something else of
    /// one, that is reported.
    fn plain_key(&mut self, value: &str, tagged: Tagged, span: Span) -> Read<NodeId> {
        if span.start == span.end && tagged == Tagged::No {
            return Err(Failure::new(self.one_character(span), "a key is missing before this")
                .help("write the key, or quote the text that the colon is part of"));
        }
        if tagged != Tagged::String {
            if value == "<<" {
                self.builder.problem(span, ProblemKind::MergeKey);
                let key = self.string(value, Style::Plain, span);
                if let Some(open) = self.open.last_mut() {
                    open.merge_key = Some((key, span));
                }
                return Ok(key);
            } else if let Some(elsewhere) = scalar::key_elsewhere(value) {
                let here = format!("the key {}", in_quotes(value));
                self.builder.problem(span, ProblemKind::AmbiguousScalar { here, elsewhere });
            }
        }
        Ok(self.string(value, Style::Plain, span))
    }

    /// A `#` right before a figure is a number to most authors (`Item #6`), and a comment to YAML after a space. Right before
    /// a word it may be either.
    fn report_cut(&mut self, value: Span) {
        let rest = self.text.get(value.end as usize..).unwrap_or_default();
        let comment = rest.trim_start_matches([' ', '\t']);
        let next = comment.strip_prefix('#').and_then(|after| after.chars().next());
        if comment.len() < rest.len() && next.is_some_and(char::is_alphanumeric) {
            let start = value.end + (rest.len() - comment.len()) as u32;
            let line = comment.lines().next().unwrap_or_default().trim_end();
            let span = Span::new(start, start + line.len() as u32);
            self.builder.problem(span, ProblemKind::CutByComment { value });
        }
    }

    fn report_ambiguity(&mut self, core: &Core<'_>, value: &str, span: Span) {
        // The programs that read front matter know what they want of a date, quoted or not.
        if self.is_front && *core == Core::String && value.starts_with(|c: char| c.is_ascii_digit())
        {
            return;
        }
        if let Some((here, elsewhere)) = scalar::ambiguity(core, value) {
            self.builder.problem(span, ProblemKind::AmbiguousScalar { here, elsewhere });
        }
    }

    /// Adds a string, from the source where the value is written there as it is.
    fn string(&mut self, value: &str, style: Style, span: Span) -> NodeId {
        let text = match style {
            Style::Plain => span,
            Style::Quoted => Span::new(span.start + 1, (span.end - 1).max(span.start + 1)),
            // The value of a block is part of what is written only by accident.
            Style::Block | Style::Supplied => {
                return self.builder.decoded(Kind::String, style, span, value);
            }
        };
        if self.text.get(text.range()) == Some(value) {
            self.builder.verbatim(Kind::String, style, span, text)
        } else {
            self.builder.decoded(Kind::String, style, span, value)
        }
    }

    /// Where a value would be written that is left out: after the colon of its key, or after the
    /// dash, which the parser may only tell after blanks and a comment.
    fn place_of_nothing(&self, span: Span) -> Span {
        let (from, at) = (self.end as usize, span.start as usize);
        if self.text.as_bytes().get(at) == Some(&b':') {
            return Span::at(span.start + 1);
        }
        let before = self.text.get(from..at).unwrap_or_default();
        let line = before.rfind(['\n', '\r']).map_or(0, |line_break| line_break + 1);
        let comment = before[line..].find(" #").map_or(before.len(), |len| line + len);
        Span::at((from + before[..comment].trim_end_matches([' ', '\t']).len()) as u32)
    }

    fn one_character(&self, span: Span) -> Span {
        let rest = self.text.get(span.start as usize..).unwrap_or_default();
        Span::new(span.start, span.start + rest.chars().next().map_or(0, char::len_utf8) as u32)
    }

    /// The bytes of an event. It never begins before what was read already.
    fn span_of(&self, at: EventSpan) -> Span {
        let last = self.text.len() as u32;
        let range = at.byte_range().unwrap_or_default();
        let start = (range.start as u32).clamp(self.end.min(last), last);
        let span = Span::new(start, (range.end as u32).clamp(start, last));
        if self.text.get(span.range()).is_some() { span } else { Span::at(self.end.min(last)) }
    }

    fn tag_span(&self, at: EventSpan) -> Span {
        let range = at.tag_span().and_then(|span| span.byte_range()).unwrap_or_default();
        let span = Span::new(range.start as u32, range.end as u32);
        if self.text.get(span.range()).is_some() { span } else { Span::at(self.end) }
    }
}
