//! `x-agrees`: said elsewhere as well.

use serde_json::json;

use super::{
    Arguments, Collector, Fact, Given, Keyword, Kind, Meaning, Part, Pointer, Record, Text,
    arguments::Fault,
    key,
    keyword::{optional, required},
};
use crate::tree::NodeRef;

pub(super) static KEYWORD: Keyword = Keyword {
    name: "x-agrees",
    about: "said elsewhere as well",
    repeats: true,
    short: None,
    arguments: &[
        required(
            "on",
            Kind::Text,
            "what is said, as messages call it, in small letters: `title`, `name`, `venue`",
        ),
        optional(
            "of",
            Kind::Pointers,
            "the values that identify what it is said of, such as the number of an agenda item or the id of a panel; \
             without it, it is said of the event itself",
        ),
        required(
            "value",
            Kind::PointerOrPointers,
            "the text, or several texts that make one, with commas between them",
        ),
        optional("also", Kind::Pointer, "other texts that mean the same, as a list of other names"),
        optional(
            "authority",
            Kind::Flag,
            "`true`: this record decides, and the others are compared with it",
        ),
        optional(
            "parts",
            Kind::Flag,
            "`true`: the text is a list of parts with commas between them, as a place is; naming fewer of them is no \
             mistake",
        ),
        optional(
            "strict",
            Kind::Flag,
            "`true`: a text that has no word in common with the other one is reported too, because it is no heading of its own",
        ),
        optional(
            "everywhere",
            Kind::Flag,
            "`true`: it is said in all records of the project, whichever event they belong to, as the name of a body is said of its \
             id. The texts must then be the same but for capitals; `of` is required",
        ),
    ],
    example: r#"{"on": "title", "of": ["/number"], "value": "/subject"}"#,
    between: Some(|| json!({"if": {"required": ["everywhere"]}, "then": {"required": ["of"]}})),
    read,
};

/// The arguments of `x-agrees`.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the keyword")]
pub struct AgreesArguments {
    /// What it is that is said.
    pub on: String,
    /// The values that identify what it is said of; none where it is said of the event.
    pub of: Vec<Part>,
    /// The text, or the texts that make it.
    pub value: Vec<Pointer>,
    /// Other texts that mean the same.
    pub also: Option<Pointer>,
    /// Whether this record decides.
    pub authority: bool,
    /// Whether the text is a list of parts, of which another record may name fewer.
    pub parts: bool,
    /// Whether texts that have nothing in common are compared too.
    pub strict: bool,
    /// Whether all records of the project say it, and not only those of one event.
    pub everywhere: bool,
}

fn read(given: &Given<'_>) -> Result<Box<dyn Arguments>, Fault> {
    if given.has("everywhere") && !given.has("of") {
        return Err(given.fault("with `everywhere`, `of` must say of what it is said"));
    }
    Ok(Box::new(AgreesArguments {
        on: given.text("on"),
        of: given.parts("of"),
        value: given.pointers("value"),
        also: given.pointer("also"),
        authority: given.flag("authority"),
        parts: given.flag("parts"),
        strict: given.flag("strict"),
        everywhere: given.flag("everywhere"),
    }))
}

/// Something that other records of the event say as well.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the keyword")]
pub struct Agrees<'t> {
    /// What is said.
    pub on: &'t str,
    /// Of what it is said: equal where it is said of the same; empty where it is said of the event.
    pub of: String,
    /// The texts that make what is said; there is at least one.
    pub texts: Vec<Text<'t>>,
    /// Other texts that mean the same.
    pub also: Vec<Text<'t>>,
    /// Whether this record decides.
    pub authority: bool,
    /// Whether what is said is a list of parts.
    pub parts: bool,
    /// Whether texts that have nothing in common are compared too.
    pub strict: bool,
    /// Whether all records of the project say it, and not only those of one event.
    pub everywhere: bool,
}

impl Agrees<'_> {
    /// What is said, in one line.
    #[must_use]
    pub fn text(&self) -> String {
        self.texts.iter().map(|text| text.value).collect::<Vec<_>>().join(", ")
    }
}

impl Arguments for AgreesArguments {
    fn parts_mut(&mut self) -> Vec<&mut Part> {
        self.of.iter_mut().collect()
    }

    fn take<'t>(&'t self, node: NodeRef<'t>, collector: &mut Collector<'t>) {
        let Some(of) = collector.values(node, &self.of) else { return };
        let find = |pointer| collector.find(node, pointer);
        let texts: Vec<Text<'t>> = self.value.iter().filter_map(find).collect();
        if texts.is_empty() {
            return;
        }
        let also = self.also.iter().flat_map(|also| collector.find_all(node, also)).collect();
        let (on, of) = (self.on.as_str(), key::joined(of));
        let Self { authority, parts, strict, everywhere, .. } = *self;
        let agrees = Agrees { on, of, texts, also, authority, parts, strict, everywhere };
        collector.push(node, Meaning::Agrees(Box::new(agrees)));
    }

    fn describe(&self, fact: &Fact<'_>, _record: &Record<'_>) -> String {
        let Meaning::Agrees(agrees) = &fact.meaning else { return String::new() };
        let of = match agrees.of.as_str() {
            "" => "the event".to_owned(),
            of => format!("`{}`", of.replace('\u{1f}', ", ")),
        };
        let also = match agrees.also.len() {
            0 => String::new(),
            count => format!(", also said in {count} other ways"),
        };
        let decides = if agrees.authority { ", which decides" } else { "" };
        format!("{} of {of}: `{}`{also}{decides}", agrees.on, agrees.text())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::testing::{facts, fault, reads};

    #[test]
    fn the_text_and_what_is_said_are_required() {
        assert!(reads(
            &KEYWORD,
            &json!({"on": "place", "value": ["/room", "/city"], "parts": true})
        ));
        assert_eq!(
            fault(&KEYWORD, &json!({"on": "title"})),
            "`x-agrees` lacks the argument `value`"
        );
        assert_eq!(
            fault(&KEYWORD, &json!({"on": "", "value": "/title"})),
            "argument `on` of `x-agrees` is empty; a text is expected"
        );
        assert_eq!(
            fault(&KEYWORD, &json!({"on": "name", "value": "/name", "everywhere": true})),
            "`x-agrees`: with `everywhere`, `of` must say of what it is said"
        );
    }

    #[test]
    fn the_texts_that_are_there_make_one() {
        let schema =
            json!({"x-agrees": {"on": "venue", "value": ["/room", "/city"], "also": "/old"}});
        assert_eq!(
            facts(&schema, "{room: Hall, city: Rome, old: [A, B]}"),
            ["venue of the event: `Hall, Rome`, also said in 2 other ways"]
        );
        assert_eq!(facts(&schema, "{city: Rome}"), ["venue of the event: `Rome`"]);
        assert_eq!(facts(&schema, "{old: [A]}"), [""; 0]);
    }

    #[test]
    fn where_what_it_is_said_of_is_missing_there_is_no_fact() {
        let schema =
            json!({"x-agrees": {"on": "title", "of": ["/n"], "value": "/t", "authority": true}});
        assert_eq!(facts(&schema, "{n: 1, t: A}"), ["title of `1`: `A`, which decides"]);
        assert_eq!(facts(&schema, "{t: A}"), [""; 0]);
    }
}
