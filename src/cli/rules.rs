//! `rapporteur rules`: every rule, by family.

use std::io::Write;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::{Exit, Failure, patient};
use crate::{
    finding::Family,
    output::{Terminal, fit::wrap, terminal::Style},
    rule::{AnyOption, RuleSet},
};

/// The arguments of `rules`.
#[derive(Args, Debug)]
pub(super) struct RulesArgs {
    /// Format of the list.
    #[arg(long, value_enum, default_value_t)]
    format: ListFormat,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum ListFormat {
    /// One line for each rule, by family.
    #[default]
    Full,
    /// One JSON document.
    Json,
}

#[derive(Serialize)]
struct List<'r> {
    version: u32,
    rules: Vec<Line<'r>>,
}

#[derive(Serialize)]
struct Line<'r> {
    rule: &'r str,
    family: &'static str,
    level: &'static str,
    since: &'static str,
    fix: &'static str,
    summary: &'r str,
    options: Vec<OptionLine>,
}

/// An option of a rule; its default as it is written in the configuration.
#[derive(Serialize)]
struct OptionLine {
    name: &'static str,
    default: String,
    about: &'static str,
}

impl OptionLine {
    fn of(option: &dyn AnyOption) -> Self {
        let (name, about) = (option.name(), option.about());
        Self { name, default: option.default().to_string(), about }
    }
}

pub(super) fn run(
    args: &RulesArgs,
    rules: &RuleSet,
    terminal: &Terminal,
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    let text = match args.format {
        ListFormat::Full => table(rules, terminal),
        ListFormat::Json => json(rules)?,
    };
    patient(out.write_all(text.as_bytes()))?;
    Ok(Exit::Clean)
}

fn table(rules: &RuleSet, terminal: &Terminal) -> String {
    let columns = terminal.columns();
    let width = rules.ids().map(str::len).max().unwrap_or(0);
    let is_wide = columns >= width + 60;
    let by_family = |family| (family, rules.of_family(family).collect::<Vec<_>>());
    let families = Family::ALL.into_iter().map(by_family);
    let blocks = families.filter(|(_, rules)| !rules.is_empty()).map(|(family, rules)| {
        let lines = rules.iter().flat_map(|rule| {
            let (id, level, summary) = (rule.id, rule.level_word(), rule.summary());
            if is_wide {
                let line = format!("  {id:width$}  {level:7}  {summary}");
                return wrap(&line, columns, &" ".repeat(width + 13));
            }
            let mut lines = vec![format!("  {id} ({level})")];
            lines.extend(wrap(&format!("      {summary}"), columns, "      "));
            lines
        });
        let lines: String = lines.map(|line| line + "\n").collect();
        format!("{}\n{lines}", terminal.styled(&[Style::Bold], family.word()))
    });
    blocks.collect::<Vec<_>>().join("\n")
}

fn json(rules: &RuleSet) -> std::io::Result<String> {
    let in_order = Family::ALL.into_iter().flat_map(|family| rules.of_family(family));
    let lines = in_order.map(|rule| Line {
        rule: &rule.id,
        family: rule.family.word(),
        level: rule.level_word(),
        since: rule.since,
        fix: rule.fix.word(),
        summary: rule.summary(),
        options: rule.options.iter().map(|option| OptionLine::of(*option)).collect(),
    });
    let text = serde_json::to_string_pretty(&List { version: 1, rules: lines.collect() })?;
    Ok(text + "\n")
}
