//! The baseline: findings that were there when a project began to check, one a line, so that only what is
//! new is reported.
//!
//! A line is the fingerprint of a finding, a digest of its values, its rule, its record (or file) and its pointer. Lines are
//! sorted by record, so that two branches that change different records merge. A finding is known by its fingerprint; what
//! is left over then is compared by all else but the indexes in the pointer.

use std::{
    collections::{HashMap, VecDeque},
    fmt::Write as _,
    hash::Hash,
    sync::Arc,
};

use crate::{
    finding::{Finding, Location, shape},
    source::{LineIndex, Source, Span, Syntax, visible_line},
};

/// The first line of the file.
const HEAD: &str =
    "# Findings that were there before. Written by `rapporteur baseline`; one finding a line.";

/// What the line begins with that says by which version of this form the file is written.
const VERSION: &str = "version ";

/// The version that is written and read.
const CURRENT: &str = "1";

/// The findings that a project knows.
#[derive(Clone, Debug)]
pub struct Baseline {
    /// The text, for findings about it.
    pub source: Arc<Source>,
    entries: Vec<Entry>,
    /// The lines by which git marks a conflict.
    marks: Vec<Span>,
    has_version: bool,
}

/// One known finding; ordered as the lines of a file are.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Its record or its file, as a line has it.
    owner: String,
    /// Its rule.
    pub rule: String,
    /// Its pointer, as a line has it.
    pointer: String,
    /// Identifies it.
    pub fingerprint: String,
    /// The digest of its values; a line may be without.
    values: Option<String>,
    /// The line.
    pub span: Span,
}

/// A line that is not an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misread {
    /// Its number, from 1.
    pub line: u32,
    /// What is wrong with it.
    pub reason: String,
    /// Whether a later version of rapporteur has written the file.
    pub is_later: bool,
}

impl Baseline {
    /// Reads the text of a baseline that is shown under this path.
    pub fn parse(path: &str, bytes: Vec<u8>) -> Result<Self, Misread> {
        // No reader of a baseline asks for its syntax, so that any will do.
        let source = Source::from_bytes(path, Syntax::Yaml, bytes);
        if source.encoding_error.is_some() {
            return Err(Misread::new(1, "the file is not UTF-8"));
        }
        let lines = LineIndex::new(&source.text);
        let (mut entries, mut marks, mut has_version) = (Vec::new(), Vec::new(), false);
        for line in 1..=lines.line_count() {
            let mut span = lines.line_span(&source.text, line);
            if line == 1 {
                span.start += source.bom_len();
            }
            let shown = source.slice(span).trim_end();
            if shown.is_empty() || shown.starts_with('#') {
                continue;
            }
            if MARKS.iter().any(|mark| shown.starts_with(mark)) {
                marks.push(span);
            } else if let Some(version) = shown.strip_prefix(VERSION) {
                check_version(line, version.trim())?;
                has_version = true;
            } else {
                let span = Span::new(span.start, span.start + shown.len() as u32);
                entries.push(Entry::read(line, shown, span)?);
            }
        }
        Ok(Self { source: Arc::new(source), entries, marks, has_version })
    }

    /// Whether the file has lines and does not say by which version of its form they are written.
    #[must_use]
    pub fn lacks_version(&self) -> bool {
        !self.has_version && !self.entries.is_empty()
    }

    /// The first line, from 1, at which a merge has left a conflict. The lines of both sides are entries.
    #[must_use]
    pub fn conflict(&self) -> Option<u32> {
        let first = self.marks.first()?;
        Some(LineIndex::new(&self.source.text).position(&self.source.text, first.start).line)
    }

    /// Takes the findings out that are known, each entry for one finding, and gives back how many that
    /// were and the entries that are left over.
    pub fn take_known(&self, findings: &mut Vec<Finding>) -> (Vec<Finding>, Vec<&Entry>) {
        let (left, known) = take(self.entries.iter().collect(), findings);
        (known, left)
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

/// Takes the findings out that `entries` know, each entry for one finding, and gives back the entries that are left over. A
/// finding is known by its fingerprint; or else by all but the items of lists that it is in, since one of them
/// may have had another name when the baseline was written; or else, if it compares records, by the place in the other one.
pub fn take<'e>(
    mut entries: Vec<&'e Entry>,
    findings: &mut Vec<Finding>,
) -> (Vec<&'e Entry>, Vec<Finding>) {
    let mut known = Vec::new();
    let mut lists = (findings, &mut known);
    pair(
        &mut entries,
        &mut lists,
        |entry| Some(entry.fingerprint.clone()),
        |finding| vec![finding.fingerprint.clone()],
    );
    pair(
        &mut entries,
        &mut lists,
        |entry| Some((entry.values.clone()?, entry.place())),
        |finding| vec![(finding.identity.values.clone(), place(&finding.rule, &finding.location))],
    );
    // A line without a digest of the values may be about any.
    let by_place = |entry: &Entry| entry.values.is_none().then(|| entry.place());
    pair(&mut entries, &mut lists, by_place, |finding| {
        vec![place(&finding.rule, &finding.location)]
    });
    // A finding that compares records is in the last of them in the order of paths, which may be another one by now.
    pair(
        &mut entries,
        &mut lists,
        |entry| Some((entry.values.clone()?, entry.place())),
        |finding| {
            let own = columns(&finding.location).0;
            let others = finding.labels.iter().map(|label| place(&finding.rule, &label.location));
            let others = others.filter(|(_, owner, _)| *owner != own);
            others.map(|place| (finding.identity.values.clone(), place)).collect()
        },
    );
    (entries, known)
}

/// Takes out the entries and the findings that have the same key, or one of the same, one by one in their order.
fn pair<K: Eq + Hash>(
    entries: &mut Vec<&Entry>,
    (findings, known): &mut (&mut Vec<Finding>, &mut Vec<Finding>),
    of_entry: impl Fn(&Entry) -> Option<K>,
    of_finding: impl Fn(&Finding) -> Vec<K>,
) {
    if findings.is_empty() {
        return;
    }
    let mut open: HashMap<K, VecDeque<usize>> = HashMap::new();
    for (number, entry) in entries.iter().enumerate() {
        if let Some(key) = of_entry(entry) {
            open.entry(key).or_default().push_back(number);
        }
    }
    if open.is_empty() {
        return;
    }
    let mut is_taken = vec![false; entries.len()];
    known.extend(findings.extract_if(.., |finding| {
        let mut keys = of_finding(finding).into_iter();
        let number = keys.find_map(|key| open.get_mut(&key).and_then(VecDeque::pop_front));
        number.inspect(|number| is_taken[*number] = true).is_some()
    }));
    let mut is_taken = is_taken.into_iter();
    entries.retain(|_| !is_taken.next().unwrap_or_default());
}

/// The rule, the record, and the path in it without the items of lists.
type Place = (String, String, String);

fn place(rule: &str, location: &Location) -> Place {
    let (owner, pointer) = columns(location);
    (rule.to_owned(), owner, shape(&pointer))
}

/// The record and the pointer of a place, as a line has them.
fn columns(location: &Location) -> (String, String) {
    // A record without an id is found by its file; a space would end the column.
    let owner = location.record.as_deref().unwrap_or(&location.path);
    let owner = visible_line(owner).replace(' ', "\u{a0}");
    (owner, visible_line(&location.pointer).trim_end().to_owned())
}

impl Entry {
    /// Reads a line, which has the number `line`.
    fn read(line: u32, text: &str, span: Span) -> Result<Self, Misread> {
        let (fingerprint, rest) = text.split_once(' ').unwrap_or((text, ""));
        let (first, after) = rest.split_once(' ').unwrap_or((rest, ""));
        let has_values = is_hex(first, 16);
        let (values, rest) = if has_values { (Some(first), after) } else { (None, rest) };
        let mut words = rest.splitn(3, ' ').map(str::to_owned);
        let mut word = || words.next().unwrap_or_default();
        let (rule, owner, pointer) = (word(), word(), word());
        if rule.is_empty() {
            return Err(Misread::new(line, "a fingerprint and a rule expected"));
        }
        if !is_hex(fingerprint, 32) {
            return Err(Misread::new(line, "a line begins with a fingerprint of 32 digits"));
        }
        let fingerprint = fingerprint.to_ascii_lowercase();
        let values = values.map(str::to_ascii_lowercase);
        Ok(Self { owner, rule, pointer, fingerprint, values, span })
    }

    fn of(finding: &Finding) -> Self {
        let (owner, pointer) = columns(&finding.location);
        Self {
            fingerprint: finding.fingerprint.clone(),
            values: Some(finding.identity.values.clone()),
            rule: finding.rule.to_string(),
            owner,
            pointer,
            span: Span::at(0),
        }
    }

    fn place(&self) -> Place {
        (self.rule.clone(), self.owner.clone(), shape(&self.pointer))
    }

    fn line(&self) -> String {
        let Self { fingerprint, values, rule, owner, pointer, .. } = self;
        let values = values.iter().map(|values| format!("{values} ")).collect::<String>();
        format!("{fingerprint} {values}{rule} {owner} {pointer}").trim_end().to_owned()
    }
}

impl Misread {
    fn new(line: u32, reason: &str) -> Self {
        Self { line, reason: reason.to_owned(), is_later: false }
    }
}

fn check_version(line: u32, version: &str) -> Result<(), Misread> {
    if version == CURRENT {
        return Ok(());
    }
    let is_later = version.parse::<u64>().is_ok_and(|version| version > 1);
    let reason = if is_later {
        format!("the file has version {version}, and this rapporteur reads version {CURRENT}")
    } else {
        format!("`{}` is not a version of baselines", visible_line(version))
    };
    Err(Misread { line, reason, is_later })
}

fn is_hex(text: &str, digits: usize) -> bool {
    text.len() == digits && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The text of a baseline that knows `findings`, and has the lines `kept` of an earlier one.
#[must_use]
pub fn written(findings: &[Finding], retained: &[&Entry]) -> String {
    let mut entries: Vec<Entry> = findings.iter().map(Entry::of).collect();
    entries.extend(retained.iter().copied().cloned());
    entries.sort();
    let mut text = format!("{HEAD}\n{VERSION}{CURRENT}\n");
    for entry in entries {
        let _ = writeln!(text, "{}", entry.line());
    }
    text
}

#[cfg(test)]
mod tests;
