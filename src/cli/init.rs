//! `rapporteur init`: a configuration that fits what lies in the working folder, and what else a project needs.

mod patterns;

use std::{
    io::{self, Write},
    sync::Arc,
};

use clap::{Args, ValueEnum};
use rayon::prelude::*;

use self::patterns::{Found, Holds};
use super::{Exit, Failure, World, patient};
use crate::{
    config::{Config, FILE_NAME},
    input::{self, Buffers},
    lint::Input,
    schema::Catalog,
    source::{Source, Syntax, visible_line},
    tree::Tree,
};

/// The pattern that is written where no records lie yet.
const USUAL: &str = "records/**/*.{json,jsonl,ndjson,yaml,yml}";
/// A list of more patterns than this tells nobody where the records are.
const MOST: usize = 24;

/// The arguments of `init`.
#[derive(Args, Debug)]
pub(super) struct InitArgs {
    /// Write nothing; print this instead.
    #[arg(long, value_enum, value_name = "WHAT")]
    print: Option<Snippet>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Snippet {
    /// The configuration of pre-commit that checks every commit.
    PreCommit,
    /// A workflow for GitHub Actions.
    Github,
    /// A job for GitLab.
    Gitlab,
    /// A task for Visual Studio Code that shows findings in the editor.
    Vscode,
}

impl Snippet {
    const fn text(self) -> &'static str {
        match self {
            Self::PreCommit => include_str!("init/pre-commit.yaml"),
            Self::Github => include_str!("init/github.yaml"),
            Self::Gitlab => include_str!("init/gitlab.yaml"),
            Self::Vscode => include_str!("init/vscode.json"),
        }
    }
}

pub(super) fn run(
    args: &InitArgs,
    world: &World<'_>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Exit, Failure> {
    if let Some(snippet) = args.print {
        patient(out.write_all(snippet.text().as_bytes()))?;
        return Ok(Exit::Clean);
    }
    let path = world.cwd.join(FILE_NAME);
    // Told before the folder is read, and once more by what writes, which is the one to rely on.
    if input::exists(&path) {
        return Err(is_there());
    }
    let outer = world.cwd.parent().and_then(Config::discover);
    let collected = input::collect(&world.cwd, &world.cwd, None, &[], &Buffers::default())?;
    let files = survey(&collected.inputs);
    let records: usize = files.iter().map(|(_, holds)| holds.records()).sum();
    let patterns = patterns::fitting(&files).filter(|patterns| patterns.len() <= MOST);
    input::create(&path, &configuration(patterns.as_deref())).map_err(|error| {
        match error.kind() {
            io::ErrorKind::AlreadyExists => is_there(),
            _ => Failure::told(format!("{FILE_NAME}: not written: {}", input::reason(&error))),
        }
    })?;
    if let Some(outer) = outer {
        let outer = visible_line(&outer.to_string_lossy()).into_owned();
        let _ = writeln!(
            err,
            "note: this folder is a project of its own now; {outer} no longer counts in it"
        );
    }
    patient(out.write_all(told(records, patterns.as_deref()).as_bytes()))?;
    Ok(Exit::Clean)
}

fn is_there() -> Failure {
    Failure::Told {
        message: format!("`{FILE_NAME}` is there already"),
        tip: Some("`rapporteur init --print WHAT` prints the rest and writes nothing".to_owned()),
    }
}

/// What every file holds, by path.
fn survey(inputs: &[Input]) -> Vec<Found<'_>> {
    let catalog = Catalog::bundled();
    inputs.par_iter().map(|input| (input.path.as_str(), held(&catalog, input))).collect()
}

/// Whether a file holds records of a kind that is known, and nothing else.
fn held(catalog: &Catalog, input: &Input) -> Holds {
    let syntax = Syntax::of_path(&input.path).unwrap_or(Syntax::Json);
    let Ok(bytes) = input::read(input) else { return Holds::Unclear };
    let tree = Tree::parse(Arc::new(Source::from_bytes(input.path.clone(), syntax, bytes)));
    if !tree.is_whole() {
        return Holds::Unclear;
    }
    let records = tree.records();
    if !records.is_empty() && records.iter().all(|one| catalog.choose(*one, None).is_ok()) {
        Holds::Records(records.len())
    } else {
        Holds::Other
    }
}

/// The text of the configuration. Without patterns the records lie too scattered to name where they are.
fn configuration(patterns: Option<&[String]>) -> String {
    let entry = match patterns {
        Some([]) => entry(&[USUAL.to_owned()]),
        Some(patterns) => entry(patterns),
        None => "\
# Here they lie among other files, so that every JSON or YAML file with a `kind` that is known counts as one:
# name the folders once they have some of their own.
#
# [[records]]
# files = \"records/**/*.{json,jsonl,ndjson,yaml,yml}\"
"
        .to_owned(),
    };
    include_str!("init/rapporteur.toml").replace("# @RECORDS@\n", &entry)
}

/// The entry of the configuration for the files that match the patterns.
fn entry(patterns: &[String]) -> String {
    let quoted = |pattern: &String| toml::Value::String(pattern.clone()).to_string();
    let files = match patterns {
        [one] => quoted(one),
        many => {
            let lines = many.iter().map(|pattern| format!("    {},\n", quoted(pattern)));
            format!("[\n{}]", lines.collect::<String>())
        }
    };
    format!("[[records]]\nfiles = {files}\n")
}

/// What was done, and what may come next.
fn told(records: usize, patterns: Option<&[String]>) -> String {
    let count = if records == 1 { "1 record".to_owned() } else { format!("{records} records") };
    let found = match patterns {
        Some([]) => "no records are here yet; it expects them in records/".to_owned(),
        Some([one]) => format!("{count} in {}", visible_line(one)),
        Some(many) => format!("{count}, named by {} patterns", many.len()),
        None => format!("{count} among other files, whose folders it leaves to you to name"),
    };
    format!("wrote {FILE_NAME}: {found}\n\n{NEXT}")
}

const NEXT: &str = "\
next:
  rapporteur check                       checks them
  rapporteur init --print pre-commit     prints .pre-commit-config.yaml, by which every commit is checked
  rapporteur init --print github         prints a workflow for GitHub Actions
  rapporteur init --print gitlab         prints a job for GitLab
  rapporteur init --print vscode         prints .vscode/tasks.json, by which findings are shown in the editor
";

#[cfg(test)]
mod tests;
