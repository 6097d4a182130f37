//! `x-sequence`: items of a list that are numbered.

use super::{
    Arguments, Collector, Fact, Given, Keyword, Kind, Meaning, Origin, Part, Record, Text, Wanted,
    collector::Read,
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
        optional(
            "of",
            Kind::Text,
            "for the paragraphs of an act: the namespace in which the record defines it, such as `document`; a citation of a \
             paragraph beyond the last one is reported",
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
    /// The namespace in which the record defines the act whose paragraphs the items are.
    pub of: Option<String>,
}

fn read(given: &Given<'_>) -> SequenceArguments {
    let by = given.part("by").unwrap_or_default();
    let of = given.has("of").then(|| given.text("of"));
    SequenceArguments { by, from: given.number("from"), of }
}

/// Items of a list are numbered.
#[derive(Debug)]
pub struct Sequence<'t> {
    /// The key of the list.
    pub list: Option<Text<'t>>,
    /// The number that the first item has, where the schema says it.
    pub from: Option<u32>,
    /// The namespace in which the record defines the act whose paragraphs the items are.
    pub of: Option<&'t str>,
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
        let numbers: Vec<Text<'t>> = node.elements().filter_map(find).collect();
        for text in numbers.iter().filter(|text| has_letter_for_digit(text.value)) {
            collector.check_read(node, *text, Read::part(Wanted::Number, &self.by));
        }
        let sequence = Sequence { list, from: self.from, of: self.of.as_deref(), numbers };
        collector.push(node, Meaning::Sequence(Box::new(sequence)));
    }

    fn describe(&self, fact: &Fact<'_>, _record: &Record<'_>) -> String {
        let Meaning::Sequence(sequence) = &fact.meaning else { return String::new() };
        let list = sequence.list.map_or("a list", |list| list.value);
        let from = sequence.from.map(|from| format!(" from {from} on")).unwrap_or_default();
        let count = sequence.numbers.len();
        let of = sequence.of.map(|of| format!(", the paragraphs of a {of}")).unwrap_or_default();
        format!("{count} numbers of items of {list}, one after the other{from}{of}")
    }
}

/// Whether a letter that looks like a digit is among digits: `1O`. Other letters may belong to the number, as in `2 bis`, `2a` or `IV`.
fn has_letter_for_digit(number: &str) -> bool {
    let core = number.trim().trim_matches(|c: char| matches!(c, '(' | ')' | '.'));
    let is_letter = |c: char| matches!(c, 'O' | 'o' | 'l' | 'I');
    core.contains(is_letter)
        && core.contains(|c: char| c.is_ascii_digit())
        && core.chars().all(|c| c.is_ascii_digit() || is_letter(c))
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
    fn a_letter_among_digits_is_not_a_number() {
        let schema = json!({"properties": {"all": {"x-sequence": {"by": "/n"}}}});
        let unread = |number: &str| {
            let record = format!("{{all: [{{n: 9}}, {{n: \"{number}\"}}]}}");
            facts(&schema, &record).iter().any(|fact| fact.starts_with("cannot read"))
        };
        assert!(["1O", "l0", "(1O)", "1O."].into_iter().all(unread));
        assert!(!["10", "2 bis", "2a", "IV", "1.1", "*", "O", "ol"].into_iter().any(unread));
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
