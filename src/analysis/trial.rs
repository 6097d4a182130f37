//! Tries the corrections that rules propose, so that none is shown that would spoil the file: with all of them, the file must be read
//! as before, but for the values that are edited.

use std::{collections::BTreeMap, ops::Range};

use crate::{
    finding::{Applicability, Draft},
    source::{Span, Syntax},
    tree::{NodeId, Style, Tree},
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
    /// Whether the record means the same afterwards: such a one is kept before others that touch it.
    is_safe: bool,
}

/// Takes the corrections away that cannot be made as they are proposed. `parse` reads a text as the file is read.
pub(super) fn keep_sound(tree: &Tree, drafts: &mut [Draft], parse: &dyn Fn(String) -> Tree) {
    if drafts.iter().all(|draft| draft.replacement.is_none()) {
        return;
    }
    let mut proposals: Vec<Proposal<'_>> = drafts.iter().enumerate().filter_map(proposal).collect();
    let shared = shared(tree);
    let is_shared = |one: &Proposal<'_>| shared.iter().any(|range| range.contains(&one.node));
    proposals.retain(|one| is_of_value(tree, one) && !is_shared(one));
    let (safe, mut others): (Vec<_>, Vec<_>) = proposals.into_iter().partition(|one| one.is_safe);
    let mut proposals = apart(safe);
    others.retain(|one| {
        let next = proposals.partition_point(|known| known.span.start < one.span.end);
        next.checked_sub(1).is_none_or(|before| proposals[before].span.end <= one.span.start)
    });
    proposals.extend(apart(others));
    proposals.sort_by_key(|one| (one.span, one.draft));
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

/// What aliases read: with an edit there, the values of other places would differ too.
fn shared(tree: &Tree) -> Vec<Range<NodeId>> {
    tree.alias_targets().map(|node| node.id()..node.next_id()).collect()
}

/// In order; of those that touch, the first.
fn apart(mut proposals: Vec<Proposal<'_>>) -> Vec<Proposal<'_>> {
    proposals.sort_by_key(|one| (one.span, one.draft));
    let mut end = 0;
    proposals.retain(|one| {
        let is_apart = one.span.start >= end;
        end = if is_apart { one.span.end.max(one.span.start + 1) } else { end };
        is_apart
    });
    proposals
}

fn proposal((draft, one): (usize, &Draft)) -> Option<Proposal<'_>> {
    let replacement = one.replacement.as_deref()?;
    let (node, span) = (replacement.place.node?, replacement.place.span);
    let is_safe = replacement.applicability == Applicability::Safe;
    Some(Proposal { draft, node, span, text: &replacement.text, is_safe })
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
        let is_special = |(node, value): (&NodeId, &Spliced)| {
            let node = self.tree.node(*node);
            node.style() == Style::Plain && has_another_type(&value.new)
        };
        if self.tree.source().syntax == Syntax::Yaml && expected.iter().any(is_special) {
            return false;
        }
        let edited = (self.parse)(text.new);
        let expected = |node: NodeId| expected.get(&node).map(|value| value.new.as_str());
        self.tree.differs_only_in(&edited, expected)
    }
}

/// Whether some reader of YAML takes this plain scalar for something else than a text (YAML 1.1, types for float and merge; our reader
/// and the core schema of YAML 1.2 take fewer so).
fn has_another_type(text: &str) -> bool {
    const SPECIAL: [&str; 5] = [".inf", ".nan", "<<", "=", "~"];
    let bare = text.trim_start_matches(['+', '-']);
    SPECIAL.iter().any(|special| bare.eq_ignore_ascii_case(special))
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
    fn what_aliases_read_is_left() {
        let yaml = "kind: summary\nlanguage: en\ntitle: &t The 2th\nx-other: *t\nsections:\n- paragraphs: [The 3th]\n";
        assert_eq!(corrections("a.yaml", yaml), [("3th".to_owned(), "3rd".to_owned())]);
    }

    #[test]
    fn what_others_would_read_as_a_number_is_left() {
        for (text, is_special) in
            [(".inf", true), ("-.Inf", true), (".NAN", true), ("<<", true), ("inf", false)]
        {
            assert_eq!(super::has_another_type(text), is_special, "{text}");
        }
    }

    #[test]
    fn what_is_read_otherwise_than_written_is_left() {
        let json = r#"{"kind": "summary", "language": "en", "title": "The \u0032th"}"#;
        assert_eq!(corrections("a.json", json), []);
        let yaml = "kind: summary\nlanguage: en\ntitle: \"The \\x32th\"\n";
        assert_eq!(corrections("a.yaml", yaml), []);
    }
}
