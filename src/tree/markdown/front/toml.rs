//! Front matter in TOML: its tables are objects, in the order written.

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::broken;
use crate::{
    source::Span,
    tree::{
        Builder, Kind, MAX_DEPTH, Style,
        failure::{Failure, Read},
    },
};

/// Reads the part `at` of a text into an object, which stays open.
pub(super) fn read(builder: &mut Builder, text: &str, at: Span) -> Read<()> {
    let inside = text.get(at.range()).unwrap_or_default();
    let table = DeTable::parse(inside).map_err(|error| {
        let range = error.span().unwrap_or_default();
        let end = range.end.min(inside.len());
        let span = at.part(range.start.min(end) as u32, 0);
        broken(Span::new(span.start, at.start + end as u32), error.message())
    })?;
    let root = builder.open(Kind::Object, at.start);
    builder.root(root);
    Writer { builder, text, from: at.start }.members(table.get_ref())
}

struct Writer<'b, 't> {
    builder: &'b mut Builder,
    text: &'t str,
    /// Where the front matter begins.
    from: u32,
}

impl Writer<'_, '_> {
    fn span<T>(&self, value: &Spanned<T>) -> Span {
        let range = value.span();
        Span::new(self.from + range.start as u32, self.from + range.end as u32)
    }

    fn members(&mut self, table: &DeTable<'_>) -> Read<()> {
        let mut members: Vec<_> = table.iter().collect();
        members.sort_by_key(|(key, _)| key.span().start);
        for (key, value) in members {
            self.string(self.span(key), key.get_ref());
            self.value(value)?;
        }
        Ok(())
    }

    /// Where a value is written with all that is in it: a table may be in several pieces.
    fn extent(&self, value: &Spanned<DeValue<'_>>) -> Span {
        let own = self.span(value);
        let DeValue::Table(table) = value.get_ref() else { return own };
        table.iter().fold(own, |all, (key, value)| {
            let (key, value) = (self.span(key), self.extent(value));
            let start = all.start.min(key.start).min(value.start);
            Span::new(start, all.end.max(key.end).max(value.end))
        })
    }

    fn value(&mut self, value: &Spanned<DeValue<'_>>) -> Read<()> {
        let span = self.extent(value);
        if self.builder.depth() >= MAX_DEPTH {
            return Err(Failure::too_deep(span));
        }
        match value.get_ref() {
            DeValue::String(text) => self.string(span, text),
            DeValue::Boolean(value) => {
                self.builder.value(Kind::Bool(*value), span);
            }
            DeValue::Datetime(moment) => self.string(span, &moment.to_string()),
            DeValue::Integer(number) if number.radix() == 10 => self.number(span, number.as_str()),
            DeValue::Integer(number) => {
                let value = i64::from_str_radix(number.as_str(), number.radix());
                let value = value.map_err(|_| Failure::out_of_range(span))?;
                self.number(span, &value.to_string());
            }
            DeValue::Float(number) => self.number(span, number.as_str()),
            DeValue::Array(values) => {
                self.builder.open(Kind::Array, span.start);
                let mut end = span.end;
                for value in values {
                    end = end.max(self.extent(value).end);
                    self.value(value)?;
                }
                self.builder.close(end);
            }
            DeValue::Table(table) => {
                self.builder.open(Kind::Object, span.start);
                self.members(table)?;
                self.builder.close(span.end);
            }
        }
        Ok(())
    }

    /// A number as JSON writes it; what JSON has no number for stays a text.
    fn number(&mut self, span: Span, text: &str) {
        let text = text.trim_start_matches('+');
        let is_number = serde_json::from_str::<serde_json::Number>(text).is_ok();
        let kind = if is_number { Kind::Number } else { Kind::String };
        if self.text.get(span.range()) == Some(text) {
            self.builder.verbatim(kind, Style::Plain, span, span);
        } else {
            self.builder.decoded(kind, Style::Plain, span, text);
        }
    }

    fn string(&mut self, span: Span, value: &str) {
        let written = self.text.get(span.range()).unwrap_or_default();
        let inside = Span::new(span.start + 1, span.end.saturating_sub(1).max(span.start + 1));
        if written == value {
            self.builder.verbatim(Kind::String, Style::Plain, span, span);
        } else if written.starts_with(['"', '\'']) && self.text.get(inside.range()) == Some(value) {
            self.builder.verbatim(Kind::String, Style::Quoted, span, inside);
        } else {
            self.builder.decoded(Kind::String, Style::Block, span, value);
        }
    }
}
