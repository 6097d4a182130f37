//! `rapporteur explain`: the page of a rule.

use std::io::Write;

use super::{Exit, Failure, RuleEntry, ids, patient};
use crate::config::closest;

pub(super) fn run(id: &str, rules: &[RuleEntry<'_>], out: &mut dyn Write) -> Result<Exit, Failure> {
    let Some(rule) = rules.iter().find(|rule| rule.id == id) else {
        let meant = closest(id, ids(rules));
        return Err(Failure::unknown("rule", id, meant, "`rapporteur rules` lists every rule"));
    };
    let RuleEntry { family, severity, since, page, .. } = rule;
    let page = page.trim_end();
    patient(writeln!(out, "{page}\n\nFamily {family}, severity {severity}, since {since}."))?;
    Ok(Exit::Clean)
}
