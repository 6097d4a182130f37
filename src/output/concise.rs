//! The `concise` output: one line a finding, as compilers and editors expect it.

use std::io;

use super::{Terminal, place, sentence, write_summary};
use crate::{finding::Finding, lint::Report};

/// Writes one line a finding, then the summary.
pub fn write(report: &Report, options: &Terminal, out: &mut dyn io::Write) -> io::Result<()> {
    for finding in &report.findings {
        write_line(finding, options, out)?;
    }
    write_summary(report, options, out)
}

fn write_line(finding: &Finding, options: &Terminal, out: &mut dyn io::Write) -> io::Result<()> {
    let severity = options.paint(finding.severity, finding.severity.word());
    let (place, rule) = (place(&finding.location), options.linked(&finding.rule));
    writeln!(out, "{place}: {severity}[{rule}] {}", sentence(finding))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::output::{Format, testing::*};

    const TEXT: &str = "{\n  \"start\": \"Kőr\", \"end\": 9\n}\n";

    #[test]
    fn a_finding_is_one_line_that_names_the_first_other_place() {
        let mut one = finding("ends\nbefore", find("a.json", TEXT, "9"));
        one.labels.push(label("starts here", find("b.json", TEXT, "\"Kőr\"")));
        one.labels.push(label("and here", find("c.json", TEXT, "\"Kőr\"")));
        let report = report(vec![one], &[("a.json", TEXT)]);
        assert_eq!(
            written(Format::Concise, &report, &Terminal::default()),
            "a.json:2:26: error[end-before-start] ends before (see b.json:2:12)\n\
             1 error in 1 file (1 record)\n\
             run `rapporteur explain end-before-start` for details\n"
        );
    }

    #[test]
    fn only_the_severity_is_coloured() {
        let report = report(vec![finding("m", find("a.json", TEXT, "9"))], &[]);
        let options = Terminal { color: true, quiet: true, ..Terminal::default() };
        assert_eq!(
            written(Format::Concise, &report, &options),
            "a.json:2:26: \u{1b}[31merror\u{1b}[0m[end-before-start] m\n"
        );
    }

    proptest! {
        #[test]
        fn any_message_and_path_stay_on_one_harmless_line(message: String, path: String) {
            let report = report(vec![finding(&message, find(&path, TEXT, "9"))], &[]);
            let options = Terminal { quiet: true, ..Terminal::default() };
            let text = written(Format::Concise, &report, &options);
            prop_assert_eq!(text.lines().count(), 1);
            prop_assert_eq!(disturbing(&text, false), None);
        }
    }
}
