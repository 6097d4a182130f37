//! What of `docs/vocabulary.md` is made from the table of keywords.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::keyword::{Argument, Keyword, Kind};

/// The heading of a keyword's section, the table of its arguments and an example.
#[must_use]
pub fn section(keyword: &Keyword) -> String {
    let mut text = format!("### `{}` — {}\n\n", keyword.name, keyword.about);
    text.push_str("| argument | value | meaning |\n|---|---|---|\n");
    for argument in keyword.arguments {
        let Argument { name, kind, is_required, about } = argument;
        let required = if *is_required { ", required" } else { "" };
        // A bar would end the cell.
        let about = about.replace('|', "\\|");
        let _ = writeln!(text, "| `{name}` | {}{required} | {about} |", value(*kind));
    }
    let _ = write!(text, "\n```json\n\"{}\": {}\n```\n", keyword.name, keyword.example);
    if !keyword.repeats {
        text.push_str("\nIt applies once to a value.\n");
    }
    if let Some(argument) = keyword.short.and_then(|name| keyword.argument(name)) {
        let (example, name) = (short_example(argument.kind), argument.name);
        let long = format!("{{\"{name}\": {example}}}");
        let _ = writeln!(text, "\n`\"{}\": {example}` is short for `{long}`.", keyword.name);
    }
    text
}

fn value(kind: Kind) -> String {
    match kind {
        Kind::Pointer => "pointer".to_owned(),
        Kind::Pointers => "array of pointers".to_owned(),
        Kind::PointerOrPointers => "pointer, or array of pointers".to_owned(),
        Kind::ItemPointer => "pointer from an item".to_owned(),
        Kind::ItemKeys => "array of pointers from an item, or of arrays of them".to_owned(),
        Kind::States(words) | Kind::ItemStates(words) => {
            let from = if matches!(kind, Kind::ItemStates(_)) { " from an item" } else { "" };
            let words: Vec<String> = words().iter().map(|word| format!("`{word}`")).collect();
            format!(
                "pointer{from}, or `{{\"at\": pointer, …}}` with lists of values for {}",
                words.join(", ")
            )
        }
        Kind::Choice(words) => {
            let words: Vec<String> = words().iter().map(|word| format!("`\"{word}\"`")).collect();
            words.join(", ")
        }
        Kind::Text => "text".to_owned(),
        Kind::Texts => "array of texts".to_owned(),
        Kind::Flag => "`true` or `false`".to_owned(),
        Kind::Number => "whole number".to_owned(),
        Kind::Schema => "schema".to_owned(),
    }
}

fn short_example(kind: Kind) -> Value {
    match kind {
        Kind::Choice(words) => json!(words().first()),
        _ => json!("document"),
    }
}
