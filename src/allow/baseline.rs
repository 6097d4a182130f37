//! The baseline: findings that were there when a project began to check, one a line, so that only what is
//! new is told.
//!
//! A line is the fingerprint of a finding, its rule, its record (or file) and its pointer. The last two
//! are for readers; what counts is the fingerprint, which does not depend on lines. Lines are sorted by
//! record, so that two branches that change different records merge.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::Arc,
};

use crate::{
    finding::Finding,
    source::{LineIndex, Source, Span, Syntax, visible_line},
};

/// The first line of the file.
const HEAD: &str =
    "# Findings that were there before. Written by `rapporteur baseline`; one finding a line.";

/// The findings that a project knows.
#[derive(Clone, Debug)]
pub struct Baseline {
    /// The text, for findings about it.
    pub source: Arc<Source>,
    entries: Vec<Entry>,
    /// The lines by which git marks a conflict.
    marks: Vec<Span>,
}

/// One known finding.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Identifies it.
    pub fingerprint: String,
    /// Its rule.
    pub rule: String,
    /// The line.
    pub span: Span,
}

/// A line that is no entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misread {
    /// Its number, from 1.
    pub line: u32,
    /// What is wrong with it.
    pub reason: &'static str,
}

impl Baseline {
    /// Reads the text of a baseline that is shown under this path.
    pub fn parse(path: &str, bytes: Vec<u8>) -> Result<Self, Misread> {
        // No reader of a baseline asks for its syntax, so that any will do.
        let source = Source::from_bytes(path, Syntax::Yaml, bytes);
        if source.encoding_error.is_some() {
            return Err(Misread { line: 1, reason: "the file is not UTF-8" });
        }
        let lines = LineIndex::new(&source.text);
        let (mut entries, mut marks) = (Vec::new(), Vec::new());
        for line in 1..=lines.line_count() {
            let mut span = lines.line_span(&source.text, line);
            if line == 1 {
                span.start += source.bom_len();
            }
            let text = source.slice(span);
            let shown = text.trim_end();
            if shown.is_empty() || shown.starts_with('#') {
                continue;
            }
            if MARKS.iter().any(|mark| shown.starts_with(mark)) {
                marks.push(span);
                continue;
            }
            let mut words = shown.split(' ');
            let fingerprint = words.next().unwrap_or_default();
            let is_fingerprint =
                fingerprint.len() == 32 && fingerprint.bytes().all(|byte| byte.is_ascii_hexdigit());
            let Some(rule) = words.next().filter(|rule| !rule.is_empty()) else {
                return Err(Misread { line, reason: "a fingerprint and a rule expected" });
            };
            if !is_fingerprint {
                return Err(Misread {
                    line,
                    reason: "a line begins with a fingerprint of 32 digits",
                });
            }
            entries.push(Entry {
                fingerprint: fingerprint.to_ascii_lowercase(),
                rule: rule.to_owned(),
                span: Span::new(span.start, span.start + shown.len() as u32),
            });
        }
        Ok(Self { source: Arc::new(source), entries, marks })
    }

    /// The first line, from 1, at which a merge has left a conflict. The lines of both sides are entries.
    #[must_use]
    pub fn conflict(&self) -> Option<u32> {
        let first = self.marks.first()?;
        Some(LineIndex::new(&self.source.text).position(&self.source.text, first.start).line)
    }

    /// Takes the findings out that are known, each entry for one finding, and gives back how many that
    /// were and the entries that are left over.
    pub fn take_known(&self, findings: &mut Vec<Finding>) -> (usize, Vec<&Entry>) {
        let mut open: BTreeMap<&str, VecDeque<&Entry>> = BTreeMap::new();
        for entry in &self.entries {
            open.entry(entry.fingerprint.as_str()).or_default().push_back(entry);
        }
        let before = findings.len();
        findings.retain(|finding| {
            let entries = open.get_mut(finding.fingerprint.as_str());
            entries.and_then(VecDeque::pop_front).is_none()
        });
        let mut left: Vec<&Entry> = open.into_values().flatten().collect();
        left.sort_by_key(|entry| entry.span);
        (before - findings.len(), left)
    }

    /// The text without the lines of `entries`, and without the marks of a conflict.
    #[must_use]
    pub fn without(&self, entries: &[&Entry]) -> String {
        let mut text = String::with_capacity(self.source.text.len());
        let mut at = 0;
        let gone = entries.iter().map(|entry| entry.span).chain(self.marks.iter().copied());
        let mut gone: Vec<Span> = gone.collect();
        gone.sort_unstable();
        for span in gone {
            let start = span.start as usize;
            text.push_str(self.source.text.get(at..start).unwrap_or_default());
            let rest = self.source.text.get(start..).unwrap_or_default();
            at = start + rest.find('\n').map_or(rest.len(), |end| end + 1);
        }
        text.push_str(self.source.text.get(at..).unwrap_or_default());
        text
    }

    /// How many entries there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// How the lines begin by which git marks a conflict, with the base of both sides or without.
const MARKS: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

/// The text of a baseline that knows `findings`, and has the lines `kept` of an earlier one.
#[must_use]
pub fn written(findings: &[Finding], kept: &[&str]) -> String {
    let owner = |finding: &Finding| {
        let location = &finding.location;
        // A record without an id is found by its file; a space would end the column.
        let owner = location.record.as_deref().unwrap_or(&location.path);
        visible_line(owner).replace(' ', "\u{a0}")
    };
    let mut lines: Vec<(String, &str, String, &str)> = findings
        .iter()
        .map(|finding| {
            let pointer = visible_line(&finding.location.pointer).into_owned();
            (owner(finding), finding.rule, pointer, finding.fingerprint.as_str())
        })
        .collect();
    lines.extend(kept.iter().map(|line| {
        let mut words = line.splitn(4, ' ');
        let mut word = || words.next().unwrap_or_default();
        let (fingerprint, rule) = (word(), word());
        (word().to_owned(), rule, word().to_owned(), fingerprint)
    }));
    lines.sort();
    let mut text = format!("{HEAD}\n");
    for (owner, rule, pointer, fingerprint) in lines {
        let line = format!("{fingerprint} {rule} {owner} {pointer}");
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        finding::{Family, Location, Severity, fingerprint},
        source::Position,
    };

    fn finding(record: &str, pointer: &str, value: &str) -> Finding {
        let at = Position { line: 1, column: 1, offset: 0 };
        Finding {
            rule: "speaker-tbc",
            family: Family::Speakers,
            severity: Severity::Info,
            message: String::new(),
            location: Location {
                path: "a.json".to_owned(),
                start: at,
                end: at,
                record: Some(record.to_owned()),
                kind: None,
                pointer: pointer.to_owned(),
            },
            labels: Vec::new(),
            help: None,
            fingerprint: fingerprint("speaker-tbc", record, pointer, &[value.to_owned()]),
            count: 1,
        }
    }

    fn read(text: &str) -> Baseline {
        Baseline::parse("rapporteur.baseline", text.as_bytes().to_vec()).unwrap()
    }

    #[test]
    fn what_is_written_is_known_when_it_is_read() {
        let findings =
            vec![finding("b\n c", "/slots/1", "x"), finding("a", "", "y"), finding("a", "", "y")];
        let text = written(&findings, &[]);
        let baseline = read(&text);
        assert_eq!((baseline.len(), text.lines().count()), (3, 4));
        let mut left = findings;
        assert_eq!(baseline.take_known(&mut left).0, 3);
        assert!(left.is_empty());
    }

    #[test]
    fn an_entry_stands_for_one_finding() {
        let baseline = read(&written(&[finding("a", "", "y")], &[]));
        let mut findings = vec![finding("a", "", "y"), finding("a", "", "y")];
        let (known, left) = baseline.take_known(&mut findings);
        assert_eq!((known, left.len(), findings.len()), (1, 0, 1));
    }

    #[test]
    fn one_mistake_corrected_and_one_added_in_the_same_file_are_both_noticed() {
        let baseline = read(&written(&[finding("a", "/slots/0", "Koser")], &[]));
        let mut findings = vec![finding("a", "/slots/1", "Hultin")];
        let (known, left) = baseline.take_known(&mut findings);
        assert_eq!((known, left.len(), findings.len()), (0, 1, 1));
    }

    #[test]
    fn the_order_of_the_lines_does_not_depend_on_that_of_the_findings() {
        let (one, other) = (finding("a", "/slots/10", "x"), finding("b", "", "y"));
        assert_eq!(written(&[one.clone(), other.clone()], &[]), written(&[other, one], &[]));
    }

    #[test]
    fn left_over_lines_are_taken_out_and_remarks_stay() {
        let text = written(&[finding("a", "", "y"), finding("b", "", "z")], &[]);
        let text = text.replace(HEAD, "# ours\n");
        let baseline = read(&text);
        let mut findings = vec![finding("b", "", "z")];
        let (_, left) = baseline.take_known(&mut findings);
        let pruned = baseline.without(&left);
        assert!(pruned.starts_with("# ours\n") && pruned.lines().count() == 3, "{pruned}");
        assert_eq!(read(&pruned).len(), 1);
        assert_eq!(baseline.without(&[]), text);
    }

    #[test]
    fn both_sides_of_a_conflict_are_read_and_its_marks_go() {
        let lines: Vec<String> =
            written(&[finding("a", "", "x"), finding("b", "", "y"), finding("c", "", "z")], &[])
                .lines()
                .map(str::to_owned)
                .collect();
        let text = format!(
            "{}\n{}\n<<<<<<< ours\n{}\n||||||| base\n=======\n{}\n>>>>>>> theirs\n",
            lines[0], lines[1], lines[2], lines[3]
        );
        let baseline = read(&text);
        assert_eq!((baseline.len(), baseline.conflict()), (3, Some(3)));
        assert_eq!(baseline.without(&[]), lines.join("\n") + "\n");
        assert_eq!(read(&baseline.without(&[])).conflict(), None);
    }

    #[test]
    fn lines_of_before_are_kept_in_their_place() {
        let all = written(
            &[finding("a", "", "x"), finding("b b", "/c d", "y"), finding("c", "", "z")],
            &[],
        );
        let kept: Vec<&str> = all.lines().filter(|line| line.contains("/c")).collect();
        let some = [finding("c", "", "z"), finding("a", "", "x")];
        assert_eq!((written(&some, &kept), kept.len()), (all.clone(), 1));
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_a_line() {
        let text = written(&[finding("a", "", "x")], &[]).lines().nth(1).unwrap().to_owned();
        assert_eq!(read(&format!("\u{feff}{text}\n")).len(), 1);
    }

    #[test]
    fn a_line_that_is_no_entry_is_named() {
        let read = |text: &str| Baseline::parse("b", text.as_bytes().to_vec()).map(|b| b.len());
        let line = |line, reason| Err(Misread { line, reason });
        let entry = "0123456789abcdef0123456789ABCDEF speaker-tbc a";
        assert_eq!(read(""), Ok(0));
        assert_eq!(read(&format!("{entry}\r\n\n# x\n{entry}")), Ok(2));
        assert_eq!(read("# x\nspeaker-tbc"), line(2, "a fingerprint and a rule expected"));
        assert_eq!(
            read("012 speaker-tbc"),
            line(1, "a line begins with a fingerprint of 32 digits")
        );
        let parsed = Baseline::parse("b", vec![0xff, 0xfe, 0xff]);
        assert!(parsed.is_err(), "{parsed:?}");
    }
}
