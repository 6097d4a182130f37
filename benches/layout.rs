//! A corpus of made-up meetings on the disk. The same shape gives the same bytes on every machine.
#![allow(dead_code, reason = "each of the programs that share this file uses a part of it")]

use std::{
    fmt::Write as _,
    fs::{self, File},
    io::{self, BufWriter, Write as _},
    path::{Path, PathBuf},
};

use serde_json::Value;

use crate::generator::{MAX_MEETINGS, Meeting, STATEMENTS};

/// Which records a corpus has, and how they are written.
pub(crate) struct Shape {
    /// How many meetings.
    pub(crate) meetings: usize,
    /// How many statements the first meeting has. Every other meeting has four.
    pub(crate) first_statements: usize,
    /// The kind of records to write, or all of them. A table says which events they belong to.
    pub(crate) only: Option<String>,
    /// How the records are written.
    pub(crate) form: Form,
}

/// How the records of a corpus are written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// A JSON file for each record.
    Json,
    /// A YAML file for each record.
    Yaml,
    /// All records in one file of JSON Lines.
    Lines,
}

impl Shape {
    /// Meetings of eleven records each, with a JSON file for each record.
    pub(crate) const fn even(meetings: usize) -> Self {
        Self { meetings, first_statements: STATEMENTS, only: None, form: Form::Json }
    }

    fn records(&self, number: usize) -> impl Iterator<Item = Value> {
        let statements = if number == 0 { self.first_statements } else { STATEMENTS };
        let records = Meeting::new(number).with_statements(statements).records().into_iter();
        records.filter(|record| self.only.as_ref().is_none_or(|kind| record["kind"] == **kind))
    }
}

/// Writes the corpus below `folder`, with a configuration beside it. Returns the paths of the files.
pub(crate) fn write(folder: &Path, shape: &Shape) -> io::Result<Vec<PathBuf>> {
    assert!(shape.meetings <= MAX_MEETINGS, "at most {MAX_MEETINGS} meetings");
    fs::create_dir_all(folder)?;
    let files = match shape.form {
        Form::Json => "meetings/**/*.json",
        Form::Yaml => "meetings/**/*.yaml",
        Form::Lines => "records.jsonl",
    };
    let mut config = format!("[[records]]\nfiles = \"{files}\"\n");
    if shape.only.as_ref().is_some_and(|kind| kind != "event") {
        config += "\n[[registers]]\nfiles = \"events.csv\"\nspace = \"record\"\nkey = \"id\"\n";
        let ids = (0..shape.meetings).map(|number| Meeting::new(number).id + "\n");
        fs::write(folder.join("events.csv"), "id\n".to_owned() + &ids.collect::<String>())?;
    }
    fs::write(folder.join("rapporteur.toml"), config)?;
    match shape.form {
        Form::Json => write_files(folder, shape, "json", to_json),
        Form::Yaml => write_files(folder, shape, "yaml", to_yaml),
        Form::Lines => {
            let path = folder.join(files);
            write_lines(&path, shape)?;
            Ok(vec![path])
        }
    }
}

/// A folder for each meeting, and in it a file for each record.
fn write_files(
    folder: &Path,
    shape: &Shape,
    extension: &str,
    text: fn(&Value) -> String,
) -> io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for number in 0..shape.meetings {
        let at = folder.join("meetings").join(Meeting::new(number).id);
        fs::create_dir_all(&at)?;
        for record in shape.records(number) {
            let name = record["id"].as_str().unwrap_or_default();
            let path = at.join(name).with_extension(extension);
            fs::write(&path, text(&record))?;
            paths.push(path);
        }
    }
    Ok(paths)
}

/// One file with a record on each line.
fn write_lines(path: &Path, shape: &Shape) -> io::Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    for record in (0..shape.meetings).flat_map(|number| shape.records(number)) {
        writeln!(file, "{record}")?;
    }
    file.flush()
}

/// A record as people write it: indented, with a line break at the end.
pub(crate) fn to_json(record: &Value) -> String {
    format!("{record:#}\n")
}

/// The same record in the block style of YAML.
pub(crate) fn to_yaml(record: &Value) -> String {
    let mut text = String::new();
    block(record, 0, &mut text);
    text
}

fn block(value: &Value, indent: usize, text: &mut String) {
    let space = " ".repeat(indent);
    let child = |head: String, value: &Value, text: &mut String| match value {
        Value::Object(members) if !members.is_empty() => {
            let _ = writeln!(text, "{head}");
            block(value, indent + 2, text);
        }
        Value::Array(items) if !items.is_empty() => {
            let _ = writeln!(text, "{head}");
            block(value, indent + 2, text);
        }
        // Every JSON scalar is a YAML scalar.
        _ => {
            let _ = writeln!(text, "{head} {value}");
        }
    };
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                // YAML 1.1 reads it as a truth value.
                let key = if key == "n" { "\"n\"" } else { key };
                child(format!("{space}{key}:"), value, text);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| child(format!("{space}-"), item, text)),
        scalar => {
            let _ = writeln!(text, "{space}{scalar}");
        }
    }
}
