//! A footnote mark in a text without a footnote, or a footnote without a mark.

use std::{
    cell::LazyCell,
    collections::{BTreeMap, BTreeSet, HashSet},
    ops::Range,
};

use crate::{
    fact::{Meaning, Notes, Record, Text, place_of},
    finding::{Family, Place, Severity},
    message::{listed_briefly, quoted},
    rule::{Check, Findings, Fix, Rule, RuleId},
    tree::{NodeId, NodeRef},
    vocabulary::FactKinds,
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("footnote-undefined"),
    family: Family::References,
    summary: "a footnote mark without a footnote, or a footnote without a mark",
    level: Some(Severity::Warning),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/footnote-undefined.md"),
    options: &[],
    check: Check::Facts(FactKinds::NOTES, check),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    for fact in record.live() {
        if let Meaning::Notes(notes) = &fact.meaning {
            check_notes(notes, record, findings);
        }
    }
}

fn check_notes(notes: &Notes<'_>, record: &Record<'_>, findings: &mut Findings<'_>) {
    let Some(found) = look_up(notes, record) else { return };
    let unused = found.unused();
    if let ([(_, note)], [_]) = (unused.as_slice(), found.undefined.marks.as_slice()) {
        return found.undefined.report_renumbered(note, findings);
    }
    found.undefined.report(findings);
    for (name, mark) in unused {
        let message = format!("no mark in the text for footnote {}", quoted(mark.value));
        findings
            .at(mark.place, message)
            .id("no-mark")
            .help("add its mark to the text, or remove the footnote")
            .value(name.as_str());
    }
}

/// The notes of a text that are marked and missing.
pub(in crate::rules) struct Missing {
    /// Where the other notes have their marks.
    pub(in crate::rules) marks: BTreeSet<NodeId>,
    /// The names of those that are missing.
    pub(in crate::rules) names: BTreeSet<String>,
}

/// What this rule reports as missing in the record.
pub(in crate::rules) fn missing(record: &Record<'_>) -> Vec<Missing> {
    let notes = record.live().iter().filter_map(|fact| match &fact.meaning {
        Meaning::Notes(notes) => Some(notes),
        _ => None,
    });
    let missing = notes.filter_map(|notes| {
        let marks = notes.notes.iter().filter_map(|(mark, _)| Some(mark.as_ref()?.node.id()));
        Some(Missing { marks: marks.collect(), names: look_up(notes, record)?.undefined.names })
    });
    missing.collect()
}

/// The marks in the texts and the notes that they lead to.
struct Found<'t> {
    texts: Vec<Text<'t>>,
    /// The notes by their names.
    known: BTreeMap<String, Text<'t>>,
    /// The names of the notes that a mark leads to.
    used: BTreeSet<String>,
    undefined: Undefined,
}

fn look_up<'t>(notes: &Notes<'t>, record: &Record<'t>) -> Option<Found<'t>> {
    // Where no text has a mark, the marks may be lost; then a footnote without one is no finding.
    if !has_marks(notes) {
        return None;
    }
    let texts = texts(notes, record);
    let known: BTreeMap<String, Text<'_>> = notes
        .notes
        .iter()
        .filter_map(|(mark, _)| Some((normal(mark.as_ref()?.value), (*mark)?)))
        .collect();
    // The last text that is the note with a mark.
    let below = LazyCell::new(|| -> BTreeMap<String, usize> {
        let notes = texts.iter().map(|text| note_in_text(text.value, known.is_empty()));
        notes.zip(0..).filter_map(|(mark, at)| Some((mark?, at))).collect()
    });
    let (mut undefined, mut used) = (Undefined::default(), BTreeSet::new());
    for (at, text) in texts.iter().enumerate() {
        for_each_mark(text.value, |mark| {
            let found = mark.names.iter().filter(|name| known.contains_key(*name));
            let before = used.len();
            used.extend(found.cloned());
            let [name] = mark.names.as_slice() else { return };
            let is_known = known.contains_key(name) || used.len() > before;
            let is_below = || below.get(name).is_some_and(|last| *last >= at);
            if !is_known && mark.is_sure && !is_below() {
                undefined.add(
                    name,
                    &text.value[mark.range.clone()],
                    text.part(mark.range.start, mark.range.len()),
                );
            }
        });
    }
    drop(below);
    Some(Found { texts, known, used, undefined })
}

/// Whether any of the texts may have a mark of a note.
fn has_marks(notes: &Notes<'_>) -> bool {
    let mut met = false;
    for node in &notes.texts {
        node.resolved().for_each_string(|node: NodeRef<'_>| {
            met = met || node.as_str().is_some_and(|text| begins_of_marks(text).next().is_some());
        });
    }
    met
}

/// Where a mark may begin in a text: at a bracket, or at the first byte of a superscript digit, which are U+00B9, U+00B2,
/// U+00B3, and U+2070 to U+2079.
fn begins_of_marks(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    memchr::memchr2_iter(b'[', b'(', bytes).chain(memchr::memchr2_iter(0xC2, 0xE2, bytes))
}

/// The texts in which notes are marked.
fn texts<'t>(notes: &Notes<'t>, record: &Record<'t>) -> Vec<Text<'t>> {
    let mut texts = Vec::new();
    for node in &notes.texts {
        node.resolved().for_each_string(|node: NodeRef<'t>| {
            if let Some(value) = node.as_str() {
                let Place { source, record, .. } = record.place;
                texts.push(Text {
                    value,
                    node,
                    place: place_of(node, source, record, node.inner_span()),
                });
            }
        });
    }
    texts
}

/// The marks without a footnote. They are one mistake: the footnotes were left out.
#[derive(Default)]
struct Undefined {
    /// Each mark once, as written.
    marks: Vec<(String, String)>,
    names: BTreeSet<String>,
    count: usize,
    first: Option<Place>,
}

impl Undefined {
    fn add(&mut self, name: &str, written: &str, place: Place) {
        self.count += 1;
        self.first.get_or_insert(place);
        if self.names.insert(name.to_owned()) {
            self.marks.push((name.to_owned(), written.to_owned()));
        }
    }

    /// One mark without a footnote and one footnote without a mark: one of the two has a wrong number.
    fn report_renumbered(&self, note: &Text<'_>, findings: &mut Findings<'_>) {
        let (Some(place), Some((name, mark))) = (self.first, self.marks.first()) else {
            return;
        };
        let (mark, number) = (quoted(mark), quoted(note.value));
        let message = format!(
            "no footnote for the mark {mark}, and no mark in the text for footnote {number}"
        );
        findings
            .at(place, message)
            .label(note.place, "no mark in the text")
            .id("no-notes")
            .help("correct the number of the mark or of the footnote")
            .value(name.as_str());
    }

    fn report(&self, findings: &mut Findings<'_>) {
        const MOST: usize = 3;
        let Some(first) = self.first else { return };
        let marks: Vec<String> = self.marks.iter().map(|(_, written)| quoted(written)).collect();
        let message = match marks.as_slice() {
            [mark] if self.count == 1 => format!("no footnote for the mark {mark}"),
            [mark] => {
                let count = self.count;
                format!("no footnote for the mark {mark}, which appears {count} times in the text")
            }
            several => format!("no footnotes for the marks {}", listed_briefly(several, MOST)),
        };
        let mut finding = findings
            .at(first, message)
            .id("no-notes")
            .help("add the footnotes, or remove their marks");
        for (name, _) in &self.marks {
            finding = finding.value(name.as_str());
        }
    }
}

impl<'t> Found<'t> {
    /// Footnotes without a mark, where most have one: a shortened text may well have lost its marks.
    fn unused(&self) -> Vec<(&String, &Text<'t>)> {
        // An asterisk may be anywhere, such as on the title page.
        let is_number =
            |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit());
        let is_unused = |name: &str| is_number(name) && !self.used.contains(name);
        let mut unused: Vec<(&String, &Text<'t>)> =
            self.known.iter().filter(|(name, _)| is_unused(name)).collect();
        if unused.is_empty() || unused.len() >= self.used.len() {
            return Vec::new();
        }
        let possible: HashSet<&str> =
            self.texts.iter().flat_map(|text| possible_marks(text.value)).collect();
        unused.retain(|(name, _)| !possible.contains(name.as_str()));
        unused
    }
}

/// The numbers that are directly behind something in a text, and so may be marks of a form that is not known here:
/// `end.7`, `<sup>7</sup>`.
fn possible_marks(text: &str) -> impl Iterator<Item = &str> {
    let is_digit = |c: char| c.is_ascii_digit();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + text[at..].find(is_digit)?;
            let end = text[start..].find(|c| !is_digit(c)).map_or(text.len(), |len| start + len);
            at = end;
            let before = text[..start].chars().next_back();
            if before.is_some_and(|c| !c.is_whitespace()) {
                return Some(&text[start..end]);
            }
        }
    })
}

/// The mark of the note that is written out at the head of a text, as `[1] See resolution 63/225.` Where the record
/// has no list of notes, the mark may be there without brackets.
fn note_in_text(text: &str, is_bare: bool) -> Option<String> {
    let head = text.trim_start();
    let plain = head.trim_start_matches(['(', '[', '^', '\\']);
    let rest = match plain.trim_start_matches(|c: char| c.is_ascii_digit()) {
        rest if rest.len() == plain.len() => plain.trim_start_matches('*'),
        rest => rest,
    };
    let name = &plain[..plain.len() - rest.len()];
    if name.is_empty() {
        return superscript_at_head(head).filter(|_| is_bare).map(|(number, _)| number);
    }
    let is_bracketed = plain.len() < head.len();
    let is_note = (is_bare || is_bracketed)
        && !rest.starts_with(|c: char| c.is_alphanumeric() || c == '*')
        && rest.contains(char::is_alphabetic)
        // A row of asterisks is an end mark.
        && !rest.trim_start().starts_with('*');
    is_note.then(|| name.to_owned())
}

/// A mark in a text.
struct Mark {
    /// What the notes are called that it leads to; several in `[1, 2]`.
    names: Vec<String>,
    range: Range<usize>,
    /// Whether it can be nothing but a mark.
    is_sure: bool,
}

/// Calls `visit` with every mark in `text`.
fn for_each_mark(text: &str, mut visit: impl FnMut(Mark)) {
    let bytes = text.as_bytes();
    for at in memchr::memchr2_iter(b'[', b'(', bytes) {
        if let Some(mark) = bracketed(text, at) {
            visit(mark);
        }
    }
    // The first bytes of superscript digits: U+00B9, U+00B2, U+00B3, and U+2070 to U+2079.
    let mut done = 0;
    for at in memchr::memchr2_iter(0xC2, 0xE2, bytes) {
        if at < done {
            continue;
        }
        if let Some((name, len)) = superscript_at_head(&text[at..]) {
            done = at + len;
            let is_sure = !is_exponent(&text[..at]);
            visit(Mark { names: vec![name], range: at..done, is_sure });
        }
    }
}

/// `[7]`, `[^7]`, `[1, 2]`, `(*)`, `[*]`, the asterisk perhaps with a backslash before it.
fn bracketed(text: &str, at: usize) -> Option<Mark> {
    const LONGEST: usize = 12;
    let is_square = text.as_bytes()[at] == b'[';
    let rest = &text[at + 1..];
    let close =
        rest.bytes().take(LONGEST).position(|b| b == if is_square { b']' } else { b')' })?;
    let inner = &rest[..close];
    let range = at..at + close + 2;
    let asterisks = inner.chars().filter(|c| *c == '*').count();
    if (1..=3).contains(&asterisks) && inner.chars().all(|c| matches!(c, '*' | '\\')) {
        let is_head = text[..at].trim().is_empty();
        return Some(Mark { names: vec!["*".repeat(asterisks)], range, is_sure: !is_head });
    }
    if !is_square {
        return None;
    }
    let linked = inner.strip_prefix('^');
    let names: Vec<String> = linked
        .unwrap_or(inner)
        .split([',', ' '])
        .filter(|n| !n.is_empty())
        .map(str::to_owned)
        .collect();
    let is_number =
        |name: &String| name.len() <= 3 && name.bytes().all(|byte| byte.is_ascii_digit());
    // In a draft, a number in brackets of its own is not agreed yet: "[10] per cent".
    let follows_word = text[..at].chars().next_back().is_some_and(|c| !c.is_whitespace());
    let is_mark = !names.is_empty() && names.iter().all(is_number);
    is_mark.then_some(Mark { names, range, is_sure: follows_word })
}

/// The number in superscript digits at the head of `text`, and its length in bytes.
fn superscript_at_head(text: &str) -> Option<(String, usize)> {
    let digits: String = text.chars().map_while(digit_of).collect();
    let len = text.chars().take(digits.len()).map(char::len_utf8).sum();
    (!digits.is_empty()).then_some((digits, len))
}

fn digit_of(c: char) -> Option<char> {
    Some(match c {
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁰' => '0',
        '⁴'..='⁹' => char::from_digit(u32::from(c) - 0x2070, 10)?,
        _ => return None,
    })
}

/// Whether a small number after `before` is a power, as in `km²`, `x²` and `10³`, or begins a text.
fn is_exponent(before: &str) -> bool {
    const UNITS: [&str; 9] = ["cm", "dm", "ft", "hm", "in", "km", "mc", "mi", "mm"];
    let rest = before.trim_end_matches(char::is_alphabetic);
    let word = &before[rest.len()..];
    let ends_in_digit = before.ends_with(|c: char| c.is_numeric());
    before.trim().is_empty()
        || before.ends_with(char::is_whitespace)
        || ends_in_digit
        || word.chars().count() == 1
        || UNITS.contains(&word)
        || before.ends_with(['-', '\u{2212}', '\u{207B}'])
}

/// The mark of a note as it is compared: without brackets and full stop, in plain digits.
fn normal(mark: &str) -> String {
    let is_frame =
        |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | '.' | '^' | '\\');
    mark.chars().filter(|c| !is_frame(*c)).map(|c| digit_of(c).unwrap_or(c)).collect()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::{
        schema::Catalog,
        testing::{check, findings, findings_with},
    };

    /// What is found in a statement of one paragraph with these notes.
    fn found(paragraph: &str, marks: &str) -> Vec<String> {
        let notes: Vec<String> =
            marks.split_whitespace().map(|n| format!("{{n: {n}, text: A/65/203.}}")).collect();
        let text = format!(
            "kind: statement\nparagraphs:\n  - '{paragraph}'\nfootnotes: [{}]\n",
            notes.join(", ")
        );
        let found = findings(&RULE, &[("statement.yaml".to_owned(), text)]);
        found.into_iter().map(|finding| finding.message).collect()
    }

    #[track_caller]
    fn silent(paragraph: &str, marks: &str) {
        assert_eq!(found(paragraph, marks), [""; 0], "{paragraph}");
    }

    #[test]
    fn a_mark_that_appears_often_is_reported_once() {
        check(
            &RULE,
            r"
kind: statement
paragraphs:
  - Guam trains fewer than leave (*) and pays (*) less.
#                                ^^^ warning: no footnote for the mark `(*)`, which appears 3 times in the text
  - They return (\*) late.
",
        );
    }

    #[test]
    fn marks_without_footnotes_are_listed() {
        check(
            &RULE,
            r"
kind: statement
paragraphs:
  - The outcome,[1] the report[2] and the Covenant.[3]
#                             ^^^ warning: no footnote for the mark `[2]`
footnotes:
  - {n: 1, text: See resolution 60/1.}
  - {n: 3, text: See resolution 2200 A (XXI).}
",
        );
        let two = "no footnotes for the marks `[1]` and `[2]`";
        assert_eq!(found("The outcome[1] and[2] more[2].", ""), [two]);
        let five = "no footnotes for the marks `[1]`, `[2]`, `[3]` and 2 more";
        assert_eq!(found("One[1] two[2] three[3] four[4] five[5].", ""), [five]);
    }

    #[test]
    fn a_footnote_without_a_mark_is_reported() {
        check(
            &RULE,
            r"
kind: statement
paragraphs:
  - The outcome,[1] the report and the Covenant.[3]
footnotes:
  - {n: 1, text: See resolution 60/1.}
  - {n: 2, text: A/65/203.}
#       ^ warning: no mark in the text for footnote `2`
  - {n: 3, text: See resolution 2200 A (XXI).}
",
        );
    }

    #[test]
    fn footnotes_with_their_marks_are_accepted() {
        silent("The outcome,[1] the report[2] and again the report.[2]", "1 2");
        silent("The outcome,¹ the report² and the Covenant.¹⁰", "1 2 10");
        silent("The outcome,[^1] the report[1, 2] and more (*) of it.", "'[1]' 2 '*'");
        silent("The outcome [1] and the report [2].", "1. 2.");
    }

    #[test]
    fn a_text_without_marks_may_be_an_extract() {
        silent("The outcome and the report.", "1 2 3");
        silent("The outcome[1] and the report.", "1 2 3");
        silent("The outcome and the report.", "'*'");
    }

    #[test]
    fn a_mark_of_another_form_counts_as_the_mark_of_a_footnote() {
        silent("The outcome,[1] the report,2 and the Covenant.[3]", "1 2 3");
        silent("The outcome,[1] the report<sup>2</sup> and the Covenant.[3]", "1 2 3");
        assert_eq!(found("The outcome,[1] the 2 reports of 2010,[3]", "1 2 3").len(), 1);
    }

    #[test]
    fn other_brackets_and_asterisks_are_not_marks() {
        for text in [
            "* * * * *",
            "A Foundation [AFFORD] that is [sic] here [2011] and [in part] there",
            "It wants (1) work, (2) rest and (a) pay (**bold**) (* note)",
            "a share of [10] per cent within [30] days",
            "of 5 km², x² and 10³ or 10⁻⁶ and 3 m²",
            "work* and *emphasis*",
        ] {
            silent(text, "");
        }
    }

    #[test]
    fn footnotes_written_out_below_the_text_count() {
        let below = |note: &str, list: &str| {
            let text = format!(
                "kind: statement\nparagraphs:\n  - 'The outcome[1] and more (*).'\n  - '{note}'\n{list}"
            );
            findings(&RULE, &[("statement.yaml".to_owned(), text)]).len()
        };
        let star = "footnotes: [{n: '*', text: Sixteen.}]\n";
        let one = "footnotes: [{n: 1, text: Sixteen.}]\n";
        assert_eq!(below("[1] See resolution 60/1.", star), 0);
        assert_eq!(below("(*) Sixteen agencies.", one), 0);
        assert_eq!(below("* * * * *", one), 1);
        // Beside a list of notes, a paragraph may have a number of its own.
        assert_eq!(below("1. The Assembly meets.", star), 1);
        let plain = "kind: statement\nparagraphs: ['The outcome[1].', '1. See resolution 60/1.']\n";
        assert!(findings(&RULE, &[("statement.yaml".to_owned(), plain.to_owned())]).is_empty());
    }

    #[test]
    fn cancelled_records_are_not_checked() {
        check(&RULE, "kind: statement\nstatus: cancelled\nparagraphs: [The outcome (*).]\n");
    }

    #[test]
    fn other_schemas_can_name_their_footnotes() {
        let schema = r#"{"properties": {"kind": {"const": "minutes"}},
            "x-notes": {"text": ["/said"], "notes": "/below", "mark": "/no", "body": "/says"}}"#;
        let catalog = Catalog::new(&[("minutes.json".to_owned(), schema.to_owned())]);
        let text = r#"{"kind": "minutes", "said": {"by": [{"words": "Yes.[1] No.[2]"}]}, "below": [{"no": "1"}]}"#;
        let found = findings_with(&catalog, &RULE, &[("a.json".to_owned(), text.to_owned())]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].location.pointer, "/said/by/0/words");
    }
}
