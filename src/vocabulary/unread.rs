//! Values that a schema declares as something that they cannot be read as.

use super::{Form, Text, key};
use crate::calendar::{self, Extent};

/// A value that its schema declares as a date, a time or a number, and that cannot be read as one.
#[derive(Clone, Copy, Debug)]
pub struct Unread<'t> {
    /// The value.
    pub text: Text<'t>,
    /// What it was to be read as.
    pub wanted: Wanted,
    /// Its form in the schema.
    pub form: Form,
    /// Which part of an interval it is.
    pub bound: Option<Bound<'t>>,
    /// Whether the schema requires the property.
    pub is_required: bool,
}

/// What a value was to be read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A date.
    Date,
    /// A time of day.
    Time,
    /// A time of day, or a date with or without one.
    Moment,
    /// A whole number.
    Number,
    /// A number that is counted, in words or digits.
    Ordinal,
    /// A length of time.
    Duration,
    /// A beginning and an end in one text.
    Range,
    /// What identifies a thing.
    Key,
    /// A name.
    Name,
}

/// A part of an interval, and what the interval is called.
#[derive(Clone, Copy, Debug)]
pub struct Bound<'t> {
    /// Which part it is.
    pub end: End,
    /// The label of the interval.
    pub label: Option<Text<'t>>,
}

/// A part of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Its beginning.
    Start,
    /// Its end.
    End,
    /// How long it lasts.
    Duration,
}

impl Wanted {
    /// What the value of a form has to be read as; nothing where any text will do.
    #[must_use]
    pub const fn of(form: Form) -> Option<Self> {
        match form {
            Form::Text | Form::Folded | Form::MemberState | Form::UnSymbol | Form::TimeZone => None,
            Form::IsoDate | Form::LongDate | Form::NumericDate(_) | Form::EpochSeconds => {
                Some(Self::Date)
            }
            Form::Time | Form::BareTime => Some(Self::Time),
            Form::Ordinal => Some(Self::Ordinal),
        }
    }

    /// What is wanted of a value in this form, for people, with an example.
    #[must_use]
    pub const fn described(self, form: Form) -> &'static str {
        match (self, form.described()) {
            (Self::Number, _) => "a whole number such as 12",
            (Self::Range, _) => "a stretch of time such as 10:00-11:30",
            (Self::Key, _) => "a text or a number, which identifies one thing",
            (Self::Name, _) => "a text that is a name",
            (Self::Duration, _) => "a length of time such as 01:30, 90 or PT1H30M",
            (_, Some(described)) => described,
            (Self::Date, None) => "a date such as 2011-05-19 or 19 May 2011",
            (Self::Time, None) => "a time such as 10:00",
            (Self::Moment, None) => {
                "a time such as 10:00 or a date with a time such as 2011-05-19T10:00"
            }
            (Self::Ordinal, None) => "an ordinal number such as second or 2nd",
        }
    }
}

/// Whether `text` names nothing that it was to be read as. Of a date, a month, a year and a range of days can be read, although
/// none of them is one day.
pub(super) fn is_unread(wanted: Wanted, form: Form, text: Text<'_>) -> bool {
    let value = text.value;
    match wanted {
        Wanted::Date => {
            !key::is_date(form, value)
                && !matches!(calendar::extent(value), Some(Extent::Period | Extent::Range))
        }
        Wanted::Time | Wanted::Moment => key::moment(form, text, None).is_none(),
        // `N.A.` and the like say that nothing was counted.
        Wanted::Number => {
            key::number(form, value).is_none() && value.contains(|c: char| c.is_numeric())
        }
        // In a sentence such as `4088th meeting, on 13 January 2000`, other rules read the number.
        Wanted::Ordinal => {
            let has_number = key::session(Form::Ordinal, value).is_some()
                || value.contains(|c: char| c.is_ascii_digit());
            !has_number || has_letter_for_digit(value)
        }
        Wanted::Duration => calendar::duration(value).is_none(),
        Wanted::Range => calendar::time_range(value).is_none(),
        Wanted::Key | Wanted::Name => value.is_empty(),
    }
}

/// Whether a letter is where a digit belongs, as in `6Sth`: a capital before the ending of an English ordinal.
fn has_letter_for_digit(value: &str) -> bool {
    let rest = value.trim().trim_start_matches(|c: char| c.is_ascii_digit());
    let ending: String = rest.chars().take_while(|c| c.is_alphabetic()).collect();
    let is_known = |ending: &str| ["st", "nd", "rd", "th"].contains(&ending);
    let (capital, small) = ending.split_at(ending.chars().next().map_or(0, char::len_utf8));
    rest.len() < value.trim().len() && capital.chars().all(char::is_uppercase) && is_known(small)
}
