//! `x-parts`: values that repeat parts of a symbol.

use serde_json::json;

use super::{
    Arguments, Collector, Fact, Given, Keyword, Kind, Meaning, Numbered, Part, Pointer, Record,
    Text, key,
    keyword::{optional, required},
};
use crate::{symbol::Reference, tree::NodeRef};

pub(super) static KEYWORD: Keyword = Keyword {
    name: "x-parts",
    about: "values that repeat parts of a symbol",
    repeats: true,
    short: None,
    arguments: &[
        required("symbol", Kind::Pointer, "the symbol"),
        optional("session", Kind::Pointer, "the session that the symbol names"),
        optional("number", Kind::Pointer, "the number that the symbol names"),
        optional("year", Kind::Pointer, "the year that the symbol names"),
        optional("part", Kind::Pointer, "the letter of a part: `B`, `A and B`"),
        optional(
            "heading",
            Kind::Pointer,
            "the number at the head of an act: `65/170.`, `75/245. B`",
        ),
    ],
    example: r#"{"symbol": "/symbol", "session": "/session", "number": "/number", "part": "/part"}"#,
    between: Some(|| {
        let repeated = ["session", "number", "year", "part", "heading"];
        json!({"anyOf": repeated.map(|name| json!({"required": [name]}))})
    }),
    read: |given| Ok(Box::new(read(given))),
};

/// The arguments of `x-parts`.
#[derive(Clone, Debug, Default)]
pub struct PartsArguments {
    /// Where the symbol is.
    pub symbol: Pointer,
    /// The session that it names.
    pub session: Option<Part>,
    /// The number that it names.
    pub number: Option<Part>,
    /// The year that it names.
    pub year: Option<Part>,
    /// The letter of the part that it names.
    pub part: Option<Pointer>,
    /// The number at the head of the act, `65/170.`
    pub heading: Option<Pointer>,
}

fn read(given: &Given<'_>) -> PartsArguments {
    PartsArguments {
        symbol: given.pointer("symbol").unwrap_or_default(),
        session: given.part("session"),
        number: given.part("number"),
        year: given.part("year"),
        part: given.pointer("part"),
        heading: given.pointer("heading"),
    }
}

/// A symbol, and the values that repeat parts of it.
#[derive(Debug)]
pub struct SymbolParts<'t> {
    /// The symbol as written.
    pub symbol: Text<'t>,
    /// What it names.
    pub named: Reference,
    /// The session.
    pub session: Option<Numbered<'t>>,
    /// The number.
    pub number: Option<Numbered<'t>>,
    /// The year.
    pub year: Option<Numbered<'t>>,
    /// The letter of the part.
    pub part: Option<Text<'t>>,
    /// The number at the head of the act.
    pub heading: Option<Text<'t>>,
}

impl Arguments for PartsArguments {
    fn parts_mut(&mut self) -> Vec<&mut Part> {
        [&mut self.session, &mut self.number, &mut self.year].into_iter().flatten().collect()
    }

    /// Nothing where the symbol cannot be read: other rules report that.
    fn take<'t>(&'t self, node: NodeRef<'t>, collector: &mut Collector<'t>) {
        let Some(symbol) = collector.find(node, &self.symbol) else { return };
        let Some(named) = key::reference(symbol.value) else { return };
        let number = |part: &Option<Part>, read| collector.number(node, part.as_ref()?, read);
        let parts = SymbolParts {
            symbol,
            named,
            session: number(&self.session, key::session),
            number: number(&self.number, key::counted),
            year: number(&self.year, key::year),
            part: collector.find_optional(node, self.part.as_ref()),
            heading: collector.find_optional(node, self.heading.as_ref()),
        };
        collector.push(node, Meaning::Parts(Box::new(parts)));
    }

    fn describe(&self, fact: &Fact<'_>, _record: &Record<'_>) -> String {
        let Meaning::Parts(parts) = &fact.meaning else { return String::new() };
        let number = |number: Option<Numbered<'_>>| {
            let number = number?;
            let (value, text) = (number.value, number.text.value);
            let is_plain = value.to_string() == text;
            Some(if is_plain { text.to_owned() } else { format!("{value} (`{text}`)") })
        };
        let text = |text: Option<Text<'_>>| Some(format!("`{}`", text?.value));
        let all = [
            ("session", number(parts.session)),
            ("number", number(parts.number)),
            ("year", number(parts.year)),
            ("part", text(parts.part)),
            ("heading", text(parts.heading)),
        ];
        let named = all.into_iter().filter_map(|(name, text)| Some(format!("{name} {}", text?)));
        let named = named.collect::<Vec<_>>().join(", ");
        let unread = self.unread(fact.node, parts);
        let symbol = parts.symbol.value;
        match (named.is_empty(), unread.is_empty()) {
            (true, true) => format!("`{symbol}` repeated nowhere"),
            (false, true) => format!("`{symbol}` repeated in {named}"),
            (true, false) => format!("`{symbol}`: {unread}"),
            (false, false) => format!("`{symbol}` repeated in {named}; {unread}"),
        }
    }
}

impl PartsArguments {
    /// The values that are there and could not be read as a number.
    fn unread(&self, node: NodeRef<'_>, parts: &SymbolParts<'_>) -> String {
        let all = [
            (&self.session, parts.session, "a session"),
            (&self.number, parts.number, "a number"),
            (&self.year, parts.year, "a year"),
        ];
        let unread = all.into_iter().filter_map(|(part, read, what)| {
            let value = part.as_ref()?.pointer.find(node)?.scalar_text()?;
            let is_unread = read.is_none() && !value.trim().is_empty();
            is_unread.then(|| format!("`{value}` could not be read as {what}"))
        });
        unread.collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::testing::{facts, fault};

    #[test]
    fn values_are_read_in_their_form() {
        let schema = json!({
            "properties": {"symbol": {}, "session": {"x-form": "ordinal"}, "number": {}, "part": {}},
            "x-parts": {"symbol": "/symbol", "session": "/session", "number": "/number", "part": "/part"}
        });
        let all = "{symbol: A/RES/65/170 B, session: 65th session, number: 170, part: B}";
        assert_eq!(
            facts(&schema, all)[0],
            "`A/RES/65/170 B` repeated in session 65 (`65th session`), number 170, part `B`"
        );
        assert_eq!(facts(&schema, "{symbol: none, number: 170}"), [""; 0]);
    }

    #[test]
    fn values_are_read_inside_a_sentence_and_unread_ones_are_said() {
        let schema = json!({
            "properties": {"pv": {}, "m": {"x-form": "ordinal"}, "day": {"x-form": "iso-date"}},
            "x-parts": {"symbol": "/pv", "number": "/m", "year": "/day"}
        });
        assert_eq!(
            facts(&schema, "{pv: S/PV.77, m: 'its 77th meeting, on 5 May 2001', day: 2001-05-05}")
                [0],
            "`S/PV.77` repeated in number 77 (`its 77th meeting, on 5 May 2001`), year 2001 (`2001-05-05`)"
        );
        assert_eq!(
            facts(&schema, "{pv: S/PV.77, m: 77th and 78th}")[0],
            "`S/PV.77`: `77th and 78th` could not be read as a number"
        );
        assert_eq!(
            facts(&schema, "{pv: S/PV.77, m: 77th, day: soon}")[0],
            "`S/PV.77` repeated in number 77 (`77th`); `soon` could not be read as a year"
        );
        assert_eq!(facts(&schema, "{pv: S/PV.77, m: ' '}")[0], "`S/PV.77` repeated nowhere");
    }

    #[test]
    fn the_symbol_is_required() {
        assert_eq!(
            fault(&KEYWORD, &json!({"number": "/n"})),
            "`x-parts` lacks the argument `symbol`"
        );
    }
}
