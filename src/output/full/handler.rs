//! Draws a diagnostic of miette: the headline, where it is, the source line with a mark, and what to do.

use std::{
    collections::BTreeMap,
    fmt::{self, Write as _},
    ops::Range,
};

use miette::{Diagnostic, LabeledSpan, ReportHandler, Severity, SourceSpan};

use crate::output::{
    Terminal,
    fit::{self, Fitted},
    terminal::Style,
};

/// A label that would begin further to the right than this goes on a line of its own.
const ROOM: usize = 20;

/// Draws diagnostics for a terminal.
#[derive(Debug)]
pub(super) struct Handler {
    terminal: Terminal,
    width: usize,
}

impl ReportHandler for Handler {
    fn debug(&self, diagnostic: &dyn Diagnostic, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(diagnostic))
    }
}

/// A line of an excerpt, with its labels.
struct Line<'d> {
    number: usize,
    text: &'d str,
    labels: Vec<&'d LabeledSpan>,
    /// Where it begins in the excerpt.
    offset: usize,
}

impl Handler {
    pub(super) fn new(terminal: &Terminal) -> Self {
        Self { terminal: terminal.clone(), width: terminal.columns() }
    }

    /// The lines of a diagnostic, each ended by a line feed.
    pub(super) fn render(&self, diagnostic: &dyn Diagnostic) -> String {
        let mut out = String::new();
        let severity = diagnostic.severity().unwrap_or(Severity::Error);
        self.headline(diagnostic, severity, &mut out);
        let related: Vec<&dyn Diagnostic> = diagnostic.related().into_iter().flatten().collect();
        let all = || std::iter::once(&diagnostic).chain(&related);
        let gutter = all().map(|one| gutter(*one)).max().unwrap_or(1);
        self.excerpt(diagnostic, severity, gutter, "-->", &mut out);
        for one in &related {
            self.excerpt(*one, severity, gutter, ":::", &mut out);
        }
        if let Some(help) = diagnostic.help() {
            self.help(&help.to_string(), gutter, &mut out);
        }
        out
    }

    fn headline(&self, diagnostic: &dyn Diagnostic, severity: Severity, out: &mut String) {
        let word = match severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Advice => "info",
        };
        let code = diagnostic.code().map(|code| code.to_string());
        let name = code.as_ref().map_or_else(|| word.to_owned(), |code| format!("{word}[{code}]"));
        let text = format!("{name}: {diagnostic}");
        for (number, line) in fit::wrap(&text, self.width, "  ").iter().enumerate() {
            match (number, line.strip_prefix(&name)) {
                (0, Some(rest)) => {
                    let linked = code.as_ref().map(|code| self.terminal.linked(code));
                    let name = linked.map_or(name.clone(), |code| format!("{word}[{code}]"));
                    out.push_str(&self.paint(&[Style::Bold, color(severity)], &name));
                    out.push_str(&self.paint(&[Style::Bold], rest));
                }
                _ => out.push_str(&self.paint(&[Style::Bold], line)),
            }
            out.push('\n');
        }
    }

    /// The places of a diagnostic in its source; without a source, what it says of its place.
    fn excerpt(
        &self,
        diagnostic: &dyn Diagnostic,
        severity: Severity,
        gutter: usize,
        arrow: &str,
        out: &mut String,
    ) {
        let labels: Vec<LabeledSpan> = diagnostic.labels().into_iter().flatten().collect();
        let own = labels.iter().find(|label| label.primary()).or(labels.first());
        let Some((source, first)) = diagnostic.source_code().zip(own) else {
            if arrow == ":::" {
                let text = format!("{:gutter$}{arrow} {diagnostic}", "");
                let indent = " ".repeat(gutter + 4);
                for line in fit::wrap(&text, self.width, &indent) {
                    out.push_str(&line);
                    out.push('\n');
                }
            }
            return;
        };
        let at = SourceSpan::from((first.offset(), 0));
        let Ok(place) = source.read_span(&at, 0, 0) else { return };
        let name = format!(
            "{}:{}:{}",
            place.name().unwrap_or_default(),
            place.line() + 1,
            place.column() + 1
        );
        let name = fit::end_of(&name, self.width.saturating_sub(gutter + 4));
        let name = self.terminal.linked_to_file(place.name().unwrap_or_default(), &name);
        let arrow = self.paint(&[Style::Dim], arrow);
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{:gutter$}{arrow} {name}", "");
        let Ok(whole) = source.read_span(&at, 1, 1) else { return };
        let mut before: Option<usize> = None;
        for line in lines(whole.data(), whole.line(), &labels) {
            if before.is_some_and(|before| before + 1 < line.number) {
                let gap = if self.terminal.unicode { "⋮" } else { ":" };
                let gap = self.paint(&[Style::Dim], &format!("{:gutter$} {gap}", ""));
                let _ = writeln!(out, "{gap}");
            }
            before = Some(line.number);
            self.line(&line, severity, gutter, out);
        }
    }

    fn line(&self, line: &Line<'_>, severity: Severity, gutter: usize, out: &mut String) {
        let bar = if self.terminal.unicode { "│" } else { "|" };
        let room = self.width.saturating_sub(gutter + 3).max(8);
        let ranges: Vec<Range<usize>> = line
            .labels
            .iter()
            .map(|label| {
                let start = label.offset().saturating_sub(line.offset).min(line.text.len());
                start..(start + label.len()).min(line.text.len())
            })
            .collect();
        let cut = if self.terminal.unicode { fit::ELLIPSIS } else { '~' };
        let Fitted { text, marks } = fit::fit(line.text, &ranges, room, cut);
        let margin = |number: &str| self.paint(&[Style::Dim], &format!("{number:>gutter$} {bar}"));
        let number = line.number.to_string();
        out.push_str(format!("{} {text}", margin(&number)).trim_end());
        out.push('\n');
        let drawn: Vec<(&LabeledSpan, Range<usize>)> =
            line.labels.iter().copied().zip(marks).collect();
        for (marks, note) in self.marks(&drawn, severity, room) {
            out.push_str(format!("{} {marks}{note}", margin("")).trim_end());
            out.push('\n');
        }
    }

    /// The lines below a source line: its marks, and what is said of them.
    fn marks(
        &self,
        drawn: &[(&LabeledSpan, Range<usize>)],
        severity: Severity,
        room: usize,
    ) -> Vec<(String, String)> {
        // By column; the finding's own place is drawn over others.
        let mut columns: BTreeMap<usize, bool> = BTreeMap::new();
        for (label, range) in drawn {
            for column in range.clone() {
                *columns.entry(column).or_default() |= label.primary();
            }
        }
        let end = columns.last_key_value().map_or(0, |(column, _)| column + 1);
        let mut line = String::new();
        for stretch in
            (0..end).collect::<Vec<_>>().chunk_by(|a, b| columns.get(a) == columns.get(b))
        {
            match columns.get(&stretch[0]) {
                None => line.push_str(&" ".repeat(stretch.len())),
                Some(true) => {
                    let style = [Style::Bold, color(severity)];
                    line.push_str(&self.paint(&style, &"^".repeat(stretch.len())));
                }
                Some(false) => {
                    line.push_str(&self.paint(&[Style::Blue], &"-".repeat(stretch.len())));
                }
            }
        }
        let mut said: Vec<(&str, &Range<usize>)> =
            drawn.iter().filter_map(|(label, range)| Some((label.label()?, range))).collect();
        said.sort_by_key(|(_, range)| std::cmp::Reverse(range.start));
        let mut lines = Vec::new();
        // What is said of the last mark is beside it, if there is room.
        let beside = said
            .first()
            .filter(|(text, range)| range.end == end && end + 1 + fit::width(text) <= room);
        let beside = beside.map(|(text, _)| format!(" {}", self.paint(&[Style::Blue], text)));
        let rest = usize::from(beside.is_some());
        lines.push((line, beside.unwrap_or_default()));
        for (text, range) in said.into_iter().skip(rest) {
            // Below its mark, or else so that it ends where the mark does.
            let width = fit::width(text);
            let from = match range.end.checked_sub(width) {
                _ if range.start + width <= room => range.start,
                Some(from) if range.end <= room => from,
                _ if range.start + ROOM <= room => range.start,
                _ => 0,
            };
            for line in fit::wrap(text, room - from, "") {
                lines.push((" ".repeat(from), self.paint(&[Style::Blue], &line)));
            }
        }
        lines
    }

    fn help(&self, help: &str, gutter: usize, out: &mut String) {
        let text = format!("{:gutter$} = help: {help}", "");
        let indent = " ".repeat(gutter + 3);
        for (number, line) in fit::wrap(&text, self.width, &indent).iter().enumerate() {
            match line.split_once("= help:").filter(|_| number == 0) {
                Some((margin, rest)) => {
                    let help = self.paint(&[Style::Bold], "help:");
                    let equals = self.paint(&[Style::Dim], "=");
                    let _ = write!(out, "{margin}{equals} {help}{rest}");
                }
                None => out.push_str(line),
            }
            out.push('\n');
        }
    }

    fn paint(&self, styles: &[Style], text: &str) -> String {
        self.terminal.styled(styles, text)
    }
}

fn color(severity: Severity) -> Style {
    match severity {
        Severity::Error => Style::Red,
        Severity::Warning => Style::Yellow,
        Severity::Advice => Style::Cyan,
    }
}

/// The lines of an excerpt that have a label, and the one after a line that says next to nothing, such as `{`.
fn lines<'d>(data: &'d [u8], first: usize, labels: &'d [LabeledSpan]) -> Vec<Line<'d>> {
    let text = std::str::from_utf8(data).unwrap_or_default();
    let mut all: Vec<Line<'_>> = Vec::new();
    let (mut offset, mut is_bare) = (0, false);
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let range = offset..offset + line.len();
        let on_line = |label: &&LabeledSpan| range.contains(&label.offset());
        let labels: Vec<&LabeledSpan> = labels.iter().filter(on_line).collect();
        let shown = line.trim_end_matches('\n');
        let number = first + number + 1;
        if !labels.is_empty() || is_bare {
            is_bare = !labels.is_empty() && !shown.contains(char::is_alphanumeric);
            all.push(Line { number, text: shown, labels, offset });
        }
        offset = range.end;
    }
    all
}

/// The columns of the numbers of a diagnostic's lines.
fn gutter(diagnostic: &dyn Diagnostic) -> usize {
    let labels: Vec<LabeledSpan> = diagnostic.labels().into_iter().flatten().collect();
    let last = diagnostic.source_code().zip(labels.first()).and_then(|(source, first)| {
        let whole = source.read_span(&SourceSpan::from((first.offset(), 0)), 1, 1).ok()?;
        let last = lines(whole.data(), whole.line(), &labels).last()?.number;
        Some(last)
    });
    last.map_or(1, |number| number.to_string().len())
}
