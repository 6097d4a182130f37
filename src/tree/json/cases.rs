//! What is said of each way to get JSON wrong, and at which bytes.

use serde_json::Value;

use super::tests::json;
use crate::{
    source::Span,
    tree::testing::{assert_sound, syntax_problem},
};

/// The text before the bytes in question, those bytes, the rest; the message; a part of the help.
const CASES: &[(&str, &str, &str, &str, &str)] = &[
    ("", "", "", "the file is empty", "record"),
    (" \n", "", "", "the file is empty", "record"),
    ("[1", ",", " ]", "a comma stands after the last value of the array", "remove"),
    ("{\"a\":1", ",", "}", "a comma stands after the last value of the object", "remove"),
    ("{", "'", "a': 1}", "a string begins with the wrong quote", "double"),
    ("[", "“", "a”]", "a string begins with a typographic quote", "straight"),
    ("[1, ", "//", " one\n2]", "JSON has no comments", "remove"),
    ("[1 ", "/*", " one */]", "JSON has no comments", "remove"),
    ("", "#", " record\n{}", "JSON has no comments", "remove"),
    ("{", "name", ": 1}", "the key `name` stands without quotes", "double quotes"),
    ("{\"a\": 1, ", "12", ": 1}", "the key `12` stands without quotes", "double quotes"),
    ("{\"a\": 1\n ", "\"", "b\": 2}", "a comma is missing between two members", "comma"),
    ("[1 ", "2", "]", "a comma is missing between two values", "comma"),
    ("[[1]", "[", "2]]", "a comma is missing between two values", "comma"),
    ("[1", "}", "", "`}` cannot close the array: `]` is expected", ""),
    ("{\"a\": 1", "]", "", "`]` cannot close the object: `}` is expected", ""),
    ("[1", "", "", "the file ends inside an array", "`]`"),
    ("{\"a\": 1", "", "", "the file ends inside an object", "`}`"),
    ("{\"a\"", "", "", "the file ends inside an object", "`}`"),
    ("{\"a\": ", "", "", "the file ends before a value", "last key"),
    ("[\"abc", "", "", "the file ends inside a string", "close"),
    ("[\"abc", "\n", "\"]", "the line ends inside a string", "`\\n`"),
    ("[\"a", "\t", "b\"]", "a tab stands unescaped in a string", "`\\t`"),
    (
        "[\"a",
        "\u{1b}",
        "b\"]",
        "the control character U+001B stands unescaped in a string",
        "`\\u001b`",
    ),
    ("[\"", "\\x", "41\"]", "JSON has no escape `\\x`", "`\\\\`"),
    ("[\"", "\\é", "\"]", "JSON has no escape `\\é`", "`\\\\`"),
    ("[\"", "\\u12", "g4\"]", "`\\u` is not followed by four hexadecimal digits", "four"),
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
    ("{} ", "{", "}", "`{` stands after the end of the file's value", "array"),
    ("[]", "]", "", "`]` stands after the end of the file's value", "bracket"),
    ("[", "NaN", "]", "`NaN` is not a JSON value", "null"),
    ("[", "-Infinity", "]", "`-Infinity` is not a JSON number", "null"),
    ("[", "True", "]", "`True` is not a JSON value", "`true`"),
    ("[", "None", "]", "`None` is not a JSON value", "`null`"),
    ("[", "tru", "]", "`tru` is not a JSON value", "in full"),
    ("[", "truely", "]", "`truely` is not a JSON value", "double quotes"),
    ("[", "Geneva", "]", "`Geneva` is not a JSON value", "double quotes"),
    ("[", "012", "]", "`012` is not a JSON number", "leading zeros"),
    ("[", "-012", "]", "`-012` is not a JSON number", "leading zeros"),
    ("[", "+1", "]", "`+1` is not a JSON number", "plus"),
    ("[", ".5", "]", "`.5` is not a JSON number", "before the point"),
    ("[", "5.", "]", "`5.` is not a JSON number", "after the point"),
    ("[", "1e", "]", "`1e` is not a JSON number", "exponent"),
    ("[", "-", "]", "`-` is not a JSON number", "after the sign"),
    ("[", "0x1F", "]", "`0x1F` is not a JSON number", "decimal"),
    ("[", "2024-05-01", "]", "`2024-05-01` is not a JSON number", "dates"),
    ("[", "09:30", "]", "`09:30` is not a JSON number", "times"),
    ("[", "1e309", "]", "this number is too large for other programs to read", "string"),
    ("[", ",", "1]", "a comma stands where a value is expected", "remove"),
    ("{\"a\":", "}", "", "`}` stands where a value is expected", "before"),
    ("{\"a\" ", "=", " 1}", "`=` stands where a colon is expected", "colon"),
    ("{\"a\" ", "1", "}", "`1` stands where a colon is expected", "colon"),
    ("{", "[", "1]: 2}", "`[` stands where a key is expected", "double quotes"),
    ("[1, ", "\u{A0}", "2]", "an invisible character stands between values", "space"),
];

#[test]
fn a_syntax_problem_says_what_was_found_where() {
    for (before, found, after, message, help) in CASES {
        let text = [*before, found, after].concat();
        let tree = json(&text);
        assert_sound(&tree);
        let (span, reported, helped) = syntax_problem(&tree);
        assert_eq!(reported, *message, "{text:?}");
        let start = before.len() as u32;
        assert_eq!(span, Span::new(start, start + found.len() as u32), "{text:?}");
        assert!(helped.contains(help), "{text:?}: {helped}");
        assert!(serde_json::from_str::<Value>(&text).is_err(), "{text:?} is right");
    }
}
