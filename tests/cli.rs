//! The real program: exit codes, promises of the JSON output, streams, and what it leaves alone.

#![expect(clippy::unwrap_used, reason = "a panic in a test is a failure with a place")]

#[path = "cli/commands.rs"]
mod commands;
#[path = "program/run.rs"]
mod program;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::Read as _,
    path::{Path, PathBuf},
    process::Stdio,
};

use program::{Answer, folder, program, run};
use rapporteur::rule::Check;
use serde_json::Value;

/// The root of the repository.
fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// One record, nothing found.
const RIGHT: &str = r#"{"id": "r", "kind": "register", "title": "R", "language": "en",
    "entries": [{"symbol": "A/RES/63/225"}]}"#;
/// An element that is no record: one error.
const WRONG: &str = "[9]";
/// A delegation without a speaker: one info.
const INFO: &str = r#"{"id": "s", "kind": "statement", "title": "S", "language": "en", "date": "2011-05-19",
    "speaker": null, "delegation": "Sweden", "paragraphs": ["Thank you."]}"#;
/// A scalar that readers disagree about: one warning.
const WARNING: &str = "id: w\nkind: register\ntitle: W\nlanguage: en\nentries: []\nx-a: 10:00\n";

const FORMATS: [&str; 11] = [
    "full",
    "concise",
    "json",
    "jsonl",
    "sarif",
    "github",
    "gitlab",
    "junit",
    "checkstyle",
    "rdjson",
    "markdown",
];

/// What is wrong with the shape of `text`, which is a whole report in `format`.
fn broken(format: &str, text: &str) -> Option<String> {
    let json = |text: &str| serde_json::from_str::<Value>(text).map_err(|error| error.to_string());
    let has = |pointer: &str| json(text).map(|value| value.pointer(pointer).is_some());
    let whole = match format {
        "json" => has("/version"),
        "sarif" => has("/runs/0/results"),
        "rdjson" => has("/diagnostics"),
        "gitlab" => json(text).map(|value| value.is_array()),
        "jsonl" => text.lines().map(json).collect::<Result<Vec<_>, _>>().map(|_| true),
        "github" => Ok(text.lines().all(|line| line.starts_with("::"))),
        "junit" => Ok(text.starts_with("<?xml ") && text.ends_with("</testsuites>\n")),
        "checkstyle" => Ok(text.starts_with("<?xml ") && text.contains("<checkstyle ")),
        "markdown" => Ok(text.starts_with("## Rapporteur\n")),
        _ => Ok(true),
    };
    match whole {
        Ok(true) => None,
        Ok(false) => Some(format!("{format}: {text}")),
        Err(error) => Some(format!("{format}: {error}: {text}")),
    }
}

/// The arguments with every format in turn.
#[track_caller]
fn code_in_every_format(at: &Path, arguments: &[&str], code: i32) {
    for format in FORMATS {
        let with_format = [arguments, &["--format", format]].concat();
        let answer = run(at, &with_format);
        assert_eq!(answer.code, code, "{with_format:?}: {}{}", answer.out, answer.err);
        if code != 2 {
            assert_eq!(broken(format, &answer.out), None, "{with_format:?}");
        }
    }
}

#[test]
fn zero_is_clean_in_every_format() {
    let at = folder(&[("a.json", RIGHT)]);
    code_in_every_format(at.path(), &["check", "."], 0);
    code_in_every_format(at.path(), &["check", "a.json"], 0);
    // Findings below the bar.
    let at = folder(&[("a.json", INFO), ("b.yaml", WARNING)]);
    code_in_every_format(at.path(), &["check", "."], 0);
    let at = folder(&[("a.json", WRONG)]);
    code_in_every_format(at.path(), &["check", ".", "--fail-on", "never"], 0);
}

#[test]
fn one_is_findings_at_or_above_the_bar_in_every_format() {
    let at = folder(&[("e.json", WRONG), ("i.json", INFO), ("w.yaml", WARNING)]);
    for (file, least) in [("e.json", 3), ("w.yaml", 2), ("i.json", 1)] {
        let bars = ["info", "warning", "error", "never"];
        for (number, bar) in bars.into_iter().enumerate() {
            let code = i32::from(number < least);
            code_in_every_format(at.path(), &["check", file, "--fail-on", bar], code);
        }
    }
    code_in_every_format(at.path(), &["check", "."], 1);
}

#[test]
fn two_is_a_mistake_in_the_arguments_or_the_configuration_in_every_format() {
    let at = folder(&[
        ("a.json", RIGHT),
        ("notes.txt", ""),
        ("key.toml", "[[record]]\n"),
        ("rule.toml", "[rules]\nno-such-rule = \"off\"\n"),
        ("broken.toml", "[rules\n"),
    ]);
    let mistakes: [&[&str]; 9] = [
        &["check", "--no-such-option"],
        &["check", "--fail-on", "fatal"],
        &["check", "--threads", "none"],
        &["check", "--select", "no-such-rule"],
        &["check", "notes.txt"],
        &["check", "--config", "gone.toml"],
        &["check", "--config", "key.toml"],
        &["check", "--config", "rule.toml"],
        &["check", "--config", "broken.toml"],
    ];
    for arguments in mistakes {
        code_in_every_format(at.path(), arguments, 2);
        let answer = run(at.path(), arguments);
        assert!(answer.out.is_empty() && !answer.err.is_empty(), "{arguments:?}");
    }
    let answer = run(at.path(), &["check", "--format", "xml"]);
    assert!(answer.code == 2 && answer.err.contains("[possible values: full, concise, json"));
    assert_eq!(run(at.path(), &[]).code, 2);
    assert_eq!(run(at.path(), &["chek"]).code, 2);
}

#[test]
fn reports_go_to_files_and_one_to_the_stream() {
    let at = folder(&[("a.json", WRONG)]);
    let reports = folder(&[]);
    let file = |name: &str| reports.path().join(name).to_str().unwrap().to_owned();
    let (sarif, junit) = (file("out.sarif"), file("junit.xml"));
    let streamed = run(at.path(), &["check", ".", "--format", "concise"]);
    let arguments = ["check", ".", "--format=sarif", "--output-file", &sarif, "--format=concise"];
    let more = ["--format=junit", "--output-file", &junit];
    let answer = run(at.path(), &[&arguments[..], &more].concat());
    assert_eq!(answer, streamed);
    for (format, file) in [("sarif", &sarif), ("junit", &junit)] {
        let alone = run(at.path(), &["check", ".", "--format", format]).out;
        assert_eq!(fs::read_to_string(file).unwrap(), alone);
    }
    // With every report in a file the stream is silent, and a file is replaced as a whole.
    let quiet = run(at.path(), &arguments[..5]);
    assert_eq!((quiet.code, quiet.out.as_str()), (1, ""));
    assert_eq!(fs::read_dir(reports.path()).unwrap().count(), 2);
}

/// The files below `at` with their contents and times.
fn state(at: &Path) -> BTreeMap<PathBuf, (Vec<u8>, std::time::SystemTime)> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(at).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.insert(
                path.clone(),
                (Vec::new(), fs::metadata(&path).unwrap().modified().unwrap()),
            );
            found.extend(state(&path));
        } else {
            let modified = fs::metadata(&path).unwrap().modified().unwrap();
            found.insert(path.clone(), (fs::read(&path).unwrap(), modified));
        }
    }
    found
}

#[test]
fn a_report_that_cannot_be_written_or_placed_is_a_mistake() {
    let at = folder(&[("a.json", RIGHT)]);
    let before = state(at.path());
    for (arguments, why) in [
        ("--format json --output-file gone/out.json", "gone/out.json: no such file or folder"),
        ("--output-file out.json", "there is none"),
        ("--format json --format junit", "both go to standard output"),
    ] {
        let arguments: Vec<&str> = ["check", "."].into_iter().chain(arguments.split(' ')).collect();
        let answer = run(at.path(), &arguments);
        assert!(answer.code == 2 && answer.err.contains(why), "{arguments:?}: {}", answer.err);
    }
    assert_eq!(state(at.path()), before);
}

#[test]
fn three_is_nothing_to_check_in_every_format() {
    let at = folder(&[("notes.txt", ""), ("package.json", "{\"name\": \"x\"}")]);
    code_in_every_format(at.path(), &["check"], 3);
    fs::remove_file(at.path().join("package.json")).unwrap();
    code_in_every_format(at.path(), &["check", "."], 3);
    let answer = run(at.path(), &["check", "."]);
    assert_eq!(answer.err, "nothing to check: no records were found\n");
}

#[test]
fn four_is_an_input_that_could_not_be_read_in_every_format() {
    let at = folder(&[("a.json", WRONG)]);
    code_in_every_format(at.path(), &["check", "gone.json"], 4);
    // It outweighs what was found, and what was found is still told.
    code_in_every_format(at.path(), &["check", "gone.json", "a.json"], 4);
    code_in_every_format(at.path(), &["check", "gone.json", "a.json", "--fail-on", "never"], 4);
    let answer = run(at.path(), &["check", "gone.json", "a.json", "--format", "json"]);
    let value: Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(value["unread"][0]["path"], "gone.json");
    assert_eq!(value["unread"][0]["reason"], "no such file or folder");
    assert_eq!(value["findings"][0]["rule"], "unknown-kind");
    for format in FORMATS {
        let answer = run(at.path(), &["check", "gone.json", "a.json", "--format", format]);
        for told in ["gone.json", "no such file or folder", "unknown-kind"] {
            assert!(answer.out.contains(told), "{format} does not tell {told}: {}", answer.out);
        }
    }
}

#[test]
fn formats_are_those_that_the_library_writes() {
    let words = rapporteur::output::Format::ALL.map(rapporteur::output::Format::word);
    assert_eq!(words, FORMATS);
}

#[test]
fn help_and_version_are_answers() {
    let at = folder(&[]);
    for arguments in [&["--help"][..], &["-h"], &["help"], &["check", "--help"], &["--version"]] {
        let answer = run(at.path(), arguments);
        assert!(answer.code == 0 && answer.err.is_empty() && !answer.out.is_empty());
    }
    let version = format!("rapporteur {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(run(at.path(), &["--version"]).out, version);
    let help = run(at.path(), &["--help"]).out;
    for (code, meaning) in [(0, "clean"), (1, "findings"), (2, "the arguments"), (3, "nothing")] {
        assert!(help.contains(&format!("  {code}  {meaning}")), "{help}");
    }
    assert!(help.contains("  4  an input could not be read"), "{help}");
}

/// The keys of a JSON object in the order in which they are written, which a parsed value forgets.
fn keys_in_order(object: &str) -> Vec<String> {
    let indent =
        object.lines().nth(1).unwrap().len() - object.lines().nth(1).unwrap().trim_start().len();
    let members = object.lines().filter(|line| {
        line.len() - line.trim_start().len() == indent && line.trim_start().starts_with('"')
    });
    members.map(|line| line.trim_start().split('"').nth(1).unwrap().to_owned()).collect()
}

/// The objects of the list `key` in pretty-printed JSON, as text.
fn objects_of<'t>(text: &'t str, key: &str) -> Vec<&'t str> {
    let from = text.find(&format!("\"{key}\": [")).expect("the list is there");
    let line_start = text[..from].rfind('\n').unwrap() + 1;
    let close = format!("\n{}]", " ".repeat(from - line_start));
    let list = &text[from..from + text[from..].find(&close).unwrap()];
    let open = format!("\n{}{{\n", " ".repeat(from - line_start + 2));
    list.split(open.as_str()).skip(1).collect()
}

#[test]
fn json_has_the_promised_keys_in_the_promised_order() {
    let answer = run(&repository(), &["check", "--format", "json"]);
    let text = answer.out;
    assert_eq!(keys_in_order(&text), ["version", "summary", "findings", "unread"]);
    let finding_keys = [
        "rule",
        "family",
        "severity",
        "message",
        "path",
        "record",
        "kind",
        "pointer",
        "span",
        "labels",
        "help",
        "fix",
        "fingerprint",
    ];
    let findings = objects_of(&text, "findings");
    assert!(findings.len() > 5, "{text}");
    for finding in findings {
        assert_eq!(keys_in_order(&format!("{{\n{finding}")), finding_keys);
    }
    let summary = &text[text.find("\"summary\"").unwrap()..];
    let summary = &summary[..summary.find('}').unwrap()];
    assert_eq!(keys_in_order(summary), ["files", "records", "errors", "warnings", "infos"]);
    let value: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value["version"], 1);
    let labels = value["findings"].as_array().unwrap().iter().filter_map(|f| f["labels"].get(0));
    let label = labels.clone().next().expect("a near-duplicate names its twin");
    let label_keys: Vec<&String> = label.as_object().unwrap().keys().collect();
    assert_eq!(label_keys, ["path", "pointer", "record", "span", "text"], "sorted by the parser");
    let position = &label["span"]["start"];
    let keys: Vec<&String> = position.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["column", "line", "offset"], "sorted by the parser");
}

#[test]
fn json_findings_are_sorted_and_their_summary_counts_them() {
    let answer = run(&repository(), &["check", "--format", "json"]);
    let value: Value = serde_json::from_str(&answer.out).unwrap();
    let findings = value["findings"].as_array().unwrap();
    let key = |finding: &Value| {
        let offset = finding["span"]["start"]["offset"].as_u64().unwrap();
        let text = |key: &str| finding[key].as_str().unwrap().to_owned();
        (text("path"), offset, text("rule"))
    };
    assert!(findings.is_sorted_by_key(key));
    for (severity, total) in [("error", "errors"), ("warning", "warnings"), ("info", "infos")] {
        let count = findings.iter().filter(|finding| finding["severity"] == severity).count();
        assert_eq!(value["summary"][total], count);
    }
    assert_eq!(value["summary"]["files"], 26);
    let prints = findings.iter().map(|finding| finding["fingerprint"].as_str().unwrap());
    let distinct: BTreeSet<&str> = prints.collect();
    assert_eq!(distinct.len(), findings.len(), "each finding has a fingerprint of its own");
}

#[test]
fn the_same_corpus_gives_the_same_bytes_anywhere() {
    let worlds = [
        ("8", "C", "UTC", "dumb"),
        ("8", "tr_TR.UTF-8", "Pacific/Kiritimati", "xterm-256color"),
        ("3", "ar_EG.UTF-8", "America/New_York", ""),
    ];
    for (number, format) in FORMATS.into_iter().enumerate() {
        let arguments = ["check", "--format", format, "--threads"];
        let one = run(&repository(), &[&arguments[..], &["1"]].concat());
        // What is found is the same for all formats, so each goes to one world, and one to all.
        let visited = |world: &usize| format == "json" || number % worlds.len() == *world;
        for (threads, locale, zone, terminal) in
            (0..).zip(worlds).filter(|(w, _)| visited(w)).map(|(_, world)| world)
        {
            let mut command = program(&repository(), &[&arguments[..], &[threads]].concat());
            command.env("LC_ALL", locale).env("LANG", locale).env("TZ", zone);
            command.env("TERM", terminal).env("COLUMNS", "40").env("HOME", "/nonexistent");
            let other: Answer = command.output().unwrap().into();
            assert_eq!(one, other, "{format} {locale}");
        }
    }
}

#[test]
fn findings_do_not_depend_on_the_line_they_stand_on() {
    let at = folder(&[("a.json", INFO)]);
    let print = |at: &Path| {
        let rule = ["--select", "delegation-speaker-unnamed"];
        let answer = run(at, &[&["check", ".", "--format", "json"][..], &rule].concat());
        let value: Value = serde_json::from_str(&answer.out).unwrap();
        value["findings"][0]["fingerprint"].as_str().unwrap().to_owned()
    };
    let before = print(at.path());
    fs::write(at.path().join("a.json"), format!("\n\n\n{}", INFO.replace(", ", ",\n "))).unwrap();
    assert_eq!(print(at.path()), before);
    fs::write(at.path().join("a.json"), INFO.replace("Sweden", "Norway")).unwrap();
    assert_ne!(print(at.path()), before);
}

#[test]
fn colour_is_written_only_where_it_is_wanted() {
    let at = folder(&[("a.json", WRONG)]);
    let colored = |arguments: &[&str], variables: &[(&str, &str)]| {
        let mut command = program(at.path(), &[&["check", "."], arguments].concat());
        command.envs(variables.iter().copied());
        Answer::from(command.output().unwrap()).out.contains('\u{1b}')
    };
    for format in ["--format=full", "--format=concise"] {
        assert!(!colored(&[format], &[]), "standard output is no terminal");
        assert!(colored(&[format], &[("CLICOLOR_FORCE", "1")]));
        assert!(!colored(&[format], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
        assert!(colored(&[format, "--color=always"], &[("NO_COLOR", "1")]));
        assert!(!colored(&[format, "--color=never"], &[("CLICOLOR_FORCE", "1")]));
    }
    for format in FORMATS.iter().filter(|format| !matches!(**format, "full" | "concise")) {
        assert!(!colored(&["--format", format, "--color=always"], &[]), "{format}");
    }
}

#[test]
fn a_reader_that_stops_early_changes_nothing() {
    let at = folder(&[("a.json", &format!("[{}9]", "9, ".repeat(4_000)))]);
    for format in FORMATS {
        let mut command = program(at.path(), &["check", ".", "--format", format]);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut first = [0];
        child.stdout.take().unwrap().read_exact(&mut first).unwrap();
        let answer: Answer = child.wait_with_output().unwrap().into();
        assert_eq!((answer.code, answer.err.as_str()), (1, ""), "{format}");
    }
    for arguments in [
        &["rules"][..],
        &["schema", "letter"],
        &["explain", "schema"],
        &["--help"],
        &["man"],
        &["completions", "zsh"],
        &["init", "--print", "github"],
    ] {
        let mut command = program(at.path(), arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let answer: Answer = child.wait_with_output().unwrap().into();
        assert_eq!((answer.code, answer.err.as_str()), (0, ""), "{arguments:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_a_failure_and_says_so() {
    let at = folder(&[("a.json", RIGHT)]);
    let facts = &["facts", "a.json"][..];
    let commands =
        [&["check", "."][..], &["check", ".", "--format=json"], facts, &["rules"], &["schema"]];
    for arguments in commands {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let answer: Answer = program(at.path(), arguments).stdout(full).output().unwrap().into();
        assert_eq!(answer.code, 2, "{arguments:?}");
        assert!(answer.err.starts_with("error: output: "), "{}", answer.err);
    }
    // Nobody can be told, but the exit code still says it.
    let full = || fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let answer: Answer =
        program(at.path(), &["check", "."]).stdout(full()).stderr(full()).output().unwrap().into();
    assert_eq!(answer.code, 2);
    let answer: Answer = program(at.path(), &["chek"]).stderr(full()).output().unwrap().into();
    assert_eq!(answer.code, 2);
}
