//! Whole runs on folders of small files.

mod baseline;
mod exclude;
mod extends;
mod fail_on;
mod identity;
mod links;
mod overrides;
mod own_rules;
mod paths;
mod streams;

use std::{fs, path::Path};

use super::*;

/// A source with one error, which `[1]` is: an element that is not a record.
pub(super) const WRONG: &str = "[9]";
/// A source with one record and no finding.
pub(super) const RIGHT: &str = r#"{"id": "r", "kind": "register", "title": "R", "language": "en", "entries": [{"symbol": "A/RES/63/225"}]}"#;

pub(super) fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::Builder::new().prefix("records").tempdir().unwrap();
    for (file, text) in files {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn run_to(at: &Path, arguments: &[&str], out: &mut (dyn Write + Send)) -> (u8, String) {
    run_reading(at, b"", arguments, out)
}

/// With `text` on standard input.
pub(super) fn run_reading(
    at: &Path,
    text: &[u8],
    arguments: &[&str],
    out: &mut (dyn Write + Send),
) -> (u8, String) {
    let mut err = Vec::new();
    let code = run_on(at, text, arguments, (out, &mut err));
    (code, String::from_utf8(err).unwrap())
}

fn run_on(
    at: &Path,
    text: &[u8],
    arguments: &[&str],
    (out, err): (&mut (dyn Write + Send), &mut (dyn Write + Send)),
) -> u8 {
    let world = World {
        rules: RuleSet::bundled(),
        cwd: at.is_dir().then(|| at.to_owned()),
        variable: &|_| None,
        input: &|| Box::new(io::Cursor::new(text.to_vec())),
        columns: None,
        out_is_terminal: false,
        err_is_terminal: false,
        shows_links: false,
    };
    let arguments = ["rapporteur"].iter().chain(arguments).map(OsString::from);
    run(arguments, &world, out, err).code()
}

pub(super) fn run_in(at: &Path, arguments: &[&str]) -> (u8, String, String) {
    let mut out = Vec::new();
    let (code, err) = run_to(at, arguments, &mut out);
    (code, String::from_utf8(out).unwrap(), err)
}

#[test]
fn the_definitions_are_sound() {
    <Arguments as clap::CommandFactory>::command().debug_assert();
}

#[test]
fn a_defect_of_the_program_is_a_failure_of_it() {
    let at = folder(&[]);
    let world = World {
        rules: RuleSet::bundled(),
        cwd: Some(at.path().to_owned()),
        variable: &|_| None,
        input: &|| panic!("a defect"),
        columns: None,
        out_is_terminal: false,
        err_is_terminal: false,
        shows_links: false,
    };
    let arguments = ["rapporteur", "check", "--stdin-filename", "a.json"].map(OsString::from);
    let exit = run(arguments, &world, &mut Vec::new(), &mut Vec::new());
    assert_eq!(exit.code(), 2);
}

#[test]
fn the_server_takes_the_argument_that_clients_add() {
    let at = folder(&[]);
    // Nothing is said, so that it ends as after an editor that left.
    assert_eq!(run_in(at.path(), &["server", "--stdio"]), (1, String::new(), String::new()));
}

#[test]
fn check_writes_the_report_and_exits_by_the_gravest_finding() {
    let at = folder(&[("a.json", WRONG), ("b/c.json", RIGHT)]);
    let printed = |arguments: &[&str]| run_in(at.path(), arguments);
    assert_eq!(
        printed(&["check", ".", "--format", "concise"]),
        (
            1,
            "a.json:1:2: error[unknown-kind] a record must be an object, but this is a number\n\
             1 error in 2 files (2 records)\n\
             run `rapporteur explain unknown-kind` for details\n"
                .to_owned(),
            String::new()
        )
    );
    assert_eq!(printed(&["check", ".", "--fail-on", "never", "--quiet"]).0, 0);
    assert_eq!(printed(&["check", "b", "--threads", "2"]).0, 0);
    let (code, out, _) = printed(&["check", ".", "--quiet", "--color=always"]);
    assert!(code == 1 && out.starts_with("\u{1b}[1m\u{1b}[31merror[unknown-kind]"), "{out}");
    let (_, out, _) = printed(&["check", "--format=json"]);
    assert!(out.starts_with("{\n  \"version\": 1,\n"), "{out}");
}

#[test]
fn what_is_open_has_a_severity_by_the_day_that_is_given() {
    let open = r#"{"kind": "statement", "id": "s", "title": "On migration", "language": "en",
        "speaker": null, "date": "2011-05-19", "status": "draft", "paragraphs": ["Excellencies"]}"#;
    let at = folder(&[("a.json", open)]);
    let code = |arguments: &[&str]| {
        let all = ["check", ".", "--select", "speaker-missing", "--fail-on", "warning"];
        run_in(at.path(), &[&all[..], arguments].concat()).0
    };
    assert_eq!(code(&[]), 0);
    assert_eq!(code(&["--as-of", "2011-05-04"]), 0);
    assert_eq!(code(&["--as-of", "2011-05-05"]), 1);
}

#[test]
fn a_mistake_in_every_record_is_reported_once_unless_every_place_is_asked_for() {
    let records = vec![r#"{"kind": "background", "id": 7}"#; 60].join(",\n");
    let at = folder(&[("a.json", &format!("[{records}]"))]);
    let lines = |arguments: &[&str]| {
        let all = ["check", ".", "--select", "schema", "--quiet"];
        let (code, out, _) = run_in(at.path(), &[&all[..], arguments].concat());
        assert_eq!(code, 1);
        out
    };
    let collapsed = lines(&["--format=concise"]);
    assert!(collapsed.contains("and the same in 59 other places of this file"), "{collapsed}");
    assert!(!lines(&["--format=json", "--no-collapse"]).contains("\"count\""));
    assert!(lines(&["--format=json"]).contains("\"count\": 60\n"));
    assert_eq!(
        lines(&["--format=concise", "--no-collapse"]).lines().count(),
        60 * collapsed.lines().count()
    );
}

#[test]
fn rules_are_selected_and_left_out() {
    let at = folder(&[("a.json", WRONG)]);
    let code = |arguments: &[&str]| run_in(at.path(), arguments).0;
    assert_eq!(code(&["check", ".", "--select", "style"]), 0);
    assert_eq!(code(&["check"]), 3, "nobody said that there are records here");
    assert_eq!(code(&["check", ".", "--select", "style,structure"]), 1);
    assert_eq!(code(&["check", ".", "--ignore", "unknown-kind"]), 0);
    assert_eq!(
        run_in(at.path(), &["check", "--ignore", "unknwon-kind"]),
        (
            2,
            String::new(),
            "error: no rule or family `unknwon-kind`\n\n  tip: did you mean `unknown-kind`?\n"
                .to_owned()
        )
    );
}

#[test]
fn the_configuration_counts_unless_it_is_left_out() {
    let at = folder(&[
        ("rapporteur.toml", "[rules]\nunknown-kind = \"info\"\n"),
        ("sub/a.json", WRONG),
        ("other.toml", "[rules]\nunknown-kind = \"of\"\n"),
        ("schema.toml", "[[records]]\nfiles = \"sub/*.json\"\nschema = \"leter\"\n"),
    ]);
    let sub = at.path().join("sub");
    let (code, out, _) = run_in(&sub, &["check", ".", "--format=concise"]);
    assert!(code == 0 && out.starts_with("sub/a.json:1:2: info["), "{out}");
    let (code, out, _) = run_in(&sub, &["check", ".", "--format=concise", "--no-config"]);
    assert!(code == 1 && out.starts_with("a.json:1:2: error["), "{out}");
    let (code, out, err) = run_in(&sub, &["check", "--config", "../other.toml"]);
    assert!(code == 2 && out.is_empty(), "{out}");
    assert!(err.contains("--> other.toml:2:16") && err.contains("did you mean `off`?"), "{err}");
    let (code, _, err) = run_in(&sub, &["check", "--config", "../schema.toml"]);
    assert!(code == 2 && err.contains("--> schema.toml:3:10"), "{err}");
    assert!(err.contains("did you mean `letter`?"), "{err}");
    let (code, _, err) = run_in(&sub, &["check", "--config", "gone.toml"]);
    assert!(code == 2 && err.ends_with("gone.toml: not read: no such file or folder\n"), "{err}");
    assert_eq!(run_in(&sub, &["check", "--config=x", "--no-config"]).0, 2);
}

#[test]
fn mistakes_of_the_configuration_are_one_line_each_where_the_report_is_for_a_program() {
    let at = folder(&[("rapporteur.toml", "[rules]\nsyntx = \"off\"\nsyntax = \"of\"\n")]);
    let written = |arguments: &[&str]| {
        let (code, out, err) = run_in(at.path(), &[&["check"], arguments].concat());
        assert_eq!((code, out.as_str()), (2, ""));
        err
    };
    let lines = "rapporteur.toml:2:1: error[configuration] no rule or family `syntx`; did you mean `syntax`?\n\
                 rapporteur.toml:3:10: error[configuration] no level `of`; did you mean `off`?\n";
    for format in ["concise", "json", "jsonl", "sarif", "markdown"] {
        assert_eq!(written(&["--format", format]), lines, "{format}");
    }
    assert_eq!(written(&["--output-file", "a.sarif", "--format", "concise"]), lines);
    let commands = written(&["--format", "github"]);
    assert!(commands.starts_with("::error file=rapporteur.toml,line=2,col=1"), "{commands}");
    for full in [&[][..], &["--output-file", "a.sarif"]] {
        let err = written(full);
        assert!(err.contains("= help: did you mean `syntax`?"), "{err}");
    }
}

#[test]
fn a_schema_that_is_none_is_reported_with_what_keeps_it_from_being_one() {
    let at = folder(&[
        ("s/meeting.schema.json", "{}"),
        ("s/letter.txt", "{}"),
        ("one/only.json", "{}"),
        ("outside.json", "{}"),
    ]);
    let printed = |schema: &str| {
        let config = format!("[[records]]\nfiles = \"*.yaml\"\nschema = \"{schema}\"\n");
        fs::write(at.path().join("s/rapporteur.toml"), &config).unwrap();
        fs::write(at.path().join("rapporteur.toml"), &config).unwrap();
        let (code, _, err) = run_in(at.path(), &["check", "--allow-empty", "--quiet"]);
        if code == 0 {
            return String::new();
        }
        let (message, help) = err.split_once("\n  = help: ").unwrap();
        let message = message.lines().next().unwrap().trim_start_matches("error[configuration]: ");
        let help: Vec<&str> = help.lines().map(str::trim).collect();
        format!("{message}; help: {}", help.join(" ").trim_end())
    };
    assert_eq!(printed("s/meeting.schema.json"), "");
    assert_eq!(printed("./s/../s/meeting.schema.json"), "");
    assert_eq!(
        printed("s/meetng.schema.json"),
        "there is no schema file `s/meetng.schema.json`; help: did you mean `s/meeting.schema.json`?"
    );
    assert_eq!(
        printed("gone.json"),
        "there is no schema file `gone.json`; help: name a schema file of the project, or a kind that \
         `rapporteur schema` lists"
    );
    assert_eq!(printed("one"), "the schema `one` is a folder; help: did you mean `one/only.json`?");
    assert_eq!(
        printed("s/letter.txt"),
        "the schema `s/letter.txt` has an ending of no schema file; help: schema files are `.json`, `.jsonl`, \
         `.ndjson`, `.yaml` or `.yml`"
    );
    for outside in ["../outside.json", "s/../../outside.json", "/outside.json"] {
        let message =
            format!("the schema `{outside}` is outside of the project; help: schemas are named ");
        assert!(printed(outside).starts_with(&message), "{}", printed(outside));
    }
    assert!(
        printed("leter").contains("`leter` is neither a kind nor a schema file of this project")
    );
    #[cfg(unix)]
    {
        let _socket = std::os::unix::net::UnixListener::bind(at.path().join("x.json")).unwrap();
        let message = "the schema `x.json` cannot be read: it is not a regular file; help: ";
        assert!(printed("x.json").starts_with(message), "{}", printed("x.json"));
    }
}

#[test]
fn a_schema_of_the_project_is_used_with_those_it_refers_to() {
    let at = folder(&[
        (
            "rapporteur.toml",
            "[[records]]\nfiles = \"minutes/*.json\"\nschema = \"s/minutes.json\"\n",
        ),
        (
            "s/minutes.json",
            r#"{"x-record": {"id": "/no"}, "properties": {"no": {"$ref": "parts.json#/$defs/number"}}}"#,
        ),
        ("s/parts.json", r#"{"$defs": {"number": {"type": "integer"}}}"#),
        ("minutes/1.json", r#"{"no": "one"}"#),
    ]);
    let (code, out, err) = run_in(at.path(), &["check", "--format=concise", "--quiet"]);
    let expected = "minutes/1.json:1:8: error[schema] `no` is a string; an integer expected\n";
    assert_eq!((code, out.as_str(), err.as_str()), (1, expected, ""));
}

#[test]
fn a_schema_that_misuses_the_vocabulary_is_reported_in_its_own_file() {
    let at = folder(&[
        ("rapporteur.toml", "[[records]]\nfiles = \"minutes/*.json\"\nschema = \"minutes.json\"\n"),
        ("minutes.json", r#"{"x-recrod": {"id": "/no"}}"#),
        ("minutes/1.json", r#"{"no": "one"}"#),
    ]);
    let (code, out, _) = run_in(at.path(), &["check", "--quiet"]);
    assert!(code == 1 && out.contains("minutes.json:1:3"), "{out}");
    assert!(out.contains("did you mean `x-record`?"), "{out}");
}

#[test]
fn what_is_missing_or_empty_has_its_own_exit_code() {
    let at = folder(&[("a.json", WRONG), ("empty/x.txt", "")]);
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
fn mistakes_in_the_arguments_exit_with_two_and_help_with_zero() {
    let at = folder(&[]);
    let (code, out, err) = run_in(at.path(), &["chekc"]);
    assert!(code == 2 && out.is_empty() && err.contains("'check'"), "{err}");
    assert_eq!(run_in(at.path(), &["check", "--format", "xml"]).0, 2);
    assert_eq!(run_in(at.path(), &["check", "--threads", "0"]).0, 2);
    let (code, _, err) = run_in(at.path(), &["check", "--as-of", "19 May 2011"]);
    assert!(code == 2 && err.contains("write a date such as 2011-05-19"), "{err}");
    for (day, why) in
        [("2026-02-30", "February 2026 has 28 days"), ("2026-13-01", "there is no month 13")]
    {
        let (code, _, err) = run_in(at.path(), &["check", "--as-of", day]);
        assert!(code == 2 && err.contains(why), "{err}");
    }
    let (code, out, err) = run_in(at.path(), &["--help"]);
    assert!(code == 0 && err.is_empty() && out.contains("3  nothing to check"), "{out}");
    assert_eq!(run_in(at.path(), &["--version"]).0, 0);
}

#[test]
fn rules_are_listed_by_family_and_explained() {
    let at = folder(&[]);
    let (_, out, _) = run_in(at.path(), &["rules"]);
    assert!(out.starts_with("structure\n") && out.contains("\n\nspeakers\n"), "{out}");
    assert!(out.lines().any(|l| l.starts_with("  syntax ") && l.contains("  error    ")), "{out}");
    assert!(out.lines().all(|line| crate::output::fit::width(line) <= 100), "{out}");
    let (_, out, _) = run_in(at.path(), &["rules", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(value["version"], 1);
    assert_eq!(value["rules"].as_array().unwrap().len(), crate::rules::RULES.len());
    let (_, out, _) = run_in(at.path(), &["explain", "syntax"]);
    assert!(out.starts_with("syntax\n\n"), "{out}");
    assert!(out.ends_with("\n\nFamily `structure`, level `error`, since 0.1.0.\n"), "{out}");
    let (_, out, _) = run_in(at.path(), &["explain", "syntax", "--format", "markdown"]);
    assert!(out.starts_with("# syntax\n") && out.contains("\n## Example\n"), "{out}");
    let (code, out, _) = run_in(at.path(), &["explain", "times"]);
    assert!(code == 0 && out.contains("\n* `slots-overlap` (error): "), "{out}");
    let (code, out, _) = run_in(at.path(), &["explain", "x-interval"]);
    assert!(code == 0 && out.contains("\n* `start` — pointer — "), "{out}");
    let (code, _, err) = run_in(at.path(), &["explain", "syntaks"]);
    assert!(code == 2 && err.contains("did you mean `syntax`?"), "{err}");
}

#[test]
fn schemas_are_listed_and_printed() {
    let at = folder(&[]);
    let (_, out, _) = run_in(at.path(), &["schema"]);
    assert_eq!(out.lines().count(), 12, "{out}");
    assert!(out.lines().all(|line| line.ends_with('.')), "{out}");
    let (_, out, _) = run_in(at.path(), &["schema", "letter"]);
    assert_eq!(out, include_str!("../../schemas/letter.schema.json"));
    assert_eq!(run_in(at.path(), &["schema", "common.schema.json"]).0, 0);
    let (code, _, err) = run_in(at.path(), &["schema", "zzz"]);
    assert_eq!(
        (code, err.as_str()),
        (2, "error: no kind `zzz`\n\n  tip: `rapporteur schema` lists every kind\n")
    );
}

#[test]
fn facts_are_printed_with_their_places_and_without_harm() {
    let register = RIGHT.replace("\"title\": \"R\"", "\"title\": \"R\u{202e}\"");
    let at = folder(&[("a.json", &register), ("b.json", "{}")]);
    let (code, out, err) = run_in(at.path(), &["facts", "a.json"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.starts_with("a.json:1:1: r, schema register.schema.json (by `kind`)\n"), "{out}");
    assert!(
        out.contains("defines document `A/RES/63/225`  [x-defines in register.schema.json#"),
        "{out}"
    );
    assert!(!out.contains('\u{202e}'), "{out}");
    let (code, out, _) = run_in(at.path(), &["facts", "b.json"]);
    assert!(code == 0 && out.contains("no schema could be chosen"), "{out}");
    let (code, _, err) = run_in(at.path(), &["facts", "c.json"]);
    assert_eq!((code, err.as_str()), (4, "c.json: not read: no such file or folder\n"));
}

#[test]
fn what_needs_no_folder_works_where_the_folder_is_gone() {
    let gone = Path::new("/nonexistent/folder");
    for arguments in [
        &["--help"][..],
        &["--version"],
        &["rules"],
        &["explain", "syntax"],
        &["schema", "letter"],
        &["man"],
        &["completions", "zsh"],
        &["init", "--print", "github"],
    ] {
        let (code, out, err) = run_in(gone, arguments);
        assert!(code == 0 && !out.is_empty() && err.is_empty(), "{arguments:?}: {err}");
    }
    for arguments in [&["check"][..], &["facts", "a.json"], &["baseline", "check"], &["init"]] {
        let printed = (2, String::new(), "error: the working folder is not there\n".to_owned());
        assert_eq!(run_in(gone, arguments), printed, "{arguments:?}");
    }
}

#[test]
fn the_nearest_command_is_named_first() {
    let at = folder(&[]);
    let err = |arguments: &[&str]| run_in(at.path(), arguments).2;
    let printed = err(&["chek"]);
    assert!(printed.contains("similar subcommands exist: 'check', "), "{printed}");
    let printed = err(&["help", "chek"]);
    assert!(printed.contains("a similar subcommand exists: 'check'"), "{printed}");
    let printed = err(&["baseline", "crate"]);
    assert!(printed.contains("'create'"), "{printed}");
    assert!(!err(&["help", "zzz"]).contains("similar"));
}

#[test]
fn a_name_that_is_no_file_and_no_pattern_is_reported_to_be_neither() {
    let at = folder(&[]);
    let why =
        "error: there is no file `a[.json`, and it is not a valid pattern: invalid range pattern\n";
    assert_eq!(run_in(at.path(), &["check", "a[.json"]), (2, String::new(), why.to_owned()));
}
