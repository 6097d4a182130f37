//! "Did you mean": the nearest of the names that exist.

/// A word of more letters is hardly mistyped by a few, and the time to compare two grows with the square of their lengths.
const LONGEST: usize = 120;

/// The candidate nearest to `word`, if one is near enough that it was probably meant: at most a third
/// of the letters differ, and never more than three. Transposed neighbours count as one difference.
/// Of equally near candidates the first wins. For a text of more than 120 letters there is none.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let letters = word.chars().take(LONGEST + 1).count();
    if letters > LONGEST {
        return None;
    }
    let folded = word.to_lowercase();
    let allowed = (letters / 3).clamp(1, 3);
    // Those that differ more in length alone need not be compared; a capital may stand for up to three small letters.
    let lengths = letters.saturating_sub(allowed) / 3..=3 * letters + allowed;
    let longest = *lengths.end();
    candidates
        .into_iter()
        .filter(|candidate| *candidate != word)
        .filter(|candidate| lengths.contains(&candidate.chars().take(longest + 1).count()))
        .map(|candidate| (strsim::osa_distance(&folded, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn near_names_are_suggested_and_far_ones_are_not() {
        assert_eq!(nearest("tilte", ["title", "date"]), Some("title"));
        assert_eq!(nearest("Kind", ["kind"]), Some("kind"));
        assert_eq!(nearest("venue", ["title", "date"]), None);
        assert_eq!(nearest("id", ["ix", "abc"]), Some("ix"));
        assert_eq!(nearest("İd", ["id"]), Some("id"), "its small form has two letters");
    }

    #[test]
    fn texts_are_not_compared_letter_by_letter() {
        let text = |letters, last| format!("{}{last}", "a".repeat(letters));
        let (word, near) = (text(119, "x"), text(119, "y"));
        assert_eq!(nearest(&word, [near.as_str()]), Some(near.as_str()));
        let (word, near) = (text(120, "x"), text(120, "y"));
        assert_eq!(nearest(&word, [near.as_str()]), None, "one letter more");
        // Each by itself would take minutes.
        let (word, other) = (text(1_000_000, "x"), text(1_000_000, "y"));
        assert_eq!(nearest(&word, [other.as_str()]), None);
        assert_eq!(nearest("aaaaaa", [other.as_str(), "aaaaab"]), Some("aaaaab"));
    }
}
