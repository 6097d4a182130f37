//! What a pattern asks for, in words or by an example, where it is simple enough: few readers of a message know regular expressions.

use std::collections::BTreeSet;

use regex_syntax::hir::{Class, Hir, HirKind, Look, Repetition};

use crate::message::{counted, listed, quoted};

/// What is expected, such as `only digits`; `None` if only the pattern itself says it.
pub(super) fn described(pattern: &str) -> Option<String> {
    let hir = regex_syntax::parse(pattern).ok()?;
    let mut items: &[Hir] = match hir.kind() {
        HirKind::Concat(items) => items,
        _ => std::slice::from_ref(&hir),
    };
    let is_look =
        |item: &Hir, look: Look| matches!(item.kind(), HirKind::Look(found) if *found == look);
    let begins = items.first().is_some_and(|first| is_look(first, Look::Start));
    let ends = items.last().is_some_and(|last| is_look(last, Look::End));
    items = items.get(usize::from(begins)..items.len() - usize::from(ends))?;
    match (begins, ends, items) {
        (_, false, _) if is_not_blank(&hir) => Some("text that is not blank".to_owned()),
        (true, true, items) => of_whole(items),
        (begins, ends, [one]) => {
            let HirKind::Literal(literal) = one.kind() else { return None };
            let text = quoted(std::str::from_utf8(&literal.0).ok()?);
            Some(match (begins, ends) {
                (true, _) => format!("text that begins with {text}"),
                (_, true) => format!("text that ends with {text}"),
                _ => format!("text that contains {text}"),
            })
        }
        _ => None,
    }
}

/// Whether a pattern asks for a character that is no space, and for nothing else. The validator is faster with the second way to
/// write this.
fn is_not_blank(pattern: &Hir) -> bool {
    let is = |other: &str| regex_syntax::parse(other).is_ok_and(|other| other == *pattern);
    is(r"\S") || is(r"^\s*\S")
}

/// What a pattern of the whole text asks for.
fn of_whole(items: &[Hir]) -> Option<String> {
    if let Some(words) = of_characters(items) {
        return Some(words);
    }
    let mut sample = Sample::default();
    items.iter().try_for_each(|item| sample.add(item))?;
    match sample.shape.as_str() {
        "dddd-dd-dd" => Some("a date such as 2011-05-19".to_owned()),
        "dd:dd" => Some("a time such as 10:00".to_owned()),
        _ if sample.text.trim().is_empty() => None,
        _ => Some(format!("a value such as {}", quoted(&sample.text))),
    }
}

/// A number of characters of some kinds, the first perhaps of fewer kinds.
fn of_characters(items: &[Hir]) -> Option<String> {
    match items {
        [one] => {
            let (class, min, max) = repeated(one)?;
            let kinds = Kinds::of(class)?;
            match max {
                None if min <= 1 => Some(format!("only {}", listed(&kinds.words(), "and"))),
                Some(max) if max == min => Some(counted(min as usize, kinds.word()?)),
                Some(max) if min > 0 => {
                    Some(format!("{min} to {}", counted(max as usize, kinds.word()?)))
                }
                _ => None,
            }
        }
        [first, rest] => {
            let HirKind::Class(first) = first.kind() else { return None };
            let (rest, min, None) = repeated(rest)? else { return None };
            let (first, rest) = (Kinds::of(first)?, Kinds::of(rest)?);
            let is_more =
                first.names.is_subset(&rest.names) && first.others.is_subset(&rest.others);
            if min > 1 || !is_more {
                return None;
            }
            let names: BTreeSet<_> = rest.names.difference(&first.names).copied().collect();
            let others: BTreeSet<_> = rest.others.difference(&first.others).copied().collect();
            let later = Kinds { names, others }.words();
            let first = listed(&first.words(), "and");
            if later.is_empty() {
                return Some(format!("only {first}"));
            }
            Some(format!(
                "only {first}, and after the first character also {},",
                listed(&later, "and")
            ))
        }
        _ => None,
    }
}

/// A class of characters with how often it comes.
fn repeated(hir: &Hir) -> Option<(&Class, u32, Option<u32>)> {
    match hir.kind() {
        HirKind::Class(class) => Some((class, 1, Some(1))),
        HirKind::Repetition(Repetition { min, max, sub, .. }) => match sub.kind() {
            HirKind::Class(class) => Some((class, *min, *max)),
            _ => None,
        },
        _ => None,
    }
}

/// Characters by their kinds.
#[derive(Debug, Default)]
struct Kinds {
    names: BTreeSet<&'static str>,
    others: BTreeSet<char>,
}

/// More than these single characters are easier to read in the pattern.
const MOST: usize = 5;

impl Kinds {
    fn of(class: &Class) -> Option<Self> {
        let mut all = characters(class)?;
        let mut names = BTreeSet::new();
        for (range, name) in
            [('0'..='9', "digit"), ('A'..='Z', "capital letter"), ('a'..='z', "small letter")]
        {
            if range.clone().all(|one| all.contains(&one)) {
                all.retain(|one| !range.contains(one));
                names.insert(name);
            }
        }
        let are_visible = all.iter().all(char::is_ascii_graphic);
        (all.len() <= MOST && are_visible).then_some(Self { names, others: all })
    }

    fn words(&self) -> Vec<String> {
        let names = self.names.iter().map(|name| format!("{name}s"));
        names.chain(self.others.iter().map(|one| quoted(&one.to_string()))).collect()
    }

    /// The only kind.
    fn word(&self) -> Option<&'static str> {
        self.names.first().copied().filter(|_| self.names.len() == 1 && self.others.is_empty())
    }
}

/// The characters of a class, if they are all of ASCII. `\d` also stands for the digits of other scripts in the reader of this
/// module, and for those of ASCII in JSON Schema.
fn characters(class: &Class) -> Option<BTreeSet<char>> {
    let Class::Unicode(class) = class else { return None };
    let ranges = class.ranges();
    let digits = regex_syntax::parse(r"\d").ok()?;
    if matches!(digits.kind(), HirKind::Class(Class::Unicode(digits)) if digits == class) {
        return Some(('0'..='9').collect());
    }
    let is_ascii = ranges.last().is_some_and(|last| last.end().is_ascii());
    is_ascii.then(|| ranges.iter().flat_map(|range| range.start()..=range.end()).collect())
}

/// A text that has the pattern.
#[derive(Default)]
struct Sample {
    text: String,
    /// The same with `d` for each digit that may be any.
    shape: String,
}

/// Longer samples do not make a message clearer.
const LONGEST: usize = 40;

impl Sample {
    fn add(&mut self, hir: &Hir) -> Option<()> {
        match hir.kind() {
            HirKind::Empty => {}
            HirKind::Literal(literal) => {
                let text = std::str::from_utf8(&literal.0).ok()?;
                self.text.push_str(text);
                self.shape.push_str(text);
            }
            HirKind::Class(class) => self.add_one(&characters(class)?)?,
            HirKind::Look(_) => return None,
            HirKind::Repetition(Repetition { min, sub, .. }) => {
                for _ in 0..*min {
                    self.add(sub)?;
                }
            }
            HirKind::Capture(capture) => self.add(&capture.sub)?,
            HirKind::Concat(all) => all.iter().try_for_each(|one| self.add(one))?,
            HirKind::Alternation(all) => self.add(all.first()?)?,
        }
        (self.text.len() <= LONGEST).then_some(())
    }

    fn add_one(&mut self, all: &BTreeSet<char>) -> Option<()> {
        // Neighbours differ, so that the sample looks like one.
        let at = self.text.len();
        let turn = |alphabet: &'static str| {
            let from = at % alphabet.len();
            alphabet[from..].chars().chain(alphabet[..from].chars()).find(|one| all.contains(one))
        };
        let letters =
            turn("abcdefghijklmnopqrstuvwxyz").or_else(|| turn("ABCDEFGHIJKLMNOPQRSTUVWXYZ"));
        let one = letters.or_else(|| turn("1234567890"));
        let one = one.or_else(|| all.iter().copied().find(char::is_ascii_graphic))?;
        self.text.push(one);
        let is_any_digit = all.len() == 10 && one.is_ascii_digit();
        self.shape.push(if is_any_digit { 'd' } else { one });
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use regex::Regex;

    use super::*;

    #[test]
    fn simple_patterns_are_described() {
        for (pattern, words) in [
            (r"\S", "text that is not blank"),
            ("^x-", "text that begins with `x-`"),
            (r"\.pdf$", "text that ends with `.pdf`"),
            ("Council", "text that contains `Council`"),
            ("^[0-9]+$", "only digits"),
            (r"^\d*$", "only digits"),
            ("^[A-Z]{2}$", "2 capital letters"),
            (r"^\d{1,3}$", "1 to 3 digits"),
            ("^[a-z_]+$", "only small letters and `_`"),
            (
                "^[a-z0-9][a-z0-9.-]*$",
                "only digits and small letters, and after the first character also `-` and `.`,",
            ),
            (r"^\d{4}-\d{2}-\d{2}$", "a date such as 2011-05-19"),
            ("^[0-9]{2}:[0-9]{2}$", "a time such as 10:00"),
            ("^(S|ES)-[1-9][0-9]*$", "a value such as `S-3`"),
            ("^[A-Z]{2}-[0-9]{3}$", "a value such as `AB-456`"),
            ("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", "a value such as `ab`"),
            ("^Ward [0-9]+(/[a-z])?$", "a value such as `Ward 6`"),
        ] {
            assert_eq!(described(pattern).as_deref(), Some(words), "{pattern}");
            if let Some(sample) = words.strip_prefix("a value such as ") {
                assert!(
                    Regex::new(pattern).unwrap().is_match(sample.trim_matches('`')),
                    "{pattern}"
                );
            }
        }
    }

    #[test]
    fn other_patterns_speak_for_themselves() {
        for pattern in [
            "",
            "^$",
            "^.*$",
            r"^\w+$",
            "^(?!draft).*$",
            r"\bword\b",
            "[0-9]{4}",
            "a|b",
            "^[^/]+$",
            "(",
            "^ *$",
            "^[0-9]{64}-[a-f]$",
        ] {
            assert_eq!(described(pattern), None, "{pattern}");
        }
    }
}
