//! The `github` output: workflow commands, which GitHub shows beside the lines of a pull request.
//! It shows only the first ten of each kind, so the gravest come first.

use std::io;

use super::{Terminal, by_severity, paragraph};
use crate::{
    finding::{Finding, Severity},
    lint::Report,
    source::visible_line,
};

/// Writes one command a finding.
pub fn write(report: &Report, _: &Terminal, out: &mut dyn io::Write) -> io::Result<()> {
    for unread in &report.unread {
        let (path, reason) = (property(&unread.path), data(&visible_line(&unread.reason)));
        writeln!(out, "::error file={path},title=not read::{reason}")?;
    }
    by_severity(report).into_iter().try_for_each(|finding| write_command(finding, out))
}

fn write_command(finding: &Finding, out: &mut dyn io::Write) -> io::Result<()> {
    let command = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let (start, end) = (finding.location.start, finding.location.end);
    let file = property(&finding.location.path);
    write!(out, "::{command} file={file},line={}", start.line)?;
    // Columns of a place that goes over several lines are refused.
    if start.line == end.line {
        write!(out, ",col={},endLine={},endColumn={}", start.column, end.line, end.column)?;
    } else {
        write!(out, ",endLine={}", end.line)?;
    }
    writeln!(out, ",title={}::{}", property(&finding.rule), data(&paragraph(finding)))
}

/// `text` as the message of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// `text` as a property of a command.
fn property(text: &str) -> String {
    data(&visible_line(text)).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::output::{Format, testing::*};

    #[test]
    fn the_gravest_come_first_and_all_their_places_with_them() {
        insta::assert_snapshot!(written(Format::Github, &example(), &Terminal::default()));
    }

    #[test]
    fn no_findings_are_no_commands() {
        assert_eq!(written(Format::Github, &report(Vec::new(), &[]), &Terminal::default()), "");
    }

    #[test]
    fn nothing_in_a_text_ends_a_property_or_begins_a_command() {
        let text = "9";
        let mut one = finding("100%\n::error::x", find("a,line=7:b%.json", text, "9"));
        one.help = Some("x\r\ny".to_owned());
        assert_eq!(
            written(Format::Github, &report(vec![one], &[]), &Terminal::default()),
            "::error file=a%2Cline=7%3Ab%25.json,line=1,col=1,endLine=1,endColumn=2,\
             title=end-before-start::100%25 ::error::x%0Ahelp: x  y\n"
        );
    }

    #[test]
    fn a_place_of_several_lines_has_no_columns() {
        let one = finding("m", find("a.json", "[\n9]", "[\n9]"));
        let text = written(Format::Github, &report(vec![one], &[]), &Terminal::default());
        assert!(text.starts_with("::error file=a.json,line=1,endLine=2,title="), "{text}");
    }

    proptest! {
        #[test]
        fn any_finding_is_one_command(message: String, path: String) {
            let report = report(vec![finding(&message, find(&path, "9", "9"))], &[]);
            let text = written(Format::Github, &report, &Terminal::default());
            prop_assert_eq!(text.lines().count(), 1);
            let (properties, _) = text.split_once(",title=end-before-start::").unwrap();
            prop_assert_eq!(properties.matches(',').count(), 4);
        }
    }
}
