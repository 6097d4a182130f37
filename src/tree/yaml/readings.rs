//! What scalars mean, here and to other readers.

use serde_json::json;

use super::{
    scalar::{Core, ambiguity},
    tests::{root, yaml},
};
use crate::tree::{ProblemKind, testing::value};

#[test]
fn the_core_schema_reports_numbers_booleans_and_null_from_text() {
    let cases = [
        ("null", json!(null)),
        ("~", json!(null)),
        ("NULL", json!(null)),
        ("nULL", json!("nULL")),
        ("True", json!(true)),
        ("FALSE", json!(false)),
        ("tRUE", json!("tRUE")),
        ("0", json!(0)),
        ("+5", json!(5)),
        ("0123", json!(123)),
        ("-007", json!(-7)),
        ("0o17", json!(15)),
        ("0o18", json!("0o18")),
        ("0x1F", json!(31)),
        ("0x", json!("0x")),
        (".5", json!(0.5)),
        ("-.5", json!(-0.5)),
        ("5.", json!(5.0)),
        ("1e3", json!(1000.0)),
        ("01.50e+2", json!(150.0)),
        (".", json!(".")),
        ("-", json!([null])),
        ("1.2.3", json!("1.2.3")),
        (".e1", json!(".e1")),
        ("'1'", json!("1")),
        ("!!str 1", json!("1")),
        ("! 1", json!("1")),
        ("!!int '12'", json!(12)),
        ("!!float 1", json!(1)),
        ("!!bool 'true'", json!(true)),
        ("!!null ''", json!(null)),
        ("!!str", json!("")),
        ("!!map {}", json!({})),
        ("!!seq []", json!([])),
        ("!<tag:yaml.org,2002:str> 5", json!("5")),
    ];
    for (text, expected) in cases {
        let tree = yaml(text);
        assert!(tree.is_whole(), "{text}: {:?}", tree.problems());
        assert_eq!(value(&tree), expected, "{text}");
    }
}

#[test]
fn a_number_keeps_its_precision_and_becomes_json_number_text() {
    let cases = [
        ("1.10", "1.10"),
        ("+1.10", "1.10"),
        ("00012345678901234567890123", "12345678901234567890123"),
        ("0xFFFFFFFFFFFFFFFFFF", "4722366482869645213695"),
        ("-0", "-0"),
        ("-000.", "-0.0"),
    ];
    for (text, number) in cases {
        assert_eq!(root(&yaml(text)).as_number(), Some(number), "{text}");
    }
}

/// Scalars with what `PyYAML` 6.0.3, a reader of YAML 1.1, makes of them.
const PYYAML: &str = include_str!("pyyaml.tsv");

#[test]
fn a_scalar_is_ambiguous_exactly_when_a_yaml_1_1_reader_differs() {
    for line in PYYAML.lines() {
        let mut columns = line.split('\t');
        let (scalar, tag, value) =
            (columns.next().unwrap(), columns.next().unwrap(), columns.next().unwrap());
        let core = Core::of(scalar);
        let reported = ambiguity(&core, scalar).map(|(_, elsewhere)| elsewhere);
        let expected = match (tag, &core) {
            ("str", Core::String)
            | ("null", Core::Null)
            | ("bool", Core::Bool(_))
            | ("float", Core::NotFinite) => None,
            ("str", _) => Some(format!("the string \"{scalar}\"")),
            ("bool", _) => Some(value.to_owned()),
            ("int", Core::Number(number)) if same(number, value) => None,
            ("int", _) => Some(format!("the number {value}")),
            ("float", Core::Number(number)) if same(number, value) => None,
            ("float", _) if scalar.contains(':') => Some("a number in base 60".to_owned()),
            ("float", _) => Some("a number".to_owned()),
            ("timestamp", _) if scalar.len() == 10 => Some("a date".to_owned()),
            ("timestamp", _) => Some("a date and time".to_owned()),
            ("value", _) => reported.clone().filter(|reported| reported.contains("default value")),
            other => panic!("{scalar}: {other:?}"),
        };
        // Readers that PyYAML does not speak for.
        if reported.as_deref().is_some_and(|reported| reported.ends_with("in some parsers")) {
            assert_eq!((tag, &core), ("str", &Core::String), "{scalar}");
            continue;
        }
        assert_eq!(reported, expected, "{scalar} is {core:?} here, {tag} {value} there");
    }
}

/// Whether the numbers are equal, minus zero and zero among them.
fn same(number: &str, other: &str) -> bool {
    let read = |text: &str| text.parse::<f64>().unwrap();
    read(number).partial_cmp(&read(other)).is_some_and(std::cmp::Ordering::is_eq)
}

#[test]
fn an_ambiguous_value_is_reported_with_both_readings_and_only_without_quotes() {
    let cases = [
        ("no", "the string \"no\"", "false"),
        ("10:00", "the string \"10:00\"", "the number 600"),
        ("09:30", "the string \"09:30\"", "a number in base 60 in some parsers"),
        ("2011-05-19", "the string \"2011-05-19\"", "a date"),
        ("0123", "the number 123", "the number 83"),
        ("0o17", "the number 15", "the string \"0o17\""),
        ("1_000", "the string \"1_000\"", "the number 1000"),
        ("0b11", "the string \"0b11\"", "the number 3"),
    ];
    for (scalar, here, elsewhere) in cases {
        let tree = yaml(&format!("a: {scalar}\n"));
        let [problem] = tree.problems() else { panic!("{scalar}: {:?}", tree.problems()) };
        assert_eq!(tree.source().slice(problem.span), scalar);
        let (here, elsewhere) = (here.to_owned(), elsewhere.to_owned());
        assert_eq!(problem.kind, ProblemKind::AmbiguousScalar { here, elsewhere });
        for quoted in [
            format!("a: '{scalar}'"),
            format!("a: \"{scalar}\""),
            format!("a: !!str {scalar}"),
            format!("a: |-\n  {scalar}\n"),
        ] {
            let tree = yaml(&quoted);
            assert_eq!(tree.problems(), [], "{quoted}");
            assert_eq!(root(&tree).get("a").unwrap().as_str(), Some(scalar));
        }
    }
    for plain in [
        ".inf",
        "-.Inf",
        ".nan",
        "1.10",
        "true",
        "Geneva",
        "A/72/1",
        "2024",
        "notes",
        "-5",
        "10:00 a.m.",
    ] {
        assert_eq!(yaml(&format!("a: {plain}\n")).problems(), [], "{plain}");
    }
}
