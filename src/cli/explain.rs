//! `rapporteur explain`: the page of a rule.

use std::io::Write;

use super::{Exit, Failure, patient};
use crate::{rule::RuleSet, suggest};

pub(super) fn run(id: &str, rules: &RuleSet, out: &mut dyn Write) -> Result<Exit, Failure> {
    let Some(rule) = rules.find(id) else {
        let meant = suggest::nearest(id, rules.ids());
        return Err(Failure::unknown("rule", id, meant, "`rapporteur rules` lists every rule"));
    };
    let page = rule.page.trim_end();
    let (family, level, since) = (rule.family, rule.level_word(), rule.since);
    // The page of a rule of rapporteur has it in its place.
    let options = rule.options_section().filter(|_| !page.contains("\n## Options\n"));
    let options = options.map_or_else(String::new, |options| format!("\n\n{}", options.trim_end()));
    patient(writeln!(out, "{page}{options}\n\nFamily {family}, level {level}, since {since}."))?;
    Ok(Exit::Clean)
}
