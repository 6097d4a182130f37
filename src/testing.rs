//! Caret tests: records with the expected findings drawn under the text they point at.
//!
//! A comment line whose first characters are spaces and carets expects a finding on the line above:
//!
//! ```yaml
//! start: "11:00"
//! #       ^^^^^ error: the message
//! ```
//!
//! `~~~~ text` expects a label of the same form. `#< error: message` points at the first column, where no
//! caret can stand. `=== path` begins another file. Columns count characters.

use std::{fmt::Write as _, path::Path, sync::Arc};

use jiff::civil::Date;

use crate::{
    config::{Config, FILE_NAME, Levels},
    corpus::{
        Batch, Corpus, Group, Identities, Names, Part, Relation, Shared, Wanted, number_of,
        relation::Decision,
    },
    fact::{self, Record},
    finding::{Finding, Location, Severity},
    lint::{Linter, Setting},
    rule::{Rule, RuleSet},
    schema::Catalog,
    source::{Source, Syntax},
    sources::{Input, SourceId},
    tree::Tree,
};

/// The findings of `rule` alone in the files `(path, text)`.
pub(crate) fn findings(rule: &'static Rule, files: &[(String, String)]) -> Vec<Finding> {
    findings_with(&Catalog::bundled(), rule, files)
}

/// The same, with other schemas than the bundled ones.
pub(crate) fn findings_with(
    catalog: &Catalog,
    rule: &'static Rule,
    files: &[(String, String)],
) -> Vec<Finding> {
    let setting = match rule.level {
        Some(_) => Setting::Default,
        None => Setting::At(Severity::Warning),
    };
    findings_at(catalog, (rule, setting), &Asked::default(), files)
}

/// What is asked of a run beside its rule.
#[derive(Default)]
struct Asked {
    as_of: Option<Date>,
    config: Option<Config>,
}

/// The same, with what the configuration says of the rule, on a day.
fn findings_at(
    catalog: &Catalog,
    (rule, setting): (&'static Rule, Setting),
    asked: &Asked,
    files: &[(String, String)],
) -> Vec<Finding> {
    let inputs: Vec<Arc<Input>> = files.iter().map(|(path, _)| input(path).into()).collect();
    let read = |input: &Input| {
        let file = files.iter().find(|(path, _)| *path == input.path);
        file.map(|(_, text)| text.clone().into_bytes()).ok_or_else(|| "no such file".to_owned())
    };
    let setting = |other: &Rule| if other.id == rule.id { setting } else { Setting::Off };
    let levels = Levels::new(asked.config.as_ref(), Vec::new(), Vec::new());
    let mut rules = RuleSet::bundled().clone();
    // One of rapporteur is there already.
    let _ = rules.add(rule);
    let linter = Linter {
        rules: &rules,
        setting: &setting,
        options: &|rule| levels.options(rule),
        exceptions: asked.config.as_ref().map_or(&[], |config| &config.exceptions),
        config: asked.config.as_ref().map(|config| &config.source),
        as_of: asked.as_of,
        ..Linter::new(catalog)
    };
    linter.check(&inputs, &read).findings
}

/// A file that is named and said to hold records.
pub(crate) fn input(path: &str) -> Input {
    Input {
        path: path.to_owned(),
        disk: path.into(),
        schema: None,
        table: None,
        reported: true,
        expected: true,
    }
}

/// Calls `look` with the record that `text` is, the record `number` of its source.
pub(crate) fn with_record<T>(
    catalog: &Catalog,
    (number, text): (u32, &str),
    look: impl FnOnce(&Record<'_>) -> T,
) -> T {
    let tree = Tree::parse(Arc::new(Source::new("a.json", Syntax::Json, text)));
    let root = tree.records()[0];
    let schema = catalog.choose(root, None).expect("a schema").schema();
    let state = catalog.state(schema).expect("a schema that can be used");
    look(&fact::extract(catalog.graph(), state, root, SourceId::default(), number))
}

/// The corpus of these records, which are in one file.
fn corpus(catalog: &Catalog, texts: &[String]) -> Corpus {
    let wanted: Wanted = [true; 11];
    let (mut batch, names) = (Batch::default(), Names::default());
    for (number, text) in (0..).zip(texts) {
        with_record(catalog, (number, text), |record| batch.add(record, true, &wanted, &names));
    }
    let files = vec![(SourceId::default(), 0..batch.len() as u32)];
    let mut corpus = Corpus::new(wanted);
    corpus.replace(&[], vec![Part { batch, files }], vec![0]);
    corpus
}

/// Calls `look` with the group of this relation in these records, which has all that is related so.
pub(crate) fn with_group<R: Relation>(
    catalog: &Catalog,
    texts: &[String],
    shared: &Shared,
    look: impl FnOnce(&Group<'_, R>),
) {
    let corpus = corpus(catalog, texts);
    let all = corpus.all(number_of::<R>());
    if let Some(refs) = corpus.chunks(number_of::<R>(), &all).next() {
        let entries = corpus.read::<R>(refs);
        look(&Group::of(&entries, shared)[0]);
    }
}

/// What the record `text` decides on names.
pub(crate) fn decided(text: &str) -> Shared {
    let corpus = corpus(&Catalog::bundled(), &[text.to_owned()]);
    Shared { identities: Identities::of(&corpus.read_all::<Decision>()), ..Shared::default() }
}

/// The findings of `rule` alone in a record whose prose is `text`.
pub(crate) fn in_prose(rule: &'static Rule, text: &str) -> Vec<Finding> {
    let record = format!("kind: statement\nparagraphs:\n  - \"{text}\"\n");
    findings(rule, &[("statement.yaml".to_owned(), record)])
}

/// Runs `rule` over `text` and compares what it finds with the carets.
#[track_caller]
pub(crate) fn check(rule: &'static Rule, text: &str) {
    compare(text, |files| findings(rule, files));
}

/// The same, with a level that the configuration gives to the rule: what it finds has that severity.
#[track_caller]
pub(crate) fn check_asked(rule: &'static Rule, severity: Severity, text: &str) {
    let asked = (rule, Setting::At(severity));
    compare(text, |files| findings_at(&Catalog::bundled(), asked, &Asked::default(), files));
}

/// The same on the day `as_of`, YYYY-MM-DD.
#[track_caller]
pub(crate) fn check_on(rule: &'static Rule, as_of: &str, text: &str) {
    let asked = Asked { as_of: Some(as_of.parse().expect("a date")), config: None };
    let setting = (rule, Setting::Default);
    compare(text, |files| findings_at(&Catalog::bundled(), setting, &asked, files));
}

/// The same, with the text of a `rapporteur.toml`, which may give the rule a level and options, and accept findings.
#[track_caller]
pub(crate) fn check_with(rule: &'static Rule, config: &str, text: &str) {
    let mut rules = RuleSet::bundled().clone();
    // One of rapporteur is there already.
    let _ = rules.add(rule);
    let config =
        Config::parse(Path::new(FILE_NAME), config.into(), &rules).expect("a configuration");
    let levels = Levels::new(Some(&config), Vec::new(), Vec::new());
    let setting = match levels.of(rule) {
        Setting::Default if rule.level.is_none() => Setting::At(Severity::Warning),
        setting => setting,
    };
    let asked = Asked { as_of: None, config: Some(config) };
    compare(text, |files| findings_at(&Catalog::bundled(), (rule, setting), &asked, files));
}

#[track_caller]
fn compare(text: &str, findings: impl Fn(&[(String, String)]) -> Vec<Finding>) {
    let files = split(text);
    let plain: Vec<(String, String)> =
        files.iter().map(|(path, text)| (path.clone(), without_carets(text))).collect();
    let found = findings(&plain);
    let mut drawn = String::new();
    for (path, text) in &plain {
        if files.len() > 1 {
            let _ = writeln!(drawn, "=== {path}");
        }
        draw(path, text, &found, &mut drawn);
    }
    let mut expected = String::new();
    for (path, text) in &files {
        if files.len() > 1 {
            let _ = writeln!(expected, "=== {path}");
        }
        let _ = writeln!(expected, "{}", text.trim_end());
    }
    assert!(drawn.trim() == expected.trim(), "found:\n{drawn}\nexpected:\n{expected}");
}

fn split(text: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Vec::new();
    for line in text.trim_start_matches('\n').lines() {
        if let Some(path) = line.strip_prefix("=== ") {
            files.push((path.trim().to_owned(), String::new()));
            continue;
        }
        if files.is_empty() {
            files.push(("record.yaml".to_owned(), String::new()));
        }
        if let Some((_, text)) = files.last_mut() {
            text.push_str(line);
            text.push('\n');
        }
    }
    files
}

fn is_caret(line: &str) -> bool {
    line.strip_prefix('#').is_some_and(|rest| {
        rest.starts_with("< ") || rest.trim_start_matches(' ').starts_with(['^', '~'])
    })
}

fn without_carets(text: &str) -> String {
    text.lines().filter(|line| !is_caret(line)).map(|line| format!("{line}\n")).collect()
}

/// Draws the findings under the lines of `text`.
fn draw(path: &str, text: &str, findings: &[Finding], out: &mut String) {
    let mut marks: Vec<(u32, u32, String)> = Vec::new();
    for finding in findings {
        if finding.location.path == path {
            let text = format!("{}: {}", finding.severity, finding.message);
            marks.push(mark(&finding.location, '^', &text));
        }
        for label in finding.labels.iter().filter(|label| label.location.path == path) {
            marks.push(mark(&label.location, '~', &label.text));
        }
    }
    marks.sort();
    for (number, line) in (1..).zip(text.lines()) {
        let _ = writeln!(out, "{line}");
        for (_, _, mark) in marks.iter().filter(|mark| mark.0 == number) {
            let _ = writeln!(out, "{mark}");
        }
    }
}

fn mark(location: &Location, with: char, text: &str) -> (u32, u32, String) {
    let (start, end) = (location.start, location.end);
    if start.column < 2 {
        return (start.line, start.column, format!("#< {text}"));
    }
    let width =
        if start.line == end.line { end.column.saturating_sub(start.column).max(1) } else { 1 };
    let gap = " ".repeat(start.column as usize - 2);
    let carets = with.to_string().repeat(width as usize);
    (start.line, start.column, format!("#{gap}{carets} {text}"))
}
