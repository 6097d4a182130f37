//! `[schemas]`: how the schemas of the project are read.

use std::ops::Range;

use super::{Reader, Value, choices, did_you_mean, in_order, keys};
use crate::{schema::Formats, suggest};

impl Reader<'_> {
    /// What `format` does, and the place where that is set.
    pub(super) fn read_schemas(
        &mut self,
        value: &Value<'_>,
        formats: &mut Option<(Formats, Range<usize>)>,
    ) {
        let Some(table) = value.get_ref().as_table() else {
            let help = Some("write `[schemas]`, and its keys below".to_owned());
            return self.wrong_type(value, "`schemas` is", "a table", help);
        };
        for (key, value) in in_order(table) {
            match key.get_ref().as_ref() {
                "format" => {
                    *formats = self.read_formats(value).map(|formats| (formats, key.span()));
                }
                _ => self.unknown_key(key, &keys::names(keys::SCHEMAS)),
            }
        }
    }

    fn read_formats(&mut self, value: &Value<'_>) -> Option<Formats> {
        let Some(word) = value.get_ref().as_str() else {
            self.wrong_type(value, "`format` is", "a text", None);
            return None;
        };
        let formats = Formats::of_word(word);
        if formats.is_none() {
            let near = suggest::nearest(word, Formats::WORDS);
            let help = near
                .map_or_else(|| format!("write one of {}", choices(&Formats::WORDS)), did_you_mean);
            let message = format!("`format` is `{word}`, which is not one of its values");
            self.problem(value.span(), message, Some(help));
        }
        formats
    }
}
