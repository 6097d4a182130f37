//! The words about numbers.

use super::{Walker, opening};
use crate::{
    fact::{Counts, Meaning, Numbered, SymbolParts, key},
    schema::vocabulary::{CountsWord, Form, Part, PartsWord, Total},
    tree::NodeRef,
};

impl<'t> Walker<'t, '_> {
    /// Nothing where the symbol cannot be read: other rules speak of that.
    pub(super) fn parts(&self, word: &PartsWord, node: NodeRef<'t>) -> Option<Meaning<'t>> {
        let symbol = self.find(node, &word.symbol)?;
        let named = key::reference(symbol.value)?;
        let number = |part: &Option<Part>, read| self.number(part.as_ref()?, read, node);
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

    /// Nothing where a figure cannot be read, and where there is no list: it is not recorded then.
    pub(super) fn counts(&self, word: &CountsWord, node: NodeRef<'t>) -> Option<Counts<'t>> {
        let number = |part: &Part| self.number(part, key::number, node);
        match word {
            CountsWord::List { figure, list } => {
                let list = list.find(node).filter(|list| list.is_array())?;
                let name = list.key().and_then(|key| self.text(key));
                let place = name.map_or_else(|| self.place(list, opening(list)), |name| name.place);
                let len = list.elements().count();
                Some(Counts::List { figure: number(figure)?, len, name, list: place })
            }
            CountsWord::Sum { addends, total } => {
                let addends = addends.iter().map(number).collect::<Option<Vec<_>>>()?;
                let (total, wanted) = match total {
                    Total::Figure(total) => {
                        let total = number(total)?;
                        (Some(total), total.value)
                    }
                    Total::Is(wanted) => (None, *wanted),
                };
                Some(Counts::Sum { addends, total, wanted })
            }
        }
    }

    fn number(
        &self,
        part: &Part,
        read: fn(Form, &str) -> Option<u32>,
        node: NodeRef<'t>,
    ) -> Option<Numbered<'t>> {
        let text = self.find(node, &part.pointer)?;
        Some(Numbered { value: read(part.form, text.value)?, text })
    }
}
