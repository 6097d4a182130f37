//! Patterns of ECMA-262 that the validator does not read as they are.

use std::fmt::Write as _;

use serde_json::{Map, Value};

/// Writes references to named groups, such as `\k<year>`, by the numbers of the groups: ECMA-262 has both, the validator one.
pub(super) fn without_named_references(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            if let Some(Value::String(pattern)) = object.get_mut("pattern") {
                *pattern = by_numbers(pattern);
            }
            if let Some(Value::Object(patterns)) = object.get_mut("patternProperties")
                && patterns.keys().any(|pattern| pattern.contains(REFERENCE))
            {
                let taken = std::mem::take(patterns).into_iter();
                *patterns = taken
                    .map(|(pattern, schema)| (by_numbers(&pattern), schema))
                    .collect::<Map<String, Value>>();
            }
            let schemas = object.iter_mut().filter(|(name, _)| !DATA.contains(&name.as_str()));
            schemas.for_each(|(_, value)| without_named_references(value));
        }
        Value::Array(items) => items.iter_mut().for_each(without_named_references),
        _ => {}
    }
}

/// Keywords whose values are data, whatever they look like.
pub(super) const DATA: [&str; 4] = ["const", "enum", "default", "examples"];

const REFERENCE: &str = r"\k<";

fn by_numbers(pattern: &str) -> String {
    if !pattern.contains(REFERENCE) {
        return pattern.to_owned();
    }
    let names = groups(pattern);
    let mut out = String::with_capacity(pattern.len());
    let mut rest = pattern;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let name = rest.strip_prefix(REFERENCE).and_then(|after| after.split_once('>'));
        let number = name.and_then(|(name, after)| {
            let at = names.iter().position(|one| *one == Some(name))?;
            Some((at + 1, after))
        });
        if let Some((number, after)) = number {
            // In a group, so that a figure after it is not part of the number.
            let _ = write!(out, r"(?:\{number})");
            rest = after;
        } else {
            let len = rest.chars().take(2).map(char::len_utf8).sum();
            out.push_str(&rest[..len]);
            rest = &rest[len..];
        }
    }
    out.push_str(rest);
    out
}

/// The pattern as it was written, for messages: see [`without_named_references`].
pub(super) fn as_written(pattern: &str) -> String {
    let mut out = pattern.to_owned();
    for (at, name) in groups(pattern).iter().enumerate() {
        if let Some(name) = name {
            out = out.replace(&format!(r"(?:\{})", at + 1), &format!(r"\k<{name}>"));
        }
    }
    out
}

/// The groups of a pattern that have a number, in order, each with its name if it has one.
fn groups(pattern: &str) -> Vec<Option<&str>> {
    let mut groups = Vec::new();
    let (mut in_class, mut escaped) = (false, false);
    for (at, character) in pattern.char_indices() {
        if escaped {
            escaped = false;
            continue;
        }
        match character {
            '\\' => escaped = true,
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if !in_class => match pattern[at + 1..].strip_prefix("?<") {
                Some(after) if !after.starts_with(['=', '!']) => {
                    groups.push(after.split_once('>').map(|(name, _)| name));
                }
                None if !pattern[at + 1..].starts_with('?') => groups.push(None),
                _ => {}
            },
            _ => {}
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_reference_is_written_by_the_number_of_its_group() {
        for (pattern, expected) in [
            (r"^(?<yr>\d{4})-\k<yr>$", r"^(?<yr>\d{4})-(?:\1)$"),
            (r"(a)(?:b)(?<=c)(?<d>e)\k<d>7", r"(a)(?:b)(?<=c)(?<d>e)(?:\2)7"),
            (r"[(]\((?<d>e)\k<d>\\k<d>", r"[(]\((?<d>e)(?:\1)\\k<d>"),
            (r"\k<none>", r"\k<none>"),
            (r"(a)\1", r"(a)\1"),
            ("\\", "\\"),
        ] {
            assert_eq!(by_numbers(pattern), expected);
            assert_eq!(as_written(&by_numbers(pattern)), pattern);
        }
    }

    #[test]
    fn patterns_of_names_are_written_so_too() {
        let mut schema = json!({"items": [{"patternProperties": {r"(?<a>x)\k<a>": {"pattern": r"(?<b>y)\k<b>"}}}]});
        without_named_references(&mut schema);
        let expected = json!({"items": [{"patternProperties": {r"(?<a>x)(?:\1)": {"pattern": r"(?<b>y)(?:\1)"}}}]});
        assert_eq!(schema, expected);
    }
}
