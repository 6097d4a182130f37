//! Tries the corrections that rules propose, so that none is shown that would spoil the file: with all of them, the file must be read
//! as before, but for the values that are edited.

use std::collections::BTreeMap;

use crate::{
    finding::Draft,
    source::Span,
    tree::{NodeId, Tree},
};

/// So many times the file is read once more, at most, to find out which corrections spoil it.
const MOST_TRIALS: usize = 16;

/// An edit of the file: which draft proposes it, of which value, where, and what is to be written.
#[derive(Clone, Copy)]
struct Proposal<'d> {
    draft: usize,
    node: NodeId,
    span: Span,
    text: &'d str,
}

/// Takes the corrections away that cannot be made as they are proposed. `parse` reads a text as the file is read.
pub(super) fn keep_sound(tree: &Tree, drafts: &mut [Draft], parse: &dyn Fn(String) -> Tree) {
    if drafts.iter().all(|draft| draft.replacement.is_none()) {
        return;
    }
    let mut proposals: Vec<Proposal<'_>> = drafts.iter().enumerate().filter_map(proposal).collect();
    proposals.retain(|one| is_of_value(tree, one));
    proposals.sort_by_key(|one| (one.span, one.draft));
    // Of two that touch, the first is kept.
    let mut end = 0;
    proposals.retain(|one| {
        let is_apart = one.span.start >= end;
        end = if is_apart { one.span.end.max(one.span.start + 1) } else { end };
        is_apart
    });
    let mut trial = Trial { tree, parse, left: MOST_TRIALS, sound: Vec::new() };
    trial.try_all(&proposals);
    let mut sound = trial.sound;
    sound.sort_unstable();
    for (number, draft) in drafts.iter_mut().enumerate() {
        if sound.binary_search(&number).is_err() {
            draft.replacement = None;
        }
    }
}

fn proposal((draft, one): (usize, &Draft)) -> Option<Proposal<'_>> {
    let replacement = one.replacement.as_deref()?;
    let (node, span) = (replacement.place.node?, replacement.place.span);
    Some(Proposal { draft, node, span, text: &replacement.text })
}

/// Whether the edit is of a value that is written as it is read.
fn is_of_value(tree: &Tree, one: &Proposal<'_>) -> bool {
    let node = tree.node(one.node);
    let inner = node.inner_span();
    node.is_verbatim() && inner.start <= one.span.start && one.span.end <= inner.end
}

struct Trial<'t> {
    tree: &'t Tree,
    parse: &'t dyn Fn(String) -> Tree,
    /// So many times the file may still be read.
    left: usize,
    /// The numbers of the drafts whose corrections can be made together.
    sound: Vec<usize>,
}

impl Trial<'_> {
    /// Tries all of them together; where they cannot be made, each half.
    fn try_all(&mut self, proposals: &[Proposal<'_>]) {
        if proposals.is_empty() || self.left == 0 {
            return;
        }
        self.left -= 1;
        if self.is_sound(proposals) {
            self.sound.extend(proposals.iter().map(|one| one.draft));
        } else if proposals.len() > 1 {
            let (first, second) = proposals.split_at(proposals.len() / 2);
            self.try_all(first);
            self.try_all(second);
        }
    }

    /// Whether the file with these edits, which are in order, has the values that are expected and no others.
    fn is_sound(&self, proposals: &[Proposal<'_>]) -> bool {
        let old = self.tree.source().text.as_str();
        let mut text = Spliced::from(0);
        let mut expected: BTreeMap<NodeId, Spliced> = BTreeMap::new();
        for one in proposals {
            text.splice(old, one.span, one.text);
            let start = self.tree.node(one.node).inner_span().start as usize;
            let value = expected.entry(one.node).or_insert_with(|| Spliced::from(start));
            value.splice(old, one.span, one.text);
        }
        for (node, value) in &mut expected {
            value.end(old, self.tree.node(*node).inner_span().end as usize);
        }
        text.end(old, old.len());
        let edited = (self.parse)(text.new);
        let expected = |node: NodeId| expected.get(&node).map(|value| value.new.as_str());
        self.tree.differs_only_in(&edited, expected)
    }
}

/// A text that is made from a part of another one, with edits.
struct Spliced {
    /// So far the old text is used.
    used: usize,
    new: String,
}

impl Spliced {
    fn from(start: usize) -> Self {
        Self { used: start, new: String::new() }
    }

    fn splice(&mut self, old: &str, span: Span, text: &str) {
        self.end(old, span.start as usize);
        self.new.push_str(text);
        self.used = span.end as usize;
    }

    fn end(&mut self, old: &str, end: usize) {
        self.new.push_str(old.get(self.used..end).unwrap_or_default());
        self.used = end;
    }
}

#[cfg(test)]
mod tests {
    use crate::{finding::Applicability, rule::RuleSet, testing::findings};

    /// The corrections in a file of this text: the piece that is replaced, and the new one.
    fn corrections(name: &str, text: &str) -> Vec<(String, String)> {
        let rule = RuleSet::bundled().find("ordinal-suffix").unwrap();
        let found = findings(rule, &[(name.into(), text.to_owned())]);
        let edits = found.into_iter().flat_map(|one| one.corrections).flat_map(|one| {
            assert_eq!(one.applicability, Applicability::Safe);
            one.edits
        });
        edits
            .map(|edit| {
                let range = edit.start.offset as usize..edit.end.offset as usize;
                (text[range].to_owned(), edit.text)
            })
            .collect()
    }

    #[test]
    fn what_is_written_as_it_is_read_is_corrected_in_every_style() {
        let both = [("21th", "21st"), ("2th", "2nd")].map(|(a, b)| (a.to_owned(), b.to_owned()));
        for text in [
            "language: en\ntitle: The 21th and 2th meetings # 3th\n",
            "language: en\ntitle: \"The 21th and 2th meetings\"\n",
            "language: en\ntitle: 'The 21th and 2th meetings'\n",
            "\u{feff}language: en\r\ntitle: 21th, 2th\r\n",
        ] {
            let text = format!("{text}kind: summary\n");
            assert_eq!(corrections("a.yaml", &text), both, "{text}");
        }
        let json = r#"{"kind": "summary", "language": "en", "title": "The 21th and 2th é"}"#;
        assert_eq!(corrections("a.json", json), both);
    }

    #[test]
    fn what_is_read_otherwise_than_written_is_left() {
        let json = r#"{"kind": "summary", "language": "en", "title": "The \u0032th"}"#;
        assert_eq!(corrections("a.json", json), []);
        let yaml = "kind: summary\nlanguage: en\ntitle: \"The \\x32th\"\n";
        assert_eq!(corrections("a.yaml", yaml), []);
    }
}
