//! Captures in patterns: `minutes/{year}/{date}-{kind}.md` says the year, the day and the kind of each record.

use std::ops::Range;

use regex::Regex;

use super::{did_you_mean, globs::after_class, list};
use crate::{
    calendar::{self, Language},
    suggest,
    tree::{PathForm, Scalar, Supplied, SuppliedValue},
};

/// The captures of a pattern without alternatives.
#[derive(Clone, Debug)]
pub(super) struct Captures {
    /// Matches the paths that the pattern matches, with a group for each capture.
    regex: Regex,
    captures: Vec<Capture>,
}

#[derive(Clone, Debug)]
struct Capture {
    name: String,
    form: PathForm,
}

/// A pair of braces: what is in it, if that is the name of a capture.
pub(super) fn is_capture(inside: &str) -> bool {
    let is_word = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_alphabetic())
            && word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
    };
    match inside.split_once(':') {
        Some((name, _)) => is_word(name),
        None => is_word(inside),
    }
}

/// The captures in a pattern without alternatives: their places, braces included.
fn places(plain: &str) -> Vec<Range<usize>> {
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(c) = plain[at..].chars().next() {
        match c {
            '[' => at = after_class(plain, at),
            '{' => {
                let end = plain[at..].find('}').map_or(plain.len(), |end| at + end + 1);
                found.push(at..end);
                at = end;
            }
            _ => at += c.len_utf8(),
        }
    }
    found
}

/// A pattern without alternatives as one of the `glob` crate, in which a capture is a wildcard, and its captures if it has any; or
/// why it is none.
pub(super) fn read(plain: &str) -> Result<(String, Option<Captures>), String> {
    let places = places(plain);
    if places.is_empty() {
        return Ok((plain.to_owned(), None));
    }
    let mut captures: Vec<Capture> = Vec::new();
    let (mut glob, mut expression, mut from) = (String::new(), "^".to_owned(), 0);
    for place in &places {
        let capture = capture(&plain[place.start + 1..place.end - 1])?;
        if captures.iter().any(|other| other.name == capture.name) {
            return Err(format!("`{{{}}}` appears twice in the pattern", capture.name));
        }
        let between = &plain[from..place.start];
        let last = captures.last().filter(|last| between.is_empty() && !last.is_fixed());
        if let Some(last) = last {
            return Err(format!(
                "`{{{}}}` and `{{{}}}` have no text between them, so it is not known where one ends",
                last.name, capture.name
            ));
        }
        push_glob(&mut glob, between);
        expression.push_str(&as_regex(between));
        expression.push('(');
        expression.push_str(&capture.regex());
        expression.push(')');
        // Two wildcards side by side mean folders.
        if !glob.ends_with('*') {
            glob.push('*');
        }
        captures.push(capture);
        from = place.end;
    }
    let rest = &plain[from..];
    if let (true, Some(last)) = (rest.is_empty(), captures.last())
        && last.form != PathForm::Text
    {
        return Err(format!(
            "the pattern never matches a file: nothing comes after `{{{}}}`, and every file has an ending such as `.json`",
            last.name
        ));
    }
    push_glob(&mut glob, rest);
    expression.push_str(&as_regex(rest));
    expression.push('$');
    let regex = Regex::new(&expression).map_err(|_| "the pattern is too long".to_owned())?;
    Ok((glob, Some(Captures { regex, captures })))
}

/// Adds a text to a pattern. Two wildcards side by side would mean folders, and one says as much.
fn push_glob(glob: &mut String, text: &str) {
    let is_single = text.starts_with('*') && !text.starts_with("**");
    let repeats = is_single && glob.ends_with('*');
    glob.push_str(if repeats { &text[1..] } else { text });
}

fn capture(inside: &str) -> Result<Capture, String> {
    let (name, form) = match inside.split_once(':') {
        Some((name, form)) => (name, Some(form)),
        None => (inside, None),
    };
    let known = |word: &str| PathForm::ALL.into_iter().find(|form| form.word() == word);
    let form = match form {
        // A name that is the word of a form has this form.
        None => known(name).unwrap_or(PathForm::Text),
        Some(word) => known(word).ok_or_else(|| {
            let words = PathForm::ALL.map(PathForm::word);
            let near = suggest::nearest(word, words);
            let help = near.map_or_else(|| format!("the forms are {}", list(&words)), did_you_mean);
            format!("no form `{word}` for `{{{name}}}`; {help}")
        })?,
    };
    Ok(Capture { name: name.to_owned(), form })
}

/// The text between two captures, as a regular expression. The `glob` crate has matched the path before, so that a class of
/// characters may be any character here.
fn as_regex(glob: &str) -> String {
    let (mut out, mut at) = (String::new(), 0);
    while let Some(c) = glob[at..].chars().next() {
        let rest = &glob[at..];
        let (text, len): (String, usize) = match c {
            '*' if rest.starts_with("**/") => ("(?:[^/]+/)*".to_owned(), 3),
            '*' if rest.starts_with("**") => (".*".to_owned(), 2),
            '*' => ("[^/]*".to_owned(), 1),
            '?' => ("[^/]".to_owned(), 1),
            '[' => ("[^/]".to_owned(), after_class(glob, at) - at),
            _ => (regex::escape(c.encode_utf8(&mut [0; 4])), c.len_utf8()),
        };
        out.push_str(&text);
        at += len;
    }
    out
}

impl Capture {
    /// Whether it is known where it ends.
    fn is_fixed(&self) -> bool {
        matches!(self.form, PathForm::Date | PathForm::Year | PathForm::Month | PathForm::Day)
    }

    fn regex(&self) -> String {
        match self.form {
            PathForm::Date => {
                r"\d{4}-\d{1,2}-\d{1,2}|\d{4}_\d{1,2}_\d{1,2}|\d{4}\.\d{1,2}\.\d{1,2}|\d{8}|\d{6}"
                    .to_owned()
            }
            PathForm::Year => r"\d{4}".to_owned(),
            PathForm::Month => {
                let names = month_names();
                format!(r"\d{{1,2}}-(?i:{names})|\d{{1,2}}|(?i:{names})")
            }
            PathForm::Day => r"\d{1,2}".to_owned(),
            PathForm::Number | PathForm::Digits => r"\d+".to_owned(),
            PathForm::Word => r"[\p{L}\p{N}]+".to_owned(),
            PathForm::Text => "[^/]+".to_owned(),
        }
    }
}

/// The names of months with their abbreviations in English, the longer ones first.
fn month_names() -> String {
    const LANGUAGES: [Language; 3] = [Language::English, Language::French, Language::Spanish];
    let names = LANGUAGES.into_iter().flat_map(|language| {
        (1..=12).filter_map(move |month| calendar::month_name(month, language))
    });
    let mut names: Vec<&str> = names.collect();
    let short =
        (1..=12).filter_map(|month| calendar::month_name(month, Language::English)?.get(..3));
    names.extend(short);
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    names.join("|")
}

/// The month that a name or its abbreviation in English means.
fn month_named(name: &str) -> Option<i8> {
    let short = |month: &i8| {
        let full = calendar::month_name(*month, Language::English).and_then(|full| full.get(..3));
        full.is_some_and(|full| full.eq_ignore_ascii_case(name))
    };
    calendar::month(name).map(|(month, _)| month).or_else(|| (1..=12).find(short))
}

impl Captures {
    pub(super) fn is_match(&self, path: &str) -> bool {
        self.regex.is_match(path)
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.captures.iter().map(|capture| capture.name.as_str())
    }

    /// What a path that the pattern matches says. A year, a month and a day together are a date.
    pub(super) fn read(&self, path: &str) -> Option<Supplied> {
        let groups = self.regex.captures(path)?;
        let value = |(number, capture): (usize, &Capture)| {
            let written = groups.get(number + 1)?.as_str();
            Some(SuppliedValue {
                name: capture.name.clone(),
                written: written.to_owned(),
                form: Some(capture.form),
                value: value(capture.form, written),
            })
        };
        let values = self.captures.iter().enumerate().filter_map(value);
        let mut supplied = Supplied { values: values.collect() };
        let has_date = supplied.values.iter().any(|one| one.form == Some(PathForm::Date));
        if let (false, Some(date)) = (has_date, whole_date(&supplied)) {
            supplied.values.push(date);
        }
        Some(supplied)
    }
}

fn whole_date(supplied: &Supplied) -> Option<SuppliedValue> {
    let part = |form: PathForm| {
        let value = supplied.values.iter().find(|one| one.form == Some(form))?;
        Some(value.value.as_ref()?.text())
    };
    let (year, month, day) = (part(PathForm::Year)?, part(PathForm::Month)?, part(PathForm::Day)?);
    let written = format!("{year}-{month:0>2}-{day:0>2}");
    let value = value(PathForm::Date, &written);
    let form = Some(PathForm::Date);
    Some(SuppliedValue { name: PathForm::Date.word().to_owned(), written, form, value })
}

/// A part of a path in its form.
fn value(form: PathForm, written: &str) -> Option<Scalar> {
    let number = |value: u32| Scalar::Number(value.to_string());
    match form {
        PathForm::Date => {
            let digits: Vec<&str> = written.split(['-', '_', '.']).collect();
            let (year, month, day) = match digits.as_slice() {
                [year, month, day] => ((*year).to_owned(), *month, *day),
                [one] if one.len() == 8 => (one[..4].to_owned(), &one[4..6], &one[6..]),
                [one] if one.len() == 6 => (format!("20{}", &one[..2]), &one[2..4], &one[4..]),
                _ => return None,
            };
            let iso = format!("{year}-{month:0>2}-{day:0>2}");
            calendar::iso_date(&iso).ok().map(|_| Scalar::Text(iso))
        }
        PathForm::Month => {
            let (digits, name) = match written.split_once('-') {
                Some((digits, name)) => (Some(digits), Some(name)),
                None if written.starts_with(|c: char| c.is_ascii_digit()) => (Some(written), None),
                None => (None, Some(written)),
            };
            let by_number = digits.and_then(|digits| digits.parse().ok());
            let by_name = name.and_then(month_named);
            let agree = by_number.is_none() || by_name.is_none() || by_number == by_name;
            let month = by_number.or(by_name).filter(|month| agree && (1..=12).contains(month))?;
            Some(number(u32::try_from(month).ok()?))
        }
        PathForm::Day => {
            let day = written.parse().ok().filter(|day| (1..=31).contains(day))?;
            Some(number(day))
        }
        PathForm::Year | PathForm::Number => written.parse().ok().map(number),
        PathForm::Digits | PathForm::Word | PathForm::Text => {
            Some(Scalar::Text(written.to_owned()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Glob;

    fn read(pattern: &str, path: &str) -> Option<Vec<String>> {
        let glob = Glob::new(pattern, 0..0).unwrap();
        let supplied = glob.supplied(path);
        assert_eq!(glob.matches(path), supplied.is_some(), "{pattern} {path}");
        let shown = |one: &SuppliedValue| {
            format!("{}={}", one.name, one.value.as_ref().map_or("?", Scalar::text))
        };
        Some(supplied?.values.iter().map(shown).collect())
    }

    fn says(pattern: &str, path: &str) -> String {
        read(pattern, path).map_or_else(|| "no match".to_owned(), |values| values.join(" "))
    }

    #[test]
    fn the_names_of_real_repositories_are_read() {
        for (pattern, path, expected) in [
            ("{date}.json", "2026-03-11.json", "date=2026-03-11"),
            ("a/{date}-{kind}.yaml", "a/2026-03-11-minutes.yaml", "date=2026-03-11 kind=minutes"),
            (
                "{year}/{month}-{day}-{kind}.json",
                "2026/03-11-agenda.json",
                "year=2026 month=3 day=11 kind=agenda date=2026-03-11",
            ),
            (
                "main/{year}/CG-{month}-{day}.json",
                "main/2026/CG-03-11.json",
                "year=2026 month=3 day=11 date=2026-03-11",
            ),
            ("{date}_TC_{number}.json", "260311_TC_31.json", "date=2026-03-11 number=31"),
            ("{date}-call.json", "20260311-call.json", "date=2026-03-11"),
            (
                "{year}/{month}/{day}-*/README.json",
                "2026/10-Oct/14-wg-primary/README.json",
                "year=2026 month=10 day=14 date=2026-10-14",
            ),
            ("{year}/{month}/*.json", "2026/March/x.json", "year=2026 month=3"),
            ("Meeting {number}.json", "Meeting 172.json", "number=172"),
            ("{year}-{month}.json", "2026-03.json", "year=2026 month=3"),
            ("{year}{month}-{number}.json", "202611-02.json", "year=2026 month=11 number=2"),
            ("**/{track:word}-{id}.json", "a/b/t1-small-queues.json", "track=t1 id=small-queues"),
            ("**/{track:word}-{id}.json", "t1-small-queues.json", "track=t1 id=small-queues"),
            ("{n:digits}.{json,yaml}", "007.yaml", "n=007"),
            ("{{date},old-{year}}.json", "old-2026.json", "year=2026"),
            (
                "{date} {text}.json",
                "2026-03-11 9th Special Meeting.json",
                "date=2026-03-11 text=9th Special Meeting",
            ),
        ] {
            assert_eq!(says(pattern, path), expected, "{pattern}");
        }
    }

    #[test]
    fn a_month_and_a_number_are_no_day() {
        assert_eq!(says("{date}.json", "202611-02.json"), "no match");
        assert_eq!(says("{year}-{month}-{day}.json", "2026-03.json"), "no match");
    }

    #[test]
    fn what_no_calendar_has_is_met_and_not_read() {
        assert_eq!(says("{date}.json", "2026-13-05.json"), "date=?");
        assert_eq!(says("{date}.json", "2026-02-30.json"), "date=?");
        assert_eq!(says("{month}/a.json", "13/a.json"), "month=?");
        assert_eq!(says("{month}/a.json", "10-Nov/a.json"), "month=?");
        assert_eq!(
            says("{year}/{month}/{day}.json", "2026/02/30.json"),
            "year=2026 month=2 day=30 date=?"
        );
        assert_eq!(says("{day}.json", "0.json"), "day=?");
    }

    #[test]
    fn a_name_of_another_form_does_not_match() {
        for (pattern, path) in [
            ("{date}.json", "README.json"),
            ("{year}/a.json", "26/a.json"),
            ("{month}/a.json", "minutes/a.json"),
            ("{w:word}.json", "a-b.json"),
            ("{kind}.json", "a/b.json"),
        ] {
            assert_eq!(says(pattern, path), "no match", "{pattern}");
        }
        assert_eq!(says("{month}-{kind}.json", "03-board.json"), "month=3 kind=board");
        assert_eq!(says("{month}-{kind}.json", "03-Mar-board.json"), "month=3 kind=board");
    }

    #[test]
    fn captures_that_say_nothing_are_refused() {
        let fails = |pattern: &str| Glob::new(pattern, 0..0).unwrap_err();
        assert_eq!(fails("{date}/{date}.json"), "`{date}` appears twice in the pattern");
        assert_eq!(fails("{held:dat}.json"), "no form `dat` for `{held}`; did you mean `date`?");
        assert!(fails("{held:}.json").contains("the forms are `date`, `year`"));
        assert!(fails("a/{date}").contains("never matches a file: nothing comes after `{date}`"));
        assert!(fails("{kind}{title}.json").contains("no text between them"));
        assert!(Glob::new("{year}{month}{day}.json", 0..0).is_ok());
        assert!(Glob::new("a/{text}", 0..0).is_ok());
        for pattern in ["{year}.csv", "a/{b}.csv"] {
            let error = Glob::for_tables(pattern, 0..0).unwrap_err();
            assert!(error.contains("only in `files` of `[[records]]`"), "{error}");
        }
        assert!(Glob::for_paths("{year}", 0..0).is_err());
    }
}
