//! The comment of a YAML file that suppresses findings: `# rapporteur: allow(speaker-tbc) she comes, by telephone`. In Markdown it
//! is a comment of HTML.
//!
//! A comment that nearly has this form is reported. A rapporteur is also an office, so a comment that only mentions the word is
//! not.

mod html;

use memchr::memmem;

use super::{Allowance, Reader, Scope};
use crate::{
    finding::Place,
    message::quoted,
    source::{Span, Syntax},
    tree::{NodeRef, Tree},
};

/// The name after its first letter, which may be a capital.
const NAME: &str = "apporteur";
const VERB: &str = "allow(";
/// What people write for `allow`, as in other tools.
const VERBS: [&str; 9] =
    ["allow", "disable", "expect", "ignore", "nolint", "noqa", "off", "skip", "suppress"];

/// Reads every comment of that form, or nearly of that form.
pub(super) fn read(reader: &mut Reader<'_>) {
    let tree = reader.tree;
    let text = tree.source().text.as_str();
    if tree.source().syntax == Syntax::Markdown {
        return html::read(reader, tree);
    }
    // Very many comments may follow each other; the value after them is searched once.
    let mut next = Next::default();
    // A line may be very long and hold the mark very often.
    let mut line = (0, 0);
    for at in memmem::find_iter(text.as_bytes(), NAME.as_bytes()) {
        if at >= line.1 {
            line = line_around(text, at);
        }
        if let Some(comment) = Comment::at(tree, at, line)
            && let Some(named) = read_one(reader, &comment)
        {
            let entry = comment.scope(&mut next);
            let scope = entry.map(|(node, span)| reader.scope(node, span));
            accept(reader, &comment, named, scope);
        }
    }
}

/// The last stretch of blank lines and comments that was skipped, and the line after it.
#[derive(Default)]
struct Next {
    from: usize,
    line: (usize, usize),
}

impl Next {
    /// The first line with content after the offset `end`, which is the end of a line. A comment is none.
    fn after(&mut self, text: &str, end: usize, comment: &str) -> Option<(usize, usize)> {
        if (self.from..self.line.0).contains(&end) {
            return Some(self.line);
        }
        self.from = end;
        let mut at = end;
        while let Some(next) = text[at..].find('\n').map(|end| at + end + 1) {
            let line = line_around(text, next);
            let content = text[line.0..line.1].trim();
            if !content.is_empty() && !content.starts_with(comment) {
                self.line = line;
                return Some(line);
            }
            at = line.1;
        }
        self.line = (text.len(), text.len());
        None
    }
}

/// A comment to rapporteur.
struct Comment<'t> {
    tree: &'t Tree,
    /// Its line, without the line break.
    line: (usize, usize),
    /// Where its `#` is.
    hash: usize,
    /// Where the text after `rapporteur:` begins.
    body: usize,
    /// Where it ends.
    end: usize,
    form: Form,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// `rapporteur: allow...`, or another word with a bracket.
    Right,
    /// Nearly that: a capital, no colon, a square bracket.
    Near,
}

impl<'t> Comment<'t> {
    /// The comment whose name continues at `name`.
    fn at(tree: &'t Tree, name: usize, line: (usize, usize)) -> Option<Self> {
        let text = tree.source().text.as_str();
        let before = text[line.0..name].strip_suffix(['r', 'R'])?;
        let is_small = text[..name].ends_with('r');
        let before = before.trim_end_matches([' ', '\t']);
        if !before.ends_with('#') {
            return None;
        }
        let hash = line.0 + before.trim_end_matches('#').len();
        // A `#` within a value is none; a comment has a space before it, or the line to itself.
        let is_apart = text[line.0..hash].chars().next_back().is_none_or(char::is_whitespace);
        let inside = tree.node_at_offset(hash as u32).filter(|node| !is_collection(*node));
        let after = &text[name + NAME.len()..line.1];
        let rest = after.strip_prefix(':').unwrap_or(after);
        let has_colon = rest.len() < after.len();
        let rest = rest.trim_start();
        let form = form(rest, has_colon && is_small, has_colon)?;
        let body = line.1 - rest.len();
        let end = line.1;
        (is_apart && inside.is_none()).then_some(Self { tree, line, hash, body, end, form })
    }

    fn span(&self) -> Span {
        let text = &self.tree.source().text[self.hash..self.end];
        Span::new(self.hash as u32, (self.hash + text.trim_end().len()) as u32)
    }

    /// The value that the comment is about: the value before it on its line; on a line of its own, the value that
    /// begins on the next line; at the head of a file, the record.
    fn scope(&self, next: &mut Next) -> Option<Entry<'t>> {
        let text = self.tree.source().text.as_str();
        let before = text[self.line.0..self.hash].trim();
        if !before.is_empty() && before != "-" {
            return entry_before(self.tree, self.line);
        }
        let root = self.tree.node(*self.tree.roots().first()?);
        if root.is_object() && (self.hash as u32) < root.span().start {
            return Some((root, root.span()));
        }
        entries_on(self.tree, next.after(text, self.line.1, "#")?).next()
    }
}

/// The form of a comment by the text after `rapporteur:`; `None` for a comment that is not meant for us.
fn form(body: &str, has_mark: bool, has_colon: bool) -> Option<Form> {
    let word = body.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    let rest = &body[word.len()..];
    let is_allow = word.eq_ignore_ascii_case("allow");
    if has_mark && (is_allow || rest.starts_with('(')) {
        return Some(Form::Right);
    }
    let is_verb = VERBS.iter().any(|verb| word.eq_ignore_ascii_case(verb));
    let rest = rest.trim_start();
    // Without a bracket, a word such as `speaker-tbc` must follow.
    let has_rule = rest.split_whitespace().next().is_some_and(|next| next.contains('-'));
    let is_near = is_verb && (rest.starts_with(['(', '[']) || (has_colon && has_rule));
    is_near.then_some(Form::Near)
}

/// What to write, with these rules.
fn form_of(tree: &Tree, rules: &str) -> String {
    match tree.source().syntax {
        Syntax::Markdown => format!("write `<!-- rapporteur: allow({rules}) reason -->`"),
        _ => format!("write `# rapporteur: allow({rules}) reason`"),
    }
}

/// The right form of a comment with the rules that its text names.
fn right_form(tree: &Tree, body: &str) -> String {
    let word = body.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    let rest = body[word.len()..].trim_start_matches([' ', '\t', ':', '=']);
    // A line may be very long and have very many comments.
    let rest = rest.char_indices().nth(LONGEST).map_or(rest, |(end, _)| &rest[..end]);
    let ids = match rest.strip_prefix(['(', '[']) {
        Some(inside) => inside.split([')', ']']).next().unwrap_or_default(),
        None => rest.split_whitespace().next().unwrap_or_default(),
    };
    let is_id = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/' | ',' | ' ');
    if ids.trim().is_empty() || !ids.chars().all(is_id) {
        return form_of(tree, "RULE");
    }
    let ids = ids.trim().to_ascii_lowercase().replace('_', "-");
    form_of(tree, &ids)
}

/// A longer list of rules is cut.
const LONGEST: usize = 120;

/// A member or an element: its value, and its bytes with those of its key.
type Entry<'t> = (NodeRef<'t>, Span);

/// What a comment says: the rules, each with its place, and the reason.
type Named = (Vec<(String, Place)>, String);

/// Reads a comment, or reports what is wrong with it.
fn read_one(reader: &mut Reader<'_>, comment: &Comment<'_>) -> Option<Named> {
    let text = comment.tree.source().text.as_str();
    let body = &text[comment.body..comment.end];
    let named = body.strip_prefix(VERB).and_then(|rest| rest.split_once(')'));
    let Some((ids, reason)) = named.filter(|_| comment.form == Form::Right) else {
        let written = &text[comment.span().range()];
        let message = format!("the comment {} suppresses nothing", quoted(written));
        reader.unusable(comment.span(), message, right_form(comment.tree, body));
        if let Some(last) = reader.found.unusable.last_mut() {
            last.is_near_miss = comment.form == Form::Near;
        }
        return None;
    };
    let mut rules = Vec::new();
    let mut start = comment.body + VERB.len();
    for part in ids.split(',') {
        let id = part.trim();
        let from = start + part.len() - part.trim_start().len();
        if id.is_empty() {
            let help = form_of(comment.tree, "RULE");
            reader.unusable(comment.span(), "the suppression names no rule", help);
            return None;
        }
        let span = Span::new(from as u32, (from + id.len()) as u32);
        rules.push((id.to_owned(), reader.place(span)));
        start += part.len() + 1;
    }
    let reason = reason.trim();
    if reason.is_empty() {
        let help = "say after the bracket why you accept the finding";
        let message = format!("the suppression of {} gives no reason", quoted(ids.trim()));
        reader.unusable(comment.span(), message, help);
        return None;
    }
    Some((rules, reason.to_owned()))
}

/// Keeps a suppression that is about something.
fn accept(reader: &mut Reader<'_>, comment: &Comment<'_>, named: Named, scope: Option<Scope>) {
    let (rules, reason) = named;
    if scope.is_none() {
        let help = "put the comment on the line of the value, or on the line before it";
        return reader.unusable(comment.span(), "the comment is not next to a value", help);
    }
    reader.found.usable.push(Allowance { rules, scope, reason, until: None });
}

/// The entry that a comment at the end of a line is about: the widest that begins and ends on the line,
/// else the last that begins on it and goes on.
fn entry_before(tree: &Tree, line: (usize, usize)) -> Option<Entry<'_>> {
    let text = tree.source().text.as_str();
    let ends = |(_, span): &Entry<'_>| {
        let written = text.get(span.start as usize..span.end as usize).unwrap_or_default();
        span.start as usize + written.trim_end().len() <= line.1
    };
    entries_on(tree, line).find(ends).or_else(|| entries_on(tree, line).last())
}

/// The members and elements that begin on a line, wider ones first.
fn entries_on(tree: &Tree, line: (usize, usize)) -> impl Iterator<Item = Entry<'_>> {
    let (from, to) = (line.0 as u32, line.1 as u32);
    let starts =
        |index: usize| tree.node_at_index(index).map_or(u32::MAX, |node| node.span().start);
    let (mut low, mut high) = (0, tree.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        if starts(middle) < from { low = middle + 1 } else { high = middle }
    }
    let nodes = (low..tree.len()).map_while(|index| tree.node_at_index(index));
    nodes.take_while(move |node| node.span().start < to).filter_map(entry)
}

/// The entry that a node opens: a member by its key, an element by itself.
fn entry(node: NodeRef<'_>) -> Option<Entry<'_>> {
    let parent = node.parent()?;
    if node.is_key() {
        let value = node.tree().node_at_index(node.id().index() + node.subtree_len())?;
        let end = value.span().end.max(node.span().end);
        return Some((value, Span::new(node.span().start, end)));
    }
    parent.is_array().then(|| (node, node.span()))
}

fn is_collection(node: NodeRef<'_>) -> bool {
    node.is_object() || node.is_array()
}

/// The line around an offset, without its end.
fn line_around(text: &str, offset: usize) -> (usize, usize) {
    let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
    let end = text[offset..].find('\n').map_or(text.len(), |at| offset + at);
    (start, end)
}
