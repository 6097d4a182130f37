//! A pattern of `patternProperties`, which the names of members match or do not.

use regex::Regex;

/// A pattern of names.
#[derive(Clone, Debug)]
pub(super) enum NamePattern {
    /// The names begin so, as with `^x-`: by far the commonest pattern, and a regular expression takes long to make.
    Prefix(Box<str>),
    /// Any other.
    Regex(Regex),
}

impl NamePattern {
    /// Reads a pattern; nothing where it does not run in linear time.
    pub(super) fn read(pattern: &str) -> Option<Self> {
        let is_itself = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        match pattern.strip_prefix('^') {
            Some(prefix) if prefix.bytes().all(is_itself) => Some(Self::Prefix(prefix.into())),
            _ => Regex::new(pattern).ok().map(Self::Regex),
        }
    }

    /// Whether a name matches.
    pub(super) fn is_match(&self, name: &str) -> bool {
        match self {
            Self::Prefix(prefix) => name.starts_with(&**prefix),
            Self::Regex(regex) => regex.is_match(name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_is_matched_as_the_regular_expression_would() {
        for pattern in ["^x-", "^", "^a_1", "^x.", "^x$", "^(a|b)", "x-", r"^\d", "^é"] {
            let (read, regex) = (NamePattern::read(pattern).unwrap(), Regex::new(pattern).unwrap());
            for name in ["x-", "x-note", "x", "a_1b", "a", "ax-", "1", "é", "", "X-"] {
                assert_eq!(read.is_match(name), regex.is_match(name), "{pattern} on {name:?}");
            }
        }
        assert!(matches!(NamePattern::read("^x-"), Some(NamePattern::Prefix(_))));
        assert!(NamePattern::read("^(?=x)").is_none());
    }
}
