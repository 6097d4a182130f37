//! A slot that takes all rooms, and another one that takes place in one of them at the same time.

use super::{
    names,
    stretches::{Extent, Stretch},
};
use crate::{fact::Record, message::shown, rule::Findings, vocabulary::Tracks};

/// Reports each slot once: one in all rooms that begins before the slot of a room has ended, or the other way round.
pub(super) fn check<'t>(
    record: &Record<'t>,
    slots: &[Stretch<'_, 't>],
    findings: &mut Findings<'_>,
) {
    if !slots.iter().any(is_in_all) {
        return;
    }
    let is_known = |slot: &&Stretch<'_, '_>| slot.track.is_some() && slot.extent == Extent::Whole;
    let mut slots: Vec<&Stretch<'_, '_>> = slots.iter().filter(is_known).collect();
    slots.sort_by(|a, b| (a.hall(), a.from).cmp(&(b.hall(), b.from)));
    for together in slots.chunk_by(|a, b| a.hall() == b.hall()) {
        // The slots so far that end last: one of a single room, and one of all rooms.
        let mut longest: [Option<&Stretch<'_, '_>>; 2] = [None, None];
        for slot in together {
            let is_in_all = is_in_all(slot);
            let earlier = longest[usize::from(!is_in_all)];
            if let Some(earlier) = earlier.filter(|earlier| slot.overlaps(earlier)) {
                report(record, slot, earlier, findings);
            }
            let longest = &mut longest[usize::from(is_in_all)];
            if longest.is_none_or(|longest| longest.to < slot.to) {
                *longest = Some(slot);
            }
        }
    }
}

fn is_in_all(slot: &Stretch<'_, '_>) -> bool {
    slot.interval.tracks == Tracks::All
}

fn report<'t>(
    record: &Record<'t>,
    slot: &Stretch<'_, 't>,
    earlier: &Stretch<'_, 't>,
    findings: &mut Findings<'_>,
) {
    let (Some(start), Some(end)) = (&slot.interval.start, &earlier.interval.end) else { return };
    let (name, other) = names(record, slot.interval, earlier.interval);
    let (all, one) =
        if is_in_all(slot) { (&name, earlier.interval) } else { (&other, slot.interval) };
    let room = one.track.map(|track| shown(track.value)).unwrap_or_default();
    let message = format!(
        "{name} begins at `{}`, before {other} ends at `{}`: {all} is in all rooms, and so in “{room}”",
        start.shown(),
        end.shown()
    );
    findings
        .at(start.text.place, message)
        .label(end.text.place, format!("{other} ends here"))
        .help("correct the times, or the rooms")
        .id("all tracks")
        .value(start.shown())
        .value(end.shown());
}

#[cfg(test)]
mod tests {
    use super::super::RULE;
    use crate::testing::check;

    #[test]
    fn a_plenary_takes_all_rooms() {
        check(
            &RULE,
            r#"
kind: programme
date: "2011-05-19"
slots:
  - {track: Plenary, title: Opening, start: "09:00", end: "10:00"}
#                                                          ~~~~~ “Opening” ends here
  - {track: A, title: One, start: "09:50", end: "11:00"}
#                                  ^^^^^ error: “One” begins at `09:50`, before “Opening” ends at `10:00`: “Opening” is in all rooms, and so in “A”
  - {track: B, title: Two, start: "10:00", end: "12:00"}
#                                                ~~~~~ “Two” ends here
  - {track: all rooms, title: Closing, start: "11:30", end: "12:30"}
#                                              ^^^^^ error: “Closing” begins at `11:30`, before “Two” ends at `12:00`: “Closing” is in all rooms, and so in “B”
  - {track: B, title: Walk, start: "12:30", end: "13:00"}
  - {title: Lunch, start: "12:00", end: "13:00"}
"#,
        );
    }

    #[test]
    fn two_plenaries_are_in_one_room_and_other_days_apart() {
        check(
            &RULE,
            r#"
kind: programme
slots:
  - {date: "2011-05-19", track: Plenary, title: Opening, start: "09:00", end: "10:00"}
#                                                                              ~~~~~ “Opening” ends here
  - {date: "2011-05-19", track: All rooms, title: Debate, start: "09:30", end: "11:00"}
#                                                                 ^^^^^ error: “Debate” begins at `09:30`, before “Opening” ends at `10:00`, both in “All rooms”
#                                                                               ~~~~~ “Debate” ends here
  - {date: "2011-05-20", track: A, title: One, start: "09:30", end: "11:00"}
  - {date: "2011-05-19", track: Plenary hall, title: Two, start: "09:30", end: "11:00"}
#                                                                 ^^^^^ error: “Two” begins at `09:30`, before “Debate” ends at `11:00`: “Debate” is in all rooms, and so in “Plenary hall”
"#,
        );
    }
}
