//! What list items are known by, and that fingerprints stay while others are edited.

mod edits;

use std::sync::Arc;

use super::*;
use crate::{
    schema::Catalog,
    source::{Source, Syntax},
    tree::Tree,
};

/// The trail to what `pointer` leads to in a list `l` of this schema.
fn trail(list: &str, text: &str, pointer: &str) -> (String, String) {
    trail_in(&format!(r#"{{"properties": {{"l": {list}}}}}"#), text, pointer)
}

fn trail_in(schema: &str, text: &str, pointer: &str) -> (String, String) {
    let catalog = Catalog::without_bundled(&[("s.json".to_owned(), schema.to_owned())]);
    assert!(catalog.errors().iter().all(|error| error.usable), "{:?}", catalog.errors());
    let tree = Tree::parse(Arc::new(Source::new("r.yaml", Syntax::Yaml, text)));
    let root = tree.records()[0];
    let state = catalog.state(catalog.find("s.json").unwrap());
    let trails = Trails::new(catalog.graph(), root, state);
    let lookup = Lookup::default();
    let trail = trails.to(root.pointer(pointer).unwrap(), &lookup);
    (trail.path.replace('\u{1f}', "="), trail.pointer)
}

fn both(path: &str, pointer: &str) -> (String, String) {
    (path.to_owned(), pointer.to_owned())
}

#[test]
fn an_item_is_known_by_the_key_that_its_list_declares() {
    let list = r#"{"x-unique": {"by": ["/nr", "/code"]}, "items": {"x-interval": {"start": "/a", "end": "/b", "label": "/t"}}}"#;
    let text = "l: [{t: T, code: c, nr: s/1, a: 9, b: 10}, {t: T, code: c 2}, {t: T}, {nr: 7}]";
    assert_eq!(trail(list, text, "/l/0/t"), both("/l/=ks/1/t", "/l/s~11/t"));
    assert_eq!(trail(list, text, "/l/1"), both("/l/=kc 2", "/l/c 2"));
    assert_eq!(trail(list, text, "/l/2/t"), both("/l/=nT/t", "/l/2/t"), "it has no key");
    assert_eq!(trail(list, text, "/l/3/nr"), both("/l/=k7/nr", "/l/3/nr"), "a number is an index");
    let several = r#"{"x-unique": {"by": [["/given", "/family"]]}}"#;
    let text = "l: [{given: A, family: B}]";
    assert_eq!(trail(several, text, "/l/0/given"), both("/l/=kA=B/given", "/l/0/given"));
    let scalars = r#"{"x-unique": {"by": [""]}}"#;
    assert_eq!(trail(scalars, "l: [x, y]", "/l/1"), both("/l/=ky", "/l/y"));
}

#[test]
fn a_key_may_be_declared_above_the_list_at_the_item_or_at_its_member() {
    let above = r#"{"x-unique": {"in": ["/l", "/m"], "by": ["/code"]}}"#;
    assert_eq!(trail_in(above, "m: [{code: c}]", "/m/0"), both("/m/=kc", "/m/c"));
    let item = r#"{"items": {"x-defines": {"space": "letter", "key": ["/code"]}}}"#;
    assert_eq!(trail(item, "l: [{code: c}]", "/l/0"), both("/l/=kc", "/l/c"));
    let shared = item.replace(r#""key""#, r#""shared": true, "key""#);
    assert!(trail(&shared, "l: [{code: c}]", "/l/0").0.starts_with("/l/=d"), "others have it too");
    let member = r#"{"items": {"properties": {"code": {"x-defines": "letter"}}}}"#;
    assert_eq!(trail(member, "l: [{n: 1, code: c}]", "/l/0/n"), both("/l/=kc/n", "/l/c/n"));
}

#[test]
fn a_number_that_is_counted_is_no_key() {
    let list = r#"{"x-unique": {"by": ["/n"]}, "x-sequence": {"by": "/n"}}"#;
    let text = "l: [{n: a, text: X}, {n: b, text: X}, {n: b, text: Y}]";
    let path = |index: usize| trail(list, text, &format!("/l/{index}"));
    assert_eq!(path(0).0, path(1).0, "where it is in the list is no part of what it is");
    assert_ne!(path(1).0, path(2).0);
    assert_eq!(path(2).1, "/l/2");
}

#[test]
fn without_a_key_a_label_a_name_a_heading_or_a_start_counts() {
    let label = r#"{"items": {"x-expects": {"what": "chair", "label": "/t"}, "x-interval": {"start": "/a", "end": "/b"}}}"#;
    assert_eq!(trail(label, "l: [{a: 9, t: \"T  U\"}]", "/l/0/a").0, "/l/=nT U/a");
    assert_eq!(trail(label, "l: [{a: 9, b: 10}]", "/l/0/b").0, "/l/=s9/b");
    let name = r#"{"items": {"x-speaker": {"name": "/who", "role": "/as"}}}"#;
    assert_eq!(trail(name, "l: [{as: Chair, who: Ana}]", "/l/0/as").0, "/l/=nAna/as");
    assert_eq!(trail(name, "l: [{as: Chair, who: ' '}]", "/l/0").0, "/l/=nChair");
    let heading =
        r#"{"items": {"properties": {"h": {"x-text": "line"}, "g": {"x-text": "line"}}}}"#;
    assert_eq!(trail(heading, "l: [{n: 1, h: H, p: [x]}]", "/l/0/n").0, "/l/=nH/n");
    let two = trail(heading, "l: [{h: H, g: G}]", "/l/0").0;
    assert!(two.starts_with("/l/=d"), "{two}");
}

#[test]
fn else_a_digest_of_the_other_scalars_counts() {
    let path = |text: &str, pointer: &str| trail("{}", text, pointer).0;
    let at_a = path("l: [{a: 1, b: 2, c: [x]}]", "/l/0/a");
    assert!(at_a.starts_with("/l/=d") && at_a.ends_with("/a"), "{at_a}");
    for same in [
        "l: [{b: 2, a: 7, c: {}}]",
        "l: [{}, {a: 7, b: \"2\"}]",
        "l:\n- c: []\n  d: null\n  b: 2 # so\n  a:\n    long",
    ] {
        let index = usize::from(same.contains("{}, "));
        assert_eq!(path(same, &format!("/l/{index}/a")), at_a, "{same}");
    }
    assert_ne!(path("l: [{a: 1, b: 3}]", "/l/0/a"), at_a);
    assert_ne!(path("l: [{a: 1, x: 2}]", "/l/0/a"), at_a, "names count");
    assert_eq!(path("l: [{b: 2, c: [x]}]", "/l/0/c/0"), path("l: [{b: 2, c: [y, x]}]", "/l/0/c/1"));
}

#[test]
fn what_has_nothing_else_is_known_by_the_value_itself() {
    let path = |text: &str, pointer: &str| trail("{}", text, pointer).0;
    assert_eq!(path("l: [x, y]", "/l/1"), path("l: [a, y, b]", "/l/1"));
    let long = "The Assembly considers that international migration needs co-operation of all";
    let edited = long.replace("needs", "demands").replace("The", "the");
    let at = |text: &str| path(&format!("l: [x, \"{text}\"]"), "/l/1");
    assert_eq!(at(long), at(&edited), "its longest words are the same");
    assert_ne!(at(long), at(&long.replace("migration", "trade")));
    assert_ne!(path("l: [x, y]", "/l/1"), path("l: [x, y]", "/l/0"));
    assert_eq!(path("l: [{p: x}, {p: y}]", "/l/1/p"), path("l: [{p: y}]", "/l/0/p"));
    assert_eq!(path("l: [{p: [x]}, {p: [y]}]", "/l/1"), path("l: [{p: [x]}]", "/l/0"));
    assert_eq!(path("l: [[1, 2], [3]]", "/l/0/1"), path("l: [[2, 1]]", "/l/0/0"));
    assert_eq!(path("l: [~, [], {}]", "/l/0"), path("l: [[], {}, ~]", "/l/0"));
}

#[test]
fn a_long_key_counts_and_names_nothing() {
    let list = r#"{"x-unique": {"by": ["/code"]}}"#;
    let long = |end: &str| format!("l: [{{code: {}{end}, a: 1}}]", "x".repeat(200));
    let path = |end: &str| trail(list, &long(end), "/l/0/a");
    assert_eq!(path("").1, format!("/l/{}/a", "x".repeat(200)));
    assert_eq!(path("y").1, "/l/0/a");
    assert!(path("y").0.len() < 30 && path("y").0 != path("z").0);
}

#[test]
fn what_a_schema_says_is_left_out_where_it_costs_too_much() {
    let schema = r##"{"$ref": "#/$defs/n", "$defs": {"n": {"properties": {
        "a": {"anyOf": [{"$ref": "#/$defs/n"}, {"$ref": "#/$defs/n"}]},
        "l": {"x-unique": {"by": ["/code"]}}, "z": false}}}}"##;
    let nested = |depth: usize, end: &str| {
        format!("{}{{l: [{{code: c}}]{end}}}{}", "{a: ".repeat(depth), "}".repeat(depth))
    };
    let path = |depth: usize, end: &str| {
        let pointer = format!("{}/l/0", "/a".repeat(depth));
        trail_in(schema, &nested(depth, end), &pointer).1
    };
    assert!(path(3, "").ends_with("/l/c") && path(40, "").ends_with("/l/c"));
    // Each level that is wrong doubles the work.
    assert!(path(40, ", z: 1").ends_with("/l/0"));
}

#[test]
fn keys_of_members_and_what_an_alias_means_are_on_the_way() {
    let tree = |text: &str| Tree::parse(Arc::new(Source::new("r.yaml", Syntax::Yaml, text)));
    let tree = tree("l:\n- &a {x: 1, y: 2}\n- *a\n");
    let root = tree.records()[0];
    let (catalog, lookup) = (Catalog::without_bundled(&[]), Lookup::default());
    let trails = Trails::new(catalog.graph(), root, None);
    let item = root.pointer("/l/0").unwrap();
    let (key, value) = item.member("x").unwrap();
    assert_eq!(trails.to(key, &lookup).path, trails.to(value, &lookup).path);
    let alias = root.get("l").unwrap().elements().nth(1).unwrap();
    assert_eq!(trails.to(alias, &lookup).path, trails.to(item, &lookup).path);
    assert_eq!(trails.to(root, &lookup).path, "");
}

/// How many nodes are looked at for the trails to all values of `members` members in each of `items` items.
fn work(items: usize, members: usize) -> usize {
    let item = |item: usize| {
        let members: Vec<String> = (0..members).map(|n| format!("\"m{n}\": {item}")).collect();
        format!("{{{}}}", members.join(", "))
    };
    let items: Vec<String> = (0..items).map(item).collect();
    let text = format!("{{\"l\": [{}]}}", items.join(", "));
    let tree = Tree::parse(Arc::new(Source::new("r.json", Syntax::Json, text)));
    let root = tree.records()[0];
    let (catalog, lookup) = (Catalog::without_bundled(&[]), Lookup::default());
    let trails = Trails::new(catalog.graph(), root, None);
    for item in root.get("l").unwrap().elements() {
        for (key, value) in item.members() {
            trails.to(key, &lookup);
            trails.to(value, &lookup);
        }
    }
    trails.looked.get()
}

#[test]
fn each_item_and_each_member_is_looked_at_once_however_many_findings_there_are() {
    for (items, members) in [(10_000, 1), (1, 10_000), (100, 100)] {
        // Each member for the digest of its item, for the key that it may define, and on the way to a finding.
        let most = 3 * items * members + 2 * items + 10;
        let work = work(items, members);
        assert!(work <= most, "{work} for {items} items of {members} members, {most} at most");
    }
}
