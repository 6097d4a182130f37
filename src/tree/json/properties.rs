//! The reader against `serde_json`: the same texts are accepted, and with the same values.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::tests::{json, lines};
use crate::tree::{
    Problem, ProblemKind,
    testing::{assert_sound, value},
};

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
            let syntax = |problem: &&Problem| matches!(problem.kind, ProblemKind::Syntax { .. });
            assert_eq!(tree.problems().iter().filter(syntax).count(), 1, "{text:?}: {error}");
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
            let lined = lines(&format!("{expected}\n\n{expected}"));
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
