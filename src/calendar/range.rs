//! Two times in one text: `08:00-09:00`.

use std::ops::Range;

use super::{Minute, iso_moment, time};

/// Where the two times of a text are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeRange {
    /// The first, in bytes of the text.
    pub start: Range<usize>,
    /// The second.
    pub end: Range<usize>,
    /// The first, where the text leaves out its half of the day: `9.30–11 a.m.`
    pub start_minute: Option<Minute>,
}

/// What may be between the two times; a solidus as ISO 8601 has it.
const BETWEEN: [&str; 7] = ["–", "—", "-", "/", "~", " to ", " until "];

/// The two times that the whole of `text` says: each is a time of day, or a date with a time.
#[must_use]
pub fn time_range(text: &str) -> Option<TimeRange> {
    BETWEEN.iter().find_map(|between| {
        text.match_indices(between).find_map(|(at, _)| range_at(text, at, at + between.len()))
    })
}

fn range_at(text: &str, before: usize, after: usize) -> Option<TimeRange> {
    let start = trimmed(text, 0..before);
    let end = trimmed(text, after..text.len());
    let is_time = |range: &Range<usize>| {
        let part = &text[range.clone()];
        time(part).is_ok() || iso_moment(part).is_ok_and(|moment| moment.minute.is_some())
    };
    if !is_time(&end) {
        return None;
    }
    if is_time(&start) {
        return Some(TimeRange { start, end, start_minute: None });
    }
    let start_minute = completed(&text[start.clone()], &text[end.clone()])?;
    Some(TimeRange { start, end, start_minute: Some(start_minute) })
}

/// The first time, with the half of the day that the second one names: the same one, or the morning where the second is
/// past noon and earlier on a clock of twelve hours (`10–1 p.m.`).
fn completed(first: &str, second: &str) -> Option<Minute> {
    let is_plain = first.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ':'));
    let half_at = second.find(|c: char| c.is_ascii_alphabetic())?;
    let half = &second[half_at..];
    if !is_plain || !half.starts_with(['a', 'A', 'p', 'P']) {
        return None;
    }
    let end = time(second).ok()?;
    let with = |half: &str| time(&format!("{first} {half}")).ok();
    let same = with(half)?;
    if same < end { Some(same) } else { with("a.m.").filter(|start| *start < end) }
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let start = range.start + (part.len() - part.trim_start().len());
    start..start + part.trim().len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Option<(String, String)> {
        let range = time_range(text)?;
        let start = match range.start_minute {
            Some(minute) => minute.to_string(),
            None => text[range.start].to_owned(),
        };
        Some((start, text[range.end].to_owned()))
    }

    #[test]
    fn two_times_in_one_text_are_taken_apart() {
        for (text, start, end) in [
            ("08:00-09:00", "08:00", "09:00"),
            (" 08:00 – 09:00 ", "08:00", "09:00"),
            ("08:00—09:00", "08:00", "09:00"),
            ("10 a.m. to 1 p.m.", "10 a.m.", "1 p.m."),
            ("noon until 2 p.m.", "noon", "2 p.m."),
            ("9.30–11 a.m.", "09:30", "11 a.m."),
            ("10-1 p.m.", "10:00", "1 p.m."),
            ("2–3.30pm", "14:00", "3.30pm"),
            ("10 h 30 - 11 h", "10 h 30", "11 h"),
            ("2024-01-01T10:00/2024-01-01T11:00", "2024-01-01T10:00", "2024-01-01T11:00"),
            ("2024-01-01 10:00-11:00", "2024-01-01 10:00", "11:00"),
        ] {
            assert_eq!(read(text), Some((start.to_owned(), end.to_owned())), "{text}");
        }
    }

    #[test]
    fn other_texts_are_not_guessed() {
        for text in [
            "",
            "08:00",
            "08:00-",
            "-09:00",
            "9-10",
            "08:00-25:00",
            "8.00-9.00",
            "2024-01-01",
            "08:00-09:00-10:00",
            "morning-noon",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn the_parts_of_any_text_are_in_it(text in "[0-9]{0,2}[:.]?[0-9]{0,2}\\PC{0,3}[0-9]{0,2}:?[0-9]{0,2}( ?[ap]m)?") {
            if let Some(range) = time_range(&text) {
                prop_assert!(text.get(range.start).is_some() && text.get(range.end).is_some());
            }
        }
    }
}
