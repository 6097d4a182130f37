//! A paragraph that a page break has cut: it ends in mid-sentence, and the next begins in lower case.

use std::iter::Peekable;

use super::{Language, last_words, lower};
use crate::{
    fact::{Meaning, Record, Text},
    message::shown,
    rule::Findings,
    tree::{NodeId, NodeRef},
};

/// Lines of verse and headings have fewer words, as a rule.
const LEAST_WORDS: usize = 8;

/// A heading or an item of a list without a stop has fewer words than this.
const LONG: usize = 25;

pub(super) fn check(language: &Language, record: &Record<'_>, findings: &mut Findings<'_>) {
    let texts = record.live().iter().filter_map(|fact| match &fact.meaning {
        Meaning::Text(kind, text) if kind.is_running() => {
            Some(Paragraph { node: fact.node, text: *text })
        }
        _ => None,
    });
    let (mut texts, mut before) = (texts.peekable(), None);
    let mut list = None;
    while let Some(paragraph) = texts.next() {
        if let Some(cut) = before.replace(paragraph)
            && is_rest(&cut, &paragraph, &mut texts)
            && let Some(tail) = language.cut(&cut)
            && is_prose(&paragraph, &mut list)
        {
            report(&cut, &paragraph, tail, findings);
        }
    }
}

fn report(cut: &Paragraph<'_>, rest: &Paragraph<'_>, tail: &str, findings: &mut Findings<'_>) {
    let value = cut.text.value;
    let end = cut.text.part(value.trim_end().len() - tail.len(), tail.len());
    let first = first_word(rest.text.value);
    let begins = rest.text.value.len() - rest.text.value.trim_start().len();
    let (shown_tail, shown_first) = (shown(tail), shown(first));
    let message = format!(
        "the paragraph breaks off after “{shown_tail}”, and the next begins with “{shown_first}”"
    );
    findings
        .at(end, message)
        .label(rest.text.part(begins, first.len()), "the next paragraph")
        .help("join the two paragraphs, or add what is missing between them")
        .id("paragraph")
        .value(shown_tail);
}

/// A text of a record that is marked as prose.
#[derive(Clone, Copy)]
struct Paragraph<'t> {
    node: NodeRef<'t>,
    text: Text<'t>,
}

impl<'t> Paragraph<'t> {
    /// Whether both are items of one list, or the same part of such items, this one right after the other.
    fn follows(&self, other: &Self) -> bool {
        let (Some(mine), Some(theirs)) = (self.item(), other.item()) else { return false };
        let list = |item: NodeRef<'_>| item.parent().map(NodeRef::id);
        let key = |node: NodeRef<'t>| node.key().and_then(NodeRef::as_str);
        // Texts have no nodes below them, so neighbours have consecutive numbers. Of other items, all have their paragraph.
        let is_next = self.is_part() || mine.id().index() == theirs.id().index() + 1;
        list(mine) == list(theirs)
            && mine.id() != theirs.id()
            && is_next
            && self.is_part() == other.is_part()
            && (!self.is_part() || key(self.node) == key(other.node))
    }

    /// The item of a list that the paragraph is, or is a part of, as an operative paragraph has a number and a text.
    fn item(&self) -> Option<NodeRef<'t>> {
        let parent = self.node.parent()?;
        let is_item = |node: NodeRef<'_>| node.parent().is_some_and(NodeRef::is_array);
        [self.node, parent].into_iter().find(|node| is_item(*node))
    }

    fn is_part(&self) -> bool {
        self.item().is_some_and(|item| item.id() != self.node.id())
    }

    /// The texts that the item has before this one, such as the verb of an operative paragraph.
    fn before(&self) -> impl Iterator<Item = &'t str> + use<'t> {
        let (own, item) = (self.node.id(), self.item().filter(|_| self.is_part()));
        let members = item.into_iter().flat_map(NodeRef::members);
        members
            .take_while(move |(_, value)| value.id() != own)
            .filter_map(|(_, value)| value.as_str())
    }

    fn has_opening(&self) -> bool {
        self.before().any(|text| text.contains(char::is_uppercase))
    }

    /// Whether it begins in the middle of a sentence: not with a capital or the letter of an item.
    fn begins_low(&self) -> bool {
        begins_low(self.text.value)
            && !self.before().any(|text| text.contains(char::is_uppercase) || text.ends_with(')'))
    }

    /// Whether it ends like a sentence, or as most operative paragraphs do.
    fn ends(&self) -> bool {
        let text = self.text.value.trim_end();
        ends_sentence(text) || (self.is_part() && text.ends_with(';'))
    }
}

/// Whether `rest` may be the second half of the sentence that `cut` begins. If the text after it begins in lower case too,
/// they are the items of a list.
fn is_rest<'t>(
    cut: &Paragraph<'t>,
    rest: &Paragraph<'t>,
    after: &mut Peekable<impl Iterator<Item = Paragraph<'t>>>,
) -> bool {
    rest.begins_low()
        && rest.ends()
        && rest.follows(cut)
        && !after.peek().is_some_and(|next| next.follows(rest) && next.begins_low())
}

/// Whether most texts of the list end with a mark. Most lines of verse, and most lines of a page that were taken one by one, do
/// not. `known` keeps the answer for one list.
fn is_prose<'t>(paragraph: &Paragraph<'t>, known: &mut Option<(NodeId, bool)>) -> bool {
    let Some(list) = paragraph.item().and_then(NodeRef::parent) else { return false };
    if let Some((_, answer)) = known.filter(|(id, _)| *id == list.id()) {
        return answer;
    }
    let (mut all, mut open) = (0_usize, 0_usize);
    let key = paragraph.node.key().and_then(NodeRef::as_str);
    let text_of = |item: NodeRef<'t>| match key {
        Some(key) if paragraph.is_part() => {
            item.members().find(|(name, _)| name.as_str() == Some(key)).map(|(_, value)| value)
        }
        _ => Some(item),
    };
    for text in list.elements().filter_map(|item| text_of(item)?.as_str()) {
        all += 1;
        open += usize::from(!ends_sentence(text) && !text.trim_end().ends_with(';'));
    }
    let answer = open * 2 <= all;
    *known = Some((list.id(), answer));
    answer
}

fn first_word(text: &str) -> &str {
    text.split_whitespace().next().unwrap_or_default()
}

/// Whether a text begins with a word in lower case: not with a mark, the letter of an item ("a)", "ii."), an address or a name
/// such as "iPhone".
fn begins_low(text: &str) -> bool {
    let text = text.trim_start();
    if !text.starts_with(char::is_lowercase) {
        return false;
    }
    let word = first_word(text).trim_end_matches([',', ';', ':']);
    word.chars().all(|c| c.is_lowercase() || matches!(c, '-' | '\u{2010}' | '\'' | '’'))
}

/// Whether a text ends with the mark of a sentence, before quotation marks, brackets and the number of a note.
fn ends_sentence(text: &str) -> bool {
    let closes = |c: char| {
        c.is_whitespace() || c.is_numeric() || matches!(c, '"' | '”' | '’' | '»' | ')' | ']')
    };
    text.trim_end_matches(closes).ends_with(['.', '!', '?', ':', '…'])
}

impl Language {
    /// The last words of a paragraph that ends in mid-sentence.
    fn cut<'t>(&self, paragraph: &Paragraph<'t>) -> Option<&'t str> {
        let text = paragraph.text.value.trim_end();
        let begins_high = paragraph.has_opening() || begins_high(text);
        if !text.ends_with(char::is_alphanumeric) || !begins_high {
            return None;
        }
        let words = text.split_whitespace().take(LONG).count();
        let tail = last_words(text);
        let [last, previous, third] = tail.first_chunk()?;
        let (from, last, previous) = (third.start, &text[last.clone()], &text[previous.clone()]);
        // "...; and" leads to the next item.
        if words < LEAST_WORDS || previous.ends_with([',', ';', ':']) {
            return None;
        }
        let is_open = || {
            let word = lower(last);
            let lists = [self.ends, self.lower_ends, self.opens];
            !last.contains(char::is_uppercase)
                && lists.iter().any(|list| list.contains(&word.as_str()))
        };
        let is_cut = words == LONG || has_sentence(text) || is_open();
        is_cut.then(|| &text[from..])
    }
}

/// Whether the first letter of a text is a capital; the number of a paragraph and the letter of an item may come before it.
fn begins_high(text: &str) -> bool {
    let text = text.trim_start();
    let text = match text.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        Some((_, rest)) => rest,
        None => text,
    };
    text.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase)
}

/// Whether a sentence ends inside the text. The word before its stop has four small letters, which no abbreviation of a title
/// has.
fn has_sentence(text: &str) -> bool {
    text.match_indices(". ").any(|(at, stop)| {
        let mut before = text[..at].chars().rev();
        before.by_ref().take(4).filter(|c| c.is_lowercase()).count() == 4
            && text[at + stop.len()..].trim_start().starts_with(char::is_uppercase)
    })
}

#[cfg(test)]
mod tests {
    use super::super::RULE;
    use crate::testing::{check, findings};

    fn found(language: &str, paragraphs: &[&str]) -> Vec<String> {
        let mut text = format!("kind: statement\nlanguage: {language}\nparagraphs:\n");
        for paragraph in paragraphs {
            text.extend(["  - '", paragraph, "'\n"]);
        }
        let found = findings(&RULE, &[("statement.yaml".to_owned(), text)]);
        found.into_iter().map(|finding| finding.message).collect()
    }

    #[track_caller]
    fn whole(paragraphs: &[&str]) {
        assert_eq!(found("en", paragraphs), Vec::<String>::new(), "{paragraphs:?}");
    }

    #[track_caller]
    fn cut(language: &str, paragraphs: &[&str]) {
        assert_eq!(found(language, paragraphs).len(), 1, "{paragraphs:?}");
    }

    const CUT: &str = "The workshop showed the harbour towns of the coast how to draw up a";

    #[test]
    fn a_paragraph_cut_in_two_is_reported_at_its_end() {
        check(
            &RULE,
            r"
kind: statement
language: en
paragraphs:
  - We thank the host.
  - The workshop showed the harbour towns of the coast how to draw up a
#                                                             ^^^^^^^^^ warning: the paragraph breaks off after “draw up a”, and the next begins with “plan”
  - plan for the winter storms.
#   ~~~~ the next paragraph
  - It ended at noon.
",
        );
    }

    #[test]
    fn sentences_and_length_show_a_cut_after_any_word() {
        let rest = "lanterns of the pier.";
        cut("en", &["The storm came early. Nobody had yet repaired the old green", rest]);
        whole(&["The storm came. Nobody had lit the", rest, "gulls"]);
        whole(&["Nobody had yet repaired any of the old green", rest]);
        let long = "Nobody in the harbour towns of the coast had in the long years since the last storm of \
                    the century repaired any of the many old and green";
        cut("en", &[long, rest]);
    }

    #[test]
    fn other_languages_have_their_own_words() {
        cut(
            "fr",
            &[
                "Les communes du littoral ont préparé ensemble un plan pour",
                "les tempêtes d’hiver.",
            ],
        );
        cut(
            "es",
            &[
                "Los municipios de la costa prepararon juntos un plan para",
                "las tormentas del invierno.",
            ],
        );
        assert!(found("de", &[CUT, "plan for the winter."]).is_empty());
    }

    #[test]
    fn paragraphs_that_end_with_a_mark_are_whole() {
        let rest = "plan for the winter storms.";
        for mark in [",", ":", ";", " –", "—", "-", ".", "…", "”", ")"] {
            whole(&[&format!("{CUT}{mark}"), rest]);
        }
        whole(&["To show the harbour towns how to draw up plans; and", rest]);
        whole(&["To show the harbour towns how to draw up plans, or", rest]);
    }

    #[test]
    fn the_next_paragraph_must_continue_the_sentence() {
        cut("en", &[CUT, "plan for the winter storms, namely:"]);
        cut("en", &[CUT, "plan for the “winter storms.”"]);
        cut("en", &[CUT, "plan for the winter storms.3"]);
        for next in [
            "Plan for the winter storms.",
            "(b) plan for the winter storms.",
            "a) plan for the winter storms.",
            "ii. plan for the winter storms.",
            "– plan for the winter storms.",
            "“plan for the winter storms.”",
            "www.example.org has the plan.",
            "iPhones were handed out.",
            "12 plans were drawn up.",
            "plan for the winter storms",
            "plan for the winter storms;",
        ] {
            whole(&[CUT, next]);
        }
    }

    #[test]
    fn lists_headings_and_verse_are_whole() {
        whole(&[
            "The tasks of the harbour towns of the coast are to",
            "mend the pier.",
            "light the lamps.",
        ]);
        whole(&["The tasks of the towns", "mend the pier.", "It ended."]);
        whole(&[
            "Report of the Workshop on the Winter Storms of the Coast and the Harbours",
            "with a map.",
        ]);
        whole(&["the harbour towns of the coast know how to draw up a", "plan."]);
        whole(&[
            "Oh the lamp at the end of the pier in the",
            "harbour burned all through the night.",
            "And the gulls that slept on the mast of the",
            "Anna were quiet",
            "Until it grew light",
        ]);
    }

    #[test]
    fn operative_paragraphs_cut_in_two_are_reported() {
        check(
            &RULE,
            r#"
kind: resolution
language: en
operative:
  - {n: 1, verb: Welcomes, text: the report of the harbour master;}
  - {n: 2, verb: Requests, text: the harbour towns of the coast to draw up before the winter a}
#                                                                                 ^^^^^^^^^^^^ warning: the paragraph breaks off after “the winter a”, and the next begins with “for”
  - {n: 3, verb: plan, text: for the winter storms;}
#                            ~~~ the next paragraph
  - {n: 4, verb: Decides, text: to light the pier.}
"#,
        );
        let count = |second: &str, third: &str| {
            let text = format!(
                "kind: resolution\nlanguage: en\noperative:\n  - {{n: 1, verb: Welcomes, text: it;}}\n  - {second}\n  - {third}\n  - {{n: 4, verb: Decides, text: to go on.}}\n"
            );
            findings(&RULE, &[("resolution.yaml".to_owned(), text)]).len()
        };
        let cut = "{n: 2, verb: Requests, text: the harbour towns of the coast to draw up before the winter a}";
        assert_eq!(count(cut, "{n: 3, verb: plan, text: for storms;}"), 1);
        assert_eq!(count(cut, "{n: 3, verb: Plans, text: for storms;}"), 0);
        assert_eq!(count(cut, "{n: 3, verb: (a), text: for storms;}"), 0);
        assert_eq!(count(cut, "{n: 3, text: for storms;}"), 1);
        for end in [",", ";", ":", "; and"] {
            let second = cut
                .replace(" a}", &format!(" a{end}}}"))
                .replace("text: ", "text: '")
                .replace('}', "'}");
            assert_eq!(count(&second, "{n: 3, verb: plan, text: for storms;}"), 0, "{second}");
        }
    }

    #[test]
    fn paragraphs_of_two_lists_are_not_joined() {
        check(
            &RULE,
            r"
kind: summary
language: en
sections:
  - paragraphs: [The workshop showed the harbour towns of the coast how to draw up a]
  - paragraphs: [plan for the winter storms.]
",
        );
        check(
            &RULE,
            r"
kind: statement
language: en
paragraphs:
  - The workshop showed the harbour towns of the coast how to draw up a
  - 7
  - plan for the winter storms.
",
        );
    }
}
