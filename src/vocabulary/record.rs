//! `x-record`: this object is a record.

use super::{
    Arguments, Collector, Fact, Form, Given, Keyword, Kind, Meaning, Part, Pointer, Record,
    StatePointer, Stated, Status, Text, Wanted,
    collector::Read,
    key,
    keyword::{Choice, optional, words},
};
use crate::{
    symbol::{self, Organ},
    tree::NodeRef,
};

pub(super) static KEYWORD: Keyword = Keyword {
    name: "x-record",
    about: "this object is a record",
    repeats: false,
    short: None,
    arguments: &[
        optional("id", Kind::Pointer, "the name of the record, used in messages and fingerprints"),
        optional("title", Kind::Pointer, "its title"),
        optional("language", Kind::Pointer, "the language it is written in (BCP 47)"),
        optional(
            "status",
            Kind::States(words::<Status>),
            "where it is in its life; an object maps the values of the property to the words of rapporteur",
        ),
        optional("event", Kind::Pointer, "the `id` of the event it belongs to"),
        optional(
            "organ",
            Kind::Pointer,
            "the organ that speaks in it: \"its resolution 63/225\" in its prose is an act of this organ; without it, the organ \
             of the act that the record itself defines",
        ),
        optional(
            "source",
            Kind::Pointer,
            "where it comes from; it is ignored when whole records are compared",
        ),
        optional(
            "starts",
            Kind::Pointer,
            "for a record that *is* an event: its first day or minute",
        ),
        optional("ends", Kind::Pointer, "for a record that *is* an event: its last day or minute"),
        optional(
            "style",
            Kind::Choice(words::<Style>),
            "`\"house\"` for records in the house style of the organization that publishes them, `\"own\"` (the default) \
             for those in their author's own words",
        ),
    ],
    example: r#"{"id": "/id", "title": "/title", "event": "/event", "status": "/status"}"#,
    between: None,
    read: |given| Ok(Box::new(read(given))),
};

/// The arguments of `x-record`.
#[derive(Clone, Debug, Default)]
pub struct RecordArguments {
    /// The name of the record.
    pub id: Option<Pointer>,
    /// Its title.
    pub title: Option<Pointer>,
    /// Its language (BCP 47).
    pub language: Option<Pointer>,
    /// Where it is in its life.
    pub status: Option<StatePointer<Status>>,
    /// The id of its event.
    pub event: Option<Pointer>,
    /// The organ that speaks in it.
    pub organ: Option<Pointer>,
    /// Where it comes from, which is not part of its content.
    pub source: Option<Pointer>,
    /// For an event: its first moment.
    pub starts: Option<Part>,
    /// For an event: its last moment.
    pub ends: Option<Part>,
    /// Whose style it is written in.
    pub style: Style,
}

fn read(given: &Given<'_>) -> RecordArguments {
    RecordArguments {
        id: given.pointer("id"),
        title: given.pointer("title"),
        language: given.pointer("language"),
        status: given.states("status"),
        event: given.pointer("event"),
        organ: given.pointer("organ"),
        source: given.pointer("source"),
        starts: given.part("starts"),
        ends: given.part("ends"),
        style: given.choice("style").unwrap_or_default(),
    }
}

/// Whose style a record is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Style {
    /// That of its author.
    #[default]
    Own,
    /// The house style of the organization that publishes it.
    House,
}

impl Choice for Style {
    const ALL: &'static [Self] = &[Self::Own, Self::House];

    fn word(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::House => "house",
        }
    }
}

/// The values that `x-record` names.
#[derive(Clone, Copy, Debug, Default)]
pub struct Head<'t> {
    /// The name of the record.
    pub id: Option<Text<'t>>,
    /// Its title.
    pub title: Option<Text<'t>>,
    /// Its language.
    pub language: Option<Text<'t>>,
    /// Where it is in its life.
    pub status: Option<Stated<'t, Status>>,
    /// The id of its event.
    pub event: Option<Text<'t>>,
    /// The organ that speaks in it.
    pub organ: Option<Text<'t>>,
    /// Where it comes from, which is not part of its content.
    pub source: Option<NodeRef<'t>>,
    /// For an event: its first moment.
    pub starts: Option<Text<'t>>,
    /// For an event: its last moment.
    pub ends: Option<Text<'t>>,
    /// Whose style it is written in.
    pub style: Style,
}

impl<'t> Head<'t> {
    /// Whether the record is still being written: who speaks, and when, may be settled later.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.state().is_some_and(Status::is_open)
    }

    /// The id of the record, if it is an event: if it says when it begins or ends.
    #[must_use]
    pub fn own_event(&self) -> Option<Text<'t>> {
        self.id.filter(|_| self.starts.or(self.ends).is_some())
    }

    /// The id of the event that the record belongs to, or is.
    #[must_use]
    pub fn event_or_own(&self) -> Option<Text<'t>> {
        self.event.or_else(|| self.own_event())
    }

    /// Where the record is in its life, if that is known.
    #[must_use]
    pub fn state(&self) -> Option<Status> {
        self.status?.state
    }

    /// Whether the record has this status.
    #[must_use]
    pub fn has_status(&self, status: Status) -> bool {
        self.state() == Some(status)
    }

    /// Whether the record was cancelled or replaced.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        self.state().is_some_and(Status::is_gone)
    }
}

/// The organ that speaks in a record.
#[derive(Clone, Copy, Debug)]
pub struct OwnOrgan<'t> {
    /// What the record says of it.
    named: Option<&'t str>,
    /// The organ of the act that the record itself is.
    act: Option<Organ>,
}

impl<'t> OwnOrgan<'t> {
    /// The organ of a record.
    #[must_use]
    pub fn of(record: &Record<'t>) -> Self {
        let root = record.node.id();
        let own = record.facts.iter().take_while(|fact| fact.node.id() == root);
        let act = own.filter_map(|fact| match &fact.meaning {
            Meaning::Defines(key) => key.act()?.organ,
            _ => None,
        });
        Self { named: record.head.organ.map(|organ| organ.value), act: act.last() }
    }

    /// The organ; none where neither the record nor its own symbol names one.
    #[must_use]
    pub fn organ(&self) -> Option<Organ> {
        self.named.map(symbol::organ_named).or(self.act)
    }
}

impl Arguments for RecordArguments {
    fn parts_mut(&mut self) -> Vec<&mut Part> {
        self.starts.iter_mut().chain(&mut self.ends).collect()
    }

    fn take<'t>(&'t self, node: NodeRef<'t>, collector: &mut Collector<'t>) {
        let find = |pointer: &Option<Pointer>| collector.find_optional(node, pointer.as_ref());
        let part = |part: &Option<Part>| collector.find(node, &part.as_ref()?.pointer);
        collector.record.head = Head {
            id: find(&self.id),
            title: find(&self.title),
            language: find(&self.language),
            status: self.status.as_ref().and_then(|status| status.find(node, collector)),
            event: find(&self.event),
            organ: find(&self.organ),
            source: self.source.as_ref().and_then(|pointer| pointer.find(node)),
            starts: part(&self.starts),
            ends: part(&self.ends),
            style: self.style,
        };
        collector.push(node, Meaning::Record);
        if let Some(id) = &self.id {
            let read = Read { wanted: Wanted::Key, form: Form::Text, open: &[], bound: None };
            collector.check_single(node, id, read);
        }
        for part in [&self.starts, &self.ends].into_iter().flatten() {
            if let Some(text) = collector.find(node, &part.pointer)
                && key::plausible_moment(text.value).is_none()
            {
                collector.check_read(
                    node,
                    text,
                    Read::part(Wanted::of(part.form).unwrap_or(Wanted::Date), part),
                );
            }
        }
    }

    fn describe(&self, _fact: &Fact<'_>, record: &Record<'_>) -> String {
        let head = &record.head;
        let quoted = |text: Option<Text<'_>>| text.map(|text| format!("`{}`", text.value));
        let parts = [
            ("id", quoted(head.id)),
            ("title", quoted(head.title)),
            ("language", quoted(head.language)),
            ("status", head.status.map(|status| status.shown())),
            ("event", quoted(head.event)),
            ("organ", quoted(head.organ)),
            ("starts", quoted(head.starts)),
            ("ends", quoted(head.ends)),
        ];
        let named =
            parts.iter().filter_map(|(name, text)| Some(format!("{name} {}", text.as_ref()?)));
        let style = match head.style {
            Style::Own => None,
            Style::House => Some("house style".to_owned()),
        };
        format!("record with {}", named.chain(style).collect::<Vec<_>>().join(", "))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::vocabulary::testing::{facts, fault};

    #[test]
    fn a_record_names_itself() {
        let schema = json!({"x-record": {"id": "/id", "title": "/name", "style": "house"}});
        assert_eq!(facts(&schema, "{id: 7, name: null}"), ["record with id `7`, house style"]);
    }

    #[test]
    fn a_status_is_a_pointer_or_maps_values() {
        let wanted = "a pointer such as `/status`, or an object with the pointer as `at` and lists of values for `draft`, \
                      `provisional`, `final`, `adopted`, `reissued`, `cancelled` or `superseded`, is expected";
        for (wrong, help) in [
            (json!({"at": "/s", "canceled": ["no"]}), " (did you mean `cancelled`?)"),
            (json!({"at": "/s", "cancelled": "no"}), ""),
            (json!({"at": "/s", "cancelled": [null]}), ""),
            (json!({"cancelled": ["no"]}), ""),
            (json!("status"), " (did you mean `/status`?)"),
        ] {
            let found = fault(&KEYWORD, &json!({"status": wrong}));
            assert!(found.starts_with("argument `status` of `x-record` is `"), "{found}");
            assert!(found.ends_with(&format!("; {wanted}{help}")), "{found}");
        }
    }

    #[test]
    fn a_style_is_one_of_two() {
        assert_eq!(
            fault(&KEYWORD, &json!({"style": "/style"})),
            "argument `style` of `x-record` is `/style`; `own` or `house` is expected"
        );
    }
}
