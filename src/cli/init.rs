//! `rapporteur init`: a configuration that fits what is in the working folder, and what else a project needs.

mod meetings;
mod patterns;

use std::{
    collections::BTreeMap,
    io::{self, Write},
    path::Path,
    sync::Arc,
};

use clap::{Args, ValueEnum};
use rayon::prelude::*;

use self::{
    meetings::{Entry, Other},
    patterns::{Found, Holds},
};
use super::{Exit, Failure, World, patient};
use crate::{
    analysis::is_report,
    config::{Config, FILE_NAME},
    input::{self, Buffers},
    message::counted,
    schema::Catalog,
    source::{Source, Syntax, visible_line},
    sources::Input,
    tree::Tree,
};

/// The pattern that is written where no records lie yet.
const USUAL: &str = "records/**/*.{json,jsonl,ndjson,yaml,yml}";
/// The configuration of pre-commit, at the root of a repository.
const HOOK: &str = ".pre-commit-config.yaml";
/// A list of more patterns than this does not say where the records are.
const MOST: usize = 24;

/// The arguments of `init`.
#[derive(Args, Debug)]
pub(super) struct InitArgs {
    /// Print this instead of writing a file.
    #[arg(long, value_enum, value_name = "WHAT", conflicts_with = "hook")]
    print: Option<Snippet>,
    /// Also write the pre-commit hook; an existing rapporteur.toml is not changed.
    #[arg(long)]
    hook: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Snippet {
    /// A pre-commit configuration that checks every commit.
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
    let inner = world.cwd().ok().and_then(inner_configuration);
    if let Some(snippet) = args.print {
        let text = snippet.text();
        let text = match (snippet, &inner) {
            (Snippet::PreCommit, Some((_, config))) => hook_with(text, config),
            _ => text.to_owned(),
        };
        patient(out.write_all(text.as_bytes()))?;
        return Ok(Exit::Clean);
    }
    if let (true, Some((root, _))) = (args.hook, &inner) {
        return Err(is_inside(root));
    }
    let cwd = world.cwd()?;
    let hook = cwd.join(HOOK);
    if args.hook && input::is_taken(&hook) {
        return Err(is_there(
            HOOK,
            "`rapporteur init --print pre-commit` prints what to add to it",
        ));
    }
    let is_kept = args.hook && input::exists(&cwd.join(FILE_NAME));
    if is_kept {
        patient(writeln!(out, "kept {FILE_NAME} as it is"))?;
    } else {
        begin(cwd, out, err)?;
    }
    if args.hook {
        write(&hook, Snippet::PreCommit.text())?;
        patient(writeln!(out, "wrote {HOOK}"))?;
    }
    let hook = match (args.hook, inner) {
        (true, _) => Hook::Written,
        (false, None) => Hook::Possible,
        (false, Some(_)) => Hook::Printed,
    };
    patient(write!(out, "\n{}", next(hook)))?;
    Ok(Exit::Clean)
}

/// The root of the repository in which the folder lies, and the configuration that counts in the folder, or will, as it is
/// called from there; where it is not in the root, in which pre-commit runs its hooks.
fn inner_configuration(cwd: &Path) -> Option<(&Path, String)> {
    let root = input::repository(cwd)?;
    let found = Config::discover(cwd).filter(|path| path.starts_with(root));
    let config = found.unwrap_or_else(|| cwd.join(FILE_NAME));
    let inside = config.strip_prefix(root).ok().filter(|path| *path != Path::new(FILE_NAME))?;
    let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
    Some((root, parts.join("/")))
}

/// The hook with the configuration that it has to name.
fn hook_with(hook: &str, config: &str) -> String {
    let language = "        language: system\n";
    // A text of JSON is one of YAML, whatever is in it.
    let config = serde_json::Value::from(config);
    hook.replace(language, &format!("{language}        args: [--config, {config}]\n"))
}

fn is_inside(root: &Path) -> Failure {
    let root = visible_line(&root.to_string_lossy()).into_owned();
    Failure::Message {
        message: format!(
            "pre-commit runs its hooks in `{root}`, the root of the repository, and not here"
        ),
        tip: Some(format!(
            "`rapporteur init` writes {FILE_NAME} here, and `rapporteur init --print pre-commit` prints what to write \
             into the {HOOK} of the root"
        )),
    }
}

/// Writes the configuration.
fn begin(cwd: &Path, out: &mut dyn Write, err: &mut dyn Write) -> Result<(), Failure> {
    let path = cwd.join(FILE_NAME);
    // Reported before the folder is read, and again by what writes, which is the check to rely on.
    if input::is_taken(&path) {
        return Err(is_there(FILE_NAME, ELSE));
    }
    let outer = cwd.parent().and_then(Config::discover);
    let collected = input::collect(cwd, cwd, None, &[], &Buffers::default())?;
    let files = survey(&collected.inputs);
    let records: usize = files.iter().map(|(_, holds)| holds.records()).sum();
    let patterns = patterns::fitting(&files).filter(|patterns| patterns.len() <= MOST);
    let beside = Beside::of(&input::others(cwd));
    let unrecognized = if records == 0 { unrecognized(&files) } else { None };
    let mut text = match &unrecognized {
        Some((_, patterns)) => entry_for_unrecognized(patterns),
        // Meetings in Markdown are records, so none need be expected elsewhere.
        None if records == 0 && !beside.entries.is_empty() => String::new(),
        None => entry_for_records(patterns.as_deref()),
    };
    let is_scattered = records > 0 && patterns.is_none();
    for one in &beside.entries {
        text += if text.is_empty() { "" } else { "\n" };
        text += &entry_for_meetings(one, is_scattered);
    }
    write(&path, &with_entry(&text))?;
    if let Some(outer) = outer {
        let outer = visible_line(&outer.to_string_lossy()).into_owned();
        let _ = writeln!(
            err,
            "note: this folder is a project of its own now; {outer} no longer counts in it"
        );
    }
    let mut found = Vec::new();
    match &unrecognized {
        Some((count, patterns)) => found.push(summary_of_unrecognized(*count, patterns)),
        None if records == 0 && !beside.entries.is_empty() => {}
        None => found.push(summary(records, patterns.as_deref())),
    }
    found.extend(beside.entries.iter().map(summary_of_meetings));
    patient(writeln!(out, "wrote {FILE_NAME}: {}", found.join("; ")))?;
    if unrecognized.is_some() || !beside.others.is_empty() {
        patient(writeln!(out, "\nnot read as records:"))?;
    }
    if let Some((count, _)) = unrecognized {
        let files = counted(count, "file");
        let advice = "write a schema for them; see docs/your-own-records.md";
        patient(writeln!(out, "  {files} in JSON or YAML, of no known kind: {advice}"))?;
    }
    for (other, count) in &beside.others {
        let (one, many, advice) = other.about();
        let noun = if *count == 1 { one } else { many };
        patient(writeln!(out, "  {count} {noun}: {advice}"))?;
    }
    Ok(())
}

/// What there is beside files in JSON and YAML.
#[derive(Default)]
struct Beside {
    /// The minutes and agendas in Markdown.
    entries: Vec<Entry>,
    /// What other files look like, and how many there are.
    others: BTreeMap<Other, usize>,
}

impl Beside {
    fn of(inputs: &[Input]) -> Self {
        let look = |input: &Input| {
            let is_markdown = Syntax::of_named(&input.path) == Some(Syntax::Markdown);
            let bytes =
                if is_markdown { input::read(input).unwrap_or_default() } else { Vec::new() };
            let text = String::from_utf8_lossy(&bytes);
            let text = text.trim_start_matches('\u{feff}');
            let meeting = is_markdown.then(|| meetings::recognized(&input.path, text)).flatten();
            let other = if meeting.is_none() { Other::of(&input.path, text) } else { None };
            (is_markdown, meeting, other)
        };
        let looks: Vec<_> = inputs.par_iter().map(look).collect();
        let texts: Vec<_> = inputs
            .iter()
            .zip(&looks)
            .filter(|(_, (is_markdown, ..))| *is_markdown)
            .map(|(input, (_, meeting, _))| (input.path.as_str(), *meeting))
            .collect();
        let mut others = BTreeMap::new();
        for other in looks.iter().filter_map(|(_, _, other)| *other) {
            *others.entry(other).or_default() += 1;
        }
        Self { entries: meetings::entries(&texts), others }
    }
}

/// The entry for minutes or agendas in Markdown; a comment only, if it would keep records elsewhere from being found.
fn entry_for_meetings(one: &Entry, is_comment: bool) -> String {
    let kind = one.meeting.kind();
    let text = format!(
        "# {} that {} like {}. `rapporteur facts FILE` shows what is understood of one.\n{}",
        counted(one.count, "Markdown file"),
        if one.count == 1 { "looks" } else { "look" },
        one.meeting.plural(),
        entry(&one.files),
    );
    let exclude = if one.exclude.is_empty() {
        String::new()
    } else {
        format!("exclude = {}\n", quoted_list(&one.exclude))
    };
    let text = format!("{text}{exclude}schema = \"{kind}\"\n");
    if is_comment {
        return text.lines().map(|line| format!("# {}\n", line.trim_start_matches("# "))).collect();
    }
    text
}

fn summary_of_meetings(one: &Entry) -> String {
    let files = counted(one.count, "Markdown file");
    let look = if one.count == 1 { "looks" } else { "look" };
    format!("{files} that {look} like {}", one.meeting.plural())
}

/// The files in folders that can be read and hold no record of a known kind: how many there are, and patterns for them. Files at the
/// root are those of other programs, such as `package.json`.
fn unrecognized(files: &[Found<'_>]) -> Option<(usize, Vec<String>)> {
    let is_unrecognized = |(path, holds): &Found<'_>| *holds == Holds::Other && path.contains('/');
    let count = files.iter().filter(|file| is_unrecognized(file)).count();
    let wanted: Vec<Found<'_>> = files
        .iter()
        .map(|file| (file.0, if is_unrecognized(file) { Holds::Records(1) } else { Holds::Other }))
        .collect();
    let patterns = patterns::fitting(&wanted).filter(|patterns| patterns.len() <= MOST)?;
    (count > 0).then_some((count, patterns))
}

/// What is written where no file has a known kind: an entry to fill in.
fn entry_for_unrecognized(patterns: &[String]) -> String {
    let entry = format!("{}schema = \"schemas/record.schema.json\"\n", entry(patterns));
    let lines = entry.lines().map(|line| format!("# {line}\n"));
    format!(
        "# No file here is a record of a known kind. If these are records in a format of your own, write a JSON Schema for them, name it
# here, and take away the signs. `rapporteur explain x-record` explains the first keyword of such a schema.
#
{}",
        lines.collect::<String>()
    )
}

fn summary_of_unrecognized(count: usize, patterns: &[String]) -> String {
    let (files, need) = match count {
        1 => ("1 file".to_owned(), "needs"),
        _ => (format!("{count} files"), "need"),
    };
    let place = match patterns {
        [one] => format!("in {}", visible_line(one)),
        many => format!("by {} patterns", many.len()),
    };
    format!(
        "no record of a known kind is here; it has an entry to fill in for {files} {place}, which {need} a schema of your own"
    )
}

const ELSE: &str = "`rapporteur init --print WHAT` prints the rest and writes nothing";

/// Writes a new file.
fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    input::create(path, text).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => is_there(&name, ELSE),
        _ => Failure::new(format!("{name}: not written: {}", input::write_reason(&error))),
    })
}

fn is_there(name: &str, tip: &str) -> Failure {
    Failure::Message { message: format!("`{name}` already exists"), tip: Some(tip.to_owned()) }
}

/// What every file holds, by path.
fn survey(inputs: &[Arc<Input>]) -> Vec<Found<'_>> {
    let catalog = Catalog::bundled();
    inputs.par_iter().map(|input| (input.path.as_str(), held(&catalog, input))).collect()
}

/// Whether a file holds records of a kind that is known, and nothing else.
fn held(catalog: &Catalog, input: &Input) -> Holds {
    let syntax = Syntax::of_path(&input.path).unwrap_or(Syntax::Json);
    let Ok(bytes) = input::read(input) else { return Holds::Unclear };
    let tree = Tree::parse(Arc::new(Source::from_bytes(input.path.clone(), syntax, bytes)));
    if is_report(&tree) {
        return Holds::Other;
    }
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

/// The entry for records in JSON and YAML. Without patterns the records lie too scattered to name where they are.
fn entry_for_records(patterns: Option<&[String]>) -> String {
    match patterns {
        Some([]) => entry(&[USUAL.to_owned()]),
        Some(patterns) => entry(patterns),
        None => "\
# Here the records are among other files, so every JSON or YAML file with a known `kind` is a record:
# name the folders once they have some of their own.
#
# [[records]]
# files = \"records/**/*.{json,jsonl,ndjson,yaml,yml}\"
"
        .to_owned(),
    }
}

fn with_entry(entry: &str) -> String {
    include_str!("init/template.toml").replace("# @RECORDS@\n", entry)
}

/// The entry of the configuration for the files that match the patterns.
fn entry(patterns: &[String]) -> String {
    format!("[[records]]\nfiles = {}\n", quoted_list(patterns))
}

/// A pattern, or a list with one on each line.
fn quoted_list(patterns: &[String]) -> String {
    let quoted = |pattern: &String| toml::Value::String(pattern.clone()).to_string();
    match patterns {
        [one] => quoted(one),
        many => {
            let lines = many.iter().map(|pattern| format!("    {},\n", quoted(pattern)));
            format!("[\n{}]", lines.collect::<String>())
        }
    }
}

/// What was done.
fn summary(records: usize, patterns: Option<&[String]>) -> String {
    let count = if records == 1 { "1 record".to_owned() } else { format!("{records} records") };
    match patterns {
        Some([]) => "no records are here yet; it expects them in records/".to_owned(),
        Some([one]) => format!("{count} in {}", visible_line(one)),
        Some(many) => format!("{count}, named by {} patterns", many.len()),
        None => format!("{count} among other files, whose folders it leaves to you to name"),
    }
}

/// How far the hook is.
#[derive(Clone, Copy, Debug)]
enum Hook {
    /// It was written.
    Written,
    /// It can be.
    Possible,
    /// It can only be printed, since it belongs into another folder.
    Printed,
}

/// What may come next; with the hook written, that it is put in place.
fn next(hook: Hook) -> String {
    let hook = match hook {
        Hook::Written => "  pre-commit install                     has every commit checked",
        Hook::Possible => {
            "  rapporteur init --hook                 writes .pre-commit-config.yaml, by which every commit is checked"
        }
        Hook::Printed => {
            "  rapporteur init --print pre-commit     prints the hook for the root of the repository"
        }
    };
    format!("next:\n  rapporteur check                       checks them\n{hook}\n{PRINTED}")
}

const PRINTED: &str = "\
\x20 rapporteur init --print github         prints a workflow for GitHub Actions
  rapporteur init --print gitlab         prints a job for GitLab
  rapporteur init --print vscode         prints .vscode/tasks.json, by which findings are shown in the editor
";

#[cfg(test)]
mod tests;
