//! How often each rule found something: a table for people, below a report.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    io,
};

use super::Terminal;
use crate::{finding::Severity, lint::Report};

/// What one rule found with one severity.
#[derive(Default)]
struct Row<'r> {
    count: usize,
    files: BTreeSet<&'r str>,
}

/// Writes a line for each rule that found something and each severity of what it found: the gravest first, and of those
/// the most frequent. A finding that stands for many counts as many. Where nothing was found there is no table.
pub fn write(report: &Report, options: &Terminal, out: &mut dyn io::Write) -> io::Result<()> {
    let mut rows: BTreeMap<(Severity, &str), Row<'_>> = BTreeMap::new();
    for finding in &report.findings {
        let row = rows.entry((finding.severity, finding.rule)).or_default();
        row.count += finding.count;
        row.files.insert(&finding.location.path);
    }
    if rows.is_empty() {
        return Ok(());
    }
    let mut rows: Vec<_> = rows.into_iter().collect();
    rows.sort_by_key(|((severity, rule), row)| (Reverse((*severity, row.count)), *rule));
    let widest = |column: fn(&Row<'_>) -> usize, name: &str| {
        let figures = rows.iter().map(|(_, row)| column(row).to_string().len());
        figures.max().unwrap_or(0).max(name.len())
    };
    let (counts, files) = (widest(|row| row.count, COUNT), widest(|row| row.files.len(), FILES));
    // What stands above it is another report.
    writeln!(out)?;
    writeln!(out, "{COUNT:>counts$}  {FILES:>files$}  severity  rule")?;
    for ((severity, rule), row) in &rows {
        // The colour is no part of the width.
        let word = format!("{:8}", severity.word());
        let (word, rule) = (options.paint(*severity, &word), options.linked(rule));
        writeln!(out, "{:>counts$}  {:>files$}  {word}  {rule}", row.count, row.files.len())?;
    }
    Ok(())
}

const COUNT: &str = "count";
const FILES: &str = "files";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{finding::Finding, output::testing::*};

    fn table(findings: Vec<Finding>, options: &Terminal) -> String {
        let mut out = Vec::new();
        write(&report(findings, &[]), options, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn one(rule: &'static str, severity: Severity, path: &str, count: usize) -> Finding {
        Finding { rule, severity, count, ..finding("m", find(path, "9", "9")) }
    }

    #[test]
    fn the_gravest_and_most_frequent_come_first_and_each_severity_has_its_line() {
        let findings = vec![
            one("speaker-tbc", Severity::Info, "a.json", 200_000),
            one("speaker-tbc", Severity::Info, "b.json", 1),
            one("speaker-tbc", Severity::Error, "b.json", 1),
            one("slot-gap", Severity::Error, "b.json", 1),
            one("slots-overlap", Severity::Error, "b.json", 2),
            one("slots-overlap", Severity::Error, "b.json", 1),
        ];
        assert_eq!(
            table(findings, &Terminal::default()),
            "\n count  files  severity  rule\n     \
                  3      1  error     slots-overlap\n     \
                  1      1  error     slot-gap\n     \
                  1      1  error     speaker-tbc\n\
             200001      2  info      speaker-tbc\n"
        );
    }

    #[test]
    fn nothing_found_is_no_table_and_colours_keep_the_columns() {
        assert_eq!(table(Vec::new(), &Terminal::default()), "");
        let options = Terminal { color: true, ..Terminal::default() };
        let colored = table(vec![one("slot-gap", Severity::Error, "a.json", 7)], &options);
        assert!(
            colored.ends_with("\n    7      1  \u{1b}[31merror   \u{1b}[0m  slot-gap\n"),
            "{colored}"
        );
    }
}
