//! The name of a rule.

use std::{fmt, ops::Deref};

/// The id of a rule, such as `slots-overlap`: kebab-case, and the same in the configuration, in reports and on its page.
///
/// ```
/// use rapporteur::RuleId;
///
/// const ID: RuleId = RuleId::new("agenda-item-missing");
/// assert_eq!(ID, "agenda-item-missing");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(&'static str);

impl RuleId {
    /// The id with this text.
    ///
    /// # Panics
    ///
    /// If `id` is not kebab-case. In a `static` or a `const` that is an error of the compiler.
    #[must_use]
    pub const fn new(id: &'static str) -> Self {
        assert!(
            is_kebab_case(id),
            "the id of a rule is lower-case words with hyphens between them"
        );
        Self(id)
    }

    /// Its text.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

/// Whether `text` is lower-case words of ASCII letters and digits, with single hyphens between them.
const fn is_kebab_case(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (mut at, mut is_start) = (0, true);
    while at < bytes.len() {
        match bytes[at] {
            b'a'..=b'z' => is_start = false,
            b'0'..=b'9' if !is_start => {}
            b'-' if !is_start => is_start = true,
            _ => return false,
        }
        at += 1;
    }
    !is_start
}

impl Deref for RuleId {
    type Target = str;

    fn deref(&self) -> &str {
        self.0
    }
}

impl AsRef<str> for RuleId {
    fn as_ref(&self) -> &str {
        self.0
    }
}

impl From<RuleId> for &'static str {
    fn from(id: RuleId) -> Self {
        id.0
    }
}

impl PartialEq<str> for RuleId {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for RuleId {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

impl PartialEq<RuleId> for str {
    fn eq(&self, other: &RuleId) -> bool {
        self == other.0
    }
}

impl PartialEq<RuleId> for &str {
    fn eq(&self, other: &RuleId) -> bool {
        *self == other.0
    }
}

impl PartialEq<RuleId> for String {
    fn eq(&self, other: &RuleId) -> bool {
        self == other.0
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0)
    }
}

/// Written like the text that it is.
impl fmt::Debug for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.0, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_kebab_case() {
        for right in ["a", "slots-overlap", "a1-b2"] {
            assert!(is_kebab_case(right), "{right}");
        }
        for wrong in ["", "-a", "a-", "a--b", "A", "a_b", "1a", "a-1", "é"] {
            assert!(!is_kebab_case(wrong), "{wrong}");
        }
    }

    #[test]
    fn an_id_is_compared_and_shown_as_its_text() {
        let id = RuleId::new("slot-gap");
        assert_eq!(id, "slot-gap");
        assert_eq!("slot-gap", id);
        assert_ne!(*"slot-gaps", id);
        assert_eq!(format!("{id:>9}|{id:?}"), " slot-gap|\"slot-gap\"");
        assert!(id < RuleId::new("syntax") && id.len() == 8);
    }
}
