//! Times of the night in a programme, which are after midnight where the evening comes before them.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Moment, Text};
use crate::{
    calendar::{Minute, is_past_midnight},
    tree::{NodeId, NodeRef},
};

/// Nothing before noon is followed by a time of the night within twelve hours.
const NOON: i64 = 12 * 60;
const DAY: i64 = 24 * 60;

/// The last evening slot of each list and track of one record, by when it begins.
#[derive(Debug, Default)]
pub(super) struct Nights<'t>(BTreeMap<Row<'t>, Evening>);

/// A list and a track.
type Row<'t> = (NodeId, Option<&'t str>);

/// The day of a slot, and the minutes from its midnight to the start.
type Evening = (Option<Date>, i64);

impl<'t> Nights<'t> {
    /// Puts a start that is only a time of day after midnight, if an evening slot of the same list, track and day is listed
    /// before it.
    pub(super) fn place(
        &mut self,
        node: NodeRef<'t>,
        track: Option<Text<'t>>,
        start: &mut Moment<'t>,
        dawn: Minute,
    ) {
        let (Some(minute), Some(list)) = (start.minute, node.parent()) else { return };
        let key = (list.id(), track.map(|track| track.value));
        let mut from = i64::from(minute.get());
        if !start.has_own_date
            && let Some((day, evening)) = self.0.get(&key)
            && *day == start.date
            && is_past_midnight(*evening, minute, dawn)
        {
            start.next_day = true;
            from += DAY;
        }
        if from >= NOON {
            self.0.insert(key, (start.date, from));
        } else if !self.0.is_empty() {
            self.0.remove(&key);
        }
    }
}

/// Puts an end that is only a time of day on the day of the start, or after the midnight that follows it.
pub(super) fn place_end(start: &Moment<'_>, end: &mut Moment<'_>, dawn: Minute) {
    let (Some(from), Some(to)) = (start.minute, end.minute) else { return };
    if end.has_own_date {
        return;
    }
    if end.date.is_none() && start.has_own_date {
        (end.date, end.offset) = (start.date, start.offset);
    }
    if end.date != start.date {
        return;
    }
    end.next_day = if start.next_day {
        to >= from
    } else {
        // Midnight is the end of the day, and understood as that.
        to > Minute::START && is_past_midnight(i64::from(from.get()), to, dawn)
    };
}
