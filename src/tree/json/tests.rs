use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::{
    source::{Span, Syntax},
    tree::{
        Kind, MAX_DEPTH, ProblemKind, Tree,
        testing::{assert_sound, syntax_problem, tree, value},
    },
};

pub(super) fn json(text: &str) -> Tree {
    tree(Syntax::Json, text)
}

pub(super) fn lines(text: &str) -> Tree {
    tree(Syntax::JsonLines, text)
}

#[test]
fn every_value_has_the_span_it_is_written_in() {
    let text = r#" {"a" : [1, -2.5e3 ,true], "é": "x\ny", "n":null } "#;
    let tree = json(text);
    assert_sound(&tree);
    assert_eq!(tree.problems(), []);
    let written: Vec<&str> = (0..tree.len())
        .map(|index| tree.source().slice(tree.node_at_index(index).unwrap().span()))
        .collect();
    assert_eq!(
        written,
        [
            text.trim(),
            "\"a\"",
            "[1, -2.5e3 ,true]",
            "1",
            "-2.5e3",
            "true",
            "\"é\"",
            r#""x\ny""#,
            "\"n\"",
            "null"
        ]
    );
    let root = tree.node(tree.roots()[0]);
    assert!(root.get("a").unwrap().elements().nth(1).unwrap().as_number() == Some("-2.5e3"));
    assert!(!root.get("é").unwrap().is_verbatim());
    assert_eq!(root.pointer("/a/2").unwrap().pointer_from(root.id()), "/a/2");
    assert_eq!(root.member("é").unwrap().0.pointer_from(root.id()), "/é");
}

#[test]
fn a_byte_order_mark_is_skipped() {
    let tree = json("\u{FEFF}[1]");
    assert_eq!(tree.problems(), []);
    assert_eq!(tree.node(tree.roots()[0]).span(), Span::new(3, 6));
}

#[test]
fn an_unclosed_bracket_is_labelled_where_it_opens() {
    let tree = json("{\"a\": [1, {\"b\": 2}");
    let ProblemKind::Syntax { label, .. } = &tree.problems()[0].kind else { panic!() };
    assert_eq!(label, &Some((Span::new(6, 7), "the array begins here".to_owned())));
}

#[test]
fn what_was_read_before_the_problem_is_kept() {
    let tree = json(r#"{"a": [1, 2], "b": {"c": 3, "d": "#);
    assert!(!tree.is_whole());
    assert_eq!(value(&tree), json!({"a": [1, 2], "b": {"c": 3}}));
    assert_sound(&tree);
}

#[test]
fn the_deepest_nesting_is_that_of_serde_json() {
    for (depth, whole) in [(MAX_DEPTH, true), (MAX_DEPTH + 1, false), (100_000, false)] {
        let text = "[".repeat(depth) + &"]".repeat(depth);
        let tree = json(&text);
        assert_eq!(tree.is_whole(), whole, "{depth}");
        assert_eq!(serde_json::from_str::<Value>(&text).is_ok(), whole, "{depth}");
        assert_sound(&tree);
    }
}

#[test]
fn numbers_keep_their_text_up_to_the_limit_of_a_float() {
    let long = "1".repeat(308);
    for text in [
        "0",
        "-0",
        "1.10",
        "1E5",
        "123456789012345678901234567890",
        "1e308",
        "1e-999",
        "0e999",
        &long,
    ] {
        let tree = json(text);
        assert_eq!(tree.problems(), [], "{text}");
        assert_eq!(tree.node(tree.roots()[0]).as_number(), Some(text));
    }
    assert!(!json(&"1".repeat(310)).is_whole());
}

#[test]
fn a_key_written_twice_is_recorded_in_small_and_in_large_objects() {
    for others in [0, 15, 16, 100] {
        let members = (0..others).fold(String::new(), |mut members, n| {
            write!(members, "\"k{n}\": 0, ").unwrap();
            members
        });
        let text = format!("{{\"a\": 1, {members}\"\\u0061\": 2}}");
        let tree = json(&text);
        let [problem] = tree.problems() else { panic!("{:?}", tree.problems()) };
        let first = Span::new(1, 4);
        assert_eq!(problem.kind, ProblemKind::DuplicateKey { key: "a".to_owned(), first });
        assert_eq!(tree.source().slice(problem.span), "\"\\u0061\"");
        assert!(tree.is_whole());
    }
}

#[test]
fn each_line_of_json_lines_is_a_text_of_its_own() {
    let tree = lines("{\"a\": 1}\r\n\n  \n[2]\n3");
    assert_eq!(tree.problems(), []);
    assert_eq!(tree.roots().len(), 3);
    assert_eq!(tree.records().len(), 3);
    assert_eq!(tree.node(tree.roots()[1]).span(), Span::new(14, 17));
    assert_sound(&tree);
}

#[test]
fn a_broken_line_is_dropped_and_the_next_ones_are_read() {
    let text = "{\"a\": 1}\n{\"b\": 1, \"b\": \"\\n\", \"c\": [\n{\"d\": \"\\t\"}\n";
    let tree = lines(text);
    assert_sound(&tree);
    let (span, message, _) = syntax_problem(&tree);
    assert_eq!((span, message), (Span::at(35), "the line ends inside an array"));
    assert_eq!(tree.problems().len(), 1, "the key written twice is gone with its line");
    let [_, last] = tree.roots() else { panic!("{:?}", tree.roots()) };
    assert_eq!(tree.node(*last).get("d").unwrap().as_str(), Some("\t"));
}

#[test]
fn a_file_that_is_not_json_lines_at_all_is_given_up() {
    let tree = lines(&"nonsense\n".repeat(100_000));
    assert_eq!(tree.problems().len(), 1001);
    let last = tree.problems().last().unwrap();
    assert_eq!(last.span.start, 9000);
    assert!(
        matches!(&last.kind, ProblemKind::Syntax { message, .. } if message.contains("1000 lines"))
    );
}

#[test]
fn json_lines_that_are_all_blank_are_empty_and_no_lines_are_no_values() {
    for text in ["\n", " \r\n\t"] {
        assert_eq!(syntax_problem(&lines(text)).1, "the file is empty", "{text:?}");
    }
    for text in ["", "\u{feff}"] {
        let tree = lines(text);
        assert!(tree.problems().is_empty() && tree.records().is_empty(), "{text:?}");
    }
}

#[test]
fn a_root_that_is_a_scalar_is_read() {
    let tree = json("\"x\"");
    assert_eq!(tree.node(tree.roots()[0]).kind(), Kind::String);
}
