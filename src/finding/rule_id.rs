//! The name of a rule.

use std::{fmt, ops::Deref};

/// The id of a rule, such as `slots-overlap`: kebab-case, and the same in the configuration, in reports and on its page. The rule of a
/// project begins with `project/`.
///
/// The text is kept in place, so that the id of a rule that a configuration declares is plain data too.
///
/// ```
/// use rapporteur::RuleId;
///
/// const ID: RuleId = RuleId::new("agenda-item-missing");
/// assert_eq!(ID, "agenda-item-missing");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId {
    /// The text, and zeros behind it.
    bytes: [u8; Self::LONGEST],
    length: u8,
}

impl RuleId {
    /// The most bytes that an id has.
    pub const LONGEST: usize = 63;
    /// What the ids of the rules of a project begin with.
    pub const OF_PROJECT: &'static str = "project/";

    /// The id with this text.
    ///
    /// # Panics
    ///
    /// If `id` is not kebab-case, or longer than [`RuleId::LONGEST`]. In a `static` or a `const` that is an error of the compiler.
    #[must_use]
    pub const fn new(id: &'static str) -> Self {
        assert!(
            is_kebab_case(id.as_bytes()),
            "the id of a rule is lower-case words with hyphens between them"
        );
        assert!(id.len() <= Self::LONGEST, "the id of a rule has at most 63 letters");
        Self::of_bytes(id.as_bytes())
    }

    /// The id of a rule of a project, if `id` begins with `project/` and is kebab-case behind it.
    #[must_use]
    pub fn of_project(id: &str) -> Option<Self> {
        let name = id.strip_prefix(Self::OF_PROJECT)?;
        let is_right = is_kebab_case(name.as_bytes()) && id.len() <= Self::LONGEST;
        is_right.then(|| Self::of_bytes(id.as_bytes()))
    }

    const fn of_bytes(id: &[u8]) -> Self {
        let mut bytes = [0; Self::LONGEST];
        let mut at = 0;
        while at < id.len() {
            bytes[at] = id[at];
            at += 1;
        }
        Self { bytes, length: id.len() as u8 }
    }

    /// Its text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        let text = self.bytes.get(..usize::from(self.length)).unwrap_or_default();
        // Every id is made of a text.
        str::from_utf8(text).unwrap_or_default()
    }
}

/// Whether `text` is lower-case words of ASCII letters and digits, with single hyphens between them.
const fn is_kebab_case(bytes: &[u8]) -> bool {
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
        self.as_str()
    }
}

impl AsRef<str> for RuleId {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl PartialEq<str> for RuleId {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for RuleId {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl PartialEq<RuleId> for str {
    fn eq(&self, other: &RuleId) -> bool {
        self == other.as_str()
    }
}

impl PartialEq<RuleId> for &str {
    fn eq(&self, other: &RuleId) -> bool {
        *self == other.as_str()
    }
}

impl PartialEq<RuleId> for String {
    fn eq(&self, other: &RuleId) -> bool {
        self == other.as_str()
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Written like the text that it is.
impl fmt::Debug for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_kebab_case() {
        for right in ["a", "slots-overlap", "a1-b2"] {
            assert!(is_kebab_case(right.as_bytes()), "{right}");
        }
        for wrong in ["", "-a", "a-", "a--b", "A", "a_b", "1a", "a-1", "é"] {
            assert!(!is_kebab_case(wrong.as_bytes()), "{wrong}");
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
        assert!(RuleId::new("slot") < id && RuleId::new("slot-gaps") > id);
    }

    #[test]
    fn the_id_of_a_rule_of_a_project_has_its_prefix() {
        let id = RuleId::of_project("project/one-clerk").unwrap();
        assert_eq!((id, id.len()), (RuleId::of_project("project/one-clerk").unwrap(), 17));
        assert_eq!(id, "project/one-clerk");
        for wrong in ["one-clerk", "project/", "project/One", "project/a/b", "projects/a"] {
            assert_eq!(RuleId::of_project(wrong), None, "{wrong}");
        }
        let longest = format!("project/{}", "a".repeat(RuleId::LONGEST - 8));
        assert!(RuleId::of_project(&longest).is_some_and(|id| *id == *longest));
        assert_eq!(RuleId::of_project(&format!("{longest}a")), None);
    }
}
