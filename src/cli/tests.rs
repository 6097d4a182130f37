//! Whole runs with an engine that finds every `9` in a file.

use std::{collections::BTreeMap, fs, sync::Arc};

use super::*;
use crate::{
    config::Level,
    input,
    lint::Summary,
    output::testing::{find, finding},
    source::{Source, Syntax},
};

const RULES: [RuleEntry<'static>; 2] = [
    RuleEntry {
        id: "odd-form",
        family: Family::Style,
        severity: Severity::Info,
        since: "0.1.0",
        summary: "forms that are odd",
        page: "# odd-form\n\nForms that are odd.\n",
    },
    RuleEntry {
        id: "end-before-start",
        family: Family::Times,
        severity: Severity::Error,
        since: "0.1.0",
        summary: "slots that end before they begin",
        page: "# end-before-start\n",
    },
];

const SCHEMAS: [SchemaEntry<'static>; 2] = [
    SchemaEntry { kind: "letter", summary: "a letter", text: "{\"x\": 1}\n" },
    SchemaEntry { kind: "programme", summary: "a programme", text: "{}" },
];

fn check(job: &Job<'_>, tick: &(dyn Fn(usize, usize) + Sync)) -> Result<Report, String> {
    let mut report = Report::default();
    let rule = RULES[1];
    let level = job.levels.of(rule.id, rule.family, rule.severity);
    for (index, input) in job.inputs.iter().enumerate() {
        let text = match input::read(input) {
            Ok(bytes) => String::from_utf8(bytes).map_err(|error| error.to_string())?,
            Err(error) => {
                let reason = error.to_string();
                report.unread.push(Unread { path: input.path.clone(), reason });
                continue;
            }
        };
        if let (true, Level::At(severity), true) = (text.contains('9'), level, input.reported) {
            let mut one = finding("there is a 9", find(&input.path, &text, "9"));
            one.severity = severity;
            report.findings.push(one);
        }
        let source = Arc::new(Source::new(input.path.as_str(), Syntax::Json, text));
        report.sources.insert(input.path.clone(), source);
        tick(index + 1, job.inputs.len());
    }
    if !job.keep_sources {
        report.sources = BTreeMap::new();
    }
    report.summary = Summary::of(job.inputs.len(), job.inputs.len(), &report.findings);
    Ok(report)
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::Builder::new().prefix("records").tempdir().unwrap();
    for (file, text) in files {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn run_to(at: &Path, arguments: &[&str], out: &mut dyn Write) -> (u8, String) {
    let engine = Engine {
        rules: &RULES,
        schemas: &SCHEMAS,
        check: &check,
        facts: &|input, _| match input::read(input) {
            Ok(_) => Ok(format!("facts of {}\u{1b}\n", input.path)),
            Err(error) => Err(Unread { path: input.path.clone(), reason: error.to_string() }),
        },
    };
    let world = World {
        cwd: at.to_owned(),
        variable: &|_| None,
        out_is_terminal: false,
        err_is_terminal: false,
    };
    let arguments = ["rapporteur"].iter().chain(arguments).map(OsString::from);
    let mut err = Vec::new();
    let exit = run(arguments, &engine, &world, out, &mut err);
    (exit.code(), String::from_utf8(err).unwrap())
}

fn run_in(at: &Path, arguments: &[&str]) -> (u8, String, String) {
    let mut out = Vec::new();
    let (code, err) = run_to(at, arguments, &mut out);
    (code, String::from_utf8(out).unwrap(), err)
}

#[test]
fn the_definitions_are_sound() {
    <Arguments as clap::CommandFactory>::command().debug_assert();
}

#[test]
fn check_writes_the_report_and_exits_by_the_gravest_finding() {
    let at = folder(&[("a.json", "[9]"), ("b/c.json", "[1]")]);
    let told = |arguments: &[&str]| run_in(at.path(), arguments);
    assert_eq!(
        told(&["check", "--format", "concise"]),
        (
            1,
            "a.json:1:2: error[end-before-start] there is a 9\n1 error in 2 files (2 records)\n\
             `rapporteur explain end-before-start` tells what that rule is about\n"
                .to_owned(),
            String::new()
        )
    );
    assert_eq!(told(&["check", "--fail-on", "never", "--quiet"]).0, 0);
    assert_eq!(told(&["check", "b", "--threads", "2"]).0, 0);
    let (code, out, _) = told(&["check", "--quiet", "--color=always"]);
    assert!(code == 1 && out.starts_with("\u{1b}[31merror[end-before-start]"), "{out}");
    let (_, out, _) = told(&["check", "--format=json"]);
    assert!(out.starts_with("{\n  \"version\": 1,\n"), "{out}");
}

#[test]
fn rules_are_selected_and_left_out() {
    let at = folder(&[("a.json", "[9]")]);
    let code = |arguments: &[&str]| run_in(at.path(), arguments).0;
    assert_eq!(code(&["check", "--select", "style"]), 0);
    assert_eq!(code(&["check", "--select", "style,times"]), 1);
    assert_eq!(code(&["check", "--ignore", "end-before-start"]), 0);
    assert_eq!(
        run_in(at.path(), &["check", "--ignore", "end-befor-start"]),
        (
            2,
            String::new(),
            "error: no rule or family `end-befor-start`\n\n  tip: did you mean `end-before-start`?\n"
                .to_owned()
        )
    );
}

#[test]
fn the_configuration_counts_unless_it_is_left_out() {
    let at = folder(&[
        ("rapporteur.toml", "[rules]\nend-before-start = \"info\"\n"),
        ("sub/a.json", "[9]"),
        ("other.toml", "[rules]\nend-before-start = \"of\"\n"),
    ]);
    let sub = at.path().join("sub");
    let (code, out, _) = run_in(&sub, &["check", "--format=concise"]);
    assert!(code == 0 && out.starts_with("sub/a.json:1:2: info["), "{out}");
    let (code, out, _) = run_in(&sub, &["check", "--format=concise", "--no-config"]);
    assert!(code == 1 && out.starts_with("a.json:1:2: error["), "{out}");
    let (code, out, err) = run_in(&sub, &["check", "--config", "../other.toml"]);
    assert!(code == 2 && out.is_empty(), "{out}");
    assert!(err.contains("[other.toml:2:20]") && err.contains("did you mean `off`?"), "{err}");
    let (code, _, err) = run_in(&sub, &["check", "--config", "gone.toml"]);
    assert!(code == 2 && err.ends_with("gone.toml: not read: no such file or folder\n"), "{err}");
    assert_eq!(run_in(&sub, &["check", "--config=x", "--no-config"]).0, 2);
}

#[test]
fn what_is_missing_or_empty_has_its_own_exit_code() {
    let at = folder(&[("a.json", "[9]"), ("empty/x.txt", "")]);
    let (code, out, err) = run_in(at.path(), &["check", "empty"]);
    assert_eq!((code, err.as_str()), (3, "nothing to check: no records were found\n"));
    assert_eq!(out, "no findings in 0 files (0 records)\n");
    let (code, out, _) = run_in(at.path(), &["check", "gone.json", "a.json"]);
    assert_eq!(code, 4);
    assert!(out.contains("gone.json: not read: no such file or folder\n1 error in"), "{out}");
    let (code, _, err) = run_in(at.path(), &["check", "empty/x.txt"]);
    assert!(code == 2 && err.starts_with("error: `empty/x.txt` does not end in"), "{err}");
}

#[test]
fn an_error_of_the_engine_is_told() {
    let at = folder(&[]);
    fs::write(at.path().join("a.json"), b"\xff").unwrap();
    let (code, _, err) = run_in(at.path(), &["check"]);
    assert!(code == 2 && err.starts_with("error: invalid utf-8"), "{err}");
}

#[test]
fn mistakes_in_the_arguments_exit_with_two_and_help_with_zero() {
    let at = folder(&[]);
    let (code, out, err) = run_in(at.path(), &["chekc"]);
    assert!(code == 2 && out.is_empty() && err.contains("'check'"), "{err}");
    assert_eq!(run_in(at.path(), &["check", "--format", "xml"]).0, 2);
    assert_eq!(run_in(at.path(), &["check", "--threads", "0"]).0, 2);
    let (code, out, err) = run_in(at.path(), &["--help"]);
    assert!(code == 0 && err.is_empty() && out.contains("3  nothing to check"), "{out}");
    assert_eq!(run_in(at.path(), &["--version"]).0, 0);
}

#[test]
fn rules_are_listed_by_family_and_explained() {
    let at = folder(&[]);
    assert_eq!(
        run_in(at.path(), &["rules"]).1,
        "times\n  end-before-start  error    slots that end before they begin\n\n\
         style\n  odd-form          info     forms that are odd\n"
    );
    let (_, out, _) = run_in(at.path(), &["rules", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(value["rules"][1]["rule"], "odd-form");
    assert_eq!(value["version"], 1);
    assert_eq!(
        run_in(at.path(), &["explain", "odd-form"]).1,
        "# odd-form\n\nForms that are odd.\n\nFamily style, severity info, since 0.1.0.\n"
    );
    let (code, _, err) = run_in(at.path(), &["explain", "odd-from"]);
    assert!(code == 2 && err.contains("did you mean `odd-form`?"), "{err}");
}

#[test]
fn schemas_are_listed_and_printed() {
    let at = folder(&[]);
    assert_eq!(run_in(at.path(), &["schema"]).1, "letter     a letter\nprogramme  a programme\n");
    assert_eq!(run_in(at.path(), &["schema", "letter"]).1, "{\"x\": 1}\n");
    let (code, _, err) = run_in(at.path(), &["schema", "zzz"]);
    assert_eq!(
        (code, err.as_str()),
        (2, "error: no kind `zzz`\n\n  tip: `rapporteur schema` lists every kind\n")
    );
}

#[test]
fn facts_are_printed_without_harm() {
    let at = folder(&[("a.json", "{}"), ("b.json", "{}")]);
    assert_eq!(
        run_in(at.path(), &["facts", "a.json"]),
        (0, "facts of a.json.\n".to_owned(), String::new())
    );
    let (code, _, err) = run_in(at.path(), &["facts", "c.json"]);
    assert_eq!((code, err.as_str()), (4, "c.json: not read: no such file or folder\n"));
}

/// A pipe that takes `left` bytes and is closed then, or a disk that is full.
struct Pipe {
    left: usize,
    kind: io::ErrorKind,
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Err(self.kind.into());
        }
        let taken = bytes.len().min(self.left);
        self.left -= taken;
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.left == 0 { Err(self.kind.into()) } else { Ok(()) }
    }
}

#[test]
fn a_reader_who_stops_early_changes_nothing_and_a_full_disk_is_a_failure() {
    let at = folder(&[("a.json", "[9]")]);
    for arguments in [&["check"][..], &["rules"], &["schema"], &["explain", "odd-form"], &["-h"]] {
        let code = run_in(at.path(), arguments).0;
        for left in [0, 5] {
            let mut closed = Pipe { left, kind: io::ErrorKind::BrokenPipe };
            assert_eq!(run_to(at.path(), arguments, &mut closed), (code, String::new()));
            let mut full = Pipe { left, kind: io::ErrorKind::StorageFull };
            assert_eq!(run_to(at.path(), arguments, &mut full).0, 2, "{arguments:?}");
        }
    }
}
