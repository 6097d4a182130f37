//! Texts that are read as one, such as a configuration and those that it extends: a place in any of them is an offset in all.

use std::{ops::Range, sync::Arc};

use super::Source;

/// Some texts, one behind the other. There is at least one.
#[derive(Clone, Debug)]
pub struct Parts {
    first: Arc<Source>,
    /// The others, each with the offset of its first byte.
    more: Vec<(usize, Arc<Source>)>,
}

impl Parts {
    /// One text.
    #[must_use]
    pub fn of(source: Arc<Source>) -> Self {
        Self { first: source, more: Vec::new() }
    }

    /// Adds a text behind the others.
    pub fn push(&mut self, source: Arc<Source>) {
        let start = self.end();
        self.more.push((start, source));
    }

    /// The offset at which the next text begins: one byte is between two texts, so that the end of one is not in the next.
    #[must_use]
    pub fn end(&self) -> usize {
        let (start, last) = self.more.last().map_or((0, &self.first), |(start, one)| (*start, one));
        start + last.text.len() + 1
    }

    /// All texts, in their order.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Source>> {
        std::iter::once(&self.first).chain(self.more.iter().map(|(_, source)| source))
    }

    /// The number of the text with an offset, and the offset at which it begins.
    #[must_use]
    pub fn at(&self, offset: usize) -> (usize, usize) {
        let number = self.more.partition_point(|(start, _)| *start <= offset);
        let start = number.checked_sub(1).and_then(|at| self.more.get(at)).map_or(0, |(at, _)| *at);
        (number, start)
    }

    /// The text with a place, and the place in it.
    #[must_use]
    pub fn locate(&self, span: &Range<usize>) -> (&Arc<Source>, Range<usize>) {
        let (number, start) = self.at(span.start);
        let source = self.iter().nth(number).unwrap_or(&self.first);
        (source, span.start - start..span.end.saturating_sub(start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Syntax;

    #[test]
    fn a_place_is_found_in_its_text() {
        let source = |path: &str, text: &str| Arc::new(Source::new(path, Syntax::Yaml, text));
        let mut parts = Parts::of(source("a", "one"));
        parts.push(source("b", ""));
        parts.push(source("c", "three"));
        let found = |span: Range<usize>| {
            let (source, span) = parts.locate(&span);
            (source.path.clone(), span)
        };
        assert_eq!(found(0..3), ("a".to_owned(), 0..3));
        assert_eq!(found(3..3), ("a".to_owned(), 3..3), "the end of a text is in it");
        assert_eq!(found(4..4), ("b".to_owned(), 0..0));
        assert_eq!(found(6..9), ("c".to_owned(), 1..4));
        assert_eq!((parts.end(), parts.iter().count()), (11, 3));
    }
}
