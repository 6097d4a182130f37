//! The `rdjson` output: the diagnostic format of reviewdog, whose columns count bytes. Its readers
//! refuse what they do not know, so there is nothing in it that the older ones lack: the other
//! places of a finding stand in the message.

use std::io;

use serde::Serialize;

use super::{Terminal, json::write_value, paragraph};
use crate::{
    finding::{Finding, Location, Severity},
    lint::{Report, Unread},
    source::{self, visible_line},
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
    code: Code,
}

#[derive(Serialize)]
struct Code {
    value: &'static str,
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

/// Writes one `DiagnosticResult`.
pub fn write(report: &Report, _: &Terminal, out: &mut dyn io::Write) -> io::Result<()> {
    let unread = report.unread.iter().map(Diagnostic::of_unread);
    let findings = report.findings.iter().map(|finding| Diagnostic::of(finding, report));
    let result = Result {
        source: Source { name: "rapporteur" },
        diagnostics: unread.chain(findings).collect(),
    };
    write_value(&result, out)
}

impl<'r> Diagnostic<'r> {
    fn of(finding: &'r Finding, report: &Report) -> Self {
        Self {
            message: paragraph(finding),
            location: Place::of(&finding.location, report),
            severity: match finding.severity {
                Severity::Error => "ERROR",
                Severity::Warning => "WARNING",
                Severity::Info => "INFO",
            },
            code: Code { value: finding.rule },
        }
    }

    fn of_unread(unread: &'r Unread) -> Self {
        Self {
            message: format!("not read: {}", visible_line(&unread.reason)),
            location: Place { path: &unread.path, range: None },
            severity: "ERROR",
            code: Code { value: "unread" },
        }
    }
}

impl<'r> Place<'r> {
    fn of(location: &'r Location, report: &Report) -> Self {
        let text = report.sources.get(&location.path).map(|source| source.text.as_str());
        let position = |position: source::Position| Position {
            line: position.line,
            column: text.and_then(|text| column_in_bytes(text, position)),
        };
        let (start, end) = (position(location.start), position(location.end));
        // Without columns the end is a line that belongs to the range, as it should.
        Self { path: &location.path, range: Some(Range { start, end }) }
    }
}

/// The column of `position` in `text` in bytes, from 1; a byte-order mark takes none.
fn column_in_bytes(text: &str, position: source::Position) -> Option<u32> {
    let before = text.get(..position.offset as usize)?;
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    let mark = if line == 0 && before.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    Some((before.len() - line - mark) as u32 + 1)
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
    fn without_the_source_only_lines_are_told() {
        let one = finding("m", find("a.json", "é9", "9"));
        let value = values(&report(vec![one], &[]));
        let expected = json!({"start": {"line": 1}, "end": {"line": 1}});
        assert_eq!(value["diagnostics"][0]["location"]["range"], expected);
    }
}
