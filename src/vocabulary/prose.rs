//! `x-prose`: text to compare with other records.

use super::{
    Arguments, Collector, Fact, Form, Given, Keyword, Kind, Meaning, Part, Pointer, Record, key,
    keyword::required,
};
use crate::{message::counted, tree::NodeRef};

pub(super) static KEYWORD: Keyword = Keyword {
    name: "x-prose",
    about: "text to compare with other records",
    repeats: false,
    short: None,
    arguments: &[
        required("text", Kind::Pointers, "the text that is compared"),
        required(
            "same",
            Kind::Pointers,
            "the values that must be equal before two records are compared; a missing one counts as a value",
        ),
    ],
    example: r#"{"text": ["/paragraphs"], "same": ["/event", "/delegation", "/segment"]}"#,
    between: None,
    read: |given| Ok(Box::new(read(given))),
};

/// The arguments of `x-prose`.
#[derive(Clone, Debug, Default)]
pub struct ProseArguments {
    /// Where the text is.
    pub text: Vec<Pointer>,
    /// The values that must be equal before texts are compared.
    pub same: Vec<Part>,
}

fn read(given: &Given<'_>) -> ProseArguments {
    ProseArguments { text: given.pointers("text"), same: given.parts("same") }
}

/// Text to compare with other records.
#[derive(Debug)]
pub struct Prose<'t> {
    /// Equal for records that are to be compared.
    pub key: String,
    /// The nodes whose text is compared.
    pub nodes: Vec<NodeRef<'t>>,
}

impl Arguments for ProseArguments {
    fn parts_mut(&mut self) -> Vec<&mut Part> {
        self.same.iter_mut().collect()
    }

    fn take<'t>(&'t self, node: NodeRef<'t>, collector: &mut Collector<'t>) {
        let same = self.same.iter().map(|part| {
            (part.form, collector.find(node, &part.pointer).map_or("", |text| text.value))
        });
        let kind = collector.record.kind.as_deref().unwrap_or_default();
        let key = key::joined(std::iter::once((Form::Text, kind)).chain(same));
        let nodes = self.text.iter().filter_map(|pointer| pointer.find(node)).collect();
        collector.push(node, Meaning::Prose(Prose { key, nodes }));
    }

    fn describe(&self, fact: &Fact<'_>, _record: &Record<'_>) -> String {
        let Meaning::Prose(prose) = &fact.meaning else { return String::new() };
        let mut words = 0;
        for node in &prose.nodes {
            node.for_each_string(|string| {
                words += string.as_str().unwrap_or_default().split_whitespace().count();
            });
        }
        format!("text to compare, {}", counted(words, "word"))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::vocabulary::testing::{facts, fault};

    #[test]
    fn text_is_compared_even_where_there_is_little() {
        let schema = json!({"x-prose": {"text": ["/body"], "same": ["/event"]}});
        assert_eq!(facts(&schema, "{body: [One two, three]}"), ["text to compare, 3 words"]);
        assert_eq!(facts(&schema, "{event: e}"), ["text to compare, 0 words"]);
    }

    #[test]
    fn the_pointers_are_arrays() {
        assert_eq!(
            fault(&KEYWORD, &json!({"text": [], "same": ["/event"]})),
            "argument `text` of `x-prose` is `[]`; an array of pointers such as `/title` is expected"
        );
        assert_eq!(
            fault(&KEYWORD, &json!({"text": ["/body"]})),
            "`x-prose` lacks the argument `same`"
        );
    }
}
