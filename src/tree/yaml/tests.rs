use std::fmt::Write as _;

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{
    source::{Span, Syntax},
    tree::{
        Kind, MAX_DEPTH, MAX_EXPANDED, NodeRef, ProblemKind, Style, Tree,
        json::properties::any_value,
        testing::{assert_sound, syntax_problem, tree, value},
        value::to_value,
    },
};

pub(super) fn yaml(text: &str) -> Tree {
    tree(Syntax::Yaml, text)
}

pub(super) fn root(tree: &Tree) -> NodeRef<'_> {
    tree.node(tree.roots()[0])
}

/// What each node is written as, in order.
fn written(tree: &Tree) -> Vec<&str> {
    let nodes = (0..tree.len()).map(|index| tree.node_at_index(index).unwrap());
    nodes.map(|node| tree.source().slice(node.span())).collect()
}

#[test]
fn every_node_has_the_span_it_is_written_in() {
    let block =
        "# programme\na: x y\nb:\n  - 'it''s' # first\n  - \"q\\t\"\n\n# end\nc: {d: [1, é]}\n";
    let tree = yaml(block);
    assert_sound(&tree);
    assert_eq!(tree.problems(), []);
    let whole = &block["# programme\n".len()..block.len() - 1];
    assert_eq!(
        written(&tree),
        [
            whole,
            "a",
            "x y",
            "b",
            "- 'it''s' # first\n  - \"q\\t\"",
            "'it''s'",
            "\"q\\t\"",
            "c",
            "{d: [1, é]}",
            "d",
            "[1, é]",
            "1",
            "é"
        ]
    );
    assert_eq!(value(&tree), json!({"a": "x y", "b": ["it's", "q\t"], "c": {"d": [1, "é"]}}));
    let first = root(&tree).pointer("/b/0").unwrap();
    assert!(!first.is_verbatim() && first.style() == Style::Quoted);
    assert!(root(&tree).get("a").unwrap().is_verbatim());
}

#[test]
fn a_block_scalar_reaches_from_its_header_to_its_last_character() {
    let cases = [
        ("a: |\n  x\n  y\n\nb: 1\n", "|\n  x\n  y", "x\ny\n"),
        ("a: >-\n  foo\n  bar\nb: 1\n", ">-\n  foo\n  bar", "foo bar"),
        ("a: |2\n   x\nb: 1\n", "|2\n   x", " x\n"),
        ("a: | # a | b\n  x\nb: 1\n", "| # a | b\n  x", "x\n"),
        ("a: # c | d\n  |\n  x\nb: 1\n", "|\n  x", "x\n"),
        ("a: &p !!str |\n  x\nb: 1\n", "|\n  x", "x\n"),
        ("a: |\n\n  |x\nb: 1\n", "|\n\n  |x", "\n|x\n"),
        ("a: |-\n\n\nb: 1\n", "|-", ""),
        ("a: |+\n  x\n\nb: 1\n", "|+\n  x", "x\n\n"),
        ("a: |\r\n  x\r\n  y\r\nb: 1\r\n", "|\r\n  x\r\n  y", "x\ny\n"),
        ("a: |\n  x  \nb: 1\n", "|\n  x  ", "x  \n"),
        ("a: |\n  é", "|\n  é", "é\n"),
    ];
    for (text, span, value) in cases {
        let tree = yaml(text);
        assert_sound(&tree);
        let node = root(&tree).get("a").unwrap();
        assert_eq!(tree.source().slice(node.span()), span, "{text:?}");
        assert_eq!((node.as_str(), node.style()), (Some(value), Style::Block), "{text:?}");
        assert!(!node.is_verbatim());
    }
    let list = yaml("- |\n  a\n# x | y\n- >\n  b\n");
    assert_eq!(written(&list)[1..], ["|\n  a", ">\n  b"]);
}

#[test]
fn an_empty_value_is_null_where_the_value_would_are() {
    let cases: [(&str, &[u32]); 8] = [
        ("-   # none\n- 1\n", &[1]),
        ("a:\n  -\n  # none\n  - \n", &[6, 19]),
        ("a:\nb: 1\n", &[2]),
        ("a: # none\n", &[2]),
        ("- \n- 1\n", &[1]),
        ("{a: , b}", &[3, 7]),
        ("a: &x\n", &[5]),
        ("---\n", &[3]),
    ];
    for (text, places) in cases {
        let tree = yaml(text);
        assert_sound(&tree);
        assert_eq!(tree.problems(), [], "{text:?}");
        let nodes = (0..tree.len()).map(|index| tree.node_at_index(index).unwrap());
        let nulls: Vec<Span> = nodes.filter(|node| node.is_null()).map(NodeRef::span).collect();
        let expected: Vec<Span> = places.iter().map(|at| Span::at(*at)).collect();
        assert_eq!(nulls, expected, "{text:?}");
    }
}

/// The text before the bytes in question, those bytes, the rest; the message.
const CASES: &[(&str, &str, &str, &str)] = &[
    ("", "", "", "the file is empty"),
    ("# nothing\n", "", "", "the file is empty"),
    ("a: 1\n", "---", "\nb: 2\n", "a second document begins here"),
    ("a\n...\n", "---", "\n", "a second document begins here"),
    ("a: ", "*x", "\n", "no anchor `&x` comes before this alias"),
    ("a: &x [1, ", "*x", "]\n", "this alias refers to a value that contains it"),
    ("? ", "[", "a]\n: 1\n", "expected a key, found a list"),
    ("", "{", "a: 1}: 2\n", "expected a key, found a mapping"),
    ("a: &x b\n", "*x", " : 1\n", "expected a key, found an alias"),
    ("{", ":", " 1}", "a key is missing before this"),
    ("a: ", "!date", " 2011-05-19\n", "`!date` is a tag that records cannot have"),
    ("a: ", "!!set", " {b}\n", "`!!set` is a tag that records cannot have"),
    ("a: ", "!!int", " [1]\n", "the tag `!!int` is used with an array"),
    ("a: ", "!!map", " x\n", "the tag `!!map` is used with a scalar"),
    ("a: !!int ", "x", "\n", "this is not an integer"),
    ("a: !!int ", "1.5", "\n", "this is not an integer"),
    ("a: !!bool ", "yes", "\n", "this is not a boolean"),
    ("a: !!float ", ".inf", "\n", "JSON has no such number"),
    ("a: ", "1e400", "\n", "this number is too large for other programs to read"),
    ("a: ", "[", "1, 2\n", "this `[` is never closed with `]`"),
    ("a: ", "'", "x\n", "the quote that opens here is never closed"),
    ("a: b", ":", " c\n", "unexpected colon: no key can be here"),
    ("a: ", "@", "x\n", "`@` cannot begin a value"),
    ("a: A", "\u{1}", "B\n", "the control character U+0001 is not allowed here"),
    ("a: \"A", "\u{1}", "B\"\n", "the control character U+0001 is not allowed here"),
    ("a: A", "\0", "B\n", "the control character U+0000 is not allowed here"),
    ("a: [b, c,", ",", " d]\n", "two commas have nothing between them"),
    ("a: {b: 1, ", ",", " d: 2}\n", "two commas have nothing between them"),
    ("a: ", "|", " Budget\n", "nothing may follow `|` on its line"),
    ("a: ", ">", " Budget\n", "nothing may follow `>` on its line"),
    ("a: 1\nb:", "\u{a0}", " c\n", "U+00A0 follows this colon instead of an ordinary space"),
    ("b:", "\u{2009}", "c\na: 1\n", "U+2009 follows this colon instead of an ordinary space"),
    (
        "- {a: Item ",
        "#",
        "5}\n- {a: 6}\n",
        "the rest of this line is a comment, so the bracket before it is not closed",
    ),
    (
        "a: [x, y ",
        "#",
        "1]\nb: 2\n",
        "the rest of this line is a comment, so the bracket before it is not closed",
    ),
    ("a: ", "[", "x, # one]\n", "this `[` is never closed with `]`"),
];

#[test]
fn a_syntax_problem_says_what_was_found_where() {
    for (before, found, after, message) in CASES {
        let text = [*before, found, after].concat();
        let tree = yaml(&text);
        assert_sound(&tree);
        let (span, reported, _) = syntax_problem(&tree);
        assert_eq!(reported, *message, "{text:?}");
        let start = before.len() as u32;
        assert_eq!(span, Span::new(start, start + found.len() as u32), "{text:?}");
    }
}

#[test]
fn what_was_read_before_the_problem_is_kept() {
    let tree = yaml("a: 1\nb:\n  - 2\n  - *none\n");
    assert_eq!(value(&tree), json!({"a": 1, "b": [2]}));
    assert!(!tree.is_whole());
}

#[test]
fn one_document_may_be_marked_and_ended() {
    for text in ["---\na: 1\n", "--- {a: 1}\n...\n", "%YAML 1.2\n---\na: 1\n", "\u{FEFF}a: 1\n"] {
        let tree = yaml(text);
        assert_eq!(tree.problems(), [], "{text:?}");
        assert_eq!(value(&tree), json!({"a": 1}));
    }
}

#[test]
fn the_deepest_nesting_is_that_of_json() {
    for (depth, whole) in [(MAX_DEPTH, true), (MAX_DEPTH + 1, false), (100_000, false)] {
        let flow = "[".repeat(depth) + &"]".repeat(depth);
        assert_eq!(yaml(&flow).is_whole(), whole, "{depth}");
        let block = "- ".repeat(depth) + "x";
        let tree = yaml(&block);
        assert_eq!(tree.is_whole(), whole, "{depth}");
        if !whole {
            let place = Span::at(2 * MAX_DEPTH as u32);
            assert_eq!(syntax_problem(&tree).0, place, "{depth}");
        }
        assert_sound(&tree);
    }
}

#[test]
fn an_alias_is_a_node_that_points_at_its_target() {
    let tree = yaml("a: &x\n  k: v\nb: *x\nc: [*x, &y 1, *y]\n");
    assert_sound(&tree);
    assert_eq!(tree.problems(), []);
    let b = tree.node_at_offset(tree.source().text.find("*x").unwrap() as u32).unwrap();
    assert_eq!(b.resolved().id(), root(&tree).get("a").unwrap().id());
    assert_eq!(tree.source().slice(b.span()), "*x");
    assert_eq!(b.kind(), Kind::Object);
    assert_eq!(value(&tree)["c"], json!([{"k": "v"}, 1, 1]));
}

#[test]
fn a_few_lines_cannot_become_a_billion_nodes() {
    let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let alias = format!("*a{}", level - 1);
        writeln!(text, "a{level}: &a{level} [{}]", vec![alias; 10].join(", ")).unwrap();
    }
    let tree = yaml(&text);
    let (span, message, _) = syntax_problem(&tree);
    assert_eq!(message, "the aliases up to here expand to more than 1000000 values");
    assert!(tree.source().slice(span).starts_with("*a4"), "{}", tree.source().slice(span));
    assert!(tree.len() < 200);
}

#[test]
fn aliases_cannot_nest_deeper_than_values() {
    let mut text = String::from("- &a0 [x]\n");
    for level in 1..MAX_DEPTH {
        writeln!(text, "- &a{level} [*a{}]", level - 1).unwrap();
    }
    let tree = yaml(&text);
    assert_eq!(syntax_problem(&tree).1, "values are nested more than 127 deep");
    let allowed = text.lines().take(MAX_DEPTH - 1).collect::<Vec<_>>().join("\n");
    assert_eq!(yaml(&allowed).problems(), []);
}

#[test]
fn keys_are_strings_and_what_readers_make_of_them_is_reported() {
    let tree =
        yaml("1: a\nyes: b\nnull: c\n\"2\": d\n!!str 3: e\nname: f\n'yes': g\n<<: {}\n'<<': h\n");
    assert_sound(&tree);
    let keys: Vec<_> = root(&tree).members().filter_map(|(key, _)| key.as_str()).collect();
    assert_eq!(keys, ["1", "yes", "null", "2", "3", "name", "yes", "<<", "<<"]);
    let reported: Vec<String> = tree
        .problems()
        .iter()
        .map(|problem| match &problem.kind {
            ProblemKind::AmbiguousScalar { here, elsewhere } => format!("{here} | {elsewhere}"),
            ProblemKind::CutByComment { .. } => "cut".to_owned(),
            ProblemKind::MergeKey => "merge".to_owned(),
            ProblemKind::DuplicateKey { key, .. } => format!("twice {key}"),
            ProblemKind::Syntax { message, .. } => message.clone(),
        })
        .collect();
    assert_eq!(
        reported,
        [
            "the key \"1\" | the number 1",
            "the key \"yes\" | true",
            "the key \"null\" | null",
            "twice yes",
            "merge",
            "twice <<"
        ]
    );
}

#[test]
fn a_merge_key_brings_the_members_that_the_object_does_not_have() {
    for (text, expected) in [
        ("- &d {k: 1, l: [2]}\n- <<: *d\n  m: 3\n", json!({"k": 1, "l": [2], "m": 3})),
        // Its own members count, wherever they are, and those of the first object of a list.
        ("- &d {k: 1, l: 2}\n- k: 0\n  <<: *d\n  l: 3\n", json!({"k": 0, "l": 3})),
        ("- [&d {k: 1}, &e {k: 2, l: 3}]\n- <<: [*d, *e]\n", json!({"k": 1, "l": 3})),
        ("- &all [&d {k: 1}, {k: 2, l: 3}]\n- {<<: *all}\n", json!({"k": 1, "l": 3})),
        (
            "- [&d {k: 1}, &e {l: 3}]\n- <<: *d\n  o: &n {p: 1}\n  <<: *e\n  q: *n\n",
            json!({"k": 1, "l": 3, "o": {"p": 1}, "q": {"p": 1}}),
        ),
        // An object may be in the same one, or have merged others itself.
        (
            "- d: &d {k: 1}\n  <<: *d\n  e: &e {<<: *d, l: 2}\n  f: *e\n",
            json!({"d": {"k": 1}, "k": 1, "e": {"k": 1, "l": 2}, "f": {"k": 1, "l": 2}}),
        ),
        ("- &d {}\n- {<<: [], l: 1, <<: *d, k: [1, [2]]}\n", json!({"l": 1, "k": [1, [2]]})),
    ] {
        let tree = yaml(text);
        assert_sound(&tree);
        assert!(tree.is_whole(), "{text}: {:?}", tree.problems());
        let last = root(&tree).elements().last().unwrap();
        assert_eq!(to_value(last), expected, "{text}");
        // Whether both are written is a test of the numbers of the nodes too.
        for node in (0..tree.len()).filter_map(|index| tree.node_at_index(index)) {
            let pointer = node.pointer_from(root(&tree).id());
            assert!(root(&tree).pointer(&pointer).is_some(), "{text}: {pointer}");
        }
    }
}

#[test]
fn members_of_a_merge_are_at_the_alias_that_brings_them() {
    let text = "- &d {k: 1, l: 2}\n- a: 0\n  <<: *d\n  b: 3\n";
    let tree = yaml(text);
    let merged = root(&tree).elements().last().unwrap();
    let written = |node: NodeRef<'_>| text[node.span().range()].to_owned();
    let members: Vec<(String, String)> =
        merged.members().map(|(key, value)| (written(key), written(value))).collect();
    let expected = [("a", "0"), ("*d", "*d"), ("*d", "*d"), ("b", "3")];
    assert_eq!(members, expected.map(|(key, value)| (key.to_owned(), value.to_owned())));
    assert_eq!(merged.get("l").unwrap().key().unwrap().as_str(), Some("l"));
    let at = tree.node_at_offset(text.rfind('3').unwrap() as u32).unwrap();
    assert_eq!(at.pointer_from(merged.id()), "/b");
}

#[test]
fn a_second_merge_key_is_a_duplicate_and_merges_too() {
    let text = "- [&d {k: 1}, &e {k: 2, l: 3}]\n- {<<: *d, <<: *e}\n";
    let tree = yaml(text);
    let kinds: Vec<&ProblemKind> = tree.problems().iter().map(|problem| &problem.kind).collect();
    let [ProblemKind::MergeKey, ProblemKind::MergeKey, twice] = kinds.as_slice() else {
        panic!("{kinds:?}")
    };
    assert!(matches!(twice, ProblemKind::DuplicateKey { key, .. } if key == "<<"));
    assert_eq!(to_value(root(&tree).elements().last().unwrap()), json!({"k": 1, "l": 3}));
}

#[test]
fn a_merge_key_without_an_object_by_alias_is_an_ordinary_key() {
    for (text, expected) in [
        ("<<: {k: 1}\n", json!({"<<": {"k": 1}})),
        ("<<: x\nk: 1\n", json!({"<<": "x", "k": 1})),
        ("a: &a x\n<<: *a\n", json!({"a": "x", "<<": "x"})),
        ("a: &a {k: 1}\n<<: [*a, {l: 1}]\n", json!({"a": {"k": 1}, "<<": [{"k": 1}, {"l": 1}]})),
        (
            "a: &a {k: 1}\n<<: &b [*a]\nc: *b\n",
            json!({"a": {"k": 1}, "<<": [{"k": 1}], "c": [{"k": 1}]}),
        ),
        ("a: &a {k: 1}\n'<<': *a\n", json!({"a": {"k": 1}, "<<": {"k": 1}})),
        ("a: &a {k: 1}\nb: [<<, *a]\n", json!({"a": {"k": 1}, "b": ["<<", {"k": 1}]})),
    ] {
        let tree = yaml(text);
        assert_sound(&tree);
        assert_eq!(value(&tree), expected, "{text}");
    }
}

#[test]
fn merge_keys_that_repeat_too_much_end_the_reading() {
    let members: Vec<String> = (0..2000).map(|at| format!("k{at}: 1")).collect();
    let text = format!("- &d {{{}}}\n{}", members.join(", "), "- <<: *d\n".repeat(1000));
    let tree = yaml(&text);
    let (_, message, _) = syntax_problem(&tree);
    assert!(message.contains("expand to more than"), "{message}");
    assert!(tree.len() < 2 * MAX_EXPANDED);
}

/// Text of pieces that mean something in YAML.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a", "b: ", "- ", "\n", "\n  ", "\n    ", "[", "]", "{", "}", ", ", ": ", "? ", "&x ",
        "*x", "!!str ", "! ", "!t ", "|\n", ">-\n", "'", "\"", "\\", "#", " # c\n", "---\n",
        "...\n", "%Y", "é", "🌍", "\t", "\r\n", "<<: ", "1", "yes", "~", "\u{FEFF}", "\u{85}", " ",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn json_read_as_yaml_is_the_same_value(expected in any_value()) {
        // YAML allows fewer characters unescaped.
        let text = expected.to_string().replace(
            |c: char| c.is_control() || matches!(c, '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}'),
            "x",
        );
        let read: Value = serde_json::from_str(&text).unwrap();
        let tree = yaml(&text);
        assert_sound(&tree);
        prop_assert!(tree.is_whole(), "{}: {:?}", text, tree.problems());
        prop_assert_eq!(&value(&tree), &read);
        let pretty = yaml(&serde_json::to_string_pretty(&read).unwrap());
        assert_sound(&pretty);
        prop_assert_eq!(value(&pretty), value(&tree));
    }

    #[test]
    fn no_text_makes_the_reader_fail(text in prop_oneof![pieces(), "\\PC{0,40}", "[ -~\\n]{0,40}"]) {
        let tree = yaml(&text);
        assert_sound(&tree);
        for root in tree.roots() {
            let copied = to_value(tree.node(*root));
            prop_assert!(copied.is_null() == tree.node(*root).is_null());
        }
    }
}

#[test]
fn dashes_right_before_a_word_are_part_of_the_text() {
    let read = |written: &str| {
        let tree = yaml(written);
        assert_sound(&tree);
        value(&tree)
    };
    assert_eq!(read("---gulls fly\n"), json!("---gulls fly"));
    assert_eq!(read("--- gulls fly\n"), json!("gulls fly"));
    assert_eq!(read("---\n"), Value::Null);
}
