//! `x-form`: the form in which a value is written.

use super::{
    Arguments, Collector, Fact, Given, Keyword, Kind, Meaning, Record,
    arguments::Fault,
    keyword::{Choice, required, words},
};
use crate::tree::NodeRef;

pub(super) static KEYWORD: Keyword = Keyword {
    name: "x-form",
    about: "the form in which a value is written",
    repeats: false,
    short: Some("is"),
    arguments: &[required("is", Kind::Choice(words::<Form>), "the form")],
    example: r#""long-date""#,
    between: None,
    read,
};

/// The arguments of `x-form`.
#[derive(Clone, Copy, Debug)]
pub struct FormArguments(pub Form);

fn read(given: &Given<'_>) -> Result<Box<dyn Arguments>, Fault> {
    Ok(Box::new(FormArguments(given.required_choice("is")?)))
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
    /// A time of day.
    Time,
    /// Any text, equal without regard to case and runs of spaces.
    Folded,
    /// A number that is counted, in words or digits.
    Ordinal,
}

impl Form {
    /// The forms that have a name in schemas.
    pub const NAMED: [Self; 6] =
        [Self::Folded, Self::IsoDate, Self::LongDate, Self::Ordinal, Self::Time, Self::UnSymbol];

    /// The word for it in schemas.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::UnSymbol => "un-symbol",
            Self::IsoDate => "iso-date",
            Self::LongDate => "long-date",
            Self::Time => "time",
            Self::Folded => "folded",
            Self::Ordinal => "ordinal",
        }
    }

    /// A value in this form, for people, with an example; nothing where any text is one.
    #[must_use]
    pub const fn described(self) -> Option<&'static str> {
        match self {
            Self::Text | Self::Folded => None,
            Self::UnSymbol => Some("a document symbol such as A/RES/65/170"),
            Self::IsoDate => Some("a date such as 2011-05-19"),
            Self::LongDate => Some("a date such as 19 May 2011"),
            Self::Time => Some("a time such as 10:00"),
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
            collector.push(node, Meaning::Value(self.0, text));
        }
    }

    fn describe(&self, fact: &Fact<'_>, _record: &Record<'_>) -> String {
        let Meaning::Value(form, value) = &fact.meaning else { return String::new() };
        format!("value of the form {}: `{}`", form.word(), value.value)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

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
            "`x-form` is `iso-dat`; `folded`, `iso-date`, `long-date`, `ordinal`, `time` or `un-symbol` is expected (did \
             you mean `iso-date`?)"
        );
    }
}
