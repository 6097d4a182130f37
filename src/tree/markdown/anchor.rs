//! The names of headings: the key of a section in the tree, and the anchor by which links lead to it.

use std::collections::HashMap;

/// The anchor of a heading as code hosts make it: small letters, no punctuation, each space a hyphen.
#[must_use]
pub fn anchor(heading: &str) -> String {
    let is_part = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    heading
        .trim()
        .chars()
        .filter(is_part)
        .flat_map(|c| if c == ' ' { '-' } else { c }.to_lowercase())
        .collect()
}

/// The anchors of one text, in which a repeated one gets a number.
#[derive(Debug, Default)]
pub struct Anchors(HashMap<String, u32>);

impl Anchors {
    /// The anchor of the next heading.
    #[must_use]
    pub fn next(&mut self, heading: &str) -> String {
        let plain = anchor(heading);
        let count = self.0.entry(plain.clone()).or_insert(0);
        *count += 1;
        match *count {
            1 => plain,
            more => format!("{plain}-{}", more - 1),
        }
    }
}

/// The key of a heading, a field or a column: its words in small letters with hyphens between them. Empty for marks only.
#[must_use]
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_alphanumeric() {
            slug.extend(c.to_lowercase());
        } else if !matches!(c, '\'' | '’') && !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// The names used in one object, each of which is there once.
#[derive(Debug, Default)]
pub(super) struct Names(HashMap<String, u32>);

impl Names {
    /// `name`, with a number if it was used before.
    pub(super) fn unique(&mut self, name: String) -> String {
        let count = self.0.get(&name).copied().unwrap_or(0);
        if count == 0 {
            self.0.insert(name.clone(), 1);
            return name;
        }
        let mut number = count + 1;
        let mut numbered = format!("{name}-{number}");
        while self.0.contains_key(&numbered) {
            number += 1;
            numbered = format!("{name}-{number}");
        }
        self.0.insert(name, number);
        self.0.insert(numbered.clone(), 1);
        numbered
    }

    /// Whether the name was used.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_has_words_and_hyphens_only() {
        for (text, expected) in [
            ("Date & Time", "date-time"),
            ("  Follow-up from the last meeting ", "follow-up-from-the-last-meeting"),
            ("Présents", "présents"),
            ("📅 Mar 11, 2026", "mar-11-2026"),
            ("Ann's notes", "anns-notes"),
            ("???", ""),
        ] {
            assert_eq!(slug(text), expected, "{text}");
        }
    }

    #[test]
    fn an_anchor_keeps_every_space_and_a_repeated_one_gets_a_number() {
        assert_eq!(anchor("Parcel WG – 11 March"), "parcel-wg--11-march");
        let mut anchors = Anchors::default();
        let all: Vec<String> = ["Notes", "notes", "NOTES"].map(|text| anchors.next(text)).into();
        assert_eq!(all, ["notes", "notes-1", "notes-2"]);
    }

    #[test]
    fn repeated_names_get_numbers() {
        let mut names = Names::default();
        let mut next = |name: &str| names.unique(name.to_owned());
        assert_eq!([next("a"), next("a"), next("a-2"), next("a")], ["a", "a-2", "a-2-2", "a-3"]);
    }
}
