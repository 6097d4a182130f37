//! `rapporteur explain`: the page of a rule, the rules of a family, or the arguments of a keyword.

mod page;

use std::io::Write;

use clap::ValueEnum;

use super::{Exit, Failure, patient};
use crate::{
    finding::Family,
    output::Terminal,
    rule::{Rule, RuleSet},
    suggest,
    vocabulary::{self, KEYWORDS},
};

/// How an explanation is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum PageFormat {
    /// Text that fits the terminal.
    #[default]
    Text,
    /// Markdown, for programs that show it.
    Markdown,
}

pub(super) fn run(
    name: &str,
    format: PageFormat,
    (rules, terminal): (&RuleSet, &Terminal),
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    let family = Family::ALL.into_iter().find(|family| family.word() == name);
    let keyword = KEYWORDS.iter().find(|keyword| keyword.name == name);
    let markdown = if let Some(rule) = rules.find(name) {
        of_rule(rule)
    } else if let Some(family) = family {
        of_family(family, rules)
    } else if let Some(keyword) = keyword {
        vocabulary::section(keyword)
    } else {
        let keywords = KEYWORDS.iter().map(|keyword| keyword.name);
        let meant = suggest::nearest(name, rules.ids().chain(Family::words()).chain(keywords));
        let list = "`rapporteur rules` lists every rule";
        return Err(Failure::unknown("rule, family or keyword", name, meant, list));
    };
    let text = match format {
        PageFormat::Text => page::rendered(&markdown, terminal),
        PageFormat::Markdown => markdown,
    };
    patient(out.write_all(text.as_bytes()))?;
    Ok(Exit::Clean)
}

fn of_rule(rule: &Rule) -> String {
    let page = rule.page().trim_end();
    let (family, level, since) = (rule.family, rule.level_word(), rule.since);
    // The pages of the bundled rules have these sections; that of an added rule need not.
    let made = [rule.options_section(), Some(rule.configure_section())].into_iter().flatten();
    let is_missing = |section: &String| {
        section.lines().next().is_some_and(|heading| !page.contains(&format!("\n{heading}\n")))
    };
    let sections: String =
        made.filter(is_missing).map(|section| format!("\n\n{}", section.trim_end())).collect();
    let from = match rule.own() {
        Some(_) => "declared in `rapporteur.toml`".to_owned(),
        None => format!("since {since}"),
    };
    format!("{page}{sections}\n\nFamily `{family}`, level `{level}`, {from}.\n")
}

fn of_family(family: Family, rules: &RuleSet) -> String {
    let items = rules.of_family(family);
    let items: String = items
        .map(|rule| format!("* `{}` ({}): {}\n", rule.id, rule.level_word(), rule.summary()))
        .collect();
    format!(
        "# {family}\n\n{items}\nRun `rapporteur explain RULE` for the page of a rule. To set the level of the whole family:\n\n\
         ```toml\n[rules]\n{family} = \"warning\"\n```\n"
    )
}
