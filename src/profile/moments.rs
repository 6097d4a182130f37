//! One moment in several zones: `17:00 UTC (18:00 CET, 9am PST)`, and tables with a time for each city.

use super::{Stretch, ZonedTime};
use crate::{calendar, tree::NodeRef};

/// A time of day at the beginning of a text: its minute, and its length.
fn time_at(text: &str) -> Option<(u16, usize, bool)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > 2 {
        return None;
    }
    let mut len = digits;
    if text[len..].starts_with(':') {
        let minutes = text[len + 1..].bytes().take_while(u8::is_ascii_digit).count();
        if minutes != 2 {
            return None;
        }
        len += 3;
    }
    let has_minutes = len > digits;
    let rest = &text[len..];
    let spaces = rest.len() - rest.trim_start_matches(' ').len();
    let half = rest.get(spaces..spaces + 2).unwrap_or_default();
    let has_half = ["am", "pm"].iter().any(|known| half.eq_ignore_ascii_case(known))
        && !rest[spaces + 2..].starts_with(|c: char| c.is_alphanumeric());
    if has_half {
        len += spaces + 2;
    }
    if !has_half && !has_minutes {
        return None;
    }
    let minute = calendar::time(&text[..len]).ok()?;
    Some((minute.get(), len, has_half || has_minutes))
}

/// The times with a zone in a line; none if one of its times has no zone that is known, since it may be anything.
pub(super) fn in_line(node: NodeRef<'_>) -> Vec<ZonedTime> {
    let text = node.as_str().unwrap_or_default();
    let (mut found, mut at) = (Vec::new(), 0);
    let mut zones: Vec<String> = Vec::new();
    while let Some(next) = text[at..].find(|c: char| c.is_ascii_digit()).map(|next| at + next) {
        let digits = text[next..].bytes().take_while(u8::is_ascii_digit).count();
        let is_apart = text[..next]
            .chars()
            .next_back()
            .is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '+' | '/' | '.'));
        let time = time_at(&text[next..]).filter(|_| is_apart);
        let Some((minute, len, _)) = time else {
            at = next + digits;
            continue;
        };
        let mut end = next + len;
        // The end of a range has the zone of both.
        let after = text[end..].trim_start();
        if let Some(rest) =
            after.strip_prefix(['-', '–', '—']).or_else(|| after.strip_prefix("to "))
        {
            let rest = rest.trim_start();
            if let Some((_, len, _)) = time_at(rest) {
                end = text.len() - rest.len() + len;
            }
        }
        let rest = text[end..].trim_start_matches(' ');
        let from = text.len() - rest.len();
        let Some((zone, len)) = calendar::zone_name_at(rest) else { return Vec::new() };
        if zones.contains(&zone) {
            // Another moment in the same zone.
            return Vec::new();
        }
        zones.push(zone.clone());
        found.push(ZonedTime { at: Stretch::part(node, next, from + len), minute, zone });
        at = from + len;
    }
    found
}

/// The rows of a table of places with a time each.
pub(super) fn in_table(table: NodeRef<'_>) -> Vec<ZonedTime> {
    let mut found = Vec::new();
    for row in table.elements() {
        let cells: Vec<NodeRef<'_>> = row.members().map(|(_, cell)| cell).collect();
        let zone = cells.iter().find_map(|cell| calendar::place_zone(cell.as_str()?));
        let time = cells.iter().rev().find_map(|cell| {
            let text = cell.as_str()?;
            let (minute, len, _) = time_at(text.trim_start())?;
            let rest = text.trim_start()[len..].trim();
            (rest.is_empty() || rest == "UTC").then_some((*cell, minute))
        });
        if let (Some(zone), Some((cell, minute))) = (zone, time) {
            found.push(ZonedTime { at: Stretch::of(cell), minute, zone });
        }
    }
    // One moment in all rows, and not a timetable.
    if found.len() >= 3 && found.len() * 2 > table.elements().count() { found } else { Vec::new() }
}
