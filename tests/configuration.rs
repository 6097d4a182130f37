//! The configuration: its JSON Schema is current, says what the program says, and the examples of
//! `docs/configuration.md` hold. With `UPDATE=1` what is written from the program is written anew.

#![allow(clippy::unwrap_used, reason = "a panic is a failing test with a place")]

#[path = "configuration/cases.rs"]
mod cases;
#[path = "program/run.rs"]
mod program;

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use cases::{RIGHT, WRONG};
use program::{folder, run};
use rapporteur::{config::Config, rule::RuleSet};
use serde_json::Value;

const SCHEMA: &str = "docs/rapporteur.schema.json";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn schema() -> Value {
    serde_json::from_str(&rapporteur::config::json_schema(RuleSet::bundled())).unwrap()
}

/// What a validator sees of a TOML text, as editors show it to one: dates as their texts.
fn shown(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => text.into(),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(flag) => flag.into(),
        toml::Value::Datetime(moment) => moment.to_string().into(),
        toml::Value::Array(items) => items.into_iter().map(shown).collect(),
        toml::Value::Table(table) => {
            table.into_iter().map(|(key, value)| (key, shown(value))).collect::<Value>()
        }
    }
}

/// Whether the schema accepts the configuration, and whether the program does.
fn accepted(validator: &jsonschema::Validator, text: &str) -> (bool, bool) {
    let (path, bytes) = (Path::new("rapporteur.toml"), text.as_bytes().to_vec());
    // What it extends is there, and empty.
    let read = Config::parse_with(path, bytes, RuleSet::bundled(), &|_| Ok(Vec::new()));
    let value: toml::Value = toml::from_str(text).unwrap();
    (validator.is_valid(&shown(value)), read.is_ok())
}

fn validator() -> jsonschema::Validator {
    jsonschema::options().should_validate_formats(true).build(&schema()).unwrap()
}

#[test]
fn the_schema_of_the_configuration_is_current() {
    let path = root().join(SCHEMA);
    let current = rapporteur::config::json_schema(RuleSet::bundled());
    let committed = fs::read_to_string(&path).unwrap();
    if committed != current && env::var_os("UPDATE").is_some() {
        fs::write(path, current).unwrap();
        return;
    }
    let hint = format!("`UPDATE=1 cargo test --test configuration` writes {SCHEMA} anew");
    assert_eq!(committed, current, "{hint}");
    let printed = run(folder(&[]).path(), &["schema", "configuration"]);
    assert_eq!((printed.code, printed.out), (0, committed));
    assert!(jsonschema::meta::is_valid(&schema()));
}

/// The fences of the pages that hold a configuration.
fn shown_on_pages() -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut pages = vec![root().join("README.md"), root().join("rapporteur.toml")];
    for folder in ["docs", "docs/rules"] {
        let entries = fs::read_dir(root().join(folder)).unwrap();
        pages.extend(entries.map(|entry| entry.unwrap().path()));
    }
    for page in pages.iter().filter(|page| page.is_file()) {
        let text = fs::read_to_string(page).unwrap();
        let name = page.file_name().unwrap().to_str().unwrap().to_owned();
        if page.extension().is_some_and(|ending| ending == "toml") {
            found.push((name, text));
            continue;
        }
        for fence in text.split("\n```").skip(1).step_by(2) {
            let (words, text) = fence.split_once('\n').unwrap_or((fence, ""));
            if words == "toml" || words.starts_with("toml ") {
                found.push((name.clone(), text.to_owned()));
            }
        }
    }
    found
}

#[test]
fn every_configuration_that_the_pages_show_is_accepted() {
    let validator = validator();
    let shown = shown_on_pages();
    assert!(shown.len() > 5, "{}", shown.len());
    for (page, text) in shown {
        assert_eq!(accepted(&validator, &text), (true, true), "{page}:\n{text}");
    }
    let at = folder(&[("a.json", "{\"kind\": \"event\"}")]);
    assert_eq!(run(at.path(), &["init"]).code, 0);
    let written = fs::read_to_string(at.path().join("rapporteur.toml")).unwrap();
    assert_eq!(accepted(&validator, &written), (true, true));
    // What it shows as a comment can be taken as it is.
    let is_key = |word: &str| word.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    let taken = written.lines().map(|line| match line.strip_prefix("# ") {
        Some(shown) if shown.starts_with('[') => shown,
        Some(shown) if shown.split_once(" = ").is_some_and(|(key, _)| is_key(key)) => shown,
        _ => line,
    });
    let taken: Vec<&str> = taken.collect();
    assert_eq!(accepted(&validator, &taken.join("\n")), (true, true), "{taken:#?}");
}

#[test]
fn the_schema_refuses_what_the_program_refuses_and_nothing_else() {
    let validator = validator();
    for text in WRONG {
        assert_eq!(accepted(&validator, text), (false, false), "{text}");
    }
    for text in RIGHT {
        assert_eq!(accepted(&validator, text), (true, true), "{text}");
    }
}

/// A letter that cites documents, and the event of another letter.
const LETTER: &str = r#"id: letter
kind: letter
title: Letter
language: en
status: final
date: "2011-01-01"
author: {name: Joseph Deiss}
addressees: [All Permanent Representatives]
references:
  - {role: cites, raw: the report, symbol: A/65/203}
  - {role: cites, raw: the resolution, symbol: A/RES/65/170, date: "2010-12-21"}
paragraphs: [We thank you.]
"#;

/// The `[[records]]` of a folder of letters, and a register with these lines.
fn with_register(lines: &str) -> String {
    format!(
        "[[records]]\nfiles = \"letters/*.yaml\"\n[[registers]]\nspace = \"document\"\n\
         key = \"symbol\"\n{lines}\n"
    )
}

/// What the rules on references find, one a line.
fn references(files: &[(&str, &str)]) -> (i32, Vec<String>) {
    let at = folder(files);
    let rules = ["--select=references,structure,ref-unresolved", "--ignore=allowance-unused"];
    let answer = run(at.path(), &[&["check", "--quiet", "--format=concise"], &rules[..]].concat());
    assert!(answer.err.is_empty(), "{}", answer.err);
    (answer.code, answer.out.lines().map(str::to_owned).collect())
}

const UNKNOWN: &str = "letters/a.yaml:10:44: warning[ref-unresolved] no record or register lists \
                       the document `A/65/203`";

#[test]
fn a_key_of_a_table_counts_like_one_of_a_register() {
    let conflict = |place: &str| {
        format!(
            "letters/a.yaml:11:69: warning[ref-date-conflict] `A/RES/65/170` is dated 21 December \
             2010 here, but 20 December 2010 elsewhere (see {place})"
        )
    };
    let tables = [
        ("t.csv", "symbol,day\nA/65/203,\nA/RES/65/170,2010-12-20\n", "3:14"),
        ("t.tsv", "day\tsymbol\n\tA/65/203\n2010-12-20\tA/RES/65/170\n", "3:1"),
        (
            "t.jsonl",
            "{\"symbol\": \"A/65/203\"}\n{\"symbol\": \"A/RES/65/170\", \"day\": \"2010-12-20\"}\n",
            "2:36",
        ),
        (
            "t.json",
            "[{\"symbol\": \"A/65/203\", \"day\": null, \"x\": {}},\n{\"symbol\": \"A/RES/65/170\", \"day\": \"2010-12-20\"}]",
            "2:36",
        ),
        ("t.yaml", "- {symbol: A/65/203}\n- {symbol: A/RES/65/170, day: \"2010-12-20\"}\n", "2:32"),
        ("t.csv", "\u{FEFF}symbol,day\r\n\"A/65/203\",\r\nA/RES/65/170,\"2010-12-20\"\r\n", "3:15"),
    ];
    for (path, text, place) in tables {
        let config = with_register(&format!("files = \"{path}\"\ndate = \"day\""));
        let files =
            [("rapporteur.toml", config.as_str()), ("letters/a.yaml", LETTER), (path, text)];
        let problems = references(&files);
        assert_eq!(problems, (0, vec![conflict(&format!("{path}:{place}"))]), "{path}");
    }
    let (_, problems) = references(&[
        ("rapporteur.toml", "[[records]]\nfiles = \"letters/*.yaml\"\n"),
        ("letters/a.yaml", LETTER),
    ]);
    assert!(problems.contains(&UNKNOWN.to_owned()), "{problems:?}");
}

#[test]
fn rows_that_cannot_be_used_are_reported_at_their_line() {
    let config = with_register("files = \"t/*\"\ndate = \"day\"");
    let table = "symbol,day\n,2010-12-20\nA/65/203,soon\n  ,\nA/65/203\nA/65/4,2010-01-01\nA/65/4,2010-01-02\nA/RES/65/x,\n";
    let lines = "{\"symbol\": \"\"}\n{\"symbl\": 1}\n[]\n{\"symbol\": [\"A/65/5\"]}\n{\n";
    let files = [
        ("rapporteur.toml", config.as_str()),
        ("letters/a.yaml", LETTER),
        ("t/a.csv", table),
        ("t/b.jsonl", lines),
    ];
    let (code, problems) = references(&files);
    assert_eq!(code, 1);
    let expected = [
        "t/a.csv:2:1: error[schema] the row lacks `symbol`",
        "t/a.csv:3:10: error[schema] `day` is `soon`; a date such as 2011-05-19 or 19 May 2011 expected",
        "t/a.csv:4:1: error[schema] the row lacks `symbol`",
        "t/a.csv:5:1: error[syntax] the row has 1 cell; 2 expected, as in the header",
        "t/a.csv:7:8: warning[ref-date-conflict] `A/65/4` is dated 2 January 2010 here, but 1 January 2010 elsewhere (see t/a.csv:6:8)",
        "t/a.csv:8:1: error[ref-malformed] ",
        "t/b.jsonl:1:12: error[schema] `symbol` is empty; a document symbol such as A/RES/65/170 expected",
        "t/b.jsonl:2:1: error[schema] the record lacks `symbol`",
        "t/b.jsonl:3:1: error[schema] the record is an array; an object expected",
        "t/b.jsonl:4:3: error[schema] `symbol` is an array; ",
        "t/b.jsonl:5:2: error[syntax] ",
    ];
    let in_tables: Vec<&String> = problems.iter().filter(|line| line.starts_with("t/")).collect();
    assert_eq!(in_tables.len(), expected.len(), "{in_tables:#?}");
    for (line, expected) in in_tables.iter().zip(expected) {
        assert!(line.starts_with(expected), "{line}\n{expected}");
    }
    // What is missing may be in a row that could not be read.
    assert!(!problems.iter().any(|line| line.contains("ref-unresolved")), "{problems:#?}");
}

#[test]
fn a_table_holds_no_records_and_is_named_like_any_file() {
    let at = folder(&[
        (
            "rapporteur.toml",
            "[[registers]]\nfiles = \"t/*\"\nspace = \"document\"\nkey = \"symbol\"\n",
        ),
        ("a.yaml", LETTER),
        ("t/b.json", "[{\"symbol\": \"A/1\", \"kind\": \"letter\"}]"),
        ("t/c.csv", "symbol\n\"A/1\n"),
    ]);
    let problems = |arguments: &[&str]| {
        let answer = run(at.path(), &[&["check", "--format=concise"], arguments].concat());
        (answer.code, answer.out)
    };
    let (code, out) = problems(&[]);
    let broken = "t/c.csv:2:1: error[syntax] this `\"` is never closed\n";
    assert!(code == 1 && out.contains(broken) && out.contains("in 3 files (1 record)"), "{out}");
    let (code, out) = problems(&["t/c.csv"]);
    assert!(code == 1 && out.contains(broken) && !out.contains("a.yaml"), "{out}");
    assert_eq!(problems(&["t/b.json"]).0, 3, "no record was named");
    fs::write(at.path().join("d.csv"), "symbol\n").unwrap();
    assert_eq!(problems(&["d.csv"]).0, 2, "no one said that it is a table");
    let facts = run(at.path(), &["facts", "t/b.json"]).out;
    assert!(facts.contains("defines document `A/1`"), "{facts}");
}

#[test]
fn a_register_that_is_not_there_could_not_be_read() {
    for pattern in ["gone.csv", "gone/*.{csv,tsv}"] {
        let config = with_register(&format!("files = \"{pattern}\""));
        let (code, problems) =
            references(&[("rapporteur.toml", &config), ("letters/a.yaml", LETTER)]);
        assert_eq!(code, 4, "{problems:?}");
        let reason = if pattern.contains('*') { "no file matches the pattern" } else { "no such" };
        let line = format!("{pattern}: not read: {reason}");
        assert!(problems.iter().any(|problems| problems.starts_with(&line)), "{problems:?}");
        assert!(
            !problems.contains(&UNKNOWN.to_owned()),
            "it may be in the unreadable row: {problems:?}"
        );
    }
    let config = with_register("files = \"t.csv\"\ndate = \"day\"");
    let at = folder(&[("rapporteur.toml", &config), ("t.csv", "symbl;on\n")]);
    let answer = run(at.path(), &["check"]);
    assert!(answer.code == 2 && answer.out.is_empty(), "{}", answer.out);
    for part in ["--> rapporteur.toml:5:7", "--> rapporteur.toml:7:8", "its columns are `symbl;on`"]
    {
        assert!(answer.err.contains(part), "{}", answer.err);
    }
    let (code, problems) =
        references(&[("rapporteur.toml", &config), ("t.csv", ""), ("letters/a.yaml", LETTER)]);
    assert!(
        code == 1 && problems[0].starts_with("t.csv:1:1: error[syntax] the table is empty"),
        "{problems:?}"
    );
}

#[test]
fn a_column_that_no_row_of_a_list_has_is_a_mistake_in_the_configuration() {
    let problems = |tables: &[(&str, &str)]| {
        let config = with_register("files = \"t/*\"\ndate = \"day\"");
        let files = [("rapporteur.toml", config.as_str()), ("letters/a.yaml", LETTER)];
        let at = folder(&[&files[..], tables].concat());
        let answer = run(at.path(), &["check", "--select", "references,structure"]);
        (answer.code, answer.err)
    };
    for table in [
        ("t/a.json", "[{\"symbol\": \"A/1\", \"dya\": null}, {\"symbol\": \"A/2\"}]"),
        ("t/a.jsonl", "{\"symbol\": \"A/1\"}\n{\"symbol\": \"A/2\", \"dya\": \"2010-01-01\"}\n"),
        ("t/a.yaml", "- {symbol: A/1, dya: 2010-01-01}\n"),
    ] {
        let (code, err) = problems(&[table]);
        assert!(code == 2 && err.contains("--> rapporteur.toml:7:8"), "{}: {err}", table.0);
        assert!(err.contains(&format!("no row of `{}` has `day`", table.0)), "{err}");
        assert!(err.contains("did you mean `dya`?"), "{err}");
    }
    let right = ("t/b.json", "[{\"symbol\": \"A/1\", \"day\": \"2010-01-01\"}]");
    // An object may leave out what it does not have, and so may all of a file.
    assert_eq!(problems(&[("t/a.json", "[{\"symbol\": \"A/2\"}]"), right]), (0, String::new()));
    assert_eq!(problems(&[("t/a.json", "[]")]), (0, String::new()), "there are no rows");
    let (code, err) = problems(&[("t/a.json", "[{\"key\": \"A/1\", \"day\": \"2010-01-01\"}]")]);
    assert!(code == 2 && err.contains("--> rapporteur.toml:5:7"), "{err}");
    assert!(err.contains("help: its rows have `day` and `key`"), "{err}");
}

#[test]
fn a_header_is_read_whole_and_reported_where_it_is_not_utf8() {
    let config = with_register("files = \"t.csv\"\ndate = \"day\"");
    let at = folder(&[("rapporteur.toml", &config), ("letters/a.yaml", LETTER)]);
    let problems = |table: &[u8]| {
        fs::write(at.path().join("t.csv"), table).unwrap();
        let answer =
            run(at.path(), &["check", "--quiet", "--format=concise", "--select=structure"]);
        (answer.code, answer.out, answer.err)
    };
    let (code, out, err) = problems(b"symbol,num\xe9ro,day\nA/65/203,1,\n");
    assert!(code == 1 && err.is_empty(), "{err}");
    assert!(out.starts_with("t.csv:1:11: error[syntax] "), "{out}");
    let long = format!("\n\"{}\n\",symbol,day\nA/65/203,,\n", "x".repeat(100_000));
    let (code, _, err) = problems(long.as_bytes());
    assert!(code == 1 && !err.contains("has no column"), "{code} {err}");
    let right = long.replace("A/65/203,,", ",A/65/203,");
    assert_eq!(problems(right.as_bytes()), (0, String::new(), String::new()));
}

#[test]
fn a_space_is_complete_or_not_and_its_keys_have_a_form() {
    let schema = r#"{"x-record": {"id": "/nr"}, "properties": {"nr": {"x-defines": "meeting"},
        "after": {"x-cites": "meeting"},
        "cites": {"x-cites": {"space": "document", "external": true}, "x-form": "un-symbol"}}}"#;
    let problems = |space: &str| {
        let records = "[[records]]\nfiles = \"m/*\"\nschema = \"s.json\"\n";
        let files = [
            ("rapporteur.toml", &format!("{records}{space}") as &str),
            ("s.json", schema),
            ("m/a.jsonl", "{\"nr\": \"1 A\"}\n{\"nr\": \"2\", \"after\": \"1  a\"}\n"),
            ("m/b.yaml", "nr: \"3\"\ncites: A/65/203\n"),
        ];
        let (_, problems) = references(&files);
        let rule = |line: &String| line.split(['[', ']']).nth(1).unwrap().to_owned();
        problems.iter().map(rule).collect::<Vec<_>>()
    };
    assert_eq!(problems(""), ["ref-dangling", "ref-unresolved"]);
    assert_eq!(problems("[spaces.document]\ncomplete = true\n"), ["ref-dangling", "ref-dangling"]);
    let open = "[spaces.meeting]\ncomplete = false\n[spaces.document]\ncomplete = false\n";
    assert_eq!(problems(open), ["ref-unresolved", "ref-unresolved"]);
    assert_eq!(problems("[spaces.meeting]\nform = \"folded\"\n"), ["ref-unresolved"]);
    // A form that a schema names stays.
    assert_eq!(
        problems("[spaces.document]\nform = \"folded\"\n"),
        ["ref-dangling", "ref-unresolved"]
    );
}

const PAGE: &str = "docs/configuration.md";

/// Names, and what belongs to each.
type Named<'t> = Vec<(&'t str, &'t str)>;

/// What the page calls an example: its files by path, and the commands with what they print.
fn example(part: &str) -> (Named<'_>, Named<'_>) {
    let (mut files, mut commands) = (Vec::new(), Vec::new());
    for fence in part.split("\n```").skip(1).step_by(2) {
        let (words, text) = fence.split_once('\n').unwrap_or((fence, ""));
        match words.split_once(' ') {
            Some(("text", command)) => commands.push((command, text)),
            Some((_, path)) => files.push((path, text)),
            None => commands.push(("rapporteur check --quiet --format concise", text)),
        }
    }
    (files, commands)
}

#[test]
fn the_examples_of_the_page_find_what_it_shows() {
    let page = fs::read_to_string(root().join(PAGE)).unwrap();
    let mut fresh = page.clone();
    let examples: Vec<&str> = page.split("\n## Example: ").skip(1).collect();
    assert!(!examples.is_empty());
    for part in examples {
        let (files, commands) = example(part);
        let at = folder(&files);
        for (command, shown) in commands {
            let arguments: Vec<&str> = command.split(' ').skip(1).collect();
            let answer = run(at.path(), &arguments);
            assert_eq!(answer.err, "", "{command}");
            let shown = format!("\n{shown}\n```").replace("\n\n```", "\n```");
            assert_eq!(fresh.matches(&shown).count(), 1, "{shown}");
            fresh = fresh.replace(&shown, &format!("\n{}```", answer.out));
        }
    }
    if page != fresh && env::var_os("UPDATE").is_some() {
        fs::write(root().join(PAGE), fresh).unwrap();
    } else {
        assert_eq!(page, fresh, "`UPDATE=1 cargo test --test configuration` writes {PAGE} anew");
    }
}

#[test]
fn the_page_has_every_table_and_every_key() {
    let page = fs::read_to_string(root().join(PAGE)).unwrap();
    let schema = schema();
    for (name, table) in schema["properties"].as_object().unwrap() {
        let is_heading = |line: &&str| {
            let table = line.starts_with("## `[") && line.contains(&format!("[{name}]"));
            table || line.starts_with(&format!("## `{name}`"))
        };
        let heading = page.lines().find(is_heading);
        let part = page.split(heading.unwrap_or_else(|| panic!("{name}"))).nth(1).unwrap();
        let part = part.split("\n## ").next().unwrap();
        let keys = table
            .pointer("/items/properties")
            .or(table.pointer("/additionalProperties/properties"));
        for key in keys.and_then(Value::as_object).into_iter().flatten().map(|(key, _)| key) {
            assert!(part.contains(&format!("\n| `{key}` | ")), "{name}.{key}");
        }
    }
}
