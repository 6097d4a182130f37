//! Reports a systematic mistake once. A conversion that went wrong makes the same finding in every record;
//! hundreds of lines that say the same hide the one line that says something else.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{self, Finding, Label, RuleId, Severity, fingerprint, number};

/// So many findings of one shape are each a mistake; more are one.
const MOST: usize = 50;

/// How many of the other places are named.
const NAMED: usize = 3;

/// How many of the other values are listed.
const LISTED: usize = 10;

/// What makes findings the same: everything but their place and the values in them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Shape {
    rule: RuleId,
    severity: Severity,
    kind: Option<String>,
    pointer: String,
    message: String,
}

/// Puts findings of one shape into one, where there are more of them than anybody corrects by hand. The
/// first of them, in the order of the report, stands for all.
pub(super) fn collapse(findings: Vec<Finding>) -> Vec<Finding> {
    if findings.len() <= MOST {
        return findings;
    }
    // What is said in the same words goes together first: two keys that are missing everywhere are two
    // mistakes, though the messages differ in a value only.
    let mut shapes = group(&findings, 0..findings.len(), without_element_numbers);
    let alike: BTreeSet<usize> = shapes.values().flatten().copied().collect();
    let others = (0..findings.len()).filter(|number| !alike.contains(number));
    shapes.extend(group(&findings, others, without_values));
    if shapes.is_empty() {
        return findings;
    }
    let mut gone = BTreeSet::new();
    let mut reported: BTreeMap<usize, Finding> = BTreeMap::new();
    for (shape, numbers) in &shapes {
        reported.insert(numbers[0], together(shape, numbers, &findings));
        gone.extend(numbers.iter().copied());
    }
    let numbered = findings.into_iter().enumerate();
    let mut left: Vec<Finding> = numbered
        .filter_map(|(number, finding)| {
            reported.remove(&number).or_else(|| (!gone.contains(&number)).then_some(finding))
        })
        .collect();
    number(&mut left);
    left
}

/// The shapes that very many of the findings `numbers` have, with the numbers of those.
fn group(
    findings: &[Finding],
    numbers: impl Iterator<Item = usize>,
    message: fn(&Finding) -> String,
) -> BTreeMap<Shape, Vec<usize>> {
    let mut shapes: BTreeMap<Shape, Vec<usize>> = BTreeMap::new();
    for number in numbers {
        let finding = &findings[number];
        let shape = Shape {
            rule: finding.rule,
            severity: finding.severity,
            kind: finding.location.kind.clone(),
            pointer: finding::shape(&finding.location.pointer),
            message: message(finding),
        };
        shapes.entry(shape).or_default().push(number);
    }
    shapes.retain(|_, numbers| numbers.len() > MOST);
    shapes
}

fn together(shape: &Shape, numbers: &[usize], findings: &[Finding]) -> Finding {
    let first = &findings[numbers[0]];
    let others = &numbers[1..];
    let files: BTreeSet<&str> =
        numbers.iter().map(|number| findings[*number].location.path.as_str()).collect();
    let mut labels = first.labels.clone();
    labels.extend(others.iter().take(NAMED).map(|number| Label {
        location: findings[*number].location.clone(),
        text: "here too".to_owned(),
    }));
    let files = match files.len() {
        1 => "of this file".to_owned(),
        many => format!("in {many} files"),
    };
    // Of what all share, so that it stays while some are corrected; docs/stability.md says what that means.
    let first_identity = &first.identity;
    let is_shared = |number: &usize| findings[*number].identity.values == first_identity.values;
    let shared =
        if numbers.iter().all(is_shared) { first_identity.values.clone() } else { String::new() };
    let kind = shape.kind.clone().unwrap_or_default();
    let values = [kind, first_identity.message_id.clone(), shared];
    let help = first.help.iter().map(|help| format!("{help}; "));
    Finding {
        message: format!(
            "{}, and the same in {} other places {files}{}",
            first.message,
            others.len(),
            other_values(first, others.iter().map(|number| &findings[*number]))
        ),
        labels,
        help: Some(help.chain(["`--no-collapse` lists every place".to_owned()]).collect()),
        fingerprint: fingerprint(&shape.rule, "", &shape.pointer, &values),
        count: numbers.len(),
        // The others would be left.
        corrections: Vec::new(),
        ..first.clone()
    }
}

/// The values of the other findings that differ from those of the first: only equal values are the same mistake, so the
/// others are listed too.
fn other_values<'f>(first: &'f Finding, others: impl Iterator<Item = &'f Finding>) -> String {
    let known = values_in(&first.message);
    let mut seen: BTreeSet<Vec<&str>> = BTreeSet::new();
    let mut listed: Vec<String> = Vec::new();
    for other in others {
        let values = values_in(&other.message);
        let differs = |at: &usize| known.get(*at) != values.get(*at);
        let at: Vec<usize> = (0..values.len()).filter(differs).collect();
        let differing: Vec<&str> = at.iter().map(|at| values[*at]).collect();
        if differing.is_empty() || !seen.insert(differing.clone()) {
            continue;
        }
        if listed.len() < LISTED {
            listed.push(differing.join(" and "));
        }
    }
    let more = seen.len() - listed.len();
    match (listed.is_empty(), more) {
        (true, _) => String::new(),
        (false, 0) => format!(", also with {}", listed.join(", ")),
        (false, more) => format!(", also with {} and {more} other values", listed.join(", ")),
    }
}

/// What a message quotes, with its quotes; its words with figures, if it quotes nothing.
fn values_in(message: &str) -> Vec<&str> {
    let mut quoted = Vec::new();
    let mut rest = message;
    while let Some(start) = rest.find(['`', '“']) {
        let end = if rest[start..].starts_with('`') { '`' } else { '”' };
        let from = start + rest[start..].chars().next().map_or(0, char::len_utf8);
        let Some(len) = rest[from..].find(end) else { break };
        let until = from + len + end.len_utf8();
        quoted.push(&rest[start..until]);
        rest = &rest[until..];
    }
    if quoted.is_empty() {
        let has_figure = |word: &&str| word.contains(|c: char| c.is_ascii_digit());
        quoted.extend(message.split(' ').filter(has_figure));
    }
    quoted
}

/// The message without the numbers of elements: one mistake in each element of a list is one mistake.
fn without_element_numbers(finding: &Finding) -> String {
    const ELEMENT: &str = "element ";
    let mut out = String::with_capacity(finding.message.len());
    let mut rest = finding.message.as_str();
    while let Some(at) = rest.find(ELEMENT) {
        let (before, after) = rest.split_at(at + ELEMENT.len());
        out.push_str(before);
        rest = after.trim_start_matches(|c: char| c.is_ascii_digit());
    }
    out.push_str(rest);
    out
}

/// The message without what it quotes, without its figures, and without the records that the labels are in.
fn without_values(finding: &Finding) -> String {
    let records: BTreeSet<&str> =
        finding.labels.iter().filter_map(|label| label.location.record.as_deref()).collect();
    let named = |word: &str| {
        let name = word.trim_matches([',', ';', ':', '(', ')']);
        if records.contains(name) { word.replace(name, "0") } else { word.to_owned() }
    };
    let words: Vec<String> = finding.message.split(' ').map(named).collect();
    without_quotes(&words.join(" "))
}

/// A message without what it quotes and without its figures.
fn without_quotes(message: &str) -> String {
    let mut out = String::with_capacity(message.len());
    let mut until: Option<char> = None;
    for character in message.chars() {
        match (until, character) {
            (Some(end), _) if character == end => {
                until = None;
                out.push(character);
            }
            (Some(_), _) => {}
            (None, '`') => {
                until = Some('`');
                out.push(character);
            }
            (None, '“') => {
                until = Some('”');
                out.push(character);
            }
            (None, digit) if digit.is_ascii_digit() => {
                if !out.ends_with('0') {
                    out.push('0');
                }
            }
            (None, _) => out.push(character),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        finding::{Family, Identity, Location},
        source::Position,
    };

    fn finding(path: &str, number: usize, message: &str) -> Finding {
        let at = Position { line: 1, column: 1, offset: number as u32 };
        Finding {
            rule: RuleId::new("schema"),
            family: Family::Structure,
            severity: Severity::Error,
            message: message.to_owned(),
            location: Location {
                path: path.to_owned(),
                start: at,
                end: at,
                record: None,
                kind: None,
                pointer: format!("/slots/{number}/title"),
            },
            labels: Vec::new(),
            help: None,
            corrections: Vec::new(),
            fingerprint: format!("{number}"),
            identity: Identity::default(),
            count: 1,
            suppression: None,
        }
    }

    fn many(count: usize) -> Vec<Finding> {
        let message = |number| format!("`on{number} January` is {number} letters long");
        (0..count).map(|number| finding("a.json", number, &message(number))).collect()
    }

    #[test]
    fn so_many_are_each_reported_and_one_more_makes_them_one() {
        assert_eq!(collapse(many(50)), many(50));
        let reported = collapse(many(51));
        let [one] = reported.as_slice() else { panic!("{reported:?}") };
        assert_eq!(
            (one.message.as_str(), one.count, one.labels.len()),
            (
                "`on0 January` is 0 letters long, and the same in 50 other places of this file, also with `on1 January`, \
                 `on2 January`, `on3 January`, `on4 January`, `on5 January`, `on6 January`, `on7 January`, `on8 January`, \
                 `on9 January`, `on10 January` and 40 other values",
                51,
                3
            )
        );
        assert_eq!(one.help.as_deref(), Some("`--no-collapse` lists every place"));
        assert_eq!(one.location.pointer, "/slots/0/title");
    }

    #[test]
    fn others_keep_their_place_between_them() {
        let mut findings = many(60);
        findings.insert(30, finding("a.json", 7, "another"));
        let reported: Vec<_> = collapse(findings).into_iter().map(|one| one.count).collect();
        assert_eq!(reported, [60, 1]);
    }

    #[test]
    fn what_differs_in_more_than_values_is_not_the_same() {
        let mut findings = many(40);
        findings.extend((0..40).map(|number| finding("b.json", number, "too short")));
        assert_eq!(collapse(findings.clone()).len(), 80);
        for one in &mut findings[..20] {
            one.severity = Severity::Warning;
        }
        assert_eq!(collapse(findings).len(), 80);
    }

    #[test]
    fn the_same_words_very_often_are_a_mistake_of_their_own() {
        let missing =
            |name| move |number| finding("a.json", number, &format!("`{name}` is missing"));
        let mut findings: Vec<Finding> = (0..60).map(missing("title")).collect();
        findings.extend((0..60).map(missing("language")));
        findings.extend((0..20).map(missing("id")));
        let reported: Vec<_> = collapse(findings).into_iter().map(|one| one.count).collect();
        assert_eq!((reported[0], reported[1], reported.len()), (60, 60, 22));
    }

    #[test]
    fn the_files_are_counted_and_the_fingerprint_does_not_depend_on_the_number() {
        let mut findings = many(55);
        let before = collapse(findings.clone());
        findings.push(finding("b.json", 3, "`x` is 5 letters long"));
        let after = collapse(findings);
        assert!(after[0].message.contains("in 55 other places in 2 files, also"), "{after:?}");
        assert_eq!(before[0].fingerprint, after[0].fingerprint);
    }

    #[test]
    fn only_values_that_differ_from_the_first_are_listed() {
        let message = |number: usize| {
            let name = match number {
                20 | 40 => "Halerts",
                30 => "Marrrow",
                _ => "Wendrik",
            };
            format!("the member `{name}` of `board` is not among the records")
        };
        let named = |number| finding("a.json", number, &message(number));
        let reported = collapse((0..60).map(named).collect());
        let [all, ..] = reported.as_slice() else { panic!("{reported:?}") };
        assert_eq!(reported.len(), 4, "what is said of one value is collapsed alone");
        assert!(all.message.ends_with("in 56 other places of this file"), "{}", all.message);
        let message = |number: usize| message(20 + number % 21);
        let mixed = |number| finding("a.json", number, &message(number));
        let reported = collapse((0..52).map(mixed).collect());
        let [one] = reported.as_slice() else { panic!("{reported:?}") };
        assert_eq!(
            one.message,
            "the member `Halerts` of `board` is not among the records, and the same in 51 other places of this file, also \
             with `Wendrik`, `Marrrow`"
        );
    }

    #[test]
    fn figures_are_values_where_nothing_is_quoted() {
        let day =
            |number| finding("a.json", number, &format!("{} May is a Tuesday", number / 30 + 1));
        let reported = collapse((0..60).map(day).collect());
        let [one] = reported.as_slice() else { panic!("{reported:?}") };
        assert_eq!(
            one.message,
            "1 May is a Tuesday, and the same in 59 other places of this file, also with 2"
        );
    }

    #[test]
    fn one_mistake_in_each_element_of_a_list_is_one_mistake() {
        let lacks = |number: usize| {
            let name = if number < 60 { "order" } else { "title" };
            finding(
                "a.json",
                number,
                &format!("element {} of `items` lacks `{name}`", number % 8 + 1),
            )
        };
        let reported = collapse((0..120).map(lacks).collect());
        let messages: Vec<&str> = reported.iter().map(|one| one.message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "element 1 of `items` lacks `order`, and the same in 59 other places of this file",
                "element 5 of `items` lacks `title`, and the same in 59 other places of this file"
            ]
        );
    }

    #[test]
    fn figures_and_quoted_values_are_left_out() {
        for (message, expected) in [
            ("`a` after `b`", "`` after ``"),
            ("“Panel 1” begins at 10:00", "“” begins at 0:0"),
            ("an open ` mark", "an open `"),
            ("plain", "plain"),
        ] {
            assert_eq!(without_quotes(message), expected);
        }
    }

    #[test]
    fn the_records_of_labels_are_left_out() {
        let near = |id: &str| {
            let mut near = finding("a.json", 0, &format!("nearly the same text as {id} (99 %)"));
            let location = Location { record: Some(id.to_owned()), ..near.location.clone() };
            near.labels.push(Label { location, text: "the other text".to_owned() });
            near
        };
        assert_eq!(without_values(&near("first")), "nearly the same text as 0 (0 %)");
        assert_eq!(without_values(&near("first")), without_values(&near("the-other")));
    }

    #[test]
    fn the_fingerprint_depends_on_the_message_id_and_not_on_its_words() {
        let print = |word: &str, id: &str, values: &str| {
            let mut findings = many(60);
            for one in &mut findings {
                one.message = format!("{word} {}", one.message);
                one.identity.message_id = id.to_owned();
                one.identity.values = values.to_owned();
            }
            let reported = collapse(findings);
            assert_eq!(reported.len(), 1);
            reported[0].fingerprint.clone()
        };
        assert_eq!(print("so", "long", "7"), print("thus", "long", "7"));
        assert_ne!(print("so", "long", "7"), print("so", "short", "7"));
        assert_ne!(
            print("so", "long", "7"),
            print("so", "long", "8"),
            "what all have in common counts"
        );
    }

    #[test]
    fn two_systematic_mistakes_have_two_fingerprints() {
        let mut findings = many(60);
        findings.extend((0..60).map(|number| finding("b.json", number, "another")));
        for (number, one) in findings.iter_mut().enumerate() {
            one.fingerprint = format!("{number}");
        }
        let reported = collapse(findings);
        assert_eq!(reported.len(), 2);
        assert_ne!(reported[0].fingerprint, reported[1].fingerprint);
    }
}
