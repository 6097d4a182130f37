//! The fewest plain patterns that match every file of records and no other file.

use std::collections::BTreeMap;

use crate::config::Glob;

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// Records, so many, and nothing else.
    Records(usize),
    /// Something else, or something else too.
    Other,
    /// No one can say: it cannot be read.
    Unclear,
}

impl Holds {
    pub(super) const fn records(self) -> usize {
        match self {
            Self::Records(count) => count,
            Self::Other | Self::Unclear => 0,
        }
    }
}

/// A path from the working folder, separated by `/`, and what the file holds.
pub(super) type Found<'p> = (&'p str, Holds);

#[derive(Default)]
struct Folder<'p> {
    folders: BTreeMap<&'p str, Folder<'p>>,
    files: Vec<Found<'p>>,
}

/// The patterns, sorted by folder; none if there are no records, `None` if a name cannot be put into a pattern.
pub(super) fn fitting(files: &[Found<'_>]) -> Option<Vec<String>> {
    let mut root = Folder::default();
    for (path, holds) in files {
        root.put(path, *holds);
    }
    let mut patterns = Vec::new();
    root.cover("", &mut patterns);
    // A pattern must not begin with `!`.
    for pattern in patterns.iter_mut().filter(|pattern| pattern.starts_with('!')) {
        pattern.insert_str(0, "./");
    }
    patterns.iter().all(|pattern| Glob::new(pattern, 0..0).is_ok()).then_some(patterns)
}

impl<'p> Folder<'p> {
    fn put(&mut self, path: &'p str, holds: Holds) {
        match path.split_once('/') {
            Some((folder, rest)) => self.folders.entry(folder).or_default().put(rest, holds),
            None => self.files.push((path, holds)),
        }
    }

    /// Whether any file in or below the folder holds what `asked` asks for.
    fn any(&self, asked: fn(Found<'_>) -> bool) -> bool {
        self.files.iter().any(|file| asked(*file))
            || self.folders.values().any(|one| one.any(asked))
    }

    /// Adds the patterns for what is in and below the folder, whose path ends in `/` unless it is empty.
    fn cover(&self, path: &str, patterns: &mut Vec<String>) {
        if !self.any(|(_, holds)| holds.records() > 0) {
            return;
        }
        // Other kinds of files may be added to the root of a project later.
        let is_other = |(name, holds): Found<'_>| holds == Holds::Other || !is_usual(name);
        if !path.is_empty() && !self.any(is_other) {
            patterns.push(format!("{path}**/*.{{json,jsonl,ndjson,yaml,yml}}"));
            return;
        }
        let mut by_ending: BTreeMap<&str, Vec<Found<'_>>> = BTreeMap::new();
        for (name, holds) in &self.files {
            let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
            by_ending.entry(ending).or_default().push((name, *holds));
        }
        for (ending, files) in by_ending {
            let records = files.iter().filter(|(_, holds)| holds.records() > 0);
            if files.iter().any(|(_, holds)| *holds == Holds::Other) {
                patterns.extend(records.map(|(name, _)| format!("{path}{}", escaped(name))));
            } else if records.count() > 0 {
                patterns.push(format!("{path}*.{ending}"));
            }
        }
        for (name, folder) in &self.folders {
            folder.cover(&format!("{path}{}/", escaped(name)), patterns);
        }
    }
}

/// Whether the file ends as a pattern for a whole folder says; capitals matter to patterns.
fn is_usual(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    ["json", "jsonl", "ndjson", "yaml", "yml"].contains(&ending)
}

/// The name as a pattern that matches nothing else.
pub(super) fn escaped(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    for c in name.chars() {
        if "*?[]{}".contains(c) {
            text.extend(['[', c, ']']);
        } else {
            text.push(c);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const RECORD: Holds = Holds::Records(1);

    fn fit(files: &[Found<'_>]) -> Vec<String> {
        fitting(files).unwrap()
    }

    #[test]
    fn a_folder_whose_name_begins_with_an_exclamation_mark_has_a_pattern() {
        assert_eq!(fit(&[("!a/1.yml", RECORD)]), ["./!a/**/*.{json,jsonl,ndjson,yaml,yml}"]);
    }

    #[test]
    fn a_folder_of_records_is_named_with_all_that_will_be_in_it() {
        let files = [("a/b/1.json", RECORD), ("a/2.yml", RECORD), ("package.json", Holds::Other)];
        assert_eq!(fit(&files), ["a/**/*.{json,jsonl,ndjson,yaml,yml}"]);
    }

    #[test]
    fn beside_other_files_records_are_named_by_their_ending_or_one_by_one() {
        let files = [
            ("1.yaml", RECORD),
            ("2.yaml", RECORD),
            ("a.json", RECORD),
            ("package.json", Holds::Other),
            ("site/data/3.json", RECORD),
            ("site/menu.yaml", Holds::Other),
        ];
        let whole = "site/data/**/*.{json,jsonl,ndjson,yaml,yml}";
        assert_eq!(fit(&files), ["a.json", "*.yaml", whole]);
    }

    #[test]
    fn a_file_that_cannot_be_read_says_neither_yes_nor_no() {
        let whole = ["a/**/*.{json,jsonl,ndjson,yaml,yml}"];
        assert_eq!(fit(&[("a/1.json", RECORD), ("a/2.json", Holds::Unclear)]), whole);
        assert!(fit(&[("a/2.json", Holds::Unclear), ("b.json", Holds::Other)]).is_empty());
    }

    #[test]
    fn a_name_with_a_mark_of_patterns_is_meant_as_it_is() {
        let files = [("{a}[1].json", RECORD), ("x.json", Holds::Other)];
        assert_eq!(fit(&files), ["[{]a[}][[]1[]].json"]);
        assert_eq!(fitting(&[("a\\b/1.json", RECORD)]), None, "no pattern can say this");
    }

    proptest! {
        #[test]
        fn every_record_is_matched_and_no_other_file(
            files in proptest::collection::btree_map(
                "([ab*{]/){0,3}[abc?!-]{1,2}\\.(json|JSON|yaml|yml)",
                prop_oneof![Just(RECORD), Just(Holds::Other)],
                0..12,
            )
        ) {
            let found: Vec<Found<'_>> = files.iter().map(|(path, holds)| (path.as_str(), *holds)).collect();
            let globs: Vec<Glob> =
                fit(&found).iter().map(|pattern| Glob::new(pattern, 0..0).unwrap()).collect();
            for (path, holds) in found {
                let matched = globs.iter().any(|glob| glob.matches(path));
                prop_assert_eq!(matched, holds == RECORD, "{}", path);
            }
        }
    }
}
