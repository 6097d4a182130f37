//! `x-speaker`: a person or a delegation that speaks.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    Arguments, Collector, Fact, Form, Given, Keyword, Kind, Meaning, Pointer, Record, SpeakerState,
    StatePointer, Stated, Text,
    arguments::Fault,
    collector::Read,
    key,
    keyword::{Choice, optional, words},
};
use crate::tree::NodeRef;

pub(super) static KEYWORD: Keyword = Keyword {
    name: "x-speaker",
    about: "a person or a delegation that speaks",
    repeats: true,
    short: None,
    arguments: &[
        optional(
            "name",
            Kind::PointerOrPointers,
            "the person's name; several pointers lead to its parts in the order in which they are said: \
             `[\"/given\", \"/family\"]`",
        ),
        optional("honorific", Kind::Pointer, "the form of address before it"),
        optional("role", Kind::Pointer, "the office"),
        optional("affiliation", Kind::Pointer, "the organization that the office belongs to"),
        optional("delegation", Kind::Pointer, "the State or body that is spoken for"),
        optional("capacity", Kind::Pointer, "in what capacity"),
        optional(
            "state",
            Kind::States(words::<SpeakerState>),
            "how certain it is; an object maps the values of the property to the words of rapporteur",
        ),
        optional(
            "is",
            Kind::Choice(words::<Presence>),
            "`\"announced\"` where the record says who is to speak, as a programme does, `\"spoke\"` where it says who \
             did, as minutes and published statements do",
        ),
        optional(
            "listed",
            Kind::Texts,
            "the values of `capacity` in which only those speak who were announced: `[\"panellist\"]`; with `is` as \
             `\"spoke\"`",
        ),
    ],
    example: r#"{"name": "/name", "role": "/role", "delegation": "/state", "is": "announced"}"#,
    between: Some(|| {
        json!({
            "if": {"required": ["listed"]},
            "then": {"properties": {"is": {"const": "spoke"}}, "required": ["capacity", "is"]}
        })
    }),
    read,
};

/// The arguments of `x-speaker`.
#[derive(Clone, Debug, Default)]
pub struct SpeakerArguments {
    /// The person's name, or its parts in their order.
    pub name: Vec<Pointer>,
    /// The form of address before it.
    pub honorific: Option<Pointer>,
    /// The office held.
    pub role: Option<Pointer>,
    /// The organization that the office belongs to.
    pub affiliation: Option<Pointer>,
    /// The State or body that is spoken for.
    pub delegation: Option<Pointer>,
    /// In what capacity.
    pub capacity: Option<Pointer>,
    /// How certain it is.
    pub state: Option<StatePointer<SpeakerState>>,
    /// Whether the record announces the speaker, or says that he or she spoke.
    pub is: Option<Presence>,
    /// The values of the capacity in which only those speak who were announced.
    pub listed: Vec<String>,
}

fn read(given: &Given<'_>) -> Result<Box<dyn Arguments>, Fault> {
    let arguments = SpeakerArguments {
        name: given.pointers("name"),
        honorific: given.pointer("honorific"),
        role: given.pointer("role"),
        affiliation: given.pointer("affiliation"),
        delegation: given.pointer("delegation"),
        capacity: given.pointer("capacity"),
        state: given.states("state"),
        is: given.choice("is"),
        listed: given.texts("listed"),
    };
    let may_list = arguments.is == Some(Presence::Spoke) && arguments.capacity.is_some();
    if !arguments.listed.is_empty() && !may_list {
        return Err(given.fault("`listed` is only used with `capacity` and with `is` as `spoke`"));
    }
    Ok(Box::new(arguments))
}

/// What a record says of a speaker's part in its event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Presence {
    /// The person is to speak.
    Announced,
    /// The person spoke.
    Spoke,
}

impl Presence {
    /// The word of the vocabulary.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Announced => "announced",
            Self::Spoke => "spoke",
        }
    }
}

impl Choice for Presence {
    const ALL: &'static [Self] = &[Self::Announced, Self::Spoke];

    fn word(self) -> &'static str {
        self.word()
    }
}

/// Someone who speaks.
#[derive(Clone, Copy, Debug, Default)]
pub struct Speaker<'t> {
    /// The person's name.
    pub name: Option<Text<'t>>,
    /// The form of address.
    pub honorific: Option<Text<'t>>,
    /// The office.
    pub role: Option<Text<'t>>,
    /// The organization of the office.
    pub affiliation: Option<Text<'t>>,
    /// The State or body spoken for.
    pub delegation: Option<Text<'t>>,
    /// In what capacity.
    pub capacity: Option<Text<'t>>,
    /// How certain it is.
    pub state: Option<Stated<'t, SpeakerState>>,
    /// Whether the record announces the speaker, or says that he or she spoke.
    pub is: Option<Presence>,
    /// Whether no one speaks in this capacity who was not announced.
    pub must_be_listed: bool,
    /// The keyword that says where each of these is written.
    pub arguments: Option<&'t SpeakerArguments>,
    /// The nearest interval at or above the speaker, by the number of its fact; see
    /// [`Record::interval_of`].
    pub interval: Option<usize>,
}

impl Speaker<'_> {
    /// Whether the schema has a place for what this reads from the arguments.
    pub fn has_place(&self, of: fn(&SpeakerArguments) -> &Option<Pointer>) -> bool {
        self.arguments.is_some_and(|arguments| of(arguments).is_some())
    }

    /// Whether the schema has a place for the name.
    #[must_use]
    pub fn has_place_of_name(&self) -> bool {
        self.arguments.is_some_and(|arguments| !arguments.name.is_empty())
    }

    /// Whether the speaker has one of these states.
    #[must_use]
    pub fn is_in_state(&self, states: &[SpeakerState]) -> bool {
        self.state.and_then(|state| state.state).is_some_and(|state| states.contains(&state))
    }
}

impl SpeakerArguments {
    /// The name: as it is written, or joined from its parts. A joined one is at the first of them.
    fn name<'t>(&self, node: NodeRef<'t>, collector: &Collector<'t>) -> Option<Text<'t>> {
        let mut parts = self.name.iter().filter_map(|part| collector.find(node, part));
        let first = parts.next()?;
        let Some(second) = parts.next() else { return Some(first) };
        let words: Vec<&str> =
            [first, second].into_iter().chain(parts).map(|part| part.value.trim()).collect();
        Some(Text { value: node.keep_joined(words.join(" ")), ..first })
    }

    /// Whether a node is an entry of a list, and says nothing but what this keyword reads. An entry that says more may be a talk
    /// or an item, which need have no speaker.
    fn says_no_more(&self, node: NodeRef<'_>) -> bool {
        if !node.parent().is_some_and(NodeRef::is_array) {
            return false;
        }
        if !node.is_object() {
            return self.name.iter().any(|name| name.tokens().is_empty());
        }
        let parts =
            [&self.honorific, &self.role, &self.affiliation, &self.delegation, &self.capacity];
        let state = || self.state.as_ref().map(|state| &state.at);
        let others = || parts.iter().filter_map(|part| part.as_ref()).chain(state());
        let pointers = || self.name.iter().chain(others());
        let is_read = |key: &str| {
            pointers().any(|pointer| pointer.tokens().first().is_some_and(|first| first == key))
        };
        node.members()
            .all(|(key, _)| key.as_str().is_some_and(|key| key.starts_with("x-") || is_read(key)))
    }
}

impl Arguments for SpeakerArguments {
    fn take<'t>(&'t self, node: NodeRef<'t>, collector: &mut Collector<'t>) {
        let find = |pointer: &Option<Pointer>| collector.find_optional(node, pointer.as_ref());
        let capacity = find(&self.capacity);
        let is_listed = |text: Text<'_>| {
            let capacity = key::normal(Form::Folded, text.value);
            self.listed.iter().any(|one| key::normal(Form::Folded, one) == capacity)
        };
        let speaker = Speaker {
            name: self.name(node, collector),
            honorific: find(&self.honorific),
            role: find(&self.role),
            affiliation: find(&self.affiliation),
            delegation: find(&self.delegation),
            capacity,
            state: self.state.as_ref().and_then(|state| state.find(node, collector)),
            is: self.is,
            must_be_listed: capacity.is_some_and(is_listed),
            arguments: Some(self),
            interval: collector.context.interval,
        };
        if speaker.name.is_none() {
            for name in &self.name {
                collector.check_single(node, name, Read::name());
            }
        }
        if speaker.name.or(speaker.role).or(speaker.delegation).is_some() {
            collector.push(node, Meaning::Speaker(Box::new(speaker)));
        } else if self.says_no_more(node) {
            collector.push(node, Meaning::Unnamed(Box::new(speaker)));
        }
    }

    fn describe(&self, fact: &Fact<'_>, record: &Record<'_>) -> String {
        let speaker = match &fact.meaning {
            Meaning::Speaker(speaker) => speaker,
            Meaning::Unnamed(_) => {
                return "speaker without a name, an office or a delegation".to_owned();
            }
            _ => return String::new(),
        };
        let quoted = |text: Option<Text<'_>>| text.map(|text| format!("`{}`", text.value));
        let parts = [
            ("name", quoted(speaker.name)),
            ("honorific", quoted(speaker.honorific)),
            ("role", quoted(speaker.role)),
            ("affiliation", quoted(speaker.affiliation)),
            ("delegation", quoted(speaker.delegation)),
            ("capacity", quoted(speaker.capacity)),
            ("state", speaker.state.map(|state| state.shown())),
        ];
        let named =
            parts.iter().filter_map(|(name, text)| Some(format!("{name} {}", text.as_ref()?)));
        let named = named.collect::<Vec<_>>().join(", ");
        let is = speaker.is.map(|is| format!(", {}", is.word())).unwrap_or_default();
        let listed = if speaker.must_be_listed { ", to be announced elsewhere" } else { "" };
        let slot = record.interval_of(speaker);
        let during = slot.map(|(interval, _)| format!(" during {}", interval.name()));
        format!("speaker with {named}{is}{listed}{}", during.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::testing::{facts, fault, reads};

    #[test]
    fn a_form_of_address_alone_is_not_a_name() {
        let schema =
            json!({"x-speaker": {"name": "/name", "honorific": "/mr", "delegation": "/for"}});
        assert_eq!(
            facts(&schema, "{name: Lee, mr: Ms.}"),
            ["speaker with name `Lee`, honorific `Ms.`"]
        );
        assert_eq!(facts(&schema, "{for: Chile}"), ["speaker with delegation `Chile`"]);
        assert_eq!(facts(&schema, "{mr: Ms.}"), [""; 0]);
    }

    #[test]
    fn an_entry_of_a_list_without_any_name_is_unnamed() {
        let words = json!({"name": "/name", "honorific": "/mr", "state": "/state"});
        let schema = json!({"properties": {"by": {"items": {"x-speaker": words}}}});
        let unnamed = "speaker without a name, an office or a delegation";
        assert_eq!(
            facts(&schema, "{by: [{}, {mr: Ms.}, {state: tbc}, {name: ' '}, {name: null}]}"),
            [unnamed; 5]
        );
        assert_eq!(
            facts(&schema, "{by: [{title: Lunch}, {name: '', title: Lunch}, null, '']}"),
            [""; 0]
        );
        let schema = json!({"properties": {"by": {"items": {"x-speaker": {"name": ""}}}}});
        assert_eq!(
            facts(&schema, "{by: [Lee, '', null]}"),
            ["speaker with name `Lee`", unnamed, unnamed]
        );
    }

    #[test]
    fn the_parts_of_a_name_are_joined_in_their_order() {
        let words = json!({"name": ["/given", "/family"]});
        let schema = json!({"properties": {"by": {"items": {"x-speaker": words}}}});
        let unnamed = "speaker without a name, an office or a delegation";
        assert_eq!(
            facts(
                &schema,
                "{by: [{family: Berg, given: ' Anna '}, {given: Anna}, {family: Berg, given: ''}, {family: ' '}]}"
            ),
            [
                "speaker with name `Anna Berg`",
                "speaker with name `Anna`",
                "speaker with name `Berg`",
                unnamed
            ]
        );
        assert!(reads(&KEYWORD, &json!({"name": ["/given"]})));
        assert!(!reads(&KEYWORD, &json!({"name": []})));
    }

    #[test]
    fn those_in_a_listed_capacity_are_announced_elsewhere() {
        let listed =
            json!({"name": "/name", "capacity": "/as", "is": "spoke", "listed": ["Panellist"]});
        let schema = json!({"x-speaker": listed});
        assert_eq!(
            facts(&schema, "{name: Lee, as: panellist}"),
            ["speaker with name `Lee`, capacity `panellist`, spoke, to be announced elsewhere"]
        );
        assert_eq!(
            facts(&schema, "{name: Lee, as: guest}"),
            ["speaker with name `Lee`, capacity `guest`, spoke"]
        );
    }

    #[test]
    fn only_those_who_spoke_had_to_be_listed() {
        assert!(reads(&KEYWORD, &json!({"name": "/by", "is": "announced"})));
        let message = "`x-speaker`: `listed` is only used with `capacity` and with `is` as `spoke`";
        for wrong in [
            json!({"name": "/by", "capacity": "/as", "listed": ["panellist"]}),
            json!({"name": "/by", "capacity": "/as", "is": "announced", "listed": ["panellist"]}),
            json!({"name": "/by", "is": "spoke", "listed": ["panellist"]}),
        ] {
            assert_eq!(fault(&KEYWORD, &wrong), message);
        }
        assert_eq!(
            fault(&KEYWORD, &json!({"name": "/by", "is": "seen"})),
            "argument `is` of `x-speaker` is `seen`; `announced` or `spoke` is expected"
        );
    }
}
