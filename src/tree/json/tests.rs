use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{
    source::{Span, Syntax},
    tree::{
        Kind, MAX_DEPTH, ProblemKind, Tree,
        testing::{assert_sound, syntax_problem, tree, value},
    },
};

fn json(text: &str) -> Tree {
    tree(Syntax::Json, text)
}

fn lines(text: &str) -> Tree {
    tree(Syntax::JsonLines, text)
}

#[test]
fn every_value_has_the_span_it_is_written_in() {
    let text = r#" {"a" : [1, -2.5e3 ,true], "é": "x\ny", "n":null } "#;
    let tree = json(text);
    assert_sound(&tree);
    assert_eq!(tree.problems(), []);
    let written: Vec<&str> = (0..tree.len())
        .map(|index| {
            tree.source()
                .slice(tree.node_at_index(index).unwrap().span())
        })
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
    assert!(
        root.get("a")
            .unwrap()
            .elements()
            .nth(1)
            .unwrap()
            .as_number()
            == Some("-2.5e3")
    );
    assert!(!root.get("é").unwrap().is_verbatim());
    assert_eq!(
        root.pointer("/a/2").unwrap().pointer_from(root.id()),
        "/a/2"
    );
    assert_eq!(root.member("é").unwrap().0.pointer_from(root.id()), "/é");
}

#[test]
fn a_byte_order_mark_is_skipped() {
    let tree = json("\u{FEFF}[1]");
    assert_eq!(tree.problems(), []);
    assert_eq!(tree.node(tree.roots()[0]).span(), Span::new(3, 6));
}

#[test]
fn a_syntax_problem_says_what_was_found_where() {
    // The text before the bytes in question, those bytes, the rest; the message; a part of the help.
    let cases: &[(&str, &str, &str, &str, &str)] = &[
        ("", "", "", "the file is empty", "record"),
        (" \n", "", "", "the file is empty", "record"),
        (
            "[1",
            ",",
            " ]",
            "a comma stands after the last value of the array",
            "remove",
        ),
        (
            "{\"a\":1",
            ",",
            "}",
            "a comma stands after the last value of the object",
            "remove",
        ),
        (
            "{",
            "'",
            "a': 1}",
            "a string begins with the wrong quote",
            "double",
        ),
        (
            "[",
            "“",
            "a”]",
            "a string begins with a typographic quote",
            "straight",
        ),
        ("[1, ", "//", " one\n2]", "JSON has no comments", "remove"),
        ("[1 ", "/*", " one */]", "JSON has no comments", "remove"),
        ("", "#", " record\n{}", "JSON has no comments", "remove"),
        (
            "{",
            "name",
            ": 1}",
            "the key `name` stands without quotes",
            "double quotes",
        ),
        (
            "{\"a\": 1, ",
            "12",
            ": 1}",
            "the key `12` stands without quotes",
            "double quotes",
        ),
        (
            "{\"a\": 1\n ",
            "\"",
            "b\": 2}",
            "a comma is missing between two members",
            "comma",
        ),
        (
            "[1 ",
            "2",
            "]",
            "a comma is missing between two values",
            "comma",
        ),
        (
            "[[1]",
            "[",
            "2]]",
            "a comma is missing between two values",
            "comma",
        ),
        (
            "[1",
            "}",
            "",
            "`}` cannot close the array: `]` is expected",
            "",
        ),
        (
            "{\"a\": 1",
            "]",
            "",
            "`]` cannot close the object: `}` is expected",
            "",
        ),
        ("[1", "", "", "the file ends inside an array", "`]`"),
        ("{\"a\": 1", "", "", "the file ends inside an object", "`}`"),
        ("{\"a\"", "", "", "the file ends inside an object", "`}`"),
        (
            "{\"a\": ",
            "",
            "",
            "the file ends before a value",
            "last key",
        ),
        ("[\"abc", "", "", "the file ends inside a string", "close"),
        (
            "[\"abc",
            "\n",
            "\"]",
            "the line ends inside a string",
            "`\\n`",
        ),
        (
            "[\"a",
            "\t",
            "b\"]",
            "a tab stands unescaped in a string",
            "`\\t`",
        ),
        (
            "[\"a",
            "\u{1b}",
            "b\"]",
            "the control character U+001B stands unescaped in a string",
            "`\\u001b`",
        ),
        ("[\"", "\\x", "41\"]", "JSON has no escape `\\x`", "`\\\\`"),
        ("[\"", "\\é", "\"]", "JSON has no escape `\\é`", "`\\\\`"),
        (
            "[\"",
            "\\u12",
            "g4\"]",
            "`\\u` is not followed by four hexadecimal digits",
            "four",
        ),
        (
            "[\"",
            "\\ud800",
            "\"]",
            "this escape is one half of a surrogate pair without the other",
            "both",
        ),
        (
            "[\"",
            "\\ud800",
            "\\u0041\"]",
            "this escape is one half of a surrogate pair without the other",
            "both",
        ),
        (
            "[\"",
            "\\udc00",
            "\"]",
            "this escape is one half of a surrogate pair without the other",
            "both",
        ),
        (
            "{} ",
            "{",
            "}",
            "`{` stands after the end of the file's value",
            "array",
        ),
        (
            "[]",
            "]",
            "",
            "`]` stands after the end of the file's value",
            "bracket",
        ),
        ("[", "NaN", "]", "`NaN` is not a JSON value", "null"),
        (
            "[",
            "-Infinity",
            "]",
            "`-Infinity` is not a JSON number",
            "null",
        ),
        ("[", "True", "]", "`True` is not a JSON value", "`true`"),
        ("[", "None", "]", "`None` is not a JSON value", "`null`"),
        ("[", "tru", "]", "`tru` is not a JSON value", "in full"),
        (
            "[",
            "truely",
            "]",
            "`truely` is not a JSON value",
            "double quotes",
        ),
        (
            "[",
            "Geneva",
            "]",
            "`Geneva` is not a JSON value",
            "double quotes",
        ),
        (
            "[",
            "012",
            "]",
            "`012` is not a JSON number",
            "leading zeros",
        ),
        (
            "[",
            "-012",
            "]",
            "`-012` is not a JSON number",
            "leading zeros",
        ),
        ("[", "+1", "]", "`+1` is not a JSON number", "plus"),
        (
            "[",
            ".5",
            "]",
            "`.5` is not a JSON number",
            "before the point",
        ),
        (
            "[",
            "5.",
            "]",
            "`5.` is not a JSON number",
            "after the point",
        ),
        ("[", "1e", "]", "`1e` is not a JSON number", "exponent"),
        ("[", "-", "]", "`-` is not a JSON number", "after the sign"),
        ("[", "0x1F", "]", "`0x1F` is not a JSON number", "decimal"),
        (
            "[",
            "2024-05-01",
            "]",
            "`2024-05-01` is not a JSON number",
            "dates",
        ),
        ("[", "09:30", "]", "`09:30` is not a JSON number", "times"),
        (
            "[",
            "1e309",
            "]",
            "this number is too large for other programs to read",
            "string",
        ),
        (
            "[",
            ",",
            "1]",
            "a comma stands where a value is expected",
            "remove",
        ),
        (
            "{\"a\":",
            "}",
            "",
            "`}` stands where a value is expected",
            "before",
        ),
        (
            "{\"a\" ",
            "=",
            " 1}",
            "`=` stands where a colon is expected",
            "colon",
        ),
        (
            "{\"a\" ",
            "1",
            "}",
            "`1` stands where a colon is expected",
            "colon",
        ),
        (
            "{",
            "[",
            "1]: 2}",
            "`[` stands where a key is expected",
            "double quotes",
        ),
        (
            "[1, ",
            "\u{A0}",
            "2]",
            "an invisible character stands between values",
            "space",
        ),
    ];
    for (before, found, after, message, help) in cases {
        let text = [*before, found, after].concat();
        let tree = json(&text);
        assert_sound(&tree);
        let (span, told, helped) = syntax_problem(&tree);
        assert_eq!(told, *message, "{text:?}");
        let start = before.len() as u32;
        assert_eq!(
            span,
            Span::new(start, start + found.len() as u32),
            "{text:?}"
        );
        assert!(helped.contains(help), "{text:?}: {helped}");
        assert!(
            serde_json::from_str::<Value>(&text).is_err(),
            "{text:?} is right"
        );
    }
}

#[test]
fn an_unclosed_bracket_is_labelled_where_it_opens() {
    let tree = json("{\"a\": [1, {\"b\": 2}");
    let ProblemKind::Syntax { label, .. } = &tree.problems()[0].kind else {
        panic!()
    };
    assert_eq!(
        label,
        &Some((Span::new(6, 7), "the array begins here".to_owned()))
    );
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
        assert_eq!(
            serde_json::from_str::<Value>(&text).is_ok(),
            whole,
            "{depth}"
        );
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
        let members: String = (0..others).map(|n| format!("\"k{n}\": 0, ")).collect();
        let text = format!("{{\"a\": 1, {members}\"\\u0061\": 2}}");
        let tree = json(&text);
        let [problem] = tree.problems() else {
            panic!("{:?}", tree.problems())
        };
        let first = Span::new(1, 4);
        assert_eq!(
            problem.kind,
            ProblemKind::DuplicateKey {
                key: "a".to_owned(),
                first
            }
        );
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
    assert_eq!(
        (span, message),
        (Span::at(35), "the line ends inside an array")
    );
    assert_eq!(
        tree.problems().len(),
        1,
        "the key written twice is gone with its line"
    );
    let [_, last] = tree.roots() else {
        panic!("{:?}", tree.roots())
    };
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
fn json_lines_without_any_value_are_empty() {
    for text in ["", "\n", " \r\n\t"] {
        assert_eq!(
            syntax_problem(&lines(text)).1,
            "the file is empty",
            "{text:?}"
        );
    }
}

/// Strings with what is hard to write in JSON: quotes, escapes, controls, characters of all widths.
pub(crate) fn odd_string() -> impl Strategy<Value = String> {
    let odd = prop::sample::select(vec![
        '"', '\\', '/', '\n', '\t', '\u{0}', '\u{1f}', '\u{7f}', '\u{85}', '\u{2028}', 'é', '中',
        '🌍', '\u{FEFF}', '\'', ':', '#', ' ',
    ]);
    prop::collection::vec(
        prop_oneof![3 => odd, 2 => any::<char>(), 4 => prop::char::range('a', 'z')],
        0..12,
    )
    .prop_map(|characters| characters.into_iter().collect())
}

pub(crate) fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(|number| json!(number)),
        any::<f64>().prop_map(|number| json!(number)),
        odd_string().prop_map(Value::String),
    ];
    leaf.prop_recursive(6, 60, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Value::Array),
            prop::collection::btree_map(odd_string(), inner, 0..8)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// One byte of a valid text changed, taken out or put in.
fn mutated(text: &str, places: &[(prop::sample::Index, u8, u8)]) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for (place, how, byte) in places {
        let at = place.index(bytes.len().max(1));
        match how % 3 {
            0 if at < bytes.len() => bytes[at] = *byte,
            1 if at < bytes.len() => drop(bytes.remove(at)),
            _ => bytes.insert(at.min(bytes.len()), *byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn assert_agrees_with_serde_json(text: &str) {
    let tree = json(text);
    assert_sound(&tree);
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    match serde_json::from_str::<Value>(text) {
        Ok(expected) => {
            assert!(tree.is_whole(), "{text:?}: {:?}", tree.problems());
            assert_eq!(value(&tree), expected, "{text:?}");
        }
        Err(error) => {
            let syntax = |problem: &&crate::tree::Problem| {
                matches!(problem.kind, ProblemKind::Syntax { .. })
            };
            assert_eq!(
                tree.problems().iter().filter(syntax).count(),
                1,
                "{text:?}: {error}"
            );
        }
    }
}

proptest! {
    #[test]
    fn the_tree_of_a_written_value_is_that_value(expected in any_value()) {
        for text in [expected.to_string(), serde_json::to_string_pretty(&expected).unwrap()] {
            let tree = json(&text);
            assert_sound(&tree);
            prop_assert_eq!(tree.problems(), []);
            // Floats pass through their text once, as they do here.
            let read: Value = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(value(&tree), read);
            let lined = lines(&format!("{}\n\n{}", expected, expected));
            prop_assert_eq!(lined.roots().len(), 2);
            assert_sound(&lined);
        }
    }

    #[test]
    fn a_damaged_text_is_refused_exactly_when_serde_json_refuses_it(
        expected in any_value(),
        places in prop::collection::vec(
            (any::<prop::sample::Index>(), any::<u8>(), prop_oneof![
                any::<u8>(),
                prop::sample::select(b"{}[]\",:\\0123eE+-.tfn u/'#".to_vec()),
            ]),
            1..4,
        ),
    ) {
        assert_agrees_with_serde_json(&mutated(&expected.to_string(), &places));
    }

    #[test]
    fn arbitrary_text_is_judged_as_serde_json_judges_it(
        text in prop_oneof![
            "\\PC{0,40}",
            "[\\[\\]{}\",:\\\\0-9eE+.tfnualrs /\\n-]{0,24}",
            "-?[0-9]{0,3}\\.?[0-9]{0,3}[eE]?[+-]?[0-9]{0,4}",
            "\"(\\\\u[dD][89a-fA-F][0-9a-f]{2}|\\\\[a-z]|[a-z]){0,6}\"",
        ],
    ) {
        assert_agrees_with_serde_json(&text);
        assert_sound(&lines(&text));
    }
}

#[test]
fn a_root_that_is_a_scalar_is_read() {
    let tree = json("\"x\"");
    assert_eq!(tree.node(tree.roots()[0]).kind(), Kind::String);
}
