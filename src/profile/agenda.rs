//! The items of an agenda, with how long each takes.

use super::{Count, Meeting, Stretch, Topic};
use crate::tree::NodeRef;

/// Reads the section of an agenda.
pub(super) fn read(section: NodeRef<'_>, meeting: &mut Meeting) {
    if let Some(heading) = section.get("heading")
        && meeting.length.is_none()
    {
        meeting.length = length(heading);
    }
    for list in section.get("lists").into_iter().flat_map(NodeRef::elements) {
        for item in list.get("items").into_iter().flat_map(NodeRef::elements) {
            let Some(text) = item.get("text") else { continue };
            let (title, minutes) = (Stretch::of(text), length(text));
            meeting.agenda.push(Topic { title, minutes, motions: Vec::new() });
        }
    }
}

/// How long something takes, as brackets in its title say: `(25m, Ann)`, `[20 min]`.
fn length(node: NodeRef<'_>) -> Option<Count> {
    let text = node.as_str()?;
    let brackets = text.match_indices(['(', '[']).map(|(at, _)| at + 1);
    let mut found = brackets.filter_map(|at| {
        let (value, len) = minutes_at(&text[at..])?;
        Some(Count { value, at: Stretch::part(node, at, at + len) })
    });
    let first = found.next()?;
    // Two of them may be a choice.
    found.next().is_none().then_some(first)
}

/// A number of minutes or hours at the beginning of a text, and its length.
fn minutes_at(text: &str) -> Option<(u32, usize)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let number: u32 = text.get(..digits)?.parse().ok()?;
    let rest = text[digits..].trim_start_matches([' ', '-', '\u{a0}']);
    let unit: String = rest.chars().take_while(|c| c.is_alphabetic()).collect();
    let len = text.len() - rest.len() + unit.len();
    let minutes = match unit.to_lowercase().as_str() {
        "m" | "min" | "mins" | "minute" | "minutes" => number,
        "h" | "hr" | "hrs" | "hour" | "hours" => number.checked_mul(60)?,
        _ => return None,
    };
    (minutes > 0 && minutes <= 24 * 60).then_some((minutes, len))
}
