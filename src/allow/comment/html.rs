//! The comment of a Markdown file that suppresses findings: `<!-- rapporteur: allow(weekday-mismatch) as it was announced -->`.

use memchr::memmem;

use super::{Comment, NAME, Next, accept, form, line_around, read_one};
use crate::{
    allow::{Reader, Scope},
    source::Span,
    tree::{Tree, markdown},
};

const OPENING: &str = "<!--";
const CLOSING: &str = "-->";

/// Reads every comment of that form, or nearly of that form.
pub(super) fn read(reader: &mut Reader<'_>, tree: &Tree) {
    let text = tree.source().text.as_str();
    let mut names = memmem::find_iter(text.as_bytes(), NAME.as_bytes()).peekable();
    // Most files do not name us, and are not parsed again.
    if names.peek().is_none() {
        return;
    }
    let comments = markdown::html(text);
    let mut scopes = Scopes { text, head: head(text), next: Next::default(), last: None };
    // A line may be very long and hold very many comments.
    let mut line = (0, 0);
    for at in names {
        let before = comments.partition_point(|html| html.start as usize <= at);
        let Some(html) = before.checked_sub(1).and_then(|before| comments.get(before)) else {
            continue;
        };
        if at >= line.1 {
            line = line_around(text, at);
        }
        if let Some(comment) = comment_at(reader.tree, at, *html, line)
            && let Some(named) = read_one(reader, &comment)
        {
            let scope = scopes.of(&comment);
            accept(reader, &comment, named, Some(scope));
        }
    }
}

/// The comment in some HTML whose name continues at `name`.
fn comment_at(tree: &Tree, name: usize, html: Span, line: (usize, usize)) -> Option<Comment<'_>> {
    let text = tree.source().text.as_str();
    let before = text.get(html.start as usize..name)?.strip_suffix(['r', 'R'])?;
    let is_small = text[..name].ends_with('r');
    let opening = before.trim_end().strip_suffix(OPENING)?;
    let after = text.get(name + NAME.len()..html.end as usize)?;
    let inside = &after[..after.find(CLOSING)?];
    let rest = inside.strip_prefix(':').unwrap_or(inside);
    let has_colon = rest.len() < inside.len();
    let end = name + NAME.len() + inside.len();
    let rest = rest.trim_start();
    let form = form(rest, has_colon && is_small, has_colon)?;
    let hash = html.start as usize + opening.len();
    Some(Comment { tree, line, hash, body: end - rest.len(), end, form })
}

/// What comments are about.
struct Scopes<'t> {
    text: &'t str,
    /// Where the first line with content begins.
    head: usize,
    next: Next,
    /// What the last comment was about, by where that begins: many comments may be about the same.
    last: Option<(usize, Scope)>,
}

impl Scopes<'_> {
    /// The line of a comment that is at its end; all of the file, for one at its head; the section, before a heading; before
    /// another block, that.
    fn of(&mut self, comment: &Comment<'_>) -> Scope {
        let (from, to) = comment.line;
        if !self.text[from..comment.hash.max(from)].trim().is_empty() {
            return scope(from, to);
        }
        if from < self.head {
            return scope(0, self.text.len());
        }
        let Some(first) = self.next.after(self.text, to, OPENING) else { return scope(to, to) };
        if let Some((_, known)) = self.last.as_ref().filter(|(at, _)| *at == first.0) {
            return known.clone();
        }
        let found = scope(first.0, self.end_of(first));
        self.last = Some((first.0, found.clone()));
        found
    }

    /// The end of the block whose first line this is.
    fn end_of(&self, (from, to): (usize, usize)) -> usize {
        let first = self.text[from..to].trim();
        // An item and a row are values of their own.
        if first.starts_with(['-', '*', '+', '|']) || is_numbered(first) {
            return to;
        }
        let level = level_of(first);
        let mut at = to;
        while let Some(next) = self.text[at..].find('\n').map(|end| at + end + 1) {
            let line = line_around(self.text, next);
            let content = self.text[line.0..line.1].trim();
            let ends = match (level, level_of(content)) {
                (None, _) => content.is_empty(),
                (Some(level), Some(other)) => other <= level,
                (Some(_), None) => false,
            };
            if ends {
                return line.0;
            }
            at = line.1;
        }
        self.text.len()
    }
}

fn scope(from: usize, to: usize) -> Scope {
    Scope { span: Span::new(from as u32, to as u32), pointer: String::new() }
}

/// The level of the heading that a line is.
fn level_of(line: &str) -> Option<usize> {
    let marks = line.len() - line.trim_start_matches('#').len();
    ((1..=6).contains(&marks) && line[marks..].starts_with(' ')).then_some(marks)
}

/// Where the first line begins that is not front matter, blank or a comment.
fn head(text: &str) -> usize {
    let mut at = markdown::body_of(text);
    for line in text[at..].split_inclusive('\n') {
        let content = line.trim();
        if !content.is_empty() && !content.starts_with(OPENING) {
            break;
        }
        at += line.len();
    }
    at
}

fn is_numbered(line: &str) -> bool {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < line.len() && rest.starts_with(['.', ')'])
}
