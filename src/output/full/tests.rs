//! What a reader sees, and that no source can make it ugly or harmful.

use proptest::{collection::vec, prelude::*, sample::Index};

use super::*;
use crate::{
    output::{Format, testing::*},
    source::Span,
};

const PROGRAMME: &str = r#"{
  "kind": "programme",
  "id": "programme-final",
  "slots": [
    {
      "title": "Opening",
      "start": "10:00",
      "end": "09:30"
    }
  ]
}
"#;

fn full(report: &Report) -> String {
    written(Format::Full, report, &Terminal { quiet: true, ..Terminal::default() })
}

#[test]
fn several_places_share_one_excerpt() {
    let path = "records/programme.json";
    let mut one = finding("the slot ends before it starts", find(path, PROGRAMME, "\"09:30\""));
    one.labels.push(label("starts here", find(path, PROGRAMME, "\"10:00\"")));
    one.help = Some("swap the two times".to_owned());
    let report = report(vec![one], &[(path, PROGRAMME)]);
    insta::assert_snapshot!(written(Format::Full, &report, &Terminal::default()));
}

#[test]
fn a_place_in_another_file_has_its_own_excerpt_and_names_its_record() {
    let (here, there) = ("records/letter.yaml", "records/note.yaml");
    let letter = "kind: letter\r\nid: letter\r\nsymbol: A/65/1\r\n";
    let note = "kind: concept-note\nid: note\nsymbol:\tA/65/1 # 日本 taken\n";
    let mut one = finding("`A/65/1` is the symbol of two records", find(here, letter, "A/65/1"));
    one.severity = Severity::Warning;
    one.location.kind = None;
    let mut other = find(there, note, "taken");
    (other.record, other.pointer) = (Some("note".to_owned()), String::new());
    one.labels.push(label("given here first", other));
    one.help = Some("give one of them another symbol".to_owned());
    let report = report(vec![one], &[(here, letter), (there, note)]);
    insta::assert_snapshot!(full(&report));
}

#[test]
fn a_finding_without_its_source_is_shown_without_excerpt() {
    let mut one = finding("nothing to show", find("gone.json", PROGRAMME, "\"09:30\""));
    one.severity = Severity::Info;
    one.labels.push(label("starts here", find("far.json", PROGRAMME, "\"10:00\"")));
    insta::assert_snapshot!(full(&report(vec![one], &[])));
}

#[test]
fn ascii_terminals_and_colours_are_respected() {
    let report = report(
        vec![finding("m", find("a.json", PROGRAMME, "\"09:30\""))],
        &[("a.json", PROGRAMME)],
    );
    let ascii = Terminal { unicode: false, quiet: true, ..Terminal::default() };
    let text = written(Format::Full, &report, &ascii);
    assert!(text.is_ascii(), "{text}");
    let text = written(Format::Full, &report, &Terminal { color: true, ..ascii });
    assert!(
        text.starts_with(
            "\u{1b}[1m\u{1b}[31merror[end-before-start]\u{1b}[0m\u{1b}[1m: m\u{1b}[0m\n"
        ),
        "{text:?}"
    );
    assert!(text.contains("\u{1b}[1m\u{1b}[31m^^^^^^^\u{1b}[0m"), "{text:?}");
    assert_eq!(disturbing(&text, true), None);
}

#[test]
fn places_beyond_the_sixth_excerpt_are_counted() {
    let path = "a.json";
    let text = "[1]\n".to_owned() + &"\n".repeat(20);
    let long = text.repeat(9);
    let at = |nth: u32| location(path, &long, Span::new(nth * 24 + 1, nth * 24 + 2));
    let mut one = finding("nine times the same", at(0));
    one.labels = (1..9).map(|nth| label("again", at(nth))).collect();
    one.help = Some("say it once".to_owned());
    let text = full(&report(vec![one.clone()], &[(path, &long)]));
    assert_eq!(text.matches(" a.json:").count(), EXCERPTS);
    assert!(text.contains("3 more places; `--format json`"), "{text}");
    assert!(text.contains("help: say it once"), "{text}");
    one.labels.truncate(6);
    let text = full(&report(vec![one], &[(path, &long)]));
    assert!(text.contains("1 more place;"), "{text}");
}

#[test]
fn a_minified_line_is_clipped_and_its_column_is_reported_in_characters() {
    let text = format!("[{}\"Kőrösi\"]", "\"é\",".repeat(1_000_000));
    let one = finding("unknown", find("a.json", &text, "\"Kőrösi\""));
    let text = full(&report(vec![one], &[("a.json", &text)]));
    assert!(text.contains("--> a.json:1:4000002\n"), "{text}");
    assert!(text.contains("│ …") && text.contains("\"é\",\"Kőrösi\"]\n"), "{text}");
}

#[test]
fn findings_keep_their_order_over_several_batches() {
    let findings = (0..BATCH + 50)
        .map(|nth| finding(&format!("number {nth};"), find("a.json", PROGRAMME, "Opening")))
        .collect();
    let text = full(&report(findings, &[("a.json", PROGRAMME)]));
    let numbers: Vec<usize> = text
        .lines()
        .filter_map(|line| line.split_once(": number ")?.1.strip_suffix(';')?.parse().ok())
        .collect();
    assert!(numbers.iter().copied().eq(0..BATCH + 50));
}

/// Texts of every kind that has given trouble.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("{\"a\": 1}".to_owned()),
        Just("\r\n".to_owned()),
        Just("\n".to_owned()),
        Just("\r".to_owned()),
        Just("\t\t".to_owned()),
        Just("日本語の会議".to_owned()),
        Just("👩‍👩‍👧‍👦🇺🇳e\u{301}".to_owned()),
        Just("\u{1b}[2J\u{1b}]8;;x\u{7}\u{202e}\u{2066}\u{9b}\u{85}\u{2028}\u{feff}\0".to_owned()),
        Just("שלום مرحبا".to_owned()),
        Just("x".repeat(WIDE)),
        Just("👍".repeat(WIDE)),
        Just("\t".repeat(WIDE)),
        any::<String>(),
    ];
    vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

const WIDE: usize = 155;

/// A span whose ends may lie inside characters, in the wrong order or past the end.
fn span(text: &str, ends: (Index, Index)) -> Span {
    let limit = text.len() + 3;
    Span::new(ends.0.index(limit) as u32, ends.1.index(limit) as u32)
}

type Ends = (Index, Index);

fn check(texts: &[(&str, &str)], own: Ends, labels: &[(bool, Ends, String)], options: &Terminal) {
    let at = |other: bool, ends| {
        let (path, text) = texts[usize::from(other) % texts.len()];
        let mut place = location(path, text, span(text, ends));
        // A wrong line must do no more than mislead.
        if ends.0.index(7) == 0 {
            place.start.line = ends.1.index(1 << 20) as u32;
        }
        place
    };
    let mut one = finding(&labels.iter().map(|l| l.2.as_str()).collect::<String>(), at(false, own));
    one.labels = labels.iter().map(|(other, ends, text)| label(text, at(*other, *ends))).collect();
    one.help = labels.first().map(|label| label.2.clone());
    one.location.record = labels.last().map(|label| label.2.clone());
    let text = written(Format::Full, &report(vec![one], texts), options);
    assert_eq!(disturbing(&text, options.color), None, "{text:?}");
    let columns = options.columns();
    for line in without_colors(&text).lines() {
        assert!(fit::width(line) <= columns, "{} of {columns} columns: {line}", fit::width(line));
        assert!(line.len() <= 4_096, "{} bytes: {line}", line.len());
    }
}

/// The text without what only sets it off.
fn without_colors(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let first = parts.next().unwrap_or_default().to_owned();
    first
        + &parts.map(|part| part.split_once('m').map_or(part, |(_, rest)| rest)).collect::<String>()
}

#[test]
fn a_plain_finding_takes_eight_lines_at_80_columns() {
    let mut one = finding(
        "“Panel one: Improving international cooperation on migration” ends at `09:30`, before it begins at `10:00`",
        find("records/itd-migration-2011/programme.json", PROGRAMME, "\"09:30\""),
    );
    one.help = Some(
        "correct the time at which the slot begins or the time at which it ends, in the programme"
            .to_owned(),
    );
    let report = report(vec![one], &[("records/itd-migration-2011/programme.json", PROGRAMME)]);
    let options = Terminal { width: 80, quiet: true, ..Terminal::default() };
    let text = written(Format::Full, &report, &options);
    assert!(text.lines().count() <= 8, "{text}");
    insta::assert_snapshot!(text);
}

#[test]
fn files_with_findings_have_headings_where_there_are_several() {
    let one = |path: &str| finding("m", find(path, PROGRAMME, "Opening"));
    let texts = [("a.json", PROGRAMME), ("b.json", PROGRAMME)];
    let text = full(&report(vec![one("a.json"), one("a.json"), one("b.json")], &texts));
    let headings: Vec<&str> =
        text.lines().filter(|line| texts.iter().any(|(path, _)| path == line)).collect();
    assert_eq!(headings, ["a.json", "b.json"]);
    let text = full(&report(vec![one("a.json"), one("a.json")], &texts));
    assert!(!text.lines().any(|line| line == "a.json"), "{text}");
}

#[test]
fn a_line_that_says_next_to_nothing_is_shown_with_the_next() {
    let text = "[\n  {\n    \"id\": \"a\"\n  }\n]\n";
    let all = full(&report(vec![finding("m", find("a.json", text, "{"))], &[("a.json", text)]));
    assert!(all.contains("2 │   {\n  │   ^\n3 │     \"id\": \"a\"\n"), "{all}");
}

#[test]
fn two_findings_at_one_place_are_both_shown() {
    let one = |message: &str| finding(message, find("a.json", PROGRAMME, "Opening"));
    let text = full(&report(vec![one("first"), one("second")], &[("a.json", PROGRAMME)]));
    assert_eq!(text.matches("^^^^^^^").count(), 2, "{text}");
}

#[test]
fn places_are_linked_to_their_files_where_that_is_wanted() {
    let all = report(
        vec![finding("m", find("a b.json", PROGRAMME, "Opening"))],
        &[("a b.json", PROGRAMME)],
    );
    let options =
        Terminal { folder: Some("/home/é".to_owned()), quiet: true, ..Terminal::default() };
    let text = written(Format::Full, &all, &options);
    let link = "\u{1b}]8;;file:///home/%C3%A9/a%20b.json\u{1b}\\a b.json:6:17\u{1b}]8;;\u{1b}\\";
    assert!(text.contains(link), "{text:?}");
}

fn labels() -> impl Strategy<Value = Vec<(bool, Ends, String)>> {
    let ends = (any::<Index>(), any::<Index>());
    vec((any::<bool>(), ends, prop_oneof![any::<String>(), texts()]), 0..10)
}

fn terminals() -> impl Strategy<Value = Terminal> {
    let width = prop_oneof![0..300_usize, Just(usize::MAX)];
    (any::<bool>(), any::<bool>(), width).prop_map(|(color, unicode, width)| Terminal {
        color,
        unicode,
        width,
        ..Terminal::default()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn any_places_in_any_texts_are_drawn_small_and_harmless(
        here in texts(), there in texts(), own: Ends, labels in labels(), options in terminals(),
    ) {
        check(&[("a\u{1b}.json", &here), ("b.json", &there)], own, &labels, &options);
    }
}

#[test]
fn any_places_in_a_minified_file_of_four_megabytes_are_drawn_small_and_harmless() {
    let piece = "{\"name\":\"日本\u{202e}👍\t\u{1b}é\"},";
    let big = piece.repeat(4_000_000 / piece.len() + 1);
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(48));
    let ends = (any::<Index>(), any::<Index>());
    runner
        .run(&(ends, labels(), terminals()), |(own, labels, options)| {
            check(&[("big.json", &big)], own, &labels, &options);
            Ok(())
        })
        .unwrap();
}
