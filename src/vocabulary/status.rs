//! Where a record is in its life, and how certain a speaker is: values that a schema maps to an enum.

use serde::{Deserialize, Serialize};
use serde_json::{Number, Value};

use super::{Collector, Form, Pointer, Text, key, keyword::Choice};
use crate::tree::NodeRef;

/// Where a record is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Status {
    /// It is being written.
    Draft,
    /// It is complete and may still change.
    Provisional,
    /// It does not change any more.
    Final,
    /// A body decided on it.
    Adopted,
    /// It was issued again.
    Reissued,
    /// It does not take place or does not count.
    Cancelled,
    /// Another record replaces it.
    Superseded,
}

/// How certain it is that someone speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SpeakerState {
    /// The person agreed.
    Confirmed,
    /// The answer is open.
    Tbc,
    /// The person was asked.
    Invited,
    /// The person does not come.
    Withdrawn,
    /// Another person comes.
    Replaced,
    /// The document does not name the person.
    NotRecorded,
}

/// An enum to which a schema maps the values of a property.
pub trait States: Choice + PartialEq {
    /// What is usual in English for it beside its own word; lower case, with spaces for hyphens.
    fn synonyms(self) -> &'static [&'static str];
}

impl Choice for Status {
    const ALL: &'static [Self] = &[
        Self::Draft,
        Self::Provisional,
        Self::Final,
        Self::Adopted,
        Self::Reissued,
        Self::Cancelled,
        Self::Superseded,
    ];

    fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Provisional => "provisional",
            Self::Final => "final",
            Self::Adopted => "adopted",
            Self::Reissued => "reissued",
            Self::Cancelled => "cancelled",
            Self::Superseded => "superseded",
        }
    }
}

impl States for Status {
    fn synonyms(self) -> &'static [&'static str] {
        match self {
            // STATUS of an event in a calendar: RFC 5545, section 3.8.1.11.
            Self::Provisional => &["tentative"],
            Self::Adopted => &["approved"],
            // `eventStatus` of an event on a web page: https://schema.org/EventStatusType.
            Self::Cancelled => &["canceled", "eventcancelled", "eventcanceled"],
            Self::Draft | Self::Final | Self::Reissued | Self::Superseded => &[],
        }
    }
}

impl Status {
    /// Whether the record no longer counts: it was cancelled or replaced.
    #[must_use]
    pub const fn is_gone(self) -> bool {
        matches!(self, Self::Cancelled | Self::Superseded)
    }

    /// Whether the record is still being written.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::Provisional)
    }

    /// Whether the record does not change any more.
    #[must_use]
    pub const fn is_finished(self) -> bool {
        matches!(self, Self::Final | Self::Adopted)
    }
}

impl Choice for SpeakerState {
    const ALL: &'static [Self] = &[
        Self::Confirmed,
        Self::Tbc,
        Self::Invited,
        Self::Withdrawn,
        Self::Replaced,
        Self::NotRecorded,
    ];

    fn word(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Tbc => "tbc",
            Self::Invited => "invited",
            Self::Withdrawn => "withdrawn",
            Self::Replaced => "replaced",
            Self::NotRecorded => "not-recorded",
        }
    }
}

impl States for SpeakerState {
    fn synonyms(self) -> &'static [&'static str] {
        match self {
            Self::Tbc => &["to be confirmed", "t.b.c.", "unconfirmed"],
            Self::Withdrawn => &["cancelled", "canceled"],
            Self::NotRecorded => &["not recorded"],
            Self::Confirmed | Self::Invited | Self::Replaced => &[],
        }
    }
}

impl SpeakerState {
    /// Whether the person does not come.
    #[must_use]
    pub const fn is_away(self) -> bool {
        matches!(self, Self::Withdrawn | Self::Replaced)
    }
}

/// A value, and what it is mapped to.
#[derive(Clone, Copy, Debug)]
pub struct Stated<'t, S> {
    /// The value.
    pub text: Text<'t>,
    /// What it means; `None` where it is not known.
    pub state: Option<S>,
}

impl<'t, S: Choice> Stated<'t, S> {
    /// One word for values that mean the same.
    #[must_use]
    pub fn word(self) -> &'t str {
        match self.state {
            Some(state) => state.word(),
            None => self.text.value,
        }
    }

    /// How `facts` prints it: the value, and its meaning where that has another name.
    #[must_use]
    pub fn shown(&self) -> String {
        let value = self.text.value;
        match self.state.map(Choice::word).filter(|word| *word != value) {
            Some(word) => format!("`{value}` ({word})"),
            None => format!("`{value}`"),
        }
    }
}

/// Where a value is that is mapped to an enum, with the values that a schema lists. What it lists comes before the English
/// words, so that a schema can give one of those another meaning.
#[derive(Clone, Debug)]
pub struct StatePointer<S> {
    /// Where the value is.
    pub at: Pointer,
    listed: Vec<(Value, S)>,
}

impl<S: States> StatePointer<S> {
    /// Reads the argument: a pointer, or an object with it as `at` and lists of values by what they mean.
    pub(super) fn read(value: &Value) -> Option<Self> {
        let Some(members) = value.as_object() else {
            return Some(Self { at: Pointer::read(value.as_str()?)?, listed: Vec::new() });
        };
        let at = Pointer::read(members.get("at")?.as_str()?)?;
        let lists = S::ALL.iter().filter_map(|state| Some((state, members.get(state.word())?)));
        let listed = lists.flat_map(|(state, values)| {
            let values = values.as_array().into_iter().flatten();
            values.map(|value| match value.as_str() {
                Some(text) => (Value::String(folded(text)), *state),
                None => (value.clone(), *state),
            })
        });
        Some(Self { at, listed: listed.collect() })
    }

    /// The value at or below `node`.
    pub(super) fn find<'t>(
        &self,
        node: NodeRef<'t>,
        collector: &Collector<'t>,
    ) -> Option<Stated<'t, S>> {
        let text = collector.find(node, &self.at)?;
        Some(Stated { text, state: self.state_of(text) })
    }

    fn state_of(&self, text: Text<'_>) -> Option<S> {
        if let Some(flag) = text.node.as_bool() {
            return self.listed_as(|value| value.as_bool() == Some(flag));
        }
        if text.node.as_number().is_some() {
            let number: Number = text.value.parse().ok()?;
            return self.listed_as(|value| value.as_number() == Some(&number));
        }
        let by_word = || S::ALL.iter().copied().find(|state| state.word() == text.value);
        if self.listed.is_empty()
            && let Some(state) = by_word()
        {
            return Some(state);
        }
        let folded = folded(text.value);
        let english = || {
            let is_it =
                |state: &S| state.word() == folded || state.synonyms().contains(&folded.as_str());
            S::ALL.iter().copied().find(is_it)
        };
        self.listed_as(|value| value.as_str() == Some(&folded)).or_else(english)
    }

    fn listed_as(&self, is_it: impl Fn(&Value) -> bool) -> Option<S> {
        self.listed.iter().find(|(value, _)| is_it(value)).map(|(_, state)| *state)
    }
}

/// The address that schema.org puts before its words, in its two forms.
const SCHEMA_ORG: [&str; 2] = ["https://schema.org/", "http://schema.org/"];

/// The text in lower case, without spaces at its ends and with one between its words; hyphens and underscores are spaces.
fn folded(text: &str) -> String {
    let text = key::normal(Form::Folded, text).replace(['-', '_'], " ");
    let bare = SCHEMA_ORG.iter().find_map(|address| text.strip_prefix(address));
    bare.map(str::to_owned).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::vocabulary::testing::facts;

    fn status(argument: &Value, value: &str) -> String {
        let schema = json!({"x-record": {"id": "/id", "status": argument}});
        let found = facts(&schema, &format!("{{id: m, status: {value}}}")).concat();
        found.replace("record with id `m`, status ", "")
    }

    #[test]
    fn case_spaces_and_the_usual_english_spellings_make_no_difference() {
        let pointer = json!("/status");
        for value in [
            "Cancelled",
            "CANCELLED",
            "canceled",
            "\"cancelled \"",
            "EventCancelled",
            "https://schema.org/EventCancelled",
        ] {
            assert!(status(&pointer, value).ends_with("(cancelled)"), "{value}");
        }
        assert_eq!(status(&pointer, "cancelled"), "`cancelled`");
        assert_eq!(status(&pointer, "Approved"), "`Approved` (adopted)");
        assert_eq!(status(&pointer, "TENTATIVE"), "`TENTATIVE` (provisional)");
    }

    #[test]
    fn other_values_are_only_what_a_schema_lists() {
        let pointer = json!("/status");
        for value in ["postponed", "abgesagt", "withdrawn", "true", "meeting cancelled", "1"] {
            assert!(!status(&pointer, value).contains('('), "{value}");
        }
        let listed = json!({"at": "/status", "cancelled": ["Anulado", "annulé", true, 1], "draft": ["rough-cut"]});
        for value in ["anulado", "ANNULÉ", "true", "1", "canceled"] {
            assert!(status(&listed, value).ends_with("(cancelled)"), "{value}");
        }
        assert_eq!(status(&listed, "Rough_cut"), "`Rough_cut` (draft)");
        for value in ["false", "\"true\"", "\"1\"", "0", "anulad"] {
            assert!(!status(&listed, value).contains('('), "{value}");
        }
    }

    #[test]
    fn a_schema_can_give_an_english_word_another_meaning() {
        let listed = json!({"at": "/status", "provisional": ["final"]});
        assert_eq!(status(&listed, "Final"), "`Final` (provisional)");
        assert_eq!(status(&listed, "final"), "`final` (provisional)");
    }

    #[test]
    fn the_state_of_a_speaker_is_mapped_alike() {
        let speaker = |argument: &Value, value: &str| {
            let schema = json!({"x-speaker": {"name": "/name", "state": argument}});
            facts(&schema, &format!("{{name: Lee, state: {value}}}")).concat()
        };
        for (value, shown) in [
            ("TBC", "`TBC` (tbc)"),
            ("To be confirmed", "`To be confirmed` (tbc)"),
            ("not_recorded", "`not_recorded` (not-recorded)"),
            ("zugesagt", "`zugesagt`"),
        ] {
            let expected = format!("speaker with name `Lee`, state {shown}");
            assert_eq!(speaker(&json!("/state"), value), expected);
        }
        let listed = json!({"at": "/state", "confirmed": ["zugesagt"]});
        assert_eq!(
            speaker(&listed, "Zugesagt"),
            "speaker with name `Lee`, state `Zugesagt` (confirmed)"
        );
    }
}
