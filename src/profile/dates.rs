//! Days in the lines of minutes.

use jiff::civil::Date;

use super::{Day, Stretch};
use crate::{calendar, tree::NodeRef};

/// The days that a text names in full, in figures and in words.
pub(super) fn full(node: NodeRef<'_>) -> Vec<Day> {
    let text = node.as_str().unwrap_or_default();
    let mut days: Vec<(usize, Day)> = Vec::new();
    calendar::find_dates(text, |found| {
        let Ok(found) = found else { return };
        if found.ends_range {
            return;
        }
        let (start, end) = (found.span().start as usize, found.span().end as usize);
        let short = if found.weekday.is_none() { weekday_before(text, start, end) } else { None };
        let at = Stretch::part(node, short.unwrap_or(start), end);
        let has_weekday = found.weekday.is_some() || short.is_some();
        days.push((start, Day { date: found.date, at, has_weekday }));
    });
    for at in text.match_indices('-').map(|(at, _)| at) {
        // The first hyphen of `2026-03-11`.
        let Some(start) = at.checked_sub(4) else { continue };
        let is_apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '-');
        let (before, after) = (text.get(..start), text.get(start + 10..));
        let whole = text.get(start..start + 10);
        if let (Some(before), Some(after), Some(whole)) = (before, after, whole)
            && is_apart(before.chars().next_back())
            && is_apart(after.chars().next().filter(|c| *c != 'T'))
            && let Ok(date) = calendar::iso_date(whole)
        {
            let at = Stretch::part(node, start, start + 10);
            days.push((start, Day { date, at, has_weekday: false }));
        }
    }
    days.sort_by_key(|(start, _)| *start);
    days.into_iter().map(|(_, day)| day).collect()
}

/// Where the abbreviation of a weekday before a date begins: `Thu, 29 October 2026`.
fn weekday_before(text: &str, start: usize, end: usize) -> Option<usize> {
    let before = text[..start].trim_end_matches([',', '.', ' ']);
    let word =
        before.rsplit(|c: char| !c.is_alphabetic()).next().filter(|word| !word.is_empty())?;
    let from = before.len() - word.len();
    let is_long = word.len() > 9 || start - from > 14;
    let read = (!is_long).then(|| calendar::long_date(&text[from..end]).ok())??;
    read.weekday.map(|_| from)
}

/// The first day that a text names; of this year where it names none.
pub(super) fn first(node: NodeRef<'_>, year: Option<i16>) -> Option<Day> {
    full(node).into_iter().next().or_else(|| without_year(node, year?))
}

/// The first day of a text that has a month and no year: `March 11th`, `Wednesday, 11 March`.
fn without_year(node: NodeRef<'_>, year: i16) -> Option<Day> {
    let text = node.as_str()?;
    let words: Vec<(usize, &str)> = words(text).collect();
    for (number, (start, word)) in words.iter().enumerate() {
        let Some((month, _)) = calendar::month(word.trim_end_matches('.')) else { continue };
        let next = words.get(number + 1).and_then(|(at, next)| Some((*at, next.len(), day(next)?)));
        let before = number.checked_sub(1).and_then(|at| words.get(at));
        let before = before.and_then(|(at, word)| Some((*at, word.len(), day(word)?)));
        let after_month = next.filter(|(at, ..)| is_near(text, start + word.len(), *at));
        let before_month = before.filter(|(at, len, _)| is_near(text, at + len, *start));
        let Some((at, len, day)) = after_month.or(before_month) else { continue };
        let date = Date::new(year, month, day).ok()?;
        let (from, to) = ((*start).min(at), (start + word.len()).max(at + len));
        let weekday =
            number.checked_sub(if at < *start { 2 } else { 1 }).and_then(|at| words.get(at));
        let weekday = weekday.filter(|(at, word)| {
            calendar::weekday(word).is_some() && is_near(text, at + word.len(), from)
        });
        let from = weekday.map_or(from, |(at, _)| *at);
        let long = calendar::long(date);
        let long = weekday.map_or(long.clone(), |(_, word)| format!("{word}, {long}"));
        let at = Stretch::part(node, from, to).reads(long);
        return Some(Day { date, at, has_weekday: weekday.is_some() });
    }
    None
}

/// Whether only spaces and a comma are between two places.
fn is_near(text: &str, from: usize, to: usize) -> bool {
    let between = text.get(from..to).unwrap_or("x");
    between.len() <= 3 && between.chars().all(|c| matches!(c, ' ' | ',' | '.'))
}

/// A day of a month: `11`, `11th`.
fn day(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let suffix = &word[digits.len()..];
    let is_ordinal = ["", "st", "nd", "rd", "th", "er"].contains(&suffix);
    digits.parse().ok().filter(|day| is_ordinal && (1..=31).contains(day))
}

/// The words of a text, each with its place.
pub(super) fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let start = at + rest.find(char::is_alphanumeric)?;
        let word = &text[start..];
        let len = word.find(|c: char| !c.is_alphanumeric()).unwrap_or(word.len());
        at = start + len;
        Some((start, &word[..len]))
    })
}

/// The year in a path, as the name of a folder or at the beginning of that of a file.
pub(super) fn year_of(path: &str) -> Option<i16> {
    let year = |part: &str| {
        let digits = part.get(..4)?;
        let is_apart =
            part.get(4..).is_none_or(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()));
        let year: i16 = digits.parse().ok()?;
        (is_apart && (1950..=2100).contains(&year)).then_some(year)
    };
    let mut parts = path.rsplit('/');
    let name = parts.next()?;
    let in_name = || name.split(['-', '_', ' ']).find_map(year);
    parts.find_map(|part| year(part).filter(|_| part.len() == 4)).or_else(in_name)
}
