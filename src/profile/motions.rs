//! Motions and votes under a heading.

use super::{Count, Motion, Stretch, Vote, people, words};
use crate::{source::Span, tree::NodeRef};

/// Something under a heading that may be part of a motion.
enum Entry<'t> {
    Field(&'t str, NodeRef<'t>),
    List(NodeRef<'t>),
    Text(NodeRef<'t>),
}

impl Entry<'_> {
    fn span(&self) -> Span {
        match self {
            Self::Field(_, node) | Self::List(node) | Self::Text(node) => node.span(),
        }
    }
}

/// The motions in a section.
pub(super) fn read(section: NodeRef<'_>) -> Vec<Motion> {
    let mut entries: Vec<Entry<'_>> = Vec::new();
    for (key, value) in section.get("fields").into_iter().flat_map(NodeRef::members) {
        entries.extend(key.as_str().map(|key| Entry::Field(key, value)));
    }
    for list in section.get("lists").into_iter().flat_map(NodeRef::elements) {
        entries.push(Entry::List(list));
    }
    for text in section.get("paragraphs").into_iter().flat_map(NodeRef::elements) {
        entries.push(Entry::Text(text));
    }
    entries.sort_by_key(Entry::span);
    let mut reader = Reader::default();
    for entry in entries {
        match entry {
            Entry::Field(key, value) => reader.field(key, value),
            Entry::List(list) => reader.list(list),
            Entry::Text(text) => reader.sentence(text),
        }
    }
    reader.finish()
}

#[derive(Default)]
struct Reader {
    open: Motion,
    done: Vec<Motion>,
}

impl Reader {
    fn field(&mut self, key: &str, value: NodeRef<'_>) {
        let text = value.as_str().unwrap_or_default();
        // A number behind a repeated key.
        let key = key.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('-');
        if key == "motion" {
            self.close();
        } else if words::RESULTS.contains(&key) {
            self.open.result(value, 0);
            self.close();
        } else if words::MOVERS.contains(&key) {
            let end = text.find(" Second").unwrap_or(text.len());
            self.open.mover = name(value, 0, end);
            if let Some(colon) = text[end..].find(':').map(|at| end + at + 1) {
                self.open.seconder = name(value, colon, text.len());
            }
        } else if words::SECONDERS.contains(&key) {
            self.open.seconder = name(value, 0, text.len());
        }
    }

    fn list(&mut self, list: NodeRef<'_>) {
        let items = || list.get("items").into_iter().flat_map(NodeRef::elements);
        let votes: Vec<_> = items().filter_map(|item| vote(item.get("text")?)).collect();
        if votes.len() > 1 && votes.len() == items().count() {
            if !self.open.votes.is_empty() {
                self.close();
            }
            self.open.votes = votes;
            return;
        }
        for text in items().filter_map(|item| item.get("text")) {
            self.sentence(text);
        }
    }

    /// Reads `Motion by Ann Bell, seconded by Cem Dorn: ... carried 5-0-1`.
    fn sentence(&mut self, node: NodeRef<'_>) {
        let text = node.as_str().unwrap_or_default();
        // Small letters of another length would move the places.
        let lower = text.to_ascii_lowercase();
        let after =
            |words: &[&str]| words.iter().find_map(|word| Some(lower.find(word)? + word.len()));
        let mover = after(&["motion by ", "moved by ", "motion from "]);
        let seconder = after(&["seconded by "]);
        let named = |at: Option<usize>| at.and_then(|at| name(node, at, text.len()));
        let mut motion =
            Motion { mover: named(mover), seconder: named(seconder), ..Motion::default() };
        if motion.mover.is_none() && motion.seconder.is_none() {
            return;
        }
        motion.result(node, mover.or(seconder).unwrap_or_default());
        self.done.push(motion);
    }

    fn close(&mut self) {
        let motion = std::mem::take(&mut self.open);
        if motion.has_content() {
            self.done.push(motion);
        }
    }

    fn finish(mut self) -> Vec<Motion> {
        self.close();
        self.done
    }
}

/// The name of a person at a place of a value.
fn name(node: NodeRef<'_>, from: usize, to: usize) -> Option<Stretch> {
    let text = node.as_str()?.get(from..to)?;
    // What follows a name in a sentence.
    let end = [" and ", " to ", " that ", " seconded", ", ", ". ", ": ", "\n", ";"]
        .iter()
        .filter_map(|end| text.find(end))
        .min();
    people::person(node, from, from + end.unwrap_or(text.len())).map(|person| person.name)
}

/// Reads `Ann Bell: Yes`.
fn vote(node: NodeRef<'_>) -> Option<(Stretch, Stretch, Vote)> {
    let text = node.as_str()?;
    let colon = text.find(':')?;
    let name = people::person(node, 0, colon)?.name;
    let rest = &text[colon + 1..];
    let vote = words::vote(rest)?;
    let from = colon + 1 + rest.len() - rest.trim_start().len();
    let len = text[from..].find(|c: char| !c.is_alphabetic()).unwrap_or(text.len() - from);
    Some((name, Stretch::part(node, from, from + len), vote))
}

const CARRIED: [&str; 5] = ["carried", "passed", "approved", "adopted", "carries"];
const LOST: [&str; 5] = ["failed", "lost", "defeated", "rejected", "fails"];

impl Motion {
    fn has_content(&self) -> bool {
        !self.votes.is_empty()
            || self.mover.is_some()
            || self.seconder.is_some()
            || self.tally.iter().any(Option::is_some)
    }

    /// Reads the outcome and the votes after byte `from`: `carried, 6–0 (1 abstention)`.
    fn result(&mut self, node: NodeRef<'_>, from: usize) {
        let text = node.as_str().unwrap_or_default();
        let lower = text.to_ascii_lowercase();
        let is_not = |at: usize| lower[..at].ends_with("not ");
        let word = |words: &[&str]| {
            words.iter().find_map(|word| {
                let at = from + lower.get(from..)?.find(word)?;
                (!is_not(at)).then_some((at, word.len()))
            })
        };
        let (carried, lost) = (word(&CARRIED), word(&LOST));
        let Some((at, len)) = carried.xor(lost) else { return };
        self.outcome = Some((carried.is_some(), Stretch::part(node, at, at + len)));
        self.tally(node, at + len);
    }

    fn tally(&mut self, node: NodeRef<'_>, from: usize) {
        let text = node.as_str().unwrap_or_default();
        let numbers = numbers(text, from);
        let [first, second, rest @ ..] = numbers.as_slice() else { return };
        let is_dash = |a: &Number, b: &Number| {
            let between = text.get(a.0 + a.1..b.0).unwrap_or_default().trim();
            matches!(between, "-" | "–" | "—" | "to")
        };
        // What is between the outcome and the votes belongs to them only if it is short.
        if !is_dash(first, second) || first.0 - from > 12 {
            return;
        }
        let count = |number: &Number| {
            Some(Count { value: number.2, at: Stretch::part(node, number.0, number.0 + number.1) })
        };
        self.tally = [count(first), count(second), None];
        let Some(third) = rest.first() else { return };
        let after = text[third.0 + third.1..].trim_start();
        if is_dash(second, third) || after.to_lowercase().starts_with("abst") {
            self.tally[2] = count(third);
        }
    }
}

/// A number: its place, its length, its value.
type Number = (usize, usize, u32);

fn numbers(text: &str, from: usize) -> Vec<Number> {
    let mut found = Vec::new();
    let mut at = from;
    while let Some(next) = text.get(at..).and_then(|rest| rest.find(|c: char| c.is_ascii_digit())) {
        let start = at + next;
        let len = text[start..].bytes().take_while(u8::is_ascii_digit).count();
        if let Ok(value) = text[start..start + len].parse()
            && len <= 3
        {
            found.push((start, len, value));
        }
        at = start + len;
        if found.len() == 3 {
            break;
        }
    }
    found
}
