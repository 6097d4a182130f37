//! `rapporteur check --show-files` and `--show-settings`: what a run would look at, and by which settings. Nothing
//! is checked.

mod places;

use std::{
    cell::LazyCell,
    collections::HashMap,
    fmt::Write as _,
    io::{self, Write},
    ops::Range,
    path::Path,
};

use clap::Args;
use rayon::prelude::*;

use self::places::Places;
use super::{Exit, patient};
use crate::{
    analysis::{tree_of, understand},
    config::{Config, Glob, Levels, Origin},
    input::{self, Excluded},
    lint::Unread,
    message::one_line,
    project::{BASELINE, Project},
    rule::Rule,
    schema::{Choice, Unknown},
    source::{visible, visible_line},
    sources::Input,
};

/// What is shown in the place of a check.
#[derive(Args, Debug)]
pub(super) struct Show {
    /// Instead of checking, list each file with its schema, the reason for that schema, and whether it is reported
    #[arg(long = "show-files", help_heading = "Output")]
    pub(super) files: bool,
    /// Instead of checking, list every setting with its value and its origin; with `--format json`, as JSON
    #[arg(long = "show-settings", help_heading = "Output")]
    pub(super) settings: bool,
}

impl Show {
    /// Whether anything is to be shown.
    pub(super) fn is_wanted(&self) -> bool {
        self.files || self.settings
    }
}

/// A setting: its name, its value and where that comes from.
pub(super) type Setting = (&'static str, String, String);

/// Shows what is wanted: the settings, then the files.
pub(super) fn run(
    show: &Show,
    project: &Project,
    (settings, levels): (&[Setting], &Levels),
    is_json: bool,
    out: &mut dyn Write,
) -> io::Result<Exit> {
    let mut text = String::new();
    let places = project.config.as_ref().map(Places::new);
    let places = places.as_ref();
    if show.settings {
        let lines = settings_of(project, settings, (levels, places));
        text += &if is_json { as_json(&lines) } else { in_columns(&lines) };
    }
    if show.settings && show.files {
        text.push('\n');
    }
    let mut exit = Exit::Clean;
    if show.files {
        let files: Vec<(String, bool)> =
            project.collected.inputs.par_iter().map(|input| file(project, input, places)).collect();
        let mut is_whole = true;
        for (line, was_read) in &files {
            text.push_str(line);
            is_whole &= was_read;
        }
        for (pattern, line) in unmatched(project) {
            let _ = writeln!(text, "{line}: the pattern {pattern} matches no file");
        }
        text.extend(excluded(project, |_| true).into_iter().map(|line| format!("{line}\n")));
        for Unread { path, reason } in &project.collected.unread {
            let _ = writeln!(text, "{}: not read: {reason}", visible_line(path));
        }
        exit = match (is_whole && project.collected.unread.is_empty(), files.is_empty()) {
            (false, _) => Exit::Unread,
            (true, true) => Exit::Nothing,
            (true, false) => Exit::Clean,
        };
    }
    patient(out.write_all(visible(&text).as_bytes()))?;
    Ok(exit)
}

/// The patterns that match no file, each with its line.
fn unmatched(project: &Project) -> Vec<(String, String)> {
    let unmatched = project.unmatched();
    let Some(config) = project.config.as_ref().filter(|_| !unmatched.is_empty()) else {
        return Vec::new();
    };
    let places = Places::new(config);
    let printed =
        |glob: &Glob| (format!("`{}`", visible_line(&glob.text)), places.line(&glob.span));
    unmatched.into_iter().map(printed).collect()
}

/// The sentence on the patterns that match no file, where there are any.
pub(super) fn unmatched_patterns(project: &Project) -> Option<String> {
    const MOST: usize = 3;
    let all = unmatched(project);
    let shown: Vec<String> =
        all.iter().take(MOST).map(|(pattern, line)| format!("{pattern} ({line})")).collect();
    let plural = if all.len() == 1 { "" } else { "s" };
    let more = match all.len().saturating_sub(MOST) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let text = format!("no file matches the pattern{plural} {}{more}", shown.join(", "));
    (!all.is_empty()).then(|| one_line(&text, 2_000))
}

/// What `exclude` leaves out, as far as it is `wanted`, each with the pattern and its line.
fn excluded(project: &Project, wanted: impl Fn(&Excluded) -> bool) -> Vec<String> {
    let all = &project.collected.excluded;
    let Some(config) = project.config.as_ref().filter(|_| !all.is_empty()) else {
        return Vec::new();
    };
    let places = Places::new(config);
    let line = |one: &Excluded| {
        let (path, pattern) = (visible_line(&one.path), visible_line(&one.pattern));
        format!("{path}: excluded, by `{pattern}` in {}", places.line(&(one.at..one.at)))
    };
    all.iter().filter(|one| wanted(one)).map(line).collect()
}

/// Says which configurations of folders below the root do not count, a line each, as far as they are few.
pub(super) fn note_nested(project: &Project, err: &mut dyn Write) {
    const MOST: usize = 3;
    let extended = |path: &str| {
        let mut parts = project.config.iter().flat_map(|config| config.parts.iter());
        parts.any(|part| part.path == path)
    };
    let mut all: Vec<&String> = project.collected.nested.iter().collect();
    all.retain(|path| !extended(path));
    for path in all.iter().take(MOST) {
        let folder = path.rsplit_once('/').map_or(".", |(folder, _)| folder);
        let line = format!(
            "{} does not count here; to check its records by it, run `rapporteur check` in {}",
            visible_line(path),
            visible_line(folder)
        );
        let _ = writeln!(err, "note: {}", one_line(&line, 2_000));
    }
    if all.len() > MOST {
        let _ = writeln!(err, "note: {} configurations below do not count here", all.len());
    }
}

/// Says which of the named files and folders are skipped because of `exclude`, a line each, as far as they are few.
pub(super) fn note_excluded(project: &Project, err: &mut dyn Write) {
    const MOST: usize = 3;
    let all = excluded(project, |one| one.is_named);
    for line in all.iter().take(MOST) {
        // A note only: who closes standard error does without it.
        let _ = writeln!(err, "note: {}", one_line(line, 2_000));
    }
    if all.len() > MOST {
        let _ = writeln!(err, "note: {} named paths are excluded in all", all.len());
    }
}

/// The line of a file, and whether it could be read.
fn file(project: &Project, input: &Input, places: Option<&Places<'_>>) -> (String, bool) {
    let path = visible_line(&input.path);
    let bytes = match project.read(input) {
        Ok(bytes) => bytes,
        Err(reason) => return (format!("{path}: not read: {reason}\n"), false),
    };
    let configured = input.schema.as_deref().and_then(|name| project.catalog.find(name));
    let tree = understand(tree_of(input, bytes), input, &project.catalog);
    let records = tree.records();
    let mut printed: Vec<(String, usize)> = Vec::new();
    if input.table.is_some() {
        printed.push((register(project, input, places), records.len()));
    } else {
        let by_entry = LazyCell::new(|| places.and_then(|places| places.of_records(&input.path)));
        let mut known: HashMap<String, usize> = HashMap::new();
        for record in records {
            let choice = project.catalog.choose(record, configured);
            let line = schema(project, input, choice, || by_entry.clone());
            let at = *known.entry(line.clone()).or_insert(printed.len());
            if at == printed.len() {
                printed.push((line, 0));
            }
            printed[at].1 += 1;
        }
    }
    let noun = if input.table.is_some() { "row" } else { "record" };
    let mut parts: Vec<String> = printed
        .into_iter()
        .map(|(what, count)| {
            let plural = if count == 1 { "" } else { "s" };
            format!("{what} ({count} {noun}{plural})")
        })
        .collect();
    if !tree.is_whole() {
        parts.push("breaks its syntax".to_owned());
    }
    if !input.reported {
        parts.push("context only".to_owned());
    }
    (format!("{path}: {}\n", visible_line(&parts.join("; "))), true)
}

/// What a table is, and which entry says so.
fn register(project: &Project, input: &Input, places: Option<&Places<'_>>) -> String {
    let Some(config) = &project.config else { return String::new() };
    let register = config.register_for(&input.path);
    let space = register.map_or("", |(_, register)| register.space.text.as_str());
    let entry = places.and_then(|places| places.of_tables(&input.path)).unwrap_or_default();
    format!("table of keys of `{space}`, by {entry}")
}

/// The schema of a record, and what gave it that: an entry of the configuration may have.
fn schema(
    project: &Project,
    input: &Input,
    choice: Result<Choice, Unknown<'_>>,
    by_entry: impl Fn() -> Option<String>,
) -> String {
    let why = match choice {
        Ok(choice) => {
            let path = &project.catalog.file(choice.schema()).source.path;
            let reason = match choice {
                Choice::Configured(_) => by_entry().map(|entry| format!("by {entry}")),
                _ => None,
            };
            let is_usable = project.catalog.is_usable(choice.schema());
            let state = if is_usable { "" } else { ", which cannot be used" };
            return format!("{path}, {}{state}", reason.as_deref().unwrap_or(choice.reason()));
        }
        Err(Unknown::NotAnObject) => "it is not an object".to_owned(),
        Err(Unknown::NoKind) => "it has no `kind`".to_owned(),
        Err(Unknown::Kind(kind)) => {
            format!("no schema has the kind `{}`", kind.scalar_text().unwrap_or_default())
        }
        Err(Unknown::Schema(named)) => {
            let named = named.as_str().unwrap_or_default();
            format!("`$schema` names `{named}`, which is not a schema of the project")
        }
    };
    let then = if input.expected { "" } else { ", so it is skipped" };
    format!("no schema: {why}{then}")
}

fn settings_of(
    project: &Project,
    settings: &[Setting],
    (levels, places): (&Levels, Option<&Places<'_>>),
) -> Vec<[String; 3]> {
    let mut lines: Vec<[String; 3]> = settings
        .iter()
        .map(|(name, value, from)| {
            [(*name).to_owned(), visible_line(value).into_owned(), from.clone()]
        })
        .collect();
    if let (Some(config), Some(places)) = (&project.config, places) {
        lines.extend(entries(config, places));
        let from = config.formats.as_ref().map(|(_, at)| places.line(at));
        let from = from.unwrap_or_else(|| "default".to_owned());
        lines.push(["schemas.format".to_owned(), config.formats().word().to_owned(), from]);
        for (space, at) in &config.spaces {
            let complete = space.complete.map(|complete| format!("complete = {complete}"));
            let form = space.form.map(|form| format!("form = {}", form.word()));
            let said: Vec<String> = complete.into_iter().chain(form).collect();
            let name = format!("space {}", visible_line(&space.name));
            lines.push([name, said.join(", "), places.line(at)]);
        }
    }
    for rule in project.rules.iter() {
        lines.push([
            rule.id.to_string(),
            level(rule, levels).to_owned(),
            origin(project, rule, (levels, places)),
        ]);
        let options = levels.options(rule);
        for option in rule.options {
            let name = format!("{}.{}", rule.id, option.name());
            let value = visible_line(&options.value(*option).to_string()).into_owned();
            lines.push([name, value, option_origin(project, (rule, option.name()), places)]);
        }
    }
    lines
}

/// The settings as an array of objects, one a line.
fn as_json(lines: &[[String; 3]]) -> String {
    let object = |[name, value, from]: &[String; 3]| {
        serde_json::json!({"name": name, "value": value, "from": from}).to_string()
    };
    let objects: Vec<String> = lines.iter().map(object).collect();
    format!("[\n  {}\n]\n", objects.join(",\n  "))
}

fn in_columns(lines: &[[String; 3]]) -> String {
    let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max();
    let (first, second) = (width(0).unwrap_or(0), width(1).unwrap_or(0).min(40));
    let line =
        |[name, value, from]: &[String; 3]| format!("{name:first$}  {value:second$}  {from}\n");
    lines.iter().map(line).collect()
}

/// The entries of `[[records]]`, `[[registers]]` and `[[allow]]`, a line each.
fn entries(config: &Config, places: &Places<'_>) -> Vec<[String; 3]> {
    let line = |name: &str, value: &str, at: &Range<usize>| {
        [name.to_owned(), visible_line(value).into_owned(), places.line(at)]
    };
    let patterns = |globs: &[Glob]| {
        let texts: Vec<&str> = globs.iter().map(|glob| glob.text.as_str()).collect();
        texts.join(", ")
    };
    let mut lines = Vec::new();
    let excluded = config.exclude.globs();
    if let Some(first) = excluded.first() {
        lines.push(line("exclude", &patterns(excluded), &first.span));
    }
    for entry in &config.entries {
        let schema = entry.schema.as_deref().map(|schema| format!(": {schema}"));
        let without = entry.exclude.globs();
        let without = if without.is_empty() {
            String::new()
        } else {
            format!(" without {}", patterns(without))
        };
        let value = patterns(&entry.files) + &without + &schema.unwrap_or_default();
        let at = entry.files.first().map_or(0..0, |glob| glob.span.clone());
        lines.push(line("records", &value, &at));
    }
    for register in &config.registers {
        let key: Vec<&str> = register.key.iter().map(|column| column.text.as_str()).collect();
        let value =
            format!("{}: {} of {}", patterns(&register.files), key.join(", "), register.space.text);
        lines.push(line("registers", &value, &register.span));
    }
    for one in &config.overrides {
        for (target, level, at) in &one.rules {
            let value = format!("{target} = {} in {}", level.word(), patterns(one.files.globs()));
            lines.push(line("overrides", &value, at));
        }
    }
    for one in &config.exceptions {
        let rules: Vec<&str> = one.allowance.rules.iter().map(|(rule, _)| rule.as_str()).collect();
        let record = one.record.as_ref().map(|record| format!(" in {record}"));
        let pointer = one.pointer.as_ref().map(|(pointer, _)| format!(" at {pointer}"));
        let print = one.fingerprint.as_ref().map(|(print, _)| format!(" {print}"));
        let value: String =
            [Some(rules.join(", ")), record, pointer, print].into_iter().flatten().collect();
        let value = value.trim();
        let first = one.allowance.rules.first().or(one.fingerprint.as_ref());
        let at = first.map_or(0..0, |(_, place)| place.span.range());
        lines.push(line("allow", value, &at));
    }
    lines
}

/// The word for the level of a rule.
fn level(rule: &Rule, levels: &Levels) -> &'static str {
    match levels.everywhere(rule).of(rule) {
        None => "off",
        Some(None) => rule.level_word(),
        Some(Some(severity)) => severity.word(),
    }
}

/// What gave a rule its weight.
fn origin(
    project: &Project,
    rule: &Rule,
    (levels, places): (&Levels, Option<&Places<'_>>),
) -> String {
    match (levels.origin(rule), &project.config, places) {
        (Origin::Configured(number), Some(config), Some(places)) => {
            config.rule_spans.get(number).map_or_else(String::new, |at| places.line(at))
        }
        (Origin::Configured(_) | Origin::Own, ..) => "default".to_owned(),
        (Origin::Selected, ..) => "--select".to_owned(),
        (Origin::NotSelected, ..) => "not in --select".to_owned(),
        (Origin::Ignored, ..) => "--ignore".to_owned(),
    }
}

/// The line of the configuration that says which severity makes a run fail, if one does.
pub(super) fn fail_on_origin(project: &Project) -> Option<String> {
    let config = project.config.as_ref()?;
    config.fail_on.as_ref().map(|(_, at)| Places::new(config).line(at))
}

/// What sets an option of a rule.
fn option_origin(
    project: &Project,
    (rule, option): (&Rule, &str),
    places: Option<&Places<'_>>,
) -> String {
    let set = project.config.iter().flat_map(|config| config.options.iter().rev());
    let set = set.into_iter().find(|set| set.rule == rule.id && set.option.name() == option);
    let line = set.zip(places).map(|(set, places)| places.line(&set.span));
    line.unwrap_or_else(|| "default".to_owned())
}

/// The folder, the configuration and the baseline of a project.
pub(super) fn project_settings(
    project: &Project,
    cwd: &Path,
    config_from: [&'static str; 2],
    baseline: Result<Option<&Path>, &'static str>,
) -> Vec<Setting> {
    let [found, missing] = config_from;
    let none = || "none".to_owned();
    let config = match &project.config {
        Some(config) => (
            "configuration",
            config.parts.iter().map(|one| one.path.as_str()).collect::<Vec<_>>().join(", "),
            found,
        ),
        None => ("configuration", none(), missing),
    };
    let root_from =
        if project.config.is_some() { "folder of the configuration" } else { "working folder" };
    let baseline = match baseline {
        Err(option) => ("baseline", none(), option),
        Ok(Some(path)) => {
            let state = if input::exists(&cwd.join(path)) { "" } else { " (not there)" };
            ("baseline", format!("{}{state}", path.display()), "--baseline")
        }
        Ok(None) if input::exists(&project.root.join(BASELINE)) => {
            ("baseline", BASELINE.to_owned(), root_from)
        }
        Ok(None) => ("baseline", none(), "default"),
    };
    let root = ("root", project.root.display().to_string(), root_from);
    [root, config, baseline].map(|(name, value, from)| (name, value, from.to_owned())).to_vec()
}
