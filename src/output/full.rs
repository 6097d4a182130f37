//! The `full` output: each finding with an excerpt of every place that it names.
//!
//! A finding becomes a diagnostic of miette with short excerpts in place of whole sources, and a handler of our own draws it:
//! miette's own breaks long lines at the edge of the terminal and takes twice as many lines.

mod excerpt;
mod handler;

use std::{collections::BTreeMap, fmt, io};

use miette::{
    Diagnostic, LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents,
};
use rayon::prelude::*;

use self::{
    excerpt::{Excerpt, Page, Spot},
    handler::Handler,
};
use super::{Terminal, fit, place, terminal::Style, write_summary};
use crate::{
    finding::{Finding, Location, Severity},
    lint::Report,
    message::{counted, one_line},
    source::visible_line,
};

/// Excerpts of one finding, at most; the other places are counted.
const EXCERPTS: usize = 6;
/// Characters of a message, help or record's name, at most.
const TEXT: usize = 1_000;
/// Characters of what is said beside a place, at most.
const BESIDE: usize = 120;
/// Findings that are drawn before the first of them is written, at most.
const BATCH: usize = 1_024;

/// Writes each finding with its excerpts, then the summary.
pub fn write(report: &Report, options: &Terminal, out: &mut dyn io::Write) -> io::Result<()> {
    let pages: Vec<(&str, Page<'_>)> = report
        .sources
        .par_iter()
        .map(|(path, source)| (path.as_str(), Page::new(source, options.columns())))
        .collect();
    let pages = pages.into_iter().collect();
    let painter = Painter::new(&pages, options);
    let mut before = None;
    for batch in report.findings.chunks(BATCH) {
        let drawn: Vec<String> = batch.par_iter().map(|finding| painter.draw(finding)).collect();
        for (finding, text) in batch.iter().zip(drawn) {
            let path = finding.location.path.as_str();
            if before.replace(path) != Some(path) {
                write_heading(path, report, options, out)?;
            }
            out.write_all(text.as_bytes())?;
        }
    }
    write_summary(report, options, out)
}

/// The path of a file, above its findings, where there are findings in several files.
fn write_heading(
    path: &str,
    report: &Report,
    options: &Terminal,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    if report.findings.iter().all(|finding| finding.location.path == path) {
        return Ok(());
    }
    let path = visible_line(path);
    let path = fit::end_of(&path, options.columns());
    writeln!(out, "{}\n", options.styled(&[Style::Bold, Style::Underline], &path))
}

/// Draws findings over known pages.
struct Painter<'p> {
    pages: &'p BTreeMap<&'p str, Page<'p>>,
    handler: Handler,
}

impl<'p> Painter<'p> {
    fn new(pages: &'p BTreeMap<&'p str, Page<'p>>, options: &Terminal) -> Self {
        Self { pages, handler: Handler::new(options) }
    }

    /// The finding's own excerpt first, then those of its labels, its help last.
    fn draw(&self, finding: &Finding) -> String {
        let mut groups = self.groups(finding).into_iter();
        let first = groups.next().map(|group| Block::new(Some(finding), &group));
        let mut related: Vec<Block<'_>> =
            groups.by_ref().take(EXCERPTS - 1).map(|group| Block::new(None, &group)).collect();
        let left_out: usize = groups.map(|group| group.spots.len().max(1)).sum();
        if left_out > 0 {
            related.push(Block::count(left_out));
        }
        first.map_or_else(String::new, |mut first| {
            first.related = related;
            self.handler.render(&first) + "\n"
        })
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

/// A finding, or some of its other places, as a diagnostic of miette.
struct Block<'f> {
    code: Option<String>,
    severity: Severity,
    message: String,
    excerpt: Option<Excerpt<'f>>,
    help: Option<String>,
    related: Vec<Block<'f>>,
}

impl<'f> Block<'f> {
    fn new(finding: Option<&Finding>, group: &Group<'f, '_>) -> Self {
        let excerpt = group.page.map(|page| page.excerpt(&group.spots));
        let said = finding.map_or(group.text, |finding| Some(finding.message.as_str()));
        let mut message = said.map(|text| one_line(text, TEXT)).unwrap_or_default();
        if excerpt.is_none() {
            let at = place(group.location);
            message = if finding.is_some() {
                format!("{message} (at {at})")
            } else {
                format!("{at}: {message}")
            };
        }
        Self {
            code: finding.map(|finding| finding.rule.to_string()),
            severity: finding.map_or(Severity::Info, |finding| finding.severity),
            message,
            excerpt,
            help: finding
                .and_then(|finding| finding.help.as_deref())
                .map(|help| one_line(help, TEXT)),
            related: Vec::new(),
        }
    }

    /// The block that stands for places that are not shown.
    fn count(left_out: usize) -> Self {
        let places = counted(left_out, "more place");
        Self {
            code: None,
            severity: Severity::Info,
            message: format!("{places}; `--format json` lists all of them"),
            excerpt: None,
            help: None,
            related: Vec::new(),
        }
    }
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

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn Diagnostic> + 'a>> {
        Some(Box::new(self.related.iter().map(|block| block as &dyn Diagnostic)))
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
