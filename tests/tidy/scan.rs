//! A reader of Rust sources that knows just enough to tell code from comments, literals and tests.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Whether a path is that of a Rust source.
pub(crate) fn is_rust(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|ending| ending == "rs")
}

/// Every file below `folder` that is neither hidden nor built, by its path from the root, sorted.
pub(crate) fn files(folder: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(at) = open.pop() {
        let Ok(entries) = fs::read_dir(&at) else { continue };
        for entry in entries {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            // What the fuzz targets make is no part of the repository.
            let is_made = ["fuzz/artifacts", "fuzz/corpus", "fuzz/coverage"];
            if name.starts_with('.')
                || name == "target"
                || is_made.contains(&relative(&path).as_str())
            {
                continue;
            }
            if path.is_dir() {
                open.push(path);
            } else {
                found.push(relative(&path));
            }
        }
    }
    found.sort();
    found
}

fn relative(path: &Path) -> String {
    let path = path.strip_prefix(root()).unwrap();
    path.to_str().unwrap().replace('\\', "/")
}

/// The text of a file of the repository.
pub(crate) fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// One source file, taken apart.
pub(crate) struct Code {
    /// Its path from the root.
    pub(crate) path: String,
    /// The code: comments, the insides of literals and `#[cfg(test)]` items are blanks.
    pub(crate) plain: String,
    /// The string literals outside tests: offset and content, escapes as written.
    pub(crate) literals: Vec<(usize, String)>,
    /// The files that are tests because this one says so.
    tests: Vec<String>,
}

impl Code {
    fn read(path: &str) -> Self {
        let text = text(path);
        let mut code = Self {
            path: path.to_owned(),
            plain: String::with_capacity(text.len()),
            literals: Vec::new(),
            tests: Vec::new(),
        };
        code.blank_literals(&text);
        code.blank_tests();
        code
    }

    /// The module of the crate root that the file belongs to.
    pub(crate) fn module(&self) -> &str {
        let inside = self.path.strip_prefix("src/").unwrap();
        inside.split('/').next().unwrap().trim_end_matches(".rs")
    }

    /// The line of an offset, from 1.
    pub(crate) fn line(&self, offset: usize) -> usize {
        self.plain[..offset].bytes().filter(|byte| *byte == b'\n').count() + 1
    }

    /// The identifiers of the code with their offsets.
    pub(crate) fn words(&self) -> impl Iterator<Item = (usize, &str)> {
        words(&self.plain)
    }

    fn blank_literals(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let rest = &text[at..];
            let (len, literal) = if rest.starts_with("//") {
                (rest.find('\n').unwrap_or(rest.len()), None)
            } else if rest.starts_with("/*") {
                (rest.find("*/").map_or(rest.len(), |end| end + 2), None)
            } else if let Some((len, inside)) = string(rest, self.plain.as_bytes().last().copied())
            {
                (len, Some(inside))
            } else if let Some(len) = character(rest) {
                (len, None)
            } else {
                let len = rest.chars().next().map_or(1, char::len_utf8);
                let piece = &rest[..len];
                self.plain.push_str(if piece.is_ascii() { piece } else { "_" });
                // Offsets must agree with the text, so wide characters become as many underscores.
                (1..len).for_each(|_| self.plain.push('_'));
                at += len;
                continue;
            };
            if let Some(inside) = literal {
                self.literals.push((at, rest[inside].to_owned()));
            }
            let blank = rest.as_bytes()[..len].iter();
            self.plain.extend(blank.map(|byte| if *byte == b'\n' { '\n' } else { ' ' }));
            at += len;
        }
        assert_eq!(self.plain.len(), text.len(), "{}", self.path);
    }

    fn blank_tests(&mut self) {
        while let Some(start) = self.plain.find("#[cfg(test)]") {
            let item = &self.plain[start + 12..];
            let end = start + 12 + item_len(item);
            let item = self.plain[start..end].to_owned();
            let mut words = words(&item).map(|(_, word)| word).skip_while(|word| *word != "mod");
            if let (Some("mod"), Some(name), true) =
                (words.next(), words.next(), item.ends_with(';'))
            {
                let folder = self.path.trim_end_matches(".rs").trim_end_matches("/lib");
                self.tests.push(format!("{folder}/{name}.rs"));
            }
            let blank: String = item.chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect();
            self.plain.replace_range(start..end, &blank);
            self.literals.retain(|(at, _)| !(start..end).contains(at));
        }
    }
}

/// Every source of the crate, save those that are tests.
pub(crate) fn sources() -> Vec<Code> {
    let paths = files("src").into_iter().filter(|path| is_rust(path));
    let all: Vec<Code> = paths.map(|path| Code::read(&path)).collect();
    let tests: BTreeSet<String> = all.iter().flat_map(|code| code.tests.clone()).collect();
    // What a test declares is a test too.
    let folders: Vec<String> = tests.iter().map(|path| path.replace(".rs", "/")).collect();
    let is_test = |path: &String| {
        tests.contains(path) || folders.iter().any(|folder| path.starts_with(folder))
    };
    all.into_iter().filter(|code| !is_test(&code.path)).collect()
}

fn is_word(byte: u8) -> bool {
    byte == b'_' || byte.is_ascii_alphanumeric()
}

/// The identifiers and numbers of `text` with their offsets.
pub(crate) fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let bytes = text.as_bytes();
        at += bytes[at..].iter().position(|byte| is_word(*byte))?;
        let start = at;
        let len = bytes[at..].iter().position(|byte| !is_word(*byte));
        at = len.map_or(bytes.len(), |len| at + len);
        Some((start, &text[start..at]))
    })
}

/// The length of the string literal at the beginning of `text`, and where its content stands.
fn string(text: &str, before: Option<u8>) -> Option<(usize, std::ops::Range<usize>)> {
    let prefix = text.bytes().take_while(|byte| matches!(byte, b'r' | b'b' | b'c')).count();
    let raw = text[..prefix].contains('r');
    if prefix > 2 || (prefix > 0 && before.is_some_and(is_word)) {
        return None;
    }
    let hashes = text[prefix..].bytes().take_while(|byte| *byte == b'#').count();
    let open = prefix + hashes + 1;
    if text.as_bytes().get(open - 1) != Some(&b'"') || (hashes > 0 && !raw) {
        return None;
    }
    let close = format!("\"{}", "#".repeat(hashes));
    let mut at = open;
    while !text[at..].starts_with(&close) {
        let escape = !raw && text[at..].starts_with('\\');
        at += usize::from(escape);
        at += text[at..].chars().next().expect("a literal ends").len_utf8();
    }
    Some((at + close.len(), open..at))
}

/// The length of the character literal at the beginning of `text`, which may be a lifetime instead.
fn character(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('\'')?;
    let mut chars = inside.char_indices();
    let (_, first) = chars.next()?;
    if first == '\\' {
        let end = inside[2..].find('\'')?;
        return Some(end + 4);
    }
    let (at, second) = chars.next()?;
    (second == '\'').then_some(at + 2)
}

/// The length of the item at the beginning of `text`, attributes included.
fn item_len(text: &str) -> usize {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' | b'(' | b'[' => depth += 1,
            b'}' if depth == 1 => return at + 1,
            b'}' | b')' | b']' => depth -= 1,
            b';' if depth == 0 => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// A function: its name, where it stands, and how many lines it has.
pub(crate) struct Function<'c> {
    /// Its name.
    pub(crate) name: &'c str,
    /// Where its name stands.
    pub(crate) at: usize,
    /// From its first line to its last.
    pub(crate) lines: usize,
}

/// The functions of `code`.
pub(crate) fn functions(code: &Code) -> Vec<Function<'_>> {
    let words: Vec<(usize, &str)> = code.words().collect();
    let pairs = words.windows(2).filter(|pair| pair[0].1 == "fn");
    pairs
        .filter(|pair| code.plain[pair[0].0 + 2..pair[1].0].chars().all(char::is_whitespace))
        .map(|pair| {
            let (at, name) = pair[1];
            let rest = &code.plain[at..];
            let lines = rest[..item_len(rest)].lines().count();
            Function { name, at, lines }
        })
        .collect()
}
