//! `x-expects`: who or what must be there.

use serde_json::json;

use super::{
    Arguments, Collector, DateRole, Fact, Given, Keyword, Kind, Meaning, Moment, Pointer, Record,
    SpeakerState, Text,
    arguments::Fault,
    fact::opening,
    keyword::{Choice, optional, required, words},
};
use crate::{calendar, finding::Place, tree::NodeRef};

pub(super) static KEYWORD: Keyword = Keyword {
    name: "x-expects",
    about: "who or what must be there",
    repeats: true,
    short: None,
    arguments: &[
        required(
            "what",
            Kind::Choice(words::<Expected>),
            "`speaker` for a value that one person speaks in, `speakers` for a list of them, `chair` for a person who \
             chairs or moderates; `date` for an `x-date`; `zone` for the zone of times of day",
        ),
        optional(
            "is",
            Kind::Choice(words::<DateRole>),
            "for a `date`: which one, as in `x-date`; without it, any counts",
        ),
        optional("in", Kind::Pointer, "where they are written, and where the finding goes"),
        optional("label", Kind::Pointer, "what messages call the annotated value"),
        optional(
            "usual",
            Kind::Flag,
            "`true` where it is usual and need not be: the finding is an info, and there is none where the label may name a speaker",
        ),
    ],
    example: r#"{"what": "speaker", "in": "/speakers", "label": "/title"}"#,
    between: Some(
        || json!({"if": {"required": ["is"]}, "then": {"properties": {"what": {"const": "date"}}}}),
    ),
    read,
};

/// The arguments of `x-expects`.
#[derive(Clone, Debug)]
pub struct ExpectsArguments {
    /// Who or what must be there.
    pub what: Expected,
    /// Which date it is; without it, any counts.
    pub is: Option<DateRole>,
    /// Where they are written.
    pub place: Option<Pointer>,
    /// What to call the annotated value in messages.
    pub label: Option<Pointer>,
    /// Whether it is usual and need not be.
    pub usual: bool,
}

fn read(given: &Given<'_>) -> Result<Box<dyn Arguments>, Fault> {
    let (what, is) = (given.required_choice("what")?, given.choice("is"));
    if is.is_some() && what != Expected::Date {
        return Err(given.fault("`is` says which date is expected, and `what` is not `date`"));
    }
    let (place, label) = (given.pointer("in"), given.pointer("label"));
    let usual = given.flag("usual");
    Ok(Box::new(ExpectsArguments { what, is, place, label, usual }))
}

/// What `x-expects` expects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Expected {
    /// One speaker.
    Speaker,
    /// A list of speakers.
    Speakers,
    /// Someone who chairs or moderates.
    Chair,
    /// A date of the record.
    Date,
    /// The zone of the times of day.
    Zone,
}

impl Expected {
    /// The word for it in schemas.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Speaker => "speaker",
            Self::Speakers => "speakers",
            Self::Chair => "chair",
            Self::Date => "date",
            Self::Zone => "zone",
        }
    }
}

impl Choice for Expected {
    const ALL: &'static [Self] =
        &[Self::Speaker, Self::Speakers, Self::Chair, Self::Date, Self::Zone];

    fn word(self) -> &'static str {
        self.word()
    }
}

/// Someone or something must be there.
#[derive(Clone, Copy, Debug)]
pub struct Expects<'t> {
    /// Who or what.
    pub what: Expected,
    /// For a date: which one, unless any counts.
    pub is: Option<DateRole>,
    /// Where it is to be written: the value, its key, or the object that lacks it.
    pub place: Place,
    /// The key under which it is to be written, where it is there.
    pub value: Option<NodeRef<'t>>,
    /// What to call the thing.
    pub label: Option<Text<'t>>,
    /// Whether it is usual and need not be.
    pub is_usual: bool,
    /// The thing itself.
    pub node: NodeRef<'t>,
    /// How many speakers or dates there are. For a zone: whether none is lacking.
    pub found: usize,
}

impl Arguments for ExpectsArguments {
    fn take<'t>(&'t self, node: NodeRef<'t>, collector: &mut Collector<'t>) {
        let value = self.place.as_ref().and_then(|pointer| pointer.find(node));
        let place = match value {
            Some(value) => collector.place(value, value.span()),
            None => collector.place(node, opening(node)),
        };
        let label = collector.find_optional(node, self.label.as_ref());
        let (what, is, is_usual) = (self.what, self.is, self.usual);
        let expects = Expects { what, is, place, value, label, is_usual, node, found: 0 };
        collector.push_open(node, Meaning::Expects(Box::new(expects)));
    }

    /// Counts how much of what is expected is at or below the node.
    fn complete(&self, at: usize, from: usize, collector: &mut Collector<'_>) {
        let fact = &collector.record.facts[at];
        let Meaning::Expects(expects) = &fact.meaning else { return };
        let below = &collector.record.facts[from..];
        let found = match expects.what {
            Expected::Date => count_dates(below, expects.is),
            Expected::Zone => usize::from(knows_zone(expects, fact.node, from, collector)),
            // A list of speakers holds them itself: the chair beside it is none of them, also
            // where the list is missing. A chair is known by the place alone.
            Expected::Speaker => count_speakers(below, false, None),
            Expected::Speakers => count_speakers(below, self.place.is_some(), expects.value),
            Expected::Chair => count_chairs(below, expects.value),
        };
        if let Meaning::Expects(expects) = &mut collector.record.facts[at].meaning {
            expects.found = found;
        }
    }

    fn describe(&self, fact: &Fact<'_>, _record: &Record<'_>) -> String {
        let Meaning::Expects(expects) = &fact.meaning else { return String::new() };
        let is = expects.is.map(|is| format!(" `{}`", is.word())).unwrap_or_default();
        format!("expects {}{is}, finds {}", expects.what.word(), expects.found)
    }
}

/// Whether a zone is written where it belongs, or no time of day lacks one.
fn knows_zone<'t>(
    expects: &Expects<'t>,
    node: NodeRef<'t>,
    from: usize,
    collector: &Collector<'t>,
) -> bool {
    let record = &collector.record;
    let is_written = expects.value.is_some_and(|value| collector.text(value).is_some());
    let of_record = Some(record.head).filter(|_| node.id() == record.node.id());
    let mut bounds = of_record.into_iter().flat_map(|head| [head.starts, head.ends]).flatten();
    is_written
        || !(record.facts[from..].iter().any(has_bare_time) || bounds.any(|text| is_bare(&text)))
}

/// How many of the facts are such dates. An interval whose day is known dates a record as well.
fn count_dates(facts: &[Fact<'_>], is: Option<DateRole>) -> usize {
    let counts = |fact: &&Fact<'_>| match &fact.meaning {
        Meaning::Date(role, _) => is.is_none_or(|is| is == *role),
        Meaning::Interval(interval) => {
            let day = interval.start.or(interval.end).and_then(|moment| moment.date);
            day.is_some() && is.is_none_or(|is| is == DateRole::Held)
        }
        _ => false,
    };
    facts.iter().filter(counts).count()
}

fn count_speakers(facts: &[Fact<'_>], listed: bool, list: Option<NodeRef<'_>>) -> usize {
    facts
        .iter()
        .filter(|fact| match &fact.meaning {
            Meaning::Speaker(_) => true,
            // Someone is to come who is not named yet.
            Meaning::Unnamed(speaker) => speaker.is_in_state(&[SpeakerState::Tbc]),
            _ => false,
        })
        .filter(|fact| !listed || list.is_some_and(|list| lies_below(fact.node, list)))
        .count()
}

/// Those in the list of chairs. A list in which all of several speakers have another capacity holds speakers, and no chair.
fn count_chairs(facts: &[Fact<'_>], list: Option<NodeRef<'_>>) -> usize {
    let all = count_speakers(facts, true, list);
    let is_in_list = |fact: &&Fact<'_>| list.is_some_and(|list| lies_below(fact.node, list));
    let has_capacity = |fact: &Fact<'_>| matches!(&fact.meaning, Meaning::Speaker(speaker) if speaker.capacity.is_some());
    let apart = facts.iter().filter(is_in_list).filter(|fact| has_capacity(fact)).count();
    if all > 1 && apart == all { 0 } else { all }
}

/// Whether the fact is an interval with a time of day whose offset is unknown.
fn has_bare_time(fact: &Fact<'_>) -> bool {
    let bare = |moment: Moment<'_>| moment.minute.is_some() && moment.offset.is_none();
    match &fact.meaning {
        Meaning::Interval(interval) => interval.start.into_iter().chain(interval.end).any(bare),
        _ => false,
    }
}

/// Whether the text is a moment with a time of day whose offset is unknown.
fn is_bare(text: &Text<'_>) -> bool {
    calendar::iso_moment(text.value)
        .is_ok_and(|moment| moment.minute.is_some() && moment.offset.is_none())
}

fn lies_below(node: NodeRef<'_>, list: NodeRef<'_>) -> bool {
    let target = list.resolved().id();
    std::iter::successors(Some(node), |node| node.parent()).any(|node| node.id() == target)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        fact::extract,
        schema::Catalog,
        source::{Source, Syntax},
        sources::SourceId,
        tree::Tree,
        vocabulary::testing::{fault, reads},
    };

    #[test]
    fn only_an_expected_date_says_which_it_is() {
        assert!(reads(&KEYWORD, &json!({"what": "date", "is": "issued"})));
        assert_eq!(
            fault(&KEYWORD, &json!([{"what": "date"}, {"what": "speaker", "is": "issued"}])),
            "item 2 of `x-expects`: `is` says which date is expected, and `what` is not `date`"
        );
    }

    /// A schema whose records expect what `words` say, among a date, a list of sittings and a zone.
    fn expecting(words: &str) -> Catalog {
        let schema = r#"{
            "x-record": {"id": "/id", "starts": "/opens", "ends": "/closes"}, "x-expects": WORDS,
            "properties": {
                "kind": {"const": "assembly"}, "id": {"type": "string"}, "zone": {"type": "string"},
                "opens": {"type": "string"}, "closes": {"type": "string"},
                "printed": {"type": "string", "x-date": "issued"},
                "sittings": {"items": {"x-interval": {"start": "/from", "end": "/to"}, "properties": {
                    "from": {"type": "string"}, "to": {"type": "string"}}}}}}"#;
        let catalog = Catalog::new(&[("assembly.json".into(), schema.replace("WORDS", words))]);
        assert!(catalog.errors().is_empty(), "{:?}", catalog.errors());
        catalog
    }

    fn is_met(words: &str, what: Expected, record: &str) -> bool {
        let catalog = expecting(words);
        let text = format!("{{kind: assembly, {record}}}");
        let tree = Tree::parse(Arc::new(Source::new("record.yaml", Syntax::Yaml, text)));
        let root = tree.node(tree.roots()[0]);
        let state = catalog.choose(root, None).unwrap().schema();
        let record =
            extract(catalog.graph(), catalog.state(state).unwrap(), root, SourceId::default(), 0);
        record.unmet(what).next().is_none()
    }

    #[test]
    fn a_date_is_expected_of_its_sort_or_of_any() {
        let any = |record| is_met(r#"{"what": "date"}"#, Expected::Date, record);
        assert!(!any("printed: null") && any("printed: \"2011-05-19\""));
        // What cannot be read was still written.
        assert!(any("printed: soon"));
        assert!(any("sittings: [{from: \"2011-05-19T10:00\"}]"));
        assert!(!any("sittings: [{from: \"10:00\", to: \"11:00\"}]"));
        let of = |sort: &str, record| {
            let words = format!(r#"{{"what": "date", "is": "{sort}"}}"#);
            is_met(&words, Expected::Date, record)
        };
        assert!(of("issued", "printed: \"2011-05-19\"") && !of("held", "printed: \"2011-05-19\""));
        let sitting = "sittings: [{from: \"2011-05-19T10:00\"}]";
        assert!(of("held", sitting) && !of("issued", sitting));
    }

    #[test]
    fn a_zone_is_expected_where_a_time_of_day_has_no_offset() {
        let known = |record| is_met(r#"{"what": "zone", "in": "/zone"}"#, Expected::Zone, record);
        assert!(known("opens: \"2011-05-19\", closes: \"2011-05-19\""));
        assert!(known("opens: \"2011-05-19T10:00Z\", closes: \"2011-05-19T18:00-04:00\""));
        assert!(!known("opens: \"2011-05-19T10:00Z\", closes: \"2011-05-19T18:00\""));
        assert!(known("closes: \"2011-05-19T18:00\", zone: America/New_York"));
        assert!(!known("closes: \"2011-05-19T18:00\", zone: \" \""));
        assert!(!known("sittings: [{from: \"10:00\", to: \"11:00\"}]"));
        assert!(known("sittings: [{from: \"2011-05-19T10:00+00:00\"}]"));
        assert!(known("sittings: []"));
    }
}
