//! Symbols of drafts that a text gives to an act.

use std::ops::Range;

use super::{Found, Kind, Reference, date::is_space};

/// Words that say that an act is not adopted yet, in small letters: English, French, Spanish.
const PROPOSED: [&str; 8] =
    ["draft", "drafts", "projet", "projets", "proposed", "proposal", "proyecto", "proyectos"];

/// So many words before the act may say it: "the draft omnibus resolution".
const WORDS: usize = 5;

/// The word with which a text calls a draft an act: "resolution" in "its resolution A/65/L.9", not in "draft resolution A/65/L.9".
#[must_use]
pub fn act_of_draft(text: &str, found: &Found) -> Option<Range<usize>> {
    let Reference::Symbol(symbol) = &found.reference else { return None };
    let cue = found.cue.clone().filter(|_| symbol.kind == Kind::Draft)?;
    // "resolution 65/309 (A/65/L.86)" names both.
    let is_next = text.get(cue.end..found.range.start)?.chars().all(is_space);
    if !is_next {
        return None;
    }
    let before = &text[..cue.start];
    let clause = before.rfind(['.', ';', '(', ')', ',']).map_or(before, |at| &before[at + 1..]);
    let is_proposed = clause
        .rsplit(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(WORDS)
        .any(|word| PROPOSED.iter().any(|one| word.eq_ignore_ascii_case(one)));
    (!is_proposed).then_some(cue)
}

#[cfg(test)]
mod tests {
    use super::{super::find, *};

    fn called(text: &str) -> Vec<&str> {
        let mut all = Vec::new();
        find(text, |found| all.extend(act_of_draft(text, &found).map(|range| &text[range])));
        all
    }

    #[test]
    fn drafts_that_are_called_resolutions_are_found() {
        for (text, word) in [
            ("in its resolution A/65/L.9", "resolution"),
            ("General Assembly resolution A/C.3/65/L.48/Rev.1", "resolution"),
            ("the decision A/65/L.9", "decision"),
            ("la résolution A/65/L.9", "résolution"),
        ] {
            assert_eq!(called(text), [word], "{text}");
        }
    }

    #[test]
    fn drafts_that_are_called_drafts_are_not_found() {
        for text in [
            "draft resolution A/65/L.9",
            "draft resolutions A/65/L.9 and A/65/L.10",
            "the draft General Assembly resolution A/65/L.9",
            "le projet de résolution A/65/L.9",
            "el proyecto de resolución A/65/L.9",
            "resolution 65/309 (A/65/L.86)",
            "resolution 65/309, issued as A/65/L.86",
            "the text of the resolution, A/65/L.9",
            "the resolution contained in document A/65/L.9",
            "resolution A/RES/65/170",
            "A/65/L.9",
        ] {
            assert_eq!(called(text), [""; 0], "{text}");
        }
    }
}
