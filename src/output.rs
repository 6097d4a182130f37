//! Outputs: a report as text, one module per format. A format owns its shape; findings know of none.

pub mod checkstyle;
pub mod concise;
pub(crate) mod fit;
pub mod full;
pub mod github;
pub mod gitlab;
pub mod json;
pub mod jsonl;
pub mod junit;
pub mod markdown;
pub mod rdjson;
pub mod sarif;
pub mod statistics;
pub(crate) mod terminal;
mod xml;

use std::{collections::BTreeMap, io};

pub use self::terminal::Terminal;
use crate::{
    finding::{Finding, Location, Severity},
    lint::{Report, Summary},
    message::counted,
    source::visible_line,
};

/// The formats that a report can be written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Each finding with an excerpt of every place that it names.
    #[default]
    Full,
    /// One line a finding.
    Concise,
    /// One JSON document, version 1 of a promise.
    Json,
    /// The findings of that document, one a line.
    Jsonl,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Workflow commands, which GitHub shows beside the lines.
    Github,
    /// Code quality, as GitLab reads it.
    Gitlab,
    /// `JUnit` XML: a failed test a finding.
    Junit,
    /// Checkstyle XML.
    Checkstyle,
    /// The diagnostics of reviewdog.
    Rdjson,
    /// A table for the summary of a job.
    Markdown,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 11] = [
        Self::Full,
        Self::Concise,
        Self::Json,
        Self::Jsonl,
        Self::Sarif,
        Self::Github,
        Self::Gitlab,
        Self::Junit,
        Self::Checkstyle,
        Self::Rdjson,
        Self::Markdown,
    ];

    /// The word for it on the command line.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Concise => "concise",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Sarif => "sarif",
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Junit => "junit",
            Self::Checkstyle => "checkstyle",
            Self::Rdjson => "rdjson",
            Self::Markdown => "markdown",
        }
    }

    /// Whether it shows or counts what is in the sources, so that a report has to keep them.
    #[must_use]
    pub const fn needs_sources(self) -> bool {
        matches!(self, Self::Full | Self::Rdjson)
    }

    /// Whether it is for people at a terminal, so that more can be reported below it.
    #[must_use]
    pub const fn is_for_people(self) -> bool {
        matches!(self, Self::Full | Self::Concise)
    }

    /// The report in this format, as a pipe gets it from the program.
    #[must_use]
    pub fn render(self, report: &Report) -> String {
        let mut text = Vec::new();
        // Writing to a vector cannot fail.
        let _ = self.write(report, &Terminal::default(), &mut text);
        String::from_utf8_lossy(&text).into_owned()
    }

    /// Writes `report` in this format.
    #[doc(hidden)]
    pub fn write(
        self,
        report: &Report,
        options: &Terminal,
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        match self {
            Self::Full => full::write(report, options, out),
            Self::Concise => concise::write(report, options, out),
            Self::Json => json::write(report, options, out),
            Self::Jsonl => jsonl::write(report, options, out),
            Self::Sarif => sarif::write(report, options, out),
            Self::Github => github::write(report, options, out),
            Self::Gitlab => gitlab::write(report, options, out),
            Self::Junit => junit::write(report, options, out),
            Self::Checkstyle => checkstyle::write(report, options, out),
            Self::Rdjson => rdjson::write(report, options, out),
            Self::Markdown => markdown::write(report, options, out),
        }
    }
}

/// No one corrects so many findings in one go.
const MANY: usize = 100;
/// So many of the rules with the most findings are named.
const COMMONEST: usize = 3;

/// The path, line and column of a place, as editors and terminals understand them.
fn place(location: &Location) -> String {
    let path = visible_line(&location.path);
    format!("{path}:{}:{}", location.start.line, location.start.column)
}

/// The message on one line, with the first other place that explains it.
fn sentence(finding: &Finding) -> String {
    let message = visible_line(&finding.message);
    match finding.labels.first() {
        Some(label) => format!("{message} (see {})", place(&label.location)),
        None => message.into_owned(),
    }
}

/// The message, every other place and what to do, each on a line of its own.
fn paragraph(finding: &Finding) -> String {
    let mut lines = vec![visible_line(&finding.message).into_owned()];
    lines.extend(
        finding
            .labels
            .iter()
            .map(|label| format!("{}: {}", place(&label.location), visible_line(&label.text))),
    );
    lines.extend(finding.help.iter().map(|help| format!("help: {}", visible_line(help))));
    lines.join("\n")
}

/// The findings with the gravest first; among equals, in their own order.
fn by_severity(report: &Report) -> Vec<&Finding> {
    let mut findings: Vec<&Finding> = report.findings.iter().collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    findings
}

/// What people read after the findings: inputs that could not be read, the totals, the next step.
fn write_summary(report: &Report, options: &Terminal, out: &mut dyn io::Write) -> io::Result<()> {
    for unread in &report.unread {
        let (path, reason) = (visible_line(&unread.path), visible_line(&unread.reason));
        let text = format!("{path}: not read: {reason}");
        for line in fit::wrap(&text, options.columns(), "  ") {
            writeln!(
                out,
                "{}",
                line.replacen("not read", &options.paint(Severity::Error, "not read"), 1)
            )?;
        }
    }
    if options.quiet {
        return Ok(());
    }
    let mut lines = vec![totals(&report.summary)];
    lines.extend(commonest(report));
    // The gravest finding is where a reader starts; among equals, the first.
    let gravest = report.findings.iter().rev().max_by_key(|finding| finding.severity);
    lines.extend(
        gravest.map(|finding| format!("run `rapporteur explain {}` for details", finding.rule)),
    );
    let found: usize = report.findings.iter().map(|finding| finding.count).sum();
    // What could not be read cannot be written down either.
    if options.may_inherit && found >= MANY && report.unread.is_empty() {
        lines.push("run `rapporteur baseline create` to accept all of these; `check` then reports only new findings".to_owned());
    }
    for (number, line) in lines.iter().enumerate() {
        for line in fit::wrap(line, options.columns(), "  ") {
            let line = if number == 0 { colored(&line, &report.summary, options) } else { line };
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}

/// The rules with the most findings, where there are several.
fn commonest(report: &Report) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for ((_, rule), tally) in &report.tallies {
        *counts.entry(rule).or_default() += tally.findings;
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let most: Vec<String> =
        counts.iter().take(COMMONEST).map(|(rule, count)| format!("{rule} ({count})")).collect();
    // Where each rule has found one thing, none is common.
    let has_common = counts.len() > 1 && counts[0].1 > 1;
    has_common.then(|| format!("most often: {}", most.join(", ")))
}

/// The totals with each count in the colour of its severity.
fn colored(line: &str, summary: &Summary, options: &Terminal) -> String {
    let mut line = line.to_owned();
    for (count, noun, severity) in counts(summary) {
        let text = counted(count, noun);
        if count > 0 {
            line = line.replacen(&text, &options.paint(severity, &text), 1);
        }
    }
    line
}

/// How many findings there are of each severity.
fn counts(summary: &Summary) -> [(usize, &'static str, Severity); 3] {
    [
        (summary.errors, "error", Severity::Error),
        (summary.warnings, "warning", Severity::Warning),
        (summary.infos, "info", Severity::Info),
    ]
}

/// The totals in words, such as `5 errors, 1 warning in 26 files (26 records)`.
fn totals(summary: &Summary) -> String {
    let counts = counts(summary).into_iter().filter(|(count, ..)| *count > 0);
    let found: Vec<String> = counts.map(|(count, noun, _)| counted(count, noun)).collect();
    let found = if found.is_empty() { "no findings".to_owned() } else { found.join(", ") };
    let (files, records) = (counted(summary.files, "file"), counted(summary.records, "record"));
    let allowed = match summary.allowed {
        0 => String::new(),
        count => format!("; {count} suppressed"),
    };
    let known = match summary.known {
        0 => String::new(),
        count => format!("; {count} in the baseline"),
    };
    format!("{found} in {files} ({records}){allowed}{known}")
}

#[cfg(test)]
pub(crate) mod testing {
    use std::{collections::BTreeMap, sync::Arc};

    use super::*;
    use crate::{
        finding::{Family, Identity, Label, RuleId},
        lint::{Unread, tallies},
        rule::RuleSet,
        source::{LineIndex, Source, Span, Syntax},
    };

    /// The place of bytes `span` of `text` in a record of the file `path`.
    pub(crate) fn location(path: &str, text: &str, span: Span) -> Location {
        let lines = LineIndex::new(text);
        Location {
            path: path.to_owned(),
            start: lines.position(text, span.start),
            end: lines.position(text, span.end),
            record: Some("programme-final".to_owned()),
            kind: Some("programme".to_owned()),
            pointer: "/slots/1/end".to_owned(),
        }
    }

    /// The place of the first `needle` in `text`.
    pub(crate) fn find(path: &str, text: &str, needle: &str) -> Location {
        let start = text.find(needle).expect("the needle stands in the text");
        location(path, text, Span::new(start as u32, (start + needle.len()) as u32))
    }

    /// An error found by `end-before-start`.
    pub(crate) fn finding(message: &str, location: Location) -> Finding {
        Finding {
            rule: RuleId::new("end-before-start"),
            family: Family::Times,
            severity: Severity::Error,
            message: message.to_owned(),
            location,
            labels: Vec::new(),
            help: None,
            corrections: Vec::new(),
            fingerprint: "0123456789abcdef0123456789abcdef".to_owned(),
            identity: Identity::default(),
            count: 1,
            suppression: None,
        }
    }

    /// A label at `location`.
    pub(crate) fn label(text: &str, location: Location) -> Label {
        Label { location, text: text.to_owned() }
    }

    /// A report of `findings` over `texts`.
    pub(crate) fn report(findings: Vec<Finding>, texts: &[(&str, &str)]) -> Report {
        let sources = texts.iter().map(|(path, text)| {
            ((*path).to_owned(), Arc::new(Source::new(*path, Syntax::Json, *text)))
        });
        Report {
            summary: Summary::of(texts.len(), texts.len(), &findings),
            tallies: tallies(&findings),
            findings,
            suppressed: Vec::new(),
            known: Vec::new(),
            unread: Vec::new(),
            is_complete: true,
            sources: sources.collect::<BTreeMap<_, _>>(),
            rules: RuleSet::default(),
        }
    }

    /// A report of everything that outputs have to show: each severity, with the gravest in the
    /// middle; labels in another file, help, a place of no length, one finding for many, and an
    /// input that could not be read.
    pub(crate) fn example() -> Report {
        let texts =
            [("a.json", "{\n  \"name\": \"Kőrösi\", \"end\": 9\n}\n"), ("b.yaml", "start: 10\n")];
        let [(a, a_text), (b, b_text)] = texts;
        let mut mild = finding("`Kőrösi` has a variant", find(a, a_text, "rösi"));
        (mild.rule, mild.severity, mild.count) = (RuleId::new("name-variant"), Severity::Info, 60);
        let mut grave = finding("ends at 9, before 10", find(a, a_text, "9"));
        grave.labels.push(label("starts here", find(b, b_text, "10")));
        grave.labels.push(label("as named here", find(a, a_text, "Kőr")));
        grave.help = Some("correct the hour".to_owned());
        let mut empty = finding("an empty place", location(b, b_text, Span::at(7)));
        (empty.severity, empty.location.record) = (Severity::Warning, None);
        empty.location.pointer = String::new();
        (mild.fingerprint, empty.fingerprint) = ("1".repeat(32), "2".repeat(32));
        let reason = "no such file or folder".to_owned();
        Report {
            unread: vec![Unread { path: "c.json".to_owned(), reason }],
            ..report(vec![mild, grave, empty], &texts)
        }
    }

    /// What `format` makes of `report`.
    pub(crate) fn written(format: Format, report: &Report, options: &Terminal) -> String {
        let mut out = Vec::new();
        format.write(report, options, &mut out).expect("a vector takes every byte");
        String::from_utf8(out).expect("outputs are UTF-8")
    }

    /// The first character of `text` that could disturb a terminal, other than line feed and, if
    /// `color`, the colour codes that outputs write themselves.
    pub(crate) fn disturbing(text: &str, color: bool) -> Option<char> {
        let mut text = text.to_owned();
        if color {
            for code in ["0", "1", "2", "4", "31", "33", "34", "36", "36;1;4", "39", "22", "24"] {
                text = text.replace(&format!("\u{1b}[{code}m"), "");
            }
            for code in ["32;1", "33;1", "35;1"] {
                text = text.replace(&format!("\u{1b}[{code}m"), "");
            }
        }
        let mut marked = crate::source::marked(&text);
        marked.find(|(c, is_hidden)| *c == '\t' || *is_hidden).map(|(c, _)| c)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{testing::*, *};
    use crate::{finding::RuleId, lint::Unread};

    #[test]
    fn totals_name_only_what_was_found_and_count_in_the_right_number() {
        let summary =
            Summary { files: 26, records: 25, errors: 5, warnings: 1, ..Summary::default() };
        assert_eq!(totals(&summary), "5 errors, 1 warning in 26 files (25 records)");
        let summary = Summary {
            files: 1,
            records: 1,
            errors: 1,
            warnings: 3,
            infos: 2,
            allowed: 4,
            known: 7,
        };
        assert_eq!(
            totals(&summary),
            "1 error, 3 warnings, 2 infos in 1 file (1 record); 4 suppressed; 7 in the baseline"
        );
        assert_eq!(totals(&Summary::default()), "no findings in 0 files (0 records)");
    }

    #[test]
    fn the_summary_names_what_was_not_read_and_points_at_the_gravest_rule() {
        let text = "{\"a\": 1}";
        let mut mild = finding("mild", find("a.json", text, "1"));
        mild.severity = Severity::Info;
        mild.rule = RuleId::new("odd-form");
        let grave = finding("grave", find("a.json", text, "1"));
        let mut report = report(vec![mild, grave], &[("a.json", text)]);
        report.unread = vec![Unread {
            path: "b\u{1b}.json".to_owned(),
            reason: "permission denied".to_owned(),
        }];
        let mut out = Vec::new();
        write_summary(&report, &Terminal::default(), &mut out).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "b..json: not read: permission denied\n1 error, 1 info in 1 file (1 record)\n\
             run `rapporteur explain end-before-start` for details\n"
        );
    }

    #[test]
    fn who_has_many_old_findings_learns_how_to_live_with_them() {
        let text = "{\"a\": 1}";
        let mut many = finding("many", find("a.json", text, "1"));
        many.count = MANY;
        let all = report(vec![many.clone()], &[("a.json", text)]);
        let offered = Terminal { may_inherit: true, ..Terminal::default() };
        let reported = |report: &Report, options: Terminal| {
            written(Format::Concise, report, &options).contains("`rapporteur baseline create`")
        };
        assert!(reported(&all, offered.clone()));
        assert!(!reported(&all, Terminal::default()), "there is a list, or it would not help");
        assert!(!reported(&all, Terminal { quiet: true, ..offered.clone() }));
        let unread = Unread { path: "b".to_owned(), reason: "gone".to_owned() };
        assert!(!reported(&Report { unread: vec![unread], ..all.clone() }, offered.clone()));
        many.count = MANY - 1;
        assert!(!reported(&report(vec![many], &[("a.json", text)]), offered));
    }

    #[test]
    fn rules_are_linked_to_their_pages_where_that_is_wanted() {
        let mut odd = finding("odd", find("a.json", "9", "9"));
        odd.rule = RuleId::new("no-such-rule");
        let report = report(vec![finding("m", find("a.json", "9", "9")), odd], &[("a.json", "9")]);
        let pages = Some("https://example.org/{rule}.md".to_owned());
        let options = Terminal { pages, quiet: true, ..Terminal::default() };
        let id = "end-before-start";
        let link = format!("\u{1b}]8;;https://example.org/{id}.md\u{1b}\\{id}\u{1b}]8;;\u{1b}\\");
        for format in Format::ALL {
            let plain = written(format, &report, &Terminal { quiet: true, ..Terminal::default() });
            let linked = written(format, &report, &options);
            assert_eq!(linked != plain, format.is_for_people(), "{format:?}");
            assert_eq!(linked.replace(&link, id), plain, "nothing else differs");
        }
    }

    #[test]
    fn quiet_leaves_out_the_totals_but_not_what_was_not_read() {
        let mut report = report(Vec::new(), &[]);
        report.unread = vec![Unread { path: "b".to_owned(), reason: "gone".to_owned() }];
        let quiet = Terminal { quiet: true, ..Terminal::default() };
        for format in [Format::Full, Format::Concise] {
            assert_eq!(written(format, &report, &quiet), "b: not read: gone\n");
        }
    }

    proptest! {
        #[test]
        fn no_format_disturbs_a_terminal_or_fails(text: String, path: String) {
            let mut one = finding(&text, find(&path, "9", "9"));
            one.help = Some(text.clone());
            one.labels.push(label(&text, find(&path, "9", "9")));
            one.location.pointer = format!("/{text}");
            one.location.record = Some(text.clone());
            let mut report = report(vec![one], &[(&path, "9")]);
            report.unread = vec![Unread { path, reason: text }];
            for format in Format::ALL {
                let text = written(format, &report, &Terminal::default());
                prop_assert_eq!(disturbing(&text, false), None, "{}", format.word());
            }
        }
    }
}
