//! The configuration: its JSON Schema is current, says what the program says, and the examples of
//! `docs/configuration.md` hold. With `UPDATE=1` what is written from the program is written anew.

#![allow(clippy::unwrap_used, reason = "a panic is a failing test with a place")]

#[path = "program/run.rs"]
mod program;

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use program::{folder, run};
use rapporteur::{config::Config, rules};
use serde_json::Value;

const SCHEMA: &str = "docs/rapporteur.schema.json";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn schema() -> Value {
    serde_json::from_str(&rapporteur::config::json_schema()).unwrap()
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
    let known: Vec<&str> = rules::ids().collect();
    let read = Config::parse(Path::new("rapporteur.toml"), text.as_bytes().to_vec(), &known);
    let value: toml::Value = toml::from_str(text).unwrap();
    (validator.is_valid(&shown(value)), read.is_ok())
}

fn validator() -> jsonschema::Validator {
    jsonschema::options().should_validate_formats(true).build(&schema()).unwrap()
}

#[test]
fn the_schema_of_the_configuration_is_current() {
    let path = root().join(SCHEMA);
    let current = rapporteur::config::json_schema();
    if env::var_os("UPDATE").is_some() {
        fs::write(path, current).unwrap();
        return;
    }
    let committed = fs::read_to_string(path).unwrap();
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

/// Configurations that are wrong in their shape, which both refuse.
const WRONG: &[&str] = &[
    "record = 1\n",
    "[[recrods]]\nfiles = \"a.json\"\n",
    "records = 3\n",
    "[[records]]\n",
    "[[records]]\nfiles = 3\n",
    "[[records]]\nfiles = []\n",
    "[[records]]\nfiles = \"\"\n",
    "[[records]]\nfiles = \"a.json\"\nschema = \"\"\n",
    "[[records]]\nfiles = \"a.json\"\nshema = \"event\"\n",
    "[rules]\nsyntx = \"off\"\n",
    "[rules]\nsyntax = \"of\"\n",
    "[rules]\nsyntax = 1\n",
    "rules = \"off\"\n",
    "[[allow]]\nrule = \"syntax\"\n",
    "[[allow]]\nreason = \"known\"\n",
    "[[allow]]\nrule = \"syntx\"\nreason = \"known\"\n",
    "[[allow]]\nrule = []\nreason = \"known\"\n",
    "[[allow]]\nrule = \"syntax\"\nreason = \" \"\n",
    "[[allow]]\nrule = \"syntax\"\nreason = \"known\"\npointer = \"slots\"\n",
    "[[allow]]\nrule = \"syntax\"\nreason = \"known\"\nuntil = \"soon\"\n",
    "[[allow]]\nrule = \"syntax\"\nreason = \"known\"\nuntil = 10:00:00\n",
    "[[allow]]\nrule = \"syntax\"\nreason = \"known\"\nrecord = 7\n",
];

/// Configurations that are right.
const RIGHT: &[&str] = &[
    "",
    "[[records]]\nfiles = \"a.json\"\n",
    "[[records]]\nfiles = [\"a.json\", \"b/**/*.{yaml,yml}\"]\nschema = \"event\"\n",
    "[rules]\nsyntax = \"off\"\nduplicates = \"info\"\n",
    "[[allow]]\nrule = \"syntax\"\nreason = \"known\"\nuntil = 2011-05-19\nrecord = \"a\"\npointer = \"\"\n",
    "[[allow]]\nrule = [\"syntax\", \"schema\"]\nreason = \"known\"\nuntil = \"2011-05-19\"\n",
];

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
