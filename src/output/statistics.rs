//! How often each rule found something: a table for people, below a report.

use std::{cmp::Reverse, io};

use super::Terminal;
use crate::lint::{Report, Tally};

/// Writes a line for each rule that found something and each severity of what it found: the gravest first, and of those
/// the most frequent. Findings that are reported as one are counted one by one. Where nothing was found there is no table.
pub fn write(report: &Report, options: &Terminal, out: &mut dyn io::Write) -> io::Result<()> {
    if report.tallies.is_empty() {
        return Ok(());
    }
    let mut rows: Vec<_> = report.tallies.iter().collect();
    rows.sort_by_key(|((severity, rule), row)| (Reverse((*severity, row.findings)), *rule));
    let widest = |column: fn(&Tally) -> usize, name: &str| {
        let figures = rows.iter().map(|(_, row)| column(row).to_string().len());
        figures.max().unwrap_or(0).max(name.len())
    };
    let (counts, files) = (widest(|row| row.findings, COUNT), widest(|row| row.files, FILES));
    // What is above it is another report.
    writeln!(out)?;
    writeln!(out, "{COUNT:>counts$}  {FILES:>files$}  severity  rule")?;
    for ((severity, rule), row) in &rows {
        // The colour does not count in the width.
        let word = format!("{:8}", severity.word());
        let (word, rule) = (options.paint(*severity, &word), options.linked(rule));
        writeln!(out, "{:>counts$}  {:>files$}  {word}  {rule}", row.findings, row.files)?;
    }
    Ok(())
}

const COUNT: &str = "count";
const FILES: &str = "files";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        finding::{Finding, RuleId, Severity},
        lint::tallies,
        output::testing::*,
    };

    fn table(findings: &[Finding], options: &Terminal) -> String {
        let mut out = Vec::new();
        // What is reported as one is in the table as it was found.
        let report = Report {
            tallies: tallies(findings),
            ..report(findings[..1.min(findings.len())].to_vec(), &[])
        };
        write(&report, options, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn one(rule: &'static str, severity: Severity, path: &str) -> Finding {
        Finding { rule: RuleId::new(rule), severity, ..finding("m", find(path, "9", "9")) }
    }

    #[test]
    fn the_gravest_and_most_frequent_come_first_and_each_severity_has_its_line() {
        let mut findings = vec![
            one("slots-overlap", Severity::Error, "a.json"),
            one("slot-gap", Severity::Error, "b.json"),
            one("slots-overlap", Severity::Error, "b.json"),
            one("speaker-tbc", Severity::Error, "b.json"),
            one("slots-overlap", Severity::Error, "b.json"),
        ];
        findings.extend(
            (0..100).map(|n| one("speaker-tbc", Severity::Info, &format!("c{}.json", n / 4))),
        );
        assert_eq!(
            table(&findings, &Terminal::default()),
            "\ncount  files  severity  rule\n    \
                 3      2  error     slots-overlap\n    \
                 1      1  error     slot-gap\n    \
                 1      1  error     speaker-tbc\n  \
               100     25  info      speaker-tbc\n"
        );
    }

    #[test]
    fn nothing_found_is_no_table_and_colours_keep_the_columns() {
        assert_eq!(table(&[], &Terminal::default()), "");
        let options = Terminal { color: true, ..Terminal::default() };
        let colored = table(&[one("slot-gap", Severity::Error, "a.json")], &options);
        assert!(
            colored.ends_with("\n    1      1  \u{1b}[31merror   \u{1b}[0m  slot-gap\n"),
            "{colored}"
        );
    }
}
