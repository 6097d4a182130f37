//! Caret tests: records with the expected findings drawn under the text that they point at.
//!
//! A comment line whose first characters are spaces and carets expects a finding on the line above. The rule under test runs
//! alone, and it must find what the carets show and nothing else.
//!
//! ```
//! use rapporteur::{rule::*, testing::check_carets};
//!
//! static RULE: Rule = Rule {
//!     id: RuleId::new("slot-before-nine"),
//!     family: Family::Times,
//!     summary: "a slot that begins before nine in the morning",
//!     level: Some(Severity::Warning),
//!     since: "1.0.0",
//!     fix: Fix::None,
//!     page: "# slot-before-nine\n\nA slot that begins before nine in the morning.\n",
//!     options: &[],
//!     check: Check::Record(check),
//! };
//!
//! fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
//!     for fact in record.live() {
//!         let Meaning::Interval(interval) = &fact.meaning else { continue };
//!         let Some(start) = interval.start.as_ref().map(|start| start.text) else { continue };
//!         if start.value < "09" {
//!             findings.at(start.place, format!("{} begins at {}", interval.name(), start.value));
//!         }
//!     }
//! }
//!
//! check_carets(
//!     &RULE,
//!     r#"
//! kind: programme
//! slots:
//!   - {title: Breakfast, start: "08:30", end: "09:00"}
//! ##                              ^^^^^ warning: “Breakfast” begins at 08:30
//!   - {title: Panel, start: "09:00", end: "11:00"}
//! "#,
//! );
//! ```
//!
//! Columns count characters. `~~~~ text` expects a label of the same form. `#< error: message` points at the first column,
//! where no caret can be. `=== path` begins another file; without it the text is that of `record.yaml`.

#[cfg(test)]
mod inside;

use std::{fmt::Write as _, path::Path, sync::Arc};

use jiff::civil::Date;

#[cfg(test)]
pub(crate) use self::inside::{
    check_asked, decided, findings, findings_with, in_prose, input, with_group,
};
#[cfg(test)]
pub(crate) use self::{
    check_carets as check, check_carets_on as check_on, check_carets_with as check_with,
};
use crate::{
    config::{Config, FILE_NAME, Levels},
    finding::{Family, Finding, Location, Severity},
    lint::{Run, Setting},
    rule::{Rule, RuleSet},
    schema::Catalog,
    sources::Input,
};

/// Runs `rule` over `text` and compares what it finds with the carets. A rule that is off by default runs as a warning.
///
/// # Panics
///
/// If the rule finds something else, with both drawn, or if the only record has a syntax error and the rule is not about
/// structure.
#[track_caller]
pub fn check_carets(rule: &'static Rule, text: &str) {
    compare(text, |files| {
        findings_at(&Catalog::bundled(), by_default(rule), &Asked::default(), files)
    });
}

/// The same on a day (YYYY-MM-DD), for a rule that depends on [`Findings::as_of`](crate::rule::Findings::as_of).
///
/// # Panics
///
/// If the rule finds something else, or `as_of` is not a day.
#[track_caller]
pub fn check_carets_on(rule: &'static Rule, as_of: &str, text: &str) {
    let asked = Asked { as_of: Some(as_of.parse().expect("a date")), config: None };
    compare(text, |files| findings_at(&Catalog::bundled(), by_default(rule), &asked, files));
}

/// The same, with the text of a `rapporteur.toml`, which may give the rule a level and options, and accept findings.
///
/// # Panics
///
/// If the rule finds something else, or the configuration has a mistake.
#[track_caller]
pub fn check_carets_with(rule: &'static Rule, config: &str, text: &str) {
    let config = Config::parse(Path::new(FILE_NAME), config.into(), &rules_with(rule));
    let config = config.unwrap_or_else(|error| panic!("{error}"));
    let levels = Levels::new(Some(&config), Vec::new(), Vec::new());
    let rule = match levels.of(rule) {
        Setting::Default => by_default(rule),
        setting => (rule, setting),
    };
    let asked = Asked { as_of: None, config: Some(config) };
    compare(text, |files| findings_at(&Catalog::bundled(), rule, &asked, files));
}

/// A rule at its own level, or as a warning if it is off.
fn by_default(rule: &'static Rule) -> (&'static Rule, Setting) {
    match rule.level {
        Some(_) => (rule, Setting::Default),
        None => (rule, Setting::At(Severity::Warning)),
    }
}

/// The rules of rapporteur, and this one.
fn rules_with(rule: &'static Rule) -> RuleSet {
    let mut rules = RuleSet::default();
    // One of rapporteur is there already.
    let _ = rules.add(rule);
    rules
}

/// What is asked of a run beside its rule.
#[derive(Default)]
struct Asked {
    as_of: Option<Date>,
    config: Option<Config>,
}

/// The findings of a rule alone in the files `(path, text)`.
fn findings_at(
    catalog: &Catalog,
    (rule, setting): (&'static Rule, Setting),
    asked: &Asked,
    files: &[(String, String)],
) -> Vec<Finding> {
    let input = |path: &str| {
        let supplied = asked.config.as_ref().and_then(|config| config.supplied(path));
        Arc::new(Input { supplied, ..Input::named(path) })
    };
    let inputs: Vec<Arc<Input>> = files.iter().map(|(path, _)| input(path)).collect();
    let read = |input: &Input| {
        let file = files.iter().find(|(path, _)| *path == input.path);
        file.map(|(_, text)| text.clone().into_bytes()).ok_or_else(|| "no such file".to_owned())
    };
    let setting = |other: &Rule| if other.id == rule.id { setting } else { Setting::Off };
    let levels = Levels::new(asked.config.as_ref(), Vec::new(), Vec::new());
    let rules = rules_with(rule);
    let run = Run {
        rules: &rules,
        setting: &setting,
        options: &|rule| levels.options(rule),
        exceptions: asked.config.as_ref().map_or(&[], |config| &config.exceptions),
        config: asked.config.as_ref().map(|config| &config.parts),
        as_of: asked.as_of,
        ..Run::new(catalog)
    };
    let report = run.check(&inputs, &read);
    // Of what follows a syntax error nothing is known, so that a test of one mistyped record would show nothing.
    let is_meant = rule.family == Family::Structure || files.len() > 1;
    assert!(is_meant || report.is_complete, "the record of the test cannot be read to its end");
    report.findings
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
