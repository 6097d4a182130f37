//! `x-counts`: a figure and what it counts.

use std::{borrow::Cow, collections::BTreeMap};

use serde_json::json;

use super::{
    Arguments, Collector, Fact, Form, Given, Keyword, Kind, Meaning, Numbered, Part, Pointer,
    Record, Text,
    arguments::Fault,
    fact::opening,
    key,
    keyword::{Choice, optional, words},
};
use crate::{finding::Place, message::listed, tree::NodeRef};

pub(super) static KEYWORD: Keyword = Keyword {
    name: "x-counts",
    about: "a figure and what it counts",
    repeats: true,
    short: None,
    arguments: &[
        optional("figure", Kind::Pointer, "the figure"),
        optional("list", Kind::Pointer, "the list whose items the figure counts"),
        optional(
            "by",
            Kind::ItemPointer,
            "in each item of the list, the value that decides whether the figure counts it",
        ),
        optional(
            "of",
            Kind::Texts,
            "the values that the figure counts, in whatever capitals: `[\"aye\", \"yes\"]`",
        ),
        optional("sum", Kind::Pointers, "figures that together make the figure"),
        optional(
            "is",
            Kind::Number,
            "what those figures always make together, instead of `figure`",
        ),
        optional(
            "most",
            Kind::Choice(words::<Most>),
            "`\"membership\"`: those figures together are at most the number of Members that the organ had when the record was \
             adopted; known for the General Assembly",
        ),
    ],
    example: r#"{"figure": "/inFavour", "list": "/statesInFavour"}"#,
    between: Some(|| {
        json!({"oneOf": [
            {
                "required": ["figure", "list"],
                "properties": {"sum": false, "is": false, "most": false},
                "dependentRequired": {"by": ["of"], "of": ["by"]}
            },
            {"required": ["figure", "sum"], "properties": {"list": false, "by": false, "of": false, "is": false, "most": false}},
            {"required": ["sum", "is"], "properties": {"figure": false, "list": false, "by": false, "of": false, "most": false}},
            {"required": ["sum", "most"], "properties": {"figure": false, "list": false, "by": false, "of": false, "is": false}}
        ]})
    }),
    read,
};

/// The arguments of `x-counts`.
#[derive(Clone, Debug)]
pub enum CountsArguments {
    /// A figure that is the length of a list.
    List {
        /// Where the figure is.
        figure: Part,
        /// Where the list is.
        list: Pointer,
        /// Which of its items count, if not all.
        chosen: Option<Chosen>,
    },
    /// Figures that together make another one.
    Sum {
        /// Where they lie.
        addends: Vec<Part>,
        /// What they make.
        total: Total,
    },
}

/// The items of a list that a figure counts.
#[derive(Clone, Debug)]
pub struct Chosen {
    /// Where the value is that decides.
    by: Pointer,
    /// The values that count, as the schema writes them.
    of: Vec<String>,
}

impl Chosen {
    fn counts(&self, item: NodeRef<'_>) -> bool {
        let Some(value) = self.by.find(item).and_then(NodeRef::scalar_text) else { return false };
        let value = key::normal(Form::Folded, value);
        self.of.iter().any(|one| key::normal(Form::Folded, one) == value)
    }
}

/// What figures make together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Total {
    /// The figure that is here.
    Figure(Part),
    /// Always this number.
    Is(u32),
    /// At most the number of Members of the organ.
    Most(Most),
}

/// What figures are at most together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Most {
    /// The number of Members that the organ had.
    Membership,
}

impl Choice for Most {
    const ALL: &'static [Self] = &[Self::Membership];

    fn word(self) -> &'static str {
        match self {
            Self::Membership => "membership",
        }
    }
}

fn read(given: &Given<'_>) -> Result<Box<dyn Arguments>, Fault> {
    let (figure, list) = (given.part("figure"), given.pointer("list"));
    let (addends, is) = (given.parts("sum"), given.number("is"));
    let (most, has_addends) = (given.choice("most"), !addends.is_empty());
    let sum = |total| CountsArguments::Sum { addends, total };
    let chosen = match (given.pointer("by"), given.texts("of")) {
        (None, of) if of.is_empty() => None,
        (Some(by), of) if !of.is_empty() && list.is_some() => Some(Chosen { by, of }),
        _ => return Err(given.fault("`by` and `of` are used together, with `list`")),
    };
    Ok(Box::new(match (figure, list, has_addends, is, most) {
        (Some(figure), Some(list), false, None, None) => {
            CountsArguments::List { figure, list, chosen }
        }
        (Some(total), None, true, None, None) => sum(Total::Figure(total)),
        (None, None, true, Some(is), None) => sum(Total::Is(is)),
        (None, None, true, None, Some(most)) => sum(Total::Most(most)),
        _ => {
            let wanted =
                "`figure` with `list`, or `sum` with `figure`, `is` or `most`, is expected";
            return Err(given.fault(wanted));
        }
    }))
}

/// A figure that counts something.
#[derive(Debug)]
pub enum Counts<'t> {
    /// The entries of a list.
    List {
        /// The figure.
        figure: Numbered<'t>,
        /// How many entries it counts.
        len: usize,
        /// Whether the list has no entries.
        is_empty: bool,
        /// The values of the entries that it counts, if it does not count all.
        of: Option<Cow<'t, [String]>>,
        /// The key that holds the list.
        name: Option<Text<'t>>,
        /// That key, or where the list begins.
        list: Place,
    },
    /// What several figures make together.
    Sum {
        /// The figures.
        addends: Vec<Numbered<'t>>,
        /// Their sum as written; `None` where the schema knows it.
        total: Option<Numbered<'t>>,
        /// What they are to make.
        wanted: u32,
    },
    /// Figures that together are at most the number of Members of the organ.
    AtMost {
        /// The figures.
        addends: Vec<Numbered<'t>>,
    },
}

impl Counts<'_> {
    /// Whether it is a list that has entries.
    #[must_use]
    pub const fn has_entries(&self) -> bool {
        matches!(self, Self::List { is_empty: false, .. })
    }
}

impl Arguments for CountsArguments {
    fn lists(&self) -> Vec<&Pointer> {
        match self {
            Self::List { list, .. } => vec![list],
            Self::Sum { .. } => Vec::new(),
        }
    }

    fn parts_mut(&mut self) -> Vec<&mut Part> {
        match self {
            Self::List { figure, .. } => vec![figure],
            Self::Sum { addends, total: Total::Figure(total) } => {
                addends.iter_mut().chain([total]).collect()
            }
            Self::Sum { addends, total: Total::Is(_) | Total::Most(_) } => {
                addends.iter_mut().collect()
            }
        }
    }

    fn take<'t>(&'t self, node: NodeRef<'t>, collector: &mut Collector<'t>) {
        let labelled = self.labelled(node, collector);
        if !labelled.is_empty() {
            for (node, counts) in labelled {
                collector.push(node, Meaning::Counts(Box::new(counts)));
            }
        } else if let Some(counts) = self.counts(node, collector) {
            collector.push(node, Meaning::Counts(Box::new(counts)));
        }
    }

    fn describe(&self, fact: &Fact<'_>, _record: &Record<'_>) -> String {
        let Meaning::Counts(counts) = &fact.meaning else { return String::new() };
        match &**counts {
            Counts::List { figure, len, of: None, .. } => {
                format!("{} counts a list of {len}", figure.value)
            }
            Counts::List { figure, len, of: Some(of), .. } => {
                format!("{} counts {len} with {}", figure.value, listed(&quoted_each(of), "or"))
            }
            Counts::Sum { addends, wanted, .. } => {
                format!("{} are to make {wanted}", joined(addends))
            }
            Counts::AtMost { addends } => {
                format!("{} are at most the number of Members", joined(addends))
            }
        }
    }
}

/// The property of an entry that all items of a list have too, where some item has the value of the entry.
fn label_of<'t>(entry: NodeRef<'t>, figure: &str, list: NodeRef<'t>) -> Option<&'t str> {
    entry.members().find_map(|(name, value)| {
        let (name, value) = (name.as_str()?, value.scalar_text()?);
        let value = key::normal(Form::Folded, value);
        let mut has_value = false;
        let all_have = list.elements().all(|item| {
            let other = item.get(name).and_then(NodeRef::scalar_text);
            has_value |= other.is_some_and(|other| key::normal(Form::Folded, other) == value);
            other.is_some()
        });
        (name != figure && all_have && has_value).then_some(name)
    })
}

/// Values as messages show them.
pub(crate) fn quoted_each(values: &[String]) -> Vec<String> {
    values.iter().map(|value| format!("“{value}”")).collect()
}

fn joined(addends: &[Numbered<'_>]) -> String {
    let addends = addends.iter().map(|addend| addend.value.to_string());
    addends.collect::<Vec<_>>().join(" and ")
}

impl CountsArguments {
    /// Figures in a list whose items name the value that they count, as the counts of a vote in Popolo and Open Civic Data do:
    /// `{"option": "yes", "value": 3}`. The items of the list that is counted have the same property. All figures beside the one that
    /// the schema names are taken, if some item has their value.
    fn labelled<'t>(
        &self,
        node: NodeRef<'t>,
        collector: &Collector<'t>,
    ) -> Vec<(NodeRef<'t>, Counts<'t>)> {
        let Self::List { figure: part, list, chosen: None } = self else { return Vec::new() };
        let found = || {
            let figure = part.pointer.find(node)?;
            let (entry, key) = (figure.parent()?, figure.key()?.as_str()?);
            let entries = entry.parent().filter(|entries| entries.is_array())?;
            let list =
                list.find(node).filter(|list| list.is_array() && list.id() != entries.id())?;
            let label = label_of(entry, key, list)?;
            Some((entries, key, list, label))
        };
        let Some((entries, key, list, label)) = found() else { return Vec::new() };
        let mut lens: BTreeMap<Cow<'_, str>, usize> = BTreeMap::new();
        for value in list.elements().filter_map(|item| item.get(label)?.scalar_text()) {
            *lens.entry(key::normal(Form::Folded, value)).or_default() += 1;
        }
        let name = list.key().and_then(|key| collector.text(key));
        let place = name.map_or_else(|| collector.place(list, opening(list)), |name| name.place);
        let counts = entries.elements().filter_map(|entry| {
            let value = entry.get(label)?.scalar_text()?;
            let len = *lens.get(&key::normal(Form::Folded, value))?;
            let text = collector.text(entry.get(key)?)?;
            let figure = Numbered { value: key::number(part.form, text.value)?, text };
            let of = Some(Cow::Owned(vec![value.to_owned()]));
            Some((entry, Counts::List { figure, len, is_empty: false, of, name, list: place }))
        });
        counts.collect()
    }

    /// Nothing where a figure cannot be read, and where there is no list: it is not recorded then.
    fn counts<'t>(
        &'t self,
        node: NodeRef<'t>,
        collector: &mut Collector<'t>,
    ) -> Option<Counts<'t>> {
        match self {
            Self::List { figure, list, chosen } => {
                let list = list.find(node).filter(|list| list.is_array())?;
                let name = list.key().and_then(|key| collector.text(key));
                let place =
                    name.map_or_else(|| collector.place(list, opening(list)), |name| name.place);
                let is_counted =
                    |item: &NodeRef<'t>| chosen.as_ref().is_none_or(|chosen| chosen.counts(*item));
                let len = list.elements().filter(is_counted).count();
                let figure = collector.figure(node, figure)?;
                let of = chosen.as_ref().map(|chosen| Cow::Borrowed(chosen.of.as_slice()));
                let is_empty = list.elements().next().is_none();
                Some(Counts::List { figure, len, is_empty, of, name, list: place })
            }
            Self::Sum { addends, total } => {
                let addends: Vec<_> =
                    addends.iter().map(|addend| collector.figure(node, addend)).collect();
                let addends = addends.into_iter().collect::<Option<Vec<_>>>()?;
                let (total, wanted) = match total {
                    Total::Figure(total) => {
                        let total = collector.figure(node, total)?;
                        (Some(total), total.value)
                    }
                    Total::Is(wanted) => (None, *wanted),
                    Total::Most(Most::Membership) => return Some(Counts::AtMost { addends }),
                };
                Some(Counts::Sum { addends, total, wanted })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::testing::{facts, fault, reads};

    #[test]
    fn counts_are_a_figure_of_a_list_or_the_sum_of_figures() {
        for right in [
            json!({"figure": "/n", "list": "/all"}),
            json!({"figure": "/n", "list": "/all", "by": "/option", "of": ["yes"]}),
            json!({"sum": ["/yes", "/no"], "figure": "/all"}),
            json!({"sum": ["/yes", "/no"], "is": 15, "when": true}),
            json!({"sum": ["/yes", "/no"], "most": "membership"}),
        ] {
            assert!(reads(&KEYWORD, &right), "{right}");
        }
        for wrong in [
            json!({"figure": "/n"}),
            json!({"list": "/all"}),
            json!({"sum": ["/yes"], "is": 15, "figure": "/n"}),
            json!({"sum": ["/yes"], "is": 15, "most": "membership"}),
            json!({"sum": ["/yes"], "figure": "/n", "most": "membership"}),
            json!({"sum": ["/yes"], "list": "/all"}),
        ] {
            assert_eq!(
                fault(&KEYWORD, &wrong),
                "`x-counts`: `figure` with `list`, or `sum` with `figure`, `is` or `most`, is expected"
            );
        }
        assert!(!reads(&KEYWORD, &json!({"sum": [], "is": 15})));
        for wrong in [
            json!({"figure": "/n", "list": "/all", "by": "/option"}),
            json!({"figure": "/n", "list": "/all", "of": ["yes"]}),
            json!({"sum": ["/yes"], "is": 15, "by": "/option", "of": ["yes"]}),
        ] {
            assert_eq!(
                fault(&KEYWORD, &wrong),
                "`x-counts`: `by` and `of` are used together, with `list`"
            );
        }
    }

    #[test]
    fn a_figure_counts_the_items_with_some_values() {
        let schema = json!({
            "x-counts": {"figure": "/ayes", "list": "/votes", "by": "/option", "of": ["aye", "Yes"]}
        });
        let votes = "[{option: AYE}, {option: yes}, {option: no}, {by: Lee}, yes]";
        assert_eq!(
            facts(&schema, &format!("{{ayes: 2, votes: {votes}}}")),
            ["2 counts 2 with “aye” or “Yes”"]
        );
    }

    #[test]
    fn a_figure_that_names_what_it_counts_counts_that() {
        let schema = json!({"x-counts": {"figure": "/counts/0/n", "list": "/votes"}});
        let found = |counts: &str, votes: &str| {
            facts(&schema, &format!("{{counts: [{counts}], votes: [{votes}]}}"))
        };
        let votes = "{for: Yes, by: Ann}, {for: no, by: Lee}, {for: yes, by: Pat}";
        let counts = "{for: yes, n: 3}, {for: no, n: 1}, {for: absent, n: 4}";
        assert_eq!(found(counts, votes), ["3 counts 2 with “yes”", "1 counts 1 with “no”"]);
        for (counts, votes) in [
            ("{for: all, n: 3}", votes),
            ("{name: yes, n: 3}", votes),
            ("{for: yes, n: 3}", "{for: yes}, {by: Lee}, {for: no}"),
            ("{n: 3}", votes),
        ] {
            assert_eq!(found(counts, votes), ["3 counts a list of 3"], "{counts} {votes}");
        }
    }

    #[test]
    fn a_figure_that_cannot_be_read_counts_nothing() {
        let schema = json!({"x-counts": [{"figure": "/n", "list": "/all"}, {"sum": ["/a", "/b"], "is": 15}]});
        assert_eq!(
            facts(&schema, "{n: 3, all: [x, y], a: 7, b: \"8\"}"),
            ["3 counts a list of 2", "7 and 8 are to make 15"]
        );
        assert_eq!(
            facts(&schema, "{n: 1O, all: [x], a: 7}"),
            ["cannot read `1O`: it is not a whole number such as 12"]
        );
        for nothing in ["{n: N.A., all: [x], a: 7}", "{n: 1O, a: 7}"] {
            assert_eq!(facts(&schema, nothing), [""; 0], "not counted, or without a list");
        }
    }
}
