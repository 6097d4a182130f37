//! Roll calls: tables of those present, sentences that count them, and initials.

use std::collections::HashSet;

use super::{
    Count, Meeting, Person, Stretch, dates,
    people::{self, person},
    words::{self, Part},
};
use crate::{person::fold, tree::NodeRef};

/// Numbers in words, as minutes count members.
const NUMBERS: [&str; 21] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];

/// The cell of a row in the first of these columns.
fn cell<'t>(row: NodeRef<'t>, columns: &[&str]) -> Option<NodeRef<'t>> {
    row.members().find_map(|(key, value)| columns.contains(&key.as_str()?).then_some(value))
}

/// Reads a table of those present.
pub(super) fn table(table: NodeRef<'_>, part: Option<Part>, meeting: &mut Meeting) {
    let rows = || table.elements();
    let has = |columns: &[&str]| rows().any(|row| cell(row, columns).is_some());
    let has_presence = has(&words::PRESENCE);
    let is_list = part == Some(Part::Present) || has_presence;
    if !is_list || !(has(&words::NAMES) || (has(&words::GIVEN_NAMES) && has(&words::FAMILY_NAMES)))
    {
        return;
    }
    let votes = |row: NodeRef<'_>| {
        let text = cell(row, &words::CAPACITY)?.as_str()?.to_lowercase();
        Some(text.contains("voting") && !text.contains("non-voting") && !text.contains("nonvoting"))
    };
    let has_votes = rows().any(|row| votes(row) == Some(true));
    for row in rows() {
        let Some(person) = of_row(row) else {
            meeting.present.has_others |= row.members().next().is_some();
            continue;
        };
        let presence = cell(row, &words::PRESENCE).and_then(|cell| words::presence(cell.as_str()?));
        let is_member = !has_votes || votes(row) == Some(true);
        match presence {
            Some(false) => meeting.absent.all.push(person),
            None if has_presence => meeting.present.has_others = true,
            _ if is_member => meeting.present.all.push(person),
            _ => meeting.others.all.push(person),
        }
    }
    // A chair may vote without being called a voting member, so that a sentence may count one more.
    let is_unclear = |row: NodeRef<'_>| {
        let text = cell(row, &words::CAPACITY).and_then(NodeRef::as_str).unwrap_or_default();
        votes(row) != Some(true)
            && !["member", "observer", "guest", "staff"].contains(&text.to_lowercase().as_str())
    };
    if !has_votes || rows().any(is_unclear) {
        meeting.present.has_others = true;
    }
}

fn of_row(row: NodeRef<'_>) -> Option<Person> {
    let whole = |node: NodeRef<'_>| person(node, 0, node.as_str().unwrap_or_default().len());
    let mut found = match cell(row, &words::NAMES) {
        Some(name) => whole(name)?,
        None => {
            let (given, family) =
                (cell(row, &words::GIVEN_NAMES)?, cell(row, &words::FAMILY_NAMES)?);
            let (first, last) = (given.span().min(family.span()), given.span().max(family.span()));
            let span = crate::source::Span::new(first.start, last.end);
            let text = format!("{} {}", given.as_str()?.trim(), family.as_str()?.trim());
            people::is_name(&text)
                .then_some(Person { name: Stretch { span, text }, initials: None })?
        }
    };
    let initials = cell(row, &words::INITIALS);
    let initials = initials.filter(|cell| cell.as_str().is_some_and(people::is_initials));
    found.initials = found.initials.or(initials.map(Stretch::of));
    Some(found)
}

/// Reads `Present were six of the nine voting members`.
pub(super) fn sentence(node: NodeRef<'_>, meeting: &mut Meeting) {
    let text = node.as_str().unwrap_or_default();
    if !text.to_lowercase().contains("present") {
        return;
    }
    let words: Vec<(usize, &str)> = dates::words(text).collect();
    let number = |word: &str| {
        let lower = word.to_lowercase();
        let in_words = NUMBERS.iter().position(|number| **number == lower);
        in_words.and_then(|number| u32::try_from(number).ok()).or_else(|| lower.parse().ok())
    };
    for (at, window) in words.windows(4).enumerate() {
        let [(start, first), (_, of), rest @ ..] = window else { continue };
        let rest: Vec<&str> = rest.iter().map(|(_, word)| *word).collect();
        let (total, next) = match rest.as_slice() {
            ["the", total] => (*total, at + 4),
            [total, _] => (*total, at + 3),
            _ => continue,
        };
        let is_voting = words.get(next).is_some_and(|(_, word)| *word == "voting")
            && words.get(next + 1).is_some_and(|(_, word)| word.starts_with("member"));
        let (Some(value), "of", Some(_), true) = (number(first), *of, number(total), is_voting)
        else {
            continue;
        };
        let at = Stretch::part(node, *start, start + first.len());
        meeting.figure.get_or_insert(Count { value, at });
        return;
    }
}

/// Leaves out what cannot be compared with the list.
pub(super) fn finish(meeting: &mut Meeting) {
    // A figure is compared with a list of which every line was understood.
    if meeting.present.has_others {
        meeting.figure = None;
    }
    keep_initials(meeting);
    let Meeting { topics, present, absent, .. } = meeting;
    let all = present.all.iter().chain(&absent.all);
    let known: HashSet<String> = all.map(|one| fold(&one.name.text)).collect();
    // Someone who is on no list may be on a part of it that was not understood.
    let is_known = |name: &Stretch| {
        known.contains(&fold(&name.text)) || (!present.has_others && people::is_name(&name.text))
    };
    for motion in topics.iter_mut().flat_map(|topic| &mut topic.motions) {
        motion.mover.take_if(|name| !is_known(name));
        motion.seconder.take_if(|name| !is_known(name));
        for (name, ..) in motion.votes.iter_mut().filter(|(name, ..)| !is_known(name)) {
            name.text.clear();
        }
    }
}

/// Keeps the turns of those on the lists, and of initials that are nearly those of one of them: other words in capitals before
/// a colon are no one's.
fn keep_initials(meeting: &mut Meeting) {
    let lists = [&meeting.present, &meeting.absent, &meeting.others];
    let all = lists.iter().flat_map(|list| &list.all);
    let known: HashSet<String> =
        all.filter_map(|person| Some(person.initials.as_ref()?.text.clone())).collect();
    let is_near = |text: &str| {
        let differs = |other: &String| {
            let pairs = other.bytes().zip(text.bytes());
            other.len() == text.len()
                && other.as_bytes()[0] == text.as_bytes()[0]
                && pairs.filter(|(a, b)| a != b).count() == 1
        };
        !words::ABBREVIATIONS.contains(&text) && known.iter().any(differs)
    };
    let spoken: HashSet<String> = meeting
        .turns
        .iter()
        .map(|turn| turn.text.clone())
        .filter(|text| known.contains(text))
        .collect();
    let is_used = spoken.len() > 1;
    let is_one = |turn: &Stretch| known.contains(&turn.text) || (is_used && is_near(&turn.text));
    meeting.turns.retain(is_one);
}
