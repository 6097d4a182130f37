//! `x-link`: the path of a file of the project.

use super::{
    Arguments, Collector, Fact, Given, Keyword, Kind, Meaning, Record, Text,
    arguments::Fault,
    keyword::{Choice, required, words},
};
use crate::tree::NodeRef;

pub(super) static KEYWORD: Keyword = Keyword {
    name: "x-link",
    about: "the path of a file of the project",
    repeats: false,
    short: Some("from"),
    arguments: &[required(
        "from",
        Kind::Choice(words::<LinkBase>),
        "where the path begins: `file`, in the folder of the file that has the record; `root`, in the folder of the configuration. A \
         path that begins with `/` always begins there",
    )],
    example: r#""file""#,
    between: None,
    read,
};

/// The arguments of `x-link`.
#[derive(Clone, Copy, Debug)]
pub struct LinkArguments {
    /// Where the path begins.
    pub from: LinkBase,
}

fn read(given: &Given<'_>) -> Result<Box<dyn Arguments>, Fault> {
    Ok(Box::new(LinkArguments { from: given.required_choice("from")? }))
}

/// Where the path of a file begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LinkBase {
    /// In the folder of the file that has it.
    File,
    /// At the root of the project.
    Root,
}

impl LinkBase {
    /// The word for it in schemas.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Root => "root",
        }
    }
}

impl Choice for LinkBase {
    const ALL: &'static [Self] = &[Self::File, Self::Root];

    fn word(self) -> &'static str {
        self.word()
    }
}

/// A value that leads to a file.
#[derive(Clone, Copy, Debug)]
pub struct FileLink<'t> {
    /// As written.
    pub text: Text<'t>,
    /// Where the path begins.
    pub from: LinkBase,
}

impl Arguments for LinkArguments {
    /// A path, or the paths that are the items of a list.
    fn take<'t>(&'t self, node: NodeRef<'t>, collector: &mut Collector<'t>) {
        let all = std::iter::once(node).chain(node.elements());
        for node in all.filter(|node| node.as_str().is_some()) {
            if let Some(text) = collector.text(node) {
                collector.push(node, Meaning::FileLink(FileLink { text, from: self.from }));
            }
        }
    }

    fn describe(&self, fact: &Fact<'_>, _record: &Record<'_>) -> String {
        let Meaning::FileLink(link) = &fact.meaning else { return String::new() };
        let from = match link.from {
            LinkBase::File => "the folder of this file",
            LinkBase::Root => "the root of the project",
        };
        format!("leads to `{}`, from {from}", link.text.value)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::vocabulary::testing::{facts, fault};

    #[test]
    fn one_path_or_several_are_taken() {
        let schema =
            json!({"properties": {"a": {"x-link": "file"}, "b": {"x-link": {"from": "root"}}}});
        assert_eq!(
            facts(&schema, "{a: [x.pdf, '', y/z.md#top, 3], b: q.pdf}"),
            [
                "leads to `x.pdf`, from the folder of this file",
                "leads to `y/z.md#top`, from the folder of this file",
                "leads to `q.pdf`, from the root of the project"
            ]
        );
        assert_eq!(facts(&schema, "{a: null, b: {c: d}}"), [""; 0]);
    }

    #[test]
    fn where_a_path_begins_is_one_of_two_words() {
        assert_eq!(
            fault(&KEYWORD, &json!("rot")),
            "`x-link` is `rot`; `file` or `root` is expected (did you mean `root`?)"
        );
    }
}
