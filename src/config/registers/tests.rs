//! Registers and namespaces in the configuration, and the reports of mistakes in them.

use std::path::Path;

use super::*;
use crate::{rule::RuleSet, schema::ANY_DATE};

fn parse(text: &str) -> Result<Config, ConfigError> {
    Config::parse(Path::new("rapporteur.toml"), text.as_bytes().to_vec(), RuleSet::bundled())
}

/// Each problem as `marked text: message; help`.
fn messages(text: &str, error: &ConfigError) -> Vec<String> {
    let messages = error.problems.iter().map(|problem| {
        let help = problem.help.as_ref().map_or(String::new(), |help| format!("; {help}"));
        format!("{}: {}{help}", &text[problem.span.clone()], problem.message)
    });
    messages.collect()
}

fn problems(text: &str) -> Vec<String> {
    messages(text, &parse(text).expect_err("the configuration is wrong"))
}

/// A `[[registers]]` entry with these lines and the keys that it needs.
fn entry(lines: &str) -> String {
    let has = |key: &str| lines.lines().any(|line| line.starts_with(key));
    let usual = [("files", "\"a.csv\""), ("space", "\"document\""), ("key", "\"symbol\"")];
    let usual = usual.iter().filter(|(key, _)| !has(key));
    let usual: String = usual.map(|(key, value)| format!("{key} = {value}\n")).collect();
    format!("[[registers]]\n{usual}{lines}\n")
}

#[test]
fn a_register_names_its_tables_its_space_and_its_columns() {
    let config = parse(
        "[[registers]]\nfiles = [\"a/*.{csv,tsv}\", \"b.jsonl\"]\nspace = \"letter\"\n\
         key = [\"from\", \"day\"]\ndate = \"day\"\nseparator = \";\"\n",
    )
    .unwrap();
    let (number, register) = config.register_for("a/x.csv").unwrap();
    assert_eq!((number, register.space.text.as_str()), (0, "letter"));
    assert_eq!(
        *register.columns("a/x.tsv"),
        Columns { separator: b';', names: vec!["day".to_owned(), "from".to_owned()] }
    );
    assert!(config.register_for("b.jsonl").is_some() && config.register_for("c.csv").is_none());
    let config = parse(&entry("")).unwrap();
    let columns = |path| config.registers[0].columns(path).separator;
    assert_eq!((columns("a.csv"), columns("a.TSV")), (b',', b'\t'));
}

#[test]
fn mistakes_in_a_register_are_reported_where_they_are() {
    for (lines, expected) in [
        ("fiels = 1", "fiels: unknown key `fiels`; did you mean `files`?"),
        ("files = []", "[]: `files` names no pattern"),
        ("space = \" \"", "\" \": `space` is empty"),
        ("space = 1", "1: `space` is a number, expected a text"),
        ("key = []", "[]: `key` names no column"),
        ("key = [\"a\", \"a\"]", "\"a\": `a` appears twice in `key`"),
        ("key = [1]", "1: `key` is a number, expected a text"),
        ("date = true", "true: `date` is true or false, expected a text"),
        ("separator = 1", "1: `separator` is a number, expected a character"),
        (
            "separator = \"::\"",
            "\"::\": \"::\" separates no cells; write `\",\"`, `\";\"`, `\"\\t\"` or another \
             character of ASCII",
        ),
        (
            "files = \"a.txt\"",
            "\"a.txt\": the pattern `a.txt` is for `.txt` files; tables are `.csv`, `.tsv`, \
             `.json`, `.jsonl`, `.ndjson`, `.yaml` or `.yml`",
        ),
    ] {
        assert_eq!(problems(&entry(lines)), [expected]);
    }
    let separators = ["\\\"", "\\n", "é", ""];
    for wrong in separators.map(|wrong| entry(&format!("separator = \"{wrong}\""))) {
        assert!(problems(&wrong)[0].contains("separates no cells"), "{wrong}");
    }
    let missing = problems("[[registers]]\n");
    assert_eq!(missing.len(), 3);
    assert!(missing[0].starts_with("[[registers]]: the entry has no `files`; The tables: "));
    assert!(problems("registers = 1\n")[0].contains("write `[[registers]]`"));
    assert!(problems("registers = [1]\n")[0].contains("expected a table"));
    let twice = format!("[[records]]\nfiles = \"a.json\"\n{}", entry("files = \"a.json\""));
    assert!(problems(&twice)[0].contains("`a.json` is already listed above"), "{twice}");
}

#[test]
fn a_key_space_may_be_complete_and_have_a_form() {
    let config = parse("[spaces.document]\ncomplete = true\n[spaces.record]\nform = \"folded\"\n");
    let spaces: Vec<Space> = config.unwrap().spaces.into_iter().map(|(space, _)| space).collect();
    let document = Space { name: "document".to_owned(), complete: Some(true), form: None };
    let record = Space { name: "record".to_owned(), complete: None, form: Some(Form::Folded) };
    assert_eq!(spaces, [document, record]);
    for (text, expected) in [
        (
            "spaces = 1\n",
            "1: `spaces` is a number, expected tables; write `[spaces.NAME]` for each namespace",
        ),
        (
            "[spaces]\ndocument = true\n",
            "true: the settings of a namespace are true or false, expected a table; write `[spaces.NAME]` for each namespace",
        ),
        (
            "[spaces.a]\ncomplet = true\n",
            "complet: unknown key `complet`; did you mean `complete`?",
        ),
        (
            "[spaces.a]\ncomplete = \"yes\"\n",
            "\"yes\": `complete` is a text, expected true or false",
        ),
        (
            "[spaces.a]\nform = \"un-symbl\"\n",
            "\"un-symbl\": no form `un-symbl`; did you mean `un-symbol`?",
        ),
        (
            "[spaces.a]\nform = \"roman\"\n",
            "\"roman\": no form `roman`; the forms are `bare-time`, `epoch-seconds`, `folded`, `iso-date`, `long-date`, `member-state`, `ordinal`, `time`, `time-zone` and `un-symbol`",
        ),
        ("[spaces.a]\nform = 1\n", "1: `form` is a number, expected a text"),
    ] {
        assert_eq!(problems(text), [expected]);
    }
}

#[test]
fn spaces_and_the_number_of_their_values_are_held_against_the_schemas() {
    let catalog = Catalog::bundled();
    let wrong = |text: &str| {
        messages(text, &parse(text).unwrap().check_schemas(&catalog, &|_| None).unwrap_err())
    };
    assert_eq!(
        wrong(&entry("space = \"documnet\"")),
        ["\"documnet\": no schema names the namespace `documnet`; did you mean `document`?"]
    );
    let unknown = wrong("[spaces.gavel]\n");
    assert!(
        unknown[0].starts_with("gavel: no schema names the namespace `gavel`; the namespaces of"),
        "{unknown:?}"
    );
    assert_eq!(
        wrong(&entry("space = \"letter\"")),
        ["\"symbol\": a key of `letter` has 2 values, and this one has 1; \
             name a column for each of the values, in their order"]
    );
    let right = parse(&(entry("") + "[spaces.document]\ncomplete = false\n")).unwrap();
    assert!(right.check_schemas(&catalog, &|_| None).is_ok());
}

#[test]
fn keys_of_a_table_are_read_as_the_schemas_read_those_of_the_space() {
    let catalog = Catalog::bundled();
    let schema = |text: &str| {
        let (name, schema) = parse(text).unwrap().row_schemas(&catalog).remove(0);
        assert_eq!(name, "rapporteur.toml/registers/1");
        serde_json::from_str::<serde_json::Value>(&schema).unwrap()
    };
    let row = schema(&entry("key = \"a/b\"\ndate = \"day\""));
    assert_eq!(row["x-defines"]["key"], json!(["/a~1b"]));
    assert_eq!(row["x-defines"]["date"], "/day");
    assert_eq!(row["properties"]["a/b"]["x-form"], "un-symbol");
    assert_eq!(row["required"], json!(["a/b"]));
    let row = schema(&entry("space = \"record\""));
    assert_eq!(row["properties"]["symbol"].get("x-form"), None);
    let row = schema(&(entry("space = \"record\"") + "[spaces.record]\nform = \"folded\"\n"));
    assert_eq!(row["properties"]["symbol"]["x-form"], "folded");
    // A column may be a part of the key and the date.
    let row = schema(&entry("space = \"letter\"\nkey = [\"from\", \"day\"]\ndate = \"day\""));
    assert_eq!(row["properties"]["day"]["format"], ANY_DATE);
    assert_eq!(row["properties"]["day"]["x-form"], "iso-date");
}

#[test]
fn columns_are_held_against_the_headers() {
    let text = entry("key = \"symbl\"\ndate = \"day\"");
    let config = parse(&text).unwrap();
    let header = |names: &[&str]| {
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        ("a.csv".to_owned(), names)
    };
    let error = config.check_columns(&[header(&["symbol", "on"]), header(&["symbol"])]);
    assert_eq!(
        messages(&text, &error.unwrap_err()),
        [
            "\"symbl\": `a.csv` has no column `symbl`; did you mean `symbol`?",
            "\"day\": `a.csv` has no column `day`; its columns are `symbol` and `on`",
        ]
    );
    assert!(config.check_columns(&[header(&["day", "symbl", "x"])]).is_ok());
    assert!(config.check_columns(&[]).is_ok());
}
