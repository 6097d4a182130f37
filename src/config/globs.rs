//! Patterns for paths: those of the `glob` crate, and braces, which it does not know.

mod index;

use std::{ops::Range, sync::Arc};

use glob::{MatchOptions, Pattern};

pub use self::index::{Index, Unmatched};
use super::{
    Problem,
    captures::{self, Captures},
};
use crate::{
    source::Syntax,
    tree::{Columns, Supplied},
};

/// The endings of the files that are read, for messages.
pub const ENDINGS: &str = "`.json`, `.jsonl`, `.ndjson`, `.yaml`, `.yml`, `.md` or `.markdown`";
/// The same for schemas.
pub const SCHEMA_ENDINGS: &str = "`.json`, `.jsonl`, `.ndjson`, `.yaml` or `.yml`";
/// The same for tables.
const TABLE_ENDINGS: &str = "`.csv`, `.tsv`, `.json`, `.jsonl`, `.ndjson`, `.yaml` or `.yml`";
/// The patterns that one pattern with braces can be short for.
const EXPANSIONS: usize = 256;
/// Bytes of a pattern.
const LENGTH: usize = 4_096;

/// `*` stays within a folder, capitals matter everywhere, and a hidden file is matched if it is
/// met at all.
const OPTIONS: MatchOptions = MatchOptions {
    case_sensitive: true,
    require_literal_separator: true,
    require_literal_leading_dot: false,
};

/// A pattern such as `records/**/*.{json,yaml}`, relative to the root of the project.
#[derive(Clone, Debug)]
pub struct Glob {
    /// As it is written.
    pub text: String,
    /// Where it is written in the configuration, in bytes.
    pub span: Range<usize>,
    alternatives: Vec<Alternative>,
    for_tables: bool,
}

/// A pattern without braces.
#[derive(Clone, Debug)]
struct Alternative {
    pattern: Pattern,
    /// What the parts of a path say that it matches.
    captures: Option<Arc<Captures>>,
}

impl Alternative {
    fn matches(&self, path: &str) -> bool {
        self.pattern.matches_with(path, OPTIONS)
            && self.captures.as_ref().is_none_or(|captures| captures.is_match(path))
    }
}

impl Glob {
    /// The pattern `text` for files of records, or why it is none.
    pub fn new(text: &str, span: Range<usize>) -> Result<Self, String> {
        Self::read(text, span, |name| Syntax::of_named(name).is_some(), ("records", ENDINGS))
    }

    /// The pattern `text` for files and folders alike, or why it is none. What it matches as a folder counts
    /// with everything in it, so `old`, `old/` and `old/**` are the same.
    pub fn for_paths(text: &str, span: Range<usize>) -> Result<Self, String> {
        let mut glob = Self::read(text, span, |_| true, ("", ""))?.without_captures()?;
        for Alternative { pattern, .. } in &mut glob.alternatives {
            let folder = pattern.as_str();
            let folder = folder.strip_suffix("/**").or(folder.strip_suffix('/')).unwrap_or(folder);
            if matches!(folder, "" | "." | "**") {
                return Err(format!("the pattern `{text}` is the whole project"));
            }
            // The beginning of a valid pattern, up to a `/`, is valid.
            *pattern = Pattern::new(folder).unwrap_or_else(|_| pattern.clone());
        }
        text.trim_end_matches('/').clone_into(&mut glob.text);
        Ok(glob)
    }

    /// The pattern `text` for tables, or why it is none.
    pub fn for_tables(text: &str, span: Range<usize>) -> Result<Self, String> {
        let glob = Self::read(text, span, is_table, ("tables", TABLE_ENDINGS))?;
        Ok(Self { for_tables: true, ..glob.without_captures()? })
    }

    fn without_captures(self) -> Result<Self, String> {
        let refused = self.capture_names().next().map(|name| {
            format!("`{{{name}}}` has a meaning only in `files` of `[[records]]`; write `*` here")
        });
        refused.map_or(Ok(self), Err)
    }

    /// The names of the captures.
    pub fn capture_names(&self) -> impl Iterator<Item = &str> {
        self.alternatives.iter().filter_map(|one| one.captures.as_deref()).flat_map(Captures::names)
    }

    /// What the path says, if the pattern matches it and has captures.
    #[must_use]
    pub fn supplied(&self, path: &str) -> Option<Supplied> {
        let first = self.alternatives.iter().find(|one| one.matches(path))?;
        first.captures.as_ref()?.read(path)
    }

    fn read(
        text: &str,
        span: Range<usize>,
        is_read: fn(&str) -> bool,
        (what, endings): (&str, &str),
    ) -> Result<Self, String> {
        if text.is_empty() {
            return Err("the pattern is empty".to_owned());
        }
        if text.contains('\\') {
            return Err(format!(
                "the pattern `{text}` contains `\\`; folders are separated by `/`"
            ));
        }
        let mut alternatives = Vec::new();
        for plain in expand_braces(text)? {
            if plain.starts_with('!') {
                let instead =
                    "list what to leave out in `exclude`, or write `./!` for a name that begins so";
                return Err(format!("the pattern `{text}` begins with `!`; {instead}"));
            }
            let plain = plain.strip_prefix("./").unwrap_or(&plain);
            if plain.starts_with('/') || plain.split('/').any(|part| part == "..") {
                let why = "leads out of the project; patterns are relative to its configuration";
                return Err(format!("the pattern `{text}` {why}"));
            }
            if let Some(ending) = ending_of(plain).filter(|_| !is_read(plain)) {
                return Err(format!(
                    "the pattern `{text}` is for `.{ending}` files; {what} are {endings}"
                ));
            }
            let (plain, captures) = captures::read(plain)?;
            let pattern = Pattern::new(&plain).map_err(|error| {
                let rest: String = plain.chars().skip(error.pos).take(3).collect();
                let reason = reason(error.msg, &rest);
                format!("the pattern `{text}` is wrong: {reason}")
            })?;
            alternatives.push(Alternative { pattern, captures: captures.map(Arc::new) });
        }
        Ok(Self { text: text.to_owned(), span, alternatives, for_tables: false })
    }

    /// Whether the pattern matches `path`, relative to the root and separated by `/`.
    #[must_use]
    pub fn matches(&self, path: &str) -> bool {
        self.alternatives.iter().any(|one| one.matches(path))
    }

    /// Whether the pattern writes out the ending of Markdown files.
    #[must_use]
    pub fn names_markdown(&self) -> bool {
        self.alternatives.iter().any(|one| is_markdown(one.pattern.as_str()))
    }

    /// The alternatives that have no wildcard: the paths of files.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        let texts = self.alternatives.iter().map(|one| one.pattern.as_str());
        texts.filter(|text| !text.contains(['*', '?', '[']))
    }

    /// The folders that contain every match: of each alternative, what comes before the first
    /// part with a wildcard. The empty text is the root.
    pub fn folders(&self) -> impl Iterator<Item = &str> {
        self.alternatives.iter().map(|one| {
            let text = one.pattern.as_str();
            let wild = text.find(['*', '?', '[']).unwrap_or(text.len());
            text[..wild].rsplit_once('/').map_or("", |(folder, _)| folder)
        })
    }
}

/// What is wrong where a folder is in the place of a pattern for the files in it, and what to write.
pub(super) fn folder_problem(glob: &Glob) -> Problem {
    let Glob { text, span, for_tables, .. } = glob;
    let endings = if *for_tables { "{csv,tsv}" } else { "{json,yaml}" };
    let folder = text.strip_prefix("./").unwrap_or(text).trim_end_matches('/');
    let below = if matches!(folder, "" | ".") { String::new() } else { format!("{folder}/") };
    Problem {
        message: format!("the pattern `{text}` names a folder, and so matches no file"),
        span: span.clone(),
        help: Some(format!("write `{below}**/*.{endings}` for the files in and below it")),
    }
}

/// What is wrong where a pattern begins with a link that leads out of the project.
pub(super) fn link_problem(glob: &Glob) -> Problem {
    Problem {
        message: format!("the pattern `{}` leads out of the project by a link", glob.text),
        span: glob.span.clone(),
        help: Some("copy the files into the folder of the configuration".to_owned()),
    }
}

/// Whether a table can be read from the file at `path`.
#[must_use]
pub fn is_table(path: &str) -> bool {
    Columns::are_separated(path) || Syntax::of_path(path).is_some()
}

/// Whether a path, or a pattern, has the ending of Markdown files.
fn is_markdown(path: &str) -> bool {
    Syntax::of_named(path) == Some(Syntax::Markdown)
}

/// The ending that a pattern writes out: one for files of a syntax that is not read would be passed over in
/// silence.
fn ending_of(plain: &str) -> Option<&str> {
    let name = plain.rsplit('/').next().unwrap_or(plain);
    let (_, ending) = name.rsplit_once('.')?;
    let is_plain = !ending.is_empty() && ending.chars().all(char::is_alphanumeric);
    is_plain.then_some(ending)
}

/// The words of the `glob` crate, in ours where they would puzzle.
fn reason<'m>(message: &'m str, rest: &str) -> &'m str {
    match message {
        "recursive wildcards must form a single path component" => {
            "`**` matches folders and must be between two `/`"
        }
        // A bracket that comes first in a class stands for itself.
        "invalid range pattern" if rest.starts_with("[]") || rest.starts_with("[!]") => {
            "`[]` matches no character; a `]` that comes first in `[...]` matches itself"
        }
        "invalid range pattern" => "`[` is never closed",
        "wildcards are either regular `*` or recursive `**`" => "`***` means nothing",
        other => other,
    }
}

/// The patterns that `text` stands for: `a.{b,c}` for `a.b` and `a.c`, in this order. Braces may
/// are in braces; in brackets they stand for themselves.
pub fn expand_braces(text: &str) -> Result<Vec<String>, String> {
    if text.len() > LENGTH {
        return Err(format!("a pattern is longer than {LENGTH} bytes"));
    }
    let mut waiting = vec![text.to_owned()];
    let mut done = Vec::new();
    while let Some(pattern) = waiting.pop() {
        let Some(group) = first_group(&pattern).map_err(|brace| {
            format!("the pattern `{text}` has a `{brace}` without its other half")
        })?
        else {
            done.push(pattern);
            continue;
        };
        // The last alternative is put on the stack first, so that the first is taken first.
        for part in group.parts.iter().rev() {
            let inside = &pattern[part.clone()];
            let (before, after) = (&pattern[..group.start], &pattern[group.end..]);
            waiting.push(format!("{before}{inside}{after}"));
        }
        if waiting.len() + done.len() > EXPANSIONS {
            return Err(format!(
                "the braces in the pattern `{text}` make more than {EXPANSIONS} patterns"
            ));
        }
    }
    Ok(done)
}

/// The first outermost pair of braces in a pattern and the parts between its commas.
struct Group {
    start: usize,
    end: usize,
    parts: Vec<Range<usize>>,
}

/// Finds the first group, or the brace that has no other half.
fn first_group(pattern: &str) -> Result<Option<Group>, char> {
    let (mut depth, mut start, mut part) = (0_usize, 0, 0);
    let mut parts = Vec::new();
    let mut at = 0;
    while let Some(c) = pattern[at..].chars().next() {
        match c {
            '[' => at = after_class(pattern, at),
            '{' if let Some(end) = capture_end(pattern, at) => at = end,
            '{' => {
                if depth == 0 {
                    (start, part) = (at, at + 1);
                }
                depth += 1;
                at += 1;
            }
            '}' if depth == 0 => return Err('}'),
            '}' => {
                depth -= 1;
                if depth == 0 {
                    parts.push(part..at);
                    return Ok(Some(Group { start, end: at + 1, parts }));
                }
                at += 1;
            }
            ',' if depth == 1 => {
                parts.push(part..at);
                part = at + 1;
                at += 1;
            }
            _ => at += c.len_utf8(),
        }
    }
    if depth > 0 { Err('{') } else { Ok(None) }
}

/// The offset after the capture that begins at `at`, if that is one.
fn capture_end(pattern: &str, at: usize) -> Option<usize> {
    let inside = &pattern[at + 1..];
    let end = inside.find(['}', '{', ',', '/'])?;
    let is_closed = inside[end..].starts_with('}');
    (is_closed && captures::is_capture(&inside[..end])).then_some(at + 1 + end + 1)
}

/// The offset after the bracket class that begins at `at`, or after the bracket if it is none.
pub(super) fn after_class(pattern: &str, at: usize) -> usize {
    let inside = &pattern[at + 1..];
    let skipped = usize::from(inside.starts_with('!'));
    // A closing bracket that comes first stands for itself.
    let first = inside[skipped..].chars().next().map_or(0, char::len_utf8);
    let from = skipped + first;
    inside[from..].find(']').map_or(at + 1, |close| at + 1 + from + close + 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn matches(pattern: &str, path: &str) -> bool {
        Glob::new(pattern, 0..0).unwrap().matches(path)
    }

    fn fails(pattern: &str) -> String {
        Glob::new(pattern, 0..0).unwrap_err()
    }

    #[test]
    fn braces_mean_each_alternative_in_order() {
        let expanded = |text| expand_braces(text).unwrap();
        assert_eq!(expanded("a.json"), ["a.json"]);
        assert_eq!(expanded("a.{json,yaml}"), ["a.json", "a.yaml"]);
        assert_eq!(expanded("{a,b}{1,2}"), ["a1", "a2", "b1", "b2"]);
        assert_eq!(expanded("{a,b{1,2{x,y}}}"), ["a", "b1", "b2x", "b2y"]);
        assert_eq!(expanded("a{,.b}"), ["a", "a.b"]);
        assert_eq!(expanded("{a.b}"), ["a.b"]);
        assert_eq!(expanded("{a}-{b:word}.{c,d}"), ["{a}-{b:word}.c", "{a}-{b:word}.d"]);
        assert_eq!(expanded("[{]a,b[}]"), ["[{]a,b[}]"]);
        assert_eq!(expanded("[]{]{a,b}"), ["[]{]a", "[]{]b"]);
    }

    #[test]
    fn a_brace_without_its_other_half_is_named() {
        assert_eq!(fails("a{b"), "the pattern `a{b` has a `{` without its other half");
        assert_eq!(fails("a}b"), "the pattern `a}b` has a `}` without its other half");
        assert_eq!(fails("{a,{b}"), "the pattern `{a,{b}` has a `{` without its other half");
    }

    #[test]
    fn expansions_are_limited() {
        assert_eq!(expand_braces(&"{a,b}".repeat(8)).unwrap().len(), 256);
        assert!(expand_braces(&"{a,b}".repeat(9)).unwrap_err().contains("more than 256"));
        assert!(expand_braces(&"{".repeat(LENGTH + 1)).is_err());
    }

    #[test]
    fn one_star_stays_in_its_folder_and_two_do_not() {
        assert!(matches("records/*.json", "records/a.json"));
        assert!(!matches("records/*.json", "records/b/a.json"));
        assert!(matches("records/**/*.{json,yaml}", "records/a.yaml"));
        assert!(matches("records/**/*.{json,yaml}", "records/b/c/a.json"));
        assert!(!matches("records/**/*.{json,yaml}", "records/b/c/a.jsonl"));
        assert!(matches("**/*.json", "a.json"));
        assert!(matches("./a.json", "a.json"));
        assert!(!matches("A.json", "a.json"));
    }

    #[test]
    fn what_cannot_match_is_an_error() {
        assert!(fails("").contains("empty"));
        assert!(fails("records\\*.json").contains("separated by `/`"));
        assert!(fails("/records/*.json").contains("leads out of the project"));
        assert!(fails("a/../b.json").contains("leads out of the project"));
        assert!(fails("a**/b.json").contains("between two `/`"));
        assert!(fails("[a.json").contains("never closed"));
        assert!(fails("a/[]").contains("`[]` matches no character"), "{}", fails("a/[]"));
        assert!(fails("[!].json").contains("`[]` matches no character"));
        assert!(fails("records/*.{json,txt}").contains("`.txt` files"));
        assert!(matches("records/*", "records/a.json"));
        assert!(matches("v1.0/*", "v1.0/a.json"));
    }

    #[test]
    fn matches_are_below_the_folders() {
        let folders = |text| {
            let glob = Glob::new(text, 0..0).unwrap();
            glob.folders().map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(folders("{a,b/c}/**/*.json"), ["a", "b/c"]);
        assert_eq!(folders("*.json"), [""]);
        assert_eq!(folders("a/b.json"), ["a"]);
        assert_eq!(folders("a/b*/c.json"), ["a"]);
    }

    proptest! {
        #[test]
        fn any_pattern_is_one_or_says_why_not(text in "[a{},/*?\\[\\]!.é-]{0,40}|\\PC{0,40}") {
            match Glob::new(&text, 0..0) {
                Ok(glob) => { let _ = glob.matches("a/b.json"); }
                Err(reason) => prop_assert!(!reason.is_empty()),
            }
            if let Ok(expanded) = expand_braces(&text) {
                prop_assert!(!expanded.is_empty() && expanded.len() <= EXPANSIONS);
            }
        }
    }
}
