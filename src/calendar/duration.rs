//! How long something lasts, to the minute.

use jiff::{Span, SpanRelativeTo};

/// More minutes than this (a year) are no duration of something that is held.
const LONGEST: u32 = 366 * 24 * 60;

/// The minutes that the whole of `text` says: a number of minutes (`90`), hours and minutes (`1:30`, `01:30:00`, `1h30`,
/// `2 h 30`), words (`1 hour 30 minutes`, `45 min`), or a duration of ISO 8601 (`PT1H30M`, `P1DT2H`; a day has 24 hours).
/// Seconds are dropped. Months and years have no fixed length and are not read.
#[must_use]
pub fn duration(text: &str) -> Option<u32> {
    let text = text.trim();
    if text.len() <= 5 && !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok();
    }
    if text.contains(':') { clock(text) } else { hours(text).or_else(|| span(text)) }
}

/// `1:30`, `01:30:00`.
fn clock(text: &str) -> Option<u32> {
    let mut parts = text.split(':');
    let hours = number(parts.next()?, 1..=3)?;
    let minutes = sixtieth(parts.next()?)?;
    if let Some(seconds) = parts.next() {
        sixtieth(seconds)?;
    }
    parts.next().is_none().then_some(hours * 60 + minutes)
}

/// `1h30`, `2 h 30`.
fn hours(text: &str) -> Option<u32> {
    let (hours, minutes) = text.split_once(['h', 'H'])?;
    Some(number(hours.trim_end(), 1..=3)? * 60 + sixtieth(minutes.trim_start())?)
}

fn span(text: &str) -> Option<u32> {
    let span: Span = text.parse().ok()?;
    if span.get_years() != 0 || span.get_months() != 0 {
        return None;
    }
    let minutes = span.to_duration(SpanRelativeTo::days_are_24_hours()).ok()?.as_mins();
    u32::try_from(minutes).ok().filter(|minutes| *minutes <= LONGEST)
}

fn number(text: &str, digits: std::ops::RangeInclusive<usize>) -> Option<u32> {
    let is_number = digits.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { text.parse().ok() } else { None }
}

fn sixtieth(text: &str) -> Option<u32> {
    number(text, 2..=2).filter(|number| *number < 60)
}

#[cfg(test)]
mod tests {
    use super::duration;

    #[test]
    fn durations_are_read_in_several_forms() {
        for (text, minutes) in [
            ("0", 0),
            ("90", 90),
            ("00:30", 30),
            ("1:30", 90),
            ("01:30:00", 90),
            ("1h30", 90),
            ("2 h 05", 125),
            ("45 min", 45),
            ("45min", 45),
            ("1h", 60),
            ("1 hour 30 minutes", 90),
            ("PT1H", 60),
            ("PT1H30M", 90),
            ("pt45m", 45),
            ("PT0.5H", 30),
            ("P1D", 1440),
            ("P1DT2H", 1560),
            (" 30 ", 30),
        ] {
            assert_eq!(duration(text), Some(minutes), "{text}");
        }
    }

    #[test]
    fn other_texts_are_not_guessed() {
        for text in [
            "",
            "long",
            "-30",
            "-PT1H",
            "1:60",
            "1:5",
            "1:30:60",
            "1h60",
            "P1M",
            "P1Y",
            "30 x",
            "1.5",
            "9999999999",
            "P99999D",
            "٣٠",
        ] {
            assert_eq!(duration(text), None, "{text}");
        }
    }
}
