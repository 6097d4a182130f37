//! The `rdjson` output: the diagnostic format of reviewdog, whose columns count bytes. Its readers
//! refuse what they do not know, so there is nothing in it that the older ones lack: the other
//! places of a finding are in the message.

use std::{collections::BTreeMap, io};

use serde::Serialize;

use super::{Terminal, json::write_value, paragraph};
use crate::{
    finding::{Correction, Finding, Location, Severity},
    lint::{Report, Unread},
    source::{self, LineIndex, visible_line},
};

#[derive(Serialize)]
struct Result<'r> {
    source: Source,
    diagnostics: Vec<Diagnostic<'r>>,
}

#[derive(Serialize)]
struct Source {
    name: &'static str,
}

#[derive(Serialize)]
struct Diagnostic<'r> {
    message: String,
    location: Place<'r>,
    severity: &'static str,
    code: Code<'r>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion<'r>>,
}

/// What can be written instead, which reviewdog offers.
#[derive(Serialize)]
struct Suggestion<'r> {
    range: Range,
    text: &'r str,
}

#[derive(Serialize)]
struct Code<'r> {
    value: &'r str,
}

#[derive(Serialize)]
struct Place<'r> {
    path: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Range>,
}

#[derive(Serialize)]
struct Range {
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<u32>,
}

/// The lines of the sources, by path, each with its text.
type Lines<'r> = BTreeMap<&'r str, (&'r str, LineIndex)>;

/// Writes one `DiagnosticResult`.
pub fn write(report: &Report, _: &Terminal, out: &mut dyn io::Write) -> io::Result<()> {
    let sources = report.sources.iter();
    let texts = sources.map(|(path, source)| (path.as_str(), source.text.as_str()));
    let lines: Lines<'_> = texts.map(|(path, text)| (path, (text, LineIndex::new(text)))).collect();
    let unread = report.unread.iter().map(Diagnostic::of_unread);
    let findings = report.findings.iter().map(|finding| Diagnostic::of(finding, &lines));
    let result = Result {
        source: Source { name: "rapporteur" },
        diagnostics: unread.chain(findings).collect(),
    };
    write_value(&result, out)
}

impl<'r> Diagnostic<'r> {
    fn of(finding: &'r Finding, lines: &Lines<'_>) -> Self {
        Self {
            message: paragraph(finding),
            location: Place::of(&finding.location, lines),
            severity: match finding.severity {
                Severity::Error => "ERROR",
                Severity::Warning => "WARNING",
                Severity::Info => "INFO",
            },
            code: Code { value: finding.rule.as_str() },
            suggestions: suggestions(finding, lines),
        }
    }

    fn of_unread(unread: &'r Unread) -> Self {
        Self {
            message: format!("not read: {}", visible_line(&unread.reason)),
            location: Place { path: &unread.path, range: None },
            severity: "ERROR",
            code: Code { value: "unread" },
            suggestions: Vec::new(),
        }
    }
}

/// The corrections of one edit. A suggestion is one; without columns it would replace whole lines.
fn suggestions<'r>(finding: &'r Finding, lines: &Lines<'_>) -> Vec<Suggestion<'r>> {
    let path = finding.location.path.as_str();
    let one = |correction: &'r Correction| {
        let [edit] = correction.edits.as_slice() else { return None };
        Some(Suggestion { range: Range::of(path, [edit.start, edit.end], lines), text: &edit.text })
    };
    let known = finding.corrections.iter().filter(|_| lines.contains_key(path));
    known.filter_map(one).collect()
}

impl Range {
    fn of(path: &str, ends: [source::Position; 2], lines: &Lines<'_>) -> Self {
        let lines = lines.get(path);
        let [start, end] = ends.map(|position| Position {
            line: position.line,
            column: lines.map(|(text, lines)| column_in_bytes(text, lines, position)),
        });
        Self { start, end }
    }
}

impl<'r> Place<'r> {
    fn of(location: &'r Location, lines: &Lines<'_>) -> Self {
        // Without columns the end is a line that belongs to the range, as it should.
        let range = Range::of(&location.path, [location.start, location.end], lines);
        Self { path: &location.path, range: Some(range) }
    }
}

/// The column of `position` in `text` in bytes, from 1; a byte-order mark takes none.
fn column_in_bytes(text: &str, lines: &LineIndex, position: source::Position) -> u32 {
    let start = lines.line_span(text, position.line).start;
    let mark =
        if start == 0 && text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() as u32 } else { 0 };
    position.offset.saturating_sub(start + mark) + 1
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::output::{Format, testing::*};

    fn values(report: &Report) -> Value {
        serde_json::from_str(&written(Format::Rdjson, report, &Terminal::default())).unwrap()
    }

    #[test]
    fn each_finding_is_a_diagnostic() {
        insta::assert_snapshot!(written(Format::Rdjson, &example(), &Terminal::default()));
    }

    #[test]
    fn no_findings_are_no_diagnostics() {
        let empty = values(&report(Vec::new(), &[]));
        assert_eq!(empty, json!({"source": {"name": "rapporteur"}, "diagnostics": []}));
    }

    #[test]
    fn columns_count_bytes() {
        let text = "\u{FEFF}é\n𐐀b";
        let one = finding("m", find("a.json", text, "é"));
        let other = finding("m", find("a.json", text, "b"));
        let value = values(&report(vec![one, other], &[("a.json", text)]));
        let range = |index: usize| value["diagnostics"][index]["location"]["range"].clone();
        let expected = json!({"start": {"line": 1, "column": 1}, "end": {"line": 1, "column": 3}});
        assert_eq!(range(0), expected);
        let expected = json!({"start": {"line": 2, "column": 5}, "end": {"line": 2, "column": 6}});
        assert_eq!(range(1), expected);
    }

    #[test]
    fn without_the_source_only_lines_are_reported() {
        let one = finding("m", find("a.json", "é9", "9"));
        let value = values(&report(vec![one], &[]));
        let expected = json!({"start": {"line": 1}, "end": {"line": 1}});
        assert_eq!(value["diagnostics"][0]["location"]["range"], expected);
    }
}
