//! Properties: no panic, round trip, spans, linear time.

use proptest::prelude::*;

use super::*;
use crate::symbol::{context::Context, find::find_in};

/// Text made of the pieces that symbols and citations are made of.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "A/",
        "S/",
        "E/",
        "RES",
        "/",
        "63/225",
        "217 A (III)",
        "1325 (2000)",
        "resolution ",
        "resolutions ",
        "décision ",
        "General Assembly ",
        "of 23 December 2003",
        " and ",
        " ",
        "\u{A0}",
        "(",
        ")",
        "PV.",
        "Add.1",
        "é",
        "’",
        "-",
        ".",
        ",",
        "S-",
        "ES-",
        "IV",
        "0",
        "9",
        "B",
        "A to D",
        "*",
        "\n",
        "(Vol. II)",
        "HRC/",
        "PRST/",
        "-S/",
        "2006/",
        "Commission on ",
        ";",
        "CEDAW/",
        " of the ",
        "United Nations ",
        "and international ",
        "l'organization ",
        "no ",
        "no. ",
        "united. ",
        "united.",
        "Council ",
        "Assembl\u{e9}e g\u{e9}n\u{e9}rale ",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn round_trip(text: &str) {
    if let Ok(Parsed::Known { symbol, .. }) = parse_symbol(text) {
        match parse_symbol(symbol.key()) {
            Ok(Parsed::Known { symbol: second, .. }) => {
                assert_eq!(second.key(), symbol.key(), "{text}");
            }
            other => panic!("{text} -> {}: {other:?}", symbol.key()),
        }
    }
    if let Err(error) = parse_symbol(text) {
        assert_eq!(text.get(error.offset..error.offset + error.len), Some(error.found.as_str()));
    }
    if let Ok(citation) = parse_citation(text)
        && let Some(key) = citation.key()
    {
        assert_eq!(parse_citation(&key).unwrap().key(), Some(key), "{text}");
    }
}

fn spans(text: &str) {
    let mut end = 0;
    find(text, |found| {
        assert!(found.range.start >= end && !found.range.is_empty(), "{text}");
        for range in [Some(&found.range), found.cue.as_ref(), found.date.as_ref().map(|d| &d.range)]
        {
            assert!(range.is_none_or(|range| text.get(range.clone()).is_some()), "{text}");
        }
        end = found.range.end;
    });
}

proptest! {
    #[test]
    fn any_string_is_read_without_panic(text in ".{0,80}") {
        round_trip(&text);
        spans(&text);
    }

    #[test]
    fn any_mixture_of_pieces_is_read_without_panic(text in pieces()) {
        round_trip(&text);
        spans(&text);
    }

    #[test]
    fn a_resolution_of_any_session_is_read_back(session in 31u16..151, number in 1u32..1000, letter in prop::option::of("[A-Z]")) {
        let part = letter.map(|l| format!(" {l}")).unwrap_or_default();
        let symbol = format!("A/RES/{session}/{number}{part}");
        let read = known(&symbol);
        prop_assert_eq!(read.key(), symbol.as_str());
        let citation = parse_citation(&format!("General Assembly resolution {session}/{number}{part}")).unwrap();
        prop_assert_eq!(citation.key(), Some(symbol));
    }
}

/// Long runs of what begins like a reference neither exhaust the stack nor take more than one look
/// each: with a step that looks back over the whole text this test would not end.
#[test]
fn long_runs_of_anything_that_begins_like_a_reference_are_read() {
    for (piece, found_in_each) in [
        ("63/225 ", 0),
        ("(", 0),
        ("/", 0),
        ("A/", 0),
        ("A/RES/", 0),
        ("resolution ", 0),
        ("A ", 0),
        ("1 (", 0),
        ("S-", 0),
        ("resolution 63/225 A and ", 1),
        ("A/1-", 0),
        (" ", 0),
        ("((((1", 0),
        ("1/1/1", 0),
        ("resolutions 58/208 of 23 December 2003, ", 1),
        ("A/RES/217 A (", 0),
        ("aaaa/", 0),
        ("I", 0),
    ] {
        const TIMES: usize = 30_000;
        let mut count = 0;
        find(&piece.repeat(TIMES), |_| count += 1);
        assert_eq!(count, found_in_each * TIMES, "{piece}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn what_is_found_around_cues_is_what_is_found_by_reading_every_word(
        parts in prop::collection::vec((pieces(), "[a-z ,.]{0,90}", 0..4_usize), 1..6),
    ) {
        let far = ["", "then ", "und so weiter ", "a word that is said "];
        let text: String = parts
            .iter()
            .map(|(pieces, words, times)| format!("{pieces}{words}{}", far[*times].repeat(times * 12)))
            .collect();
        let all = |context| {
            let mut all = Vec::new();
            find_in(&text, context, |found| all.push(found));
            all
        };
        prop_assert_eq!(all(Context::new(&text)), all(Context::reading_all(&text)), "{}", text);
    }
}
