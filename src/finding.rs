//! Findings: one problem at one place, found by one rule. Plain data; the outputs own their shape.

mod correction;
mod rule_id;

use std::{collections::HashMap, fmt, hash::Hasher as _};

use siphasher::sip128::{Hasher128 as _, SipHasher24};

pub use self::{
    correction::{Applicability, Correction, Edit, Replacement},
    rule_id::RuleId,
};
use crate::{
    source::{Position, Span},
    sources::SourceId,
    tree::NodeId,
};

/// The severity of a finding. The policy is in `docs/rules.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth a look; often common practice.
    Info,
    /// Probably a mistake.
    Warning,
    /// The schema, a published provision, or the record itself is contradicted.
    Error,
}

impl Severity {
    /// The word for it in every output and in the configuration.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// The families that rules belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// Syntax, schema, shape.
    Structure,
    /// Who speaks.
    Speakers,
    /// Dates and times.
    Times,
    /// Symbols, citations and links between records.
    References,
    /// The same thing twice.
    Duplicates,
    /// Records that tell different stories.
    Consistency,
    /// House style.
    Style,
    /// What a project has declared itself, in its configuration.
    Project,
}

impl Family {
    /// Every family, in the order of the pages.
    pub const ALL: [Self; 8] = [
        Self::Structure,
        Self::Speakers,
        Self::Times,
        Self::References,
        Self::Duplicates,
        Self::Consistency,
        Self::Style,
        Self::Project,
    ];

    /// The words for all of them, in the order of the pages.
    pub fn words<'w>() -> impl Iterator<Item = &'w str> {
        Self::ALL.into_iter().map(|family| -> &'w str { family.word() })
    }

    /// The word for it in every output and in the configuration.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Structure => "structure",
            Self::Speakers => "speakers",
            Self::Times => "times",
            Self::References => "references",
            Self::Duplicates => "duplicates",
            Self::Consistency => "consistency",
            Self::Style => "style",
            Self::Project => "project",
        }
    }
}

impl fmt::Display for Family {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// A place in one of the sources of a run, as rules name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Which source.
    pub source: SourceId,
    /// Which record of the source; `None` for a place that belongs to no record.
    pub record: Option<u32>,
    /// The node that the place belongs to; `None` where there is no tree.
    pub node: Option<NodeId>,
    /// The bytes.
    pub span: Span,
}

/// A finding as a rule reports it; [`crate::lint`] turns its places into a [`Finding`].
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a property of its own")]
pub struct Draft {
    /// The rule's id.
    pub rule: RuleId,
    /// The family of the rule.
    pub family: Family,
    /// Whether it only follows from the schema's finding, where the value breaks its schema.
    pub follows_schema: bool,
    /// Its severity here.
    pub severity: Severity,
    /// What was found and what was wanted; present tense, no final stop.
    pub message: String,
    /// Where.
    pub place: Place,
    /// Other places that explain it.
    pub labels: Vec<(Place, String)>,
    /// What to do next, where the reader can do it.
    pub help: Option<String>,
    /// What to write in the place of what is marked, where that is known exactly.
    pub replacement: Option<Box<Replacement>>,
    /// The values that the finding is about, as data; they identify it, with rule, record and path.
    pub values: Vec<String>,
    /// Which of the messages of its rule it is, for a rule that has several.
    pub message_id: String,
    /// For a finding on what may still be open: its weight in each stage of the event.
    pub stages: Option<Stages>,
    /// Whether it concludes from what the records lack, and so counts only where all of them could be read.
    pub needs_all: bool,
    /// For a finding on two texts of which only samples are kept: how it is decided once the texts are at hand.
    pub likeness: Option<Likeness>,
    /// Whether it says that a value cannot be read. That no record defines what the value names then follows from it.
    pub is_unreadable: bool,
    /// For a finding on a key that no record defines: the key, to be held against those that there are.
    pub key: Option<Box<MissingKey>>,
    /// Whether one such finding is enough for its record and the one of its first label.
    pub once_for_both: bool,
}

/// A key that no record defines. What its namespace has is looked up where the finding is to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingKey {
    /// The namespace.
    pub space: String,
    /// The record or the event in which the key counts; empty where it counts everywhere.
    pub scope: String,
    /// The key as it is written.
    pub shown: String,
    /// The kinds of record that are wanted; none where any is.
    pub kinds: Vec<String>,
    /// Whether the finding counts only if some key of the namespace is defined.
    pub needs_others: bool,
    /// Whether the key is an act, which is known if its parts are, or the whole of it.
    pub is_act: bool,
}

/// Two texts that are compared in full where they are to be shown.
#[derive(Clone, Copy, Debug)]
pub struct Likeness {
    /// The records that hold them, each by its source and its number there.
    pub records: [(SourceId, u32); 2],
    /// The least share of runs of words that are common, in hundredths.
    pub least: u32,
    /// How it is decided.
    pub judge: Judge,
}

/// What to add to the message, from the least share, how many runs of words are common, how many there are, and the first passages in
/// which the texts differ, that of the second record first; `None` where there is nothing to report.
pub type Judge = fn(u32, usize, usize, Option<[&str; 2]>) -> Option<String>;

impl Likeness {
    /// See [`Judge`].
    #[must_use]
    pub fn says(&self, common: usize, all: usize, passages: Option<[&str; 2]>) -> Option<String> {
        (self.judge)(self.least, common, all, passages)
    }
}

/// The severity of a finding while the record is open, by how near the event is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stages {
    /// Long before the event, or where no one said from which day to look at it.
    pub early: Severity,
    /// Shortly before the event, and while it is held.
    pub near: Severity,
    /// After the event.
    pub over: Severity,
}

/// A problem at a place, as outputs show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule's id.
    pub rule: RuleId,
    /// The family of the rule.
    pub family: Family,
    /// Its severity here.
    pub severity: Severity,
    /// What was found and what was wanted.
    pub message: String,
    /// Where.
    pub location: Location,
    /// Other places that explain it, possibly in other files.
    pub labels: Vec<Label>,
    /// What to do next.
    pub help: Option<String>,
    /// What can be written instead, the best first.
    pub corrections: Vec<Correction>,
    /// Identifies the finding across runs: rule, record, path and values, never the line.
    pub fingerprint: String,
    /// What identifies it less strictly than the fingerprint.
    #[doc(hidden)]
    pub identity: Identity,
    /// How many findings of the same shape it stands for.
    pub count: usize,
    /// What suppresses it, where something does.
    #[doc(hidden)]
    pub suppression: Option<Suppression>,
}

/// What suppresses a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
#[doc(hidden)]
pub enum Suppression {
    /// A comment or a member of the record, with its reason.
    InSource(String),
    /// An entry of the configuration, with its reason.
    Configured(String),
    /// A line of the baseline.
    Known,
}

/// What identifies a finding where its fingerprint does not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// The pointer of its location, with keys in the place of the indexes of list items that have one.
    pub pointer: String,
    /// A digest of its values: 16 hexadecimal digits.
    pub values: String,
    /// Which of the messages of its rule it is.
    pub message_id: String,
}

impl Finding {
    /// Compares the labels: what is left to tell findings at one place apart.
    #[must_use]
    pub fn labels_cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.labels.cmp(&other.labels)
    }
}

/// A second place that explains a finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// Where.
    pub location: Location,
    /// What is there.
    pub text: String,
}

/// A place as people and programs find it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// Relative to the project, separated by `/`.
    pub path: String,
    /// First position.
    pub start: Position,
    /// Position after the last character.
    pub end: Position,
    /// The id of the record, where it has one.
    pub record: Option<String>,
    /// The kind of the record, where it is known.
    pub kind: Option<String>,
    /// JSON Pointer from the record's root to the value; empty for the record itself.
    pub pointer: String,
}

impl Location {
    /// The bytes.
    #[must_use]
    pub fn span(&self) -> Span {
        Span::new(self.start.offset, self.end.offset)
    }
}

/// The fingerprint of a finding: 32 hexadecimal digits over rule, record (or the path of the file, where the record has no id),
/// path in the record, and values.
#[must_use]
pub fn fingerprint(rule: &str, record: &str, path: &str, values: &[String]) -> String {
    let values = values.iter().map(String::as_str);
    format!("{:032x}", digest([rule, record, path].into_iter().chain(values)))
}

/// A digest of values: 16 hexadecimal digits.
#[must_use]
pub fn values_digest(values: &[String]) -> String {
    format!("{:016x}", digest(values.iter().map(String::as_str)) as u64)
}

/// SipHash-2-4 with a zero key, so that it is the same on every machine and in every release.
fn digest<'a>(parts: impl Iterator<Item = &'a str>) -> u128 {
    let mut hasher = SipHasher24::new();
    for part in parts {
        // The length keeps ("ab", "c") and ("a", "bc") apart.
        hasher.write(&(part.len() as u64).to_le_bytes());
        hasher.write(part.as_bytes());
    }
    hasher.finish128().as_u128()
}

/// Gives findings with equal fingerprints fingerprints of their own: from the second on, the ordinal counts too. Then the
/// fingerprints that a report has do not depend on which of several equal findings was corrected.
pub fn number(findings: &mut [Finding]) {
    let mut seen: HashMap<String, usize> = HashMap::with_capacity(findings.len());
    for finding in findings {
        let nth = seen.entry(finding.fingerprint.clone()).or_default();
        *nth += 1;
        if *nth > 1 {
            finding.fingerprint = fingerprint(&finding.fingerprint, &nth.to_string(), "", &[]);
        }
    }
}

/// A pointer with `*` for the indexes of list items.
#[must_use]
pub fn shape(pointer: &str) -> String {
    let token = |token| if is_index(token) { "*" } else { token };
    pointer.split('/').map(token).collect::<Vec<_>>().join("/")
}

/// Whether a token of a pointer may be the index of a list item.
#[must_use]
pub fn is_index(token: &str) -> bool {
    !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn severities_grow() {
        assert!(Severity::Info < Severity::Warning && Severity::Warning < Severity::Error);
    }

    #[test]
    fn a_fingerprint_is_fixed_for_ever() {
        let values = ["17:40".to_owned()];
        assert_eq!(
            fingerprint("end-before-start", "programme", "/slots/0", &values),
            "3e0fe817d9b57c5b9a493395aba924c7"
        );
        assert_ne!(fingerprint("a", "bc", "", &[]), fingerprint("ab", "c", "", &[]));
        assert_eq!(fingerprint("", "", "", &[]).len(), 32);
    }

    #[test]
    fn the_shape_of_a_pointer_has_no_indexes() {
        assert_eq!(shape("/slots/12/a1//0"), "/slots/*/a1//*");
        assert_eq!((shape(""), is_index("")), (String::new(), false));
    }
}
