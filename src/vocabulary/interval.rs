//! `x-interval`: a stretch of time.

use std::ops::Range;

use jiff::civil::Date;
use serde_json::json;

use super::{
    Arguments, Bound, Collector, End, Fact, Form, Given, Keyword, Kind, Meaning, Moment, Part,
    Pointer, Record, Text, Unit, Wanted,
    arguments::Fault,
    collector::Read,
    key,
    keyword::{Choice, optional, words},
    night,
};
use crate::{
    calendar::{self, DAWN, Minute},
    message::shown,
    tree::NodeRef,
};

pub(super) static KEYWORD: Keyword = Keyword {
    name: "x-interval",
    about: "a stretch of time",
    repeats: true,
    short: None,
    arguments: &[
        optional("start", Kind::Pointer, "when it begins: a time, or a date with a time"),
        optional("end", Kind::Pointer, "when it ends: a time, or a date with a time"),
        optional(
            "duration",
            Kind::Pointer,
            "how long it lasts, if its end is not written: minutes, `1:30`, `1h30` or `PT1H30M`",
        ),
        optional("range", Kind::Pointer, "its start and its end in one text: `08:00-09:00`"),
        optional("date", Kind::Pointer, "its day, where start and end are times"),
        optional(
            "track",
            Kind::PointerOrPointers,
            "the room or stream that it occupies; of several pointers the first that leads to a value",
        ),
        optional(
            "allTracks",
            Kind::Texts,
            "the values of `track` that mean all rooms: `[\"Plenary\"]`",
        ),
        optional(
            "site",
            Kind::Pointer,
            "the building or the house of the track: a room of it holds one meeting at a time, whichever records say so; \
             without it, the event of the record takes its place",
        ),
        optional(
            "space",
            Kind::Text,
            "the namespace of the tracks, if all records name the same rooms; you choose it, as in `x-defines`",
        ),
        optional("label", Kind::Pointer, "what messages call it"),
        optional(
            "list",
            Kind::Choice(words::<Listing>),
            "`\"unordered\"`: the intervals are no programme but a collection, such as the meetings of a year or the \
             deadlines of a project",
        ),
        optional(
            "dayBegins",
            Kind::Text,
            "until what time of night a day goes on, if not until 06:00: an end, or the start of a later interval, that \
             is before it on the clock is after midnight",
        ),
    ],
    example: r#"{"start": "/start", "end": "/end", "date": "/date", "track": "/room", "label": "/title"}"#,
    between: Some(
        || json!({"anyOf": [{"required": ["start"]}, {"required": ["end"]}, {"required": ["range"]}]}),
    ),
    read,
};

/// The arguments of `x-interval`.
#[derive(Clone, Debug)]
pub struct IntervalArguments {
    /// Where it begins.
    pub start: Option<Part>,
    /// Where it ends.
    pub end: Option<Part>,
    /// How long it lasts.
    pub duration: Option<Pointer>,
    /// Its beginning and its end in one text.
    pub range: Option<Part>,
    /// Its day, where start and end are times only.
    pub date: Option<Part>,
    /// The room or stream that it occupies; the first pointer that leads to a value counts.
    pub track: Vec<Pointer>,
    /// The values of the track that mean all rooms, folded.
    pub all_tracks: Vec<String>,
    /// The building or the house of the track.
    pub site: Option<Pointer>,
    /// The namespace of the tracks.
    pub space: Option<String>,
    /// What to call it in messages.
    pub label: Option<Pointer>,
    /// Whether the intervals are a programme.
    pub is_ordered: bool,
    /// Until when a night belongs to the day before.
    pub dawn: Minute,
}

fn read(given: &Given<'_>) -> Result<Box<dyn Arguments>, Fault> {
    let (start, end, range) = (given.part("start"), given.part("end"), given.part("range"));
    if start.is_none() && end.is_none() && range.is_none() {
        return Err(given.fault("`start`, `end` or `range` is expected"));
    }
    let dawn = match given.text("dayBegins").as_str() {
        "" => DAWN,
        text => match calendar::time(text) {
            Ok(minute) if minute <= Minute::NOON => minute,
            _ => {
                return Err(
                    given.fault("`dayBegins` is a time from 00:00 to 12:00, such as `04:00`")
                );
            }
        },
    };
    Ok(Box::new(IntervalArguments {
        start,
        end,
        duration: given.pointer("duration"),
        range,
        date: given.part("date"),
        track: given.pointers("track"),
        all_tracks: folded(&given.texts("allTracks")),
        site: given.pointer("site"),
        space: given.has("space").then(|| given.text("space")),
        label: given.pointer("label"),
        is_ordered: given.choice::<Listing>("list").is_none(),
        dawn,
    }))
}

fn folded(texts: &[String]) -> Vec<String> {
    texts.iter().map(|text| key::normal(Form::Folded, text).into_owned()).collect()
}

/// What the intervals of a list are, if not a programme.
#[derive(Clone, Copy, Debug)]
enum Listing {
    Unordered,
}

impl Choice for Listing {
    const ALL: &'static [Self] = &[Self::Unordered];

    fn word(self) -> &'static str {
        match self {
            Self::Unordered => "unordered",
        }
    }
}

/// A stretch of time.
#[derive(Clone, Copy, Debug)]
pub struct Interval<'t> {
    /// Its beginning.
    pub start: Option<Moment<'t>>,
    /// Its end.
    pub end: Option<Moment<'t>>,
    /// The room or stream.
    pub track: Option<Text<'t>>,
    /// What the schema says of its track.
    pub tracks: Tracks,
    /// The building or the house of the track.
    pub site: Option<Text<'t>>,
    /// The namespace of the tracks.
    pub space: Option<&'t str>,
    /// What it is called.
    pub label: Option<Text<'t>>,
    /// The nearest interval around it, by the number of its fact.
    pub around: Option<usize>,
    /// Whether it is the record itself.
    pub is_record: bool,
    /// Whether it is part of a programme: its list is in order, and it takes the time of those who take part.
    pub is_ordered: bool,
    /// Whether a beginning is declared and not written, and an end.
    pub is_open: (bool, bool),
}

/// What the schema says of the track of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tracks {
    /// Nothing.
    Undeclared,
    /// Where it is written, if it is.
    Declared,
    /// That what is written means all tracks.
    All,
}

/// How long an interval lasts, as it is written beside its start and its end.
#[derive(Clone, Copy, Debug)]
pub struct Lasts<'t> {
    /// The interval.
    pub interval: Interval<'t>,
    /// The minutes.
    pub minutes: u32,
    /// The duration as written.
    pub text: Text<'t>,
}

impl Interval<'_> {
    /// What to call the interval in messages: its title, else its time. [`Record::name_of`] knows more of an interval that
    /// is the whole record.
    #[must_use]
    pub fn name(&self) -> String {
        let text = |moment: Moment<'_>| shown(&moment.shown());
        if let Some(label) = self.label {
            format!("“{}”", shown(label.value))
        } else if self.is_record {
            "the meeting".to_owned()
        } else if let Some(start) = self.start.map(text) {
            format!("the slot at {start}")
        } else if let Some(end) = self.end.map(text) {
            format!("the slot until {end}")
        } else {
            "a slot without a title".to_owned()
        }
    }
}

/// What is written of the two moments of an interval.
#[derive(Clone, Copy, Default)]
struct Bounds<'t> {
    start: Option<Moment<'t>>,
    end: Option<Moment<'t>>,
}

impl IntervalArguments {
    /// The moments as they are written, each on its day.
    fn bounds<'t>(
        &self,
        node: NodeRef<'t>,
        day: Option<Date>,
        collector: &Collector<'t>,
    ) -> Bounds<'t> {
        let find = |part: &Option<Part>| -> Option<(Text<'t>, Form)> {
            let part = part.as_ref()?;
            Some((collector.find(node, &part.pointer)?, part.form))
        };
        let moment = |part, is_end| {
            let (text, form) = find(part)?;
            let part = || Moment::of_part(text, is_end).filter(|_| form == Form::IsoDate);
            key::moment(form, text, day).or_else(part)
        };
        let mut bounds = Bounds { start: moment(&self.start, false), end: moment(&self.end, true) };
        if let Some((text, form)) = find(&self.range)
            && let Some(range) = calendar::time_range(text.value)
        {
            let part = |range: Range<usize>| {
                let place = text.part(range.start, range.len());
                Text { value: &text.value[range], place, ..text }
            };
            let start = match range.start_minute {
                Some(minute) => Some(Moment::of_time(part(range.start), day, minute)),
                None => key::moment(form, part(range.start), day),
            };
            bounds.start = bounds.start.or(start);
            bounds.end = bounds.end.or_else(|| key::moment(form, part(range.end), day));
        }
        bounds
    }

    /// The moment at which an interval ends that says how long it lasts.
    fn computed_end<'t>(
        &self,
        node: NodeRef<'t>,
        start: Option<Moment<'t>>,
        collector: &Collector<'t>,
    ) -> Option<Moment<'t>> {
        let text = collector.find_optional(node, self.duration.as_ref())?;
        start?.after(calendar::duration(text.value)?, text)
    }

    /// Takes as facts the parts that are written and cannot be read.
    fn check_parts<'t>(
        &'t self,
        node: NodeRef<'t>,
        (day, start, end): (Option<Date>, Option<Moment<'t>>, Option<Moment<'t>>),
        collector: &mut Collector<'t>,
    ) {
        let range = if start.is_none() || end.is_none() { self.range.as_ref() } else { None };
        let parts = [
            (self.date.as_ref().filter(|_| day.is_none()), Wanted::Date, None),
            (self.start.as_ref().filter(|_| start.is_none()), Wanted::Moment, Some(End::Start)),
            (self.end.as_ref().filter(|_| end.is_none()), Wanted::Moment, Some(End::End)),
            (range, Wanted::Range, None),
        ];
        for (part, wanted, end) in parts {
            let Some(part) = part else { continue };
            let wanted = if wanted == Wanted::Moment {
                Wanted::of(part.form).unwrap_or(wanted)
            } else {
                wanted
            };
            let label = collector.find_optional(node, self.label.as_ref());
            let bound = end.map(|end| Bound { end, label });
            let read = Read { bound, ..Read::part(wanted, part) };
            match collector.find(node, &part.pointer) {
                Some(text) => collector.check_read(node, text, read),
                None => collector.check_single(node, &part.pointer, read),
            }
        }
        if let Some(text) = collector.find_optional(node, self.duration.as_ref())
            && calendar::duration(text.value).is_none()
        {
            let label = collector.find_optional(node, self.label.as_ref());
            let bound = Some(Bound { end: End::Duration, label });
            let read = Read { wanted: Wanted::Duration, form: Form::Text, open: &[], bound };
            collector.check_read(node, text, read);
        }
    }

    /// Whether a track means all rooms.
    fn is_all_tracks(&self, track: Text<'_>) -> bool {
        let is_it = |track: &str| self.all_tracks.iter().any(|all| all == track);
        !self.all_tracks.is_empty() && is_it(&key::normal(Form::Folded, track.value))
    }

    /// Whether a value is missing that the schema says where to find.
    fn is_missing(part: Option<&Part>, node: NodeRef<'_>, collector: &Collector<'_>) -> bool {
        part.is_some_and(|part| collector.find(node, &part.pointer).is_none())
    }
}

impl Arguments for IntervalArguments {
    fn parts_mut(&mut self) -> Vec<&mut Part> {
        let parts = [&mut self.start, &mut self.end, &mut self.range, &mut self.date];
        parts.into_iter().flatten().collect()
    }

    fn take<'t>(&'t self, node: NodeRef<'t>, collector: &mut Collector<'t>) {
        let own_day = self
            .date
            .as_ref()
            .and_then(|part| Some((collector.find(node, &part.pointer)?, part.form)));
        let day = own_day.or(collector.context.date);
        let day = day.and_then(|(text, form)| collector.date(form, text).date);
        let Bounds { mut start, mut end } = self.bounds(node, day, collector);
        self.check_parts(node, (day, start, end), collector);
        let track = self.track.iter().find_map(|track| collector.find(node, track));
        let track = track.or(collector.context.track);
        if self.is_ordered
            && own_day.is_none()
            && let Some(start) = &mut start
        {
            collector.night.place(node, track, start, self.dawn);
        }
        if let (Some(start), Some(end)) = (&start, &mut end) {
            night::place_end(start, end, self.dawn);
        }
        if track.is_none() {
            for track in &self.track {
                collector.check_single(node, track, Read::name());
            }
        }
        let has_both = start.is_some() && end.is_some();
        let end = end.or_else(|| self.computed_end(node, start, collector));
        if start.is_none() && end.is_none() {
            return;
        }
        let open_end = Self::is_missing(self.end.as_ref(), node, collector)
            && collector.find_optional(node, self.duration.as_ref()).is_none();
        let open_start = Self::is_missing(self.start.as_ref(), node, collector);
        let interval = Interval {
            start,
            end,
            track,
            tracks: match track {
                Some(track) if self.is_all_tracks(track) => Tracks::All,
                None if self.track.is_empty() => Tracks::Undeclared,
                _ => Tracks::Declared,
            },
            site: collector.find_optional(node, self.site.as_ref()),
            space: self.space.as_deref(),
            label: collector.find_optional(node, self.label.as_ref()),
            around: collector.context.interval,
            is_record: node.id() == collector.record.node.id(),
            is_ordered: self.is_ordered,
            is_open: (open_start, open_end),
        };
        collector.push(node, Meaning::Interval(Box::new(interval)));
        if has_both
            && let Some(text) = collector.find_optional(node, self.duration.as_ref())
            && let Some(minutes) = calendar::duration(text.value)
        {
            collector.push(node, Meaning::Lasts(Box::new(Lasts { interval, minutes, text })));
        }
    }

    fn describe(&self, fact: &Fact<'_>, _record: &Record<'_>) -> String {
        let interval = match &fact.meaning {
            Meaning::Interval(interval) => interval,
            Meaning::Lasts(lasts) => {
                return format!("{} lasts {} minutes", lasts.interval.name(), lasts.minutes);
            }
            _ => return String::new(),
        };
        let moment = |moment: Option<Moment<'_>>| match moment {
            Some(Moment { minute: Some(minute), next_day: true, .. }) => {
                format!("{minute} (the next day)")
            }
            Some(Moment { minute: Some(minute), .. }) => minute.to_string(),
            Some(Moment { unit: Unit::Month | Unit::Year, text, .. }) => text.value.to_owned(),
            Some(Moment { date: Some(date), .. }) => date.to_string(),
            _ => "unknown".to_owned(),
        };
        let day = interval.start.or(interval.end).filter(|moment| moment.unit == Unit::Day);
        let day = day.and_then(|moment| moment.date);
        let day = day.map(|day| format!(" on {}", calendar::long(day))).unwrap_or_default();
        let in_all = if interval.tracks == Tracks::All { " (all rooms)" } else { "" };
        let track = interval.track.map(|track| format!(" in {}{in_all}", track.value));
        let track = track.unwrap_or_default();
        let (start, end) = (moment(interval.start), moment(interval.end));
        let name = match interval.label {
            Some(_) => interval.name(),
            None => "a slot".to_owned(),
        };
        format!("{name} from {start} to {end}{day}{track}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::testing::{facts, fault};

    #[test]
    fn an_interval_has_a_start_or_an_end() {
        let schema = json!({"x-interval": {"start": "/from", "end": "/to", "date": "/day", "label": "/name"}});
        assert_eq!(
            facts(&schema, "{from: \"10:00\", to: \"11:00\", day: \"2011-05-19\", name: One}"),
            ["“One” from 10:00 to 11:00 on 19 May 2011"]
        );
        assert_eq!(facts(&schema, "{to: \"11:00\"}"), ["a slot from unknown to 11:00"]);
        assert_eq!(facts(&schema, "{day: \"2011-05-19\"}"), [""; 0]);
        assert_eq!(
            fault(&KEYWORD, &json!({"label": "/name"})),
            "`x-interval`: `start`, `end` or `range` is expected"
        );
    }

    #[test]
    fn a_duration_beside_both_times_is_a_fact_of_its_own() {
        let schema = json!({"x-interval": {"start": "/from", "end": "/to", "duration": "/for"}});
        assert_eq!(
            facts(&schema, "{from: \"10:00\", to: \"11:00\", for: 1h30}"),
            ["a slot from 10:00 to 11:00", "the meeting lasts 90 minutes"]
        );
        assert_eq!(facts(&schema, "{from: \"10:00\", for: 1h30}"), ["a slot from 10:00 to 11:30"]);
    }

    #[test]
    fn a_track_can_mean_all_rooms() {
        let schema = json!({
            "x-interval": {"start": "/from", "track": "/room", "allTracks": ["All rooms", "Plenary"]}
        });
        for (room, ends) in
            [("all  ROOMS", " (all rooms)"), ("Plenary", " (all rooms)"), ("Plenary 2", "")]
        {
            let described = format!("a slot from 10:00 to unknown in {room}{ends}");
            assert_eq!(facts(&schema, &format!("{{from: \"10:00\", room: {room}}}")), [described]);
        }
    }

    #[test]
    fn what_is_wrong_with_arguments_is_reported_in_words() {
        for (value, message) in [
            (
                json!({"strat": "/start"}),
                "`x-interval` has no argument `strat` (did you mean `start`?)",
            ),
            (
                json!({"start": "from", "end": "/to"}),
                "argument `start` of `x-interval` is `from`; a pointer such as `/title` is expected (did you mean `/from`?)",
            ),
            (
                json!({"start": ["/from"], "end": "/to"}),
                "argument `start` of `x-interval` is `[\"/from\"]`; a pointer such as `/title` is expected",
            ),
            (json!("/from"), "`x-interval` is `/from`; an object with arguments is expected"),
            (
                json!([{"start": "/a"}, true]),
                "item 2 of `x-interval` is `true`; an object with arguments is expected",
            ),
        ] {
            assert_eq!(fault(&KEYWORD, &value), message);
        }
    }
}
