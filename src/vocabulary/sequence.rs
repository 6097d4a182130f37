//! `x-sequence`: items of a list that are numbered.

use super::{
    Arguments, Collector, Fact, Given, Keyword, Kind, Meaning, Origin, Part, Record, Text,
    keyword::{optional, required},
};
use crate::tree::NodeRef;

pub(super) static KEYWORD: Keyword = Keyword {
    name: "x-sequence",
    about: "items of a list that are numbered",
    repeats: false,
    short: None,
    arguments: &[
        required("by", Kind::ItemPointer, "the number, taken from the item"),
        optional(
            "from",
            Kind::Number,
            "the number of the first item; without it, the numbers may begin anywhere",
        ),
    ],
    example: r#"{"by": "/number", "from": 1}"#,
    between: None,
    read: |given| Ok(Box::new(read(given))),
};

/// The arguments of `x-sequence`.
#[derive(Clone, Debug, Default)]
pub struct SequenceArguments {
    /// The number, taken from the item.
    pub by: Part,
    /// The number of the first item, where the schema says it.
    pub from: Option<u32>,
}

fn read(given: &Given<'_>) -> SequenceArguments {
    let by = given.part("by").unwrap_or_default();
    SequenceArguments { by, from: given.number("from") }
}

/// Items of a list are numbered.
#[derive(Debug)]
pub struct Sequence<'t> {
    /// The key of the list.
    pub list: Option<Text<'t>>,
    /// The number that the first item has, where the schema says it.
    pub from: Option<u32>,
    /// The numbers of the items that have one.
    pub numbers: Vec<Text<'t>>,
}

impl Arguments for SequenceArguments {
    fn parts_mut(&mut self) -> Vec<&mut Part> {
        vec![&mut self.by]
    }

    fn origin(&self) -> Origin<'_> {
        Origin::Items
    }

    fn take<'t>(&'t self, node: NodeRef<'t>, collector: &mut Collector<'t>) {
        let list = node.key().and_then(|key| collector.text(key));
        let find = |item| collector.find(item, &self.by.pointer);
        let numbers = node.elements().filter_map(find).collect();
        let sequence = Sequence { list, from: self.from, numbers };
        collector.push(node, Meaning::Sequence(Box::new(sequence)));
    }

    fn describe(&self, fact: &Fact<'_>, _record: &Record<'_>) -> String {
        let Meaning::Sequence(sequence) = &fact.meaning else { return String::new() };
        let list = sequence.list.map_or("a list", |list| list.value);
        let from = sequence.from.map(|from| format!(" from {from} on")).unwrap_or_default();
        let count = sequence.numbers.len();
        format!("{count} numbers of items of {list}, one after the other{from}")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::vocabulary::testing::{facts, fault};

    #[test]
    fn items_without_a_number_are_left_out() {
        let schema = json!({"properties": {"all": {"x-sequence": {"by": "/n", "from": 1}}}});
        assert_eq!(
            facts(&schema, "{all: [{n: 1}, {}, {n: 2}]}"),
            ["2 numbers of items of all, one after the other from 1 on"]
        );
    }

    #[test]
    fn a_sequence_needs_to_know_where_its_numbers_are() {
        assert_eq!(fault(&KEYWORD, &json!({"from": 1})), "`x-sequence` lacks the argument `by`");
        assert_eq!(
            fault(&KEYWORD, &json!({"by": "/n", "from": -1})),
            "argument `from` of `x-sequence` is `-1`; a whole number is expected"
        );
    }
}
