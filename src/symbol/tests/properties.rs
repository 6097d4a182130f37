//! Properties: no panic, round trip, spans, linear time.

use proptest::prelude::*;

use super::*;

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
        "Council ",
        "Assembl\u{e9}e g\u{e9}n\u{e9}rale ",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn round_trip(text: &str) {
    if let Ok(Parsed::Known { symbol, .. }) = parse_symbol(text) {
        match parse_symbol(symbol.key()) {
            Ok(Parsed::Known { symbol: again, .. }) => {
                assert_eq!(again.key(), symbol.key(), "{text}");
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

/// Eight times the text must not cost much more than eight times the time.
#[test]
fn the_time_grows_with_the_length_of_the_text() {
    for piece in [
        "63/225 ",
        "(",
        "/",
        "A/",
        "A/RES/",
        "resolution ",
        "A ",
        "1 (",
        "S-",
        "resolution 63/225 A and ",
        "A/1-",
        " ",
        "((((1",
        "1/1/1",
        "resolutions 58/208 of 23 December 2003, ",
        "A/RES/217 A (",
        "aaaa/",
        "I",
    ] {
        let time = |times: usize| {
            let text = piece.repeat(times);
            let best = |_| {
                let start = std::time::Instant::now();
                let mut count = 0;
                find(&text, |_| count += 1);
                (start.elapsed(), count)
            };
            (0..3).map(best).min().unwrap().0.as_secs_f64()
        };
        let (short, long) = (time(4_000), time(32_000));
        assert!(long < short * 40.0 + 0.02, "{piece}: {short} s, {long} s");
    }
}
