//! Whether `format` checks a value or only describes it. JSON Schema leaves that to the program: draft 2020-12 has one vocabulary for
//! each (JSON Schema Validation, draft 2020-12, section 7.2).

use serde_json::Value;

use super::validator::ANY_DATE;

/// What `format` does in the schemas of a project.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Formats {
    /// A value that does not have the format is wrong.
    #[default]
    Assertion,
    /// The format only describes the value.
    Annotation,
}

impl Formats {
    /// The words of the configuration.
    pub const WORDS: [&str; 2] = ["assertion", "annotation"];

    /// What a word of the configuration means.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        [Self::Assertion, Self::Annotation].into_iter().find(|one| one.word() == word)
    }

    /// The word of the configuration.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Assertion => "assertion",
            Self::Annotation => "annotation",
        }
    }
}

/// Takes out every `format`. Of the rows of a table, only the configuration says what is a date, so that one stays. So do the
/// conditions of our own keywords, which nothing else reads.
pub(super) fn without_formats(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            if object.get("format").and_then(Value::as_str).is_some_and(|name| name != ANY_DATE) {
                object.remove("format");
            }
            let schemas = object.iter_mut().filter(|(name, _)| {
                !super::patterns::DATA.contains(&name.as_str()) && !name.starts_with("x-")
            });
            schemas.for_each(|(_, value)| without_formats(value));
        }
        Value::Array(items) => items.iter_mut().for_each(without_formats),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn formats_are_taken_out_at_any_depth_and_data_stays() {
        let mut schema = json!({
            "format": "date",
            "properties": {"format": {"type": "string", "format": "uri"}, "day": {"format": ANY_DATE}},
            "anyOf": [{"items": {"format": "time"}}],
            "const": {"format": "date"},
            "x-date": {"when": {"properties": {"day": {"format": "date"}}}},
        });
        without_formats(&mut schema);
        let expected = json!({
            "properties": {"format": {"type": "string"}, "day": {"format": ANY_DATE}},
            "anyOf": [{"items": {}}],
            "const": {"format": "date"},
            "x-date": {"when": {"properties": {"day": {"format": "date"}}}},
        });
        assert_eq!(schema, expected);
    }

    #[test]
    fn the_words_are_read_as_they_are_written() {
        for word in Formats::WORDS {
            assert_eq!(Formats::of_word(word).map(Formats::word), Some(word));
        }
        assert_eq!(Formats::of_word("asserted"), None);
    }
}
