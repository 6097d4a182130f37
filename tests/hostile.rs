//! Nothing that a file may hold makes the program panic, point outside the text or disturb a terminal.

#![expect(clippy::unwrap_used, reason = "a panic in a test is a failure with a place")]

#[path = "hostile/generate.rs"]
mod generate;
#[cfg(unix)]
#[path = "hostile/links.rs"]
mod links;
#[cfg(unix)]
#[path = "hostile/program.rs"]
mod met_by_the_program;
#[cfg(unix)]
#[path = "program/run.rs"]
mod program;
#[path = "hostile/schemas.rs"]
mod schemas;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use generate::{Hostile, all};
use rapporteur::{
    finding::{Location, Severity},
    lint::{Report, Run},
    output::{Format, Terminal},
    schema::Catalog,
    source::{LineIndex, Source, Syntax},
    sources::Input,
};
use rayon::prelude::*;

/// The report on `files`, checked as one corpus.
fn check(catalog: &Catalog, files: &[&Hostile]) -> Report {
    let inputs: Vec<Arc<Input>> = files
        .iter()
        .map(|file| Input {
            path: file.path.clone(),
            disk: file.path.clone().into(),
            // Of Markdown, meetings are read as well.
            schema: (Syntax::of_named(&file.path) == Some(Syntax::Markdown))
                .then(|| "minutes".to_owned()),
            table: None,
            supplied: None,
            reported: true,
            expected: true,
        })
        .map(Arc::new)
        .collect();
    let run = Run { keep_sources: true, ..Run::new(catalog) };
    run.check(&inputs, &|input| {
        let file = files.iter().find(|file| file.path == input.path);
        file.map(|file| file.bytes.clone()).ok_or_else(|| "gone".to_owned())
    })
}

/// What is wrong with the report on `files`.
fn problems(report: &Report, files: &[&Hostile]) -> Vec<String> {
    let mut problems = Vec::new();
    let sources: Vec<(Source, LineIndex)> = files
        .iter()
        .map(|file| {
            let syntax = Syntax::of_named(&file.path).unwrap();
            let source = Source::from_bytes(file.path.clone(), syntax, file.bytes.clone());
            let lines = LineIndex::new(&source.text);
            (source, lines)
        })
        .collect();
    for finding in &report.findings {
        let labels = finding.labels.iter().map(|label| &label.location);
        for location in std::iter::once(&finding.location).chain(labels) {
            let source = sources.iter().find(|(source, _)| source.path == location.path);
            let fits = source.is_some_and(|(source, lines)| fits(location, &source.text, lines));
            if !fits {
                problems.push(format!("{} points outside the text: {location:?}", finding.rule));
            }
        }
        if finding.message.is_empty() || finding.fingerprint.len() != 32 {
            problems.push(format!("{} has no message or fingerprint", finding.rule));
        }
    }
    if report.summary.files != files.len() || !report.unread.is_empty() {
        problems.push(format!("not every file was checked: {:?}", report.summary));
    }
    for file in files.iter().filter(|file| file.broken) {
        let error = report.findings.iter().find(|finding| {
            finding.location.path == file.path && finding.severity == Severity::Error
        });
        if error.is_none() {
            problems.push("it cannot be read to its end and no error was found".to_owned());
        }
    }
    problems.extend(Format::ALL.into_iter().filter_map(|format| disturbance(format, report)));
    problems
}

/// Whether a place is in `text`, between characters, and its lines and columns are those of its offsets.
fn fits(location: &Location, text: &str, lines: &LineIndex) -> bool {
    let (start, end) = (location.start, location.end);
    start.offset <= end.offset
        && text.get(start.offset as usize..end.offset as usize).is_some()
        && lines.position(text, start.offset) == start
        && lines.position(text, end.offset) == end
}

/// Characters that are drawn as nothing, so that two names look alike: of each range that Unicode has of them, one.
const HIDING: [char; 16] = [
    '\u{ad}',
    '\u{34f}',
    '\u{115f}',
    '\u{17b4}',
    '\u{180b}',
    '\u{200b}',
    '\u{2060}',
    '\u{3164}',
    '\u{fe0f}',
    '\u{feff}',
    '\u{ffa0}',
    '\u{fff9}',
    '\u{1bca0}',
    '\u{1d173}',
    '\u{e0041}',
    '\u{e0100}',
];

/// What `format` writes that a terminal would obey, or that is no JSON.
fn disturbance(format: Format, report: &Report) -> Option<String> {
    let mut out = Vec::new();
    format.write(report, &Terminal::default(), &mut out).unwrap();
    let Ok(text) = String::from_utf8(out) else {
        return Some(format!("{} is not UTF-8", format.word()));
    };
    if let Some(c) = obeyed(&text) {
        return Some(format!("{} writes {:?}", format.word(), c));
    }
    let json = |text: &str| serde_json::from_str::<serde::de::IgnoredAny>(text).map(drop);
    let parsed = match format {
        Format::Json | Format::Sarif | Format::Gitlab | Format::Rdjson => json(&text),
        Format::Jsonl => text.lines().try_for_each(json),
        _ => Ok(()),
    };
    parsed.err().map(|error| format!("{}: {error}", format.word()))
}

/// The first character of `text` that a terminal would obey. The reports are long and nearly all of their bytes are plain, so
/// only a byte that can begin such a character is decoded.
fn obeyed(text: &str) -> Option<char> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if matches!(bytes[at], 0..b' ' | 0x7f | 0xc2 | 0xcd | 0xd8 | 0xe1..=0xe3 | 0xef..=0xf3) {
            let c = text[at..].chars().next()?;
            let bidi = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}');
            let isolate = matches!(c, '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}');
            if bidi || isolate || HIDING.contains(&c) || (c.is_control() && c != '\n') {
                return Some(c);
            }
        }
        at += 1;
    }
    None
}

#[test]
fn what_a_terminal_would_follow_is_seen() {
    let seen = |c: &char| obeyed(&format!("é{c}")) == Some(*c);
    let expected = |c: &char| {
        c.is_control() && *c != '\n'
            || "\u{61c}\u{200e}\u{200f}\u{2028}\u{2029}".contains(*c)
            || ('\u{202a}'..='\u{202e}').contains(c)
            || ('\u{2066}'..='\u{2069}').contains(c)
            || HIDING.contains(c)
    };
    let wrong = ('\0'..='\u{fffff}').find(|c| seen(c) != expected(c));
    assert_eq!(wrong, None);
}

#[test]
fn every_hostile_file_ends_in_findings_or_clean() {
    let files = all();
    assert!(files.len() >= 1_000, "only {} files", files.len());
    assert!(files.iter().filter(|file| file.broken).count() >= 300);
    let catalog = Catalog::bundled();
    let reported: Vec<String> = files
        .par_iter()
        .flat_map_iter(|file| {
            let one = [file];
            let result = catch_unwind(AssertUnwindSafe(|| problems(&check(&catalog, &one), &one)));
            let problems = result.unwrap_or_else(|_| vec!["panicked".to_owned()]);
            problems.into_iter().map(|problem| format!("{}: {problem}", file.path))
        })
        .collect();
    assert!(reported.is_empty(), "{} problems:\n{}", reported.len(), reported.join("\n"));
}

#[test]
fn characters_that_hide_are_shown_in_every_format_and_names_with_them_are_compared() {
    let catalog = Catalog::bundled();
    for hiding in HIDING.into_iter().chain(['\u{200c}', '\u{200d}']) {
        let text = format!(
            "id: p1\nkind: programme\ntitle: Programme{hiding}\nlanguage: en\ndate: \"2026-04-14\"\nslots:\n\
             - {{kind: keynote, start: \"09:00\", end: \"10:00\", title: \"A{hiding}\", track: A, \
             speakers: [{{name: \"Ana Ru{hiding}iz\"}}]}}\n\
             - {{kind: keynote, start: \"09:30\", end: \"10:30\", title: \"B{hiding}c\", track: B, \
             speakers: [{{name: \"Ana Ru{hiding}iz\"}}]}}\n"
        );
        let path = format!("a{hiding}b.yaml");
        let file = Hostile { path, bytes: text.into_bytes(), broken: false };
        let report = check(&catalog, &[&file]);
        let is_booked =
            |finding: &rapporteur::finding::Finding| finding.rule == "speaker-double-booked";
        assert!(report.findings.iter().any(is_booked), "{hiding:?}: {:#?}", report.findings);
        assert_eq!(problems(&report, &[&file]), [""; 0], "{hiding:?}");
    }
}

#[test]
fn hostile_files_together_make_one_report_that_is_the_same_again() {
    let files = all();
    // The built ones are slow and cite nothing; what is left still holds every record many times.
    let small: Vec<&Hostile> =
        files.iter().filter(|file| file.bytes.len() < 40_000).step_by(5).collect();
    assert!(small.len() > 150);
    let catalog = Catalog::bundled();
    let report = check(&catalog, &small);
    let reported = problems(&report, &small);
    assert!(reported.is_empty(), "{}", reported.join("\n"));
    assert!(report.findings.iter().any(|finding| finding.rule == "duplicate-id"));
    let key = |finding: &rapporteur::finding::Finding| {
        (finding.location.path.clone(), finding.location.start.offset, finding.rule)
    };
    assert!(report.findings.is_sorted_by_key(key));
    let second = check(&catalog, &small);
    assert_eq!(report.findings, second.findings);
}

/// What is on a disk besides ordinary files.
#[cfg(unix)]
mod on_disk {
    use std::{
        ffi::OsStr,
        fs,
        os::unix::{ffi::OsStrExt as _, fs::PermissionsExt as _, fs::symlink},
        process::Command,
    };

    use crate::program::{folder, run};

    const RIGHT: &str = r#"{"id": "r", "kind": "register", "title": "R", "language": "en",
        "entries": [{"symbol": "A/RES/63/225"}]}"#;
    /// An element that is not a record: one error.
    const WRONG: &str = "[9]";

    #[test]
    fn a_file_that_may_not_be_read_is_named_and_the_others_are_checked() {
        let at = folder(&[("a.json", RIGHT), ("b.json", WRONG)]);
        let path = at.path().join("a.json");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
        if fs::read(&path).is_ok() {
            // Nothing is forbidden to root; the other tests meet unreadable things of other kinds.
            return;
        }
        let answer = run(at.path(), &["check", ".", "--format=concise"]);
        assert_eq!(answer.code, 4);
        assert!(answer.out.contains("a.json: not read: permission denied\n"), "{}", answer.out);
        assert!(answer.out.starts_with("b.json:1:2: error[unknown-kind]"), "{}", answer.out);
    }

    #[test]
    fn links_are_skipped_and_loops_do_no_harm() {
        let at = folder(&[("a/x.json", RIGHT)]);
        symlink("..", at.path().join("a/up")).unwrap();
        symlink("loop.json", at.path().join("a/loop.json")).unwrap();
        symlink("gone.json", at.path().join("a/dangling.json")).unwrap();
        let answer = run(at.path(), &["check", ".", "--format=concise"]);
        let expected = "no findings in 1 file (1 record)\n";
        assert_eq!((answer.code, answer.out.as_str(), answer.err.as_str()), (0, expected, ""));
    }

    #[test]
    fn a_link_that_is_named_and_leads_nowhere_cannot_be_read() {
        let at = folder(&[("x.json", RIGHT)]);
        symlink("loop.json", at.path().join("loop.json")).unwrap();
        symlink("gone.json", at.path().join("dangling.json")).unwrap();
        for (name, reason) in [
            ("loop.json", "its links lead in a circle"),
            ("dangling.json", "it is a link that leads nowhere"),
        ] {
            let answer = run(at.path(), &["check", name, "--format=concise"]);
            assert_eq!(answer.code, 4, "{}", answer.out);
            let line = format!("{name}: not read: {reason}\n");
            assert!(answer.out.starts_with(&line), "{}", answer.out);
        }
    }

    #[test]
    fn a_folder_with_the_name_of_a_record_is_a_folder() {
        let at = folder(&[("x.json/y.json", RIGHT), ("z.json/notes.txt", "")]);
        let answer = run(at.path(), &["check", ".", "--format=concise"]);
        assert_eq!(answer.out, "no findings in 1 file (1 record)\n");
        assert_eq!(answer.code, 0);
        assert_eq!(run(at.path(), &["check", "x.json"]).code, 0);
        assert_eq!(run(at.path(), &["check", "z.json"]).code, 3);
    }

    #[test]
    fn a_pipe_with_the_name_of_a_record_is_not_waited_for() {
        let at = folder(&[("x.json", RIGHT)]);
        let made = Command::new("mkfifo").arg(at.path().join("pipe.json")).status();
        if !made.is_ok_and(|status| status.success()) {
            return;
        }
        let answer = run(at.path(), &["check", ".", "--format=concise"]);
        assert_eq!(answer.out, "no findings in 1 file (1 record)\n");
        let answer = run(at.path(), &["check", "pipe.json", "--format=concise"]);
        assert_eq!(answer.code, 4);
        let line = "pipe.json: not read: it is not a regular file\n";
        assert!(answer.out.starts_with(line), "{}", answer.out);
    }

    #[test]
    fn the_name_of_a_file_disturbs_no_output() {
        let at = folder(&[]);
        let name = OsStr::from_bytes("a\n\u{1b}[2J\u{202e}\t\\'\"<&.json".as_bytes());
        fs::write(at.path().join(name), WRONG).unwrap();
        fs::write(at.path().join(OsStr::from_bytes(b"\xff\xfe.json")), WRONG).unwrap();
        for format in super::Format::ALL.map(super::Format::word) {
            let answer = run(at.path(), &["check", ".", "--format", format]);
            assert_eq!(answer.code, 1, "{}", answer.err);
            let hidden = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
            assert!(!answer.out.contains(hidden), "{format}: {:?}", answer.out);
            assert!(format != "concise" || answer.out.lines().count() == 4, "{}", answer.out);
        }
        let answer = run(at.path(), &["check", ".", "--format=json"]);
        let value: serde_json::Value = serde_json::from_str(&answer.out).unwrap();
        // JSON gives the name back as it is.
        assert_eq!(value["findings"][0]["path"], "a\n\u{1b}[2J\u{202e}\t\\'\"<&.json");
        assert_eq!(value["findings"][1]["path"], "\u{fffd}\u{fffd}.json");
    }
}
