//! `x-interval`: a stretch of time.

use jiff::civil::Date;
use serde_json::json;

use super::{
    Arguments, Collector, Fact, Given, Keyword, Kind, Meaning, Part, Pointer, Record, Text,
    arguments::Fault, key, keyword::optional,
};
use crate::{
    calendar::{self, Minute, When},
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
        optional("date", Kind::Pointer, "its day, where start and end are times"),
        optional("track", Kind::Pointer, "the room or stream that it occupies"),
        optional("label", Kind::Pointer, "what messages call it"),
    ],
    example: r#"{"start": "/start", "end": "/end", "date": "/date", "track": "/room", "label": "/title"}"#,
    between: Some(|| json!({"anyOf": [{"required": ["start"]}, {"required": ["end"]}]})),
    read,
};

/// The arguments of `x-interval`.
#[derive(Clone, Debug, Default)]
pub struct IntervalArguments {
    /// Where it begins.
    pub start: Option<Part>,
    /// Where it ends.
    pub end: Option<Part>,
    /// Its day, where start and end are times only.
    pub date: Option<Part>,
    /// The room or stream that it occupies.
    pub track: Option<Pointer>,
    /// What to call it in messages.
    pub label: Option<Pointer>,
}

fn read(given: &Given<'_>) -> Result<Box<dyn Arguments>, Fault> {
    let (start, end) = (given.part("start"), given.part("end"));
    if start.is_none() && end.is_none() {
        return Err(given.fault("`start` or `end` is expected"));
    }
    Ok(Box::new(IntervalArguments {
        start,
        end,
        date: given.part("date"),
        track: given.pointer("track"),
        label: given.pointer("label"),
    }))
}

/// A moment: a time of day, on a day where one is known.
#[derive(Clone, Copy, Debug)]
pub struct Moment<'t> {
    /// As written.
    pub text: Text<'t>,
    /// The day.
    pub date: Option<Date>,
    /// The minute of the day; `None` for a moment that is a whole day.
    pub minute: Option<Minute>,
    /// Minutes east of UTC, where given.
    pub offset: Option<i16>,
}

impl From<&Moment<'_>> for When {
    fn from(moment: &Moment<'_>) -> Self {
        let Moment { date, minute, offset, .. } = *moment;
        Self { date, minute, offset }
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
    /// What it is called.
    pub label: Option<Text<'t>>,
    /// Whether it is the record itself.
    pub is_record: bool,
}

impl Interval<'_> {
    /// What to call the interval in messages: its title, else its time. [`Record::name_of`] knows more of an interval that
    /// is the whole record.
    #[must_use]
    pub fn name(&self) -> String {
        let text = |moment: Moment<'_>| shown(moment.text.value);
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

impl Arguments for IntervalArguments {
    fn parts_mut(&mut self) -> Vec<&mut Part> {
        [&mut self.start, &mut self.end, &mut self.date].into_iter().flatten().collect()
    }

    fn take<'t>(&'t self, node: NodeRef<'t>, collector: &mut Collector<'t>) {
        let find = |part: &Option<Part>| -> Option<(Text<'t>, super::Form)> {
            let part = part.as_ref()?;
            Some((collector.find(node, &part.pointer)?, part.form))
        };
        let day = find(&self.date).or(collector.context.date);
        let day = day.and_then(|(text, form)| key::date(form, text).date);
        let moment = |part| find(part).and_then(|(text, form)| key::moment(form, text, day));
        let (start, end) = (moment(&self.start), moment(&self.end));
        if start.is_none() && end.is_none() {
            return;
        }
        let track = collector.find_optional(node, self.track.as_ref()).or(collector.context.track);
        let label = collector.find_optional(node, self.label.as_ref());
        let is_record = node.id() == collector.record.node.id();
        let interval = Interval { start, end, track, label, is_record };
        collector.push(node, Meaning::Interval(Box::new(interval)));
    }

    fn describe(&self, fact: &Fact<'_>, _record: &Record<'_>) -> String {
        let Meaning::Interval(interval) = &fact.meaning else { return String::new() };
        let moment = |moment: Option<Moment<'_>>| match moment {
            Some(Moment { minute: Some(minute), .. }) => minute.to_string(),
            Some(Moment { date: Some(date), .. }) => date.to_string(),
            _ => "unknown".to_owned(),
        };
        let day = interval.start.or(interval.end).and_then(|moment| moment.date);
        let day = day.map(|day| format!(" on {}", calendar::long(day))).unwrap_or_default();
        let track = interval.track.map(|track| format!(" in {}", track.value)).unwrap_or_default();
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
            "`x-interval`: `start` or `end` is expected"
        );
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
