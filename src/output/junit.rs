//! The `junit` output: `JUnit` XML, where a file is a suite of tests and a finding one of them: it failed if it makes the run
//! fail, and otherwise passed with something to say.

use std::io;

use quick_xml::{Writer, events::BytesText};

use super::{
    Terminal, paragraph, sentence, totals,
    xml::{self, plain},
};
use crate::{
    finding::Finding,
    lint::{Report, Unread},
    message::counted,
};

/// What an XML writer writes to.
type Out<'o> = Writer<&'o mut dyn io::Write>;

/// Writes the suites: one a file in which something was found or that could not be read. Without
/// any, one with a test that passed, since many readers take no tests for a run that broke.
pub fn write(report: &Report, options: &Terminal, out: &mut dyn io::Write) -> io::Result<()> {
    let (found, errors) = (report.findings.len(), report.unread.len());
    let failures = report.findings.iter().filter(|finding| fails(finding, options)).count();
    xml::write(out, |writer| {
        let tests = (found + errors).max(1);
        let suites = writer.create_element("testsuites").with_attribute(("name", "rapporteur"));
        let suites = with_counts(suites, tests, failures, errors);
        suites.write_inner_content(|writer| {
            for unread in &report.unread {
                write_unread(unread, writer)?;
            }
            for (path, findings) in xml::by_path(report) {
                write_suite(path, &findings, options, writer)?;
            }
            if found + errors == 0 { write_passed(report, writer) } else { Ok(()) }
        })?;
        Ok(())
    })
}

type Element<'w, 'o> = quick_xml::writer::ElementWriter<'w, &'o mut dyn io::Write>;

fn with_counts<'w, 'o>(
    element: Element<'w, 'o>,
    tests: usize,
    failures: usize,
    errors: usize,
) -> Element<'w, 'o> {
    element
        .with_attribute(("tests", tests.to_string().as_str()))
        .with_attribute(("failures", failures.to_string().as_str()))
        .with_attribute(("errors", errors.to_string().as_str()))
}

fn write_unread(unread: &Unread, writer: &mut Out<'_>) -> io::Result<()> {
    let (path, reason) = (plain(&unread.path), plain(&unread.reason));
    let suite = writer.create_element("testsuite").with_attribute(("name", path.as_ref()));
    with_counts(suite, 1, 0, 1).write_inner_content(|writer| {
        write_case("read", &path, writer, |writer| {
            let error = writer.create_element("error").with_attribute(("type", "unread"));
            error.with_attribute(("message", reason.as_ref())).write_empty()?;
            Ok(())
        })
    })?;
    Ok(())
}

/// Whether the finding makes the run fail.
fn fails(finding: &Finding, options: &Terminal) -> bool {
    options.fails_at.is_some_and(|least| finding.severity >= least)
}

fn write_suite(
    path: &str,
    findings: &[&Finding],
    options: &Terminal,
    writer: &mut Out<'_>,
) -> io::Result<()> {
    let path = plain(path);
    let failures = findings.iter().filter(|finding| fails(finding, options)).count();
    let suite = writer.create_element("testsuite").with_attribute(("name", path.as_ref()));
    with_counts(suite, findings.len(), failures, 0).write_inner_content(|writer| {
        for finding in findings {
            let start = finding.location.start;
            let name = format!("{} at {}:{}", finding.rule, start.line, start.column);
            write_case(&name, &path, writer, |writer| {
                if !fails(finding, options) {
                    let said = format!("{}: {}", finding.severity, content(finding));
                    let output = writer.create_element("system-out");
                    output.write_text_content(BytesText::new(&said))?;
                    return Ok(());
                }
                let failure = writer
                    .create_element("failure")
                    .with_attribute(("type", finding.severity.word()))
                    .with_attribute(("message", plain(&sentence(finding)).as_ref()));
                failure.write_text_content(BytesText::new(&content(finding)))?;
                Ok(())
            })?;
        }
        Ok(())
    })?;
    Ok(())
}

/// Where and what, line by line.
fn content(finding: &Finding) -> String {
    let text = format!("{}: {}", super::place(&finding.location), paragraph(finding));
    text.lines().map(plain).collect::<Vec<_>>().join("\n")
}

fn write_passed(report: &Report, writer: &mut Out<'_>) -> io::Result<()> {
    let suite = writer.create_element("testsuite").with_attribute(("name", "rapporteur"));
    with_counts(suite, 1, 0, 0).write_inner_content(|writer| {
        let name = counted(report.summary.files, "file");
        let case = writer.create_element("testcase").with_attribute(("name", name.as_str()));
        let case = case.with_attribute(("classname", "rapporteur"));
        case.write_inner_content(|writer| {
            let reported = totals(&report.summary);
            writer.create_element("system-out").write_text_content(BytesText::new(&reported))?;
            Ok(())
        })?;
        Ok(())
    })?;
    Ok(())
}

fn write_case(
    name: &str,
    path: &str,
    writer: &mut Out<'_>,
    outcome: impl FnOnce(&mut Out<'_>) -> io::Result<()>,
) -> io::Result<()> {
    let case = writer.create_element("testcase").with_attribute(("name", name));
    case.with_attribute(("classname", path))
        .with_attribute(("file", path))
        .write_inner_content(|writer| outcome(writer))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::{Format, testing::*};

    #[test]
    fn each_file_is_a_suite_and_each_finding_a_test_that_failed() {
        insta::assert_snapshot!(written(Format::Junit, &example(), &Terminal::default()));
    }

    #[test]
    fn no_findings_are_a_test_that_passed() {
        let report = report(Vec::new(), &[("a.json", "{}")]);
        insta::assert_snapshot!(written(Format::Junit, &report, &Terminal::default()));
    }

    #[test]
    fn nothing_in_a_text_ends_an_element_or_is_no_xml() {
        let hostile = "a]]>b</failure>\"'&\u{0}\u{1b}\u{ffff}\nc";
        let mut one = finding(hostile, find("<&\"\n>.json", "9", "9"));
        one.help = Some(hostile.to_owned());
        insta::assert_snapshot!(written(
            Format::Junit,
            &report(vec![one], &[]),
            &Terminal::default()
        ));
    }
}
