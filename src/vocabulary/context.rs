//! `x-context`: inherited below.

use super::{
    Arguments, Collector, Context, Given, Keyword, Kind, Part, Pointer, key, keyword::optional,
};
use crate::tree::NodeRef;

pub(super) static KEYWORD: Keyword = Keyword {
    name: "x-context",
    about: "inherited below",
    repeats: false,
    short: None,
    arguments: &[
        optional("date", Kind::Pointer, "the day of every interval at or below that names none"),
        optional("track", Kind::Pointer, "the track of every interval at or below that names none"),
    ],
    example: r#"{"date": "/date", "track": "/room"}"#,
    between: None,
    read: |given| Ok(Box::new(read(given))),
};

/// The arguments of `x-context`.
#[derive(Clone, Debug, Default)]
pub struct ContextArguments {
    /// The day of every interval below that names none.
    pub date: Option<Part>,
    /// The track of every interval below that names none.
    pub track: Option<Pointer>,
}

fn read(given: &Given<'_>) -> ContextArguments {
    let (date, track) = (given.part("date"), given.pointer("track"));
    ContextArguments { date, track }
}

impl Context<'_> {
    /// The day that is handed down.
    pub(super) fn day(&self) -> Option<jiff::civil::Date> {
        let (text, form) = self.date?;
        key::date(form, text).date
    }
}

impl Arguments for ContextArguments {
    fn parts_mut(&mut self) -> Vec<&mut Part> {
        self.date.iter_mut().collect()
    }

    fn enter<'t>(&'t self, node: NodeRef<'t>, collector: &mut Collector<'t>) {
        if let Some(part) = &self.date
            && let Some(text) = collector.find(node, &part.pointer)
        {
            collector.context.date = Some((text, part.form));
        }
        if let Some(track) = collector.find_optional(node, self.track.as_ref()) {
            collector.context.track = Some(track);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::vocabulary::testing::{facts, fault};

    #[test]
    fn the_innermost_context_wins_and_a_value_of_the_project_before_it() {
        let interval = json!({"start": "/at", "end": "/to", "date": "/day", "track": "/room"});
        let schema = json!({
            "x-context": {"date": "/day", "track": "/room"},
            "properties": {"day": {}, "room": {}, "all": {"items": {"x-context": {"date": "/on"}, "x-interval": interval}}}
        });
        let record = "{day: \"2011-05-19\", room: A, all: [{at: \"10:00\"}, {at: \"10:00\", on: \"2011-05-20\"}, \
                      {at: \"10:00\", on: \"2011-05-20\", day: \"2011-05-21\", room: B}]}";
        let day = |day, room| format!("a slot from 10:00 to unknown on {day} May 2011 in {room}");
        assert_eq!(facts(&schema, record), [day(19, "A"), day(20, "A"), day(21, "B")]);
    }

    #[test]
    fn an_unknown_argument_is_named_with_the_nearest() {
        assert_eq!(
            fault(&KEYWORD, &json!({"trak": "/room"})),
            "`x-context` has no argument `trak` (did you mean `track`?)"
        );
    }
}
