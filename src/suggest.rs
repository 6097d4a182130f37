//! "Did you mean": the nearest of the names that exist.

/// The candidate nearest to `word`, if one is near enough that it was probably meant: at most a third
/// of the letters differ, and never more than three. Transposed neighbours count as one difference.
/// Of equally near candidates the first wins.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = word.to_lowercase();
    let allowed = (word.chars().count() / 3).clamp(1, 3);
    candidates
        .into_iter()
        .filter(|candidate| *candidate != word)
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
    }
}
