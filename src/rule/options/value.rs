//! The values of options.

use std::fmt;

/// A time span in minutes. A project writes it as `2h30`, `2h` or `45min`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Minutes(pub u32);

impl Minutes {
    /// What a text must match to be one, as a regular expression.
    pub const PATTERN: &str = "^([0-9]{1,3}h([0-5][0-9])?|[0-9]{1,4}min)$";

    /// The time span that `text` names.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let number = |text: &str, most: usize| {
            let is_number =
                (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
            is_number.then(|| text.parse::<u32>().ok()).flatten()
        };
        if let Some(minutes) = text.strip_suffix("min") {
            return number(minutes, 4).map(Self);
        }
        let (hours, minutes) = text.split_once('h')?;
        let hours = number(hours, 3)?;
        let minutes = match minutes.len() {
            0 => 0,
            2 => number(minutes, 2).filter(|minutes| *minutes < 60)?,
            _ => return None,
        };
        Some(Self(hours * 60 + minutes))
    }
}

impl fmt::Display for Minutes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0 / 60, self.0 % 60) {
            (0, minutes) => write!(f, "{minutes}min"),
            (hours, 0) => write!(f, "{hours}h"),
            (hours, minutes) => write!(f, "{hours}h{minutes:02}"),
        }
    }
}

/// A list of texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Texts {
    of_rule: &'static [&'static str],
    of_project: Vec<String>,
}

impl Texts {
    /// No text.
    pub const NONE: Self = Self::of(&[]);

    /// These texts.
    #[must_use]
    pub const fn of(texts: &'static [&'static str]) -> Self {
        Self { of_rule: texts, of_project: Vec::new() }
    }

    /// Every text, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let of_project = self.of_project.iter().map(String::as_str);
        self.of_rule.iter().copied().chain(of_project)
    }
}

impl From<Vec<String>> for Texts {
    fn from(texts: Vec<String>) -> Self {
        Self { of_rule: &[], of_project: texts }
    }
}

/// Texts, each with the text that it is given for: `{co-operation = "cooperation"}`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pairs(Vec<(String, String)>);

impl Pairs {
    /// No pair.
    pub const NONE: Self = Self(Vec::new());

    /// Every pair, in the order of the first texts.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(first, second)| (first.as_str(), second.as_str()))
    }
}

impl From<Vec<(String, String)>> for Pairs {
    fn from(mut pairs: Vec<(String, String)>) -> Self {
        pairs.sort_unstable();
        Self(pairs)
    }
}

/// The value of an option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A time span.
    Duration(Minutes),
    /// A number that is not negative.
    Number(u32),
    /// True or false.
    Flag(bool),
    /// A list of texts.
    Texts(Texts),
    /// A table of texts.
    Pairs(Pairs),
}

impl Value {
    /// What kind of value it is, for people.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Duration(_) => "a duration",
            Self::Number(_) => "a whole number",
            Self::Flag(_) => "`true` or `false`",
            Self::Texts(_) => "a list of texts",
            Self::Pairs(_) => "a table of texts",
        }
    }
}

/// As it is written in the configuration.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Duration(minutes) => write!(f, "\"{minutes}\""),
            Self::Number(number) => number.fmt(f),
            Self::Flag(flag) => flag.fmt(f),
            Self::Texts(texts) => f.debug_list().entries(texts.iter()).finish(),
            Self::Pairs(pairs) => {
                let entry = |(first, second)| format!("{first:?} = {second:?}");
                let entries: Vec<String> = pairs.iter().map(entry).collect();
                write!(f, "{{{}}}", entries.join(", "))
            }
        }
    }
}

/// A type that an option can have.
pub trait OptionValue: fmt::Debug + Sync + Sized + 'static {
    /// The value, whatever its type.
    fn to_value(&self) -> Value;
    /// The value, if it is of this type.
    fn of(value: &Value) -> Option<&Self>;
}

/// Says which kind of [`Value`] a type is.
macro_rules! option_value {
    ($type:ty, $kind:ident) => {
        impl OptionValue for $type {
            fn to_value(&self) -> Value {
                Value::$kind(self.clone())
            }

            fn of(value: &Value) -> Option<&Self> {
                if let Value::$kind(value) = value { Some(value) } else { None }
            }
        }
    };
}

option_value!(Minutes, Duration);
option_value!(u32, Number);
option_value!(bool, Flag);
option_value!(Texts, Texts);
option_value!(Pairs, Pairs);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_duration_is_hours_and_minutes_or_minutes() {
        for (text, minutes) in
            [("2h30", 150), ("2h", 120), ("0h05", 5), ("45min", 45), ("999h59", 59_999)]
        {
            assert_eq!(Minutes::parse(text), Some(Minutes(minutes)), "{text}");
        }
        for wrong in [
            "", "h", "min", "2h3", "2h60", "2h300", "1000h", "+2h", "2 h", "2h30min", "2.5h", "90",
            "٢h",
        ] {
            assert_eq!(Minutes::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_table_is_written_as_the_configuration_reads_it() {
        let pair = |first: &str, second: &str| (first.to_owned(), second.to_owned());
        let pairs = Pairs::from(vec![pair("b", "c"), pair("a", "x y")]);
        assert_eq!(Value::Pairs(pairs).to_string(), r#"{"a" = "x y", "b" = "c"}"#);
        assert_eq!(Value::Pairs(Pairs::NONE).to_string(), "{}");
    }

    proptest! {
        #[test]
        fn a_duration_is_read_as_it_is_written(minutes in 0..60_000_u32) {
            prop_assert_eq!(Minutes::parse(&Minutes(minutes).to_string()), Some(Minutes(minutes)));
        }

        #[test]
        fn the_pattern_matches_what_is_read(text in "[0-9]{0,4}(h|min)?[0-9]{0,3}(min)?") {
            let pattern = regex::Regex::new(Minutes::PATTERN).unwrap();
            prop_assert_eq!(pattern.is_match(&text), Minutes::parse(&text).is_some(), "{}", text);
        }
    }
}
