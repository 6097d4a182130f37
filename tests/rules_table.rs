//! The table of rules in `docs/rules.md` is the table of rules in the program; with `UPDATE=1` it is written anew.

#![allow(clippy::unwrap_used, reason = "a panic is a failing test with a place")]

use std::{env, fs, path::Path};

use rapporteur::{finding::Family, rule::Rule, rules::RULES};

const PAGE: &str = "docs/rules.md";
const BEGIN: &str = "<!-- rules: begin -->\n";
const END: &str = "<!-- rules: end -->\n";

/// Every rule, by family as `rapporteur rules` lists them.
fn table() -> String {
    let mut rows = vec![
        "| rule | family | level | since | fix | finds |".to_owned(),
        "|---|---|---|---|---|---|".to_owned(),
    ];
    for family in Family::ALL {
        rows.extend(RULES.iter().filter(|rule| rule.family == family).map(|rule| row(rule)));
    }
    rows.join("\n") + "\n"
}

fn row(rule: &Rule) -> String {
    let (id, family, level) = (rule.id, rule.family, rule.level_word());
    let (since, fix) = (rule.since, rule.fix.word());
    // A bar would end the cell.
    let summary = rule.summary.replace('|', "\\|");
    format!("| [{id}](rules/{id}.md) | {family} | {level} | {since} | {fix} | {summary} |")
}

#[test]
fn the_page_lists_every_rule_as_it_is() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE);
    let page = fs::read_to_string(&path).unwrap();
    let (before, rest) = page.split_once(BEGIN).unwrap();
    let (shown, after) = rest.split_once(END).unwrap();
    let wanted = format!("\n{}\n", table());
    if shown != wanted && env::var_os("UPDATE").is_some() {
        fs::write(path, format!("{before}{BEGIN}{wanted}{END}{after}")).unwrap();
    } else {
        assert_eq!(shown, wanted, "`UPDATE=1 cargo test --test rules_table` writes {PAGE} anew");
    }
}

#[test]
fn every_rule_is_in_the_table_once() {
    let table = table();
    for rule in RULES {
        assert_eq!(table.matches(&format!("[{}]", rule.id)).count(), 1, "{}", rule.id);
    }
    assert_eq!(table.lines().count(), RULES.len() + 2);
}
