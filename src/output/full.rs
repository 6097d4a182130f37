//! The `full` output: each finding with an excerpt of every place that it names.
//!
//! Drawing is miette's. It gets short excerpts instead of sources, because it shows lines whole,
//! panics on columns past 65,535 and searches sources from their start for every label.

mod excerpt;

use std::{collections::BTreeMap, fmt, io};

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError,
    MietteSpanContents, SourceCode, SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};
use rayon::prelude::*;

use self::excerpt::{Excerpt, Page, Spot};
use super::{Terminal, place, write_summary};
use crate::{
    finding::{Finding, Location, Severity},
    lint::Report,
    message::one_line,
    source::visible_line,
};

/// Excerpts of one finding, at most; the other places are counted.
const EXCERPTS: usize = 6;
/// Characters of a message, help or record's name, at most.
const TEXT: usize = 1_000;
/// Characters of what is said beside a place, at most.
const BESIDE: usize = 120;
/// Columns of a tab: no more than any other character may take, so that lines stay short.
const TAB: usize = 2;
/// Findings that are drawn before the first of them is written, at most.
const BATCH: usize = 1_024;

/// Writes each finding with its excerpts, then the summary.
pub fn write(report: &Report, options: &Terminal, out: &mut dyn io::Write) -> io::Result<()> {
    let pages: Vec<(&str, Page<'_>)> = report
        .sources
        .par_iter()
        .map(|(path, source)| (path.as_str(), Page::new(source)))
        .collect();
    let pages = pages.into_iter().collect();
    let painter = Painter::new(&pages, options);
    for batch in report.findings.chunks(BATCH) {
        let drawn: Vec<String> =
            batch.par_iter().map(|finding| painter.draw(finding)).collect::<Result<_, _>>()?;
        for text in drawn {
            out.write_all(text.as_bytes())?;
        }
    }
    write_summary(report, options, out)
}

/// Draws findings over known pages.
struct Painter<'p> {
    options: &'p Terminal,
    pages: &'p BTreeMap<&'p str, Page<'p>>,
    handler: GraphicalReportHandler,
}

impl<'p> Painter<'p> {
    fn new(pages: &'p BTreeMap<&'p str, Page<'p>>, options: &'p Terminal) -> Self {
        let characters =
            if options.unicode { ThemeCharacters::unicode() } else { ThemeCharacters::ascii() };
        let styles = if options.color { ThemeStyles::ansi() } else { ThemeStyles::none() };
        let handler = GraphicalReportHandler::new_themed(GraphicalTheme { characters, styles })
            .with_width(options.width.clamp(40, 200))
            .tab_width(TAB)
            .without_syntax_highlighting();
        Self { options, pages, handler }
    }

    /// The finding's own excerpt first, then those of its labels, its help last.
    fn draw(&self, finding: &Finding) -> io::Result<String> {
        let mut groups = self.groups(finding);
        let left_out = groups.iter().skip(EXCERPTS).map(|group| group.spots.len()).sum::<usize>();
        groups.truncate(EXCERPTS);
        let mut blocks: Vec<Block<'_>> = groups
            .iter()
            .enumerate()
            .map(|(index, group)| {
                let own = (index == 0).then_some(finding);
                Block::new(own, group, self.options)
            })
            .collect();
        if left_out > 0 {
            blocks.push(Block::count(left_out));
        }
        if let (Some(help), Some(last)) = (&finding.help, blocks.last_mut()) {
            last.help = Some(one_line(help, TEXT));
        }
        let mut text = String::new();
        for block in &blocks {
            self.handler.render_report(&mut text, block).map_err(io::Error::other)?;
        }
        text.push('\n');
        Ok(text)
    }

    /// The places of `finding`, its own first, grouped by the excerpt that can show them together.
    fn groups<'f>(&self, finding: &'f Finding) -> Vec<Group<'f, '_>> {
        let labels = finding.labels.iter();
        let places = std::iter::once((&finding.location, None))
            .chain(labels.map(|label| (&label.location, Some(label.text.as_str()))));
        let mut groups: Vec<Group<'f, '_>> = Vec::new();
        for (location, text) in places {
            let Some(page) = self.pages.get(location.path.as_str()) else {
                groups.push(Group { location, text, page: None, spots: Vec::new() });
                continue;
            };
            let spot = page.spot(location, text);
            let home = groups.iter_mut().find(|group| {
                group.location.path == location.path && page.fits(&spot, &group.spots)
            });
            match home {
                Some(group) => group.spots.push(spot),
                None => groups.push(Group { location, text, page: Some(page), spots: vec![spot] }),
            }
        }
        groups
    }
}

/// Places that one excerpt shows; without a page there is no excerpt and only the first place.
struct Group<'f, 'p> {
    location: &'f Location,
    text: Option<&'f str>,
    page: Option<&'p Page<'p>>,
    spots: Vec<Spot<'f>>,
}

/// What miette draws in one piece: a heading, an excerpt, help.
struct Block<'f> {
    code: Option<String>,
    severity: Severity,
    message: String,
    excerpt: Option<Excerpt<'f>>,
    help: Option<String>,
}

impl<'f> Block<'f> {
    fn new(finding: Option<&Finding>, group: &Group<'f, '_>, options: &Terminal) -> Self {
        let excerpt = group.page.map(|page| page.excerpt(&group.spots));
        let mut lines = Vec::new();
        if let Some(finding) = finding {
            lines.push(one_line(&finding.message, TEXT));
        } else if let (None, Some(text)) = (&excerpt, group.text) {
            lines.push(one_line(text, TEXT));
        }
        lines.extend(record_line(group.location));
        if excerpt.is_none() {
            lines.push(format!("at {}", place(group.location)));
        } else if lines.is_empty() {
            lines.push("see also".to_owned());
        }
        Self {
            code: finding
                .map(|finding| format!("{}[{}]", finding.severity, options.linked(&finding.rule))),
            severity: finding.map_or(Severity::Info, |finding| finding.severity),
            message: lines.join("\n"),
            excerpt,
            help: None,
        }
    }

    /// The block that stands for places that are not shown.
    fn count(left_out: usize) -> Self {
        let places = if left_out == 1 {
            "1 more place".to_owned()
        } else {
            format!("{left_out} more places")
        };
        Self {
            code: None,
            severity: Severity::Info,
            message: format!("{places}; `--format json` names every one"),
            excerpt: None,
            help: None,
        }
    }
}

/// How the record of a place is named, such as `record final (programme) at /slots/1/end`.
fn record_line(location: &Location) -> Option<String> {
    let name = match (&location.record, &location.kind) {
        (Some(id), Some(kind)) => format!("record {id} ({kind})"),
        (Some(id), None) => format!("record {id}"),
        (None, Some(kind)) => format!("a record of kind {kind}"),
        (None, None) if location.pointer.is_empty() => return None,
        (None, None) => return Some(one_line(&format!("at {}", location.pointer), TEXT)),
    };
    let at = if location.pointer.is_empty() { "" } else { " at " };
    Some(one_line(&format!("{name}{at}{}", location.pointer), TEXT))
}

impl fmt::Display for Block<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl fmt::Debug for Block<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Block<'_> {}

impl Diagnostic for Block<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.code.as_ref().map(|code| Box::new(code) as Box<dyn fmt::Display>)
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Info => miette::Severity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.excerpt.as_ref().map(|excerpt| excerpt as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let marks = self.excerpt.as_ref()?.marks.iter();
        Some(Box::new(marks.map(|mark| {
            let span = SourceSpan::from(mark.range.clone());
            match mark.spot.text {
                Some(text) => LabeledSpan::new_with_span(Some(one_line(text, BESIDE)), span),
                // The message says it; the place above the excerpt is this one.
                None => LabeledSpan::new_primary_with_span(None, span),
            }
        })))
    }
}

impl SourceCode for Excerpt<'_> {
    /// An excerpt is always shown whole. Without context, miette asks for the path, line and
    /// column to print above it; the true ones, not those in the excerpt, are the answer.
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        lines_before: usize,
        _: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let whole = SourceSpan::from((0, self.text.len()));
        let count = self.text.lines().count();
        let first = self.first_line as usize - 1;
        let mark = self.marks.iter().find(|mark| mark.range.start == span.offset());
        Ok(Box::new(match mark {
            Some(mark) if lines_before == 0 => {
                let start = mark.spot.location.start;
                MietteSpanContents::new_named(
                    visible_line(&mark.spot.location.path).into_owned(),
                    self.text.as_bytes(),
                    whole,
                    (start.line as usize).saturating_sub(1),
                    (start.column as usize).saturating_sub(1),
                    count,
                )
            }
            _ => MietteSpanContents::new(self.text.as_bytes(), whole, first, 0, count),
        }))
    }
}

#[cfg(test)]
mod tests;
