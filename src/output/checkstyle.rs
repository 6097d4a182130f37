//! The `checkstyle` output: the XML of Checkstyle, which many servers and editors read.

use std::io;

use super::{
    Terminal, sentence,
    xml::{self, plain},
};
use crate::{finding::Finding, lint::Report};

/// The version of Checkstyle whose form this is.
const VERSION: &str = "4.3";

/// One `error` element.
struct Entry<'e> {
    line: u32,
    column: Option<u32>,
    severity: &'static str,
    message: &'e str,
    rule: &'e str,
}

/// A writer of XML.
type Out<'o> = quick_xml::Writer<&'o mut dyn io::Write>;

/// Writes one `file` element for each file in which something was found or that could not be read.
pub fn write(report: &Report, _: &Terminal, out: &mut dyn io::Write) -> io::Result<()> {
    xml::write(out, |writer| {
        let root = writer.create_element("checkstyle").with_attribute(("version", VERSION));
        if report.findings.is_empty() && report.unread.is_empty() {
            root.write_empty()?;
            return Ok(());
        }
        root.write_inner_content(|writer| {
            for unread in &report.unread {
                let message = format!("not read: {}", unread.reason);
                let entry = Entry {
                    line: 1,
                    column: None,
                    severity: "error",
                    message: &message,
                    rule: "unread",
                };
                write_file(&unread.path, writer, |writer| entry.write(writer))?;
            }
            for (path, findings) in xml::by_path(report) {
                write_file(path, writer, |writer| {
                    findings.iter().try_for_each(|finding| write_finding(finding, writer))
                })?;
            }
            Ok(())
        })?;
        Ok(())
    })
}

fn write_file(
    path: &str,
    writer: &mut Out<'_>,
    entries: impl FnOnce(&mut Out<'_>) -> io::Result<()>,
) -> io::Result<()> {
    let file = writer.create_element("file").with_attribute(("name", plain(path).as_ref()));
    file.write_inner_content(|writer| entries(writer))?;
    Ok(())
}

fn write_finding(finding: &Finding, writer: &mut Out<'_>) -> io::Result<()> {
    let start = finding.location.start;
    let entry = Entry {
        line: start.line,
        column: Some(start.column),
        severity: finding.severity.word(),
        message: &sentence(finding),
        rule: &finding.rule,
    };
    entry.write(writer)
}

impl Entry<'_> {
    fn write(&self, writer: &mut Out<'_>) -> io::Result<()> {
        let mut element =
            writer.create_element("error").with_attribute(("line", self.line.to_string().as_str()));
        if let Some(column) = self.column {
            element = element.with_attribute(("column", column.to_string().as_str()));
        }
        element
            .with_attribute(("severity", self.severity))
            .with_attribute(("message", plain(self.message).as_ref()))
            .with_attribute(("source", format!("rapporteur.{}", self.rule).as_str()))
            .write_empty()?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::{Format, testing::*};

    #[test]
    fn each_finding_is_an_error_element_of_its_file() {
        insta::assert_snapshot!(written(Format::Checkstyle, &example(), &Terminal::default()));
    }

    #[test]
    fn no_findings_are_an_empty_element() {
        let text = written(Format::Checkstyle, &report(Vec::new(), &[]), &Terminal::default());
        assert_eq!(
            text,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\"/>\n"
        );
    }

    #[test]
    fn nothing_in_a_text_ends_an_attribute_or_is_no_xml() {
        let one = finding("\"/>]]>\n'<&\u{0}\u{fffe}", find("\"<&\t.json", "9", "9"));
        let text = written(Format::Checkstyle, &report(vec![one], &[]), &Terminal::default());
        assert!(text.contains("<file name=\"&quot;&lt;&amp; .json\">\n"), "{text}");
        assert!(text.contains("message=\"&quot;/&gt;]]&gt; &apos;&lt;&amp;.\u{fffd}\""), "{text}");
    }
}
