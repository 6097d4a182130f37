//! `x-instant`: the items of this list are one moment in several time zones.

use super::{
    Arguments, Collector, Fact, Given, Keyword, Kind, Meaning, Pointer, Record, Text, key,
    keyword::required,
};
use crate::{
    calendar::{self, Minute},
    message::listed,
    tree::NodeRef,
};

pub(super) static KEYWORD: Keyword = Keyword {
    name: "x-instant",
    about: "the items of this list are one moment in several time zones",
    repeats: false,
    short: None,
    arguments: &[
        required("time", Kind::ItemPointer, "in each item, the time of day"),
        required(
            "zone",
            Kind::ItemPointer,
            "in each item, the time zone: a name of IANA, or an abbreviation such as `CET`; the day is that of `x-context`",
        ),
    ],
    example: r#"{"time": "/time", "zone": "/zone"}"#,
    between: None,
    read: |given| Ok(Box::new(read(given))),
};

/// The arguments of `x-instant`.
#[derive(Clone, Debug, Default)]
pub struct InstantArguments {
    time: Pointer,
    zone: Pointer,
}

fn read(given: &Given<'_>) -> InstantArguments {
    InstantArguments {
        time: given.pointer("time").unwrap_or_default(),
        zone: given.pointer("zone").unwrap_or_default(),
    }
}

/// One moment in one of several zones.
#[derive(Debug)]
pub struct LocalTime<'t> {
    /// The time.
    pub text: Text<'t>,
    /// The zone.
    pub zone: Text<'t>,
    /// The time of day there.
    pub minute: Minute,
    /// Minutes east of UTC on that day; several for an abbreviation that is written for several zones.
    pub offsets: Vec<i16>,
}

/// One moment in several zones, on one day.
#[derive(Debug)]
pub struct Instant<'t> {
    /// The day, as the context has it.
    pub day: jiff::civil::Date,
    /// The times.
    pub times: Vec<LocalTime<'t>>,
}

impl LocalTime<'_> {
    /// The minutes of the day in UTC that it may be.
    pub fn in_utc(&self) -> impl Iterator<Item = u16> {
        let minute = i32::from(self.minute.get());
        let day =
            move |offset: &i16| u16::try_from((minute - i32::from(*offset)).rem_euclid(24 * 60));
        self.offsets.iter().filter_map(move |offset| day(offset).ok())
    }
}

impl Arguments for InstantArguments {
    fn take<'t>(&'t self, node: NodeRef<'t>, collector: &mut Collector<'t>) {
        let Some(day) = collector.context().day() else { return };
        let time = |item: NodeRef<'t>| {
            let text = collector.find(item, &self.time)?;
            let zone = collector.find(item, &self.zone)?;
            let minute = key::moment(super::Form::Time, text, None)?.minute?;
            let offsets = calendar::offsets(zone.value, day, minute);
            (!offsets.is_empty()).then_some(LocalTime { text, zone, minute, offsets })
        };
        let times: Vec<LocalTime<'t>> = node.elements().filter_map(time).collect();
        if times.len() > 1 {
            collector.push(node, Meaning::Instant(Box::new(Instant { day, times })));
        }
    }

    fn describe(&self, fact: &Fact<'_>, _record: &Record<'_>) -> String {
        let Meaning::Instant(instant) = &fact.meaning else { return String::new() };
        let text = |time: &LocalTime<'_>| format!("{} {}", time.minute, time.zone.value);
        let times: Vec<String> = instant.times.iter().map(text).collect();
        format!("one moment as {}", listed(&times, "and"))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::vocabulary::testing::{facts, fault};

    #[test]
    fn the_times_of_known_zones_are_taken_on_the_day_of_the_context() {
        let schema = json!({
            "x-context": {"date": "/day"},
            "properties": {"day": {}, "at": {"x-instant": {"time": "/time", "zone": "/zone"}}}
        });
        let at = "at: [{time: \"16:00\", zone: UTC}, {time: \"09:00\", zone: America/Los_Angeles}, {time: \"9\", zone: UTC}, {time: \
                  \"09:00\", zone: Mars}]";
        assert_eq!(
            facts(&schema, &format!("{{day: \"2026-03-11\", {at}}}")),
            ["one moment as 16:00 UTC and 09:00 America/Los_Angeles"]
        );
        assert_eq!(facts(&schema, &format!("{{{at}}}")), [""; 0]);
        assert_eq!(
            fault(&KEYWORD, &json!({"time": "/time"})),
            "`x-instant` lacks the argument `zone`"
        );
    }
}
