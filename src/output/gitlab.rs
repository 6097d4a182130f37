//! The `gitlab` output: the code quality report that GitLab shows in merge requests.

use std::io;

use serde::Serialize;

use super::{Terminal, json::write_value, sentence};
use crate::{
    finding::{Finding, Severity, fingerprint},
    lint::{Report, Unread},
    source::visible_line,
};

/// The rule that is named for an input that could not be read.
const UNREAD: &str = "unread";

#[derive(Serialize)]
struct Entry<'r> {
    description: String,
    check_name: &'r str,
    fingerprint: String,
    severity: &'static str,
    location: Place<'r>,
}

#[derive(Serialize)]
struct Place<'r> {
    path: &'r str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
}

/// Writes one JSON list.
pub fn write(report: &Report, _: &Terminal, out: &mut dyn io::Write) -> io::Result<()> {
    let unread = report.unread.iter().map(Entry::of_unread);
    let entries: Vec<_> = unread.chain(report.findings.iter().map(Entry::of)).collect();
    write_value(&entries, out)
}

impl<'r> Entry<'r> {
    fn of(finding: &'r Finding) -> Self {
        let location = &finding.location;
        Self {
            description: sentence(finding),
            check_name: &finding.rule,
            // GitLab keeps one entry a fingerprint; no two findings of a report have the same.
            fingerprint: finding.fingerprint.clone(),
            severity: match finding.severity {
                Severity::Error => "major",
                Severity::Warning => "minor",
                Severity::Info => "info",
            },
            location: Place { path: &location.path, lines: Lines { begin: location.start.line } },
        }
    }

    fn of_unread(unread: &'r Unread) -> Self {
        Self {
            description: format!("not read: {}", visible_line(&unread.reason)),
            check_name: UNREAD,
            fingerprint: fingerprint(UNREAD, &unread.path, "", &[]),
            severity: "critical",
            location: Place { path: &unread.path, lines: Lines { begin: 1 } },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::{Format, testing::*};

    #[test]
    fn each_finding_is_an_entry_of_the_list() {
        insta::assert_snapshot!(written(Format::Gitlab, &example(), &Terminal::default()));
    }

    #[test]
    fn no_findings_are_an_empty_list() {
        let report = report(Vec::new(), &[]);
        assert_eq!(written(Format::Gitlab, &report, &Terminal::default()), "[]\n");
    }

    #[test]
    fn descriptions_are_on_one_line() {
        let report = report(vec![finding("a\n\u{1b}[31m\"b\"", find("a.json", "9", "9"))], &[]);
        let text = written(Format::Gitlab, &report, &Terminal::default());
        assert!(text.contains(r#""description": "a .[31m\"b\"""#), "{text}");
    }
}
