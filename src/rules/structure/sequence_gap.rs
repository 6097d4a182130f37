//! A numbered list in which a number is missing, repeated or out of order.

use std::{cell::LazyCell, collections::BTreeSet};

use crate::{
    fact::{Meaning, Record, Sequence, Text},
    finding::{Family, Severity},
    message::{counted, shown},
    rule::{Check, Findings, Fix, Rule, RuleId},
    rules::references::footnote_undefined::{self, Missing},
    tree::NodeId,
    vocabulary::FactKinds,
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("sequence-gap"),
    family: Family::Structure,
    summary: "a numbered list with a number that is missing, repeated or out of order",
    level: Some(Severity::Warning),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/sequence-gap.md"),
    options: &[],
    check: Check::Facts(FactKinds::SEQUENCE, check),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    let repeats = LazyCell::new(|| repeats(record));
    let missing = LazyCell::new(|| footnote_undefined::missing(record));
    for fact in record.live() {
        if let Meaning::Sequence(sequence) = &fact.meaning {
            let is_reported = |found: &Break<'_, '_>| {
                let number = found.number.text.node.id();
                repeats.contains(&(fact.node.id(), number))
                    || missing.iter().any(|notes| is_missing_note(notes, found))
            };
            check_list(sequence, is_reported, findings);
        }
    }
}

/// Whether the number that is expected is that of a footnote that the text marks: `footnote-undefined` reports it.
fn is_missing_note(notes: &Missing, found: &Break<'_, '_>) -> bool {
    let Problem::Instead(wanted) = found.problem else { return false };
    notes.marks.contains(&found.number.text.node.id()) && notes.names.contains(&wanted.to_string())
}

/// The values that repeat an earlier one of their list, each with the list: `duplicate-entry` reports them.
fn repeats(record: &Record<'_>) -> BTreeSet<(NodeId, NodeId)> {
    let mut all = BTreeSet::new();
    for fact in &record.facts {
        if let Meaning::Unique(unique) = &fact.meaning {
            let mut known = BTreeSet::new();
            let repeats = unique.entries.iter().filter(|entry| !known.insert(entry.key.as_str()));
            all.extend(repeats.map(|entry| (fact.node.id(), entry.text.node.id())));
        }
    }
    all
}

/// A list with more gaps than this is numbered in some other way, which is reported once.
const MOST: usize = 10;

fn check_list(
    sequence: &Sequence<'_>,
    is_reported: impl Fn(&Break<'_, '_>) -> bool,
    findings: &mut Findings<'_>,
) {
    let numbers = numbers(&sequence.numbers);
    let first = numbers.first().map_or(0, |first| sequence.from.unwrap_or(first.value));
    // Nearly every list is in order, and needs no closer look.
    let runs = |(number, at): (&Number<'_>, u32)| number.value.checked_sub(first) == Some(at);
    if numbers.iter().zip(0..).all(runs) {
        return;
    }
    let mut breaks = breaks(&numbers, first);
    // Where the parts of an item have numbers of their own (`3.1`), the item itself need not have one.
    let parents: BTreeSet<u32> = sequence.numbers.iter().filter_map(parent).collect();
    let is_parent = |found: &Break<'_, '_>| matches!(found.problem, Problem::Instead(wanted) if parents.contains(&wanted));
    breaks.retain(|found| !is_reported(found) && !is_parent(found));
    let total = breaks.len();
    if total > MOST {
        breaks.truncate(1);
    }
    let list = sequence.list.map_or("this list".to_owned(), |l| format!("`{}`", shown(l.value)));
    for Break { number, before, problem } in breaks {
        let written = shown(number.text.value);
        let mut message = match (before, problem) {
            (Some(before), Problem::Instead(wanted)) => {
                let (before, wanted) = (shown(before.text.value), shown(&number.with(wanted)));
                format!("`{written}` follows `{before}` in {list} instead of `{wanted}`")
            }
            (Some(before), Problem::Order) => {
                format!("`{written}` comes after `{}` in {list}", shown(before.text.value))
            }
            (None, Problem::Instead(wanted)) => {
                let wanted = shown(&number.with(wanted));
                format!("{list} begins with `{written}` instead of `{wanted}`")
            }
            (None, Problem::Order) => continue,
        };
        if total > MOST {
            message = format!("{message}, and {} follow", counted(total - 1, "more gap"));
        }
        let finding = findings
            .at(number.text.place, message)
            .help("correct the number, or add the item that is missing")
            .value(number.text.value);
        if let Some(before) = before {
            finding.label(before.text.place, "previous number").value(before.text.value);
        }
    }
}

/// A number that breaks the sequence.
struct Break<'n, 't> {
    number: &'n Number<'t>,
    /// The number before it.
    before: Option<&'n Number<'t>>,
    problem: Problem,
}

enum Problem {
    /// This number was expected in its place.
    Instead(u32),
    /// All numbers are there, but not in order.
    Order,
}

/// Where the numbers break off, each mistake once.
fn breaks<'n, 't>(numbers: &'n [Number<'t>], first: u32) -> Vec<Break<'n, 't>> {
    let all: BTreeSet<u32> = numbers.iter().map(|number| number.value).collect();
    let mut seen: BTreeSet<u32> = BTreeSet::new();
    let mut found = Vec::new();
    let mut wanted = first;
    for (at, number) in numbers.iter().enumerate() {
        let value = number.value;
        let before = at.checked_sub(1).map(|before| &numbers[before]);
        let next = numbers.get(at + 1).map(|next| next.value);
        let is_new = seen.insert(value);
        if value == wanted {
            wanted += 1;
            continue;
        }
        let problem = if next.is_some_and(|next| next.checked_sub(1) == Some(wanted))
            && !all.contains(&wanted)
        {
            // One wrong number among right ones.
            wanted += 1;
            Some(Problem::Instead(wanted - 1))
        } else if value > wanted {
            // What is missing here may be further down, and is reported there.
            let missing = (wanted..value).find(|missing| !all.contains(missing));
            wanted = value + 1;
            missing.map(Problem::Instead)
        } else {
            let instead = wanted;
            // A part of the list may be numbered by itself.
            if next == Some(value + 1) {
                wanted = value + 1;
            }
            let is_late = is_new && before.is_some();
            Some(if is_late { Problem::Order } else { Problem::Instead(instead) })
        };
        found.extend(problem.map(|problem| Break { number, before, problem }));
    }
    found
}

/// A number that was read.
struct Number<'t> {
    text: Text<'t>,
    value: u32,
    /// The text before and after the number itself.
    around: (&'t str, &'t str),
    style: Style,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    Digits,
    Small,
    Capital,
}

impl<'t> Number<'t> {
    fn of(text: Text<'t>) -> Option<Self> {
        let core = core(text.value);
        let (style, value) = match core.as_bytes() {
            // Nine digits fit, whatever they are.
            digits @ [_, ..] if digits.len() <= 9 && digits.iter().all(u8::is_ascii_digit) => {
                (Style::Digits, core.parse().ok()?)
            }
            [letter @ b'a'..=b'z'] => (Style::Small, u32::from(letter - b'a') + 1),
            [letter @ b'A'..=b'Z'] => (Style::Capital, u32::from(letter - b'A') + 1),
            _ => return None,
        };
        let around = text.value.split_once(core)?;
        Some(Self { text, value, around, style })
    }

    /// Another number, written as this one is.
    fn with(&self, value: u32) -> String {
        let letter =
            value.checked_sub(1).and_then(|at| u8::try_from(at).ok()).filter(|at| *at < 26);
        let core = match (self.style, letter) {
            (Style::Small, Some(at)) => char::from(b'a' + at).to_string(),
            (Style::Capital, Some(at)) => char::from(b'A' + at).to_string(),
            _ => value.to_string(),
        };
        format!("{}{core}{}", self.around.0, self.around.1)
    }
}

/// A number without its brackets and full stop.
fn core(text: &str) -> &str {
    let text = text.trim();
    let text = text.strip_suffix('.').unwrap_or(text);
    let open = text.strip_prefix('(').unwrap_or(text);
    match text.strip_suffix(')') {
        Some(_) => open.strip_suffix(')').unwrap_or(open),
        None => text,
    }
}

/// The number before the first full stop of a sub-number: 3 of `3.1`.
fn parent(text: &Text<'_>) -> Option<u32> {
    let (parent, rest) = core(text.value).split_once('.')?;
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    rest.split('.').chain([parent]).all(is_number).then_some(parent)?.parse().ok()
}

/// The numbers of a list that are of one style: digits where there are any, else letters. Letters beside
/// others of several letters are Roman numbers, or go on after the alphabet, and are not judged.
fn numbers<'t>(texts: &[Text<'t>]) -> Vec<Number<'t>> {
    let mut numbers: Vec<Number<'t>> = texts.iter().filter_map(|text| Number::of(*text)).collect();
    if numbers.iter().any(|number| number.style == Style::Digits) {
        numbers.retain(|number| number.style == Style::Digits);
        return numbers;
    }
    let is_word = |text: &Text<'_>| {
        let core = core(text.value);
        core.len() > 1 && core.bytes().all(|byte| byte.is_ascii_alphabetic())
    };
    let style = numbers.first().map(|number| number.style);
    if texts.iter().any(is_word) || numbers.iter().any(|number| Some(number.style) != style) {
        numbers.clear();
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::{
        schema::Catalog,
        testing::{check, findings, findings_with},
    };

    /// What is found in a list numbered with these values, by a schema that says so.
    fn found(from: &str, numbers: &str) -> Vec<String> {
        let schema = format!(
            r#"{{"properties": {{"kind": {{"const": "agenda"}},
                "points": {{"x-sequence": {{"by": "/n"{from}}}}}}}}}"#
        );
        let catalog = Catalog::new(&[("agenda.json".to_owned(), schema)]);
        let points: Vec<String> =
            numbers.split_whitespace().map(|n| format!("{{\"n\": {n}}}")).collect();
        let text = format!(r#"{{"kind": "agenda", "points": [{}]}}"#, points.join(", "));
        let found = findings_with(&catalog, &RULE, &[("agenda.json".to_owned(), text)]);
        found.into_iter().map(|finding| finding.message).collect()
    }

    #[track_caller]
    fn finds(numbers: &str, messages: &[&str]) {
        assert_eq!(found("", numbers), messages, "{numbers}");
    }

    #[test]
    fn a_missing_number_is_reported() {
        check(
            &RULE,
            r"
kind: resolution
operative:
  - {n: 1, verb: Notes, text: one}
  - {n: 2, verb: Notes, text: two}
#       ~ previous number
  - {n: 4, verb: Notes, text: four}
#       ^ warning: `4` follows `2` in `operative` instead of `3`
  - {n: 5, verb: Notes, text: five}
",
        );
    }

    #[test]
    fn numbers_in_order_are_accepted_wherever_they_begin() {
        for numbers in ["1 2 3", "5 6 7", "0 1", "7", "", r#""1." "2." "3.""#, r#"1 "2" "3)""#] {
            finds(numbers, &[]);
        }
        finds(r#""(a)" "(b)" "(c)""#, &[]);
        finds(r#""A" "B" "C""#, &[]);
    }

    #[test]
    fn a_gap_is_reported_once() {
        finds("1 2 4 5", &["`4` follows `2` in `points` instead of `3`"]);
        finds("1 2 7", &["`7` follows `2` in `points` instead of `3`"]);
        finds("1 2 2 3", &["`2` follows `2` in `points` instead of `3`"]);
        finds("1 2 2 4", &["`2` follows `2` in `points` instead of `3`"]);
        finds("1 2 30 4 5", &["`30` follows `2` in `points` instead of `3`"]);
        finds("1 3 2 4", &["`2` comes after `3` in `points`"]);
        finds("1 4 2 3 5", &["`2` comes after `4` in `points`"]);
        finds("1 2 3 1 2 3", &["`1` follows `3` in `points` instead of `4`"]);
        finds("4 5 1 2 3 6", &["`1` comes after `5` in `points`"]);
        finds(
            "1 3 4 6",
            &[
                "`3` follows `1` in `points` instead of `2`",
                "`6` follows `4` in `points` instead of `5`",
            ],
        );
    }

    #[test]
    fn an_item_may_be_there_by_its_parts_alone() {
        finds(r#"1 2 "3.1" "3.2" 4"#, &[]);
        finds(r#"1 2 "3.1" "4.1" "4.2.1" 5"#, &[]);
        finds(r#"1 "1.1" "1.2" 2"#, &[]);
        finds(r#"1 2 "2.1" 4"#, &["`4` follows `2` in `points` instead of `3`"]);
        finds(r#"1 2 "3.a" "3." 5"#, &["`5` follows `3.` in `points` instead of `4`"]);
    }

    #[test]
    fn the_expected_number_is_written_like_the_others() {
        finds(r#""1." "3.""#, &["`3.` follows `1.` in `points` instead of `2.`"]);
        finds(r#""(a)" "(c)""#, &["`(c)` follows `(a)` in `points` instead of `(b)`"]);
        finds(r#""A" "C""#, &["`C` follows `A` in `points` instead of `B`"]);
    }

    #[test]
    fn the_first_number_is_compared_with_the_schema() {
        let from = r#", "from": 1"#;
        assert_eq!(found(from, "2 3"), ["`points` begins with `2` instead of `1`"]);
        assert_eq!(found(from, "0 1"), ["`points` begins with `0` instead of `1`"]);
        assert_eq!(found(from, "7 2 3"), ["`points` begins with `7` instead of `1`"]);
        assert!(found(from, "1 2").is_empty() && found(from, "").is_empty());
        let far = r#", "from": 4294967295"#;
        assert_eq!(found(far, "1 2"), ["`points` begins with `1` instead of `4294967295`"]);
    }

    #[test]
    fn items_without_a_number_are_skipped() {
        finds(r#"1 null "" 2 "  " 3"#, &[]);
        finds(r#"3 "3.1" "3.2" 4 "4 bis" 5"#, &[]);
        finds(r#"1 "(a)" "(b)" 2 "(a)" "(b)" 3"#, &[]);
        finds(r#"1 "*" 2 true 3 -7 2.5"#, &[]);
    }

    #[test]
    fn roman_and_double_letters_are_not_checked() {
        finds(r#""(i)" "(ii)" "(iv)" "(v)" "(x)""#, &[]);
        finds(r#""y" "z" "aa" "bb""#, &[]);
        finds(r#""A" "c""#, &[]);
    }

    #[test]
    fn a_list_with_many_gaps_is_reported_once() {
        let numbers: Vec<String> = (1..14).map(|n| (n * n).to_string()).collect();
        let found = found("", &numbers.join(" "));
        let message = "`4` follows `1` in `points` instead of `2`, and 11 more gaps follow";
        assert_eq!(found, [message]);
    }

    #[test]
    fn a_footnote_that_is_missing_is_reported_by_one_of_two_rules() {
        let check = |text: &str, numbers: &[u32]| {
            let notes: Vec<String> =
                numbers.iter().map(|n| format!("{{n: {n}, text: Ward survey.}}")).collect();
            let record = format!(
                "id: s\nkind: statement\ntitle: S\nlanguage: en\ndate: \"2026-03-22\"\nspeaker: {{name: Ana Ruiz}}\n\
                 paragraphs: [\"{text}\"]\nfootnotes: [{}]\n",
                notes.join(", ")
            );
            let report = crate::Linter::new().check_text("s.yaml", &record);
            let found = report.findings.into_iter();
            found.map(|one| format!("{} {}", one.rule, one.message)).collect::<Vec<_>>()
        };
        let all = "Wards[1] close,[2] and the others[3] follow.";
        assert_eq!(check(all, &[1, 2, 3]), [""; 0]);
        assert_eq!(check(all, &[1, 3]), ["footnote-undefined no footnote for the mark `[2]`"]);
        assert_eq!(
            check(all, &[1, 4, 3]),
            [
                "footnote-undefined no footnote for the mark `[2]`, and no mark in the text for footnote `4`"
            ]
        );
        // Without its mark, the number is missing only in the list.
        assert_eq!(
            check("Wards[1] close, and the others[3] follow.", &[1, 3]),
            ["sequence-gap `3` follows `1` in `footnotes` instead of `2`"]
        );
    }

    #[test]
    fn a_repeat_is_reported_by_one_of_two_rules() {
        let numbered = |numbers: [u32; 4]| {
            let notes = numbers.map(|n| format!("{{n: {n}, text: A}}")).join(", ");
            let text = format!("kind: statement\nfootnotes: [{notes}]\n");
            let files = [("statement.yaml".to_owned(), text)];
            let other = &crate::rule::RuleSet::bundled().find("duplicate-entry").unwrap();
            [findings(&RULE, &files).len(), findings(other, &files).len()]
        };
        assert_eq!(numbered([1, 2, 2, 3]), [0, 1]);
        assert_eq!(numbered([1, 2, 2, 4]), [0, 1]);
        assert_eq!(numbered([1, 2, 1, 2]), [0, 2]);
        assert_eq!(numbered([1, 2, 4, 5]), [1, 0]);
    }

    #[test]
    fn cancelled_records_are_not_checked() {
        check(&RULE, "kind: statement\nstatus: cancelled\nfootnotes: [{n: 1}, {n: 3}]\n");
    }
}
