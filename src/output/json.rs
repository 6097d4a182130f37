//! The `json` output: version 1 of a promise. Keys are never renamed or removed within a version;
//! new ones may be added, and readers pass over those they do not know.

use std::{fmt::Write as _, io};

use serde::Serialize;

use super::Terminal;
use crate::{
    finding::{Correction, Edit, Finding, Location},
    lint::{Report, Unread},
    source::{Position, marked},
};

/// Writes the report as one JSON document, indented by two spaces.
pub fn write(report: &Report, _: &Terminal, out: &mut dyn io::Write) -> io::Result<()> {
    write_value(&Document::of(report), out)
}

/// Writes `value` as one JSON text, indented by two spaces.
pub(super) fn write_value(value: &impl Serialize, out: &mut dyn io::Write) -> io::Result<()> {
    let text = serde_json::to_string_pretty(value)?;
    out.write_all(escaped(&text).as_bytes())?;
    out.write_all(b"\n")
}

/// Writes `value` as one JSON text on one line.
pub(super) fn write_line(value: &impl Serialize, out: &mut dyn io::Write) -> io::Result<()> {
    let text = serde_json::to_string(value)?;
    out.write_all(escaped(&text).as_bytes())?;
    out.write_all(b"\n")
}

/// `text` with characters that could disturb a terminal or hide from a reader escaped. JSON allows them to
/// are in strings as they are, and outside of strings there are none.
fn escaped(text: &str) -> std::borrow::Cow<'_, str> {
    if !marked(text).any(|(_, is_hidden)| is_hidden) {
        return std::borrow::Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 64);
    for (c, is_hidden) in marked(text) {
        if is_hidden {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a string cannot fail.
                let _ = write!(safe, "\\u{unit:04x}");
            }
        } else {
            safe.push(c);
        }
    }
    std::borrow::Cow::Owned(safe)
}

#[derive(Serialize)]
struct Document<'r> {
    version: u32,
    summary: Totals,
    findings: Vec<FindingObject<'r>>,
    unread: Vec<UnreadObject<'r>>,
}

#[derive(Serialize)]
struct Totals {
    files: usize,
    records: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
    /// Findings that the project has accepted.
    allowed: usize,
    /// Findings in the baseline.
    known: usize,
}

/// A finding, as it is in `json` and in `jsonl`.
#[derive(Serialize)]
pub(super) struct FindingObject<'r> {
    rule: &'r str,
    family: &'r str,
    severity: &'r str,
    message: &'r str,
    path: &'r str,
    record: Option<&'r str>,
    kind: Option<&'r str>,
    pointer: &'r str,
    span: SpanObject,
    labels: Vec<LabelObject<'r>>,
    help: Option<&'r str>,
    /// The best correction that is known.
    fix: Option<FixObject<'r>>,
    fingerprint: &'r str,
    /// All of them, where there are any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<FixObject<'r>>,
    /// How many findings of the same shape it stands for, where it stands for more than itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<usize>,
}

#[derive(Serialize)]
struct LabelObject<'r> {
    path: &'r str,
    record: Option<&'r str>,
    pointer: &'r str,
    span: SpanObject,
    text: &'r str,
}

/// What to write in a file in the place of what is there.
#[derive(Clone, Serialize)]
struct FixObject<'r> {
    title: &'r str,
    /// `safe`: the record means the same afterwards; `unsafe`: it may not.
    applicability: &'r str,
    edits: Vec<EditObject<'r>>,
}

#[derive(Clone, Serialize)]
struct EditObject<'r> {
    path: &'r str,
    span: SpanObject,
    text: &'r str,
}

#[derive(Clone, Serialize)]
struct SpanObject {
    start: PositionObject,
    end: PositionObject,
}

#[derive(Clone, Serialize)]
struct PositionObject {
    line: u32,
    column: u32,
    offset: u32,
}

/// An input that could not be read, as it is in `json` and in `jsonl`.
#[derive(Serialize)]
pub(super) struct UnreadObject<'r> {
    path: &'r str,
    reason: &'r str,
}

impl<'r> Document<'r> {
    fn of(report: &'r Report) -> Self {
        let summary = report.summary;
        Self {
            version: 1,
            summary: Totals {
                files: summary.files,
                records: summary.records,
                errors: summary.errors,
                warnings: summary.warnings,
                infos: summary.infos,
                allowed: summary.allowed,
                known: summary.known,
            },
            findings: report.findings.iter().map(FindingObject::of).collect(),
            unread: report.unread.iter().map(UnreadObject::of).collect(),
        }
    }
}

impl<'r> UnreadObject<'r> {
    pub(super) fn of(unread: &'r Unread) -> Self {
        Self { path: &unread.path, reason: &unread.reason }
    }
}

impl<'r> FindingObject<'r> {
    pub(super) fn of(finding: &'r Finding) -> Self {
        let location = &finding.location;
        let labels = finding.labels.iter().map(|label| LabelObject {
            path: &label.location.path,
            record: label.location.record.as_deref(),
            pointer: &label.location.pointer,
            span: SpanObject::of(&label.location),
            text: &label.text,
        });
        let fixes: Vec<FixObject<'_>> =
            finding.corrections.iter().map(|one| FixObject::of(one, &location.path)).collect();
        Self {
            rule: &finding.rule,
            family: finding.family.word(),
            severity: finding.severity.word(),
            message: &finding.message,
            path: &location.path,
            record: location.record.as_deref(),
            kind: location.kind.as_deref(),
            pointer: &location.pointer,
            span: SpanObject::of(location),
            labels: labels.collect(),
            help: finding.help.as_deref(),
            fix: fixes.first().cloned(),
            fingerprint: &finding.fingerprint,
            fixes,
            count: Some(finding.count).filter(|count| *count > 1),
        }
    }
}

impl<'r> FixObject<'r> {
    fn of(correction: &'r Correction, path: &'r str) -> Self {
        let edit = |edit: &'r Edit| EditObject {
            path,
            span: SpanObject {
                start: PositionObject::of(edit.start),
                end: PositionObject::of(edit.end),
            },
            text: &edit.text,
        };
        Self {
            title: &correction.title,
            applicability: correction.applicability.word(),
            edits: correction.edits.iter().map(edit).collect(),
        }
    }
}

impl SpanObject {
    fn of(location: &Location) -> Self {
        Self { start: PositionObject::of(location.start), end: PositionObject::of(location.end) }
    }
}

impl PositionObject {
    fn of(position: Position) -> Self {
        Self { line: position.line, column: position.column, offset: position.offset }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::output::{Format, testing::*};

    const TEXT: &str = "{\n  \"name\": \"Kőrösi\", \"end\": 9\n}\n";

    #[test]
    fn version_one_has_these_keys_in_this_order() {
        let mut one = finding("ends before it starts", find("a.json", TEXT, "9"));
        let mut other = find("b.json", TEXT, "rösi");
        other.record = None;
        one.labels.push(label("starts here", other));
        let mut report = report(vec![one], &[("a.json", TEXT)]);
        report.unread = vec![Unread { path: "c.json".to_owned(), reason: "gone".to_owned() }];
        insta::assert_snapshot!(written(Format::Json, &report, &Terminal::default()));
    }

    #[test]
    fn no_findings_are_an_empty_list() {
        let report = report(Vec::new(), &[("a.json", TEXT)]);
        let text = written(Format::Json, &report, &Terminal::default());
        assert!(text.contains("\"findings\": [],\n") && text.ends_with("}\n"), "{text}");
    }

    #[test]
    fn a_record_without_id_or_kind_is_null() {
        let mut one = finding("m", find("a.json", TEXT, "9"));
        (one.location.record, one.location.kind) = (None, None);
        let text = written(Format::Json, &report(vec![one], &[]), &Terminal::default());
        assert!(text.contains("\"record\": null,\n      \"kind\": null,\n"), "{text}");
    }

    proptest! {
        #[test]
        fn every_message_comes_back_and_disturbs_no_terminal(message: String) {
            let report = report(vec![finding(&message, find("a.json", TEXT, "9"))], &[]);
            let text = written(Format::Json, &report, &Terminal::default());
            prop_assert_eq!(disturbing(&text, false), None);
            let value: serde_json::Value = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(value["findings"][0]["message"].as_str(), Some(message.as_str()));
        }
    }

    #[test]
    fn hidden_characters_are_escaped() {
        assert_eq!(escaped("\"a\u{202e}\u{9b}é\"\n"), "\"a\\u202e\\u009bé\"\n");
        assert_eq!(escaped("\"\u{ad}\u{e0041}\""), "\"\\u00ad\\udb40\\udc41\"");
    }
}
