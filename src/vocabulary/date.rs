//! `x-date`: a date of the record, and which one.

use serde::{Deserialize, Serialize};

use super::{
    Arguments, Collector, DateText, Fact, Given, Keyword, Kind, Meaning, Part, Pointer, Record,
    Wanted,
    arguments::Fault,
    collector::Read,
    keyword::{Choice, optional, required, words},
};
use crate::{calendar, tree::NodeRef};

pub(super) static KEYWORD: Keyword = Keyword {
    name: "x-date",
    about: "a date of the record, and which one",
    repeats: true,
    short: Some("is"),
    arguments: &[
        required(
            "is",
            Kind::Choice(words::<DateRole>),
            "which date: `held` is the day on which it happened, and `announced` that of a later meeting",
        ),
        optional("date", Kind::Pointer, "the date; without it, the annotated value itself"),
        optional("weekday", Kind::Pointer, "the weekday, where it is written apart from the date"),
        optional(
            "notBefore",
            Kind::Pointer,
            "another date of the record, which is not after this one",
        ),
        optional(
            "expect",
            Kind::Choice(words::<Side>),
            "on which side of the record's event the date is: `before-event`, not after its last day, as that of an \
             invitation or a programme; `after-event`, not before its first day, as that of a summary; `during-event`, on one of \
             its days, as that of an act of the meeting",
        ),
    ],
    example: r#"{"is": "issued", "date": "/date", "weekday": "/weekday", "expect": "before-event"}"#,
    between: None,
    read,
};

/// The arguments of `x-date`.
#[derive(Clone, Debug)]
pub struct DateArguments {
    /// Which date of the record it is.
    pub is: DateRole,
    /// Where the date is.
    pub date: Part,
    /// Where its weekday is written apart.
    pub weekday: Option<Pointer>,
    /// Another date, which is not after it.
    pub not_before: Option<Part>,
    /// On which side of the event it is.
    pub expect: Option<Side>,
}

fn read(given: &Given<'_>) -> Result<Box<dyn Arguments>, Fault> {
    Ok(Box::new(DateArguments {
        is: given.required_choice("is")?,
        date: given.part("date").unwrap_or_default(),
        weekday: given.pointer("weekday"),
        not_before: given.part("notBefore"),
        expect: given.choice("expect"),
    }))
}

/// Where a date of a record lies beside its event. The days of the event belong to both sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// Not after its last day.
    BeforeEvent,
    /// Not before its first day.
    AfterEvent,
    /// On one of its days.
    DuringEvent,
}

impl Side {
    /// The word for it in schemas.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::BeforeEvent => "before-event",
            Self::AfterEvent => "after-event",
            Self::DuringEvent => "during-event",
        }
    }
}

/// Which date of a record a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateRole {
    /// The day on which it happened.
    Held,
    /// The day on which it was written.
    Written,
    /// The day on which it was issued.
    Issued,
    /// The day on which it was adopted.
    Adopted,
    /// The day on which it was distributed.
    Distributed,
    /// The day of a later meeting that it announces.
    Announced,
}

impl DateRole {
    /// The word for it in schemas and messages.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Written => "written",
            Self::Issued => "issued",
            Self::Adopted => "adopted",
            Self::Distributed => "distributed",
            Self::Announced => "announced",
        }
    }
}

impl Choice for Side {
    const ALL: &'static [Self] = &[Self::BeforeEvent, Self::AfterEvent, Self::DuringEvent];

    fn word(self) -> &'static str {
        self.word()
    }
}

impl Choice for DateRole {
    const ALL: &'static [Self] = &[
        Self::Held,
        Self::Written,
        Self::Issued,
        Self::Adopted,
        Self::Distributed,
        Self::Announced,
    ];

    fn word(self) -> &'static str {
        self.word()
    }
}

impl Arguments for DateArguments {
    fn parts_mut(&mut self) -> Vec<&mut Part> {
        [&mut self.date].into_iter().chain(&mut self.not_before).collect()
    }

    fn take<'t>(&'t self, node: NodeRef<'t>, collector: &mut Collector<'t>) {
        let Some(text) = collector.find(node, &self.date.pointer) else {
            let read = Read::part(Wanted::Date, &self.date);
            return collector.check_single(node, &self.date.pointer, read);
        };
        let mut date = collector.date(self.date.form, text);
        if let Some(text) = collector.find_optional(node, self.weekday.as_ref())
            && let Some((weekday, _)) = calendar::weekday(text.value)
        {
            date.weekday = Some((weekday, text.value, text.place));
        }
        collector.push(node, Meaning::Date(self.is, Box::new(date)));
        if date.date.is_none() {
            collector.check_read(node, text, Read::part(Wanted::Date, &self.date));
        }
        if let Some(part) = &self.not_before
            && let Some(text) = collector.find(node, &part.pointer)
        {
            let earlier = collector.date(part.form, text);
            if earlier.date.is_none() {
                collector.check_read(node, text, Read::part(Wanted::Date, part));
            }
            collector.push(node, Meaning::Ordered(self.is, Box::new([earlier, date])));
        }
        if let Some(side) = self.expect {
            collector.push(node, Meaning::Beside(side, Box::new(date)));
        }
    }

    fn describe(&self, fact: &Fact<'_>, _record: &Record<'_>) -> String {
        match &fact.meaning {
            Meaning::Date(role, date) => format!("{} on {}", role.word(), date_text(date)),
            Meaning::Ordered(_, dates) => {
                let [earlier, later] = &**dates;
                format!("{} is not after {}", date_text(earlier), date_text(later))
            }
            Meaning::Beside(side, date) => format!("{} is {}", date_text(date), side.word()),
            _ => String::new(),
        }
    }
}

/// A date as it was read, for people.
pub(super) fn date_text(date: &DateText<'_>) -> String {
    match date.date {
        Some(read) if read.to_string() != date.text => format!("{read} (`{}`)", date.text),
        Some(read) => read.to_string(),
        None => format!("no date: `{}`", date.text),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::vocabulary::testing::{facts, fault};

    #[test]
    fn a_date_is_read_in_any_form() {
        let schema = json!({"properties": {"on": {"x-date": "issued"}}});
        assert_eq!(facts(&schema, "{on: \"2011-05-19\"}"), ["issued on 2011-05-19"]);
        assert_eq!(facts(&schema, "{on: 19 May 2011}"), ["issued on 2011-05-19 (`19 May 2011`)"]);
        assert_eq!(
            facts(&schema, "{on: soon}"),
            [
                "issued on no date: `soon`",
                "cannot read `soon`: it is not a date such as 2011-05-19 or 19 May 2011"
            ]
        );
        assert_eq!(facts(&schema, "{on: \" \"}"), [""; 0]);
    }

    #[test]
    fn one_argument_may_give_two_facts() {
        let schema = json!({"x-date": {"is": "written", "date": "/on", "expect": "before-event"}});
        assert_eq!(
            facts(&schema, "{on: \"2011-05-19\"}"),
            ["written on 2011-05-19", "2011-05-19 is before-event"]
        );
    }

    #[test]
    fn a_date_may_have_another_one_before_it() {
        let schema = json!({"x-date": {"is": "adopted", "date": "/on", "notBefore": "/drafted"}});
        assert_eq!(
            facts(&schema, "{on: \"2011-05-19\", drafted: 18 May 2011}"),
            ["adopted on 2011-05-19", "2011-05-18 (`18 May 2011`) is not after 2011-05-19"]
        );
        assert_eq!(facts(&schema, "{on: \"2011-05-19\"}"), ["adopted on 2011-05-19"]);
        assert_eq!(facts(&schema, "{drafted: \"2011-05-19\"}"), [""; 0]);
    }

    #[test]
    fn a_word_that_is_not_known_is_named_with_the_nearest() {
        let wanted =
            "`held`, `written`, `issued`, `adopted`, `distributed` or `announced` is expected";
        assert_eq!(
            fault(&KEYWORD, &json!("isued")),
            format!("`x-date` is `isued`; {wanted} (did you mean `issued`?)")
        );
        assert_eq!(
            fault(&KEYWORD, &json!({"is": true})),
            format!("argument `is` of `x-date` is `true`; {wanted}")
        );
        assert_eq!(
            fault(&KEYWORD, &json!(["held", {"is": "held", "date": "day"}])),
            "argument `date` in item 2 of `x-date` is `day`; a pointer such as `/title` is expected (did you mean `/day`?)"
        );
    }
}
