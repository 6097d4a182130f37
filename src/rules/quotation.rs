//! What stands between quotation marks: the words of somebody else, which are left as they are.

/// Whether the text at `at` lies between quotation marks.
pub(super) fn is_quoted(text: &str, at: usize) -> bool {
    let (before, after) = text.split_at(at);
    let within = |open: char, close: char| {
        let opened = before.rfind(open);
        opened.is_some_and(|open| before.rfind(close) < Some(open)) && after.contains(close)
    };
    let straight = before.matches('"').count() % 2 == 1 && after.contains('"');
    straight || within('“', '”') || within('«', '»') || within('„', '“')
}

#[cfg(test)]
mod tests {
    use super::is_quoted;

    fn quoted(text: &str) -> bool {
        is_quoted(text, text.find("here").unwrap())
    }

    #[test]
    fn words_between_a_pair_of_marks_are_quoted() {
        for text in
            ["a “b here c” d", "a \"here\" b", "« ici here »", "„hier here“", "“a” b “here”"]
        {
            assert!(quoted(text), "{text}");
        }
    }

    #[test]
    fn words_after_a_pair_or_beside_a_single_mark_are_not() {
        for text in
            ["here", "“a” here", "\"a\" here", "a 5\" here", "“here", "here”", "«a» here «b»"]
        {
            assert!(!quoted(text), "{text}");
        }
    }
}
