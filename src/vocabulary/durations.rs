//! `x-durations`: how long the items of a list take, and how much time there is.

use super::{
    Arguments, Collector, Fact, Given, Keyword, Kind, Meaning, Numbered, Pointer, Record, Text,
    keyword::required,
};
use crate::{calendar, tree::NodeRef};

pub(super) static KEYWORD: Keyword = Keyword {
    name: "x-durations",
    about: "how long the items of a list take, and how much time there is",
    repeats: false,
    short: None,
    arguments: &[
        required("items", Kind::Pointer, "the list"),
        required(
            "duration",
            Kind::ItemPointer,
            "in each item, how long it takes: a number of minutes, or a text such as `1h30`, `45 min` or `PT45M`",
        ),
        required("length", Kind::Pointer, "how much time there is for all of them"),
    ],
    example: r#"{"items": "/items", "duration": "/duration", "length": "/length"}"#,
    between: None,
    read: |given| Ok(Box::new(read(given))),
};

/// The arguments of `x-durations`.
#[derive(Clone, Debug, Default)]
pub struct DurationsArguments {
    items: Pointer,
    duration: Pointer,
    length: Pointer,
}

fn read(given: &Given<'_>) -> DurationsArguments {
    let pointer = |name| given.pointer(name).unwrap_or_default();
    DurationsArguments {
        items: pointer("items"),
        duration: pointer("duration"),
        length: pointer("length"),
    }
}

/// How long items take, in minutes.
#[derive(Debug)]
pub struct Durations<'t> {
    /// Each item that says it.
    pub items: Vec<Numbered<'t>>,
    /// How much time there is for all of them.
    pub length: Numbered<'t>,
}

impl Durations<'_> {
    /// All items together.
    #[must_use]
    pub fn total(&self) -> u32 {
        self.items.iter().fold(0, |total, item| total.saturating_add(item.value))
    }
}

impl Arguments for DurationsArguments {
    fn lists(&self) -> Vec<&Pointer> {
        vec![&self.items]
    }

    fn take<'t>(&'t self, node: NodeRef<'t>, collector: &mut Collector<'t>) {
        let read = |text: Text<'t>| Some(Numbered { value: calendar::duration(text.value)?, text });
        let Some(length) = collector.find(node, &self.length).and_then(read) else { return };
        let items = self.items.find(node).into_iter().flat_map(NodeRef::elements);
        let items = items.filter_map(|item| collector.find(item, &self.duration).and_then(read));
        let items: Vec<Numbered<'t>> = items.collect();
        if !items.is_empty() {
            collector.push(node, Meaning::Durations(Box::new(Durations { items, length })));
        }
    }

    fn describe(&self, fact: &Fact<'_>, _record: &Record<'_>) -> String {
        let Meaning::Durations(durations) = &fact.meaning else { return String::new() };
        let (count, total) = (durations.items.len(), durations.total());
        format!("{count} durations of {total} minutes in {}", durations.length.value)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::vocabulary::testing::{facts, fault};

    #[test]
    fn durations_are_added_up_in_minutes() {
        let schema =
            json!({"x-durations": {"items": "/items", "duration": "/for", "length": "/in"}});
        assert_eq!(
            facts(&schema, "{in: 1h30, items: [{for: 20}, {for: 45 min}, {}, {for: soon}]}"),
            ["2 durations of 65 minutes in 90"]
        );
        assert_eq!(facts(&schema, "{items: [{for: 20}]}"), [""; 0]);
        assert_eq!(facts(&schema, "{in: 90, items: [{}]}"), [""; 0]);
        assert_eq!(
            fault(&KEYWORD, &json!({"items": "/items", "duration": "/for"})),
            "`x-durations` lacks the argument `length`"
        );
    }
}
