//! The `markdown` output: a table for people, such as for the summary of a job.

use std::io;

use super::{Terminal, by_severity, place, sentence, totals};
use crate::{
    finding::Finding,
    lint::{Report, Unread},
    message::counted,
    source::visible_line,
};

/// How long the table may become: GitHub refuses a summary of more than a mebibyte as a whole.
const LIMIT: usize = 900_000;

/// Writes the totals and a table, the gravest findings first.
pub fn write(report: &Report, _: &Terminal, out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(out, "## Rapporteur\n\n{}", totals(&report.summary))?;
    if report.findings.is_empty() && report.unread.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n| | rule | place | finding |\n|---|---|---|---|")?;
    let mut length = 0;
    let inputs = write_rows(report.unread.iter().map(unread_row), &mut length, out)?;
    let findings = write_rows(by_severity(report).into_iter().map(row), &mut length, out)?;
    let left_out: Vec<String> = [(inputs, "more input"), (findings, "more finding")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, noun)| counted(count, noun))
        .collect();
    if !left_out.is_empty() {
        let left_out = left_out.join(" and ");
        writeln!(out, "\n{left_out} left out, since the table would be too long")?;
    }
    Ok(())
}

/// Writes the rows that fit, and says how many do not.
fn write_rows(
    rows: impl Iterator<Item = String>,
    length: &mut usize,
    out: &mut dyn io::Write,
) -> io::Result<usize> {
    let mut left_out = 0;
    for row in rows {
        *length += row.len();
        if *length > LIMIT {
            left_out += 1;
        } else {
            out.write_all(row.as_bytes())?;
        }
    }
    Ok(left_out)
}

fn unread_row(unread: &Unread) -> String {
    format!("| not read | | {} | {} |\n", cell(&unread.path), cell(&unread.reason))
}

fn row(finding: &Finding) -> String {
    let (place, sentence) = (cell(&place(&finding.location)), cell(&sentence(finding)));
    format!("| {} | `{}` | {place} | {sentence} |\n", finding.severity, finding.rule)
}

/// `text` in a cell of a table, as it is: nothing in it is Markdown, HTML or a mention.
fn cell(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in visible_line(text).chars() {
        match c {
            // Entities, since a backslash does not keep these from all that reads them.
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '@' => safe.push_str("&#64;"),
            // No address becomes a link, and no word between colons a picture.
            ':' => safe.push_str("&#58;"),
            '.' if safe.ends_with("www") || safe.ends_with("WWW") => safe.push_str("&#46;"),
            // Nor a number of an issue a link, as in GH-12.
            '-' if safe.ends_with("GH") || safe.ends_with("gh") => safe.push_str("&#45;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '!' | '$' => {
                safe.extend(['\\', c]);
            }
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::output::{Format, testing::*};

    #[test]
    fn the_gravest_findings_are_the_first_rows() {
        insta::assert_snapshot!(written(Format::Markdown, &example(), &Terminal::default()));
    }

    #[test]
    fn no_findings_have_no_table() {
        let text = written(Format::Markdown, &report(Vec::new(), &[]), &Terminal::default());
        assert_eq!(text, "## Rapporteur\n\nno findings in 0 files (0 records)\n");
    }

    #[test]
    fn nothing_in_a_text_is_markdown() {
        assert_eq!(
            cell("a|b\n`c` *d* _e_ <img> [f](g) @h & ~i~ \\ #1"),
            "a\\|b \\`c\\` \\*d\\* \\_e\\_ &lt;img&gt; \\[f\\](g) &#64;h &amp; \\~i\\~ \\\\ \\#1"
        );
    }

    #[test]
    fn a_table_that_would_be_too_long_says_how_much_it_leaves_out() {
        let long = "x".repeat(LIMIT / 3);
        let findings = (0..5).map(|_| finding(&long, find("a.json", "9", "9"))).collect();
        let text =
            written(Format::Markdown, &report(findings, &[("a.json", "9")]), &Terminal::default());
        assert!(
            text.ends_with("\n\n3 more findings left out, since the table would be too long\n")
        );
        assert!(text.len() < LIMIT + 1_000 && text.contains("\n5 errors in 1 file (1 record)\n"));
    }

    #[test]
    fn inputs_that_were_not_read_stay_within_the_limit_too() {
        let unread = Unread { path: "x".repeat(LIMIT / 3), reason: "gone".to_owned() };
        let mut report = report(vec![finding("m", find("a.json", "9", "9"))], &[]);
        report.unread = vec![unread; 4];
        let text = written(Format::Markdown, &report, &Terminal::default());
        let end =
            "\n\n2 more inputs and 1 more finding left out, since the table would be too long\n";
        assert!(text.ends_with(end) && text.len() < LIMIT + 1_000);
    }

    proptest! {
        #[test]
        fn any_message_stays_in_its_cell(message: String, path: String) {
            let report = report(vec![finding(&message, find(&path, "9", "9"))], &[]);
            let text = written(Format::Markdown, &report, &Terminal::default());
            let row = text.lines().last().unwrap().replace("\\\\", "").replace("\\|", "");
            prop_assert_eq!((text.lines().count(), row.matches('|').count()), (7, 5));
        }
    }
}
