//! `x-pairs`: a record that comes with another one of the same day.

use jiff::civil::Date;

use super::{
    Arguments, Collector, DateText, Fact, Form, Given, Keyword, Kind, Meaning, Part, Record, key,
    keyword::{optional, required},
};
use crate::tree::NodeRef;

pub(super) static KEYWORD: Keyword = Keyword {
    name: "x-pairs",
    about: "a record that comes with another one of the same day",
    repeats: true,
    short: None,
    arguments: &[
        required("is", Kind::Text, "what this record is, in a word that you choose: `agenda`"),
        optional(
            "needs",
            Kind::Text,
            "what the other record is, by the `is` of its schema: `minutes`; without it, the record only counts as the other one of a pair",
        ),
        required(
            "of",
            Kind::Pointers,
            "the values that both have in common, such as the body that meets",
        ),
        required("date", Kind::Pointer, "the day, which both have in common too"),
    ],
    example: r#"{"is": "agenda", "needs": "minutes", "of": ["/body"], "date": "/date"}"#,
    between: None,
    read: |given| Ok(Box::new(read(given))),
};

/// The arguments of `x-pairs`.
#[derive(Clone, Debug, Default)]
pub struct PairsArguments {
    is: String,
    needs: Option<String>,
    of: Vec<Part>,
    date: Part,
}

fn read(given: &Given<'_>) -> PairsArguments {
    PairsArguments {
        is: given.text("is"),
        needs: given.has("needs").then(|| given.text("needs")),
        of: given.parts("of"),
        date: given.part("date").unwrap_or_default(),
    }
}

/// A record that comes with another one.
#[derive(Debug)]
pub struct Pair<'t> {
    /// What it is.
    pub is: &'t str,
    /// What the other one is, if there has to be one.
    pub needs: Option<&'t str>,
    /// Equal for the records of one series, such as the meetings of one body.
    pub of: String,
    /// The day, as it is written.
    pub text: DateText<'t>,
    /// The day.
    pub date: Date,
}

impl Arguments for PairsArguments {
    fn parts_mut(&mut self) -> Vec<&mut Part> {
        self.of.iter_mut().chain([&mut self.date]).collect()
    }

    fn take<'t>(&'t self, node: NodeRef<'t>, collector: &mut Collector<'t>) {
        let Some(values) = collector.values(node, &self.of) else { return };
        let Some(text) = collector.find(node, &self.date.pointer) else { return };
        let text = collector.date(self.date.form, text);
        let Some(date) = text.date else { return };
        // Capitals make no difference, as in `x-unique` among records.
        let folded = values.into_iter().map(|(form, value)| match form {
            Form::Text => (Form::Folded, value),
            form => (form, value),
        });
        let (of, needs) = (key::joined(folded), self.needs.as_deref());
        collector.push(node, Meaning::Pair(Box::new(Pair { is: &self.is, needs, of, text, date })));
    }

    fn describe(&self, fact: &Fact<'_>, _record: &Record<'_>) -> String {
        let Meaning::Pair(pair) = &fact.meaning else { return String::new() };
        let needs = pair.needs.map(|needs| format!(", needs {needs}")).unwrap_or_default();
        format!("{} of {} on {}{needs}", pair.is, pair.of.replace('\u{1f}', ", "), pair.date)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::vocabulary::testing::{facts, fault};

    #[test]
    fn a_record_without_a_common_value_or_a_day_has_no_pair() {
        let schema = json!({"x-pairs": {"is": "agenda", "needs": "minutes", "of": ["/body"], "date": "/date"}});
        assert_eq!(
            facts(&schema, "{body: Town Council, date: 2025-03-11}"),
            ["agenda of town council on 2025-03-11, needs minutes"]
        );
        assert_eq!(facts(&schema, "{body: Town Council, date: March}"), [""; 0]);
        assert_eq!(facts(&schema, "{date: 2025-03-11}"), [""; 0]);
    }

    #[test]
    fn a_pair_has_a_day() {
        assert_eq!(
            fault(&KEYWORD, &json!({"is": "agenda", "of": ["/body"]})),
            "`x-pairs` lacks the argument `date`"
        );
    }
}
