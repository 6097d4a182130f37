//! The words about numbers.

use super::Walker;
use crate::{
    fact::{Meaning, Numbered, SymbolParts, key},
    schema::vocabulary::{Part, PartsWord},
    tree::NodeRef,
};

impl<'t> Walker<'t> {
    /// Nothing where the symbol cannot be read: other rules speak of that.
    pub(super) fn parts(&self, word: &PartsWord, node: NodeRef<'t>) -> Option<Meaning<'t>> {
        let symbol = self.find(node, &word.symbol)?;
        let named = key::reference(symbol.value)?;
        let number = |part: &Option<Part>, read: fn(_, _) -> Option<u32>| {
            let part = part.as_ref()?;
            let text = self.find(node, &part.pointer)?;
            Some(Numbered { value: read(part.form, text.value)?, text })
        };
        Some(Meaning::Parts(Box::new(SymbolParts {
            symbol,
            named,
            session: number(&word.session, key::session),
            number: number(&word.number, key::number),
            year: number(&word.year, key::number),
            part: self.find_optional(node, word.part.as_ref()),
            heading: self.find_optional(node, word.heading.as_ref()),
        })))
    }
}
