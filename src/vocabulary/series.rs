//! `x-series`: a record that is numbered with others.

use super::{
    Arguments, Collector, Fact, Form, Given, Keyword, Kind, Meaning, Part, Pointer, Record, Text,
    key, keyword::required,
};
use crate::tree::NodeRef;

pub(super) static KEYWORD: Keyword = Keyword {
    name: "x-series",
    about: "a record that is numbered with others",
    repeats: true,
    short: None,
    arguments: &[
        required(
            "of",
            Kind::Pointers,
            "the values that the records of the series have in common, such as the body",
        ),
        required(
            "number",
            Kind::Pointer,
            "the number: `7`, or a text that ends with it, as `2025-07` does",
        ),
    ],
    example: r#"{"of": ["/organ"], "number": "/number"}"#,
    between: None,
    read: |given| Ok(Box::new(read(given))),
};

/// The arguments of `x-series`.
#[derive(Clone, Debug, Default)]
pub struct SeriesArguments {
    of: Vec<Part>,
    number: Pointer,
}

fn read(given: &Given<'_>) -> SeriesArguments {
    SeriesArguments { of: given.parts("of"), number: given.pointer("number").unwrap_or_default() }
}

/// A record that is one of a series.
#[derive(Debug)]
pub struct Series<'t> {
    /// Equal for the records of one series: their common values, and what is before the number.
    pub of: String,
    /// The number.
    pub number: u32,
    /// The value that ends with it.
    pub text: Text<'t>,
}

/// The number at the end of a text, and what is before it.
#[must_use]
pub(crate) fn numbered(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    let before = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = text.get(before.len()..)?;
    (1..=6).contains(&digits.len()).then_some((before, digits))
}

impl Arguments for SeriesArguments {
    fn parts_mut(&mut self) -> Vec<&mut Part> {
        self.of.iter_mut().collect()
    }

    fn take<'t>(&'t self, node: NodeRef<'t>, collector: &mut Collector<'t>) {
        let Some(values) = collector.values(node, &self.of) else { return };
        let Some(text) = collector.find(node, &self.number) else { return };
        let Some((before, digits)) = numbered(text.value) else { return };
        let Ok(number) = digits.parse::<u32>() else { return };
        let folded = values.into_iter().map(|(form, value)| match form {
            Form::Text => (Form::Folded, value),
            form => (form, value),
        });
        let of = key::joined(folded.chain([(Form::Folded, before)]));
        collector.push(node, Meaning::Series(Box::new(Series { of, number, text })));
    }

    fn describe(&self, fact: &Fact<'_>, _record: &Record<'_>) -> String {
        let Meaning::Series(series) = &fact.meaning else { return String::new() };
        format!("number {} of {}", series.number, series.of.replace('\u{1f}', ", "))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::vocabulary::testing::{facts, fault};

    #[test]
    fn the_number_is_at_the_end_of_a_text() {
        let schema = json!({"x-series": {"of": ["/organ"], "number": "/number"}});
        let series = |number: &str| {
            facts(&schema, &format!("{{organ: Town Council, number: {number}}}")).concat()
        };
        assert_eq!(series("2025-07"), "number 7 of town council, 2025-");
        assert_eq!(series("7"), "number 7 of town council, ");
        assert_eq!(series("Resolution 12"), "number 12 of town council, resolution");
        for nothing in ["seven", "7a", "null", "20250000007"] {
            assert_eq!(series(nothing), "", "{nothing}");
        }
        assert_eq!(
            fault(&KEYWORD, &json!({"of": ["/organ"]})),
            "`x-series` lacks the argument `number`"
        );
    }
}
