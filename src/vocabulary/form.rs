//! `x-form`: the form in which a value is written.

use serde_json::json;

use super::{
    Arguments, Collector, Fact, Given, Keyword, Kind, Meaning, Record, Wanted,
    arguments::Fault,
    collector::Read,
    keyword::{Choice, optional, required, words},
};
use crate::{calendar::Order, tree::NodeRef};

pub(super) static KEYWORD: Keyword = Keyword {
    name: "x-form",
    about: "the form in which a value is written",
    repeats: false,
    short: Some("is"),
    arguments: &[
        required("is", Kind::Choice(words::<Form>), "the form"),
        optional(
            "order",
            Kind::Choice(words::<Order>),
            "for a `numeric-date`: the order of its numbers, `dmy` for 14.04.2026, `mdy` for 04/14/2026, `ymd` for \
             2026/04/14",
        ),
        optional(
            "open",
            Kind::Texts,
            "words that say that the value is not known yet, such as `TBD`",
        ),
    ],
    example: r#"{"is": "numeric-date", "order": "dmy", "open": ["TBD"]}"#,
    between: Some(|| {
        json!({
            "if": {"required": ["is"], "properties": {"is": {"const": "numeric-date"}}},
            "then": {"required": ["order"]},
            "else": {"properties": {"order": false}}
        })
    }),
    read,
};

/// The arguments of `x-form`.
#[derive(Clone, Debug)]
pub struct FormArguments {
    /// The form.
    pub form: Form,
    /// Words that say that the value is not known yet.
    pub open: Vec<String>,
}

fn read(given: &Given<'_>) -> Result<Box<dyn Arguments>, Fault> {
    let (form, order) = (given.required_choice("is")?, given.choice("order"));
    let form = match (form, order) {
        (Form::NumericDate(_), Some(order)) => Form::NumericDate(order),
        (Form::NumericDate(_), None) => {
            return Err(given.fault("`order` is expected with `numeric-date`"));
        }
        (_, Some(_)) => return Err(given.fault("`order` is for `numeric-date` only")),
        (form, None) => form,
    };
    Ok(Box::new(FormArguments { form, open: given.texts("open") }))
}

impl Choice for Order {
    const ALL: &'static [Self] = &[Self::DayMonthYear, Self::MonthDayYear, Self::YearMonthDay];

    fn word(self) -> &'static str {
        match self {
            Self::DayMonthYear => "dmy",
            Self::MonthDayYear => "mdy",
            Self::YearMonthDay => "ymd",
        }
    }
}

/// How a value is written, and so when two values are equal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Form {
    /// Any text, equal when its characters are.
    #[default]
    Text,
    /// A United Nations document symbol.
    UnSymbol,
    /// A date, or a date with a time, as in ISO 8601.
    IsoDate,
    /// A date with the name of its month, perhaps with its weekday.
    LongDate,
    /// A date in numbers, in the order that the schema states.
    NumericDate(Order),
    /// Seconds since the beginning of 1970.
    EpochSeconds,
    /// A time of day.
    Time,
    /// A time of day, also without a colon: `19.00`, `1900`.
    BareTime,
    /// Any text, equal without regard to case and runs of spaces.
    Folded,
    /// The name of a Member State of the United Nations; other names are not judged.
    MemberState,
    /// A number that is counted, in words or digits.
    Ordinal,
    /// A time zone, by its name in the database of IANA.
    TimeZone,
}

impl Form {
    /// The forms that need nothing but their name.
    pub const PLAIN: [Self; 10] = [
        Self::BareTime,
        Self::EpochSeconds,
        Self::Folded,
        Self::IsoDate,
        Self::LongDate,
        Self::MemberState,
        Self::Ordinal,
        Self::Time,
        Self::TimeZone,
        Self::UnSymbol,
    ];

    /// The forms that have a name in schemas.
    pub const NAMED: [Self; 11] = [
        Self::BareTime,
        Self::EpochSeconds,
        Self::Folded,
        Self::IsoDate,
        Self::LongDate,
        Self::MemberState,
        Self::NumericDate(Order::DayMonthYear),
        Self::Ordinal,
        Self::Time,
        Self::TimeZone,
        Self::UnSymbol,
    ];

    /// The word for it in schemas.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::UnSymbol => "un-symbol",
            Self::IsoDate => "iso-date",
            Self::LongDate => "long-date",
            Self::MemberState => "member-state",
            Self::NumericDate(_) => "numeric-date",
            Self::EpochSeconds => "epoch-seconds",
            Self::Time => "time",
            Self::BareTime => "bare-time",
            Self::Folded => "folded",
            Self::Ordinal => "ordinal",
            Self::TimeZone => "time-zone",
        }
    }

    /// A value in this form, for people, with an example; nothing where any text is one.
    #[must_use]
    pub const fn described(self) -> Option<&'static str> {
        match self {
            Self::Text | Self::Folded | Self::MemberState => None,
            Self::UnSymbol => Some("a document symbol such as A/RES/65/170"),
            Self::IsoDate => Some("a date such as 2011-05-19"),
            Self::LongDate => Some("a date such as 19 May 2011"),
            Self::NumericDate(Order::DayMonthYear) => Some("a date such as 19.05.2011"),
            Self::NumericDate(Order::MonthDayYear) => Some("a date such as 05/19/2011"),
            Self::NumericDate(Order::YearMonthDay) => Some("a date such as 2011/05/19"),
            Self::EpochSeconds => Some("seconds since 1970 such as 1305799200"),
            Self::Time => Some("a time such as 10:00"),
            Self::BareTime => Some("a time such as 19.00 or 1900"),
            Self::TimeZone => Some("a time zone such as America/New_York"),
            Self::Ordinal => Some("an ordinal number such as second or 2nd"),
        }
    }
}

impl Choice for Form {
    const ALL: &'static [Self] = &Self::NAMED;

    fn word(self) -> &'static str {
        self.word()
    }
}

impl Arguments for FormArguments {
    fn take<'t>(&'t self, node: NodeRef<'t>, collector: &mut Collector<'t>) {
        if let Some(text) = collector.text(node) {
            collector.push(node, Meaning::Value(self.form, text));
            if let Some(wanted) = Wanted::of(self.form) {
                let read = Read { wanted, form: self.form, open: &self.open, bound: None };
                collector.check_read(node, text, read);
            }
        }
    }

    fn describe(&self, fact: &Fact<'_>, _record: &Record<'_>) -> String {
        let Meaning::Value(form, value) = &fact.meaning else { return String::new() };
        format!("value of the form {}: `{}`", form.word(), value.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::testing::{facts, fault};

    #[test]
    fn the_short_form_and_the_long_one_are_the_same() {
        for form in [json!("time"), json!({"is": "time"})] {
            let schema = json!({"properties": {"at": {"x-form": form}}});
            assert_eq!(facts(&schema, "{at: \"10:00\"}"), ["value of the form time: `10:00`"]);
            assert_eq!(facts(&schema, "{at: null}"), [""; 0]);
        }
    }

    #[test]
    fn a_form_that_is_not_known_is_named_with_the_nearest() {
        assert_eq!(
            fault(&KEYWORD, &json!("iso-dat")),
            "`x-form` is `iso-dat`; `bare-time`, `epoch-seconds`, `folded`, `iso-date`, `long-date`, `member-state`, \
             `numeric-date`, `ordinal`, `time`, `time-zone` or `un-symbol` is expected (did you mean `iso-date`?)"
        );
    }
}
