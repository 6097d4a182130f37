//! `rapporteur rules`: every rule, by family.

use std::io::Write;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::{Exit, Failure, RuleEntry, patient};
use crate::finding::Family;

/// The arguments of `rules`.
#[derive(Args, Debug)]
pub(super) struct RulesArgs {
    /// How the list is written.
    #[arg(long, value_enum, default_value_t)]
    format: ListFormat,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum ListFormat {
    /// One line a rule, below its family.
    #[default]
    Full,
    /// One JSON document.
    Json,
}

#[derive(Serialize)]
struct List<'e> {
    version: u32,
    rules: Vec<Line<'e>>,
}

#[derive(Serialize)]
struct Line<'e> {
    rule: &'e str,
    family: &'e str,
    severity: &'e str,
    since: &'e str,
    summary: &'e str,
}

pub(super) fn run(
    args: &RulesArgs,
    rules: &[RuleEntry<'_>],
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    let text = match args.format {
        ListFormat::Full => table(rules),
        ListFormat::Json => json(rules)?,
    };
    patient(out.write_all(text.as_bytes()))?;
    Ok(Exit::Clean)
}

fn by_family<'r, 'e>(rules: &'r [RuleEntry<'e>], family: Family) -> Vec<&'r RuleEntry<'e>> {
    rules.iter().filter(|rule| rule.family == family).collect()
}

fn table(rules: &[RuleEntry<'_>]) -> String {
    let width = rules.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    let families = Family::ALL.into_iter().map(|family| (family, by_family(rules, family)));
    let blocks = families.filter(|(_, rules)| !rules.is_empty()).map(|(family, rules)| {
        let lines = rules.iter().map(|rule| {
            format!("  {:width$}  {:7}  {}\n", rule.id, rule.severity.word(), rule.summary)
        });
        format!("{family}\n{}", lines.collect::<String>())
    });
    blocks.collect::<Vec<_>>().join("\n")
}

fn json(rules: &[RuleEntry<'_>]) -> std::io::Result<String> {
    let in_order = Family::ALL.into_iter().flat_map(|family| by_family(rules, family));
    let lines = in_order.map(|rule| Line {
        rule: rule.id,
        family: rule.family.word(),
        severity: rule.severity.word(),
        since: rule.since,
        summary: rule.summary,
    });
    let text = serde_json::to_string_pretty(&List { version: 1, rules: lines.collect() })?;
    Ok(text + "\n")
}
