//! The commands: exit codes, promises of the JSON output, streams, and which files they do not touch.

#![expect(clippy::unwrap_used, reason = "a panic in a test is a failure with a place")]

#[path = "cli/bundle.rs"]
mod bundle;
#[path = "cli/commands.rs"]
mod commands;
#[path = "cli/exit_codes.rs"]
mod exit_codes;
#[path = "program/process.rs"]
mod process;
#[path = "program/run.rs"]
mod program;
#[path = "cli/show.rs"]
mod show;
#[path = "cli/worlds.rs"]
mod worlds;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::Read as _,
    path::{Path, PathBuf},
    process::Stdio,
};

use process::{program, spawn};
use program::{Answer, folder, run};
use rapporteur::rule::Check;
use serde_json::Value;

/// The root of the repository.
fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// One record, nothing found.
const RIGHT: &str = r#"{"id": "r", "kind": "register", "title": "R", "language": "en",
    "entries": [{"symbol": "A/RES/63/225"}]}"#;
/// An element that is not a record: one error.
const WRONG: &str = "[9]";
/// A delegation without a speaker: one info.
const INFO: &str = r#"{"id": "s", "kind": "statement", "title": "S", "language": "en", "date": "2011-05-19",
    "speaker": null, "delegation": "Sweden", "paragraphs": ["Thank you."]}"#;
/// A scalar that readers disagree about: one warning.
const WARNING: &str =
    "id: w\nkind: register\ntitle: W\nlanguage: en\nentries: [{symbol: A/65/203}]\nx-a: 10:00\n";

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

#[test]
fn reports_go_to_files_and_one_to_the_stream() {
    let at = folder(&[("a.json", WRONG)]);
    let reports = folder(&[]);
    let file = |name: &str| reports.path().join(name).to_str().unwrap().to_owned();
    let (sarif, junit) = (file("out.sarif"), file("junit.xml"));
    let streamed = spawn(at.path(), &["check", ".", "--format", "concise"]);
    let arguments = ["check", ".", "--format=sarif", "--output-file", &sarif, "--format=concise"];
    let more = ["--format=junit", "--output-file", &junit];
    let answer = spawn(at.path(), &[&arguments[..], &more].concat());
    assert_eq!(answer, streamed);
    for (format, file) in [("sarif", &sarif), ("junit", &junit)] {
        let alone = spawn(at.path(), &["check", ".", "--format", format]).out;
        assert_eq!(fs::read_to_string(file).unwrap(), alone);
    }
    // With every report in a file the stream is silent, and a file is replaced as a whole.
    let quiet = spawn(at.path(), &arguments[..5]);
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
fn a_report_replaces_nothing_that_the_project_is_made_of() {
    let config = "[[records]]\nfiles = \"records/*\"\nschema = \"own.json\"\n[[registers]]\nfiles = \"known.csv\"\n\
                  space = \"document\"\nkey = \"symbol\"\n";
    let schema = r#"{"x-record": {"id": "/id"}, "properties": {"id": {}}}"#;
    let at = folder(&[
        ("rapporteur.toml", config),
        ("rapporteur.baseline", ""),
        ("own.json", schema),
        ("known.csv", "symbol\nA/RES/63/225\n"),
        ("records/a.json", RIGHT),
        ("records/cut.json", "{"),
        ("elsewhere/b.json", RIGHT),
    ]);
    let before = state(at.path());
    for (file, holds) in [
        ("rapporteur.toml", "the configuration"),
        ("records/../rapporteur.baseline", "the baseline"),
        ("own.json", "a schema"),
        ("known.csv", "a table of keys"),
        ("records/a.json", "records"),
        ("records/cut.json", "records"),
    ] {
        let answer = run(at.path(), &["check", "--format", "json", "--output-file", file]);
        let why = format!("error: `{file}` holds {holds}, and a report would replace it\n");
        assert!(answer.code == 2 && answer.err.starts_with(&why), "{}", answer.err);
    }
    assert_eq!(state(at.path()), before);
    fs::write(at.path().join("other.baseline"), "").unwrap();
    let before = state(at.path());
    let named = ["check", "--baseline", "other.baseline", "--format=json", "--output-file"];
    let answer = run(at.path(), &[&named[..], &["./other.baseline"]].concat());
    assert!(answer.code == 2 && answer.err.contains("holds the baseline"), "{}", answer.err);
    let no_config = ["check", "--no-config", "--format", "json", "--output-file"];
    let answer = run(&at.path().join("elsewhere"), &[&no_config[..], &["b.json"]].concat());
    assert!(answer.code == 2 && answer.err.contains("`b.json` holds records"), "{}", answer.err);
    let one = ["check", "--format", "json", "--output-file", "out", "--format", "sarif"];
    for other in ["./out", "records/../out", at.path().join("out").to_str().unwrap()] {
        let answer = run(at.path(), &[&one[..], &["--output-file", other]].concat());
        assert!(answer.code == 2 && answer.err.contains("two reports go to"), "{}", answer.err);
    }
    assert_eq!(state(at.path()), before);
}

#[test]
fn a_report_replaces_no_record_with_a_mistake() {
    let at = folder(&[]);
    let misspelt = RIGHT.replacen("\"kind\": \"", "\"kind\": \"x", 1);
    assert_ne!(misspelt, RIGHT);
    let utf_16: Vec<u8> = RIGHT.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let conflict = format!("<<<<<<< ours\n{RIGHT}=======\n>>>>>>> theirs\n");
    for (name, bytes) in [
        ("kind.json", misspelt.as_bytes()),
        ("schema.json", br#"{"$schema": "registr.schema.json", "kind": "register"}"#),
        ("conflict.json", conflict.as_bytes()),
        ("letter.json", b"{\"id\": \"a\", \"name\": \"\xff\"}"),
        ("tab.yaml", b"id: a\n\tkind: event\n"),
        ("wide.json", &utf_16),
    ] {
        let path = at.path().join(name);
        fs::write(&path, bytes).unwrap();
        let arguments = ["check", "--no-config", "--format", "json", "--output-file", name];
        let answer = run(at.path(), &arguments);
        let why = format!("error: `{name}` holds records, and a report would replace it\n");
        assert!(answer.code == 2 && answer.err.starts_with(&why), "{name}: {}", answer.err);
        assert_eq!(fs::read(&path).unwrap(), bytes, "{name}");
        fs::remove_file(&path).unwrap();
    }
}

#[test]
fn a_report_gives_way_to_the_next_one_and_other_files_too() {
    let at =
        folder(&[("a.json", RIGHT), ("empty.json", ""), ("package.json", "{\"name\": \"x\"}")]);
    for format in FORMATS {
        let ending = match format {
            "json" | "sarif" | "gitlab" | "rdjson" => "json",
            "jsonl" => "jsonl",
            _ => "txt",
        };
        for file in [&format!("report.{ending}"), "empty.json", "package.json"] {
            let write = ["check", "--format", format, "--output-file", file];
            if ending == "txt" && !file.starts_with("report") {
                let answer = run(at.path(), &write);
                assert_eq!(answer.code, 2);
                assert!(answer.err.contains("does not fit the name of the file"), "{}", answer.err);
                assert!(answer.err.contains("Usage: rapporteur check "), "{}", answer.err);
                continue;
            }
            let mut runs = vec![run(at.path(), &write)];
            if file.starts_with("report") {
                // What was right is written over by what is wrong, and that in turn.
                fs::write(at.path().join("b.json"), WRONG).unwrap();
                runs.extend([run(at.path(), &write), run(at.path(), &write)]);
                fs::remove_file(at.path().join("b.json")).unwrap();
            }
            for answer in runs {
                assert!(answer.code != 2, "{format} {file}: {}", answer.err);
            }
            fs::write(at.path().join("empty.json"), "").unwrap();
            fs::write(at.path().join("package.json"), "{}").unwrap();
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_report_can_go_to_a_stream_by_its_name() {
    let at = folder(&[("a.json", WRONG)]);
    let streamed = spawn(at.path(), &["check", ".", "--format", "json"]);
    for name in ["/dev/stdout", "/dev/fd/1", "-"] {
        let named = ["check", ".", "--format", "json", "--output-file", name];
        assert_eq!(spawn(at.path(), &named), streamed, "{name}");
    }
    let nowhere = ["--format=json", "--output-file=/dev/null", "--format=sarif"];
    let arguments = [&["check", "."], &nowhere[..], &["--output-file=/dev/null"]].concat();
    let answer = spawn(at.path(), &arguments);
    assert_eq!((answer.code, answer.out.as_str()), (1, ""), "{}", answer.err);
    assert_eq!(fs::read_dir(at.path()).unwrap().count(), 1);
}

#[test]
fn a_report_that_cannot_be_written_or_placed_is_a_mistake() {
    let at = folder(&[("a.json", RIGHT)]);
    let before = state(at.path());
    for (arguments, why) in [
        ("--format json --output-file gone/out.json", "gone/out.json: no such file or folder"),
        ("--output-file out", "no format is known by the name of the file `out`"),
        ("--format json --format junit", "both go to standard output"),
    ] {
        let arguments: Vec<&str> = ["check", "."].into_iter().chain(arguments.split(' ')).collect();
        let answer = run(at.path(), &arguments);
        assert!(answer.code == 2 && answer.err.contains(why), "{arguments:?}: {}", answer.err);
    }
    assert_eq!(state(at.path()), before);
}

#[test]
fn what_could_not_be_read_is_in_the_json_beside_what_was_found() {
    let at = folder(&[("a.json", WRONG)]);
    let answer = run(at.path(), &["check", "gone.json", "a.json", "--format", "json"]);
    let value: Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(value["unread"][0]["path"], "gone.json");
    assert_eq!(value["unread"][0]["reason"], "no such file or folder");
    assert_eq!(value["findings"][0]["rule"], "unknown-kind");
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
        let answer = spawn(at.path(), arguments);
        assert!(answer.code == 0 && answer.err.is_empty() && !answer.out.is_empty());
    }
    let version = format!("rapporteur {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(spawn(at.path(), &["--version"]).out, version);
    let help = spawn(at.path(), &["--help"]).out;
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
        let mut keys = keys_in_order(&format!("{{\n{finding}"));
        // Those without a fix have none.
        keys.retain(|key| key != "fixes");
        assert_eq!(keys, finding_keys);
    }
    let summary = &text[text.find("\"summary\"").unwrap()..];
    let summary = &summary[..summary.find('}').unwrap()];
    assert_eq!(
        keys_in_order(summary),
        ["files", "records", "errors", "warnings", "infos", "allowed", "known"]
    );
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
fn findings_do_not_depend_on_the_line_they_are_on() {
    let at = folder(&[("a.json", INFO)]);
    let print = |at: &Path| {
        let rule = ["--select", "speaker-unnamed"];
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
        assert_eq!(answer.err, "error: output: no space is left\n");
    }
    // No message can be written, but the exit code still says it.
    let full = || fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let answer: Answer =
        program(at.path(), &["check", "."]).stdout(full()).stderr(full()).output().unwrap().into();
    assert_eq!(answer.code, 2);
    let answer: Answer = program(at.path(), &["chek"]).stderr(full()).output().unwrap().into();
    assert_eq!(answer.code, 2);
}
