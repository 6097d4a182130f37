//! Counts what `x-expects` expects, once all below the annotated value was visited.

use super::Walker;
use crate::{
    calendar,
    fact::{Expects, Fact, Meaning, Moment, Text},
    schema::{
        graph::NoteId,
        vocabulary::{DateRole, Expected, Word},
    },
    tree::NodeRef,
};

impl<'t> Walker<'t, '_> {
    /// Fills in how much of what is expected lies at or below `node`, whose facts begin at `mark`.
    pub(super) fn count_expected(&mut self, node: NodeRef<'t>, mark: usize) {
        for at in mark..self.out.facts.len() {
            let fact = &self.out.facts[at];
            let Meaning::Expects(expects) = &fact.meaning else {
                continue;
            };
            if fact.node.id() != node.id() {
                continue;
            }
            let below = &self.out.facts[mark..];
            let found = match expects.what {
                Expected::Date => count_dates(below, expects.is),
                Expected::Zone => usize::from(self.knows_zone(expects, node, below)),
                // A list of speakers holds them itself: the chair beside it is none of them, also
                // where the list is missing. A chair is known by the place alone.
                Expected::Speaker => count_speakers(below, false, None),
                Expected::Speakers => {
                    count_speakers(below, self.has_place(fact.note), expects.value)
                }
                Expected::Chair => count_speakers(below, true, expects.value),
            };
            if let Meaning::Expects(expects) = &mut self.out.facts[at].meaning {
                expects.found = found;
            }
        }
    }

    /// Whether the word says where those who are expected are written.
    fn has_place(&self, note: NoteId) -> bool {
        matches!(&self.graph.note(note).word, Word::Expects(word) if word.place.is_some())
    }

    /// Whether a zone is written where it belongs, or no time of day lacks one.
    fn knows_zone(&self, expects: &Expects<'_>, node: NodeRef<'t>, below: &[Fact<'_>]) -> bool {
        let is_said = expects.value.is_some_and(|value| self.text(value).is_some());
        let of_record = Some(self.out.head).filter(|_| node.id() == self.out.node.id());
        let bounds = of_record.into_iter().flat_map(|head| [head.starts, head.ends]);
        is_said || !(below.iter().any(has_bare_time) || bounds.flatten().any(|text| is_bare(&text)))
    }
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
        .filter(|fact| matches!(fact.meaning, Meaning::Speaker(_)))
        .filter(|fact| !listed || list.is_some_and(|list| lies_below(fact.node, list)))
        .count()
}

/// Whether the fact is an interval with a time of day of which no offset is known.
fn has_bare_time(fact: &Fact<'_>) -> bool {
    let bare = |moment: Moment<'_>| moment.minute.is_some() && moment.offset.is_none();
    match &fact.meaning {
        Meaning::Interval(interval) => interval.start.into_iter().chain(interval.end).any(bare),
        _ => false,
    }
}

/// Whether the text is a moment with a time of day of which no offset is known.
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
        tree::Tree,
    };

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
        let record = extract(
            catalog.graph(),
            catalog.state(state).unwrap(),
            root,
            crate::sources::SourceId::default(),
            0,
        );
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
