//! Many patterns at once: each path is held only against the patterns that have a text in common with it.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, HashMap},
};

use aho_corasick::AhoCorasick;

use super::{Alternative, Glob, after_class, is_markdown};

/// The patterns of several lists, in their order.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// The patterns without braces, each with the number of its glob.
    patterns: Vec<(usize, Alternative)>,
    /// For each glob the number of its list, and its number there.
    globs: Vec<(usize, usize)>,
    /// Finds in a path the texts by which patterns are looked up. A path that a pattern matches has each text of the
    /// pattern that is between two wildcards, and the one that is rarest among the patterns is taken.
    texts: Option<AhoCorasick>,
    lists: Lists,
    /// Whether they are patterns for records.
    for_records: bool,
}

/// Patterns by the texts that they are looked up by, in ascending order.
#[derive(Clone, Debug, Default)]
struct Lists {
    by_text: Vec<Vec<usize>>,
    /// Those that have no text, such as `**/*`.
    others: Vec<usize>,
}

impl Index {
    /// The patterns of these lists.
    pub fn new<'g>(lists: impl Iterator<Item = &'g [Glob]>) -> Self {
        let mut index = Self::default();
        for (list, globs) in lists.enumerate() {
            for (number, glob) in globs.iter().enumerate() {
                let of_glob = index.globs.len();
                index.globs.push((list, number));
                index.patterns.extend(glob.alternatives.iter().cloned().map(|one| (of_glob, one)));
            }
        }
        index.look_up();
        index
    }

    /// The patterns of these lists, which are for records.
    pub fn for_records<'g>(lists: impl Iterator<Item = &'g [Glob]>) -> Self {
        Self { for_records: true, ..Self::new(lists) }
    }

    fn look_up(&mut self) {
        let texts: Vec<BTreeSet<&str>> =
            self.patterns.iter().map(|(_, one)| texts(one.pattern.as_str())).collect();
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for text in texts.iter().flatten() {
            *counts.entry(text).or_default() += 1;
        }
        let mut by_text: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (number, texts) in texts.iter().enumerate() {
            match texts.iter().min_by_key(|text| (counts[**text], Reverse(text.len()))) {
                Some(text) => by_text.entry(text).or_default().push(number),
                None => self.lists.others.push(number),
            }
        }
        match AhoCorasick::new(by_text.keys()) {
            Ok(automaton) => {
                self.lists.by_text = by_text.into_values().collect();
                self.texts = Some(automaton);
            }
            // Too many texts for it: each pattern is tried.
            Err(_) => self.lists.others = (0..self.patterns.len()).collect(),
        }
    }

    /// The first pattern that matches `path`: the number of its list, and its number there.
    #[must_use]
    pub fn first(&self, path: &str) -> Option<(usize, usize)> {
        self.first_of(path, |_| true)
    }

    /// The same among the lists, by their numbers, that are `wanted`.
    pub fn first_of(&self, path: &str, wanted: impl Fn(usize) -> bool) -> Option<(usize, usize)> {
        let mut first: Option<usize> = None;
        let lists = self.in_path(path).into_iter().map(|text| &self.lists.by_text[text]);
        for list in lists.chain([&self.lists.others]) {
            let before =
                list.iter().take_while(|number| first.is_none_or(|first| **number < first));
            let mut fit = before.copied().filter(|number| self.matches(*number, path));
            first = fit.find(|number| wanted(self.globs[self.patterns[*number].0].0)).or(first);
        }
        first.map(|pattern| self.globs[self.patterns[pattern].0])
    }

    /// The texts that a path has, by their numbers.
    fn in_path(&self, path: &str) -> BTreeSet<usize> {
        let texts = self.texts.iter().flat_map(|texts| texts.find_overlapping_iter(path));
        texts.map(|found| found.pattern().as_usize()).collect()
    }

    fn matches(&self, pattern: usize, path: &str) -> bool {
        let one = &self.patterns[pattern].1;
        // Most Markdown files are not records: a pattern is about them only if it writes out their ending.
        let names_markdown = || is_markdown(one.pattern.as_str());
        one.matches(path) && (!self.for_records || !is_markdown(path) || names_markdown())
    }

    /// All patterns. None has matched a path yet.
    #[must_use]
    pub fn unmatched(&self) -> Unmatched<'_> {
        let is_open = vec![true; self.globs.len()];
        Unmatched { index: self, lists: self.lists.clone(), is_open }
    }
}

/// The patterns that have matched no path so far.
#[derive(Debug)]
pub struct Unmatched<'i> {
    index: &'i Index,
    /// What is left of them.
    lists: Lists,
    is_open: Vec<bool>,
}

impl Unmatched<'_> {
    /// Takes out the patterns that match `path`.
    pub fn meet(&mut self, path: &str) {
        let Self { index, lists, is_open } = self;
        let mut stays = |pattern: &usize| {
            let glob = index.patterns[*pattern].0;
            is_open[glob] = is_open[glob] && !index.matches(*pattern, path);
            is_open[glob]
        };
        for text in index.in_path(path) {
            lists.by_text[text].retain(&mut stays);
        }
        lists.others.retain(&mut stays);
    }

    /// Those that are left, in their order: the number of the list of each, and its number there.
    pub fn left(&self) -> impl Iterator<Item = (usize, usize)> {
        let open = self.index.globs.iter().zip(&self.is_open).filter(|(_, is_open)| **is_open);
        open.map(|(glob, _)| *glob)
    }

    /// Whether a pattern is left, by its number in all lists together.
    #[must_use]
    pub fn has(&self, glob: usize) -> bool {
        self.is_open.get(glob).copied().unwrap_or_default()
    }
}

/// The texts between the wildcards of a pattern: every path that it matches has them all. `**/` stands for nothing as
/// well, so that its `/` is in none of them.
fn texts(pattern: &str) -> BTreeSet<&str> {
    let mut texts = BTreeSet::new();
    let (mut from, mut at) = (0, 0);
    while let Some(c) = pattern[at..].chars().next() {
        let after = match c {
            '*' => {
                let stars = pattern[at..].len() - pattern[at..].trim_start_matches('*').len();
                let is_folder = stars > 1 && pattern[at + stars..].starts_with('/');
                at + stars + usize::from(is_folder)
            }
            '?' => at + 1,
            '[' => after_class(pattern, at),
            _ => {
                at += c.len_utf8();
                continue;
            }
        };
        texts.insert(&pattern[from..at]);
        (from, at) = (after, after);
    }
    texts.insert(&pattern[from..]);
    texts.remove("");
    texts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lists(texts: &[Vec<String>]) -> Vec<Vec<Glob>> {
        let globs = |texts: &Vec<String>| {
            texts.iter().filter_map(|text| Glob::new(text, 0..0).ok()).collect()
        };
        texts.iter().map(globs).collect()
    }

    fn index(lists: &[Vec<Glob>]) -> Index {
        Index::new(lists.iter().map(Vec::as_slice))
    }

    proptest! {
        #[test]
        fn the_first_pattern_is_that_of_a_plain_search(
            patterns in prop::collection::vec(prop::collection::vec("(\\*\\*/|a|b|/|\\*|\\?|[.]json|\\[ab\\]|\\[!a\\]|\\{a,b\\}|\\{,b/\\}){1,6}", 0..3), 0..8),
            paths in prop::collection::vec("([ab]|/|[.]json){0,6}", 1..12),
        ) {
            let lists = lists(&patterns);
            let index = index(&lists);
            let all = || lists.iter().enumerate().flat_map(|(list, globs)| {
                globs.iter().enumerate().map(move |(number, glob)| ((list, number), glob))
            });
            let mut unmatched = index.unmatched();
            for path in &paths {
                let first = all().find(|(_, glob)| glob.matches(path)).map(|(at, _)| at);
                prop_assert_eq!(index.first(path), first, "{}", path);
                unmatched.meet(path);
            }
            let left = all().filter(|(_, glob)| !paths.iter().any(|path| glob.matches(path)));
            let left: Vec<(usize, usize)> = left.map(|(at, _)| at).collect();
            prop_assert_eq!(unmatched.left().collect::<Vec<_>>(), left.clone());
            for (number, (at, _)) in all().enumerate() {
                prop_assert_eq!(unmatched.has(number), left.contains(&at));
            }
        }
    }

    #[test]
    fn the_texts_of_a_pattern_are_between_its_wildcards() {
        for (pattern, expected) in [
            ("a/b.json", vec!["a/b.json"]),
            ("a/**/b-*.json", vec!["a/", "b-", ".json"]),
            ("**/a?b", vec!["a", "b"]),
            ("a[*]b[]]c[!]]d", vec!["a", "b", "c", "d"]),
            ("a/**", vec!["a/"]),
            ("**/*", vec![]),
        ] {
            assert_eq!(texts(pattern), expected.into_iter().collect(), "{pattern}");
        }
    }

    /// How many patterns a path is held against, at most, of those that `pattern` makes of numbers.
    fn most_candidates(pattern: fn(usize) -> String, path: fn(usize) -> String) -> usize {
        const COUNT: usize = 1_000;
        let texts: Vec<Vec<String>> = (0..COUNT).map(|n| vec![pattern(n)]).collect();
        let index = index(&lists(&texts));
        let of_path = |number: usize| {
            let path = path(number);
            assert_eq!(index.first(&path), Some((number, 0)), "{path}");
            let found =
                index.in_path(&path).into_iter().map(|text| index.lists.by_text[text].len());
            found.sum::<usize>() + index.lists.others.len()
        };
        (0..COUNT).map(of_path).max().unwrap()
    }

    #[test]
    fn a_path_is_held_against_few_of_many_patterns() {
        type Text = fn(usize) -> String;
        let shapes: [(Text, Text); 5] = [
            (|n| format!("a/f{n}.json"), |n| format!("a/f{n}.json")),
            (|n| format!("f{n}-*.json"), |n| format!("f{n}-x.json")),
            (|n| format!("*-f{n}.{{json,yaml}}"), |n| format!("x-f{n}.json")),
            (|n| format!("**/d{n}/**/*.json"), |n| format!("x/d{n}/y/z.json")),
            (|n| format!("d{n}/*/[ab]?.json"), |n| format!("d{n}/x/ay.json")),
        ];
        for (pattern, path) in shapes {
            let most = most_candidates(pattern, path);
            assert!(most <= 4, "{}: {most}", pattern(0));
        }
    }
}
