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
    // The pages of the bundled rules have these sections; that of an added rule need not.
    let made = [rule.options_section(), Some(rule.configure_section())].into_iter().flatten();
    let is_missing = |section: &String| {
        section.lines().next().is_some_and(|heading| !page.contains(&format!("\n{heading}\n")))
    };
    let sections: String =
        made.filter(is_missing).map(|section| format!("\n\n{}", section.trim_end())).collect();
    patient(writeln!(out, "{page}{sections}\n\nFamily {family}, level {level}, since {since}."))?;
    Ok(Exit::Clean)
}
