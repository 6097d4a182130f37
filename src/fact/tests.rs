//! What is taken from records, and where.

mod conditions;

use std::sync::Arc;

use super::{Meaning, Record, extract};
use crate::{
    schema::Catalog,
    source::{Source, Syntax},
    tree::Tree,
    vocabulary::{Expected, Style, TextKind},
};

fn tree(text: &str) -> Tree {
    Tree::parse(Arc::new(Source::new("record.yaml", Syntax::Yaml, text)))
}

fn facts<'t>(catalog: &'t Catalog, tree: &'t Tree) -> Record<'t> {
    let root = tree.node(tree.roots()[0]);
    let choice = catalog.choose(root, None).unwrap();
    extract(
        catalog.graph(),
        catalog.state(choice.schema()).unwrap(),
        root,
        crate::sources::SourceId::default(),
        0,
    )
}

/// The words by which facts were taken, with the pointers of their nodes.
fn taken(catalog: &Catalog, text: &str) -> Vec<(&'static str, String)> {
    let tree = tree(text);
    let record = facts(catalog, &tree);
    let word = |fact: &super::Fact<'_>| {
        (catalog.graph().note(fact.note).keyword.name, fact.node.pointer_from(record.node.id()))
    };
    record.facts.iter().map(word).collect()
}

const PROGRAMME: &str = r#"
id: programme
kind: programme
title: Programme
language: en
date: "2011-05-19"
slots:
  - {id: a, kind: panel, start: "10:00", end: "13:00", title: One, speakers: [{name: Swing, state: tbc}]}
  - {id: b, kind: panel, start: "15:00", end: "17:40", title: Two, speakers: [{name: Koser}]}
"#;

#[test]
fn a_record_with_a_schema_error_keeps_its_other_facts() {
    let catalog = Catalog::bundled();
    let whole = taken(&catalog, PROGRAMME);
    assert_eq!(whole.len(), 21, "{whole:?}");
    for (right, wrong) in [
        ("state: tbc", "state: perhaps"),
        ("kind: panel, start", "kind: panell, start"),
        ("title: One, ", ""),
    ] {
        let broken = taken(&catalog, &PROGRAMME.replacen(right, wrong, 1));
        let lost: Vec<_> = whole.iter().filter(|fact| !broken.contains(fact)).collect();
        // Whether speakers are expected is asked of the kind of the slot, which is the value that broke.
        // A title that is gone is not a text.
        let expected = match right.split_once(':') {
            Some(("kind", _)) => 2,
            Some(("title", _)) => 1,
            _ => 0,
        };
        assert_eq!(lost.len(), expected, "{wrong}: {lost:?}");
    }
}

#[test]
fn where_no_alternative_holds_the_one_that_the_record_means_is_taken() {
    let schema = r#"{"properties": {"kind": {"const": "item"}}, "oneOf": [
        {"properties": {"type": {"const": "talk"}, "by": {"type": "string", "x-speaker": {"name": ""}}, "no": {"type": "integer"}}},
        {"properties": {"type": {"const": "vote"}, "by": {"type": "string", "x-defines": "vote"}}}]}"#;
    let catalog = Catalog::new(&[("item.json".to_owned(), schema.to_owned())]);
    let speaker = [("x-speaker", "/by".to_owned())];
    assert_eq!(taken(&catalog, "{kind: item, type: talk, by: A, no: 1}"), speaker);
    assert_eq!(taken(&catalog, "{kind: item, type: talk, by: A, no: one}"), speaker);
}

#[test]
fn times_take_their_day_from_above() {
    let catalog = Catalog::bundled();
    let tree = tree(PROGRAMME);
    let record = facts(&catalog, &tree);
    let days: Vec<String> = record
        .facts
        .iter()
        .filter_map(|fact| match &fact.meaning {
            Meaning::Interval(interval) => Some(interval.start?.date?.to_string()),
            _ => None,
        })
        .collect();
    assert_eq!(days, ["2011-05-19", "2011-05-19"]);
}

#[test]
fn a_citation_in_prose_points_at_its_own_words_even_among_escapes() {
    let catalog = Catalog::bundled();
    let text =
        "kind: statement\nparagraphs:\n  - \"Caf\\u00e9, General Assembly resolution 63/225.\"\n";
    let tree = tree(text);
    let record = facts(&catalog, &tree);
    let places: Vec<&str> = record
        .facts
        .iter()
        .filter_map(|fact| match &fact.meaning {
            Meaning::Mention(mention) => Some(tree.source().slice(mention.place.span)),
            _ => None,
        })
        .collect();
    assert_eq!(places, ["63/225"]);
}

#[test]
fn null_and_blank_values_give_nothing() {
    let catalog = Catalog::bundled();
    let with = |title: &str| {
        let text = PROGRAMME.replace("id: programme", &format!("id: {title}"));
        let tree = tree(&text);
        facts(&catalog, &tree).head.id.is_some()
    };
    assert_eq!(["x", "null", "\"\"", "\"  \"", "7"].map(with), [true, false, false, false, true]);
}

#[test]
fn a_text_is_taken_and_so_is_every_text_in_a_list() {
    let schema = r#"{"properties": {"kind": {"const": "item"}, "name": {"x-text": "line"},
        "body": {"x-text": "prose"}}}"#;
    let catalog = Catalog::new(&[("item.json".to_owned(), schema.to_owned())]);
    let tree = tree("{kind: item, name: A, body: [One., null, \"  \", 4, {a: b}, [c], Two.]}");
    let record = facts(&catalog, &tree);
    let texts: Vec<_> = record
        .facts
        .iter()
        .filter_map(|fact| match &fact.meaning {
            Meaning::Text(kind, text) => {
                Some((*kind, text.value, fact.node.pointer_from(record.node.id())))
            }
            _ => None,
        })
        .collect();
    let at = |kind, text, place: &str| (kind, text, place.to_owned());
    let (line, prose) = (TextKind::Line, TextKind::Prose);
    let one_and_two = [at(prose, "One.", "/body/0"), at(prose, "Two.", "/body/6")];
    assert_eq!(texts, [vec![at(line, "A", "/name")], one_and_two.to_vec()].concat());
}

#[test]
fn what_an_alias_means_is_taken_where_the_alias_is() {
    let catalog = Catalog::bundled();
    let text = PROGRAMME.replace("[{name: Swing, state: tbc}]", "&chair [{name: Swing}]");
    let text = text.replace("[{name: Koser}]", "*chair");
    let found = taken(&catalog, &text);
    let speakers = found.iter().filter(|(word, _)| *word == "x-speaker").count();
    assert_eq!(speakers, 2, "{found:?}");
}

#[test]
fn somebody_speaks_during_the_nearest_interval_also_through_an_alias() {
    let catalog = Catalog::bundled();
    let text = PROGRAMME.replace("[{name: Swing, state: tbc}]", "&chair [{name: Swing}]");
    let tree = tree(&text.replace("[{name: Koser}]", "*chair"));
    let record = facts(&catalog, &tree);
    let during: Vec<_> = record
        .facts
        .iter()
        .filter_map(|fact| match &fact.meaning {
            Meaning::Speaker(speaker) => Some(record.interval_of(speaker).unwrap().0.name()),
            _ => None,
        })
        .collect();
    assert_eq!(during, ["“One”", "“Two”"]);
}

#[test]
fn an_interval_holds_for_the_speaker_of_the_same_object_and_not_beside_it() {
    let schema = r#"{"properties": {"kind": {"const": "item"}, "head": {"x-speaker": {"name": ""}},
        "talks": {"items": {"x-speaker": {"name": "/by"}, "x-interval": {"start": "/at"}}}}}"#;
    let catalog = Catalog::new(&[("item.json".to_owned(), schema.to_owned())]);
    let tree = tree("{kind: item, talks: [{by: A, at: \"10:00\"}], head: B}");
    let record = facts(&catalog, &tree);
    let timed: Vec<_> = record
        .facts
        .iter()
        .filter_map(|fact| match &fact.meaning {
            Meaning::Speaker(speaker) => {
                Some((speaker.name.unwrap().value, record.interval_of(speaker).is_some()))
            }
            _ => None,
        })
        .collect();
    assert_eq!(timed, [("A", true), ("B", false)]);
}

#[test]
fn only_those_at_its_place_are_the_chair() {
    let catalog = Catalog::bundled();
    let chairs = |text: &str| {
        let tree = tree(text);
        let record = facts(&catalog, &tree);
        let counts = record.facts.iter().filter_map(|fact| match &fact.meaning {
            Meaning::Expects(expects) if expects.what == Expected::Chair => Some(expects.found),
            _ => None,
        });
        counts.collect::<Vec<_>>()
    };
    assert_eq!(chairs(PROGRAMME), [0, 0]);
    let chaired = PROGRAMME.replace("title: One", "title: One, chair: [{name: Lake}]");
    assert_eq!(chairs(&chaired), [1, 0]);
}

#[test]
fn what_agrees_is_joined_and_is_silent_where_its_key_or_its_text_is_missing() {
    let catalog = Catalog::bundled();
    let text = "id: debate\nkind: event\nname: Debate\nstart: \"2011-05-19\"\nvenue: {room: Room 4, building: null, city: New York}\nsegments:\n  - {id: panel-1, title: One, aliases: [Panel one, Morning session]}\n  - {title: Two}\n";
    let tree = tree(text);
    let record = facts(&catalog, &tree);
    let said: Vec<(&str, &str, String, usize, bool)> = record
        .facts
        .iter()
        .filter_map(|fact| match &fact.meaning {
            Meaning::Agrees(a) => Some((a.on, a.of.as_str(), a.text(), a.also.len(), a.authority)),
            _ => None,
        })
        .collect();
    assert_eq!(
        said,
        [
            ("name", "", "Debate".to_owned(), 0, true),
            ("venue", "", "Room 4, New York".to_owned(), 0, true),
            ("title", "panel-1", "One".to_owned(), 2, true),
        ]
    );
}

#[test]
fn a_schema_says_whose_style_its_records_are_in() {
    let catalog = Catalog::bundled();
    let style = |kind: &str| {
        let tree = tree(&format!("kind: {kind}\nid: a\n"));
        facts(&catalog, &tree).head.style
    };
    for kind in ["background", "concept-note", "event", "programme", "resolution", "summary"] {
        assert_eq!(style(kind), Style::House, "{kind}");
    }
    for kind in ["agenda", "letter", "minutes", "register", "statement"] {
        assert_eq!(style(kind), Style::Own, "{kind}");
    }
}

#[test]
fn parts_of_a_symbol_are_read_in_their_form_and_left_out_where_they_cannot_be() {
    let schema = r#"{"properties": {"kind": {"const": "act"}, "symbol": {}, "number": {},
        "session": {"x-form": "ordinal"}},
        "x-parts": {"symbol": "/symbol", "session": "/session", "number": "/number"}}"#;
    let catalog = Catalog::new(&[("act.json".to_owned(), schema.to_owned())]);
    let read = |fields: &str| {
        let text = format!("kind: act\n{fields}\n");
        let tree = tree(&text);
        let record = facts(&catalog, &tree);
        let parts = record.facts.iter().find_map(|fact| match &fact.meaning {
            Meaning::Parts(parts) => Some(parts),
            _ => None,
        });
        parts.map(|parts| (parts.session.map(|one| one.value), parts.number.map(|one| one.value)))
    };
    let symbol = "symbol: A/RES/65/170";
    let both = format!("{symbol}\nsession: Sixty-fifth session\nnumber: 170");
    assert_eq!(read(&both), Some((Some(65), Some(170))));
    let other = format!("{symbol}\nsession: S-27\nnumber: 170th");
    assert_eq!(read(&other), Some((Some(27), None)));
    assert_eq!(read(symbol), Some((None, None)));
    assert_eq!(read("symbol: none\nsession: 65"), None);
}
