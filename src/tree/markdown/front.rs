//! Front matter: YAML between lines of `---`, or TOML between lines of `+++`, at the head of a file.

mod toml;

use crate::{
    source::{Source, Span},
    tree::{Builder, Kind, failure::Failure, yaml},
};

/// Where the front matter of a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Fences {
    is_toml: bool,
    /// After the first fence.
    from: usize,
    /// Before the last fence.
    to: usize,
    /// After the last fence.
    body: usize,
}

/// Reads the front matter into an object, which stays open if there is any, and returns where the body begins.
pub(super) fn read(builder: &mut Builder, source: &Source) -> usize {
    let start = source.bom_len() as usize;
    let Some(Fences { is_toml, from, to, body }) = find(&source.text, start) else { return start };
    let before = builder.checkpoint();
    let read = if is_toml {
        toml::read(builder, &source.text, Span::new(from as u32, to as u32))
    } else {
        // The first fence is the one that begins a document of YAML, so all places are those in the file.
        yaml::parse_front(builder, to)
    };
    match read {
        Ok(()) if builder.depth() == 1 => {}
        Ok(()) => {
            let is_empty = builder.is_empty() || builder.is_null(before);
            let first = builder.first_span(before).unwrap_or(Span::at(from as u32));
            builder.roll_back(before);
            if !is_empty {
                let message = "the front matter has no keys".to_owned();
                let help = "write `key: value` on each line between the `---`".to_owned();
                builder.syntax_problem(first, message, Some(help));
            }
        }
        Err(failure) => {
            builder.roll_back(before);
            failure.record(builder);
        }
    }
    if builder.depth() == 0 {
        let root = builder.open(Kind::Object, start as u32);
        builder.root(root);
    }
    body
}

/// Where the body of a text begins.
pub(super) fn body_of(text: &str) -> usize {
    let start = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    find(text, start).map_or(start, |fences| fences.body)
}

/// The front matter that begins at `start`. What only has a rule as its first line has none.
fn find(text: &str, start: usize) -> Option<Fences> {
    let mut lines = Lines { text, at: start };
    let (_, first, from) = lines.next()?;
    let is_toml = first.trim_end() == "+++";
    if !is_toml && first.trim_end() != "---" {
        return None;
    }
    let mut is_known = false;
    for (to, line, body) in lines {
        let line = line.trim_end();
        let is_last =
            if is_toml { line == "+++" } else { line == "---" || (line == "..." && is_known) };
        if is_last {
            return Some(Fences { is_toml, from, to, body });
        }
        let content = line.trim_start();
        if !is_known && !content.is_empty() && !content.starts_with('#') {
            is_known = is_toml || begins_yaml(content);
            if !is_known {
                return None;
            }
        }
    }
    None
}

/// Whether a line may be the first of a mapping: otherwise the `---` before it is a rule over a text.
fn begins_yaml(line: &str) -> bool {
    let key = line.trim_start_matches(['"', '\'']);
    let Some(colon) = line.find(':') else { return line.starts_with('{') };
    let is_key = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '"' | '\'' | ' ');
    let rest = &line[colon + 1..];
    key.starts_with(|c: char| c.is_alphanumeric() || c == '_')
        && line[..colon].chars().all(is_key)
        && (rest.is_empty() || rest.starts_with([' ', '\t']))
}

/// The lines of a text: where each begins, what it says, and where the next begins.
struct Lines<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Iterator for Lines<'t> {
    type Item = (usize, &'t str, usize);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let start = self.at;
        let len = memchr::memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |end| end + 1);
        self.at += len;
        Some((start, &rest[..len], self.at))
    }
}

/// What is said of TOML that cannot be read.
fn broken(span: Span, message: &str) -> Failure {
    Failure::new(span, format!("the front matter is not valid TOML: {message}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<(&str, &str)> {
        let Fences { from, to, body, .. } = find(text, 0)?;
        Some((&text[from..to], &text[body..]))
    }

    #[test]
    fn front_matter_is_between_two_fences_at_the_head() {
        assert_eq!(found("---\na: 1\n---\n# b\n"), Some(("a: 1\n", "# b\n")));
        assert_eq!(found("---\r\na: 1\r\n---\r\nb"), Some(("a: 1\r\n", "b")));
        assert_eq!(found("+++\na = 1\n+++\n"), Some(("a = 1\n", "")));
        assert_eq!(found("---\n---\nb"), Some(("", "b")));
        assert_eq!(found("---\n\n# c\n\na: 1\n...\nb"), Some(("\n# c\n\na: 1\n", "b")));
        assert_eq!(found("---\na: 1\n---"), Some(("a: 1\n", "")));
    }

    #[test]
    fn a_rule_over_a_text_is_not_front_matter() {
        for text in [
            "---\nWe met at noon.\n---\n",
            "---\n# Title\nWe met: at noon.\n\nAll: agreed.\n---x\n",
            "---\na: 1\n",
            "----\na: 1\n---\n",
            "\n---\na: 1\n---\n",
            "a\n---\nb: 1\n---\n",
            "---\nhttps://example.org/a\n---\n",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
