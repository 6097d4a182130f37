//! Texts that name one act or document, and nothing of it or beside it.

use super::{Parsed, Reference, find, parse_citation, parse_symbol};

/// The one act or document that a text names, if it says nothing else: no paragraph of it, no annex, no second one.
#[must_use]
pub fn whole_reference(text: &str) -> Option<Reference> {
    /// Words beside the number or the symbol.
    const WORDS: [&str; 43] = [
        "resolution",
        "résolution",
        "resolución",
        "decision",
        "décision",
        "decisión",
        "document",
        "report",
        "its",
        "the",
        "of",
        "dated",
        "date",
        "fecha",
        "en",
        "la",
        "le",
        "l",
        "de",
        "du",
        "del",
        "el",
        "united",
        "nations",
        "un",
        "no",
        "general",
        "assembly",
        "assemblée",
        "générale",
        "asamblea",
        "security",
        "council",
        "conseil",
        "consejo",
        "economic",
        "and",
        "social",
        "human",
        "rights",
        "trusteeship",
        "see",
        "as",
    ];
    let mut found = Vec::new();
    find(text, |one| found.push(one));
    let Some(one) = found.pop().filter(|_| found.is_empty()) else {
        return reference(text).filter(|_| found.is_empty());
    };
    let date = one.date.as_ref().map_or(one.range.end..one.range.end, |date| date.range.clone());
    let rest = [&text[..one.range.start], &text[one.range.end..date.start], &text[date.end..]];
    let mut words = rest.iter().flat_map(|part| part.split(|c: char| !c.is_alphanumeric()));
    let is_known = |word: &str| {
        word.is_empty() || WORDS.contains(&word) || WORDS.contains(&word.to_lowercase().as_str())
    };
    words.all(is_known).then_some(one.reference)
}

/// What a symbol, or a citation in the place of one, refers to.
#[must_use]
pub fn reference(text: &str) -> Option<Reference> {
    match parse_symbol(text) {
        Ok(Parsed::Known { symbol, .. }) => Some(Reference::Symbol(symbol)),
        Ok(Parsed::Unknown) => None,
        Err(_) => parse_citation(text).ok().map(Reference::Citation),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_says_more_than_the_document_is_not_whole() {
        for text in [
            "resolution 63/184",
            "63/184 of 18 December 2008",
            "General Assembly resolution 63/184 of 18 December 2008",
            "A/65/203",
            "the report A/65/203",
        ] {
            assert!(whole_reference(text).is_some(), "{text}");
        }
        for text in [
            "",
            "the report",
            "paragraph 4 of resolution 63/184",
            "resolution 63/184, annex",
            "resolutions 63/184 and 63/185",
            "resolution 63/184 on the protection of ferries",
        ] {
            assert!(whole_reference(text).is_none(), "{text}");
        }
    }
}
